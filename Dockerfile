# The command `brief` on Debian, as an ordinary user. docs/ci.md says how to use it.
#
# The tests do not build it, because they have no container engine. It has the same steps as scripts/fresh-machine on a new Debian, and
# tests/test_project_files.py compares the packages with those of the README and of scripts/system-packages.

FROM debian:trixie-slim AS base
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --create-home --uid 1000 --shell /bin/bash author
ENV LANG=C.UTF-8

FROM base AS wheel
WORKDIR /source
COPY requirements.lock ./
RUN python3 -m venv /opt/brief && /opt/brief/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY generator generator
COPY templates templates
RUN /opt/brief/bin/pip wheel --no-deps --no-build-isolation --wheel-dir /wheels . \
 && /opt/brief/bin/pip install --no-deps /wheels/*.whl

# For .devcontainer/: further packages for `make` and `make test`.
FROM base AS develop
RUN apt-get update \
 && apt-get install -y --no-install-recommends git make ca-certificates libatomic1 poppler-utils qpdf strace chromium \
 && rm -rf /var/lib/apt/lists/*
USER author

FROM base
COPY --from=wheel /opt/brief /opt/brief
ENV PATH=/opt/brief/bin:$PATH
USER author
WORKDIR /project
ENTRYPOINT ["brief"]
CMD ["--help"]
