"""Questions are written, moved and deleted through the web, with their logic."""

import re

import pytest

from surveys.code_book.themes import THEMES
from surveys.questionnaires.publishing import every_flaw
from surveys.questionnaires.questions import KINDS, question_from

pytestmark = pytest.mark.once

CHOICES = {"choices_en": "Red\r\nBlue", "choices_de": "Rot\r\nBlau"}
MORE = {
    "one": CHOICES,
    "many": CHOICES,
    "reasons": {"reasons_all": ["PRICE"]},
    "scale": {"lowest": 1, "highest": 5},
}


def test_the_key_questions_texts_are_written_side_by_side(desk):
    assert 'lang="de"' in desk.get("/key").text
    told = {
        "question_en": "Would you?",
        "question_de": "Würden Sie?",
        "why_detractor_de": "",
        "permission_en": "",
    }
    kept = {f"{name}_{tag}": "x" for name in ("low", "high", "why") for tag in ("en", "de")}
    assert desk.post("/key", **told, **kept).location.endswith("#key")

    assert desk.draft["texts"]["de"]["question"] == "Würden Sie?"
    assert "detractor" not in desk.draft["texts"]["de"]["why"]
    assert desk.post("/key", question_en="x" * 501).status_code == 422


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_question_of_every_kind_is_added_shown_again_and_sound(desk, kind):
    assert desk.get(f"/questions/new?kind={kind}").status_code == 200
    key = desk.ask(kind, "How?", "Wie?", **MORE.get(kind, {}))

    (row,) = desk.draft["questions"]
    assert question_from(row).kind == kind
    assert every_flaw(desk.survey, desk.draft) == []
    page = desk.get(f"/questions/{key}").text
    assert "How?" in page and "Wie?" in page
    assert "How?" in desk.get().text
    again = desk.post(f"/questions/{key}", question_en="How?", question_de="Wie?", **MORE.get(kind, {}))
    assert again.status_code == 303
    assert desk.step == 2  # sent again as it was, it is no step of its own


def test_an_unknown_kind_leads_nowhere(desk):
    assert desk.get("/questions/new?kind=fax").status_code == 303
    assert desk.post("/questions/new?kind=fax").status_code == 404
    assert desk.get("/questions/q9").status_code == 404


def test_conditions_are_written_in_words_and_kept_in_codes(desk):
    one = desk.ask(
        "one", "Which?", "Welche?", choices_en="Red, dark\nBlue", choices_de="Rot\nBlau", other="y"
    )
    two = desk.ask(
        "long_text",
        "Why?",
        "Warum?",
        show_0_of=one,
        show_0_values="red, dark; Other",
        show_1_of="group",
        show_1_op="none_of",
        show_1_values="promoter, passive",
    )
    assert desk.draft["questions"][1]["show_if"] == [
        {"of": one, "op": "one_of", "values": ["c1", "other"]},
        {"of": "group", "op": "none_of", "values": ["promoter", "passive"]},
    ]
    assert (
        "Asked if Question 1 “Which?” is one of Red, dark, Other and Group of the answer is none of"
        in desk.get().text
    )
    page = desk.get(f"/questions/{two}").text
    assert 'value="Red, dark; Other"' in page


def test_a_question_leads_on_to_a_later_one_or_the_end(desk):
    first = desk.ask("yes_no", "Was it late?", "Zu spät?")
    desk.ask("long_text", "How late?")
    last = desk.ask("short_text", "Anything else?")
    jumps = {
        "jump_0_0_of": first,
        "jump_0_0_values": "no",
        "jump_0_to": last,
        "jump_1_0_of": "score",
        "jump_1_0_op": "at_least",
        "jump_1_0_values": "9",
        "jump_1_to": "end",
    }
    desk.post(f"/questions/{first}", question_en="Was it late?", question_de="Zu spät?", **jumps)

    assert desk.draft["questions"][0]["jumps"] == [
        {"when": [{"of": first, "op": "one_of", "values": ["no"]}], "to": last},
        {"when": [{"of": "score", "op": "at_least", "values": ["9"]}], "to": "end"},
    ]
    page = desk.get().text
    assert "on to: Question 3" in page and "on to: the end" in page
    assert 'value="No"' in desk.get(f"/questions/{first}").text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"show_0_of": "group"}, "Say with which values"),
        ({"show_0_values": "detractor"}, "Choose what the condition looks at"),
        ({"show_0_of": "group", "show_0_values": "unhappy"}, "“unhappy” is not among the answers: detractor"),
        ({"jump_0_0_of": "group", "jump_0_0_values": "detractor"}, "Choose where to go on"),
        ({"choices_de": "Rot"}, "in another language 2"),
        ({"choices_en": "\n".join(map(str, range(21)))}, "At most 20 choices"),
        ({"question_en": "x" * 501}, "500"),
    ],
)
def test_what_makes_no_question_is_said_beside_its_field(desk, data, said):
    told = {"question_en": "Which?", "question_de": "Welche?", **CHOICES} | data
    page = desk.post("/questions/new?kind=one", **told)

    assert page.status_code == 422
    assert said in page.text and "Welche?" in page.text
    assert desk.draft is None


