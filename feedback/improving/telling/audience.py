"""Who is told: everybody who raised it, once, unless something speaks against it. Each gets one reason at most."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from feedback.improving.telling.letters import language_for
from surveys.errors import N_

Address = tuple[int, str]  # the brand's id and the mail address

# Why somebody is left out, in the order in which it is looked at.
WHY_NOT: dict[str, str] = {
    "unknown": N_("nobody knows whose answer it is"),
    "written": N_("has been told already"),
    "no_permission": N_("did not allow to be contacted about the answer"),
    "objected": N_("does not want to be written to"),
    "undeliverable": N_("mail to the address came back"),
    "complained": N_("reported one of our mails as unwanted"),
    "suppressed": N_("the address is on the list of those that are not written to"),
    "no_address": N_("has no mail address"),
    "open_task": N_("waits for an answer to a problem of their own"),
    "open_return": N_("has a return under way"),
    "paused": N_("has asked for a pause"),
    "same_address": N_("has the same address as somebody who is told"),
    "no_text": N_("there is no text in their language"),
}


@dataclass(frozen=True)
class Raiser:
    """One customer who raised it, by the latest answer that did; `customer_id` is None where nobody knows who."""

    response_id: int
    customer_id: int | None
    address: Address | None
    locale: str
    may_contact: bool


@dataclass(frozen=True)
class Bars:
    """What speaks against writing: the customers who were `written` to, and the reasons of those who are `barred`."""

    written: Collection[int] = ()
    barred: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Audience:
    """Those who are told, with the language of each, and the others with the reason."""

    told: Sequence[tuple[Raiser, str]]
    left_out: Sequence[tuple[Raiser, str]]

    @property
    def everybody(self) -> int:
        """How many raised it: customers, and answers of nobody knows whom."""
        return len(self.told) + len(self.left_out)

    @property
    def languages(self) -> list[tuple[str, int]]:
        """How many are told in each language."""
        return sorted(Counter(language for _, language in self.told).items())

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """How many are left out for which reason, in the order of `WHY_NOT`."""
        counted = Counter(why for _, why in self.left_out)
        return [(why, counted[why]) for why in WHY_NOT if counted[why]]


def latest_of_each(raisers: Iterable[Raiser]) -> list[Raiser]:
    """Return one raiser for each customer, the first in the order given; answers of nobody knows whom stay."""
    seen: set[int] = set()
    found = []
    for each in raisers:
        if each.customer_id is None or each.customer_id not in seen:
            found.append(each)
        if each.customer_id is not None:
            seen.add(each.customer_id)
    return found


def audience(raisers: Iterable[Raiser], bars: Bars, languages: Collection[str]) -> Audience:
    """Return who is told; `raisers` come with the latest answer first, `languages` are those there is a text in."""
    told: list[tuple[Raiser, str]] = []
    left_out: list[tuple[Raiser, str]] = []
    addresses: set[Address] = set()
    for each in latest_of_each(raisers):
        why, language = why_not(each, bars), language_for(each.locale, languages)
        if why is None and each.address in addresses:
            why = "same_address"
        if why is None and language is None:
            why = "no_text"
        if why is not None or language is None or each.address is None:
            left_out.append((each, why or "no_text"))
        else:
            addresses.add(each.address)
            told.append((each, language))
    return Audience(told, left_out)


def why_not(raiser: Raiser, bars: Bars) -> str | None:
    """Return what speaks against writing to one customer, a key of `WHY_NOT`; None when nothing does."""
    if raiser.customer_id is None:
        return "unknown"
    if raiser.customer_id in bars.written:
        return "written"
    if not raiser.may_contact:
        return "no_permission"
    return bars.barred.get(raiser.customer_id) or (None if raiser.address else "no_address")
