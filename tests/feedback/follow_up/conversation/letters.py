"""Mails of customers as tests send them in."""

from email.message import EmailMessage

from tests.surveys.post_box.mails import NUMBERS


def letter(
    words: str = "It came too late.", *, to: str = "", files=(), html: str | None = None, **headers: str
) -> bytes:
    """Return a mail of Pat's; `to` is the id of the mail that it answers."""
    mail = EmailMessage()
    mail["From"] = headers.pop("sender", "Pat <pat@example.test>")
    mail["To"] = "care@shop.test"
    mail["Subject"] = headers.pop("subject", "Re: your order")
    mail["Message-ID"] = headers.pop("message_id", f"<{next(NUMBERS)}@mail.example.test>")
    if to:
        mail["In-Reply-To"] = to
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(words)
    if html:
        mail.add_alternative(html, subtype="html")
    for name, content in files:
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()
