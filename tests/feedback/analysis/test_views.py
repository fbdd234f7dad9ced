"""The themes and their phrases, tried on past comments before they are saved."""

import re

import pytest
from sqlalchemy import select

from feedback.analysis.analysing import analyse_new
from feedback.analysis.models import ShopPhrase
from feedback.analysis.rereading import find_again
from feedback.analysis.rewording import reword
from feedback.analysis.themes.own_phrases import OwnPhrase
from surveys.audit.models import AuditEvent
from surveys.database import db
from tests.doubles import WordReader

READER = WordReader("test 1", lambda text: (-0.5, 0.5))


@pytest.fixture
def browser(make_today, signed_in):
    return signed_in(make_today.staff(role="admin"))


def boxes(**given):
    return {"added_en": "", "removed_en": "", "added_de": "", "removed_de": ""} | given


def tried(page):
    return re.search(r'name="tried"[^>]*value="(\w+)"', page.text)[1]


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.text))


@pytest.mark.once
def test_the_page_lists_all_themes_and_each_its_phrases(browser):
    page = browser.get("/settings/themes")
    assert "Delivery: Late" in text_of(page) and "There are no comments yet." in page.text

    one = browser.get("/settings/themes/DELIVERY.LATE")
    assert ">too late</code>" in one.text and "zu spät" in one.text and "@parcel" in one.text
    assert browser.get("/settings/themes/NOTHING").status_code == 404
    assert "/settings/themes" in browser.get("/settings").text


@pytest.mark.once
def test_phrases_are_tried_on_past_comments_before_they_are_saved(browser, make_today):
    make_today.response(comment="It came by <i>zeppelin</i>!")
    make_today.response(comment="It is late for this year.")
    analyse_new(make_today.now, 10, READER)
    change = boxes(added_en="zeppelin", removed_en="late")

    first = browser.post("/settings/themes/DELIVERY.LATE", data=change | {"save": "1"})
    assert first.status_code == 200
    assert "Tried on the newest 2 comments." in text_of(first)
    assert "With the theme now: 1. Would gain it: 1. Would lose it: 1." in text_of(first)
    assert "It came by &lt;i&gt;<mark>zeppelin</mark>&lt;/i&gt;!" in first.text
    assert db.session.scalars(select(ShopPhrase)).all() == []

    saved = browser.post("/settings/themes/DELIVERY.LATE", data=change | {"save": "1", "tried": tried(first)})
    assert saved.status_code == 303
    assert {(row.phrase, row.is_removed) for row in db.session.scalars(select(ShopPhrase))} == {
        ("zeppelin", False),
        ("late", True),
    }
    page = browser.get("/settings/themes/DELIVERY.LATE")
    assert "0 of 2 comments" in page.text and "zeppelin" in page.text
    assert re.findall(r'name="removed_en"[^>]* value="([^"]+)" checked', page.text) == ["late"]
    assert db.session.scalars(select(AuditEvent.action)).all()[-1] == "themes.change_theme"

    find_again(make_today.now, 10)
    assert "All 2 comments have been looked through" in browser.get("/settings/themes").text


def test_what_was_changed_after_the_trial_is_tried_again(browser):
    first = browser.post("/settings/themes/PRICE", data=boxes(added_en="zeppelin"))
    again = browser.post(
        "/settings/themes/PRICE", data=boxes(added_en="airship", tried=tried(first), save="1")
    )

    assert again.status_code == 200 and "What would change" in again.text
    assert db.session.scalars(select(ShopPhrase)).all() == []
    assert (
        db.session.scalars(select(AuditEvent.action).where(AuditEvent.action.startswith("themes"))).all()
        == []
    )


def test_saving_what_there_is_changes_nothing(browser):
    first = browser.post("/settings/themes/PRICE", data=boxes())
    saved = browser.post("/settings/themes/PRICE", data=boxes(tried=tried(first), save="1"))

    assert saved.status_code == 303
    assert "Nothing was changed." in browser.get("/settings/themes/PRICE").text


@pytest.mark.once
@pytest.mark.parametrize(
    ("given", "said"),
    [
        (boxes(added_en="de*"), "“de*” would find too much"),
        (boxes(added_de="<b>"), "“&lt;b&gt;” has signs that mean nothing here"),
        (boxes(removed_de="zeppelin"), "is not among the shipped phrases"),
        (boxes(added_en="x " * 100), "is too long"),
        (boxes(added_en="x" * 50_000), "Field cannot be longer than"),
    ],
)
def test_bad_phrases_are_refused_at_their_box_and_kept_to_be_mended(browser, given, said):
    answer = browser.post("/settings/themes/PRICE", data=given)

    assert answer.status_code == 422
    assert said in answer.text
    assert db.session.scalars(select(ShopPhrase)).all() == []


def test_every_bad_line_is_named(browser):
    page = browser.post("/settings/themes/PRICE", data=boxes(added_en="good one\nx*\n(\n@nothing y")).text

    for line in ("“x*”", "“(”", "“@nothing y”"):
        assert page.count(line) == 2  # in the summary and at the box
    assert "good one”" not in page


@pytest.mark.once
def test_in_german_the_page_speaks_german(make_today, signed_in):
    page = signed_in(make_today.staff(role="owner", locale="de")).get("/settings/themes/DELIVERY.LATE")

    assert "Lieferung: Zu spät" in page.text and "Mitgelieferte Wendungen" in page.text


def test_a_change_that_an_update_left_behind_is_told_and_kept_until_somebody_lets_it_go(browser, make_today):
    assert "An update of the program" not in browser.get("/settings/themes").text
    late = OwnPhrase("DELIVERY.LATE", "en", "as slow as treacle", True)
    homeless = OwnPhrase("PIGEONS", "en", "pigeon", False)
    for each in (late, homeless):
        reword(each.code, [each], make_today.staff(role="admin"), make_today.now)
    db.session.commit()

    told = text_of(browser.get("/settings/themes"))
    assert "2 changes of yours do nothing any more. Look at: Delivery: Late, PIGEONS" in told
    page = browser.get("/settings/themes/DELIVERY.LATE")
    assert "as slow as treacle: taken away by you, and no longer shipped" in text_of(page)
    ticked = re.findall(r'name="removed_en"[^>]* value="([^"]+)" checked', page.text)
    assert ticked == ["as slow as treacle"]
    assert "pigeon: your own phrase" in text_of(browser.get("/settings/themes/PIGEONS"))

    def save(key, **given):
        first = browser.post(f"/settings/themes/{key}", data=boxes(**given))
        again = browser.post(f"/settings/themes/{key}", data=boxes(tried=tried(first), save="1", **given))
        assert again.status_code == 303
        assert browser.get(again.location).status_code == 200, "not a theme that is gone"

    save("PIGEONS", added_en="pigeon")
    save("DELIVERY.LATE", added_en="zeppelin", removed_en=ticked)
    save("PIGEONS")
    assert {row.phrase for row in db.session.scalars(select(ShopPhrase))} == {
        "zeppelin",
        "as slow as treacle",
    }
    save("DELIVERY.LATE")
    assert "An update of the program" not in browser.get("/settings/themes").text


@pytest.mark.once
@pytest.mark.parametrize("role", ["agent", "analyst"])
def test_others_do_not_change_phrases(make_today, signed_in, role):
    browser = signed_in(make_today.staff(role=role))

    assert browser.get("/settings/themes").status_code == 403
    assert browser.post("/settings/themes/PRICE", data=boxes()).status_code == 403
