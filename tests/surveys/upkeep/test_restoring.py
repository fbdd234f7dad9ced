from datetime import UTC, datetime

import pytest
from sqlalchemy import create_engine, text

from surveys.upkeep.restoring import (
    VERSION,
    NoBackup,
    NotEmpty,
    OtherDatabase,
    kind_of,
    own_part,
    require_empty,
    restore_from,
)


def test_the_first_bytes_tell_which_database_wrote_a_backup(tmp_path):
    file = tmp_path / "kept"
    file.write_bytes(b"SQLite format 3\x00 and so on")
    assert kind_of(file) == "sqlite"
    file.write_bytes(b"PGDMP\x01\x0e and so on")
    assert kind_of(file) == "postgresql"
    file.write_bytes(b"PG")
    with pytest.raises(NoBackup):
        kind_of(file)
    with pytest.raises(NoBackup):
        kind_of(tmp_path / "not there")


def test_a_backup_of_the_other_database_says_where_it_fits(tmp_path):
    file = tmp_path / "kept"
    file.write_bytes(b"PGDMP\x01")
    engine = create_engine(f"sqlite:///{tmp_path / 'empty.sqlite'}")

    with pytest.raises(OtherDatabase) as refused:
        restore_from(engine, file, tmp_path, {}, datetime.now(UTC))

    assert "Restore it into an empty PostgreSQL database" in str(refused.value)


def test_a_database_with_rows_of_anybody_is_not_empty(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'somebody.sqlite'}")
    with engine.begin() as connection:
        connection.execute(text('CREATE TABLE "strange name" (id INTEGER)'))
    require_empty(engine)
    with engine.begin() as connection:
        connection.execute(text('INSERT INTO "strange name" VALUES (1)'))

    with pytest.raises(NotEmpty):
        require_empty(engine)
    engine.dispose()


def test_the_schema_of_a_dump_is_read_from_its_script():
    # What `pg_restore --data-only --table=alembic_version --file=-` writes (PostgreSQL 18).
    script = "SET x = 1;\nCOPY public.alembic_version (version_num) FROM stdin;\n0003\n\\.\n"

    assert VERSION.search(script)[1] == "0003"


def test_what_belongs_to_the_administrator_of_a_server_is_not_restored():
    # What `pg_restore --list` writes (PostgreSQL 18).
    theirs = (
        "2; 3079 20037 EXTENSION - pg_trgm \n"
        "4709; 0 0 COMMENT - EXTENSION pg_trgm \n"
        "3509; 1259 20118 INDEX public fts_customer shop\n"
    )
    ours = "; Selected TOC Entries:\n3544; 1259 19769 INDEX public fts_searched_comment shop\n"

    assert own_part(theirs + ours) == ours
