"""The inbox of a large shop: 100,000 open tasks and 1,000,000 closed ones, its pages and a deed."""

import re
import statistics
import time
from datetime import datetime, timedelta

from flask.testing import FlaskClient
from sqlalchemy import text

from bench.figures import Figure, Place
from bench.serving import Served
from feedback.follow_up.inbox.asking import VIEWS
from feedback.follow_up.models import Task
from surveys.clock import real_now
from surveys.database import db
from surveys.invitations.founding import found_shop
from surveys.staff.signing_in import start_session
from tests.factories import Make

OPEN, CLOSED, TIMES = 100_000, 1_000_000, 7
SERIES = "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < :count) "
CUSTOMERS = """
    INSERT INTO customer (public_id, brand_id, email, name, locale, country, made_by_demo, created_at)
    SELECT 'c' || n, 1, 'pat' || n || '@example.test', 'Pat ' || n, 'de', 'DE', {no}, :now FROM {s}
"""
ORDERS = """
    INSERT INTO purchase (id, public_id, brand_id, customer_id, reference, placed_at, attributes, created_at, changed_at,
        considered_at)
    SELECT n, 'p' || n, 1, 1 + n % :people, 'A-' || n, :now, '{{}}', :now, :now, :now FROM {s}
"""
ANSWERS = """
    INSERT INTO response (id, public_id, brand_id, survey_id, version_id, customer_id, purchase_id, channel, locale,
        is_partial, score, "group", comment, saved_at, submitted_at, analysed_at, answers, follow_up_stage,
        contact_permission)
    SELECT n, 'r' || n, 1, survey_id, id, 1 + n % :people, n, 'email', 'de', {no}, n % 7, 'detractor',
        CASE WHEN n % 4 = 0 THEN NULL ELSE 'Number ' || n || ' came late and nobody answers the telephone.' END,
        {at}, {at}, :now, '{{}}', 2, {yes}
    FROM {s}, (SELECT survey_id, id FROM survey_version ORDER BY id LIMIT 1) v
"""
# The first ones are open; their ages go back two weeks, those of the closed ones two years. Every sixth is nobody's.
TASKS = """
    INSERT INTO task (id, public_id, response_id, customer_id, brand_id, is_silent, state, priority, rule, rule_version,
        points, aged, is_broken, standing, calm, queue_at, permission_unanswered, assignee_id, due_at, clocks_since,
        contact_told, update_paused, update_told, resolution_paused, resolution_told, contact_due_at, escalation_level,
        reopened, resolution, cause, outcome, opened_at, changed_at, touched_at, resolved_at, closed_at, version)
    SELECT n, 't' || n, n, 1 + n % :people, 1, CASE WHEN n % 4 = 0 THEN {yes} ELSE {no} END,
        CASE WHEN n > :open THEN 'closed' WHEN n % 3 = 0 THEN 'in_progress' ELSE 'new' END,
        CASE WHEN n % 100 = 0 THEN 'P0' ELSE 'P' || (1 + n % 3) END,
        'low_score', 1, n % 100, 0, {no},
        CASE WHEN n <= :open THEN CASE WHEN n % 100 = 0 THEN -1 ELSE 1 + n % 3 END END, 10000 - 100 * (n % 100),
        CASE WHEN n <= :open THEN {due} END, {no}, CASE WHEN n % 6 = 0 THEN NULL ELSE 1 + n % 20 END,
        CASE WHEN n <= :open THEN {due} END, {at}, 0, {zero}, 0, {zero}, 0, {due}, 0,
        CASE WHEN n % 50 = 0 THEN 1 ELSE 0 END,
        CASE WHEN n > :open THEN 'apology' END, CASE WHEN n > :open THEN 'carrier' END,
        CASE WHEN n > :open THEN 'recovered' END, {at}, {at}, {at}, CASE WHEN n > :open THEN {at} END,
        CASE WHEN n > :open THEN {at} END, 1
    FROM {s}
"""


