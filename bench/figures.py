"""What a part of the benchmark is given and what it gives back: places to measure on, and figures."""

import platform
from dataclasses import dataclass
from pathlib import Path

import psutil


@dataclass
class Figure:
    """One measured figure beside what it has to be."""

    database: str
    name: str
    value: float
    unit: str
    wanted: str
    good: bool


@dataclass(frozen=True)
class Place:
    """An empty database and a folder, for one part alone; `server` is the PostgreSQL it lies on, if it does."""

    database: str
    url: str
    folder: Path
    server: str | None = None

    def figure(self, name: str, value: float, unit: str, wanted: str, good: bool) -> Figure:
        """Print a figure that was measured here, and return it."""
        mark = "ok " if good else "LOW"
        print(f"  {mark} {self.database:11} {name:62} {value:10.2f} {unit:4} (wanted {wanted})", flush=True)
        return Figure(self.database, name, round(value, 2), unit, wanted, good)


def machine() -> str:
    """Return a line that says what was measured on."""
    memory = psutil.virtual_memory().total / 2**30
    return f"{platform.platform()}, Python {platform.python_version()}, {psutil.cpu_count()} cores, {memory:.0f} GiB"
