"""What the page of each kind of survey consists of."""

import json

import pytest

from surveys.questionnaires.starters import CES, CHECK_BACK, CSAT, NPS
from surveys.responses.pages import Face, choices, chosen_among, field_of, values_of, words_of


def face(kind, definition, language="en"):
    return Face(kind, json.dumps(definition), language, "demo", "Kiesel & Tee", "#123456", None, None)


def test_the_shops_name_stands_in_the_question():
    words = words_of(face("nps", NPS, "de"))
    assert "Kiesel & Tee im Freundes- oder Kollegenkreis" in words.question


@pytest.mark.parametrize(
    ("kind", "definition", "values", "first", "last"),
    [
        ("nps", NPS, "0 1 2 3 4 5 6 7 8 9 10", ("0", "Not at all likely"), ("10", "Extremely likely")),
        ("csat", CSAT, "1 2 3 4 5", ("Very dissatisfied", ""), ("Very satisfied", "")),
        ("ces7", CES, "1 2 3 4 5 6 7", ("1", "Strongly disagree"), ("7", "Strongly agree")),
        ("check_back", CHECK_BACK, "yes partly no", ("Yes", ""), ("No", "")),
    ],
)
def test_every_kind_has_its_points_in_order(kind, definition, values, first, last):
    points = choices(kind, words_of(face(kind, definition)))
    assert " ".join(point.value for point in points) == values == " ".join(values_of(kind))
    assert (points[0].label, points[0].spoken) == first
    assert (points[-1].label, points[-1].spoken) == last


def test_the_why_follows_the_score():
    points = choices("nps", words_of(face("nps", NPS)))
    assert {point.why for point in points[:7]} == {"What went wrong?"}
    assert points[7].why == "What was missing for a higher score?"
    assert points[10].why == "What did you like most?"


@pytest.mark.parametrize("sent", [[], [""], ["11"], ["-1"], ["abc"], ["5.5"], ["3", "3"], ["７"], ["03"]])
def test_an_impossible_score_in_a_link_is_ignored(sent):
    assert chosen_among(sent, "nps") is None


def test_a_possible_choice_in_a_link_is_taken():
    assert chosen_among(["3"], "nps") == "3"
    assert chosen_among(["partly"], "check_back") == "partly"
    assert (field_of("nps"), field_of("check_back")) == ("score", "solved")
