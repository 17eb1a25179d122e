# The targets that people use. Everything they need is installed by `make deps`.

SWIFT ?= swift
PYTHON := .build/python
# What Python compiles is kept, whatever the shell wishes, and away from the sources: some of it takes seconds, at each start.
export PYTHONPYCACHEPREFIX := $(abspath .build/python-cache)
unexport PYTHONDONTWRITEBYTECODE

PREFIX ?= /usr/local

.PHONY: help deps build install demo test built-tests sessions heavy format lint docs check-docs protos check-protos fuzz bench clean

help:
	@echo "make demo     install what is needed, build, and show an assistant's session against the lab"
	@echo "make test     run every test"
	@echo "make build    build the release; make install puts it below PREFIX (/usr/local)"
	@echo "make bench    measure, beside the peers"
	@echo "make format | lint | docs | protos    keep the tree tidy and what is generated up to date"

deps:
	@.ci/install-packages

build: deps
	$(SWIFT) build -c release

plugins = Velociraptor Deployments Agents DockerDeployer BinaryDeployer AWSDeployer AzureDeployer

# The programs find plugins and manifests relative to themselves.
install: build
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/megaraptor-mcp $(DESTDIR)$(PREFIX)/share/megaraptor-mcp \
		$(DESTDIR)$(PREFIX)/include/megaraptor-mcp
	install -m 644 Sources/CMegaraptorABI/include/megaraptor_plugin.h $(DESTDIR)$(PREFIX)/include/megaraptor-mcp
	install -m 755 .build/release/megaraptor-mcp .build/release/megaraptor-lab .build/release/megaraptor-plugin \
		$(DESTDIR)$(PREFIX)/bin
	install -m 644 $(plugins:%=.build/release/lib%.so) $(DESTDIR)$(PREFIX)/lib/megaraptor-mcp
	cp -r manifests $(DESTDIR)$(PREFIX)/share/megaraptor-mcp/

demo: build
	@.build/release/megaraptor-mcp demo

# One after the other, as each would eat up the others' deadlines: what runs in one process; what makes keys and talks to
# real engines, machines, clouds and servers; and sessions with the built programs. Of each only a few tests run at a time,
# so that none of them waits for the processor until its deadline is over. What compiles, validates and mutates for minutes
# takes what those leave of the processor, and so does what waits for the network beside the compiler.
real = (DeploymentKit|HTTPTransport|SSHTransport|Negotiation|WinRM|AWSClient|AzureClient|AgentsPlugin|(Docker|Binary|AWS|Azure)DeployerPlugin)Tests
heavy = (Fuzz|NewPlugin|TenMinutes|Validate)Tests

few = $(SWIFT) test --skip-build --ignore-lock --parallel --experimental-maximum-parallelization-width

test: deps
	@$(MAKE) -j 2 built-tests $(PYTHON)
	$(few) 6 --skip EndToEndTests --skip '$(real)'
	@$(MAKE) -j 2 sessions heavy

built-tests:
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error $(BUILD_FLAGS)

sessions:
	$(few) 4 --filter '$(real)'
	MEGARAPTOR_PYTHON_CLIENTS=$(abspath $(PYTHON)) $(few) 3 --filter EndToEndTests --skip '$(heavy)'

heavy:
	nice -n 15 $(few) 2 --filter '$(heavy)'

$(PYTHON): .ci/python-environments
	@.ci/python-environments $(PYTHON)

format:
	$(SWIFT) format -i -r --configuration .swift-format Package.swift Sources Plugins Tests Benchmarks

lint:
	$(SWIFT) format lint --parallel --strict -r --configuration .swift-format Package.swift Sources Plugins Tests Benchmarks
	@.ci/check-headers

docs: build
	@.ci/manifests
	@.ci/schemas
	@.ci/readme-tables
	@.ci/abi-reference
	@.ci/manifest-reference

check-docs:
	@.ci/manifests --check
	@.ci/schemas --check
	@.ci/readme-tables --check
	@.ci/abi-reference --check
	@.ci/manifest-reference --check

protos:
	@Protos/generate.sh

check-protos:
	@Protos/generate.sh --check

# Other seeds than those of the tests: make fuzz SEED=7 COUNT=1000000
fuzz: build
	@.build/release/megaraptor-fuzz --seed $(or $(SEED),1) --count $(or $(COUNT),100000)

bench: build
	@Benchmarks/run

clean:
	$(SWIFT) package clean
