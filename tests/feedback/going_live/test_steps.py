"""The checklist says what is missing, step by step, and nothing else."""

from datetime import UTC, datetime

from feedback.going_live.facts import BrandFacts, Facts
from feedback.going_live.steps import checklist

NOW = datetime(2026, 3, 10, 11, 0, tzinfo=UTC)
READY = BrandFacts(
    key="olive",
    name="Olive & Salt",
    sender="hello@olive.test",
    reply_to="care@olive.test",
    postal_address="Market 1, Vienna",
    privacy_url="https://olive.test/privacy",
    default_basis="none",
    declared=1,
    has_purchases=True,
    touchpoints_on=1,
)
LIVE = Facts(
    has_demo=False,
    base_url="https://ask.olive.test",
    is_reachable=True,
    mail_leaves=True,
    brands=[READY],
    people=2,
    ticked={"mail_arrived": NOW, "dns": NOW, "dry_run": NOW},
    holds=0,
)


def open_steps(facts):
    return [step.key for step in checklist(facts) if not step.is_done]


def sentences(facts, key):
    (step,) = [step for step in checklist(facts) if step.key == key]
    return [missing.phrase % missing.values for missing in step.missing]


def test_a_shop_that_is_ready_has_nothing_left_to_do():
    assert open_steps(LIVE) == []


def test_a_first_look_at_the_demo_has_everything_to_do():
    facts = Facts(True, "http://127.0.0.1:8000", False, False, [], 1, {}, 1)

    everything = [step.key for step in checklist(facts)]
    assert open_steps(facts) == everything


def test_what_a_shop_lacks_is_named_with_the_shop():
    bare = BrandFacts("shop", "Shop", None, None, None, None, "none", 0, False, 0)
    facts = Facts(False, LIVE.base_url, True, True, [READY, bare], 2, LIVE.ticked, 0)

    assert sentences(facts, "shops") == [
        "Shop: give the shop the name customers know.",
        "Shop: add the postal address; it stands below every mail.",
        "Shop: add the address of the privacy notice.",
    ]
    assert sentences(facts, "connected") == ["Shop: no purchase has come in yet."]
    assert sentences(facts, "permission")[0].startswith("Shop: say on which legal basis")
    assert sentences(facts, "on") == ["Shop: no touchpoint is switched on, so nobody is asked."]


def test_a_basis_for_everybody_needs_no_declaration():
    agreed = BrandFacts(**(vars(READY) | {"declared": 0, "default_basis": "opt_in"}))

    assert sentences(Facts(**(vars(LIVE) | {"brands": [agreed]})), "permission") == []


def test_held_mail_is_not_live():
    assert open_steps(Facts(**(vars(LIVE) | {"holds": 2}))) == ["on"]


def test_who_works_alone_says_so_once():
    alone = Facts(**(vars(LIVE) | {"people": 1}))

    assert open_steps(alone) == ["team"]
    assert open_steps(Facts(**(vars(alone) | {"ticked": LIVE.ticked | {"alone": NOW}}))) == []
