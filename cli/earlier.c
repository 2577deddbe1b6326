#include "cli/earlier.h"

#include <stdlib.h>
#include <string.h>

#include "cli/rows.h"
#include "formats/listing.h"
#include "live/host.h"
#include "model/schema.h"
#include "storage/earlier.h"

enum { STATUS_COLS = 8 };
static const char held[] = "did it hold?";

/* What was not saved yet counts too, with a host or without. */
static struct debrief *
read_newest(struct repo *r, const struct entry *entry, struct err *e)
{
	return entry->live || entry->journal != NULL ? host_read(r, entry, NULL, NULL, e)
						     : history_read(r, entry, NULL, e);
}

static bool
read_for(const struct invocation *in, const char *which, bool later, struct target *t,
    struct earlier *out, struct err *e)
{
	const struct earlier_how how = { .read = read_newest, .later = later };
	struct strs notes = { 0 };
	bool good;

	if (!target_open(in, which, t, e))
		return false;
	good = earlier_read(t->repo, &t->entry, &how, &notes, out, e);
	for (size_t i = 0; i < notes.n; i++)
		program_note(notes.v[i]);
	strs_fini(&notes);
	if (!good)
		target_close(t);
	return good;
}

static void
add_alike(const struct earlier_one *one, struct buf *out)
{
	row_column(one->name, ROW_NAME_COLS, out);
	row_column(schema_field(KIND_DEBRIEF, "status")->names[one->d->status], STATUS_COLS, out);
	row_clean(one->why, out);
	buf_addc(out, '\n');
}

int
earlier_print_alike(const struct invocation *in, const char *which)
{
	struct buf out = { 0 };
	struct listing *l = NULL;
	struct err e = { 0 };
	struct earlier s;
	struct target t;
	int status;

	if (!read_for(in, which, true, &t, &s, &e))
		return program_fail(&e);
	if (option_value(in, "json") != NULL)
		l = listing_begin(&out);
	for (size_t i = 0; i < s.n; i++) {
		const struct earlier_one *one = &s.v[i];
		if (one->why != NULL && l != NULL)
			listing_alike(l, one->name, one->live, one->d, one->why);
		else if (one->why != NULL)
			add_alike(one, &out);
	}
	if (l != NULL)
		listing_end(l);
	status = program_print(&out);
	buf_fini(&out);
	earlier_fini(&s);
	target_close(&t);
	return status;
}

static int64_t
today(void)
{
	struct civil now = civil_of_ns(clock_now_ns());

	return day_of_civil(now.year, now.month, now.day);
}

static void
add_action(struct listing *l, const struct earlier_action *a, struct buf *out)
{
	const struct row_action row = { .name = a->name,
		.action = a->action,
		.overdue = a->state == EARLIER_OVERDUE,
		.asks = a->state == EARLIER_DONE ? held : NULL };

	if (l != NULL)
		listing_action(l, a->name, a->action, row.overdue);
	else
		row_action(&row, out);
}

static void
say_left(size_t n)
{
	char *text = mem_fmt("%zu more of debriefs that do not look alike: debrief actions", n);

	program_note(text);
	free(text);
}

/* Returns how many are overdue. */
static size_t
add_actions(const struct invocation *in, const struct earlier *s, struct buf *out)
{
	struct listing *l = option_value(in, "json") != NULL ? listing_begin(out) : NULL;
	bool only_overdue = option_value(in, "overdue") != NULL;
	struct earlier_actions found;
	size_t n_overdue = 0;

	earlier_actions(s, today(), &found);
	for (size_t i = 0; i < found.n; i++) {
		n_overdue += found.v[i].state == EARLIER_OVERDUE;
		if (found.v[i].state == EARLIER_OVERDUE || !only_overdue)
			add_action(l, &found.v[i], out);
	}
	if (l != NULL)
		listing_end(l);
	if (found.n_left > 0)
		say_left(found.n_left);
	earlier_actions_fini(&found);
	return n_overdue;
}

int
earlier_print_actions(const struct invocation *in, const char *which)
{
	struct buf out = { 0 };
	struct err e = { 0 };
	struct earlier s;
	struct target t;
	size_t n_overdue;
	int status;

	if (!read_for(in, which, false, &t, &s, &e))
		return program_fail(&e);
	n_overdue = add_actions(in, &s, &out);
	status = program_print(&out);
	buf_fini(&out);
	earlier_fini(&s);
	target_close(&t);
	return status == 0 && option_value(in, "overdue") != NULL && n_overdue > 0
		   ? (int)ERR_REFUSED
		   : status;
}

static void
say_hint(const char *name, size_t n_open, size_t n_alike)
{
	struct buf text = { 0 };

	if (n_open > 0) {
		buf_addf(&text, "%zu open action%s of earlier debriefs", n_open, n_open > 1 ? "s" : "");
		if (n_alike > 0)
			buf_addf(&text, ", %zu look%s alike", n_alike, n_alike > 1 ? "" : "s");
		buf_addf(&text, ": debrief actions --for %s", name);
	} else {
		buf_addf(&text, "%zu earlier debrief%s look%s alike: debrief list --like %s",
		    n_alike, n_alike > 1 ? "s" : "", n_alike > 1 ? "" : "s", name);
	}
	program_note(text.data);
	buf_fini(&text);
}

void
earlier_hint(const struct target *t)
{
	const struct earlier_how how = { .read = read_newest };
	struct earlier_actions found;
	struct earlier s;

	if (!earlier_read(t->repo, &t->entry, &how, NULL, &s, NULL))
		return;
	earlier_actions(&s, today(), &found);
	if (s.n_alike > 0 || found.n_open > 0)
		say_hint(t->entry.name, found.n_open + found.n_left, s.n_alike);
	earlier_actions_fini(&found);
	earlier_fini(&s);
}
