import random

import pytest

from feedback.demo.casework import FIRST_EIGHT_AT_MOST, LEFT_OPEN, Standing, course, left_open, letter
from feedback.follow_up.codes import CAUSES, CLOSING_OUTCOMES, RESOLUTIONS
from feedback.follow_up.states import OPEN_STATES

STATES = {"new", "in_progress", "waiting_customer", "waiting_internal", "verifying", "resolved"}


def courses(left, count=400):
    chance = random.Random(1)
    return [course(chance, left, chance.random() < 0.5, True) for _ in range(count)]


def test_the_newest_tasks_are_left_in_all_open_states():
    left = left_open([Standing(4, True, False, False)] * 30)

    assert left == [*LEFT_OPEN, *[None] * (30 - len(LEFT_OPEN))]
    assert {courses(state, count=1)[0].end for state in LEFT_OPEN} == STATES


def test_a_task_that_is_no_longer_fresh_has_been_taken_up():
    assert left_open([Standing(5, True, True, False)]) == ["in_progress"]


def test_about_a_quarter_is_left_late_when_half_of_the_promises_have_run_out():
    tasks = [Standing(5, True, False, False), Standing(5, True, True, True)] * 30

    left = left_open(tasks)

    still_open = [state for state in left if state in OPEN_STATES]
    late = sum(task.late_as(state) for task, state in zip(tasks, left, strict=True) if state)
    assert 0.2 <= late / len(still_open) <= 0.3


def test_a_task_of_the_night_is_still_new_and_one_of_yesterday_not_yet_asked_back():
    assert left_open([Standing(0, False, False, False)] * 3) == ["new"] * 3
    assert "verifying" not in left_open([Standing(1, True, False, False)] * 30)


def test_an_old_task_is_never_left_open():
    assert left_open([Standing(FIRST_EIGHT_AT_MOST + 1, True, True, True)] * 9) == [None] * 9
    for found in courses(None):
        assert found.end == "worked" or found.end in CLOSING_OUTCOMES


def test_every_code_is_one_of_the_house():
    for found in courses(None):
        assert found.resolution in RESOLUTIONS
        assert found.cause in CAUSES
        assert found.end == "worked" or found.end in CLOSING_OUTCOMES
        assert 0 < found.contact < found.solution


def test_a_late_parcel_was_the_carriers_fault():
    assert {course(random.Random(n), None, True, True).cause for n in range(50)} == {"carrier"}


@pytest.mark.parametrize("language", ["en", "de", "fr"])
@pytest.mark.parametrize("kind", ["late", "comment", "silent"])
def test_a_letter_is_finished(language, kind):
    subject, body = letter(language, kind, name="Dora", order="D-1", agent="Ben", shop="Demo Shop")

    assert subject.endswith("Demo Shop?")
    assert "Dora" in body and "D-1" in body and body.endswith("Ben\nDemo Shop")
    assert not set("{}[]") & set(subject + body)
