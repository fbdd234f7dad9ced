"""A customer's consent history as a file: JSON for machines, CSV for spreadsheets.

In the CSV everything that somebody wrote stands within one cell of JSON, which begins with a brace;
so no spreadsheet takes it for a formula.
"""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from surveys.api.shapes import written
from surveys.customers.models import PermissionEvent

COLUMNS = ("at", "kind", "basis", "source", "details")


def as_lines(events: Iterable[PermissionEvent]) -> list[dict[str, Any]]:
    """Return the history as JSON objects, the oldest first."""
    return [
        {
            "at": written(event.at),
            "kind": event.kind,
            "basis": event.basis,
            "source": event.source,
            "by": event.actor.name if event.actor else None,
            "evidence": event.evidence,
        }
        for event in events
    ]


def as_csv(events: Iterable[PermissionEvent]) -> str:
    """Return the history as CSV (RFC 4180, UTF-8), the oldest line first."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for line in as_lines(events):
        details = {"by": line["by"], **line["evidence"]}
        cell = json.dumps(details, ensure_ascii=False, sort_keys=True)
        table.writerow([line["at"], line["kind"], line["basis"] or "", line["source"], cell])
    return out.getvalue()
