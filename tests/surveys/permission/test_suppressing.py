from datetime import timedelta

import pytest
from sqlalchemy import func, select

from surveys.customers.queries import permission_history
from surveys.customers.recording import record_customer
from surveys.customers.records import CustomerRecord, Permission
from surveys.database import db
from surveys.errors import Conflict, Refusal
from surveys.invitations.judging import judge
from surveys.invitations.states import Reason
from surveys.permission.models import AddressKey, Suppression
from surveys.permission.queries import suppression_of
from surveys.permission.suppressing import hash_to_keep, release, suppress, suppress_list


def test_an_address_is_on_the_list_once_and_only_as_a_hash(make, now):
    entry, is_new = suppress("Pat@Example.test", "manual", now)
    again, is_new_again = suppress("pat@example.test ", "bounce", now, code="5.1.1")

    assert (is_new, is_new_again, again.id) == (True, False, entry.id)
    assert (entry.masked, len(entry.address_hash)) == ("p***@e***.test", 64)
    stored = db.session.execute(select(Suppression.__table__)).one()
    assert not any("pat@example" in str(value).lower() for value in stored)


def test_the_key_is_made_once(make, now):
    assert hash_to_keep("pat@example.test") == hash_to_keep("PAT@example.test")
    assert hash_to_keep("pat@example.test") != hash_to_keep("olga@example.test")
    assert db.session.scalar(select(func.count()).select_from(AddressKey)) == 1


def test_the_list_wins_over_a_later_import(make, now):
    suppress("pat@example.test", "import", now)
    told = CustomerRecord(email="pat@example.test", permission=Permission("opt_in", now, None, now))
    pat, _ = record_customer(make.brand(), told, now + timedelta(days=1), "import")

    invitation = make.invitation(make.purchase(pat), "planned", first_due_at=now)
    assert judge(invitation, now).reason == Reason.SUPPRESSED


def test_a_check_back_is_not_sent_to_the_list_either(make, now):
    pat = make.customer("Pat", email="pat@example.test")
    invitation = make.invitation(make.purchase(pat), "planned", purpose="verification")
    invitation.touchpoint = None
    suppress("pat@example.test", "bounce", now)

    assert judge(invitation, now).reason == Reason.UNDELIVERABLE


def test_what_is_no_address_is_refused(make, now):
    with pytest.raises(Refusal) as refusal:
        suppress("pat at example", "manual", now)
    assert refusal.value.field == "address"


def test_a_list_is_taken_line_by_line(make, now):
    suppress("ben@example.test", "manual", now)
    report = suppress_list(
        "\ufeffE-Mail;Grund\npat@example.test;kein Interesse\n# a comment\n\nolga@example.test\n"
        '"ben@example.test"\nnot an address\n',
        "import",
        now,
    )
    assert (report.added, report.known, report.refused) == (2, 1, [(7, "not an address")])


def test_release_wants_the_address_and_leaves_a_line(make, now):
    pat, olga = make.customer("Pat", email="pat@example.test"), make.staff("Olga", "owner")
    entry, _ = suppress("pat@example.test", "bounce", now, source="mail")

    with pytest.raises(Refusal) as refusal:
        release(entry, "olga@example.test", olga, now)
    assert refusal.value.field == "address"
    release(entry, " Pat@example.test", olga, now)
    with pytest.raises(Conflict):
        release(entry, "pat@example.test", olga, now)

    assert suppression_of("pat@example.test", None) is None
    assert [(line.kind, line.source) for line in permission_history(pat)] == [
        ("suppressed", "mail"),
        ("released", "staff"),
    ]
    assert suppress("pat@example.test", "manual", now)[1]
