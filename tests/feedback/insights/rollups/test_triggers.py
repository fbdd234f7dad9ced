"""What the triggers say: one text for both databases, every table and column really there."""

from feedback.insights.rollups.triggers import PREFIX, TRIGGERS
from surveys.database import Base


def test_triggers_stand_on_columns_that_there_are_and_have_names_of_their_own():
    for trigger in TRIGGERS:
        assert set(trigger.columns) <= set(Base.metadata.tables[trigger.table].columns.keys())
        assert trigger.name.startswith(PREFIX)

    assert len({trigger.name for trigger in TRIGGERS}) == len(TRIGGERS)


def test_a_change_is_a_change_of_what_counts():
    moved = next(trigger for trigger in TRIGGERS if trigger.name == "rollup_customer_moved")

    (sqlite,) = moved.statements("sqlite")
    function, postgres = moved.statements("postgresql")

    assert sqlite.startswith(
        'CREATE TRIGGER rollup_customer_moved AFTER UPDATE OF "country" ON customer FOR EACH ROW'
        ' WHEN ((OLD."country" IS DISTINCT FROM NEW."country")) BEGIN INSERT INTO rollup_mark'
    )
    assert postgres.endswith("EXECUTE FUNCTION rollup_customer_moved()")
    assert "RETURN NULL" in function
