"""Which ways out of the house there are; a new channel adds one line here."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from surveys.channels.email import Email, SmtpServer
from surveys.channels.message import Channel, Delivering, Message
from surveys.channels.outbox import Outbox
from surveys.channels.web_hook import WebHook
from surveys.errors import DeliveryFailed, Refusal

# Where mail goes: to files in the house, to a server on this machine, or to one that sends it on.
OUTBOX, THIS_MACHINE, OUT = "outbox", "this machine", "out"


@dataclass(frozen=True)
class Channels:
    """The ways out: `mail` for everybody, `kept` for those who must never be written to for real, `chat` for teams."""

    mail: Channel
    kept: Channel
    way: str = OUTBOX
    chat: WebHook = field(default_factory=WebHook)

    @classmethod
    def from_settings(cls, mail_url: str | None, outbox: Path) -> "Channels":
        """Return real mail when a server is named, else the outbox.

        Customers made by the demo stay in the outbox unless the server is on this machine,
        where it can only be a sink.
        """
        kept = Outbox(outbox)
        if mail_url is None:
            return cls(mail=kept, kept=kept)
        server = SmtpServer.from_url(mail_url)
        mail = Email(server)
        if on_this_machine(server.host):
            return cls(mail=mail, kept=mail, way=THIS_MACHINE)
        return cls(mail=mail, kept=kept, way=OUT)

    def deliver(self, message: Message, *, for_real: bool = True) -> None:
        """Deliver one message by itself, see `Deliveries.deliver`."""
        with self.conversation() as deliveries:
            deliveries.deliver(message, for_real=for_real)

    @contextmanager
    def conversation(self) -> Iterator["Deliveries"]:
        """Yield what delivers one message after another at less cost than each by itself."""
        with self.mail.conversation() as mail, self.kept.conversation() as kept:
            yield Deliveries(mail, kept)


@dataclass(frozen=True)
class Deliveries:
    """Messages delivered one after another over the same ways."""

    mail: Delivering
    kept: Delivering

    def deliver(self, message: Message, *, for_real: bool = True) -> None:
        """Deliver by mail, or keep the message in the house when it is not `for_real`.

        Raises DeliveryFailed, for good when the head of the mail cannot be written.
        """
        try:
            (self.mail if for_real else self.kept).deliver(message)
        except (Refusal, ValueError) as error:
            raise DeliveryFailed(str(error), permanent=True) from None


def on_this_machine(host: str) -> bool:
    """Return whether a host name or address means this machine only."""
    name = host.rstrip(".").lower()
    try:
        address = ip_address(name)
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")
    return address.is_loopback or address.is_unspecified
