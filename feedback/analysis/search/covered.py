"""What a search looks at: the words as lists show them, so that nobody can spell out what is covered."""

from surveys.personal_data import KINDS, Masked, masked

GAP = "\ufffc"  # stands where something is covered; nobody writes it
COVERS = dict.fromkeys(KINDS, GAP)


def searchable(comment: str) -> str:
    """Return a comment with a sign that says nothing in the place of each piece of personal data."""
    return masked(comment, COVERS).text


def blanked(shown: Masked) -> str:
    """Return a text as it is shown, sign by sign, with gaps in place of the words over what is covered."""
    signs = list(shown.text)
    for _piece, first, last in shown.covers:
        signs[first:last] = GAP * (last - first)
    return "".join(signs)
