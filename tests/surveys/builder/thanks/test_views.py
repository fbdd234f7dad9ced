"""What is said in the end is written through the web."""

import pytest

pytestmark = pytest.mark.once

TOLD = {"heading_en": "Thanks", "heading_de": "Danke", "text_en": "Fine.", "text_de": "Gut."}


def test_endings_are_added_changed_moved_and_deleted(desk):
    assert desk.get("/thanks/new").status_code == 200
    added = desk.post("/thanks/new", **TOLD, when_0_of="group", when_0_values="promoter")
    assert added.location.endswith("#thanks.0")
    desk.post(
        "/thanks/new", **TOLD | {"heading_en": "Thank you"}, url="https://shop.test/more", link_en="More"
    )
    assert [row["when"] for row in desk.draft["thanks"]] == [
        [{"of": "group", "op": "one_of", "values": ["promoter"]}],
        [],
    ]
    page = desk.get().text
    assert "Said if Group of the answer is promoter" in page and "Said to everybody" in page

    desk.post("/thanks/0/move", way="down")
    assert desk.draft["thanks"][0]["url"] == "https://shop.test/more"
    assert 'value="promoter"' in desk.get("/thanks/1").text
    desk.post("/thanks/0", **TOLD | {"heading_en": "Bye"})
    assert desk.draft["thanks"][0]["texts"]["en"]["heading"] == "Bye"
    desk.post("/thanks/0/delete")
    desk.post("/thanks/0/delete")
    assert "thanks" not in desk.draft


def test_a_link_that_happy_customers_alone_see_is_not_published(desk):
    desk.post(
        "/thanks/new",
        **TOLD,
        url="https://reviews.test",
        link_en="Tell",
        link_de="Sagen",
        when_0_of="group",
        when_0_values="promoter",
    )

    assert "paint a false picture" in desk.post("/publish").text


def test_what_makes_no_ending_is_said(desk):
    page = desk.post("/thanks/new", **TOLD, url="http://shop.test")

    assert page.status_code == 422 and "begins with https" in page.text
    assert desk.get("/thanks/3").status_code == 404
