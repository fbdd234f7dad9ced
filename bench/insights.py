"""Insights of a large shop: a million answers and a million invitations of three years, looked at in many ways."""

import gc
import itertools
import time
from datetime import datetime, timedelta

from flask.testing import FlaskClient
from sqlalchemy import func, select, text, update

from bench.figures import Figure, Place
from bench.serving import Served, at_work, cpu_of
from feedback.insights.rollups import building, ticks
from feedback.insights.rollups.models import AnswerRollup, ThemeRollup
from surveys.clock import real_now
from surveys.code_book.themes import DETAILS, THEMES
from surveys.database import begin_writing, db
from surveys.invitations.founding import found_shop
from surveys.responses.models import Response
from surveys.staff.signing_in import start_session
from tests.factories import Make

ANSWERS, CUSTOMERS, DAYS = 1_000_000, 300_000, 1095
# Countries in the order of their size; each has its language and its carriers. Drawn by number, the same every time.
WHERE = """CASE WHEN {h} < 550 THEN 'DE' WHEN {h} < 700 THEN 'AT' WHEN {h} < 800 THEN 'CH' WHEN {h} < 860 THEN 'FR'
    WHEN {h} < 910 THEN 'NL' WHEN {h} < 950 THEN 'IT' WHEN {h} < 980 THEN 'ES' WHEN {h} < 990 THEN 'PL'
    WHEN {h} < 991 THEN 'MT' END"""
LANGUAGE = """CASE WHEN {h} < 800 THEN 'de' WHEN {h} < 860 THEN 'fr' WHEN {h} < 910 THEN 'nl' WHEN {h} < 950 THEN 'it'
    WHEN {h} < 980 THEN 'es' ELSE 'en' END"""
CARRIER = "CASE {h} % 4 WHEN 0 THEN 'Postbus' WHEN 1 THEN 'Flyer' WHEN 2 THEN 'Runner' END"
# Numbers that look drawn: of a place, of a survey, of a brand, of a score.
H, KIND, SHOP = "((n * 7919 + n / 1000 * 31) % 1000)", "(n / 3 % 10)", "((n / 7 + n / 1000) % 5)"
DRAWN = "(n * 104729 + n / 900 * 13)"
# Whoever got the parcel by one of the carriers in the two largest countries is unhappier.
POINTS = f"({DRAWN} % CASE WHEN {H} < 700 AND {H} % 4 = 1 THEN 9 ELSE 11 END)"
SCORE = f"CASE WHEN {KIND} < 6 THEN {POINTS} WHEN {KIND} < 9 THEN 1 + {DRAWN} % 5 ELSE 1 + {DRAWN} % 7 END"
GROUP = f"""CASE WHEN {KIND} < 6 THEN
        CASE WHEN {POINTS} < 7 THEN 'detractor' WHEN {POINTS} < 9 THEN 'passive' ELSE 'promoter' END
    WHEN {KIND} < 9 THEN
        CASE WHEN {DRAWN} % 5 < 2 THEN 'dissatisfied' WHEN {DRAWN} % 5 = 2 THEN 'neutral' ELSE 'satisfied' END
    ELSE CASE WHEN {DRAWN} % 7 < 3 THEN 'difficult' WHEN {DRAWN} % 7 = 3 THEN 'neutral' ELSE 'easy' END END"""
