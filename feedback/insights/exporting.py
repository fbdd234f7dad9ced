"""Responses as a CSV file, written piece by piece while it is read.

UTF-8 without a byte order mark, comma, every text quoted (RFC 4180), numbers bare, moments RFC 3339 in UTC, lines
ended by CR LF, nothing for "unknown". Texts that a spreadsheet could take for a formula carry a leading apostrophe
(see `surveys.responses.cells`). The columns of the import have the import's names, so the file can be read in again.

Each further question that any version of a survey asked has a column `answers.<survey>.<question>`. Choices stand
there in words, in English where the questionnaire speaks it, else in its first language, so that one choice is one word
whoever ticked it; reasons and themes by their codes; several with semicolons between them; what was written beside
*other* in its place.

Whatever open links noted with answers has a column `attributes.<name>`, after `attributes_verified`. What came with a
link's address may name an order or a person; a file without persons has only what the links say themselves.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from feedback.analysis.marks import themes
from feedback.analysis.models import Analysis
from feedback.insights.listing import Listed, Wanted, attribute_names, every_shaped
from surveys.api.shapes import written
from surveys.filters import masked
from surveys.links.queries import fixed_attributes
from surveys.questionnaires.answers import as_words
from surveys.questionnaires.definition import FALLBACK_LANGUAGE, questions_of, words_of_question
from surveys.questionnaires.placeholders import put_in, values_for
from surveys.questionnaires.queries import surveys_on_scales
from surveys.questionnaires.questions import CONTACT, OTHER, SCALE, Question
from surveys.responses.cells import Value, line
from surveys.responses.models import Response

BETWEEN = "; "


def csv_of_responses(wanted: Wanted, now: datetime, *, personal: bool) -> Iterator[str]:
    """Yield the file's lines, the header first; without `personal` no column and no comment says who answered."""
    names, rows = columns_and_rows(wanted, now, personal=personal)
    yield line(names)
    yield from map(line, rows)


def columns_and_rows(
    wanted: Wanted, now: datetime, *, personal: bool, rest: Callable[[], object] = lambda: None
) -> tuple[list[str], Iterator[list[Value]]]:
    """Return the names of the columns, and what stands in them for each response.

    `rest` is called whenever some are written, before the next are read: so no transaction need stay open meanwhile.
    """
    further = further_of(wanted.selection.survey, personal=personal)
    noted = noted_of(wanted.selection.survey, personal=personal)

    def values(row: Listed) -> list[Value]:
        return [
            *answer_values(row, personal=personal),
            *(person_values(row) if personal else ()),
            *further_values(row.response, further, personal=personal),
            *noted_values(row.response, noted),
        ]

    names = [*ANSWER, *(PERSON if personal else ()), *further.columns, *noted.columns]
    return names, every_shaped(values, wanted, now, rest)


class Further(NamedTuple):
    """The further questions of a file: the names of their columns, and each version's questions by column."""

    columns: tuple[str, ...]
    asked: Mapping[int, Mapping[str, Question]]


def further_of(survey: str | None, *, personal: bool) -> Further:
    """Return the further questions of one survey, or of all; contact details only in a file with persons."""
    asked = {
        version.id: {
            f"answers.{each.key}.{question.key}": question
            for question in questions_of(version.definition)
            if personal or question.kind != CONTACT
        }
        for each in surveys_on_scales()
        if survey in (None, each.key)
        for version in each.versions
    }
    return Further(tuple(dict.fromkeys(name for columns in asked.values() for name in columns)), asked)


def further_values(response: Response, further: Further, *, personal: bool) -> list[Value]:
    """Return what stands in the columns of further questions; without `personal`, words with personal data covered."""
    asked = further.asked.get(response.version_id, {})
    values = [further_value(asked[name], response) if name in asked else None for name in further.columns]
    return values if personal else [masked(value) if isinstance(value, str) else value for value in values]


