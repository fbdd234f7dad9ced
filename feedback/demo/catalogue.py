"""What the demo's two shops sell, to whom, and who carries it. All names are invented.

A product's own name is a made-up word; in English it is said with its article, so that it can
stand in the middle of a customer's sentence ("I like the Olmo").
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Product:
    """Something a shop sells; `price` in minor units of EUR, tax included."""

    sku: str
    name: str
    kind_en: str
    kind_de: str
    category_en: str
    category_de: str
    price: int

    def title(self, language: str) -> str:
        """Return the line of an order, such as "Pepper mill Olmo"."""
        return f"{self.kind_de if language == 'de' else self.kind_en} {self.name}"

    def category(self, language: str) -> str:
        """Return the shop's shelf."""
        return self.category_de if language == "de" else self.category_en

    def said(self, language: str) -> str:
        """Return what a customer calls it in the middle of a sentence."""
        return self.name if language == "de" else f"the {self.name}"


@dataclass(frozen=True)
class DemoBrand:
    """One shop of the demo."""

    key: str
    name: str
    colour: str
    domain: str
    share: float  # of all orders
    products: tuple[Product, ...]
    check_back_after_days: int


@dataclass(frozen=True)
class Country:
    """Where customers live: share of customers, languages, zone, currency and who carries parcels there."""

    code: str
    share: float
    locales: tuple[tuple[str, float], ...]
    time_zone: str
    currency: str
    carriers: tuple[tuple[str, float], ...]


EASY, QUICK, CITY, ALPINE = "Leichtpost", "Flinkpaket", "Stadtbote", "Bergbote"
CARRIERS = (EASY, QUICK, CITY, ALPINE)

COUNTRIES = (
    Country("DE", 0.38, (("de", 0.92), ("en", 0.08)), "Europe/Berlin", "EUR", ((QUICK, 0.6), (CITY, 0.4))),
    Country(
        "AT", 0.24, (("de-AT", 0.95), ("en", 0.05)), "Europe/Vienna", "EUR", ((ALPINE, 0.75), (CITY, 0.25))
    ),
    Country("GB", 0.18, (("en-GB", 1.0),), "Europe/London", "GBP", ((EASY, 0.8), (CITY, 0.2))),
    Country("NL", 0.11, (("en", 1.0),), "Europe/Amsterdam", "EUR", ((EASY, 0.55), (QUICK, 0.45))),
    Country("CH", 0.09, (("de-CH", 0.9), ("en", 0.1)), "Europe/Zurich", "CHF", ((ALPINE, 0.6), (EASY, 0.4))),
)

SHIPPING = 490  # minor units, on every order
KITCHEN, TABLE, LIVING = ("Kitchen", "Küche"), ("Table", "Tisch"), ("Living", "Wohnen")
TOOLS, WRITING, BAGS = ("Tools", "Werkzeug"), ("Writing", "Schreiben"), ("Bags", "Taschen")


def product(sku: str, name: str, kinds: tuple[str, str], shelf: tuple[str, str], price: int) -> Product:
    """Return a product from its words in English and German."""
    return Product(sku, name, *kinds, *shelf, price)


HOME = (
    product("KI-101", "Olmo", ("Pepper mill", "Pfeffermühle"), KITCHEN, 3490),
    product("KI-102", "Tavo", ("Chopping board", "Schneidebrett"), KITCHEN, 4290),
    product("KI-103", "Runa", ("Saucepan", "Kochtopf"), KITCHEN, 6900),
    product("KI-104", "Pippa", ("Teapot", "Teekanne"), KITCHEN, 3990),
    product("TA-201", "Lumi", ("Mug", "Becher"), TABLE, 1490),
    product("TA-202", "Solena", ("Set of bowls", "Schalen-Set"), TABLE, 4490),
    product("TA-203", "Fjella", ("Table runner", "Tischläufer"), TABLE, 2790),
    product("TA-204", "Karo", ("Napkins", "Servietten"), TABLE, 1890),
    product("LI-301", "Nubo", ("Throw", "Wolldecke"), LIVING, 7900),
    product("LI-302", "Alba", ("Reading lamp", "Leselampe"), LIVING, 8900),
    product("LI-303", "Mika", ("Cushion", "Kissen"), LIVING, 2990),
    product("LI-304", "Vesna", ("Vase", "Vase"), LIVING, 3290),
)
FINE = (
    product("TO-11", "Klemmo", ("Pocket tool", "Taschenwerkzeug"), TOOLS, 5900),
    product("TO-12", "Ferrit", ("Folding rule", "Zollstock"), TOOLS, 1990),
    product("TO-13", "Ronda", ("Garden shears", "Gartenschere"), TOOLS, 4900),
    product("WR-21", "Linea", ("Fountain pen", "Füllhalter"), WRITING, 6490),
    product("WR-22", "Folio", ("Notebook", "Notizbuch"), WRITING, 1690),
    product("WR-23", "Grafo", ("Pencil set", "Bleistift-Set"), WRITING, 2290),
    product("BA-31", "Kurier", ("Shoulder bag", "Umhängetasche"), BAGS, 12900),
    product("BA-32", "Etto", ("Pencil case", "Etui"), BAGS, 3490),
    product("BA-33", "Monte", ("Rucksack", "Rucksack"), BAGS, 14900),
)
BRANDS = (
    DemoBrand("demo", "Demo Shop", "#0f4c5c", "demo-shop.example", 0.68, HOME, 0),
    DemoBrand("feinwerk", "Feinwerk", "#6b3f1d", "feinwerk.example", 0.32, FINE, 3),
)
