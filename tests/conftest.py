"""The house under test: one application and one schema for the run, rows deleted after each test."""

import contextvars
import gc
import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as properties
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from config import Settings
from surveys import clock
from surveys.api.granting import issue
from surveys.channels.registry import Channels
from surveys.clock import real_now
from surveys.database import LONE_READS, db
from surveys.staff.models import StaffMember
from surveys.staff.signing_in import start_session
from tests.crashes import race  # noqa: F401  (a fixture)
from tests.doubles import KeptMail
from tests.factories import NOON, Make
from wsgi import create_app

SECRET = "a test's own key: 7f3k9q2m5x8w1z4v6b0n"


# No deadline, because a busy machine says nothing about the code. `make quick` tries fewer examples, and so does
# the run on the second database: what holds for twenty-five stories on the first differs there in its SQL only. `deep` is
# for a night: `python -m pytest --hypothesis-profile=deep`.
properties.register_profile("whole", deadline=None, max_examples=25)
properties.register_profile("again", deadline=None, max_examples=10)
properties.register_profile("quick", deadline=None, max_examples=20)
properties.register_profile("deep", deadline=None, max_examples=1000)
properties.load_profile("whole")

ON_A_DATABASE = {"app", "application", "own_database", "history"}  # fixtures that bring a database
# Rooms whose stories `make quick` tells on SQLite.
HEART = ("customers", "permission", "invitations", "responses")


LONGEST_FIRST = {
    name: place
    for place, name in enumerate(
        (
            "test_every_page_is_accessible.py",
            "test_a_backlog_is_planned.py",
            "test_a_detractor_is_won_back.py",
            "test_no_mail_is_doubled.py",
            "test_building_a_survey.py",
            "test_correcting_by_key.py",
            "test_the_respondents_page.py",
            "test_the_loop_in_a_browser.py",
            "test_no_answer_is_lost.py",
            "test_beat.py",
            "test_the_readme_is_true.py",
            "test_filling.py",
        )
    )
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the second run leave out what cannot depend on the database, and `make quick` most of what needs one."""
    parser.addoption("--on-a-database", action="store_true", help="only tests that touch a database")
    parser.addoption(
        "--quick", action="store_true", help="only tests without a database, and those of the HEART"
    )


def pytest_sessionstart() -> None:
    """Look for no garbage while tests are collected: modules and tests stay (see `pytest_collection_finish`)."""
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the longest files first, so that no worker ends with them; keep what an option asks for."""
    items.sort(key=lambda item: LONGEST_FIRST.get(item.path.name, len(LONGEST_FIRST)))
    for option, is_wanted in (("--on-a-database", touches_the_database), ("--quick", is_quick)):
        if config.getoption(option):
            wanted = {item for item in items if is_wanted(item)}
            config.hook.pytest_deselected(items=[item for item in items if item not in wanted])
            items[:] = [item for item in items if item in wanted]


def touches_the_database(item: pytest.Item) -> bool:
    """Whether another database could make a difference to this test that no other test would show."""
    return not item.get_closest_marker("once") and uses_a_database(item)


def uses_a_database(item: pytest.Item) -> bool:
    """Whether this test keeps rows."""
    return bool(ON_A_DATABASE & set(getattr(item, "fixturenames", ())))


def is_quick(item: pytest.Item) -> bool:
    """Whether `make quick` runs this test: what is known without a database, and asking and keeping on SQLite."""
    if any(item.get_closest_marker(name) for name in ("browser", "processes", "thorough")):
        return False
    package, room = (*item.path.relative_to(item.config.rootpath / "tests").parts, "")[:2]
    return not uses_a_database(item) or (package == "surveys" and room in HEART)


def pytest_collection_finish() -> None:
    """Keep the collector of garbage from looking through modules and tests, which stay, again and again."""
    gc.freeze()
    gc.enable()


class FromNoon(datetime):
    """Real time moved so that a run begins at noon: no story inside this process happens across midnight.

    Houses that live in processes of their own keep the machine's time.
    """

    BEHIND = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0) - datetime.now(UTC)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        """Return the moved time."""
        return datetime.now(tz) + cls.BEHIND


def settings_for(database_url: str, folder: Path, **changes: object) -> Settings:
    """Return settings for a test's own application."""
    environ = {
        "SECRET_KEY": SECRET,
        "DATABASE_URL": database_url,
        "INSTANCE_PATH": str(folder),
        "MAIL_FROM": "survey@shop.test",
        **{name: str(value) for name, value in changes.items()},
    }
    return Settings.from_environ(environ)


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    """A folder of this run, in memory where the machine has such a place."""
    shm = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=shm if shm.is_dir() else None) as name:
        yield Path(name)


@pytest.fixture(scope="session")
def database_url(folder: Path, worker_id: str) -> str:
    """An empty database of this worker: SQLite, or on the server of TEST_DATABASE_URL."""
    server = os.environ.get("TEST_DATABASE_URL")
    return new_postgres(server, f"nachklang_{worker_id}") if server else f"sqlite:///{folder / 'test.sqlite'}"


