"""Find what a customer wants or threatens in a comment.

Recall comes first, for a person looks at every find: words count wherever they stand, and only
guards take a find away. `sure` rules count always, `weak` ones (a word such as "lawyer" alone)
only where the sentence praises nothing. The guards, in the order in which they are tried:

- *elsewhere*: sayings and things that only sound like it ("court shoes", "burning candle") are
  covered before anything is looked for;
- *negated*: "no lawyer needed", in the same clause, before or after;
- *quoted*: between quotation marks, somebody else's words;
- *supposed*: "I would have gone to court", "with any other shop";
- *solved*: "was charged twice but it was fixed at once".

Danger to a person is never taken away by the last three.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from feedback.analysis.intents.patterns import Rule, rule_of
from feedback.analysis.intents.wording import Rulebook, Worded

INTENTS = (
    "safety",
    "legal",
    "data_protection",
    "payment",
    "chargeback",
    "churn",
    "public_threat",
    "data_request",
    "refund",
    "contact",
    "question",
)
LONGEST = 5_000  # characters that are searched, as many as are read
MOST = 40  # finds of one intent in one comment; further ones say nothing new
GUARDS = ("elsewhere", "supposed", "solved", "unsolved", "praise")
FILES = {"en": "english.toml", "de": "german.toml"}

CLAUSE_END = re.compile(r"[,;:()–—]|\s-\s")
QUOTATION = re.compile(r"[\"“„»«][^\"“”„»«\n]{1,200}[\"”“»«]")


@dataclass(frozen=True, order=True)
class Find:
    """One intent and the words that gave it away: `comment[start:end]`."""

    start: int
    end: int
    intent: str


@dataclass(frozen=True)
class Rules:
    """The rules and guards of one language, ready to be tried."""

    sure: dict[str, Rulebook]
    weak: dict[str, Rulebook]
    across: dict[str, Rulebook]
    guards: dict[str, Rulebook]
    ruled_out: dict[str, Rulebook]
    negated_before: re.Pattern[str]
    negated_after: re.Pattern[str]
    clause_begins: re.Pattern[str]


@cache
def rules_of(language: str) -> Rules:
    """Return the rules of "en" or "de", read once."""
    data = tomllib.loads((Path(__file__).parent / FILES[language]).read_text("utf-8"))
    words = data["words"]

    def rules(lines: list[str], across: bool = False) -> list[Rule]:
        return [rule_of(line, words, across=across) for line in lines]

    def of_intents(kind: str, across: bool = False) -> dict[str, Rulebook]:
        return {intent: Rulebook(rules(data["intents"][intent].get(kind, []), across)) for intent in INTENTS}

    return Rules(
        sure=of_intents("sure"),
        weak=of_intents("weak"),
        across=of_intents("across", True),
        guards={name: Rulebook(rules(data["guards"][name])) for name in GUARDS},
        ruled_out={intent: Rulebook(rules(lines)) for intent, lines in data["ruled_out"].items()},
        negated_before=_any_of(rules(data["guards"]["negated_before"])),
        negated_after=_any_of(rules(data["guards"]["negated_after"])),
        clause_begins=_any_of(rules(data["guards"]["clause_begins"])),
    )


def _any_of(rules: list[Rule]) -> re.Pattern[str]:
    """Return one expression for rules that are tried on a few words only."""
    return re.compile("|".join(("^" if rule.at_start else "") + f"(?:{rule.expression})" for rule in rules))


def find_intents(comment: str, language: str | None) -> list[Find]:
    """Return the intents of `comment` with their words, in their order; each intent's finds do not overlap.

    `language` is "en" or "de"; with any other both are tried, for a customer in danger may write anything.
    """
    text = _small(comment[:LONGEST])
    found: set[Find] = set()
    for one in (language,) if language in FILES else tuple(FILES):
        found.update(_found(text, rules_of(str(one))))
    return _without_overlaps(sorted(found, key=lambda find: (find.start, -find.end, find.intent)))


def ruled_out(comment: str, language: str | None) -> frozenset[str]:
    """Return the intents that the words of `comment` plainly deny, whatever the whole of it may sound like."""
    worded = Worded(_small(comment[:LONGEST]))
    return frozenset(
        intent
        for one in ((language,) if language in FILES else FILES)
        for intent, rules in rules_of(str(one)).ruled_out.items()
        if any(worded.matches(rules))
    )


def _small(text: str) -> str:
    """Return `text` in small letters and with plain apostrophes, each character in its old place."""
    small = text.lower()
    if len(small) != len(text):
        small = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return small.replace("’", "'").replace("`", "'").replace("´", "'")


def _found(text: str, rules: Rules) -> Iterator[Find]:
    """Yield the finds of one language that no guard takes away."""
    worded = _covered(Worded(text), rules)
    quotations = [match.span() for match in QUOTATION.finditer(worded.text)]
    supposed = {worded.sentence_of(start) for start, _ in worded.matches(rules.guards["supposed"])}
    is_solved = any(worded.matches(rules.guards["solved"])) and not any(
        worded.matches(rules.guards["unsolved"])
    )
    for find in _candidates(worded, rules):
        if _negated(worded.text, find, rules):
            continue
        explained = is_solved or worded.sentence_of(find.start) in supposed
        if find.intent == "safety" or not (explained or _within(find, quotations)):
            yield find


def _covered(worded: Worded, rules: Rules) -> Worded:
    """Return the text with all that only sounds like an intent made unrecognisable, letter for letter."""
    spans = list(worded.matches(rules.guards["elsewhere"]))
    if not spans:
        return worded
    letters = list(worded.text)
    for start, end in spans:
        letters[start:end] = "_" * (end - start)
    return Worded("".join(letters))


def _candidates(worded: Worded, rules: Rules) -> Iterator[Find]:
    """Yield whatever a rule matches; weak ones only in sentences that praise nothing."""
    praising = {worded.sentence_of(start) for start, _ in worded.matches(rules.guards["praise"])}
    for intent in INTENTS:
        for start, end in worded.matches(rules.across[intent], across=True, most=MOST):
            yield Find(start, end, intent)
        for start, end in worded.matches(rules.sure[intent], most=MOST):
            yield Find(start, end, intent)
        for start, end in worded.matches(rules.weak[intent], most=MOST):
            if worded.sentence_of(start) not in praising:
                yield Find(start, end, intent)


def _within(find: Find, quotations: list[tuple[int, int]]) -> bool:
    """Tell whether the find lies between quotation marks."""
    return any(start <= find.start and find.end <= end for start, end in quotations)


def _negated(text: str, find: Find, rules: Rules) -> bool:
    """Tell whether the clause denies what was found; words inside the find are part of what it says."""
    if find.intent == "question":
        return False
    before = text[max(0, find.start - 60) : find.start]
    before = CLAUSE_END.split(re.split(r"[.!?\n]", before)[-1])[-1]
    starts = [match.end() for match in rules.clause_begins.finditer(before)]
    if rules.negated_before.search(before[starts[-1] if starts else 0 :]):
        return True
    after = re.split(r"[.!?\n]", text[find.end : find.end + 60])[0]
    after = CLAUSE_END.split(after)[0]
    begins = rules.clause_begins.search(after)
    return rules.negated_after.search(after[: begins.start()] if begins else after) is not None


def _without_overlaps(finds: list[Find]) -> list[Find]:
    """Return the finds without those that lie within an earlier one of the same intent."""
    kept: list[Find] = []
    ends: dict[str, int] = {}
    for find in finds:
        if find.start >= ends.get(find.intent, 0):
            kept.append(find)
            ends[find.intent] = find.end
    return kept
