"""Which happy customers are thanked today: drawn by lot, so that nobody is preferred and anybody can repeat it.

The lot of an answer depends on the day, the shop and the answer alone. The urn holds what was said before the day
began, so the draw stays the same all day, whoever looks at it and however often.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from surveys.invitations.draws import draw


class Happy(NamedTuple):
    """A happy answer in the urn; `customer_id` because nobody is drawn twice."""

    response_id: int
    public_id: str
    customer_id: int


def drawn(urn: Iterable[Happy], day: date, shop: str, limit: int) -> list[Happy]:
    """Return up to `limit` answers of different customers, in the order in which they were drawn."""
    by_lot = sorted(urn, key=lambda each: (draw("thank-you", day.isoformat(), shop, each.public_id), each))
    found: dict[int, Happy] = {}
    for each in by_lot:
        found.setdefault(each.customer_id, each)
    return list(found.values())[: max(0, limit)]
