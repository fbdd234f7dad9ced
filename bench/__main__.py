"""`python -m bench [part …]`: measure, print a table with the machine's description, write JSON.

`part@sqlite` and `part@postgresql` measure it on one database alone. Without names the short parts are measured;
`planning` plans a million purchases, `crashes`, `shops` and `follow-up` take some minutes too, `insights`, `search` and
`exports` look at a million answers and take a quarter of an hour each; `painting` wants a Chromium; `reading` is about no
database. Parts about bulk work that a shop of that size does on PostgreSQL are measured there only.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from bench import (
    answers,
    crashes,
    exporting,
    following_up,
    imports,
    inbox,
    insights,
    mail,
    painting,
    planning,
    reading,
    searching,
    shops,
)
from bench.figures import Figure, Place, machine
from tests.conftest import new_postgres
from tests.postgres import server

PARTS: dict[str, Callable[[Place], list[Figure]]] = {
    "answers": answers.measure,
    "painting": painting.measure,
    "crashes": crashes.measure,
    "shops": shops.measure,
    "import": imports.measure,
    "planning": planning.measure,
    "mail": mail.measure,
    "inbox": inbox.measure,
    "follow-up": following_up.measure,
    "insights": insights.measure,
    "reading": reading.measure,
    "search": searching.measure,
    "exports": exporting.measure,
}
USUAL = ("answers", "crashes", "import")
WHERE = ("", "sqlite", "postgresql")
ONLY_POSTGRES = ("planning", "mail")
NOWHERE = ("reading",)


@contextmanager
def places(part: str, postgres: str) -> Iterator[list[Place]]:
    """Yield where to measure a part: each place new and empty."""
    if part in NOWHERE:
        yield [Place("", "", Path())]
        return
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        sqlite = Place("SQLite", f"sqlite:///{Path(one) / 'bench.sqlite'}", Path(one))
        fast = Place("PostgreSQL", new_postgres(postgres, f"bench_{part}"), Path(other), postgres)
        yield [fast] if part in ONLY_POSTGRES else [sqlite, fast]


def main(names: list[str]) -> int:
    """Measure the parts; return 1 when a figure is missed, 2 when there is no such part."""
    names = names or list(USUAL)
    wanted = [(part, where.lower()) for part, _, where in (name.partition("@") for name in names)]
    unknown = [part for part, where in wanted if part not in PARTS or where not in WHERE]
    if unknown:
        print(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}")
        return 2
    print(machine(), flush=True)
    figures: list[Figure] = []
    with server() as postgres:
        for part, where in wanted:
            with places(part, postgres) as found:
                for place in found:
                    if where in ("", place.database.lower()):
                        figures += PARTS[part](place)
    results = Path(__file__).parent / "results"
    results.mkdir(exist_ok=True)
    target = results / f"{time.strftime('%Y-%m-%d-%H%M%S')}.json"
    target.write_text(json.dumps({"machine": machine(), "figures": [asdict(f) for f in figures]}, indent=1))
    print(f"written to {target}")
    return 0 if all(figure.good for figure in figures) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
