# debrief: leads a team through a live, blameless retrospective.
# make            build ./debrief            make demo   set-up, build, show it
# make test       set-up, build, all tests   make help   the other targets
ifeq ($(origin CC),default)
CC = gcc
endif
B ?= build
PREFIX ?= /usr/local
DESTDIR ?=
PKGS = ncursesw libgit2 sqlite3 libcjson libutf8proc libsodium

LAYERS = base model tui formats storage commands live views cli
OPT ?= -O2 -g
WARN = -Wall -Wextra -Wshadow -Wpointer-arith -Wcast-qual -Wstrict-prototypes -Wmissing-prototypes \
	-Wwrite-strings -Wvla -Wundef -Wformat=2 -Wno-missing-field-initializers
HARDEN ?= -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
CPPFLAGS += -I. -I$(B)/gen -D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE
CFLAGS += -std=c11 $(OPT) $(WARN) $(HARDEN) $(SAN) $(WERROR) -MMD -MP
LDFLAGS += -pie -Wl,-z,relro,-z,now $(SAN)
LIBS = $(shell pkg-config --libs $(PKGS)) -lm

archives = $(foreach l,$(LAYERS),$(B)/lib$(l).a)
# What a layer may link against, top down: its own archive and those below it.
below_base = base
below_model = model base
below_tui = tui base
below_formats = formats model base
below_storage = storage model base
below_commands = commands model base
below_live = live storage model base
below_views = views commands tui model base
below_cli = cli views live commands storage formats tui model base
lib = $(foreach l,$(1),$(B)/lib$(l).a)

all: debrief

help:
	@echo 'make             build ./debrief'
	@echo 'make demo        set-up, build, a real incident in a throw-away history'
	@echo 'make test        set-up, build, all tests'
	@echo 'make install     PREFIX=$(PREFIX) DESTDIR=$(DESTDIR)'
	@echo 'make bench       measure against floors and peers'
	@echo 'make bench-live  people together: against tmux and against floors (QUICK=1)'
	@echo 'make lint        warnings of two compilers, cppcheck, manual, structure'
	@echo 'make asan        all tests under the address and undefined-behavior sanitizers'
	@echo 'make frames      rewrite the golden frames (then look at git diff)'
	@echo 'make manual      write the manual anew from the tables'
	@echo 'make pictures    rewrite the pictures of the README'
	@echo 'make fuzz        FUZZ_SECONDS=60 for each target'
	@echo 'make cov         line coverage of the tests'
	@echo 'make clean'

debrief: $(B)/debrief
	@cp -f $(B)/debrief $@

$(B)/debrief: $(B)/cli/main.o $(archives)
	@echo '  LINK $@'
	@$(CC) $(LDFLAGS) -o $@ $< $(call lib,$(below_cli)) $(LIBS)

$(B)/%.o: %.c
	@mkdir -p $(@D)
	@echo '  CC   $<'
	@$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

