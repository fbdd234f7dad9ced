"""The records a sender's domain needs (RFC 7208, RFC 6376, RFC 7489)."""

from feedback.going_live.records import records_for


def test_the_three_proofs_of_a_sender():
    spf, dkim, dmarc = records_for("olive.test", "mail.olive.test", "care@olive.test")

    assert (spf.name, spf.kind, spf.value) == ("olive.test", "TXT", "v=spf1 a:mail.olive.test ~all")
    assert (dkim.name, dkim.value) == ("selector._domainkey.olive.test", None)
    assert (dmarc.name, dmarc.value) == ("_dmarc.olive.test", "v=DMARC1; p=none; rua=mailto:care@olive.test")


def test_what_is_not_known_yet_is_left_open():
    spf, _, dmarc = records_for("olive.test", None, None)

    assert spf.value is None
    assert dmarc.value == "v=DMARC1; p=none"