def new_postgres(server: str, name: str, template: str | None = None) -> str:
    """Make a database `name` on `server`, empty or a copy of `template`, and return its address."""
    url = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        like = f' TEMPLATE "{template}"' if template else ""
        connection.execute(text(f'CREATE DATABASE "{name}"{like}'))
    engine.dispose()
    return url.set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """Name the parallel worker; `alone` without any."""
    workerinput = getattr(request.config, "workerinput", None)
    return workerinput["workerid"] if workerinput else "alone"


@pytest.fixture(scope="session")
def application(database_url: str, folder: Path, pytestconfig: pytest.Config) -> Iterator[Flask]:
    """The one application of this run, with its schema."""
    app = create_app(settings_for(database_url, folder))
    # Each worker would translate each template; the first leaves it for all, by the sum of its source.
    translated = pytestconfig.rootpath / ".pytest_cache" / "templates"
    translated.mkdir(parents=True, exist_ok=True)
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(translated))
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        db.create_all()
        lay_emptying()
    yield app
    let_go(app)


def let_go(app: Flask) -> None:
    """Close what `app` keeps open to its database, outside its contexts, which give their connections back first."""
    with app.app_context():
        db.engine.dispose()
        app.extensions[LONE_READS].dispose()


@pytest.fixture
def app(application: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The application with a context of its own, since noon; every row is deleted afterwards."""
    monkeypatch.setattr(clock, "datetime", FromNoon)
    with application.app_context():
        yield application
        db.session.rollback()
        db.session.remove()
        delete_rows()


@cache
def tables_with_rows() -> str:
    """Return the one statement that names the tables with rows, those first that refer to others."""
    names = [table.name for table in reversed(db.metadata.sorted_tables)]
    parts = [
        f"SELECT {place} AS place, '{name}' AS name WHERE EXISTS (SELECT 1 FROM \"{name}\")"
        for place, name in enumerate(names)
    ]
    return " UNION ALL ".join(parts) + " ORDER BY place"


def lay_emptying() -> None:
    """Keep in PostgreSQL how tables are emptied: to plan that look takes it several times as long as to look."""
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(
                "CREATE FUNCTION empty_tables() RETURNS void LANGUAGE plpgsql AS $$ DECLARE kept record;"
                f" BEGIN FOR kept IN {tables_with_rows()} LOOP"
                " EXECUTE 'DELETE FROM ' || quote_ident(kept.name); END LOOP; END $$"
            )


def delete_rows() -> None:
    """Empty every table; most tests touch few."""
    with db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT empty_tables()")
            return
        for _, name in connection.exec_driver_sql(tables_with_rows()).all():
            connection.exec_driver_sql(f'DELETE FROM "{name}"')


class FreshClient(FlaskClient):
    """A client whose requests see the house as strangers do: without the test's context."""

    def open(self, *args, **kwargs):  # type: ignore[no-untyped-def]
        """Send a request in a context of its own; the test's session forgets what it knew."""
        db.session.rollback()
        # A streamed answer needs its request's context, so it is read to the end inside.
        kwargs.setdefault("buffered", True)
        try:
            return contextvars.Context().run(super().open, *args, **kwargs)
        finally:
            db.session.rollback()
            db.session.expire_all()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A stranger's browser."""
    app.test_client_class = FreshClient
    return app.test_client()


@pytest.fixture
def signed_in(app: Flask):
    """Return a browser in which `staff` is signed in: signed_in(make.staff(role="agent"))."""
    app.test_client_class = FreshClient

    def sign_in(staff: StaffMember) -> FlaskClient:
        browser = app.test_client()
        secret = start_session(staff, real_now())
        db.session.commit()
        with browser.session_transaction() as session:
            session["staff"] = secret
        return browser

    return sign_in


@pytest.fixture
def machine(app: Flask) -> FlaskClient:
    """A machine's client with a living API key in its header."""
    app.test_client_class = FreshClient
    _, secret = issue("tests", real_now())
    db.session.commit()
    browser = app.test_client()
    browser.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
    return browser


@pytest.fixture
def kept() -> KeptMail:
    """A channel that keeps what it is given."""
    return KeptMail()


@pytest.fixture
def channels(kept: KeptMail) -> Channels:
    """The ways out, all of them leading to `kept`."""
    return Channels(mail=kept, kept=kept)


@pytest.fixture
def now() -> datetime:
    """A Tuesday in March 2026, noon in Berlin."""
    return NOON


@pytest.fixture
def make(app: Flask) -> Make:
    """The maker of things, living at `now`."""
    return Make()


@pytest.fixture
def make_today(app: Flask) -> Make:
    """The maker of things, living at the real time, for stories through the web."""
    return Make(real_now())
