import pytest

from surveys.errors import Conflict, Forbidden, Missing, Refusal
from surveys.staff import hiring, signing_in
from surveys.staff.queries import living_session, staff_by_email, usable_link


@pytest.mark.once
def test_the_printed_link_makes_the_first_owner_once(app, now):
    link = signing_in.issue_link(None, now)
    session = hiring.found(link, "olga@shop.test", "Olga", "a sentence only Olga knows", now)

    assert living_session(session, now).staff.role == "owner"
    with pytest.raises(Missing):
        hiring.found(link, "nadia@shop.test", "Nadia", "a sentence only Nadia knows", now)
    assert staff_by_email("nadia@shop.test") is None


def test_of_printed_links_only_the_newest_is_good(app, now):
    older, newer = signing_in.issue_link(None, now), signing_in.issue_link(None, now)

    with pytest.raises(Missing):
        hiring.found(older, "olga@shop.test", "Olga", "a sentence only Olga knows", now)
    assert hiring.found(newer, "olga@shop.test", "Olga", "a sentence only Olga knows", now)


def test_a_printed_link_is_closed_once_an_owner_can_sign_in(make, now):
    link = signing_in.issue_link(None, now)
    make.staff("Ben", "agent", password_hash="set")
    make.staff("Ada", "owner")
    assert usable_link(link, now)

    make.staff("Olga", "owner", password_hash="set")
    with pytest.raises(Missing):
        hiring.found(link, "nadia@shop.test", "Nadia", "a sentence only Nadia knows", now)


@pytest.mark.parametrize("name", ["Ben\r\nBcc: x@y.test", "Ben\u2028", "B\x07en"])
def test_a_name_that_no_mail_can_carry_is_refused(app, now, name):
    with pytest.raises(Refusal) as refused:
        hiring.add_staff("ben@shop.test", f"x{name}x", "agent", now)

    assert refused.value.field == "name"


@pytest.mark.parametrize("change", [lambda ben, by: hiring.change_role(ben, "owner", by), hiring.switch_off])
def test_a_link_gives_nobody_more_than_when_it_was_made(make, now, change):
    olga, ben = make.staff("Olga", "owner"), make.staff("Ben", "admin")
    link = signing_in.issue_link(ben, now)

    change(ben, olga)

    with pytest.raises(Missing):
        signing_in.use_link(link, "a sentence only Ada knows", now)


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
