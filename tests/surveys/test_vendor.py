"""The vendored files are those that tools/vendor/vendor.sh copied, and their licences came along."""

from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[2]
VENDOR = ROOT / "surveys" / "static" / "vendor"


def manifest() -> dict[str, str]:
    """Return path → sha256 as written by `sha256sum`."""
    lines = (VENDOR / "MANIFEST.sha256").read_text().splitlines()
    return {path.removeprefix("./"): digest for digest, path in (line.split("  ", 1) for line in lines)}


def test_every_vendored_file_is_the_one_in_the_manifest():
    present = {
        str(path.relative_to(VENDOR)): sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "MANIFEST.sha256"
    }
    assert present == manifest()


def test_every_vendored_package_brings_its_licence():
    packages = {path.name for path in VENDOR.iterdir() if path.is_dir()}
    assert packages == {"htmx", "inter"}
    assert all((VENDOR / package / "LICENSE").stat().st_size > 200 for package in packages)


def test_the_lock_file_names_no_registry():
    assert "resolved" not in (ROOT / "tools" / "vendor" / "package-lock.json").read_text()
