"""Fakes at the one seam to the outside: channels that keep, and channels that fail on purpose."""

from dataclasses import dataclass, field

from surveys.channels.message import Channel, Message
from surveys.errors import DeliveryFailed


@dataclass
class KeptMail(Channel):
    """Keeps every message it is given."""

    messages: list[Message] = field(default_factory=list)

    def deliver(self, message: Message) -> None:
        message.as_email()
        self.messages.append(message)


@dataclass
class BrokenMail(Channel):
    """Fails with the given failure, every time."""

    failure: DeliveryFailed
    tries: int = 0

    def deliver(self, message: Message) -> None:
        self.tries += 1
        raise self.failure
