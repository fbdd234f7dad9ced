from datetime import timedelta

import pytest

from surveys.errors import Conflict, Refusal
from surveys.permission.requesting import LIVES, request_consent
from surveys.permission.suppressing import suppress

DAY = timedelta(days=1)


@pytest.mark.once
@pytest.mark.parametrize(
    "values",
    [
        {"email": None, "reference": "C-1"},
        {"objected_at": "now"},
        {"basis": "existing_customer"},
        {"basis": None},
        {"basis_confirmed_at": "now"},
    ],
)
def test_whoever_must_not_get_the_mail_does_not(make, now, values):
    values = {name: now if value == "now" else value for name, value in values.items()}
    customer = make.customer("Nadia", **({"basis": "opt_in"} | values))

    with pytest.raises(Refusal):
        request_consent(customer, None, now)


def test_an_address_on_the_list_is_not_asked_to_confirm(pat, now):
    suppress("pat@example.test", "manual", now)
    with pytest.raises(Refusal):
        request_consent(pat, None, now)


def test_a_request_is_sent_once_more_and_then_no_more_until_it_ran_out(pat, now):
    asked = request_consent(pat, None, now)
    with pytest.raises(Conflict):
        request_consent(pat, None, now)
    asked.state, asked.due_at = "sent", None
    again = request_consent(pat, None, now + DAY)
    assert (again.id, again.mails, again.expires_at) == (asked.id, 2, now + LIVES)
    again.state, again.due_at = "sent", None
    with pytest.raises(Conflict):
        request_consent(pat, None, now + 2 * DAY)

    assert request_consent(pat, None, now + LIVES).id != asked.id
