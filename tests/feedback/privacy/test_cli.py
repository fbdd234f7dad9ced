"""`flask erase`."""

import zipfile

import pytest
from sqlalchemy import func, select

from feedback.privacy.cli import disclose_command, erase_command
from feedback.privacy.journaling import NAME
from surveys.audit.models import AuditEvent
from surveys.customers.models import Customer
from surveys.database import db
from tests.feedback.privacy.people import EMAIL, traces, wanda


def erase(app, *words, **options):
    return app.test_cli_runner().invoke(erase_command, list(words), **options)


@pytest.mark.once
def test_one_address_and_all_of_it_is_gone_after_a_question(app, make):
    wanda(make)

    refused, done = erase(app, EMAIL, input="n\n"), erase(app, EMAIL.upper(), input="y\n")

    assert refused.exit_code == 1 and "Wanda" in refused.output
    assert done.exit_code == 0 and "1 scores_kept" in done.output
    assert traces() == []
    assert (app.config["SETTINGS"].instance / NAME).read_text().count("\n") >= 1
    assert "erased 20" in erase(app, EMAIL, "--check").output


def test_erasing_again_finds_who_came_back_with_a_copy(app, make, tmp_path):
    person = wanda(make)
    number = person.public_id
    erase(app, EMAIL, "--yes")
    wanda(make).public_id = number
    db.session.commit()

    output = erase(app, "--again").output

    assert "1 people were back" in output
    assert db.session.scalar(select(func.count()).select_from(Customer)) == 0


def test_nobody_of_that_name(app):
    assert "Nobody is known as x@y.test" in erase(app, "x@y.test").output
    assert erase(app).exit_code == 2


@pytest.mark.once
def test_everything_about_one_person_is_written_into_a_file(app, make, tmp_path):
    person = wanda(make)
    make.customer("Wanda Two", email=EMAIL, reference="2")
    file = tmp_path / "wanda.zip"
    run = app.test_cli_runner().invoke

    several = run(disclose_command, [EMAIL, str(file)])
    one = run(disclose_command, [person.public_id, str(file)])

    assert several.exit_code == 1 and person.public_id in several.output
    assert one.exit_code == 0
    assert zipfile.ZipFile(file).namelist() == ["your-data.html", "your-data.json"]
    assert db.session.scalars(select(AuditEvent.action)).one() == "disclose"


def test_everybody_who_came_from_a_shop_system_goes_at_its_word(app, make):
    make.customer("Paula", source="hook")
    make.customer("Dora", source="shopify")
    make.customer("Pat", source="shopify")

    without_shop = erase(app, "--source", "shopify", "--yes")
    done = erase(app, "--source", "shopify", "--brand", "demo", "--yes")

    assert without_shop.exit_code == 2 and done.exit_code == 0
    assert list(db.session.scalars(select(Customer.name))) == ["Paula"]
