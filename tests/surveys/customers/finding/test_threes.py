import pytest

from surveys.customers.finding.threes import for_sqlite


@pytest.mark.once
@pytest.mark.parametrize(
    ("part", "query"),
    [
        ("pat 7", '"at " AND "pat" AND "t 7"'),
        ("aaaa", '"aaa"'),
        ('a"b', '"a""b"'),
        ("ab", None),
        ("", None),
    ],
)
def test_a_part_of_a_name_is_asked_for_by_all_its_threes_as_a_quoted_word(part, query):
    assert for_sqlite(part) == query
