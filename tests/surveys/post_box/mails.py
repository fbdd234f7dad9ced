"""Mails as tests send them in."""

from itertools import count

from surveys.invitations.models import Invitation

NUMBERS = count(1)


def our_id(invitation: Invitation) -> str:
    return f"<{invitation.public_id}@feedback.shop.test>"


def bounce(
    invitation: Invitation | None, address: str = "pat@example.test", status: str = "5.1.1", **said: str
) -> bytes:
    original = f"Message-ID: {our_id(invitation)}\n" if invitation else "X-Nothing: here\n"
    return (
        "From: MAILER-DAEMON@mx.test\nTo: survey@shop.test\nSubject: Undelivered\n"
        'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        f"--b\nContent-Type: message/delivery-status\n\nFinal-Recipient: rfc822; {address}\n"
        f"Action: {said.get('action', 'failed')}\nStatus: {status}\n\n"
        f"--b\nContent-Type: text/rfc822-headers\n\n{original}\n--b--\n"
    ).encode()


def complaint(invitation: Invitation) -> bytes:
    return (
        "From: complaints@mailbox.test\nTo: survey@shop.test\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=feedback-report; boundary="b"\n\n'
        "--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n\n"
        f"--b\nContent-Type: message/rfc822\n\nMessage-ID: {our_id(invitation)}\n\nHello\n--b--\n"
    ).encode()


def reply(invitation: Invitation | None, words: str = "It came too late.", **headers: str) -> bytes:
    fields = {
        "From": "Pat <pat@example.test>",
        "To": "care@shop.test",
        "Subject": "Re: How was your order?",
        "Message-ID": f"<{next(NUMBERS)}@mail.example.test>",
        **({"In-Reply-To": our_id(invitation)} if invitation else {}),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    head = "\n".join(f"{name}: {value}" for name, value in fields.items())
    return f"{head}\nContent-Type: text/plain; charset=utf-8\n\n{words}\n".encode()
