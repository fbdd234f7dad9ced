"""When mail to customers is held: nothing is lost, it waits until the reason is gone or released.

A link to a machine nobody reaches, a database that was restored and has forgotten what it sent,
and invented customers are each a reason not to write to anybody yet. Mail to staff always goes.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from surveys.channels.registry import OUT, OUTBOX, on_this_machine
from surveys.errors import N_


@dataclass(frozen=True)
class Facts:
    """What decides about the hold.

    `way` is OUTBOX, THIS_MACHINE or OUT. `held_because` is what somebody has noted: `restored`,
    `by_hand` or None. `moved` says that the database lives elsewhere than it was last known to.
    """

    way: str
    base_url: str
    held_because: str | None
    moved: bool
    has_demo: bool


@dataclass(frozen=True)
class Hold:
    """A reason to hold mail: what is so, what to do about it, and whether a person can release it."""

    code: str
    said: str
    advice: str
    is_released_by_hand: bool = False


RELEASE = N_(
    "Check what was sent in the meantime, then release the mail on the page “Mail” or with: flask mail release"
)
RESTORED = Hold(
    "restored",
    N_("This database was restored from a backup, so what was sent after the backup looks unsent."),
    RELEASE,
    True,
)
MOVED = Hold(
    "moved",
    N_(
        "This database lies in another place than before: it is a copy or was moved, and the original may still send."
    ),
    RELEASE,
    True,
)
BY_HAND = Hold("by_hand", N_("Somebody stopped the mail by hand."), RELEASE, True)
UNREACHABLE = Hold(
    "unreachable",
    N_("The links in mails would lead to this machine only, where no customer can open them."),
    N_("Set BASE_URL to the address customers reach, beginning with https://, and restart."),
)
NOT_HTTPS = Hold(
    "not_https",
    N_("The links in mails would not be encrypted, because BASE_URL does not begin with https://."),
    N_("Put a proxy with a certificate in front, set BASE_URL to its https:// address, and restart."),
)
DEMO = Hold(
    "demo",
    N_("The demo's invented customers are still in the database."),
    N_("Remove the demo with: flask demo clear"),
)


def holds(facts: Facts) -> tuple[Hold, ...]:
    """Return every reason to hold mail to customers, none when it may leave.

    A restored database and a hand that stopped the mail hold it whatever the way. A database that
    has moved matters as soon as mail goes to a server. The rest matters only where mail
    leaves this machine: the outbox and a server on this machine are how one tries things out.
    """
    found = []
    if facts.held_because == "restored":
        found.append(RESTORED)
    elif facts.moved and facts.way != OUTBOX:
        found.append(MOVED)
    if facts.held_because == "by_hand":
        found.append(BY_HAND)
    if facts.way == OUT:
        found += links_that_lead_nowhere(facts.base_url)
        found += [DEMO] if facts.has_demo else []
    return tuple(found)


def links_that_lead_nowhere(base_url: str) -> list[Hold]:
    """Return what is wrong with the address that links in mails begin with."""
    parts = urlsplit(base_url)
    if on_this_machine(parts.hostname or ""):
        return [UNREACHABLE]
    return [] if parts.scheme == "https" else [NOT_HTTPS]
