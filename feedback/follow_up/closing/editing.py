"""Change the shop's second level of causes, and how much each role may give."""

from datetime import datetime

from sqlalchemy import func, select

from feedback.follow_up.closing.causes import MOST, STARTERS, checked_words, key_for, labels
from feedback.follow_up.closing.models import GoodwillLimit, OwnDetail
from feedback.follow_up.closing.queries import own_details
from surveys.database import db
from surveys.errors import N_, Conflict, Missing, Refusal, together
from surveys.staff.models import StaffMember


class NoDetail(Missing):
    """There is no second-level cause of this key."""

    phrase = N_("There is no such cause. The page lists those there are.")


class TooMany(Conflict):
    """Nobody finds anything in a longer list."""

    phrase = N_("There are 200 causes of your own already. Put new words in the place of one of them.")


def add_detail(cause: str, en: str, de: str, now: datetime, actor: StaffMember | None) -> OwnDetail:
    """Add words under a first-level cause; where one language is left empty, the other stands for it.

    Refuses with NoCause, NoWords or TooMany.
    """
    en, de = words_of(en, de)
    key = key_for(cause, en, labels(own_details()))
    if (db.session.scalar(select(func.count()).select_from(OwnDetail)) or 0) >= MOST:
        raise TooMany()
    return _write(key, en, de, is_retired=False, now=now, actor=actor)


def reword_detail(key: str, en: str, de: str, now: datetime, actor: StaffMember | None) -> OwnDetail:
    """Put other words in the place of a cause; tasks that carry it read the new ones. Refuses what does not exist."""
    en, de = words_of(en, de)
    return _write(known(key), en, de, is_retired=is_retired(key), now=now, actor=actor)


def retire_detail(key: str, retired: bool, now: datetime, actor: StaffMember | None) -> OwnDetail:
    """Offer a cause no longer, or again; tasks that carry it keep it."""
    words = labels(own_details())[known(key)]
    return _write(key, words.en, words.de, is_retired=retired, now=now, actor=actor)


def set_limits(agent: int, admin: int) -> None:
    """Say how many whole units of an order's currency a role may give with one task."""
    for role, most in (("agent", agent), ("admin", admin)):
        row = db.session.get(GoodwillLimit, role)
        if row is None:
            db.session.add(GoodwillLimit(role=role, most=most))
        else:
            row.most = most
    db.session.flush()


def words_of(en: str, de: str) -> tuple[str, str]:
    """Return the words in both languages, each standing for a missing other; refuse all that is wrong."""
    en, de = en.strip() or de.strip(), de.strip() or en.strip()
    found, refusals = [], []
    for text, field in ((en, "en"), (de, "de")):
        try:
            found.append(checked_words(text, field))
        except Refusal as refusal:
            refusals.append(refusal)
    if refusals:
        raise together(refusals)
    return found[0], found[1]


def known(key: str) -> str:
    """Return a key there is; refuse another as missing."""
    if key not in STARTERS and db.session.get(OwnDetail, key) is None:
        raise NoDetail()
    return key


def is_retired(key: str) -> bool:
    """Tell whether a cause is no longer offered."""
    row = db.session.get(OwnDetail, key)
    return row is not None and row.is_retired


def _write(
    key: str, en: str, de: str, *, is_retired: bool, now: datetime, actor: StaffMember | None
) -> OwnDetail:
    """Store a row in the place of whatever had its key."""
    row = db.session.get(OwnDetail, key) or OwnDetail(key=key)
    row.en, row.de, row.is_retired = en, de, is_retired
    row.changed_at, row.changed_by_id = now, actor.id if actor else None
    db.session.add(row)
    db.session.flush()
    return row
