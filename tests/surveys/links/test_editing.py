"""Links are made whole or not at all; what is wrong is told all at once."""

import re
from dataclasses import replace

import pytest

from surveys.errors import Refusal, SeveralRefusals
from surveys.links.editing import LETTERS, LinkValues, add_link, change_link, new_key, switch

GOOD = LinkValues("Parcel", "qr", "de", "store = Berlin", "https://shop.example", 60)


def test_a_key_can_be_typed_from_paper_and_is_never_the_same():
    keys = {new_key() for _ in range(50)}

    assert len(keys) == 50
    assert all(re.fullmatch(f"[{LETTERS}]{{10}}", key) for key in keys)
    assert not set("01oil") & set(LETTERS)


def test_a_new_link_is_open_and_knows_who_made_it(make, now):
    olga = make.staff("Olga", "admin")
    link = add_link(make.brand(), make.survey(), GOOD, olga, now)

    assert (link.name, link.channel, link.locale, link.per_minute) == ("Parcel", "qr", "de", 60)
    assert (link.attributes, link.origins) == ({"store": "Berlin"}, ["https://shop.example"])
    assert link.is_on and link.created_by is olga


def test_a_check_back_has_no_open_link(make, now):
    with pytest.raises(Refusal, match="its own mails"):
        add_link(make.brand(), make.survey("check-back"), GOOD, None, now)


def test_everything_that_is_wrong_is_told_at_once_and_nothing_changed(make, now):
    link = make.link()
    bad = LinkValues(" ", "fax", "xx", "Store = x", "http://shop.example", 0)

    with pytest.raises(SeveralRefusals) as caught:
        change_link(link, bad)

    fields = [refusal.field for refusal in caught.value.refusals]
    assert fields == ["name", "channel", "locale", "per_minute", "attributes", "origins"]
    assert (link.name, link.channel) == ("On the parcel", "link")


def test_an_empty_language_is_the_shops(make):
    link = make.link()
    change_link(link, replace(GOOD, locale=""))

    assert link.locale is None


def test_a_link_can_be_closed_and_opened(make):
    link = make.link()

    switch(link, False)
    assert not link.is_on
    switch(link, True)
    assert link.is_on


def test_an_anonymous_survey_takes_no_attributes_from_the_address(make, now):
    survey = make.anonymous()
    assert add_link(make.brand(), survey, GOOD, None, now).attributes == {"store": "Berlin"}

    with pytest.raises(Refusal, match="comes with the address") as refused:
        add_link(make.brand(), survey, replace(GOOD, attributes="store = Berlin\ntable"), None, now)
    assert refused.value.field == "attributes"
