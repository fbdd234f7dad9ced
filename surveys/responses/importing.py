"""Store the responses of a file: each as a whole, the refused ones reported with their lines.

They come in by the channel `import`, which opens no follow-up: what is in a file is history.
"""

from collections.abc import Sequence
from datetime import datetime

from surveys.customers.batches import Batch
from surveys.customers.importing import ImportReport
from surveys.customers.queries import brand_for
from surveys.database import db
from surveys.errors import Refusal
from surveys.questionnaires.queries import survey_by_key
from surveys.responses.recording import record_response
from surveys.responses.rows import ToldResponse


def store_responses(
    batches: Sequence[Batch[ToldResponse]], brand: str | None, now: datetime, report: ImportReport
) -> None:
    """Store responses and add to `report`; `brand` is the key for those whose row names none.

    None means the only brand there is.
    """
    for batch in batches:
        survey_key, record = batch.record
        try:
            with db.session.begin_nested():
                survey = survey_by_key(survey_key)
                brand_row = brand_for(batch.brand or brand)
                response, created = record_response(brand_row, survey, record, "import", now)
        except Refusal as refusal:
            report.refuse(batch.lines, refusal)
        else:
            report.created += created
            report.updated += not created
            report.note(response, created)
            if response.customer is not None:
                report.note(response.customer, response.customer.created_at == now)
