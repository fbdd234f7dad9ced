"""Read the form of a respondent's page, byte by byte: nothing is guessed and nothing silently changed."""

import re
import secrets
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from flask import Request, abort
from flask_babel import gettext

from surveys.errors import N_, Refusal
from surveys.questionnaires.starters import SOLVED
from surveys.responses.answering import Given
from surveys.responses.comments import (
    LONGEST_COMMENT,
    has_controls,
    kept,
    one_kind_of_lines,
    without_controls,
)
from surveys.responses.pages import field_of
from surveys.scales import SCALES, NotAScore, OutOfRange, parse_score

MOST_FIELDS = 1000
PROMISE = "anonymous"  # what a page carries along that has promised it
NAMES = frozenset({"score", "solved", "comment", "contact_permission", "submission_id", "partial", PROMISE})
SUBMISSION_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
PERMISSION = {"": None, "yes": True, "no": False}


class UnknownField(Refusal):
    """The form has a field that no page of ours has."""

    phrase = N_("This page has no field %(name)s. Open the link from the mail again.")


@dataclass
class AnswerForm:
    """What a respondent sent: the raw values by field, and after `validate` the faults by field.

    `is_anonymous` says what the survey is now; the page may have promised more when it was opened.
    """

    values: dict[str, str]
    kind: str
    is_anonymous: bool = False
    errors: dict[str, str] = field(default_factory=dict)
    score: int | None = None

    def refuse_unknown(self, further: frozenset[str]) -> None:
        """Refuse with UnknownField a field that neither the first page nor a further one has."""
        unknown = sorted(self.values.keys() - NAMES - further)
        if unknown:
            raise UnknownField(name=unknown[0][:60])

    @property
    def is_partial(self) -> bool:
        """Whether the page's script saves what is filled in so far."""
        return self.values.get("partial") == "1"

    @property
    def chosen(self) -> str | None:
        """What was chosen on the scale, as it was sent."""
        return self.values.get(self.key_field) or None

    @property
    def key_field(self) -> str:
        """The name of the key question's field."""
        return field_of(self.kind)

    @property
    def comment(self) -> str:
        """The comment with one kind of line ends."""
        return one_kind_of_lines(self.values.get("comment", ""))

    @property
    def showable_comment(self) -> str:
        """The comment without what no page can show."""
        return without_controls(self.comment)

    def validate(self) -> bool:
        """Check every field; return whether the form can be stored."""
        self.check_key_question()
        self.check_comment()
        if self.values.get("contact_permission", "") not in PERMISSION:
            self.errors["contact_permission"] = gettext("Choose yes or no, or leave the question out.")
        if self.values.get(PROMISE) and not self.is_anonymous:
            self.errors[PROMISE] = gettext(
                "Since you opened this page, the survey has stopped being anonymous. Nothing was stored."
                " Send your answer again if you agree to that."
            )
        return not self.errors

    def check_key_question(self) -> None:
        """Find out what was chosen; a whole answer needs one."""
        sent = self.values.get(self.key_field, "")
        if not sent:
            if not self.is_partial:
                self.errors[self.key_field] = (
                    gettext("Please choose one of the answers; then send it again.")
                    if self.kind == "check_back"
                    else gettext("Please choose an answer on the scale; then send it again.")
                )
        elif self.kind == "check_back":
            if sent not in SOLVED:
                self.errors["solved"] = gettext("This is not one of the answers. Please choose one.")
        else:
            try:
                self.score = parse_score(self.kind, sent)
            except (NotAScore, OutOfRange):
                low, high = SCALES[self.kind].low, SCALES[self.kind].high
                self.errors["score"] = gettext(
                    "The score is not on the scale. Choose a number from %(low)s to %(high)s.",
                    low=low,
                    high=high,
                )

    def check_comment(self) -> None:
        """Refuse what is too long or cannot be shown."""
        length = len(self.comment)
        if length > LONGEST_COMMENT:
            self.errors["comment"] = gettext(
                "Your text has %(length)s characters; at most %(most)s fit. Please shorten it.",
                length=length,
                most=LONGEST_COMMENT,
            )
        elif has_controls(self.comment):
            self.errors["comment"] = gettext(
                "Your text held invisible control characters. They are taken out below; look at it and send it again."
            )

    def given(self) -> Given:
        """Return what the form says, once it is valid; a form without an id gets one."""
        return Given(
            submission_id=self.values.get("submission_id") or new_submission_id(),
            score=self.score,
            solved=self.chosen if self.kind == "check_back" else None,
            comment=kept(self.comment),
            contact_permission=PERMISSION[self.values.get("contact_permission", "")],
        )


def new_submission_id() -> str:
    """Return a fresh id for one form, so that sending it twice stores it once."""
    return secrets.token_urlsafe(16)


def fields_of(request: Request) -> dict[str, str]:
    """Return the form's fields by name.

    Aborts with 415 for another type of body, 400 for bytes that are not UTF-8, a doubled or a
    damaged hidden field, 413 for too many fields.
    """
    if request.mimetype != "application/x-www-form-urlencoded":
        abort(415)
    try:
        text = request.get_data().decode("utf-8")
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except UnicodeDecodeError:
        abort(400)
    except ValueError:
        abort(413)
    values = dict(pairs)
    if len(values) < len(pairs):
        abort(400)
    if values.get("submission_id") and not SUBMISSION_ID.fullmatch(values["submission_id"]):
        abort(400)
    return values
