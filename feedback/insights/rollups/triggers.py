"""What leaves a mark when an answer, an invitation or what they are counted by changes, in both databases' SQL.

Triggers, because a count is touched from everywhere: the customer's page, the API, imports and their undoing, exclusions,
erasures, merged customers, news of an order. What a verb would have to remember, the database does in the same
transaction. What changes no count (that a comment was read) leaves no mark. A mark is a row of its own: two writers
never wait for each other. That an invitation to an anonymous survey was answered leaves none, or marks and answers side
by side would tell whose is whose.

What an answer mentions changes with its reading: a comment is read after it was given, and again when phrases change.
An answer that nobody has read changes nothing of the kind, so that whoever answers leaves no mark of this.
"""

from surveys.triggers import Trigger

PREFIX = "rollup_"
MARK = "INSERT INTO rollup_mark (subject, at)"
ANSWERED_AT, ASKED_AT = "COALESCE({0}.submitted_at, {0}.saved_at)", "COALESCE({0}.sent_at, {0}.planned_at)"
WENT_OUT = "{0}.state IN ('sent', 'failed', 'uncertain')"


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


def _if_read(row: str) -> str:
    return f"{MARK} SELECT 'themes', {ANSWERED_AT.format(row)} FROM analysis a WHERE a.response_id = NEW.id"  # noqa: S608


def _its_answer(of: str) -> str:
    return f"{MARK} SELECT 'themes', {ANSWERED_AT.format('r')} FROM response r WHERE r.id = {of}"  # noqa: S608


def _its_reading(row: str) -> str:
    return _its_answer(f"(SELECT a.response_id FROM analysis a WHERE a.id = {row}.analysis_id)")  # noqa: S608


def _everything_read_of(column: str) -> str:
    return f"{_its_answer('r.id')} AND r.{column} = NEW.id AND r.analysed_at IS NOT NULL"


ALL_ANSWERS, ALL_INVITATIONS, ALL_THEMES = (
    f"{MARK} VALUES ('{subject}', NULL)" for subject in ("answers", "invitations", "themes")
)
OF_AN_ANSWER = (
    *("survey_id", "brand_id", "customer_id", "purchase_id", "invitation_id", "locale", "score", "group"),
    *("contact_permission", "is_partial", "saved_at", "submitted_at", "excluded_at", "excluded_reason"),
)
OF_AN_INVITATION = (
    *("purpose", "touchpoint_id", "purchase_id", "customer_id", "locale", "state", "is_test"),
    *("planned_at", "sent_at"),
)
OF_A_READ_ANSWER = (
    *("survey_id", "brand_id", "customer_id", "purchase_id", "locale", "score", "is_partial"),
    *("saved_at", "submitted_at", "excluded_at", "analysed_at"),
)
OF_THEMES = (
    Trigger(
        "rollup_themes_changed",
        "response",
        "UPDATE",
        (
            _if_read("NEW"),
            f"{_if_read('OLD')} AND {ANSWERED_AT.format('OLD')} IS DISTINCT FROM {ANSWERED_AT.format('NEW')}",
        ),
        OF_A_READ_ANSWER,
        "OLD.analysed_at IS NOT NULL OR NEW.analysed_at IS NOT NULL",
    ),
    Trigger(
        "rollup_themes_gone",
        "response",
        "DELETE",
        (f"{MARK} VALUES ('themes', {ANSWERED_AT.format('OLD')})",),
        when="OLD.analysed_at IS NOT NULL",
    ),
    Trigger("rollup_reading_added", "analysis", "INSERT", (_its_answer("NEW.response_id"),)),
    Trigger("rollup_reading_gone", "analysis", "DELETE", (_its_answer("OLD.response_id"),)),
    Trigger("rollup_mention_added", "mention", "INSERT", (_its_reading("NEW"),), when="NEW.kind = 'theme'"),
    Trigger("rollup_mention_gone", "mention", "DELETE", (_its_reading("OLD"),), when="OLD.kind = 'theme'"),
    Trigger(
        "rollup_mention_changed",
        "mention",
        "UPDATE",
        (_its_reading("NEW"), f"{_its_reading('OLD')} AND OLD.analysis_id <> NEW.analysis_id"),
        ("analysis_id", "kind", "code", "polarity"),
        "OLD.kind = 'theme' OR NEW.kind = 'theme'",
    ),
    Trigger(
        "rollup_themes_of_purchase",
        "purchase",
        "UPDATE",
        (_everything_read_of("purchase_id"),),
        ("ship_country", "carrier"),
    ),
    Trigger(
        "rollup_themes_of_customer", "customer", "UPDATE", (_everything_read_of("customer_id"),), ("country",)
    ),
    Trigger("rollup_themes_of_survey", "survey", "UPDATE", (ALL_THEMES,), ("kind",)),
)
TRIGGERS = (
    *OF_THEMES,
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
