"""The printed code: drawn here, black on white with its white margin."""

import re
import struct

from surveys.links.codes import PNG_POINTS, QUIET, as_png, as_svg

ADDRESS = "https://feedback.shop.example/l/abcdefghjk"
VERSION_3 = 29  # modules across; enough for 42 bytes at level M (ISO/IEC 18004, table 7)


def test_the_lines_scale_and_hold_nothing_but_lines():
    code = as_svg(ADDRESS).decode()

    across = VERSION_3 + 2 * QUIET
    assert f'viewBox="0 0 {across} {across}"' in code
    assert not re.search(r"style=|<script|href=", code)


def test_the_points_are_as_many_as_print_wants():
    code = as_png(ADDRESS)

    assert code.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", code[16:24])
    assert width == height == (VERSION_3 + 2 * QUIET) * PNG_POINTS
