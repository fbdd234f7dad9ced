"""A big import waits to be planned, and the loop is killed in the middle: each purchase is considered once.

The benchmark plans a million; this is a fiftieth of it.
"""

import os
from pathlib import Path

import pytest

from bench import planning
from bench.serving import Served
from surveys.database import db

pytestmark = [pytest.mark.processes, pytest.mark.crash]


@pytest.mark.skipif(not os.environ.get("TEST_DATABASE_URL"), reason="a shop of that size lives on PostgreSQL")
def test_a_killed_loop_goes_on_with_a_backlog_where_it_stood(tmp_path: Path, own_database: str):
    house = Served(tmp_path, own_database, by_history=False)
    with house.app.app_context():
        _, peak, once = planning.plan(house, planning.PURCHASES // 50)
        db.session.remove()
        db.engine.dispose()

    assert once == planning.PURCHASES // 50
    assert peak <= planning.MOST_MEMORY
