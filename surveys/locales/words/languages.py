"""The languages of this folder, each with its words."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from surveys.locales.words import es, fr, it, nl, pl


class Words(NamedTuple):
    """What one language says: `questions` by the survey's kind, letters by the names of fields, `reasons` by code."""

    questions: Mapping[str, Mapping[str, Any]]
    letter: Mapping[str, Any]
    consent: Mapping[str, str]
    own_data: Mapping[str, Any]
    reasons: Mapping[str, str]


WORDS: Mapping[str, Words] = {
    module.__name__.rpartition(".")[2]: Words(
        module.QUESTIONS, module.LETTER, module.CONSENT, module.OWN_DATA, module.REASONS
    )
    for module in (fr, es, it, nl, pl)
}
