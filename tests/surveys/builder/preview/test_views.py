"""The preview is the respondent's own pages; it may be framed by the editor, and stores nothing."""

from tests.surveys.responses.links import row_counts


def test_the_preview_shows_the_draft_as_customers_would_see_it(desk):
    desk.post("/key", question_en="Would you?", question_de="Würden Sie {shop} nennen?")
    page = desk.get("/preview?language=de&score=3")

    assert 'lang="de"' in page.text and "Würden Sie Demo Shop nennen?" in page.text
    assert "Sie haben gewählt" in page.text
    assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
    assert "script-src 'none'" in page.headers["Content-Security-Policy"]


def test_one_walks_through_all_of_it_and_nothing_is_stored(desk):
    desk.ask("short_text", "What was it?", "Was war es?", show_0_of="group", show_0_values="detractor")
    desk.post("/thanks/new", heading_en="We are sorry, truly", heading_de="Tut uns leid")
    before = row_counts()

    assert "What was it?" in desk.browser.post(desk.page + "/preview?language=en", data={"score": "3"}).text
    done = {"score": "3", "q1": "Late", "through": "q1"}
    assert "We are sorry, truly" in desk.browser.post(desk.page + "/preview?language=en", data=done).text
    assert "We are sorry, truly" in desk.browser.post(desk.page + "/preview", data={"score": "10"}).text
    assert (
        "choose an answer"
        in desk.browser.post(desk.page + "/preview?language=en", data={"comment": "?"}).text
    )
    assert row_counts() == before


def test_a_fault_is_said_as_to_a_customer(desk):
    desk.ask("number", "How many?", lowest=1, highest=3)
    told = {"score": "3", "q1": "7", "through": "q1"}

    assert "from 1 to 3" in desk.browser.post(desk.page + "/preview?language=en", data=told).text


def test_day_and_night_do_not_depend_on_the_readers_screen(make_today, desk):
    page = desk.get("/preview?dark=yes").text
    assert "/surveys/preview.css?brand=demo&amp;dark=yes" in page
    by_night = desk.browser.get("/surveys/preview.css?brand=demo&dark=yes")
    by_day = desk.browser.get("/surveys/preview.css?brand=demo").text

    assert by_night.mimetype == "text/css" and "@media all" in by_night.text
    assert "prefers-color-scheme" not in by_night.text + by_day
    assert desk.browser.get("/surveys/preview.css?brand=nobody").status_code == 404


def test_a_house_without_a_shop_has_a_preview_too(make_today, browser):
    survey = make_today.survey("csat")

    assert browser.get(f"/surveys/{survey.public_id}/preview").status_code == 200
    assert browser.get("/surveys/preview.css?brand=").status_code == 200


def test_the_thanks_of_a_preview_lead_to_nobodys_page(desk):
    thanks = desk.browser.post(desk.page + "/preview?language=en", data={"score": "10"}).text

    assert '<a href="#">See or correct your answer</a>' in thanks


def test_a_preview_speaks_every_language_of_customers(desk):
    desk.post("/languages", language="fr")
    page = desk.get("/preview?language=fr").text

    assert '<html lang="fr"' in page
    assert ">Envoyer</button>" in page
