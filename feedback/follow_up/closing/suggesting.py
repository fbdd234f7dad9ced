"""What a task will probably end with, judged by what the customer complains of and wants.

Only a start for the person who closes the task: preselected on the page with the theme it came from, and
never stored by itself. What the shop found needs somebody who looked.
"""

import re
from collections.abc import Collection
from typing import NamedTuple

# Theme of the code book: the second-level (or first-level) cause that is usually found behind it.
CAUSE_BEHIND: dict[str, str] = {
    "DELIVERY": "carrier",
    "DELIVERY.LATE": "carrier.late",
    "DELIVERY.NOT_RECEIVED": "carrier.lost",
    "DELIVERY.PARTIAL": "warehouse.incomplete",
    "DELIVERY.DAMAGED": "carrier.damaged",
    "DELIVERY.WRONG_PLACE": "carrier.left_elsewhere",
    "DELIVERY.CARRIER": "carrier.behaviour",
    "DELIVERY.TRACKING": "carrier.tracking",
    "PACKAGING": "warehouse.packing",
    "PRODUCT_QUALITY": "supplier",
    "PRODUCT_QUALITY.DEFECTIVE": "supplier.defective",
    "PRODUCT_QUALITY.MATERIAL": "supplier.material",
    "PRODUCT_QUALITY.DURABILITY": "supplier.material",
    "PRODUCT_FIT": "content",
    "PRODUCT_FIT.TOO_SMALL": "content.size_chart",
    "PRODUCT_FIT.TOO_LARGE": "content.size_chart",
    "PRODUCT_FIT.COLOUR": "content.photo",
    "DESCRIPTION": "content.description",
    "DESCRIPTION.PHOTO": "content.photo",
    "DESCRIPTION.INSTRUCTIONS": "content.instructions",
    "ORDER_ACCURACY": "warehouse.wrong_item",
    "ORDER_ACCURACY.MISSING_ITEM": "warehouse.incomplete",
    "PRICE": "pricing.price",
    "PRICE.SHIPPING": "pricing.shipping",
    "PRICE.VOUCHER": "pricing.voucher",
    "PAYMENT": "it.payment",
    "PAYMENT.REFUND": "service_process.refund",
    "RETURNS": "policy.returns",
    "RETURNS.SLOW": "service_process.refund",
    "SUPPORT": "service_process",
    "SUPPORT.NO_ANSWER": "service_process.slow",
    "SUPPORT.SLOW": "service_process.slow",
    "SUPPORT.UNFRIENDLY": "service_process.tone",
    "SUPPORT.PROMISE_BROKEN": "service_process.promise",
    "WEBSITE": "it",
    "WEBSITE.CHECKOUT": "it.checkout",
    "WEBSITE.ACCOUNT": "it.account",
    "AVAILABILITY": "supplier.out_of_stock",
    "SETUP": "content.instructions",
    "COMMUNICATION": "it.messages",
}
REPLACED = frozenset(
    {
        "DELIVERY.NOT_RECEIVED",
        "DELIVERY.PARTIAL",
        "DELIVERY.DAMAGED",
        "PRODUCT_QUALITY",
        "PRODUCT_QUALITY.DEFECTIVE",
        "PRODUCT_QUALITY.FAILED_LATER",
        "PRODUCT_QUALITY.MATERIAL",
        "PRODUCT_QUALITY.DURABILITY",
        "PRODUCT_QUALITY.SPOILED",
        "ORDER_ACCURACY",
        "ORDER_ACCURACY.WRONG_ITEM",
        "ORDER_ACCURACY.MISSING_ITEM",
        "ORDER_ACCURACY.WRONG_VARIANT",
    }
)
REFUNDED = frozenset({"PAYMENT.CHARGED_TWICE", "PAYMENT.REFUND", "RETURNS.SLOW"})
# Refund and replacement are one wish to the reader; these words tell which of them.
GOODS = re.compile(r"\b(replac|exchang|swap|ersatz|ersetz|umtausch|austausch|tausch)", re.IGNORECASE)
MONEY = re.compile(r"\b(refund|money|geld|erstatt|rückerstatt|zurückzahl|zurückgezahlt)", re.IGNORECASE)
REGRETTED = frozenset({"DELIVERY.LATE", "DELIVERY.CARRIER", "SUPPORT.UNFRIENDLY", "SUPPORT.SLOW"})


class Suggestion(NamedTuple):
    """What is preselected when a task is resolved; None where nothing is likely."""

    resolution: str | None
    cause: str | None
    detail: str | None


def suggest(
    reason: str | None, intents: Collection[str], offered: Collection[str], comment: str = ""
) -> Suggestion:
    """Return the likely end of a task about `reason` (a theme code) whose comment has these intents.

    `offered` are the second-level keys the shop offers; another is not suggested.
    """
    behind = _nearest(reason)
    cause = behind.partition(".")[0] if behind else None
    detail = behind if behind in offered else None
    return Suggestion(_resolution(reason, intents, comment), cause, detail)


def _nearest(reason: str | None) -> str | None:
    """Return what is behind a theme, or behind the first-level theme above it."""
    if reason is None:
        return None
    return CAUSE_BEHIND.get(reason) or CAUSE_BEHIND.get(reason.partition(".")[0])


def _resolution(reason: str | None, intents: Collection[str], comment: str) -> str | None:
    """Return what customers with this complaint are usually given; their own wish comes first."""
    if "refund" in intents and GOODS.search(comment) and not MONEY.search(comment):
        return "replacement"
    if "refund" in intents or reason in REFUNDED:
        return "refund"
    if reason in REPLACED:
        return "replacement"
    if reason in REGRETTED:
        return "apology"
    return "explained" if "question" in intents else None
