"""A customer of an added language meets no English word on their way, in mails and on pages."""

import re
from datetime import timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from sqlalchemy import select

from surveys import tokens
from surveys.database import db
from surveys.invitations.composing import compose
from surveys.invitations.models import Invitation
from surveys.invitations.planning import plan_new, plan_verification
from surveys.invitations.post import Post
from surveys.invitations.sending import prepare
from surveys.languages.choosing import use
from surveys.locales import ADDED, CATALOGS
from surveys.permission.models import ConsentRequest
from surveys.permission.requesting import request_consent
from surveys.questionnaires.publishing import publish, publish_languages
from surveys.questionnaires.starters import NPS
from tests.conftest import SECRET
from tests.surveys.responses.links import link_to

ROOT = Path(__file__).parents[3]
PLACE = re.compile(r"%\(\w+\)[a-z]|%%")
POST = Post(base_url="https://feedback.shop.test", mail_from="survey@shop.test", secret=SECRET)
FOLDERS = ("surveys", "feedback")
SHORTEST = 12  # what is shorter may be a word of the other language, too
MOST_BYTES = 15 * 1024
each = pytest.mark.parametrize("language", ADDED)


def catalog_of(language):
    return read_po(BytesIO((CATALOGS / language / "LC_MESSAGES/messages.po").read_bytes()), locale=language)


@cache
def english_sentences():
    """Every longer sentence of the house, whoever it is for, up to its first place."""
    texts = [m.id for m in catalog_of("de") if m.id and isinstance(m.id, str)]
    begun = {PLACE.split(text)[0].strip() for text in texts}
    return {text for text in begun if len(text) >= SHORTEST and " " in text}


def english_in(said):
    said = re.sub(r"\s+", " ", said)
    return sorted(text for text in english_sentences() if text in said)


@pytest.fixture
def asked(make_today, language):
    """A customer of the language, whose question was planned by the house."""
    use(language, True)
    for key in ("nps", "check-back"):
        publish_languages(make_today.survey(key), make_today.now)
    customer = make_today.customer("Pat", locale=f"{language}-XX", basis="opt_in")
    make_today.touchpoint(delay=timedelta(hours=1))
    purchase = make_today.purchase(customer, delivered_at=make_today.now - timedelta(hours=2))
    plan_new(make_today.now, 10)
    db.session.commit()
    invitation = purchase_invitation(purchase)
    assert invitation.locale == language
    return invitation


def purchase_invitation(purchase):
    return db.session.scalars(select(Invitation).where(Invitation.purchase_id == purchase.id)).one()


