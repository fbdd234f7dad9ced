"""The finer causes a shop may choose from."""

import pytest

from feedback.follow_up.closing.causes import (
    STARTERS,
    NoCause,
    NoWords,
    Own,
    UnknownDetail,
    check_detail,
    checked_words,
    first_level,
    key_for,
    labels,
    offered,
)
from feedback.follow_up.codes import CAUSES
from surveys.code_book.themes import Label


def test_every_shipped_detail_belongs_to_a_cause_and_has_words_in_both_languages():
    for key, words in STARTERS.items():
        assert first_level(key) in CAUSES and words.en and words.de


def test_own_words_stand_in_the_place_of_ours_and_retired_ones_are_not_offered_but_still_told():
    own = [
        Own("carrier.late", Label("Van broke down", "Auto kaputt")),
        Own("carrier.lost", Label("Lost", "Weg"), is_retired=True),
        Own("it.robot", Label("Robot", "Roboter")),
    ]
    assert offered(own)["carrier"]["carrier.late"].en == "Van broke down"
    assert "carrier.lost" not in offered(own)["carrier"] and labels(own)["carrier.lost"].en == "Lost"
    assert list(offered(own)["it"])[-1] == "it.robot"
    assert offered(own)["unknown"] == {}


def test_a_detail_of_another_cause_or_a_retired_one_is_refused():
    own = [Own("carrier.lost", Label("Lost", "Weg"), is_retired=True)]
    assert check_detail("carrier", "carrier.late", own) == "carrier.late"
    assert check_detail("carrier", "", own) is None
    for cause, key in (("it", "carrier.late"), ("carrier", "carrier.lost"), (None, "carrier.late")):
        with pytest.raises(UnknownDetail):
            check_detail(cause, key, own)


def test_a_key_is_made_of_the_words_and_never_taken_twice():
    assert key_for("it", "Robot ate it!", {}) == "it.robot_ate_it"
    assert key_for("it", "Robot ate it!", {"it.robot_ate_it": 1}) == "it.robot_ate_it_2"
    assert key_for("it", "Ünïç☃", {}).startswith("it.")
    assert len(key_for("customer_expectation", "w" * 80, {})) <= 60
    with pytest.raises(NoCause):
        key_for("weather", "Rain", {})


def test_words_are_put_on_one_line_and_empty_or_endless_ones_refused():
    assert checked_words("  two\n words ", "en") == "two words"
    for text in (" ", None, "x" * 81):
        with pytest.raises(NoWords):
            checked_words(text, "en")
