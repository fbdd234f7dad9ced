"""What a reading of a comment is, when there is nothing to read, and when an opinion is one.

A reading has one of seven labels. *Negative*, *neutral*, *positive*, *mixed* (praise and complaint, in
different clauses) and *uncertain* (the reader cannot tell) have a polarity from -1 to 1 and probabilities.
*No opinion* ("-", "n/a") and *unreadable* (a language nobody here reads) have neither: a 0.0 in their place
would be counted as a neutral opinion that nobody holds.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

LABELS = ("negative", "neutral", "positive", "mixed", "uncertain", "no_opinion", "unreadable")
SURE_ENOUGH = 0.45  # With three labels, a best guess below this is hardly better than the other two.
# Praise and complaint that are so near each other are as good as a toss: of the labels taken back by this on the
# development sets a third to two fifths were the wrong one of the two.
TOO_NEAR = 0.1
FAINT = 0.2  # polarity up to which a clause speaks for nobody
CLEAR = 0.65  # polarity from which a clause speaks for one side; chosen on the development sets

LETTER_OR_DIGIT = re.compile(r"[^\W_]")
# Faces, hands, hearts, stars and signs for yes and no; typed ones as well.
FACE = re.compile(r"[\U0001F300-\U0001FAFF\u2600-\u27BF]|[:;=8xX]['’]?-?[)(DPp/|]|<3")
EDGES = re.compile(r"^[\W_]+|[\W_]+$")
NO_OPINION = frozenset(
    """none|no|nothing|nope|nil|na|n/a|n.a|nothing to add|no comment|no comments|no reason|not applicable|x|xx|xxx
    |see above|same|idk|i don't know|don't know|no idea|nein|nichts|nix|keine|keiner|keins|kein|k.a|k. a|ka
    |kein kommentar|keine angabe|keine angaben|keine ahnung|weiß nicht|weiss nicht|siehe oben|test""".replace(
        "\n    ", ""
    ).split("|")
)


class Probabilities(NamedTuple):
    """How likely a comment is negative, neutral, positive; they sum to 1."""

    negative: float
    neutral: float
    positive: float


class Mark(NamedTuple):
    """`comment[start:end]` pulls the reading up (weight to 1) or down (to -1)."""

    start: int
    end: int
    weight: float


class Clause(NamedTuple):
    """`comment[start:end]` has this polarity, -1 … 1."""

    start: int
    end: int
    polarity: float


@dataclass(frozen=True)
class Reading:
    """What one comment says: `polarity` -1…1 and `subjectivity` 0…1, None when it says nothing readable.

    `language` is a code such as "en", or None when it could not be told. `baseline` is TextBlob's own polarity.
    `vector` is the encoder's, 384 half-precision numbers, None where no encoder read.
    """

    language: str | None
    label: str
    polarity: float | None = None
    subjectivity: float | None = None
    probabilities: Probabilities | None = None
    baseline: float | None = None
    words: tuple[Mark, ...] = ()
    clauses: tuple[Clause, ...] = ()
    vector: bytes | None = None


def no_opinion(text: str) -> bool:
    """Tell whether `text` fills a field without saying anything: signs, numbers, "n/a", "keine".

    A face or a thumb alone does say something.
    """
    bare = EDGES.sub("", " ".join(text.lower().replace("’", "'").split()))
    if FACE.search(text):
        return False
    return not LETTER_OR_DIGIT.search(bare) or bare.isdecimal() or bare in NO_OPINION


def label_of(chances: Probabilities, clause_polarities: Sequence[float] = ()) -> str:
    """Return mixed when clauses clearly contradict each other, uncertain when no label stands out, else the likeliest."""
    if clause_polarities and min(clause_polarities) <= -CLEAR and max(clause_polarities) >= CLEAR:
        return "mixed"
    likeliest = max(chances)
    a_toss = chances.neutral < likeliest and abs(chances.positive - chances.negative) < TOO_NEAR
    if likeliest < SURE_ENOUGH or a_toss:
        return "uncertain"
    return ("negative", "neutral", "positive")[chances.index(likeliest)]


def mood_of(polarity: float) -> str:
    """Return negative below -0.2, positive above 0.2, neutral between and at both ends: for a clause, not a comment."""
    if abs(polarity) <= FAINT:
        return "neutral"
    return "positive" if polarity > 0 else "negative"
