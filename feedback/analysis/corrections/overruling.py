"""Let what a person said of a comment stand, whatever a reader or the phrases find in it."""

from collections.abc import Iterable

from sqlalchemy import delete, select

from feedback.analysis.models import LABEL, THEME, Analysis, Correction
from feedback.analysis.themes.feelings import Felt
from surveys.database import db


def let_label_stand(analysis: Analysis) -> None:
    """Put the label that a person gave over the one that was just read; the reader's is kept beside it."""
    wanted = db.session.scalar(
        select(Correction.value).where(
            Correction.response_id == analysis.response_id, Correction.kind == LABEL
        )
    )
    analysis.read_as = None
    if wanted is not None:
        analysis.read_as, analysis.label = analysis.label, wanted


def overruled(found: Iterable[Felt], response_id: int, whole: float | None) -> list[Felt]:
    """Return the themes that were found, without those a person has denied and with those they have added.

    An added one has no place in the comment, and sounds as `whole`, the polarity of all of it.
    """
    said = dict(
        db.session.execute(
            select(Correction.code, Correction.value)
            .where(Correction.response_id == response_id, Correction.kind == THEME)
            .order_by(Correction.code)
        )
        .tuples()
        .all()
    )
    kept = [each for each in found if said.get(each.code) != "no"]
    there = {each.code for each in kept}
    added = [code for code, value in said.items() if value == "yes" and code not in there]
    return kept + [Felt(code, 0, 0, whole) for code in added]


def forget_corrections(response_id: int) -> None:
    """Forget what was said of a comment that is gone or was written anew."""
    db.session.execute(delete(Correction).where(Correction.response_id == response_id))
