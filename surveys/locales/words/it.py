"""Italian."""

from typing import Any

PERMISSION = "{shop} può contattarLa in merito a questa risposta?"
REASON = "Qual è il motivo principale della Sua risposta?"
WRONG = "Che cosa non ha funzionato?"
LIKED = "Che cosa Le è piaciuto di più?"

QUESTIONS: dict[str, dict[str, Any]] = {
    "nps": {
        "question": "Quanto è probabile che Lei consigli {shop} a un amico o a un collega?",
        "low": "Per niente probabile",
        "high": "Estremamente probabile",
        "why": {
            "": "Qual è il motivo principale del Suo punteggio?",
            "detractor": WRONG,
            "passive": "Che cosa è mancato per un punteggio più alto?",
            "promoter": LIKED,
        },
        "permission": PERMISSION,
    },
    "csat": {
        "question": "Nel complesso, quanto è soddisfatto/a del Suo ordine presso {shop}?",
        "points": [
            "Molto insoddisfatto/a",
            "Insoddisfatto/a",
            "Né soddisfatto/a né insoddisfatto/a",
            "Soddisfatto/a",
            "Molto soddisfatto/a",
        ],
        "why": {
            "": REASON,
            "dissatisfied": WRONG,
            "neutral": "Che cosa è mancato?",
            "satisfied": LIKED,
        },
        "permission": PERMISSION,
    },
    "ces7": {
        "question": "In che misura è d’accordo con la seguente affermazione?"
        " «{shop} mi ha reso facile gestire il mio problema.»",
        "low": "Per niente d’accordo",
        "high": "Completamente d’accordo",
        "why": {
            "": REASON,
            "difficult": "Che cosa lo ha reso difficile?",
            "neutral": "Che cosa lo avrebbe reso più facile?",
            "easy": "Che cosa lo ha reso facile?",
        },
        "permission": PERMISSION,
    },
    "check_back": {
        "question": "Il Suo problema con {shop} è risolto?",
        "points": ["Sì", "In parte", "No"],
        "why": {"": "Desidera aggiungere qualcosa?"},
    },
}

LETTER: dict[str, Any] = {
    "subject": {
        "order": "Com’è andato il Suo ordine presso {shop}?",
        "help": "È stato facile ottenere aiuto da {shop}?",
        "work": "Com’è lavorare presso {shop}?",
        "without": "Come si sentirebbe senza {shop}?",
        "solved": "Il Suo problema con {shop} è risolto?",
    },
    "subject_overall": {
        "order": "Quanto è soddisfatto/a di {shop}?",
        "help": "È facile ottenere aiuto da {shop}?",
        "work": "Com’è lavorare presso {shop}?",
        "without": "Come si sentirebbe senza {shop}?",
    },
    "greeting": "Buongiorno {name},",
    "greeting_unnamed": "Buongiorno,",
    "ordered": "Il {date} ha ordinato «{product}» presso {shop} (ordine {reference}).",
    "ordered_unnamed": "Il {date} ha effettuato un ordine presso {shop} (ordine {reference}).",
    "please": {
        "order": "Vorremmo sapere com’è andata; un clic e, se lo desidera, una frase ci aiutano.",
        "help": "Vorremmo sapere se è stato facile ottenere aiuto; bastano un clic e, se lo desidera, una frase.",
        "work": "Vorremmo sapere come ci vede come luogo di lavoro; un clic e, se lo desidera, una frase ci aiutano.",
        "without": "Vorremmo sapere quanto contiamo per Lei; un clic e, se lo desidera, una frase ci aiutano.",
    },
    "please_overall": {
        "order": "Lei è cliente di {shop} e vorremmo sapere come ci vede nel complesso; un clic e, se lo desidera,"
        " una frase ci aiutano.",
        "help": "Lei è cliente di {shop} e vorremmo sapere se è facile ottenere aiuto; bastano un clic e,"
        " se lo desidera, una frase.",
        "work": "Vorremmo sapere come vede {shop} come luogo di lavoro; un clic e, se lo desidera, una frase ci aiutano.",
        "without": "Lei è cliente di {shop} e vorremmo sapere quanto contiamo per Lei; un clic e, se lo desidera,"
        " una frase ci aiutano.",
    },
    "reminder": "Promemoria: {subject}",
    "reminds": "Glielo abbiamo già chiesto qualche giorno fa. Se non ha tempo, non deve fare nulla.",
    "solved": "Ci aveva segnalato un problema e crediamo di averlo risolto.",
    "solved_order": "Ci aveva segnalato un problema con il Suo ordine {reference} e crediamo di averlo risolto.",
    "how": "Un clic apre una pagina con la Sua risposta; conta non appena lì preme «Invia».",
    "answer": "Risponda qui:",
    "anonymous": "La Sua risposta è anonima: la conserviamo senza il Suo nome, senza il Suo ordine e senza l’ora."
    " Ciò che ci scrive per e-mail non lo è.",
    "thanks": "Grazie mille",
    "why": "{shop} Le scrive perché ha effettuato un ordine lì.",
    "why_customer": "{shop} Le scrive perché è cliente.",
    "why_work": "{shop} Le scrive per sapere come vede {shop} come luogo di lavoro.",
    "reply": "Una risposta a questa e-mail arriva a una persona.",
    "stop": "Può opporsi a queste domande in qualsiasi momento, senza costi oltre a quelli della Sua connessione:",
    "stop_link": "Nessun’altra domanda da {shop}",
    "own_page": "Le Sue risposte, una pausa, i Suoi dati",
    "follow_up": "Che cosa ha risposto e che cosa ne è stato:",
    "privacy": "Informativa sulla privacy",
    "date": "d MMMM y",
}

