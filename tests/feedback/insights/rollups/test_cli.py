"""`flask insights recount`, and counts in a backup."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select, text

from feedback.insights import queries
from feedback.insights.rollups.laying import missing_from
from feedback.insights.rollups.models import AnswerRollup, RollupMark
from feedback.insights.selection import Selection
from surveys.clock import real_now
from surveys.database import db
from tests.factories import Make
from tests.surveys.upkeep.conftest import house_in  # noqa: F401  (a fixture)

ALL = Selection()


def test_a_recount_lays_what_is_missing_and_adds_everything_up_anew(app, shop, now):
    on = " ON response" if db.engine.dialect.name == "postgresql" else ""
    db.session.execute(text(f"DROP TRIGGER rollup_answer_changed{on}"))
    db.session.execute(text("UPDATE response SET score = 5"))
    db.session.execute(text("UPDATE answer_rollup SET start = '2020-01-01' WHERE start = '2026-03-09'"))
    db.session.commit()

    done = app.test_cli_runner().invoke(args=["insights", "recount"])

    assert done.exit_code == 0, done.output
    assert "rollup_answer_changed was missing" in done.output
    assert missing_from(db.session.connection()) == []
    rows = select(func.min(AnswerRollup.start), func.sum(AnswerRollup.n5)).where(AnswerRollup.unit == "day")
    assert [str(each) for each in db.session.execute(rows).one()] == ["2026-01-29", "14"]
    assert queries.score_counts(ALL, real_now()) == {5: 14}


def test_counts_and_marks_come_back_from_a_backup_and_the_triggers_with_them(house_in, tmp_path):  # noqa: F811
    first, second, file = house_in("first").migrate(), house_in("second"), tmp_path / "kept"
    long_ago = datetime(2026, 3, 10, 11, tzinfo=UTC)
    with first.app.app_context():
        make = Make(long_ago)
        make.responses([9, 9, 3], submitted_at=long_ago)
        make.response(7, submitted_at=long_ago + timedelta(days=2))
        db.session.remove()
    assert first.run("insights", "recount").exit_code == 0
    with first.app.app_context():
        db.session.execute(text("UPDATE response SET score = 0 WHERE score = 7"))
        db.session.commit()
    assert first.run("backup", file).exit_code == 0
    assert second.run("restore", file).exit_code == 0

    with second.app.app_context():
        assert missing_from(db.session.connection()) == []
        assert queries.score_counts(ALL, real_now()) == {9: 2, 3: 1, 0: 1}
        before = db.session.scalar(select(func.count(RollupMark.id)))
        db.session.execute(text("UPDATE response SET score = 1 WHERE score = 3"))
        db.session.commit()
        assert db.session.scalar(select(func.count(RollupMark.id))) == before + 1
        assert queries.score_counts(ALL, real_now()) == {9: 2, 1: 1, 0: 1}
