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
