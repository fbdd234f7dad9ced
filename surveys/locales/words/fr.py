"""French."""

from typing import Any

PERMISSION = "Acceptez-vous que {shop} vous contacte au sujet de cette réponse\xa0?"
REASON = "Quelle est la raison principale de votre réponse\xa0?"
WRONG = "Qu’est-ce qui n’a pas fonctionné\xa0?"
LIKED = "Qu’avez-vous le plus apprécié\xa0?"

QUESTIONS: dict[str, dict[str, Any]] = {
    "nps": {
        "question": "Quelle est la probabilité que vous recommandiez {shop} à un ami ou à un collègue\xa0?",
        "low": "Pas du tout probable",
        "high": "Extrêmement probable",
        "why": {
            "": "Quelle est la raison principale de votre note\xa0?",
            "detractor": WRONG,
            "passive": "Qu’a-t-il manqué pour une meilleure note\xa0?",
            "promoter": LIKED,
        },
        "permission": PERMISSION,
    },
    "csat": {
        "question": "Globalement, dans quelle mesure êtes-vous satisfait(e) de votre commande chez {shop}\xa0?",
        "points": [
            "Très insatisfait(e)",
            "Insatisfait(e)",
            "Ni satisfait(e) ni insatisfait(e)",
            "Satisfait(e)",
            "Très satisfait(e)",
        ],
        "why": {
            "": REASON,
            "dissatisfied": WRONG,
            "neutral": "Qu’est-ce qui a manqué\xa0?",
            "satisfied": LIKED,
        },
        "permission": PERMISSION,
    },
    "ces7": {
        "question": "Dans quelle mesure êtes-vous d’accord avec l’affirmation suivante\xa0:"
        " «\xa0{shop} m’a permis de traiter facilement ma demande.\xa0»",
        "low": "Pas du tout d’accord",
        "high": "Tout à fait d’accord",
        "why": {
            "": REASON,
            "difficult": "Qu’est-ce qui a rendu les choses difficiles\xa0?",
            "neutral": "Qu’est-ce qui aurait rendu les choses plus faciles\xa0?",
            "easy": "Qu’est-ce qui a rendu les choses faciles\xa0?",
        },
        "permission": PERMISSION,
    },
    "check_back": {
        "question": "Votre problème avec {shop} est-il résolu\xa0?",
        "points": ["Oui", "En partie", "Non"],
        "why": {"": "Souhaitez-vous ajouter quelque chose\xa0?"},
    },
}

LETTER: dict[str, Any] = {
    "subject": {
        "order": "Comment s’est passée votre commande chez {shop}\xa0?",
        "help": "A-t-il été facile d’obtenir de l’aide de {shop}\xa0?",
        "work": "Comment est-ce de travailler chez {shop}\xa0?",
        "without": "Que ressentiriez-vous sans {shop}\xa0?",
        "solved": "Votre problème avec {shop} est-il résolu\xa0?",
    },
    "subject_overall": {
        "order": "Dans quelle mesure êtes-vous satisfait(e) de {shop}\xa0?",
        "help": "Est-il facile d’obtenir de l’aide de {shop}\xa0?",
        "work": "Comment est-ce de travailler chez {shop}\xa0?",
        "without": "Que ressentiriez-vous sans {shop}\xa0?",
    },
    "greeting": "Bonjour {name},",
    "greeting_unnamed": "Bonjour,",
    "ordered": "Le {date}, vous avez commandé «\xa0{product}\xa0» chez {shop} (commande {reference}).",
    "ordered_unnamed": "Le {date}, vous avez passé une commande chez {shop} (commande {reference}).",
    "please": {
        "order": "Nous aimerions savoir comment cela s’est passé\xa0; un clic et, si vous le souhaitez, une phrase"
        " nous aident.",
        "help": "Nous aimerions savoir s’il a été facile d’obtenir de l’aide\xa0; un clic et, si vous le souhaitez,"
        " une phrase suffisent.",
        "work": "Nous aimerions savoir comment vous nous voyez comme employeur\xa0; un clic et, si vous le souhaitez,"
        " une phrase nous aident.",
        "without": "Nous aimerions savoir combien nous comptons pour vous\xa0; un clic et, si vous le souhaitez,"
        " une phrase nous aident.",
    },
    "please_overall": {
        "order": "Vous faites partie de la clientèle de {shop}, et nous aimerions savoir comment vous nous voyez dans"
        " l’ensemble\xa0; un clic et, si vous le souhaitez, une phrase nous aident.",
        "help": "Vous faites partie de la clientèle de {shop}, et nous aimerions savoir s’il est facile d’obtenir de"
        " l’aide\xa0; un clic et, si vous le souhaitez, une phrase suffisent.",
        "work": "Nous aimerions savoir comment vous voyez {shop} comme employeur\xa0; un clic et, si vous le souhaitez,"
        " une phrase nous aident.",
        "without": "Vous faites partie de la clientèle de {shop}, et nous aimerions savoir combien nous comptons pour"
        " vous\xa0; un clic et, si vous le souhaitez, une phrase nous aident.",
    },
    "reminder": "Rappel\xa0: {subject}",
    "reminds": "Nous vous avons déjà posé cette question il y a quelques jours. Si vous n’avez pas le temps,"
    " vous n’avez rien à faire.",
    "solved": "Vous nous aviez signalé un problème, et nous pensons l’avoir résolu.",
    "solved_order": "Vous nous aviez signalé un problème avec votre commande {reference},"
    " et nous pensons l’avoir résolu.",
    "how": "Un clic ouvre une page avec votre réponse\xa0; elle compte dès que vous y appuyez sur «\xa0Envoyer\xa0».",
    "answer": "Répondre ici\xa0:",
    "anonymous": "Votre réponse est anonyme\xa0: nous l’enregistrons sans votre nom, sans votre commande et sans l’heure."
    " Ce que vous nous écrivez par e-mail ne l’est pas.",
    "thanks": "Merci beaucoup",
    "why": "{shop} vous écrit parce que vous y avez passé une commande.",
    "why_customer": "{shop} vous écrit parce que vous faites partie de sa clientèle.",
    "why_work": "{shop} vous écrit pour savoir comment vous voyez {shop} comme employeur.",
    "reply": "Une réponse à cet e-mail parvient à une personne.",
    "stop": "Vous pouvez vous opposer à ces questions à tout moment, sans autres frais que ceux de votre connexion\xa0:",
    "stop_link": "Ne plus recevoir de questions de {shop}",
    "own_page": "Vos réponses, une pause, vos données",
    "follow_up": "Ce que vous avez répondu, et ce qui en a été fait\xa0:",
    "privacy": "Politique de confidentialité",
    "date": "d MMMM y",
}

