"""Answers of many weeks at little cost: rows of customers who differ in nothing but country and carrier."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert

from feedback.insights.selection import Selection
from feedback.insights.watching.keeping import watch
from surveys.database import db, public_id
from surveys.responses.models import Response
from surveys.scales import group_of


class Weeks:
    """Writes answers by the hundred; the last week ends at the Monday before `now`."""

    def __init__(self, make):
        self.make, self.purchases = make, {}
        monday = make.now - timedelta(days=make.now.weekday())
        self.end = monday.replace(hour=0, minute=0)

    def purchase(self, country, carrier):
        if (country, carrier) not in self.purchases:
            customer = self.make.customer(f"Of {country}", country=country)
            self.purchases[country, carrier] = self.make.purchase(
                customer, carrier=carrier, ship_country=country
            )
        return self.purchases[country, carrier]

    def answers(self, rows):
        """Store (moment, score, country, carrier) rows."""
        survey, brand = self.make.survey(), self.make.brand()
        found = []
        for at, score, country, carrier in rows:
            purchase = self.purchase(country, carrier)
            found.append(
                {
                    "public_id": public_id(),
                    "survey_id": survey.id,
                    "version_id": survey.current.id,
                    "brand_id": brand.id,
                    "customer_id": purchase.customer_id,
                    "purchase_id": purchase.id,
                    "submission_id": public_id(),
                    "channel": "email",
                    "locale": "de",
                    "score": score,
                    "group": group_of("nps", score),
                    "saved_at": at,
                    "submitted_at": at,
                }
            )
        if found:
            db.session.execute(insert(Response), found)
        db.session.commit()

    def week(self, ago, scores, country="AT", carrier="Bergbote"):
        """Store the answers of the week that ended so many weeks ago (0: the last one that is over)."""
        start = self.end - timedelta(days=7 * (ago + 1))
        step = timedelta(days=6) / max(1, len(scores))
        self.answers(
            [(start + timedelta(hours=12) + at * step, s, country, carrier) for at, s in enumerate(scores)]
        )


USUAL = [10] * 13 + [8] * 5 + [3] * 4  # 22 answers, NPS 41
BAD = [10] * 4 + [8] * 4 + [2] * 14  # NPS -45


@pytest.fixture
def weeks(make) -> Weeks:
    """Weeks of answers to the NPS survey of the demo shop."""
    return Weeks(make)


@pytest.fixture
def watched(make):
    """Watch the NPS of some part: watched(country="AT"), by Ann the analyst, from `since` on."""

    def begin(since: datetime | None = None, metric="score", **part):
        survey = make.survey()
        ann = make.staff("Ann", "analyst")
        series = watch(metric, Selection(survey="nps", **part), survey, None, ann, since or make.now)
        db.session.commit()
        return series

    return begin
