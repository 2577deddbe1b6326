#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/earlier.h"
#include "cli/rows.h"
#include "formats/listing.h"
#include "live/host.h"
#include "model/schema.h"
#include "storage/earlier.h"

enum { SHORT_HASH = 7, DATE_LEN = 10 };

static void
add_debrief(const struct entry *entry, const struct debrief *d, const char *why, struct buf *out)
{
	char counts[64];
	char *state;

	row_column(entry->name, ROW_NAME_COLS, out);
	buf_addf(out, "%.*s  ", DATE_LEN, entry->name);
	if (d == NULL) {
		row_clean(why, out);
		buf_addc(out, '\n');
		return;
	}
	state = mem_fmt("%s%s%s", schema_field(KIND_DEBRIEF, "status")->names[d->status],
	    entry->live ? ", live"
	    : d->stage	? ", "
			: "",
	    entry->live || !d->stage ? "" : d->stage);
	row_column(state, 16, out);
	snprintf(counts, sizeof counts, "%zu events, %zu causes, %zu actions", DEBRIEF_N(d, EVENT),
	    DEBRIEF_N(d, CAUSE), DEBRIEF_N(d, ACTION));
	row_column(counts, 34, out);
	row_clean(d->title ? d->title : "", out);
	buf_addc(out, '\n');
	free(state);
}

/* The names, newest first, with what `each` adds for every one that can be read. */
static bool
history_entries(const struct invocation *in, struct repo **r, struct entries *all, struct err *e)
{
	*r = history_open(in->repo_dir, e);
	if (*r == NULL)
		return false;
	if (history_list(*r, all, e))
		return true;
	repo_close(*r);
	return false;
}

/* A host that runs has what is newest; without one the journal or the file has. */
static struct debrief *
read_entry(struct repo *r, const struct entry *entry, struct err *e)
{
	return entry->live ? host_read(r, entry, NULL, NULL, e) : history_read(r, entry, NULL, e);
}

int
cmd_list(const struct invocation *in)
{
	struct entries all = { 0 };
	struct listing *l = NULL;
	struct buf out = { 0 };
	struct err e = { 0 };
	struct repo *r;
	int status;

	if (option_value(in, "like") != NULL)
		return earlier_print_alike(in, option_value(in, "like"));
	if (!history_entries(in, &r, &all, &e))
		return program_fail(&e);
	if (option_value(in, "json") != NULL)
		l = listing_begin(&out);
	for (size_t i = 0; i < all.n; i++) {
		struct err why = { 0 };
		struct debrief *d = read_entry(r, &all.v[i], &why);
		if (l != NULL)
			listing_debrief(l, all.v[i].name, all.v[i].live, d, why.text);
		else
			add_debrief(&all.v[i], d, why.text, &out);
		debrief_free(d);
	}
	if (l != NULL)
		listing_end(l);
	status = program_print(&out);
	buf_fini(&out);
	entries_fini(&all);
	repo_close(r);
	return status;
}

struct logging {
	struct buf *out;
	struct listing *list;
	const struct zone *zone;
};

static bool
add_commit(void *ctx, const struct repo_commit_info *c)
{
	struct logging *g = ctx;
	struct listing_commit row = { c->hex, c->author, c->subject, c->at_ns };
	struct civil at = zone_civil(g->zone, c->at_ns);

	if (g->list != NULL) {
		listing_commit(g->list, &row);
		return true;
	}
	buf_addf(g->out, "%.*s  %04d-%02d-%02d %02d:%02d  ", SHORT_HASH, c->hex, at.year, at.month,
	    at.day, at.hour, at.minute);
	row_clean(c->subject, g->out);
	buf_addc(g->out, '\n');
	return true;
}

int
cmd_log(const struct invocation *in)
{
	struct zones zones = { 0 };
	struct buf out = { 0 };
	struct logging g = { &out, NULL, NULL };
	struct target t;
	struct err e = { 0 };
	struct debrief *d;
	int status;

	if (!target_open(in, in->words[0], &t, &e))
		return program_fail(&e);
	d = history_read(t.repo, &t.entry, NULL, NULL);
	if (d == NULL)
		d = debrief_new(t.entry.id);
	g.zone = zones_of(&zones, d);
	if (option_value(in, "json") != NULL)
		g.list = listing_begin(&out);
	if (repo_log(t.repo, t.entry.path, add_commit, &g, &e)) {
		if (g.list != NULL)
			listing_end(g.list);
		status = program_print(&out);
	} else {
		free(g.list);
		status = program_fail(&e);
	}
	debrief_free(d);
	zones_fini(&zones);
	buf_fini(&out);
	target_close(&t);
	return status;
}

