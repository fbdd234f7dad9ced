"""Names for the demo's customers: common first names and surnames, put together by chance."""

import random
import unicodedata
from dataclasses import dataclass

FIRST_DE_WORDS = """
    Anna Lukas Marie Jonas Lena Paul Sophie Felix Laura Max Julia Simon Lisa David Sarah Florian Katharina
    Tobias Eva Michael Johanna Stefan Theresa Andreas Magdalena Thomas Barbara Martin Elisabeth Georg Hannah
    Moritz Clara Emil Greta Anton Ida Oskar Frieda Jakob Mathilda Valentin Rosa Konrad Helene Leopold
"""
LAST_DE_WORDS = """
    Müller Schmidt Schneider Fischer Weber Wagner Becker Hoffmann Schäfer Koch Bauer Richter Klein Wolf
    Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Gruber Huber Steiner Moser Mayer
    Pichler Berger Leitner Eder Fuchs Egger Brunner Lechner Aigner Haas Winkler Reiter Keller Frei Meier
    Baumann Graf Vogel Böhm Arnold
"""
FIRST_EN_WORDS = """
    Olivia George Amelia Harry Isla Jack Emily Oliver Sophia Thomas Grace Charlie Lily William Freya James
    Ella Henry Alice Edward Florence Arthur Daisy Leo Ruby Theo Martha Hugo Eleanor Samuel Nora Daan Emma Sem
    Tess Lucas Anouk Bram Sanne Thijs Femke Ruben
"""
LAST_EN_WORDS = """
    Smith Jones Taylor Brown Williams Wilson Johnson Davies Evans Thomas Roberts Walker Wright Robinson
    Thompson White Hughes Edwards Green Hall Wood Harris Lewis Martin Clarke Cooper King Ward Turner Hill
    Moore Baker Morris Bell Jansen Bakker Visser Smit Meijer Mulder Bos Vos Peters Hendriks Dekker
"""
FIRST = {"de": FIRST_DE_WORDS.split(), "en": FIRST_EN_WORDS.split()}
LAST = {"de": LAST_DE_WORDS.split(), "en": LAST_EN_WORDS.split()}
SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True)
class Person:
    """A made-up customer; the address is of a domain that mail never reaches (RFC 2606)."""

    name: str
    email: str


def person(chance: random.Random, language: str, number: int) -> Person:
    """Return somebody with a name common in that language (en or de); `number` keeps addresses apart."""
    first = chance.choice(FIRST[language])
    last = chance.choice(LAST[language])
    return Person(f"{first} {last}", f"{spelled(first)}.{spelled(last)}.{number}@example.test")


def spelled(name: str) -> str:
    """Return a name as it stands in an address: lower case, without umlauts and accents."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(SPELLED))
    return plain.encode("ascii", "ignore").decode()
