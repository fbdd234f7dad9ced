import pytest

from feedback.follow_up.sight import Covered, check_may_look, hides_personal_data, may_look
from surveys.responses.account import Said


@pytest.mark.parametrize("role", ["agent", "analyst"])
def test_only_their_own_task_is_open_to_who_does_not_take_care_of_privacy(role):
    assert may_look(role, is_theirs=True)
    assert not may_look(role, is_theirs=False)
    with pytest.raises(Covered):
        check_may_look(role, is_theirs=False)


@pytest.mark.parametrize("role", ["admin", "owner"])
def test_admins_and_owners_may_look_at_every_comment(role):
    check_may_look(role, is_theirs=False)


def test_words_of_further_answers_count_and_contact_details_that_were_asked_for_do_not():
    phone = Said("Anything else?", ("0171 1234567",), False, frozenset())
    contact = Said("Your number", ("0171 1234567",), True, frozenset())

    assert hides_personal_data("Frau Lutz was kind", [])
    assert hides_personal_data(None, [phone])
    assert not hides_personal_data("All fine", [contact])
