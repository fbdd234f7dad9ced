"""Why an answer may be excluded; English phrases, translated where they are shown."""

from surveys.errors import N_

REASONS: dict[str, str] = {
    "bot": N_("a program filled it in"),
    "duplicate": N_("the same answer twice"),
    "test": N_("a test by the team"),
    "scanner": N_("a mail scanner followed the link"),
    "other": N_("another reason"),
}
