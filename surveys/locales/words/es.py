"""Spanish."""

from typing import Any

PERMISSION = "¿Puede {shop} ponerse en contacto con usted por esta respuesta?"
REASON = "¿Cuál es el motivo principal de su respuesta?"
WRONG = "¿Qué salió mal?"
LIKED = "¿Qué es lo que más le gustó?"

QUESTIONS: dict[str, dict[str, Any]] = {
    "nps": {
        "question": "¿Qué probabilidad hay de que recomiende {shop} a un amigo o colega?",
        "low": "Nada probable",
        "high": "Extremadamente probable",
        "why": {
            "": "¿Cuál es el motivo principal de su puntuación?",
            "detractor": WRONG,
            "passive": "¿Qué faltó para una puntuación más alta?",
            "promoter": LIKED,
        },
        "permission": PERMISSION,
    },
    "csat": {
        "question": "En general, ¿qué grado de satisfacción tiene con su pedido en {shop}?",
        "points": [
            "Muy insatisfecho/a",
            "Insatisfecho/a",
            "Ni satisfecho/a ni insatisfecho/a",
            "Satisfecho/a",
            "Muy satisfecho/a",
        ],
        "why": {
            "": REASON,
            "dissatisfied": WRONG,
            "neutral": "¿Qué faltó?",
            "satisfied": LIKED,
        },
        "permission": PERMISSION,
    },
    "ces7": {
        "question": "¿En qué medida está de acuerdo con la siguiente afirmación?"
        " «{shop} me facilitó la gestión de mi problema.»",
        "low": "Totalmente en desacuerdo",
        "high": "Totalmente de acuerdo",
        "why": {
            "": REASON,
            "difficult": "¿Qué lo hizo difícil?",
            "neutral": "¿Qué lo habría hecho más fácil?",
            "easy": "¿Qué lo hizo fácil?",
        },
        "permission": PERMISSION,
    },
    "check_back": {
        "question": "¿Está resuelto su problema con {shop}?",
        "points": ["Sí", "En parte", "No"],
        "why": {"": "¿Desea añadir algo?"},
    },
}

LETTER: dict[str, Any] = {
    "subject": {
        "order": "¿Qué tal fue su pedido en {shop}?",
        "help": "¿Fue fácil obtener ayuda de {shop}?",
        "work": "¿Cómo es trabajar en {shop}?",
        "without": "¿Cómo se sentiría sin {shop}?",
        "solved": "¿Está resuelto su problema con {shop}?",
    },
    "subject_overall": {
        "order": "¿Qué grado de satisfacción tiene con {shop}?",
        "help": "¿Es fácil obtener ayuda de {shop}?",
        "work": "¿Cómo es trabajar en {shop}?",
        "without": "¿Cómo se sentiría sin {shop}?",
    },
    "greeting": "Buenos días, {name}:",
    "greeting_unnamed": "Buenos días:",
    "ordered": "El {date} usted pidió «{product}» en {shop} (pedido {reference}).",
    "ordered_unnamed": "El {date} usted hizo un pedido en {shop} (pedido {reference}).",
    "please": {
        "order": "Nos gustaría saber qué tal fue; un clic y, si lo desea, una frase nos ayudan.",
        "help": "Nos gustaría saber si fue fácil obtener ayuda; basta con un clic y, si lo desea, una frase.",
        "work": "Nos gustaría saber cómo nos ve como lugar de trabajo; un clic y, si lo desea, una frase nos ayudan.",
        "without": "Nos gustaría saber cuánto significamos para usted; un clic y, si lo desea, una frase nos ayudan.",
    },
    "please_overall": {
        "order": "Usted compra en {shop} y nos gustaría saber cómo nos ve en conjunto; un clic y, si lo desea,"
        " una frase nos ayudan.",
        "help": "Usted compra en {shop} y nos gustaría saber si es fácil obtener ayuda; basta con un clic y,"
        " si lo desea, una frase.",
        "work": "Nos gustaría saber cómo ve {shop} como lugar de trabajo; un clic y, si lo desea, una frase nos ayudan.",
        "without": "Usted compra en {shop} y nos gustaría saber cuánto significamos para usted; un clic y,"
        " si lo desea, una frase nos ayudan.",
    },
    "reminder": "Recordatorio: {subject}",
    "reminds": "Ya se lo preguntamos hace unos días. Si no tiene tiempo, no es necesario que haga nada.",
    "solved": "Usted nos comunicó que algo había salido mal, y creemos que ya está arreglado.",
    "solved_order": "Usted nos comunicó que algo había salido mal con su pedido {reference},"
    " y creemos que ya está arreglado.",
    "how": "Un clic abre una página con su respuesta; cuenta en cuanto pulse allí «Enviar».",
    "answer": "Responda aquí:",
    "anonymous": "Su respuesta es anónima: la guardamos sin su nombre, sin su pedido y sin la hora."
    " Lo que nos escriba por correo no lo es.",
    "thanks": "Muchas gracias",
    "why": "{shop} le escribe porque usted hizo un pedido allí.",
    "why_customer": "{shop} le escribe porque usted compra allí.",
    "why_work": "{shop} le escribe para saber cómo ve usted {shop} como lugar de trabajo.",
    "reply": "Si responde a este correo, lo leerá una persona.",
    "stop": "Puede oponerse a estas preguntas en cualquier momento, sin más coste que el de su conexión:",
    "stop_link": "No recibir más preguntas de {shop}",
    "own_page": "Sus respuestas, una pausa, sus datos",
    "follow_up": "Lo que respondió y lo que se hizo con ello:",
    "privacy": "Aviso de privacidad",
    "date": "d 'de' MMMM 'de' y",
}

