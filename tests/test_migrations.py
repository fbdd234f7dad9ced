"""The history builds exactly what the models declare, and the last step goes back and forth with rows."""

import os
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from surveys.database import db
from tests.conftest import new_postgres, settings_for
from wsgi import create_app


@pytest.fixture
def empty(tmp_path: Path, worker_id: str):
    """An application on an empty database of its own."""
    server = os.environ.get("TEST_DATABASE_URL")
    url = (
        new_postgres(server, f"history_{worker_id}") if server else f"sqlite:///{tmp_path / 'history.sqlite'}"
    )
    app = create_app(settings_for(url, tmp_path))
    app.cli.load()  # brings the migrations, which pages do not need
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def differences() -> list[object]:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, db.metadata)


def checks() -> set[str]:
    """Return the names of the CHECK constraints there are; autogenerate does not compare them."""
    with db.engine.connect() as connection:
        if db.engine.dialect.name == "postgresql":
            rows = connection.execute(text("SELECT conname FROM pg_constraint WHERE contype = 'c'"))
            return {name for (name,) in rows if name.startswith("ck_")}
        rows = connection.execute(text("SELECT sql FROM sqlite_master WHERE type = 'table'"))
        words = " ".join(sql for (sql,) in rows).replace('"', " ").split()
        return {word for word in words if word.startswith("ck_")}


@pytest.mark.thorough
def test_the_history_builds_exactly_the_models(empty):
    upgrade()

    assert differences() == []


@pytest.mark.thorough
def test_every_check_of_the_models_is_in_the_history(empty):
    upgrade()
    by_history = checks()
    declared = {
        constraint.name
        for table in db.metadata.tables.values()
        for constraint in table.constraints
        if str(constraint.name or "").startswith("ck_")
    }

    assert {name[:63] for name in declared} == by_history


# What a shop has before the last step: each row hangs on the one before.
ROWS = (
    "INSERT INTO clock_offset (id, seconds) VALUES (1, 3600)",
    "INSERT INTO brand (id, public_id, key, name, colour, locale, time_zone, opens, closes, business_days, holidays,"
    " default_basis, check_back_after, made_by_demo, created_at, changed_at) VALUES (1, 'b', 'olive', 'Olive',"
    " '#0f4c5c', 'en', 'UTC', 540, 1080, '01234', '[]', 'none', {zero}, {no}, {now}, {now})",
    "INSERT INTO hook_secret (id, brand_id, secret, created_at) VALUES (1, 1, 's', {now})",
    "INSERT INTO customer (id, public_id, brand_id, email, made_by_demo, created_at)"
    " VALUES (1, 'c', 1, 'dora@example.test', {no}, {now})",
    "INSERT INTO purchase (id, public_id, brand_id, customer_id, reference, placed_at, attributes, created_at,"
    " changed_at) VALUES (1, 'p', 1, 1, 'A-1', {now}, '{{}}', {now}, {now})",
)


@pytest.mark.thorough
def test_the_last_step_back_and_forth_keeps_rows(empty):
    upgrade(revision="0002")
    sqlite = db.engine.dialect.name == "sqlite"
    values = {"now": "'2026-03-10 11:00:00+00:00'", "no": "0" if sqlite else "false"}
    values["zero"] = "'1970-01-01 00:00:00.000000'" if sqlite else "interval '0'"
    with db.engine.begin() as connection:
        for row in ROWS:
            connection.exec_driver_sql(row.format(**values))
    upgrade()
    downgrade(revision="-1")
    upgrade()

    with db.engine.connect() as connection:
        kept = connection.execute(text("SELECT seconds FROM clock_offset")).scalar()
        order = connection.execute(
            text(
                "SELECT c.email, p.reference, h.secret FROM purchase p JOIN customer c ON c.id = p.customer_id"
                " JOIN hook_secret h ON h.brand_id = c.brand_id"
            )
        ).one()
    assert kept == 3600
    assert tuple(order) == ("dora@example.test", "A-1", "s")
    assert differences() == []
