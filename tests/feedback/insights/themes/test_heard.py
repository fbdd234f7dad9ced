"""What was heard, and what of it may be shown."""

import pytest

from feedback.insights.suppression import ANY
from tests.feedback.insights.themes.said import hear

EVERYWHERE = (ANY, ANY, ANY)
AUSTRIA, GERMANY = ("AT", ANY, ANY), ("DE", ANY, ANY)
BY_POST, BY_BOAT = ("AT", "Post", "de"), ("DE", "Post", "de")


def test_cells_are_sums_of_their_places():
    heard = hear(
        {BY_POST: {3: 4, 9: 6}, BY_BOAT: {9: 20}}, {"DELIVERY": {BY_POST: {3: 4, 9: 1}, BY_BOAT: {9: 5}}}
    )

    assert heard.scores(EVERYWHERE) == {3: 4, 9: 26} and heard.size(AUSTRIA) == 10
    assert heard.scores(AUSTRIA, "DELIVERY") == {3: 4, 9: 1}
    assert heard.felt(EVERYWHERE, "DELIVERY") == {"negative": 4, "positive": 6}
    assert heard.part(AUSTRIA).mean == 20 and heard.measure(EVERYWHERE, "DELIVERY").score == 20
    # 26 of 30 promoters less 4 detractors, against 20 of 20 without the theme.
    assert heard.impact(EVERYWHERE, "DELIVERY").value == pytest.approx(100 * 22 / 30 - 100)
    assert heard.impact(EVERYWHERE, "DELIVERY", where=AUSTRIA).value == pytest.approx(100 * 22 / 30 - 100)


def test_themes_and_details_are_told_apart():
    heard = hear({BY_POST: {3: 9}}, {"DELIVERY": {BY_POST: {3: 5}}, "DELIVERY.LATE": {BY_POST: {3: 5}}})

    assert heard.themes == ["DELIVERY"] and heard.details("DELIVERY") == ["DELIVERY.LATE"]


@pytest.mark.parametrize(
    ("mentions", "others", "is_shown"), [(4, 20, False), (5, 20, True), (20, 4, False), (20, 0, True)]
)
def test_a_theme_is_shown_from_five_people_on_who_mention_it_and_five_who_do_not(mentions, others, is_shown):
    heard = hear({BY_POST: {3: mentions, 9: others}}, {"DELIVERY": {BY_POST: {3: mentions}}})

    assert heard.is_shown(EVERYWHERE, "DELIVERY") is is_shown


def test_no_part_is_shown_from_which_a_smaller_one_could_be_worked_out():
    third = ("CH", "Post", "de")
    everybody = {BY_POST: {9: 30}, BY_BOAT: {9: 30}, third: {9: 30}}
    heard = hear(everybody, {"DELIVERY": {BY_POST: {3: 20}, BY_BOAT: {3: 9}, third: {3: 2}}})

    # Switzerland's two are the rest of the column, so Germany's nine hide them.
    assert heard.is_shown(AUSTRIA, "DELIVERY")
    assert not heard.is_shown(GERMANY, "DELIVERY") and not heard.is_shown(("CH", ANY, ANY), "DELIVERY")
    assert heard.is_shown(GERMANY)
    # Nearly all of a part mention it: the few who do not could be told apart.
    loud = hear(everybody, {"PRICE": {BY_POST: {3: 28}, BY_BOAT: {3: 15}, third: {3: 15}}})
    assert not loud.is_shown(AUSTRIA, "PRICE")


def test_few_of_one_mind_are_told():
    few = hear({BY_POST: {3: 6, 9: 30}}, {"PRICE": {BY_POST: {3: 6}}})

    assert few.is_uniform(EVERYWHERE, "PRICE")
    assert not hear({BY_POST: {3: 12, 9: 30}}, {"PRICE": {BY_POST: {3: 12}}}).is_uniform(EVERYWHERE, "PRICE")
