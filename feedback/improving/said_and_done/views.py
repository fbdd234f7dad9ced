"""Everybody may read what a shop has published: in the look of its surveys, in both languages, without a cookie."""

from typing import NamedTuple

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from feedback.improving.models import Improvement
from feedback.improving.queries import published
from feedback.improving.states import State
from feedback.insights.suppression import K
from surveys.brand.filters import look_of
from surveys.brand.queries import all_brands, brand_or_missing
from surveys.doors import RespondentDoor
from surveys.locales import LANGUAGES, NAMES, best_language, browser_language

door = RespondentDoor("said_and_done", __name__)
door.writes_at_once = False


class Shown(NamedTuple):
    """One improvement as everybody may read it; `language` is that of its words, `times` is how many answers raised it.

    None where few did, or where those of other shops are among them: a shop's page speaks of its own customers.
    """

    said: str
    did: str
    language: str
    is_declined: bool
    times: int | None
    since: object


@door.get("/said-and-done/<key>")
def page(key: str) -> ResponseReturnValue:
    """Show what a shop has published, the latest first."""
    brand = brand_or_missing(key)
    asked = request.args.get("language") or browser_language(LANGUAGES)
    g.language = best_language(asked, best_language(brand.locale))
    g.look = lambda: look_of(brand)
    is_alone = len(all_brands()) == 1
    return render_template(
        "improving/said_and_done.html",
        rows=[shown(each, g.language, is_alone=is_alone) for each in published(brand) if each.texts],
        key=key,
        others=[(code, NAMES[code]) for code in LANGUAGES if code != g.language],
        **look_of(brand),
    )


def shown(improvement: Improvement, language: str, *, is_alone: bool) -> Shown:
    """Return an improvement in a language; in the other one where it was not written in this one.

    `is_alone`: there is no other shop.
    """
    texts = {each.language: each for each in improvement.texts}
    text = texts.get(language) or improvement.texts[0]
    raised = improvement.evidence_raised if improvement.brand or is_alone else 0
    return Shown(
        text.said,
        text.did,
        text.language,
        improvement.state == State.DECLINED,
        raised if raised >= K else None,
        improvement.effect_on,
    )