CONSENT: dict[str, str] = {
    "subject": "Merci de confirmer\xa0: {shop} peut-il vous demander comment se sont passées vos commandes\xa0?",
    "greeting": "Bonjour {name},",
    "greeting_unnamed": "Bonjour,",
    "why": "{shop} a été informé que vous acceptez que l’on vous demande par e-mail comment se sont passées"
    " vos commandes.",
    "please": "Si c’est exact, ouvrez cette page et appuyez sur le bouton. Le lien est valable jusqu’au {date}\xa0:",
    "ignore": "Si ce n’est pas exact, ne faites rien\xa0: sans votre confirmation,"
    " vous ne recevrez pas de telles questions.",
    "agree": "Oui, {shop} peut me demander par e-mail comment se sont passées mes commandes. Je peux retirer cet accord"
    " à tout moment, par le lien présent dans chacun de ces e-mails.",
    "date": "d MMMM y",
}

OWN_DATA: dict[str, Any] = {
    "subject": {
        "disclosure": "Vos données chez {shop}",
        "erasure": "Effacer vos données chez {shop}\xa0?",
    },
    "greeting": "Bonjour {name},",
    "greeting_unnamed": "Bonjour,",
    "please": {
        "disclosure": "Vous avez demandé ce que {shop} a enregistré à votre sujet. Ouvrez cette page dans l’heure et"
        " appuyez sur le bouton\xa0; le lien ne fonctionne qu’une fois\xa0:",
        "erasure": "Vous avez demandé à {shop} d’effacer ce qui est enregistré à votre sujet. Ouvrez cette page dans"
        " l’heure et appuyez sur le bouton\xa0; le lien ne fonctionne qu’une fois\xa0:",
    },
    "ignore": "Si vous n’avez rien demandé, ne faites rien. Quelqu’un a alors un lien vers votre page chez"
    " {shop}, peut-être par un e-mail que vous avez transféré\xa0; sans le lien ci-dessus, rien n’est"
    " transmis et rien n’est effacé.",
}

