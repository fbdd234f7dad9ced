"""Note that somebody wants to see their data or have it erased, and that it was done."""

from datetime import datetime, timedelta

from feedback.privacy.queries import people_called
from surveys.brand.models import Brand
from surveys.customers.models import PrivacyRequest
from surveys.database import db
from surveys.errors import N_, Conflict, Refusal
from surveys.staff.models import StaffMember

# GDPR Art. 12(3): within one month of receipt, and no month is shorter than that.
TIME = timedelta(days=28)
KINDS = ("disclosure", "erasure")
LONGEST = 200


def request_by_hand(brand: Brand, kind: str, who: str, note: str, now: datetime) -> PrivacyRequest:
    """Note what a person asked by letter, by phone or by mail; it is due in 28 days.

    `who` is an address or the shop's number for them; one customer of that name is tied to the request.
    Raises Refusal for an unknown kind and for nobody.
    """
    who = who.strip()
    if kind not in KINDS:
        raise Refusal(N_("Choose one of those in the list."), field="kind")
    if not 0 < len(who) <= LONGEST:
        raise Refusal(
            N_("Say who asks: an e-mail address, or the number the shop knows them by."), field="who"
        )
    people = people_called(who, brand.key)
    request = PrivacyRequest(
        brand=brand,
        kind=kind,
        source="staff",
        customer=people[0] if len(people) == 1 else None,
        email=who.lower() if "@" in who else None,
        customer_reference=None if "@" in who else who,
        note=note.strip()[:1000] or None,
        received_at=now,
        due_at=now + TIME,
    )
    db.session.add(request)
    db.session.flush()
    return request


def settle(request: PrivacyRequest, by: StaffMember, now: datetime) -> None:
    """Note that the request is done, and empty what names the person; raises Conflict when it was done before."""
    if request.done_at is not None:
        raise Conflict(N_("This request was settled before. The page “Privacy” says when."))
    request.done_at, request.done_by_id = now, by.id
    request.email = request.customer_reference = request.note = None
    request.told = {}
    db.session.flush()
