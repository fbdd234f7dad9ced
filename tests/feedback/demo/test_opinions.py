import random
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from feedback.demo.filling import comments
from feedback.demo.opinions import CES_ON_TEN, CSAT_ON_TEN, Opinion, Voices, answered_at, filled
from feedback.demo.story import orders, shoppers

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@cache
def answers(customers=1500, seed=3):
    drafts = orders(random.Random(seed), shoppers(random.Random(seed), customers), NOW)
    voices = Voices(random.Random(seed), comments())
    found = ((order, voices.on_recommending(order)) for order in drafts)
    return [(order, opinion) for order, opinion in found if opinion is not None], len(drafts), voices


def nps(opinions):
    scores = [opinion.score for opinion in opinions]
    return 100 * (sum(s >= 9 for s in scores) - sum(s <= 6 for s in scores)) / len(scores)


@pytest.mark.thorough
def test_about_three_in_ten_answer_and_two_in_three_write_something():
    found, asked, _ = answers()

    assert 0.27 < len(found) / asked < 0.36
    assert 0.62 < sum(opinion.comment is not None for _, opinion in found) / len(found) < 0.78


@pytest.mark.thorough
def test_the_shops_stand_in_the_forties_and_the_story_far_below():
    found, _, _ = answers()

    assert 38 < nps([opinion for _, opinion in found]) < 52
    assert nps([opinion for order, opinion in found if order.in_story]) < 0


@pytest.mark.thorough
def test_every_comment_fits_score_order_and_language():
    found, _, _ = answers()
    known = comments()

    for order, opinion in found:
        if opinion.comment is None:
            continue
        said = order.lines[0][0].said(order.shopper.language)
        fitting = [
            each
            for each in known[order.shopper.language]
            if filled(each.text, said) == opinion.comment and each.low <= opinion.score <= each.high
        ]
        assert fitting, opinion
        assert any(each.needs in ("-", "late" if order.late else "on_time") for each in fitting), opinion


@pytest.mark.thorough
def test_comments_repeat_as_little_as_they_can():
    _, _, voices = answers()

    assert len(voices.used) > 300
    assert max(voices.used.values()) <= 6


def test_a_point_of_the_other_scales_has_its_place_on_ten():
    assert [CSAT_ON_TEN[point] for point in (1, 5)] == [1, 10]
    assert [CES_ON_TEN[point] for point in (1, 7)] == [1, 10]


def test_a_product_begins_a_sentence_with_a_capital():
    assert filled("{product}: solid.", "the Olmo") == "The Olmo: solid."
    assert filled("I like {product}.", "the Olmo") == "I like the Olmo."


def test_nobody_answers_in_the_small_hours():
    opinion = Opinion(9, None, None, timedelta(hours=5))

    assert answered_at(datetime(2026, 3, 10, 22, 0, tzinfo=UTC), opinion).hour == 9
    assert answered_at(datetime(2026, 3, 10, 9, 0, tzinfo=UTC), opinion).hour == 14
