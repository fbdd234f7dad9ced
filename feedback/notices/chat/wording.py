"""What stands in the team's chat: what happened and the way to the task, no names and no words of customers.

The chat belongs to somebody else; what customers said stays in the house.
"""

from collections.abc import Mapping
from typing import NamedTuple

from flask_babel import force_locale, gettext, ngettext

from surveys.locales import best_language

MOST_IN_A_POST = 20


class Line(NamedTuple):
    """One task with what happened to it, in the words of the house, and its address."""

    priority: str
    happened: list[str]
    address: str


def text_of(lines: Mapping[str, Line], language: str, base_url: str) -> str:
    """Return the text of a post about these tasks, the most urgent first; without any it is a try."""
    with force_locale(best_language(language)):
        if not lines:
            return str(gettext("Nachklang reaches this channel. News of tasks will stand here."))
        ordered = sorted(lines.values(), key=lambda line: line.priority)
        said = [
            f"{line.priority} · {'. '.join(line.happened)}\n{line.address}"
            for line in ordered[:MOST_IN_A_POST]
        ]
        if (left := len(ordered) - MOST_IN_A_POST) > 0:
            more = ngettext(
                "One more task: %(url)s", "%(num)s more tasks: %(url)s", left, url=f"{base_url}/inbox"
            )
            said.append(str(more))
        return "\n".join(said)
