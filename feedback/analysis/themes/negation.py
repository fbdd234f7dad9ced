"""Is what a phrase found denied? "Never late" and "nichts kaputt" are no complaints."""

from collections.abc import Sequence

from feedback.analysis.themes.words import Word

NEGATORS = frozenset(
    """not no never nothing none nobody neither nor without hardly cannot zero nowhere barely
    nicht nich kein keine keinen keinem keiner keines nie niemals nichts nix ohne weder kaum keinerlei null""".split()  # noqa: SIM905
)
WITHOUT_APOSTROPHE = frozenset(
    """dont didnt doesnt wasnt isnt arent werent wont wouldnt couldnt cant hasnt havent hadnt""".split()  # noqa: SIM905
)
# Words of denial that deny nothing: "not only late", "no wonder it broke", "nicht nur zu spät".
DENIES_NOT = {
    "not": frozenset({"only", "just", "to"}),
    "no": frozenset({"wonder", "doubt", "surprise"}),
    "nicht": frozenset({"nur", "zuletzt"}),
    "kein": frozenset({"wunder"}),
    "ohne": frozenset({"zweifel", "frage"}),
}
LAST_WORDS = frozenset({"nie", "niemals", "nichts"})  # "Kaputt war bisher nichts."
JOINS = frozenset({"and", "und", "or", "oder"})
BEFORE, BEHIND = 4, 4


def is_negator(word: str) -> bool:
    """Tell whether a plain word denies what follows it."""
    return word in NEGATORS or word.endswith("n't") or word in WITHOUT_APOSTROPHE


def is_denied(words: Sequence[Word], first: int, last: int) -> bool:
    """Tell whether the words from `first` to `last` are denied by one shortly before, or by the clause's last word."""
    return _before(words, first) or _behind(words, last)


def _before(words: Sequence[Word], first: int) -> bool:
    for at in range(first - 1, max(-1, first - 1 - BEFORE), -1):
        if words[at].clause != words[first].clause or words[at + 1].after_comma:
            return False
        if words[at].plain in JOINS and at + 1 < first:
            return False
        if is_negator(words[at].plain):
            return words[at + 1].plain not in DENIES_NOT.get(words[at].plain, ())
    return False


def _behind(words: Sequence[Word], last: int) -> bool:
    for at in range(last + 1, min(len(words), last + 1 + BEHIND)):
        if words[at].clause != words[last].clause or words[at].after_comma or words[at].plain in JOINS:
            return False
        if words[at].plain in LAST_WORDS:
            following = words[at + 1] if at + 1 < len(words) else None
            return following is None or following.clause != words[at].clause or following.after_comma
    return False
