"""What the page about the reader's accuracy asks."""

from sqlalchemy import func, select

from feedback.analysis.models import LABEL, Analysis, Correction, is_current
from feedback.insights.accuracy.figures import Checked
from surveys.database import db
from surveys.responses.models import Response


def checked() -> list[Checked]:
    """Return all comments whose label a person has looked at, as they were read then."""
    wanted = (
        select(Analysis.language, Correction.read_as, Correction.sureness, Correction.value)
        .join(Response, Response.id == Correction.response_id)
        .join(Analysis, is_current())
        .where(Correction.kind == LABEL)
    )
    return [Checked(*row) for row in db.session.execute(wanted).tuples()]


def read_as_counts() -> dict[str, int]:
    """Return how many comments were read as each label, by the reader's own word."""
    said = func.coalesce(Analysis.read_as, Analysis.label)
    counts = select(said, func.count()).select_from(Analysis).join(Response, is_current()).group_by(said)
    return dict(db.session.execute(counts).tuples().all())
