"""What probably lies behind a change: one part, another mix, or nothing that stands out."""

from feedback.insights.breakdowns import Count
from feedback.insights.selection import Selection
from feedback.insights.watching.causes import cause


def many(country, carrier, unhappy, happy):
    return [
        Count("nps", country, carrier, "de", 2, unhappy),
        Count("nps", country, carrier, "de", 10, happy),
    ]


BEFORE = [
    *many("AT", "Bergbote", 10, 90),
    *many("AT", "Citykurier", 10, 90),
    *many("DE", "Citykurier", 20, 180),
]


def test_the_part_that_fell_is_named_as_narrowly_as_the_numbers_allow():
    after = [
        *many("AT", "Bergbote", 80, 20),
        *many("AT", "Citykurier", 10, 90),
        *many("DE", "Citykurier", 20, 180),
    ]

    found = cause("score", "nps", BEFORE, after, Selection(survey="nps"))

    assert found.part == {"country": "AT", "carrier": "Bergbote"}
    assert (found.before, found.after, found.n, found.mix) == (80, -60, 100, ())


def test_other_answerers_are_told_apart_from_other_judgements():
    before = [*many("AT", "Bergbote", 60, 40), *many("DE", "Citykurier", 10, 290)]
    after = [*many("AT", "Bergbote", 240, 160), *many("DE", "Citykurier", 3, 87)]

    found = cause("score", "nps", before, after, Selection(survey="nps"))

    assert found.part is None and "country" in found.mix


def test_nothing_is_named_where_everybody_fell_alike_or_too_few_would_be_named():
    alike = [
        *many("AT", "Bergbote", 50, 50),
        *many("AT", "Citykurier", 50, 50),
        *many("DE", "Citykurier", 100, 100),
    ]
    tiny = [
        *many("AT", "Bergbote", 4, 0),
        *many("AT", "Citykurier", 10, 90),
        *many("DE", "Citykurier", 20, 180),
    ]

    assert cause("score", "nps", BEFORE, alike, Selection(survey="nps")).part is None
    assert cause("score", "nps", BEFORE, tiny, Selection(survey="nps")).part is None
    assert cause("score", "nps", [], tiny, Selection(survey="nps")).part is None


def test_shares_of_the_unhappy_are_compared_as_shares():
    after = [
        *many("AT", "Bergbote", 80, 20),
        *many("AT", "Citykurier", 10, 90),
        *many("DE", "Citykurier", 20, 180),
    ]

    found = cause("unhappy", "nps", BEFORE, after, Selection(survey="nps", country="AT"))

    assert found.part == {"carrier": "Bergbote"} and found.after == 80
