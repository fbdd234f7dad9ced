from io import BytesIO

import pytest

from surveys.database import db
from surveys.permission.queries import suppression_of, suppressions
from surveys.permission.suppressing import suppress

HERE = "/settings/suppressions"


@pytest.fixture
def olga(make_today, signed_in):
    make_today.brand("shop", name="My Shop")
    return signed_in(make_today.staff("Olga", "owner"))


def test_an_address_is_put_on_the_list_and_looked_up(olga):
    assert "Nobody is on the list" in olga.get(HERE).text
    assert olga.post(HERE, data={"address": "Pat@example.test", "brand": ""}).status_code == 303
    page = olga.get(HERE).text
    assert "p***@e***.test" in page and "added by hand (Olga)" in page and "every shop" in page
    assert "p***@e***.test" in olga.get(HERE + "?address=pat@example.test").text
    assert "This address is not on the list" in olga.get(HERE + "?address=ben@example.test").text


def test_an_address_can_be_held_for_one_shop(olga):
    olga.post(HERE, data={"address": "pat@example.test", "brand": "shop"})
    assert "My Shop</td>" in olga.get(HERE).text
    assert suppression_of("pat@example.test", -1) is None


@pytest.mark.once
@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"address": ""}, "Type an address or choose a file."),
        ({"address": "pat at example"}, "is not an e-mail address"),
        ({"address": "", "file": (BytesIO(b"\x00\xff\xfe"), "x.bin")}, "The file is no text"),
    ],
)
def test_a_fault_comes_back_beside_its_field(olga, form, said):
    answer = olga.post(HERE, data={"brand": "", **form}, content_type="multipart/form-data")
    assert answer.status_code == 422 and said in answer.text


def test_a_file_is_taken_and_its_faults_are_named(olga):
    lines = "E-Mail\npat@example.test\nMüller\n".encode("cp1252")
    olga.post(
        HERE, data={"brand": "", "file": (BytesIO(lines), "list.csv")}, content_type="multipart/form-data"
    )
    page = olga.get(HERE).text
    assert "1 address is new on the list." in page and "3 (Müller)" in page
    assert [row.reason for row in suppressions(9)] == ["import"]


def test_an_entry_is_released_by_typing_its_address(olga, make_today):
    row, _ = suppress("pat@example.test", "complaint", make_today.now)
    db.session.commit()
    here = f"{HERE}/{row.public_id}"
    assert "reported a mail as unwanted" in olga.get(here).text
    assert olga.post(here, data={"address": "ben@example.test"}).status_code == 422
    assert olga.post(here, data={"address": "pat@example.test"}).status_code == 303
    assert suppression_of("pat@example.test", None) is None
    assert "Released" in olga.get(here).text and '<form method="post" class="form"' not in olga.get(here).text


def test_the_list_is_not_for_agents(make_today, signed_in):
    assert signed_in(make_today.staff("Ben")).get(HERE).status_code == 403


def test_a_large_file_of_a_stranger_is_not_read(client):
    answer = client.post("/settings/suppressions", data={"addresses": "x" * 1_000_000})

    assert answer.status_code == 413
