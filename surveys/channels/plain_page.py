"""The HTML part of mails that are plain text at heart: paragraphs, nothing fetched, light and dark."""

from collections.abc import Iterable

from markupsafe import Markup

PAGE = Markup(
    '<!doctype html><html lang="{}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">'
    '<title>{}</title></head><body style="font:16px/1.5 system-ui,sans-serif;max-width:560px;margin:24px auto;'
    'padding:0 16px">{}</body></html>'
)


def plain_page(language: str, title: str, paragraphs: Iterable[Iterable[str]]) -> str:
    """Return a page of paragraphs, each of several lines; what is not Markup is escaped."""
    body = [Markup("<p>{}</p>").format(Markup("<br>").join(lines)) for lines in paragraphs]
    return str(PAGE.format(language, title, Markup("").join(body)))
