import pytest

from feedback.analysis.likeness.queries import alike, has_vector
from tests.feedback.analysis.likeness.vectors import read_as


@pytest.fixture
def asked(make):
    response = make.response(2, "It came late.")
    read_as(make, response, 1.0)
    return response


@pytest.mark.once
def test_the_likest_come_first_and_what_is_not_like_it_does_not_come(make, asked):
    likeness = (0.55, 0.9, 0.45, 0.6)
    others = [make.response(3, f"Late {each}") for each in likeness]
    for other, each in zip(others, likeness, strict=True):
        read_as(make, other, each)

    assert [near.response_id for near in alike(asked.id, 10)] == [others[n].id for n in (1, 3, 0)]
    assert [near.response_id for near in alike(asked.id, 1)] == [others[1].id]


def test_only_the_newest_are_looked_through(make, asked):
    for _ in range(3):
        other = make.response(3, "Late")
        read_as(make, other, 0.9)

    assert [near.times for near in alike(asked.id, 10)] == [3]
    assert [near.times for near in alike(asked.id, 10, newest=2)] == [2]


def test_answers_to_check_backs_and_words_that_are_gone_are_not_found(make, asked):
    read_as(make, make.response(None, "Late again", survey_key="check-back"), 0.9)
    read_as(make, make.response(3, None), 0.9)

    assert alike(asked.id, 10) == []


def test_what_was_never_encoded_is_like_nothing(make, asked):
    other = make.response(3, "Late")

    assert has_vector(asked.id) and not has_vector(other.id)
    assert alike(other.id, 10) == []
