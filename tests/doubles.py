"""Fakes at the one seam to the outside: channels that keep, and channels that fail on purpose."""

from dataclasses import dataclass, field

from feedback.analysis.clauses import clauses
from feedback.analysis.sentiment import Clause, Reading, no_opinion
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


class WordReader:
    """Reads by a function from a text to polarity and subjectivity; (0, 0) says that no word is known."""

    def __init__(self, analyzer, sentiment):
        self.analyzer, self.sentiment = analyzer, sentiment
        self.head_number = None

    def learn(self, number, numbers):
        self.head_number = number

    def read(self, comment, locale):
        if no_opinion(comment):
            return Reading(None, "no_opinion")
        polarity, subjectivity = self.sentiment(comment)
        if polarity == subjectivity == 0:
            return Reading(None, "unreadable")
        label = "negative" if polarity < -0.05 else "positive" if polarity > 0.05 else "neutral"
        parts = [Clause(start, end, self.sentiment(comment[start:end])[0]) for start, end in clauses(comment)]
        told = tuple(parts) if len(parts) > 1 else ()
        return Reading((locale or "en")[:2], label, polarity, subjectivity, clauses=told)
