import pytest

from surveys.errors import Conflict, Forbidden, Missing, Refusal
from surveys.staff import hiring, signing_in
from surveys.staff.queries import living_session, staff_by_email


def test_the_printed_link_makes_the_first_owner_once(app, now):
    link = signing_in.issue_link(None, now)
    session = hiring.found(link, "olga@shop.test", "Olga", "a sentence only Olga knows", now)

    assert living_session(session, now).staff.role == "owner"
    with pytest.raises(Missing):
        hiring.found(link, "nadia@shop.test", "Nadia", "a sentence only Nadia knows", now)
    assert staff_by_email("nadia@shop.test") is None


@pytest.mark.parametrize(
    "email", ["", "olga", "olga@", "a@b..c", "olga@shop.test\r\nBcc: x@y.test", "x" * 65 + "@shop.test"]
)
def test_a_bad_address_is_refused_by_name(app, now, email):
    with pytest.raises(Refusal) as refused:
        hiring.add_staff(email, "Olga", "owner", now)

    assert refused.value.field == "email"


def test_an_address_works_here_once(make, now):
    make.staff("Ben", email="ben@shop.test")

    with pytest.raises(Conflict):
        hiring.add_staff("BEN@shop.test", "Ben", "agent", now)


def test_an_admin_makes_no_owners_and_does_not_touch_them(make, now):
    admin, olga = make.staff("Ada", "admin"), make.staff("Olga", "owner")

    with pytest.raises(Forbidden):
        hiring.add_staff("x@shop.test", "X", "owner", now, by=admin)
    with pytest.raises(Forbidden):
        hiring.change_role(olga, "agent", admin)
    with pytest.raises(Forbidden):
        hiring.switch_off(olga, admin)


@pytest.mark.parametrize("role", ["agent", "analyst"])
def test_agents_and_analysts_manage_nobody(make, now, role):
    with pytest.raises(Forbidden):
        hiring.change_role(make.staff("Ben"), "admin", make.staff("Nadia", role))


def test_the_last_owner_stays(make):
    olga = make.staff("Olga", "owner")

    with pytest.raises(hiring.LastOwner):
        hiring.change_role(olga, "agent", olga)
    with pytest.raises(hiring.LastOwner):
        hiring.switch_off(olga, olga)


def test_letting_somebody_go_ends_their_sessions(make, now):
    olga, ben = make.staff("Olga", "owner"), make.staff("Ben")
    session = signing_in.start_session(ben, now)

    hiring.switch_off(ben, olga)

    assert living_session(session, now) is None
    hiring.switch_on(ben, olga)
    assert ben.is_active
