"""A shop with a million answers that have comments, read and indexed: what search and exports are measured on."""

import random
from datetime import datetime

from sqlalchemy import Column, Integer, MetaData, Table, Text, insert, text

from feedback.analysis.search.covered import searchable
from feedback.analysis.search.models import Lexemes, SearchProgress
from feedback.analysis.search.stems import REVISION, lexemes
from feedback.demo.comments import parse
from feedback.demo.filling import TEXTS
from surveys.database import db
from surveys.invitations.founding import found_shop
from tests.factories import Make

ANSWERS, CUSTOMERS, TEXTS_IN_ALL = 1_000_000, 200_000, 20_000
RARE = "Regenschirmständer"  # in one text of two thousand
SERIES = "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < :count) "
PEOPLE = """
    INSERT INTO customer (id, public_id, brand_id, reference, email, name, locale, country, made_by_demo, created_at)
    {series}SELECT n, 'c' || n, 1, 'C-' || n, 'pat' || n || '@example.test', 'Pat ' || n, 'de',
        CASE WHEN n % 9 = 0 THEN 'AT' ELSE 'DE' END, {no}, :now FROM {s}
"""
ORDERS = """
    INSERT INTO purchase (id, public_id, brand_id, customer_id, reference, ship_country, carrier, placed_at, attributes,
        created_at, changed_at)
    {series}SELECT n, 'p' || n, 1, n, 'A-' || n, CASE WHEN n % 9 = 0 THEN 'AT' ELSE 'DE' END,
        CASE WHEN n % 5 = 0 THEN 'Postbus' ELSE 'Easy' END, :now, '{{}}', :now, :now FROM {s}
"""
RESPONSES = """
    INSERT INTO response (id, public_id, brand_id, survey_id, version_id, customer_id, purchase_id, channel, locale,
        is_partial, score, "group", comment, saved_at, submitted_at, analysed_at, answers, follow_up_stage)
    {series}SELECT n, 'r' || n, 1, v.survey_id, v.id, 1 + n % :people, 1 + n % :people, 'email', t.locale, {no},
        n % 11, CASE WHEN n % 11 < 7 THEN 'detractor' WHEN n % 11 < 9 THEN 'passive' ELSE 'promoter' END,
        t.comment, {at}, {at}, :now, '{{}}', 2
    FROM {s} JOIN bench_text t ON t.id = (CAST(n AS bigint) * 7919) % :texts,
        (SELECT survey_id, id FROM survey_version ORDER BY id LIMIT 1) v
"""
READINGS = """
    INSERT INTO analysis (response_id, language, label, polarity, subjectivity, p_negative, p_neutral, p_positive, marks,
        clauses, analyzer, analysed_at, phrase_book)
    SELECT id, locale, 'neutral', 0, 0.5, 0.2, 0.6, 0.2, '[]', '[]', 'bench', :now, 'bench' FROM response
"""
INDEX = """
    INSERT INTO searched_comment (id, at, lexemes)
    SELECT r.id, r.submitted_at, t.lexemes FROM response r
    JOIN bench_text t ON t.id = (CAST(r.id AS bigint) * 7919) % :texts
"""


def texts() -> list[dict[str, object]]:
    """Return the distinct comments: one to four of the demo's, as customers would write them one behind the other."""
    chance = random.Random(7)
    known = {
        path.stem: [each.text for each in parse(path.read_text("utf-8"))] for path in TEXTS.glob("*.tsv")
    }
    found = []
    for number in range(TEXTS_IN_ALL):
        locale = "de" if chance.random() < 0.6 else "en"
        said = chance.sample(known[locale], chance.choice((1, 1, 2, 2, 3, 4)))
        said = [
            each.replace("{product}", chance.choice(("Lampe", "Mug", "Teppich", "Shelf"))) for each in said
        ]
        comment = " ".join([*said, RARE] if number % 2_000 == 0 else said)
        found.append(
            {"id": number, "locale": locale, "comment": comment, "lexemes": lexemes(searchable(comment))}
        )
    return found


def fill(now: datetime, *, postgres: bool) -> None:
    """Put two years of answers into a new house; afterwards the database knows its own tables."""
    found_shop(now)
    Make(now)
    db.session.commit()
    if postgres:
        db.session.execute(text("SET statement_timeout = 0"))
    store_texts(postgres)
    ago = "n * 63"
    said = (
        {"no": "false", "s": "generate_series(1, :count) n", "series": "",
         "at": f"CAST(:now AS timestamptz) - ({ago}) * interval '1 second'"}
        if postgres
        else {"no": "0", "s": "s", "series": SERIES,
              "at": f"strftime('%Y-%m-%d %H:%M:%f', :now, '-' || ({ago}) || ' seconds') || '000'"}
    )  # fmt: skip
    values = {
        "now": now if postgres else now.strftime("%Y-%m-%d %H:%M:%S"),
        "people": CUSTOMERS,
        "texts": TEXTS_IN_ALL,
    }
    for statement, count in (
        (PEOPLE, CUSTOMERS), (ORDERS, CUSTOMERS), (RESPONSES, ANSWERS), (READINGS, 0), (INDEX, 0),
    ):  # fmt: skip
        whole = statement.format(**said)
        given = {name: value for name, value in {**values, "count": count}.items() if f":{name}" in whole}
        db.session.execute(text(whole), given)
        db.session.commit()
    db.session.add(
        SearchProgress(id=1, revision=REVISION, next_id=None, waiting=0, unfound=0, followed_at=now)
    )
    db.session.commit()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if postgres:
            connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text("VACUUM ANALYZE" if postgres else "ANALYZE"))


def store_texts(postgres: bool) -> None:
    """Store the distinct comments where the statements find them; the stems as the index keeps them."""
    kind = "tsvector" if postgres else "text"
    db.session.execute(
        text(f"CREATE TABLE bench_text (id integer PRIMARY KEY, locale text, comment text, lexemes {kind})")
    )
    bench = Table(
        "bench_text", MetaData(), Column("id", Integer, primary_key=True), Column("locale", Text),
        Column("comment", Text), Column("lexemes", Lexemes),
    )  # fmt: skip
    db.session.execute(insert(bench), texts())
    db.session.commit()
