"""The letter: who asks, why, the scale, a name, and how to stop."""

import re
from email import message_from_bytes
from email.policy import default
from html import unescape

import pytest

from surveys.customers.models import PurchaseItem
from surveys.invitations.composing import compose
from surveys.invitations.letters import letter_in
from surveys.invitations.planning import plan_verification
from surveys.scales import SCALES
from tests.factories import KEY_OF, words_for


def links(html):
    return re.findall(r'href="([^"]*)"', html)


def test_the_letter_says_who_asks_and_why(make, now, post):
    customer = make.customer("Pat Example")
    # The clock in Berlin says 1 March 2026, 00:30.
    placed = now.replace(month=2, day=28, hour=23, minute=30)
    invitation = make.invitation(make.purchase(customer, reference="A-1001", placed_at=placed), "planned")
    mail = compose(invitation, post, now, None)

    assert mail.subject == "How was your order from Demo Shop?"
    for part in (mail.text, mail.html):
        said = " ".join(part.split())
        assert "Hello Pat Example," in said
        assert "On 1 March 2026 you ordered “Mug” from Demo Shop (order A-1001)." in said
        assert "How likely is it that you would recommend Demo Shop to a friend or colleague?" in said
        assert "Thank you" in said


def test_a_german_customer_gets_a_german_letter(make, now, post):
    customer = make.customer("Paula Beispiel", locale="de")
    invitation = make.invitation(make.purchase(customer, reference="A-1001"), "planned")
    mail = compose(invitation, post, now, None)

    assert mail.subject == "Wie war Ihre Bestellung bei Demo Shop?"
    assert "Guten Tag Paula Beispiel," in mail.text
    # Placed ten days before 10 March 2026.
    assert "am 28. Februar 2026 haben Sie bei Demo Shop „Mug“ bestellt (Bestellung A-1001)." in " ".join(
        mail.text.split()
    )
    assert 'lang="de"' in mail.html
    assert "Übermittlungskosten" in mail.html


def test_each_score_of_the_scale_is_one_link(make, now, post):
    invitation = make.invitation(state="planned")
    link = post.answer_link(invitation.public_id)
    found = [each for each in links(compose(invitation, post, now, None).html) if each.startswith(link)]

    assert found == [f"{link}?score={score}" for score in range(11)]


@pytest.mark.once
@pytest.mark.parametrize("kind", SCALES)
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_kind_has_its_letter_with_a_link_for_every_point_in_words(make, now, post, kind, language):
    touchpoint = make.touchpoint(name=kind, survey_key=KEY_OF[kind])
    purchase = make.purchase(make.customer(locale=language))
    invitation = make.invitation(purchase, state="planned", touchpoint=touchpoint)
    link, mail = post.answer_link(invitation.public_id), compose(invitation, post, now, None)
    words = words_for(kind, language)

    assert [each for each in links(mail.html) if each.startswith(link)] == [
        f"{link}?score={score}" for score in SCALES[kind].scores
    ]
    assert words.question in unescape(mail.html) and words.question in " ".join(mail.text.split())
    assert all(
        label in part for label in words.points or (words.low, words.high) for part in (mail.html, mail.text)
    )
    assert ("★★★★☆" in mail.html) is (kind == "stars_five")
    assert (mail.subject, mail.subject.count("{")) == (" ".join(mail.subject.split()), 0)


@pytest.mark.once
@pytest.mark.parametrize(("key", "scores"), [("csat", range(1, 6)), ("ces", range(1, 8))])
def test_other_scales_have_their_links_too(make, now, post, key, scores):
    touchpoint = make.touchpoint(name=key, survey_key=key)
    invitation = make.invitation(state="planned", touchpoint=touchpoint)
    link = post.answer_link(invitation.public_id)
    mail = compose(invitation, post, now, None)

    assert [each for each in links(mail.html) if each.startswith(link)] == [
        f"{link}?score={score}" for score in scores
    ]
    ends = (
        ("Very dissatisfied", "Very satisfied") if key == "csat" else ("Strongly disagree", "Strongly agree")
    )
    assert all(end in part for end in ends for part in (mail.html, mail.text))


def test_the_check_back_has_three_answers(make, now, post):
    make.survey("check-back")
    purchase = make.purchase(reference="A-7")
    invitation = plan_verification(purchase.customer, purchase, "en", now, now)
    mail = compose(invitation, post, now, None)
    link = post.answer_link(invitation.public_id)

    assert [each for each in links(mail.html) if each.startswith(link)] == [
        f"{link}?solved={answer}" for answer in ("yes", "partly", "no")
    ]
    assert "with your order A-7" in " ".join(mail.text.split())
    assert "- Partly" in mail.text


def test_the_head_lets_mail_programs_stop_the_questions(make, now, post):
    invitation = make.invitation(state="planned")
    mail = message_from_bytes(compose(invitation, post, now, None).as_email().as_bytes(), policy=default)
    stop = post.unsubscribe_link(invitation.public_id)

    assert mail["List-Unsubscribe"] == f"<{stop}>, <mailto:care@shop.test?subject=unsubscribe>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Id"] == "<demo.surveys.feedback.shop.test>"
    assert mail["Message-ID"] == f"<{invitation.public_id}@feedback.shop.test>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Reply-To"] == "care@shop.test"
    assert mail["From"] == "Demo Shop <hello@shop.test>"
    assert mail["Date"].datetime == now
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