/* An action that is open, or went on from an earlier debrief; a copy, for its debrief is let go. */
struct held {
	const char *name; /* its debrief's; borrowed of the entries */
	char *origin;
	struct action *action;
};

struct open_actions {
	struct buf *out;
	struct listing *list;
	const struct entries *all;
	int64_t today;
	bool only_overdue;
	size_t n_overdue;
	struct held *v;
	size_t n, cap;
	struct strs copies; /* origins of those that went on into a newer debrief */
};

static bool
is_open(const struct action *a)
{
	return a->status != ACTION_DONE && a->status != ACTION_DROPPED;
}

/* The debrief with that id: names end with the beginning of it. Borrowed; the text as it is where
 * that is not one alone. */
static const char *
name_of_id(const struct entries *all, const char *text)
{
	const char *found = NULL;
	struct id id;

	if (text == NULL || !id_parse(text, &id))
		return text;
	for (size_t i = 0; i < all->n; i++) {
		const char *part = strrchr(all->v[i].name, '-');
		if (part == NULL || part[1] == '\0' || strncmp(part + 1, text, strlen(part + 1)) != 0)
			continue;
		if (found != NULL)
			return text;
		found = all->v[i].name;
	}
	return found != NULL ? found : text;
}

static void
add_action(struct open_actions *k, const char *name, const struct action *a, bool overdue)
{
	const struct row_action row = { .name = name,
		.action = a,
		.overdue = overdue,
		.from = name_of_id(k->all, a->carried_from) };

	if (k->list != NULL)
		listing_action(k->list, name, a, overdue);
	else
		row_action(&row, k->out);
}

static void
hold_actions(struct open_actions *k, const char *name, const struct debrief *d)
{
	for (size_t i = 0; i < DEBRIEF_N(d, ACTION); i++) {
		const struct action *a = DEBRIEF_AT(d, ACTION, action, i);
		char *origin;
		if (!is_open(a) && a->carried_from == NULL)
			continue;
		origin = earlier_origin(d, a);
		if (a->carried_from != NULL)
			strs_add(&k->copies, origin);
		VEC_ROOM(k->v, k->n, k->cap);
		k->v[k->n++] = (struct held){ .name = name,
			.origin = origin,
			.action = (struct action *)item_copy(KIND_ACTION, &a->item) };
	}
}

/* What went on into a newer debrief stands there alone, in whatever order those of one day come. */
static void
add_held(struct open_actions *k)
{
	struct strs told = { 0 };

	for (size_t i = 0; i < k->n; i++) {
		const struct held *h = &k->v[i];
		const struct action *a = h->action;
		bool overdue = is_open(a) && a->due_day != TIME_NONE && a->due_day < k->today;
		bool again = strs_has(a->carried_from != NULL ? &told : &k->copies, h->origin);

		if (a->carried_from != NULL)
			strs_add(&told, h->origin);
		if (again || !is_open(a))
			continue;
		k->n_overdue += overdue;
		if (overdue || !k->only_overdue)
			add_action(k, h->name, a, overdue);
	}
	strs_fini(&told);
}

static void
held_fini(struct open_actions *k)
{
	for (size_t i = 0; i < k->n; i++) {
		free(k->v[i].origin);
		item_free(KIND_ACTION, &k->v[i].action->item);
	}
	free(k->v);
	strs_fini(&k->copies);
}

int
cmd_actions(const struct invocation *in)
{
	struct buf out = { 0 };
	struct civil now = civil_of_ns(clock_now_ns());
	struct entries all = { 0 };
	struct open_actions k = { &out, NULL, &all, day_of_civil(now.year, now.month, now.day),
		option_value(in, "overdue") != NULL, 0, NULL, 0, 0, { 0 } };
	struct err e = { 0 };
	struct repo *r;
	int status;

	if (option_value(in, "for") != NULL)
		return earlier_print_actions(in, option_value(in, "for"));
	if (!history_entries(in, &r, &all, &e))
		return program_fail(&e);
	if (option_value(in, "json") != NULL)
		k.list = listing_begin(&out);
	for (size_t i = 0; i < all.n; i++) {
		struct debrief *d = read_entry(r, &all.v[i], &e);
		if (d != NULL)
			hold_actions(&k, all.v[i].name, d);
		else
			program_note(e.text);
		debrief_free(d);
	}
	add_held(&k);
	if (k.list != NULL)
		listing_end(k.list);
	status = program_print(&out);
	buf_fini(&out);
	held_fini(&k);
	entries_fini(&all);
	repo_close(r);
	return status == 0 && k.only_overdue && k.n_overdue > 0 ? (int)ERR_REFUSED : status;
}
