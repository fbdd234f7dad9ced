"""Events on the calendar: for one shop or all, in a few words."""

from datetime import date

import pytest

from feedback.insights.watching.marking import mark, unmark
from feedback.insights.watching.queries import marks
from surveys.errors import Refusal

DAY = date(2026, 3, 2)


def test_a_shop_sees_its_own_events_and_those_of_all(make, now):
    ann, demo, other = make.staff("Ann", "analyst"), make.brand(), make.brand("other", name="Other")
    for text, brand in (("Sale", None), ("New  checkout", demo), ("Strike", other)):
        mark(DAY, text, "other", brand, ann, now)

    assert [each.text for each in marks("demo")] == ["Sale", "New checkout"]
    assert [each.text for each in marks(None)] == ["Sale", "New checkout", "Strike"]
    assert not marks(None, first=date(2026, 3, 3)) and not marks(None, last=date(2026, 3, 1))
    unmark(marks("demo")[0])
    assert [each.text for each in marks("demo")] == ["New checkout"]


@pytest.mark.parametrize(
    ("day", "text", "kind"),
    [
        (DAY, " ", "other"),
        (DAY, "x" * 81, "other"),
        (DAY, "Sale", "party"),
        (date(9000, 1, 1), "Sale", "other"),
    ],
)
def test_what_cannot_be_marked_is_refused(make, now, day, text, kind):
    with pytest.raises(Refusal):
        mark(day, text, kind, None, make.staff("Ann", "analyst"), now)
    assert not marks(None)
