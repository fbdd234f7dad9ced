"""The demo's outer loop: the carrier of the hidden story was replaced, and it worked; something else has just begun.

Everything by the verbs of the house, with the time of each event as `now`. What the team is said to have written is
English and read in the reader's language, like the names of our own surveys. A demo too small to show a part has no
improvement about it.
"""

from contextlib import suppress
from datetime import datetime, timedelta

from feedback.demo.story import REPLACED, TURNED_LATE
from feedback.improving.changing import Given, change
from feedback.improving.judging import judge, measured
from feedback.improving.models import Improvement
from feedback.improving.queries import themes_raised
from feedback.improving.starting import Draft, start
from feedback.improving.states import State
from feedback.improving.telling.writing import publish, write
from feedback.improving.verdicts import Hope
from feedback.insights.queries import calendar_zone
from feedback.insights.selection import Days, Selection, over
from surveys.errors import N_, Refusal
from surveys.staff.models import StaffMember

DAY = timedelta(days=1)
# Parcels of the new carrier are rated from then on; what was under way with the old one is rated before. One country
# alone has too few answers in eight weeks, so all of them are judged: what hurt there had pulled down the whole.
RATED_AFTER = 7 * DAY
WINDOW = 54 * DAY
TITLE = N_("Another carrier in Austria")
HYPOTHESIS = N_("Bergbote has been late in Austria since spring; everywhere else parcels are on time.")
NOTE = N_("Flinkpaket took over all parcels to Austria on one day.")
FEWER = Hope("share", "down", None)
TEXTS = {
    "en": (
        "Parcels came late, to Austria week after week.",
        "We have changed the carrier in Austria. Parcels travel with Flinkpaket now, and most arrive on the day we"
        " promise.",
    ),
    "de": (
        "Pakete kamen zu spät, nach Österreich Woche für Woche.",
        "Wir haben in Österreich den Versanddienst gewechselt. Die Pakete kommen jetzt mit Flinkpaket, die meisten an"
        " dem Tag, den wir versprechen.",
    ),
}
# What a shop would do about what is raised most apart from the story.
NEXT = {
    "SUPPORT": N_("An answer on the same day"),
    "PRODUCT_QUALITY": N_("A second look before packing"),
    "PRODUCT_FIT": N_("Measurements in the size charts"),
    "DESCRIPTION": N_("Descriptions checked against the goods"),
    "PACKAGING": N_("Less packaging around small things"),
    "PACKAGING.TOO_MUCH": N_("Less packaging around small things"),
    "PACKAGING.PLASTIC": N_("Paper instead of plastic around parcels"),
    "PRICE.SHIPPING": N_("Free shipping from 39 euros"),
    "PRODUCT_FIT.TOO_SMALL": N_("Measurements in the size charts"),
    "DESCRIPTION.NOT_AS_DESCRIBED": N_("Descriptions checked against the goods"),
    "DESCRIPTION.INSTRUCTIONS": N_("Instructions in every box"),
    "SUPPORT.SLOW": N_("An answer on the same day"),
    "SUPPORT.NO_ANSWER": N_("An answer on the same day"),
    "RETURNS.SLOW": N_("Refunds within three days"),
    "PAYMENT.REFUND": N_("Refunds within three days"),
    "PRODUCT_QUALITY.DEFECTIVE": N_("A second look before packing"),
}
NAMES = frozenset({TITLE, HYPOTHESIS, NOTE, *NEXT.values()})


def better(owner: StaffMember, now: datetime) -> None:
    """Make the improvements of the demo, as the team would have: each refused one is left out."""
    with suppress(Refusal):
        replace_carrier(owner, now)
    with suppress(Refusal):
        begin_another(owner, now)


def replace_carrier(owner: StaffMember, now: datetime) -> Improvement:
    """Tell of the carrier that was replaced: planned when the complaints were clear, judged eight weeks later."""
    planned_at = now - REPLACED - 7 * DAY
    effect_at = now - REPLACED + RATED_AFTER
    checked_at = effect_at + WINDOW + DAY / 2
    made = start(
        Draft(
            TITLE,
            "theme",
            "DELIVERY",
            Hope("score", "up", None),
            HYPOTHESIS,
            owner,
        ),
        days_of(now - TURNED_LATE, planned_at),
        planned_at,
        actor=owner,
    )
    change(made, {"state": State.PLANNED}, planned_at)
    days = Given(effect_on=effect_at.date(), check_on=(effect_at + WINDOW).date())
    change(made, Given(state=State.IN_EFFECT) | days, effect_at)
    judge(made.id, measured(made.id, checked_at), checked_at)
    change(made, {"note": NOTE}, checked_at)
    write(made, TEXTS, checked_at, actor=owner)
    publish(made, True, checked_at)
    return made


def begin_another(owner: StaffMember, now: datetime) -> Improvement | None:
    """Let something else that is raised often have taken effect lately; it is not judged yet."""
    begun_at = now - 13 * DAY
    chosen = days_of(begun_at - 90 * DAY, begun_at)
    code = next((code for code, _n in themes_raised(chosen, begun_at) if code in NEXT), None)
    if code is None:
        return None
    made = start(Draft(NEXT[code], "theme", code, FEWER, owner=owner), chosen, begun_at, actor=owner)
    change(made, {"state": State.PLANNED}, begun_at)
    effect_on = begun_at.date() + DAY
    change(
        made,
        {"state": State.IN_EFFECT, "effect_on": effect_on, "check_on": effect_on + 4 * 7 * DAY},
        begun_at + DAY,
    )
    return made


def days_of(since: datetime, until: datetime) -> Selection:
    """Return the answers to the NPS of these days."""
    chosen = Selection(survey="nps", zone=calendar_zone(None))
    return over(chosen, Days(since.date(), until.date()))
