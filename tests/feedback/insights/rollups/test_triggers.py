"""What the triggers stand on: every table and column really there."""

from feedback.insights.rollups.triggers import PREFIX, TRIGGERS
from surveys.database import Base


def test_triggers_stand_on_columns_that_there_are_and_have_names_of_their_own():
    for trigger in TRIGGERS:
        assert set(trigger.columns) <= set(Base.metadata.tables[trigger.table].columns.keys())
        assert trigger.name.startswith(PREFIX)

    assert len({trigger.name for trigger in TRIGGERS}) == len(TRIGGERS)
