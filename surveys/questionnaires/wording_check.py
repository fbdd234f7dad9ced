"""Hints on how questions are worded: what could push an answer, ask two things, or be misread. Never a reason to refuse.

Words are looked for in English and German; other languages get the hints that need no words. What
the ready-made surveys say is proven wording and is passed over.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from surveys.errors import N_
from surveys.questionnaires.definition import languages
from surveys.questionnaires.metric_wordings import WORDINGS
from surveys.questionnaires.questions import (
    CONSENT,
    CONTACT,
    DATE,
    LONG,
    MANY,
    NUMBER,
    ONE,
    REASONS,
    SCALE,
    SHORT,
    YES_NO,
)
from surveys.questionnaires.starters import CHECK_BACK
from surveys.questionnaires.texts import Slot, slots_of

ASKING = frozenset({"question", "why"})
LONGEST_QUESTION, LONGEST_CHOICE = 25, 8  # words
LONGEST_SURVEY = 120  # seconds
WORDS_PER_SECOND = 4  # read silently, about 240 in a minute
KEY_SECONDS, COMMENT_SECONDS, PERMISSION_SECONDS = 5, 15, 3
# What answering takes, beyond reading: rough, and rather too long than too short.
SECONDS = {
    REASONS: 6,
    SHORT: 10,
    LONG: 20,
    ONE: 4,
    MANY: 6,
    SCALE: 4,
    YES_NO: 3,
    NUMBER: 5,
    DATE: 8,
    CONTACT: 20,
    CONSENT: 4,
}

LEADING = {
    "en": r"great|excellent|amazing|wonderful|fantastic|perfect|awesome|outstanding|love[ds]?|surely|obviously"
    r"|of course|don['’]t you|wouldn['’]t you|isn['’]t it|do you agree that",
    "de": r"toll\w*|gro(?:ß|ss)artig\w*|hervorragend\w*|ausgezeichnet\w*|wunderbar\w*|fantastisch\w*|perfekt\w*"
    r"|liebe?n|sicherlich|bestimmt|natürlich|selbstverständlich|nicht auch|nicht wahr|stimmen sie zu, dass",
}
DOUBLE = {"en": r"and|or", "de": r"und|oder|sowie"}
# "Agree or disagree" names the two ends of one thing.
OPPOSITES = re.compile(r"\b(\w+) (?:or|oder) (?:dis|un)\1\b", re.IGNORECASE)
NEGATED = {"en": r"not|never|without|\w+n['’]t", "de": r"nicht|nie|niemals|ohne|kein\w*"}
NEUTRAL = {"en": r"neither|nor|neutral|undecided", "de": r"weder|noch|neutral|unentschieden"}
BAD = {
    "en": r"dis\w+|un\w+|bad\w*|poor\w*|awful\w*|terrible|difficult\w*|hard|never|not|no|worse|worst|slow\w*",
    "de": r"un\w+|schlecht\w*|schlimm\w*|mangelhaft\w*|schwierig\w*|schwer|nie|nicht|kein\w*|nein|langsam\w*",
}
GOOD = {
    "en": r"satisfied|good|great|excellent|easy|likely|happy|agree|always|yes|better|best|fast|quick\w*|very",
    "de": r"zufrieden|gut\w*|sehr|hervorragend\w*|ausgezeichnet\w*|leicht|einfach|immer|ja|besser|schnell\w*",
}


class Hint(NamedTuple):
    """Something to look at again: where, in which language ("" is any), and a sentence with its values."""

    place: str
    language: str
    phrase: str
    values: Mapping[str, Any] = {}


def hints_of(definition: Mapping[str, Any]) -> list[Hint]:
    """Return what could be worded better, in the order of the questionnaire."""
    found: list[Hint] = []
    slots, spoken = slots_of(definition), languages(definition)
    for slot in slots:
        for language in spoken:
            if slot.is_missing(language):
                found.append(Hint(slot.place, language, N_("A text is not translated.")))
            else:
                found += hints_on_text(slot, language, slot.texts.get(language, ""))
    for place in dict.fromkeys(slot.place for slot in slots):
        here = [slot for slot in slots if slot.place == place]
        for language in spoken:
            found += hints_on_scale(place, language, here)
    seconds = seconds_of(definition)
    if seconds > LONGEST_SURVEY:
        phrase = N_("It takes about %(seconds)s seconds; beyond two minutes, many leave.")
        found.append(Hint("", "", phrase, {"seconds": seconds}))
    return found


def hints_on_text(slot: Slot, language: str, text: str) -> Iterator[Hint]:
    """Yield what is to be said about one text in one language."""
    if text in READY_MADE:
        return
    if slot.field in ASKING:
        for words, phrase in (
            (LEADING, N_("“%(word)s” could push the answer; ask without praise or blame.")),
            (DOUBLE, N_("“%(word)s”: does it ask two things at once? One answer cannot tell which.")),
            (NEGATED, N_("“%(word)s”: a question without a negation is misread less often.")),
        ):
            if word := first_of(words, language, OPPOSITES.sub("", text)):
                yield Hint(slot.place, language, phrase, {"word": word})
    longest = LONGEST_CHOICE if slot.field in ("choices", "points") else LONGEST_QUESTION
    if (slot.field in ASKING or slot.field in ("choices", "points")) and len(text.split()) > longest:
        phrase = N_("“%(text)s” has %(words)s words; up to %(most)s are read with ease.")
        values = {"text": text[:40].rstrip() + "…", "words": len(text.split()), "most": longest}
        yield Hint(slot.place, language, phrase, values)


def hints_on_scale(place: str, language: str, slots: list[Slot]) -> Iterator[Hint]:
    """Yield whether a scale, or choices that are one, offer more on one side than on the other."""
    ends = {slot.field: slot.texts.get(language, "") for slot in slots if slot.field in ("low", "high")}
    if len(ends) == 2 and bool(ends["low"]) != bool(ends["high"]):
        yield Hint(place, language, N_("Only one end of the scale has words; that pulls answers there."))
    labels = [slot.texts.get(language, "") for slot in slots if slot.field in ("points", "choices")]
    if all(label in READY_MADE for label in labels):
        return
    bad, good = weights(labels, language)
    if min(bad, good) > 0 and bad != good:
        phrase = N_("The answers are not balanced: %(good)s on the good side, %(bad)s on the bad one.")
        yield Hint(place, language, phrase, {"good": good, "bad": bad})


def weights(labels: list[str], language: str) -> tuple[int, int]:
    """Return how many labels stand on the bad and on the good side, as far as their words tell."""
    sided = [label for label in labels if not first_of(NEUTRAL, language, label)]
    bad = [label for label in sided if first_of(BAD, language, label)]
    good = [label for label in sided if label not in bad and first_of(GOOD, language, label)]
    return len(bad), len(good)


def first_of(words: Mapping[str, str], language: str, text: str) -> str:
    """Return the first of the words that the text has, as it is written there; empty when it has none."""
    found = re.search(rf"\b(?:{words[language]})\b", text, re.IGNORECASE) if language in words else None
    return found[0] if found else ""


def seconds_of(definition: Mapping[str, Any]) -> int:
    """Return how long somebody needs who is asked everything and answers everything, in seconds."""
    language = languages(definition)[0]
    rows = definition.get("questions", ())
    shown = [slot for slot in slots_of(definition) if slot.field != "why" or not slot.of]
    read = sum(len(slot.texts.get(language, "").split()) for slot in shown)
    reasons = sum(max(map(len, row.get("reasons", {}).values()), default=0) for row in rows)
    asks = "permission" in definition["texts"][language]
    answer = (
        KEY_SECONDS + COMMENT_SECONDS + PERMISSION_SECONDS * asks + sum(SECONDS[row["kind"]] for row in rows)
    )
    return round((read + 2 * reasons) / WORDS_PER_SECOND) + answer


READY_MADE = frozenset(
    text
    for document in (*WORDINGS.values(), CHECK_BACK)
    for slot in slots_of(document)
    for text in slot.texts.values()
)
