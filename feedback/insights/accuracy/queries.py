"""What the page about the reader's accuracy asks."""

from sqlalchemy import func, select

from feedback.analysis.models import LABEL, Analysis, Correction
from feedback.insights.accuracy.figures import Checked
from surveys.database import db


def checked() -> list[Checked]:
    """Return all comments whose label a person has looked at, as they were read then."""
    wanted = (
        select(Analysis.language, Correction.read_as, Correction.sureness, Correction.value)
        .join(Analysis, Analysis.response_id == Correction.response_id)
        .where(Correction.kind == LABEL)
    )
    return [Checked(*row) for row in db.session.execute(wanted).tuples()]


def read_as_counts() -> dict[str, int]:
    """Return how many comments were read as each label, by the reader's own word."""
    said = func.coalesce(Analysis.read_as, Analysis.label)
    return dict(db.session.execute(select(said, func.count()).group_by(said)).tuples().all())
