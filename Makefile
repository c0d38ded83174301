# Millrace: build, run, test and measure. `make help` lists what there is.

SWIFT ?= swift
# Swift's own toolchain has it, where no other C compiler need be.
ifeq ($(origin CC),default)
CC = clang
endif
# Rows of the file that `make data` makes; about 13.5 bytes each.
ROWS ?= 10000000
DEBIAN_PACKAGES = libzmq3-dev libpg-query-dev libre2-dev libxxhash-dev libsqlite3-dev libzstd-dev pkg-config
RELEASE = .build/release
# A command that brings Swift's libraries along starts in half the time and runs where there is no
# toolchain; Apple's systems have them.
RELEASE_BUILD = $(SWIFT) build -c release $(if $(filter Linux,$(shell uname)),--static-swift-stdlib)
DATA = Topologies/data/generated/temperatures.csv
SOURCES = Package.swift Sources Tests Benchmarks

# Debian's packages of Python modules are for its own interpreter.
PYTHON ?= $(firstword $(wildcard /usr/bin/python3) python3)
PYTHON_TEST = MILLRACE=$(abspath $(RELEASE)/millrace) PYTHONDONTWRITEBYTECODE=1 \
  PYTHONPATH=$(abspath $(dir $(PYTHON_MESSAGES))) $(PYTHON)
PYTHON_MESSAGES = .build/interop/millrace_pb2.py
INTEROP_PACKAGES = python3 python3-zmq python3-xxhash python3-protobuf protobuf-compiler
HOSTS_PACKAGES = $(INTEROP_PACKAGES) iproute2 iptables procps faketime

FAULTS = .build/faults.so
TRIALS = $(RELEASE)/millrace-trials
# How long and from which seed `make chaos` kills and stops processes.
SECONDS ?= 600
# How many runs `make simulate` lives through.
RUNS ?= 100000
SEED ?= 1

# The compose command of `make test-compose`, and what builds an image.
COMPOSE ?= docker compose
IMAGE_BUILD ?= docker build
# Where kubernetes-validate of PyPI is put, which brings the schemas with it.
MANIFEST_TOOLS = .build/manifest-tools

