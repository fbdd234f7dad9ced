"""How many of those we asked answered, as survey research counts it.

"The response rate" is no single number: it depends on whether half-finished answers count and on what is
assumed of addresses that bounced. AAPOR gave the variants names (Standard Definitions, American Association
for Public Opinion Research), so that rates of different houses can be compared. Ours is RR2: complete and
partial answers over everybody we invited, those included of whom nobody knows whether the question arrived.

A mail that was opened is no base for a rate: mail programs load pictures on their own.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Dispositions:
    """What became of the invitations; each is counted in exactly one field."""

    complete: int = 0
    """Answered to the end."""
    partial: int = 0
    """At least the score, but not finished."""
    silent: int = 0
    """Delivered, but no answer; opted out instead of answering, too."""
    unknown: int = 0
    """Bounced, or nobody knows whether it left."""

    @property
    def everybody(self) -> int:
        """How many were asked in all."""
        return self.complete + self.partial + self.silent + self.unknown

    @property
    def answered(self) -> int:
        """How many gave an answer that counts."""
        return self.complete + self.partial


def response_rate(sent: Dispositions) -> float | None:
    """Return RR2 of AAPOR's Standard Definitions as a share from 0 to 1; None where nobody was asked."""
    return sent.answered / sent.everybody if sent.everybody else None
