/* The journal: what was acknowledged comes back; what is damaged is said, and kept. */
#include "tests/storage/fault.h"
#include "tests/storage/ops.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>

#include "storage/journal.h"
#include "storage/journal_file.h"

static struct journal_meta
meta_of(const struct debrief *d)
{
	struct journal_meta m = { .id = d->item.id };

	m.path = mem_dup("debriefs/2026/11/2026-11-22-checkout-5xx-7k3f.json");
	return m;
}

static char *
journal_path(const struct scratch *s, const struct debrief *d)
{
	return mem_fmt("%s/%s.journal", s->dir, d->item.id.s);
}

static struct journal *
journal_begun(const char *file, const struct debrief *d)
{
	struct journal_meta m = meta_of(d);
	struct err e = { 0 };
	struct journal *j = journal_create(file, &m, d, &e);

	if (j == NULL)
		print_message("%s\n", e.text);
	assert_non_null(j);
	journal_meta_fini(&m);
	return j;
}

/* Append `n` ops, applying each to `d`; every few in one transaction. */
static void
grow(struct journal *j, struct debrief *d, size_t n, uint64_t *seed)
{
	struct op ops[4];
	struct err e = { 0 };

	while (n > 0) {
		size_t some = 1 + next_random(seed) % 4;
		if (some > n)
			some = n;
		for (size_t i = 0; i < some; i++) {
			op_make(&ops[i], d, seed);
			debrief_apply(d, &ops[i]);
		}
		assert_ok(journal_append(j, ops, some, &e));
		for (size_t i = 0; i < some; i++)
			op_fini(&ops[i]);
		n -= some;
	}
}

/* An opened journal with all that opening gave. */
struct opened {
	struct journal *j;
	struct journal_meta meta;
	struct debrief *d;
	struct journal_state state;
	size_t ops;
};

static void
count_op(void *ctx, const struct debrief *d, const struct op *op)
{
	struct opened *o = ctx;

	assert_non_null(d);
	assert_string_equal(op->by, "lena");
	o->ops++;
}

static bool
reopen(struct opened *o, const char *file, struct err *e)
{
	*o = (struct opened){ 0 };
	o->j = journal_open(file, &o->meta, &o->d, count_op, o, &o->state, e);
	return o->j != NULL;
}

static void
opened_fini(struct opened *o)
{
	if (o->d == NULL)
		return;
	journal_close(o->j);
	journal_meta_fini(&o->meta);
	debrief_free(o->d);
	*o = (struct opened){ 0 };
}

static void
what_is_appended_comes_back(void **state)
{
	struct scratch *s = *state;
	uint64_t seed = 7;
	struct debrief *d = debrief_begun(&seed);
	char *file = journal_path(s, d);
	struct journal *j = journal_begun(file, d);
	struct opened o;
	struct err e = { 0 };

	for (int round = 0; round < 5; round++) {
		grow(j, d, 40, &seed);
		journal_close(j);
		assert_ok(reopen(&o, file, &e));
		assert_true(debrief_equal(o.d, d));
		assert_int_equal(o.ops, 40 * (round + 1));
		assert_false(o.state.damaged);
		assert_string_equal(o.meta.path, "debriefs/2026/11/2026-11-22-checkout-5xx-7k3f.json");
		assert_null(o.meta.base);
		assert_string_equal(o.meta.base_blob, "");
		j = o.j;
		o.j = NULL;
		opened_fini(&o);
	}
	journal_close(j);
	assert_sh("600", "stat -c %%a '%s'", file);
	assert_sh("debriefs/2026/11/2026-11-22-checkout-5xx-7k3f.json", "cat '%s/%s.name'", s->dir, d->item.id.s);
	assert_sh("2", "ls '%s' | grep -c '^%s'", s->dir, d->item.id.s);
	debrief_free(d);
	free(file);
}

static void
large_snapshot_comes_back(void **state)
{
	struct scratch *s = *state;
	uint64_t seed = 8;
	struct debrief *d = debrief_begun(&seed);
	char *file = journal_path(s, d);
	struct opened o;
	struct err e = { 0 };

	for (int i = 0; i < 1500; i++) {
		struct op op;
		op_make(&op, d, &seed);
		debrief_apply(d, &op);
		op_fini(&op);
	}
	journal_close(journal_begun(file, d));
	assert_ok(reopen(&o, file, &e));
	assert_true(debrief_equal(o.d, d));
	assert_int_equal(o.ops, 0);
	opened_fini(&o);
	debrief_free(d);
	free(file);
}

