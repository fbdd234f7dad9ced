"""The page about the reader's accuracy: empty at first, then by language, with a way back from what was learnt."""

import pytest
from sqlalchemy import select

from feedback.analysis.analysing import analyse_new
from feedback.analysis.corrections.correcting import correct_label
from feedback.analysis.corrections.lessons import Outcome
from feedback.analysis.corrections.refitting import keep_outcome
from feedback.analysis.models import THEME, ShopHead
from surveys.database import db
from surveys.filters import NBSP
from surveys.responses.models import Response
from tests.doubles import WordReader

GLAD = WordReader("words of a test", lambda text: (0.5, 0.5))
PAGE = "/insights/accuracy"


@pytest.fixture
def analyst(make_today, signed_in):
    return signed_in(make_today.staff("Ada", role="analyst"))


def active():
    db.session.expire_all()
    return db.session.scalar(select(ShopHead.id).where(ShopHead.is_active))


def test_before_anybody_has_corrected_it_says_what_to_do(analyst):
    page = analyst.get(PAGE).text

    assert "Nobody has looked at a reading yet." in page and "20 are a start" in page
    assert "No comment has been read yet." in page and "It reads as it was shipped." in page
    assert "50 in all" in page and "5 negative" in page


def test_corrections_are_counted_by_language(make_today, analyst):
    ben = make_today.staff()
    for comment, locale in (("Fine.", "en"), ("Not fine.", "en"), ("Schön war es.", "de")):
        make_today.response(comment=comment, locale=locale)
    analyse_new(make_today.now, 10, GLAD)
    for response in db.session.scalars(select(Response)).all():
        wrong = response.comment == "Not fine."
        correct_label(response, "negative" if wrong else "positive", ben, make_today.now)
    db.session.commit()

    page = analyst.get(PAGE).text

    assert "English" in page and f"50{NBSP}% are read rightly" in page and "2 comments checked" in page
    assert "German" in page and f"100{NBSP}% are read rightly" in page
    assert "without the encoder" in page and "no random sample" in page
    assert PAGE in analyst.get("/insights").text


def test_one_click_back_and_one_forward(make_today, analyst):
    first = keep_outcome(Outcome(60, 0.6, 0.7, 1.0, b"1"), make_today.now)
    db.session.commit()
    assert active() == first.id and "from 60 corrections" in analyst.get(PAGE).text

    assert analyst.post(f"{PAGE}/back").status_code == 303
    assert active() is None
    assert analyst.post(f"{PAGE}/back").status_code == 409
    assert analyst.post(f"{PAGE}/forward").status_code == 303
    assert active() == first.id
    assert analyst.post(f"{PAGE}/forward").status_code == 409


def test_what_was_learnt_of_themes_has_its_own_way_back(make_today, analyst):
    assert "Themes are found by the phrases alone." in analyst.get(PAGE).text
    labels = keep_outcome(Outcome(60, 0.6, 0.7, 1.0, b"1"), make_today.now).id
    themes = keep_outcome(Outcome(120, 0.6, 0.75, 1.0, b"{}"), make_today.now, THEME).id
    db.session.commit()
    page = analyst.get(PAGE).text
    assert "from 120 comments with corrected themes: micro-F1 0.75 instead of 0.60" in page

    assert analyst.post(f"{PAGE}/back", data={"what": "theme"}).status_code == 303

    assert active() == labels and "Themes are found by the phrases alone." in analyst.get(PAGE).text
    assert analyst.post(f"{PAGE}/forward", data={"what": "theme"}).status_code == 303
    assert themes in db.session.scalars(select(ShopHead.id).where(ShopHead.is_active)).all()


def test_a_try_that_was_not_good_enough_is_told(make_today, analyst):
    keep_outcome(Outcome(60, 0.7, 0.71, 1.0, b"1"), make_today.now)
    db.session.commit()

    assert "macro-F1 0.71 instead of 0.70, not enough to be used" in analyst.get(PAGE).text


def test_agents_have_other_work(make_today, signed_in):
    agent = signed_in(make_today.staff())

    assert agent.get(PAGE).status_code == 403 and agent.post(f"{PAGE}/back").status_code == 403
    assert PAGE not in agent.get("/insights").text