CONSENT: dict[str, str] = {
    "subject": "Confirme, por favor: ¿puede {shop} preguntarle qué tal fueron sus pedidos?",
    "greeting": "Buenos días, {name}:",
    "greeting_unnamed": "Buenos días:",
    "why": "Han comunicado a {shop} que usted acepta que se le pregunte por correo electrónico"
    " qué tal fueron sus pedidos.",
    "please": "Si es así, abra esta página y pulse el botón. El enlace es válido hasta el {date}:",
    "ignore": "Si no es así, no haga nada: sin su confirmación no recibirá esas preguntas.",
    "agree": "Sí, {shop} puede preguntarme por correo electrónico qué tal fueron mis pedidos. Puedo retirar este"
    " consentimiento en cualquier momento mediante el enlace que figura en cada uno de esos correos.",
    "date": "d 'de' MMMM 'de' y",
}

OWN_DATA: dict[str, Any] = {
    "subject": {
        "disclosure": "Sus datos en {shop}",
        "erasure": "¿Borrar sus datos en {shop}?",
    },
    "greeting": "Buenos días, {name}:",
    "greeting_unnamed": "Buenos días:",
    "please": {
        "disclosure": "Usted preguntó qué ha guardado {shop} sobre usted. Abra esta página en el plazo de una hora y"
        " pulse allí el botón; el enlace funciona una sola vez:",
        "erasure": "Usted pidió a {shop} que borre lo que ha guardado sobre usted. Abra esta página en el plazo de"
        " una hora y pulse allí el botón; el enlace funciona una sola vez:",
    },
    "ignore": "Si no lo pidió usted, no haga nada. Entonces alguien tiene un enlace a su página en {shop},"
    " quizá de un correo que usted reenvió; sin el enlace de arriba no se entrega ni se borra nada.",
}

