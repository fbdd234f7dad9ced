"""Write the demo's year into the tables, many rows at once.

The verbs of the house need fifty statements for a purchase with its answer, too slow for a year
of them; what they would have decided is decided in `year`. Answers that need a task are left to
the verb that opens tasks.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import insert

from feedback.analysis.analysing import columns
from feedback.analysis.intents.finds import Find
from feedback.analysis.intents.meant import read_intents
from feedback.analysis.models import INTENT, THEME, Analysis, Mention, Vector
from feedback.analysis.queries import current_library
from feedback.analysis.readers import Reader
from feedback.analysis.search.indexing import Comment, index
from feedback.analysis.sentiment import Reading as ReadComment
from feedback.analysis.themes.feelings import felt
from feedback.analysis.themes.library import Library
from feedback.demo import occasions
from feedback.demo.story import Order, Shopper
from feedback.demo.tabling import Row, customer_row, invitation_row, item_rows, purchase_row
from feedback.demo.year import Answer, Year
from feedback.follow_up.deciding.signs import Reading, Submission
from feedback.follow_up.deciding.verdicts import decide
from surveys.brand.models import Brand
from surveys.customers.models import Customer, Objection, Purchase, PurchaseItem
from surveys.database import Base, db
from surveys.invitations.founding import touchpoint_of
from surveys.invitations.models import Invitation
from surveys.questionnaires.models import Survey
from surveys.questionnaires.queries import survey_by_key
from surveys.responses.models import CONSIDERED, NEW, Response
from surveys.scales import group_of

READ_AFTER = timedelta(minutes=1)


class Heard(NamedTuple):
    """What was read in a comment, what it wants or threatens, and what it mentions as rows without their analysis."""

    reading: ReadComment
    intents: list[Find]
    mentions: list[Row]


class Storing:
    """Writes one year; remembers the ids that later tables refer to."""

    def __init__(self, brands: dict[str, Brand], year: Year, reader: Reader):
        self.brands = brands
        self.year = year
        self.reader = reader
        self.customers: dict[int, int] = {}  # by the shopper's number
        self.purchases: dict[int, int] = {}  # by the order's number
        self.invitations: dict[int, int] = {}  # by the order's number
        self.library = current_library()
        self.heard: dict[tuple[str, str], Heard] = {}

    def run(self) -> list[tuple[int, datetime]]:
        """Write everything; return the responses that need a task, with the moment of each."""
        self.store_customers()
        self.store_purchases()
        self.store_invitations()
        return self.store_responses()

    def store_customers(self) -> None:
        """Write the customers, since the moment the shop first told of them."""
        since: dict[int, tuple[datetime, Shopper]] = {}
        for at, order in self.year.told:
            since.setdefault(order.shopper.number, (at, order.shopper))
        rows = [customer_row(shopper, self.brands[shopper.brand.key], at) for at, shopper in since.values()]
        objections = []
        for row, (_, shopper) in zip(rows, since.values(), strict=True):
            row["objected_at"] = self.year.objections.get(shopper.number)
            if row["objected_at"]:
                objections.append(
                    {name: row[name] for name in ("brand_id", "email", "objected_at")}
                    | {"source": "one_click"}
                )
        self.customers = dict(zip(since, stored(Customer, rows), strict=True))
        stored(Objection, objections)

    def store_purchases(self) -> None:
        """Write the orders with their items."""
        orders = [order for _, order in self.year.told]
        rows = [
            purchase_row(order, at)
            | {"brand_id": self.brand_id(order), "customer_id": self.customers[order.shopper.number]}
            for at, order in self.year.told
        ]
        ids = stored(Purchase, rows)
        self.purchases = {order.number: row_id for order, row_id in zip(orders, ids, strict=True)}
        items = [row for order in orders for row in item_rows(order, self.purchases[order.number])]
        stored(PurchaseItem, items)

    def store_invitations(self) -> None:
        """Write whom we asked and why not the others."""
        survey = survey_by_key("nps")
        touchpoints = {key: touchpoint_of(brand).id for key, brand in self.brands.items()}
        rows = [
            invitation_row(asking)
            | {
                "touchpoint_id": touchpoints[asking.order.shopper.brand.key],
                "purchase_id": self.purchases[asking.order.number],
                "customer_id": self.customers[asking.order.shopper.number],
                "version_id": survey.current.id,
            }
            for asking in self.year.askings
        ]
        ids = stored(Invitation, rows)
        numbers = [asking.order.number for asking in self.year.askings]
        self.invitations = dict(zip(numbers, ids, strict=True))

    def store_responses(self) -> list[tuple[int, datetime]]:
        """Write the answers, read their comments, and return those that need a task."""
        surveys = {key: survey_by_key(key) for key in ("nps", "csat", "ces")}
        rows, needed = [], []
        heard: list[Heard | None] = []
        for answer in self.year.answers:
            row = self.response_row(answer, surveys[answer.survey])
            comment = answer.opinion.comment
            said = self.hear(comment, row["locale"]) if comment else None
            submission = Submission(
                kind=surveys[answer.survey].kind,
                score=answer.opinion.score,
                has_comment=bool(comment),
                contact_permission=answer.opinion.contact_permission,
                has_customer=True,
                submitted_at=answer.at,
            )
            needs_task = decide(submission, as_judged(said) if said else None, answer.at).open
            row["follow_up_stage"] = NEW if needs_task else CONSIDERED
            rows.append(row)
            heard.append(said)
            needed.append(needs_task)
        ids = stored(Response, rows)
        self.store_readings(ids, rows, heard)
        moments = [row["analysed_at"] for row in rows]
        return [(row_id, at) for row_id, at, needs in zip(ids, moments, needed, strict=True) if needs]

    def hear(self, comment: str, locale: str) -> Heard:
        """Read a comment, or remember how it was read: the demo's customers repeat each other."""
        if (comment, locale) not in self.heard:
            reading = self.reader.read(comment, locale)
            intents = read_intents(comment, reading.language, reading.vector, reading.polarity)
            mentions = mentions_of(comment, reading, intents, self.library)
            self.heard[comment, locale] = Heard(reading, intents, mentions)
        return self.heard[comment, locale]

    def store_readings(self, ids: list[int], rows: list[Row], heard: list[Heard | None]) -> None:
        """Write what was read in the comments, with what these talk about."""
        by = {"analyzer": self.reader.analyzer, "phrase_book": self.library.version}
        read = [(i, row, one) for i, row, one in zip(ids, rows, heard, strict=True) if one]
        analyses = stored(
            Analysis,
            [
                columns(one.reading) | by | {"response_id": i, "analysed_at": row["analysed_at"]}
                for i, row, one in read
            ],
        )
        mentions = [
            {"analysis_id": analysis_id} | mention
            for analysis_id, (_i, _row, one) in zip(analyses, read, strict=True)
            for mention in one.mentions
        ]
        stored(Mention, mentions)
        index(Comment(i, row["submitted_at"] or row["saved_at"], row["comment"]) for i, row, _ in read)
        vectors = [(i, one.reading.vector) for i, _row, one in read if one.reading.vector]
        stored(Vector, [{"response_id": i, "numbers": vector} for i, vector in vectors])

    def response_row(self, answer: Answer, survey: Survey) -> Row:
        """Return one response."""
        order, opinion = answer.order, answer.opinion
        invitation_id = self.invitations[order.number] if answer.asking else None
        return {
            "survey_id": survey.id,
            "version_id": survey.current.id,
            "brand_id": self.brand_id(order),
            "invitation_id": invitation_id,
            "customer_id": self.customers[order.shopper.number],
            "purchase_id": self.purchases[order.number],
            "submission_id": f"demo-{order.number}" if answer.asking else None,
            "external_id": None if answer.asking else f"demo-{order.number}",
            "channel": "email" if answer.asking else "api",
            "locale": order.shopper.language,
            "score": opinion.score,
            "answers": chosen(answer, survey),
            "group": group_of(survey.kind, opinion.score),
            "comment": opinion.comment,
            "contact_permission": opinion.contact_permission,
            "is_partial": answer.half_way,
            "saved_at": answer.at,
            "submitted_at": None if answer.half_way else answer.at,
            "analysed_at": answer.at + READ_AFTER,
        }

    def brand_id(self, order: Order) -> int:
        """Return the id of the shop of an order."""
        return self.brands[order.shopper.brand.key].id


