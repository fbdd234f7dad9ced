"""How a response that was gathered elsewhere looks as JSON that comes in; CSV files use the same."""

from typing import Annotated

from pydantic import AfterValidator, Field

from surveys.api.shapes import Body, Line40, Line100, Line200, Moment
from surveys.customers.shapes import CustomerIn
from surveys.errors import N_
from surveys.responses.comments import LONGEST_COMMENT, has_controls, kept, one_kind_of_lines
from surveys.responses.records import ResponseRecord


def comment_text(text: str) -> str:
    """Return `text` with one kind of line ends; raise ValueError for control characters."""
    text = one_kind_of_lines(text)
    if has_controls(text):
        raise ValueError(N_("holds control characters; only tab and newline are kept"))
    return text


class ResponseIn(Body):
    """A response gathered elsewhere; at least a score or a comment."""

    survey: Line100 = Field(description="The key of the survey, such as nps.")
    brand: Line40 | None = Field(None, description="May be left out when there is one brand.")
    score: int | None = None
    comment: Annotated[str, Field(max_length=LONGEST_COMMENT), AfterValidator(comment_text)] | None = None
    contact_permission: bool | None = Field(None, description="null: nobody asked for it.")
    submitted_at: Moment | None = Field(None, description="Not in the future; left out, now.")
    locale: Line100 | None = None
    customer: CustomerIn | None = None
    purchase: Line200 | None = Field(None, description="The reference of a purchase of the brand.")
    external_id: Line200 | None = Field(
        None, description="Sent again with the same id, nothing is stored twice."
    )

    def record(self) -> ResponseRecord:
        """Return the response as the house knows it."""
        return ResponseRecord(
            score=self.score,
            comment=kept(self.comment),
            contact_permission=self.contact_permission,
            submitted_at=self.submitted_at,
            locale=self.locale,
            customer=self.customer.record() if self.customer else None,
            purchase=self.purchase,
            external_id=self.external_id,
        )
