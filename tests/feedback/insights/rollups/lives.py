"""What can happen to answers in the life of a shop, and what must be true after each of it."""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select

from feedback.analysis.corrections.correcting import correct_theme
from feedback.analysis.mentioning import replace_mentions
from feedback.analysis.models import INTENT, THEME, Analysis
from feedback.analysis.themes.feelings import Felt
from feedback.insights import queries
from feedback.insights.rollups import ticks
from feedback.insights.selection import Days, Selection, over
from feedback.insights.themes.counting import told
from feedback.overview.merging import merge
from feedback.privacy.erasing import Means, erase
from surveys.channels.outbox import Outbox
from surveys.customers.models import Customer, Purchase
from surveys.database import db
from surveys.errors import Refusal
from surveys.invitations.models import Invitation
from surveys.questionnaires.closing import close_when
from surveys.responses.answering import Given, save_partial, submit
from surveys.responses.excluding import exclude, put_back
from surveys.responses.models import Response
from surveys.responses.queries import asked
from tests.factories import Make

BERLIN, KOLKATA = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Kolkata")
COUNTRIES, CARRIERS, LANGUAGES = ("DE", "AT", None), ("Postbus", "Flyer", None), ("de", "en")

# Two details of one theme, another theme, and one without details.
CODES = ("DELIVERY.LATE", "DELIVERY.CARRIER", "PRICE", "SUPPORT.SLOW")
POLARITIES = (-0.7, -0.1, 0.6, None)


