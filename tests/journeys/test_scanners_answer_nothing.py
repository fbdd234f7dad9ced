"""Machines open every link of our mails before people do: whatever way they open them, nothing comes of it."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from surveys.channels.message import Message
from surveys.database import db
from surveys.invitations import reminding, sending
from surveys.invitations.post import Post
from surveys.permission import sending as confirming
from surveys.permission.requesting import request_consent
from surveys.responses.models import Response
from tests.conftest import SECRET
from tests.journeys.living import submission_of

HOUSE = "https://feedback.shop.test"
BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"
ADDRESS = re.compile(r"https://feedback\.shop\.test/[^\s\"'<>)]+")
IN_PAGE = re.compile(rb'(?:href|src|action|srcset|poster)="(/[^"#\s]*)')
UNSUBSCRIBED = b"List-Unsubscribe=One-Click"

Scan = Callable[[FlaskClient, list[str]], Iterator[int]]


def each(method: str = "GET", times: int = 1, **headers: str) -> Scan:
    """Open every address so many times in turn."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    def scan(client: FlaskClient, paths: list[str]) -> Iterator[int]:
        for path in paths:
            for _ in range(times):
                yield client.open(path, method=method, headers=named).status_code

    return scan


def changed(change: Callable[[str], str]) -> Scan:
    """Open every address as something else became of it."""
    return lambda client, paths: each(User_Agent=BROWSER)(client, [change(path) for path in paths])


def head_and_then_get(client: FlaskClient, paths: list[str]) -> Iterator[int]:
    for path in paths:
        yield client.head(path).status_code
        yield client.get(path).status_code


def methods_nobody_uses(client: FlaskClient, paths: list[str]) -> Iterator[int]:
    for path in paths:
        for method in ("OPTIONS", "TRACE", "PROPFIND", "PUT", "DELETE", "PATCH"):
            yield client.open(path, method=method, data=UNSUBSCRIBED).status_code


def everything_a_page_leads_to(client: FlaskClient, paths: list[str]) -> Iterator[int]:
    """Go on from every page to its links, forms and files, as a crawler does."""
    seen, waiting = set(), list(paths)
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = client.get(path, headers={"User-Agent": BROWSER})
        yield answer.status_code
        if answer.mimetype == "text/html" and path in paths:
            waiting += [
                urljoin(path, found.decode().replace("&amp;", "&")) for found in IN_PAGE.findall(answer.data)
            ]


def with_query(path: str) -> str:
    sign = "&" if "?" in path else "?"
    return f"{path}{sign}utm_source=mail&score=0&confirm=1&action=unsubscribe&_hsmi=7"


def in_other_case(path: str) -> str:
    return "/" + path[1:].swapcase()


# What is known of machines that open links; lists of their names change and decide nothing here.
SCANNERS: dict[str, Scan] = {
    "asks with HEAD before it opens": head_and_then_get,
    "says that it is a machine": each(User_Agent="Barracuda Sentinel (EE)", Accept="*/*"),
    "says nothing of itself": each(User_Agent="", Accept=""),
    "opens everything twice as a browser": each(times=2, User_Agent=BROWSER, Accept="text/html"),
    "opens the last link first": lambda client, paths: each(User_Agent=BROWSER)(client, paths[::-1]),
    "rewrites addresses in other case": changed(in_other_case),
    "adds parameters of its own": changed(with_query),
    "fetches ahead of the click": each(
        User_Agent=BROWSER, Purpose="prefetch", Sec_Purpose="prefetch;prerender", X_Moz="prefetch"
    ),
    "loads pictures by proxy": each(
        User_Agent="Mozilla/5.0 (via ggpht.com GoogleImageProxy)", Accept="image/*", Range="bytes=0-1023"
    ),
    "comes through a gateway with a visitor's headers": each(
        User_Agent=BROWSER,
        X_Forwarded_For="203.0.113.9",
        Via="1.1 gateway.test",
        Cookie="session=x; score=10",
        Referer="https://mail.test/",
        X_HTTP_Method_Override="POST",
    ),
    "tries other methods": methods_nobody_uses,
    "goes on from every page": everything_a_page_leads_to,
}


@pytest.fixture
def post() -> Post:
    return Post(base_url=HOUSE, mail_from="survey@shop.test", secret=SECRET)


@pytest.fixture
def mails(make_today, channels, kept, post) -> list[Message]:
    """An invitation, its reminder and the mail that asks to confirm a consent, as they left the house."""
    make, later = make_today, timedelta(days=4)
    touchpoint = make.touchpoint(reminders=1, opens=0, closes=24)
    make.invitation(make.purchase(), "planned", touchpoint=touchpoint)
    sending.send_due(make.now, 10, channels, post)
    reminding.send_due(make.now + later, 10, channels, post)
    request_consent(make.customer("Pat", basis="opt_in"), None, make.now)
    db.session.commit()
    confirming.send_due(make.now, 10, channels, post)
    assert len(kept.messages) == 3
    return kept.messages


@pytest.fixture
def paths(mails) -> list[str]:
    """Every address of the house in the mails: text, page and head; and two that machines ask for everywhere."""
    whole = "\n".join(f"{mail.text}\n{mail.html}\n{mail.headers}" for mail in mails).replace("&amp;", "&")
    found = list(dict.fromkeys(link.removeprefix(HOUSE) for link in ADDRESS.findall(whole)))
    assert {urlsplit(path).path[:3] for path in found} >= {"/s/", "/u/", "/c/"}
    assert sum("score=" in path for path in found) == 11
    return [*found, "/favicon.ico", "/robots.txt"]


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Return all that is stored."""
    return {
        table.name: [tuple(row) for row in db.session.execute(select(table).order_by(*table.primary_key))]
        for table in db.metadata.sorted_tables
    }


def test_there_are_twelve_scanners():
    assert len(SCANNERS) == 12


@pytest.mark.once
@pytest.mark.parametrize("scanner", SCANNERS)
def test_a_scanner_changes_nothing(client, paths, scanner):
    before = everything()
    statuses = set(SCANNERS[scanner](client, paths))

    assert everything() == before
    assert max(statuses) < 500


def test_after_all_of_them_the_person_finds_the_links_as_they_were(client, paths):
    before = everything()
    for scan in SCANNERS.values():
        list(scan(client, paths))
    assert everything() == before

    survey = next(path for path in paths if path.startswith("/s/") and "score=9" in path)
    page = client.get(survey)
    fields = {"score": "9", "comment": "Quick.", "submission_id": submission_of(page.text)}
    assert client.post(survey, data=fields).status_code == 200
    confirm = next(path for path in paths if path.startswith("/c/"))
    assert client.post(confirm).status_code == 200
    stop = next(path for path in paths if path.startswith("/u/"))
    assert (
        client.post(stop, data=UNSUBSCRIBED, content_type="application/x-www-form-urlencoded").status_code
        == 200
    )
    assert db.session.scalars(select(Response.score)).all() == [9]
    after = everything()
    assert {name for name in after if after[name] != before[name]} >= {
        "response",
        "consent_request",
        "objection",
    }
