"""A draft is written step by step; every step back is exactly what was there before."""

import threading
from copy import deepcopy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import func, select

from surveys.database import begin_writing, db
from surveys.errors import Refusal
from surveys.questionnaires.drafting import (
    MOST_STEPS,
    Archived,
    DraftMoved,
    NotEditable,
    NothingToUndo,
    begin_survey,
    change,
    discard,
    rename,
    start_draft,
    undo,
)
from surveys.questionnaires.models import Survey, SurveyDraft
from surveys.questionnaires.publishing import publish_draft
from surveys.questionnaires.queries import draft_of, survey_by_key
from surveys.questionnaires.starters import NPS
from surveys.questionnaires.states import State
from surveys.questionnaires.texts import with_texts
from surveys.staff.models import StaffMember
from tests.surveys.questionnaires.asking import row, step_of


@pytest.fixture
def olga(make):
    return make.staff("Olga", "owner")


def saying(text):
    return with_texts(NPS, {"key.question": {"en": text}})


def test_a_new_survey_is_a_draft_that_nobody_is_asked(olga, now):
    survey = begin_survey("  How was   it? ", "nps", NPS, olga, now)

    assert (survey.name, survey.key, survey.state_at(now)) == ("How was it?", "how-was-it", State.DRAFT)
    assert draft_of(survey).definition == NPS
    with pytest.raises(Refusal, match="no survey with the key"):
        survey_by_key("how-was-it")


def test_two_surveys_of_one_name_have_keys_of_their_own(olga, now):
    keys = [
        begin_survey(name, "nps", NPS, olga, now).key for name in ("Größe", "Grosse!", "Größe", "…", "")[:4]
    ]

    assert keys == ["grosse", "grosse-2", "grosse-3", "survey"]


def test_a_name_like_that_of_a_ready_made_survey_leaves_it_its_key(olga, now):
    assert begin_survey("NPS", "nps", NPS, olga, now).key == "nps-2"


@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_a_survey_needs_a_name(make, olga, now, name):
    with pytest.raises(Refusal, match="Give it a name"):
        begin_survey(name, "nps", NPS, olga, now)
    with pytest.raises(Refusal, match="Give it a name"):
        rename(make.survey(), name)


def test_the_first_change_begins_a_draft_beside_what_is_asked(make, olga, now):
    survey = make.survey()
    change(survey, saying("Would you?"), 0, olga, now)

    assert draft_of(survey).step == 2
    assert survey.current.definition == NPS
    undo(survey, step_of(survey), now)
    assert draft_of(survey).definition == NPS
    with pytest.raises(NothingToUndo):
        undo(survey, step_of(survey), now)


def test_what_changes_nothing_is_no_step(make, olga, now):
    survey = make.survey()
    first = start_draft(survey, olga, now)

    assert change(survey, deepcopy(NPS), 1, olga, now) is first
    assert start_draft(survey, olga, now) is first


def test_two_people_do_not_write_over_each_other(make, olga, now):
    survey = make.survey()
    change(survey, saying("One"), 0, olga, now)

    with pytest.raises(DraftMoved):
        change(survey, saying("Two"), 0, olga, now)


def test_of_two_who_write_at_the_same_moment_one_is_told(app, make, olga, now):
    survey = make.survey()
    start_draft(survey, olga, now)
    db.session.commit()
    barrier, outcomes, ids = threading.Barrier(2, timeout=10), [], (survey.id, olga.id)

    def write(words):
        with app.app_context():
            begin_writing()
            theirs, writer = db.session.get_one(Survey, ids[0]), db.session.get_one(StaffMember, ids[1])
            if db.engine.dialect.name == "postgresql":  # SQLite lets one writer in at a time.
                barrier.wait()
            try:
                change(theirs, saying(words), 1, writer, now)
                db.session.commit()
                outcomes.append("kept")
            except Exception as error:
                db.session.rollback()
                outcomes.append(type(error).__name__)

    threads = [threading.Thread(target=write, args=(words,)) for words in ("One", "Two")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(outcomes) == ["DraftMoved", "kept"]


@pytest.mark.once
def test_the_oldest_steps_go(make, olga, now):
    survey = make.survey()
    for number in range(MOST_STEPS + 5):
        change(survey, saying(f"No. {number}"), number + 1 if number else 0, olga, now)

    kept = select(func.count()).select_from(SurveyDraft)
    assert db.session.scalar(kept) == MOST_STEPS
    for _ in range(MOST_STEPS - 1):
        undo(survey, step_of(survey), now)
    with pytest.raises(NothingToUndo):
        undo(survey, step_of(survey), now)


def test_a_draft_is_thrown_away_and_a_survey_that_was_never_asked_goes_with_it(make, olga, now):
    survey = make.survey()
    change(survey, saying("One"), 0, olga, now)
    new = begin_survey("New", "nps", NPS, olga, now)

    assert (discard(survey, 2), discard(new, 1)) == (True, False)
    assert draft_of(survey) is None
    assert db.session.scalar(select(Survey.key).where(Survey.key == "new")) is None


def test_the_check_back_and_what_is_archived_are_not_written_on(make, olga, now):
    survey, check_back = make.survey(), make.survey("check-back")
    survey.archived_at = now

    with pytest.raises(NotEditable):
        start_draft(check_back, olga, now)
    for verb in (
        lambda: change(survey, NPS, 0, olga, now),
        lambda: undo(survey, step_of(survey), now),
        lambda: publish_draft(survey, step_of(survey), now),
    ):
        with pytest.raises(Archived):
            verb()


WORDS = some.text(some.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)
CHANGES = some.one_of(
    some.tuples(some.just("say"), WORDS),
    some.tuples(some.just("ask"), some.sampled_from(["q1", "q2", "q3"])),
    some.just(("undo", "")),
    some.just(("publish", "")),
)


@pytest.mark.once
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(story=some.lists(CHANGES, max_size=14))
def test_undo_brings_back_the_step_before_and_a_published_version_never_changes(make, now, story):
    olga, survey = make.staff("Olga", "owner"), make.survey()
    frozen = {version.number: deepcopy(version.definition) for version in survey.versions}
    steps = []
    for what, said in story:
        newest = steps[-1] if steps else survey.current.definition
        if what == "undo" and len(steps) > 1:
            undo(survey, step_of(survey), now)
            steps.pop()
        elif what == "publish" and steps and newest != survey.current.definition:
            frozen[publish_draft(survey, step_of(survey), now).number] = deepcopy(newest)
            steps = []
        elif what in ("say", "ask"):
            wanted = (
                with_texts(newest, {"key.question": {"en": f"{said}?", "de": f"{said}!"}})
                if what == "say"
                else {**newest, "questions": [row(said)]}
            )
            draft = draft_of(survey)
            change(survey, wanted, draft.step if draft else 0, olga, now)
            steps = steps or [deepcopy(newest)]
            if wanted != newest:
                steps.append(wanted)
        db.session.commit()
        db.session.expire_all()
        draft = draft_of(survey)
        assert (draft.definition if draft else None) == (steps[-1] if steps else None)
        assert {version.number: version.definition for version in survey.versions} == frozen
    discard(survey, step_of(survey))
    for version in survey.versions[1:]:
        db.session.delete(version)
    db.session.commit()
    db.session.expire_all()
