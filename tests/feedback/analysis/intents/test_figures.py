"""What the rules find in the development sets; the figures stand in docs/reading.md."""

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from feedback.analysis.intents.finds import INTENTS, find_intents

SETS = Path(__file__).parents[4] / "bench" / "comments"
URGENT, OTHERS = INTENTS[:7], INTENTS[7:]


@cache
def counts(language: str) -> Counter[tuple[str, str]]:
    with (SETS / f"intents.{language}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(rows) >= 300
    counted: Counter[tuple[str, str]] = Counter()
    for row in rows:
        wanted = {intent for intent in row["intents"].split(",") if intent}
        found = {find.intent for find in find_intents(row["text"], language)}
        counted.update((intent, "right") for intent in wanted & found)
        counted.update((intent, "missed") for intent in wanted - found)
        counted.update((intent, "wrong") for intent in found - wanted)
    return counted


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(("intents", "recall", "precision"), [(URGENT, 0.95, 0.7), (OTHERS, 0.95, 0.7)])
def test_little_that_is_urgent_is_missed(
    language: str, intents: tuple[str, ...], recall: float, precision: float
) -> None:
    counted = counts(language)
    right, missed, wrong = (
        sum(counted[intent, outcome] for intent in intents) for outcome in ("right", "missed", "wrong")
    )

    assert right / (right + missed) >= recall
    assert right / (right + wrong) >= precision
