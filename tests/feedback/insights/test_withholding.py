"""Attacks on small groups: whatever is shown along any dimensions, nobody among fewer than five can be worked out."""

import itertools
import random
from datetime import timedelta

import pytest
from sqlalchemy import select

from feedback.insights import neighbouring
from feedback.insights.dimensions.belonging import holds
from feedback.insights.dimensions.names import EVERY, OVERLAPPING, PARTING, UNKNOWN
from feedback.insights.queries import answers as answers_of
from feedback.insights.queries import ways_along
from feedback.insights.selection import Selection
from feedback.insights.suppression import ANY, K, hidden_in_level
from feedback.insights.withholding import NESTED, is_withheld, level_of, withheld_of
from surveys.database import db
from surveys.responses.models import Response

NPS = Selection("nps")


def withheld(make, **values):
    return is_withheld(NPS.where(**values), make.now)


def test_a_carrier_of_one_country_is_not_taken_from_it(make_today, answers):
    answers([10] * 20, country="AT", carrier="Postbus")
    answers([2] * 3, country="AT", carrier="DPD")
    answers([9] * 30, country="DE", carrier="DHL")
    answers([9] * 40, country="CH", carrier="DHL")

    # Austria has 23 answers, Postbus 20, all from Austria: the difference would be the other three.
    assert withheld(make_today, carrier="Postbus")
    assert not withheld(make_today, country="AT")


def test_a_product_is_not_taken_from_its_category_nor_a_detail_from_its_theme(make_today, answers):
    answers([10] * 20, products=("MUG",), theme="DELIVERY.LATE")
    answers([2] * 3, products=("MAT",), theme="DELIVERY.DAMAGED")
    answers([9] * 30, products=("TEA",))

    assert withheld(make_today, product="MUG") and withheld(make_today, product="MAT")
    assert withheld(make_today, theme="DELIVERY.LATE") and withheld(make_today, theme="DELIVERY.DAMAGED")
    assert not withheld(make_today, category="M") and not withheld(make_today, theme="DELIVERY")


def test_where_values_overlap_those_who_have_it_not_are_a_part_too(make_today, answers):
    answers([10] * 30, products=("MUG", "TEA"))
    answers([2] * 3, products=("MUG",))
    answers([2] * 12, products=("POT",))
    answers([2] * 8, products=("CAN",))

    # 30 of 33 with a mug bought tea as well.
    assert withheld(make_today, product="TEA")
    assert not withheld(make_today, product="POT")


def test_a_whole_survey_is_never_withheld(make_today, answers):
    answers([10] * 2)

    assert not is_withheld(NPS, make_today.now)


@pytest.mark.thorough
@pytest.mark.parametrize("seed", [1, 2])
def test_no_two_figures_that_are_shown_differ_by_a_few_people(make_today, answers, seed):
    """Look at every part along one and two dimensions as somebody who knows which part lies in which other."""
    draw = random.Random(seed)
    for _ in range(70):
        country = draw.choices(["DE", "AT", "CH"], [6, 4, 1])[0]
        answers(
            [draw.choice([2, 8, 10])],
            country=country,
            carrier="Postbus" if country == "AT" and draw.random() < 0.9 else "DHL",
            late=draw.random() < 0.3,
            value=draw.choice([1000, 1000, 4000, 9000]),
            channel=draw.choices(["email", "qr"], [9, 1])[0],
            locale="de" if draw.random() < 0.9 else "en",
        )
    names = ("country", "carrier", "language", "lateness", "value", "channel")
    shown = {frozenset(ids_of()): "everybody"}
    for chosen in itertools.chain.from_iterable(itertools.combinations(names, length) for length in (1, 2)):
        level = level_of(NPS, chosen, make_today.now)
        for cell in level.counts.keys() - level.hidden:
            shown[frozenset(ids_of(**dict(zip(chosen, cell, strict=True))))] = dict(
                zip(chosen, cell, strict=True)
            )
    for (few, one), (many, other) in itertools.permutations(shown.items(), 2):
        assert not (few < many and len(many - few) < 5), (one, other)
    assert all(len(part) >= 5 for part in shown) and len(shown) > 5


def ids_of(**values):
    conditions = [holds(name, value) for name, value in values.items()]
    return db.session.scalars(answers_of(select(Response.id), NPS, joined=True).where(*conditions))


def test_every_dimension_is_judged(make_today, answers):
    answers([10] * 20)
    answers(
        [2] * 3,
        country="AT",
        carrier="Postbus",
        late=True,
        products=("TEA",),
        theme="PRICE",
        value=90_000,
        channel="qr",
    )

    small = {
        "country": "AT",
        "carrier": "Postbus",
        "lateness": "late",
        "product": "TEA",
        "category": "T",
        "theme": "PRICE",
    }
    for name, value in (small | {"value": "EUR-5", "channel": "qr"}).items():
        assert name in EVERY and withheld(make_today, **{name: value}), name


