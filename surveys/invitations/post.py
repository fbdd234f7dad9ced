"""What a mail to customers needs to know of the house: its address, its sender, the key of its links."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from surveys import tokens


@dataclass(frozen=True)
class Post:
    """The house as mails see it; edges make it from the settings and pass it on.

    `mail_from` is the sender of brands that have none of their own, None when nobody set one.
    """

    base_url: str
    mail_from: str | None
    secret: str

    @property
    def host(self) -> str:
        """The name of the house, for message ids."""
        return urlsplit(self.base_url).hostname or "localhost"

    @property
    def sender(self) -> str:
        """The address to write from when a brand has none; without MAIL_FROM one that the outbox accepts."""
        return self.mail_from or f"survey@{self.host}"

    def answer_link(self, public_id: str) -> str:
        """Return the link to the survey of an invitation."""
        return f"{self.base_url}/s/{tokens.make(tokens.ANSWER, public_id, self.secret)}"

    def unsubscribe_link(self, public_id: str) -> str:
        """Return the link by which the customer of an invitation stops all questions of the brand."""
        return f"{self.base_url}/u/{tokens.make(tokens.UNSUBSCRIBE, public_id, self.secret)}"

    def consent_link(self, public_id: str) -> str:
        """Return the link to the page on which a customer confirms a consent."""
        return f"{self.base_url}/c/{tokens.make(tokens.CONSENT, public_id, self.secret)}"

    def own_page_link(self, public_id: str) -> str:
        """Return the link to the page of the customer of an invitation or a reply."""
        return f"{self.base_url}/me/{tokens.make(tokens.OWN_PAGE, public_id, self.secret)}"

    def own_data_link(self, public_id: str) -> str:
        """Return the link by which a customer's wish to take out or to erase their data is met."""
        return f"{self.base_url}/me/data/{tokens.make(tokens.OWN_DATA, public_id, self.secret)}"

    def message_id(self, public_id: str) -> str:
        """Return the id of the mail of an invitation, the same at every attempt."""
        return f"<{public_id}@{self.host}>"
