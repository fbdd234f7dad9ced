"""Change the rule book or the weights: every change is a new version of the whole, with who made it and when."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from feedback.follow_up.deciding.book import MOST_RULES, BadRule, Book, Rule, checked
from feedback.follow_up.deciding.models import RuleBook, WeightsVersion
from feedback.follow_up.deciding.queries import current_book, current_weights, unknown_limits
from feedback.follow_up.deciding.weights import Weights
from feedback.follow_up.deciding.weights import checked as checked_weights
from feedback.follow_up.models import Task
from surveys.database import db, public_id
from surveys.errors import N_, Conflict, Missing
from surveys.staff.models import StaffMember


class ChangedMeanwhile(Conflict):
    """Somebody else made another version after this page was opened."""

    phrase = N_(
        "The rules were changed while you had them open. Look at them as they are now, then change again."
    )


class WeightsChanged(Conflict):
    """Somebody else made another version after this page was opened."""

    phrase = N_(
        "The weights were changed while you had them open. Look at them as they are now, then change again."
    )


class NoRule(Missing):
    """The book has no rule of this name."""

    phrase = N_("There is no such rule. The page of rules lists those there are.")


def rule_or_missing(book: Book, key: str) -> Rule:
    """Return a rule of the book; refuse with NoRule."""
    found = book.rule(key)
    if found is None:
        raise NoRule()
    return found


def new_key(kind: str) -> str:
    """Return a key for a rule of the shop's own; it tells the kind."""
    return f"{kind}-{public_id()[:6].lower()}"


def save_rule(seen: int, rule: Rule, by: StaffMember | None, now: datetime) -> Book:
    """Put a changed rule into its place, a new one at the end; `seen` is the version that was changed.

    Refuses with BadRule what cannot be judged or names what does not exist, with ChangedMeanwhile an older version.
    """
    book = current_book()
    others = [each.key for each in book.rules]
    rules = [rule if each.key == rule.key else each for each in book.rules]
    return keep(seen, rules if rule.key in others else [*book.rules, rule], by, now)


def switch(seen: int, key: str, is_on: bool, by: StaffMember | None, now: datetime) -> Book:
    """Switch a rule on or off."""
    rule = rule_or_missing(current_book(), key)
    return save_rule(seen, replace(rule, is_on=is_on), by, now)


def move(seen: int, key: str, steps: int, by: StaffMember | None, now: datetime) -> Book:
    """Move a rule up (steps below 0) or down; at either end it stays."""
    book = current_book()
    rule, rules = rule_or_missing(book, key), list(book.rules)
    place = rules.index(rule)
    rules.insert(max(0, min(len(rules) - 1, place + steps)), rules.pop(place))
    return keep(seen, rules, by, now)


def remove(seen: int, key: str, by: StaffMember | None, now: datetime) -> Book:
    """Take a rule out of the book; the tasks it has opened stay."""
    book = current_book()
    rule_or_missing(book, key)
    return keep(seen, [rule for rule in book.rules if rule.key != key], by, now)


def keep(seen: int, rules: Sequence[Rule], by: StaffMember | None, now: datetime) -> Book:
    """Store these rules as the next version after `seen`, the one that holds; the same rules again change nothing.

    Refuses with ChangedMeanwhile when another version holds by now, and all that is wrong with a rule.
    """
    book = current_book()
    if seen != book.version:
        raise ChangedMeanwhile(field="version")
    sound = tuple(checked(rule) for rule in rules)
    if sound == book.rules:
        return book
    check_whole(sound)
    row = RuleBook(version=seen + 1, rules=[rule.as_data() for rule in sound], changed_at=now, changed_by=by)
    db.session.add(row)
    try:
        db.session.flush()
    except IntegrityError:
        raise ChangedMeanwhile(field="version") from None
    return Book(row.version, sound)


def keep_weights(
    seen: int,
    parts: Mapping[str, int | None],
    undelivered_after: int | None,
    by: StaffMember | None,
    now: datetime,
) -> Weights:
    """Store these weights as the next version after `seen`; the same again changes nothing. `by` None is a machine.

    Open tasks take their new places by the tick that ages them. Refuses with WeightsChanged when another version holds
    by now, and with BadWeights.
    """
    current = current_weights()
    if seen != current.version:
        raise WeightsChanged(field="version")
    wanted = checked_weights(parts, undelivered_after)
    if wanted[1:] == current[1:]:
        return current
    row = WeightsVersion(
        version=seen + 1,
        parts=dict(wanted.parts),
        undelivered_after=wanted.undelivered_after,
        changed_at=now,
        changed_by=by,
    )
    db.session.add(row)
    try:
        db.session.flush()
    except IntegrityError:
        raise WeightsChanged(field="version") from None
    again = update(Task).where(Task.standing.is_not(None)).values(ages_at=now)
    db.session.execute(again, execution_options={"synchronize_session": False})
    return wanted._replace(version=row.version)


def check_whole(rules: Sequence[Rule]) -> None:
    """Refuse too many rules, two of one key, and limits to what does not exist."""
    if len(rules) > MOST_RULES:
        sentence = N_("There can be %(most)s rules. Take one away first.")
        raise BadRule(sentence, field="rules", most=MOST_RULES)
    if len({rule.key for rule in rules}) < len(rules):
        raise BadRule(N_("Two rules have the same key. Give each its own."), field="key")
    for field, found in unknown_limits(rules).items():
        raise BadRule(
            N_("There is no “%(found)s” any more. Choose one of those there are."), field=field, found=found
        )
