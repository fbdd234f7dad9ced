"""Umlauts that were spelled out come back; words that have none, and texts that have some, stay as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.reader.umlauts import with_umlauts


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("fuer die groesse zu spaet", "für die größe zu spät"),
        ("schoene gruesse, haette gern mehr", "schöne grüße, hätte gern mehr"),
        ("wieder verzoegerung und truebe sosse", "wieder verzögerung und trübe soße"),
        ("muell, viel zu gross und heiss", "müll, viel zu groß und heiß"),
        ("die strasse draussen, ausserdem", "die straße draußen, außerdem"),
        ("weiss nicht, was das heissen soll", "weiß nicht, was das heißen soll"),
    ],
)
def test_what_was_spelled_out_comes_back(typed, read):
    assert with_umlauts(typed) == read


@pytest.mark.parametrize(
    "text",
    [
        "aktuell sauer, treue und neue frauen",
        "genauer, teuer und eventuell individuell",
        "zuerst bluetooth, dann quer, preisschild am shoe",
        "michael muss aussehen wissen, besser im kasse",
        "gefällt mir, aber der name ist goethe",
    ],
)
def test_what_has_none_stays(text):
    assert with_umlauts(text) == text


@given(st.text(max_size=60))
def test_what_is_read_once_is_read_the_same_again(text):
    once = with_umlauts(text.lower())

    assert with_umlauts(once) == once
