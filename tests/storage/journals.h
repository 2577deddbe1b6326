/* Journals that grow, and opening them with all that opening gives. */
#ifndef TESTS_STORAGE_JOURNALS_H
#define TESTS_STORAGE_JOURNALS_H

#include "storage/journal.h"
#include "tests/storage/ops.h"

SHARED struct journal_meta
meta_of(const struct debrief *d)
{
	struct journal_meta m = { .id = d->item.id };

	m.path = mem_dup("debriefs/2026/11/2026-11-22-checkout-5xx-7k3f.json");
	return m;
}

SHARED char *
journal_path(const struct scratch *s, const struct debrief *d)
{
	return mem_fmt("%s/%s.journal", s->dir, d->item.id.s);
}

SHARED struct journal *
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
SHARED void
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

SHARED void
count_op(void *ctx, const struct debrief *d, const struct op *op)
{
	struct opened *o = ctx;

	assert_non_null(d);
	assert_string_equal(op->seq > 0 ? op->by : "", op->seq > 0 ? "lena" : "");
	assert_int_equal(op->by == NULL, op->seq == 0);
	o->ops++;
}

SHARED bool
reopen(struct opened *o, const char *file, struct err *e)
{
	*o = (struct opened){ 0 };
	o->j = journal_open(file, &o->meta, &o->d, count_op, o, &o->state, e);
	return o->j != NULL;
}

SHARED void
opened_fini(struct opened *o)
{
	if (o->d == NULL)
		return;
	journal_close(o->j);
	journal_meta_fini(&o->meta);
	debrief_free(o->d);
	*o = (struct opened){ 0 };
}

/* Copy the files as a killed process leaves them, the log included. */
SHARED void
copy_as_killed(const char *file, const char *to)
{
	run("cp '%s' '%s' && { cp '%s-wal' '%s-wal' 2>/dev/null || rm -f '%s-wal'; }", file, to,
	    file, to, to);
}

#endif
