"""The languages pages speak: which there are, and which one this visitor gets."""

from collections.abc import Collection
from datetime import date
from pathlib import Path

from babel.dates import format_date
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, get_locale

LANGUAGES = ("en", "de")
ADDED = ("fr", "es", "it", "nl", "pl")  # spoken to customers alone, where a shop uses them
CUSTOMER_LANGUAGES = LANGUAGES + ADDED
# Each named in itself.
NAMES = {
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "it": "Italiano",
    "nl": "Nederlands",
    "pl": "Polski",
}
CATALOGS = Path(__file__).parent


def best_language(wanted: str | None, otherwise: str = "en", among: Collection[str] = LANGUAGES) -> str:
    """Return the language of ours that fits a tag like `de-AT`, else `otherwise`."""
    tag = (wanted or "").lower().replace("_", "-").partition("-")[0]
    return tag if tag in among else otherwise


def customer_language(wanted: str | None) -> str:
    """Return the language that a customer was written to in; English for one that nobody writes in."""
    return wanted if wanted in CUSTOMER_LANGUAGES else "en"


def long_day(day: date, language: str) -> str:
    """Return a day in words for a customer; in English the day stands first, on pages as in letters."""
    return str(format_date(day, "d MMMM y" if language == "en" else "long", locale=language))


def chosen_language() -> str:
    """Return what the door decided (`g.language`), else what the browser asks for.

    Of the languages of customers where the door says that it speaks to them, else of those of staff pages.
    """
    if not has_request_context():
        return "en"
    decided: str | None = g.get("language")
    among = CUSTOMER_LANGUAGES if g.get("speaks_to_customers") else LANGUAGES
    return decided or browser_language(among) or "en"


def browser_language(among: Collection[str]) -> str | None:
    """Return the first language the browser asks for that is `among` ours; None where it asks for none of them.

    Unlike werkzeug's best_match, which prefers a later "en" to a first "de-AT", and takes "*" for the first of ours.
    """
    found = (best_language(tag, "", among) for tag in request.accept_languages.values())
    return next(filter(None, found), None)


def init_app(app: Flask) -> None:
    """Teach `app` our languages."""
    Babel(
        app,
        default_locale="en",
        default_translation_directories=str(CATALOGS),
        locale_selector=chosen_language,
    )
    app.jinja_env.globals["get_locale"] = get_locale
