import pytest

from surveys.staff.models import ROLES
from surveys.staff.permissions import ROLE_PERMISSIONS, may, sees_personal_data


def test_every_role_has_its_row():
    assert set(ROLE_PERMISSIONS) == set(ROLES)


@pytest.mark.parametrize(
    "role, has, lacks",
    [
        (
            "agent",
            {"tasks", "responses", "customers", "correct"},
            {"decide", "export", "settings", "keys", "staff", "owners", "outbox"},
        ),
        (
            "analyst",
            {"insights", "decide", "responses", "export"},
            {"tasks", "correct", "customers", "settings", "keys", "staff"},
        ),
        (
            "admin",
            {"tasks", "correct", "surveys", "settings", "keys", "staff", "outbox"},
            {"owners", "erase"},
        ),
        ("owner", {"owners", "erase", "staff", "tasks"}, set()),
    ],
)
def test_the_table_says_what_the_issue_says(role, has, lacks):
    assert all(may(role, permission) for permission in has)
    assert not any(may(role, permission) for permission in lacks)


def test_everybody_has_an_account_and_only_analysts_see_no_person():
    assert all(may(role, "own_account") for role in ROLES)
    assert [role for role in ROLES if not sees_personal_data(role)] == ["analyst"]
