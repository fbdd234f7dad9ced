"""`flask erase` and `flask disclose`: one person's data goes, or is handed out."""

from pathlib import Path

import click
from flask import current_app

from feedback.privacy import journaling
from feedback.privacy.erasing import Means, erase, erase_again
from feedback.privacy.proof import address_hash
from feedback.privacy.queries import every_erasure, people_called, people_from
from feedback.privacy.views import disclosed
from surveys.audit.noting import note
from surveys.channels.outbox import Outbox
from surveys.clock import real_now
from surveys.customers.models import Customer
from surveys.database import begin_writing, db


def means(way: str) -> Means:
    """Return what erasing needs from outside."""
    settings = current_app.config["SETTINGS"]
    return Means(settings.secret_key, Outbox(settings.instance / "outbox"), way)


@click.command("erase")
@click.argument("who", nargs=-1)
@click.option("--brand", metavar="KEY", help="Only in the shop with this key.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option(
    "--source", metavar="WAY", help="Everybody who came by this way, such as shopify; wants --brand."
)
@click.option("--again", is_flag=True, help="Erase anew whom a restored copy has brought back.")
@click.option("--check", is_flag=True, help="Only tell whether the addresses were erased, and when.")
@click.option(
    "--journal",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Proofs of another place, for --again: the erasures.jsonl of the installation the copy comes from.",
)
def erase_command(
    who: tuple[str, ...],
    brand: str | None,
    yes: bool,
    source: str | None,
    again: bool,
    check: bool,
    journal: Path | None,
) -> None:
    """Erase customers, each named by address, number of the shop, or id.

    Counted scores stay without the person. There is no way back, except for a backup.
    """
    if again:
        repeat(journal)
        return
    if source is not None:
        if brand is None:
            raise click.UsageError("Say of which shop: --brand KEY.")
        erase_all(source, people_from(source, brand), yes)
        return
    if not who:
        raise click.UsageError("Name whom to erase: an address, a customer's number, or an id.")
    for name in who:
        if check:
            tell(name)
        else:
            erase_all(name, people_called(name, brand), yes)


@click.command("disclose")
@click.argument("who")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--brand", metavar="KEY", help="Only in the shop with this key.")
def disclose_command(who: str, file: Path, brand: str | None) -> None:
    """Write everything about one customer into a zip archive, for people and for machines."""
    people = people_called(who, brand)
    if len(people) != 1:
        for person in people:
            click.echo(f"{person.brand.name}: {person.display_name} ({person.public_id})")
        raise click.ClickException(
            f"{len(people)} customers are known as {who}. Name one of them by the id in brackets."
        )
    file.write_bytes(disclosed(people[0], real_now()))
    about = people[0].public_id
    db.session.rollback()
    begin_writing()
    note("disclose", real_now(), way="command", about=about)
    db.session.commit()
    click.echo(f"Written: {file}")


COMMANDS = (erase_command, disclose_command)


def erase_all(name: str, people: list[Customer], yes: bool) -> None:
    """Erase everybody of this name after a question."""
    if not people:
        raise click.ClickException(
            f"Nobody is known as {name}. Check the spelling; --check tells of earlier erasures."
        )
    ids = [person.id for person in people]
    for person in people:
        click.echo(f"{person.brand.name}: {person.display_name} ({person.public_id})")
    if not yes:
        click.confirm("Erase all of this for good?", abort=True)
    for row_id in ids:
        db.session.rollback()
        begin_writing()
        person_now = db.session.get(Customer, row_id)
        if person_now is None:
            continue
        about = person_now.public_id
        counts = erase(person_now, real_now(), means("command")).counts
        note("erase", real_now(), way="command", about=about)
        db.session.commit()
        click.echo(
            "Erased: " + ", ".join(f"{number} {what}" for what, number in sorted(counts.items()) if number)
        )
    journaling.write_down(current_app.config["SETTINGS"].instance)


def repeat(journal: Path | None) -> None:
    """Erase whom former proofs name, from the database, the journal beside it, and another one."""
    settings = current_app.config["SETTINGS"]
    proofs = journaling.written(settings.instance / journaling.NAME)
    proofs += journaling.written(journal) if journal else []
    subjects = {proof.subject for proof in proofs} | {row.subject_hash for row in every_erasure()}
    db.session.rollback()
    begin_writing()
    done = erase_again(subjects, current_app.config["LINK_SECRETS"], real_now(), means("again"))
    db.session.commit()
    journaling.write_down(settings.instance)
    click.echo(f"{len(subjects)} erasures are known; {len(done)} people were back and are erased again.")


def tell(address: str) -> None:
    """Tell whether an address was erased, and when."""
    hashes = {address_hash(secret, address) for secret in current_app.config["LINK_SECRETS"]}
    moments = [f"{row.at:%Y-%m-%d %H:%M} UTC" for row in every_erasure() if row.address_hash in hashes]
    click.echo(f"{address}: erased {', '.join(moments)}" if moments else f"{address}: no erasure is known")