static void
one_opener_at_a_time(void **state)
{
	struct scratch *s = *state;
	uint64_t seed = 9;
	struct debrief *d = debrief_begun(&seed), *seen = NULL;
	char *file = journal_path(s, d);
	struct journal *j = journal_begun(file, d);
	struct journal_meta m = meta_of(d), got = { 0 };
	struct opened o;
	struct err e = { 0 };

	assert_refused(ERR_REFUSED, "there already", journal_create(file, &m, d, &e) != NULL);
	grow(j, d, 3, &seed);
	assert_refused(ERR_STORE, "another process", reopen(&o, file, &e));
	assert_refused(ERR_STORE, "another process", journal_peek(file, &got, &seen, &e));
	grow(j, d, 3, &seed); /* undisturbed */
	journal_close(j);
	assert_ok(journal_peek(file, &got, &seen, &e));
	assert_true(debrief_equal(seen, d));
	debrief_free(seen);
	journal_meta_fini(&got);
	assert_ok(reopen(&o, file, &e));
	assert_int_equal(o.ops, 6);
	opened_fini(&o);
	journal_meta_fini(&m);
	debrief_free(d);
	free(file);
}

/* Copy the files as a killed process leaves them, the log included. */
static void
copy_as_killed(const char *file, const char *to)
{
	run("cp '%s' '%s' && { cp '%s-wal' '%s-wal' 2>/dev/null || rm -f '%s-wal'; }", file, to, file, to, to);
}

static void
log_of_a_killed_host_is_replayed(void **state)
{
	struct scratch *s = *state;
	uint64_t seed = 10;
	struct debrief *d = debrief_begun(&seed), *seen = NULL;
	char *file = journal_path(s, d), *copy = mem_fmt("%s/0123456789ab.journal", s->dir), *before, *after;
	struct journal *j = journal_begun(file, d);
	struct journal_meta got = { 0 };
	struct opened o;
	struct err e = { 0 };

	grow(j, d, 50, &seed);
	copy_as_killed(file, copy);
	journal_close(j);
	before = sh("cd '%s' && ls -l --time-style=full-iso 0123* && md5sum 0123*", s->dir);
	assert_ok(journal_peek(copy, &got, &seen, &e));
	assert_true(debrief_equal(seen, d));
	after = sh("cd '%s' && ls -l --time-style=full-iso 0123* && md5sum 0123*", s->dir);
	assert_string_equal(before, after);
	debrief_free(seen);
	journal_meta_fini(&got);
	assert_ok(reopen(&o, copy, &e));
	assert_true(debrief_equal(o.d, d));
	assert_int_equal(o.ops, 50);
	opened_fini(&o);
	debrief_free(d);
	free(before);
	free(after);
	free(file);
	free(copy);
}

static void
base_is_kept(void **state)
{
	struct scratch *s = *state;
	uint64_t seed = 11;
	struct debrief *d = debrief_begun(&seed);
	char *file = journal_path(s, d);
	struct journal *j = journal_begun(file, d);
	struct opened o;
	struct err e = { 0 };

	grow(j, d, 5, &seed);
	assert_ok(journal_set_base(j, "{old secret}\n", 13, "aaaa", &e));
	assert_ok(journal_set_base(j, "{new}\n", 6, "bbbb", &e));
	assert_sh("0", "cat '%s' '%s-wal' | grep -c 'old secret' || true", file, file);
	grow(j, d, 5, &seed);
	journal_close(j);
	assert_ok(reopen(&o, file, &e));
	assert_string_equal(o.meta.base, "{new}\n");
	assert_string_equal(o.meta.base_blob, "bbbb");
	opened_fini(&o);
	debrief_free(d);
	free(file);
}

