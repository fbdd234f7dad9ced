"""The public page: what a shop published, in two languages, about nobody."""

from datetime import timedelta

from feedback.improving.telling.writing import publish, write
from surveys.database import db
from tests.feedback.improving.raising import answered, in_effect, raised

DAY = timedelta(days=1)


def test_strangers_read_what_was_published_and_nothing_else(make_today, client):
    make, now = make_today, make_today.now
    other = make.brand("other", name="Other Shop")
    with make.at_one_go():
        for name in ("Dora", "Emil"):
            raised(make, now - 40 * DAY, customer=make.customer(name))
        for _ in range(6):
            raised(make, now - 40 * DAY, code="PRICE", customer=make.customer("Paula"))
        answered(make, now - 40 * DAY, 10)
    assert "Nothing has been published" in client.get("/said-and-done/demo").text
    few, many = in_effect(now, brand="demo"), in_effect(now, code="PRICE", brand="demo")
    write(few, {"en": ("Parcels came late.", "We changed\nthe carrier <b>.")}, now, actor=None)
    write(many, {"en": ("Too dear.", "Cheaper now."), "de": ("Zu teuer.", "Günstiger.")}, now, actor=None)
    publish(few, True, now)
    db.session.commit()

    page = client.get("/said-and-done/demo", headers={"Accept-Language": "de"})
    assert "Mehrere von Ihnen" in page.text and '<h2 id="said-1" lang="en">Parcels came late.' in page.text
    assert "&lt;b&gt;" in page.text and "Too dear" not in page.text and "Set-Cookie" not in page.headers
    publish(many, True, now)
    db.session.commit()
    page = client.get("/said-and-done/demo?language=en").text
    assert page.index("Too dear.") < page.index("Parcels came late.") and "In 6 answers you told us" in page
    assert not any(name in page for name in ("Dora", "Emil", "Paula", "Came far too late"))
    assert "Zu teuer." in client.get("/said-and-done/demo?language=de").text

    assert "Too dear" not in client.get(f"/said-and-done/{other.key}").text
    many.brand = None
    db.session.commit()
    assert "Several of you told us" in client.get(f"/said-and-done/{other.key}?language=en").text, (
        "of both shops"
    )
    assert client.get("/said-and-done/nowhere").status_code == 404
    assert client.get("/said-and-done/demo?language=xx").status_code == 200


def test_the_language_that_a_browser_names_first_is_spoken_also_with_its_country(make_today, client):
    make_today.brand("laden", name="Laden", locale="de")
    db.session.commit()

    def language_for(accepts, key="demo"):
        page = client.get(f"/said-and-done/{key}", headers={"Accept-Language": accepts})
        return page.text.partition('<html lang="')[2][:2]

    assert language_for("de-AT,en;q=0.5") == "de"
    assert language_for("*", key="laden") == "de", "who takes any language gets the shop's"
