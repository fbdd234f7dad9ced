"""What a comment may be: at most 10,000 characters, one kind of line ends, nothing invisible that controls."""

import re

LONGEST_COMMENT = 10_000
# All control characters but tab and newline.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def one_kind_of_lines(text: str) -> str:
    """Return `text` with every line ended by a newline alone."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def has_controls(text: str) -> bool:
    """Return whether `text` holds a control character other than tab and newline."""
    return CONTROL.search(text) is not None


def without_controls(text: str) -> str:
    """Return `text` without control characters, fit to be shown on a page."""
    return CONTROL.sub("", text)


def kept(text: str | None) -> str | None:
    """Return the comment as it is stored: without space around it, None when nothing is left."""
    return one_kind_of_lines(text or "").strip() or None