static void
restart_forgets(void **state)
{
	struct scratch *s = *state;
	uint64_t seed = 12;
	struct debrief *d = debrief_begun(&seed), *small = debrief_begun(&seed);
	char *file = journal_path(s, d);
	struct journal *j = journal_begun(file, d);
	struct opened o;
	struct err e = { 0 };
	FILE *old;
	char bytes[4096];

	grow(j, d, 30, &seed);
	assert_ok(journal_set_base(j, "{}\n", 3, "cccc", &e));
	small->item.id = d->item.id;
	old = fopen(file, "r"); /* the bytes of before, whatever their name is now */
	assert_ok(journal_restart(j, small, &e));
	assert_sh("0", "cat '%s'* | grep -c 'payments' || true", file);
	while (fread(bytes, 1, sizeof bytes, old) == sizeof bytes)
		for (size_t i = 0; i < sizeof bytes; i++)
			assert_int_equal(bytes[i], 0);
	fclose(old);
	grow(j, small, 3, &seed);
	journal_close(j);
	assert_ok(reopen(&o, file, &e));
	assert_true(debrief_equal(o.d, small));
	assert_int_equal(o.ops, 3);
	assert_string_equal(o.meta.base_blob, "cccc");
	assert_ok(journal_scrub(o.j, &e));
	o.j = NULL;
	opened_fini(&o);
	assert_sh("0", "ls '%s' | grep -c '^%s' || true", s->dir, d->item.id.s);
	debrief_free(small);
	debrief_free(d);
	free(file);
}

static void
what_is_no_journal_is_set_aside(void **state)
{
	struct scratch *s = *state;
	char *file = mem_fmt("%s/0123456789ab.journal", s->dir);
	struct journal_meta got = { 0 };
	struct debrief *seen = NULL;
	struct opened o;
	struct err e = { 0 };

	assert_refused(ERR_MISSING, "no such journal", reopen(&o, file, &e));
	assert_refused(ERR_MISSING, "no such journal", journal_peek(file, &got, &seen, &e));
	run("mkdir '%s'", file);
	assert_refused(ERR_STORE, "no file", reopen(&o, file, &e));
	run("rmdir '%s' && echo hello >'%s'", file, file);
	assert_refused(ERR_STORE, "nothing was changed", journal_peek(file, &got, &seen, &e));
	assert_refused(ERR_STORE, "set aside", reopen(&o, file, &e));
	assert_sh("hello", "cat '%s.damaged-1'", file);
	run(": >'%s'", file);
	assert_refused(ERR_STORE, "damaged-2", reopen(&o, file, &e));
	run("sqlite3 '%s' 'create table x(y)' 2>/dev/null || printf 'SQLite format 3' >'%s'", file, file);
	assert_refused(ERR_STORE, "damaged-3", reopen(&o, file, &e));
	assert_refused(ERR_MISSING, "no such journal", reopen(&o, file, &e));
	free(file);
}

/* Every state that `d` went through, by the number of ops. */
struct states {
	struct debrief *at[64];
	size_t n;
};

/* A journal of a dozen ops as a killed process leaves it, and what it was after each op. */
static char *
journal_of_states(const struct scratch *s, struct states *all, uint64_t seed, bool in_log)
{
	struct debrief *d = debrief_begun(&seed);
	char *file = journal_path(s, d), *copy = mem_fmt("%s/%s.model", s->dir, d->item.id.s);
	struct journal *j = journal_begun(file, d);
	struct err e = { 0 };

	all->n = 0;
	all->at[all->n++] = debrief_copy(d);
	for (int i = 0; i < 12; i++) {
		struct op op;
		op_make(&op, d, &seed);
		debrief_apply(d, &op);
		assert_ok(journal_append(j, &op, 1, &e));
		op_fini(&op);
		all->at[all->n++] = debrief_copy(d);
		if (i == 6)
			assert_ok(journal_set_base(j, "{}\n", 3, "dddd", &e));
	}
	if (!in_log)
		journal_close(j);
	copy_as_killed(file, copy);
	if (in_log)
		journal_close(j);
	run("rm -f '%s' '%s-wal' '%s/%s.name'", file, file, s->dir, d->item.id.s);
	debrief_free(d);
	free(copy);
	return file;
}

static void
states_fini(struct states *all)
{
	while (all->n > 0)
		debrief_free(all->at[--all->n]);
}

static void
put(const char *path, const struct buf *b, size_t len)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, b->data, len), len);
	close(fd);
}

/* Whatever opened: it is one of the states there was, and where it is not the last that is said or the log was cut (which
 * is how SQLite ends a log that a power cut tore). */
