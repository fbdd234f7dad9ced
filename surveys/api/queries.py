"""What the machine door and the keys page ask."""

from sqlalchemy import select

from surveys.api.models import ApiKey
from surveys.database import db
from surveys.errors import Missing
from surveys.staff.secrets import hash_of


def living_key(secret: str) -> ApiKey | None:
    """Return the key that `secret` belongs to unless it was revoked."""
    living = (ApiKey.key_hash == hash_of(secret), ApiKey.revoked_at.is_(None))
    return db.session.scalar(select(ApiKey).where(*living))


def all_keys() -> list[ApiKey]:
    """Return every key, the living ones first, the newest first."""
    order = (ApiKey.revoked_at.is_not(None), ApiKey.id.desc())
    return list(db.session.scalars(select(ApiKey).order_by(*order)))


def key_or_missing(public_id: str) -> ApiKey:
    """Return one key by public id; refuse as missing."""
    key = db.session.scalar(select(ApiKey).where(ApiKey.public_id == public_id))
    if key is None:
        raise Missing()
    return key