def test_questions_move_and_go_and_what_looks_at_them_is_told(desk):
    first = desk.ask("yes_no", "One?")
    second = desk.ask("short_text", "Two?", show_0_of=first, show_0_values="Yes")
    desk.post(f"/questions/{second}/move", way="up")
    assert [row["key"] for row in desk.draft["questions"]] == [second, first]

    desk.post(f"/questions/{second}/move", way="down")
    desk.post(f"/questions/{first}/delete")
    assert [row["key"] for row in desk.draft["questions"]] == [second]
    assert "a question that was deleted" in desk.get(f"/questions/{second}").text
    assert "looks at a question that was deleted" in desk.post("/publish").text


def test_a_jump_and_a_condition_that_a_move_turned_round_are_not_said_to_be_deleted(desk):
    first = desk.ask("yes_no", "One?")
    second = desk.ask("short_text", "Two?", show_0_of=first, show_0_values="Yes")
    desk.post(f"/questions/{first}", question_en="One?", question_de="?", jump_0_to=second)
    desk.post(f"/questions/{second}/move", way="up")

    assert "a question that comes earlier" in desk.get(f"/questions/{first}").text
    assert "a question that comes later" in desk.get(f"/questions/{second}").text
    assert "deleted" not in desk.get(f"/questions/{first}").text + desk.get(f"/questions/{second}").text


def test_a_key_that_was_asked_once_is_never_given_to_another_question(desk):
    first = desk.ask("short_text", "One?", "Eins?")
    desk.post("/publish")
    desk.post(f"/questions/{first}/delete")

    assert desk.ask("short_text", "Two?") != first


def test_who_writes_at_the_same_time_is_told_and_may_send_again(desk):
    old = desk.step
    desk.ask("short_text", "One?")
    told = {"question_en": "Two?", "question_de": "Zwei?"}
    page = desk.post("/questions/new?kind=short_text", step=old, **told)

    assert page.status_code == 422
    assert "changed in the meantime" in page.text and "Two?" in page.text
    assert desk.post("/questions/new?kind=short_text", **told).status_code == 303
    moved = desk.post(f"/questions/{desk.draft['questions'][0]['key']}/move", step=old, way="down")
    assert "changed in the meantime" in desk.browser.get(moved.location).text


@pytest.mark.parametrize(
    ("kind", "end"), [("scale", "1000000000"), ("scale", "9" * 30), ("number", "9" * 30), ("scale", "-101")]
)
def test_ends_that_no_page_could_show_are_refused_at_once(desk, kind, end):
    refused = desk.post(f"/questions/new?kind={kind}", question_en="?", question_de="?", highest=end)

    assert refused.status_code == 422
    assert desk.draft is None


@pytest.mark.parametrize("step", ["\N{SUPERSCRIPT TWO}", "9" * 5000, "-1"])
def test_a_step_that_is_none_changes_nothing(desk, step):
    key = desk.ask("short_text", "One?")

    assert desk.post("/key", step=step, question_en="?", question_de="?").status_code == 422
    assert desk.post(f"/questions/{key}/delete", step=step).status_code == 303
    assert [row["key"] for row in desk.draft["questions"]] == [key]


def test_values_are_typed_with_an_example_and_the_most_frequent_ones_at_hand(make_today, desk):
    make_today.purchase(make_today.customer("Anna"), ship_country="AT", carrier="Postbus")
    key = desk.ask("short_text", "Why?", show_0_of="country", show_0_values="AT")
    page = desk.get(f"/questions/{key}").text

    assert 'id="show_0_values-hint">Two letters, like DE.</p>' in page
    assert re.search(r'<input[^>]*id="show_0_values"[^>]*list="values-country"', page)
    assert re.search(r'<datalist id="values-country"[^>]*><option value="AT"></option></datalist>', page)
    assert re.search(r'<datalist id="values-group"[^>]*><option value="detractor">', page)
    assert 'id="show_1_values-hint">Several values stand between semicolons.</p>' in page
    assert 'label="Order: Carrier"' in page  # a new row offers some of everything
    assert page.count('id="values-country"') == 1


def test_reasons_are_folded_by_theme_and_say_how_many_are_chosen(desk):
    key = desk.ask("reasons", "Why?", reasons_all=["PRICE", "DELIVERY.LATE", "DELIVERY.CARRIER"])
    page = desk.get(f"/questions/{key}").text

    picker = re.search(r'<fieldset class="reasons field" id="reasons_all".*?</fieldset>', page, re.DOTALL)[0]
    themes = re.findall(
        r"<details class=\"reasons__theme\" data-tally( open)?><summary>([^<]+) <.*?</details>",
        picker,
        re.DOTALL,
    )
    assert len(themes) == len(THEMES)
    assert [name for is_open, name in themes if is_open] == ["Delivery", "Price"]
    assert re.search(r"<summary>Delivery <span[^>]*>2 chosen</span>", picker)
    assert re.search(r'<summary>For everybody <span[^>]* role="status">3 chosen</span>', page)
    assert '<span class="visually-hidden">Delivery: </span>Late</label>' in picker
    assert picker.count(" checked ") == 3
