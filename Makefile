# The only door to this project. Needs Node (18 or newer), npm, make and bash; everything else is
# fetched by the targets themselves: Node 24 and the tools from npm, Chromium and fonts from apt
# where that is allowed. `make` alone lists the targets.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

# The project's own Node first, the machine's Node only for the npm that installs it.
BIN := $(CURDIR)/node_modules/.bin
MACHINE_PATH := $(subst $(BIN):,,$(PATH))
export PATH := $(BIN):$(MACHINE_PATH)

# npm writes this file last, so it is the stamp of an installation that ended well.
NODE_STAMP := node_modules/.package-lock.json
SYSTEM_STAMP := build/setup/system
ARM64_STAMP := build/setup/arm64

##@ Every day

help: ## list the targets (the default)
	@awk -F ':.*## ' '/^##@/ { printf "\n%s\n", substr($$0, 5) } /^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile
	@echo

run: $(NODE_STAMP) ## start headquarters, a terminal and a virtual printer [DATA=fresh starts over]
	@node tools/run/main.ts

test: setup ## everything: check, integration, e2e [SEED=n repeats a run]
	@rm -rf build/reports; code=0; \
	for run in check integration e2e; do $(MAKE) $$run || code=1; done; \
	node tools/proof/leak/main.ts --collected build/reports/leaks || code=1; \
	node tools/house/tally.ts unit integration e2e; exit $$code

check: $(NODE_STAMP) ## format, types, lint, tidy, dead code and unit tests; under 30 s [SEED=n]
	@$(MAKE) -j2 -k -O $(STEPS)

e2e: setup ## the tests that drive the real processes and the real screen [SEED=n]
	@$(call suite,e2e,tests/e2e -name '*.test.ts')

integration: setup ## the tests that need a disk, sockets, processes or PostgreSQL [SEED=n]
	@$(call suite,integration,tests/integration tests/sim tests/conformance -path 'tests/integration/*.test.ts' -o -path 'tests/sim/*.test.ts' -o -name '*.integration.test.ts')

fmt: $(NODE_STAMP) ## format every file
	@oxfmt

##@ Now and then

sim: $(NODE_STAMP) ## worlds under faults for 60 s: [SEED=n one] [SEEDS=n] [HOURS=n] [SHRINK=n] [SCENARIO=name]
	@node tools/sim/world/main.ts $(if $(SCENARIO),--scenario $(SCENARIO))

enumerate-card: $(NODE_STAMP) ## a card sale cut at every byte of its dialogue with the reader [ROW=name] [EVERY=n] [ALL=1]
	@node tools/sim/reader/enumerate/main.ts $(if $(ALL),--all) $(if $(ROW),--row $(ROW)) $(if $(EVERY),--every $(EVERY))

replay-day: $(NODE_STAMP) ## sell a day of real sales: FILE=day.csv [FAULTS=1] [SEED=n]
	@test -n "$(FILE)" || { echo "replay-day: name the day, as in: make replay-day FILE=../shared/data/retail/<day>.csv"; exit 2; }
	@node tools/replay-day/main.ts

replay-year: $(NODE_STAMP) ## sell a year of real sales; goes on where it stopped [TILLS=n] [DAY=2010-12] [FRESH=1] [FOLDER=dir]
	@node tools/replay-year/main.ts

replay-baskets: $(NODE_STAMP) ## price a grocer's baskets with the file's discounts: [BASKETS=n] [REPORT=dir] [FOLDER=dir]
	@node tools/replay-baskets/main.ts

standard-day: setup ## a shop's day by taps on the real screen; do all sides agree [ORDERS=300] [SEED=n] [PICTURE=1]
	@node tools/standard-day/main.ts

bench: $(NODE_STAMP) ## figures of speed against peers and what is to be reached: bench/ [ROWS=B1,B3]
	@node tools/bench/main.ts

mutants: $(NODE_STAMP) ## plant one-line bugs into a copy; says what catches each [ONLY=name,name]
	@node tools/mutants/main.ts --only "$(ONLY)"

bundle: $(NODE_STAMP) ## build what a terminal runs, reproducibly; prints size and hash
	@node tools/build/bundle.ts

golden: $(NODE_STAMP) ## write tests/golden anew; review the difference before it lands
	@node tests/support/write-goldens.ts

lock: ## complete package-lock.json after a change of packages
	@node tools/setup/lock.ts && touch $(NODE_STAMP)

setup: $(NODE_STAMP) $(SYSTEM_STAMP) $(ARM64_STAMP) ## install what is missing (the other targets do this themselves)

clean: ## remove what was built; keeps node_modules and the shop's data
	@rm -rf build

##@ Parts of make check

STEPS := unit types-main types-pure types-web lint dead-code tidy format

unit: $(NODE_STAMP) ## unit tests [SEED=n]
	@rm -f build/reports/unit.json
	@$(call step,REPORTER=minimal vitest run --project unit)
	@node tools/house/tally.ts unit

types-main: $(NODE_STAMP) ## type-check all but the screen
	@$(call step,tsc -p tsconfig.json)

types-pure: $(NODE_STAMP) ## type-check core and protocol where Node's globals do not exist
	@$(call step,tsc -p tsconfig.pure.json)

types-web: $(NODE_STAMP) ## type-check the screen
	@$(call step,tsc -p tsconfig.web.json)

lint: $(NODE_STAMP) ## oxlint with types
	@$(call step,oxlint)

dead-code: $(NODE_STAMP) ## files, exports and packages that nothing uses
	@$(call step,knip --no-progress)

tidy: $(NODE_STAMP) ## the house rules that no tool knows
	@$(call step,node tools/tidy.ts,show)

format: $(NODE_STAMP) ## is every file formatted
	@$(call step,oxfmt --check)

# Runs a command with its output held back: one line when green, everything when red.
# $(1) the command, $(2) "show" to print the last line of a green one.
define step
SECONDS=0; if out=$$($(1) 2>&1 </dev/null); then \
  echo "  green  $@ ($${SECONDS} s)$(if $(2),: $$(tail -n 1 <<<"$$out"))"; \
else \
  printf '%s\n  RED    %s (%s s): %s\n' "$$out" '$@' "$$SECONDS" '$(1)'; exit 1; \
fi
endef

# Runs one vitest project in the open. $(1) its name, $(2) where `find` sees that it has tests at all.
define suite
rm -f build/reports/$(1).json; \
if [ -z "$$(find $(2) 2>/dev/null | head -n 1)" ]; then echo "$(1): there is no test yet"; exit 0; fi; \
vitest run --project $(1)
endef

$(NODE_STAMP): package-lock.json
	@echo "setup: npm ci (Node 24 and the tools, from package-lock.json)"
	@PATH="$(MACHINE_PATH)" npm ci --loglevel=error --no-progress </dev/null
	@PATH="$(MACHINE_PATH)" node tools/setup/node.cjs || { rm -f $@; exit 1; }
	@touch $@

# A script that could not do all says so in one line and leaves no stamp, so that it is tried again.
$(SYSTEM_STAMP): tools/setup/system.sh
	@if bash $<; then mkdir -p $(@D) && touch $@; fi

$(ARM64_STAMP): tools/setup/arm64.sh package-lock.json | $(NODE_STAMP) $(SYSTEM_STAMP)
	@if bash $<; then mkdir -p $(@D) && touch $@; fi

.PHONY: help run test check e2e integration fmt enumerate-card replay-day replay-year replay-baskets standard-day sim bench mutants bundle golden lock setup clean $(STEPS)