static void
assert_a_true_state(const char *file, const struct states *all, bool log_cut)
{
	struct opened o;
	struct err e = { 0 };
	char *aside = mem_fmt("%s.damaged-1", file), *aside_wal = mem_fmt("%s.damaged-1-wal", file);

	if (reopen(&o, file, &e)) {
		size_t i = o.ops;
		assert_true(i < all->n);
		if (i > 0 || !o.state.damaged)
			assert_true(debrief_equal(o.d, all->at[i]));
		assert_true(i == all->n - 1 || o.state.damaged || log_cut);
		if (o.state.damaged) {
			assert_non_null(strstr(o.state.words, "kept as"));
			assert_int_equal(access(aside, F_OK), 0);
		}
		if (o.meta.base != NULL)
			assert_true(i >= 7 && strcmp(o.meta.base, "{}\n") == 0);
		opened_fini(&o);
		assert_ok(reopen(&o, file, &e)); /* the second time there is nothing to say */
		assert_false(o.state.damaged);
		assert_int_equal(o.ops, i);
		opened_fini(&o);
	} else {
		if (strstr(e.text, "set aside") == NULL)
			print_message("%s\n", e.text);
		assert_int_equal(e.kind, ERR_STORE);
		assert_non_null(strstr(e.text, "set aside"));
		assert_int_equal(access(aside, F_OK), 0);
	}
	unlink(aside);
	unlink(aside_wal);
	unlink(file);
	free(aside);
	free(aside_wal);
}

/* The model's two files, read once. */
static void
model_read(const char *file, struct buf *main_file, struct buf *log)
{
	char *model = mem_fmt("%.*s.model", (int)(strlen(file) - strlen(".journal")), file);
	char *wal = mem_fmt("%s-wal", model);
	struct err e = { 0 };

	assert_ok(buf_read_file(main_file, model, 1 << 24, &e));
	buf_read_file(log, wal, 1 << 24, &e);
	free(model);
	free(wal);
}

static size_t
stride(void)
{
	return getenv("TEST_LONG") != NULL ? 1 : 37;
}

static void
cut_at_every_byte(void **state)
{
	struct scratch *s = *state;
	struct states all;
	struct buf b = { 0 }, log = { 0 };
	char *file = journal_of_states(s, &all, 21, false);

	model_read(file, &b, &log);
	assert_int_equal(log.len, 0);
	for (size_t len = 0; len <= b.len; len += len < 200 || len > b.len - 100 ? 1 : stride()) {
		put(file, &b, len);
		assert_a_true_state(file, &all, false);
	}
	states_fini(&all);
	buf_fini(&b);
	free(file);
}

static void
log_cut_at_every_byte(void **state)
{
	struct scratch *s = *state;
	struct states all;
	struct buf b = { 0 }, log = { 0 };
	char *file = journal_of_states(s, &all, 22, true), *wal = mem_fmt("%s-wal", file);

	model_read(file, &b, &log);
	assert_true(log.len > 8000);
	for (size_t len = 0; len <= log.len; len += len < 100 || len > log.len - 100 ? 1 : stride()) {
		put(file, &b, b.len);
		put(wal, &log, len);
		assert_a_true_state(file, &all, true);
	}
	states_fini(&all);
	buf_fini(&b);
	buf_fini(&log);
	free(file);
	free(wal);
}

static void
flipped_bits(void **state)
{
	struct scratch *s = *state;
	struct states all;
	struct buf b = { 0 }, log = { 0 };
	char *file = journal_of_states(s, &all, 23, true), *wal = mem_fmt("%s-wal", file);
	uint64_t seed = 99;

	model_read(file, &b, &log);
	for (int i = 0; i < (getenv("TEST_LONG") != NULL ? 4000 : 400); i++) {
		struct buf *hit = i % 2 ? &b : &log;
		size_t at = next_random(&seed) % hit->len;
		char bit = (char)(1 << next_random(&seed) % 8);
		hit->data[at] = (char)(hit->data[at] ^ bit);
		put(file, &b, b.len);
		put(wal, &log, log.len);
		assert_a_true_state(file, &all, hit == &log);
		hit->data[at] = (char)(hit->data[at] ^ bit);
	}
	states_fini(&all);
	buf_fini(&b);
	buf_fini(&log);
	free(file);
	free(wal);
}

