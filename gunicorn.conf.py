"""How gunicorn serves the pages: by itself (`gunicorn`, in the project's folder) or below `flask up`."""

import gc

from wsgi import settings_or_end

settings = settings_or_end()
host = f"[{settings.host}]" if ":" in settings.host else settings.host

wsgi_app = "wsgi:create_app()"
preload_app = True
bind = f"{host}:{settings.port}"
worker_class = "gthread"
workers = settings.web_workers
threads = settings.web_threads
graceful_timeout = 20
loglevel = "warning"
control_socket_disable = True


def when_ready(_server: object) -> None:
    """Take the composed application out of the search for garbage, which makes single requests wait, before forking."""
    gc.freeze()
