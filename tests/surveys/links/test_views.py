"""The settings of open links: made, copied, printed, closed; only by those who change surveys."""

import gzip
import re

import pytest

from surveys.database import db
from surveys.links.models import Link
from surveys.links.signatures import secret_of


@pytest.fixture
def admin(make_today, signed_in):
    return signed_in(make_today.staff("Olga", "admin"))


def fields(**values):
    return {
        "name": "Parcel",
        "channel": "qr",
        "locale": "",
        "origins": "",
        "attributes": "",
        "per_minute": "60",
    } | values


def test_without_a_link_the_page_says_what_one_is_for(admin, make_today):
    page = admin.get("/settings/links").text

    assert "No link yet" in page and 'href="/settings/links/new"' in page
    assert 'href="/settings/links"' in admin.get("/settings").text


def test_a_link_is_made_and_leads_to_its_page(admin, make_today):
    make_today.brand(), make_today.survey("csat")
    assert "Was it solved?" not in admin.get("/settings/links/new").text  # a check-back has no link

    made = admin.post(
        "/settings/links/new",
        data=fields(brand="demo", survey="csat", origins="shop.example", attributes="store = Berlin"),
    )

    link = db.session.query(Link).one()
    assert (made.status_code, made.location) == (303, f"/settings/links/{link.key}")
    assert (link.survey.key, link.channel, link.origins) == ("csat", "qr", ["https://shop.example"])
    page = admin.get(made.location).text
    assert f"/l/{link.key}</code>" in page
    assert f"data-link=&#34;{link.key}&#34;" in page and "/embed.js" in page


def test_everything_wrong_is_said_beside_its_field(admin, make_today):
    link = make_today.link()

    page = admin.post(
        f"/settings/links/{link.key}", data=fields(name=" ", origins="http://x.example", per_minute="0")
    )

    assert page.status_code == 422
    for words in ("at most 100 characters", "is not the address of a shop", "from 1 to 60000"):
        assert words in page.text, words
    assert link.name == "On the parcel"


def test_a_number_that_is_none_is_said_too(admin, make_today):
    page = admin.post(f"/settings/links/{make_today.link().key}", data=fields(per_minute="many"))

    assert page.status_code == 422 and "per_minute-error" in page.text


def test_what_was_changed_is_kept_and_shown(admin, make_today):
    link = make_today.link()

    saved = admin.post(f"/settings/links/{link.key}", data=fields(attributes="table", locale="de"))

    assert saved.status_code == 303
    assert (link.name, link.attributes, link.locale) == ("Parcel", {"table": ""}, "de")


def test_a_link_is_closed_and_opened(admin, client, make_today):
    link = make_today.link()
    admin.post(f"/settings/links/{link.key}/switch", data={"on": "no"})
    assert client.get(f"/l/{link.key}").status_code == 410
    assert "closed" in admin.get("/settings/links").text

    admin.post(f"/settings/links/{link.key}/switch", data={"on": "yes"})
    assert client.get(f"/l/{link.key}").status_code == 200


def test_the_list_says_how_many_answered(admin, make_today):
    link = make_today.link(name="At the counter")
    for is_partial in (False, False, True):
        make_today.response(9, link=link, channel="link", is_partial=is_partial)

    page = admin.get("/settings/links").text

    assert "At the counter" in page and "2 answers" in page


def test_the_code_comes_as_lines_and_as_points(admin, make_today):
    key = make_today.link().key

    lines, points = (admin.get(f"/settings/links/{key}/code.{kind}") for kind in ("svg", "png"))

    assert (lines.mimetype, points.mimetype) == ("image/svg+xml", "image/png")
    assert lines.data.startswith(b"<svg") and points.data.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("own", "query", "language", "words"),
    [
        (None, "", "en", "Scan the code"),
        ("de", "", "de", "Scannen Sie den Code"),
        ("de", "?lang=en", "en", "Scan the code"),
        (None, "?lang=xx", "en", "Scan the code"),
    ],
)
def test_the_slip_speaks_the_language_of_its_readers(admin, make_today, own, query, language, words):
    link = make_today.link(locale=own)

    page = admin.get(f"/settings/links/{link.key}/slip{query}").text

    assert f'class="slip" lang="{language}"' in page and words in page
    assert re.search(rf'slip__address">[^<]+<wbr>/l/{link.key}<', page)
    assert "Demo Shop" in page and not re.search(r"\sstyle=|<style|<script", page)


def test_the_secret_of_a_link_is_shown_to_who_may_change_it(app, admin, make_today):
    link = make_today.link()

    assert secret_of(link.key, app.config["LINK_SECRETS"][0]) in admin.get(f"/settings/links/{link.key}").text


def test_a_link_that_is_not_there_is_missing(admin):
    assert admin.get("/settings/links/nowhere").status_code == 404


@pytest.mark.once
@pytest.mark.parametrize("role", ["agent", "analyst"])
def test_others_do_not_get_in(make_today, signed_in, role):
    browser = signed_in(make_today.staff("Ben", role))

    assert browser.get(f"/settings/links/{make_today.link().key}").status_code == 403


def test_the_script_for_shops_is_small_and_open_to_every_page(client):
    answer = client.get("/embed.js")

    assert answer.status_code == 200 and "Set-Cookie" not in answer.headers
    assert answer.mimetype in ("text/javascript", "application/javascript")
    assert "max-age=3600" in answer.headers["Cache-Control"]
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert len(gzip.compress(answer.data)) <= 4096
    for forbidden in ("innerHTML", "cookie", 'setAttribute("style', "cssText", "eval("):
        assert forbidden not in answer.text.replace("Sets no cookie", ""), forbidden
