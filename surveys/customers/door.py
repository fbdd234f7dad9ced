"""The hook door: shops come in by signing what they send."""

from flask import g, request
from flask.typing import ResponseReturnValue

from surveys.api.door import field_errors, problem_response
from surveys.clock import real_now
from surveys.customers.queries import living_secrets
from surveys.customers.signatures import signer_of
from surveys.database import begin_writing, db
from surveys.doors import Door
from surveys.errors import Refusal

HEADER = "X-Nachklang-Signature"
LARGEST_EVENT = 2 * 1024 * 1024


class HookDoor(Door):
    """Shops come in by a signature over the raw body; `g.hook` says whose secret made it."""

    writes_at_once = False

    def enter(self) -> ResponseReturnValue | None:
        """Read up to 2 MiB as they came, whatever type the sender says it is, then ask the guard."""
        g.language = "en"
        request.max_content_length = LARGEST_EVENT
        request.get_data()
        return super().enter()

    def admit(self) -> ResponseReturnValue | None:
        """Let in who signed with a living secret; all others hear the same words."""
        signer = signer_of(request.get_data(), request.headers.get(HEADER), living_secrets(real_now()))
        # Reading the secrets began a transaction; only those who signed may take the writer's turn.
        db.session.rollback()
        if signer is None:
            return problem_response(
                401, f"No valid signature; send '{HEADER}: sha256=HEX' over the raw body."
            )
        g.hook = signer
        begin_writing()
        return None

    def turn_away(self, status: int, sentence: str, refusal: Refusal | None = None) -> ResponseReturnValue:
        """Return the refusal as a problem body."""
        return problem_response(status, sentence, field_errors(refusal))
