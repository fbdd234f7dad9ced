"""What the respondent's page and the API ask about responses."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Dialect,
    ScalarSelect,
    TextClause,
    bindparam,
    func,
    or_,
    select,
    text,
)
from sqlalchemy.orm import aliased

from surveys.customers.models import Purchase
from surveys.database import db, lone_read, read_once
from surveys.errors import N_, Missing, Refusal
from surveys.questionnaires.anonymity import FEWEST_SHOWN
from surveys.questionnaires.models import Survey
from surveys.responses.models import Response
from surveys.segments.conditions import Condition, found_in
from surveys.segments.queries import facts_for


def is_included() -> ColumnElement[bool]:
    """Return the condition that a response counts: nobody and nothing has excluded it.

    Whatever measures, follows up or concludes from answers asks for it; lists show excluded ones as such.
    """
    return Response.excluded_at.is_(None)


# What segments are told of answers; see `segments.queries`.
ANSWERS_GIVEN = (
    select(
        Response.customer_id,
        Survey.kind,
        Response.group,
        Response.submitted_at.label("at"),
        Response.id,
    )
    .join(Response.survey)
    .where(Response.customer_id.is_not(None), Response.group.is_not(None), Response.is_partial.is_(False))
    .where(is_included())
)
# What the pages about links are told; see `links.queries`.
ANSWERS_BY_LINK = (
    select(
        Response.link_id,
        func.count().label("answers"),
        func.max(Response.submitted_at).label("last_at"),
    )
    .where(Response.link_id.is_not(None), Response.is_partial.is_(False), is_included())
    .group_by(Response.link_id)
)
# What surveys are told of their answers; see `questionnaires.queries`.
SUBMITTED = select(Response.survey_id, Response.version_id).where(
    Response.is_partial.is_(False), is_included()
)
EVERY_ANSWER = select(Response.survey_id)
PARTIAL_RESTS = timedelta(minutes=30)  # A page left half-way may still be sent.
ASKED = text(
    """
    SELECT i.id, i.public_id, i.purpose, i.locale, i.customer_id, i.purchase_id, i.expires_at, i.answered_at,
           i.is_test,
           v.id, v.survey_id, s.kind, CAST(v.definition AS TEXT),
           b.id, b.key, b.name, b.colour, b.corners, b.logo_mark, b.privacy_url, b.imprint_url,
           COALESCE((SELECT seconds FROM clock_offset), 0),
           c.name, p.reference,
           (SELECT t.name FROM purchase_item t WHERE t.purchase_id = p.id ORDER BY t.position LIMIT 1),
           r.score, r.comment, r.contact_permission, CAST(r.answers AS TEXT), r.saved_at,
           s.closes_at, s.archived_at, s.is_anonymous, b.time_zone
      FROM invitation i
      JOIN customer c ON c.id = i.customer_id
      JOIN brand b ON b.id = c.brand_id
      JOIN survey_version v ON v.id = i.version_id
      JOIN survey s ON s.id = v.survey_id
      LEFT JOIN purchase p ON p.id = i.purchase_id
      LEFT JOIN response r ON r.invitation_id = i.id AND r.is_partial
     WHERE i.public_id = :public_id
    """
).bindparams(bindparam("public_id", ""))


class NoResponse(Missing):
    """Nobody answered under this id, or the answer was deleted."""

    phrase = N_("There is no such response. It may have been deleted; look for it in the list of responses.")


class HeldBack(Refusal):
    """The survey is anonymous, and so few have answered it that single answers would tell who gave them."""

    status = 403
    heading = N_("Not shown yet")
    phrase = N_(
        "The survey “%(survey)s” is anonymous and has fewer than %(least)s answers: so few could tell who said what."
        " From %(least)s answers on, all of them are shown."
    )


class Asked(NamedTuple):
    """What one invitation or open link asks, of whom, and for which brand.

    An open link has neither `public_id` nor invitation, and a customer only by a purchase that the shop signed for;
    `attributes` are noted with its answer. `suspicion` is why the answer should not count.

    `definition` is the frozen questionnaire as JSON; `ahead` is by how many seconds the
    business's clock runs ahead of the real one, `time_zone` the shop's. What is `kept` was left half-way;
    `kept_answers` is JSON.
    """

    invitation_id: int | None
    public_id: str
    purpose: str
    locale: str
    customer_id: int | None
    purchase_id: int | None
    expires_at: datetime | None
    answered_at: datetime | None
    is_test: bool
    version_id: int
    survey_id: int
    kind: str
    definition: str
    brand_id: int
    brand_key: str
    brand_name: str
    colour: str
    corners: str
    logo_mark: str | None
    privacy_url: str | None
    imprint_url: str | None
    ahead: int
    customer_name: str | None = None
    order: str | None = None
    product: str | None = None
    kept_score: int | None = None
    kept_comment: str | None = None
    kept_permission: bool | None = None
    kept_answers: str | None = None
    kept_at: datetime | None = None
    closes_at: datetime | None = None
    archived_at: datetime | None = None
    is_anonymous: bool = False
    time_zone: str = "UTC"
    channel: str = "email"
    link_id: int | None = None
    attributes: Mapping[str, str] = {}
    attributes_verified: bool = False
    suspicion: str | None = None


def asked(public_id: str) -> Asked | None:
    """Return what the invitation `public_id` asks, None when there is no such invitation.

    It expires with its link or with its survey, whichever ends first. It is asked outside the session's transaction.
    """
    row = one_row(ASKED, {"public_id": public_id})
    if row is None:
        return None
    found = Asked(*row)
    return found._replace(
        expires_at=first_of(found.expires_at, found.closes_at, found.archived_at),
        answered_at=moment(found.answered_at),
        kept_at=moment(found.kept_at),
        is_anonymous=bool(found.is_anonymous),
    )


def first_of(*ends: Any) -> datetime | None:
    """Return the first of the stored moments that there are."""
    return min((end for end in map(moment, ends) if end is not None), default=None)


def one_row(statement: TextClause, values: Mapping[str, Any]) -> Sequence[Any] | None:
    """Return the first row of a statement, or None.

    The one query of every page a customer opens goes to the driver itself, compiled once: the
    ways above it cost five times what the database needs.
    """
    sql, names = plain_sql(db.engine.dialect, statement)
    with lone_read() as connection:
        cursor = connection.cursor()
        cursor.execute(sql, tuple(values[name] for name in names) if names else values)
        row: Sequence[Any] | None = cursor.fetchone()
        # Before the next one gets the connection: SQLite's driver keeps the statement with it.
        cursor.close()
    return row


def known_of_purchase(
    purchase_id: int | None, names: Collection[str], now: datetime
) -> dict[str, tuple[str, ...]]:
    """Return what a purchase says under the names that conditions of a questionnaire use."""
    purchase = db.session.get(Purchase, purchase_id) if purchase_id is not None else None
    if purchase is None:
        return {}
    looks = {name: looking_at(name) for name in names}
    facts = facts_for(purchase, list(looks.values()), {}, now)
    return {name: found_in(look, facts, {}) for name, look in looks.items()}


def looking_at(name: str) -> Condition:
    """Return a condition that looks at what a questionnaire calls `name`; its comparison does not matter."""
    field, _, attribute = name.partition(".")
    return Condition(field, "one_of", (), attribute or None)


@cache
def plain_sql(dialect: Dialect, statement: TextClause) -> tuple[str, tuple[str, ...]]:
    """Return the statement for the driver of `dialect`, and the order of its parameters unless they go by name."""
    compiled = statement.compile(dialect=dialect)
    return compiled.string, tuple(compiled.positiontup or ()) if compiled.positional else ()


def moment(stored: Any) -> datetime | None:
    """Return a stored moment, aware in UTC; SQLite's driver hands it over as text without its zone."""
    if stored is None:
        return None
    value: datetime = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def is_settled(now: datetime) -> ColumnElement[bool]:
    """Return the condition that a response is submitted, or was left half-way 30 minutes ago or longer."""
    return or_(~Response.is_partial, Response.saved_at <= now - PARTIAL_RESTS)


