"""The chain behind an order or an answer, and `flask why`."""

from datetime import timedelta

import pytest

from feedback.analysis.models import Analysis
from feedback.follow_up.opening import open_tasks
from feedback.overview.tracing import trace
from surveys.errors import Missing
from surveys.invitations.planning import plan_new


def text_of(name, now):
    return "\n".join("  " * line.depth + line.text for line in trace(name, now))


@pytest.mark.once
def test_the_whole_chain_of_an_answered_order(make, now):
    invitation = make.invitation(make.purchase(reference="A-7001"), answered_at=now)
    response = make.response(
        3, "Too late", customer=invitation.customer, purchase=invitation.purchase, invitation=invitation
    )
    make.keep(
        Analysis(
            response=response,
            language="en",
            label="negative",
            polarity=-0.5,
            analyzer="reader 1",
            analysed_at=now,
        )
    )
    response.analysed_at = now
    make.settle()
    open_tasks(now, 10)
    chain = text_of("A-7001", now)

    for said in (
        "purchase A-7001 (",
        "placed 2026-02-28 12:00, delivered 2026-03-03 12:00 (Europe/Berlin)",
        "touchpoint “After delivery” (as set on 2026-03-10 12:00): sent 2026-03-10 12:00",
        "mail: nps version 1, en, 0 attempts",
        f"answer {response.public_id}: score 3 (detractor), nps version 1",
        "reading: negative -0.50 in en, by reader 1",
        "rule low_score: The score is low.",
    ):
        assert said in chain
    assert chain == text_of(response.public_id, now) == text_of(invitation.purchase.public_id, now)


def test_an_order_nobody_is_asked_about_says_why(make, now):
    make.touchpoint(share=50)
    purchase = make.purchase(refunded_at=now)
    plan_new(now, 10)
    chain = text_of(purchase.reference, now)

    assert "not asked: The order was refunded." in chain
    assert "drawn with probability 0.5" in chain


def test_a_turn_in_a_programme_is_told_by_the_customers_address_and_by_the_answer(make, now):
    turn = make.turn(make.customer(email="dora@example.test"), answered_at=now)
    response = make.response(9, "Fine", customer=turn.customer, invitation=turn)
    chain = text_of("Dora@example.test", now)

    for said in (
        f"customer {turn.customer.public_id} of Demo Shop, round 1, no order",
        "touchpoint “Relationship” (as set on 2026-03-10 12:00): sent 2026-03-10 12:00",
        "The customer's turn in round 1 of the programme.",
        f"answer {response.public_id}: score 9 (promoter), nps version 1",
    ):
        assert said in chain
    assert chain == text_of(response.public_id, now) == text_of(turn.customer.public_id, now)


def test_a_turn_that_was_refused_or_waits_says_why(make, now):
    refused = make.turn(state="refused", reason="this_round")
    waiting = make.turn(make.customer(objected_at=now), "planned")

    assert "asked in this round already, as another customer" in text_of(refused.customer.email, now)
    chain = text_of(waiting.customer.email, now)
    assert "The customer does not want to be asked." in chain
    assert "The person was not asked in this round as another customer." in chain


def test_an_order_whose_customer_paused_questions_says_so(make, now):
    paused = make.customer(paused_until=now + timedelta(days=90))
    order = make.purchase(paused)
    waiting = make.invitation(order, "planned", put_off="paused", due_at=now + timedelta(days=90))
    chain = text_of(order.reference, now)
    assert "waits for the end of the pause that the customer asked for" in chain
    assert "NO  Would wait for: the end of the pause that the customer asked for." in chain

    waiting.state, waiting.reason, waiting.due_at, waiting.put_off = "refused", "paused", None, None
    assert "not asked: The customer has paused questions" in text_of(order.reference, now)


def test_an_answer_without_an_order_says_why_it_has_no_task(make, now):
    chain = text_of(make.response(10, channel="api", follow_up_stage=2).public_id, now)

    assert "no purchase" in chain
    assert "task: none. No rule matches" in chain


def test_a_name_of_nothing_says_what_to_give(make, now):
    with pytest.raises(Missing, match="no purchase and no response called “A-1”"):
        trace("A-1", now)


def test_the_command_prints_it(app, make):
    purchase = make.purchase()
    runner = app.test_cli_runner()

    assert f"purchase {purchase.reference}" in runner.invoke(args=["why", purchase.reference]).output
    wrong = runner.invoke(args=["why", "nothing"])
    assert (wrong.exit_code, "no purchase and no response" in wrong.output) == (1, True)
