"""The rule book is changed as a whole, version by version."""

import pytest
from sqlalchemy import select

from feedback.follow_up import triaging
from feedback.follow_up.deciding.ageing import age_tasks
from feedback.follow_up.deciding.book import MOST_RULES, STANDARD, BadRule, Rule
from feedback.follow_up.deciding.editing import (
    ChangedMeanwhile,
    NoRule,
    WeightsChanged,
    keep,
    keep_weights,
    move,
    remove,
    save_rule,
    switch,
)
from feedback.follow_up.deciding.filters import point_parts
from feedback.follow_up.deciding.models import RuleBook
from feedback.follow_up.deciding.queries import book_of, current_book, current_weights
from feedback.follow_up.deciding.weights import SHIPPED
from feedback.follow_up.deciding.weights import STANDARD as SHIPPED_WEIGHTS
from feedback.follow_up.models import Task
from feedback.follow_up.opening import open_tasks
from surveys.database import db
from surveys.errors import SeveralRefusals


def keys():
    return [rule.key for rule in current_book().rules]


def test_the_shipped_book_holds_until_somebody_changes_it(app):
    assert current_book() == STANDARD == book_of(1)


def test_every_change_is_a_version_with_who_and_when(make, now):
    ben = make.staff(role="admin")
    switch(1, "low_score", False, ben, now)
    move(2, "wrote_back", -99, ben, now)
    remove(3, "vip", None, now)
    db.session.commit()

    stored = db.session.scalars(select(RuleBook).order_by(RuleBook.version)).all()
    assert [(row.version, row.changed_by, row.changed_at) for row in stored] == [
        (2, ben, now),
        (3, ben, now),
        (4, None, now),
    ]
    assert keys() == [
        "wrote_back",
        *(rule.key for rule in STANDARD.rules if rule.key not in ("wrote_back", "vip")),
    ]
    assert not current_book().rule("low_score").is_on
    assert book_of(2).rule("vip") is not None and book_of(1) == STANDARD


@pytest.mark.once
def test_a_task_names_the_rule_and_version_that_opened_it_and_an_off_rule_opens_none(make, now):
    make.response(3)
    open_tasks(now, 10)
    save_rule(1, Rule("group-abc", "group", mood="neutral", survey="nps"), make.staff(), now)
    switch(2, "low_score", False, make.staff(), now)
    db.session.commit()
    make.response(3)
    make.response(7)
    make.response(3, survey_key="csat")
    open_tasks(now, 10)

    found = [(task.rule, task.rule_version) for task in db.session.scalars(select(Task).order_by(Task.id))]
    assert found == [("low_score", 1), ("group-abc", 3)]


def test_the_same_again_is_no_version(make, now):
    assert keep(1, STANDARD.rules, make.staff(), now) == STANDARD
    assert move(1, "intent", -1, make.staff(), now) == STANDARD


def test_who_was_slower_changes_nothing(make, now):
    switch(1, "vip", False, make.staff(), now)
    db.session.commit()
    with pytest.raises(ChangedMeanwhile):
        switch(1, "repeat", False, make.staff(), now)


def test_what_is_not_there_cannot_be_changed(make, now):
    for change in (lambda: switch(1, "no", True, None, now), lambda: remove(1, "no", None, now)):
        with pytest.raises(NoRule):
            change()


@pytest.mark.parametrize(
    "rules, field",
    [
        ([Rule("a", "vip"), Rule("a", "repeat")], "key"),
        ([Rule(f"vip-{number}", "vip") for number in range(MOST_RULES + 1)], "rules"),
        ([Rule("a", "vip", brand="gone")], "brand"),
        ([Rule("a", "vip", survey="gone")], "survey"),
        ([Rule("a", "vip", segment="gone")], "segment"),
        ([Rule("a", "group")], "mood"),
    ],
)
def test_a_book_that_could_not_be_judged_is_refused_whole(make, now, rules, field):
    with pytest.raises((BadRule, SeveralRefusals)) as refused:
        keep(1, rules, make.staff(), now)

    assert refused.value.field == field
    assert current_book() == STANDARD


def test_other_weights_move_open_tasks_and_what_was_done_stays_explained_by_its_own(make, now):
    olga = make.staff("Olga", role="owner")
    make.response(0, "Late")
    make.response(0, "Late")
    open_tasks(now, 10)
    task, done = db.session.scalars(select(Task).order_by(Task.id)).all()
    triaging.close(done, "no_action", now, actor=olga)
    db.session.commit()
    age_tasks(now, 10)
    version = task.version

    assert keep_weights(1, SHIPPED, 10, olga, now) == SHIPPED_WEIGHTS
    keep_weights(1, SHIPPED | {"severity": 50, "emotion": 5}, 14, olga, now)
    db.session.commit()
    age_tasks(now, 10)
    db.session.expire_all()

    assert current_weights().undelivered_after == 14
    # Nobody who has it open is told that it was changed.
    assert (task.points, task.effective, task.version) == (50, 50, version)
    assert [part.most for part in point_parts(task.signals[0])] == [50, 5, 20, 15, 10]
    assert done.points == 30 and next(part.most for part in point_parts(done.signals[0])) == 30
    with pytest.raises(WeightsChanged):
        keep_weights(1, SHIPPED, 10, olga, now)
