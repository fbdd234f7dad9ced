"""The demo's comments: enough of them, each with its place, and none that contradicts its order."""

from collections import Counter
from pathlib import Path

import pytest

from feedback.demo import comments as comments_module
from feedback.demo.comments import Comment, fitting, parse

TEXTS = Path(comments_module.__file__).parent / "texts"
HEADER = "low\thigh\ttheme\tneeds\ttext\n"
# The first level of the code book (both languages).
THEMES = {
    "DELIVERY",
    "PACKAGING",
    "PRODUCT_QUALITY",
    "PRODUCT_FIT",
    "DESCRIPTION",
    "ORDER_ACCURACY",
    "PRICE",
    "PAYMENT",
    "RETURNS",
    "SUPPORT",
    "WEBSITE",
    "AVAILABILITY",
    "SETUP",
    "COMMUNICATION",
    "SAFETY_LEGAL",
    "PRAISE",
    "OTHER",
}


@pytest.fixture(params=["en", "de"])
def table(request):
    return (TEXTS / f"{request.param}.tsv").read_text(encoding="utf-8")


@pytest.fixture
def comments(table):
    return parse(table)


def test_each_language_has_at_least_180_different_comments(comments):
    texts = {comment.text.casefold() for comment in comments}
    assert len(texts) == len(comments) >= 180


def test_the_two_languages_share_no_comment():
    english, german = (
        {c.text.casefold() for c in parse((TEXTS / f"{language}.tsv").read_text(encoding="utf-8"))}
        for language in ("en", "de")
    )
    assert not english & german


def test_every_theme_is_known_and_has_at_least_four_comments(comments):
    counts = Counter(comment.theme for comment in comments)
    assert set(counts) == THEMES
    assert min(counts.values()) >= 4


@pytest.mark.parametrize(("low", "high"), [(0, 3), (4, 6), (7, 8), (9, 10)])
def test_every_group_of_scores_has_at_least_35_comments(comments, low, high):
    assert len([c for c in comments if c.low <= high and c.high >= low]) >= 35


def test_at_least_35_complaints_about_late_delivery_need_a_late_order(comments):
    assert len([c for c in comments if (c.theme, c.needs) == ("DELIVERY", "late") and c.high <= 7]) >= 35


def test_at_least_12_praise_fast_delivery_and_need_an_order_on_time(comments):
    praise = [c for c in comments if (c.theme, c.needs) == ("DELIVERY", "on_time") and c.low >= 8]
    assert len(praise) >= 12


@pytest.mark.parametrize("late", [True, False])
@pytest.mark.parametrize("score", range(11))
def test_something_fits_every_answer(comments, score, late):
    assert fitting(comments, score, late)


def test_texts_are_trimmed_and_know_no_placeholder_but_the_product(comments):
    for comment in comments:
        assert comment.text == comment.text.strip()
        rest = comment.text.replace("{product}", "")
        assert not set(rest) & set("{}\t\r")


def test_about_one_comment_in_twelve_names_the_product(comments):
    assert 12 <= len([c for c in comments if "{product}" in c.text]) <= 30


def test_a_comment_fits_the_scores_of_its_range_and_the_order_it_needs():
    any_order, late, on_time = (Comment(4, 6, "OTHER", needs, needs) for needs in ("-", "late", "on_time"))
    everything = (any_order, late, on_time)
    assert fitting(everything, 4, late=True) == [any_order, late]
    assert fitting(everything, 6, late=False) == [any_order, on_time]
    assert fitting(everything, 3, late=True) == fitting(everything, 7, late=False) == []


def test_a_row_becomes_a_comment_and_quotes_stay_as_written():
    assert parse(HEADER + '0\t3\tDELIVERY\tlate\t"Out for delivery", ha.\n') == (
        Comment(0, 3, "DELIVERY", "late", '"Out for delivery", ha.'),
    )


@pytest.mark.parametrize(
    "row",
    [
        "",
        "0\t3\tDELIVERY\tlate",
        "0\t3\tDELIVERY\tlate\tone\ttwo",
        "3\t0\tDELIVERY\tlate\ttext",
        "0\t11\tDELIVERY\tlate\ttext",
        "-1\t3\tDELIVERY\tlate\ttext",
        "low\t3\tDELIVERY\tlate\ttext",
        "0\t3\tDELIVERY\tsometimes\ttext",
        "0\t3\t\tlate\ttext",
        "0\t3\tDELIVERY\tlate\t ",
    ],
)
def test_a_malformed_row_is_named_by_its_line(row):
    with pytest.raises(ValueError, match="^line 3: "):
        parse(HEADER + "0\t3\tOTHER\t-\tfine\n" + row + "\n")


def test_a_table_without_its_header_is_refused():
    with pytest.raises(ValueError, match="^line 1: "):
        parse("0\t3\tOTHER\t-\tfine\n")
