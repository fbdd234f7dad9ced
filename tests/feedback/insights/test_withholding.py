"""Attacks on small groups: whatever is shown along any dimensions, nobody among fewer than five can be worked out."""

import itertools
import random

import pytest
from sqlalchemy import select

from feedback.insights.dimensions.belonging import holds
from feedback.insights.dimensions.names import EVERY
from feedback.insights.queries import answers as answers_of
from feedback.insights.selection import Selection
from feedback.insights.withholding import is_withheld, level_of
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