CONSENT: dict[str, str] = {
    "subject": "Confermi, per favore: {shop} può chiederLe come sono andati i Suoi ordini?",
    "greeting": "Buongiorno {name},",
    "greeting_unnamed": "Buongiorno,",
    "why": "{shop} è stato informato che Lei acconsente a ricevere per e-mail domande su come sono andati i Suoi ordini.",
    "please": "Se è così, apra questa pagina e prema il pulsante. Il link è valido fino al {date}:",
    "ignore": "Se non è così, non faccia nulla: senza la Sua conferma non riceverà queste domande.",
    "agree": "Sì, {shop} può chiedermi per e-mail come sono andati i miei ordini. Posso revocare questo consenso in"
    " qualsiasi momento, con il link presente in ciascuna di queste e-mail.",
    "date": "d MMMM y",
}

OWN_DATA: dict[str, Any] = {
    "subject": {
        "disclosure": "I Suoi dati presso {shop}",
        "erasure": "Cancellare i Suoi dati presso {shop}?",
    },
    "greeting": "Buongiorno {name},",
    "greeting_unnamed": "Buongiorno,",
    "please": {
        "disclosure": "Ha chiesto che cosa {shop} ha salvato su di Lei. Apra questa pagina entro un’ora e prema il"
        " pulsante; il link funziona una sola volta:",
        "erasure": "Ha chiesto a {shop} di cancellare ciò che ha salvato su di Lei. Apra questa pagina entro un’ora"
        " e prema il pulsante; il link funziona una sola volta:",
    },
    "ignore": "Se non l’ha chiesto Lei, non faccia nulla. In tal caso qualcuno ha un link alla Sua pagina"
    " presso {shop}, forse da un’e-mail che ha inoltrato; senza il link qui sopra nulla viene"
    " consegnato e nulla viene cancellato.",
}

