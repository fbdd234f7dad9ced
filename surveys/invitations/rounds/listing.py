"""The list of a one-time send: words that somebody pasted, and the customers of the shop they name.

Nobody is made a customer by standing on a list; words that name nobody are told and not kept.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import delete, insert

from surveys.database import db
from surveys.errors import N_, Refusal
from surveys.invitations.models import ListedCustomer, Touchpoint
from surveys.invitations.rounds.queries import Named, customers_named, last_round, lock_touchpoint
from surveys.invitations.rounds.starting import StartedAlready
from surveys.staff.models import StaffMember

MOST_WORDS = 10_000
CELL_ENDS = re.compile("[,;\t]")
HEADINGS = frozenset(
    {"email", "e-mail", "mail", "address", "adresse", "customer", "kunde", "reference", "kundennummer"}
)


def words_in(text: str) -> list[str]:
    """Return the addresses and references of a list: the first cell of each line, each once, without a heading."""
    words = list(dict.fromkeys(first_cells(text)))
    return words[1:] if words and words[0].casefold() in HEADINGS else words


def first_cells(text: str) -> Iterator[str]:
    """Yield what stands first on each line that is not empty; cells end at a comma, a semicolon or a tab."""
    for line in text.lstrip("\ufeff").replace("\0", "").splitlines():
        word = CELL_ENDS.split(line, maxsplit=1)[0].strip().strip('"').strip()
        if word:
            yield word


def set_list(touchpoint: Touchpoint, text: str, by: StaffMember, now: datetime) -> Named:
    """Let the send go to the customers that `text` names and to nobody else; return who was found and who not.

    What was on the list before goes. Refuses an empty list and one of more than MOST_WORDS, and with
    StartedAlready once the send has started.
    """
    words = words_in(text)
    if not words:
        raise Refusal(N_("Paste addresses or customer numbers, one on each line."), field="text")
    if len(words) > MOST_WORDS:
        said = N_("At most %(most)s lines; there are %(count)s. Use a segment, or several sends.")
        raise Refusal(said, field="text", most=MOST_WORDS, count=len(words))
    named = customers_named(touchpoint.brand_id, words)
    if not named.customer_ids:
        raise Refusal(N_("None of these is a customer of this shop."), field="text")
    clear(touchpoint, by, now)
    touchpoint.by_list = True
    rows = [
        {"touchpoint_id": touchpoint.id, "customer_id": each, "listed_at": now}
        for each in sorted(named.customer_ids)
    ]
    db.session.execute(insert(ListedCustomer), rows)
    db.session.flush()
    return named


def drop_list(touchpoint: Touchpoint, by: StaffMember, now: datetime) -> None:
    """Let the send go to every customer who meets the conditions; refuses with StartedAlready once it has started."""
    clear(touchpoint, by, now)
    touchpoint.by_list = False
    db.session.flush()


def clear(touchpoint: Touchpoint, by: StaffMember, now: datetime) -> None:
    """Take everybody off the list, while that can still be done."""
    lock_touchpoint(touchpoint)
    if touchpoint.trigger != "once" or last_round(touchpoint) is not None:
        raise StartedAlready()
    db.session.execute(delete(ListedCustomer).where(ListedCustomer.touchpoint_id == touchpoint.id))
    touchpoint.changed_at, touchpoint.changed_by_id = now, by.id
