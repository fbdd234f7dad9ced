"""The journal beside the database."""

from feedback.privacy.journaling import NAME, write_down, written
from feedback.privacy.models import Erasure


def test_every_proof_is_written_down_once(make, now, tmp_path):
    make.keep(Erasure(at=now, way="page", subject_hash="a" * 64, counts={"customer": 1}))

    assert (write_down(tmp_path), write_down(tmp_path)) == (1, 0)

    proof = written(tmp_path / NAME)[0]
    assert (proof.subject, proof.at, proof.address, proof.counts) == (
        "a" * 64,
        now.isoformat(),
        None,
        {"customer": 1},
    )


def test_without_a_journal_there_are_no_proofs(tmp_path):
    assert written(tmp_path / NAME) == []
