"""Cells: no text that a customer wrote is run by a spreadsheet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.responses.cells import TRIGGERS, neutralised, restored

beginnings = st.text(alphabet="=+-@\t\r\n '\"\ufeff\u00a0＝＋－＠a1", max_size=8)
texts = st.one_of(st.text(max_size=30), st.builds(str.__add__, beginnings, st.text(max_size=5)))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+49 30",
        "-5",
        "@here",
        "\tx",
        "\rx",
        "\nx",
        " =1",
        '"=1',
        "'=1",
        "\ufeff=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
    ],
)
def test_what_begins_like_a_formula_gets_an_apostrophe(text):
    assert neutralised(text) == "'" + text


@pytest.mark.parametrize("text", ["", "fine", "a=b", "5 = five", "'tis late", '"quoted"', " "])
def test_everything_else_stays_as_it_is(text):
    assert neutralised(text) == text


@given(texts)
def test_no_cell_begins_with_a_trigger_and_reading_restores_it(text):
    cell = neutralised(text)

    assert cell[:1] not in TRIGGERS
    assert restored(cell) == text