@pytest.mark.thorough
def test_what_is_hidden_is_what_the_plain_definition_hides(make_today, answers, monkeypatch):
    """However few examples are looked at first, nothing more and nothing less is hidden."""
    monkeypatch.setattr(neighbouring, "AMONG", 20)
    draw = random.Random(2)
    for _ in range(60):
        country = draw.choices(["DE", "AT", "CH", "LI"], [6, 4, 2, 1])[0]
        answers(
            [draw.choice([1, 2, 4])],
            survey_key=draw.choices(["nps", "csat"], [3, 1])[0],
            country=country,
            carrier="Postbus" if country == "AT" and draw.random() < 0.9 else "DHL",
            late=country == "CH" or draw.random() < 0.1,
            value=draw.choice([1000, 4000]) if country == "DE" else 9000,
            channel="qr" if country == "LI" or draw.random() < 0.05 else "email",
            locale="de" if draw.random() < 0.9 else "en",
            products=draw.choices([("MUG",), ("MUG", "TEA"), ("MAT",)], [6, 3, 1])[0],
            submitted_at=make_today.now - timedelta(minutes=draw.randrange(600)),
        )
    names = ("country", "carrier", "language", "lateness", "channel", "product", "category")
    period = {"since": make_today.now - timedelta(days=1), "until": make_today.now + timedelta(days=1)}
    several = draw.sample([*itertools.combinations(names, 1), *itertools.combinations(names, 2)], 9)
    several += [("country", "language", "carrier"), ("country", "channel", "category")]
    for survey in ("nps", None):
        selection = Selection(survey, **period)
        ids = Plain(selection)
        for chosen in several:
            hidden = ids.hidden(chosen)
            level = level_of(selection, chosen, make_today.now)
            assert level.hidden == hidden and level.counts.keys() == ids.level(chosen).keys(), (
                survey,
                chosen,
            )
            for cell in list(hidden)[:1] if survey else ():
                part = Selection(**period).where(**dict(zip(chosen, cell, strict=True)))
                assert survey in withheld_of(part, make_today.now)


class Plain:
    """The definition of decision 20 over the answers themselves."""

    def __init__(self, selection):
        self.values, self.known = {}, {}
        for name in EVERY:
            (value,), joined = ways_along((name,))
            for number, each in db.session.execute(
                joined(answers_of(select(Response.id, value), selection, joined=True))
            ):
                self.values.setdefault(number, {}).setdefault(name, set()).add(each)

    def level(self, names):
        if names not in self.known:
            found = self.known.setdefault(names, {})
            for number, values in self.values.items():
                for cell in itertools.product(*(values[name] for name in names)):
                    found.setdefault(cell, set()).add(number)
        return self.known[names]

    def hidden(self, names):
        cells, wholes = self.level(names), {}
        for at in (at for at, name in enumerate(names) if name in OVERLAPPING):
            wider = self.level((*names[:at], *names[at + 1 :]))
            wholes[at] = {(*cell[:at], ANY, *cell[at:]): len(ids) for cell, ids in wider.items()}
        nearly = {cell for cell, ids in cells.items() if any(self.around(names, cell, ids))} | {
            *self.nested(names)
        }
        return hidden_in_level({cell: len(ids) for cell, ids in cells.items()}, wholes, nearly)

    def around(self, names, cell, ids):
        for length in range(len(names)):
            for some in itertools.combinations(range(len(names)), length):
                own, wide = tuple(cell[at] for at in some), tuple(names[at] for at in some)
                yield 0 < len(self.level(wide)[own]) - len(ids) < K
                for other in (other for other in PARTING if other not in names and len(ids) >= K):
                    shared = {value for number in ids for value in self.values[number][other]}
                    if len(shared) == 1:
                        yield 0 < len(self.level((*wide, other))[(*own, *shared)]) - len(ids) < K

    def nested(self, names):
        for (at, name), cell in itertools.product(enumerate(names), self.level(names)):
            rest, own = (*names[:at], *names[at + 1 :]), (*cell[:at], *cell[at + 1 :])
            for other in set(NESTED.get(name, ())) - set(rest):
                if all(each[at] == UNKNOWN for each in self.level(names)):
                    continue
                for (*beside, value), larger in self.level((*rest, other)).items():
                    ids, both = (
                        self.level(names)[cell],
                        self.level((*names, other)).get((*cell, value), set()),
                    )
                    if tuple(beside) == own and both:
                        if both == ids and 0 < len(larger - ids) < K:
                            yield cell
                        if other in PARTING and both == larger and 0 < len(ids - larger) < K:
                            yield cell
