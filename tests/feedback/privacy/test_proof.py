"""Proofs: keyed, and readable again."""

from datetime import UTC, datetime

from feedback.privacy.proof import address_hash, line_of, proof_of, read_lines, subject_hash


def test_a_hash_depends_on_the_secret_and_on_what_it_is_of():
    assert subject_hash("one", "x") != subject_hash("two", "x") != address_hash("two", "x")
    assert address_hash("one", " Dora@Example.test ") == address_hash("one", "dora@example.test")


def test_a_journal_is_read_again_but_for_a_line_cut_short():
    proof = proof_of("p1", datetime(2026, 3, 10, tzinfo=UTC), "s", None, {"customer": 1})

    assert read_lines(line_of(proof) + "\n" + line_of(proof)[:20]) == [proof]