SURVEY = f"CASE WHEN {KIND} < 6 THEN 'nps' WHEN {KIND} < 9 THEN 'csat' ELSE 'ces' END"
BRAND = f"CASE WHEN {SHOP} = 0 THEN 2 ELSE 1 END"
COMMENTED = "n / 11 % 5 < 2"
CODES = [*DETAILS, *THEMES]
# Each comment mentions one to three things, the first codes far more often than the last.
NTH = "((n * 7907 + k * 389 + n / 700 * 17) % 1000)"
CODE = " ".join(f"WHEN {at} THEN '{code}'" for at, code in enumerate(CODES))
CODE = f"CASE {NTH} * {NTH} * {len(CODES)} / 1000000 {CODE} END"
STATEMENTS = (
    (
        f"""INSERT INTO customer (id, public_id, brand_id, email, name, locale, country, made_by_demo, created_at)
        SELECT n, 'c' || n, {BRAND}, 'pat' || n || '@example.test', 'Pat ' || n, 'de', {WHERE.format(h=H)}, {{no}}, :now
        FROM {{s}}""",
        CUSTOMERS,
    ),
    (
        f"""INSERT INTO purchase (id, public_id, brand_id, customer_id, reference, ship_country, carrier, placed_at,
            attributes, created_at, changed_at, considered_at)
        SELECT n, 'p' || n, {BRAND}, 1 + n % :people, 'A-' || n, {WHERE.format(h=H)}, {CARRIER.format(h=H)}, {{at}},
            '{{{{}}}}', {{at}}, {{at}}, {{at}} FROM {{s}}""",
        ANSWERS,
    ),
    (
        f"""INSERT INTO invitation (id, public_id, purpose, touchpoint_id, purchase_id, customer_id, version_id, locale,
            state, skip_window, planned_at, sent_at, expires_at, answered_at, attempts)
        SELECT n, 'i' || n, 'survey', t.id, n, 1 + n % :people, v.id, {LANGUAGE.format(h=H)},
            CASE WHEN n % 50 = 0 THEN 'failed' ELSE 'sent' END, {{no}}, {{at}}, {{at}}, {{at}}, NULL, 0
        FROM {{s}}, survey v0, survey_version v, touchpoint t
        WHERE v0.key = {SURVEY} AND v.survey_id = v0.id AND t.survey_id = v0.id AND t.brand_id = {BRAND}""",
        ANSWERS,
    ),
    (
        f"""INSERT INTO response (id, public_id, brand_id, survey_id, version_id, invitation_id, customer_id, purchase_id,
            channel, locale, is_partial, score, "group", comment, saved_at, submitted_at, analysed_at, answers,
            follow_up_stage, contact_permission, excluded_at, excluded_reason)
        SELECT n, 'r' || n, {BRAND}, v0.id, v.id, CASE WHEN n % 10 < 7 AND n % 50 > 0 THEN n END, 1 + n % :people, n,
            'email', {LANGUAGE.format(h=H)}, CASE WHEN n % 33 = 0 THEN {{yes}} ELSE {{no}} END, {SCORE}, {GROUP},
            CASE WHEN {COMMENTED} THEN 'Number ' || n || ' came late and nobody answers the telephone.' END,
            {{at}}, CASE WHEN n % 33 > 0 THEN {{at}} END, :now, '{{{{}}}}', 2,
            CASE n % 3 WHEN 0 THEN {{yes}} WHEN 1 THEN {{no}} END,
            CASE WHEN n % 200 = 7 THEN {{at}} END, CASE WHEN n % 200 = 7 THEN 'test' END
        FROM {{s}}, survey v0, survey_version v WHERE v0.key = {SURVEY} AND v.survey_id = v0.id""",
        ANSWERS,
    ),
    (
        f"""INSERT INTO analysis (id, response_id, language, label, polarity, subjectivity, marks, clauses, analyzer,
            analysed_at, phrase_book)
        SELECT n, n, 'en', 'negative', -0.5, 0.5, '[]', '[]', 'bench', :now, 'bench' FROM {{s}} WHERE {COMMENTED}""",
        ANSWERS,
    ),
    *(
        (
            f"""INSERT INTO mention (id, analysis_id, kind, code, start, "end", polarity, is_learnt)
            SELECT n * 3 + {k}, n, 'theme', {CODE.replace("k *", f"{k} *")}, {k}, 30,
                CASE n % 7 WHEN 0 THEN NULL WHEN 1 THEN 0 WHEN 2 THEN 0.8 WHEN 3 THEN 0.4 ELSE -0.6 END, {{no}}
            FROM {{s}} WHERE {COMMENTED} AND {DRAWN} % 10 < {10 - 4 * k}""",
            ANSWERS,
        )
        for k in range(3)
    ),
)
SERIES = "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < :count) "


def fill(now: datetime, *, postgres: bool) -> None:
    """Put three years of a shop with two brands into a new house."""
    found_shop(now)
    make = Make(now)
    other = make.brand("other")
    for brand, key in itertools.product((make.brand("shop"), other), ("nps", "csat", "ces")):
        make.touchpoint(brand=brand, survey=make.survey(key), name=f"About {key}")
    db.session.execute(text("DELETE FROM touchpoint WHERE name NOT LIKE 'About %'"))
    db.session.commit()
    seconds = f"(({ANSWERS} - n) * {DAYS * 86400 // 1000} / {ANSWERS // 1000})"
    words = {"no": "0", "yes": "1", "s": "s"}
    words["at"] = f"strftime('%Y-%m-%d %H:%M:%S', :now, '-' || {seconds} || ' seconds') || '.000000'"
    if postgres:
        words = {"no": "false", "yes": "true", "s": "generate_series(1, CAST(:count AS bigint)) n"}
        words["at"] = f"CAST(:now AS timestamptz) - {seconds} * interval '1 second'"
        db.session.execute(text("SET statement_timeout = 0"))
        db.session.execute(text("SET session_replication_role = replica"))  # no triggers, no keys to follow
    for statement, count in STATEMENTS:
        insert = statement.format(**words)
        if not postgres:
            head, rest = insert.split("SELECT", 1)
            insert = f"{head}{SERIES}SELECT{rest}"
        values = {"now": now if postgres else now.strftime("%Y-%m-%d %H:%M:%S.%f"), "count": count}
        values |= {"people": CUSTOMERS} if ":people" in insert else {}
        db.session.execute(text(insert), values)
        db.session.commit()
    if postgres:
        db.session.execute(text("SET session_replication_role = origin"))
    # As after an upgrade, where nothing was marked before.
    db.session.execute(text("DELETE FROM rollup_mark"))
    db.session.commit()
    analyse(postgres=postgres)


def analyse(*, postgres: bool) -> None:
    """Let the database know what it holds."""
    db.session.remove()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if postgres:
            connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text("VACUUM ANALYZE" if postgres else "ANALYZE"))


