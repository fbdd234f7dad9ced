"""How many of those we asked answered, in the family of rates that survey research agrees on.

"The response rate" is no single number: it depends on whether half-finished answers count and on what we
assume of addresses that bounced. AAPOR gave the variants names (Standard Definitions, American Association
for Public Opinion Research), so that rates of different houses can be compared. Our headline is RR2:
complete and partial answers over everybody we invited and who was eligible, as far as we know.

A mail that was opened is no base for a rate: mail programs load pictures on their own.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Dispositions:
    """What became of the invitations; each is counted in exactly one field (AAPOR's letters in brackets)."""

    complete: int = 0
    """(I) finished."""
    partial: int = 0
    """(P) at least the score, but not finished."""
    refused: int = 0
    """(R) opted out from this invitation."""
    silent: int = 0
    """(NC) delivered, no reaction."""
    other: int = 0
    """(O) eligible, but for instance in a language we do not speak."""
    unknown_recipient: int = 0
    """(UH) nobody knows whether there is a person behind the address."""
    unknown: int = 0
    """(UO) bounced, or known to have landed in a spam folder."""
    not_eligible: int = 0
    """(NE) cancelled or test order, employee."""


@dataclass(frozen=True)
class ResponseRates:
    """Shares from 0 to 1, None where nobody could have answered.

    `eligibility` is e, the share of eligible among those known; RR3 and RR4 assume it of the unknown ones, RR5
    and RR6 assume that no unknown one was eligible. Odd rates count complete answers, even ones partial answers
    too. `completion` is complete / (complete + partial).
    """

    eligibility: float | None
    rr1: float | None
    rr2: float | None
    rr3: float | None
    rr4: float | None
    rr5: float | None
    rr6: float | None
    coop1: float | None
    coop2: float | None
    ref1: float | None
    con1: float | None
    completion: float | None


def response_rates(sent: Dispositions) -> ResponseRates:
    """Return the AAPOR rates of these invitations (Standard Definitions)."""
    answered = sent.complete + sent.partial
    reached = answered + sent.refused + sent.other
    eligible = reached + sent.silent
    unknown = sent.unknown_recipient + sent.unknown
    everybody = eligible + unknown
    eligibility = _share(eligible, eligible + sent.not_eligible)
    likely = eligible + (eligibility or 0.0) * unknown
    return ResponseRates(
        eligibility=eligibility,
        rr1=_share(sent.complete, everybody),
        rr2=_share(answered, everybody),
        rr3=_share(sent.complete, likely),
        rr4=_share(answered, likely),
        rr5=_share(sent.complete, eligible),
        rr6=_share(answered, eligible),
        coop1=_share(sent.complete, reached),
        coop2=_share(answered, reached),
        ref1=_share(sent.refused, everybody),
        con1=_share(reached, everybody),
        completion=_share(sent.complete, answered),
    )


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None
