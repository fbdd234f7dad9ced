"""The HTML part of mails that are plain text at heart: paragraphs, nothing fetched, light and dark."""

import re
from collections.abc import Iterable

from markupsafe import Markup

# The paper and ink of the invitations. A long address breaks instead of making a phone's page wider than the phone.
PAGE = Markup(
    '<!doctype html><html lang="{}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    '<meta name="color-scheme" content="light dark"><title>{}</title>'
    "<style>:root{{color-scheme:light dark}}body{{background:#f9f6f2;color:#28221c}}a{{color:#095d6a}}"
    "@media (prefers-color-scheme:dark){{body{{background:#191714;color:#e9e6e0}}a{{color:#74cbd4}}}}</style></head>"
    '<body style="font:16px/1.5 system-ui,sans-serif;max-width:560px;margin:24px auto;padding:0 16px;'
    'overflow-wrap:anywhere;word-break:break-word">{}</body></html>'
)


ADDRESS = re.compile(r"https?://\S+")
LINK = Markup('<a href="{0}">{0}</a>')


def plain_page(language: str, title: str, paragraphs: Iterable[Iterable[str]]) -> str:
    """Return a page of paragraphs, each of several lines; what is not Markup is escaped.

    A line that is an address and nothing else becomes a link to it.
    """
    body = [Markup("<p>{}</p>").format(Markup("<br>").join(map(linked, lines))) for lines in paragraphs]
    return str(PAGE.format(language, title, Markup("").join(body)))


def linked(line: str) -> str:
    """Return a line, as a link if it is an address alone."""
    return LINK.format(line) if ADDRESS.fullmatch(line) else line
