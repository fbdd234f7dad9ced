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
    "why_work": "{shop} pisze do Pana/Pani, aby poznać opinię o {shop} jako miejscu pracy.",
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

OWN_DATA: dict[str, Any] = {
    "subject": {
        "disclosure": "Pana/Pani dane w sklepie {shop}",
        "erasure": "Usunąć Pana/Pani dane w sklepie {shop}?",
    },
    "greeting": "Dzień dobry, {name},",
    "greeting_unnamed": "Dzień dobry,",
    "please": {
        "disclosure": "Otrzymaliśmy pytanie, co {shop} zapisał o Panu/Pani. Proszę otworzyć tę stronę w ciągu godziny i"
        " nacisnąć przycisk; link działa jeden raz:",
        "erasure": "Otrzymaliśmy prośbę, aby {shop} usunął to, co zapisano o Panu/Pani. Proszę otworzyć tę stronę w"
        " ciągu godziny i nacisnąć przycisk; link działa jeden raz:",
    },
    "ignore": "Jeśli to nie była Pana/Pani prośba, nie trzeba nic robić. Ktoś ma wtedy link do Pana/Pani strony"
    " w sklepie {shop}, może z wiadomości przekazanej dalej; bez powyższego linku nic nie zostanie"
    " wydane ani usunięte.",
}

# Reasons to tick, by the codes of the code book.
REASONS: dict[str, str] = {
    "DELIVERY": "Dostawa",
    "PACKAGING": "Opakowanie",
    "PRODUCT_QUALITY": "Jakość",
    "PRODUCT_FIT": "Rozmiar lub smak",
    "DESCRIPTION": "Opis w sklepie",
    "ORDER_ACCURACY": "Błędne lub brakujące artykuły",
    "PRICE": "Cena",
    "PAYMENT": "Płatność",
    "RETURNS": "Zwrot",
    "SUPPORT": "Obsługa klienta",
    "WEBSITE": "Strona lub aplikacja",
    "AVAILABILITY": "Dostępność towaru",
    "SETUP": "Montaż i uruchomienie",
    "COMMUNICATION": "Wiadomości i reklama",
    "SAFETY_LEGAL": "Bezpieczeństwo lub moje prawa",
    "PRAISE": "Jestem zadowolony/a",
    "OTHER": "Coś innego",
    "DELIVERY.LATE": "Dotarło za późno",
    "DELIVERY.NOT_RECEIVED": "Nie dotarło wcale",
    "DELIVERY.PARTIAL": "Dotarła tylko część",
    "DELIVERY.DAMAGED": "Paczka była uszkodzona",
    "DELIVERY.WRONG_PLACE": "Dostarczono w niewłaściwe miejsce",
    "DELIVERY.CARRIER": "Osoba dostarczająca paczkę",
    "DELIVERY.TRACKING": "Nie dało się śledzić paczki",
    "PACKAGING.TOO_MUCH": "Za dużo opakowania",
    "PACKAGING.PLASTIC": "Za dużo plastiku",
    "PACKAGING.GIFT_WRAP": "Opakowanie na prezent",
    "PRODUCT_QUALITY.DEFECTIVE": "Dotarło niesprawne",
    "PRODUCT_QUALITY.FAILED_LATER": "Zepsuło się później",
    "PRODUCT_QUALITY.MATERIAL": "Materiał lub wykończenie",
    "PRODUCT_QUALITY.DURABILITY": "Jest nietrwałe",
    "PRODUCT_QUALITY.SPOILED": "Było nieświeże",
    "PRODUCT_FIT.TOO_SMALL": "Za małe",
    "PRODUCT_FIT.TOO_LARGE": "Za duże",
    "PRODUCT_FIT.COLOUR": "Kolor",
    "PRODUCT_FIT.STYLE": "Styl",
    "PRODUCT_FIT.TASTE": "Smak lub zapach",
    "DESCRIPTION.NOT_AS_DESCRIBED": "Niezgodne z opisem",
    "DESCRIPTION.PHOTO": "Na zdjęciu wygląda inaczej",
    "DESCRIPTION.COMPATIBILITY": "Nie pasuje do moich rzeczy",
    "DESCRIPTION.INSTRUCTIONS": "Instrukcja",
    "ORDER_ACCURACY.WRONG_ITEM": "Przyszedł niewłaściwy artykuł",
    "ORDER_ACCURACY.MISSING_ITEM": "Czegoś brakowało",
    "ORDER_ACCURACY.WRONG_VARIANT": "Zły rozmiar, kolor lub ilość",
    "PRICE.TOO_EXPENSIVE": "Za drogo",
    "PRICE.CHANGED": "Cena się zmieniła",
    "PRICE.SHIPPING": "Koszty wysyłki",
    "PRICE.VOUCHER": "Mój bon nie zadziałał",
    "PAYMENT.CHARGED_TWICE": "Pobrano opłatę dwa razy",
    "PAYMENT.REFUND": "Zwrot pieniędzy się spóźnia lub go nie ma",
    "PAYMENT.METHOD": "Sposoby płatności",
    "PAYMENT.INVOICE": "Faktura",
    "RETURNS.UNCLEAR": "Nie było jasne, co zrobić",
    "RETURNS.LABEL": "Etykieta zwrotna",
    "RETURNS.COST": "Kosztowało mnie to pieniądze",
    "RETURNS.REFUSED": "Nie został przyjęty",
    "RETURNS.SLOW": "Trwało to za długo",
    "SUPPORT.NO_ANSWER": "Nie było odpowiedzi",
    "SUPPORT.SLOW": "Odpowiedź przyszła za późno",
    "SUPPORT.UNFRIENDLY": "Potraktowano mnie nieuprzejmie",
    "SUPPORT.INCOMPETENT": "Nie potrafiono mi pomóc",
    "SUPPORT.PROMISE_BROKEN": "Nie dotrzymano obietnicy",
    "SUPPORT.REPEATED": "Trzeba było wszystko tłumaczyć od nowa",
    "WEBSITE.SEARCH": "Szukanie i znajdowanie",
    "WEBSITE.CHECKOUT": "Składanie zamówienia",
    "WEBSITE.ACCOUNT": "Moje konto lub logowanie",
    "WEBSITE.SPEED": "Działa wolno",
    "WEBSITE.ACCESSIBILITY": "Nie dało się z niej korzystać",
    "COMMUNICATION.TOO_MANY": "Za dużo e-maili",
    "COMMUNICATION.MISLEADING": "Obietnica, która nie była prawdziwa",
    "SAFETY_LEGAL.INJURY": "Jest niebezpieczne lub ktoś się zranił",
    "SAFETY_LEGAL.ALLERGEN": "Alergen",
    "SAFETY_LEGAL.DATA_PROTECTION": "Co dzieje się z moimi danymi",
    "SAFETY_LEGAL.CONSUMER_RIGHTS": "Moje prawa jako klienta",
    "PRAISE.PRODUCT": "Produkt",
    "PRAISE.SPEED": "Szybkość",
    "PRAISE.PERSON": "Ludzie",
    "PRAISE.PACKAGING": "Sposób zapakowania",
}
