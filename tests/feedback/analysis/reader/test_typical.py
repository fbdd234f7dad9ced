from feedback.analysis.reader.typical import typical
from tests.feedback.analysis.likeness.vectors import numbers


def test_the_comments_in_the_middle_stand_for_all_and_equal_ones_once():
    near = [
        (at, numbers(likeness, 1 + at)) for at, likeness in enumerate((0.99, 0.98, 0.95, 0.5, 0.4), start=1)
    ]
    odd, again = (9, numbers(-0.9, 20)), (7, near[0][1])

    found = typical([odd, *near, again], 3)

    assert found == [7, 2, 3]
    assert typical([odd, *near], 99) == [1, 2, 3, 4, 5, 9]
    assert typical([], 3) == []
