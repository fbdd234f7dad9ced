"""Responses as a CSV file, written piece by piece while it is read.

UTF-8 without a byte order mark, comma, every text quoted (RFC 4180), numbers bare, moments RFC 3339 in UTC, lines
ended by CR LF, nothing for "unknown". Texts that a spreadsheet could take for a formula carry a leading apostrophe
(see `surveys.responses.cells`). The columns of the import have the import's names, so the file can be read in again.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from feedback.insights.listing import Listed, Wanted, every_response
from surveys.api.shapes import written
from surveys.responses.cells import neutralised

Value = str | int | float | None


def csv_of_responses(wanted: Wanted, now: datetime, *, personal: bool) -> Iterator[str]:
    """Yield the file's lines, the header first; without `personal` no column says who answered."""
    yield line([*ANSWER, *(PERSON if personal else ())])
    for row in every_response(wanted, now):
        yield line([*answer_values(row), *(person_values(row) if personal else ())])


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
)
PERSON = ("external_id", "purchase", "customer.reference", "customer.email", "customer.name")


def answer_values(row: Listed) -> list[Value]:
    """Return what stands in the columns of ANSWER."""
    response, purchase, analysis = row.response, row.response.purchase, row.analysis
    shipped_to = purchase.ship_country if purchase else None
    return [
        response.public_id,
        response.survey.key,
        response.brand.key,
        response.score,
        response.group,
        response.comment,
        _yes_or_no(response.contact_permission),
        written(response.submitted_at),
        written(response.saved_at),
        _yes_or_no(response.is_partial),
        response.excluded_reason,
        response.channel,
        response.locale,
        shipped_to or (response.customer.country if response.customer else None),
        purchase.carrier if purchase else None,
        *(
            [analysis.language, analysis.label, analysis.polarity, analysis.subjectivity]
            if analysis
            else [None] * 4
        ),
    ]


def person_values(row: Listed) -> list[Value]:
    """Return what stands in the columns of PERSON."""
    response, customer = row.response, row.response.customer
    return [
        response.external_id,
        response.purchase.reference if response.purchase else None,
        *([customer.reference, customer.email, customer.name] if customer else [None] * 3),
    ]


def line(values: Sequence[Value]) -> str:
    """Return one line of the file: texts quoted and neutralised, numbers bare, nothing for None."""
    return ",".join(_cell(value) for value in values) + "\r\n"


def _cell(value: Value) -> str:
    if isinstance(value, str):
        return '"' + neutralised(value).replace('"', '""') + '"'
    return "" if value is None else repr(value)


def _yes_or_no(value: bool | None) -> str | None:
    return None if value is None else ("yes" if value else "no")
