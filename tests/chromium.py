"""Which browser the browser tests use."""

import os
import shutil
import subprocess
from pathlib import Path

# The shell without windows first: it starts quicker, and the tests need no window.
DEBIAN_NAMES = ("chromium-headless-shell", "chromium")
CHROMIUM_NAMES = (*DEBIAN_NAMES, "chromium-browser", "google-chrome", "google-chrome-stable")


def installed_chromium() -> str | None:
    """Return the Chromium of CHROMIUM, else the first that is installed, or None."""
    named = os.environ.get("CHROMIUM")
    return next(filter(None, map(shutil.which, [named] if named else CHROMIUM_NAMES)), None)


def find_chromium() -> str | None:
    """Return an installed Chromium, or Debian's package when we are root there and none was named."""
    found = installed_chromium()
    if found or os.environ.get("CHROMIUM") or os.geteuid() != 0 or not Path("/etc/debian_version").exists():
        return found
    print("Installing Debian's chromium for the browser tests …", flush=True)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
    subprocess.run(["apt-get", "update"], **quiet)
    install = ["apt-get", "install", "-y", "--no-install-recommends"]
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for name in DEBIAN_NAMES:
        subprocess.run([*install, name], env=environ, **quiet)
        if found := shutil.which(name):
            return found
    return None
