"""Set up the demo's shops and the four people who work in them."""

from datetime import datetime, timedelta

from sqlalchemy import select

from feedback.demo.catalogue import BRANDS, DemoBrand
from feedback.demo.occasions import READY_MADE, WITH_OCCASION
from surveys.brand.models import Brand
from surveys.database import db
from surveys.invitations.founding import ask_after_delivery
from surveys.permission.declaring import Declaration, declare
from surveys.questionnaires.models import Survey
from surveys.questionnaires.publishing import publish, publish_starters
from surveys.questionnaires.queries import survey_by_key
from surveys.staff.models import StaffMember

STAFF = (
    ("Olga Owner", "owner"),
    ("Adam Admin", "admin"),
    ("Ben Agent", "agent"),
    ("Anja Analyst", "analyst"),
)


# What an invented checkout tells its customers, so that those in strict countries may be asked too.
NOTICE = "Shown beside the address field: we may ask how your order was; you can object at any time."
SHOWN_FOR = timedelta(days=3 * 365)


def open_shops(now: datetime) -> list[Brand]:
    """Make the demo's brands, each asking after delivery, and the ready-made surveys where they are missing."""
    publish_starters(now)
    ask_for_whom(now)
    return [open_shop(draft, now) for draft in BRANDS]


def ask_for_whom(now: datetime) -> None:
    """Let the recommendation survey ask for whom it was, too; somebody's own words stay."""
    survey = survey_by_key("nps")
    if survey.current.definition == READY_MADE:
        publish(survey, WITH_OCCASION, now)


def ask_plainly(now: datetime) -> None:
    """Let the recommendation survey be the ready-made one again."""
    survey = db.session.scalar(select(Survey).where(Survey.key == "nps"))
    if survey is not None and survey.versions and survey.current.definition == WITH_OCCASION:
        publish(survey, READY_MADE, now)


def open_shop(draft: DemoBrand, now: datetime) -> Brand:
    """Make one brand with its touchpoint."""
    brand = Brand(
        key=draft.key,
        name=draft.name,
        colour=draft.colour,
        sender_name=draft.name,
        sender_email=f"service@{draft.domain}",
        reply_to=f"service@{draft.domain}",
        postal_address=f"{draft.name}, Musterstraße 1, 10115 Berlin",
        privacy_url=f"https://{draft.domain}/privacy",
        imprint_url=f"https://{draft.domain}/imprint",
        default_basis="existing_customer",
        check_back_after=timedelta(days=draft.check_back_after_days),
        made_by_demo=True,
        created_at=now,
        changed_at=now,
    )
    db.session.add(brand)
    declare(brand, Declaration("any", "existing_customer", NOTICE, now - SHOWN_FOR), None, now)
    # Who tries the demo on a Sunday and moves its clock by a week finds what its bar promises.
    ask_after_delivery(brand, now).skip_sundays = False
    return brand


def hire(now: datetime) -> dict[str, StaffMember]:
    """Make one person for each role; they have no password and come in by the demo bar alone."""
    team = {
        role: StaffMember(
            name=name, role=role, email=f"{role}@demo.example", made_by_demo=True, created_at=now
        )
        for name, role in STAFF
    }
    db.session.add_all(team.values())
    db.session.flush()
    return team
