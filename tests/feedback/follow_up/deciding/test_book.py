"""The rule book: what each kind looks for, its limits, and what cannot be a rule."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.intents.finds import INTENTS, Find
from feedback.analysis.mismatch import MISMATCHES
from feedback.follow_up.deciding.book import (
    KINDS,
    STANDARD,
    BadRule,
    Rule,
    checked,
    from_data,
    kind_of,
    matches,
    matching,
    might_match,
)
from feedback.follow_up.deciding.signs import NOTHING, Past, Reading, Submission
from surveys.errors import SeveralRefusals
from surveys.scales import MOODS

NOW = datetime(2026, 3, 10, 11, tzinfo=UTC)
ANSWER = Submission("nps", 4, True, True, True, NOW, survey="nps", brand="demo")
SHOUT = Reading("negative", -0.8, 0.9, (Find(0, 4, "churn"), Find(6, 9, "contact")))


@pytest.mark.parametrize(
    "rule, answer, reading, past, expected",
    [
        (Rule("r", "group", mood="unhappy"), ANSWER, None, NOTHING, True),
        (Rule("r", "group", mood="happy"), ANSWER, None, NOTHING, False),
        (Rule("r", "score", survey="nps", at_most=4), ANSWER, None, NOTHING, True),
        (Rule("r", "score", survey="nps", at_most=3), ANSWER, None, NOTHING, False),
        (Rule("r", "score", survey="csat", at_most=4), ANSWER, None, NOTHING, False),
        (Rule("r", "intent", intents=("churn",)), ANSWER, SHOUT, NOTHING, True),
        (Rule("r", "intent", intents=("legal",)), ANSWER, SHOUT, NOTHING, False),
        (Rule("r", "intent", intents=("churn",)), ANSWER, None, NOTHING, False),
        (Rule("r", "negative_comment"), ANSWER, SHOUT, NOTHING, True),
        (Rule("r", "mismatch", flags=("hidden_issue",)), replace(ANSWER, score=9), SHOUT, NOTHING, True),
        (Rule("r", "mismatch", flags=("at_risk",)), replace(ANSWER, score=9), SHOUT, NOTHING, False),
        (Rule("r", "vip"), replace(ANSWER, score=8), None, Past(is_vip=True), True),
        (Rule("r", "vip"), replace(ANSWER, score=9), None, Past(is_vip=True), False),
        (Rule("r", "vip", segment="s"), ANSWER, None, Past(is_vip=True), True),
        (Rule("r", "vip"), ANSWER, None, NOTHING, False),
        (Rule("r", "repeat"), ANSWER, None, Past(unhappy_lately=True), True),
        (Rule("r", "repeat"), replace(ANSWER, score=9), None, Past(unhappy_lately=True), False),
        (Rule("r", "wants_contact"), ANSWER, SHOUT, NOTHING, True),
        (Rule("r", "wrote_back"), replace(ANSWER, wrote_back=True), None, NOTHING, True),
        (Rule("r", "group", mood="unhappy", brand="other"), ANSWER, None, NOTHING, False),
        (Rule("r", "group", mood="unhappy", survey="csat"), ANSWER, None, NOTHING, False),
        (Rule("r", "group", mood="unhappy", segment="s"), ANSWER, None, NOTHING, False),
        (Rule("r", "group", mood="unhappy", segment="s"), ANSWER, None, Past(segments=frozenset("s")), True),
    ],
)
def test_each_kind_looks_for_its_own_sign_within_its_limits(rule, answer, reading, past, expected):
    assert matches(rule, answer, reading, past) is expected
    if expected:
        assert might_match(rule, answer, reading)


def test_rules_match_in_the_order_of_the_book_and_only_when_on():
    rules = (
        Rule("a", "wrote_back"),
        Rule("b", "negative_comment"),
        Rule("c", "group", False, mood="unhappy"),
    )

    assert [rule.key for rule in matching(rules, ANSWER, SHOUT, NOTHING)] == ["b"]
    assert [rule.key for rule in matching(STANDARD.rules, ANSWER, SHOUT, NOTHING)] == [
        "intent",
        "low_score",
        "negative_comment",
        "wants_contact",
    ]


RULES = st.builds(
    Rule,
    key=st.sampled_from(["a", "b"]),
    kind=st.sampled_from(list(KINDS)),
    is_on=st.booleans(),
    brand=st.none() | st.just("demo"),
    survey=st.none() | st.just("nps"),
    segment=st.none() | st.just("s"),
    mood=st.none() | st.sampled_from(MOODS),
    at_most=st.none() | st.integers(0, 10),
    intents=st.lists(st.sampled_from(INTENTS), unique=True).map(tuple),
    flags=st.lists(st.sampled_from(list(MISMATCHES)), unique=True).map(tuple),
)


@given(RULES)
def test_a_rule_is_stored_and_read_as_it_was(rule):
    assert from_data([rule.as_data()]) == (rule,)


@given(RULES)
def test_a_checked_rule_has_what_its_kind_needs_and_nothing_else(rule):
    try:
        good = checked(rule)
    except (BadRule, SeveralRefusals):
        return
    assert checked(good) == good
    assert (good.mood is None) == (good.kind != "group")
    assert (good.at_most is None) == (good.kind != "score")
    assert bool(good.intents) == (good.kind == "intent")
    assert bool(good.flags) == (good.kind == "mismatch")


@given(RULES, st.booleans(), st.booleans(), st.integers(0, 10))
def test_where_no_past_could_make_a_rule_match_none_does(rule, is_vip, lately, score):
    answer = replace(ANSWER, score=score)
    past = Past(is_vip=is_vip, unhappy_lately=lately, segments=frozenset("s"))

    if matches(rule, answer, SHOUT, past):
        assert might_match(rule, answer, SHOUT)


@pytest.mark.parametrize(
    "rule, field",
    [
        (Rule("r", "nonsense"), "kind"),
        (Rule("r", "group"), "mood"),
        (Rule("r", "score", survey="nps"), "at_most"),
        (Rule("r", "score", survey="nps", at_most=11), "at_most"),
        (Rule("r", "score", at_most=3), "survey"),
        (Rule("r", "intent"), "intents"),
        (Rule("r", "intent", intents=("joy",)), "intents"),
        (Rule("r", "mismatch"), "flags"),
    ],
)
def test_what_could_never_be_judged_is_refused_with_its_field(rule, field):
    with pytest.raises(BadRule) as refused:
        checked(rule)

    assert refused.value.field == field


def test_the_standard_book_is_sound_and_keys_tell_their_kind():
    assert [checked(rule) for rule in STANDARD.rules] == list(STANDARD.rules)
    assert [kind_of(rule.key) for rule in STANDARD.rules] == [rule.kind for rule in STANDARD.rules]
    assert kind_of("intent-x7f2") == "intent"
