"""Polish."""

from typing import Any

PERMISSION = "Czy {shop} może skontaktować się z Panem/Panią w sprawie tej odpowiedzi?"
REASON = "Jaki jest główny powód tej odpowiedzi?"
WRONG = "Co poszło nie tak?"
LIKED = "Co podobało się Panu/Pani najbardziej?"

QUESTIONS: dict[str, dict[str, Any]] = {
    "nps": {
        "question": "Jak prawdopodobne jest, że poleci Pan/Pani {shop} znajomemu lub współpracownikowi?",
        "low": "W ogóle nieprawdopodobne",
        "high": "Bardzo prawdopodobne",
        "why": {
            "": "Jaki jest główny powód tej oceny?",
            "detractor": WRONG,
            "passive": "Czego zabrakło do wyższej oceny?",
            "promoter": LIKED,
        },
        "permission": PERMISSION,
    },
    "csat": {
        "question": "Ogólnie, jak bardzo jest Pan/Pani zadowolony/a z zamówienia w sklepie {shop}?",
        "points": [
            "Bardzo niezadowolony/a",
            "Niezadowolony/a",
            "Ani zadowolony/a, ani niezadowolony/a",
            "Zadowolony/a",
            "Bardzo zadowolony/a",
        ],
        "why": {
            "": REASON,
            "dissatisfied": WRONG,
            "neutral": "Czego zabrakło?",
            "satisfied": LIKED,
        },
        "permission": PERMISSION,
    },
    "ces7": {
        "question": "W jakim stopniu zgadza się Pan/Pani z następującym stwierdzeniem:"
        " „{shop} ułatwił mi załatwienie mojej sprawy.”",
        "low": "Zdecydowanie się nie zgadzam",
        "high": "Zdecydowanie się zgadzam",
        "why": {
            "": REASON,
            "difficult": "Co sprawiło trudność?",
            "neutral": "Co ułatwiłoby sprawę?",
            "easy": "Co sprawiło, że było to łatwe?",
        },
        "permission": PERMISSION,
    },
    "check_back": {
        "question": "Czy Pana/Pani sprawa w sklepie {shop} jest załatwiona?",
        "points": ["Tak", "Częściowo", "Nie"],
        "why": {"": "Czy chce Pan/Pani coś dodać?"},
    },
}

