import re
from base64 import b64encode
from io import BytesIO

import pytest
from sqlalchemy import select

from surveys.brand.filters import brand_sheet_url
from surveys.brand.models import Brand
from surveys.brand.views import PARTS
from surveys.database import db

FIELDS = {
    "name": "Feinwerk",
    "colour": "#336699",
    "corners": "round",
    "locale": "de",
    "time_zone": "Europe/Berlin",
    "opens": "08:30",
    "closes": "23:59",
    "business_days": ["0", "1"],
    "holidays": "",
    "default_basis": "opt_in",
    "check_back_after": "0",
    "check_back_after_replacement": "2",
    "thanks_per_day": "5",
    "active_days": "90",
    "lapsed_days": "180",
}


def test_a_brand_is_changed_on_its_page(make_today, signed_in):
    make_today.brand()
    admin = signed_in(make_today.staff("Ada", "admin"))

    assert admin.get("/settings/brands/demo").status_code == 200
    assert admin.post("/settings/brands/demo", data=FIELDS).status_code == 303

    brand = db.session.scalars(select(Brand)).one()
    assert (brand.name, brand.opens, brand.closes, brand.business_days) == ("Feinwerk", 510, 1440, "01")
    assert brand.corners == "round"
    assert (brand.check_back_after_replacement.days, brand.thanks_per_day) == (2, 5)
    assert '<option selected value="round">Round</option>' in admin.get("/settings/brands/demo").text


def test_a_wrong_value_is_told_beside_its_field_and_what_was_typed_stays(make_today, signed_in):
    make_today.brand()
    admin = signed_in(make_today.staff("Ada", "admin"))

    answer = admin.post("/settings/brands/demo", data={**FIELDS, "colour": "reddish", "name": "Typed name"})

    assert answer.status_code == 422
    assert "six digits" in answer.text
    assert "Typed name" in answer.text
    assert db.session.scalars(select(Brand)).one().name == "Demo Shop"


def test_whatever_is_wrong_is_told_at_once_each_at_its_field(make_today, signed_in):
    make_today.brand()
    admin = signed_in(make_today.staff("Ada", "admin"))
    wrong = {
        "name": "",
        "colour": "reddish",
        "corners": "heart-shaped",
        "reply_to": "nobody",
        "time_zone": "Mars/Base",
        "opens": "late",
        "holidays": "2026-02-30",
        "lapsed_days": "5",
    }

    answer = admin.post("/settings/brands/demo", data={**FIELDS, **wrong})

    assert answer.status_code == 422
    for field in wrong:
        assert f'<a href="#{field}">' in answer.text and f'id="{field}-error"' in answer.text
    assert answer.text.count("field__error") == len(wrong)
    assert "<br>" not in "".join(re.findall(r'class="field__error".*?</p>', answer.text, re.S)), (
        "told once each"
    )
    assert "Write the time as in 09:30." in answer.text and "This field is required" not in answer.text
    assert db.session.scalars(select(Brand)).one().name == "Demo Shop"


@pytest.mark.once
@pytest.mark.parametrize("digits", [12, 400])
def test_a_number_beyond_any_calendar_is_told_beside_its_field(make_today, signed_in, digits):
    make_today.brand()
    admin = signed_in(make_today.staff("Ada", "admin"))

    answer = admin.post("/settings/brands/demo", data={**FIELDS, "check_back_after": "9" * digits})

    assert (answer.status_code, 'id="check_back_after-error"' in answer.text) == (422, True)


def test_a_hook_secret_is_made_and_retired(make_today, signed_in):
    make_today.brand()
    admin = signed_in(make_today.staff("Ada", "admin"))
    admin.post("/settings/brands/demo/hook-secrets")
    [secret] = db.session.scalars(select(Brand)).one().hook_secrets

    assert secret.secret in admin.get("/settings/brands/demo").text
    admin.post(f"/settings/brands/demo/hook-secrets/{secret.id}/retire")

    assert secret.secret not in admin.get("/settings/brands/demo").text
    for number in (999, 2**31, 10**25, "9" * 5000, "٣"):
        assert admin.post(f"/settings/brands/demo/hook-secrets/{number}/retire").status_code == 404


def test_a_logo_stands_in_the_brands_sheet_until_it_is_removed(make_today, signed_in):
    make_today.brand()
    admin = signed_in(make_today.staff("Ada", "admin"))
    picture = b"\x89PNG\r\n\x1a\n and the rest of it"

    admin.post("/settings/brands/demo/logo", data={"logo": (BytesIO(picture), "logo.png")})
    brand = db.session.scalars(select(Brand)).one()
    address = brand_sheet_url(brand.key, brand.colour, brand.logo_mark)
    sheet = admin.get(address)

    assert f"data:image/png;base64,{b64encode(picture).decode()}" in sheet.text
    assert "immutable" in sheet.headers["Cache-Control"]
    page = admin.get("/settings/brands/demo").text
    assert f'src="data:image/png;base64,{b64encode(picture).decode()}"' in page and "Remove the logo" in page

    admin.post("/settings/brands/demo/logo")
    db.session.expire_all()
    assert brand.logo_mark is None
    assert "data:image" not in admin.get(brand_sheet_url(brand.key, brand.colour)).text
    page = admin.get("/settings/brands/demo").text
    assert "<img" not in page and "Remove the logo" not in page


@pytest.mark.once
@pytest.mark.parametrize(
    "picture, sentence",
    [
        (b"<svg onload='alert(1)'/>", "must be a PNG, JPEG or WebP picture"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64 * 1024), "larger than 64 KiB"),
    ],
    ids=["SVG", "too large"],
)
def test_what_is_no_small_picture_is_refused(make_today, signed_in, picture, sentence):
    make_today.brand()
    admin = signed_in(make_today.staff("Ada", "admin"))

    answer = admin.post("/settings/brands/demo/logo", data={"logo": (BytesIO(picture), "logo.svg")})

    assert answer.status_code == 422
    assert (
        sentence in answer.text and 'href="#logo-file"' in answer.text and 'value="Demo Shop"' in answer.text
    )
    assert db.session.scalars(select(Brand)).one().logo_mark is None


def test_what_can_be_set_stands_by_what_it_is_about(make_today, signed_in, app):
    page = signed_in(make_today.staff(role="owner")).get("/settings").text

    order = (
        "Asking customers",
        ">Permission<",
        "What answers lead to",
        ">Notices<",
        "What comes in",
        ">API keys<",
    )
    places = [page.index(words) for words in (*order, "This installation", ">Privacy<")]
    assert places == sorted(places)
    shown = [page_ for page_ in app.config["SETTINGS_PAGES"] if page_.about in PARTS]
    assert len(shown) == len(app.config["SETTINGS_PAGES"]), "every page of the settings is listed"


def test_a_shop_without_a_secret_says_so(make_today, signed_in):
    make_today.brand()

    page = signed_in(make_today.staff(role="owner")).get("/settings/brands/demo").text

    assert "There is no secret yet, so every event is refused." in page
