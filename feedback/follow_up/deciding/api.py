"""The rule book and the weights over the JSON API: read them, put a whole new version, try it on what was."""

from typing import Annotated, Any, Literal

from flask import Response, jsonify
from pydantic import Field, StringConstraints

from feedback.follow_up.deciding.book import KINDS, MOST_RULES, Book, Rule, checked
from feedback.follow_up.deciding.editing import check_whole, keep, keep_weights, new_key
from feedback.follow_up.deciding.queries import current_book, current_weights, newest_version, newest_weights
from feedback.follow_up.deciding.rehearsing import Rehearsal, rehearse, weigh_past
from feedback.follow_up.deciding.weights import MOST_VALUE, SHIPPED, UNDELIVERED_AFTER, Weights
from feedback.follow_up.deciding.weights import checked as checked_weights
from surveys.api.door import MachineDoor
from surveys.api.shapes import Body, Line40, Line100, written
from surveys.clock import business_now
from surveys.database import db

door = MachineDoor("rules_api", __name__, url_prefix="/api/v1/rules")

KindName = Literal[
    "group",
    "score",
    "intent",
    "negative_comment",
    "mismatch",
    "vip",
    "repeat",
    "wants_contact",
    "wrote_back",
]
IntentName = Literal[
    "safety",
    "legal",
    "data_protection",
    "payment",
    "chargeback",
    "churn",
    "public_threat",
    "data_request",
    "refund",
    "contact",
    "question",
]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*(-[a-z0-9]{1,12})?$", max_length=30)]


class RuleBody(Body):
    """One rule. What its kind does not look at is left out of the answer."""

    key: Key | None = Field(None, description="Left out for a new rule; stays the same in later versions.")
    kind: KindName
    is_on: bool = True
    brand: Line40 | None = Field(None, description="Key of a brand; null for any.")
    survey: Line100 | None = Field(None, description="Key of a survey; null for any.")
    segment: Line100 | None = Field(None, description="Id of a segment; for `vip` it says who is one.")
    mood: Literal["unhappy", "neutral", "happy"] | None = Field(None, description="For `group`.")
    at_most: int | None = Field(None, ge=0, le=10, description="For `score`, with `survey`.")
    intents: list[IntentName] = Field([], description="For `intent`.")
    flags: list[Literal["hidden_issue", "at_risk", "mixed", "scale_reversal"]] = Field(
        [], description="For `mismatch`: how score and words disagree."
    )

    def rule(self) -> Rule:
        """Return what was sent as a rule; a new one gets its key."""
        key = self.key or new_key(self.kind)
        given = self.model_dump() | {"key": key, "intents": tuple(self.intents), "flags": tuple(self.flags)}
        return Rule(**given)


class BookBody(Body):
    """The whole book in its order; `version` is the one it was made from."""

    version: int = Field(ge=1)
    rules: list[RuleBody] = Field(max_length=MOST_RULES)


class TriedWeights(Body):
    """How much each part of the points counts at most, together 100; what a PUT sends can be tried as it is."""

    version: int | None = Field(None, ge=1, description="Not needed: trying stores nothing.")
    severity: int = Field(description="How low the score is.")
    emotion: int = Field(description="How strong the words are.")
    value: int = Field(description=f"How much the customer spends; at most {MOST_VALUE}.")
    intent: int = Field(description="What the customer wants or threatens.")
    repetition: int = Field(description="Whether it happens to them again.")
    undelivered_after: int = Field(
        UNDELIVERED_AFTER, description="Days after which an order that did not come makes a complaint P1."
    )

    @property
    def parts(self) -> dict[str, int]:
        """The most points of each part."""
        return {name: getattr(self, name) for name in SHIPPED}


class WeightsBody(TriedWeights):
    """Weights to be held; `version` is the one they were made from."""

    version: int = Field(ge=1)


@door.get("")
def read_rules() -> Response:
    """Return the rules that hold, in their order, and their version."""
    return jsonify(book_shape(current_book()))


@door.put("")
def write_rules(body: BookBody) -> Response:
    """Store a new version of all rules; 409 when another one holds by now."""
    book = keep(body.version, [each.rule() for each in body.rules], None, business_now())
    db.session.commit()
    return jsonify(book_shape(book))


@door.post("/dry-run")
def try_rule(body: RuleBody) -> Response:
    """Try one rule on the answers of the last 90 days; nothing is stored. A key of the book means its place there."""
    rule = checked(body.rule())
    check_whole((rule,))
    return jsonify(rehearsal_shape(rehearse(current_book(), rule, business_now())))


@door.get("/weights")
def read_weights() -> Response:
    """Return how much each part of the points counts, and after how many days an order that did not come makes P1."""
    return jsonify(weights_shape(current_weights()))


@door.put("/weights")
def write_weights(body: WeightsBody) -> Response:
    """Store a new version of the weights; open tasks follow within seconds. 409 when another one holds by now."""
    held = keep_weights(body.version, body.parts, body.undelivered_after, None, business_now())
    db.session.commit()
    return jsonify(weights_shape(held))


@door.post("/weights/dry-run")
def try_weights(body: TriedWeights) -> Response:
    """Try weights on the tasks of the last 30 days; nothing is stored."""
    found = weigh_past(checked_weights(body.parts, body.undelivered_after), business_now())
    moved = [
        {"task": each.task.public_id, "before": round(each.before, 2), "after": round(each.after, 2)}
        for each in found.shown
    ]
    return jsonify({"days": found.days, "tasks": found.tasks, "moved": found.moved, "most": moved})


def weights_shape(weights: Weights) -> dict[str, Any]:
    """Return the JSON form of weights; nobody has changed version 1."""
    newest = newest_weights()
    return {
        "version": weights.version,
        "changed_at": written(newest.changed_at) if newest else None,
        "changed_by": newest.changed_by.email if newest and newest.changed_by else None,
        **{name: weights.parts[name] for name in SHIPPED},
        "undelivered_after": weights.undelivered_after,
    }


def book_shape(book: Book) -> dict[str, Any]:
    """Return the JSON form of the book; nobody has changed version 1."""
    newest = newest_version()
    return {
        "version": book.version,
        "changed_at": written(newest.changed_at) if newest else None,
        "changed_by": newest.changed_by.email if newest and newest.changed_by else None,
        "items": [rule.as_data() for rule in book.rules],
        "next": None,
    }


def rehearsal_shape(found: Rehearsal) -> dict[str, Any]:
    """Return the JSON form of what a rule would have done."""
    return {
        "days": found.days,
        "answers": found.looked_at,
        "all_answers": found.is_all,
        "opens": found.opens,
        "without_comment": found.silent,
        "opened_anyway": found.anyway,
        "forbidden": found.forbidden,
        "newest": [response.public_id for response in found.shown],
    }


assert set(KindName.__args__) == set(KINDS)  # type: ignore[attr-defined]
