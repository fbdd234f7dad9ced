import traceback

import pytest
from sqlalchemy import create_engine, event, text
from sqlalchemy.exc import IntegrityError, OperationalError

from surveys.database import begin_writing, db
from surveys.staff.models import StaffMember


@pytest.mark.parametrize("fault", [{}, {"role": None}], ids=["taken twice", "not null"])
def test_an_error_of_the_database_quotes_nobodys_data(make, now, fault):
    make.staff("Olga", email="olga@shop.test")
    values = {"email": "olga@shop.test", "name": "Nadia Secret", "role": "agent", "created_at": now}
    db.session.add(StaffMember(**values | fault))

    with pytest.raises(IntegrityError) as failed:
        db.session.flush()

    logged = "".join(traceback.format_exception(failed.value))
    assert "staff_member" in logged
    assert "olga@shop.test" not in logged
    assert "Nadia Secret" not in logged


def test_postgresql_makes_no_machine_code_for_our_questions(app):
    """It would take longer than what it speeds up: see docs/decisions/0047."""
    if db.engine.dialect.name != "postgresql":
        pytest.skip("a manner of PostgreSQL")
    assert db.session.scalar(text("SHOW jit")) == "off"


def test_what_may_be_left_out_gives_up_soon_and_whoever_writes_next_waits_as_long_as_ever(app):
    if db.engine.dialect.name == "postgresql":
        begin_writing(patience=250)
        assert db.session.scalar(text("SHOW lock_timeout")) == "250ms"
        db.session.rollback()
        assert db.session.scalar(text("SHOW lock_timeout")) == "5s"
        return
    engine = create_engine(db.engine.url, module=db.engine.dialect.dbapi)
    event.listen(engine, "connect", lambda connection, _: setattr(connection, "isolation_level", None))
    with engine.connect() as elsewhere:
        elsewhere.exec_driver_sql("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError):
            begin_writing(patience=1)
        db.session.rollback()
        elsewhere.exec_driver_sql("ROLLBACK")
    engine.dispose()
    assert db.session.scalar(text("PRAGMA busy_timeout")) == 10_000
