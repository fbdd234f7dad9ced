"""What the doctor says of the counts."""

from datetime import timedelta

from sqlalchemy import select, text

from feedback.insights.rollups import building, checking
from feedback.insights.rollups.examining import look_at_counts
from feedback.insights.rollups.laying import lay, missing_from
from feedback.insights.rollups.models import RollupCalendar
from surveys.channels.registry import Channels
from surveys.database import db
from surveys.upkeep.checks import Surroundings
from tests.doubles import KeptMail


def look(now, folder):
    kept = KeptMail()
    at = Surroundings(None, Channels(mail=kept, kept=kept), folder, now, now)
    return [(found.level, found.said.split(",")[0]) for found in look_at_counts(at)]


def test_the_doctor_sees_missing_triggers_lasting_differences_and_days_that_wait(shop, now, tmp_path):
    assert look(now, tmp_path) == [("ok", "all counts are added up")]

    assert look(now + timedelta(days=9), tmp_path)[0] == (
        "warn",
        "9 days of answers wait to be added up: Insights is slower meanwhile",
    )
    db.session.execute(text("UPDATE answer_rollup SET n5 = n5 + 7 WHERE unit = 'day'"))
    db.session.commit()
    checking.check(building.OF_ANSWERS, now, 60)
    db.session.commit()
    assert look(now, tmp_path)[0][0] == "warn"
    assert look(now + timedelta(days=6), tmp_path)[0][0] == "warn"

    on = " ON response" if db.engine.dialect.name == "postgresql" else ""
    db.session.execute(text(f"DROP TRIGGER rollup_answer_gone{on}"))
    assert missing_from(db.session.connection()) == ["rollup_answer_gone"]
    assert look(now, tmp_path)[0][0] == "FAIL"
    assert lay(db.session.connection()) == ["rollup_answer_gone"]
    db.session.commit()
    assert missing_from(db.session.connection()) == []
    # What it marks is added up anew; themes it does not mark.
    again = select(RollupCalendar.subject).where(RollupCalendar.rolled_until.is_(None))
    assert set(db.session.scalars(again)) == {"answers", "invitations"}
