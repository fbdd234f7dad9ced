"""The sheets a respondent sees, drawn: the first page, the pages of further questions, a few words.

A page depends on the questionnaire, the brand, the language and the score in the link, never on
the person. So the first page is made once and kept; only marks in it are replaced per visitor.
"""

import re
import secrets
from collections.abc import Mapping
from functools import lru_cache

from flask import render_template
from flask_babel import gettext
from markupsafe import escape

from surveys.brand.filters import brand_sheet_url
from surveys.responses.comments import LONGEST_COMMENT, one_kind_of_lines, without_controls
from surveys.responses.forms import new_submission_id
from surveys.responses.pages import (
    PERSON_MARK,
    Face,
    choices,
    chosen_among,
    field_of,
    parts_of,
    plan_of,
    words_of,
)
from surveys.responses.progress import Progress, carried

# Random, so that no text of a shop can hold them.
MARKED = re.compile(f"{PERSON_MARK}([a-z_.]+)[|](.*?){PERSON_MARK}", re.DOTALL)
SUBMISSION_MARK, STOP_MARK, OWN_MARK = (secrets.token_hex(16) for _ in range(3))
TRAP = "website"  # the field that people do not see: only programs fill it in


def look_of(face: Face) -> dict[str, str | bool | None]:
    """Return the layout's part of a page's context."""
    return {
        "brand_name": face.brand_name,
        "language": face.language,
        "css_url": brand_sheet_url(face.brand_key, face.colour, face.logo_mark, face.corners),
        "privacy_url": face.privacy_url,
        "imprint_url": face.imprint_url,
        "is_open": face.is_open,
        "is_about_order": face.is_about_order,
        "is_framed": face.is_framed,
        "is_anonymous": face.is_anonymous,
    }


@lru_cache(maxsize=512)
def first_page(face: Face, chosen: str | None) -> str:
    """Return the page with marks where submission id and stop link belong; `chosen` came with the link."""
    return render_survey(face, chosen, {}, {}, SUBMISSION_MARK, STOP_MARK)


def for_person(page: str, known: Mapping[str, str | None]) -> str:
    """Return the page with what is known of the person where it belongs, else with the text's own words."""
    if PERSON_MARK not in page:
        return page
    return MARKED.sub(lambda found: escape(known.get(found[1]) or "") or found[2], page)


def survey_page(face: Face, values: dict[str, str], errors: dict[str, str], stop_url: str) -> str:
    """Return the first page with what was said before, and what is to be corrected."""
    return render_survey(
        face,
        chosen_among([values.get(field_of(face.kind), "")], face.kind),
        errors,
        values,
        values.get("submission_id") or new_submission_id(),
        stop_url,
    )


def render_survey(
    face: Face,
    chosen: str | None,
    errors: dict[str, str],
    values: dict[str, str],
    submission_id: str,
    stop_url: str,
) -> str:
    """Return the first page of the survey."""
    words = words_of(face)
    points = choices(face.kind, words)
    picked = next((point for point in points if point.value == chosen), None)
    return render_template(
        "responses/survey.html",
        **look_of(face),
        words=words,
        asks_permission=bool(words.permission) and face.asks_permission and not face.is_anonymous,
        trap=TRAP if face.is_open else None,
        field=field_of(face.kind),
        choices=points,
        picked=picked,
        why=picked.why if picked else words.why.get("", ""),
        errors=errors,
        comment=without_controls(one_kind_of_lines(values.get("comment", ""))),
        permission=values.get("contact_permission"),
        carried={name: values[name] for name in sorted(values.keys() & plan_of(face.definition).fields)},
        has_more=bool(plan_of(face.definition).questions),
        longest=LONGEST_COMMENT,
        is_check_back=face.kind == "check_back",
        submission_id=submission_id,
        stop_url=stop_url,
    )


def questions_page(
    face: Face, so_far: Progress, values: dict[str, str], errors: dict[str, str], stop_url: str
) -> str:
    """Return the page of the further questions that come now, with what was answered before."""
    group = next(iter(so_far.known.get("group", ())), None)
    return render_template(
        "responses/questions.html",
        **look_of(face),
        heading=gettext("One more question") if len(so_far.page) == 1 else gettext("A few more questions"),
        parts=parts_of(so_far.page, face, group, values["submission_id"]),
        place=so_far.place,
        values=values,
        errors=errors,
        carried=carried(values, so_far.page),
        stop_url=stop_url,
    )


@lru_cache(maxsize=512)
def word_page(face: Face, heading: str, sentences: tuple[str, ...]) -> str:
    """Return the thanks in a few words of ours; equal ones are made once."""
    return render_words(face, heading, sentences, own_url=own_mark(face), is_answered=True)


def own_mark(face: Face) -> str | None:
    """Return what stands where the way to the customer's own page belongs; None where nobody is known.

    An anonymous answer is not on it.
    """
    return None if face.is_open or face.is_anonymous else OWN_MARK


def render_words(
    face: Face,
    heading: str,
    sentences: tuple[str, ...],
    kept: str = "",
    link: tuple[str, str] | None = None,
    own_url: str | None = None,
    is_answered: bool = False,
    may_correct: bool = True,
) -> str:
    """Return a page of a few words; `kept` is what a respondent typed, which never stays in memory."""
    return render_template(
        "responses/word.html",
        **look_of(face),
        heading=heading,
        sentences=sentences,
        kept=kept,
        link=link,
        own_url=own_url,
        is_answered=is_answered,
        may_correct=may_correct,
        is_check_back=face.kind == "check_back",
    )
