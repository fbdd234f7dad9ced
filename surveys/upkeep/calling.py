"""Call the mail server as a real mail would, up to the point where one would begin."""

import smtplib
from contextlib import closing

from surveys.channels.email import SmtpServer, said
from surveys.channels.registry import on_this_machine
from surveys.upkeep.checks import Finding, Surroundings


def look_at_mail(at: Surroundings) -> list[Finding]:
    """Look whether the mail server answers, encrypts, knows our name and takes our sender."""
    url = at.settings.mail_url
    if url is None:
        if at.settings.is_loopback:
            return [Finding("ok", "no mail server is set: mails are kept in the outbox")]
        advice = "Set MAIL_URL=smtp://name:password@host:587 and MAIL_FROM, and restart."
        return [
            Finding("warn", "no mail server is set: nothing leaves, mails are kept in the outbox", advice)
        ]
    server = SmtpServer.from_url(url)
    where = f"{server.host}:{server.port}"
    try:
        with closing(server.connect()) as line:
            return [*safety(server, line, where), *sender(line, at.settings.mail_from, where)]
    except smtplib.SMTPAuthenticationError as error:
        advice = "Check name and password in MAIL_URL; special characters are written as %40 and so on."
        answer = said(error.smtp_code, error.smtp_error)
        return [Finding("FAIL", f"{where} does not know us: {answer}", advice)]
    except smtplib.SMTPNotSupportedError as error:
        advice = (
            "The server offers no sign-in on this line: use its port for sending (587, or smtps:// with 465)."
        )
        return [Finding("FAIL", f"{where}: {error}", advice)]
    except (smtplib.SMTPException, OSError) as error:
        advice = "Check host and port in MAIL_URL, the firewall, and the certificate's name."
        return [Finding("FAIL", f"{where} does not answer as a mail server: {error}", advice)]


def safety(server: SmtpServer, line: smtplib.SMTP, where: str) -> list[Finding]:
    """Look whether mails and the password travel encrypted."""
    if server.encrypted or line.has_extn("starttls") or is_wrapped(line):
        return [Finding("ok", f"{where} answers, encrypted{', and knows us' if server.name else ''}")]
    if on_this_machine(server.host):
        return [Finding("ok", f"{where} answers, on this machine")]
    advice = "Use a port that offers STARTTLS (587), or smtps:// (465)."
    if server.name:
        return [Finding("FAIL", f"the password travels to {where} unencrypted", advice)]
    return [Finding("warn", f"mails travel to {where} unencrypted", advice)]


def is_wrapped(line: smtplib.SMTP) -> bool:
    """Return whether the line was encrypted after the greeting."""
    return hasattr(line.sock, "cipher")


def sender(line: smtplib.SMTP, address: str | None, where: str) -> list[Finding]:
    """Look whether the server takes mail from MAIL_FROM; nothing is sent."""
    if not address:
        return []
    line.ehlo_or_helo_if_needed()
    code, answer = line.mail(address)
    line.rset()
    line.quit()
    if code == 250:
        return [Finding("ok", f"{where} takes mail from {address}")]
    advice = "Set MAIL_FROM to an address this server may send for."
    return [Finding("FAIL", f"{where} takes no mail from {address}: {said(code, answer)}", advice)]