def said(postgres: bool) -> dict[str, str]:
    """Return how each database says what differs."""
    minutes = "CASE WHEN n <= :open THEN n / 5 ELSE (n - :open) * 21 / 20 END"
    if postgres:
        at = f"CAST(:now AS timestamptz) - ({minutes}) * interval '1 minute'"
        due = "CAST(:now AS timestamptz) + (n % 9000 - 900) * interval '1 minute'"
        return {
            "no": "false",
            "yes": "true",
            "at": at,
            "due": due,
            "zero": "interval '0'",
            "s": "generate_series(1, :count) n",
        }
    form = "strftime('%Y-%m-%d %H:%M:%f', :now, {} || ' minutes') || '000'"
    at, due = form.format(f"'-' || ({minutes})"), form.format("(n % 9000 - 900)")
    return {"no": "0", "yes": "1", "at": at, "due": due, "zero": "'1970-01-01 00:00:00.000000'", "s": "s"}


def fill(now: datetime, *, postgres: bool) -> None:
    """Put the tasks of two years into a new house, worked on by twenty people."""
    found_shop(now)
    make = Make(now)
    for number in range(20):
        make.staff(f"Agent {number}")
    db.session.commit()
    if postgres:
        db.session.execute(text("SET LOCAL statement_timeout = 0"))
    values = {"now": now if postgres else now.strftime("%Y-%m-%d %H:%M:%S"), "open": OPEN, "people": 200_000}
    tasks = OPEN + CLOSED
    for statement, count in ((CUSTOMERS, 200_000), (ORDERS, tasks), (ANSWERS, tasks), (TASKS, tasks)):
        wanted = {
            name: value for name, value in values.items() if f":{name}" in statement.format(**said(postgres))
        }
        begin = "" if postgres else SERIES
        insert = statement.format(**said(postgres))
        if begin:
            head, rest = insert.split("SELECT", 1)
            insert = f"{head}{begin}SELECT{rest}"
        db.session.execute(text(insert), {**wanted, "count": count})
    db.session.commit()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if postgres:
            connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text("VACUUM ANALYZE" if postgres else "ANALYZE"))


def milliseconds(browser: FlaskClient, address: str) -> float:
    """Return the median of some requests for a page, after one that warms up."""
    took = []
    for _time in range(TIMES + 1):
        began = time.perf_counter()
        answer = browser.get(address)
        took.append((time.perf_counter() - began) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{address} answered {answer.status_code}")
    return statistics.median(took[1:])


def deed(browser: FlaskClient) -> float:
    """Return the median time of taking a task."""
    took = []
    for number in range(2, 2 + 3 * TIMES, 3):
        page = browser.get(f"/tasks/t{number}?view=open").get_data(as_text=True)
        found = re.search(r'name="version" value="(\d+)"', page)
        began = time.perf_counter()
        answer = browser.post(
            f"/tasks/t{number}/take?view=open", data={"version": found[1] if found else "0"}
        )
        took.append((time.perf_counter() - began) * 1000)
        if answer.status_code != 303:
            raise SystemExit(f"taking a task answered {answer.status_code}")
    return statistics.median(took)


def measure(at: Place) -> list[Figure]:
    """Open every view, a page far down, a task in its queue, and take some tasks."""
    house, postgres = Served(at.folder, at.url), at.server is not None
    app = house.app
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        now = real_now() - timedelta(minutes=1)
        fill(now, postgres=postgres)
        staff = db.session.scalar(db.select(Task).where(Task.id == 1)).assignee
        secret = start_session(staff, real_now())
        db.session.commit()
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["staff"] = secret
    figures = []
    for view in VIEWS:
        took = milliseconds(browser, f"/inbox?view={view}")
        figures.append(at.figure(f"inbox, view {view}", took, "ms", "≤ 100", took <= 100))
    for name, address in (
        ("inbox found by name", "/inbox?view=open&q=pat+77"),
        ("inbox found by a part of the number of an order", "/inbox?view=open&q=-7700"),
        ("inbox, one priority", "/inbox?view=open&priority=P2"),
        ("a task with its queue beside it", "/tasks/t4?view=open"),
        ("the queue asking for news", "/inbox/rows?view=open"),
    ):
        took = milliseconds(browser, address)
        figures.append(at.figure(name, took, "ms", "≤ 100", took <= 100))
    took = deed(browser)
    figures.append(at.figure("taking a task", took, "ms", "≤ 50", took <= 50))
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    return figures
