"""What one respondent's page consists of: the choices of its scale and its texts, in one language."""

import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

from surveys.brand.corners import SOFT
from surveys.code_book.customer_words import said
from surveys.questionnaires.definition import (
    Ending,
    Wording,
    endings_of,
    languages,
    purchase_facts_in,
    questions_of,
    wording,
    words_of_question,
)
from surveys.questionnaires.placeholders import OF_THE_SHOP, with_places
from surveys.questionnaires.questions import REASONS, Question, QuestionText
from surveys.questionnaires.starters import SOLVED
from surveys.responses.progress import further_fields
from surveys.scales import SCALES


class Face(NamedTuple):
    """All that decides how a page looks; two invitations with equal faces share its bytes.

    Behind an open link (`is_open`) anybody may stand: nothing is said of a purchase, and nobody is asked for
    permission to be written to whom nobody could write to. An anonymous one says that it is, and asks for none either.
    """

    kind: str
    definition: str  # the frozen questionnaire as JSON
    language: str
    brand_key: str
    brand_name: str
    colour: str
    logo_mark: str | None
    privacy_url: str | None
    imprint_url: str | None = None
    is_open: bool = False
    asks_permission: bool = True
    is_framed: bool = False  # shown inside a page of the shop
    is_anonymous: bool = False
    corners: str = SOFT
    is_about_order: bool = True


class Choice(NamedTuple):
    """One point of the scale: what is sent, shown, and added for those who hear it; `mark` is drawn beside the label."""

    value: str
    label: str
    spoken: str
    why: str
    mark: str = ""


# Stands in a page where something about the person belongs; random, so that no text can hold it.
PERSON_MARK = secrets.token_hex(16)


def words_of(face: Face) -> Wording:
    """Return the questionnaire's texts in the face's language, with the shop's name put in."""
    return wording(json.loads(face.definition), face.language).filled(putting(face.brand_name))


def putting(shop: str) -> Callable[[str], str]:
    """Return what fills a text for every customer alike: the shop's name, and marks where a person's things belong."""

    def fill(name: str, otherwise: str) -> str:
        return shop if name in OF_THE_SHOP else f"{PERSON_MARK}{name}|{otherwise}{PERSON_MARK}"

    return lambda text: with_places(text, fill)


class Plan(NamedTuple):
    """The languages a questionnaire speaks, and what it holds beyond its first page."""

    languages: tuple[str, ...]
    questions: tuple[Question, ...]
    endings: tuple[Ending, ...]
    looks_at: frozenset[str]  # of the purchase
    fields: frozenset[str]


@lru_cache(maxsize=256)
def plan_of(definition: str) -> Plan:
    """Return what the frozen questionnaire speaks and holds beyond its first page."""
    document = json.loads(definition)
    questions = questions_of(document)
    return Plan(
        languages(document),
        questions,
        endings_of(document),
        purchase_facts_in(document),
        further_fields(questions),
    )


class Part(NamedTuple):
    """A further question as a page shows it: its words, its choices (value, label) and what was answered."""

    question: Question
    words: QuestionText
    choices: list[tuple[str, str]]


def parts_of(page: Sequence[Question], face: Face, group: str | None, mark: str) -> list[Part]:
    """Return the questions of a page in the face's language; reasons are mixed anew for each form by its `mark`."""
    found = []
    for question in page:
        words = words_of_question(question, face.language).filled(putting(face.brand_name))
        found.append(Part(question, words, labelled(question, words, face.language, group, mark)))
    return found


def labelled(
    question: Question, words: QuestionText, language: str, group: str | None, mark: str
) -> list[tuple[str, str]]:
    """Return what can be chosen, with its words; the first of a list is chosen more often, so reasons take turns."""
    if question.kind == REASONS:
        mixed = sorted(
            question.reasons_for(group), key=lambda code: (code == "OTHER", crc32((mark + code).encode()))
        )
        return [(code, said(code, language)) for code in mixed]
    return [(option, words.choices.get(option, option)) for option in question.options]


def field_of(kind: str) -> str:
    """Return the name of the key question's field."""
    return "solved" if kind == "check_back" else "score"


def values_of(kind: str) -> tuple[str, ...]:
    """Return what may be sent for the key question, low to high."""
    return SOLVED if kind == "check_back" else tuple(str(score) for score in SCALES[kind].scores)


def chosen_among(sent: Sequence[str], kind: str) -> str | None:
    """Return the choice that a link carries once, else None: an impossible or doubled one is ignored."""
    return sent[0] if len(sent) == 1 and sent[0] in values_of(kind) else None


def choices(kind: str, words: Wording) -> list[Choice]:
    """Return the points of the scale, low to high; of a check-back its three answers."""
    neutral = words.why.get("", "")
    if kind == "check_back":
        labelled = zip(SOLVED, words.points, strict=True)
        return [Choice(value, label, "", neutral) for value, label in labelled]
    scale = SCALES[kind]
    ends: Mapping[int, str] = {scale.low: words.low, scale.high: words.high}
    return [
        Choice(
            str(score),
            words.points[score - scale.low] if words.points else str(score),
            "" if words.points else ends.get(score, ""),
            words.why.get(scale.group_of(score), neutral),
            scale.mark and f"{scale.mark}-{score}",
        )
        for score in scale.scores
    ]
