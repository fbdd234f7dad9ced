"""How comments read on pages: with what they talk about."""

from dataclasses import dataclass

from flask import Flask
from flask_babel import get_locale, gettext

from feedback.analysis import marks
from feedback.analysis.intents.words import INTENT_NAMES
from feedback.analysis.models import INTENT, Analysis
from feedback.analysis.themes.feelings import Felt
from feedback.analysis.themes.trial import Met
from surveys.code_book.themes import DETAILS, THEMES, label
from surveys.filters import covered
from surveys.responses.models import Response


@dataclass
class Moved:
    """A mention by its place in the comment as it is shown."""

    code: str
    start: int
    end: int
    polarity: float | None


def pieces(response: Response, analysis: Analysis | None, unmasked: bool = False) -> list[marks.Piece]:
    """Return the comment of a response in pieces; one that was changed since it was read has no marks.

    Its personal data is covered, and no mark tells where one would be within it; `unmasked` shows all.
    """
    is_read = response.analysed_at is not None
    places = [each for each in analysis.mentions if each.end] if analysis and is_read else []
    if unmasked:
        return marks.pieces(response.comment or "", places)
    shown = covered(response.comment or "")
    moved = [
        Moved(mention.code, *place, mention.polarity)
        for mention in places
        if (place := shown.place(mention.start, mention.end)) is not None
    ]
    return marks.pieces(shown.text, moved)


def themes(analysis: Analysis | None) -> list[marks.Theme]:
    """Return the themes of a comment; none while it is not read."""
    return marks.themes(analysis.themes) if analysis else []


def intents(analysis: Analysis | None) -> list[str]:
    """Return what the customer wants or threatens, in the reader's language, in the order of the urgent first."""
    found = {mention.code for mention in analysis.mentions if mention.kind == INTENT} if analysis else set()
    return [gettext(name) for code, name in INTENT_NAMES.items() if code in found]


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
        ("intents", intents),
        ("theme_name", theme_name),
        ("marked_pieces", marked_pieces),
    ):
        app.jinja_env.filters[name] = each
    app.jinja_env.globals["theme_codes"] = sorted((*THEMES, *DETAILS))
