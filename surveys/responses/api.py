"""Responses gathered elsewhere come in over the JSON API; reading them is in the insights of `feedback`."""

from typing import Any

from flask import Response as Answer
from flask import jsonify

from surveys.api.door import MachineDoor
from surveys.api.shapes import written
from surveys.clock import business_now
from surveys.customers.api import customer_shape
from surveys.customers.queries import brand_for
from surveys.database import db
from surveys.questionnaires.queries import survey_by_key
from surveys.responses.account import labels
from surveys.responses.models import Response
from surveys.responses.recording import record_response
from surveys.responses.shapes import ResponseIn

door = MachineDoor("responses_api", __name__, url_prefix="/api/v1")


@door.post("/responses")
def post_response(body: ResponseIn) -> tuple[Answer, int]:
    """Tell of a response: 201 when it is stored, 200 when its `external_id` was known already.

    To an anonymous survey it is told without `customer`, `purchase`, `contact_permission` and `external_id`; its day is
    kept, not its hour.
    """
    survey, brand = survey_by_key(body.survey), brand_for(body.brand)
    response, created = record_response(brand, survey, body.record(), "api", business_now())
    answer = jsonify(response_shape(response))
    db.session.commit()
    return answer, 201 if created else 200


def labels_of(response: Response) -> dict[str, dict[str, str]]:
    """Return the words behind the keys of choices in `answers`: by question, in the language they were read in."""
    if not response.answers:
        return {}
    return labels(response.version.definition, response.answers, response.locale, response.brand.name)


def response_shape(response: Response) -> dict[str, Any]:
    """Return the JSON form of a response that nobody has read yet."""
    return {
        "id": response.public_id,
        "survey": response.survey.key,
        "brand": response.brand.key,
        "score": response.score,
        "corrected_score": response.corrected_score,
        "group": response.group,
        "comment": response.comment,
        "contact_permission": response.contact_permission,
        "locale": response.locale,
        "submitted_at": written(response.submitted_at),
        "saved_at": written(response.saved_at),
        "partial": response.is_partial,
        "anonymous": response.is_anonymous,
        "excluded": response.excluded_reason,
        "customer": customer_shape(response.customer) if response.customer else None,
        "purchase": response.purchase.reference if response.purchase else None,
        "external_id": response.external_id,
        "answers": response.answers,
        "labels": labels_of(response),
        "attributes": response.attributes,
        "attributes_verified": response.attributes_verified,
        "analysis": None,
    }
