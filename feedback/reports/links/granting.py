"""Give a link to a view, take it back, note that it was used."""

from datetime import datetime, timedelta

from feedback.reports.models import ReportLink, SavedView
from surveys import tokens
from surveys.database import db, public_id
from surveys.errors import N_, Refusal
from surveys.staff.models import StaffMember
from surveys.staff.permissions import may
from surveys.staff.secrets import hash_of

LASTS = (7, 30, 90)  # days
NOTED_EVERY = timedelta(minutes=1)


class NotALength(Refusal):
    """Links last as long as the list says, and no longer."""

    phrase = N_("Choose how long the link works: 7, 30 or 90 days.")


def grant(view: SavedView, days: int, by: StaffMember, now: datetime, secret: str) -> tuple[ReportLink, str]:
    """Return a new link to a view and its token, which is shown once and not kept; refuse with NotALength."""
    if days not in LASTS:
        raise NotALength(field="days")
    name = public_id()
    token = tokens.make(tokens.REPORT, name, secret)
    link = ReportLink(
        public_id=name,
        view=view,
        token_hash=hash_of(token),
        made_at=now,
        made_by=by,
        expires_at=now + timedelta(days=days),
    )
    db.session.add(link)
    db.session.flush()
    return link, token


def revoke(link: ReportLink, now: datetime) -> None:
    """Let a link work no more; doing it twice changes nothing."""
    link.revoked_at = link.revoked_at or now
    db.session.flush()


def has_its_maker(link: ReportLink) -> bool:
    """Return whether who made a link may still make one; without their account or permission it does not work."""
    maker = link.made_by
    return maker is not None and maker.is_active and may(maker.role, "export")


def is_to_be_noted(link: ReportLink, now: datetime) -> bool:
    """Return whether the use of a link at `now` is worth a row: one a minute is."""
    return link.last_used_at is None or now - link.last_used_at >= NOTED_EVERY
