"""Let the demo's owner watch the score of a shop, and mark what the hidden story did to it."""

from datetime import datetime

from feedback.demo.story import REPLACED
from feedback.insights.selection import Selection
from feedback.insights.watching.keeping import watch
from feedback.insights.watching.marking import mark
from surveys.brand.models import Brand
from surveys.errors import N_
from surveys.questionnaires.queries import survey_by_key
from surveys.staff.models import StaffMember

EVENT = N_("Flinkpaket replaces Bergbote in Austria")


def keep_watch(brand: Brand, owner: StaffMember, now: datetime) -> None:
    """Watch the NPS of a shop of the demo, and mark the day on which it changed its carrier."""
    survey = survey_by_key("nps")
    watch("score", Selection(survey=survey.key, brand=brand.key), survey, brand, owner, now)
    mark(
        (now - REPLACED).date(),
        EVENT,
        "carrier",
        brand,
        owner,
        now,
    )
