"""A command that cannot use the database says so in a sentence."""

import pytest
from sqlalchemy import text

from surveys.database import db
from tests.conftest import settings_for
from wsgi import create_app

BEHIND = "Error: The tables of the database are not those of this version. Run: flask db upgrade\n"


def test_a_command_without_tables_or_without_a_database_says_what_to_do(house_in):
    never_migrated = house_in("new")

    told = never_migrated.run("keys", "issue", "shop")
    assert (told.exit_code, told.output) == (1, BEHIND)


def house_at(step, house_in):
    """A house whose tables are as they are, but are said to have come to this step."""
    house = house_in(f"at-{step}").migrate()
    with house.app.app_context():
        db.session.execute(text("UPDATE alembic_version SET version_num = :step"), {"step": step})
        db.session.commit()
    return house


@pytest.fixture
def behind(house_in):
    return house_at("0057", house_in)


def test_no_command_works_on_the_tables_of_another_version(behind):
    for words in (
        ("keys", "issue", "shop"),
        ("staff", "add", "pat@example.com", "--role", "agent"),
        ("suppress", "pat@example.com"),
        ("mail", "hold"),
        ("loop", "once"),
        ("why", "ORDER-1"),
    ):
        told = behind.run(*words)
        assert (told.exit_code, told.output) == (1, BEHIND), words
    for table in ("api_key", "staff_member", "suppression", "installation", "brand"):
        assert behind.count(table) == 0


def test_nobody_is_sent_back_to_an_upgrade_by_the_tables_of_a_newer_version(house_in):
    ahead = house_at("9999", house_in)

    for words in (("keys", "issue", "shop"), ("loop", "once"), ("up", "--no-demo")):
        told = ahead.run(*words)
        assert told.exit_code == 1, words
        assert "those of a newer version of Nachklang (schema 9999). Install that version" in told.output
        assert "flask db upgrade" not in told.output
    assert "Install the version of Nachklang that made it" in ahead.run("doctor").output


def test_what_helps_with_the_tables_of_another_version_works_with_them(behind, tmp_path):
    assert "flask db upgrade" in behind.run("doctor").output
    assert behind.run("backup", tmp_path / "before-the-upgrade").exit_code == 0
    assert behind.run("keys", "issue", "--help").output.startswith("Usage:")


def test_a_command_whose_database_is_silent_says_so(tmp_path):
    notes = tmp_path / "notes.txt"
    notes.write_text("no database at all " * 100)
    app = create_app(settings_for(f"sqlite:///{notes}", tmp_path))

    for words in (["keys", "issue", "shop"], ["why", "ORDER-1"], ["db", "upgrade"]):
        told = app.test_cli_runner().invoke(args=words)
        assert (told.exit_code, told.output.count("\n")) == (1, 1)
        assert told.output.startswith("Error: The database does not answer: ")
