#include "cli/home_gather.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "live/host.h"
#include "model/schema.h"
#include "model/visible.h"
#include "storage/earlier.h"
#include "storage/notes.h"
#include "views/clock.h"

struct gathering {
	struct repo *r;
	struct home *h;
	struct strs carried; /* where actions of newer debriefs began, and their words */
	struct strs *said;
	struct zones zones;
};

char *
home_folder(const char *dir)
{
	const char *home = getenv("HOME");
	size_t len = home != NULL ? strlen(home) : 0;
	size_t end = strlen(dir);

	while (end > 1 && dir[end - 1] == '/')
		end--;
	if (len > 1 && strncmp(dir, home, len) == 0 && (dir[len] == '/' || dir[len] == '\0'))
		return mem_fmt("~%.*s", (int)(end > len ? end - len : 0), dir + len);
	return mem_dupn(dir, end);
}

static bool
is_open(const struct action *a)
{
	return a->status != ACTION_DONE && a->status != ACTION_DROPPED;
}

/* An open question about it, else how to tell that it is done. */
static char *
asked_about(const struct debrief *d, const struct action *a)
{
	for (size_t i = 0; i < DEBRIEF_N(d, QUESTION); i++) {
		const struct question *q = DEBRIEF_AT(d, QUESTION, question, i);
		if (q->answer == NULL && id_equal(q->about, a->item.id))
			return mem_dup(q->text);
	}
	return a->done_when != NULL ? mem_fmt("%s: so it is since?", a->done_when) : NULL;
}

static int64_t
day_of_ns(struct gathering *g, const struct debrief *d, int64_t t_ns)
{
	struct civil c = zone_civil(zones_of(&g->zones, d), t_ns);

	return day_of_civil(c.year, c.month, c.day);
}

static void
fill_action(struct home_item *it, const struct entry *entry, const struct debrief *d,
    const struct action *a)
{
	it->name = mem_dup(entry->name);
	it->title = mem_dup(a->text != NULL ? a->text : "");
	it->who = mem_dup(a->owner);
	it->from = mem_dup(d->title != NULL ? d->title : entry->name);
	it->id = a->item.id;
	it->number = a->item.number;
}

static void
add_action(struct gathering *g, const struct entry *entry, const struct debrief *d,
    const struct action *a)
{
	struct home_item *it = NULL;

	if (is_open(a)) {
		it = home_add(g->h, HOME_DUE);
		fill_action(it, entry, d, a);
		it->day = a->due_day;
		it->more = mem_dup(a->done_when);
	} else if (a->status == ACTION_DONE && a->proof == NULL) {
		it = home_add(g->h, HOME_HELD);
		fill_action(it, entry, d, a);
		it->day = a->done_at_ns != TIME_NONE ? day_of_ns(g, d, a->done_at_ns) : TIME_NONE;
		it->more = asked_about(d, a);
	}
	if (it != NULL && a->carried_from == NULL)
		it->origin = earlier_origin(d, a);
}

/* What went on into another debrief is told by its newest copy; where it began, it is taken out once
 * all were read: two of one day stand in any order. */
static void
add_actions(struct gathering *g, const struct entry *entry, const struct debrief *d)
{
	struct strs mine = { 0 };

	for (size_t i = 0; i < DEBRIEF_N(d, ACTION); i++) {
		const struct action *a = DEBRIEF_AT(d, ACTION, action, i);
		char *origin = earlier_origin(d, a);
		if (a->carried_from == NULL || !strs_has(&g->carried, origin))
			add_action(g, entry, d, a);
		if (a->carried_from != NULL)
			strs_add(&mine, origin);
		free(origin);
	}
	for (size_t i = 0; i < mine.n; i++)
		strs_add(&g->carried, mine.v[i]);
	strs_fini(&mine);
}

static void
add_last(struct gathering *g, const struct entry *entry, const struct debrief *d)
{
	struct home_item *it = home_add(g->h, HOME_LAST);
	char day[16];

	snprintf(day, sizeof day, "%.10s", entry->name);
	it->name = mem_dup(entry->name);
	it->title = mem_dup(d->title != NULL ? d->title : entry->name);
	if (!date_parse(day, &it->day))
		it->day = TIME_NONE;
	it->closed = d->status == STATUS_CLOSED;
	it->n_actions = DEBRIEF_N(d, ACTION);
	for (size_t i = 0; i < it->n_actions; i++) {
		const struct action *a = DEBRIEF_AT(d, ACTION, action, i);
		it->n_done += a->status == ACTION_DONE;
		it->n_overdue += is_open(a) && a->due_day != TIME_NONE && a->due_day < g->h->today;
	}
}

static const char *
leader_of(const struct debrief *d)
{
	for (size_t i = 0; i < DEBRIEF_N(d, PERSON); i++)
		if (DEBRIEF_AT(d, PERSON, person, i)->role == PERSON_FACILITATOR)
			return DEBRIEF_AT(d, PERSON, person, i)->name;
	return NULL;
}

