"""Scales: acceptance tests AT-09 and AT-11 of the measuring method, and the edges of every group."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.scales import (
    GROUPS,
    MOODS,
    SCALES,
    NotAScore,
    OutOfRange,
    by_mood,
    group_of,
    groups_in,
    mood_of,
    parse_score,
)


@pytest.mark.parametrize(
    ("kind", "groups"),
    [
        ("nps", {"detractor": range(0, 7), "passive": range(7, 9), "promoter": range(9, 11)}),
        ("csat", {"dissatisfied": range(1, 3), "neutral": range(3, 4), "satisfied": range(4, 6)}),
        ("ces7", {"difficult": range(1, 4), "neutral": range(4, 5), "easy": range(5, 8)}),
        ("enps", {"detractor": range(0, 7), "passive": range(7, 9), "promoter": range(9, 11)}),
        ("csat3", {"dissatisfied": [1], "neutral": [2], "satisfied": [3]}),
        ("ces", {"difficult": range(1, 3), "neutral": range(3, 4), "easy": range(4, 6)}),
        ("smileys", {"very_unhappy": [1], "unhappy": [2], "neutral": [3], "happy": [4], "very_happy": [5]}),
        ("stars_five", {f"star_{stars}": [stars] for stars in range(1, 6)}),
        ("thumbs", {"thumbs_down": [0], "thumbs_up": [1]}),
        ("pmf", {"not_disappointed": [1], "mildly_disappointed": [2], "very_disappointed": [3]}),
    ],
)
def test_every_score_of_a_scale_has_its_group(kind, groups):
    assert GROUPS[kind] == tuple(groups)
    assert {score: group_of(kind, score) for score in SCALES[kind].scores} == {
        score: name for name, scores in groups.items() for score in scores
    }


def test_at_09_the_nps_has_the_standard_cut_offs_and_no_others():
    groups = Counter(group_of("nps", score) for score in range(1, 11))

    assert (groups["promoter"] - groups["detractor"]) * 100 / 10 == -40.0
    assert [kind for kind, scale in SCALES.items() if "promoter" in GROUPS[kind]] == ["nps", "enps"]


def test_there_are_ten_kinds():
    kinds = "nps enps csat csat3 ces ces7 smileys stars_five thumbs pmf"
    assert list(SCALES) == kinds.split()
    assert all(scale.kind == kind for kind, scale in SCALES.items())


@pytest.mark.parametrize("scale", SCALES.values(), ids=SCALES)
def test_the_groups_of_a_scale_follow_one_another_without_gaps_from_unhappy_to_happy(scale):
    assert (scale.groups[0].low, scale.groups[-1].high) == (scale.low, scale.high)
    assert all(one.high + 1 == other.low for one, other in pairwise(scale.groups))
    moods = [MOODS.index(group.mood) for group in scale.groups]
    assert moods == sorted(moods) and moods[-1] == MOODS.index("happy")


@given(kind=st.sampled_from(sorted(SCALES)), data=st.data())
def test_every_score_belongs_to_exactly_one_group(kind, data):
    score = data.draw(st.sampled_from(SCALES[kind].scores))
    (group,) = [group for group in SCALES[kind].groups if group.low <= score <= group.high]

    assert group_of(kind, score) == group.name
    assert mood_of(group.name) == group.mood


def test_groups_of_one_name_have_one_mood_on_every_scale():
    moods = {(group.name, group.mood) for scale in SCALES.values() for group in scale.groups}

    assert len(moods) == len({name for name, _ in moods}) == sum(len(groups_in(mood)) for mood in MOODS)


def test_only_pmf_has_no_unhappy_answer_and_the_worst_are_among_the_unhappy():
    assert [kind for kind, scale in SCALES.items() if scale.unhappy_at_most is None] == ["pmf"]
    for scale in SCALES.values():
        if scale.worst_at_most is not None:
            assert scale.unhappy_at_most is not None
            assert scale.low <= scale.worst_at_most < scale.unhappy_at_most
            assert scale.is_worst(scale.worst_at_most) and not scale.is_worst(scale.worst_at_most + 1)
        else:
            assert not any(scale.is_worst(score) for score in scale.scores)


def test_counts_by_group_add_up_to_counts_by_mood():
    stars = {"star_1": 1, "star_2": 2, "star_3": 4, "star_4": 8, "star_5": 16}

    assert by_mood(stars) == {"unhappy": 3, "neutral": 4, "happy": 24}
    assert list(by_mood({})) == ["unhappy", "neutral", "happy"]


@pytest.mark.parametrize("raw", [-1, 11])
def test_at_11_a_number_off_the_scale_is_refused(raw):
    with pytest.raises(OutOfRange, match="from 0 to 10"):
        SCALES["nps"].check(raw)


@pytest.mark.parametrize("raw", [7.5, 7.0, True, False, "8", "8 ", "", None, [], {}])
def test_at_11_what_is_no_whole_number_is_refused(raw):
    with pytest.raises(NotAScore, match="from 0 to 10"):
        SCALES["nps"].check(raw)


def test_at_11_an_empty_text_is_no_answer():
    assert parse_score("nps", "") is None


def test_at_11_a_padded_text_is_a_score_only_after_the_import_trimmed_it():
    with pytest.raises(NotAScore):
        parse_score("nps", "8 ")

    assert parse_score("nps", "8 ".strip()) == 8


@pytest.mark.parametrize(
    "text",
    ["7 ", " 7", "\uff17", "\u0667", "7.0", "7.5", "1e1", "+7", "-1", "07", "7\n", "true", "1_0", "9" * 5000],
)
def test_text_that_is_not_exactly_the_digits_is_refused(text):
    with pytest.raises(NotAScore, match="from 0 to 10"):
        parse_score("nps", text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [("nps", "11"), ("csat", "0"), ("csat", "6"), ("ces7", "8"), ("ces", "6"), ("thumbs", "2"), ("pmf", "0")],
)
def test_digits_off_the_scale_are_refused(kind, text):
    with pytest.raises(OutOfRange, match=f"from {SCALES[kind].low} to {SCALES[kind].high}"):
        parse_score(kind, text)


@given(kind=st.sampled_from(sorted(SCALES)), data=st.data())
def test_a_score_survives_being_written_and_read(kind, data):
    score = data.draw(st.sampled_from(SCALES[kind].scores))

    assert parse_score(kind, str(score)) == score


@given(kind=st.sampled_from(sorted(SCALES)), text=st.text(max_size=4))
def test_whatever_is_typed_is_a_score_or_nothing_or_refused(kind, text):
    try:
        score = parse_score(kind, text)
    except ValueError:
        return
    assert score is None or score in SCALES[kind].scores


def test_a_tally_adds_up_by_group_and_keeps_their_order():
    assert list(SCALES["csat"].tally({5: 2, 1: 3, 4: 1}).items()) == [
        ("dissatisfied", 3),
        ("neutral", 0),
        ("satisfied", 3),
    ]


def test_a_tally_refuses_negative_counts():
    with pytest.raises(ValueError, match="never negative"):
        SCALES["csat"].tally({5: -1})
