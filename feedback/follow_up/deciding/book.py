"""The rule book: which signs open a task, in which order. The first rule that matches opens it; further ones are kept.

A rule has one kind and may be limited to a shop, a survey or a segment. The standard book is what holds until
somebody changes it; every change makes a new version of the whole book.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple

from feedback.analysis.intents.finds import INTENTS
from feedback.analysis.mismatch import MISMATCHES
from feedback.follow_up.deciding.signs import (
    NOTHING,
    Past,
    Reading,
    Submission,
    clearly_negative,
    flag_of,
    intents_of,
)
from surveys.errors import N_, Refusal, together
from surveys.scales import MOODS

MOST_RULES, LONGEST_KEY = 50, 30

# What a rule looks for, in the order in which they are offered.
KINDS: dict[str, str] = {
    "group": N_("The group of the score"),
    "score": N_("A score of at most"),
    "intent": N_("What the customer wants or threatens"),
    "negative_comment": N_("A clearly negative comment, at any score"),
    "mismatch": N_("Score and words that disagree"),
    "vip": N_("A VIP who is not happy"),
    "repeat": N_("The second unhappy answer within 180 days"),
    "wants_contact": N_("A customer who asks to be contacted"),
    "wrote_back": N_("A customer who answers our mail with one of their own"),
}


class BadRule(Refusal):
    """A rule that could never be judged; `field` names what is wrong with it."""


@dataclass(frozen=True)
class Rule:
    """One rule. `brand` and `survey` are keys, `segment` a public id; None for any.

    Kind *group* looks at `mood`, *score* at `at_most`, *intent* at `intents`, *mismatch* at `flags`. The segment of a
    *vip* rule says who is a VIP; without one the ready-made segment does.
    """

    key: str
    kind: str
    is_on: bool = True
    brand: str | None = None
    survey: str | None = None
    segment: str | None = None
    mood: str | None = None
    at_most: int | None = None
    intents: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """Return the rule as it is stored, without what says nothing."""
        kept = {each.name: getattr(self, each.name) for each in fields(self)}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in kept.items()
            if value is not None and value != ()
        }


class Book(NamedTuple):
    """The rules in their order, and the version that they are; the shipped one is 1."""

    version: int
    rules: tuple[Rule, ...]

    def rule(self, key: str) -> Rule | None:
        """Return the rule with this key, or None."""
        return next((rule for rule in self.rules if rule.key == key), None)


OPENING_INTENTS = (
    "safety",
    "legal",
    "data_protection",
    "payment",
    "chargeback",
    "churn",
    "public_threat",
    "data_request",
)
STANDARD = Book(
    1,
    (
        Rule("intent", "intent", intents=OPENING_INTENTS),
        Rule("low_score", "group", mood="unhappy"),
        Rule("negative_comment", "negative_comment"),
        Rule("mismatch", "mismatch", flags=tuple(MISMATCHES)),
        Rule("vip", "vip"),
        Rule("repeat", "repeat"),
        Rule("wants_contact", "wants_contact"),
        Rule("wrote_back", "wrote_back"),
    ),
)


def from_data(rows: Iterable[Mapping[str, Any]]) -> tuple[Rule, ...]:
    """Return stored rules; TypeError for what `as_data` did not write."""
    found: list[Rule] = []
    for row in rows:
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in row.items()
        }
        found.append(Rule(**values))
    return tuple(found)


def kind_of(key: str) -> str:
    """Return the kind of a rule by its key alone: "low_score" is a group, "intent-x7" an intent."""
    kind = key.partition("-")[0]
    return "group" if kind == "low_score" else kind


def matching(
    rules: Sequence[Rule], submission: Submission, reading: Reading | None, past: Past
) -> list[Rule]:
    """Return the rules that match, in their order; those that are switched off do not count."""
    return [rule for rule in rules if rule.is_on and matches(rule, submission, reading, past)]


def matches(rule: Rule, submission: Submission, reading: Reading | None, past: Past) -> bool:
    """Tell whether a rule matches, switched on or not."""
    if rule.brand not in (None, submission.brand) or rule.survey not in (None, submission.survey):
        return False
    if rule.segment is not None and rule.kind != "vip" and rule.segment not in past.segments:
        return False
    return _sign(rule, submission, reading, past)


def might_match(rule: Rule, submission: Submission, reading: Reading | None) -> bool:
    """Tell whether a rule matches some customer who gave this answer: only then is the past worth a look."""
    inside = frozenset() if rule.segment is None else frozenset({rule.segment})
    return matches(
        rule, submission, reading, replace(NOTHING, is_vip=True, segments=inside, unhappy_lately=True)
    )


def _sign(rule: Rule, submission: Submission, reading: Reading | None, past: Past) -> bool:
    """Tell whether what the rule looks for is there."""
    intents = intents_of(reading)
    match rule.kind:
        case "group":
            return submission.mood == rule.mood
        case "score":
            return (
                submission.mood is not None
                and rule.at_most is not None
                and submission.score is not None
                and submission.score <= rule.at_most
            )
        case "intent":
            return not intents.isdisjoint(rule.intents)
        case "negative_comment":
            return clearly_negative(reading)
        case "mismatch":
            return flag_of(submission, reading) in rule.flags
        case "vip":
            return past.is_vip and submission.mood in ("unhappy", "neutral")
        case "repeat":
            return submission.is_low and past.unhappy_lately
        case "wants_contact":
            return "contact" in intents
        case "wrote_back":
            return submission.wrote_back
    return False


def checked(rule: Rule) -> Rule:
    """Return a rule that can be judged, without what its kind does not look at; refuse with BadRule."""
    if rule.kind not in KINDS:
        raise BadRule(N_("Choose what the rule looks for."), field="kind")
    problems: list[Refusal] = []
    if rule.kind == "group" and rule.mood not in MOODS:
        problems.append(BadRule(N_("Choose a group of scores."), field="mood"))
    if rule.kind == "score":
        if rule.at_most is None or not 0 <= rule.at_most <= 10:
            problems.append(BadRule(N_("Give the highest score that counts, from 0 to 10."), field="at_most"))
        if rule.survey is None:
            sentence = N_("Choose the survey: a number means something only on its scale.")
            problems.append(BadRule(sentence, field="survey"))
    if rule.kind == "intent" and not (rule.intents and set(rule.intents) <= set(INTENTS)):
        problems.append(BadRule(N_("Choose at least one thing that customers want."), field="intents"))
    if rule.kind == "mismatch" and not (rule.flags and set(rule.flags) <= set(MISMATCHES)):
        problems.append(BadRule(N_("Choose at least one way to disagree."), field="flags"))
    if problems:
        raise together(problems)
    return replace(
        rule,
        mood=rule.mood if rule.kind == "group" else None,
        at_most=rule.at_most if rule.kind == "score" else None,
        intents=tuple(code for code in INTENTS if code in rule.intents) if rule.kind == "intent" else (),
        flags=tuple(code for code in MISMATCHES if code in rule.flags) if rule.kind == "mismatch" else (),
    )
