"""What may be said of a goal at its day: acceptance test AT-55 of the measuring method."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.aiming.standings import OUTCOMES, outcome, standing
from surveys.scales import SCALES


def nps(detractors, passives, promoters):
    return standing("nps", {3: detractors, 7: passives, 10: promoters})


@pytest.mark.parametrize(("counts", "bound"), [((10, 30, 60), 44.1175), ((5, 6, 25), 44.5022)])
def test_at_55_reached_and_confirmed_at_the_one_sided_bound(counts, bound):
    found = nps(*counts)

    assert found is not None and found.sure.low == pytest.approx(bound, abs=5e-5)
    assert outcome(found, 40) == "confirmed"


def test_the_four_verdicts_and_none():
    found = nps(10, 30, 60)  # 50, with 80 % confidence at least 44.1 and at most 55.6

    assert [outcome(found, target) for target in (44.1, 44.2, 50, 50.1, 55, 57)] == [
        "confirmed",
        "unconfirmed",
        "unconfirmed",
        "open",
        "open",
        "missed",
    ]
    assert nps(0, 0, 0) is None and outcome(None, 40) == "no_answers"


@given(
    st.sampled_from(("nps", "csat", "ces7", "stars_five")).flatmap(
        lambda kind: st.tuples(
            st.just(kind),
            st.dictionaries(st.sampled_from(SCALES[kind].scores), st.integers(0, 60)).filter(
                lambda counts: any(counts.values())
            ),
        )
    )
)
def test_a_higher_goal_is_never_easier(case):
    kind, counts = case
    found = standing(kind, counts)
    targets = range(-100, 101, 5) if kind != "stars_five" else [each / 10 for each in range(10, 51)]

    said = [OUTCOMES.index(outcome(found, target)) for target in targets]

    assert said == sorted(said)
    assert found is not None and found.is_thin == (found.n < 30)
