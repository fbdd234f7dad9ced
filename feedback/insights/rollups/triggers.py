"""What leaves a mark when an answer, an invitation or what they are counted by changes, in both databases' SQL.

Triggers, because a count is touched from everywhere: the customer's page, the API, imports and their undoing, exclusions,
erasures, merged customers, news of an order. What a verb would have to remember, the database does in the same
transaction. What changes no count (that a comment was read) leaves no mark. A mark is a row of its own: two writers
never wait for each other. That an invitation to an anonymous survey was answered leaves none, or marks and answers side
by side would tell whose is whose. A trigger that is to do something else gets another name, so that it is known to be
missing.
"""

from typing import NamedTuple

PREFIX = "rollup_"
MARK = "INSERT INTO rollup_mark (subject, at)"
ANSWERED_AT, ASKED_AT = "COALESCE({0}.submitted_at, {0}.saved_at)", "COALESCE({0}.sent_at, {0}.planned_at)"
WENT_OUT = "{0}.state IN ('sent', 'failed', 'uncertain')"


class Trigger(NamedTuple):
    """A statement sequence that runs after `event` on a row of `table`, `when` a condition holds.

    Of an UPDATE only changes of `columns` count.
    """

    name: str
    table: str
    event: str
    body: tuple[str, ...]
    columns: tuple[str, ...] = ()
    when: str = ""

    @property
    def head(self) -> str:
        """Return what both databases say alike, up to the condition."""
        of = f" OF {', '.join(_quoted(self.columns))}" if self.columns else ""
        return f"CREATE TRIGGER {self.name} AFTER {self.event}{of} ON {self.table} FOR EACH ROW"

    @property
    def condition(self) -> str:
        """Return when it runs, without brackets; empty for always."""
        changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in _quoted(self.columns))
        return " AND ".join(f"({each})" for each in (changed, self.when) if each)

    def statements(self, dialect: str) -> list[str]:
        """Return what makes the trigger; on PostgreSQL its function first."""
        body = "".join(f"{each}; " for each in self.body)
        when = f" WHEN ({self.condition})" if self.condition else ""
        if dialect == "sqlite":
            return [f"{self.head}{when} BEGIN {body}END"]
        return [self.function, f"{self.head}{when} EXECUTE FUNCTION {self.name}()"]

    @property
    def function(self) -> str:
        """Return what makes or replaces its function on PostgreSQL."""
        body = "".join(f"{each}; " for each in self.body)
        return (
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$BEGIN {body}RETURN NULL; END$$"
        )


def _quoted(columns: tuple[str, ...]) -> list[str]:
    return [f'"{name}"' for name in columns]


def _answer(row: str) -> str:
    return f"{MARK} VALUES ('answers', {ANSWERED_AT.format(row)})"


def _invitation(row: str) -> str:
    return f"{MARK} VALUES ('invitations', {ASKED_AT.format(row)})"


def _moved(subject: str, at: str) -> str:
    """Mark where it came from, if that is elsewhere."""
    old, new = at.format("OLD"), at.format("NEW")
    return f"{MARK} SELECT '{subject}', {old} WHERE {old} IS DISTINCT FROM {new}"  # noqa: S608


def _its_invitation(row: str) -> str:
    select = f"SELECT 'invitations', {ASKED_AT.format('i')}"
    return f"{MARK} {select} FROM invitation i WHERE i.id = {row}.invitation_id"


def _everything_of(column: str) -> tuple[str, str]:
    answers = f"SELECT 'answers', {ANSWERED_AT.format('r')} FROM response r WHERE r.{column} = NEW.id"  # noqa: S608
    asked = f"SELECT 'invitations', {ASKED_AT.format('i')} FROM invitation i WHERE i.{column} = NEW.id"  # noqa: S608
    return f"{MARK} {answers}", f"{MARK} {asked} AND {WENT_OUT.format('i')}"


ALL_ANSWERS, ALL_INVITATIONS = (
    f"{MARK} VALUES ('{subject}', NULL)" for subject in ("answers", "invitations")
)
OF_AN_ANSWER = (
    *("survey_id", "brand_id", "customer_id", "purchase_id", "invitation_id", "locale", "score", "group"),
    *("contact_permission", "is_partial", "saved_at", "submitted_at", "excluded_at", "excluded_reason"),
)
OF_AN_INVITATION = (
    *("purpose", "touchpoint_id", "purchase_id", "customer_id", "locale", "state", "is_test"),
    *("planned_at", "sent_at"),
)
TRIGGERS = (
    Trigger("rollup_answer_added", "response", "INSERT", (_answer("NEW"), _its_invitation("NEW"))),
    Trigger("rollup_answer_gone", "response", "DELETE", (_answer("OLD"), _its_invitation("OLD"))),
    Trigger(
        "rollup_answer_changed",
        "response",
        "UPDATE",
        (
            *(_answer("NEW"), _moved("answers", ANSWERED_AT), _its_invitation("NEW")),
            f"{_its_invitation('OLD')} AND OLD.invitation_id IS DISTINCT FROM NEW.invitation_id",
        ),
        OF_AN_ANSWER,
    ),
    Trigger(
        "rollup_invitation_added", "invitation", "INSERT", (_invitation("NEW"),), when=WENT_OUT.format("NEW")
    ),
    Trigger(
        "rollup_invitation_gone", "invitation", "DELETE", (_invitation("OLD"),), when=WENT_OUT.format("OLD")
    ),
    Trigger(
        "rollup_invitation_changed",
        "invitation",
        "UPDATE",
        (_invitation("NEW"), _moved("invitations", ASKED_AT)),
        OF_AN_INVITATION,
        f"{WENT_OUT.format('OLD')} OR {WENT_OUT.format('NEW')}",
    ),
    Trigger(
        "rollup_purchase_moved",
        "purchase",
        "UPDATE",
        _everything_of("purchase_id"),
        ("ship_country", "carrier"),
    ),
    Trigger("rollup_customer_moved", "customer", "UPDATE", _everything_of("customer_id"), ("country",)),
    Trigger("rollup_touchpoint_moved", "touchpoint", "UPDATE", (ALL_INVITATIONS,), ("brand_id", "survey_id")),
    Trigger(
        "rollup_survey_turned",
        "survey",
        "UPDATE",
        (ALL_ANSWERS, ALL_INVITATIONS),
        ("kind", "is_anonymous"),
    ),
)
