"""The form by which a customer corrects an answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext

from feedback.privacy.own_page.correcting import Correction
from surveys.responses.comments import (
    LONGEST_COMMENT,
    has_controls,
    kept,
    one_kind_of_lines,
    without_controls,
)
from surveys.responses.models import Response
from surveys.scales import SCALES, NotAScore, OutOfRange, parse_score

PERMISSION = {"": None, "yes": True, "no": False}
SAID = {value: word for word, value in PERMISSION.items()}


@dataclass
class CorrectionForm:
    """What is typed or stored: score, comment and permission as text, and after `validate` the faults by field."""

    kind: str
    score: str
    comment: str
    contact_permission: str
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, response: Response) -> "CorrectionForm":
        """Return the form as it is shown first."""
        permission = SAID[response.contact_permission]
        return cls(response.survey.kind, str(response.score), response.comment or "", permission)

    @classmethod
    def sent(cls, kind: str, values: Mapping[str, str]) -> "CorrectionForm":
        """Return the form as it was sent."""
        comment = one_kind_of_lines(values.get("comment", ""))
        return cls(kind, values.get("score", ""), comment, values.get("contact_permission", ""))

    @property
    def showable_comment(self) -> str:
        """The comment without what no page can show."""
        return without_controls(self.comment)

    @property
    def number(self) -> int | None:
        """The score, or None for what is none on the scale."""
        try:
            return parse_score(self.kind, self.score)
        except (NotAScore, OutOfRange):
            return None

    def validate(self) -> bool:
        """Check every field; return whether the correction can be stored."""
        if self.number is None:
            scale = SCALES[self.kind]
            self.errors["score"] = gettext(
                "The score is not on the scale. Choose a number from %(low)s to %(high)s.",
                low=scale.low,
                high=scale.high,
            )
        if len(self.comment) > LONGEST_COMMENT:
            self.errors["comment"] = gettext(
                "Your text has %(length)s characters; at most %(most)s fit. Please shorten it.",
                length=len(self.comment),
                most=LONGEST_COMMENT,
            )
        elif has_controls(self.comment):
            self.errors["comment"] = gettext(
                "Your text held invisible control characters. They are taken out below; look at it and send it again."
            )
        if self.contact_permission not in PERMISSION:
            self.errors["contact_permission"] = gettext("Choose yes or no, or leave the question out.")
        return not self.errors

    def correction(self) -> Correction:
        """Return what the form says, once it is valid."""
        assert self.number is not None, "a form without a score is not valid"
        return Correction(self.number, kept(self.comment), PERMISSION[self.contact_permission])
