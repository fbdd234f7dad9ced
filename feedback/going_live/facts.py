"""What the checklist of going live is judged from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class BrandFacts:
    """What is known of one shop; None where nothing was said yet."""

    key: str
    name: str
    sender: str | None
    reply_to: str | None
    postal_address: str | None
    privacy_url: str | None
    default_basis: str
    declared: int
    has_purchases: bool
    touchpoints_on: int

    @property
    def has_basis(self) -> bool:
        """Whether something is said about why its customers may be asked."""
        return self.declared > 0 or self.default_basis != "none"


@dataclass(frozen=True)
class Facts:
    """What the checklist is judged from; `ticked` says when a person ticked a step."""

    has_demo: bool
    base_url: str
    is_reachable: bool
    mail_leaves: bool
    brands: Sequence[BrandFacts]
    people: int
    ticked: Mapping[str, datetime]
    holds: int