static void
add_live(struct gathering *g, const struct entry *entry, const struct debrief *d, int here)
{
	struct home_item *it = home_add(g->h, HOME_LIVE);
	struct scene sc = { .d = d, .now_ns = g->h->now_ns, .live = true };
	struct clock k = clock_of(&sc);

	it->name = mem_dup(entry->name);
	it->title = mem_dup(d->title != NULL ? d->title : entry->name);
	it->from = mem_dup(d->stage);
	it->who = mem_dup(leader_of(d));
	it->at_ns = d->held_at_ns;
	it->here = here;
	it->runs = k.runs;
	it->left_s = k.left_s;
	for (size_t i = 0; i < DEBRIEF_N(d, COLUMN); i++)
		it->hidden = it->hidden || DEBRIEF_AT(d, COLUMN, column, i)->hidden;
}

static void
read_one(struct gathering *g, const struct entry *entry)
{
	struct err e = { 0 };
	int here = -1;
	struct debrief *d = entry->live || entry->journal != NULL
				? host_look(g->r, entry, &here, &e)
				: history_read(g->r, entry, NULL, &e);

	if (d == NULL) {
		strs_add(g->said, e.text);
		return;
	}
	/* A host that nobody is at only waits for its end. */
	if (entry->live && here != 0)
		add_live(g, entry, d, here);
	else
		add_last(g, entry, d);
	add_actions(g, entry, d);
	debrief_free(d);
}

/* What other accounts share: a name is all that is known before one joins. */
static void
add_shared(struct gathering *g)
{
	struct places all = { 0 };
	struct err e = { 0 };

	if (!places_live(g->r, &all, &e)) {
		strs_add(g->said, e.text);
		return;
	}
	for (size_t i = 0; i < all.n; i++) {
		struct home_item *it;
		if (all.v[i].owner == NULL)
			continue;
		it = home_add(g->h, HOME_LIVE);
		it->name = mem_dup(all.v[i].name);
		it->title = mem_dup(all.v[i].name);
		it->account = mem_dup(all.v[i].owner);
	}
	places_fini(&all);
}

static void
add_notes(struct gathering *g)
{
	struct notes all = { 0 };
	struct err e = { 0 };

	if (!notes_list(g->r, &all, g->said, &e)) {
		strs_add(g->said, e.text);
		return;
	}
	for (size_t i = 0; i < all.n; i++) {
		const struct note *n = all.v[i];
		struct civil c = civil_of_ns(n->at_ns + (int64_t)g->h->offset_s * NS_PER_S);
		struct home_item *it;
		if (n->status != NOTE_NEW)
			continue;
		it = home_add(g->h, HOME_NOTES);
		it->title = mem_dup(n->text != NULL ? n->text : "");
		it->id = n->item.id;
		it->day = day_of_civil(c.year, c.month, c.day);
	}
	notes_fini(&all);
}

/* By date; no date last. */
static int
by_due(const void *a, const void *b)
{
	int64_t x = ((const struct home_item *)a)->day, y = ((const struct home_item *)b)->day;

	x = x == TIME_NONE ? INT64_MAX : x;
	y = y == TIME_NONE ? INT64_MAX : y;
	if (x != y)
		return x < y ? -1 : 1;
	/* Newest debrief first: names begin with a date. */
	return strcmp(((const struct home_item *)b)->name, ((const struct home_item *)a)->name);
}

static int
by_done(const void *a, const void *b)
{
	int64_t x = ((const struct home_item *)a)->day, y = ((const struct home_item *)b)->day;

	return x == y ? 0 : x > y ? -1 : 1;
}

static void
sort_part(struct home *h, enum home_part part, int (*order)(const void *, const void *))
{
	if (h->n[part] > 1)
		qsort(h->v[part], h->n[part], sizeof *h->v[part], order);
}

static void
take_out_carried(struct gathering *g, enum home_part part)
{
	struct home *h = g->h;
	size_t n = 0;

	for (size_t i = 0; i < h->n[part]; i++) {
		struct home_item *it = &h->v[part][i];
		if (it->origin != NULL && strs_has(&g->carried, it->origin))
			home_item_fini(it);
		else
			h->v[part][n++] = *it;
	}
	h->n[part] = n;
}

static void
set_clock(struct gathering *g)
{
	static const struct debrief nowhere; /* the machine's own zone */
	const struct zone *z = zones_of(&g->zones, &nowhere);
	struct civil c;

	g->h->now_ns = clock_now_ns();
	c = zone_civil(z, g->h->now_ns);
	g->h->offset_s = zone_offset_s(z, g->h->now_ns);
	g->h->today = day_of_civil(c.year, c.month, c.day);
}

bool
home_gather(struct repo *r, struct home *h, struct strs *said, struct err *e)
{
	struct gathering g = { .r = r, .h = h, .said = said };
	struct entries all = { 0 };

	*h = (struct home){ .history = true };
	if (!history_list(r, &all, e))
		return false;
	set_clock(&g);
	h->n_all = all.n;
	for (size_t i = 0; i < all.n && i < HOME_READ_MOST; i++)
		read_one(&g, &all.v[i]);
	add_shared(&g);
	add_notes(&g);
	take_out_carried(&g, HOME_DUE);
	take_out_carried(&g, HOME_HELD);
	sort_part(h, HOME_DUE, by_due);
	sort_part(h, HOME_HELD, by_done);
	strs_fini(&g.carried);
	zones_fini(&g.zones);
	entries_fini(&all);
	return true;
}
