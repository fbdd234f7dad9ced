"""The themes and their phrases: the shipped ones, the shop's own, and what a change would do to past comments."""

import hashlib
from collections import Counter
from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from feedback.analysis import queries
from feedback.analysis.forms import PhrasesForm
from feedback.analysis.rewording import reword
from feedback.analysis.themes.own_phrases import (
    OwnPhrase,
    checked,
    library_with,
    sets_of,
    shipped_phrases,
    without_effect,
)
from feedback.analysis.themes.shipped import LANGUAGES
from feedback.analysis.themes.trial import Trial, try_out
from surveys.clock import business_now
from surveys.code_book.themes import DETAILS, THEMES
from surveys.database import db
from surveys.errors import N_, Missing, Refusal, together
from surveys.staff.door import StaffDoor, current_staff

door = StaffDoor("themes", __name__, permission="settings", url_prefix="/settings/themes")

TRIED_ON, SHOWN = 500, 20
UNSAVED = 0  # the number of a library that is only tried


class NoTheme(Missing):
    """The code book has no such theme."""

    phrase = N_("There is no such theme. The page of themes lists those there are.")


@door.get("")
def themes() -> ResponseReturnValue:
    """List the themes with how many phrases each has, and how far comments have been looked through."""
    own = queries.own_phrases()
    counts = {
        code: sum(len(shipped_phrases(code, language)) for language in LANGUAGES)
        for code in (*THEMES, *DETAILS)
    }
    return render_template(
        "analysis/themes.html",
        tops=[(code, [detail for detail in DETAILS if detail.startswith(f"{code}.")]) for code in THEMES],
        own=Counter(each.code for each in own),
        counts=counts,
        lost=Counter(each.code for each in without_effect(own)),
        progress=queries.progress(queries.current_library().version),
    )


@door.get("/<key>")
def theme(key: str) -> ResponseReturnValue:
    """Show the phrases of one theme."""
    form = PhrasesForm(formdata=None)
    own = queries.own_phrases(known(key))
    for language in LANGUAGES:
        for name, is_removed in (("added", False), ("removed", True)):
            theirs = [
                each.phrase for each in own if (each.language, each.is_removed) == (language, is_removed)
            ]
            form[f"{name}_{language}"].data = theirs if is_removed else "\n".join(theirs)
    return page(key, form)


@door.post("/<key>")
def change_theme(key: str) -> ResponseReturnValue:
    """Try changed phrases on past comments; save them when just these were tried before."""
    form = PhrasesForm(request.form)
    known(key)
    if not form.validate():
        return page(key, form), 422
    try:
        wanted = wanted_of(key, form)
    except Refusal as refusal:
        form.blame(refusal)
        return page(key, form), refusal.status
    if "save" in request.form and form.tried.data == fingerprint(wanted):
        changed = reword(key, wanted, current_staff(), business_now())
        db.session.commit()
        flash(
            gettext("Saved. All comments are looked through again, the newest first.")
            if changed
            else gettext("Nothing was changed.")
        )
        # A theme that left the book has a page only as long as the shop has changes to it.
        is_there = wanted or is_in_the_book(key)
        return redirect(url_for("themes.theme", key=key) if is_there else url_for("themes.themes"), 303)
    form.tried.data = fingerprint(wanted)
    return page(key, form, trial_of(key, wanted))


def known(code: str) -> str:
    """Return a code of the book, or one that left it with changes of the shop; refuse as missing what is neither."""
    if not is_in_the_book(code) and not queries.own_phrases(code):
        raise NoTheme()
    return code


def is_in_the_book(code: str) -> bool:
    """Tell whether the program still knows a theme by this code."""
    return code in THEMES or code in DETAILS


def wanted_of(code: str, form: PhrasesForm) -> list[OwnPhrase]:
    """Return the changes that the boxes name; refuse all that is wrong in them at once."""
    wanted: list[OwnPhrase] = []
    refusals: list[Refusal] = []
    before = queries.own_phrases(code)
    for language in LANGUAGES:
        added, gone = form[f"added_{language}"].data or "", form[f"removed_{language}"].data or []
        try:
            wanted += checked(code, language, added, "\n".join(gone), before)
        except Refusal as refusal:
            refusals += getattr(refusal, "refusals", [refusal])
    if refusals:
        raise together(refusals)
    return wanted


def fingerprint(wanted: Sequence[OwnPhrase]) -> str:
    """Return a short name for these changes, the same for the same."""
    return hashlib.sha256(repr(sorted(wanted)).encode()).hexdigest()[:20]


def trial_of(code: str, wanted: Sequence[OwnPhrase]) -> Trial:
    """Try changes to a theme on the newest comments."""
    others = [each for each in queries.own_phrases() if each.code != code]
    after = library_with(UNSAVED, frozenset([*others, *wanted]))
    return try_out(code, queries.current_library(), after, queries.newest_comments(TRIED_ON))


def page(key: str, form: PhrasesForm, trial: Trial | None = None) -> str:
    """Return the page of one theme; with `trial` what the changes would do."""
    lost = without_effect(queries.own_phrases(key))
    return render_template(
        "analysis/theme.html",
        key=key,
        form=form,
        lost=lost,
        left_behind={
            language: [each.phrase for each in lost if each.is_removed and each.language == language]
            for language in LANGUAGES
        },
        trial=trial,
        shown=SHOWN,
        languages=[(language, shipped_phrases(key, language), sets_of(language)) for language in LANGUAGES],
        progress=queries.progress(queries.current_library().version),
    )
