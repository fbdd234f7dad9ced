"""How comments read on pages: with what they talk about."""

from flask import Flask
from flask_babel import get_locale

from feedback.analysis import marks
from feedback.analysis.models import Analysis
from feedback.analysis.themes.feelings import Felt
from feedback.analysis.themes.trial import Met
from surveys.code_book.themes import label
from surveys.responses.models import Response


def pieces(response: Response, analysis: Analysis | None) -> list[marks.Piece]:
    """Return the comment of a response in pieces; one that was changed since it was read has no marks."""
    is_read = response.analysed_at is not None
    return marks.pieces(response.comment or "", analysis.themes if analysis and is_read else [])


def themes(analysis: Analysis | None) -> list[marks.Theme]:
    """Return the themes of a comment; none while it is not read."""
    return marks.themes(analysis.themes) if analysis else []


def theme_name(code: str) -> str:
    """Return the words for a theme in the reader's language."""
    return label(code, str(get_locale()))


def marked_pieces(met: Met) -> list[marks.Piece]:
    """Return a comment that phrases were tried on, in pieces."""
    return marks.pieces(met.comment.text, [Felt(*place[:3], None) for place in met.places])


def init_app(app: Flask) -> None:
    """Hang the filters where templates find them."""
    for name, each in (
        ("pieces", pieces),
        ("themes", themes),
        ("theme_name", theme_name),
        ("marked_pieces", marked_pieces),
    ):
        app.jinja_env.filters[name] = each
