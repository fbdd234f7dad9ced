"""Fixtures of the stories."""

import os
from pathlib import Path

import pytest

from tests.conftest import new_postgres
from tests.journeys.living import LivingHouse


@pytest.fixture
def own_database(tmp_path: Path, worker_id: str) -> str:
    """An empty database of this story, on the server under test."""
    server = os.environ.get("TEST_DATABASE_URL")
    return new_postgres(server, f"story_{worker_id}") if server else f"sqlite:///{tmp_path / 'story.sqlite'}"


@pytest.fixture
def house(tmp_path: Path, own_database: str):
    """A living house without demo data."""
    with LivingHouse(tmp_path, own_database).make_tables() as living:
        yield living
