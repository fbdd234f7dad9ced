import pytest

from surveys.staff.mailing import link_mail


@pytest.mark.parametrize("locale, word", [("en", "Hello"), ("de", "Guten Tag")])
def test_the_link_comes_in_the_readers_language(make, locale, word):
    mail = link_mail(make.staff("Olga", locale=locale), "https://shop.test/password/x", "survey@shop.test")

    assert mail.text.startswith(f"{word} Olga")
    assert "https://shop.test/password/x" in mail.text
    assert mail.as_email()["From"] == "Nachklang <survey@shop.test>"


def test_without_a_sender_the_mail_can_still_go_to_the_outbox(make):
    assert link_mail(make.staff("Olga"), "link", None).as_email()["From"]
