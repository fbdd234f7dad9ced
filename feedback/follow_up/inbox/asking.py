"""What the address of the inbox asks for: a view, a shop, and what its tasks have to be."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

ViewName = Literal[
    "mine",
    "unassigned",
    "soon",
    "late",
    "reopened",
    "silent",
    "waiting",
    "snoozed",
    "stuck",
    "open",
    "resolved",
]
VIEWS: tuple[ViewName, ...] = get_args(ViewName)
# What narrows a view down; `q` is part of a name, an address or a number of a customer or an order.
TERMS = ("q", "priority", "owner", "reason", "incident")
NAMES = ("view", "brand", *TERMS)
LONGEST = 100


@dataclass(frozen=True)
class Asked:
    """A queue: its view, the key of a shop, and its terms, each empty for all."""

    view: str
    brand: str = ""
    q: str = ""
    priority: str = ""
    owner: str = ""
    reason: str = ""
    incident: str = ""

    def values(self) -> dict[str, str]:
        """Return what an address needs to ask for the same."""
        return {name: getattr(self, name) for name in NAMES if getattr(self, name)}

    @property
    def terms(self) -> dict[str, str]:
        """What narrows the view down."""
        return {name: getattr(self, name) for name in TERMS if getattr(self, name)}


def read(values: Mapping[str, str]) -> Asked | None:
    """Return the queue that an address names; None when it names no view there is."""
    found = {name: " ".join(values.get(name, "").replace("\0", "").split())[:LONGEST] for name in NAMES}
    return Asked(**found) if found["view"] in VIEWS else None


def written(values: Mapping[str, str]) -> dict[str, str]:
    """Return those values of an address that name a queue, to be carried on to the next page."""
    return {name: values[name] for name in NAMES if values.get(name)}
