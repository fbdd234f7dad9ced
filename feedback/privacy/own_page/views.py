"""The customer's own page and what it leads to; whoever holds the link in a mail is the customer.

A GET changes nothing. What takes data out or erases it works by a second link alone, mailed to the address on
file, because mails are passed on.
"""

from flask import Response, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from feedback.follow_up.praise.quoting import allow, take_back
from feedback.privacy import journaling
from feedback.privacy.erasing import Means, erase
from feedback.privacy.models import OwnDataLink
from feedback.privacy.own_page import queries
from feedback.privacy.own_page.correcting import Correction, NotAnyMore, correct, why_not
from feedback.privacy.own_page.filters import day_of, shown, words_of
from feedback.privacy.own_page.meaning import mean
from feedback.privacy.own_page.requesting import request_link, whose
from feedback.privacy.views import disclosed
from surveys import tokens
from surveys.audit.noting import note
from surveys.brand.filters import look_of
from surveys.channels.outbox import Outbox
from surveys.clock import business_now, real_now
from surveys.customers.models import Customer
from surveys.customers.opting_out import object_to_asking
from surveys.customers.pausing import MONTHS, pause, resume
from surveys.customers.queries import paused_until
from surveys.database import begin_writing, db
from surveys.doors import RespondentDoor
from surveys.errors import N_, LinkDamaged, Missing, Refusal
from surveys.locales import CUSTOMER_LANGUAGES, best_language
from surveys.permission.queries import is_objected
from surveys.responses.comments import LONGEST_COMMENT
from surveys.responses.forms import AnswerForm
from surveys.responses.models import Response as Answered
from surveys.responses.pages import choices
from surveys.responses.views import LinkUnknown

ANSWERS_SHOWN = 10

door = RespondentDoor("own_page", __name__)
# Nothing is written before the token has been read: a forged one must not take the writer's turn.
door.writes_at_once = False


class PageOver(Refusal):
    """The link to the page has run out."""

    status = 410
    phrase = N_(
        "It was good until %(date)s. Every newer mail from %(shop)s about your answers has a link of its own."
    )


class NotYours(Missing):
    """The page leads to no such answer."""

    phrase = N_("There is no such answer of yours.")


@door.get("/me/<token>")
def page(token: str) -> ResponseReturnValue:
    """Show what the customer answered, what happened with it, and what they can do; stores nothing."""
    return own_page(opened(token), own_token(token))


@door.route("/me/<token>/answers/<public_id>", methods=["GET", "POST"])
def correction(token: str, public_id: str) -> ResponseReturnValue:
    """Show one answer to be corrected, and take the correction on POST."""
    customer, now = opened(token).customer, business_now()
    answer = own_answer(customer, public_id)
    response = answer.response
    reason = why_not(response, answer.task, answer.is_touched, now)
    if reason is not None:
        raise NotAnyMore(reason)
    form = AnswerForm(as_fields(response), response.survey.kind)
    if request.method == "POST":
        sent = {name: request.form.get(name, "") for name in as_fields(response)}
        form = AnswerForm(sent, response.survey.kind)
        if form.validate():
            correct(response.id, correction_in(form), now)
            db.session.commit()
            return redirect(url_for("own_page.page", token=own_token(token)), 303)
    words = words_of(response.version.definition, response.locale, customer)
    context = {
        "form": form,
        "words": words,
        "choices": choices(response.survey.kind, words),
        "why": words.why.get(response.group or "", words.why.get("", "")),
        "longest": LONGEST_COMMENT,
        "back": url_for("own_page.page", token=own_token(token)),
    }
    return render_template("own_page/correction.html", **context, **g.look()), 422 if form.errors else 200


def own_answer(customer: Customer, public_id: str) -> queries.Answer:
    """Return one answer of the customer; refuse with NotYours."""
    found = queries.answer_of(customer, public_id)
    if found is None:
        raise NotYours()
    return found


def as_fields(response: Answered) -> dict[str, str]:
    """Return what can be corrected as fields of a form."""
    said = {None: "", True: "yes", False: "no"}[response.contact_permission]
    return {"score": str(response.score), "comment": response.comment or "", "contact_permission": said}


def correction_in(form: AnswerForm) -> Correction:
    """Return what a valid form says."""
    given = form.given()
    assert given.score is not None, "a form without a score is not valid"
    return Correction(given.score, given.comment, given.contact_permission)


@door.post("/me/<token>/answers/<public_id>/quote")
def quote(token: str, public_id: str) -> ResponseReturnValue:
    """Take the customer's word whether the shop may quote an answer, and with which name, or take it back."""
    answer = own_answer(opened(token).customer, public_id)
    signed = request.form.get("signed", "")
    if signed == "no":
        take_back(answer.response, business_now())
    else:
        allow(answer.response, signed, business_now())
    db.session.commit()
    return redirect(url_for("own_page.page", token=own_token(token), _anchor=f"quote-{public_id}"), 303)


@door.post("/me/<token>/answers/<public_id>/mean")
def say_what_was_meant(token: str, public_id: str) -> ResponseReturnValue:
    """Take the customer's word which score they meant."""
    answer = own_answer(opened(token).customer, public_id)
    sent = request.form.get("score", "")
    mean(
        answer.response.id,
        int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 4 else -1,
        business_now(),
    )
    db.session.commit()
    return redirect(url_for("own_page.page", token=own_token(token), _anchor=f"meant-{public_id}"), 303)


