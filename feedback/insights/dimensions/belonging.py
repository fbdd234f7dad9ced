"""What belongs to a value of a dimension: conditions for filters, and rows to count by.

Along a dimension that parts, every answer is one row. Where values overlap, an answer is a row for each of its values,
once, and one row of "-" when it has none.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    union,
    union_all,
)
from sqlalchemy.orm import aliased

from feedback.analysis.models import THEME, Analysis, Mention
from feedback.insights.dimensions.names import OVERLAPPING, UNKNOWN, question_of
from feedback.insights.dimensions.queries import (
    ANSWERED,
    PRODUCT,
    TOP_THEME,
    Anchor,
    lies_in,
    tables_of,
    value_of,
)
from feedback.insights.dimensions.segmenting import belongs_to
from surveys.code_book.themes import DETAILS
from surveys.customers.models import Customer, Purchase, PurchaseItem
from surveys.database import db
from surveys.invitations.models import Invitation, Touchpoint
from surveys.responses.models import Response
from surveys.segments.models import Segment


class Along(NamedTuple):
    """A value to group by, and what has to be joined (outer) for it, each on its condition."""

    value: ColumnElement[Any]
    joins: tuple[tuple[Any, ColumnElement[bool]], ...] = ()


def holds(name: str, value: str, anchor: Anchor = ANSWERED) -> ColumnElement[bool]:
    """Return the condition that something has this value along a dimension, among others where values overlap."""
    if name in ("product", "category"):
        column = PRODUCT if name == "product" else PurchaseItem.category
        item = exists().where(PurchaseItem.purchase_id == anchor.purchase_id).correlate(*tables_of(anchor))
        return ~item.where(column.is_not(None)) if value == UNKNOWN else item.where(column == value)
    if name == "theme":
        return mentions(value)
    if name == "segment":
        if value == UNKNOWN:
            return not_(or_(false(), *(belongs_to(key, anchor) for key in segment_keys())))
        return belongs_to(value, anchor)
    if name == "country" and value != UNKNOWN:
        return lies_in(value)
    expression = value_of(name, anchor)
    return expression.is_(None) if value == UNKNOWN else expression == value


def mentions(theme: str) -> ColumnElement[bool]:
    """Return the condition that a response's comment mentions a theme or one of its details; of "-", that it has none."""
    mention = select(Analysis.response_id).join(Mention).where(Mention.kind == THEME)
    if theme != UNKNOWN:
        mention = mention.where(
            Mention.code.in_([theme, *(code for code in DETAILS if code.startswith(f"{theme}."))])
        )
    found = and_(Response.analysed_at.is_not(None), Response.id.in_(mention))
    return ~found if theme == UNKNOWN else found


def along(name: str, place: int) -> Along:
    """Return how responses are counted by a dimension; `place` tells two countings by the same one apart."""
    if name == "touchpoint":
        return _touchpoints()
    question = question_of(name)
    if question is not None:
        return Along(func.coalesce(answer_to(question), UNKNOWN))
    if name not in OVERLAPPING:
        return Along(func.coalesce(value_of(name), UNKNOWN))
    rows = {"product": _products, "category": _categories, "theme": _themes, "segment": _segments}[name]()
    table = rows.subquery(f"{name}_{place}")
    return Along(func.coalesce(table.c.value, UNKNOWN), ((table, table.c.of == _key_of(name)),))


def _touchpoints() -> Along:
    """Return the touchpoints by way of the invitations: joined, since to look each up by itself is dear among many."""
    invitation, touchpoint = aliased(Invitation), aliased(Touchpoint)
    return Along(
        func.coalesce(touchpoint.public_id, UNKNOWN),
        (
            (invitation, invitation.id == Response.invitation_id),
            (touchpoint, touchpoint.id == invitation.touchpoint_id),
        ),
    )


def segment_keys() -> Sequence[str]:
    """Return the public ids of all segments."""
    return list(db.session.scalars(select(Segment.public_id).order_by(Segment.id)))


def _key_of(name: str) -> ColumnElement[Any]:
    return Response.purchase_id if name in ("product", "category") else Response.id  # type: ignore[return-value]


def _products() -> Select[Any]:
    return select(PurchaseItem.purchase_id.label("of"), PRODUCT.label("value")).distinct()


def _categories() -> Select[Any]:
    named = select(PurchaseItem.purchase_id.label("of"), PurchaseItem.category.label("value"))
    return named.where(PurchaseItem.category.is_not(None)).distinct()


def _themes() -> Any:
    """Return the themes that comments mention, and the details as values of their own beside them."""
    return union(*(_mentioned(value) for value in (TOP_THEME, Mention.code)))


def answer_to(question: str) -> ColumnElement[str]:
    """Return what an answer says to a question of which it has one value; NULL where it says nothing."""
    said: ColumnElement[str] = Response.answers[question].as_string()
    return said


def answered(answer: str) -> ColumnElement[bool]:
    """Return the condition that an answer says `answer`: a question and its value ("size.m", "size.-" for none)."""
    key, _, value = answer.partition(".")
    return answer_to(key).is_(None) if value == UNKNOWN else answer_to(key) == value


def _mentioned(value: Any) -> Select[Any]:
    mentioned = select(Analysis.response_id.label("of"), value.label("value")).join(Mention)
    read = mentioned.join(Response, Response.id == Analysis.response_id).where(
        Response.analysed_at.is_not(None)
    )
    return read.where(Mention.kind == THEME)


def _segments() -> Any:
    """Return the answers of every segment there is, one after the other."""
    each = (
        select(Response.id.label("of"), literal(key).label("value"))
        .outerjoin(Purchase, Response.purchase_id == Purchase.id)
        .outerjoin(Customer, Response.customer_id == Customer.id)
        .where(belongs_to(key, ANSWERED))
        for key in segment_keys()
    )
    nobody = select(Response.id.label("of"), literal("").label("value")).where(Response.id.is_(None))
    return union_all(nobody, *each)
