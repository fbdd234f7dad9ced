import csv
import io
import json

from surveys.customers.consenting import note, take_basis
from surveys.customers.queries import permission_history
from surveys.customers.records import Permission
from surveys.database import db
from surveys.permission.exporting import as_csv, as_lines


def test_a_history_is_handed_out_whole_and_starts_no_formula(make, now):
    pat, olga = make.customer("Pat"), make.staff("=Olga()", "owner")
    take_basis(pat, Permission("opt_in", now, "=1+1", now), "api", now)
    note(pat, "objected", "staff", now, by=olga)
    db.session.flush()
    told, objected = as_lines(permission_history(pat))

    assert (told["kind"], told["at"], told["by"]) == ("told", "2026-03-10T11:00:00Z", None)
    assert told["evidence"]["text"] == "=1+1"
    assert (objected["kind"], objected["by"]) == ("objected", "=Olga()")
    rows = list(csv.reader(io.StringIO(as_csv(permission_history(pat)))))
    assert rows[0] == ["at", "kind", "basis", "source", "details"]
    assert json.loads(rows[1][4])["text"] == "=1+1"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