@door.post("/me/<token>/pause")
def take_a_break(token: str) -> ResponseReturnValue:
    """Let nobody ask for some months, or let them ask again with 0."""
    customer, months = opened(token).customer, request.form.get("months", "")
    if months == "0":
        resume(customer, business_now())
    else:
        pause(customer, int(months) if months in map(str, MONTHS) else 0, business_now())
    db.session.commit()
    return redirect(url_for("own_page.page", token=own_token(token), _anchor="asking"), 303)


@door.post("/me/<token>/stop")
def stop(token: str) -> ResponseReturnValue:
    """Stop all questions of the shop, as the link in every mail does."""
    object_to_asking(opened(token).customer, "page", business_now())
    db.session.commit()
    return redirect(url_for("own_page.page", token=own_token(token), _anchor="asking"), 303)


@door.post("/me/<token>/data")
def ask_for_data(token: str) -> ResponseReturnValue:
    """Have a link mailed to the address on file; the answer is the same whether or not a mail leaves."""
    request_link(opened(token).customer, request.form.get("kind", ""), g.language, business_now())
    db.session.commit()
    back = url_for("own_page.page", token=own_token(token))
    return render_template("own_page/asked.html", back=back, **g.look())


@door.route("/me/data/<token>", methods=["GET", "POST"])
def data(token: str) -> ResponseReturnValue:
    """Hand out the customer's data, or erase it after one more question; a GET says only what a press would do."""
    called = tokens.read(tokens.OWN_DATA, token, current_app.config["LINK_SECRETS"])
    if called is None:
        raise LinkDamaged()
    begin_writing_on_post()
    link = queries.link_called(called, locked=request.method == "POST")
    if link is None:
        raise LinkUnknown()
    dress(link.customer, link.locale)
    customer = whose(link, business_now())
    is_sure = request.form.get("sure") == "yes"
    if request.method == "POST" and link.kind == "disclosure":
        return hand_out(link, customer)
    if request.method == "POST" and is_sure:
        return erase_whole(customer)
    asks_again = request.method == "POST"
    return render_template("own_page/data.html", kind=link.kind, asks_again=asks_again, **g.look())


def hand_out(link: OwnDataLink, customer: Customer) -> Response:
    """Send the archive; the link is used by that."""
    now = real_now()
    link.used_at = business_now()
    note("own_page.disclosure", now, way="export", about=customer.public_id)
    db.session.flush()
    answer = Response(disclosed(customer, now), mimetype="application/zip")
    answer.headers["Content-Disposition"] = 'attachment; filename="disclosure.zip"'
    db.session.commit()
    return answer


def erase_whole(customer: Customer) -> ResponseReturnValue:
    """Erase the customer, the link with them, and say so."""
    settings, look = current_app.config["SETTINGS"], g.look()
    erase(customer, real_now(), Means(settings.secret_key, Outbox(settings.instance / "outbox"), "own"))
    db.session.commit()
    journaling.write_down(settings.instance)
    return render_template("own_page/erased.html", **look)


def begin_writing_on_post() -> None:
    """Announce a writer to the database; whoever only looks is none."""
    if request.method == "POST":
        begin_writing()


def opened(token: str) -> queries.Opened:
    """Return whose page it is, and speak their language in their shop's look from here on.

    Refuses with LinkDamaged, without asking the database for anything, LinkUnknown or PageOver.
    """
    called = named_by(token)
    begin_writing_on_post()
    found = queries.opened_by(called)
    if found is None:
        raise LinkUnknown()
    dress(found.customer, found.locale)
    if found.expires_at is not None and found.expires_at <= business_now():
        raise PageOver(date=day_of(found.expires_at, found.customer), shop=found.customer.brand.name)
    return found


def named_by(token: str) -> str:
    """Return the public id in the link to a page; refuse with LinkDamaged."""
    called = tokens.read(tokens.OWN_PAGE, token, current_app.config["LINK_SECRETS"])
    if called is None:
        raise LinkDamaged()
    return called


def own_token(token: str) -> str:
    """Return the token of the page as it is now made, without what a mail program left at its end."""
    return tokens.make(tokens.OWN_PAGE, named_by(token), current_app.config["LINK_SECRETS"][0])


def dress(customer: Customer, locale: str) -> None:
    """Let every page from here on speak this language and look like the customer's shop, refusals too."""
    g.language = best_language(locale, among=CUSTOMER_LANGUAGES)
    look = look_of(customer.brand) | {"is_about_order": False}  # of all answers, whatever each was about
    g.look = lambda: look


def own_page(found: queries.Opened, token: str) -> str:
    """Return the page of a customer."""
    customer, now = found.customer, business_now()
    answers = queries.answers_of(customer, ANSWERS_SHOWN)
    until = paused_until([customer.id], now)
    return render_template(
        "own_page/own_page.html",
        token=token,
        answers=[shown(answer, customer, now) for answer in answers],
        stopped=is_objected(customer),
        paused_until=None if until is None else day_of(until, customer),
        months=MONTHS,
        longest=LONGEST_COMMENT,
        **g.look(),
    )
