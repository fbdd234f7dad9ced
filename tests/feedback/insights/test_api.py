"""Scores and responses over the API: the shapes that others already use."""

from datetime import timedelta

import pytest

from feedback.analysis.analysing import analyse_new
from feedback.analysis.models import Analysis, Mention
from feedback.insights.scores import HEADLINES, has_mean
from surveys.scales import GROUPS, MOODS, SCALES
from tests.doubles import WordReader
from tests.factories import KEY_OF

SCORE = "/api/v1/insights/score"


def hundred(make, **values):
    """10 detractors, 30 passives, 60 promoters, as in methodology AT-13."""
    make.responses([3] * 10 + [7] * 30 + [10] * 60, **values)


def test_the_score_has_the_documented_shape(make, machine):
    hundred(make)

    # Methodology AT-13: the score interval of 10/30/60 is [35.5692, 61.8762].
    assert machine.get(SCORE, query_string={"survey": "nps", "brand": "demo"}).json == {
        "metric": "nps",
        "score": 50.0,
        "n": 100,
        "groups": {"promoter": 60, "passive": 30, "detractor": 10},
        "interval": {"low": 35.57, "high": 61.88, "level": 0.95, "method": "score"},
    }


def test_no_answers_have_no_score(make, machine):
    make.survey()

    assert machine.get(SCORE, query_string={"survey": "nps"}).json == {
        "metric": "nps",
        "score": None,
        "n": 0,
        "groups": {"promoter": 0, "passive": 0, "detractor": 0},
        "interval": None,
    }


@pytest.mark.once
def test_csat_and_ces_are_shares_with_the_mean_beside(make, machine):
    # Methodology AT-22: counts 3, 2, 5, 30, 60 give 90 %, Wilson [82.563, 94.477], mean 4.42.
    make.responses([1] * 3 + [2] * 2 + [3] * 5 + [4] * 30 + [5] * 60, survey_key="csat")

    found = machine.get(SCORE, query_string={"survey": "csat"}).json

    assert (found["metric"], found["score"], found["mean"]) == ("csat", 90.0, 4.42)
    assert found["interval"] == {"low": 82.56, "high": 94.48, "level": 0.95, "method": "wilson"}


@pytest.mark.once
@pytest.mark.parametrize("kind", SCALES)
def test_every_kind_has_its_score(make, machine, kind):
    scale = SCALES[kind]
    make.responses([scale.low] * 10 + [scale.high] * 30, survey_key=KEY_OF[kind])
    empty = machine.get(SCORE, query_string={"survey": KEY_OF[kind], "until": "2020-01-01"}).json
    found = machine.get(SCORE, query_string={"survey": KEY_OF[kind]}).json

    # 30 of 40; net 20 of 40; 1 + 4 * 0.75 stars.
    headline = {"net": 50.0, "share": 75.0, "mean": 4.0}[HEADLINES[kind]]
    method = {"net": "score", "share": "wilson", "mean": "t"}[HEADLINES[kind]]
    assert found["metric"] == ("ces" if kind == "ces7" else kind)
    assert (found["score"], found["n"], found["interval"]["method"]) == (headline, 40, method)
    assert found["groups"] == dict.fromkeys(GROUPS[kind], 0) | {GROUPS[kind][0]: 10, GROUPS[kind][-1]: 30}
    assert ("mean" in found) is ("mean" in empty) is has_mean(kind)
    if has_mean(kind):
        assert found["mean"] == scale.low + 0.75 * (scale.high - scale.low)
        assert empty["mean"] is None
    assert (empty["score"], empty["interval"], empty["groups"]) == (
        None,
        None,
        dict.fromkeys(GROUPS[kind], 0),
    )


def test_a_mood_takes_in_all_groups_that_say_so_and_unhappy_is_one_of_the_smileys(make, machine):
    for kind, scores in {"nps": (3, 8), "smileys": (1, 2, 3), "stars_five": (2, 5), "pmf": (1,)}.items():
        make.responses(scores, survey_key=KEY_OF[kind])

    def groups(**query):
        items = machine.get("/api/v1/responses", query_string=query).json["items"]
        return sorted(item["group"] for item in items)

    unhappy = ["detractor", "star_2", "unhappy", "very_unhappy"]
    assert groups(mood="unhappy") == groups(group="unhappy") == unhappy
    assert groups(mood="neutral") == ["neutral", "not_disappointed", "passive"]
    assert groups(mood="happy") == ["star_5"]
    assert groups(group="unhappy", survey="stars_five") == ["star_2"]
    assert groups(group="unhappy", survey="smileys") == ["unhappy"]
    assert groups(mood="unhappy", survey="smileys") == ["unhappy", "very_unhappy"]
    assert groups(group="star_2", mood="happy") == []


def test_the_groups_and_moods_are_named_in_the_description(client):
    asked = client.get("/api/openapi.json").json["paths"]["/api/v1/responses"]["get"]["parameters"]
    by_name = {each["name"]: str(each["schema"]) for each in asked}

    assert all(f"'{group}'" in by_name["group"] for names in GROUPS.values() for group in names)
    assert all(f"'{mood}'" in by_name["mood"] for mood in MOODS)


def test_the_period_limits_the_score_and_without_it_all_time_counts(make, machine, now):
    make.response(0, submitted_at=now - timedelta(days=1000))
    make.response(10)

    def n(**query):
        return machine.get(SCORE, query_string={"survey": "nps"} | query).json["n"]

    assert n() == 2
    assert n(since="2026-03-10", until="2026-03-10") == 1
    assert n(until="2026-03-10T11:00:00Z") == 1
    assert n(since="2026-03-10T11:00:00Z") == 1


