"""Problem bodies of RFC 9457: how the API says no."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True)
class FieldError:
    """One field at fault: where it is (RFC 6901) and what is wrong with it."""

    pointer: str
    detail: str


def problem(status: int, detail: str, errors: list[FieldError] | None = None) -> dict[str, Any]:
    """Return the body of a problem answer."""
    phrase = HTTPStatus(status).phrase
    return {
        "type": f"/api/problems/{phrase.lower().replace(' ', '-')}",
        "title": phrase,
        "status": status,
        "detail": detail,
        "errors": [{"pointer": e.pointer, "detail": e.detail} for e in errors or []],
    }


def pointer(location: tuple[str | int, ...]) -> str:
    """Return the JSON pointer of a path of keys and indexes, e.g. /items/0/name."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in location)
