from datetime import timedelta
from hashlib import sha256

from surveys.customers.consenting import note, take_basis
from surveys.customers.opting_out import object_to_asking
from surveys.customers.queries import permission_history
from surveys.customers.recording import record_customer
from surveys.customers.records import CustomerRecord, Permission
from surveys.database import db

NOTICE = "We may ask how it was; you can object at any time."


def kinds(customer):
    db.session.flush()
    return [event.kind for event in permission_history(customer)]


def test_every_change_of_the_basis_is_a_line_and_telling_it_again_is_none(make, now):
    pat, later = make.customer("Pat"), now + timedelta(days=1)

    assert take_basis(pat, Permission("existing_customer", evidence=NOTICE), "hook", now)
    assert not take_basis(pat, Permission("existing_customer"), "api", later)
    assert take_basis(pat, Permission("none"), "api", later)

    db.session.flush()
    first, second = permission_history(pat)
    assert (first.kind, first.basis, first.source, first.at) == ("told", "existing_customer", "hook", now)
    assert first.evidence == {
        "holds_from": now.isoformat(),
        "text": NOTICE,
        "text_hash": sha256(NOTICE.encode()).hexdigest(),
    }
    assert (second.kind, second.basis, second.source) == ("withdrawn", "none", "api")


def test_another_basis_does_not_inherit_the_proof_of_the_one_before(make, now):
    pat = make.customer("Pat")
    take_basis(pat, Permission("opt_in", evidence="Ticked", confirmed_at=now), "api", now)
    take_basis(pat, Permission("existing_customer"), "api", now + timedelta(days=1))

    assert (pat.basis_evidence, pat.basis_confirmed_at) == (None, None)
    assert pat.basis_at == now + timedelta(days=1)


def test_what_a_purchase_says_enters_the_history(make, now):
    told = CustomerRecord(email="pat@example.test", permission=Permission("opt_in", now, None, now))
    customer, _ = record_customer(make.brand(), told, now, "import")

    (line,) = permission_history(customer)
    assert (line.kind, line.source, line.evidence["confirmed_at"]) == ("told", "import", now.isoformat())
    assert (customer.source, customer.basis_confirmed_at) == ("import", now)


def test_an_objection_enters_the_history_of_everybody_at_the_address(make, now):
    pat = make.customer("Pat", email="pat@example.test", reference="C-1")
    same = make.customer("Pat", email="pat@example.test", reference="C-2")
    object_to_asking(pat, "one_click", now)
    object_to_asking(pat, "page", now)

    assert kinds(pat) == kinds(same) == ["objected"]


def test_a_line_names_who_of_the_team_wrote_it(make, now):
    pat, olga = make.customer("Pat"), make.staff("Olga", "owner")
    note(pat, "objected", "staff", now, by=olga)

    db.session.flush()
    assert permission_history(pat)[0].actor.name == "Olga"