def chosen(answer: Answer, survey: Survey) -> Row:
    """Return what was chosen beside the score, where the survey asks for it; a page left half-way has not come so far."""
    said = answer.opinion.occasion
    asked = (
        answer.asking is not None and not answer.half_way and occasions.is_asked(survey.current.definition)
    )
    return {occasions.KEY: said} if said and asked else {}


def as_judged(heard: Heard) -> Reading:
    """Return what the rules look at in a reading."""
    chances = heard.reading.probabilities
    sureness = max(chances) if chances else None
    return Reading(heard.reading.label, heard.reading.polarity, sureness, tuple(heard.intents))


def mentions_of(comment: str, reading: ReadComment, finds: list[Find], library: Library) -> list[Row]:
    """Return what a comment talks about, wants and threatens, as rows without their analysis."""
    found = felt(library.mentions(comment, reading.language), reading.clauses, reading.polarity)
    themes = [{"kind": THEME} | each._asdict() for each in found]
    same = {"kind": INTENT, "polarity": None, "is_learnt": False}
    return themes + [same | {"code": find.intent, "start": find.start, "end": find.end} for find in finds]


def stored(model: type[Base], rows: Sequence[Row]) -> list[int]:
    """Insert the rows; return their ids in the same order."""
    if not rows:
        return []
    inserting = insert(model).returning(model.id, sort_by_parameter_order=True)  # type: ignore[attr-defined]
    return list(db.session.scalars(inserting, rows))
