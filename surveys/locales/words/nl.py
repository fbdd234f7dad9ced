"""Dutch."""

from typing import Any

PERMISSION = "Mag {shop} contact met u opnemen over dit antwoord?"
REASON = "Wat is de belangrijkste reden voor uw antwoord?"
WRONG = "Wat ging er mis?"
LIKED = "Wat beviel u het meest?"

QUESTIONS: dict[str, dict[str, Any]] = {
    "nps": {
        "question": "Hoe waarschijnlijk is het dat u {shop} zou aanbevelen aan een vriend of collega?",
        "low": "Helemaal niet waarschijnlijk",
        "high": "Zeer waarschijnlijk",
        "why": {
            "": "Wat is de belangrijkste reden voor uw cijfer?",
            "detractor": WRONG,
            "passive": "Wat ontbrak er voor een hoger cijfer?",
            "promoter": LIKED,
        },
        "permission": PERMISSION,
    },
    "csat": {
        "question": "Hoe tevreden bent u over het geheel genomen over uw bestelling bij {shop}?",
        "points": [
            "Zeer ontevreden",
            "Ontevreden",
            "Niet tevreden, niet ontevreden",
            "Tevreden",
            "Zeer tevreden",
        ],
        "why": {
            "": REASON,
            "dissatisfied": WRONG,
            "neutral": "Wat ontbrak er?",
            "satisfied": LIKED,
        },
        "permission": PERMISSION,
    },
    "ces7": {
        "question": "In hoeverre bent u het eens met de volgende stelling?"
        " “{shop} maakte het mij gemakkelijk om mijn probleem op te lossen.”",
        "low": "Helemaal mee oneens",
        "high": "Helemaal mee eens",
        "why": {
            "": REASON,
            "difficult": "Wat maakte het moeilijk?",
            "neutral": "Wat had het gemakkelijker gemaakt?",
            "easy": "Wat maakte het gemakkelijk?",
        },
        "permission": PERMISSION,
    },
    "check_back": {
        "question": "Is uw probleem met {shop} opgelost?",
        "points": ["Ja", "Gedeeltelijk", "Nee"],
        "why": {"": "Wilt u nog iets toevoegen?"},
    },
}

LETTER: dict[str, Any] = {
    "subject": {
        "order": "Hoe was uw bestelling bij {shop}?",
        "help": "Was het gemakkelijk om hulp te krijgen van {shop}?",
        "work": "Hoe is het om bij {shop} te werken?",
        "without": "Hoe zou u zich voelen zonder {shop}?",
        "solved": "Is uw probleem met {shop} opgelost?",
    },
    "subject_overall": {
        "order": "Hoe tevreden bent u over {shop}?",
        "help": "Is het gemakkelijk om hulp te krijgen van {shop}?",
        "work": "Hoe is het om bij {shop} te werken?",
        "without": "Hoe zou u zich voelen zonder {shop}?",
    },
    "greeting": "Beste {name},",
    "greeting_unnamed": "Goedendag,",
    "ordered": "Op {date} hebt u “{product}” besteld bij {shop} (bestelling {reference}).",
    "ordered_unnamed": "Op {date} hebt u een bestelling geplaatst bij {shop} (bestelling {reference}).",
    "please": {
        "order": "We willen graag weten hoe het was; met één klik en, als u wilt, één zin helpt u ons.",
        "help": "We willen graag weten of u gemakkelijk hulp kreeg; één klik en, als u wilt, één zin is genoeg.",
        "work": "We willen graag weten hoe u ons als werkgever ziet; met één klik en, als u wilt, één zin helpt u ons.",
        "without": "We willen graag weten hoe belangrijk we voor u zijn; met één klik en, als u wilt, één zin"
        " helpt u ons.",
    },
    "please_overall": {
        "order": "U bent klant van {shop} en we willen graag weten hoe u ons in het algemeen ziet; met één klik en,"
        " als u wilt, één zin helpt u ons.",
        "help": "U bent klant van {shop} en we willen graag weten of het gemakkelijk is om hulp te krijgen; één klik en,"
        " als u wilt, één zin is genoeg.",
        "work": "We willen graag weten hoe u {shop} als werkgever ziet; met één klik en, als u wilt, één zin"
        " helpt u ons.",
        "without": "U bent klant van {shop} en we willen graag weten hoe belangrijk we voor u zijn; met één klik en,"
        " als u wilt, één zin helpt u ons.",
    },
    "reminder": "Herinnering: {subject}",
    "reminds": "We hebben u dit een paar dagen geleden al gevraagd. Als u er geen tijd voor hebt, hoeft u niets te doen.",
    "solved": "U liet ons weten dat er iets was misgegaan, en we denken dat het nu in orde is.",
    "solved_order": "U liet ons weten dat er iets was misgegaan met uw bestelling {reference},"
    " en we denken dat het nu in orde is.",
    "how": "Een klik opent een pagina met uw antwoord; het telt zodra u daar op “Versturen” drukt.",
    "answer": "Antwoord hier:",
    "anonymous": "Uw antwoord is anoniem: we bewaren het zonder uw naam, uw bestelling of het tijdstip."
    " Wat u ons in een mail schrijft, is dat niet.",
    "thanks": "Hartelijk dank",
    "why": "{shop} schrijft u omdat u daar iets hebt besteld.",
    "why_customer": "{shop} schrijft u omdat u daar klant bent.",
    "reply": "Een antwoord op deze e-mail komt bij een mens terecht.",
    "stop": "U kunt op elk moment bezwaar maken tegen zulke vragen, zonder andere kosten dan die van uw verbinding:",
    "stop_link": "Geen vragen meer van {shop}",
    "own_page": "Uw antwoorden, een pauze, uw gegevens",
    "follow_up": "Wat u hebt geantwoord en wat ermee is gebeurd:",
    "privacy": "Privacyverklaring",
    "date": "d MMMM y",
}

CONSENT: dict[str, str] = {
    "subject": "Graag bevestigen: mag {shop} u vragen hoe uw bestellingen zijn verlopen?",
    "greeting": "Beste {name},",
    "greeting_unnamed": "Goedendag,",
    "why": "{shop} heeft vernomen dat u ermee instemt om per e-mail gevraagd te worden"
    " hoe uw bestellingen zijn verlopen.",
    "please": "Als dat klopt, open dan deze pagina en druk daar op de knop. De link is geldig tot en met {date}:",
    "ignore": "Als het niet klopt, hoeft u niets te doen: zonder uw bevestiging krijgt u zulke vragen niet.",
    "agree": "Ja, {shop} mag mij per e-mail vragen hoe mijn bestellingen zijn verlopen. Ik kan dit op elk moment"
    " intrekken via de link in elk van deze e-mails.",
    "date": "d MMMM y",
}
