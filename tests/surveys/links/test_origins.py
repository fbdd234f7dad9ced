"""Whose pages may show a survey: https addresses, written as browsers write them."""

import pytest

from surveys.errors import Refusal
from surveys.links.origins import NoOrigin, origin_of, origins_in


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("https://shop.example", "https://shop.example"),
        ("shop.example", "https://shop.example"),
        ("https://Shop.Example:443/thanks?order=1", "https://shop.example"),
        ("https://shop.example:8443", "https://shop.example:8443"),
        ("https://käse.example", "https://xn--kse-qla.example"),
        ("http://localhost:8000", "http://localhost:8000"),
        ("http://127.0.0.1:80/", "http://127.0.0.1"),
    ],
)
def test_an_address_becomes_its_origin(typed, origin):
    assert origin_of(typed) == origin


@pytest.mark.parametrize(
    "typed",
    [
        "http://shop.example",
        "https://*.example",
        "*",
        "'self'",
        "https://",
        "data:text/html,x",
        "javascript://shop.example",
        "https://user@shop.example",
        "https://shop.example:99999",
        "https://shop.example;script-src",
        "https://[::1",
        "https://-shop.example",
    ],
)
def test_everything_else_is_refused(typed):
    with pytest.raises(NoOrigin):
        origin_of(typed)


def test_several_stand_one_a_line_each_once():
    assert origins_in("https://a.example\n b.example \nhttps://a.example/x") == [
        "https://a.example",
        "https://b.example",
    ]
    assert origins_in("") == []
    with pytest.raises(Refusal, match="At most 20"):
        origins_in("\n".join(f"s{number}.example" for number in range(21)))