/* The first hundred bytes say what the file is; nothing lies in the log that would hide them. */
static void
flipped_bits_of_the_header(void **state)
{
	struct scratch *s = *state;
	struct states all;
	struct buf b = { 0 }, log = { 0 };
	char *file = journal_of_states(s, &all, 24, false);

	model_read(file, &b, &log);
	for (size_t i = 0; i < 800; i += getenv("TEST_LONG") != NULL ? 1 : 3) {
		char bit = (char)(1 << i % 8);
		b.data[i / 8] = (char)(b.data[i / 8] ^ bit);
		put(file, &b, b.len);
		assert_a_true_state(file, &all, false);
		b.data[i / 8] = (char)(b.data[i / 8] ^ bit);
	}
	states_fini(&all);
	buf_fini(&b);
	free(file);
}

static void
newer_rows_are_shown_not_changed(void **state)
{
	struct scratch *s = *state;
	uint64_t seed = 31;
	struct debrief *d = debrief_begun(&seed), *first;
	char *file = journal_path(s, d), *before, *after;
	struct journal *j = journal_begun(file, d);
	struct opened o;
	struct err e = { 0 };
	struct op op;

	grow(j, d, 2, &seed);
	journal_close(j);
	first = debrief_copy(d);
	if (system("command -v python3 >/dev/null") != 0)
		skip();
	run("python3 - '%s' <<'X'\n"
	    "import sqlite3, sys\n"
	    "c = sqlite3.connect(sys.argv[1])\n"
	    "def s(n, k, v, b):\n"
	    "    h = 0xcbf29ce484222325\n"
	    "    for x in b''.join(i.to_bytes(8, 'little') for i in (n, k, v)) + b:\n"
	    "        h = ((h ^ x) * 0x100000001b3) & (2**64 - 1)\n"
	    "    return h - 2**64 if h >= 2**63 else h\n"
	    "c.execute('insert into row values (4, 0, 2, ?, ?)', (b'{}', s(4, 0, 2, b'{}')))\n"
	    "c.commit()\n"
	    "c.close()\n"
	    "X", file);
	before = sh("md5sum '%s'", file);
	assert_ok(reopen(&o, file, &e));
	assert_true(o.state.read_only);
	assert_non_null(strstr(o.state.words, "newer"));
	assert_true(debrief_equal(o.d, first));
	op_make(&op, d, &seed);
	assert_refused(ERR_STORE, "newer", journal_append(o.j, &op, 1, &e));
	assert_refused(ERR_STORE, "newer", journal_set_base(o.j, "", 0, "", &e));
	assert_refused(ERR_STORE, "newer", journal_restart(o.j, d, &e));
	opened_fini(&o);
	after = sh("md5sum '%s'", file);
	assert_string_equal(before, after);
	op_fini(&op);
	debrief_free(d);
	debrief_free(first);
	free(before);
	free(after);
	free(file);
}

static void
interrupted_replacement_is_finished(void **state)
{
	struct scratch *s = *state;
	uint64_t seed = 41;
	struct debrief *d = debrief_begun(&seed);
	char *file = journal_path(s, d);
	struct journal *j = journal_begun(file, d);
	struct opened o;
	struct err e = { 0 };

	journal_close(j);
	run("mv '%s' '%s.repaired' && echo damaged >'%s' && echo log >'%s-wal'", file, file, file, file);
	assert_ok(reopen(&o, file, &e));
	assert_true(debrief_equal(o.d, d));
	opened_fini(&o);
	assert_sh("damaged log", "cat '%s.damaged-1' '%s.damaged-1-wal' | xargs", file, file);
	run("mv '%s' '%s.next' && echo old >'%s' && echo log >'%s-wal'", file, file, file, file);
	assert_ok(reopen(&o, file, &e));
	assert_true(debrief_equal(o.d, d));
	opened_fini(&o);
	assert_sh("0", "cat '%s'* | grep -c old || true", file);
	debrief_free(d);
	free(file);
}

static void
limit_file_size(rlim_t bytes)
{
	struct rlimit l;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &l), 0);
	l.rlim_cur = bytes;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &l), 0);
}

static void
refused_write_loses_nothing(void **state)
{
	struct scratch *s = *state;
	uint64_t seed = 51;
	struct debrief *d = debrief_begun(&seed);
	char *file = journal_path(s, d);
	struct journal *j = journal_begun(file, d);
	struct opened o;
	struct err e = { 0 };
	struct op op;

	signal(SIGXFSZ, SIG_IGN);
	grow(j, d, 20, &seed);
	op_make(&op, d, &seed);
	limit_file_size(8192);
	for (int i = 0; i < 3; i++)
		assert_refused(ERR_STORE, "not written", journal_append(j, &op, 1, &e));
	limit_file_size(RLIM_INFINITY);
	assert_ok(journal_append(j, &op, 1, &e));
	debrief_apply(d, &op);
	op_fini(&op);
	journal_close(j);
	assert_ok(reopen(&o, file, &e));
	assert_true(debrief_equal(o.d, d));
	assert_int_equal(o.ops, 21);
	opened_fini(&o);
	debrief_free(d);
	free(file);
}

