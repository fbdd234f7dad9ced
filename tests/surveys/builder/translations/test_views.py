"""Languages come and go; texts leave as a file and come back into the draft."""

import io

import pytest

from surveys.questionnaires.starters import NPS


@pytest.mark.once
def test_a_language_is_taken_away_and_added_again_without_words(desk):
    desk.post("/languages", language="de", is_removed="yes")
    assert list(desk.draft["texts"]) == ["en"]
    assert "Add: German" in desk.get().text

    desk.post("/languages", language="de")
    assert desk.draft["texts"]["de"] == {"question": ""}
    page = desk.get().text
    assert "missing in German" in page and "incomplete" in page
    assert desk.post("/languages", language="tlh").status_code == 303
    assert set(desk.draft["texts"]) == {"en", "de"}


def test_texts_leave_as_a_file_and_come_back(desk):
    answer = desk.get("/texts.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="nps-texts.csv"'
    changed = (
        answer.text.replace("Überhaupt nicht wahrscheinlich", "Auf keinen Fall") + '"key.wide","a","b"\r\n'
    )
    sent = desk.post("/texts", file=(io.BytesIO(changed.encode()), "texts.csv"))

    assert desk.draft["texts"]["de"]["low"] == "Auf keinen Fall"
    page = desk.browser.get(sent.location).text
    assert "16 texts were in the file" in page and "key.wide" in page
    desk.post("/undo")
    assert desk.draft == NPS


@pytest.mark.once
def test_what_is_no_such_file_is_said(desk):
    assert desk.get("/texts").status_code == 200
    assert "Choose a file" in desk.post("/texts").text
    page = desk.post("/texts", file=(io.BytesIO(b"a,b\n1,2\n"), "texts.csv"))
    assert page.status_code == 422 and "a column “text”" in page.text
    page = desk.post("/texts", file=(io.BytesIO(b"PK\x03\x04"), "texts.xlsx"))
    assert page.status_code == 422 and "save it as “CSV UTF-8”" in page.text