@pytest.mark.once
@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({}, "/survey"),
        ({"survey": "nope"}, "/survey"),
        ({"survey": "check-back"}, "/survey"),
        ({"survey": "nps", "brand": "nope"}, "/brand"),
        ({"survey": "nps", "since": "soon"}, "/since"),
        ({"survey": "nps", "since": "2026-03-02", "until": "2026-03-01"}, "/since"),
        ({"survey": "nps", "colour": "red"}, "/colour"),
    ],
)
def test_a_query_that_does_not_fit_is_refused_with_its_field(make, machine, query, pointer):
    make.survey()
    make.brand()

    answer = machine.get(SCORE, query_string=query)

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]


@pytest.mark.once
def test_a_response_is_listed_with_customer_purchase_and_reading(make, machine, now):
    customer = make.customer("Dora", reference="C-7")
    purchase = make.purchase(customer, reference="A-1")
    response = make.response(
        3, "Late.", customer=customer, purchase=purchase, external_id="x-1", analysed_at=now
    )
    make.keep(
        Analysis(
            response=response, language="en", label="negative", polarity=-0.5, subjectivity=0.4,
            p_negative=0.7, p_neutral=0.1, p_positive=0.2, baseline=-0.3,
            analyzer="textblob", analysed_at=now,
            mentions=[
                Mention(kind="theme", code="DELIVERY.LATE", start=0, end=4),
                Mention(kind="intent", code="refund", start=0, end=4),
            ],
        )
    )  # fmt: skip

    body = machine.get("/api/v1/responses").json

    assert body["next"] is None
    (item,) = body["items"]
    assert item["customer"]["reference"] == "C-7"
    del item["customer"]
    assert item == {
        "id": response.public_id,
        "survey": "nps",
        "brand": "demo",
        "score": 3,
        "corrected_score": None,
        "group": "detractor",
        "comment": "Late.",
        "contact_permission": True,
        "locale": "en",
        "submitted_at": "2026-03-10T11:00:00Z",
        "saved_at": "2026-03-10T11:00:00Z",
        "partial": False,
        "anonymous": False,
        "excluded": None,
        "purchase": "A-1",
        "external_id": "x-1",
        "answers": {},
        "labels": {},
        "attributes": {},
        "attributes_verified": False,
        "analysis": {
            "language": "en",
            "label": "negative",
            "polarity": -0.5,
            "subjectivity": 0.4,
            "probabilities": {"negative": 0.7, "neutral": 0.1, "positive": 0.2},
            "baseline": -0.3,
            "flag": None,
            "themes": ["DELIVERY.LATE"],
            "intents": ["refund"],
            "analyzer": "textblob",
        },
    }
    assert machine.get(f"/api/v1/responses/{response.public_id}").json["id"] == response.public_id
    assert machine.get("/api/v1/responses/nobody").status_code == 404


def test_responses_are_found_by_words_page_by_page(make, machine, now):
    for number, comment in enumerate(
        ("Späte Lieferung", "Alles gut", "Lieferungen zu spät", "spaet war die Lieferung")
    ):
        make.response(3 + number, comment, submitted_at=now - timedelta(hours=number))
    analyse_new(now, 10, WordReader("test 1", lambda text: (-0.5, 0.5)))

    first = machine.get("/api/v1/responses", query_string={"q": "lieferung spät", "limit": 2}).json
    second = machine.get("/" + first["next"].split("/", 3)[3]).json
    mood = machine.get("/api/v1/responses", query_string={"q": "lieferung", "group": "passive"}).json

    assert [item["comment"] for item in first["items"]] == ["Späte Lieferung", "Lieferungen zu spät"]
    assert [item["comment"] for item in second["items"]] == ["spaet war die Lieferung"] and second[
        "next"
    ] is None
    assert mood["items"] == []
    assert machine.get("/api/v1/responses", query_string={"q": "x" * 201}).status_code == 422


def test_pages_follow_one_another_and_keep_their_filters(make, machine, now):
    customer = make.customer()
    for minutes in range(5):
        make.response(minutes, customer=customer, submitted_at=now - timedelta(minutes=minutes))
    make.response(10, customer=customer)

    seen, url = [], "/api/v1/responses?limit=2&group=unhappy"
    while url:
        body = machine.get(url).json
        seen += [item["score"] for item in body["items"]]
        url = body["next"]

    assert seen == [0, 1, 2, 3, 4]


@pytest.mark.once
@pytest.mark.parametrize(
    "query",
    [
        "survey=nope",
        "group=angry",
        "mood=grim",
        "limit=0",
        "limit=501",
        "cursor=!",
        "updated_since=soon",
        "colour=red",
    ],
)
def test_a_list_query_that_does_not_fit_is_refused(make, machine, query):
    make.survey()

    assert machine.get(f"/api/v1/responses?{query}").status_code in (400, 422)


@pytest.mark.once
def test_a_reading_without_probabilities_has_none_and_words_against_the_score_have_a_flag(make, machine, now):
    odd = make.response(10, "Awful.", analysed_at=now)
    make.keep(
        Analysis(
            response=odd, label="negative", polarity=-0.9, p_negative=0.95, p_neutral=0.0, p_positive=0.05,
            analyzer="a", analysed_at=now,
        )
    )  # fmt: skip
    empty = make.response(10, "-", analysed_at=now)
    make.keep(Analysis(response=empty, label="no_opinion", analyzer="a", analysed_at=now))

    def reading(response):
        return machine.get(f"/api/v1/responses/{response.public_id}").json["analysis"]

    assert reading(odd)["flag"] == "hidden_issue"
    assert (reading(empty)["flag"], reading(empty)["probabilities"], reading(empty)["baseline"]) == (
        None,
    ) * 3
    assert reading(empty)["intents"] == []
