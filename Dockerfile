# Noaber in production: the server and its libraries, nothing to build with, no embedded engines.

FROM python:3.11-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
# `otel` instead of `production`: with what spans need
ARG LOCK=production
COPY requirements/${LOCK}.txt /build/lock.txt
RUN python -m venv /opt/noaber \
 && /opt/noaber/bin/pip install --require-hashes --no-deps -r /build/lock.txt

FROM python:3.11-slim
ENV PATH=/opt/noaber/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    NOABER_ENVIRONMENT=production \
    NOABER_HOST=0.0.0.0 \
    PORT=8000
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin noaber \
 && install --directory --owner 10001 /pictures
COPY --from=build /opt/noaber /opt/noaber
WORKDIR /srv/noaber
COPY LICENSE ./
COPY models ./models
COPY auth ./auth
COPY realtime ./realtime
COPY resolvers ./resolvers
COPY schema ./schema
COPY server ./server
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as web; web.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=2)"]
ENTRYPOINT ["python", "-m", "server"]
CMD ["serve"]
