"""What each kind asks by default: whole in both languages, every point or both ends in words."""

import pytest

from surveys.locales import LANGUAGES
from surveys.questionnaires.definition import languages, wording
from surveys.questionnaires.metric_wordings import WORDINGS
from surveys.scales import GROUPS, SCALES
from tests.factories import words_for

BOTH = pytest.mark.parametrize("language", LANGUAGES)
EVERY_KIND = pytest.mark.parametrize("kind", SCALES)


def test_every_kind_has_a_wording_in_every_language_of_the_house():
    assert set(WORDINGS) == set(SCALES)
    assert all(set(languages(document)) == set(LANGUAGES) for document in WORDINGS.values())


@EVERY_KIND
@BOTH
def test_short_scales_label_every_point_and_long_ones_their_ends(kind, language):
    words = wording(WORDINGS[kind], language)
    points = len(SCALES[kind].scores)

    assert words.language == language
    assert len(set(words.points)) == (points if points <= 5 else 0)
    assert bool(words.low and words.high) is (points > 5)


@EVERY_KIND
@BOTH
def test_every_group_has_its_why_and_there_is_one_before_a_point_is_chosen(kind, language):
    words = wording(WORDINGS[kind], language)

    assert set(words.why) == {"", *GROUPS[kind]}
    assert all(words.why.values())


@EVERY_KIND
@BOTH
def test_the_shop_is_the_only_place_and_is_filled_everywhere(kind, language):
    words = words_for(kind, language, "Feinwerk")
    said = [words.question, *words.points, words.low, words.high, *words.why.values(), words.permission]

    assert "Feinwerk" in words.question
    assert not [text for text in said if "{" in text or "!" in text]


@pytest.mark.parametrize("kind", ["csat", "csat3", "thumbs", "smileys", "ces"])
@BOTH
def test_words_rise_from_the_unhappy_to_the_happy_end(kind, language):
    points = wording(WORDINGS[kind], language).points
    worst = {"en": ("dissatisfied", "unhappy", "disagree"), "de": ("unzufrieden", "unglücklich", "nicht zu")}

    assert any(word in points[0].lower() for word in worst[language])
    assert not any(word in points[-1].lower() for word in worst[language])


def test_nobody_is_told_what_a_detractor_is():
    said = str(WORDINGS["nps"]["texts"]["de"] | WORDINGS["nps"]["texts"]["en"])

    assert "promoter'" in said  # the groups are there
    assert not any(
        name in text
        for document in WORDINGS.values()
        for block in document["texts"].values()
        for text in [block["question"], *block["why"].values()]
        for name in ("promoter", "detractor", "passive")
    )
