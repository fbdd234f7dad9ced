"""What the customer's own page shows of an answer, in the language in which it was asked."""

import secrets
from datetime import datetime
from typing import Any

from flask import current_app, g, url_for
from flask_babel import gettext

from feedback.follow_up.praise.quoting import may_be_quoted
from feedback.follow_up.praise.signature import ANONYMOUS, SIGNED, signature
from feedback.privacy.own_page.correcting import why_not
from feedback.privacy.own_page.meaning import is_asked
from feedback.privacy.own_page.queries import Answer
from feedback.privacy.own_page.words import course_of
from surveys import tokens
from surveys.customers.models import Customer
from surveys.invitations.cadence import zone_of
from surveys.locales import long_day
from surveys.questionnaires.definition import Wording, wording
from surveys.questionnaires.placeholders import person, put_in, values_for
from surveys.questionnaires.starters import SOLVED
from surveys.responses.account import Said, account
from surveys.responses.models import Response
from surveys.responses.pages import choices
from surveys.scales import SCALES


def shown(answer: Answer, customer: Customer, now: datetime) -> dict[str, Any]:
    """Return one answer as the page tells it."""
    response, task = answer.response, answer.task
    words = words_of(response.version.definition, response.locale, customer)
    return {
        "id": response.public_id,
        "words": words,
        "score": label_of(response.survey.kind, response.score, words),
        "ends": ends_of(response.survey.kind, words),
        "comment": response.comment,
        "further": further_of(response),
        "day": day_of(response.submitted_at or response.saved_at, customer),
        "order": response.purchase,
        "is_partial": response.is_partial,
        "may_contact": response.contact_permission,
        "course": course_of(task.state if task else None, task.outcome if task else None),
        "replied": [day_of(at, customer) for at in answer.replied],
        "may_correct": why_not(response, task, answer.is_touched, now) is None,
        "check_back": check_back_of(answer, now),
        "quoting": quoting_of(answer, customer),
        "meant": meant_of(answer, words),
    }


def meant_of(answer: Answer, words: Wording) -> dict[str, Any] | None:
    """Return what the page asks where kind words stand beside one of the lowest scores, or what was said to that.

    `others` are the other points of the scale, `said` the one that was meant; None where nobody asks.
    """
    response = answer.response
    kind = response.survey.kind
    if response.corrected_score is not None:
        return {"said": label_of(kind, response.corrected_score, words)}
    if not is_asked(response, is_reversed=answer.is_reversed):
        return None
    given = str(response.score)
    return {
        "said": None,
        "given": given,
        "others": [point for point in choices(kind, words) if point.value != given],
    }


def quoting_of(answer: Answer, customer: Customer) -> dict[str, Any] | None:
    """Return what the page asks about quoting an answer: which names there are to choose from, and which is allowed.

    None where nobody asks. A word given for a comment that was corrected since counts no more.
    """
    said = answer.testimonial
    if not may_be_quoted(answer.response):
        return None
    holds = said is not None and said.revoked_at is None and said.text == answer.response.comment
    names = {signed: signature(customer.name, signed) for signed in SIGNED}
    return {
        "names": [(signed, name) for signed, name in names.items() if name or signed == ANONYMOUS],
        "signed": said.signed if said is not None and holds else None,
        "name": names[said.signed] if said is not None and holds else None,
    }


def further_of(response: Response) -> list[tuple[str, str]]:
    """Return the further questions that were answered, each with what was said.

    Of contact details only how they begin: mails with the link to this page are passed on.
    """
    told = account(response.version.definition, response.answers, response.locale, response.brand.name)
    return [(said.question, ", ".join(as_told(words, said) for words in said.words)) for said in told]


def as_told(words: str, said: Said) -> str:
    """Return one part of an answer as the page says it."""
    if said.is_personal:
        return f"{words[:1]}…"
    return gettext(words) if words in said.ours else words


def check_back_of(answer: Answer, now: datetime) -> dict[str, Any] | None:
    """Return the form that says whether a case was solved, while its check-back waits for an answer.

    It is sent to the check-back's own page: it is one survey with one way of answering it.
    """
    asked = answer.task.verification if answer.task is not None and answer.task.state == "verifying" else None
    if asked is None or asked.state not in ("sent", "uncertain") or asked.answered_at is not None:
        return None
    if asked.expires_at is not None and asked.expires_at <= now:
        return None
    words = words_of(asked.version.definition, asked.locale, answer.response.customer or asked.customer)
    token = tokens.make(tokens.ANSWER, asked.public_id, current_app.config["LINK_SECRETS"][0])
    return {
        "url": url_for("responses.answer", token=token),
        "words": words,
        "points": list(zip(SOLVED, words.points, strict=True)),
        "submission_id": secrets.token_urlsafe(16),
    }


def words_of(definition: dict[str, Any], locale: str, customer: Customer) -> Wording:
    """Return what a questionnaire said, in the language in which it was asked."""
    names = values_for(customer.brand.name, person(customer.name, None, None))
    return wording(definition, locale).filled(lambda text: put_in(text, names))


def label_of(kind: str, score: int | None, words: Wording) -> str | None:
    """Return a score as it stood on the page; None where none was given."""
    return next((point.label for point in choices(kind, words) if point.value == str(score)), None)


def ends_of(kind: str, words: Wording) -> str | None:
    """Return what the ends of a scale of numbers mean; None for one of words."""
    if words.points:
        return None
    scale = SCALES[kind]
    return f"{scale.low} = {words.low}, {scale.high} = {words.high}"


def day_of(at: datetime, customer: Customer) -> str:
    """Return the day of a moment where the customer is, in the language of the page."""
    zone = zone_of(customer.time_zone, customer.brand.time_zone)
    return long_day(at.astimezone(zone).date(), g.language)
