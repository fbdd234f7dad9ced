"""A command that cannot use the database says so in a sentence."""

from tests.conftest import settings_for
from wsgi import create_app


def test_a_command_without_tables_or_without_a_database_says_what_to_do(house_in):
    never_migrated = house_in("new")

    told = never_migrated.run("keys", "issue", "shop")
    assert told.exit_code == 1
    assert (
        told.output
        == "Error: The tables of the database are not those of this version. Run: flask db upgrade\n"
    )


def test_a_command_whose_database_is_silent_says_so(tmp_path):
    notes = tmp_path / "notes.txt"
    notes.write_text("no database at all " * 100)
    app = create_app(settings_for(f"sqlite:///{notes}", tmp_path))

    for words in (["keys", "issue", "shop"], ["why", "ORDER-1"], ["db", "upgrade"]):
        told = app.test_cli_runner().invoke(args=words)
        assert (told.exit_code, told.output.count("\n")) == (1, 1)
        assert told.output.startswith("Error: The database does not answer: ")
