"""Who is thanked today, and what customers let the shop quote."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from flask import Response, flash, redirect, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from feedback.follow_up.praise import queries, thanking
from feedback.follow_up.praise.forms import ThankForm
from feedback.follow_up.praise.models import Testimonial
from feedback.follow_up.praise.signature import signature
from surveys.brand.models import Brand
from surveys.brand.queries import all_brands
from surveys.clock import business_now
from surveys.database import db
from surveys.doors import spoken
from surveys.errors import Refusal
from surveys.responses.cells import neutralised
from surveys.responses.queries import response_or_missing
from surveys.scales import SCALES
from surveys.staff.door import StaffDoor, allowed, current_staff

door = StaffDoor("praise", __name__, permission="tasks", url_prefix="/thanks")
quotes_door = StaffDoor("testimonials", __name__, permission="responses", url_prefix="/testimonials")
export_door = StaffDoor("testimonials_export", __name__, permission="export", url_prefix="/testimonials.csv")

ROWS = 50
COLUMNS = ("text", "signed_by", "language", "survey", "score", "brand", "granted_at", "response")


class Today(NamedTuple):
    """Today's draw of one shop, each proposal with its form."""

    brand: Brand
    rows: list[tuple[thanking.Proposal, ThankForm]]


@door.get("")
def thanks() -> ResponseReturnValue:
    """Show who was drawn today, each with a letter that is ready to be sent."""
    return page(business_now())


@door.post("/<public_id>/send")
def send(public_id: str) -> ResponseReturnValue:
    """Send the letter to one of them."""
    form, now = ThankForm(), business_now()
    if not form.validate():
        return page(now, public_id, form), 422
    try:
        response = response_or_missing(public_id)
        subject, body = form.subject.data or "", form.body.data or ""
        thanking.thank(response, subject, body, now, actor=current_staff())
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        form.blame(refusal)
        if refusal.field is None or refusal.field not in form:
            flash(spoken(refusal), "error")
        return page(now, public_id, form), refusal.status
    flash(gettext("The mail leaves in a moment."))
    return redirect(url_for("praise.thanks"), 303)


@door.post("/<public_id>/leave-out")
def leave_out(public_id: str) -> ResponseReturnValue:
    """Leave one of them out."""
    thanking.leave_out(response_or_missing(public_id), business_now(), actor=current_staff())
    db.session.commit()
    flash(gettext("Left out."))
    return redirect(url_for("praise.thanks"), 303)


@quotes_door.get("")
def testimonials() -> ResponseReturnValue:
    """List what may be quoted now."""
    found = queries.testimonials(ROWS, request.args.get("after"))
    return render_template(
        "follow_up/testimonials.html",
        rows=[(each, signed_by(each)) for each in found.items],
        next_page=found.next,
        scales=SCALES,
        several_brands=len(all_brands()) > 1,
        may_export=allowed("export"),
        now=business_now(),
    )


@export_door.get("")
def export() -> ResponseReturnValue:
    """Send what may be quoted now as a file."""
    answer = Response(stream_with_context(lines()), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="testimonials.csv"'
    return answer


def lines() -> Iterator[str]:
    """Yield the file line by line; spreadsheets take no cell of it for a formula."""
    yield line_of(COLUMNS)
    after: str | None = None
    while True:
        found = queries.testimonials(ROWS, after)
        for each in found.items:
            yield line_of([neutralised(str(value)) for value in quotation(each).values()])
        after = found.next
        if after is None:
            return


def line_of(values: Any) -> str:
    """Return one line of a CSV file."""
    out = io.StringIO()
    csv.writer(out).writerow(values)
    return out.getvalue()


def quotation(each: Testimonial) -> dict[str, Any]:
    """Return what a shop needs to show one quotation, with no more of a name than was allowed."""
    response = each.response
    values = (
        each.text,
        signed_by(each) or "",
        response.locale,
        response.survey.key,
        response.score,
        response.brand.key,
        each.granted_at.isoformat(),
        response.public_id,
    )
    return dict(zip(COLUMNS, values, strict=True))


def signed_by(each: Testimonial) -> str | None:
    """Return the name under a quotation, None for one without."""
    return signature(each.customer.name, each.signed)


def page(now: datetime, public_id: str = "", sent: ThankForm | None = None) -> str:
    """Return the page; `sent` is the form of one answer that was refused."""
    days = []
    for brand in all_brands():
        rows = []
        for each in thanking.proposals(brand, now, by=current_staff().name):
            called = each.response.public_id
            form = sent if sent is not None and called == public_id else ThankForm(formdata=None)
            if form is not sent:
                form.subject.data, form.body.data = each.subject, each.body
            form.subject.id, form.body.id = f"subject-{called}", f"body-{called}"
            rows.append((each, form))
        days.append(Today(brand, rows))
    return render_template(
        "follow_up/thanks.html",
        days=days,
        refused=public_id if sent is not None else "",
        scales=SCALES,
        may_settle=allowed("settings"),
        now=now,
    )
