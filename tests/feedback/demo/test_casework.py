import random

import pytest

from feedback.demo.casework import FIRST_EIGHT_AT_MOST, LEFT_OPEN, course, letter
from feedback.follow_up.codes import CAUSES, CLOSING_OUTCOMES, RESOLUTIONS


def courses(from_the_end, age=0, count=400):
    chance = random.Random(1)
    return [course(chance, from_the_end, age, chance.random() < 0.5, True) for _ in range(count)]


def test_the_newest_tasks_are_left_in_all_open_states():
    ends = {courses(place, count=1)[0].end for place in range(len(LEFT_OPEN))}

    assert ends == {"new", "in_progress", "waiting_customer", "waiting_internal", "verifying", "resolved"}


def test_an_old_task_is_never_left_open():
    for found in courses(0, age=FIRST_EIGHT_AT_MOST + 1):
        assert found.end == "worked" or found.end in CLOSING_OUTCOMES


def test_every_code_is_one_of_the_house():
    for found in courses(100, age=100):
        assert found.resolution in RESOLUTIONS
        assert found.cause in CAUSES
        assert found.end == "worked" or found.end in CLOSING_OUTCOMES
        assert 0 < found.contact < found.solution


def test_a_late_parcel_was_the_carriers_fault():
    assert {course(random.Random(n), 100, 100, True, True).cause for n in range(50)} == {"carrier"}


@pytest.mark.parametrize("language", ["en", "de", "fr"])
@pytest.mark.parametrize("kind", ["late", "comment", "silent"])
def test_a_letter_is_finished(language, kind):
    subject, body = letter(language, kind, name="Dora", order="D-1", agent="Ben", shop="Demo Shop")

    assert subject.endswith("Demo Shop?")
    assert "Dora" in body and "D-1" in body and body.endswith("Ben\nDemo Shop")
    assert not set("{}[]") & set(subject + body)
