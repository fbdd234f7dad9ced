"""Keep what a comment talks about, beside the reading of how it feels."""

from collections.abc import Iterable

from sqlalchemy import delete

from feedback.analysis.clauses import clauses
from feedback.analysis.models import THEME, Analysis, Mention
from feedback.analysis.readers import Reader
from feedback.analysis.sentiment import Reading
from feedback.analysis.themes.feelings import ClausePolarity, Felt, felt
from feedback.analysis.themes.library import Library
from surveys.database import db

MOST_CLAUSES = 10  # that are read one by one; the others feel as the whole comment


def note_themes(
    analysis: Analysis, comment: str, feelings: Iterable[ClausePolarity], library: Library
) -> None:
    """Write the themes that `comment` mentions over those of an earlier reading; flushes."""
    found = felt(library.mentions(comment, analysis.language), list(feelings), analysis.polarity)
    replace_mentions(analysis, THEME, found)
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


def feelings_of(comment: str, locale: str | None, reading: Reading, reader: Reader) -> list[ClausePolarity]:
    """Return how each clause of a comment feels, in offsets into `comment`, which `reading` is of.

    A reader that has told it with its reading is not asked again.
    """
    if reading.polarity is None:
        return []
    told = getattr(reading, "clauses", ())
    if told:
        return [(start, end, polarity) for start, end, polarity in told]
    parts = clauses(comment, at_commas=True)
    if len(parts) < 2:
        return []
    return [
        (part.start, part.end, reader.read(comment[part.start : part.end], locale).polarity)
        for part in parts[:MOST_CLAUSES]
    ]