@read_once
def held_back() -> Sequence[Survey]:
    """Return the answered surveys of which no single answer, comment or score may be shown yet.

    They are anonymous and have fewer than FEWEST_SHOWN answers. What was excluded by itself (tests, programs) does not
    make up the number; what a person has excluded does: it was shown already, and so were the others.
    """
    waits = (_nth_answer(FEWEST_SHOWN).is_(None), select(Response.id).where(_theirs(Response)).exists())
    wanted = select(Survey).where(Survey.is_anonymous, *waits).order_by(Survey.id)
    return db.session.scalars(wanted).all()


def check_not_held_back(survey: Survey) -> None:
    """Refuse with HeldBack while the answers to this survey are not shown one by one."""
    if survey.is_anonymous and survey in held_back():
        raise HeldBack(survey=survey.name, least=FEWEST_SHOWN)


def _nth_answer(number: int) -> ScalarSelect[int]:
    """Return one of so many answers to a survey, null when it has fewer; counts no further than that."""
    given = aliased(Response)
    counts = or_(given.excluded_at.is_(None), given.excluded_by_id.is_not(None))
    found = select(given.id).where(_theirs(given), ~given.is_partial, counts)
    return found.offset(number - 1).limit(1).correlate(Survey).scalar_subquery()


def _theirs(given: type[Response]) -> ColumnElement[bool]:
    return given.survey_id == Survey.id


def anybody_answered() -> bool:
    """Return whether there is a response at all; a new installation has none."""
    return db.session.scalar(select(Response.id).limit(1)) is not None


def response_or_missing(public_id: str) -> Response:
    """Return one response by public id; refuse as missing, and with HeldBack what is not shown yet."""
    response = db.session.scalar(select(Response).where(Response.public_id == public_id))
    if response is None:
        raise NoResponse()
    check_not_held_back(response.survey)
    return response
