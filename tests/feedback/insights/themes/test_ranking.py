from feedback.insights.suppression import ANY
from feedback.insights.themes.ranking import rank
from tests.feedback.insights.themes.said import hear

EVERYWHERE = (ANY, ANY, ANY)
HERE = ("AT", "Post", "de")


def a_year(late=60, dear=4):
    return hear(
        {HERE: {2: 150, 8: 300, 10: 550}},
        {
            "DELIVERY": {HERE: {2: late, 8: 10, 10: 10}},
            "SUPPORT": {HERE: {2: 2, 10: 80}},
            "PRICE": {HERE: {2: dear}},
            "WEBSITE": {HERE: {2: 7}},
            "PACKAGING": {HERE: {2: 2, 8: 4, 10: 6}},
            "OTHER": {HERE: {2: 50}},
        },
    )


def test_themes_stand_in_the_order_of_what_they_do_to_the_score():
    found = rank(a_year(), None, EVERYWHERE, a_year().themes)

    assert [row.code for row in found.rows] == ["DELIVERY", "PACKAGING", "SUPPORT", "WEBSITE"]
    assert [row.outcome for row in found.rows[:3]] == ["clear", "too_few", "clear"]
    assert [row.code for row in found.hurting] == ["DELIVERY"]
    assert [row.code for row in found.even] == ["PACKAGING"]
    assert [row.code for row in found.pleasing] == ["SUPPORT"]
    # Four people are too few; seven of one mind are counted without a number.
    assert found.hidden == 1
    assert [row.code for row in found.of_one_mind] == ["WEBSITE"]
    assert found.rows[0].negative == 75 and found.rows[0].drift is None


def test_what_does_nothing_that_a_page_could_show_neither_hurts_nor_lifts():
    everybody = {HERE: {2: 150, 8: 300, 10: 550}}
    said = {"SETUP": {HERE: {2: 2, 8: 3, 10: 5}}, "PRICE": {HERE: {2: 1, 8: 3, 10: 6}}}
    found = rank(hear(everybody, said), None, EVERYWHERE, said)

    assert [(row.code, row.pull) for row in found.rows] == [("SETUP", 0), ("PRICE", 0)]
    assert found.rows[0].impact.value < 0 < found.rows[1].impact.value
    assert not found.hurting and not found.pleasing and len(found.even) == 2


def test_praise_never_hurts_though_few_who_praise_may_be_unhappy():
    said = {"PRAISE": {HERE: {2: 12, 10: 8}}, "DELIVERY": {HERE: {2: 60, 10: 20}}}
    found = rank(hear({HERE: {2: 150, 8: 300, 10: 550}}, said), None, EVERYWHERE, said)

    praise = next(row for row in found.rows if row.code == "PRAISE")
    assert praise.pull < 0, "the numbers are told as they are"
    assert [row.code for row in found.hurting] == ["DELIVERY"] and not found.pleasing


def test_a_theme_that_pulls_more_than_before_is_told_and_chance_is_not():
    now, before = a_year(late=70), a_year(late=15)

    delivery, *_, support, _ = rank(now, before, EVERYWHERE, now.themes).rows

    assert delivery.has_changed and delivery.drift.value < -4
    assert not support.has_changed and support.drift is not None


def test_many_themes_at_once_are_judged_more_strictly():
    few = hear(
        {HERE: {2: 150, 8: 300, 10: 550}},
        {"DELIVERY": {HERE: {2: 8, 8: 6, 10: 17}}}
        | {
            code: {HERE: {2: 5, 8: 9, 10: 17}} for code in ("PRICE", "SUPPORT", "WEBSITE", "SETUP", "RETURNS")
        },
    )

    alone = rank(few, None, EVERYWHERE, ["DELIVERY"]).rows[0]
    among = next(row for row in rank(few, None, EVERYWHERE, few.themes).rows if row.code == "DELIVERY")

    assert among.impact == alone.impact and among.p > alone.p
