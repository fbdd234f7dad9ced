"""A brand's corners are one of three, and soft ones need no rule of their own."""

import pytest

from surveys.brand.corners import NAMES, RADIUS, SOFT, corner_rule
from surveys.brand.filters import base_sheet


def test_every_choice_has_a_name_and_a_size():
    assert NAMES.keys() == RADIUS.keys()


@pytest.mark.parametrize(("corners", "rule"), [("square", "0"), ("round", "14px")])
def test_other_corners_replace_those_of_the_base(corners, rule):
    assert corner_rule(corners) == f":root{{--corner:{rule}}}\n"


def test_soft_corners_are_those_of_the_base():
    assert corner_rule(SOFT) == "" and f"--corner:{RADIUS[SOFT]};" in base_sheet()
