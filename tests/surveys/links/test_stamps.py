"""A form's id says when its page was made; nobody can make or age one."""

from datetime import UTC, datetime, timedelta

from surveys.links.stamps import made_at, stamped_id
from surveys.responses.forms import SUBMISSION_ID

NOW = datetime(2026, 3, 10, 11, 0, 0, 300_000, tzinfo=UTC)
SECRET = "a secret"


def test_an_id_says_when_it_was_made():
    form_id = stamped_id("key", NOW, SECRET)

    assert SUBMISSION_ID.fullmatch(form_id)
    assert made_at(form_id, "key", (SECRET,)) == NOW
    assert made_at(form_id, "key", ("a newer one", SECRET)) == NOW


def test_every_id_is_another():
    assert len({stamped_id("key", NOW, SECRET) for _ in range(20)}) == 20


def test_ids_of_others_say_nothing():
    form_id = stamped_id("key", NOW, SECRET)
    older = stamped_id("key", NOW - timedelta(hours=1), SECRET)
    mixed = form_id[:12] + older[12:21] + form_id[21:]

    for each in (mixed, form_id[:-1], form_id + "A", "form-1", "", "x" * 43):
        assert made_at(each, "key", (SECRET,)) is None, each
    assert made_at(form_id, "other", (SECRET,)) is None
    assert made_at(form_id, "key", ("another secret",)) is None
