"""Answers as rows of numbers: the score, then what was said or mentioned, so that drivers can be told of them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from feedback.insights.drivers import Row
from surveys.questionnaires.answers import as_words
from surveys.questionnaires.questions import MANY, ONE, REASONS, SCALE, YES_NO, Question

MOST_DRIVERS = 8
# Of what fewer people say, nothing is told: a driver of three would name them.
FEWEST_WHO_SAY = 10
HALF = 0.5
PRAISE, OTHER = "PRAISE", "OTHER"


class Table(NamedTuple):
    """The names of the drivers, and how many answers have the same score and drivers."""

    drivers: tuple[str, ...]
    rows: Mapping[Row, int]

    @property
    def n(self) -> int:
        """How many answers there are."""
        return sum(self.rows.values())


def of_themes(scores: Mapping[int, int], mentioned: Iterable[tuple[int, str]]) -> Table:
    """Return one row for each comment: its score, and whether it mentions each of the themes most people mention.

    `scores` and `mentioned` go by the ids of responses. Praise is no driver: it says only that somebody is happy.
    """
    themes: dict[int, set[str]] = {}
    for response_id, code in mentioned:
        if response_id in scores and code not in (PRAISE, OTHER):
            themes.setdefault(response_id, set()).add(code)
    drivers = _most_frequent(code for codes in themes.values() for code in codes)
    rows = Counter(
        (score, *(float(code in themes.get(response_id, ())) for code in drivers))
        for response_id, score in scores.items()
    )
    return Table(drivers, rows)


def of_questions(questions: Sequence[Question], answered: Sequence[tuple[int, Mapping[str, Any]]]) -> Table:
    """Return one row for each answer that says all ratings: its score, the ratings, and what was chosen as 0 or 1.

    `answered` are score and further answers. Ratings are scales and yes or no; one that fewer than half answer is left
    out, because leaving out all who did not answer it would leave few.
    """
    ratings = [
        question.key
        for question in questions
        if question.kind in (SCALE, YES_NO)
        and sum(question.key in given for _, given in answered) >= max(1, HALF * len(answered))
    ][:MOST_DRIVERS]
    whole = [(score, given) for score, given in answered if all(key in given for key in ratings)]
    choosing = [question.key for question in questions if question.kind in (ONE, MANY, REASONS)]
    chosen = _most_frequent(
        f"{key}.{option}" for _, given in whole for key in choosing for option in as_words(given.get(key))
    )[: MOST_DRIVERS - len(ratings)]
    rows = Counter((score, *_numbers(given, ratings, chosen)) for score, given in whole)
    return Table((*ratings, *chosen), rows)


def _numbers(given: Mapping[str, Any], ratings: Sequence[str], chosen: Sequence[str]) -> list[float]:
    rated = [_number(given[key]) for key in ratings]
    picked = []
    for name in chosen:
        key, _, option = name.partition(".")
        picked.append(float(option in as_words(given.get(key))))
    return [*rated, *picked]


def _number(answer: Any) -> float:
    """Return a rating as a number: a point of its scale, or 1 for yes and 0 for no."""
    return {"yes": 1.0, "no": 0.0}[answer] if answer in ("yes", "no") else float(answer)


def _most_frequent(names: Iterable[str]) -> tuple[str, ...]:
    counted = Counter(names)
    frequent = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return tuple(name for name, n in frequent if n >= FEWEST_WHO_SAY)[:MOST_DRIVERS]
