"""What somebody chooses is kept whole, or refused whole with the fields named."""

import pytest

from feedback.notices.choosing import choose
from feedback.notices.habits import DIGEST, MAIL
from feedback.notices.queries import habits_of
from surveys.errors import Refusal, SeveralRefusals

WAYS = {"P1": "mail", "P2": "digest", "P3": "app", "P4": "app"}


def test_until_they_choose_the_nights_of_the_shop_are_quiet(make):
    make.brand(opens=600, closes=1200)
    found = habits_of(make.staff("Ben").id)
    assert (found.quiet_from, found.quiet_until, found.digest_at) == (1200, 600, 600)
    assert found.ways["P1"] == MAIL and found.ways["P3"] == DIGEST


def test_a_choice_holds_and_can_be_changed(make, now):
    ben = make.staff("Ben")
    choose(ben, WAYS, "Asia/Tokyo", (1320, 360), 420, now)
    choose(ben, WAYS | {"P1": "app"}, "Europe/Berlin", (1320, 360), 480, now)
    found = habits_of(ben.id)
    assert (found.zone.key, found.digest_at) == ("Europe/Berlin", 480)
    assert found.ways == {"P0": "mail"} | WAYS | {"P1": "app"}
    assert habits_of(make.staff("Nadia").id).ways["P1"] == MAIL


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ways": WAYS | {"P3": "pigeon"}}, "p3"),
        ({"zone": "Europe/Nowhere"}, "time_zone"),
        ({"quiet": (-1, 360)}, "quiet_from"),
        ({"digest_at": 1440}, "digest_at"),
        ({"digest_at": 100}, "digest_at"),
    ],
)
def test_what_cannot_be_is_refused(make, now, changes, field):
    ben = make.staff("Ben")
    given = {"ways": WAYS, "zone": "Europe/Berlin", "quiet": (1320, 360), "digest_at": 480} | changes
    with pytest.raises(Refusal) as refused:
        choose(ben, given["ways"], given["zone"], given["quiet"], given["digest_at"], now)
    assert refused.value.field == field
    assert habits_of(ben.id).zone.key == "UTC", "nothing is kept"


def test_all_that_is_wrong_is_said_at_once(make, now):
    with pytest.raises(SeveralRefusals) as refused:
        choose(make.staff("Ben"), {}, "x", (0, 0), 480, now)
    assert {each.field for each in refused.value.refusals} == {"p1", "p2", "p3", "p4", "time_zone"}
