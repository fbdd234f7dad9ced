"""Four schedulers are killed at random while the mail server misbehaves: what each due invitation came to.

The law is held from both sides: what the server took, against what is stored.
"""

import random
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import or_, select, update

from bench.serving import Served
from surveys.clock import business_now, real_now, set_forward
from surveys.customers.models import Customer, Purchase
from surveys.database import begin_writing, db
from surveys.invitations.models import Invitation
from surveys.permission.suppressing import suppress
from tests.crashes import ROUNDS
from tests.factories import Make
from tests.journeys.hostile import AT_THE_DOOR, WITH_A_MAIL, HostileServer
from tests.journeys.living import PATIENCE, afternoon_zone, eventually
from tests.journeys.schedulers import Schedulers

pytestmark = [pytest.mark.processes, pytest.mark.crash]
SCHEDULERS = 4
KILLS = max(6, ROUNDS)  # about one a second: some ten seconds in the suite, a minute in the benchmark
INVITATIONS = 10 * KILLS
SEED = random.SystemRandom().randrange(10**6)


def test_four_killed_schedulers_and_a_hostile_mail_server_double_nothing(tmp_path: Path, own_database: str):
    chance = random.Random(SEED)
    print(f"seed {SEED}")
    with HostileServer(SEED) as server:
        house = Served(tmp_path, own_database, by_history=False, MAIL_URL=server.url)
        with house.app.app_context():
            never = buy(INVITATIONS)
            with Schedulers(SCHEDULERS, house.environ, tmp_path / "loops.log") as schedulers:
                for _ in range(KILLS):
                    time.sleep(0.8)
                    never += suppress_somebody(chance)
                    schedulers.disturb(chance)
                    let_time_pass(timedelta(minutes=2))
                eventually(nothing_waits, "every due invitation to come to something", PATIENCE + INVITATIONS)
            check(server, never)
            db.session.remove()
            db.engine.dispose()


def buy(count: int) -> list[str]:
    """Let customers have bought a week ago, each once; return the addresses of those on the list from the start."""
    make = Make(real_now())
    with make.at_one_go():
        make.touchpoint()
        zone = afternoon_zone()
        arrived = make.now - timedelta(days=7, minutes=5)
        people = [make.customer(email=f"pat{n}@example.test", time_zone=zone) for n in range(count)]
        for person in people:
            make.purchase(person, delivered_at=arrived)
        barred = [person.email for person in people[::10]]
        for address in barred:
            suppress(address, "manual", make.now)
    return barred


def suppress_somebody(chance: random.Random) -> list[str]:
    """Put somebody on the list whose mail has not begun; return the address.

    Their invitation is locked meanwhile, so nobody can have judged them before and send after.
    """
    begin_writing()
    due = (Invitation.state == "planned", Invitation.begun_at.is_(None))
    waiting_ones = select(Invitation).where(*due).order_by(Invitation.id).with_for_update(skip_locked=True)
    found = list(db.session.scalars(waiting_ones))
    addresses = [chance.choice(found).customer.email] if found else []
    for address in addresses:
        suppress(address, "manual", business_now())
    db.session.commit()
    return addresses


def let_time_pass(by: timedelta) -> None:
    """Move the business's clock, so that later comes within the story, and let every claim run out.

    Claims run out after five minutes, also on those who still work and were only slow.
    """
    begin_writing()
    set_forward(by)
    held = update(Invitation).where(Invitation.claimed_until.is_not(None))
    db.session.execute(held.values(claimed_until=real_now() - timedelta(seconds=1)))
    db.session.commit()


def nothing_waits() -> bool:
    """Whether every purchase was considered and every due invitation tried, and nobody holds any."""
    let_time_pass(timedelta(0))
    held_or_due = or_(Invitation.claimed_until.is_not(None), Invitation.due_at <= business_now())
    unconsidered = select(Purchase.id).where(Purchase.considered_at.is_(None))
    return not any(map(db.session.scalar, (unconsidered, select(Invitation.id).where(held_or_due))))


def check(server: HostileServer, never: list[str]) -> None:
    """Compare what the server took with what is stored."""
    db.session.rollback()
    rows = db.session.execute(select(Invitation, Customer.email).join(Invitation.customer)).all()
    taken = Counter(mail.address for mail in server.taken)
    ids = Counter(mail.message_id for mail in server.taken)
    assert len(rows) == len({email for _, email in rows}) == INVITATIONS
    assert set(taken.values()) <= {1} and set(ids.values()) <= {1}
    assert all(len(ids) == 1 for ids in server.offered.values())
    assert not taken.keys() & set(never)
    fates = Counter()
    for invitation, email in rows:
        assert taken[email] in POSSIBLE[fate(invitation)], (email, fate(invitation), invitation.last_error)
        fates[fate(invitation)] += 1
    print(dict(fates), dict(server.seen))
    assert all(fates[each] for each in ("sent", "uncertain", "refused"))
    dealt = server.seen.keys() - {"greylisted"}
    assert dealt == AT_THE_DOOR.keys() | WITH_A_MAIL.keys()


# How many mails the server may have taken of an invitation that came to this.
POSSIBLE = {"sent": {1}, "uncertain": {0, 1}, "retrying": {0}, "refused": {0}}


def fate(invitation: Invitation) -> str:
    """Return the one thing the invitation came to; fail when it is none."""
    match invitation:
        case Invitation(state="sent", due_at=None, sent_at=at) if at:
            return "sent"
        case Invitation(state="uncertain", due_at=None):
            return "uncertain"
        case Invitation(state="planned", put_off="mail", due_at=at, last_error=why) if at and why:
            return "retrying"
        case Invitation(state="refused", reason=why) if why:
            return "refused"
        case Invitation(state="failed", last_error=why) if why:
            return "refused"
    raise AssertionError(f"invitation {invitation.id} is {invitation.state} and nobody knows why")
