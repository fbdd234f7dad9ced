"""An invitation goes only where it may."""

import pytest

from surveys.errors import Refusal
from surveys.invitations.states import MOVES, REASONS, IllegalMove, Reason, State, move


@pytest.mark.parametrize("wanted", ["sent", "refused", "failed", "uncertain"])
def test_a_planned_invitation_may_end_in_every_way(wanted):
    assert move("planned", wanted) is State(wanted)


def test_a_mail_that_came_back_makes_a_sent_invitation_fail():
    assert move(State.SENT, State.FAILED) is State.FAILED


def test_a_sent_invitation_is_never_planned_again():
    with pytest.raises(IllegalMove) as refusal:
        move("sent", "planned")

    assert refusal.value.allowed == (State.FAILED,)
    assert refusal.value.status == 409
    assert str(refusal.value) == (
        "This invitation is “sent” and cannot become “planned”. Possible now: failed."
    )


def test_an_uncertain_invitation_may_be_planned_again_by_a_person():
    assert move("uncertain", "planned") is State.PLANNED


@pytest.mark.parametrize("final", ["refused", "failed"])
def test_refused_and_failed_are_final(final):
    for wanted in State:
        with pytest.raises(Refusal, match="for good"):
            move(final, wanted)


def test_every_state_has_its_moves_and_every_reason_its_sentence():
    assert set(MOVES) == set(State)
    assert set(REASONS) == set(Reason)
    assert all(sentence.endswith(".") for sentence in REASONS.values())


def test_a_reason_is_found_by_its_stored_name():
    assert REASONS["cancelled"] == "The order was cancelled."
