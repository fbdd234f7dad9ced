"""What a search in comments looks at: the words as lists show them, so that nobody can spell out what is covered."""

from surveys.personal_data import KINDS, masked

GAP = "\ufffc"  # stands where something is covered; nobody writes it
COVERS = dict.fromkeys(KINDS, GAP)


def searchable(comment: str) -> str:
    """Return a comment in small letters, with a sign that says nothing in the place of each piece of personal data."""
    return masked(comment, COVERS).text.casefold()
