#include "storage/earlier.h"

#include <stdlib.h>
#include <string.h>

#include "base/when.h"

enum { DAY_LEN = 10 };

static void
one_fini(struct earlier_one *one)
{
	free(one->name);
	free(one->why);
	alike_fini(&one->traits);
	debrief_free(one->d);
	*one = (struct earlier_one){ 0 };
}

void
earlier_fini(struct earlier *s)
{
	one_fini(&s->of);
	for (size_t i = 0; i < s->n; i++)
		one_fini(&s->v[i]);
	free(s->v);
	*s = (struct earlier){ 0 };
}

static bool
read_one(struct repo *r, const struct entry *entry, const struct earlier_how *how,
    struct earlier_one *out, struct err *e)
{
	struct debrief *d =
	    how->read != NULL ? how->read(r, entry, e) : history_read(r, entry, NULL, e);

	if (d == NULL)
		return false;
	*out = (struct earlier_one){ .name = mem_dup(entry->name), .live = entry->live, .d = d };
	alike_read(&out->traits, d);
	return true;
}

/* The date that a name begins with, or TIME_NONE. */
static int64_t
day_of_name(const char *name)
{
	char text[DAY_LEN + 1];
	int64_t day;

	if (strlen(name) < DAY_LEN)
		return TIME_NONE;
	memcpy(text, name, DAY_LEN);
	text[DAY_LEN] = '\0';
	return date_parse(text, &day) ? day : TIME_NONE;
}

static bool
is_later(const struct entry *one, const struct entry *of)
{
	int64_t day = day_of_name(of->name);

	return day != TIME_NONE && day_of_name(one->name) > day;
}

static void
say(struct strs *notes, char *text)
{
	if (notes != NULL)
		strs_take(notes, text);
	else
		free(text);
}

static void
read_all(struct repo *r, const struct entries *all, const struct entry *of,
    const struct earlier_how *how, struct strs *notes, struct earlier *out)
{
	size_t tried = 0, left = 0;

	for (size_t i = 0; i < all->n; i++) {
		const struct entry *one = &all->v[i];
		struct err why = { 0 };
		if (strcmp(one->path, of->path) == 0 || (!how->later && is_later(one, of)))
			continue;
		if (tried == EARLIER_MOST) {
			left++;
			continue;
		}
		tried++;
		VEC_ROOM(out->v, out->n, out->cap);
		if (read_one(r, one, how, &out->v[out->n], &why))
			out->n++;
		else
			say(notes, mem_dup(why.text));
	}
	if (left > 0)
		say(notes,
		    mem_fmt("only the newest %zu debriefs were looked at: %zu older ones were not",
			tried, left));
}

static void
compare(struct earlier *s)
{
	struct alike **all = mem_zero(s->n + 1, sizeof *all);

	all[s->n] = &s->of.traits;
	for (size_t i = 0; i < s->n; i++)
		all[i] = &s->v[i].traits;
	alike_thin(all, s->n + 1);
	free(all);
	for (size_t i = 0; i < s->n; i++) {
		struct buf why = { 0 };
		s->v[i].score = alike_score(&s->of.traits, &s->v[i].traits, &why);
		if (s->v[i].score >= ALIKE_ENOUGH) {
			s->v[i].why = buf_take(&why);
			s->n_alike++;
		}
		buf_fini(&why);
	}
}

bool
earlier_read(struct repo *r, const struct entry *of, const struct earlier_how *how,
    struct strs *notes, struct earlier *out, struct err *e)
{
	struct entries all = { 0 };

	*out = (struct earlier){ 0 };
	if (!read_one(r, of, how, &out->of, e))
		return false;
	if (!history_list(r, &all, e)) {
		earlier_fini(out);
		return false;
	}
	read_all(r, &all, of, how, notes, out);
	entries_fini(&all);
	compare(out);
	return true;
}

char *
earlier_origin(const struct debrief *d, const struct action *a)
{
	return mem_fmt("%s %s", a->carried_from != NULL ? a->carried_from : d->item.id.s,
	    a->text != NULL ? a->text : "");
}

