"""The shapes every room's API has in common: strict bodies, moments, texts, lists.

Strict means: a number is no text, a text no number, and a field nobody knows is refused
instead of being dropped in silence.
"""

import re
import unicodedata
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
)

from surveys.errors import N_

RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


class Body(BaseModel):
    """A JSON object that comes in: exact types, and no field that is not listed."""

    model_config = ConfigDict(strict=True, extra="forbid")


class Query(BaseModel):
    """The part of an address behind the question mark; names that are not listed are refused."""

    model_config = ConfigDict(extra="forbid")

    @field_validator("*")
    @classmethod
    def fit_for_a_question(cls, value: Any) -> Any:
        """Refuse control characters; PostgreSQL cannot be asked about NUL."""
        return one_line(value) if isinstance(value, str) else value


class ListQuery(Query):
    """What every list takes."""

    limit: int = Field(50, ge=1, le=500, description="How many items, at most 500.")
    cursor: str | None = Field(None, max_length=1000, description="From the `next` of the page before.")


class OnePath(BaseModel):
    """The address of one thing."""

    public_id: str


def read_moment(value: Any) -> Any:
    """Return the moment of an RFC 3339 text in UTC; raise ValueError with what to send instead."""
    if value is None or isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not RFC_3339.fullmatch(value):
        raise ValueError(N_("wants a moment with its time zone, such as 2026-11-04T15:30:00Z"))
    try:
        moment = datetime.fromisoformat(value.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(N_("is not a moment of the calendar")) from None
    if not EARLIEST <= moment < LATEST:
        raise ValueError(N_("lies outside the years 1970 to 2199"))
    return moment


def read_day(value: Any) -> Any:
    """Return the day of a text such as 2026-11-24; raise ValueError with what to send instead."""
    if value is None or isinstance(value, date):
        return value
    try:
        if not isinstance(value, str) or len(value) != len("2026-11-24"):
            raise ValueError(value)
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(N_("wants a day such as 2026-11-24")) from None


def near(day: date) -> date:
    """Return a day of our time; raise ValueError for others."""
    if not 1970 < day.year < 2100:
        raise ValueError(N_("lies outside the years 1971 to 2099"))
    return day


def one_line(text: str) -> str:
    """Return `text`; raise ValueError for line breaks and other control characters."""
    if not text.isprintable() and any(unicodedata.category(c) in ("Cc", "Zl", "Zp", "Cs") for c in text):
        raise ValueError(N_("holds a line break or another control character"))
    return text


def trimmed(longest: int) -> StringConstraints:
    """Return the limits of a text: 1 to `longest` characters once the space around it is gone."""
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=longest)


Moment = Annotated[datetime, BeforeValidator(read_moment)]
Day = Annotated[date, BeforeValidator(read_day), AfterValidator(near)]
ONE_LINE = AfterValidator(one_line)
Line40 = Annotated[str, trimmed(40), ONE_LINE]
Line100 = Annotated[str, trimmed(100), ONE_LINE]
Line200 = Annotated[str, trimmed(200), ONE_LINE]
Line400 = Annotated[str, trimmed(400), ONE_LINE]
Line500 = Annotated[str, trimmed(500), ONE_LINE]
Line2000 = Annotated[str, trimmed(2000), ONE_LINE]


def written(moment: datetime | None) -> str | None:
    """Return a moment as the API writes it: RFC 3339 in UTC, ending in Z."""
    return None if moment is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
