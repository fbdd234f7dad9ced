"""Triggers that a database does not have are laid, once."""

from surveys.database import db
from surveys.laying import lay_missing, missing_among
from surveys.triggers import Trigger


def test_what_is_missing_is_laid_and_works(make):
    shout = Trigger(
        "tried_out",
        "customer",
        "UPDATE",
        ("UPDATE customer SET country = 'AT' WHERE id = NEW.id",),
        ("name",),
    )
    customer, connection = make.customer(country="DE"), db.session.connection()
    assert missing_among([shout], connection) == [shout]

    assert lay_missing([shout], connection) == [shout]

    assert lay_missing([shout], connection) == []
    customer.name = "Dora"
    db.session.flush()
    db.session.refresh(customer)
    assert customer.country == "AT"
    on = " ON customer" if connection.dialect.name == "postgresql" else ""
    connection.exec_driver_sql(f"DROP TRIGGER tried_out{on}")