# Reasons to tick, by the codes of the code book.
REASONS: dict[str, str] = {
    "DELIVERY": "La entrega",
    "PACKAGING": "El embalaje",
    "PRODUCT_QUALITY": "La calidad",
    "PRODUCT_FIT": "La talla o el sabor",
    "DESCRIPTION": "La descripción en la tienda",
    "ORDER_ACCURACY": "Artículos equivocados o que faltan",
    "PRICE": "El precio",
    "PAYMENT": "El pago",
    "RETURNS": "La devolución",
    "SUPPORT": "La atención al cliente",
    "WEBSITE": "La web o la aplicación",
    "AVAILABILITY": "Los artículos disponibles",
    "SETUP": "El montaje y la puesta en marcha",
    "COMMUNICATION": "Los mensajes y la publicidad",
    "SAFETY_LEGAL": "La seguridad o mis derechos",
    "PRAISE": "Quedé satisfecho/a",
    "OTHER": "Otra cosa",
    "DELIVERY.LATE": "Llegó tarde",
    "DELIVERY.NOT_RECEIVED": "No llegó nunca",
    "DELIVERY.PARTIAL": "Solo llegó una parte",
    "DELIVERY.DAMAGED": "El paquete estaba dañado",
    "DELIVERY.WRONG_PLACE": "Se entregó en el lugar equivocado",
    "DELIVERY.CARRIER": "El repartidor o la repartidora",
    "DELIVERY.TRACKING": "No pude seguir el envío",
    "PACKAGING.TOO_MUCH": "Demasiado embalaje",
    "PACKAGING.PLASTIC": "Demasiado plástico",
    "PACKAGING.GIFT_WRAP": "El envoltorio de regalo",
    "PRODUCT_QUALITY.DEFECTIVE": "Llegó defectuoso",
    "PRODUCT_QUALITY.FAILED_LATER": "Se estropeó después",
    "PRODUCT_QUALITY.MATERIAL": "El material o el acabado",
    "PRODUCT_QUALITY.DURABILITY": "Dura poco",
    "PRODUCT_QUALITY.SPOILED": "Estaba en mal estado",
    "PRODUCT_FIT.TOO_SMALL": "Demasiado pequeño",
    "PRODUCT_FIT.TOO_LARGE": "Demasiado grande",
    "PRODUCT_FIT.COLOUR": "El color",
    "PRODUCT_FIT.STYLE": "El estilo",
    "PRODUCT_FIT.TASTE": "El sabor o el olor",
    "DESCRIPTION.NOT_AS_DESCRIBED": "No es como se describía",
    "DESCRIPTION.PHOTO": "En la foto parece distinto",
    "DESCRIPTION.COMPATIBILITY": "No encaja con lo que ya tengo",
    "DESCRIPTION.INSTRUCTIONS": "Las instrucciones",
    "ORDER_ACCURACY.WRONG_ITEM": "Recibí un artículo equivocado",
    "ORDER_ACCURACY.MISSING_ITEM": "Faltaba algo",
    "ORDER_ACCURACY.WRONG_VARIANT": "Talla, color o cantidad equivocados",
    "PRICE.TOO_EXPENSIVE": "Demasiado caro",
    "PRICE.CHANGED": "El precio había cambiado",
    "PRICE.SHIPPING": "Los gastos de envío",
    "PRICE.VOUCHER": "Mi cupón no funcionó",
    "PAYMENT.CHARGED_TWICE": "Me cobraron dos veces",
    "PAYMENT.REFUND": "Mi reembolso se retrasa o falta",
    "PAYMENT.METHOD": "Las formas de pago",
    "PAYMENT.INVOICE": "La factura",
    "RETURNS.UNCLEAR": "No estaba claro qué había que hacer",
    "RETURNS.LABEL": "La etiqueta de devolución",
    "RETURNS.COST": "Me costó dinero",
    "RETURNS.REFUSED": "No la aceptaron",
    "RETURNS.SLOW": "Tardó demasiado",
    "SUPPORT.NO_ANSWER": "No recibí respuesta",
    "SUPPORT.SLOW": "La respuesta tardó demasiado",
    "SUPPORT.UNFRIENDLY": "No fueron amables",
    "SUPPORT.INCOMPETENT": "No pudieron ayudarme",
    "SUPPORT.PROMISE_BROKEN": "No se cumplió lo prometido",
    "SUPPORT.REPEATED": "Tuve que explicarlo varias veces",
    "WEBSITE.SEARCH": "Encontrar lo que busco",
    "WEBSITE.CHECKOUT": "El proceso de compra",
    "WEBSITE.ACCOUNT": "Mi cuenta o el inicio de sesión",
    "WEBSITE.SPEED": "Es lenta",
    "WEBSITE.ACCESSIBILITY": "No pude usarla",
    "COMMUNICATION.TOO_MANY": "Demasiados correos",
    "COMMUNICATION.MISLEADING": "Una promesa que no era cierta",
    "SAFETY_LEGAL.INJURY": "Es peligroso o alguien se hizo daño",
    "SAFETY_LEGAL.ALLERGEN": "Un alérgeno",
    "SAFETY_LEGAL.DATA_PROTECTION": "Qué ocurre con mis datos",
    "SAFETY_LEGAL.CONSUMER_RIGHTS": "Mis derechos como cliente",
    "PRAISE.PRODUCT": "El producto",
    "PRAISE.SPEED": "La rapidez",
    "PRAISE.PERSON": "Las personas",
    "PRAISE.PACKAGING": "Cómo venía embalado",
}
