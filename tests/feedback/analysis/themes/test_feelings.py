from feedback.analysis.themes.book import Mention
from feedback.analysis.themes.feelings import Felt, felt, most_negative


def test_a_mention_feels_as_its_clause():
    mentions = [Mention("PRODUCT_QUALITY", 4, 8), Mention("DELIVERY.LATE", 30, 34), Mention("PRICE", 60, 64)]

    found = felt(mentions, [(0, 20, 0.8), (21, 50, -0.6)])

    assert [mention.polarity for mention in found] == [0.8, -0.6, None]


def test_without_clauses_it_feels_as_the_whole():
    assert felt([Mention("PRICE", 0, 3)], [], -0.2) == [Felt("PRICE", 0, 3, -0.2)]


def test_the_most_negative_mention_is_the_reason():
    assert most_negative([Felt("PRICE", 0, 3, 0.5), Felt("DELIVERY", 5, 9, -0.5)]) == "DELIVERY"


def test_of_equals_the_detail_and_then_the_earlier_comes_first():
    bad = [Felt("PRICE", 0, 3, -0.5), Felt("DELIVERY.LATE", 9, 12, -0.5), Felt("RETURNS.SLOW", 5, 8, -0.5)]

    assert most_negative(bad) == "RETURNS.SLOW"


def test_praise_is_no_reason_and_what_nobody_judged_comes_last():
    assert most_negative([Felt("PRAISE.SPEED", 0, 3, -0.5)]) is None
    assert most_negative([]) is None
    assert most_negative([Felt("PRICE", 0, 3, None), Felt("SUPPORT", 4, 8, 0.9)]) == "SUPPORT"
