"""What to enter into the DNS of a sender's domain, so that receivers believe the mail.

SPF (RFC 7208) names who may send for the domain, DKIM (RFC 6376) is a signature the mail server
makes, DMARC (RFC 7489) says what to do with mail that fits neither. Nothing is looked up: the
page shows what to enter and why.
"""

from dataclasses import dataclass

from surveys.errors import N_


@dataclass(frozen=True)
class Record:
    """One record: its kind of proof, name, type and value, and what it is for.

    `value` is None when only the mail provider knows it.
    """

    proof: str
    name: str
    kind: str
    value: str | None
    said: str


def records_for(domain: str, mail_host: str | None, report_to: str | None) -> list[Record]:
    """Return the records for a sender's `domain` whose mail leaves by `mail_host` (None: not named yet)."""
    spf = f"v=spf1 a:{mail_host} ~all" if mail_host else None
    reports = f"; rua=mailto:{report_to}" if report_to else ""
    return [
        Record(
            "SPF",
            domain,
            "TXT",
            spf,
            N_(
                "Names the servers that may send for the domain. There must be one such record only: if it exists,"
                " add the part in the middle to it, or the “include:” your mail provider tells you."
            ),
        ),
        Record(
            "DKIM",
            f"selector._domainkey.{domain}",
            "TXT",
            None,
            N_(
                "The signature's public key. Your mail provider shows name and value; let it sign the headers"
                " List-Unsubscribe and List-Unsubscribe-Post too."
            ),
        ),
        Record(
            "DMARC",
            f"_dmarc.{domain}",
            "TXT",
            f"v=DMARC1; p=none{reports}",
            N_(
                "Says what receivers do with mail that is neither. Begin with p=none, read the reports for some"
                " weeks, then change to p=quarantine."
            ),
        ),
    ]
