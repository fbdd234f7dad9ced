"""Where a brand's style sheet for respondents' pages lies, and what stands in it."""

import hashlib
import re
from functools import cache, lru_cache
from pathlib import Path

from surveys.brand.colours import variables

BASE = Path(__file__).parent.parent / "static/css/respondent.css"
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


@cache
def base_sheet() -> str:
    """Return the style sheet of all brands, without its comments."""
    return COMMENT.sub("", BASE.read_text(encoding="utf-8"))


@lru_cache(maxsize=256)
def brand_sheet(colour: str) -> bytes:
    """Return the whole style sheet of a brand with `colour` (#rrggbb)."""
    return (base_sheet() + variables(colour)).encode()


@lru_cache(maxsize=256)
def brand_sheet_hash(colour: str) -> str:
    """Return ten hex digits that change when the sheet of `colour` does."""
    return hashlib.sha256(brand_sheet(colour)).hexdigest()[:10]


def brand_sheet_url(key: str, colour: str) -> str:
    """Return the address of a brand's style sheet, which may be kept for a year."""
    return f"/brand/{key}-{brand_sheet_hash(colour)}.css"
