"""What a page chooses beside the selection is read again by its own rules."""

import pytest

from feedback.insights.selection import NotOnOffer, Selection
from feedback.reports.choosing import CHOICES_OF, apart, choices_of, page_of
from feedback.reports.models import EXPLORE, INSIGHTS, RESPONSES, THEMES


def test_an_address_is_of_a_page_that_there_is():
    assert page_of({}) == INSIGHTS
    assert page_of({"page": " themes "}) == THEMES
    with pytest.raises(NotOnOffer):
        page_of({"page": "moon"})


def test_a_theme_is_a_filter_of_the_list_and_a_choice_of_what_hurts():
    given = {"theme": "DELIVERY", "country": "AT", "q": "late"}
    assert apart(THEMES, given) == ({"country": "AT", "q": "late"}, {"theme": "DELIVERY"})
    assert apart(RESPONSES, given) == ({"theme": "DELIVERY", "country": "AT"}, {"q": "late"})


@pytest.mark.parametrize(
    ("page", "given", "kept"),
    [
        (INSIGHTS, {"q": "late"}, {}),
        (EXPLORE, {"by": "carrier", "compare": ""}, {"by": "carrier"}),
        (THEMES, {"by": "country", "theme": "", "q": "late"}, {"by": "country"}),
        (RESPONSES, {"q": " late ", "mood": "unhappy"}, {"q": "late", "mood": "unhappy"}),
    ],
)
def test_what_is_chosen_is_kept_and_nothing_else(app, page, given, kept):
    assert choices_of(page, given, Selection()) == kept
    assert set(kept) <= set(CHOICES_OF[page])


@pytest.mark.parametrize(
    ("page", "given"),
    [
        (EXPLORE, {"by": "moon"}),
        (THEMES, {"by": "moon"}),
        (THEMES, {"theme": "MOON"}),
        (RESPONSES, {"mood": "moody"}),
        (RESPONSES, {"q": "x" * 201}),
        (RESPONSES, {"flag": "red"}),
    ],
)
def test_what_is_no_choice_is_refused(app, page, given):
    with pytest.raises(NotOnOffer):
        choices_of(page, given, Selection())
