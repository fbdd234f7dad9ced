"""`flask suppress`: put addresses on the list of those that nobody writes to."""

from pathlib import Path

import click

from surveys.brand.queries import brand_or_missing
from surveys.clock import business_now
from surveys.database import begin_writing, db
from surveys.doors import spoken
from surveys.errors import Missing, Refusal
from surveys.permission.suppressing import ListReport, suppress_list


@click.command("suppress")
@click.argument("addresses", nargs=-1)
@click.option(
    "--file",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A text or CSV file with one address on each line.",
)
@click.option("--brand", metavar="KEY", help="Hold for one shop only; left out, for every shop.")
def suppress_command(addresses: tuple[str, ...], file: Path | None, brand: str | None) -> None:
    """Never write to ADDRESSES, whatever permission they have or get later."""
    text = "\n".join(addresses) + "\n" + (file.read_text("utf-8-sig", "replace") if file else "")
    if not text.strip():
        raise click.ClickException("Name an address, or a file with --file.")
    begin_writing()
    try:
        chosen = brand_or_missing(brand) if brand else None
        # The blank line keeps a first address from being taken for a heading.
        report = suppress_list("\n" + text, "import" if file else "manual", business_now(), brand=chosen)
    except Missing:
        db.session.rollback()
        raise click.ClickException(f"There is no brand {brand!r}.") from None
    except Refusal as refusal:
        db.session.rollback()
        raise click.ClickException(spoken(refusal)) from None
    db.session.commit()
    tell(report)


def tell(report: ListReport) -> None:
    """Say what was done; end with 1 when a line held no address."""
    click.echo(
        f"{report.added} new on the list, {report.known} on it already, {len(report.refused)} refused."
    )
    for number, text in report.refused:
        click.echo(f"line {number - 1}: {text} is not an e-mail address", err=True)
    if report.refused:
        raise SystemExit(1)
