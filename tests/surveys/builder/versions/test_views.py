"""Versions are listed and compared in plain words."""

import pytest


def test_one_version_has_nothing_to_be_compared_with(desk):
    page = desk.get("/versions").text

    assert "What changed" not in page


@pytest.mark.once
def test_what_changed_is_said_text_by_text(make_today, desk):
    make_today.response(9)
    desk.ask("yes_no", "Was it late?", "Kam es zu spät?")
    page = desk.get("/versions").text
    assert "New question:" in page and "<ins>Was it late?</ins>" in page

    desk.post("/publish")
    key = desk.draft or desk.survey.current.definition["questions"][0]["key"]
    desk.post(
        f"/questions/{key}", question_en="Late?", question_de="Zu spät?", show_0_of="score", show_0_values="3"
    )
    page = desk.get("/versions").text
    assert (
        "<del>Was it late?</del>" in page
        and "<ins>Late?</ins>" in page
        and "Other conditions or jumps" in page
    )
    desk.post(f"/questions/{key}/delete")
    assert "Question that is gone:" in desk.get("/versions?before=2&after=draft").text
    assert "Both say the same." in desk.get("/versions?before=1&after=draft").text
    assert "Both say the same." in desk.get("/versions?before=2&after=2").text
    assert desk.get("/versions?before=99&after=x").status_code == 200
