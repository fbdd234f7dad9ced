from sqlalchemy import text

from surveys.customers.finding.laying import MAY_HAVE, lay
from surveys.customers.finding.queries import customers_called
from surveys.database import db


def test_what_is_missing_is_laid_and_holds_what_was_written_meanwhile(make):
    on_sqlite = db.engine.dialect.name == "sqlite"
    with db.engine.begin() as connection:
        assert lay(connection) == []
        connection.execute(text("DROP TRIGGER customer_called" if on_sqlite else "DROP INDEX fts_customer"))
    dora = make.customer("Dora Detractor")

    with db.engine.begin() as connection:
        assert lay(connection) == ["fts_customer"]
        assert lay(connection) == []

    assert db.session.scalars(customers_called("detract")).all() == [dora.id]


def test_an_extension_that_a_server_does_not_have_is_not_asked_for(app):
    if db.engine.dialect.name == "postgresql":
        assert db.session.scalar(MAY_HAVE, {"name": "no_such_extension"}) is False
