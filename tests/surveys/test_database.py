import traceback

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from surveys.database import db
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
