"""Search over a million comments: the page of responses and the API, by how often the words occur and with filters."""

import statistics
import time
from datetime import timedelta

from sqlalchemy import delete

from bench.figures import Figure, Place
from bench.million import RARE, fill
from bench.serving import Served, at_work, cpu_of
from feedback.analysis.search.indexing import index_older
from feedback.analysis.search.models import SearchedComment, SearchProgress
from surveys.clock import real_now
from surveys.database import db
from surveys.staff.signing_in import start_session
from tests.factories import Make

TIMES = 7
QUESTIONS = (
    ("a word in nearly every comment", "q=und&since={two_years}"),
    ("a common word", "q=lieferung"),
    ("a common word, two years", "q=lieferung&since={two_years}"),
    ("two common words, two years", "q=lieferung+schnell&since={two_years}"),
    ("a phrase of common words, two years", 'q="nicht+mehr"&since={two_years}'),
    ("a word of some hundred comments, two years", f"q={RARE}&since={{two_years}}"),
    ("the beginning of compounds, two years", "q=liefer&since={two_years}"),
    ("a word in no comment, two years", "q=Quastenflosser&since={two_years}"),
    ("a common word of unhappy customers, two years", "q=lieferung&mood=unhappy&since={two_years}"),
    ("a rare word of unhappy customers, two years", f"q={RARE}&mood=unhappy&since={{two_years}}"),
    (
        "a common word, one country and carrier, two years",
        "q=lieferung&country=AT&carrier=Postbus&since={two_years}",
    ),
    ("a common word in one week a year ago", "q=lieferung&since={year_ago}&until={week_later}"),
)


def measure(at: Place) -> list[Figure]:
    """Look for words on the page, count included; then put old comments into the index again."""
    house, postgres = Served(at.folder, at.url), at.server is not None
    app, now = house.app, real_now() - timedelta(minutes=1)
    with app.app_context():
        fill(now, postgres=postgres)
        secret = start_session(Make(now).staff("Olga", "owner"), real_now())
        db.session.commit()
    browser = app.test_client()
    with browser.session_transaction() as session:
        session["staff"] = secret
    days = {
        "two_years": (now - timedelta(days=725)).date(),
        "year_ago": (now - timedelta(days=365)).date(),
        "week_later": (now - timedelta(days=358)).date(),
    }
    figures = []
    for name, question in QUESTIONS:
        took, used = [], []
        for _time in range(TIMES + 1):
            began, worked = time.perf_counter(), cpu_of(at_work(at))
            answer = browser.get("/responses?" + question.format(**days))
            took.append((time.perf_counter() - began) * 1000)
            used.append((cpu_of(at_work(at)) - worked) * 1000)
            if answer.status_code != 200:
                raise SystemExit(f"{question} answered {answer.status_code}")
        median, work = statistics.median(took[1:]), statistics.mean(used[1:])
        figures.append(at.figure(f"search: {name}", median, "ms", "≤ 300", median <= 300))
        figures.append(
            at.figure("  processor time of it, application and database", work, "ms", "≤ 300", work <= 300)
        )
    figures.append(indexing(at, app, now))
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    return figures


def indexing(at: Place, app, now) -> Figure:  # type: ignore[no-untyped-def]
    """Let the tick put the newest comments in again."""
    with app.app_context():
        db.session.execute(delete(SearchedComment).where(SearchedComment.id > 990_000))
        db.session.get(SearchProgress, 1).next_id = 1_000_000
        db.session.commit()
        began = time.perf_counter()
        for _ in range(10):
            index_older(now, 500)
            db.session.commit()
        rate = 5_000 / (time.perf_counter() - began)
    return at.figure("search: old comments indexed by the loop", rate, "/s", "≥ 500", rate >= 500)
