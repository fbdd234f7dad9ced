"""What a reading of a comment is, and when there is nothing to read.

A reading is one of five labels. *Negative*, *neutral* and *positive* have a polarity from -1 to 1
and a subjectivity from 0 to 1. *No opinion* ("-", "n/a", a lone emoji) and *unreadable* (a
language nobody here reads, or words the reader does not know) have neither: a 0.0 in their place
would be counted as a neutral opinion that nobody holds.
"""

import re
from dataclasses import dataclass

LONGEST = 5_000  # characters that are read; an opinion is clear long before
# TextBlob's lexicon gives most everyday adjectives 0.2 and more, so that a sentence within
# ±0.05 has either cancelled itself out or says nothing; both are neutral.
NEUTRAL_WITHIN = 0.05

LETTER_OR_DIGIT = re.compile(r"[^\W_]")
EDGES = re.compile(r"^[\W_]+|[\W_]+$")
NO_OPINION = frozenset(
    """none|no|nothing|nope|nil|na|n/a|n.a|nothing to add|no comment|no comments|no reason|not applicable|x|xx|xxx
    |see above|same|ok|okay|idk|i don't know|don't know|no idea|nein|nichts|nix|keine|keiner|keins|kein|k.a|k. a|ka
    |kein kommentar|keine angabe|keine angaben|keine ahnung|weiß nicht|weiss nicht|siehe oben|test""".replace(
        "\n    ", ""
    ).split("|")
)


@dataclass(frozen=True)
class Reading:
    """What one comment says: `polarity` -1…1 and `subjectivity` 0…1, None when it says nothing readable.

    `language` is "en", "de" or None when it could not be told.
    """

    language: str | None
    label: str
    polarity: float | None = None
    subjectivity: float | None = None


def no_opinion(text: str) -> bool:
    """Tell whether `text` fills a field without saying anything: signs, emoji, numbers, "n/a", "keine".

    A text of signs only is no opinion even when a face among them smiles: the score beside it
    says more, and reading pictures is guesswork.
    """
    bare = EDGES.sub("", " ".join(text.lower().replace("’", "'").split()))
    return not LETTER_OR_DIGIT.search(bare) or bare.isdecimal() or bare in NO_OPINION


def opinion(language: str, polarity: float, subjectivity: float) -> Reading:
    """Return the reading of an opinion; both numbers are brought into their ranges first."""
    polarity = max(-1.0, min(1.0, polarity))
    subjectivity = max(0.0, min(1.0, subjectivity))
    return Reading(language, label_of(polarity), round(polarity, 4), round(subjectivity, 4))


def label_of(polarity: float) -> str:
    """Return negative below -0.05, positive above 0.05, neutral between and at both ends."""
    if polarity < -NEUTRAL_WITHIN:
        return "negative"
    return "positive" if polarity > NEUTRAL_WITHIN else "neutral"
