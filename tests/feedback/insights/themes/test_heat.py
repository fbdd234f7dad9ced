from feedback.insights.suppression import ANY
from feedback.insights.themes.heat import heat_map, warmth
from tests.feedback.insights.themes.said import hear

EVERYWHERE = (ANY, ANY, ANY)
PLACES = {code: (code, "Post", "de") for code in ("AT", "DE", "CH", "-", "LI")}


def test_a_map_says_for_whom_a_theme_hurts_and_hides_the_few():
    everybody = {PLACES["AT"]: {2: 40, 10: 60}, PLACES["DE"]: {2: 20, 10: 180}}
    everybody |= {PLACES["CH"]: {10: 40}, PLACES["-"]: {10: 50}, PLACES["LI"]: {10: 3}}
    late = {PLACES["AT"]: {2: 38, 10: 2}, PLACES["DE"]: {2: 5, 10: 20}, PLACES["CH"]: {10: 2}}
    few = {PLACES["AT"]: {2: 1, 10: 2}, PLACES["DE"]: {2: 2, 10: 1}}
    heard = hear(everybody, {"DELIVERY": late, "PRICE": {PLACES["DE"]: {2: 3, 10: 3}}, "PAYMENT": few})

    found = heat_map(heard, EVERYWHERE, "country", ["PRICE", "DELIVERY", "PAYMENT", "SETUP"])

    # Three Austrians and three Germans speak of payment: no row shows a number, so there is no column.
    assert found.themes == ["DELIVERY", "PRICE"]
    # Liechtenstein's three are hidden, and Switzerland with them, or they could be worked out.
    assert [(line.value, line.n) for line in found.lines] == [("DE", 200), ("AT", 100), ("-", 50)]
    assert found.hidden == 2 and found.more == 0
    austria = found.lines[1].spots[0]
    assert austria.mentions == 40 and austria.warmth == "hot" and austria.impact.value < -50
    # Two Swiss mention it, so that German ones are not shown either.
    assert found.lines[0].spots[0].impact is None
    assert found.lines[2].spots[0].mentions is None


def test_warmth_follows_the_size_of_the_scale():
    assert [warmth(points, "nps") for points in (-9, -2, 0.4, 3)] == ["hot", "warm", "even", "kind"]
    assert warmth(-0.2, "stars_five") == "hot"
