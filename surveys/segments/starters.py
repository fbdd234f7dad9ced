"""The ready-made segments: what most shops look at first, and what is common in this one."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from surveys.errors import N_
from surveys.segments.conditions import Condition


class Common(NamedTuple):
    """What is most common among a brand's latest orders: codes of countries and languages, (SKU, name) of products."""

    countries: Sequence[str] = ()
    languages: Sequence[str] = ()
    products: Sequence[tuple[str, str]] = ()


class Starter(NamedTuple):
    """A ready-made segment: its name (English, translated at the edge) with what is put into it.

    A `country` or a `language` is put in as the reader's word for it, a `product` as it is.
    """

    name: str
    conditions: tuple[Condition, ...]
    filling: tuple[str, str] | None = None


def starter(name: str, *conditions: tuple[str, str, str]) -> Starter:
    """Return a ready-made segment of (field, comparison, value)."""
    return Starter(name, tuple(Condition(field, op, (value,)) for field, op, value in conditions))


# Amounts are in whole units of the order's currency.
VIP = starter(
    N_("VIP: regulars with large orders"), ("orders", "at_least", "5"), ("value", "at_least", "200")
)
STARTERS = (
    starter(N_("First order"), ("orders", "at_most", "1")),
    starter(N_("Returning customers"), ("orders", "at_least", "2")),
    starter(N_("Regulars"), ("orders", "at_least", "5")),
    VIP,
    starter(N_("Large orders"), ("value", "at_least", "200")),
    starter(N_("Middling orders"), ("value", "at_least", "50"), ("value", "at_most", "199.99")),
    starter(N_("Small orders"), ("value", "at_most", "49.99")),
    starter(N_("New customers"), ("stage", "one_of", "new")),
    starter(N_("Active customers"), ("stage", "one_of", "active")),
    starter(N_("Customers at risk"), ("stage", "one_of", "at_risk")),
    starter(N_("Lapsed customers"), ("stage", "one_of", "lapsed")),
    starter(N_("Unhappy when last asked"), ("last_nps", "one_of", "detractor")),
    starter(N_("Enthusiastic when last asked"), ("last_nps", "one_of", "promoter")),
)


def starters_for(common: Common) -> tuple[Starter, ...]:
    """Return the ready-made segments of a brand: the usual ones, and those of what is common there.

    One country or one language alone says nothing.
    """
    found = list(STARTERS)
    if len(common.countries) > 1:
        found += [one_of(N_("Orders to %(country)s"), "country", code) for code in common.countries]
    if len(common.languages) > 1:
        found += [
            one_of(N_("Customers who read %(language)s"), "language", code) for code in common.languages
        ]
    for sku, product in common.products:
        wanted = (Condition("sku", "one_of", (sku,)),)
        found.append(Starter(N_("Orders with “%(product)s”"), wanted, ("product", product)))
    return tuple(found)


def one_of(name: str, field: str, code: str) -> Starter:
    """Return the segment of one country or one language."""
    return Starter(name, (Condition(field, "one_of", (code,)),), (field, code))


def missing(starters: Sequence[Starter], stored: Sequence[Any]) -> list[Starter]:
    """Return the ready-made segments whose conditions, as data, are not among the stored ones."""
    return [each for each in starters if [one.as_data() for one in each.conditions] not in stored]
