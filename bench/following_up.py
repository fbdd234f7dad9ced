"""Following up under load: from an answer to its row in an open inbox, schedulers that are killed, two who race.

The last two are tests of the suite at full count: 3,000 answers instead of 48, and 500 races instead of 50.
"""

import http.client
import math
import random
import re
import threading
import time
from contextlib import ExitStack
from urllib.parse import urlencode

import psutil
from sqlalchemy import select

from bench.crashes import failed
from bench.figures import Figure, Place
from bench.load import SUBMISSION, Line, Tally, run
from bench.serving import Served
from feedback.demo.comments import parse
from feedback.demo.filling import TEXTS
from feedback.follow_up.models import Task
from feedback.follow_up.moving import ChangedMeanwhile
from feedback.follow_up.triaging import close
from feedback.scheduler.queries import run_of
from surveys import tokens
from surveys.clock import business_now, real_now
from surveys.database import begin_writing, db
from surveys.invitations.models import Invitation
from surveys.responses.models import Response
from surveys.staff.models import StaffMember
from surveys.staff.signing_in import start_session
from tests.factories import Make
from tests.journeys.living import eventually

ANSWERS, PER_SECOND, PATIENCE = 900, 10, 60
WARMING = 50  # answers of the first seconds, in which everything begins; they are seen and not counted
# As the page asks: `hx-trigger` of `follow_up/_queue.html`.
EVERY = 3.0
ROW = re.compile(r'data-row="([^"]+)"')


class Customers:
    """Unhappy customers, who note when they sent what they have to say."""

    def __init__(self) -> None:
        chance = random.Random(6)
        known = [each.text for each in parse((TEXTS / "en.tsv").read_text("utf-8")) if each.low <= 3]
        self.texts = [each.replace("{product}", "Lamp") for each in known]
        chance.shuffle(self.texts)
        self.sent: dict[str, float] = {}

    def answer(self, line: Line, token: str, tally: Tally) -> None:
        """Open the page and complain."""
        status, page = line.ask("GET", f"/s/{token}")
        found = SUBMISSION.search(page)
        comment = self.texts[len(self.sent) % len(self.texts)]
        fields = {"score": "2", "comment": comment, "submission_id": found[1].decode() if found else ""}
        began = time.perf_counter()
        status, _ = line.ask("POST", f"/s/{token}", urlencode(fields).encode())
        if status == 200:
            self.sent[token] = began
            tally.seconds.append(time.perf_counter() - began)
        else:
            tally.failures += 1


class OpenInbox:
    """The queue of all open tasks as a browser keeps it open; whatever it shows is dealt with before it asks again."""

    def __init__(self, house: Served, staff_id: int, cookie: str):
        self.house, self.staff_id = house, staff_id
        self.line = http.client.HTTPConnection("127.0.0.1", house.port, timeout=30)
        self.headers = {"Cookie": f"{house.app.config['SESSION_COOKIE_NAME']}={cookie}"}
        self.seen: dict[str, float] = {}
        self.took: list[float] = []

    def look(self) -> None:
        """Ask for news, and close the tasks that were not there before, as colleagues do who work them off."""
        began = time.perf_counter()
        self.line.close()  # The server keeps an idle line for two seconds: a browser connects anew each time.
        self.line.request("GET", "/inbox/rows?view=open", headers=self.headers)
        answer = self.line.getresponse()
        page, now = answer.read().decode(), time.perf_counter()
        self.took.append(now - began)
        if answer.status == 304:
            return
        if answer.status != 200:
            raise SystemExit(f"the inbox answered {answer.status}")
        self.headers["If-None-Match"] = answer.headers["ETag"]
        new = [each for each in ROW.findall(page) if each not in self.seen]
        for each in new:
            self.seen[each] = now
            self.deal_with(each)

    def deal_with(self, public_id: str) -> None:
        """Close a task; once more if the loop was at it at that moment, as a person told so does."""
        for _ in range(3):
            begin_writing()
            task = db.session.scalars(select(Task).where(Task.public_id == public_id)).one()
            try:
                close(task, "no_action", business_now(), actor=db.session.get_one(StaffMember, self.staff_id))
            except ChangedMeanwhile:
                db.session.rollback()
            else:
                db.session.commit()
                return
        raise SystemExit(f"the task {public_id} was never left alone")

    def stay_open(self, answering: threading.Thread, count: int) -> None:
        """Look again and again until all answers are seen, or for some time after the last one came."""
        gives_up = math.inf
        while len(self.seen) < count and time.perf_counter() < gives_up:
            due = time.perf_counter() + EVERY
            self.look()
            time.sleep(max(0.0, due - time.perf_counter()))
            if gives_up == math.inf and not answering.is_alive():
                gives_up = time.perf_counter() + PATIENCE


