"""Who gets a task, by the rules alone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.follow_up.assigning.routing import (
    WAITS,
    WEIGHTS,
    WHY,
    Candidate,
    Case,
    Choice,
    choose_owner,
    told_apart,
)

NOON = datetime(2026, 11, 4, 12, tzinfo=UTC)
OLGA, BEN, NADIA = 1, 2, 3
P2 = Case(WEIGHTS["P2"], "en")


def agent(staff_id, load=0, *, hours_without=None, **values):
    """Make a candidate; `hours_without` is the time since the last new task, None for never."""
    given_at = None if hours_without is None else NOON - timedelta(hours=hours_without)
    return Candidate(staff_id, load=load, last_given_at=given_at, **values)


def case(**values):
    return Case(**({"weight": 3, "language": "en"} | values))


def test_the_customers_own_contact_comes_first_however_busy():
    chosen = choose_owner([agent(BEN)], case(dedicated=agent(OLGA, 90), handler=agent(BEN)))

    assert chosen == (OLGA, "dedicated", "")


def test_the_own_contact_is_passed_over_when_away_or_full():
    for olga in (agent(OLGA, away=True), agent(OLGA, 6, capacity=8)):
        assert choose_owner([agent(BEN, 3), agent(NADIA, 2)], case(dedicated=olga)).staff_id == NADIA


def test_then_whoever_handled_the_customer_before_in_whatever_language():
    ben = agent(BEN, 40, languages=frozenset({"de"}))
    known = case(handler=ben, handled_on=date(2026, 3, 3))

    chosen = choose_owner([ben, agent(NADIA)], known)

    assert (chosen, chosen.why) == ((BEN, "handled_before", "2026-03-03"), "handled_before:2026-03-03")
    assert told_apart(chosen.why) == ("handled_before", "2026-03-03")


def test_a_task_goes_to_somebody_who_speaks_the_language_and_says_so_where_that_left_somebody_out():
    german, english = frozenset({"de"}), frozenset({"en"})
    both = [agent(BEN, 9, languages=german), agent(NADIA, languages=english)]

    assert choose_owner(both, case(language="de")) == (BEN, "speaks_least_loaded", "de")
    # Who has said nothing speaks all, and when all speak it the language is no reason.
    assert (
        choose_owner([agent(BEN, 1, languages=german), agent(OLGA)], case(language="de")).code
        == "least_loaded"
    )
    assert choose_owner(both, case(language="pl")) == (None, "no_speaker", "pl")


def test_what_is_open_weighs_by_its_priority():
    one_urgent, two_quiet = agent(BEN, WEIGHTS["P0"]), agent(NADIA, 2 * WEIGHTS["P3"])

    assert choose_owner([one_urgent, two_quiet], P2) == (NADIA, "least_loaded", "")
    assert list(WEIGHTS.values()) == [8, 5, 3, 1, 0]


def test_a_tie_goes_to_whoever_had_no_new_task_for_longest_and_never_is_longest():
    tied = [agent(BEN, 2, hours_without=1), agent(NADIA, 2, hours_without=5), agent(OLGA, 9)]

    assert choose_owner(tied, P2) == (NADIA, "longest_without", "")
    assert choose_owner([*tied, agent(4, 2)], P2).staff_id == 4


@pytest.mark.parametrize(
    ("agents", "barred", "why"),
    [
        ([], (), "nobody"),
        ([agent(BEN, away=True)], (), "nobody"),
        ([agent(BEN, 7, capacity=8)], (), "full"),
        ([agent(BEN), agent(NADIA, away=True)], (BEN,), "named"),
    ],
)
def test_when_nobody_can_take_it_the_reason_is_told(agents, barred, why):
    assert choose_owner(agents, case(barred=frozenset(barred))) == (None, why, "")


def test_whom_the_comment_names_does_not_get_it_as_the_own_contact_either():
    olga = agent(OLGA)

    assert (
        choose_owner([agent(BEN)], case(dedicated=olga, handler=olga, barred=frozenset({OLGA}))).staff_id
        == BEN
    )


def test_words_of_a_person_are_no_rule():
    assert told_apart(None) == told_apart("because: I said so") == ("", "")
    assert set(WAITS) < set(WHY)


languages = st.frozensets(st.sampled_from(["en", "de", "pl"]), max_size=2)
moments = st.none() | st.integers(0, 500).map(lambda hours: NOON - timedelta(hours=hours))
capacities = st.none() | st.integers(8, 40)
people = st.lists(
    st.builds(Candidate, st.integers(1, 9), st.booleans(), st.integers(0, 40), moments, capacities, languages),
    max_size=7,
    unique_by=lambda each: each.staff_id,
)  # fmt: skip


@st.composite
def situations(draw):
    team = draw(people)
    known = st.none() | st.sampled_from(team) if team else st.none()
    barred = draw(st.frozensets(st.integers(1, 9), max_size=3))
    weight = draw(st.sampled_from(sorted(WEIGHTS.values())))
    language = draw(st.sampled_from(["en", "de", "pl"]))
    return (
        team,
        Case(weight, language, draw(known), draw(known), date(2026, 3, 3), barred),
        draw(st.randoms()),
    )


@given(situations())
def test_laws_of_the_choice(situation):
    team, it, dice = situation
    chosen = choose_owner(team, it)
    people_by_id = {each.staff_id: each for each in team}
    shuffled = list(team)
    dice.shuffle(shuffled)

    assert choose_owner(shuffled, it) == chosen
    assert len(chosen.why) <= 30 and told_apart(chosen.why) == (chosen.code, chosen.fact)
    if chosen.staff_id is None:
        able = (each for each in team if not each.away and each.staff_id not in it.barred)
        assert chosen.code in WAITS
        assert not any(each.speaks(it.language) and each.bears(it.weight) for each in able)
        return
    one = people_by_id[chosen.staff_id]
    assert not one.away and one.staff_id not in it.barred
    assert one.capacity is None or one.load + it.weight <= one.capacity
    if chosen.code not in ("dedicated", "handled_before"):
        assert one.speaks(it.language)


@given(st.lists(st.sampled_from(sorted(WEIGHTS)), max_size=60), st.integers(2, 6))
def test_loads_of_equals_never_differ_by_more_than_the_heaviest_task(priorities, size):
    team = {staff_id: agent(staff_id) for staff_id in range(1, size + 1)}
    for number, priority in enumerate(priorities):
        weight = WEIGHTS[priority]
        staff_id = choose_owner(team.values(), Case(weight, "en")).staff_id
        given_at = NOON + timedelta(minutes=number)
        team[staff_id] = Candidate(staff_id, load=team[staff_id].load + weight, last_given_at=given_at)

    loads = [each.load for each in team.values()]
    assert max(loads) - min(loads) <= max(WEIGHTS.values())


def test_tasks_of_one_weight_go_round():
    team = {staff_id: agent(staff_id) for staff_id in (OLGA, BEN, NADIA)}
    for number in range(9):
        chosen = choose_owner(team.values(), P2)
        assert isinstance(chosen, Choice)
        before = team[chosen.staff_id]
        given_at = NOON + timedelta(minutes=number)
        team[chosen.staff_id] = Candidate(before.staff_id, load=before.load + 3, last_given_at=given_at)

    assert [each.load for each in team.values()] == [9, 9, 9]
