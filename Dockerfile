# Build: a wheel of faqbot; an environment with what it needs, as locked, and never from source; a bill of all that is
# in it. The tools for that stay behind.
FROM python:3.13-slim AS build
WORKDIR /src
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
COPY requirements requirements
RUN python -m venv /opt/tools \
    && /opt/tools/bin/pip install --require-hashes --only-binary :all: -r requirements/build.txt -r requirements/bill.txt \
    && python -m venv --without-pip /opt/faqbot \
    && pip --python /opt/faqbot install --require-hashes --only-binary :all: -r requirements/runtime.txt
COPY pyproject.toml README.md LICENSE ./
COPY faqbot faqbot
COPY knowledge knowledge
RUN /opt/tools/bin/pip wheel --no-deps --no-build-isolation --wheel-dir dist . \
    && pip --python /opt/faqbot install --no-deps --no-index dist/*.whl \
    && /opt/tools/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible \
        --output-file /opt/faqbot/sbom.cdx.json /opt/faqbot/bin/python

# Run: as a user of its own, from a file system that may be read-only; only /data is written.
FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin faqbot \
    && install --directory --owner faqbot --mode 700 /data
COPY --from=build /opt/faqbot /opt/faqbot
ENV PATH=/opt/faqbot/bin:$PATH \
    FAQBOT_DATA=/data \
    PYTHONDONTWRITEBYTECODE=1 \
    XDG_CACHE_HOME=/data/cache
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=15s CMD \
    ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["faqbot", "serve", "--host", "0.0.0.0", "--port", "8000"]
