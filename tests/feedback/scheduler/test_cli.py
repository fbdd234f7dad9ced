import pytest

from feedback.scheduler import cli
from feedback.scheduler.leading import take_lease
from feedback.scheduler.models import TickRun
from feedback.scheduler.ticks import TICKS
from surveys.brand.queries import all_brands
from surveys.clock import real_now
from surveys.database import db
from tests.conftest import let_go, settings_for
from wsgi import create_app

pytestmark = pytest.mark.once


class AtOnce:
    """A supervisor of no children, which ends as soon as it is ready."""

    def __init__(self, _children, _answers, tell):
        self.run = lambda: tell() or 0


@pytest.fixture
def flask(app):
    """Return a function that runs a command in the test's own context."""
    return lambda *words: app.test_cli_runner().invoke(args=list(words))


@pytest.mark.thorough
def test_once_runs_every_tick_until_nothing_is_left_and_says_how_much_each_did(make_today, flask):
    make_today.staff("Ben")
    # More than a tick does at one go: whoever calls this from cron has no second turn for the rest.
    for _ in range(21):
        make_today.response(score=1, comment="It was an awful, terrible wait.")

    done = flask("loop", "once")

    assert done.exit_code == 0, done.output
    said = dict(line.split("\t") for line in done.output.splitlines() if "\t" in line)
    assert set(said) == {tick.name for tick in TICKS}
    assert (said["analyse-responses"], said["open-tasks"]) == ("21", "21")


def test_a_database_that_was_only_migrated_gets_its_first_shop(app, flask):
    assert flask("loop", "once").exit_code == 0

    (shop,) = all_brands()
    assert (shop.key, shop.default_basis) == ("shop", "none")


def test_status_says_that_nothing_runs(flask):
    done = flask("loop", "status")

    assert done.exit_code == 1
    assert "The loop is not running." in done.output
    assert "plan-invitations     never ran" in done.output


def test_status_names_the_leader_and_the_last_error(app, flask):
    now = real_now()
    take_lease("here:1", now)
    db.session.add(
        TickRun(name="open-tasks", started_at=now, finished_at=now, failed_at=now, error="a\nValueError: b")
    )
    db.session.commit()

    done = flask("loop", "status")

    assert done.exit_code == 1
    assert "The loop is run by here:1." in done.output
    assert "FAILING" in done.output and "ValueError: b" in done.output


def test_status_is_content_when_all_is_well(app, flask):
    take_lease("here:1", real_now())
    db.session.commit()

    assert flask("loop", "status").exit_code == 0


def test_the_first_start_sees_the_tables_that_it_has_just_made(tmp_path, monkeypatch):
    app = create_app(settings_for(f"sqlite:///{tmp_path / 'first.sqlite'}", tmp_path))
    filled = []
    monkeypatch.setattr(cli, "check_port", lambda _host, _port: None)
    monkeypatch.setattr(cli, "fill_and_tell", lambda *_how: filled.append(True))
    monkeypatch.setattr(cli, "Supervisor", AtOnce)
    done = app.test_cli_runner().invoke(args=["up"])
    let_go(app)
    assert (done.exit_code, filled) == (0, [True]), done.output
    assert "Nachklang is ready" in done.output
