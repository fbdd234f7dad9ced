"""One strict JSON reader, so that no two parts of the house read the same bytes differently.

Python's own reader takes NaN, keeps the last of duplicate keys, accepts UTF-16 and fails with
RecursionError on deep nesting; each of these has been a security hole somewhere (RFC 8259
leaves them open). This one refuses them by name before any view runs.
"""

import json
import re
from typing import Any, NoReturn

DEEPEST = 32
LARGEST_INTEGER = 2**53 - 1  # What every JSON reader can hold (RFC 7493).
LONGEST_STRING = 100_000
SURROGATE = re.compile("[\ud800-\udfff]")
# The closing quote is optional: a string without one ends with the body, instead of being tried from each quote in it.
BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[{]|[\]}]', re.DOTALL)


class NotStrictJson(ValueError):
    """The bytes are not JSON we accept; `status` is 400 for form and 422 for content."""

    def __init__(self, detail: str, status: int = 400):
        super().__init__(detail)
        self.detail = detail
        self.status = status


def read(body: bytes) -> Any:
    """Return the value that `body` holds; raise NotStrictJson with a sentence when it is refused."""
    if not body.strip():
        raise NotStrictJson("The body is empty; send one JSON object.")
    if body.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise NotStrictJson("The body begins with a byte order mark; send plain UTF-8.")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotStrictJson(f"Byte {error.start} is not UTF-8; send the body as UTF-8.") from None
    check_depth(text)
    try:
        value = json.loads(
            text,
            object_pairs_hook=unique_pairs,
            parse_constant=refuse_constant,
            parse_int=safe_integer,
            parse_float=safe_float,
        )
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise NotStrictJson(f"Not valid JSON at {where}: {error.msg}.") from None
    check_strings(value)
    return value


def check_depth(text: str) -> None:
    """Refuse nesting deeper than 32 before the recursive parser sees it."""
    depth = 0
    for token in BRACKETS.finditer(text):
        mark = token.group()
        if mark in "[{":
            depth += 1
            if depth > DEEPEST:
                raise NotStrictJson(f"Nested deeper than {DEEPEST} levels; flatten the body.")
        elif mark in "]}":
            depth -= 1


def unique_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the object, refusing a key that stands in it twice."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise NotStrictJson(f"The key {key[:80]!r} stands twice in one object; send it once.")
        found[key] = value
    return found


def refuse_constant(name: str) -> NoReturn:
    """Refuse NaN and the infinities, which JSON does not know."""
    raise NotStrictJson(f"{name} is not a JSON number.")


def safe_integer(digits: str) -> int:
    """Return the integer unless it is beyond what every reader can hold."""
    if len(digits) > 17 or abs(int(digits)) > LARGEST_INTEGER:
        raise NotStrictJson(f"The number {digits[:20]}… is out of range (±(2^53 − 1)).", 422)
    return int(digits)


def safe_float(digits: str) -> float:
    """Return the number unless it overflows to infinity."""
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise NotStrictJson(f"The number {digits[:20]} is out of range.", 422)
    return number


def check_strings(value: Any) -> None:
    """Refuse lone surrogates, NUL characters and overlong strings anywhere inside `value`."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            waiting.extend(item.keys())
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, str):
            check_string(item)


def check_string(text: str) -> None:
    """Refuse what no database can store or what is far beyond any field of ours."""
    if SURROGATE.search(text):
        raise NotStrictJson("A string holds half a surrogate pair; send whole characters.", 422)
    if "\x00" in text:
        raise NotStrictJson("A string holds a NUL character; remove it.", 422)
    if len(text) > LONGEST_STRING:
        raise NotStrictJson(f"A string is longer than {LONGEST_STRING} characters.", 422)
