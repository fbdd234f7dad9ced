"""Whatever somebody writes into the box is read by the real reader, soon, and stops nobody."""

import time

import pytest

from feedback.analysis.analysing import analyse_new
from feedback.analysis.models import Analysis, Vector
from feedback.analysis.readers import load_reader
from surveys.database import db
from surveys.responses.models import Response
from surveys.work import SetAside
from tests.surveys.responses.links import link_to

SECONDS = 2.0
HOSTILE = {
    "20,000 letters": "x" * 20_000,
    "20,000 characters of words": "This never works, but I love it. " * 606,
    "20,000 characters of German": "Nie wieder, aber die Verpackung war schön – obwohl zu spät; " * 333,
    "clauses and nothing else": "but aber, " * 2_000,
    "control characters": "".join(map(chr, range(1, 32))) * 160 + "late",
    "bidi": "\u202eetal saw ti\u202c \u2066too\u2069 \u200f" * 600,
    "5,000 emoji": "😡🤬❤️👍🏽" * 1_250,
    "HTML": "<div onclick='x'><script>alert(1)</script><b>awful</b>&amp;&#0;<!--" * 80,
    "digits only": "1234567890" * 500,
    "marks on one letter": "e" + "\u0301" * 4_999,
    "phone numbers": "0171 2345678, " * 350,
    "a word without end in German": "Donaudampfschifffahrtsgesellschaft" * 147,
    "question marks": "?!" * 2_500,
}


@pytest.fixture(scope="module")
def reader():
    reader = load_reader()
    reader.read("Warm up, and aufwärmen bitte.", "de")
    return reader


@pytest.mark.once
@pytest.mark.thorough
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_comment_is_read_soon(make, now, reader, kind):
    response = make.response(3, HOSTILE[kind])
    started = time.process_time()

    assert analyse_new(now, 10, reader) == 1

    assert time.process_time() - started < SECONDS
    assert db.session.query(SetAside).count() == 0
    assert db.session.get(Response, response.id).analysed_at == now
    reading = db.session.query(Analysis).one()
    for start, end, _ in [*reading.marks, *reading.clauses]:
        assert 0 <= start < end <= len(HOSTILE[kind])
    assert all(len(row.numbers) == 768 for row in db.session.query(Vector))


@pytest.mark.once
@pytest.mark.thorough
@pytest.mark.parametrize("kind", HOSTILE)
def test_what_comes_by_the_page_is_read_too(make_today, client, signed_in, reader, kind):
    link = link_to(make_today.invitation())
    answer = client.post(link, data={"score": "3", "comment": HOSTILE[kind], "contact_permission": "yes"})
    if answer.status_code == 422:
        return  # Told to be too long, and kept on the page.
    assert answer.status_code in (200, 303)

    analyse_new(make_today.now, 10, reader)

    response = db.session.query(Response).one()
    assert response.analysed_at is not None
    browser = signed_in(make_today.staff(role="agent"))
    assert browser.get(f"/responses/{response.public_id}").status_code == 200
    assert browser.get(f"/responses/{response.public_id}/alike").status_code == 200