static void
add_carried(struct strs *carried, const struct debrief *d)
{
	for (size_t i = 0; i < DEBRIEF_N(d, ACTION); i++) {
		const struct action *a = DEBRIEF_AT(d, ACTION, action, i);
		if (a->carried_from != NULL)
			strs_take(carried, earlier_origin(d, a));
	}
}

static bool
state_of(const struct action *a, int64_t today, enum earlier_state *state)
{
	if (a->status == ACTION_DROPPED || (a->status == ACTION_DONE && a->proof != NULL))
		return false;
	if (a->status == ACTION_DONE)
		*state = EARLIER_DONE;
	else
		*state =
		    a->due_day != TIME_NONE && a->due_day < today ? EARLIER_OVERDUE : EARLIER_OPEN;
	return true;
}

/* `copies`: of all debriefs; `carried`: of those that were looked at before, and of the one that asks.
 * What was carried on is told by its newest copy alone, whatever order two of one day stand in. */
static void
add_actions(const struct earlier_one *one, int64_t today, const struct strs *copies,
    const struct strs *carried, struct earlier_actions *out)
{
	for (size_t i = 0; i < DEBRIEF_N(one->d, ACTION); i++) {
		const struct action *a = DEBRIEF_AT(one->d, ACTION, action, i);
		enum earlier_state state;
		char *origin;

		if (!state_of(a, today, &state) || (state == EARLIER_DONE && one->why == NULL))
			continue;
		origin = earlier_origin(one->d, a);
		if (!strs_has(a->carried_from != NULL ? carried : copies, origin)) {
			VEC_ROOM(out->v, out->n, out->cap);
			out->v[out->n++] = (struct earlier_action){ .state = state,
				.alike = one->why != NULL,
				.name = one->name,
				.d = one->d,
				.action = a };
			out->n_open += state != EARLIER_DONE;
		}
		free(origin);
	}
}

static bool
comes_before(const struct earlier_action *a, const struct earlier_action *b)
{
	if (a->alike != b->alike)
		return a->alike;
	if (a->state != b->state)
		return a->state < b->state;
	return a->state == EARLIER_OVERDUE && a->action->due_day < b->action->due_day;
}

/* Stable: what is equal stays newest first. */
static void
sort_actions(struct earlier_action *v, size_t n, struct earlier_action *room)
{
	size_t half = n / 2, i = 0, j = half, k = 0;

	if (n < 2)
		return;
	sort_actions(v, half, room);
	sort_actions(v + half, n - half, room);
	while (i < half || j < n)
		room[k++] = j == n || (i < half && !comes_before(&v[j], &v[i])) ? v[i++] : v[j++];
	memcpy(v, room, n * sizeof *v);
}

void
earlier_actions(const struct earlier *s, int64_t today, struct earlier_actions *out)
{
	struct strs carried = { 0 }, copies = { 0 };
	struct earlier_action *room;
	size_t others = 0;

	*out = (struct earlier_actions){ 0 };
	add_carried(&carried, s->of.d);
	add_carried(&copies, s->of.d);
	for (size_t i = 0; i < s->n; i++)
		add_carried(&copies, s->v[i].d);
	for (size_t i = 0; i < s->n; i++) {
		add_actions(&s->v[i], today, &copies, &carried, out);
		add_carried(&carried, s->v[i].d);
	}
	strs_fini(&carried);
	strs_fini(&copies);
	room = mem_zero(out->n + 1, sizeof *room);
	sort_actions(out->v, out->n, room);
	free(room);
	for (size_t i = 0; i < out->n; i++)
		others += !out->v[i].alike;
	if (others > EARLIER_OTHERS) {
		out->n_left = others - EARLIER_OTHERS;
		out->n -= out->n_left;
	}
}

void
earlier_actions_fini(struct earlier_actions *a)
{
	free(a->v);
	*a = (struct earlier_actions){ 0 };
}
