from tests.feedback.insights.themes.said import say

THEMES = "/api/v1/insights/themes"


def test_themes_have_the_documented_shape_and_hide_the_few(make, machine):
    customer = make.customer()
    say(make, [2] * 28 + [8] * 8 + [10] * 4, "DELIVERY.LATE", customer)
    say(make, [2] * 32 + [8] * 112 + [10] * 216, None, customer)
    say(make, [2] * 3, "PRICE", customer, excluded_at=make.now, excluded_reason="test")
    say(make, [2] * 3, "WEBSITE", customer)

    found = machine.get(THEMES, query_string={"survey": "nps"}).json

    assert (found["metric"], found["n"], found["hidden"]) == ("nps", 403, 1)
    (late,) = found["themes"]
    assert (late["theme"], late["mentions"], late["score"]) == ("DELIVERY", 40, -60.0)
    assert late["score_without"] == 49.86 and late["impact"] == -10.9
    assert late["interval"]["method"] == "jackknife" and late["interval"]["high"] < -5
    assert late["verdict"] == "clear" and late["feelings"] == {"negative": 40, "neutral": 0, "positive": 0}
    assert [row["theme"] for row in found["details"]["themes"]] == ["DELIVERY.LATE"]
    none = machine.get(THEMES, query_string={"survey": "nps", "until": "2020-01-01"}).json
    assert (none["n"], none["score"], none["themes"]) == (0, None, [])


def test_what_is_held_back_or_unknown_is_refused(make, machine):
    make.anonymous("csat")
    say(make, [1] * 4, "DELIVERY", survey_key="csat")

    assert machine.get(THEMES, query_string={"survey": "csat"}).status_code == 403
    assert machine.get(THEMES, query_string={"survey": "nope"}).status_code == 422
    assert machine.get(THEMES, query_string={"survey": "nps", "since": "x"}).status_code == 422
    say(make, [1], "DELIVERY", survey_key="csat")
    assert machine.get(THEMES, query_string={"survey": "csat"}).json["n"] == 5
