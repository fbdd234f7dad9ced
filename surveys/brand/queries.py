"""What other rooms ask about brands."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from surveys.brand.models import Brand, BrandLogo, HookSecret
from surveys.database import db, read_once
from surveys.errors import Missing


class Look(NamedTuple):
    """What a brand's style sheet is made of; `logo` is its type and its bytes."""

    colour: str
    corners: str
    logo_mark: str | None
    logo: tuple[str, bytes] | None


def look_of(key: str) -> Look:
    """Return the look of the brand `key`; refuse as missing."""
    columns = (Brand.colour, Brand.corners, Brand.logo_mark, BrandLogo.media_type, BrandLogo.picture)
    wanted = select(*columns).outerjoin(BrandLogo, BrandLogo.brand_id == Brand.id).where(Brand.key == key)
    row = db.session.execute(wanted).one_or_none()
    if row is None:
        raise Missing()
    colour, corners, mark, media_type, picture = row
    return Look(colour, corners, mark, None if picture is None else (media_type, picture))


@read_once
def all_brands() -> Sequence[Brand]:
    """Return every brand by name."""
    return db.session.scalars(select(Brand).order_by(Brand.name)).all()


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
