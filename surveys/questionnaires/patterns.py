"""Whole surveys to begin with, complete in English and German: five moments that every shop asks about.

Each asks one key question, the reasons that fit the answer, and one or two things that help whoever
follows up. A shop changes whatever it likes before it publishes one.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from surveys.errors import N_
from surveys.questionnaires.metric_wordings import (
    AGREE,
    SATISFIED,
    STARS,
    WHY_EASY,
    WORDINGS,
    document,
)
from surveys.questionnaires.questions import LONG, REASONS, YES_NO


class Pattern(NamedTuple):
    """A survey to begin with: its name for the team (English, translated at the edge), what it measures, its document."""

    name: str
    kind: str
    definition: Mapping[str, Any]


ABOUT = {"en": "What was it about?", "de": "Worum ging es?"}
UNSURE = {"en": "What is your answer about?", "de": "Worauf bezieht sich Ihre Antwort?"}


def ends(labels: Mapping[str, Sequence[str]]) -> dict[str, dict[str, str]]:
    """Return the ends of a scale whose points bear numbers."""
    return {language: {"low": points[0], "high": points[-1]} for language, points in labels.items()}


def asked(key: str, kind: str, words: Mapping[str, str], **values: Any) -> dict[str, Any]:
    """Return a further question as a document keeps it."""
    texts = {language: {"question": text} for language, text in words.items()}
    return {"key": key, "kind": kind, "texts": texts} | values


def only(of: str, *values: str) -> list[dict[str, Any]]:
    """Return the condition that something is one of the values."""
    return [{"of": of, "op": "one_of", "values": list(values)}]


def reasons(words: Mapping[str, str], **by_group: Sequence[str]) -> dict[str, Any]:
    """Return the question for reasons; a group without a list of its own is offered those of `others`."""
    lists = {"" if group == "others" else group: list(codes) for group, codes in by_group.items()}
    return asked("q1", REASONS, words, reasons=lists)


PURCHASE = WORDINGS["nps"] | {
    "questions": [
        reasons(
            UNSURE,
            detractor=(
                "DELIVERY.LATE",
                "PRODUCT_QUALITY",
                "DESCRIPTION.NOT_AS_DESCRIBED",
                "ORDER_ACCURACY",
                "SUPPORT",
                "PRICE",
                "OTHER",
            ),
            passive=("DELIVERY", "PRODUCT_QUALITY", "PRICE", "WEBSITE", "AVAILABILITY", "SUPPORT", "OTHER"),
            promoter=(
                "PRAISE.PRODUCT",
                "PRAISE.SPEED",
                "PRAISE.PERSON",
                "PRAISE.PACKAGING",
                "PRICE",
                "OTHER",
            ),
        )
    ]
}
DELIVERY = document(
    "csat",
    {
        "en": "How satisfied are you with the delivery of your order from {shop}?",
        "de": "Wie zufrieden sind Sie mit der Lieferung Ihrer Bestellung bei {shop}?",
    },
    SATISFIED,
) | {
    "questions": [
        reasons(
            ABOUT,
            others=(
                "DELIVERY.LATE",
                "DELIVERY.NOT_RECEIVED",
                "DELIVERY.PARTIAL",
                "DELIVERY.DAMAGED",
                "DELIVERY.WRONG_PLACE",
                "DELIVERY.CARRIER",
                "OTHER",
            ),
            satisfied=("PRAISE.SPEED", "PRAISE.PACKAGING", "PRAISE.PERSON", "OTHER"),
        ),
        asked(
            "q2",
            YES_NO,
            {"en": "Has everything arrived by now?", "de": "Ist inzwischen alles angekommen?"},
            show_if=only("group", "dissatisfied", "neutral"),
        ),
    ]
}
PRODUCT = document(
    "stars_five",
    {
        "en": "How many stars do you give to {product|what you ordered}?",
        "de": "Wie viele Sterne geben Sie für {product|Ihre Bestellung}?",
    },
    STARS,
) | {
    "questions": [
        reasons(
            ABOUT,
            others=(
                "PRODUCT_QUALITY.MATERIAL",
                "PRODUCT_QUALITY.DEFECTIVE",
                "PRODUCT_FIT.TOO_SMALL",
                "PRODUCT_FIT.TOO_LARGE",
                "PRODUCT_FIT.COLOUR",
                "DESCRIPTION.NOT_AS_DESCRIBED",
                "OTHER",
            ),
            star_4=("PRODUCT_QUALITY", "PRODUCT_FIT", "DESCRIPTION", "PRICE", "OTHER"),
            star_5=("PRAISE.PRODUCT", "PRODUCT_FIT", "PRICE", "OTHER"),
        )
    ]
}
SUPPORT = WORDINGS["ces7"] | {
    "questions": [
        reasons(
            ABOUT,
            others=(
                "SUPPORT.NO_ANSWER",
                "SUPPORT.SLOW",
                "SUPPORT.UNFRIENDLY",
                "SUPPORT.INCOMPETENT",
                "SUPPORT.PROMISE_BROKEN",
                "SUPPORT.REPEATED",
                "OTHER",
            ),
            easy=("PRAISE.PERSON", "PRAISE.SPEED", "OTHER"),
        ),
        asked("q2", YES_NO, {"en": "Is your issue solved?", "de": "Ist Ihr Anliegen gelöst?"}),
        asked(
            "q3", LONG, {"en": "What is still open?", "de": "Was ist noch offen?"}, show_if=only("q2", "no")
        ),
    ]
}
RETURNS = document(
    "ces7",
    {
        "en": "To what extent do you agree or disagree with the following statement:"
        " “{shop} made it easy for me to return the item.”",
        "de": "Inwieweit stimmen Sie der folgenden Aussage zu?"
        " „{shop} hat es mir leicht gemacht, den Artikel zurückzuschicken.“",
    },
    ends(AGREE),
    WHY_EASY,
) | {
    "questions": [
        reasons(
            ABOUT,
            others=(
                "RETURNS.UNCLEAR",
                "RETURNS.LABEL",
                "RETURNS.COST",
                "RETURNS.REFUSED",
                "RETURNS.SLOW",
                "PAYMENT.REFUND",
                "OTHER",
            ),
            easy=("PRAISE.SPEED", "PRAISE.PERSON", "OTHER"),
        ),
        asked(
            "q2",
            YES_NO,
            {"en": "Have you received your money back?", "de": "Haben Sie Ihr Geld zurückbekommen?"},
        ),
    ]
}

PATTERNS: Mapping[str, Pattern] = {
    "purchase": Pattern(N_("After the purchase: recommendation"), "nps", PURCHASE),
    "delivery": Pattern(N_("After the delivery: satisfaction"), "csat", DELIVERY),
    "product": Pattern(N_("The product: stars and a comment"), "stars_five", PRODUCT),
    "support": Pattern(N_("After help: effort"), "ces7", SUPPORT),
    "returns": Pattern(N_("After a return or refund: effort"), "ces7", RETURNS),
}
