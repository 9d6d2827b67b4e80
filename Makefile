# faceaudit: build, test, measure. `make help` lists the targets.
#
# BUILD=dir    build directory (default: build)
# CC=compiler  gcc or clang
# SAN=1        AddressSanitizer and UndefinedBehaviorSanitizer
# -j N         parallel jobs (default: all cores)
# T=pattern    unit tests to run with `make unit`, e.g. T=test_base_*
# V=1          print whole commands
# MODULES=...  modules of the library, for work on a part of it
# CORPUS=dir   labelled documents for `make eval` and extra tests

BUILD ?= build
CC = gcc
SAN ?=
DEBUG ?= -g
OPT ?= -O2
CORPUS ?= ../shared/corpus
PREFIX ?= /usr/local
DESTDIR ?=
T ?= test_*
MODULES ?= base model fetch read segment discover flow browser rules match project \
	score store evidence diff report crawl walk audit case cli

Q = $(if $(V),,@)
VERSION := $(shell sed -n 's/^.define FA_VERSION "\(.*\)"/\1/p' src/tools/version.h)

WARN = -Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion \
	-Wstrict-prototypes -Wmissing-prototypes -Wvla -Wundef -Wformat=2 \
	-Wcast-qual -Wwrite-strings
STD = -std=c11 -D_POSIX_C_SOURCE=200809L
ifneq ($(SAN),)
SANFLAGS = -fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
OPT = -O1
endif
EXTRA ?=
FLAGS = $(STD) $(OPT) $(DEBUG) $(WARN) $(SANFLAGS) $(EXTRA) -Isrc $(XML2) \
	$(SONAMES)
# What the loader has written is read-only before the program runs.
LDFLAGS ?= -Wl,-z,relro,-z,now

# The flags of the libraries are asked for once, after the packages are there.
NEEDS_CONFIG := $(filter-out clean help format dist uninstall,$(or $(MAKECMDGOALS),all))
ifneq ($(NEEDS_CONFIG),)
include $(BUILD)/config.mk
endif