LETTER: dict[str, Any] = {
    "subject": {
        "order": "Jak przebiegło zamówienie w sklepie {shop}?",
        "help": "Czy łatwo było uzyskać pomoc od {shop}?",
        "work": "Jak się pracuje w {shop}?",
        "without": "Jak czułby się Pan/czułaby się Pani bez {shop}?",
        "solved": "Czy Pana/Pani sprawa w sklepie {shop} jest załatwiona?",
    },
    "subject_overall": {
        "order": "Jak bardzo jest Pan/Pani zadowolony/a ze sklepu {shop}?",
        "help": "Czy łatwo jest uzyskać pomoc od {shop}?",
        "work": "Jak się pracuje w {shop}?",
        "without": "Jak czułby się Pan/czułaby się Pani bez {shop}?",
    },
    "greeting": "Dzień dobry, {name},",
    "greeting_unnamed": "Dzień dobry,",
    "ordered": "Dnia {date} zamówiono „{product}” w sklepie {shop} (zamówienie {reference}).",
    "ordered_unnamed": "Dnia {date} złożono zamówienie w sklepie {shop} (zamówienie {reference}).",
    "please": {
        "order": "Chcielibyśmy wiedzieć, jak było; pomoże nam jedno kliknięcie i, jeśli zechce Pan/Pani, jedno zdanie.",
        "help": "Chcielibyśmy wiedzieć, czy łatwo było uzyskać pomoc; wystarczy jedno kliknięcie i,"
        " jeśli zechce Pan/Pani, jedno zdanie.",
        "work": "Chcielibyśmy wiedzieć, jak ocenia nas Pan/Pani jako miejsce pracy; pomoże nam jedno kliknięcie i,"
        " jeśli zechce Pan/Pani, jedno zdanie.",
        "without": "Chcielibyśmy wiedzieć, jak ważni dla Pana/Pani jesteśmy; pomoże nam jedno kliknięcie i,"
        " jeśli zechce Pan/Pani, jedno zdanie.",
    },
    "please_overall": {
        "order": "Kupuje Pan/Pani w sklepie {shop} i chcielibyśmy wiedzieć, jak nas Pan/Pani ogólnie ocenia;"
        " pomoże nam jedno kliknięcie i, jeśli zechce Pan/Pani, jedno zdanie.",
        "help": "Kupuje Pan/Pani w sklepie {shop} i chcielibyśmy wiedzieć, czy łatwo jest uzyskać pomoc;"
        " wystarczy jedno kliknięcie i, jeśli zechce Pan/Pani, jedno zdanie.",
        "work": "Chcielibyśmy wiedzieć, jak ocenia Pan/Pani {shop} jako miejsce pracy; pomoże nam jedno kliknięcie i,"
        " jeśli zechce Pan/Pani, jedno zdanie.",
        "without": "Kupuje Pan/Pani w sklepie {shop} i chcielibyśmy wiedzieć, jak ważni dla Pana/Pani jesteśmy;"
        " pomoże nam jedno kliknięcie i, jeśli zechce Pan/Pani, jedno zdanie.",
    },
    "reminder": "Przypomnienie: {subject}",
    "reminds": "Pytaliśmy o to już kilka dni temu. Jeśli nie ma Pan/Pani na to czasu, nie trzeba nic robić.",
    "solved": "Zgłoszono nam, że coś poszło nie tak, i sądzimy, że sprawa jest już załatwiona.",
    "solved_order": "Zgłoszono nam, że coś poszło nie tak z zamówieniem {reference},"
    " i sądzimy, że sprawa jest już załatwiona.",
    "how": "Kliknięcie otwiera stronę z odpowiedzią; liczy się ona, gdy naciśnie tam Pan/Pani „Wyślij”.",
    "answer": "Odpowiedź tutaj:",
    "anonymous": "Odpowiedź jest anonimowa: zapisujemy ją bez Pana/Pani imienia i nazwiska, zamówienia i godziny."
    " To, co napisze Pan/Pani do nas w mailu, anonimowe nie jest.",
    "thanks": "Dziękujemy",
    "why": "{shop} pisze do Pana/Pani, ponieważ złożono tam zamówienie.",
    "why_customer": "{shop} pisze do Pana/Pani jako klienta lub klientki.",
    "reply": "Odpowiedź na tę wiadomość przeczyta człowiek.",
    "stop": "W każdej chwili może Pan/Pani sprzeciwić się takim pytaniom, bez kosztów innych niż koszt połączenia:",
    "stop_link": "Żadnych więcej pytań od {shop}",
    "own_page": "Pana/Pani odpowiedzi, przerwa, dane",
    "follow_up": "Co Pan/Pani odpowiedział/a i co się z tym stało:",
    "privacy": "Informacja o ochronie danych",
    "date": "d MMMM y",
}

CONSENT: dict[str, str] = {
    "subject": "Proszę potwierdzić: czy {shop} może pytać o przebieg Pana/Pani zamówień?",
    "greeting": "Dzień dobry, {name},",
    "greeting_unnamed": "Dzień dobry,",
    "why": "{shop} otrzymał informację, że zgadza się Pan/Pani na pytania e-mailem o przebieg zamówień.",
    "please": "Jeśli to prawda, proszę otworzyć tę stronę i nacisnąć przycisk. Link jest ważny do {date}:",
    "ignore": "Jeśli to nieprawda, nie trzeba nic robić: bez potwierdzenia nie otrzyma Pan/Pani takich pytań.",
    "agree": "Tak, {shop} może pytać mnie e-mailem o przebieg moich zamówień. Zgodę mogę wycofać w każdej chwili,"
    " korzystając z linku w każdej takiej wiadomości.",
    "date": "d MMMM y",
}
