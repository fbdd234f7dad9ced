"""What the doctor looks at: a check is a function that finds something and says what to do about it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, NamedTuple

from surveys.channels.registry import Channels

Level = Literal["ok", "warn", "FAIL"]


@dataclass(frozen=True)
class Surroundings:
    """What checks and figures are told: the settings, the ways out, where the migrations lie, the times.

    `now` is real time, `business` the time the business lives in.
    """

    settings: Any
    channels: Channels
    migrations: Path
    now: datetime
    business: datetime


class Finding(NamedTuple):
    """What a check found; `advice` says what to do, empty when all is well."""

    level: Level
    said: str
    advice: str = ""


Check = Callable[[Surroundings], list[Finding]]


class Line(NamedTuple):
    """One line of the doctor's report."""

    name: str
    finding: Finding


def examine(
    checks: Iterable[tuple[str, Check]], surroundings: Surroundings, clean_up: Callable[[], object]
) -> list[Line]:
    """Carry out every check; one that breaks off is itself a finding and keeps no other from its turn.

    `clean_up` is called after a check that broke off, so that the next finds the database as usual.
    """
    lines = []
    for name, check in checks:
        try:
            found = check(surroundings)
        except Exception as error:
            clean_up()
            advice = "The lines above may say why; otherwise the log does."
            found = [
                Finding(
                    "FAIL", f"could not be looked at ({type(error).__name__}: {first_line(error)})", advice
                )
            ]
        lines += [Line(name, finding) for finding in found]
    return lines


def first_line(error: Exception) -> str:
    """Return what an error says, without the statement that a database adds to it."""
    return next(iter(str(error).splitlines()), "")


def is_ill(lines: Iterable[Line]) -> bool:
    """Return whether something fails; a warning alone does not."""
    return any(line.finding.level == "FAIL" for line in lines)
