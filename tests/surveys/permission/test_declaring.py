from datetime import timedelta

import pytest

from surveys.database import db
from surveys.errors import Refusal
from surveys.permission.declaring import Declaration, declare, set_strict_countries, withdraw
from surveys.permission.queries import declarations

DAY = timedelta(days=1)
NOTICE = "The checkout says: we may ask how it was; you can object at any time."


def test_a_new_declaration_ends_the_old_one_which_keeps_its_past(make, now):
    brand, olga = make.brand("shop", declared=False), make.staff("Olga", "owner")
    old = declare(brand, Declaration("api", "existing_customer", NOTICE, now - 30 * DAY), olga, now)
    declare(brand, Declaration("hook", "existing_customer", NOTICE, now - 30 * DAY), olga, now)
    new = declare(brand, Declaration("api", "existing_customer", NOTICE + " New.", now - DAY), olga, now)

    assert (old.until, new.until, new.declared_by) == (now - DAY, None, olga)
    assert len(declarations(brand.id)) == 3


def test_a_declaration_that_begins_earlier_replaces_the_old_one_whole(make, now):
    brand = make.brand("shop", declared=False)
    old = declare(brand, Declaration("api", "opt_in", NOTICE, now - DAY), None, now)
    declare(brand, Declaration("api", "opt_in", NOTICE, now - 2 * DAY), None, now)

    assert old.until == old.since


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"source": "pigeon"}, "source"),
        ({"basis": "none"}, "basis"),
        ({"evidence": "too short"}, "evidence"),
        ({"evidence": "x" * 4001}, "evidence"),
        ({"since": "tomorrow"}, "since"),
    ],
)
def test_what_proves_nothing_is_refused(make, now, said, field):
    brand = make.brand("shop", declared=False)
    said = {name: now + DAY if value == "tomorrow" else value for name, value in said.items()}
    values = {"source": "api", "basis": "opt_in", "evidence": NOTICE, "since": now} | said

    with pytest.raises(Refusal) as refusal:
        declare(brand, Declaration(**values), None, now)
    assert refusal.value.field == field


def test_a_withdrawn_declaration_stays_as_history_and_covers_nobody(make, now):
    brand = make.brand("shop", declared=False)
    declaration = declare(brand, Declaration("api", "opt_in", NOTICE, now - DAY), None, now)
    withdraw(declaration, now)
    withdraw(declaration, now + DAY)

    assert declaration.withdrawn_at == now
    assert declarations(brand.id) == []


def test_strict_countries_are_written_as_two_letters(make, now):
    brand, olga = make.brand(), make.staff("Olga", "owner")
    assert brand.strict_countries == ["AT", "DE"]
    set_strict_countries(brand, "ch, de  AT de", olga, now)
    db.session.commit()
    assert (brand.strict_countries, brand.changed_by_id) == (["AT", "CH", "DE"], olga.id)
    with pytest.raises(Refusal) as refusal:
        set_strict_countries(brand, "DE Mars", olga, now)
    assert refusal.value.field == "strict_countries"
    set_strict_countries(brand, "", olga, now)
    assert brand.strict_countries == []
