"""Set what a team can take on, keep how many questions may leave, and take a question's turn.

Follow-up reckons every half minute and writes down to here; sending only takes turns, each in the
transaction that begins the mail, so that any number of processes never pass what is left.
"""

from datetime import datetime

from sqlalchemy import update

from surveys.brand.models import Brand
from surveys.database import db
from surveys.errors import N_, Refusal
from surveys.invitations.capacity.queries import allowance_of
from surveys.invitations.models import Allowance
from surveys.staff.models import StaffMember

MOST_CASES = 10_000


def set_capacity(brand: Brand, cases_per_day: int | None, by: StaffMember, now: datetime) -> None:
    """Let the brand ask only as much as leads to so many new cases a business day; None takes the limit away.

    Until the loop has reckoned, nobody is asked. Refuses numbers below 1 and above MOST_CASES.
    """
    if cases_per_day is not None and not 1 <= cases_per_day <= MOST_CASES:
        words = N_("Choose a whole number from %(low)s to %(high)s, or leave it empty for no limit.")
        raise Refusal(words, field="cases_per_day", low=1, high=MOST_CASES)
    row = allowance_of(brand.id, locked=True)
    if cases_per_day is None:
        if row is not None:
            db.session.delete(row)
    elif row is None:
        db.session.add(
            Allowance(brand=brand, cases_per_day=cases_per_day, left=0, changed_at=now, changed_by_id=by.id)
        )
    else:
        row.cases_per_day, row.changed_at, row.changed_by_id = cases_per_day, now, by.id
    db.session.flush()


def take_turn(brand_id: int) -> bool:
    """Take the turn of one question; return False when the team could not follow up any more."""
    if allowance_of(brand_id) is None:
        return True
    taken = update(Allowance).where(Allowance.brand_id == brand_id, Allowance.left > 0)
    done = db.session.execute(
        taken.values(left=Allowance.left - 1).returning(Allowance.brand_id),
        execution_options={"synchronize_session": False},
    )
    return done.first() is not None
