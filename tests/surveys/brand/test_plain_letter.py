"""A mail of plain words says the same as text and as HTML, and comes from the shop."""

from surveys.brand.plain_letter import plain_letter


def test_a_shop_with_a_sender_of_its_own_and_one_without(make, now):
    shop = make.brand(
        name="Kiesel & Tee",
        sender_name="Kiesel",
        sender_email="hello@kiesel.test",
        reply_to="care@kiesel.test",
    )
    shop.postal_address = "Ufer 1\n50667 Köln"
    words = {"sender": "survey@house.test", "message_id": "<1@house.test>", "now": now}

    own = plain_letter(shop, ("Dora", "dora@example.test"), "de", "Hallo", ["<b>Eins</b>", "Zwei"], **words)
    shop.sender_name = shop.sender_email = shop.postal_address = None
    bare = plain_letter(shop, ("", "dora@example.test"), "de", "Hallo", ["Eins"], **words)

    assert (own.from_name, own.from_email, own.reply_to) == (
        "Kiesel",
        "hello@kiesel.test",
        "care@kiesel.test",
    )
    assert own.text == "<b>Eins</b>\n\nZwei\n\n-- \nKiesel & Tee\nUfer 1\n50667 Köln\n"
    assert "&lt;b&gt;Eins&lt;/b&gt;" in own.html and "Kiesel &amp; Tee<br>Ufer 1" in own.html
    assert (bare.from_name, bare.from_email) == ("Kiesel & Tee", "survey@house.test")
    assert bare.text.endswith("-- \nKiesel & Tee\n")