LIB = $(BUILD)/libfaceaudit.a
SRC := $(sort $(foreach m,$(MODULES),$(wildcard src/$(m)/*.c)))
OBJ := $(SRC:src/%.c=$(BUILD)/obj/%.o)
# The SQL of the store: the first version, and the way to each next one.
SQL := src/store/schema.sql \
	$(shell ls src/store/migrate-*.sql 2>/dev/null | LC_ALL=C sort -V)
ifneq ($(filter store,$(MODULES)),)
OBJ += $(BUILD)/gen/scripts.o
endif
# What every pack carries: how to check it, and a script that does.
PACK_TEXTS = src/case/README-VERIFY.txt src/case/verify.sh
ifneq ($(filter case,$(MODULES)),)
OBJ += $(BUILD)/gen/pack_texts.o
endif
TOOL_SRC := $(sort $(filter-out src/tools/bundle_none.c,$(wildcard src/tools/*.c)))
TOOL_OBJ := $(TOOL_SRC:src/%.c=$(BUILD)/obj/%.o) $(BUILD)/gen/listings.o \
	$(BUILD)/gen/commit.o
# The parts of the program that tests link: all but main.
TOOL_LIB = $(BUILD)/libtools.a
TOOL_LIB_OBJ = $(filter-out %/main.o,$(TOOL_OBJ)) $(BUILD)/obj/tools/bundle_none.o
UNIT_SRC := $(sort $(wildcard tests/unit/$(T).c))
UNIT := $(UNIT_SRC:tests/unit/%.c=$(BUILD)/unit/%)
FUZZ_SRC := $(sort $(wildcard tests/fuzz/fuzz_*.c))
REPLAY := $(FUZZ_SRC:tests/fuzz/%.c=$(BUILD)/replay/%)
# App stores, as data; the program carries them.
LISTINGS := $(sort $(wildcard rules/stores/*.yaml))
RULES := $(shell find rules -name '*.yaml' 2>/dev/null | LC_ALL=C sort)

export BUILD CC CORPUS

# All cores, unless make was told otherwise.
ifeq ($(MAKELEVEL)$(filter -j% --jobserver%,$(MAKEFLAGS)),0)
MAKEFLAGS += -j$(shell nproc 2>/dev/null || echo 1)
endif

.SUFFIXES:
.DELETE_ON_ERROR:
.PHONY: all lib unit check check-all check-asan check-valgrind check-fail \
	fuzz bench bench-crawl bench-walk eval demo lint format coverage install dist clean help \
	tests-built

all: $(BUILD)/faceaudit $(BUILD)/facecheck ## build the program (installs missing packages)
.PHONY: faceaudit
faceaudit: $(BUILD)/faceaudit ## build the checker only, without facecheck
lib: $(LIB) ## build the library only

# Packages for all goals are asked for at once: who cannot install them is
# told the whole list.
ONLY_BUILD = all faceaudit lib install deb demo eval lint
$(BUILD)/config.mk: Makefile scripts/install-deps scripts/sonames
	@scripts/install-deps build \
		$(if $(filter-out $(ONLY_BUILD),$(NEEDS_CONFIG)),test)
	@mkdir -p $(@D)
	@libs=$$(pkg-config --libs libutf8proc) && \
		sha=$$($(CC) -print-file-name=libcrypto.a) && \
		{ [ -e "$$sha" ] || sha=-lcrypto; } && \
		echo "LIBS = $$libs $$sha -ldl -lpthread" >$@.tmp && \
		opened=$$(pkg-config --libs uchardet libcurl libpsl \
		libxml-2.0 libzip xlsxwriter libcrypto sqlite3 libpcre2-8 \
		libcjson yaml-0.1 libcmark zlib) && \
		echo "OPENED_LIBS = $$opened" >>$@.tmp && \
		sonames=$$(scripts/sonames "$(CC)" curl psl uchardet xml2 \
		zip xlsxwriter crypto sqlite3 pcre2-8 cjson yaml cmark z) && \
		echo "SONAMES = $$sonames" >>$@.tmp && \
		echo "XML2 = $$(pkg-config --cflags libxml-2.0)" >>$@.tmp
	@echo "FC_LIBS = $$(pkg-config --libs sqlite3 libcrypto libxml-2.0 \
		libmicrohttpd) -lm -ldl -lpthread" >>$@.tmp
	@mv $@.tmp $@

$(BUILD)/test.mk: scripts/install-deps | $(BUILD)/config.mk
	@scripts/install-deps test
	@scripts/install-deps browser || echo "make: no browser: tests that" \
		"walk pages will be skipped, and say so" >&2
	@scripts/install-deps opinions || echo "make: without spin, strace" \
		"and gdb tests say what they leave out" >&2
	@touch $@
# What only tests link.
TEST_FLAGS = $$(pkg-config --cflags cmocka)
TEST_LIBS = $$(pkg-config --libs cmocka) $(OPENED_LIBS)

$(LIB): $(OBJ)
	@rm -f $@
	$(Q)$(AR) rcs $@ $(OBJ)

$(TOOL_LIB): $(TOOL_LIB_OBJ)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

$(BUILD)/obj/%.o: src/%.c | $(BUILD)/config.mk
	@mkdir -p $(@D)
	$(if $(V),,@echo '  CC $<')
	$(Q)$(CC) $(FLAGS) -MMD -MP -c $< -o $@

# The bootstrap program is the whole tool without built-in rules; it compiles
# the rules that the real one then carries.
$(BUILD)/bootstrap: $(TOOL_OBJ) $(BUILD)/obj/tools/bundle_none.o $(LIB)
	$(Q)$(CC) $(FLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/bundle.json: $(BUILD)/bootstrap $(RULES)
	$(Q)$(BUILD)/bootstrap rules compile rules -o $@

# They are in it as constants. The file is data: nothing in it can be optimised
# (private: what it is made by can).
$(BUILD)/gen/bundle.c: $(BUILD)/bundle.json
	@mkdir -p $(@D)
	$(Q)$(BUILD)/bootstrap rules compile --source $< -o $@
$(BUILD)/gen/bundle.o: private override OPT = -O0
$(BUILD)/gen/bundle.o: private override DEBUG =

$(BUILD)/gen/scripts.c: $(SQL) scripts/embed-scripts
	@mkdir -p $(@D)
	$(Q)scripts/embed-scripts $(SQL) >$@

$(BUILD)/gen/pack_texts.c: $(PACK_TEXTS) scripts/embed-texts
	@mkdir -p $(@D)
	$(Q)scripts/embed-texts $(PACK_TEXTS) >$@

# Asked for at every build, written when it is another one.
.PHONY: ask
$(BUILD)/gen/commit.c: scripts/embed-commit ask
	@mkdir -p $(@D)
	@scripts/embed-commit >$@.tmp
	@if cmp -s $@.tmp $@; then rm $@.tmp; else mv $@.tmp $@; fi

$(BUILD)/gen/listings.c: $(LISTINGS) scripts/embed-listings
	@mkdir -p $(@D)
	$(Q)scripts/embed-listings $(LISTINGS) >$@

$(BUILD)/gen/%.o: $(BUILD)/gen/%.c
	$(Q)$(CC) $(FLAGS) -c $< -o $@

$(BUILD)/faceaudit: $(TOOL_OBJ) $(BUILD)/gen/bundle.o $(LIB)
	$(Q)$(CC) $(FLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

# The reference verifier: a library and a program of their own, which share
# base and cli with the audit and nothing else.
FC_PARTS = machine face child record method serve bench
FC_SRC := $(sort $(foreach p,$(FC_PARTS),$(wildcard src/facecheck/$(p)/*.c)))
FC_OBJ := $(FC_SRC:src/%.c=$(BUILD)/obj/%.o) $(BUILD)/gen/fc-model.o
FC_LIB = $(BUILD)/libfacecheck.a
FC_TOOL_OBJ := $(patsubst src/%.c,$(BUILD)/obj/%.o,\
	$(sort $(wildcard src/facecheck/tool/*.c)))

# Faces are bytes that must be the same everywhere: no fused arithmetic.
FC_EXACT = -ffp-contract=off
$(BUILD)/obj/facecheck/%.o $(BUILD)/gen/fc-model.o: override EXTRA += $(FC_EXACT)
$(BUILD)/obj/facecheck/face/%.o $(BUILD)/gen/fc-model.o: \
	override EXTRA += $(if $(filter -O2,$(OPT)),-O3)

# What the bundled matcher knows is learnt from rendered people, by a program
# of the build: without sanitizers, and the same bytes from every compiler.
FC_TRAIN_SRC := $(wildcard src/facecheck/face/train/*.c) \
	$(addprefix src/facecheck/face/,person.c head.c lines.c render.c \
	kernel.c kernel_x86.c hog.c patch.c window.c find.c) \
	$(addprefix src/base/,arena.c buf.c err.c fd.c file.c file_walk.c memory.c \
	num.c str.c utf8.c utf8_look.c cpu.c)
$(BUILD)/gen/fc-train: $(FC_TRAIN_SRC) $(wildcard src/facecheck/face/*.h \
		src/facecheck/face/train/*.h) | $(BUILD)/config.mk
	@mkdir -p $(@D)
	$(Q)$(CC) $(STD) -O3 $(FC_EXACT) $(WARN) -Isrc $(FC_TRAIN_SRC) \
		-lutf8proc -lm -o $@

# FC_MODEL names one that another build has learnt already.
FC_MODEL ?=
ifneq ($(FC_MODEL),)
$(BUILD)/gen/fc-model.c: $(FC_MODEL)
	@mkdir -p $(@D)
	$(Q)cp $< $@
else
$(BUILD)/gen/fc-model.c: $(BUILD)/gen/fc-train
	$(if $(V),,@echo '  TRAIN $@')
	$(Q)$< $@
endif

$(FC_LIB): $(FC_OBJ)
	@rm -f $@
	$(Q)$(AR) rcs $@ $(FC_OBJ)

# No program without proof: it walks every session that its own table allows,
# and make deletes it again when a promise breaks.
$(BUILD)/facecheck: $(FC_TOOL_OBJ) $(FC_LIB) $(LIB)
	$(Q)$(CC) $(FLAGS) $(LDFLAGS) -o $@ $^ $(FC_LIBS) $(LIBS)
	$(Q)$@ model --quiet --lang en

# tests/unit/test_x.c -> $(BUILD)/unit/test_x
$(BUILD)/unit/%: tests/unit/%.c $(TOOL_LIB) $(FC_LIB) $(LIB) | $(BUILD)/test.mk
	@mkdir -p $(@D)
	$(Q)$(CC) $(FLAGS) $(TEST_FLAGS) -Itests -MMD -MP -MF $@.d $< \
		$(filter %/bundle.o,$^) $(TOOL_LIB) \
		$(FC_LIB) $(LIB) \
		$(TEST_LIBS) $(FC_LIBS) $(LIBS) $(LDFLAGS) -o $@

# Tests link no built-in rules, but for the one that is about them.
$(BUILD)/unit/test_rules_builtin: $(BUILD)/gen/bundle.o

# A fuzz target with a driver that replays files.
$(BUILD)/replay/%: tests/fuzz/%.c tests/fuzz/standalone.c $(FC_LIB) $(LIB) | $(BUILD)/test.mk
	@mkdir -p $(@D)
	$(Q)$(CC) $(FLAGS) -Itests -MMD -MP -MF $@.d $< tests/fuzz/standalone.c \
		$(filter %.o,$^) $(FC_LIB) $(LIB) $(OPENED_LIBS) $(FC_LIBS) \
		$(LIBS) $(LDFLAGS) -o $@

# For a second compiler's opinion: what it says of the source, nothing to run.
.PHONY: objects
objects: $(OBJ) $(TOOL_OBJ) $(FC_TOOL_OBJ) $(filter-out $(BUILD)/gen/%,$(FC_OBJ)) \
		$(FUZZ_SRC:tests/fuzz/%.c=$(BUILD)/obj/fuzz/%.o) \
		$(UNIT_SRC:tests/unit/%.c=$(BUILD)/obj/unit/%.o) ## compile all, link nothing

$(BUILD)/obj/fuzz/%.o: tests/fuzz/%.c | $(BUILD)/test.mk
	@mkdir -p $(@D)
	$(Q)$(CC) $(FLAGS) -Itests -MMD -MP -c $< -o $@

$(BUILD)/obj/unit/%.o: tests/unit/%.c | $(BUILD)/test.mk
	@mkdir -p $(@D)
	$(Q)$(CC) $(FLAGS) $(TEST_FLAGS) -Itests -MMD -MP -c $< -o $@

unit: $(UNIT) ## build and run unit tests (T=pattern selects)
	@scripts/run-tests $(UNIT)


# Everything that `make check` runs. Each is a TAP program; a list that comes
# out empty fails.
CHECKS = scripts/check-layers scripts/check-headers scripts/check-banned \
	scripts/check-sizes scripts/check-globals scripts/check-man \
	scripts/check-rules scripts/check-readme
TESTS = tests/golden/run tests/jobs/run tests/signals/run tests/fuzz/run tests/hostile/run \
	tests/escape/run tests/diff/run tests/change/run tests/app-repo/run tests/dossier/run tests/board/run \
	tests/shells/run tests/package/run tests/ci/run \
	tests/quotes/run tests/reference/run tests/bench/run tests/corpus/coverage \
	$(wildcard tests/validate/run) tests/law/run tests/corpus/run \
	tests/robots/run tests/warc/run tests/stamp/run tests/world/self tests/world/run \
	tests/world/ssrf tests/world/full-disk tests/world/kill \
	tests/world/shards tests/browser/run tests/walk/run tests/flows/run \
	tests/facecheck/tool tests/facecheck/spin tests/facecheck/prove \
	tests/facecheck/prove-plugins tests/facecheck/prove-service \
	tests/capture/run tests/pack/run

# Completions of shells, as the programs print them.
COMPLETIONS := $(foreach p,faceaudit facecheck,$(foreach s,bash zsh fish,\
	$(BUILD)/completions/$(p).$(s)))
$(BUILD)/completions/faceaudit.%: $(BUILD)/faceaudit
	@mkdir -p $(@D)
	@$< help @$* >$@
$(BUILD)/completions/facecheck.%: $(BUILD)/facecheck
	@mkdir -p $(@D)
	@$< help @$* >$@

tests-built: $(BUILD)/faceaudit $(BUILD)/facecheck $(BUILD)/faceaudit-reference \
		$(BUILD)/reference/random $(BUILD)/bench $(UNIT) $(REPLAY) $(COMPLETIONS)

check: tests-built ## all checks and tests; the last line is the result
	@WALK_QUICK=1 scripts/run-tests $(CHECKS) $(UNIT) $(TESTS)

check-all: check check-asan check-valgrind check-fail check-walks ## every kind of check

# Unit tests, golden cases, the fuzz corpus and small sweeps, once more with
# sanitizers.
check-asan: ## tests with AddressSanitizer and UBSan
	@$(MAKE) --no-print-directory BUILD=$(BUILD)-asan SAN=1 \
		FC_MODEL=$(wildcard $(BUILD)/gen/fc-model.c) check-sanitized

.PHONY: check-sanitized
check-sanitized: tests-built
	@WORLD_HOSTS=8 WORLD_PAGES=10 WORLD_KILLS=10 WORLD_KILL_SWEEPS=2 \
		scripts/run-tests $(UNIT) tests/golden/run tests/fuzz/run \
		tests/hostile/run tests/world/run tests/world/kill \
		tests/world/ssrf tests/world/shards

check-valgrind: $(UNIT) ## unit tests under valgrind
	@scripts/install-deps valgrind
	@RUNNER='valgrind -q --error-exitcode=99 --leak-check=full' \
		scripts/run-tests $(UNIT)

check-fail: ## each allocation fails in turn: message, status, no leak
	@$(MAKE) --no-print-directory BUILD=$(BUILD)-asan SAN=1 run-fail

.PHONY: run-fail
run-fail: $(BUILD)/faceaudit-fail $(BUILD)/faceaudit
	@scripts/run-tests tests/fail/run

$(BUILD)/faceaudit-fail: $(TOOL_OBJ) $(BUILD)/gen/bundle.o tests/fail/wrap.c $(LIB)
	$(Q)$(CC) $(FLAGS) $(LDFLAGS) -Wl,--wrap=malloc,--wrap=calloc \
		-Wl,--wrap=realloc -o $@ $^ $(LIBS)

# The reference matcher, by which tests and benchmarks judge that of the
# product, and the program with both, which says where they differ.
REF_MAIN = tests/reference/wrap.c tests/reference/random.c
REF_SRC := $(sort $(filter-out $(REF_MAIN),$(wildcard tests/reference/*.c)))
REF_OBJ := $(REF_SRC:tests/%.c=$(BUILD)/obj/%.o)
$(BUILD)/obj/reference/%.o: tests/reference/%.c | $(BUILD)/test.mk
	@mkdir -p $(@D)
	$(Q)$(CC) $(FLAGS) -Itests -MMD -MP -c $< -o $@

REF_WRAP = $(foreach f,matcher_new matcher_share match match_flow match_rule_fires,\
	-Wl,--wrap=fa_$(f))
$(BUILD)/faceaudit-reference: $(TOOL_OBJ) $(BUILD)/gen/bundle.o $(REF_OBJ) \
		$(BUILD)/obj/reference/wrap.o $(LIB)
	$(Q)$(CC) $(FLAGS) $(LDFLAGS) $(REF_WRAP) -o $@ $^ $(LIBS)

$(BUILD)/reference/random: $(BUILD)/obj/reference/random.o $(REF_OBJ) \
		$(BUILD)/gen/bundle.o $(LIB)
	@mkdir -p $(@D)
	$(Q)$(CC) $(FLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/replay/fuzz_match_reference $(BUILD)/fuzz/fuzz_match_reference: \
	$(REF_OBJ) $(BUILD)/gen/bundle.o

FUZZ_SECONDS ?= 30
FUZZ_CC ?= clang
fuzz: | $(BUILD)/test.mk ## fuzz each target with libFuzzer (FUZZ_SECONDS)
	@scripts/install-deps ci
	@$(MAKE) --no-print-directory BUILD=$(BUILD)-fuzz CC=$(FUZZ_CC) SAN=1 \
		EXTRA=-fsanitize=fuzzer-no-link run-fuzz

FUZZERS := $(FUZZ_SRC:tests/fuzz/%.c=$(BUILD)/fuzz/%)
$(BUILD)/fuzz/%: tests/fuzz/%.c $(FC_LIB) $(LIB)
	@mkdir -p $(@D)
	$(Q)$(CC) $(FLAGS) -fsanitize=fuzzer -Itests $< $(filter %.o,$^) \
		$(FC_LIB) $(LIB) $(OPENED_LIBS) $(FC_LIBS) $(LIBS) -o $@

.PHONY: run-fuzz
run-fuzz: $(FUZZERS)
	@scripts/fuzz $(FUZZ_SECONDS) $(FUZZERS)

# BENCH='match stages' measures these parts only (tests/bench/main.c).
BENCH ?=
BENCH_SRC := $(sort $(wildcard tests/bench/*.c))
BENCH_OBJ := $(BENCH_SRC:tests/%.c=$(BUILD)/obj/%.o)
$(BUILD)/obj/bench/%.o: tests/bench/%.c | $(BUILD)/test.mk
	@mkdir -p $(@D)
	$(Q)$(CC) $(FLAGS) -Itests -MMD -MP -c $< -o $@

$(BUILD)/bench: $(BENCH_OBJ) $(REF_OBJ) $(BUILD)/gen/bundle.o $(LIB)
	$(Q)$(CC) $(FLAGS) $(LDFLAGS) -Wl,--wrap=fa_cpu_simd -o $@ $^ $(LIBS)

bench: $(BUILD)/faceaudit $(BUILD)/bench ## measure speed beside PCRE2, sha256sum, cat and others (BENCH)
	@$(BUILD)/bench -l $(BUILD)/bench.jsonl -b tests/bench/baseline.json \
		$(BUILD)/faceaudit $(BENCH)

.PHONY: bench-baseline
bench-baseline: $(BUILD)/faceaudit $(BUILD)/bench ## the same, and keep the ratios to compare with
	@$(BUILD)/bench -l $(BUILD)/bench.jsonl -b tests/bench/baseline.json -w \
		$(BUILD)/faceaudit

.PHONY: bench-check
bench-check: $(BUILD)/faceaudit | $(BUILD)/test.mk ## time start-up, a repository and 10,000 files
	@scripts/bench-check $(BUILD)/faceaudit

bench-crawl: $(BUILD)/faceaudit | $(BUILD)/test.mk ## time `crawl` beside wget2, curl and wget
	@scripts/install-deps bench
	@scripts/bench-crawl $(BUILD)/faceaudit

bench-walk: $(BUILD)/faceaudit | $(BUILD)/test.mk ## time `walk` beside Playwright
	@scripts/bench-walk $(BUILD)/faceaudit

.PHONY: bench-diff
bench-diff: $(BUILD)/faceaudit | $(BUILD)/test.mk ## time `diff` beside git diff
	@scripts/bench-diff $(BUILD)/faceaudit

eval: $(BUILD)/faceaudit ## measure the rules on labelled documents (CORPUS)
	@$(BUILD)/faceaudit eval --as-of 2026-11-21 $(CORPUS)/dev.jsonl $(CORPUS)/dev \
		$(if $(wildcard $(CORPUS)/clean),--clean $(CORPUS)/clean)

# Apps are walked now, in a browser; JOBS=N at once.
JOBS ?= 2
FLOWS ?= $(addprefix corpora/flows/,apps recordings sketches)
.PHONY: eval-flows
eval-flows: $(BUILD)/faceaudit | $(BUILD)/test.mk ## walk the sample apps, measure the rules on all labelled flows
	@$(BUILD)/faceaudit eval --as-of 2026-11-21 --jobs $(JOBS) \
		$(if $(filter 0,$(shell id -u)),--no-sandbox) \
		$(addprefix --flows ,$(FLOWS))

.PHONY: audit-facecheck
audit-facecheck: all | $(BUILD)/test.mk ## walk all mutants and negatives of facecheck, judge them
	@scripts/audit-facecheck -j $(JOBS) -o $(BUILD)/facecheck-audit.json $(BUILD)

.PHONY: check-walks
check-walks: tests-built ## hostile pages under the walker, every sample app twice
	@scripts/run-tests tests/walk/run tests/walk/same

.PHONY: same-flows
same-flows: $(BUILD)/faceaudit | $(BUILD)/test.mk ## walk the sample apps in each browser, compare
	@scripts/run-tests tests/walk/same

.PHONY: eval-thirds
eval-thirds: $(BUILD)/faceaudit | $(BUILD)/test.mk ## the same for each third of the documents
	@scripts/eval-thirds -p $(BUILD)/faceaudit --as-of 2026-11-21 \
		$(CORPUS)/dev.jsonl $(CORPUS)/dev

demo: $(BUILD)/faceaudit ## audit the sample policies, write an HTML report
	@scripts/demo $(BUILD)/faceaudit $(BUILD)/demo

lint: ## static analysis and format check
	@scripts/lint $(BUILD)

format: ## lay out all C files by clang-format
	@find src tests -name '*.[ch]' -not -path '*/node_modules/*' -print0 | \
		xargs -0 clang-format -i

# Coverage of the unit and golden tests, by file.
coverage: ## line coverage of the tests
	@$(MAKE) --no-print-directory BUILD=$(BUILD)-cov OPT=-O0 \
		EXTRA=--coverage run-coverage

.PHONY: run-coverage
run-coverage: tests-built
	@find $(BUILD) -name '*.gcda' -delete
	@scripts/run-tests $(UNIT) tests/golden/run tests/fuzz/run
	@scripts/coverage $(BUILD)

export PREFIX DESTDIR
.PHONY: uninstall deb
install: $(BUILD)/faceaudit $(BUILD)/facecheck $(COMPLETIONS) ## install under PREFIX (default /usr/local)
	@scripts/install install

uninstall: ## remove what `make install` put there
	@scripts/install uninstall

deb: $(BUILD)/faceaudit $(BUILD)/facecheck $(COMPLETIONS) ## a Debian package of what is built
	@scripts/install-deps deb
	@scripts/make-deb $(BUILD) $(VERSION)

dist: ## source archive of the committed files
	@[ -e .git ] || { echo "dist: only in a clone made by git" >&2; exit 1; }
	@mkdir -p dist
	git archive --format=tar.gz --prefix=faceaudit-$(VERSION)/ \
		-o dist/faceaudit-$(VERSION).tar.gz HEAD

clean: ## remove what was built
	rm -rf $(BUILD) $(BUILD)-asan $(BUILD)-cov $(BUILD)-fuzz $(BUILD)-clang dist

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1|\2/p' Makefile | \
		awk -F'|' '{ printf "%-18s%s\n", $$1, $$2 }'

-include $(BENCH_OBJ:.o=.d) $(REF_OBJ:.o=.d) $(REF_MAIN:tests/%.c=$(BUILD)/obj/%.d) $(FC_OBJ:.o=.d) $(FC_TOOL_OBJ:.o=.d) $(OBJ:.o=.d) $(TOOL_OBJ:.o=.d) $(UNIT:=.d) $(REPLAY:=.d)
