"""The page of rules: their order, trying one on past answers, switching it on."""

import re

import pytest

from feedback.follow_up.deciding.queries import current_book, current_weights
from feedback.follow_up.opening import open_tasks

pytestmark = pytest.mark.once


@pytest.fixture
def browser(signed_in, make_today):
    return signed_in(make_today.staff("Olga", role="owner"))


def version():
    return current_book().version


def test_the_rules_stand_in_their_order_with_words_for_what_they_look_for(browser):
    page = browser.get("/settings/rules").text
    found = re.findall(r'id="rule-([a-z_]+)"', page)

    assert found == [rule.key for rule in current_book().rules]
    assert "A score of the unhappy" in page and "danger to a person" in page
    assert "Version 1 holds now" in page
    assert 'href="/settings/rules"' in browser.get("/settings").text


def test_the_link_to_a_rule_is_short_and_all_its_signs_stand_below(browser):
    page = browser.get("/settings/rules").text
    links = dict(re.findall(r'id="rule-([a-z_]+)"[^>]*>([^<]+)</a>', page))

    assert links["intent"] == "What the customer wants or threatens"
    assert links["mismatch"] == "Score and words that disagree"
    assert re.search(r'rule-intent".*?settings__said">danger to a person, .* or [^<]+</p>', page, re.DOTALL)
    assert "threatens: danger to a person, " in browser.get("/settings/rules/intent").text


def test_only_owners_and_admins_come_in(signed_in, make_today):
    assert signed_in(make_today.staff()).get("/settings/rules").status_code == 403


def test_rules_are_moved_and_switched_off_at_once(browser):
    sent = {"version": 1, "way": "up"}
    assert browser.post("/settings/rules/low_score/move", data=sent).status_code == 303
    assert current_book().rules[0].key == "low_score"
    browser.post("/settings/rules/low_score/move", data={"version": 2, "way": "down"})
    browser.post("/settings/rules/vip/switch", data={"version": 3, "is_on": "no"})

    assert current_book().rules[0].key == "intent" and not current_book().rule("vip").is_on
    assert "Try and switch on" in browser.get("/settings/rules").text


def test_an_old_page_changes_nothing_and_says_so(browser):
    browser.post("/settings/rules/vip/switch", data={"version": 1, "is_on": "no"})
    late = browser.post("/settings/rules/repeat/switch", data={"version": 1, "is_on": "no"})

    assert late.status_code == 409 and "were changed while you had them open" in late.text
    assert current_book().rule("repeat").is_on


def test_a_new_rule_is_saved_off_tried_on_past_answers_and_then_switched_on(browser, make_today):
    make_today.response(7)
    make_today.response(8, "Fine so far.")
    assert "What it looks for" in browser.get("/settings/rules/new?kind=group").text
    form = {"version": 1, "mood": "neutral", "brand": "", "survey": "nps", "segment": "", "save": "y"}
    saved = browser.post("/settings/rules/new?kind=group", data=form)
    rule = current_book().rules[-1]
    assert saved.status_code == 303 and (rule.is_on, rule.mood, rule.survey) == (False, "neutral", "nps")

    page = browser.get(saved.location).text
    assert "this rule would have opened 2 tasks, 1 of them from answers without a comment." in page
    assert "Fine so far." in page and "/responses/" in page
    browser.post(f"{saved.location}/switch", data={"version": 2, "is_on": "yes"})

    assert current_book().rules[-1].is_on
    assert "only the survey “" in browser.get("/settings/rules").text


def test_a_rule_that_is_on_is_changed_only_as_it_was_just_tried(browser, make_today):
    make_today.response(9, "Fine.")
    form = {"version": 1, "mood": "happy", "brand": "", "survey": "", "segment": "", "save": "y"}
    tried = browser.post("/settings/rules/low_score", data=form)
    assert tried.status_code == 200 and version() == 1
    assert "would have opened one task" in tried.text
    assert tried.text.count('id="tried"') == 1 and 'aria-labelledby="past"' in tried.text
    form["tried"] = re.search(r'name="tried"[^>]*value="(\w+)"', tried.text)[1]

    assert browser.post("/settings/rules/low_score", data=form | {"mood": "neutral"}).status_code == 200
    assert browser.post("/settings/rules/low_score", data=form).status_code == 303
    assert current_book().rule("low_score").mood == "happy"


def test_what_is_wrong_with_a_rule_stands_beside_it(browser):
    form = {"version": 1, "at_most": "11", "brand": "", "survey": "", "segment": "", "save": "y"}
    wrong = browser.post("/settings/rules/new?kind=score", data=form)

    assert wrong.status_code == 422 and version() == 1
    assert "from 0 to 10" in wrong.text and "means something only on its scale" in wrong.text
    gone = browser.post("/settings/rules/new?kind=vip", data=form | {"segment": "gone"})
    assert gone.status_code == 422 and "There is no “gone” any more" in gone.text


def test_a_rule_can_be_deleted_and_what_is_not_there_is_not_found(browser):
    assert browser.post("/settings/rules/vip/delete", data={"version": 1}).status_code == 303
    assert current_book().rule("vip") is None
    for path in ("/settings/rules/vip", "/settings/rules/new?kind=nonsense"):
        assert browser.get(path).status_code == 404
    assert browser.post("/settings/rules/vip/delete", data={"version": 2}).status_code == 404


@pytest.mark.parametrize(
    "kind",
    [
        "group",
        "score",
        "intent",
        "negative_comment",
        "mismatch",
        "vip",
        "repeat",
        "wants_contact",
        "wrote_back",
    ],
)
def test_every_kind_has_its_form_in_both_languages(browser, signed_in, make_today, kind):
    assert browser.get(f"/settings/rules/new?kind={kind}").status_code == 200
    german = signed_in(make_today.staff(role="admin", locale="de"))
    assert "Wo sie gilt" in german.get(f"/settings/rules/new?kind={kind}").text


def test_weights_are_tried_refused_with_a_reason_and_saved(browser, make_today):
    make_today.response(0, "Late")
    open_tasks(make_today.now, 10)
    wanted = {"version": 1, "severity": 60, "emotion": 5, "value": 20, "intent": 10, "repetition": 5}
    wanted["undelivered_after"] = 10

    tried = browser.post("/settings/rules/weights", data=wanted | {"try": "y"})
    assert "One task of the last 30 days would have other points" in tried.text and "60.0" in tried.text
    for wrong in (
        {"severity": 61},
        {"severity": "many"},
        {"value": 30, "severity": 50},
        {"undelivered_after": ""},
    ):
        assert browser.post("/settings/rules/weights", data=wanted | wrong | {"save": "y"}).status_code == 422
    assert current_weights().version == 1

    assert browser.post("/settings/rules/weights", data=wanted | {"save": "y"}).status_code == 303
    again = browser.post("/settings/rules/weights", data=wanted | {"save": "y"})
    assert again.status_code == 409 and current_weights().parts["severity"] == 60
    assert "Version 2 holds now" in browser.get("/settings/rules/weights").text