def test_the_links_in_the_head_stay_whole_however_long_the_address(make, now, post):
    long = type(post)("https://feedback." + "a-very-long-name." * 8 + "test", None, post.secret)
    invitation = make.invitation(state="planned")
    raw = compose(invitation, long, now, None).as_email().as_bytes()

    assert b"<" + long.unsubscribe_link(invitation.public_id).encode() + b">" in raw


def test_small_print_is_there_when_it_is_known(make, now, post):
    brand = make.brand(
        sender_name="Kim from Demo Shop",
        postal_address="Demo Shop\n1 Test Street",
        privacy_url="https://shop.test/privacy",
        reply_to=None,
        sender_email=None,
    )
    mail = compose(make.invitation(make.purchase(make.customer(brand=brand)), "planned"), post, now, None)

    assert (mail.from_name, mail.from_email, mail.reply_to) == (
        "Kim from Demo Shop",
        "survey@shop.test",
        None,
    )
    for part in (mail.text, mail.html):
        assert "1 Test Street" in part
        assert "https://shop.test/privacy" in part
        assert "Kim from Demo Shop" in part
        assert "reaches a person" not in part
    assert "mailto" not in mail.headers["List-Unsubscribe"]


def test_names_are_text_and_never_markup(make, now, post):
    customer = make.customer("<script>alert(1)</script> & Co")
    item = PurchaseItem(position=1, name="<b>Cup</b> {braces} %s", quantity=1)
    mail = compose(make.invitation(make.purchase(customer, items=[item]), "planned"), post, now, None)

    assert "<script" not in mail.html
    assert "<b>" not in mail.html
    assert "Hello <script>alert(1)</script> & Co," in mail.text
    assert "“<b>Cup</b> {braces} %s”" in " ".join(mail.text.split())


def test_a_customer_without_a_name_and_an_order_without_items_are_fine(make, now, post):
    customer = make.customer(name="x", email="x@example.test")
    customer.name = None
    mail = compose(
        make.invitation(make.purchase(customer, items=[], reference="A-2"), "planned"), post, now, None
    )

    assert mail.text.startswith("Hello,\n")
    assert "you ordered from Demo Shop (order A-2)." in " ".join(mail.text.split())


def test_a_long_product_name_is_cut_between_words(make, now, post):
    item = PurchaseItem(position=1, name="Word " * 80, quantity=1)
    mail = compose(make.invitation(make.purchase(items=[item]), "planned"), post, now, None)

    # 80 characters at most: sixteen words of four letters, fifteen spaces, and the dots.
    assert "“" + " ".join(["Word"] * 16) + "…”" in " ".join(mail.text.split())


def test_the_text_part_is_set_in_short_lines(make, now, post):
    mail = compose(make.invitation(state="planned"), post, now, None)

    assert all(len(line) <= 72 for line in mail.text.splitlines() if "https://" not in line)
    assert "\n\n\n" not in mail.text


def test_old_mail_programs_find_nothing_they_do_not_know(make, now, post):
    html = compose(make.invitation(state="planned"), post, now, None).html

    assert not re.search(r"oklch|light-dark|var\(|:has\(|<script|<img|@layer|@import", html)
    assert "@media (prefers-color-scheme: dark)" in html
    assert 'style="' in html


@pytest.mark.once
@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "nl", "pl"])
def test_an_anonymous_letter_promises_it_and_carries_no_score(make, now, post, language):
    make.anonymous()
    invitation = make.invitation(make.purchase(make.customer(locale=language)), "planned")
    mail = compose(invitation, post, now, None)

    promised = " ".join(letter_in(language).anonymous.split())
    assert promised in " ".join(mail.text.split())
    assert promised in " ".join(unescape(mail.html).split())
    assert links(mail.html).count(post.answer_link(invitation.public_id)) == 1
    assert "score=" not in mail.text + mail.html


def test_the_corners_of_the_answers_are_the_shops(make, now, post):
    brand = make.brand(corners="round")
    purchase = make.purchase(make.customer("Dora", brand=brand))
    touchpoint = make.touchpoint(brand=brand)

    html = compose(make.invitation(purchase, "planned", touchpoint=touchpoint), post, now, None).html

    assert set(re.findall(r"border-radius: ?([^;\"]+)", html)) == {"14px"}


@pytest.mark.once
@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "nl", "pl"])
def test_whoever_is_asked_about_work_is_not_told_of_an_order(make, now, post, language):
    make.survey("enps")
    touchpoint = make.touchpoint(name="Work", survey_key="enps")
    purchase = make.purchase(make.customer("Dora"), reference="A-77")
    mail = compose(
        make.invitation(purchase, "planned", touchpoint=touchpoint, locale=language), post, now, None
    )

    letter = letter_in(language)
    told = " ".join(mail.text.split())
    assert letter.why_work.format(shop="Demo Shop") in told
    assert letter.why.format(shop="Demo Shop") not in told and "A-77" not in told


def test_whoever_is_asked_without_an_order_is_told_that_they_are_a_customer(make, now, post):
    told = compose(make.invitation(state="planned", locale="en"), post, now, None).text
    assert "because you ordered there" in " ".join(told.split())

    invitation = make.invitation(state="planned", locale="en")
    invitation.purchase = None
    assert "because you are a customer there" in " ".join(compose(invitation, post, now, None).text.split())
