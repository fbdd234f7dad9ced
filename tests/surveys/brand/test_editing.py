from dataclasses import replace
from datetime import date, timedelta

import pytest

from surveys.brand import editing
from surveys.errors import Conflict, Refusal, SeveralRefusals

VALUES = editing.BrandValues(
    name="Demo Shop",
    colour="#A03050",
    corners="soft",
    sender_name="Kim",
    sender_email="Kim@Shop.test",
    reply_to="",
    postal_address="",
    privacy_url="https://shop.test/privacy",
    imprint_url="https://shop.test/imprint",
    locale="de",
    time_zone="Europe/Vienna",
    opens=480,
    closes=1440,
    business_days="4321",
    holidays="2026-12-25\n2026-12-24\n",
    default_basis="opt_in",
    check_back_after=timedelta(days=7),
    check_back_after_replacement=timedelta(days=3),
    thanks_per_day=2,
    active_days=60,
    lapsed_days=200,
)


def test_a_brand_takes_its_values_and_remembers_who_gave_them(make, now):
    brand, olga = make.brand(), make.staff("Olga", "owner")

    editing.change_brand(brand, VALUES, olga, now + timedelta(days=1))

    assert (brand.colour, brand.sender_email, brand.reply_to) == ("#a03050", "kim@shop.test", None)
    assert brand.business_days == "1234"
    assert (brand.active_days, brand.lapsed_days) == (60, 200)
    assert brand.holiday_dates == {date(2026, 12, 24), date(2026, 12, 25)}
    assert (brand.changed_at, brand.changed_by_id) == (now + timedelta(days=1), olga.id)


@pytest.mark.once
@pytest.mark.parametrize(
    "field, value",
    [
        ("name", " "),
        ("colour", "red;}"),
        ("colour", "#12345"),
        ("name", "Demo\r\nBcc: x@y.test"),
        ("sender_name", "Kim\u2028Kim"),
        ("sender_email", "nobody"),
        ("reply_to", "a@b.test\nBcc: c@d.test"),
        ("privacy_url", "javascript:alert(1)"),
        ("imprint_url", "shop.test/imprint"),
        ("privacy_url", "https://x.test/" + "y" * 500),
        ("imprint_url", "https://[::1"),
        ("locale", "ja"),
        ("time_zone", "Mars/Base"),
        ("time_zone", "../../etc/passwd"),
        ("closes", 480),
        ("business_days", ""),
        ("business_days", "79"),
        ("holidays", "2026-02-30"),
        ("default_basis", "maybe"),
        ("check_back_after", timedelta(days=31)),
        ("check_back_after_replacement", timedelta(days=-1)),
        ("thanks_per_day", 51),
        ("active_days", 0),
        ("lapsed_days", 60),
        ("lapsed_days", 3651),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_its_field(make, now, field, value):
    with pytest.raises(Refusal) as refused:
        editing.change_brand(
            make.brand(), replace(VALUES, **{field: value}), make.staff("Olga", "owner"), now
        )

    assert refused.value.field == field


def test_of_several_values_that_do_not_fit_each_is_refused_and_none_is_stored(make, now):
    brand = make.brand()
    with pytest.raises(SeveralRefusals) as refused:
        editing.change_brand(
            brand, replace(VALUES, name="", colour="red", closes=1), make.staff("Olga", "owner"), now
        )

    assert [each.field for each in refused.value.refusals] == ["name", "colour", "closes"]
    assert (brand.name, brand.time_zone) == ("Demo Shop", "Europe/Berlin")


def test_two_hook_secrets_may_live_and_a_retired_one_makes_room(make, now):
    brand = make.brand()
    first = editing.new_hook_secret(brand, now)
    editing.new_hook_secret(brand, now)
    with pytest.raises(Conflict):
        editing.new_hook_secret(brand, now)

    editing.retire_hook_secret(first, now)

    assert len(editing.new_hook_secret(brand, now).secret) == 64
