"""Places in a survey's texts for what is known of one customer: `{customer.first_name|there}`.

A place is a name from PLACES and, after a bar, the words for when nothing is known. They are put in in
one pass: what stands in a customer's name is never looked at again, and nothing in a text is
ever run. Whatever is no place of ours stays as it was typed.
"""

import re
from collections.abc import Callable, Iterable, Mapping

from surveys.errors import N_

PLACES: dict[str, str] = {
    "shop": N_("the shop's name"),
    "brand": N_("the shop's name"),
    "customer.first_name": N_("the customer's first name"),
    "customer.name": N_("the customer's name"),
    "product": N_("the first product of the order"),
    "order": N_("the order's number"),
}
OF_THE_SHOP = frozenset({"shop", "brand"})  # always known
PLACE = re.compile(r"\{([a-z_.]+)(?:\|([^{}]*))?\}")


def values_for(shop: str, person: Mapping[str, str | None] | None = None) -> dict[str, str | None]:
    """Return what fills every place: the shop's name, and of the customer what is known, if anything is."""
    return dict.fromkeys(PLACES) | dict.fromkeys(OF_THE_SHOP, shop) | dict(person or {})


def person(name: str | None, product: str | None, order: str | None) -> dict[str, str | None]:
    """Return what fills the places about one customer and what they bought."""
    return {
        "customer.first_name": first_name(name),
        "customer.name": name,
        "product": product,
        "order": order,
    }


def put_in(text: str, values: Mapping[str, str | None]) -> str:
    """Return the text with every place filled: by its value, else by its own words for nothing known.

    A place whose name is not among `values` stays as it is, for a later hand.
    """
    return with_places(text, lambda name, otherwise: (values[name] or otherwise) if name in values else None)


def with_places(text: str, fill: Callable[[str, str], str | None]) -> str:
    """Return the text with each place replaced by what `fill` makes of its name and words; None leaves it."""

    def one(found: re.Match[str]) -> str:
        name, otherwise = found[1], found[2] or ""
        filled = fill(name, otherwise) if name in PLACES else None
        return found[0] if filled is None else filled

    return PLACE.sub(one, text)


def faults_in(texts: Iterable[str]) -> list[tuple[str, dict[str, str]]]:
    """Return why the places in these texts cannot stay: an English sentence and its values for each, once.

    A place must be one of PLACES, and say what stands there when nothing is known.
    """
    found: dict[str, tuple[str, dict[str, str]]] = {}
    for place in (place for text in texts for place in PLACE.finditer(text)):
        if place[1] not in PLACES:
            phrase = N_("%(place)s is not known here. What can be filled in: %(places)s.")
            places = ", ".join(f"{{{name}}}" for name in PLACES)
            found[place[0]] = phrase, {"place": place[0], "places": places}
        elif place[1] not in OF_THE_SHOP and not (place[2] or "").strip():
            phrase = N_("%(place)s would leave a gap; say what stands there when nothing is known: %(like)s.")
            found[place[0]] = phrase, {"place": place[0], "like": f"{{{place[1]}|…}}"}
    return list(found.values())


def first_name(name: str | None) -> str | None:
    """Return the first of somebody's names, None when none is known or it is no name (an address, digits)."""
    words = (name or "").split()
    return words[0] if words and words[0].isalpha() and len(words[0]) > 1 else None
