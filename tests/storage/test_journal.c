/* The journal: what was acknowledged comes back. */
#include "tests/storage/journals.h"

#include <signal.h>
#include <sys/resource.h>

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
		assert_string_equal(
		    o.meta.path, "debriefs/2026/11/2026-11-22-checkout-5xx-7k3f.json");
		assert_null(o.meta.base);
		assert_string_equal(o.meta.base_blob, "");
		j = o.j;
		o.j = NULL;
		opened_fini(&o);
	}
	journal_close(j);
	assert_sh("600", "stat -c %%a '%s'", file);
	assert_sh("debriefs/2026/11/2026-11-22-checkout-5xx-7k3f.json", "cat '%s/%s.name'", s->dir,
	    d->item.id.s);
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

static void
log_of_a_killed_host_is_replayed(void **state)
{
	struct scratch *s = *state;
	uint64_t seed = 10;
	struct debrief *d = debrief_begun(&seed), *seen = NULL;
	char *file = journal_path(s, d), *copy = mem_fmt("%s/0123456789ab.journal", s->dir),
	     *before, *after;
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
	    "X",
	    file);
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

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)
	const struct CMUnitTest tests[] = {
		TEST(what_is_appended_comes_back),
		TEST(large_snapshot_comes_back),
		TEST(one_opener_at_a_time),
		TEST(log_of_a_killed_host_is_replayed),
		TEST(base_is_kept),
		TEST(restart_forgets),
		TEST(newer_rows_are_shown_not_changed),
		TEST(refused_write_loses_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
