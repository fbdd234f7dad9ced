"""Where a customer's answers are looked up.

Answers lie in a room above this one. It brings the statement that reads them when the house is put
together; nothing is stored twice, so nothing can differ (docs/decisions/0010).
"""

from datetime import datetime
from typing import Any

from flask import Flask, current_app
from sqlalchemy import CTE, Select, Subquery, func, select

KEY = "answers_given"


def bring(app: Flask, given: Select[Any]) -> None:
    """Let `given` tell of every submitted answer with a group: customer_id, kind, group, at, id."""
    app.extensions[KEY] = given


def answers_given() -> Subquery:
    """Return every submitted answer of a known customer that has a group."""
    given: Select[Any] = current_app.extensions[KEY]
    return given.subquery("given")


def last_groups_at(kind: str, now: datetime) -> CTE:
    """Return the group of each customer's last answer on the scale `kind`, as it was at `now`."""
    given = answers_given()
    number = func.row_number().over(
        partition_by=given.c.customer_id, order_by=(given.c.at.desc(), given.c.id.desc())
    )
    on_scale = (given.c.kind == kind, given.c.at <= now)
    ranked = select(given.c.customer_id, given.c.group, number.label("number")).where(*on_scale).subquery()
    return select(ranked.c.customer_id, ranked.c.group).where(ranked.c.number == 1).cte(f"last_{kind}")
