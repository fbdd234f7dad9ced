"""Every column of every file says what it means, there, in the API and in the documents."""

from pathlib import Path

import pytest

from feedback.exports.columns import ALL, ANSWERS, columns_named
from feedback.insights.exporting import ANSWER, PERSON

DOCS = Path(__file__).parents[3] / "docs" / "exports.md"


def test_every_fixed_column_of_answers_is_described_and_no_other():
    assert tuple(ANSWERS) == (*ANSWER, *PERSON)


def test_columns_with_names_of_their_own_are_described_by_where_they_come_from():
    found = columns_named(ANSWERS, ["score", "answers.nps.q1", "attributes_verified", "attributes.store"])

    assert [(each.name, each.kind) for each in found] == [
        ("score", "number"), ("answers.nps.q1", "text"), ("attributes_verified", "yes_no"), ("attributes.store", "text"),
    ]  # fmt: skip
    assert "question q1 of the survey nps" in found[1].means
    with pytest.raises(KeyError):
        columns_named(ANSWERS, ["nonsense"])


def test_the_document_says_the_same():
    text = DOCS.read_text("utf-8")
    for table, said in ALL.items():
        for name, (kind, means) in said.items():
            assert f"| `{name}` | {kind} | {means} |" in text, f"docs/exports.md lacks {table}: {name}"
