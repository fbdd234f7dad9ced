"""The test mail is what a customer's mail would be, to the one who asks."""

import pytest

from feedback.going_live.trying_out import mail_to_try


@pytest.mark.parametrize(
    "locale, subject", [("en", "A test mail from Olive & Salt"), ("de", "Eine Testmail von Olive & Salt")]
)
def test_the_mail_speaks_the_readers_language(make, locale, subject):
    brand = make.brand(name="Olive & Salt", sender_email="hello@olive.test", reply_to="care@olive.test")
    olga = make.staff("Olga", "owner", locale=locale)

    mail = mail_to_try(brand, olga, "survey@house.test")

    assert (mail.subject, mail.to_email, mail.from_email) == (subject, olga.email, "hello@olive.test")
    assert "care@olive.test" in mail.text
    assert mail.message_id.endswith("@olive.test>")


def test_a_shop_without_a_sender_writes_as_the_house(make):
    brand = make.brand(sender_email=None, reply_to=None)

    mail = mail_to_try(brand, make.staff("Olga", "owner"), "survey@house.test")

    assert (mail.from_email, mail.reply_to) == ("survey@house.test", None)