# Reasons to tick, by the codes of the code book.
REASONS: dict[str, str] = {
    "DELIVERY": "La livraison",
    "PACKAGING": "L’emballage",
    "PRODUCT_QUALITY": "La qualité",
    "PRODUCT_FIT": "La taille ou le goût",
    "DESCRIPTION": "La description dans la boutique",
    "ORDER_ACCURACY": "Des articles erronés ou manquants",
    "PRICE": "Le prix",
    "PAYMENT": "Le paiement",
    "RETURNS": "Le retour",
    "SUPPORT": "Le service client",
    "WEBSITE": "Le site ou l’application",
    "AVAILABILITY": "La disponibilité des articles",
    "SETUP": "Le montage et la mise en service",
    "COMMUNICATION": "Les messages et la publicité",
    "SAFETY_LEGAL": "La sécurité ou mes droits",
    "PRAISE": "J’ai été satisfait(e)",
    "OTHER": "Autre chose",
    "DELIVERY.LATE": "C’est arrivé en retard",
    "DELIVERY.NOT_RECEIVED": "Ce n’est jamais arrivé",
    "DELIVERY.PARTIAL": "Une partie seulement est arrivée",
    "DELIVERY.DAMAGED": "Le colis était endommagé",
    "DELIVERY.WRONG_PLACE": "Livré au mauvais endroit",
    "DELIVERY.CARRIER": "Le livreur ou la livreuse",
    "DELIVERY.TRACKING": "Je n’ai pas pu suivre le colis",
    "PACKAGING.TOO_MUCH": "Trop d’emballage",
    "PACKAGING.PLASTIC": "Trop de plastique",
    "PACKAGING.GIFT_WRAP": "L’emballage cadeau",
    "PRODUCT_QUALITY.DEFECTIVE": "C’était défectueux à l’arrivée",
    "PRODUCT_QUALITY.FAILED_LATER": "Cela s’est cassé par la suite",
    "PRODUCT_QUALITY.MATERIAL": "Le matériau ou la finition",
    "PRODUCT_QUALITY.DURABILITY": "Cela ne dure pas",
    "PRODUCT_QUALITY.SPOILED": "C’était avarié",
    "PRODUCT_FIT.TOO_SMALL": "Trop petit",
    "PRODUCT_FIT.TOO_LARGE": "Trop grand",
    "PRODUCT_FIT.COLOUR": "La couleur",
    "PRODUCT_FIT.STYLE": "Le style",
    "PRODUCT_FIT.TASTE": "Le goût ou l’odeur",
    "DESCRIPTION.NOT_AS_DESCRIBED": "Non conforme à la description",
    "DESCRIPTION.PHOTO": "Différent de la photo",
    "DESCRIPTION.COMPATIBILITY": "Ne va pas avec ce que j’ai déjà",
    "DESCRIPTION.INSTRUCTIONS": "La notice",
    "ORDER_ACCURACY.WRONG_ITEM": "J’ai reçu le mauvais article",
    "ORDER_ACCURACY.MISSING_ITEM": "Il manquait quelque chose",
    "ORDER_ACCURACY.WRONG_VARIANT": "Mauvaise taille, couleur ou quantité",
    "PRICE.TOO_EXPENSIVE": "Trop cher",
    "PRICE.CHANGED": "Le prix avait changé",
    "PRICE.SHIPPING": "Les frais de livraison",
    "PRICE.VOUCHER": "Mon bon d’achat n’a pas fonctionné",
    "PAYMENT.CHARGED_TWICE": "J’ai été débité(e) deux fois",
    "PAYMENT.REFUND": "Mon remboursement tarde ou manque",
    "PAYMENT.METHOD": "Les moyens de paiement",
    "PAYMENT.INVOICE": "La facture",
    "RETURNS.UNCLEAR": "La marche à suivre n’était pas claire",
    "RETURNS.LABEL": "L’étiquette de retour",
    "RETURNS.COST": "Cela m’a coûté de l’argent",
    "RETURNS.REFUSED": "Il n’a pas été accepté",
    "RETURNS.SLOW": "Cela a pris trop de temps",
    "SUPPORT.NO_ANSWER": "Je n’ai pas eu de réponse",
    "SUPPORT.SLOW": "La réponse a trop tardé",
    "SUPPORT.UNFRIENDLY": "On n’a pas été aimable avec moi",
    "SUPPORT.INCOMPETENT": "On n’a pas pu m’aider",
    "SUPPORT.PROMISE_BROKEN": "Une promesse n’a pas été tenue",
    "SUPPORT.REPEATED": "J’ai dû tout expliquer plusieurs fois",
    "WEBSITE.SEARCH": "Trouver ce que je cherche",
    "WEBSITE.CHECKOUT": "La validation de la commande",
    "WEBSITE.ACCOUNT": "Mon compte ou la connexion",
    "WEBSITE.SPEED": "C’est lent",
    "WEBSITE.ACCESSIBILITY": "Je n’ai pas pu l’utiliser",
    "COMMUNICATION.TOO_MANY": "Trop d’e-mails",
    "COMMUNICATION.MISLEADING": "Une promesse qui n’était pas vraie",
    "SAFETY_LEGAL.INJURY": "C’est dangereux ou quelqu’un a été blessé",
    "SAFETY_LEGAL.ALLERGEN": "Un allergène",
    "SAFETY_LEGAL.DATA_PROTECTION": "Ce que deviennent mes données",
    "SAFETY_LEGAL.CONSUMER_RIGHTS": "Mes droits en tant que client(e)",
    "PRAISE.PRODUCT": "Le produit",
    "PRAISE.SPEED": "La rapidité",
    "PRAISE.PERSON": "Les personnes",
    "PRAISE.PACKAGING": "La façon dont c’était emballé",
}