@each
def test_the_catalog_holds_exactly_what_customers_read(language):
    with (ROOT / "tools/customers.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    keywords = {**DEFAULT_KEYWORDS, "N_": None, "lazy_gettext": None}
    wanted = {
        found[2]
        for folder in FOLDERS
        for found in extract_from_dir(ROOT / folder, methods, options, keywords=keywords)
    }
    catalog = catalog_of(language)
    assert [
        message.id for message in catalog if message.id and message.fuzzy
    ] == []  # such a one is not compiled
    said = {message.id: message.string for message in catalog if message.id}

    assert sorted(wanted - {text for text, string in said.items() if string}, key=str) == []
    assert sorted(said.keys() - wanted, key=str) == [] and not catalog.obsolete
    assert [
        text for text, string in said.items() if set(PLACE.findall(text)) != set(PLACE.findall(string))
    ] == []
    assert [string for string in said.values() if re.search(r"[!¡\"']", string)] == []


@each
def test_the_committed_catalog_is_the_compiled_one(language):
    compiled = BytesIO()
    write_mo(compiled, catalog_of(language))
    assert (CATALOGS / language / "LC_MESSAGES/messages.mo").read_bytes() == compiled.getvalue()


def test_every_template_with_the_customers_layout_is_collected():
    theirs = {
        str(path.relative_to(ROOT / folder))
        for folder in FOLDERS
        for path in (ROOT / folder / "templates").rglob("*.html")
        if 'extends "layouts/respondent.html"' in path.read_text(encoding="utf-8")
    }
    listed = re.findall(r"^\[jinja2: (.+)\]$", (ROOT / "tools/customers.cfg").read_text(), flags=re.MULTILINE)
    assert [path for path in theirs if not any(Path(path).match(rule) for rule in listed)] == []


@pytest.mark.once
@each
def test_the_mails(asked, language, make_today):
    mail = compose(asked, POST, make_today.now, None)
    reminder = compose(asked, POST, make_today.now, None, reminder=1)

    assert f'lang="{language}"' in mail.html
    assert english_in(mail.text + mail.html + mail.subject + reminder.subject) == []


@pytest.mark.once
@each
def test_the_survey_and_its_thanks(asked, language, make_today, client):
    link = link_to(asked)
    page = client.get(link)
    wrong = client.post(link, data={"comment": "x" * 10_001, "contact_permission": "maybe"})
    thanks = client.post(link, data={"score": "2", "comment": "?", "contact_permission": "yes"})
    again, late = client.get(link), client.post(link, data={"score": "3"})

    answers = (page, wrong, thanks, again, late)
    assert [answer.status_code for answer in answers] == [200, 422, 200, 200, 409]
    for answer in answers:
        assert f'<html lang="{language}">' in answer.text
        assert english_in(answer.text) == []


@pytest.mark.once
@each
def test_a_page_and_its_files_stay_light(asked, client):
    page = client.get(link_to(asked))
    files = re.findall(r'(?:<script src|rel="stylesheet" href)="([^"]+)"', page.text)

    weight = sum(len(answer.data) + 600 for answer in (page, *(client.get(file) for file in files)))

    assert len(files) == 2 and weight <= MOST_BYTES  # 600 for the heads


@each
def test_a_closed_survey_the_way_out_and_the_question_whether_it_is_solved(
    asked, language, make_today, client
):
    asked.expires_at = make_today.now - timedelta(days=1)
    check_back = plan_verification(asked.customer, asked.purchase, language, make_today.now, make_today.now)
    db.session.commit()
    leave = f"/u/{tokens.make(tokens.UNSUBSCRIBE, asked.public_id, SECRET)}"
    solved = link_to(check_back)
    mail = compose(check_back, POST, make_today.now, None)

    assert check_back.locale == language and english_in(mail.text + mail.subject) == []
    for answer in (
        client.get(link_to(asked)),
        client.get(solved),
        client.post(solved, data={"solved": "partly"}),
        client.get(leave),
        client.post(leave),
    ):
        assert f'<html lang="{language}">' in answer.text
        assert english_in(answer.text) == []


@each
def test_a_consent(asked, language, make_today, client):
    request = request_consent(asked.customer, None, make_today.now)
    link = f"/c/{tokens.make(tokens.CONSENT, request.public_id, SECRET)}"
    db.session.commit()
    assert request.locale == language

    answers = [client.get(link), client.post(link)]
    row = db.session.get_one(ConsentRequest, request.id)
    row.confirmed_at, row.expires_at = None, make_today.now - timedelta(days=1)
    db.session.commit()
    answers += [client.get(link), client.post(link)]

    for answer in answers:
        assert f'<html lang="{language}">' in answer.text
        assert english_in(answer.text) == []


def test_a_language_switched_off_meanwhile_is_not_written_in(make, now):
    use("fr", True)
    purchase = make.purchase(make.customer("Pat", locale="fr"))
    invitation = make.invitation(purchase, "planned", locale="fr", first_due_at=now)
    use("fr", False)
    db.session.commit()

    parcel = prepare(invitation, POST, now)

    assert invitation.locale == "en" and parcel.message.subject == "How was your order from Demo Shop?"


def test_a_survey_of_before_asks_in_english_until_it_is_published_anew(make, now):
    use("fr", True)
    publish(make.survey(), NPS, now)
    make.touchpoint(delay=timedelta(0))
    purchase = make.purchase(make.customer("Pat", locale="fr"), delivered_at=now)
    plan_new(now, 10)

    assert purchase_invitation(purchase).locale == "en"
