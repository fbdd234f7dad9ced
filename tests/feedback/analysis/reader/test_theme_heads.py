"""What corrected themes teach: a shop's own word for a matter is learnt, dice are not, and what was right stays."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.corrections.lessons import ThemeLesson
from feedback.analysis.reader.encoder import load_encoder
from feedback.analysis.reader.plain_text import plain
from feedback.analysis.reader.theme_heads import learn, micro_f1
from feedback.analysis.themes.feelings import Felt
from feedback.analysis.themes.learnt import from_bytes
from feedback.analysis.themes.library import shipped

WIDTH = 20
NONE, SETUP, PRICE = frozenset[str](), frozenset({"SETUP"}), frozenset({"PRICE"})
MANY = 25  # comments about deliveries, and as many about other matters
SETS = Path(__file__).parents[4] / "bench" / "comments"


def vector(chance, place):
    numbers = chance.normal(size=WIDTH) / 50
    numbers[place] += 0.3
    return numbers.astype(np.float16).tobytes()


def lessons(seed=1, people=None):
    """Comments on prices, which the phrases find, and on setting up, which they miss: people have added it."""
    chance = np.random.default_rng(seed)
    people = people or (lambda number: SETUP)
    set_up = [ThemeLesson(f"Zobel {n}", vector(chance, 0), NONE, people(n)) for n in range(60)]
    prices = [ThemeLesson(f"The price {n}", vector(chance, 1), PRICE, PRICE) for n in range(40)]
    calm = [ThemeLesson(f"A price {n}", vector(chance, 1), PRICE, None) for n in range(100)]
    return set_up + prices + calm


def test_what_people_add_again_and_again_is_learnt():
    taught = learn(lessons())

    assert taught.is_better and taught.rows == 100
    assert taught.before == pytest.approx(2 * 40 / (40 + 100), abs=1e-4) and taught.after > 0.95
    lines = from_bytes(taught.numbers)
    unseen = np.random.default_rng(9)
    assert lines.put_right([], vector(unseen, 0), 0.5) == [Felt("SETUP", 0, 0, 0.5, is_learnt=True)]
    assert lines.put_right([Felt("PRICE", 0, 5, None)], vector(unseen, 1), 0.5) == [Felt("PRICE", 0, 5, None)]


def test_what_people_take_away_again_and_again_is_unlearnt():
    chance = np.random.default_rng(3)
    wrong = [ThemeLesson(f"A price for courage {n}", vector(chance, 2), PRICE, NONE) for n in range(50)]

    taught = learn(lessons() + wrong)

    assert taught.is_better
    assert from_bytes(taught.numbers).put_right([Felt("PRICE", 0, 5, None)], vector(chance, 2), None) == []


@pytest.mark.parametrize("seed", range(3))
def test_corrections_by_dice_are_not_used(seed):
    dice = np.random.default_rng(seed)
    chance = np.random.default_rng(seed + 50)
    thrown = [
        ThemeLesson(f"Zobel {n}", vector(chance, 0), PRICE, NONE if dice.random() < 0.3 else PRICE)
        for n in range(120)
    ]

    taught = learn(thrown)

    assert not taught.is_better


def test_what_would_upset_comments_nobody_corrected_is_not_used():
    chance = np.random.default_rng(5)
    both = PRICE | SETUP
    added = [ThemeLesson(f"Zobel {n}", vector(chance, 1), PRICE, both) for n in range(100)]
    calm = [ThemeLesson(f"A price {n}", vector(chance, 1), PRICE, None) for n in range(100)]

    taught = learn(added + calm)

    assert taught.after > taught.before + 0.02 and taught.steady < 0.95 and not taught.is_better


def test_a_theme_that_was_hardly_corrected_keeps_to_its_phrases():
    taught = learn(lessons(people=lambda number: SETUP if number < 4 else NONE))

    assert from_bytes(taught.numbers).lines == {} and taught.before == taught.after


def test_the_same_lessons_teach_the_same():
    assert learn(lessons()) == learn(lessons())


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=30))
def test_micro_f1_lies_between_none_and_all_right(pairs):
    guessed, truth = (np.array(each)[:, None] for each in zip(*pairs, strict=True))

    assert 0 <= micro_f1(guessed, truth) <= 1 and micro_f1(truth, truth) == 1


@pytest.mark.thorough
def test_survey_comments_teach_a_theme_the_phrases_do_not_know():
    """Real vectors: a shop whose book knows nothing of deliveries corrects survey comments by hand."""
    encode, why = load_encoder(None)
    if encode is None:
        pytest.skip(why)
    with (SETS / "survey.en.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    about = [row for row in rows if "DELIVERY" in row["themes"]]
    others = [row for row in rows if "DELIVERY" not in row["themes"]]
    taught = []
    for row in about[:MANY] + others[:MANY]:
        right = frozenset(row["themes"].split(",")) - {""}
        found = {each.code.partition(".")[0] for each in shipped().mentions(row["text"], "en")}
        numbers = encode(plain(row["text"])).astype(np.float16).tobytes()
        taught.append(ThemeLesson(row["text"], numbers, frozenset(found - {"DELIVERY"}), right))

    outcome = learn(taught)

    assert outcome.is_better and "DELIVERY" in from_bytes(outcome.numbers).lines
