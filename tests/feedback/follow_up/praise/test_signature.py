"""Never more of a name than was allowed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.follow_up.praise.signature import SIGNED, signature


@pytest.mark.parametrize(
    ("signed", "shown"), [("first_name", "Dora"), ("initial", "D."), ("anonymous", None)]
)
def test_as_the_customer_said(signed, shown):
    assert signature("Dora Detractor", signed) == shown


@given(st.one_of(st.none(), st.text(max_size=20)), st.sampled_from(SIGNED))
def test_a_surname_is_never_shown(name, signed):
    shown = signature(name, signed)

    assert shown is None or len(shown.split()) == 1
