"""What somebody told us about a response that was gathered elsewhere, before it is anybody's row."""

from dataclasses import dataclass
from datetime import datetime

from surveys.customers.records import CustomerRecord


@dataclass(frozen=True, kw_only=True)
class ResponseRecord:
    """A response as somebody told it; `submitted_at` None means now, `locale` None the brand's language."""

    score: int | None = None
    comment: str | None = None
    contact_permission: bool | None = None
    submitted_at: datetime | None = None
    locale: str | None = None
    customer: CustomerRecord | None = None
    purchase: str | None = None
    external_id: str | None = None
