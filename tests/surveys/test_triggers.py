"""What a trigger says: one text for both databases."""

import pytest

from surveys.triggers import Trigger


@pytest.mark.once
def test_a_change_is_a_change_of_what_counts():
    moved = Trigger(
        "rollup_customer_moved",
        "customer",
        "UPDATE",
        ("INSERT INTO rollup_mark (subject, at) VALUES ('answers', NULL)",),
        ("country",),
        "NEW.id > 1",
    )

    (sqlite,) = moved.statements("sqlite")
    function, postgres = moved.statements("postgresql")

    head = 'CREATE TRIGGER rollup_customer_moved AFTER UPDATE OF "country" ON customer FOR EACH ROW'
    when = ' WHEN ((OLD."country" IS DISTINCT FROM NEW."country") AND (NEW.id > 1))'
    assert sqlite.startswith(f"{head}{when} BEGIN INSERT INTO rollup_mark")
    assert postgres == f"{head}{when} EXECUTE FUNCTION rollup_customer_moved()"
    assert "RETURN NULL" in function
