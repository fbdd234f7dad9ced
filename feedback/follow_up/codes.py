"""What the shop found (cause), what it did (resolution), and how a task ended (outcome).

Causes: first level of methodology 4.6; resolutions and outcomes: 4.8. What the customer complains
of is a theme of the code book and not repeated here.
"""

from surveys.code_book.themes import Label

RESOLUTIONS: dict[str, Label] = {
    "explained": Label("Explained", "Erklärt"),
    "apology": Label("Apology", "Entschuldigung"),
    "replacement": Label("Replacement", "Ersatz"),
    "refund": Label("Refund", "Erstattung"),
    "partial_refund": Label("Partial refund", "Teilerstattung"),
    "goodwill": Label("Goodwill gesture", "Kulanz"),
    "repair": Label("Repair", "Reparatur"),
    "process_fix": Label("Process fixed", "Ablauf verbessert"),
    "forwarded": Label("Forwarded to partner", "An Partner weitergegeben"),
    "nothing_possible": Label("Nothing possible", "Nichts möglich"),
}

UNKNOWN = "unknown"  # the cause that nobody found

CAUSES: dict[str, Label] = {
    "supplier": Label("Supplier", "Lieferant"),
    "warehouse": Label("Warehouse", "Lager"),
    "carrier": Label("Carrier", "Versanddienst"),
    "content": Label("Product content", "Produktangaben"),
    "pricing": Label("Pricing", "Preisgestaltung"),
    "it": Label("IT", "IT"),
    "service_process": Label("Service process", "Serviceablauf"),
    "policy": Label("Policy", "Regelung"),
    "customer_expectation": Label("Customer's expectation", "Erwartung der Kundin oder des Kunden"),
    "external": Label("External", "Äußere Umstände"),
    UNKNOWN: Label("Unknown", "Unbekannt"),
}

# What the customer says in the end, or the silence after the check-back: set by the system only.
VERIFIED_OUTCOMES: dict[str, Label] = {
    "recovered": Label("Recovered", "Zurückgewonnen"),
    "partly": Label("Partly recovered", "Teilweise zurückgewonnen"),
    "not_recovered": Label("Not recovered", "Nicht zurückgewonnen"),
    "unverified": Label("Unverified", "Nicht bestätigt"),
}

# Why a task was closed without a resolution.
CLOSING_OUTCOMES: dict[str, Label] = {
    "no_action": Label("No action needed", "Nichts zu tun"),
    "invalid": Label("Invalid", "Ungültig"),
    "duplicate": Label("Duplicate", "Doppelt"),
    "no_permission": Label("No permission to contact", "Kontakt nicht erlaubt"),
    "unreachable": Label("Unreachable", "Nicht erreichbar"),
}

OUTCOMES: dict[str, Label] = VERIFIED_OUTCOMES | CLOSING_OUTCOMES
