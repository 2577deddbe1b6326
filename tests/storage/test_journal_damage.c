/* Journals that are cut, hit, killed and refused: what opens is true, the rest is said and kept. */
#include "tests/storage/fault.h"
#include "tests/storage/journals.h"

#include <fcntl.h>

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
	run("sqlite3 '%s' 'create table x(y)' 2>/dev/null || printf 'SQLite format 3' >'%s'", file,
	    file);
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

/* Whatever opened: it is one of the states there was, and where it is not the last that is said or
 * the log was cut (which is how SQLite ends a log that a power cut tore). */
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

/* Every byte, bit and call where TEST_LONG is set (some minutes), else a part of them. */
static size_t
stride(size_t usual)
{
	return getenv("TEST_LONG") != NULL ? 1 : usual;
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
	for (size_t len = 0; len <= b.len; len += len > 100 ? stride(41) : stride(5)) {
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
	for (size_t len = 0; len <= log.len; len += len > 100 ? stride(331) : stride(5)) {
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

/* Bits of the file where all is in it, or of the log. */
static void
bits_flipped(struct scratch *s, uint64_t seed, bool in_log)
{
	struct states all;
	struct buf b = { 0 }, log = { 0 };
	char *file = journal_of_states(s, &all, seed, in_log), *wal = mem_fmt("%s-wal", file);
	struct buf *hit = in_log ? &log : &b;

	model_read(file, &b, &log);
	for (int i = 0; i < (getenv("TEST_LONG") != NULL ? 4000 : 150); i++) {
		size_t at = next_random(&seed) % hit->len;
		char bit = (char)(1 << next_random(&seed) % 8);
		hit->data[at] = (char)(hit->data[at] ^ bit);
		put(file, &b, b.len);
		if (in_log)
			put(wal, &log, log.len);
		assert_a_true_state(file, &all, in_log);
		hit->data[at] = (char)(hit->data[at] ^ bit);
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
	bits_flipped(*state, 23, false);
}

static void
flipped_bits_of_the_log(void **state)
{
	bits_flipped(*state, 25, true);
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
	for (size_t i = 0; i < 800; i += stride(7)) {
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
	run("mv '%s' '%s.repaired' && echo damaged >'%s' && echo log >'%s-wal'", file, file, file,
	    file);
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
	for (nth = 1; struck && nth < 400; nth += (int)stride(7)) {
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
		TEST(what_is_no_journal_is_set_aside),
		TEST(cut_at_every_byte),
		TEST(log_cut_at_every_byte),
		TEST(flipped_bits),
		TEST(flipped_bits_of_the_log),
		TEST(flipped_bits_of_the_header),
		TEST(interrupted_replacement_is_finished),
		TEST(killed_at_every_call),
		TEST(one_failing_sync_is_overcome),
		TEST(full_disk_loses_nothing),
	};

	if (argc == 3 && strcmp(argv[1], "--append") == 0)
		return child_append(argv[2]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