def further_value(question: Question, response: Response) -> Value:
    """Return one answer as a cell; nothing where there is none."""
    answers, key = response.answers, question.key
    if question.kind == CONTACT:
        return BETWEEN.join(str(answers[name]) for name in question.fields if name in answers) or None
    if isinstance(answers.get(key), int):
        return int(answers[key])
    if question.kind == SCALE:
        return int(answers[key]) if key in answers else None
    words = words_of_question(question, FALLBACK_LANGUAGE).choices
    names = values_for(response.brand.name)
    said = [
        str(answers.get(f"{key}.text") or OTHER)
        if each == OTHER and question.has_other
        else put_in(words.get(each, each), names)
        for each in as_words(answers.get(key))
    ]
    return BETWEEN.join(said) or None


class Noted(NamedTuple):
    """What open links noted with the answers of a file; `shown` are the names by link, None where all are shown."""

    names: tuple[str, ...]
    shown: Mapping[int, frozenset[str]] | None

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns; none where nothing was noted."""
        return ("attributes_verified", *(f"attributes.{name}" for name in self.names)) if self.names else ()


def noted_of(survey: str | None, *, personal: bool) -> Noted:
    """Return what links noted with the answers to one survey, or to all; all of it only in a file with persons."""
    names = attribute_names(survey)
    if personal:
        return Noted(tuple(names), None)
    shown = fixed_attributes()
    return Noted(tuple(name for name in names if any(name in fixed for fixed in shown.values())), shown)


def noted_values(response: Response, noted: Noted) -> list[Value]:
    """Return what stands in the columns of what links noted."""
    if not noted.columns:
        return []
    link = response.link_id
    here = noted.names if noted.shown is None else noted.shown.get(link or 0, frozenset())
    told = {name: str(response.attributes[name]) for name in here if name in response.attributes}
    verified = None if link is None else _yes_or_no(response.attributes_verified)
    return [verified, *(told.get(name) for name in noted.names)]


ANSWER = (
    "id",
    "survey",
    "brand",
    "score",
    "group",
    "comment",
    "contact_permission",
    "submitted_at",
    "saved_at",
    "partial",
    "excluded",
    "channel",
    "locale",
    "country",
    "carrier",
    "analysis.language",
    "analysis.label",
    "analysis.polarity",
    "analysis.subjectivity",
    "analysis.p_negative",
    "analysis.p_neutral",
    "analysis.p_positive",
    "analysis.flag",
    "analysis.themes",
    "corrected_score",
)
OF_A_READING = sum(name.startswith("analysis.") for name in ANSWER)
PERSON = ("external_id", "purchase", "customer.reference", "customer.email", "customer.name")


def answer_values(row: Listed, *, personal: bool) -> list[Value]:
    """Return what stands in the columns of ANSWER; without `personal`, the comment with personal data covered."""
    response, purchase, analysis = row.response, row.response.purchase, row.analysis
    shipped_to = purchase.ship_country if purchase else None
    return [
        response.public_id,
        response.survey.key,
        response.brand.key,
        response.score,
        response.group,
        response.comment if personal else masked(response.comment) or None,
        _yes_or_no(response.contact_permission),
        written(response.submitted_at),
        written(response.saved_at),
        _yes_or_no(response.is_partial),
        response.excluded_reason,
        response.channel,
        response.locale,
        shipped_to or (response.customer.country if response.customer else None),
        purchase.carrier if purchase else None,
        *(reading_values(analysis) if analysis else [None] * OF_A_READING),
        response.corrected_score,
    ]


def reading_values(analysis: Analysis) -> list[Value]:
    """Return what stands in the columns of a reading."""
    return [
        analysis.language,
        analysis.label,
        analysis.polarity,
        analysis.subjectivity,
        analysis.p_negative,
        analysis.p_neutral,
        analysis.p_positive,
        analysis.flag,
        _themes(analysis),
    ]


def _themes(analysis: Analysis) -> str | None:
    return BETWEEN.join(theme.code for theme in themes(analysis.themes)) or None


def person_values(row: Listed) -> list[Value]:
    """Return what stands in the columns of PERSON."""
    response, customer = row.response, row.response.customer
    return [
        response.external_id,
        response.purchase.reference if response.purchase else None,
        *([customer.reference, customer.email, customer.name] if customer else [None] * 3),
    ]


def _yes_or_no(value: bool | None) -> str | None:
    return None if value is None else ("yes" if value else "no")
