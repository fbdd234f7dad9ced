"""On which legal basis somebody may be asked, and what must be proven for it.

The customer's own basis goes before the brand's; without either the answer is no. An objection
beats every basis (Art. 21 GDPR, § 7 Abs. 3 UWG): see `opting_out`. In strict countries the basis
alone is not enough: asking by mail how an order was is advertising there (BGH, 10 July 2018,
VI ZR 225/17). A consent counts when it was confirmed a second time, the exception for existing
customers (§ 7 Abs. 3 UWG) when it is kept what they were told when the address was taken.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from babel.core import get_global

from surveys.errors import N_

BASES_TO_ASK = ("opt_in", "existing_customer")
UNKNOWN_TERRITORY = "ZZ"  # what Unicode's table says of zones that belong to no country

NO_BASIS, NO_EVIDENCE, NOT_CONFIRMED = "no_permission", "no_evidence", "not_confirmed"

# The lines of a consent history; English phrases, translated where they are shown.
KINDS: dict[str, str] = {
    "told": N_("The shop told us the basis"),
    "given": N_("Agreed to be asked"),
    "requested": N_("Asked to confirm by mail"),
    "confirmed": N_("Confirmed the consent"),
    "withdrawn": N_("The basis was taken back"),
    "objected": N_("Objected to being asked"),
    "paused": N_("Asked for a pause"),
    "resumed": N_("Ended the pause"),
    "bounced": N_("Mail came back"),
    "complained": N_("Reported a mail as unwanted"),
    "suppressed": N_("Put on the list of addresses not to write to"),
    "released": N_("Taken off the list of addresses not to write to"),
}

# By which way something about a permission came in.
SOURCES: dict[str, str] = {
    "any": N_("every way in"),
    "api": N_("API"),
    "hook": N_("order hook"),
    "import": N_("imported file"),
    "shopify": N_("Shopify"),
    "woocommerce": N_("WooCommerce"),
    "page": N_("a page of ours"),
    "loop": N_("this program itself"),
    "one_click": N_("the mail program's own button"),
    "staff": N_("somebody of the team"),
    "mail": N_("a mail that came in"),
    "smtp": N_("the receiving mail server"),
}
TOLD_BY = ("any", "api", "hook", "import", "shopify", "woocommerce")


@dataclass(frozen=True)
class Standing:
    """What is known of one customer's permission; `country` is None when nothing tells it."""

    basis: str
    has_evidence: bool
    confirmed_at: datetime | None
    country: str | None


def basis_of(own: str | None, brand_default: str) -> str:
    """Return the basis that holds: the customer's own, else the brand's default."""
    return own or brand_default


def why_not(standing: Standing, strict_countries: Iterable[str]) -> str | None:
    """Return what is missing before this customer may be asked; None when nothing is.

    A customer whose country nobody knows counts as living in a strict one.
    """
    if standing.basis not in BASES_TO_ASK:
        return NO_BASIS
    strict = frozenset(strict_countries)
    if not strict or (standing.country is not None and standing.country not in strict):
        return None
    if standing.basis == "opt_in":
        return None if standing.confirmed_at is not None else NOT_CONFIRMED
    return None if standing.has_evidence else NO_EVIDENCE


def country_of(told: Iterable[str | None], zones: Iterable[str | None]) -> str | None:
    """Return the first country that was told, else that of the first time zone that lies in one."""
    for country in told:
        if country:
            return country
    territories = get_global("zone_territories")
    for zone in zones:
        found = territories.get(zone or "")
        if found and found != UNKNOWN_TERRITORY:
            return str(found)
    return None


def zones_where(is_wanted: Callable[[str], bool]) -> list[str]:
    """Return the time zones that lie in countries of which `is_wanted` says so; those of no country are left out."""
    territories = get_global("zone_territories")
    return sorted(
        zone for zone, found in territories.items() if found != UNKNOWN_TERRITORY and is_wanted(found)
    )