define layer
objs_$(1) = $$(patsubst %.c,$(B)/%.o,$$(filter-out cli/main.c,$$(wildcard $(1)/*.c)))
$(B)/lib$(1).a: $$(objs_$(1))
	@mkdir -p $$(@D)
	@rm -f $$@
	@ar rcs $$@ $$^
tests_$(1) = $$(patsubst tests/$(1)/%.c,$(B)/tests/$(1)_%,$$(wildcard tests/$(1)/test_*.c))
$(B)/tests/$(1)_%: $(B)/tests/$(1)/%.o $$(call lib,$$(below_$(1)))
	@mkdir -p $$(@D)
	@echo '  LINK $$@'
	@$$(CC) $$(LDFLAGS) -o $$@ $$< $$(call lib,$$(below_$(1))) $$(LIBS) -lcmocka -lvterm -lutil
# One layer's tests: make check-model
check-$(1): $$(tests_$(1))
	@for t in $$^; do $$$$t || exit 1; done
.PHONY: check-$(1)
endef
$(foreach l,$(LAYERS),$(eval $(call layer,$(l))))

# Files compiled in.
embedded = $(wildcard templates/*.json templates/wording.* templates/incidents/*)
$(B)/gen/embedded.c: templates/embed.sh $(embedded)
	@mkdir -p $(@D)
	sh templates/embed.sh >$@.tmp && mv $@.tmp $@
$(B)/gen/embedded.o: $(B)/gen/embedded.c
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<
$(B)/libstorage.a: $(B)/gen/embedded.o

unit_tests = $(foreach l,$(LAYERS),$(tests_$(l)))
scripts = $(wildcard tests/program/test_*.sh) $(wildcard tests/structure/test_*.sh)
fault_shim = $(B)/tests/fault.so
$(fault_shim): tests/faults/fault.c
	@mkdir -p $(@D)
	$(CC) -shared -fPIC -O1 -D_GNU_SOURCE -o $@ $< -ldl

setup-%:
	@./setup $*

# Recursive, so that a fresh machine has the libraries before anything asks for them.
demo: setup-build
	@$(MAKE) --no-print-directory -j2 debrief
	@./debrief demo

test: setup-test
	@$(MAKE) --no-print-directory -j2 debrief run-tests

run-tests: $(B)/debrief $(unit_tests) $(fault_shim)
	@DEBRIEF=$(CURDIR)/$(B)/debrief BUILD=$(B) CC="$(CC)" FAULT_SHIM=$(CURDIR)/$(fault_shim) sh tests/run.sh $(unit_tests) $(scripts)

sanitized = B=build-asan OPT='-O1 -g' HARDEN= \
	SAN='-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer'
asan: setup-test
	@$(MAKE) --no-print-directory -j2 $(sanitized) run-tests

frames: $(B)/tests/views_test_frames $(B)/tests/views_test_home
	FRAMES=write $(B)/tests/views_test_frames
	FRAMES=write $(B)/tests/views_test_home
	@git status --short tests/frames

manual: debrief
	sh man/generate.sh ./debrief

pictures: debrief
	sh man/pictures.sh

lint: setup-lint
	@$(MAKE) --no-print-directory -j2 B=build-clang CC=clang OPT=-O1 WERROR=-Werror build-clang/debrief
	@$(MAKE) --no-print-directory -j2 B=build-gcc CC=gcc WERROR=-Werror build-gcc/debrief
	@sh tests/lint.sh

bench: setup-bench
	@$(MAKE) --no-print-directory -j2 debrief $(patsubst bench/%.c,$(B)/bench/%,$(wildcard bench/*.c))
	@B=$(B) sh bench/run.sh

bench-live: setup-test
	@$(MAKE) --no-print-directory -j2 $(B)/debrief $(B)/bench/live_screens $(B)/bench/live_sockets \
		$(B)/bench/live_pane
	@B=$(B) sh bench/live.sh

$(B)/bench/%: $(B)/bench/%.o $(archives)
	$(CC) $(LDFLAGS) -o $@ $< $(call lib,$(below_cli)) $(LIBS) -lutil

FUZZ_SECONDS ?= 60
fuzz: setup-lint
	@$(MAKE) --no-print-directory -j2 B=build-fuzz CC=clang OPT='-O1 -g' HARDEN= \
		SAN='-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all' fuzzers
	@sh tests/fuzz/run.sh build-fuzz $(FUZZ_SECONDS)

fuzzers: $(patsubst tests/fuzz/%.c,$(B)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
$(B)/fuzz/%: $(B)/tests/fuzz/%.o $(archives)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -fsanitize=fuzzer -o $@ $< $(call lib,$(below_cli)) $(LIBS)

cov: setup-test
	@$(MAKE) --no-print-directory -j2 B=build-cov OPT='-O0 -g --coverage' HARDEN= SAN=--coverage run-tests
	@sh tests/cov.sh build-cov

install: debrief
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 \
		$(DESTDIR)$(PREFIX)/share/man/man5 $(DESTDIR)$(PREFIX)/share/man/man7 \
		$(DESTDIR)$(PREFIX)/share/debrief
	install -m 755 $(B)/debrief $(DESTDIR)$(PREFIX)/bin/debrief
	install -m 644 man/*.1 $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 644 man/*.5 $(DESTDIR)$(PREFIX)/share/man/man5
	install -m 644 man/*.7 $(DESTDIR)$(PREFIX)/share/man/man7
	install -m 644 man/*.schema.json $(DESTDIR)$(PREFIX)/share/debrief

clean:
	rm -rf build build-asan build-clang build-gcc build-fuzz build-cov debrief

.PHONY: all help demo test run-tests asan frames manual pictures lint bench bench-live fuzz fuzzers cov install clean

.PRECIOUS: $(B)/%.o
# What the compiler said each object depends on.
-include $(shell find $(B) -name '*.d' 2>/dev/null)
