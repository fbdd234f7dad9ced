"""The machine door: a key in the header, strict JSON, and problem bodies."""

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from flask import Request, Response, current_app, g, jsonify, make_response, request
from flask.typing import ResponseReturnValue
from flask_openapi import APIBlueprint
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException, NotAcceptable

from surveys.api import strict_json
from surveys.api.faults import faults_of
from surveys.api.granting import touching
from surveys.api.problems import MEDIA_TYPE, FieldError, Problem, pointer, problem
from surveys.api.queries import living_key
from surveys.clock import real_now
from surveys.doors import Door, note_in_passing, spoken
from surveys.errors import Refusal, SeveralRefusals
from surveys.masking import quoted

OURS = ("*/*", "application/*", "application/json", MEDIA_TYPE)  # what an Accept header may ask for


REFUSED = (401, 404, 409, 422)  # the statuses that every address of machines describes


class StrictRequest(Request):
    """The house's request: JSON only by the strict reader, and limits that hold for every form."""

    max_content_length = 256 * 1024
    max_form_memory_size = 256 * 1024
    max_form_parts = 1000

    def get_json(self, force: bool = False, silent: bool = False, cache: bool = True) -> Any:
        """Return the body read strictly; raise the problem answer when it is refused."""
        if request.mimetype != "application/json" and not force:
            detail = "Send the body as application/json (header Content-Type)."
            raise HTTPException(response=problem_response(415, detail))
        if request.headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity"):
            detail = "Send the body uncompressed, without the header Content-Encoding."
            raise HTTPException(response=problem_response(415, detail))
        try:
            value = strict_json.read(self.get_data())
        except strict_json.NotStrictJson as error:
            raise HTTPException(response=problem_response(error.status, error.detail)) from None
        if not isinstance(value, dict):
            raise HTTPException(response=problem_response(400, "The body is not a JSON object; send one."))
        return value


class MachineDoor(Door, APIBlueprint):
    """Machines come in by an API key in the Authorization header, Bearer or Basic."""

    refuses_nul = False  # The shapes do, and name the field.

    def __init__(self, name: str, import_name: str, **options: Any):
        options.setdefault("abp_security", [{"key": []}])
        options.setdefault("abp_responses", {status: problem_described() for status in REFUSED})
        super().__init__(name, import_name, **options)

    def admit(self) -> ResponseReturnValue | None:
        """Let callers with a living key in; everything else is told how to send one."""
        g.language = "en"
        key = living_key(secret_from_header() or "")
        if key is None:
            answer = problem_response(401, "No valid API key; send 'Authorization: Bearer KEY'.")
            answer.headers["WWW-Authenticate"] = 'Bearer realm="nachklang", Basic realm="nachklang"'
            return answer
        if not takes_json():
            raise NotAcceptable()
        g.api_key = key.public_id
        note_in_passing(touching(key, real_now()))
        return None

    def turn_away(self, status: int, sentence: str, refusal: Refusal | None = None) -> ResponseReturnValue:
        """Return the refusal as a problem body with the fields named and codes as they are sent."""
        if refusal is not None:
            sentence = spoken(refusal, with_codes=True)
        return problem_response(status, sentence, field_errors(refusal))


def problem_described() -> dict[str, Any]:
    """Return how the description of the API tells of a problem."""
    return {"content": {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{Problem.__name__}"}}}}


def takes_json() -> bool:
    """Tell whether the Accept header, if there is one, leaves room for JSON or a problem."""
    wanted = request.accept_mimetypes
    return not wanted or any(
        quality > 0 and kind.partition(";")[0].strip().lower() in OURS for kind, quality in wanted
    )


def secret_from_header() -> str | None:
    """Return the key of a Bearer header, or the name part of a Basic one (as Delighted's clients send it)."""
    authorization = request.authorization
    if authorization is None:
        return None
    if authorization.type == "basic":
        return authorization.username
    return authorization.token if authorization.type == "bearer" else None


def field_errors(refusal: Refusal | None) -> list[FieldError]:
    """Return the fields a refusal blames."""
    if isinstance(refusal, SeveralRefusals):
        return [error for each in refusal.refusals for error in field_errors(each)]
    if refusal is None or refusal.field is None:
        return []
    return [FieldError("/" + refusal.field, spoken(refusal, with_codes=True))]


def problem_response(status: int, detail: str, errors: list[FieldError] | None = None) -> Response:
    """Return a problem answer."""
    answer = make_response(jsonify(problem(status, detail, errors)), status)
    answer.content_type = MEDIA_TYPE
    return answer


def validation_problem(error: ValidationError) -> Response:
    """Return the problem for a body or query that does not fit its schema."""
    errors = []
    for fault in faults_of(error):
        tail = f" (got {as_sent(fault.given)})" if isinstance(fault.given, str | int | float) else ""
        errors.append(FieldError(pointer(fault.place), fault.said + tail))
    return problem_response(422, "Some fields do not fit; see errors.", errors)


def as_sent(value: str | float) -> str:
    """Return a value as JSON writes it, a text without its marks."""
    return quoted(value if isinstance(value, str) else json.dumps(value))


def listing(items: Sequence[dict[str, Any]], next_cursor: str | None, **further: Any) -> Response:
    """Return a page of a list: its items, the whole address of the next page or null, and what is said of all."""
    following = None
    if next_cursor is not None:
        query = urlencode(
            [*((k, v) for k, v in request.args.items() if k != "cursor"), ("cursor", next_cursor)]
        )
        following = f"{current_app.config['SETTINGS'].base_url}{request.path}?{query}"
    return jsonify({"items": list(items), "next": following, **further})
