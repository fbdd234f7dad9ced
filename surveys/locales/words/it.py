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
