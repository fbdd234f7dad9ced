import re
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import event, text

from feedback.analysis.queries import FRESH, unread, unread_count
from surveys.database import db
from surveys.responses.models import IMPORT, Response


@contextmanager
def plans():
    """Note how the database goes about each SELECT on responses, as it would on a large table."""
    found = []
    on_postgres = db.engine.dialect.name == "postgresql"
    if on_postgres:
        db.session.execute(text("SET LOCAL enable_seqscan = off"))

    def note(connection, cursor, statement, parameters, context, many):
        if statement.startswith("SELECT response"):
            word = "EXPLAIN" if on_postgres else "EXPLAIN QUERY PLAN"
            other = connection.connection.cursor()
            other.execute(f"{word} {statement}", parameters)
            found.append("\n".join(str(row[-1]) for row in other.fetchall()))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def test_the_unread_come_oldest_first_without_fresh_partials(make, now):
    first, second = make.response(), make.response()
    make.response(analysed_at=now)
    partial = make.response(is_partial=True, submitted_at=None, saved_at=now)

    assert unread("job", now, 10) == [first.id, second.id]
    later = now + timedelta(minutes=30)
    assert unread("job", later, 10) == [first.id, second.id, partial.id]
    assert unread("job", now, 1) == [first.id]
    assert unread_count("job", later) == 3


def test_what_was_imported_comes_behind_the_fresh_the_newest_first_and_a_quarter_at_once(make, now):
    imported = [make.response(channel="import") for _ in range(4)]
    fresh = [make.response(channel=channel) for channel in ("link", "email")]
    ids = [response.id for response in reversed(imported)]

    assert unread("job", now, 100) == [*(response.id for response in fresh), *ids]
    assert unread("job", now, 8) == [*(response.id for response in fresh), *ids[:2]]
    assert unread("job", now, 1) == [fresh[0].id]
    assert unread_count("job", now) == 6


def test_every_way_in_but_the_file_is_fresh():
    said = str(
        next(c for c in Response.__table__.constraints if c.name == "ck_response_channel_known").sqltext
    )

    assert set(re.findall(r"'(\w+)'", said)) == {*FRESH, IMPORT}


def test_the_look_for_the_unread_needs_no_look_at_those_that_were_read(make, now):
    with make.at_one_go():
        for _ in range(200):
            make.response(analysed_at=now, channel="import")
    with plans() as found:
        unread("job", now, 10)

    assert len(found) == 2
    assert all("ix_response_unread" in plan for plan in found), found
