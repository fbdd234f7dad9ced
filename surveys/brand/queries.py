"""What other rooms ask about brands."""

from sqlalchemy import select

from surveys.brand.models import Brand, HookSecret
from surveys.database import db
from surveys.errors import Missing


def colour_of(key: str) -> str:
    """Return the colour of the brand `key` as #rrggbb; refuse as missing."""
    colour = db.session.scalar(select(Brand.colour).where(Brand.key == key))
    if colour is None:
        raise Missing()
    return colour


def all_brands() -> list[Brand]:
    """Return every brand by name."""
    return list(db.session.scalars(select(Brand).order_by(Brand.name)))


def brand_or_missing(key: str) -> Brand:
    """Return one brand by its key; refuse as missing."""
    brand = db.session.scalar(select(Brand).where(Brand.key == key))
    if brand is None:
        raise Missing()
    return brand


def hook_secret_or_missing(brand: Brand, secret_id: int) -> HookSecret:
    """Return one of the brand's own hook secrets; refuse as missing."""
    own = (HookSecret.id == secret_id, HookSecret.brand_id == brand.id)
    secret = db.session.scalar(select(HookSecret).where(*own))
    if secret is None:
        raise Missing()
    return secret
