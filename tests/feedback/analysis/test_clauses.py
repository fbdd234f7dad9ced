import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.clauses import clauses


def parts(text, **wanted):
    return [text[start:end] for start, end in clauses(text, **wanted)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The lamp is lovely, but it came late.", ["The lamp is lovely", "but it came late."]),
        ("Die Lampe ist schön, aber sie kam spät.", ["Die Lampe ist schön", "aber sie kam spät."]),
        ("Great. Too dear!", ["Great.", "Too dear!"]),
        ("Nice; slow", ["Nice", "slow"]),
        ("Nice – slow", ["Nice", "slow"]),
        ("Nice - slow", ["Nice", "slow"]),
        ("A well-made e-bike", ["A well-made e-bike"]),
        ("First line\nSecond line", ["First line", "Second line"]),
        ("Although it came late, I love it.", ["Although it came late", "I love it."]),
        ("Obwohl es spät kam, ist es toll.", ["Obwohl es spät kam", "ist es toll."]),
        ("Toll, allerdings teuer", ["Toll", "allerdings teuer"]),
        ("Everything perfect except the box", ["Everything perfect", "except the box"]),
        ("Alles perfekt, außer der Karton", ["Alles perfekt", "außer der Karton"]),
        (
            "The quality is good, however, delivery was slow.",
            ["The quality is good", "however, delivery was slow."],
        ),
        ("Getting it, however, was a horror.", ["Getting it, however, was a horror."]),
        ("Lovely cotton, painfully dear though.", ["Lovely cotton", "painfully dear though."]),
        ("Gute Ware, die Spedition jedoch kam nie.", ["Gute Ware", "die Spedition jedoch kam nie."]),
        ("Das Paket ist leider weg.", ["Das Paket ist leider weg."]),
        ("Die Spedition hingegen war nett.", ["Die Spedition hingegen war nett."]),
        ("Nothing but praise", ["Nothing but praise"]),
        ("But why?", ["But why?"]),
        ("It cost approx. 3.50 euros", ["It cost approx. 3.50 euros"]),
        ("Kam am 3. Mai an, z. B. ohne Karton", ["Kam am 3. Mai an, z. B. ohne Karton"]),
        ("Paid 30. Never again.", ["Paid 30. Never again."]),
        ("👍", ["👍"]),
        ("...", []),
        ("", []),
        (" \n ", []),
    ],
)
def test_a_clause_begins_where_the_mood_can_turn(text, expected):
    assert parts(text) == expected


def test_statements_between_commas_are_parts_where_that_is_wanted():
    text = "Your staff are angels, your website is a nightmare, but fine."

    assert parts(text) == ["Your staff are angels, your website is a nightmare", "but fine."]
    assert parts(text, at_commas=True) == [
        "Your staff are angels",
        "your website is a nightmare",
        "but fine.",
    ]
    assert parts("Das Kleid, das ich gekauft habe, passt", at_commas=True) == [
        "Das Kleid, das ich gekauft habe, passt"
    ]


WORDS = st.sampled_from(
    [
        "but",
        "Aber",
        "obwohl ",
        "however",
        ",",
        ".",
        "…",
        "!",
        " ",
        "\n",
        " - ",
        "–",
        ";",
        "3.",
        "z.B.",
        "late",
        "ä",
        "👍",
    ]
)


@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=20).map("".join)), st.booleans())
def test_clauses_lie_in_the_text_in_order_and_say_something(text, at_commas):
    found = clauses(text, at_commas=at_commas)

    assert all(0 <= clause.start < clause.end <= len(text) for clause in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(text[start:end] == text[start:end].strip() for start, end in found)


@pytest.mark.parametrize("unit", ["but ", ", ", ".", "aber, ", "Although ", "- ", "\n", "z.", "(", " "])
def test_a_hostile_text_is_cut_in_no_time(unit):
    text = (unit * 5000)[:5000]

    began = time.perf_counter()
    clauses(text, at_commas=True)

    assert time.perf_counter() - began < 0.2
