import pytest
from sqlalchemy import create_engine

from surveys.database import db
from surveys.upkeep.backing_up import (
    FolderMissing,
    NotWritten,
    ToolFailed,
    ToolMissing,
    address,
    back_up,
    run_tool,
    with_password,
)
from surveys.upkeep.models import Installation


def test_the_password_is_no_part_of_a_command_that_others_on_the_machine_can_see():
    engine = create_engine("postgresql+psycopg://shop:very-secret@db.test:5433/house?sslmode=require")

    assert address(engine) == "postgresql://shop@db.test:5433/house?sslmode=require"
    assert with_password(engine, {"PATH": "/bin"}) == {"PATH": "/bin", "PGPASSWORD": "very-secret"}


def test_a_missing_tool_is_named_with_what_to_install(tmp_path):
    with pytest.raises(ToolMissing) as refused:
        run_tool(["pg_dump"], {"PATH": str(tmp_path)})

    assert "apt install postgresql-client" in str(refused.value)


def test_a_tool_that_gives_up_is_quoted():
    with pytest.raises(ToolFailed) as refused:
        run_tool(["sh", "-c", "echo no such server >&2; exit 1"], {"PATH": "/bin:/usr/bin"})

    assert str(refused.value) == "sh gave up: no such server"


def test_a_folder_that_is_not_there_is_refused_and_nothing_is_left_behind(app, tmp_path):
    with pytest.raises(FolderMissing):
        back_up(db.engine, tmp_path / "nowhere" / "kept", {})

    assert list(tmp_path.iterdir()) == []


def test_a_copy_knows_that_it_is_one_whoever_puts_it_in_place(house_in, tmp_path):
    house, file = house_in("first").migrate(), tmp_path / "kept"
    house.run("mail", "release")
    assert house.run("backup", file).exit_code == 0

    if house.url.startswith("sqlite"):
        copy = create_engine(f"sqlite:///{file}")
        with copy.connect() as connection:
            assert connection.scalar(db.select(Installation.home)) == "a backup"
        copy.dispose()
    with house.app.app_context():
        assert db.session.get_one(Installation, 1).home != "a backup"


def test_a_sqlite_database_that_is_not_there_is_not_backed_up_as_an_empty_one(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'nothing.sqlite'}")
    with pytest.raises(NotWritten) as refused:
        back_up(engine, tmp_path / "kept", {})

    assert "there is no database" in str(refused.value)
    assert list(tmp_path.iterdir()) == []
