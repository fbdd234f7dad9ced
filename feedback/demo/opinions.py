"""How the demo's customers judge an order: score, comment, permission, and when they answer.

The groups are drawn so that the shops end up with an NPS in the forties: people whose parcel
came in time are mostly happy; a late one costs a little with the usual carriers, and a lot in the
story, where days became weeks.
"""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from feedback.demo.comments import Comment, broken, fitting
from feedback.demo.occasions import occasion
from feedback.demo.story import Order, pick
from surveys.scales import Mood, group_of, mood_of

RESPONSE_RATE = 0.31
COMMENT_RATE: Mapping[Mood, float] = {"happy": 0.64, "neutral": 0.68, "unhappy": 0.86}
# Promoters, passives, detractors.
IN_TIME, LATE, LATE_IN_STORY = (0.665, 0.225, 0.11), (0.26, 0.30, 0.44), (0.05, 0.15, 0.80)
SCORES = {
    "promoter": ((9, 0.42), (10, 0.58)),
    "passive": ((7, 0.4), (8, 0.6)),
    "detractor": ((6, 0.31), (5, 0.25), (4, 0.14), (3, 0.12), (2, 0.08), (1, 0.05), (0, 0.05)),
    "angry": ((6, 0.08), (5, 0.12), (4, 0.16), (3, 0.22), (2, 0.2), (1, 0.1), (0, 0.12)),
}
WHEN_BROKEN = (3, 4, 2, 3, 5, 4, 3)
# Where a point of the other two scales lies on 0–10, to find a comment that fits it.
CSAT_ON_TEN = {1: 1, 2: 3, 3: 5, 4: 8, 5: 10}
CES_ON_TEN = {1: 1, 2: 3, 3: 4, 4: 6, 5: 7, 6: 8, 7: 10}
# What people who had to ask for help write about.
HELP = ("SUPPORT", "RETURNS", "PAYMENT", "SETUP", "COMMUNICATION", "ORDER_ACCURACY", "PRAISE")


@dataclass(frozen=True)
class Opinion:
    """What one customer says, and how long after being asked; `occasion` is the choice of `occasions`."""

    score: int
    comment: str | None
    contact_permission: bool | None
    after: timedelta
    occasion: str | None = None


class Voices:
    """Everybody who answers; remembers which comments were used, so that few are read twice."""

    def __init__(self, chance: random.Random, comments: dict[str, Sequence[Comment]]):
        self.chance = chance
        self.comments = comments
        self.used: Counter[Comment] = Counter()

    def on_recommending(self, order: Order) -> Opinion | None:
        """Return what the customer of `order` answers to the NPS question, or None: no answer."""
        # People with a reason to complain answer a little more often.
        if self.chance.random() > RESPONSE_RATE * (1.25 if order.late else 1):
            return None
        shares = LATE_IN_STORY if order.in_story and order.late else LATE if order.late else IN_TIME
        group = pick(self.chance, list(zip(("promoter", "passive", "detractor"), shares, strict=True)))
        scores = "angry" if group == "detractor" and order.in_story and order.late else group
        score = pick(self.chance, list(SCORES[scores]))
        return self.opinion(order, score, score, mood_of(group), ())

    def angry_about(self, order: Order, theme: str) -> Opinion:
        """Return what a very unhappy customer says of one theme; a person may get in touch."""
        score = self.chance.randrange(3)
        return self.said(order, score, score, self.comment(order, score, (theme,)), True, timedelta(hours=1))

    def on_breaking(self, order: Order) -> Opinion:
        """Return what a customer of the batch that breaks says of it; a person may get in touch.

        Nothing is drawn for it, so that the batch changes nothing else of the year.
        """
        score = WHEN_BROKEN[order.number % len(WHEN_BROKEN)]
        comment = min(broken(self.comments[order.shopper.language], score), key=lambda each: self.used[each])
        self.used[comment] += 1
        return self.said(order, score, score, comment, True, timedelta(0))

    def on_satisfaction(self, order: Order) -> Opinion:
        """Return an answer on the five points of CSAT."""
        happy = (0.03, 0.05, 0.11, 0.37, 0.44)
        unhappy = (0.3, 0.32, 0.2, 0.14, 0.04)
        score = pick(self.chance, list(enumerate(unhappy if order.late else happy, start=1)))
        return self.opinion(order, score, CSAT_ON_TEN[score], mood_of(group_of("csat", score)), ())

    def on_getting_help(self, order: Order) -> Opinion:
        """Return an answer on the seven points of CES."""
        easy = (0.03, 0.05, 0.07, 0.1, 0.2, 0.28, 0.27)
        hard = (0.16, 0.2, 0.2, 0.16, 0.13, 0.1, 0.05)
        score = pick(self.chance, list(enumerate(hard if order.late else easy, start=1)))
        return self.opinion(order, score, CES_ON_TEN[score], mood_of(group_of("ces7", score)), HELP)

    def opinion(self, order: Order, score: int, on_ten: int, mood: Mood, themes: Sequence[str]) -> Opinion:
        """Return the answer with a comment that fits it, or without one."""
        comment = None
        if self.chance.random() < COMMENT_RATE[mood]:
            comment = self.comment(order, on_ten, themes)
        allowed = pick(self.chance, [(True, 0.72), (None, 0.18), (False, 0.1)])
        # Half of all answers come within a day, the last after two weeks.
        hours = min(self.chance.lognormvariate(2.2, 1.3), 320)
        return self.said(order, score, on_ten, comment, allowed, timedelta(hours=hours))

    def said(
        self,
        order: Order,
        score: int,
        on_ten: int,
        comment: Comment | None,
        allowed: bool | None,
        after: timedelta,
    ) -> Opinion:
        """Return the whole answer, the comment in the words of its customer."""
        text = filled(comment.text, order.lines[0][0].said(order.shopper.language)) if comment else None
        bought_for = occasion(order.number, on_ten, comment.theme if comment else None)
        return Opinion(score, text, allowed, after, bought_for)

    def comment(self, order: Order, on_ten: int, themes: Sequence[str]) -> Comment | None:
        """Return one of the least used comments that fit score and order; a late parcel is complained of first."""
        language = order.shopper.language
        found = fitting(self.comments[language], on_ten, order.late)
        if themes:
            found = [each for each in found if each.theme in themes] or found
        elif order.late and on_ten <= 6 and self.chance.random() < 0.85:
            found = [each for each in found if each.needs == "late"] or found
        if not found:
            return None
        fewest = min(self.used[each] for each in found)
        chosen = self.chance.choice([each for each in found if self.used[each] == fewest])
        self.used[chosen] += 1
        return chosen


def filled(text: str, product: str) -> str:
    """Return the comment with the product's name in it, with a capital where a sentence begins."""
    said = text.replace("{product}", product)
    return said[:1].upper() + said[1:] if text.startswith("{product}") else said


def answered_at(asked_at: datetime, opinion: Opinion) -> datetime:
    """Return when the answer comes; nobody answers between one and six in the morning (UTC)."""
    at = asked_at + opinion.after
    return at + timedelta(hours=6) if 0 <= at.hour < 6 else at
