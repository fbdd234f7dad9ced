"""The brands' style sheets over the web."""

from surveys.brand.filters import brand_sheet_url


def test_a_brands_sheet_is_the_base_with_its_colour_and_is_kept_for_a_year(client, make):
    brand = make.brand(key="kiesel-tee", colour="#123456")
    answer = client.get(brand_sheet_url(brand.key, brand.colour))
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/css")
    assert "--brand:#123456" in answer.text and ".scale__row" in answer.text and "/*" not in answer.text
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in answer.headers


def test_a_brands_corners_are_in_its_sheet_and_change_its_address(client, make):
    soft, square = make.brand(key="soft"), make.brand(key="square", corners="square")
    addresses = [brand_sheet_url("x", each.colour, None, each.corners) for each in (soft, square)]

    sheet = client.get(brand_sheet_url("square", square.colour, None, "square"))

    assert sheet.text.endswith(":root{--corner:0}\n") and "immutable" in sheet.headers["Cache-Control"]
    assert "border-radius:var(--corner)" in sheet.text
    assert addresses[0] != addresses[1]


def test_a_page_from_before_the_change_gets_todays_sheet_but_not_for_long(client, make):
    brand = make.brand(colour="#123456")
    answer = client.get(f"/brand/{brand.key}-0000000000.css")
    assert "--brand:#123456" in answer.text
    assert answer.headers["Cache-Control"] == "public, max-age=60"


def test_a_brand_that_is_not_there_has_no_sheet(client):
    assert client.get("/brand/nobody-0000000000.css").status_code == 404
    assert client.get("/brand/x.css").status_code == 404
