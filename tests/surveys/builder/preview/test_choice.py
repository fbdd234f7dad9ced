import pytest

from surveys.builder.preview.choice import Choice, choice_from

TAGS = ("en", "de")


def test_without_a_choice_it_is_the_readers_language_on_a_phone_by_day():
    assert choice_from({}, "nps", TAGS, "de") == Choice("de", None, "phone", False, "")
    assert choice_from({}, "nps", TAGS, "fr").language == "en"


def test_a_choice_goes_into_an_address_and_comes_back():
    chosen = Choice("de", 0, "desktop", True, "demo")

    assert choice_from(chosen.as_query(), "nps", TAGS, "en") == chosen


@pytest.mark.parametrize(
    "args", [{"score": "11"}, {"score": "x"}, {"language": "fr"}, {"width": "huge"}, {"dark": "1"}]
)
def test_what_makes_no_sense_is_passed_over(args):
    assert choice_from(args, "nps", TAGS, "en") == Choice("en", None, "phone", False, "")
    assert choice_from({"score": "1"}, "check_back", TAGS, "en").score is None
