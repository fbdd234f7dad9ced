"""The rule book over the JSON API: read it, put a whole new version, try one rule on past answers."""

from typing import Annotated, Any, Literal

from flask import Response, jsonify
from pydantic import Field, StringConstraints

from feedback.follow_up.deciding.book import KINDS, MOST_RULES, Book, Rule, checked
from feedback.follow_up.deciding.editing import check_whole, keep, new_key
from feedback.follow_up.deciding.queries import current_book, newest_version
from feedback.follow_up.deciding.rehearsing import Rehearsal, rehearse
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
