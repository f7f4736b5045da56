# Build: wheels of faqbot and of everything it needs, so that the image below needs no build tools.
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY faqbot faqbot
COPY knowledge knowledge
RUN python -m venv /opt/faqbot && /opt/faqbot/bin/pip install --no-cache-dir .

# Run: as a user of its own, from a file system that may be read-only; only /data is written.
FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home --home-dir /data faqbot \
    && mkdir /data && chown faqbot /data
COPY --from=build /opt/faqbot /opt/faqbot
ENV PATH=/opt/faqbot/bin:$PATH \
    FAQBOT_DATA=/data \
    PYTHONDONTWRITEBYTECODE=1 \
    XDG_CACHE_HOME=/data/cache
USER faqbot
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=15s CMD \
    ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["faqbot", "serve", "--host", "0.0.0.0", "--port", "8000"]
