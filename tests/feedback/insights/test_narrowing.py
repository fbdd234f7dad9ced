"""The address of a list of responses: what it may ask for, and what is refused."""

import pytest

from feedback.insights.narrowing import wanted_by
from feedback.insights.selection import NotOnOffer, Selection


def test_an_address_asks_for_words_moods_and_what_disagrees():
    wanted = wanted_by(
        {"q": " late ", "mood": "unhappy", "flag": "any", "contact": "refused", "only": "counted"},
        Selection(),
    )
    assert (wanted.words, wanted.mood, wanted.flag) == ("late", "unhappy", "any")
    assert wanted.is_refused and wanted.is_counted
    assert wanted_by({"q": " "}, Selection()).words is None


@pytest.mark.parametrize(
    "given", [{"q": "a" * 201}, {"q": "a\x00"}, {"flag": "red"}, {"group": "moon"}, {"mood": "so"}]
)
def test_what_cannot_be_is_refused(given):
    with pytest.raises(NotOnOffer):
        wanted_by(given, Selection())
