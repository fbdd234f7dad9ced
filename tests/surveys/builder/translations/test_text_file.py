"""Texts go out to translators and come back; no cell is a formula."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as some

from surveys.builder.translations.text_file import text_file, told_by
from surveys.errors import Refusal
from surveys.questionnaires.starters import NPS
from surveys.questionnaires.texts import with_texts
from tests.surveys.questionnaires.asking import row

TAGS = ("en", "de")
LONG = {**NPS, "questions": [row("q1", "one", choices=["c1", "c2"])]}
# What a form keeps: no space around it, one kind of line ends.
WORDS = some.text(
    some.characters(codec="utf-8", exclude_categories=("Cs", "Cc")) | some.just("\n"), max_size=40
).map(str.strip)


def test_there_is_a_row_for_every_text_and_a_column_for_every_language():
    lines = list(csv.reader(io.StringIO(text_file(LONG, TAGS).removeprefix("\ufeff"))))

    assert lines[0] == ["text", "en", "de"]
    assert ["q1.choices.c1", "C1", "C1"] in lines


def test_spreadsheets_are_told_how_umlauts_are_written():
    assert text_file(LONG, TAGS).encode().startswith(b"\xef\xbb\xbf")


@given(english=WORDS, german=WORDS)
def test_what_goes_out_comes_back(english, german):
    told = {"key.question": {"en": english or "?", "de": german or "?"}, "key.low": {"de": "=1+1"}}
    document = with_texts(LONG, told)
    back = told_by(text_file(document, TAGS).encode(), document, TAGS)

    assert with_texts(document, back.texts) == document
    assert with_texts(LONG, back.texts) == document


def test_formulas_are_neutralised():
    assert "\"'=HYPERLINK" in text_file(with_texts(NPS, {"key.low": {"en": "=HYPERLINK(1)"}}), TAGS)


def test_empty_cells_change_nothing_and_strange_rows_are_named():
    told = told_by(b"text;de;fr\nkey.low;Nie;Jamais\nkey.high;;\nkey.wide;Weit;\n", NPS, TAGS)

    assert told.texts == {"key.low": {"de": "Nie"}, "key.high": {}}
    assert (told.told, told.unknown) == (1, ["key.wide"])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("text,fr\nkey.low,Jamais\n", "a column “text”"),
        ("de,en\nNie,Never\n", "a column “text”"),
        ("text,de\nkey.low\n", "Line 2"),
        (f"text,de\nkey.low,{'x' * 501}\n", "longer than 500"),
        ("x" * (1024 * 1024 + 1), "larger than 1 MiB"),
        ("", "empty"),
    ],
)
def test_what_is_no_such_file_is_refused(data, said):
    with pytest.raises(Refusal, match=said):
        told_by(data.encode(), NPS, TAGS)
