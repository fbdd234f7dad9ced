"""How lists show what was found: the comment in pieces, those that were sought marked."""

from flask import Flask
from markupsafe import Markup

from feedback.analysis.search.covered import blanked
from feedback.analysis.search.sought import Sought, places
from feedback.analysis.search.sought import sought as read
from surveys.filters import covered


def found_pieces(comment: str | None, wanted: Sought | str | None) -> list[tuple[str, bool]]:
    """Return a comment as lists show it in pieces, each with whether it is what was sought; never a covered one."""
    shown = covered(comment or "")
    wanted = read(wanted) if isinstance(wanted, str) else wanted
    if wanted is None or not wanted.terms:
        return [(shown.text, False)]
    pieces, at = [], 0
    for start, end in places(blanked(shown), wanted):
        pieces += [(shown.text[at:start], False), (shown.text[start:end], True)]
        at = end
    return [piece for piece in [*pieces, (shown.text[at:], False)] if piece[0]]


def as_sought(words: str) -> Markup:
    """Return what somebody looks for as it is marked in what was found."""
    return Markup("<mark>{}</mark>").format(words)


def init_app(app: Flask) -> None:
    """Hang the filters where templates find them."""
    app.jinja_env.filters["as_sought"] = as_sought
    app.jinja_env.filters["found_pieces"] = found_pieces
