"""Who reads is what the loop says, not what the newest reading happens to say."""

from feedback.analysis.analysing import analyse_new
from feedback.analysis.queries import reader_at_work
from feedback.analysis.working import introduce
from feedback.scheduler.queries import read_by_another
from feedback.scheduler.shapes import House
from feedback.scheduler.ticks import TICKS, run_tick
from surveys.database import db
from tests.doubles import WordReader

OLD, NEW = (WordReader(name, lambda text: (0.5, 0.5)) for name in ("old", "new"))
READS = next(tick for tick in TICKS if tick.name == "analyse-responses")


def run(make, reader):
    return run_tick(READS, House({}, None, reader))


def test_the_loop_says_who_reads_before_there_is_a_comment(make):
    assert reader_at_work() is None

    run(make, OLD)
    assert reader_at_work() == "old"
    run(make, NEW)
    assert reader_at_work() == "new"


def test_a_shop_with_anonymous_answers_only_knows_who_reads(make, now):
    # Their readings tell no hour, so that none of them is the newest.
    for reader in (OLD, NEW):
        introduce(reader.analyzer, now)
        make.response(
            comment="Fine.", survey=make.anonymous(), is_anonymous=True, saved_at=now, submitted_at=now
        )
        analyse_new(now, 10, reader)

    assert reader_at_work() == "new"
    assert read_by_another(now) == 1


def test_what_one_has_learnt_changes_the_name(make, now):
    introduce("new", now)
    introduce("new, own 3", now)
    db.session.commit()

    assert reader_at_work() == "new, own 3"
