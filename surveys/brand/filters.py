"""Where a brand's style sheet for respondents' pages lies, and what stands in it."""

import base64
import hashlib
import re
from functools import cache, lru_cache
from pathlib import Path

from surveys.brand.colours import variables
from surveys.brand.corners import SOFT, corner_rule
from surveys.brand.models import Brand

BASE = Path(__file__).parent.parent / "static/css/respondent.css"
LOGO_BOX = "width:160px;height:40px;margin-bottom:8px"
FOR_READERS = re.compile(r"/\*.*?\*/\s*|\s*\n\s*|(?<=[{};:,]) +| +(?=[{}])", re.DOTALL)


@cache
def base_sheet() -> str:
    """Return the style sheet of all brands, without its comments, lines and other space that only people need."""
    return FOR_READERS.sub("", BASE.read_text(encoding="utf-8"))


def brand_sheet(colour: str, logo: tuple[str, bytes] | None = None, corners: str = SOFT) -> bytes:
    """Return the whole style sheet of a brand with `colour` (#rrggbb); `logo` is its type and its bytes.

    The picture is in the sheet itself: one more request would cost more than the bytes.
    """
    sheet = base_sheet() + variables(colour) + corner_rule(corners)
    if logo is not None:
        where = f"url({picture_in_page(*logo)})"
        sheet += (
            f'.shop::before{{content:"";display:block;{LOGO_BOX};background:{where} no-repeat left/contain}}'
        )
    return sheet.encode()


def picture_in_page(media_type: str, picture: bytes) -> str:
    """Return the address of a picture that brings its bytes along."""
    return f"data:{media_type};base64,{base64.b64encode(picture).decode()}"


@lru_cache(maxsize=256)
def brand_sheet_hash(colour: str, logo_mark: str | None = None, corners: str = SOFT) -> str:
    """Return ten hex digits that change when the brand's sheet does."""
    parts = (base_sheet(), variables(colour), corner_rule(corners), logo_mark or "")
    return hashlib.sha256("".join(parts).encode()).hexdigest()[:10]


def look_of(brand: Brand) -> dict[str, str | None]:
    """Return what the layout of respondents' pages wants to know of a shop."""
    return {
        "brand_name": brand.name,
        "css_url": brand_sheet_url(brand.key, brand.colour, brand.logo_mark, brand.corners),
        "privacy_url": brand.privacy_url,
        "imprint_url": brand.imprint_url,
    }


def brand_sheet_url(key: str, colour: str, logo_mark: str | None = None, corners: str = SOFT) -> str:
    """Return the address of a brand's style sheet, which may be kept for a year."""
    return f"/brand/{key}-{brand_sheet_hash(colour, logo_mark, corners)}.css"
