"""Problem bodies of RFC 9457: how the API says no."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal

from pydantic import BaseModel, Field

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True)
class FieldError:
    """One field at fault: where it is (RFC 6901) and what is wrong with it."""

    pointer: str
    detail: str


class Problem(BaseModel):
    """Every refusal, as RFC 9457 has it (`application/problem+json`)."""

    type: str = Field(description="A path that names the kind of problem.")
    title: str
    status: int
    detail: str = Field(
        description="What is wrong and what to do; a move that is not allowed names those that are."
    )
    errors: list[dict[Literal["pointer", "detail"], str]] = Field(
        description="The fields at fault: `pointer` (RFC 6901) says where, `detail` what is wrong with it."
    )


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
