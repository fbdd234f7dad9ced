"""The shape of a tick, and of the house it works in; `ticks` has the table of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from feedback.analysis.readers import Reader
from feedback.privacy.forgetting import AS_USUAL, Periods
from surveys.channels.mailbox import Mailbox
from surveys.channels.registry import Channels
from surveys.invitations.post import Post


@dataclass(frozen=True)
class House:
    """What the verbs need from outside: the ways out, the house's address, who reads comments.

    `refit` starts a process that learns from corrections, and does not wait for it.
    """

    channels: Channels
    post: Post
    reader: Reader
    kept_for: Periods = AS_USUAL
    mailbox: Mailbox | None = None
    refit: Callable[[], None] = lambda: None


def nothing(_now: datetime) -> int:
    """Count what waits for a tick that keeps no list: nothing."""
    return 0


@dataclass(frozen=True)
class Tick:
    """One entry of the table: run `work(now, limit, house)` every `every` seconds.

    `work` returns how much it did; as much as `limit` means that there may be more. `outward` ticks talk to other systems
    and may be slow. What is long stands `apart`, in a thread of that name, and delays nothing else. `backlog(now)` counts
    what waits.
    """

    name: str
    every: int
    work: Callable[[datetime, int, House], int]
    limit: int = 50
    outward: bool = False
    backlog: Callable[[datetime], int] = nothing
    apart: str = ""

    @property
    def thread(self) -> str:
        """The one thread that runs it, with all others of that name."""
        return self.apart or ("outward" if self.outward else "inward")


def inward(verb: Callable[[datetime, int], int]) -> Callable[[datetime, int, House], int]:
    """Return a verb of the house in the shape of the table."""
    return lambda now, limit, _house: verb(now, limit)


def mailed(verb: Callable[[datetime, int, Channels, Post], int]) -> Callable[[datetime, int, House], int]:
    """Return a verb that sends mail in the shape of the table."""
    return lambda now, limit, house: verb(now, limit, house.channels, house.post)