def opened(house: Served) -> OpenInbox:
    """Return an inbox that somebody has open who is signed in."""
    now = real_now()
    staff = Make(now).staff("Ben")
    staff_id, secret = staff.id, start_session(staff, now)
    db.session.commit()
    browser = house.app.test_client()
    with browser.session_transaction() as session:
        session["staff"] = secret
    cookie = browser.get_cookie(house.app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    return OpenInbox(house, staff_id, cookie.value)


def has_run(tick: str) -> bool:
    """Tell whether the loop has begun."""
    db.session.rollback()
    return run_of(tick) is not None


def seconds_until_seen(house: Served, customers: Customers, inbox: OpenInbox) -> list[float]:
    """Return for each answer after the warming ones, in the order of sending, how long it took; infinite if never."""
    db.session.rollback()
    task_of = select(Invitation.public_id, Task.public_id).select_from(Response)
    task_of = task_of.join(Task, Task.response_id == Response.id).join(Response.invitation)
    tasks = {row[0]: row[1] for row in db.session.execute(task_of)}
    took = []
    for token, sent in sorted(customers.sent.items(), key=lambda each: each[1])[WARMING:]:
        task = tasks.get(tokens.read(tokens.ANSWER, token, (house.secret,)))
        took.append(inbox.seen.get(task, math.inf) - sent if task else math.inf)
    db.session.rollback()
    return took


def measure(at: Place) -> list[Figure]:
    """Let customers complain while an inbox is open; then kill schedulers, then let two race."""
    house, customers = Served(at.folder, at.url), Customers()
    wanted = house.invite(ANSWERS, customers=ANSWERS)
    with house.app.app_context():
        inbox = opened(house)
        with ExitStack() as running:
            running.enter_context(house.web())
            running.enter_context(house.loop())
            eventually(lambda: has_run("open-tasks"), "the loop to beat")
            wait = {"lines": 4, "per_second": PER_SECOND}
            answering = threading.Thread(target=run, args=(house.port, wanted, customers.answer), kwargs=wait)
            answering.start()
            inbox.stay_open(answering, ANSWERS)
            answering.join()
        took = sorted(seconds_until_seen(house, customers, inbox))
        db.session.remove()
        db.engine.dispose()
    half, most = (took[int(share * len(took))] for share in (0.5, 0.95))
    unseen = ANSWERS - WARMING - sum(each < math.inf for each in took)
    page = sorted(inbox.took)[len(inbox.took) // 2] * 1000
    print(
        f"  load at the end: {psutil.getloadavg()[0]:.1f}; the queue was answered in {page:.0f} ms (median)"
    )
    return [
        at.figure("answer to row in an open inbox, 10 answers/s: half within", half, "s", "≤ 5", half <= 5),
        at.figure("answer to row in an open inbox, 10 answers/s: 95 % within", most, "s", "≤ 5", most <= 5),
        at.figure("answers that were never seen", unseen, "", "0", unseen == 0),
        *at_full_count(at),
    ]


def at_full_count(at: Place) -> list[Figure]:
    """Run the two tests that lose or double something when they fail."""
    killed = failed(at, "tests/journeys/test_no_time_is_told_twice.py")
    raced = failed(at, "tests/feedback/follow_up/inbox/test_racing.py")
    return [
        at.figure("4 killed schedulers, 3,000 answers: stories that failed", killed, "", "0", killed == 0),
        at.figure("two on one task, 500 times: stories that failed", raced, "", "0", raced == 0),
    ]
