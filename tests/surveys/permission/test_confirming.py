from datetime import timedelta

import pytest

from surveys.customers.opting_out import object_to_asking
from surveys.customers.queries import permission_history
from surveys.database import db
from surveys.errors import Refusal
from surveys.permission.confirming import TooOld, confirm
from surveys.permission.queries import verdict_on
from surveys.permission.requesting import LIVES, request_consent

DAY = timedelta(days=1)


def test_a_confirmation_is_kept_with_what_was_agreed_to(make, pat, now):
    olga = make.staff("Olga", "owner")
    asked = request_consent(pat, olga, now)
    assert verdict_on(pat).missing == "not_confirmed"

    assert confirm(asked, now + DAY)
    assert not confirm(asked, now + 2 * DAY)

    assert verdict_on(pat).missing is None
    assert (pat.basis_confirmed_at, pat.basis_evidence) == (now + DAY, asked.text)
    assert asked.text.startswith("Ja, Demo Shop darf mich per Mail fragen")
    requested, confirmed = permission_history(pat)
    assert (requested.kind, requested.actor, requested.evidence["mail"]) == ("requested", olga, 1)
    assert (confirmed.kind, confirmed.source, confirmed.basis) == ("confirmed", "page", "opt_in")
    assert confirmed.evidence["requested_at"] == now.isoformat()
    assert confirmed.evidence["text_hash"] == requested.evidence["text_hash"]


def test_after_14_days_nothing_is_stored(pat, now):
    asked = request_consent(pat, None, now)
    with pytest.raises(TooOld):
        confirm(asked, now + LIVES)
    assert pat.basis_confirmed_at is None
    assert confirm(asked, now + LIVES - timedelta(seconds=1))


def test_an_objection_beats_an_older_request(pat, now):
    asked = request_consent(pat, None, now)
    object_to_asking(pat, "page", now + DAY)
    with pytest.raises(Refusal):
        confirm(asked, now + 2 * DAY)
    assert pat.basis_confirmed_at is None


def test_a_confirmation_counts_for_the_address_it_was_sent_to(pat, now):
    asked = request_consent(pat, None, now)
    pat.email = "new@example.test"
    with pytest.raises(Refusal):
        confirm(asked, now + DAY)
    assert request_consent(pat, None, now + DAY).id != asked.id
    db.session.flush()
