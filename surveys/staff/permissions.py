"""What each role may do: the one table.

Agents work tasks, see responses, customers and insights and correct how comments were read. Analysts see
responses without personal data, and decide from insights: what is watched and what an alert was, goals,
improvements. Admins decide, too, also take tasks out as files, exclude responses, change
surveys, settings, keys and staff, and see to privacy. Owners also manage owners and erase.
"""

ROLE_PERMISSIONS: dict[str, frozenset[str]] = {
    "agent": frozenset({"tasks", "responses", "customers", "insights", "correct"}),
    "analyst": frozenset({"insights", "decide", "responses", "export"}),
    "admin": frozenset(
        {
            "tasks",
            "responses",
            "customers",
            "insights",
            "decide",
            "correct",
            "export",
            "export_tasks",
            "exclude",
            "loop",
            "outbox",
            "surveys",
            "settings",
            "keys",
            "staff",
            "privacy",
        }
    ),
}
ROLE_PERMISSIONS["owner"] = ROLE_PERMISSIONS["admin"] | {"owners", "erase"}
KEYS_ACT_AS = "admin"  # a key of the API is issued by an admin, and may do no more than one in whosever name


def may(role: str, permission: str) -> bool:
    """Return whether `role` has `permission`; every signed-in person has `own_account`."""
    return permission == "own_account" or permission in ROLE_PERMISSIONS[role]


def sees_personal_data(role: str) -> bool:
    """Return whether `role` may see who somebody is; analysts may not."""
    return may(role, "customers")