def looks(now: datetime) -> list[str]:
    """Return addresses of the first screen: long and short periods, surveys, brands."""
    periods = [
        f"since={(now - timedelta(days=days)).date()}&until={now.date()}" for days in (29, 89, 364, 1090)
    ]
    periods.append(f"since={(now - timedelta(days=777)).date()}&until={(now - timedelta(days=222)).date()}")
    what = ("", "&survey=nps", "&survey=csat", "&survey=ces", "&brand=shop", "&brand=other&survey=nps")
    return [f"/insights?{period}{more}" for period, more in itertools.product(periods, what)]


def parts(now: datetime) -> list[str]:
    """Return addresses of the first screen of parts, common and rare ones."""
    where = (
        "&country=DE",
        "&country=AT&carrier=Postbus",
        "&country=PL&survey=csat",
        "&language=fr&survey=nps",
        "&country=MT",
        "&carrier=-&brand=other",
    )
    return [f"{look}{more}" for look, more in zip(looks(now), itertools.cycle(where))]


def took(
    at: Place, browser: FlaskClient, addresses: list[str], times: int = 2
) -> tuple[list[float], list[float]]:
    """Return the milliseconds of all requests, and those that they took of the processors; both in order.

    The processors' are those of application and database. Each address is asked some times after one that warms up.
    """
    found, used = [], []
    for address in addresses:
        browser.get(address)
        working = at_work(at)
        for _ in range(times):
            began, worked = time.perf_counter(), cpu_of(working)
            answer = browser.get(address)
            found.append((time.perf_counter() - began) * 1000)
            used.append((cpu_of(working) - worked) * 1000)
            if answer.status_code != 200:
                raise SystemExit(f"{address} answered {answer.status_code}")
    return sorted(found), sorted(used)


def add_up(now: datetime) -> float:
    """Let the loop's tick add everything up; return the seconds."""
    began = time.perf_counter()
    while ticks.roll_up(now, 10):
        pass
    return time.perf_counter() - began


def mark_old_days() -> None:
    """Change one answer each of ten old days, which are read from the rows until they are added up anew."""
    begin_writing()
    ids = [ANSWERS - 20_000 * each for each in range(1, 11)]
    db.session.execute(update(Response).where(Response.id.in_(ids)).values(locale="xx"))
    db.session.commit()


def measure(at: Place) -> list[Figure]:
    """Fill the house, add everything up, and look at the first screen in many ways."""
    house, postgres = Served(at.folder, at.url), at.server is not None
    with house.app.app_context():
        now = real_now() - timedelta(minutes=1)
        began = time.perf_counter()
        fill(now, postgres=postgres)
        print(f"  {at.database}: filled in {time.perf_counter() - began:.0f} s", flush=True)
        adding = add_up(now)
        rows, mentions = (
            db.session.scalar(select(func.count()).select_from(model)) or 0
            for model in (AnswerRollup, ThemeRollup)
        )
        analyse(postgres=postgres)
        staff = Make(now).staff("Olga", "owner")
        secret = start_session(staff, real_now())
        db.session.commit()
        db.session.remove()
    browser = house.app.test_client()
    with browser.session_transaction() as session:
        session["staff"] = secret
    # As gunicorn.conf.py does before it forks: else looking through all that is imported makes single requests wait.
    gc.collect()
    gc.freeze()
    figures = [
        at.figure("everything added up by the loop", adding, "s", "≤ 300", adding <= 300),
        at.figure("rows that answers are added up in", rows, "", f"≤ {ANSWERS // 2}", rows <= ANSWERS // 2),
        at.figure(
            "rows that what they mention is added up in",
            mentions,
            "",
            f"≤ {2 * ANSWERS}",
            mentions <= 2 * ANSWERS,
        ),
    ]
    for name, addresses, most in (
        ("first screen", looks(now), 300),
        ("first screen of a part", parts(now), 1000),
        ("a list of answers of a part", [p.replace("/insights?", "/responses?") for p in parts(now)], 1000),
    ):
        for kind, times in zip(("", ", processors"), took(at, browser, addresses), strict=True):
            for words, share in (("half", 0.5), ("95 %", 0.95)):
                value = times[min(len(times) - 1, int(share * len(times)))]
                said = f"{name}: {words} within{kind}"
                figures.append(at.figure(said, value, "ms", f"≤ {most}", value <= most))
    figures.append(marked(at, house, browser, now))
    with house.app.app_context():
        db.session.remove()
        db.engine.dispose()
    return figures


def marked(at: Place, house: Served, browser: FlaskClient, now: datetime) -> Figure:
    """Measure the first screen while ten old days are marked."""
    with house.app.app_context():
        mark_old_days()
        if not building.is_behind(building.OF_ANSWERS, now):
            raise SystemExit("nothing is marked")
        db.session.remove()
    times, _used = took(at, browser, looks(now))
    value = times[int(0.95 * len(times))]
    return at.figure("first screen, ten old days marked: 95 % within", value, "ms", "≤ 300", value <= 300)
