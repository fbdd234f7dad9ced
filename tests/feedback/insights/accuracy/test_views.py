"""The page about the reader's accuracy: empty at first, then by language, with a way back from what was learnt."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from feedback.analysis.analysing import analyse_new
from feedback.analysis.corrections.correcting import correct_label
from feedback.analysis.corrections.lessons import Outcome
from feedback.analysis.corrections.refitting import keep_outcome
from feedback.analysis.models import THEME, ShopHead
from feedback.analysis.working import introduce
from feedback.scheduler.leading import take_lease
from surveys.clock import real_now
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


@pytest.mark.once
def test_corrections_are_counted_by_language(make_today, analyst):
    ben = make_today.staff()
    for comment, locale in (("Fine.", "en"), ("Not fine.", "en"), ("Schön war es.", "de")):
        make_today.response(comment=comment, locale=locale)
    analyse_new(make_today.now, 10, GLAD)
    introduce(GLAD.analyzer, make_today.now)
    for response in db.session.scalars(select(Response)).all():
        wrong = response.comment == "Not fine."
        correct_label(response, "negative" if wrong else "positive", ben, make_today.now)
    db.session.commit()

    page = analyst.get(PAGE).text

    assert "English" in page and f"50{NBSP}% are read rightly" in page and "2 comments checked" in page
    assert "German" in page and f"100{NBSP}% are read rightly" in page
    assert "without the encoder" in page and "no random sample" in page
    assert PAGE in analyst.get("/insights").text


def test_one_click_back_and_one_forward(make_today, signed_in):
    admin = signed_in(make_today.staff("Olga", role="admin"))
    first = keep_outcome(Outcome(60, 0.6, 0.7, 1.0, b"1"), make_today.now)
    db.session.commit()
    assert active() == first.id and "from 60 corrections" in admin.get(PAGE).text
    assert "Go back one step" in admin.get(PAGE).text

    assert admin.post(f"{PAGE}/back").status_code == 303
    assert active() is None
    assert admin.post(f"{PAGE}/back").status_code == 409
    assert admin.post(f"{PAGE}/forward").status_code == 303
    assert active() == first.id
    assert admin.post(f"{PAGE}/forward").status_code == 409


def test_what_was_learnt_of_themes_has_its_own_way_back(make_today, signed_in):
    admin = signed_in(make_today.staff("Olga", role="admin"))
    assert "Themes are found by the phrases alone." in admin.get(PAGE).text
    labels = keep_outcome(Outcome(60, 0.6, 0.7, 1.0, b"1"), make_today.now).id
    themes = keep_outcome(Outcome(120, 0.6, 0.75, 1.0, b"{}"), make_today.now, THEME).id
    db.session.commit()
    page = admin.get(PAGE).text
    assert "from 120 comments with corrected themes: micro-F1 0.75 instead of 0.60" in page

    assert admin.post(f"{PAGE}/back", data={"what": "theme"}).status_code == 303

    assert active() == labels and "Themes are found by the phrases alone." in admin.get(PAGE).text
    assert admin.post(f"{PAGE}/forward", data={"what": "theme"}).status_code == 303
    assert themes in db.session.scalars(select(ShopHead.id).where(ShopHead.is_active)).all()


def test_a_try_that_was_not_good_enough_is_told(make_today, analyst):
    keep_outcome(Outcome(60, 0.7, 0.71, 1.0, b"1"), make_today.now)
    db.session.commit()

    assert "macro-F1 0.71 instead of 0.70, not enough to be used" in analyst.get(PAGE).text


@pytest.mark.once
@pytest.mark.parametrize("role", ["agent", "analyst"])
def test_who_may_not_decide_reads_the_page_and_changes_nothing(make_today, signed_in, role):
    head = keep_outcome(Outcome(60, 0.6, 0.7, 1.0, b"1"), make_today.now)
    db.session.commit()
    make_today.response(comment="Fine.")
    other = signed_in(make_today.staff(role=role))

    assert "from 60 corrections" in other.get(PAGE).text and PAGE in other.get("/insights").text
    assert "Go back one step" not in other.get(PAGE).text
    assert other.post(f"{PAGE}/back").status_code == 403 and other.post(f"{PAGE}/forward").status_code == 403
    assert active() == head.id


def test_the_day_of_learning_is_that_of_the_shop(make_today, analyst):
    make_today.brand(time_zone="Pacific/Auckland")
    keep_outcome(Outcome(60, 0.6, 0.7, 1.0, b"1"), datetime(2026, 3, 9, 20, tzinfo=UTC))
    db.session.commit()

    assert "10\N{NO-BREAK SPACE}Mar\N{NO-BREAK SPACE}2026" in analyst.get(PAGE).text


def test_who_reads_is_said_in_plain_words_with_the_name_beneath(make_today, analyst):
    introduce("heads 1, e5-small 0.3.0, textblob 0.20.1", make_today.now)
    db.session.commit()
    page = analyst.get(PAGE).text

    assert "by our program, by meaning and words (with the encoder)" in page
    assert '<span class="small soft">heads 1, e5-small 0.3.0, textblob 0.20.1</span>' in page
    assert "without the encoder" not in page


@pytest.mark.once
def test_while_the_loop_stands_still_the_page_says_so(make_today, analyst):
    assert "The loop is not running" in analyst.get(PAGE).text

    take_lease("a loop", real_now())
    db.session.commit()
    assert "The loop is not running" not in analyst.get(PAGE).text
