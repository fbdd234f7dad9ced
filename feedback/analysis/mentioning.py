"""Keep what a comment talks about, beside the reading of how it feels."""

from collections.abc import Iterable

from sqlalchemy import delete, select

from feedback.analysis.corrections.overruling import overruled
from feedback.analysis.models import THEME, Analysis, Mention, Vector
from feedback.analysis.themes.feelings import ClausePolarity, Felt, felt
from feedback.analysis.themes.library import Library
from surveys.database import db


def note_themes(
    analysis: Analysis, comment: str, feelings: Iterable[ClausePolarity], library: Library
) -> None:
    """Write the themes that `comment` mentions over those of an earlier reading; flushes.

    What the corrections of other comments have taught comes over the phrases, and what a person said of this
    comment's own themes stands.
    """
    found = felt(library.mentions(comment, analysis.language), list(feelings), analysis.polarity)
    if library.learnt is not None:
        vector = db.session.scalar(select(Vector.numbers).where(Vector.response_id == analysis.response_id))
        found = library.learnt.put_right(found, vector, analysis.polarity)
    replace_mentions(analysis, THEME, overruled(found, analysis.response_id, analysis.polarity))
    analysis.phrase_book = library.version


def replace_mentions(analysis: Analysis, kind: str, found: Iterable[Felt]) -> None:
    """Write the mentions of one kind over those that there were; flushes."""
    db.session.flush()
    db.session.execute(delete(Mention).where(Mention.analysis_id == analysis.id, Mention.kind == kind))
    db.session.add_all(
        Mention(
            analysis_id=analysis.id,
            kind=kind,
            code=mention.code,
            start=mention.start,
            end=mention.end,
            polarity=mention.polarity,
            is_learnt=mention.is_learnt,
        )
        for mention in found
    )
    db.session.flush()
