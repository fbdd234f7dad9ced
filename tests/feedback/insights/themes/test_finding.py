from feedback.insights.breakdowns import Breakdown, Row
from feedback.insights.differences import compare
from feedback.insights.suppression import ANY
from feedback.insights.themes.finding import find, most_voiced
from feedback.insights.themes.heard import A_COMMENT
from tests.feedback.insights.themes.said import hear

EVERYWHERE = (ANY, ANY, ANY)
HERE, THERE = ("AT", "Post", "de"), ("DE", "Post", "de")
EVERYBODY = {HERE: {2: 60, 10: 40}, THERE: {2: 40, 10: 160}}


def voices(late):
    return {
        A_COMMENT: {HERE: {2: 40, 10: 10}, THERE: {2: 30, 10: 50}},
        "DELIVERY": {HERE: {2: late}, THERE: {2: 9, 10: 20}},
        "PRICE": {HERE: {2: 5}, THERE: {2: 12}},
    }


def austria(heard):
    now, rest = heard.groups(("AT", ANY, ANY)), heard.groups(("DE", ANY, ANY))
    row = Row({"country": "AT"}, heard.measure(("AT", ANY, ANY)), compare("nps", now, rest), True, False)
    return [Breakdown(("country",), [row], 0, 0)]


def test_the_unhappiest_part_is_found_with_what_it_writes_about():
    heard = hear(EVERYBODY, voices(late=25))

    found = find(heard, None, EVERYWHERE, None, austria(heard))

    assert found.outlier.row.values == {"country": "AT"} and found.outlier.row.verdict.difference == -80
    # Delivery carries less than half of the numbers, but most of the words.
    assert found.outlier.theme is None and found.voiced == "DELIVERY"
    loud = hear(EVERYBODY, voices(late=25) | {"DELIVERY.LATE": {HERE: {2: 20}, THERE: {2: 1}}})
    assert most_voiced(loud, EVERYWHERE, {"country": "AT"}) == "DELIVERY.LATE"


def test_what_is_written_everywhere_alike_or_by_few_is_nothing_of_a_place():
    assert most_voiced(hear(EVERYBODY, voices(late=13)), EVERYWHERE, {"country": "AT"}) is None
    assert most_voiced(hear(EVERYBODY, voices(late=9)), EVERYWHERE, {"country": "AT"}) is None


def test_most_of_the_numbers_names_the_theme_of_a_part():
    heard = hear(EVERYBODY, voices(late=55))

    found = find(heard, None, EVERYWHERE, None, austria(heard))

    assert found.outlier.theme == "DELIVERY" and found.voiced is None
    assert find(heard, None, EVERYWHERE, None, []).outlier is None
    assert find(None, None, EVERYWHERE, None, []).ranking.rows == []
