"""Shares with their doubt."""

import pytest

from feedback.follow_up.effect.recovery import Share


def test_a_share_has_wilsons_interval():
    share = Share(27, 60)

    assert share.value == 0.45
    assert (share.interval.low, share.interval.high) == pytest.approx((0.3309, 0.5751), abs=5e-5)


def test_nobody_has_no_share():
    assert Share(0, 0).value is None and Share(0, 0).interval is None
