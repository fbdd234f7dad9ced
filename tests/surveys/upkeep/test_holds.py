import pytest

from surveys.channels.registry import OUT, OUTBOX, THIS_MACHINE
from surveys.upkeep.holds import Facts, holds

LIVE = "https://feedback.shop.test"


def codes(way=OUT, base_url=LIVE, held_because=None, moved=False, has_demo=False):
    facts = Facts(way, base_url, held_because, moved, has_demo)
    return [hold.code for hold in holds(facts)]


def test_mail_leaves_a_real_shop_that_customers_reach():
    assert codes() == []


@pytest.mark.parametrize(
    ("base_url", "expected"),
    [
        ("http://127.0.0.1:8000", ["unreachable"]),
        ("https://localhost", ["unreachable"]),
        ("http://[::1]:8000", ["unreachable"]),
        ("https://shop.localhost.", ["unreachable"]),
        ("http://0.0.0.0:8000", ["unreachable"]),
        ("http://feedback.shop.test", ["not_https"]),
        ("https://localhost.shop.test", []),
    ],
)
def test_links_that_no_customer_can_open_or_trust_hold_the_mail(base_url, expected):
    assert codes(base_url=base_url) == expected


@pytest.mark.parametrize("way", [OUTBOX, THIS_MACHINE])
def test_trying_things_out_on_this_machine_is_never_held_by_address_or_demo(way):
    assert codes(way=way, base_url="http://127.0.0.1:8000", has_demo=True) == []


def test_the_demos_customers_hold_the_mail_of_a_server_that_sends_it_on():
    assert codes(has_demo=True) == ["demo"]


@pytest.mark.parametrize("way", [OUTBOX, THIS_MACHINE, OUT])
@pytest.mark.parametrize("because", ["restored", "by_hand"])
def test_what_a_person_has_to_release_holds_whatever_the_way(way, because):
    assert codes(way=way, held_because=because) == [because]


def test_a_database_that_has_moved_is_held_as_soon_as_mail_goes_to_a_server():
    assert codes(moved=True) == ["moved"]
    assert codes(moved=True, way=THIS_MACHINE) == ["moved"]
    assert codes(moved=True, way=OUTBOX) == []


def test_a_restored_database_has_moved_as_well_and_says_so_once():
    assert codes(held_because="restored", moved=True) == ["restored"]


def test_all_reasons_are_told_at_once():
    assert codes(base_url="http://127.0.0.1", held_because="restored", has_demo=True) == [
        "restored",
        "unreachable",
        "demo",
    ]
