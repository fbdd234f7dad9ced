"""How the domain says no: refusals in words fit for a person, translated once at the edge."""

from collections.abc import Callable, Container, Iterable, Mapping

NAMED = 5  # So many of a list that is refused are named; nobody reads a thousand sentences.


def N_(text: str) -> str:  # noqa: N802
    """Mark `text` for translation and return it unchanged; the edge translates it."""
    return text


class Words:
    """Codes of ours as a value of a refusal: machines are told the codes, people the words, translated.

    `said` maps each code to its English phrase, in the order in which they are listed.
    """

    def __init__(self, said: Mapping[str, str]):
        self.said = said

    def __str__(self) -> str:
        return ", ".join(self.said)


class Refusal(Exception):
    """The house does not do this, and says what is wrong, where, and what to do.

    `phrase` is an English sentence with %(name)s places, filled from `values` after it was
    translated; `heading` stands above it on a page of its own. `status` is what the web answers.
    `field` names the input at fault, as a JSON pointer without the leading slash, or None when the
    whole request is meant.
    """

    status = 422
    heading = N_("This does not work")
    phrase = N_("This cannot be done.")

    def __init__(self, phrase: str | None = None, *, field: str | None = None, **values: object):
        self.phrase = phrase or type(self).phrase
        self.field = field
        self.values = values
        super().__init__(self.phrase % values if values else self.phrase)


class Missing(Refusal):
    """There is no such thing, or not for you: both look the same from outside."""

    status = 404
    heading = N_("Not found")
    phrase = N_("There is nothing at this address. Check the link for a missing piece.")


class LinkDamaged(Missing):
    """The token was cut, or is not of our making."""

    phrase = N_(
        "This link is damaged or not complete. Copy the whole link from the mail, or open it there again."
    )


class Conflict(Refusal):
    """The thing has moved on since; the refusal says what is possible now."""

    status = 409
    heading = N_("Not possible any more")


class Forbidden(Refusal):
    """Signed in, but this is not among what the role may do."""

    status = 403
    heading = N_("Not open to you")
    phrase = N_("Your role does not allow this. Ask an owner or admin of this installation.")


class SeveralRefusals(Refusal):
    """Several fields are at fault; `refusals` lists one refusal for each."""

    phrase = N_("Some fields need a correction.")

    def __init__(self, refusals: list[Refusal]):
        super().__init__()
        self.refusals = refusals


def together(refusals: list[Refusal]) -> Refusal:
    """Return one refusal for one or several."""
    return refusals[0] if len(refusals) == 1 else SeveralRefusals(refusals)


class FurtherRefused(Refusal):
    """Of many things that are refused for the same reason only the first are named."""

    phrase = N_("%(all)s are refused in all; the first %(named)s are named here.")


def refuse_others(
    given: Iterable[str], known: Container[str], refusal: Callable[[int, str], Refusal]
) -> None:
    """Raise `refusal(place, each)` for each that is given and not known; of many the first, with how many there are."""
    unknown = [(place, each) for place, each in enumerate(given) if each not in known]
    refusals = [refusal(place, each) for place, each in unknown[:NAMED]]
    if len(unknown) > NAMED:
        refusals.append(FurtherRefused(all=len(unknown), named=NAMED))
    if refusals:
        raise together(refusals)


class DeliveryFailed(Exception):
    """A message did not leave, or nobody can tell.

    `permanent` says that trying again cannot help; `uncertain` that the other side may have
    taken the message although it did not say so; `recipient` that the other side refused the address;
    `unreached` that there was no other side to talk to, which says nothing about this message.
    """

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool = False,
        uncertain: bool = False,
        recipient: bool = False,
        unreached: bool = False,
    ):
        super().__init__(reason)
        self.unreached = unreached
        self.recipient = recipient
        self.reason = reason
        self.permanent = permanent
        self.uncertain = uncertain