# How many random queries `make test-sql` compares with PostgreSQL's answers.
QUERIES ?= 20000
POSTGRESQL_PACKAGES = postgresql-15 util-linux
SQL_FILES = $(wildcard Tests/SQLLogicTests/Files/*.test)

# Where `make bench-peers` puts other systems and data, outside the tree; how large the data is, how
# often each system answers, and which questions.
PEERS ?= /var/tmp/millrace-peers
PEER_PACKAGES = python3 python3-venv parallel mawk
PEER_VERSIONS = duckdb==2.0.1 polars==2.1.0 datafusion==55.0.0 chdb==4.4.0
PEER_TEMPERATURES ?= 50000000
PEER_GROUPS ?= 10000000
PEER_WORDS ?= 500000000
PEER_OBJECTS ?= 3000000
PEER_RUNS ?= 5
PEER_QUESTIONS ?= temperatures,q1,q2,q3,q5,export,words,json,start

# Which others hand out tasks in `make bench-dispatch`, of those in Benchmarks/Dispatch/others.py.
DISPATCH_SYSTEMS ?= pyzmq,multiprocessing,dask,ray-tasks,ray-actors,parsl,celery
DISPATCH_VERSIONS = 'celery==5.7.0' 'dask[distributed]==2026.8.0' 'parsl==2026.10.26' \
  'pyzmq==27.3.0' 'ray==2.60.0' 'redis==8.1.0'
PIPELINE = .build/pipeline

# What `make bench-scale` measures, of those in Benchmarks/Scale/scale.py, and where figures and picture go.
SCALE_PARTS ?= partitions,files,workers
SCALE_FIGURES ?= .build/growth.json
SCALE_PICTURE ?= .build/growth.svg
SCALE_VERSIONS = matplotlib==3.11.2 protobuf==4.25.9 pyzmq==27.3.0

FUZZ = .build/fuzz/release/millrace-fuzz
# What `make fuzz` feeds for SECONDS: one of these.
TARGET ?= control
FUZZ_TARGETS = control data commands segments topology keys

.PHONY: help run build test lint format bench bench-curve bench-dispatch bench-peers bench-scale peers data simulate chaos trials trials-build fuzz \
  fuzz-short fuzz-build test-interop test-hosts test-sql test-sql-short verify-sql postgresql image \
  test-compose check-manifests clean dependencies

help: ## Show this help
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | awk -F '\t' '{ printf "  make %-14s %s\n", $$1, $$2 }'

run: build ## Install what is missing, build for release and run the quickstart
	$(RELEASE)/millrace run Topologies/quickstart.yaml

build: dependencies ## Build the millrace command for release
	$(RELEASE_BUILD) --product millrace

test: dependencies lint $(FAULTS) ## Check the style, build, run all tests, some seconds of chaos, a minute of fuzzing
	$(SWIFT) build --build-tests
	# In parts: some keep all threads busy, some wait for processes, and neither is to starve the other.
	$(SWIFT) test --skip-build --skip EndToEndTests --skip SimulationTests --skip RuntimeTests \
	  --skip LedgerTests
	$(SWIFT) test --skip-build --filter RuntimeTests
	$(SWIFT) test --skip-build --filter LedgerTests
	$(SWIFT) test --skip-build --filter SimulationTests
	$(SWIFT) test --skip-build --filter EndToEndTests
	.build/debug/millrace-trials chaos --millrace .build/debug/millrace --seconds 30 --seed $(SEED) \
	  --megabytes 4 --faults $(FAULTS)
	if [ "$$(uname)" = Linux ]; then $(MAKE) test-sql-short && $(MAKE) fuzz-short; fi

test-sql: postgresql ## Compare QUERIES random queries, from SEED, with PostgreSQL's answers
	$(RELEASE_BUILD) --product millrace-differential
	$(RELEASE)/millrace-differential --queries $(QUERIES) --seed $(SEED)

# The tests' own build is used, so that nothing is built twice.
test-sql-short: postgresql
	$(SWIFT) build --product millrace-differential
	.build/debug/millrace-differential --queries 500 --seed $(SEED)
	.build/debug/millrace-differential verify $(SQL_FILES)

verify-sql: postgresql ## Check what the files of SQL tests expect against PostgreSQL
	$(SWIFT) build --product millrace-differential
	.build/debug/millrace-differential verify $(SQL_FILES)

postgresql:
	@$(MAKE) --no-print-directory dependencies
	@$(MAKE) --no-print-directory dependencies DEBIAN_PACKAGES="$(POSTGRESQL_PACKAGES)"

test-interop: build ## Run workers in Python beside those in Swift, and kill them like those
	@$(MAKE) --no-print-directory dependencies DEBIAN_PACKAGES="$(INTEROP_PACKAGES)"
	@$(MAKE) --no-print-directory $(PYTHON_MESSAGES)
	$(PYTHON_TEST) Tests/Interop/test.py
	$(PYTHON_TEST) Tests/Interop/peers_test.py

test-hosts: build ## Run a cluster in network namespaces, with cuts, losses and strangers (root on Linux)
	@$(MAKE) --no-print-directory dependencies DEBIAN_PACKAGES="$(HOSTS_PACKAGES)"
	@$(MAKE) --no-print-directory $(PYTHON_MESSAGES)
	$(PYTHON_TEST) Tests/Hosts/network_test.py
	$(PYTHON_TEST) Tests/Hosts/test.py
	$(PYTHON_TEST) Tests/Hosts/strangers_test.py
	$(PYTHON_TEST) Tests/Hosts/readme_test.py

$(PYTHON_MESSAGES): Sources/Wire/millrace.proto
	mkdir -p $(dir $@)
	protoc --proto_path=Sources/Wire --python_out=$(dir $@) millrace.proto

lint: ## Check the style of all code
	$(SWIFT) format lint --strict --parallel --configuration .swift-format -r $(SOURCES)

format: ## Bring all code into the common style
	$(SWIFT) format --in-place --parallel --configuration .swift-format -r $(SOURCES)

bench: build data ## Measure dispatch, bytes and rows a second, and each kernel by itself
	$(RELEASE_BUILD) --product millrace-kernels
	$(RELEASE)/millrace-kernels
	sh Benchmarks/bench.sh $(RELEASE)/millrace $(DATA)

bench-curve: build data ## Measure what encryption costs: the same runs with keys and without, in turn
	python3 -B Benchmarks/curve.py $(RELEASE)/millrace $(DATA)

bench-peers: build peers ## Measure side by side with DuckDB, Polars, DataFusion, chDB, GNU parallel
	$(RELEASE_BUILD) --product millrace-generate
	$(PEERS)/venv/bin/python -B Benchmarks/Peers/peers.py --folder $(PEERS) \
	  --millrace $(RELEASE)/millrace --generate $(RELEASE)/millrace-generate \
	  --python $(PEERS)/venv/bin/python --temperatures $(PEER_TEMPERATURES) \
	  --groups $(PEER_GROUPS) --words $(PEER_WORDS) --objects $(PEER_OBJECTS) --runs $(PEER_RUNS) \
	  --questions $(PEER_QUESTIONS)

peers:
	@$(MAKE) --no-print-directory dependencies DEBIAN_PACKAGES="$(PEER_PACKAGES)"
	test -x $(PEERS)/venv/bin/python || $(PYTHON) -m venv $(PEERS)/venv
	$(PEERS)/venv/bin/python -m pip install -q --disable-pip-version-check $(PEER_VERSIONS)

bench-dispatch: build $(PIPELINE) ## Measure handing out tasks side by side with bare libzmq and others
	@$(MAKE) --no-print-directory dependencies DEBIAN_PACKAGES="python3 python3-venv redis-server"
	test -x $(PEERS)/dispatch/bin/python || $(PYTHON) -m venv $(PEERS)/dispatch
	$(PEERS)/dispatch/bin/python -m pip install -q --disable-pip-version-check $(DISPATCH_VERSIONS)
	python3 -B Benchmarks/Dispatch/dispatch.py --millrace $(RELEASE)/millrace \
	  --pipeline $(PIPELINE) --python $(PEERS)/dispatch/bin/python --systems "$(DISPATCH_SYSTEMS)"

bench-scale: build ## Measure how time, memory and processor time grow with the size of a run or a cluster
	@$(MAKE) --no-print-directory dependencies DEBIAN_PACKAGES="python3 python3-venv protobuf-compiler util-linux"
	@$(MAKE) --no-print-directory $(PYTHON_MESSAGES)
	test -x $(PEERS)/scale/bin/python || $(PYTHON) -m venv $(PEERS)/scale
	$(PEERS)/scale/bin/python -m pip install -q --disable-pip-version-check $(SCALE_VERSIONS)
	$(PEERS)/scale/bin/python -B Benchmarks/Scale/scale.py --millrace $(RELEASE)/millrace \
	  --messages $(dir $(PYTHON_MESSAGES)) --only $(SCALE_PARTS) --record $(SCALE_FIGURES); \
	  status=$$?; \
	  $(PEERS)/scale/bin/python -B Benchmarks/Scale/plot.py $(SCALE_FIGURES) $(SCALE_PICTURE) && exit $$status

$(PIPELINE): Benchmarks/Dispatch/pipeline.c
	mkdir -p .build
	$(CC) -O2 -Wall -Wextra -o $@ $< -lzmq

data: dependencies ## Make Topologies/data/generated/temperatures.csv with ROWS lines
	$(RELEASE_BUILD) --product millrace-generate
	mkdir -p $(dir $(DATA))
	$(RELEASE)/millrace-generate temperatures $(ROWS) >$(DATA).partial
	mv $(DATA).partial $(DATA)

simulate: build ## Live through RUNS simulated runs with all kinds of faults, from SEED
	$(RELEASE)/millrace simulate --seed $(SEED) --seeds $(RUNS)

chaos: build trials-build ## Kill and stop processes at random for SECONDS, from SEED
	$(TRIALS) chaos --millrace $(RELEASE)/millrace --seconds $(SECONDS) --seed $(SEED) --faults $(FAULTS)

trials: build trials-build $(PIPELINE) ## Measure recovery, lost tasks, resume, poison and durability
	$(TRIALS) recovery
	$(TRIALS) tasks --millrace $(RELEASE)/millrace
	$(TRIALS) resume
	$(TRIALS) poison
	$(TRIALS) durability --millrace $(RELEASE)/millrace
	$(TRIALS) uneven
	$(TRIALS) latency --millrace $(RELEASE)/millrace --pipeline $(PIPELINE)

image: ## Build the container image `millrace`
	$(IMAGE_BUILD) -f docker/Dockerfile -t millrace .

test-compose: ## Build the image, run it with COMPOSE, kill its containers, compare the bytes
	COMPOSE='$(COMPOSE)' python3 -B Tests/Compose/test.py

check-manifests: $(MANIFEST_TOOLS) ## Check docker/kubernetes against the schemas of Kubernetes
	$(MANIFEST_TOOLS)/bin/python -B Tests/Compose/check_manifests.py docker/kubernetes

$(MANIFEST_TOOLS):
	@python3 -c 'import ensurepip' 2>/dev/null \
	  || $(MAKE) --no-print-directory dependencies DEBIAN_PACKAGES=python3-venv
	rm -rf $@.partial
	python3 -m venv $@.partial
	$@.partial/bin/python -m pip install -q --disable-pip-version-check kubernetes-validate==1.37.0
	mv $@.partial $@

trials-build: dependencies $(FAULTS)
	$(RELEASE_BUILD) --product millrace-trials

fuzz: fuzz-build ## Feed the decoder TARGET with inputs of all kinds for SECONDS
	sh Tests/Fuzz/fuzz.sh $(FUZZ) $(TARGET) $(SECONDS)

fuzz-short: fuzz-build ## Feed each decoder for 10 seconds
	for target in $(FUZZ_TARGETS); do \
	  sh Tests/Fuzz/fuzz.sh $(FUZZ) $$target 10 >.build/fuzz/$$target.log 2>&1 \
	    || { tail -n 60 .build/fuzz/$$target.log; exit 1; }; \
	  grep stat::number_of_executed_units .build/fuzz/$$target.log | sed "s/^/$$target: /"; \
	done

# Apart from other builds: all of it is instrumented, for coverage and for the use of memory.
fuzz-build: dependencies
	MILLRACE_FUZZ=1 $(SWIFT) build --scratch-path .build/fuzz -c release --product millrace-fuzz \
	  --sanitize fuzzer -Xswiftc -sanitize=fuzzer,address -Xcc -fsanitize=fuzzer-no-link,address

$(FAULTS): Benchmarks/Trials/Faults/faults.c
	mkdir -p .build
	$(CC) -shared -fPIC -O2 -Wall -Wextra -o $@ $< -ldl

clean: ## Remove what was built and made
	rm -rf .build Topologies/data/generated Topologies/out

dependencies: ## Install the C libraries that are missing (Debian and Ubuntu)
	@if command -v dpkg-query >/dev/null; then \
	  missing=""; \
	  for package in $(DEBIAN_PACKAGES); do \
	    dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	  done; \
	  if [ -n "$$missing" ]; then \
	    echo "installing$$missing"; \
	    if [ "$$(id -u)" = 0 ]; then sudo=; \
	    elif command -v sudo >/dev/null; then sudo=sudo; \
	    else echo "error: run as root or install sudo, or install by hand:$$missing" >&2; exit 1; fi; \
	    $$sudo apt-get update -q && \
	    $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $$missing; \
	  fi; \
	elif command -v brew >/dev/null; then \
	  brew list zeromq libpg_query re2 xxhash zstd pkgconf >/dev/null 2>&1 || brew install zeromq libpg_query re2 xxhash zstd pkgconf; \
	else \
	  echo "note: install libzmq, libpg_query, RE2 and xxHash with their headers if the build does not find them"; \
	fi
