"""Let what a person said of a comment stand, whatever a reader or the phrases find in it."""

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, select

from feedback.analysis.models import LABEL, THEME, Analysis, Correction
from feedback.analysis.themes.feelings import Felt
from feedback.analysis.themes.learnt import top
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
    """Return the themes that were found, as a person has put them right: see `put_right`."""
    said = dict(
        db.session.execute(
            select(Correction.code, Correction.value)
            .where(Correction.response_id == response_id, Correction.kind == THEME)
            .order_by(Correction.code)
        )
        .tuples()
        .all()
    )
    return put_right(found, said, whole)


def put_right(found: Iterable[Felt], said: Mapping[str, str], whole: float | None) -> list[Felt]:
    """Return the themes that were found, without those a person has denied and with those they have added.

    `said` is yes or no by code. An added one has no place in the comment, and sounds as `whole`, the polarity of all of
    it; what was learnt goes where a person has named the theme itself or one of its details.
    """
    named = [code for code, value in said.items() if value == "yes"]
    known = {top(code) for code in named}
    kept = [
        each
        for each in found
        if said.get(each.code) != "no" and not (each.is_learnt and top(each.code) in known)
    ]
    there = {each.code for each in kept}
    return kept + [Felt(code, 0, 0, whole) for code in named if code not in there]


def forget_corrections(response_id: int) -> None:
    """Forget what was said of a comment that is gone or was written anew."""
    db.session.execute(delete(Correction).where(Correction.response_id == response_id))