class Life:
    """A shop with two brands in two zones, and the things that happen to it; everything is committed."""

    def __init__(self, make: Make, seed: int, outbox: Outbox):
        self.make, self.chance, self.outbox = make, random.Random(seed), outbox
        self.now = make.now
        self.brands = [make.brand(), make.brand("far", time_zone="America/New_York")]
        self.surveys = [make.survey("nps"), make.survey("csat")]

    def step(self) -> str:
        """Let one thing happen; return its name."""
        deed = self.chance.choice(DEEDS)
        deed(self)
        db.session.commit()
        return deed.__name__

    def moment(self) -> datetime:
        """Return a moment of the last seventy days, often near a midnight."""
        at = self.now - timedelta(minutes=self.chance.randrange(1, 70 * 24 * 60))
        if self.chance.random() < 0.3:
            return datetime.combine(at.date(), time(), self.chance.choice((BERLIN, KOLKATA, UTC))).astimezone(
                UTC
            )
        return at

    def any_of(self, model, *where):
        """Return one row of a kind, None without any."""
        rows = db.session.scalars(select(model).where(*where).order_by(model.id)).all()
        return self.chance.choice(rows) if rows else None

    def order(self) -> Purchase:
        """Somebody buys."""
        brand = self.chance.choice(self.brands)
        customer = self.make.customer(brand=brand, country=self.chance.choice(COUNTRIES))
        places = {"ship_country": self.chance.choice(COUNTRIES), "carrier": self.chance.choice(CARRIERS)}
        return self.make.purchase(customer, **places)

    def is_asked(self) -> Invitation:
        """Somebody was asked at some time."""
        order, at = self.order(), self.moment()
        touchpoint = self.make.touchpoint(
            brand=order.brand, survey=self.surveys[0], name=f"After {order.brand.key}"
        )
        state = self.chance.choice(("sent", "sent", "sent", "failed", "uncertain"))
        sent = {"sent_at": at, "expires_at": self.now + timedelta(days=90)} if state == "sent" else {}
        return self.make.invitation(
            order, state, touchpoint=touchpoint, planned_at=at, is_test=self.chance.random() < 0.1, **sent
        )

    def answers_a_mail(self) -> None:
        """Somebody answers by the page, half or whole."""
        invitation = self.is_asked()
        if invitation.state != "sent":
            return
        given = Given(
            invitation.public_id,
            self.chance.randrange(11),
            None,
            None,
            self.chance.choice((True, False, None)),
        )
        found = asked(invitation.public_id)
        if found is not None and self.chance.random() < 0.4:
            save_partial(found, given, self.now - timedelta(minutes=self.chance.randrange(90)))
        elif found is not None:
            submit(found, given, self.now)

    def was_answered(self) -> None:
        """An answer of an earlier day comes in, as from a file."""
        order, at = self.order(), self.moment()
        survey = self.chance.choice(self.surveys)
        partly = self.chance.random() < 0.2
        self.make.response(
            self.chance.randrange(1, 6),
            survey_key=survey.key,
            customer=order.customer,
            purchase=self.chance.choice((order, None)),
            locale=self.chance.choice(LANGUAGES),
            contact_permission=self.chance.choice((True, False)),
            saved_at=at,
            is_partial=partly,
            submitted_at=None if partly else at,
        )

    def is_excluded(self) -> None:
        """An answer shall not count."""
        if (answer := self.any_of(Response)) is not None:
            exclude(answer, self.chance.choice(("test", "bot")), None, self.now)

    def counts_again(self) -> None:
        """An answer shall count again."""
        if (answer := self.any_of(Response, Response.excluded_at.is_not(None))) is not None:
            put_back(answer)

    def changes_score(self) -> None:
        """What was left half-way is sent, or a score is mended."""
        if (answer := self.any_of(Response)) is not None:
            answer.score = self.chance.randrange(1, 6)
            answer.is_partial, answer.submitted_at = False, self.moment()

    def is_read(self) -> None:
        """A comment is read, for the first time or again with other phrases."""
        answer = self.any_of(Response, Response.score.is_not(None))
        if answer is None:
            return
        answer.comment = answer.comment or "Late, and nobody answers the telephone."
        known = select(Analysis).where(Analysis.response_id == answer.id)
        reading = db.session.scalar(known) or Analysis(
            response=answer, label="neutral", polarity=0.0, analyzer="t", analysed_at=self.now
        )
        answer.analysed_at = self.now
        db.session.add(reading)
        db.session.flush()
        codes = self.chance.sample(CODES, self.chance.randrange(len(CODES)))
        found = [Felt(code, at, at + 1, self.chance.choice(POLARITIES)) for at, code in enumerate(codes)]
        replace_mentions(reading, self.chance.choice((THEME, THEME, INTENT)), found)

    def is_corrected(self) -> None:
        """Somebody says which theme belongs to a comment."""
        answer = self.any_of(Response, Response.analysed_at.is_not(None), Response.comment.is_not(None))
        if answer is not None:
            staff = self.make.staff(f"Olga {self.chance.random()}", "owner")
            with suppress(Refusal):  # Nothing of an erased one can be corrected.
                correct_theme(answer, self.chance.choice(CODES), self.chance.random() < 0.7, staff, self.now)

    def is_rewritten(self) -> None:
        """A comment is to be read anew, and its reading counts for nothing until then; or the reading is lost."""
        if (answer := self.any_of(Response, Response.analysed_at.is_not(None))) is not None:
            if self.chance.random() < 0.5:
                answer.analysed_at = None
            else:
                db.session.execute(delete(Analysis).where(Analysis.response_id == answer.id))

    def is_deleted(self) -> None:
        """An answer goes for good."""
        if (answer := self.any_of(Response)) is not None:
            db.session.delete(answer)

    def is_erased(self) -> None:
        """A customer is erased; the counted score stays, of nobody."""
        if (customer := self.any_of(Customer)) is not None:
            erase(customer, self.now, Means("secret", self.outbox, "own"))

    def are_one(self) -> None:
        """Two customers turn out to be one."""
        keeper = self.any_of(Customer, Customer.merged_into_id.is_(None))
        if keeper is None:
            return
        others = (Customer.brand_id == keeper.brand_id, Customer.id != keeper.id)
        duplicate = self.any_of(Customer, *others, Customer.merged_into_id.is_(None))
        if duplicate is not None:
            with suppress(Refusal):  # One of them is part of a merge already.
                merge(keeper, duplicate, None, self.now)

    def parcel_went_elsewhere(self) -> None:
        """The shop tells where a parcel really went."""
        if (order := self.any_of(Purchase)) is not None:
            order.ship_country, order.carrier = self.chance.choice(COUNTRIES), self.chance.choice(CARRIERS)

    def moves(self) -> None:
        """A customer moves."""
        if (customer := self.any_of(Customer)) is not None:
            customer.country = self.chance.choice(COUNTRIES)

    def survey_closes(self) -> None:
        """A survey takes no more answers; what it has still counts."""
        close_when(self.surveys[1], self.now, None, self.now)

    def passes(self) -> None:
        """Time goes by."""
        self.now += timedelta(minutes=self.chance.randrange(1, 36 * 60))

    def is_added_up(self) -> None:
        """The loop adds up."""
        while ticks.roll_up(self.now, 10):
            pass

    def is_added_up_a_little(self) -> None:
        """The loop begins to add up."""
        ticks.roll_up(self.now, 3)


