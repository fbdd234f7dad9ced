from datetime import timedelta

import pytest

from surveys.database import db
from surveys.errors import Missing
from surveys.staff import signing_in
from surveys.staff.passwords import PasswordRefused
from surveys.staff.queries import living_session
from tests.factories import hash_of

SENTENCE = "a sentence only Olga knows"


@pytest.fixture
def olga(make):
    return make.staff("Olga", "owner", email="olga@shop.test", password_hash=hash_of(SENTENCE))


def sign_in(email, password, address, now):
    fitting = signing_in.fitting_hash(email, password, address, now)
    return signing_in.sign_in(email, fitting, address, now)


def test_the_right_password_opens_a_session(olga, now):
    secret = sign_in(" Olga@Shop.test ", SENTENCE, "192.0.2.1", now)

    assert living_session(secret, now).staff is olga


@pytest.mark.once
def test_a_wrong_password_and_an_unknown_address_look_the_same(olga, now):
    assert sign_in("olga@shop.test", "wrong", "192.0.2.1", now) is None
    assert sign_in("nadia@shop.test", "wrong", "192.0.2.1", now) is None


@pytest.mark.once
def test_five_wrong_passwords_slow_the_account_down_at_this_address_only(olga, now):
    for _ in range(5):
        sign_in("olga@shop.test", "wrong", "192.0.2.1", now)

    with pytest.raises(signing_in.TooManyTries):
        sign_in("olga@shop.test", SENTENCE, "192.0.2.1", now)
    assert sign_in("olga@shop.test", SENTENCE, "192.0.2.2", now)


@pytest.mark.once
def test_tries_are_forgotten_after_a_quarter_of_an_hour(olga, now):
    for _ in range(5):
        sign_in("olga@shop.test", "wrong", "192.0.2.1", now)

    assert sign_in("olga@shop.test", SENTENCE, "192.0.2.1", now + timedelta(minutes=15, seconds=1))


def test_tries_that_are_under_way_at_once_count_one_another(olga, now):
    fitting = signing_in.fitting_hash("olga@shop.test", SENTENCE, "192.0.2.1", now)
    for _ in range(5):
        signing_in.sign_in("olga@shop.test", None, "192.0.2.1", now)

    with pytest.raises(signing_in.TooManyTries):
        signing_in.sign_in("olga@shop.test", fitting, "192.0.2.1", now)


@pytest.mark.once
def test_a_password_changed_while_the_old_one_was_tried_lets_nobody_in(olga, now):
    fitting = signing_in.fitting_hash("olga@shop.test", SENTENCE, "192.0.2.1", now)
    signing_in.set_password(olga, "another sentence of hers")

    assert signing_in.sign_in("olga@shop.test", fitting, "192.0.2.1", now) is None


@pytest.mark.parametrize(
    "address, network",
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),  # RFC 6177: a household gets a /64 or more
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::"),
        ("unknown" * 10, ("unknown" * 10)[:45]),
        ("", ""),
    ],
)
def test_tries_are_counted_by_the_network_they_come_from(address, network):
    assert signing_in.network_of(address) == network


@pytest.mark.once
def test_a_household_cannot_try_from_each_of_its_addresses(olga, now):
    for number in range(5):
        sign_in("olga@shop.test", "wrong", f"2001:db8:1:2::{number}", now)

    with pytest.raises(signing_in.TooManyTries):
        sign_in("olga@shop.test", SENTENCE, "2001:db8:1:2::9", now)


@pytest.mark.once
@pytest.mark.thorough
def test_thirty_failures_from_one_address_stop_it_for_every_account(olga, now):
    for number in range(30):
        sign_in(f"guess{number}@shop.test", "wrong", "192.0.2.1", now)

    with pytest.raises(signing_in.TooManyTries):
        sign_in("olga@shop.test", SENTENCE, "192.0.2.1", now)


@pytest.mark.once
def test_somebody_switched_off_cannot_sign_in_and_is_signed_out(olga, now):
    secret = sign_in("olga@shop.test", SENTENCE, "192.0.2.1", now)
    olga.is_active = False
    db.session.flush()

    assert living_session(secret, now) is None
    assert sign_in("olga@shop.test", SENTENCE, "192.0.2.1", now) is None


def test_a_session_ends_when_idle_and_after_twelve_hours_in_any_case(olga, now):
    secret = signing_in.start_session(olga, now)
    assert living_session(secret, now + timedelta(hours=2)) is None

    session = living_session(secret, now)
    for hours in range(1, 12):
        db.session.execute(signing_in.touching(session, now + timedelta(hours=hours)))
    assert living_session(secret, now + timedelta(hours=11, minutes=59))
    assert living_session(secret, now + timedelta(hours=12)) is None


def test_a_session_is_touched_at_most_once_a_minute(olga, now):
    session = living_session(signing_in.start_session(olga, now), now)

    assert signing_in.touching(session, now + timedelta(seconds=59)) is None
    assert signing_in.touching(session, now + timedelta(seconds=60)) is not None


def test_a_link_sets_a_password_once(olga, now):
    link = signing_in.issue_link(olga, now)
    signing_in.use_link(link, "another sentence of hers", now)

    with pytest.raises(Missing):
        signing_in.use_link(link, "a third sentence of hers", now)
    assert sign_in("olga@shop.test", "another sentence of hers", "192.0.2.1", now)


def test_a_link_runs_out(olga, now):
    link = signing_in.issue_link(olga, now)

    with pytest.raises(Missing):
        signing_in.use_link(link, "another sentence of hers", now + timedelta(hours=24))


def test_a_refused_password_leaves_the_link_usable(olga, now):
    link = signing_in.issue_link(olga, now)
    with pytest.raises(PasswordRefused):
        signing_in.use_link(link, "short", now)

    assert signing_in.use_link(link, "another sentence of hers", now)


@pytest.mark.once
def test_a_new_password_ends_every_link_that_waits(olga, now):
    waiting, used = signing_in.issue_link(olga, now), signing_in.issue_link(olga, now)

    signing_in.use_link(used, "another sentence of hers", now)

    with pytest.raises(Missing):
        signing_in.use_link(waiting, "a third sentence of hers", now)


@pytest.mark.once
def test_a_new_password_ends_every_other_session(olga, now):
    here, elsewhere = signing_in.start_session(olga, now), signing_in.start_session(olga, now)

    signing_in.change_password(olga, SENTENCE, "another sentence of hers", keep=here)

    assert living_session(here, now)
    assert living_session(elsewhere, now) is None


def test_the_old_password_is_needed_for_a_new_one(olga, now):
    with pytest.raises(signing_in.SignInRefused):
        signing_in.change_password(olga, "wrong", "another sentence of hers", keep="")


@pytest.mark.once
def test_asking_for_a_link_tells_nothing_about_strangers(olga, now):
    assert signing_in.ask_for_link("nadia@shop.test", "192.0.2.1", now) is None
    member, secret = signing_in.ask_for_link("OLGA@shop.test", "192.0.2.1", now)
    assert member is olga
    assert signing_in.use_link(secret, "another sentence of hers", now)


def test_sweeping_deletes_what_has_run_out_and_nothing_else(olga, now):
    old = signing_in.start_session(olga, now - timedelta(days=1))
    new = signing_in.start_session(olga, now)
    signing_in.issue_link(olga, now - timedelta(days=2))

    assert signing_in.sweep(now) == 2
    assert living_session(new, now)
    assert living_session(old, now) is None
