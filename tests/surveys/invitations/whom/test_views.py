"""Segments, who waits, and how far decisions came, through the web."""

from datetime import timedelta

import pytest

from surveys.database import db
from surveys.filters import NBSP
from surveys.segments.queries import segments_of

pytestmark = pytest.mark.once

ABROAD = {"name": "Abroad", "field_0": "country", "op_0": "one_of", "values_0": "AT"}


@pytest.fixture
def olga(make_today, signed_in):
    return signed_in(make_today.staff("Olga", role="admin"))


@pytest.mark.parametrize("path", ["/settings/segments", "/settings/waiting", "/settings/funnel"])
def test_only_owners_and_admins_come_in_and_empty_pages_say_so(make_today, signed_in, olga, path):
    assert signed_in(make_today.staff(role="agent")).get(path).status_code == 403
    assert 'class="empty"' in olga.get(path).text


def test_a_segment_is_counted_and_saved_and_a_touchpoint_looks_at_it(make_today, olga):
    brand = make_today.brand()
    make_today.purchase(reference="A-7001", ship_country="AT")
    make_today.purchase()
    new = f"/settings/segments/new/{brand.key}"
    assert olga.get(new).status_code == 200
    counted = olga.post(new, data=ABROAD | {"count": "yes", "name": ""})
    assert (counted.status_code, segments_of(brand.id)) == (200, [])
    assert "1 of 2 orders, by 1 customers." in counted.text
    assert "A-7001" in counted.text

    assert olga.post(new, data=ABROAD).status_code == 303
    (segment,) = segments_of(brand.id)
    page = f"/settings/segments/{segment.public_id}"
    assert "1 of 2 orders" in olga.get(page).text
    assert 'id="values_0-hint">Two letters, like DE.</p>' in olga.get(page).text
    assert 'list="values-country"' in olga.get(page).text and '<option value="AT">' in olga.get(page).text
    looks = [{"field": "segment", "op": "one_of", "value": [segment.public_id]}]
    make_today.touchpoint(conditions=looks)
    assert "Segment is one of Abroad" in olga.get("/settings/touchpoints").text
    assert "Country is one of AT" in olga.get("/settings/segments").text
    assert "After delivery" in olga.get(olga.post(f"{page}/delete").location).text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"values_0": ""}, "Say with which value"),
        ({"field_0": "segment"}, "There is no segment"),
        ({"name": ""}, "Give it a name"),
        ({"field_0": "", "values_0": ""}, "at least one condition"),
    ],
)
def test_what_makes_no_segment_is_said_beside_its_field(make_today, olga, change, said):
    page = olga.post(f"/settings/segments/new/{make_today.brand().key}", data=ABROAD | change)

    assert page.status_code == 422
    assert said in page.text


def test_the_usual_ones_come_by_one_button_and_one_can_go(make_today, olga):
    brand = make_today.brand()
    olga.post(f"/settings/segments/{brand.key}/starters")
    segments = segments_of(brand.id)
    olga.post(f"/settings/segments/{segments[0].public_id}/delete")

    assert (len(segments), len(segments_of(brand.id))) == (13, 12)
    page = olga.get("/settings/segments").text
    assert "Stage of the customer is one of at risk" in page
    assert "Add the usual segments that are missing" in page


def test_who_waits_is_listed_with_what_for_and_the_next_chance(make_today, olga):
    now = make_today.now
    purchase = make_today.purchase(reference="A-7001")
    make_today.invitation(
        purchase, "planned", put_off="open_task", due_at=now + timedelta(hours=6), first_due_at=now
    )
    page = olga.get("/settings/waiting").text

    assert "A-7001" in page
    assert "the solution of the customer" in page


def test_the_funnel_counts_what_became_of_decisions(make_today, olga):
    now = make_today.now
    make_today.invitation(answered_at=now)
    make_today.invitation(answered_at=now, is_test=True)
    make_today.invitation(state="failed")
    make_today.invitation(state="refused", reason="cancelled")
    make_today.invitation(state="planned")
    old = make_today.invitation(state="planned", planned_at=now - timedelta(days=40))
    db.session.refresh(old)
    cells = olga.get("/settings/funnel").text.split('data-label="')[1:]
    counts = [cell.partition(">")[2].partition("<")[0] for cell in cells]

    assert counts == ["4", "1", "1", "2", "1", f"1 (50{NBSP}%)"]
    assert '">5<' in olga.get("/settings/funnel?days=91").text


def test_stages_are_chosen_and_shown_in_the_readers_words(make_today, olga):
    brand = make_today.brand()
    make_today.purchase(reference="A-7001")
    olga.post("/account/language", data={"language": "de"})
    new = f"/settings/segments/new/{brand.key}"
    stages = {"name": "Neue", "field_0": "stage", "op_0": "one_of", "values_0": "Neu, gefährdet"}
    assert "1 von 1" in olga.post(new, data=stages | {"count": "yes"}).text
    assert olga.post(new, data=stages).status_code == 303
    (segment,) = segments_of(brand.id)

    assert segment.conditions == [{"field": "stage", "op": "one_of", "value": ["new", "at_risk"]}]
    assert 'value="neu, gefährdet"' in olga.get(f"/settings/segments/{segment.public_id}").text
    assert "ist eines von neu, gefährdet" in olga.get("/settings/segments").text
    refused = olga.post(new, data=stages | {"values_0": "treu"})
    assert "neu, aktiv, gefährdet, ausgeblieben" in refused.text