DEEDS: list[Callable[[Life], object]] = [
    Life.answers_a_mail,
    Life.answers_a_mail,
    Life.was_answered,
    Life.was_answered,
    Life.is_asked,
    Life.is_excluded,
    Life.counts_again,
    Life.changes_score,
    Life.is_read,
    Life.is_read,
    Life.is_read,
    Life.is_corrected,
    Life.is_rewritten,
    Life.is_deleted,
    Life.is_erased,
    Life.are_one,
    Life.parcel_went_elsewhere,
    Life.moves,
    Life.survey_closes,
    Life.passes,
    Life.is_added_up,
    Life.is_added_up,
    Life.is_added_up_a_little,
]


def selections(now: datetime) -> list[Selection]:
    """Return what people may look at: whole days of the shop, of elsewhere, moments, places, everything."""
    lately = over(Selection(zone=BERLIN), Days.until(now.astimezone(BERLIN).date(), 64))
    return [
        Selection(),
        lately,
        replace(over(Selection(zone=KOLKATA), lately.days), survey="nps"),  # type: ignore[arg-type]
        replace(lately, brand="far", zone=ZoneInfo("America/New_York"), survey="csat"),
        Selection(since=now - timedelta(days=50, minutes=7), until=now - timedelta(days=3, minutes=11)),
        replace(lately, survey="nps", country="AT"),
        replace(lately, survey="nps", carrier="-", language="de"),
    ]


def weeks(selection: Selection) -> list[datetime]:
    """Return the edges of the weeks of a selection of days."""
    first, last = selection.days or (date(2026, 1, 1), date(2026, 3, 1))
    days = [first + timedelta(days=each) for each in range(0, (last - first).days + 8, 7)]
    return [datetime.combine(day, time(), selection.zone).astimezone(UTC) for day in days]


def raw(count):
    """Return what counts the rows, without what is added up."""
    return count.__wrapped__


def check(now: datetime, story: list[str], *, whole: bool = False) -> None:
    """What is said is what the rows say, whatever has happened; in one of the selections in turn, or in all."""
    chosen = selections(now)
    for selection in chosen if whole else [chosen[len(story) % len(chosen)]]:
        edges = weeks(selection)
        said = (
            queries.score_counts(selection, now),
            sorted(queries.cell_counts(selection, now)),
            queries.bucket_counts(selection, edges, now),
            queries.not_followed_up(selection, now),
            queries.dispositions(selection),
            told(selection, now),
        )
        rows = (
            raw(queries.score_counts)(selection, now),
            sorted(raw(queries.cell_counts)(selection, now)),
            raw(queries.bucket_counts)(selection, edges, now),
            raw(queries.not_followed_up)(selection, now),
            raw(queries.dispositions)(selection),
            raw(told)(selection, now),
        )
        assert said == rows, (selection, story)
