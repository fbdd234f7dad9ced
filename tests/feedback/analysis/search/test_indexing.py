"""The index of comments: what is found on both databases, and what leaves it."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text, update

from feedback.analysis.analysing import analyse_new
from feedback.analysis.search.covered import searchable
from feedback.analysis.search.indexing import follow, has_work, index_older
from feedback.analysis.search.models import SearchedComment, SearchProgress
from feedback.analysis.search.queries import waiting
from feedback.analysis.search.ticks import backlog, index_comments
from feedback.demo.comments import parse
from feedback.demo.filling import TEXTS
from feedback.insights.listing import Wanted, count_responses, every_response, responses
from feedback.privacy.anonymising import anonymise
from surveys.database import db
from surveys.responses.models import Response
from tests.doubles import WordReader

READER = WordReader("test 1", lambda text: (-0.5, 0.5))


def found(now, words):
    return {row.response.comment for row in every_response(Wanted(words=words), now)}


STORIES = {
    "german": "Die Lieferung kam zu spät, und der Paketbote war unfreundlich.",
    "old": "Lieferungen dauern hier immer laenger, die Größe passt nicht.",
    "english": "The delivery was late again. Packaging broken, I hate that.",
    "mixed": "Super service, aber die Lieferzeit hat uns geärgert! 10/10 würde ich nicht sagen.",
}


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("lieferung", {"german", "old"}),
        ("liefer", {"german", "old", "mixed"}),
        ("Lieferung spaet", {"german"}),
        ("spät Lieferung", {"german"}),
        ('"zu spät"', {"german"}),
        ('"spät zu"', set()),
        ("grosse", {"old"}),
        ("groesse", {"old"}),
        ("deliveries", {"english"}),
        ("packages", {"english"}),
        ("hate", {"english"}),
        ("hat", {"mixed"}),
        ("GEÄRGERT", {"mixed"}),
        ("10/10", {"mixed"}),
        ("bote", set()),
        ("paket*", {"german"}),
        ("e' | 'x:*) & !(", set()),
        ('"', set()),
    ],
)
def test_words_are_found_by_their_stems_in_both_languages(make, now, words, names):
    customer = make.customer()
    for comment in STORIES.values():
        make.response(3, comment, customer=customer)
    analyse_new(now, 10, READER)

    assert found(now, words) == {STORIES[name] for name in names}
    assert count_responses(Wanted(words=words), now) == len(names)


@pytest.mark.thorough
def test_every_word_of_every_comment_of_the_demo_is_found(make, now):
    """What a look through all comments finds as a whole word the index finds, on either database."""
    customer, comments = make.customer(), demo_comments()[::2]
    with make.at_one_go():
        for comment in comments:
            make.response(3, comment, customer=customer)
    analyse_new(now, 10_000, READER)
    spoken = sorted({word for comment in comments for word in re.findall(r"\w+", comment)})
    assert len(comments) > 100 and len(spoken) > 300

    for word in spoken[:: len(spoken) // 25]:
        whole = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
        assert {each for each in comments if whole.search(searchable(each))} <= found(now, word), word


def demo_comments():
    texts = [each.text for path in sorted(TEXTS.glob("*.tsv")) for each in parse(path.read_text("utf-8"))]
    return sorted({text for text in texts if "{" not in text})


def test_the_newest_come_first_page_by_page_within_the_chosen_days(make, now, monkeypatch):
    customer = make.customer()
    for days in (3, 1, 2, 5, 4):
        at = now - timedelta(days=days)
        half = days == 2
        make.response(
            3,
            f"late {days}",
            customer=customer,
            saved_at=at,
            is_partial=half,
            submitted_at=None if half else at,
        )
    analyse_new(now, 10, READER)
    monkeypatch.setattr("feedback.insights.listing.MOST_FOUND", 3)
    monkeypatch.setattr("feedback.analysis.search.queries.OFTEN", 0)  # as if these were very many

    first = responses(Wanted(words="late"), now, 2)
    second = responses(Wanted(words="late"), now, 2, first.next)
    assert [row.response.comment for row in (*first.items, *second.items)] == [
        "late 1", "late 2", "late 3", "late 4",
    ]  # fmt: skip
    assert count_responses(Wanted(words="late"), now) == 4


def test_what_was_there_before_an_update_is_put_in_piece_by_piece(make, now):
    customer = make.customer()
    for number in range(5):
        make.response(3, f"late {number}", customer=customer)
    make.response(3, "   ", customer=customer)
    analyse_new(now, 10, READER)
    db.session.execute(text("DELETE FROM searched_comment"))
    db.session.commit()
    assert (found(now, "late"), waiting()) == (set(), (5, 5))

    done = []
    while has_work(now):
        done.append((index_older(now, 2), *waiting()))
        db.session.commit()
    assert done == [(2, 3, 3), (2, 1, 1), (1, 0, 0)]
    assert len(found(now, "late")) == 5

    db.session.execute(update(SearchProgress).values(revision="older"))
    db.session.commit()
    assert has_work(now) and waiting() == (5, 0) and backlog(now) == 5
    assert [index_comments(now, 10), index_comments(now, 10)] == [5, 0] and not has_work(now)


def test_an_answer_completed_after_it_was_read_is_found_at_its_new_time(make, now):
    before = now - timedelta(hours=2)
    response = make.response(3, "late", is_partial=True, submitted_at=None, saved_at=before)
    analyse_new(now, 10, READER)
    index_older(now, 10)
    response = db.session.merge(response)
    response.is_partial, response.submitted_at = False, now
    db.session.commit()
    assert has_work(now)

    assert follow(now, 10) == 1
    assert db.session.scalars(select(SearchedComment.at)).all() == [now] and not has_work(now)


def test_what_is_forgotten_changed_or_deleted_leaves_the_index(make, now):
    forgotten, changed, deleted = (make.response(3, f"late {name}") for name in ("a", "b", "c"))
    analyse_new(now, 10, READER)
    anonymise(db.session.merge(forgotten), now)
    changed = db.session.merge(changed)
    changed.comment, changed.analysed_at = "Never mind.", None
    db.session.commit()
    assert found(now, "late") == {"late c"}

    analyse_new(now, 10, READER)
    db.session.delete(db.session.get(Response, deleted.id))
    db.session.commit()
    assert (found(now, "late"), found(now, "mind")) == (set(), {"Never mind."})
    assert db.session.scalar(select(func.count()).select_from(SearchedComment)) == 1
    if db.engine.dialect.name == "sqlite":
        held = "SELECT count(*) FROM fts_comment WHERE fts_comment MATCH 'dlat'"
        assert db.session.scalar(text(held)) == 0
        db.session.execute(text("INSERT INTO fts_comment (fts_comment, rank) VALUES ('integrity-check', 1)"))