/* In the child: append until told otherwise; say each acknowledged number on standard output. */
static int
child_append(const char *file)
{
	struct opened o;
	struct err e = { 0 };
	uint64_t seed = 61;
	struct op op;
	int left = 12;

	if (!reopen(&o, file, &e))
		return 10;
	for (int tries = 0; left > 0 && tries < 40; tries++) {
		op_make(&op, o.d, &seed);
		if (journal_append(o.j, &op, 1, &e)) {
			debrief_apply(o.d, &op);
			printf("%d\n", 13 - left--);
			fflush(stdout);
		}
		op_fini(&op);
		if (left == 6)
			journal_set_base(o.j, "{}\n", 3, "eeee", &e);
	}
	opened_fini(&o);
	return left == 0 ? 0 : 20;
}

static void
each_call_struck(struct scratch *s, const struct fault *f, bool ends_well)
{
	char *dir = mem_fmt("%s/history", s->dir), *file = mem_fmt("%s/0123456789ab.journal", dir);
	char *told = mem_fmt("%s/told", s->dir), *model = mem_fmt("%s/model", s->dir), *said;
	bool struck = true;
	uint64_t seed = 62;
	struct debrief *d = debrief_begun(&seed);
	int nth;

	run("mkdir '%s'", dir);
	journal_close(journal_begun(file, d));
	run("mv '%s' '%s'", dir, model);
	for (nth = 1; struck && nth < 400; nth += getenv("TEST_LONG") != NULL ? 1 : 5) {
		struct opened o;
		struct err e = { 0 };
		int status, out = dup(1), fd = creat(told, 0600);
		run("rm -rf '%s' && cp -a '%s' '%s'", dir, model, dir);
		dup2(fd, 1);
		status = fault_run(f, nth, "--append", file, &struck);
		dup2(out, 1);
		close(out);
		close(fd);
		if (ends_well)
			assert_int_equal(status, 0);
		said = sh("tail -n 1 '%s'", told);
		assert_ok(reopen(&o, file, &e));
		assert_false(o.state.damaged);
		assert_true((int)o.ops >= atoi(said) && (int)o.ops <= atoi(said) + 1);
		opened_fini(&o);
		free(said);
	}
	assert_false(struck);
	assert_true(nth > 10);
	debrief_free(d);
	free(dir);
	free(file);
	free(told);
	free(model);
}

static void
killed_at_every_call(void **state)
{
	static const struct fault f = { NULL, "/history/", "kill", false };

	if (fault_library() == NULL)
		skip();
	each_call_struck(*state, &f, false);
}

static void
one_failing_sync_is_overcome(void **state)
{
	static const struct fault f = { "fsync,write", ".journal-wal", "EIO", false };

	if (fault_library() == NULL)
		skip();
	each_call_struck(*state, &f, true);
}

static void
full_disk_loses_nothing(void **state)
{
	static const struct fault f = { "write,create,truncate", "/history/", "ENOSPC", true };

	if (fault_library() == NULL)
		skip();
	each_call_struck(*state, &f, false);
}

int
main(int argc, char **argv)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)
	const struct CMUnitTest tests[] = {
		TEST(what_is_appended_comes_back),
		TEST(large_snapshot_comes_back),
		TEST(one_opener_at_a_time),
		TEST(log_of_a_killed_host_is_replayed),
		TEST(base_is_kept),
		TEST(restart_forgets),
		TEST(what_is_no_journal_is_set_aside),
		TEST(cut_at_every_byte),
		TEST(log_cut_at_every_byte),
		TEST(flipped_bits),
		TEST(flipped_bits_of_the_header),
		TEST(newer_rows_are_shown_not_changed),
		TEST(interrupted_replacement_is_finished),
		TEST(refused_write_loses_nothing),
		TEST(killed_at_every_call),
		TEST(one_failing_sync_is_overcome),
		TEST(full_disk_loses_nothing),
	};

	if (argc == 3 && strcmp(argv[1], "--append") == 0)
		return child_append(argv[2]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
