import stat
from pathlib import Path

import pytest

from surveys.database import db
from surveys.upkeep.queries import installation


@pytest.mark.thorough
@pytest.mark.processes
def test_a_backup_under_load_is_of_one_moment_and_restores_elsewhere_with_the_mail_held(house_in, tmp_path):
    busy, fresh, file = house_in("busy").migrate(), house_in("fresh"), tmp_path / "night.backup"
    writer = busy.written(tmp_path / "busy")
    try:
        before = busy.count("customer")
        done = busy.run("backup", file)
        after = busy.count("customer")
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.wait()
    assert done.exit_code == 0, done.output
    assert stat.S_IMODE(file.stat().st_mode) == 0o600

    restored = fresh.run("restore", file)

    assert restored.exit_code == 0, restored.output
    assert before <= fresh.count("customer") <= after
    assert fresh.count("purchase") == fresh.count("customer")  # both are written in one transaction
    assert fresh.count("brand") == busy.count("brand")
    state = fresh.run("mail", "status")
    assert (state.exit_code, "restored from a backup" in state.output) == (1, True)

    assert fresh.run("mail", "release").exit_code == 0
    assert fresh.run("mail", "status").exit_code == 0
    assert busy.run("mail", "status").exit_code == 0


def test_mail_is_held_before_the_upgrade_also_when_that_fails(house_in, tmp_path, monkeypatch):
    first, second, file = house_in("first").migrate(), house_in("second"), tmp_path / "kept"
    assert first.run("backup", file).exit_code == 0
    found = []

    def fails():
        found.append(installation())
        raise RuntimeError("half way")

    monkeypatch.setattr("flask_migrate.upgrade", fails)
    assert second.run("restore", file).exit_code == 1

    assert found[0].held_because == "restored" and found[0].held_at is not None
    state = second.run("mail", "status")
    assert (state.exit_code, "restored from a backup" in state.output) == (1, True)


def test_a_backup_is_never_written_over(house_in, tmp_path):
    house, file = house_in("first").migrate(), tmp_path / "night.backup"
    file.write_bytes(b"what was kept")

    done = house.run("backup", file)

    assert done.exit_code == 1
    assert "exists already" in done.output
    assert file.read_bytes() == b"what was kept"


def test_what_is_not_empty_is_never_restored_into(house_in, tmp_path):
    first, second, file = house_in("first").migrate(), house_in("second").migrate(), tmp_path / "kept"
    assert first.run("backup", file).exit_code == 0
    second.run("mail", "hold")

    done = second.run("restore", file)

    assert done.exit_code == 1
    assert "not empty: there are rows in installation" in done.output


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a zip file", b"SQLite format 3\x00" + b"\x07" * 900])
def test_a_file_that_is_no_backup_is_refused_and_changes_nothing(house_in, tmp_path, content):
    house, file = house_in("first").migrate(), tmp_path / "other"
    file.write_bytes(content)

    done = house.run("restore", file)

    assert done.exit_code == 1
    assert str(file) in done.output
    assert "Traceback" not in done.output


def test_a_backup_of_a_newer_version_is_refused(house_in, tmp_path):
    first, second, file = house_in("first").migrate(), house_in("second"), tmp_path / "kept"
    with first.app.app_context():
        db.session.execute(db.text("UPDATE alembic_version SET version_num = '9999'"))
        db.session.commit()
    first.run("backup", file)

    done = second.run("restore", file)

    assert done.exit_code == 1
    assert "made by another version" in done.output


def test_mail_is_held_and_released_by_hand(house_in):
    house = house_in("first").migrate()

    assert "Mail to customers is held" in house.run("mail", "hold").output
    assert house.run("mail", "status").exit_code == 1
    assert "not held" in house.run("mail", "release").output
    with house.app.app_context():
        assert installation().released_at is not None


def test_the_doctor_names_what_fails_and_what_to_do(house_in):
    house = house_in("first", BASE_URL="http://feedback.shop.test", MAIL_URL="smtp://127.0.0.1:1").migrate()

    report = house.run("doctor")
    lines = report.output.splitlines()

    assert report.exit_code == 1
    assert any(line.startswith("FAIL  settings") for line in lines)
    assert any(line.startswith("FAIL  mail") and "127.0.0.1:1" in line for line in lines)
    assert any(line.startswith("FAIL  loop") for line in lines)
    assert any(line.startswith("ok    schema") for line in lines)
    assert any(line.startswith("ok    database") for line in lines)
    for place, line in enumerate(lines):
        if line.startswith("FAIL"):
            assert "→" in lines[place + 1], f"{line} does not say what to do"


def test_the_doctor_speaks_of_a_database_without_a_schema(house_in):
    report = house_in("bare").run("doctor")

    assert report.exit_code == 1
    assert "Run: flask db upgrade" in report.output
    assert "Traceback" not in report.output


def test_a_key_that_others_can_read_is_found(house_in, tmp_path):
    house = house_in("first").migrate()
    key = Path(tmp_path / "first" / "secret_key")
    key.write_text("k" * 40)
    key.chmod(0o644)

    assert f"chmod 600 {key}" in house.run("doctor").output
