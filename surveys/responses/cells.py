"""Text cells of files that people open in a spreadsheet.

A spreadsheet runs a cell that begins like a formula, and anybody can write a comment. Such a cell gets a leading
apostrophe, which spreadsheets take for "this is text". `restored` takes it away again, so that what was written out
comes back unchanged when it is read in.
"""

from collections.abc import Sequence

Value = str | int | float | None
# The full-width forms are turned into the plain ones by some programs on opening.
TRIGGERS = frozenset(
    "=+-@\t\r\n"
    "\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
)
APOSTROPHE = "'"
# What a program may skip before it looks for a formula; line ends and tabs are triggers themselves.
SKIPPED = " \N{NO-BREAK SPACE}\N{ZERO WIDTH NO-BREAK SPACE}'\""


def neutralised(text: str) -> str:
    """Return `text` with a leading apostrophe if a spreadsheet could take it for a formula."""
    return APOSTROPHE + text if is_like_a_formula(text) else text


def restored(text: str) -> str:
    """Return what `neutralised` was given."""
    return text[1:] if text.startswith(APOSTROPHE) and is_like_a_formula(text[1:]) else text


def is_like_a_formula(text: str) -> bool:
    """Return whether `text` begins with a trigger once spaces, quotes and byte order marks are skipped."""
    return text.lstrip(SKIPPED)[:1] in TRIGGERS


def line(values: Sequence[Value]) -> str:
    """Return one line of a CSV file: texts quoted and neutralised, numbers bare, nothing for None."""
    return ",".join(_cell(value) for value in values) + "\r\n"


def _cell(value: Value) -> str:
    if isinstance(value, str):
        return '"' + neutralised(value).replace('"', '""') + '"'
    return "" if value is None else repr(value)
