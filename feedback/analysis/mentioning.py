"""Keep what a comment talks about, beside the reading of how it feels."""

from collections.abc import Iterable

from sqlalchemy import delete

from feedback.analysis.corrections.overruling import overruled
from feedback.analysis.models import THEME, Analysis, Mention
from feedback.analysis.themes.feelings import ClausePolarity, Felt, felt
from feedback.analysis.themes.library import Library
from surveys.database import db


def note_themes(
    analysis: Analysis, comment: str, feelings: Iterable[ClausePolarity], library: Library
) -> None:
    """Write the themes that `comment` mentions over those of an earlier reading; flushes.

    What a person said of its themes stands.
    """
    found = felt(library.mentions(comment, analysis.language), list(feelings), analysis.polarity)
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
        )
        for mention in found
    )
    db.session.flush()
