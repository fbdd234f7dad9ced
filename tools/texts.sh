#!/bin/sh
# Collects the texts for people, brings the catalogs up to date and compiles them: the German one with every text,
# the others with what customers read.
set -eu
cd "$(dirname "$0")/.."
template=$(mktemp)

collect() { # MAPPING FOLDER…
	mapping=$1
	shift
	.venv/bin/pybabel -q extract -F "$mapping" -k N_ -k lazy_gettext --omit-header --no-location --sort-output \
		-o "$template" "$@"
}

bring_up_to_date() { # LANGUAGE
	catalog=surveys/locales/$1/LC_MESSAGES/messages
	.venv/bin/pybabel -q update -l "$1" -i "$template" -o "$catalog.po" --ignore-pot-creation-date --no-wrap \
		--ignore-obsolete --no-fuzzy-matching
	.venv/bin/pybabel -q compile -l "$1" -i "$catalog.po" -o "$catalog.mo"
	.venv/bin/python - "$1" "$catalog.po" <<'PYTHON'
import sys
from babel.messages.pofile import read_po
with open(sys.argv[2], "rb") as file:
    missing = [m.id for m in read_po(file, locale=sys.argv[1]) if m.id and not (all(m.string) if m.pluralizable else m.string)]
print(f"{sys.argv[1]}: {len(missing)} texts wait for a sentence.")
PYTHON
}

collect tools/babel.cfg surveys feedback
bring_up_to_date de
collect tools/customers.cfg surveys feedback
for language in fr es it nl pl; do
	bring_up_to_date "$language"
done
rm -f "$template"
