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
    "why_work": "{shop} schrijft u om te weten hoe u {shop} als werkgever ziet.",
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

OWN_DATA: dict[str, Any] = {
    "subject": {
        "disclosure": "Uw gegevens bij {shop}",
        "erasure": "Uw gegevens bij {shop} wissen?",
    },
    "greeting": "Beste {name},",
    "greeting_unnamed": "Goedendag,",
    "please": {
        "disclosure": "U hebt gevraagd wat {shop} over u heeft opgeslagen. Open deze pagina binnen een uur en druk daar"
        " op de knop; de link werkt één keer:",
        "erasure": "U hebt {shop} gevraagd te wissen wat over u is opgeslagen. Open deze pagina binnen een uur en"
        " druk daar op de knop; de link werkt één keer:",
    },
    "ignore": "Als u hier niet om hebt gevraagd, hoeft u niets te doen. Dan heeft iemand een link naar uw"
    " pagina bij {shop}, misschien uit een e-mail die u hebt doorgestuurd; zonder de link hierboven"
    " wordt niets verstrekt en niets gewist.",
}

# Reasons to tick, by the codes of the code book.
REASONS: dict[str, str] = {
    "DELIVERY": "De bezorging",
    "PACKAGING": "De verpakking",
    "PRODUCT_QUALITY": "De kwaliteit",
    "PRODUCT_FIT": "De pasvorm of de smaak",
    "DESCRIPTION": "De beschrijving in de winkel",
    "ORDER_ACCURACY": "Verkeerde of ontbrekende artikelen",
    "PRICE": "De prijs",
    "PAYMENT": "Het betalen",
    "RETURNS": "Het terugsturen",
    "SUPPORT": "De klantenservice",
    "WEBSITE": "De website of app",
    "AVAILABILITY": "Wat er op voorraad was",
    "SETUP": "Het monteren en installeren",
    "COMMUNICATION": "Berichten en reclame",
    "SAFETY_LEGAL": "Veiligheid of mijn rechten",
    "PRAISE": "Ik was tevreden",
    "OTHER": "Iets anders",
    "DELIVERY.LATE": "Het kwam te laat",
    "DELIVERY.NOT_RECEIVED": "Het is nooit aangekomen",
    "DELIVERY.PARTIAL": "Er kwam maar een deel",
    "DELIVERY.DAMAGED": "Het pakket was beschadigd",
    "DELIVERY.WRONG_PLACE": "Het is op de verkeerde plek bezorgd",
    "DELIVERY.CARRIER": "De bezorger",
    "DELIVERY.TRACKING": "Ik kon het pakket niet volgen",
    "PACKAGING.TOO_MUCH": "Te veel verpakking",
    "PACKAGING.PLASTIC": "Te veel plastic",
    "PACKAGING.GIFT_WRAP": "De cadeauverpakking",
    "PRODUCT_QUALITY.DEFECTIVE": "Het kwam kapot aan",
    "PRODUCT_QUALITY.FAILED_LATER": "Het ging later kapot",
    "PRODUCT_QUALITY.MATERIAL": "Het materiaal of de afwerking",
    "PRODUCT_QUALITY.DURABILITY": "Het gaat niet lang mee",
    "PRODUCT_QUALITY.SPOILED": "Het was bedorven",
    "PRODUCT_FIT.TOO_SMALL": "Te klein",
    "PRODUCT_FIT.TOO_LARGE": "Te groot",
    "PRODUCT_FIT.COLOUR": "De kleur",
    "PRODUCT_FIT.STYLE": "De stijl",
    "PRODUCT_FIT.TASTE": "De smaak of de geur",
    "DESCRIPTION.NOT_AS_DESCRIBED": "Niet zoals beschreven",
    "DESCRIPTION.PHOTO": "Het ziet er op de foto anders uit",
    "DESCRIPTION.COMPATIBILITY": "Het past niet bij wat ik al heb",
    "DESCRIPTION.INSTRUCTIONS": "De gebruiksaanwijzing",
    "ORDER_ACCURACY.WRONG_ITEM": "Ik kreeg het verkeerde artikel",
    "ORDER_ACCURACY.MISSING_ITEM": "Er ontbrak iets",
    "ORDER_ACCURACY.WRONG_VARIANT": "Verkeerde maat, kleur of hoeveelheid",
    "PRICE.TOO_EXPENSIVE": "Te duur",
    "PRICE.CHANGED": "De prijs was veranderd",
    "PRICE.SHIPPING": "De verzendkosten",
    "PRICE.VOUCHER": "Mijn tegoedbon werkte niet",
    "PAYMENT.CHARGED_TWICE": "Er is twee keer afgeschreven",
    "PAYMENT.REFUND": "Mijn terugbetaling is laat of ontbreekt",
    "PAYMENT.METHOD": "De betaalmethoden",
    "PAYMENT.INVOICE": "De factuur",
    "RETURNS.UNCLEAR": "Het was onduidelijk wat ik moest doen",
    "RETURNS.LABEL": "Het retourlabel",
    "RETURNS.COST": "Het kostte mij geld",
    "RETURNS.REFUSED": "Het werd niet geaccepteerd",
    "RETURNS.SLOW": "Het duurde te lang",
    "SUPPORT.NO_ANSWER": "Ik kreeg geen antwoord",
    "SUPPORT.SLOW": "Het antwoord liet te lang op zich wachten",
    "SUPPORT.UNFRIENDLY": "Ze waren onvriendelijk",
    "SUPPORT.INCOMPETENT": "Ze konden mij niet helpen",
    "SUPPORT.PROMISE_BROKEN": "Een belofte werd niet nagekomen",
    "SUPPORT.REPEATED": "Ik moest het steeds opnieuw uitleggen",
    "WEBSITE.SEARCH": "Vinden wat ik zoek",
    "WEBSITE.CHECKOUT": "Het afrekenen",
    "WEBSITE.ACCOUNT": "Mijn account of het inloggen",
    "WEBSITE.SPEED": "Het is traag",
    "WEBSITE.ACCESSIBILITY": "Ik kon er niet mee werken",
    "COMMUNICATION.TOO_MANY": "Te veel e-mails",
    "COMMUNICATION.MISLEADING": "Een belofte die niet klopte",
    "SAFETY_LEGAL.INJURY": "Het is gevaarlijk of iemand raakte gewond",
    "SAFETY_LEGAL.ALLERGEN": "Een allergeen",
    "SAFETY_LEGAL.DATA_PROTECTION": "Wat er met mijn gegevens gebeurt",
    "SAFETY_LEGAL.CONSUMER_RIGHTS": "Mijn rechten als klant",
    "PRAISE.PRODUCT": "Het product",
    "PRAISE.SPEED": "De snelheid",
    "PRAISE.PERSON": "De mensen",
    "PRAISE.PACKAGING": "Hoe het was verpakt",
}
