"""Links to lists beside each other: whoever has two of them works out no few from their difference."""

import pytest

from feedback.reports.asking import asked_by
from feedback.reports.links import counting
from feedback.reports.links.counting import cells_of, told_of
from feedback.reports.listing import wanted_of_view
from feedback.reports.models import SavedView
from surveys.questionnaires.publishing import publish
from surveys.questionnaires.starters import NPS
from tests.feedback.insights.conftest import give
from tests.surveys.questionnaires.asking import row
from tests.test_costs import counted_statements


@pytest.fixture
def told(make_today):
    """Return what a link to a list tells: told(mood="unhappy")."""
    owner = make_today.staff("Ada", role="owner")

    def tell(**query):
        kept = SavedView(
            owner=owner,
            name="A list",
            page="responses",
            query={"survey": "nps"} | query,
            last_days=30,
            made_at=make_today.now,
        )
        return told_of(kept, asked_by(kept, make_today.now), make_today.now)

    return tell


def n_of(fit):
    return None if fit is None else fit.n


def test_the_few_of_one_mood_are_not_all_minus_the_others(make_today, told):
    give(make_today, [2] * 10 + [8] * 3 + [10] * 30, submitted_at=make_today.now)
    # Three are neutral: of all, the unhappy and the happy one says nothing, and it is the smaller one.
    assert n_of(told()) == 43 and told().moods == {}
    assert told(mood="unhappy") is None and told(mood="neutral") is None
    assert n_of(told(mood="happy")) == 30
    assert told(group="detractor") is None and n_of(told(group="promoter")) == 30


def test_a_mood_of_enough_beside_others_of_enough_is_told(make_today, told):
    give(make_today, [2] * 10 + [8] * 5 + [10] * 30, submitted_at=make_today.now)
    assert [n_of(told(mood=mood)) for mood in ("unhappy", "neutral", "happy")] == [10, 5, 30]
    assert told().moods == {"unhappy": 10, "neutral": 5, "happy": 30}


def test_a_filter_that_leaves_out_a_few_of_a_wider_list_is_not_told(make_today, told):
    give(make_today, [2] * 10 + [10] * 30, contact_permission=False, submitted_at=make_today.now)
    give(make_today, [2] * 3 + [10] * 9, submitted_at=make_today.now)
    assert (n_of(told(mood="unhappy")), n_of(told(contact="refused"))) == (13, 40)
    assert told(mood="unhappy", contact="refused") is None  # three unhappy ones did not refuse
    assert n_of(told(mood="happy", contact="refused")) == 30


def test_a_place_that_leaves_out_a_few_of_a_wider_list_is_not_told(make_today, told):
    give(make_today, [2] * 10 + [10] * 30, country="DE", submitted_at=make_today.now)
    give(make_today, [2] * 3 + [10] * 27, country="AT", submitted_at=make_today.now)
    assert n_of(told(mood="unhappy")) == 13 and n_of(told(mood="happy", country="DE")) == 30
    assert told(mood="unhappy", country="DE") is None, "three unhappy ones are Austrian"


def test_the_few_of_one_answer_are_hidden_as_in_the_heat_map(make_today, told):
    now = make_today.now
    survey = make_today.survey("nps")
    version = publish(survey, {**NPS, "questions": [row("size", "one", choices=["m", "l", "xl"])]}, now)
    for size, scores in (("l", [1] * 12 + [10] * 8), ("m", [10] * 20 + [1] * 6), ("xl", [1] * 3)):
        said = {"version": version, "answers": {"size": size}, "saved_at": now, "submitted_at": now}
        make_today.responses(scores, make_today.customer("Eve"), **said)
    make_today.responses(
        [10] * 9, make_today.customer("Eve"), version=version, saved_at=now, submitted_at=now
    )
    sizes = {value: n_of(told(answer=f"size.{value}")) for value in ("l", "m", "xl", "-")}
    assert sizes == {"l": 20, "m": 26, "xl": None, "-": None}
    # Three unhappy ones wear XL: with all 21 and the 12 of L, the six of M would leave them.
    assert told(answer="size.m", mood="unhappy") is None
    assert told(answer="size.m").moods == {} and told(answer="size.l").moods == {}
    kept = SavedView(page="responses", query={"survey": "nps", "answer": "size.l"}, last_days=30)
    cells = cells_of(wanted_of_view(kept, asked_by(kept, now)), now)
    assert cells["unhappy", "detractor", "xl"] == 3 and cells["happy", "promoter", "-"] == 9


def test_of_many_filters_at_once_nothing_is_told_and_nothing_counted(make_today, told, monkeypatch):
    give(make_today, [2] * 10 + [10] * 30, contact_permission=False, submitted_at=make_today.now)
    give(make_today, [10] * 9, submitted_at=make_today.now)
    assert n_of(told(mood="happy", contact="refused")) == 30

    monkeypatch.setattr(counting, "MOST_FILTERS", 1)
    with counted_statements() as statements:
        assert told(mood="happy", contact="refused") is None
    assert not [each for each in statements if "count(" in each]
