#!/bin/sh
# Collects every text for people, brings the German catalog up to date and compiles it.
set -eu
cd "$(dirname "$0")/.."
catalog=surveys/locales/de/LC_MESSAGES/messages
template=$(mktemp)
.venv/bin/pybabel -q extract -F tools/babel.cfg -k N_ -k lazy_gettext --omit-header --no-location --sort-output \
	-o "$template" surveys feedback
if [ -f "$catalog.po" ]; then
	.venv/bin/pybabel -q update -l de -i "$template" -o "$catalog.po" --ignore-pot-creation-date --no-wrap \
		--ignore-obsolete --no-fuzzy-matching
else
	mkdir -p "$(dirname "$catalog")"
	.venv/bin/pybabel -q init -l de -i "$template" -o "$catalog.po" --no-wrap
fi
.venv/bin/pybabel -q compile -l de -i "$catalog.po" -o "$catalog.mo"
rm -f "$template"
.venv/bin/python - "$catalog.po" <<'PYTHON'
import sys
from babel.messages.pofile import read_po
with open(sys.argv[1], "rb") as file:
    missing = [m.id for m in read_po(file, locale="de") if m.id and not m.string]
print(f"{len(missing)} texts wait for a German sentence.")
PYTHON
