"""The first words of a comment, for a row."""

ROW_LENGTH = 92


def first_words(text: str, longest: int = ROW_LENGTH) -> str:
    """Return the text on one line, cut between words to at most `longest` characters with an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    cut = line[: longest - 1]
    # The character after the cut tells whether the last word is whole.
    if not line[longest - 1].isspace() and " " in cut:
        cut = cut[: cut.rindex(" ")]
    # The space does not break, so that the ellipsis never stands on a line of its own.
    return cut.rstrip(" ,;:–-") + "\N{NO-BREAK SPACE}…"
