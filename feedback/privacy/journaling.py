"""The journal of proofs beside the database: a restored copy may be older than the erasures it must repeat."""

from pathlib import Path

from feedback.privacy.models import Erasure
from feedback.privacy.proof import Proof, line_of, proof_of, read_lines
from feedback.privacy.queries import every_erasure

NAME = "erasures.jsonl"


def write_down(folder: Path) -> int:
    """Append the stored proofs that the journal does not hold yet; return how many. Call it after the commit."""
    known = {proof.id for proof in written(folder / NAME)}
    new = [as_proof(row) for row in every_erasure() if row.public_id not in known]
    if new:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / NAME).open("a", encoding="utf-8") as journal:
            journal.writelines(f"{line_of(proof)}\n" for proof in new)
    return len(new)


def written(journal: Path) -> list[Proof]:
    """Return the proofs of a journal; none when there is no such file."""
    return read_lines(journal.read_text(encoding="utf-8")) if journal.is_file() else []


def as_proof(row: Erasure) -> Proof:
    """Return a stored erasure as a proof."""
    return proof_of(row.public_id, row.at, row.subject_hash, row.address_hash, row.counts)
