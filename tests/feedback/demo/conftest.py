"""A small demo for tests: filled anew for each that changes it, once for those that only look at it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from feedback.demo.filling import fill
from surveys.database import begin_writing, db
from tests.conftest import delete_rows
from tests.doubles import WordReader

NOW = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)
WORDS = {"terrible": -0.9, "useless": -0.6, "great": 0.8, "nice": 0.5, "late": -0.3}
WORDS |= dict.fromkeys(
    ("never", "nobody", "small", "broken", "wrong", "nie", "klein", "kaputt", "falsch"), -0.4
)


def by_words(text: str) -> tuple[float, float]:
    """Return polarity and subjectivity by a handful of words; the real reader is tested elsewhere."""
    found = [value for word, value in WORDS.items() if word in text.lower()]
    return (min(found, key=lambda value: -abs(value)), 0.7) if found else (0.0, 0.0)


READER = WordReader("a handful of words", by_words)


def keep(share: float) -> None:
    """Commit a batch, as the command does."""
    db.session.commit()
    begin_writing()


@pytest.fixture
def filled(app):
    """Return a function that fills the demo: filled(customers, seed)."""

    def fill_it(customers: int = 120, seed: int = 7, now: datetime = NOW) -> datetime:
        begin_writing()
        fill(customers, seed, now, READER, keep)
        db.session.commit()
        return now

    return fill_it


@pytest.fixture(scope="module")
def year(application: Flask) -> Iterator[datetime]:
    """A demo of 60 customers that the tests of a file share; its present time."""
    with application.app_context():
        begin_writing()
        fill(60, 7, NOW, READER, keep)
        db.session.commit()
        db.session.remove()
    yield NOW
    with application.app_context():
        delete_rows()


@pytest.fixture
def looked_at(year: datetime, application: Flask) -> Iterator[datetime]:
    """The shared demo, of which nothing is changed: its present time."""
    with application.app_context():
        yield year
        db.session.rollback()
        db.session.remove()
