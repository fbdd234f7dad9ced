"""The recipes for files in docs/shops.md are true: every heading in them is known."""

import re
from pathlib import Path

from surveys.imports.headings import check_mapping, suggested

DOCS = Path(__file__).parents[3] / "docs" / "shops.md"


def test_every_heading_of_the_recipes_goes_to_a_field():
    blocks = re.findall(r"```csv\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 3
    for block in blocks:
        columns, *rows = [line.split(";") for line in block.strip().splitlines()]
        mapping = suggested("purchases", columns)
        assert None not in mapping, dict(zip(columns, mapping, strict=True))
        check_mapping("purchases", mapping)
        assert all(len(row) == len(columns) for row in rows)
