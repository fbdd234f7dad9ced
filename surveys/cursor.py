"""Keyset paging: a page of a list, and the opaque mark that says where the next one begins."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from surveys.errors import N_, Refusal

Row = TypeVar("Row")
Part = str | int | datetime | None
LARGEST_INTEGER = 2**31 - 1  # No id is larger, and PostgreSQL compares no larger number with one.
LONGEST = 1000


class InvalidCursor(Refusal):
    """The mark was not made by this list."""

    status = 400
    phrase = N_("The cursor is damaged or belongs to another list; start again without it.")

    def __init__(self) -> None:
        super().__init__(field="cursor")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list, and the cursor of the page behind them; None on the last page."""

    items: Sequence[Row]
    next: str | None


def page_of(rows: Sequence[Row], limit: int, key: Callable[[Row], tuple[Part, ...]]) -> Page[Row]:
    """Return the page of up to `limit` rows out of `rows`, which were asked for with `limit` + 1.

    `key` gives the sorting values of a row; the next page begins behind those of the last one.
    """
    shown = rows[:limit]
    return Page(shown, encode(*key(shown[-1])) if len(rows) > limit else None)


def encode(*parts: Part) -> str:
    """Return the opaque form of a row's sorting values, fit for an address."""
    text = json.dumps([_written(part) for part in parts], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(text: str, *kinds: type) -> tuple[Any, ...]:
    """Return the values that `encode` was given; raise InvalidCursor when `text` is not its work.

    `kinds` are the types the list sorts by, e.g. (datetime, int): a cursor of another list is
    refused instead of misunderstood. No list sorts by what may be None, so None is
    refused as well. Without `kinds` anything `encode` made is accepted.
    """
    if len(text) > LONGEST:
        raise InvalidCursor()
    try:
        raw = base64.b64decode((text + "=" * (-len(text) % 4)).encode("ascii"), altchars=b"-_", validate=True)
        found = json.loads(raw)
        parts = tuple(_read(part) for part in found)
    except (binascii.Error, UnicodeError, ValueError, TypeError, KeyError, RecursionError):
        raise InvalidCursor() from None
    fits = not kinds or (
        len(parts) == len(kinds)
        and all(isinstance(part, kind) for part, kind in zip(parts, kinds, strict=True))
    )
    if not isinstance(found, list) or not fits:
        raise InvalidCursor()
    return parts


def _written(part: Part) -> Any:
    """Return a part as JSON can hold it: moments as {"t": …}."""
    return {"t": part.astimezone(UTC).isoformat()} if isinstance(part, datetime) else part


def _read(part: Any) -> Part:
    """Return what `_written` was given; raise ValueError, KeyError or TypeError otherwise."""
    if part is None:
        return None
    if isinstance(part, str):
        part.encode()  # Half a surrogate pair, like NUL, cannot be asked of a database.
        if "\x00" in part:
            raise ValueError(part)
        return part
    if isinstance(part, int) and not isinstance(part, bool) and abs(part) <= LARGEST_INTEGER:
        return part
    moment = datetime.fromisoformat(part["t"])
    if moment.tzinfo is None:
        raise ValueError(part)
    return moment
