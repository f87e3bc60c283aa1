# make run   answer questions: in Slack when SLACK_BOT_TOKEN and SLACK_APP_TOKEN are set, else in a local
#            imitation of Slack and in the terminal
# make test  lint, type check, tests; make unit for the quick ones only
# make bench what an answer and the model cost; make audit  vulnerabilities and licences of what is installed
# make peers LangChain, LlamaIndex, txtai and Haystack beside the bot
# make lock  pin the newest versions that pyproject.toml admits
.DEFAULT_GOAL := run
.PHONY: run test lint unit wire browser bench peers audit lock
PYTHON ?= python3
TORCH ?= torch==2.13.0
BIN := .venv/bin

# The lock leaves torch out (it has several builds), so pip takes whichever build of it is at hand:
# TORCH_INDEX=https://download.pytorch.org/whl/cpu makes that the CPU one on Linux.
.venv/installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "evidence-bot needs Python 3.11 or newer")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) $(TORCH)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	touch $@

run: .venv/installed
	@$(BIN)/evidence-bot run

test: lint unit wire

lint: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

unit: .venv/installed
	$(BIN)/pytest -m "not wire"

# Real processes over the real protocol, real databases, a real browser.
wire: .venv/installed browser
	$(BIN)/pytest -m wire

# The browser tests need Chromium; as root on Debian it is installed here, elsewhere install it or see them skipped.
browser:
	@command -v chromium chromium-browser google-chrome >/dev/null \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && \
	     DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium >/dev/null; } \
	|| echo "SKIPPING the browser tests: Chromium is not installed and cannot be installed from here"

# SIZES="1000 1000000" measures corpora of other sizes than 10^3 and 10^4 passages.
bench: .venv/installed
	$(BIN)/python -m benchmarks.latency
	$(BIN)/python -m benchmarks.encoding
	$(BIN)/python -m benchmarks.building
	$(BIN)/python -m benchmarks.scale .evidence-bot/scale $(SIZES)

# Peers side by side, in an environment of their own, with the same build of torch.
PEERS := benchmarks/peers/.venv
$(PEERS)/installed: benchmarks/peers/requirements.txt
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/pip install --quiet --disable-pip-version-check $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) $(TORCH)
	$(PEERS)/bin/pip install --quiet --disable-pip-version-check --requirement benchmarks/peers/requirements.txt
	touch $@

peers: .venv/installed $(PEERS)/installed
	$(BIN)/python -m benchmarks.peers.compare

# Known vulnerabilities (where the advisories can be reached) and licences of all that is installed.
audit: .venv/installed
	$(PYTHON) -m venv .venv/audit
	.venv/audit/bin/pip install --quiet --disable-pip-version-check pip-audit pip-licenses
	.venv/audit/bin/pip-audit --requirement requirements.lock --disable-pip --require-hashes \
	|| echo "pip-audit found something, or could not reach the advisories: read above"
	.venv/audit/bin/pip-licenses --python $(BIN)/python --order license

lock:
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --all-extras \
		--no-emit-package torch pyproject.toml --output-file requirements.lock