# Reasons to tick, by the codes of the code book.
REASONS: dict[str, str] = {
    "DELIVERY": "La consegna",
    "PACKAGING": "L’imballaggio",
    "PRODUCT_QUALITY": "La qualità",
    "PRODUCT_FIT": "La taglia o il gusto",
    "DESCRIPTION": "La descrizione nel negozio",
    "ORDER_ACCURACY": "Articoli sbagliati o mancanti",
    "PRICE": "Il prezzo",
    "PAYMENT": "Il pagamento",
    "RETURNS": "Il reso",
    "SUPPORT": "Il servizio clienti",
    "WEBSITE": "Il sito o l’app",
    "AVAILABILITY": "La disponibilità degli articoli",
    "SETUP": "Il montaggio e la messa in funzione",
    "COMMUNICATION": "I messaggi e la pubblicità",
    "SAFETY_LEGAL": "La sicurezza o i miei diritti",
    "PRAISE": "Sono rimasto/a soddisfatto/a",
    "OTHER": "Altro",
    "DELIVERY.LATE": "È arrivato in ritardo",
    "DELIVERY.NOT_RECEIVED": "Non è mai arrivato",
    "DELIVERY.PARTIAL": "È arrivata solo una parte",
    "DELIVERY.DAMAGED": "Il pacco era danneggiato",
    "DELIVERY.WRONG_PLACE": "È stato consegnato nel posto sbagliato",
    "DELIVERY.CARRIER": "Chi ha consegnato il pacco",
    "DELIVERY.TRACKING": "Non ho potuto seguire il pacco",
    "PACKAGING.TOO_MUCH": "Troppo imballaggio",
    "PACKAGING.PLASTIC": "Troppa plastica",
    "PACKAGING.GIFT_WRAP": "La confezione regalo",
    "PRODUCT_QUALITY.DEFECTIVE": "È arrivato difettoso",
    "PRODUCT_QUALITY.FAILED_LATER": "Si è rotto in seguito",
    "PRODUCT_QUALITY.MATERIAL": "Il materiale o la finitura",
    "PRODUCT_QUALITY.DURABILITY": "Dura poco",
    "PRODUCT_QUALITY.SPOILED": "Era andato a male",
    "PRODUCT_FIT.TOO_SMALL": "Troppo piccolo",
    "PRODUCT_FIT.TOO_LARGE": "Troppo grande",
    "PRODUCT_FIT.COLOUR": "Il colore",
    "PRODUCT_FIT.STYLE": "Lo stile",
    "PRODUCT_FIT.TASTE": "Il gusto o l’odore",
    "DESCRIPTION.NOT_AS_DESCRIBED": "Non corrisponde alla descrizione",
    "DESCRIPTION.PHOTO": "In foto sembra diverso",
    "DESCRIPTION.COMPATIBILITY": "Non va bene con ciò che ho già",
    "DESCRIPTION.INSTRUCTIONS": "Le istruzioni",
    "ORDER_ACCURACY.WRONG_ITEM": "Ho ricevuto l’articolo sbagliato",
    "ORDER_ACCURACY.MISSING_ITEM": "Mancava qualcosa",
    "ORDER_ACCURACY.WRONG_VARIANT": "Taglia, colore o quantità sbagliati",
    "PRICE.TOO_EXPENSIVE": "Troppo caro",
    "PRICE.CHANGED": "Il prezzo era cambiato",
    "PRICE.SHIPPING": "Le spese di spedizione",
    "PRICE.VOUCHER": "Il mio buono non ha funzionato",
    "PAYMENT.CHARGED_TWICE": "L’addebito è stato fatto due volte",
    "PAYMENT.REFUND": "Il mio rimborso è in ritardo o manca",
    "PAYMENT.METHOD": "I metodi di pagamento",
    "PAYMENT.INVOICE": "La fattura",
    "RETURNS.UNCLEAR": "Non era chiaro che cosa fare",
    "RETURNS.LABEL": "L’etichetta di reso",
    "RETURNS.COST": "Mi è costato dei soldi",
    "RETURNS.REFUSED": "Non è stato accettato",
    "RETURNS.SLOW": "Ci è voluto troppo tempo",
    "SUPPORT.NO_ANSWER": "Non ho ricevuto risposta",
    "SUPPORT.SLOW": "La risposta ha tardato troppo",
    "SUPPORT.UNFRIENDLY": "Non sono stati gentili",
    "SUPPORT.INCOMPETENT": "Non hanno saputo aiutarmi",
    "SUPPORT.PROMISE_BROKEN": "Una promessa non è stata mantenuta",
    "SUPPORT.REPEATED": "Ho dovuto spiegarlo più volte",
    "WEBSITE.SEARCH": "Trovare quello che cerco",
    "WEBSITE.CHECKOUT": "La conclusione dell’ordine",
    "WEBSITE.ACCOUNT": "Il mio account o l’accesso",
    "WEBSITE.SPEED": "È lento",
    "WEBSITE.ACCESSIBILITY": "Non sono riuscito/a a usarlo",
    "COMMUNICATION.TOO_MANY": "Troppe e-mail",
    "COMMUNICATION.MISLEADING": "Una promessa che non era vera",
    "SAFETY_LEGAL.INJURY": "È pericoloso o ha ferito qualcuno",
    "SAFETY_LEGAL.ALLERGEN": "Un allergene",
    "SAFETY_LEGAL.DATA_PROTECTION": "Che cosa succede ai miei dati",
    "SAFETY_LEGAL.CONSUMER_RIGHTS": "I miei diritti come cliente",
    "PRAISE.PRODUCT": "Il prodotto",
    "PRAISE.SPEED": "La rapidità",
    "PRAISE.PERSON": "Le persone",
    "PRAISE.PACKAGING": "Com’era imballato",
}
