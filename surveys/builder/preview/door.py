"""The doors of the preview, and whose eyes it is seen with.

Who that is was chosen by a press, which leaves a row among the changes by staff, and lies in the session: no address
shows a customer's data by itself.
"""

from flask import request, session
from flask.typing import ResponseReturnValue

from surveys.builder.filters import here
from surveys.builder.preview.choice import Choice, choice_from
from surveys.builder.preview.queries import order_called
from surveys.builder.queries import Work
from surveys.customers.models import Purchase
from surveys.questionnaires.definition import languages
from surveys.staff.door import StaffDoor, allowed

SEEN_BY = "preview"  # in the session: the survey and the order, by their public ids


class PreviewDoor(StaffDoor):
    """The staff door for respondents' own forms: they carry no token against forgery, and change nothing here."""

    writes_at_once = False

    def enter(self) -> ResponseReturnValue | None:
        """Keep the body's bytes first, as the respondents' door does."""
        request.get_data()
        return super().enter()

    def check_form_token(self) -> None:
        """Ask for none."""


def order_shown(work: Work) -> Purchase | None:
    """Return the order that was chosen for this survey's preview; None for nobody in particular."""
    survey, order = session.get(SEEN_BY) or ("", "")
    if survey != work.survey.public_id or not allowed("customers"):
        return None
    return order_called(order)


def choice_for(work: Work, order: Purchase | None) -> Choice:
    """Return how the preview is to look: by the address, else in the language of whom it is seen with."""
    tags, reader = languages(work.definition), here()
    if order is not None:
        reader = (order.customer.locale or order.brand.locale)[:2].lower()
    choice = choice_from(request.args, work.survey.kind, tags, reader)
    return choice if order is None else choice._replace(brand=order.brand.key)
