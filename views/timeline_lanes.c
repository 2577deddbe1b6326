#include "views/timeline_lanes.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "model/schema.h"
#include "views/timeline_fold.h"
#include "views/words.h"

enum {
	LABEL_GAP = 2,
	LABEL_LEAST = 6,
	LABEL_MOST = 48, /* that rows are made for; where a row is empty they go on */
	GROW_GAP = 3,
	NAME_LEAST = 9, /* columns of a lane's name, the space after it included */
	NAME_ROOM = 3
};

static const char *
kind_name(const struct event *e)
{
	return schema_field(KIND_EVENT, "kind")->names[e->kind > 0 ? e->kind : EVENT_OBSERVATION];
}

const char *
lane_name(const struct event *e, enum lanes_by by)
{
	const char *first = by == LANES_BY_SOURCE ? e->source : e->lane,
		   *second = by == LANES_BY_SOURCE ? e->lane : e->source;

	if (by != LANES_BY_KIND && first == NULL && second == NULL && e->kind == EVENT_GAP)
		return word(WORD_LANE_QUIET);
	if (by == LANES_BY_KIND || (first == NULL && second == NULL))
		return kind_name(e);
	return first != NULL ? first : second;
}

/* Names to lanes: open addressing, a power of two of slots, each a lane's number + 1. */
struct names {
	size_t *slots, n_slots, cap;
};

static uint64_t
hash_of(const char *s)
{
	uint64_t h = 14695981039346656037u;

	for (; *s != '\0'; s++)
		h = (h ^ (unsigned char)*s) * 1099511628211u;
	return h;
}

static size_t *
slot_of(const struct lanes *l, const struct names *k, const char *name)
{
	size_t i = (size_t)hash_of(name) & (k->n_slots - 1);

	while (k->slots[i] != 0 && strcmp(l->v[k->slots[i] - 1].name, name) != 0)
		i = (i + 1) & (k->n_slots - 1);
	return &k->slots[i];
}

static void
more_slots(const struct lanes *l, struct names *k)
{
	free(k->slots);
	k->n_slots = k->n_slots > 0 ? 2 * k->n_slots : 64;
	k->slots = mem_zero(k->n_slots, sizeof *k->slots);
	for (size_t i = 0; i < l->n; i++)
		*slot_of(l, k, l->v[i].name) = i + 1;
}

static size_t
lane_at(struct lanes *l, struct names *k, const char *name)
{
	size_t *slot;

	if (2 * (l->n + 1) > k->n_slots)
		more_slots(l, k);
	slot = slot_of(l, k, name);
	if (*slot == 0) {
		VEC_ROOM(l->v, l->n, k->cap);
		l->v[l->n++] = (struct lane){ .name = name };
		*slot = l->n;
	}
	return *slot - 1;
}

/* Every event has its lane, also out of the window: lanes do not jump when it moves. Returns the
 * lane of each. */
static uint32_t *
name_lanes(struct lanes *l, const struct debrief *d, enum lanes_by by)
{
	size_t n = DEBRIEF_N(d, EVENT), lane = 0;
	uint32_t *lanes = mem_alloc((n + 1) * sizeof *lanes);
	struct names k = { 0 };
	const char *last = NULL;

	for (size_t i = 0; i < n; i++) {
		const char *name = lane_name(DEBRIEF_AT(d, EVENT, event, i), by);
		if (last == NULL || (name != last && strcmp(name, last) != 0))
			lane = lane_at(l, &k, name);
		last = name;
		lanes[i] = (uint32_t)lane;
	}
	free(k.slots);
	return lanes;
}

static int
name_cols(const struct lanes *l, int cols)
{
	int most = NAME_LEAST - NAME_ROOM, limit = cols / 8 > NAME_LEAST ? cols / 8 : NAME_LEAST;

	for (size_t i = 0; i < l->n; i++) {
		int w = text_width(l->v[i].name, strlen(l->v[i].name));
		most = w > most ? w : most;
	}
	return most + NAME_ROOM < limit ? most + NAME_ROOM : limit;
}

int64_t
lanes_window_from(const struct zone *zone, int64_t t_ns, int64_t window_ns)
{
	int64_t from, since;
	int offset = zone != NULL ? zone_offset_s(zone, t_ns) : 0;

	from = scale_first_tick(t_ns, window_ns, offset);
	if (from > t_ns)
		from -= window_ns;
	since = t_ns - from;
	if (since < window_ns / 8)
		from -= window_ns / 2;
	else if (since > window_ns / 8 * 7)
		from += window_ns / 2;
	return from;
}

enum side { BEFORE, WITHIN, AFTER };

static enum side
side_of(const struct event *e, const struct lanes_look *look)
{
	if (look->window_ns == 0)
		return WITHIN;
	if (e->at_ns < look->from_ns && (e->until_ns == TIME_NONE || e->until_ns < look->from_ns))
		return BEFORE;
	return e->at_ns > look->from_ns + look->window_ns ? AFTER : WITHIN;
}

/* Counts what is out of the window, and what each lane has of the rest. */
static void
count_marks(struct lanes *l, const struct debrief *d, const struct lanes_look *look,
    const uint32_t *lanes)
{
	for (size_t i = 0; i < DEBRIEF_N(d, EVENT); i++) {
		enum side side = side_of(DEBRIEF_AT(d, EVENT, event, i), look);
		l->before += side == BEFORE;
		l->after += side == AFTER;
		l->v[lanes[i]].n += side == WITHIN;
	}
	for (size_t i = 0; i < l->n; i++) {
		l->v[i].first = l->n_marks;
		l->n_marks += l->v[i].n;
		l->v[i].n = 0;
	}
}

static void
place_marks(struct lanes *l, const struct debrief *d, const struct lanes_look *look,
    const uint32_t *lanes)
{
	l->marks = mem_alloc((l->n_marks + 1) * sizeof *l->marks);
	for (size_t i = 0; i < DEBRIEF_N(d, EVENT); i++) {
		const struct event *e = DEBRIEF_AT(d, EVENT, event, i);
		struct lane *lane = &l->v[lanes[i]];
		struct lane_mark *m;
		if (side_of(e, look) != WITHIN)
			continue;
		m = &l->marks[lane->first + lane->n++];
		*m = (struct lane_mark){ .event = e, .lane = lanes[i], .same = 1 };
		m->x = m->end = (int16_t)scale_x(&l->scale, e->at_ns);
		if (e->until_ns != TIME_NONE && e->until_ns > e->at_ns)
			m->end = (int16_t)scale_x(&l->scale, e->until_ns);
	}
}

static int
whole_width(const struct lane_mark *m)
{
	return m->event->text != NULL ? text_width(m->event->text, strlen(m->event->text)) : 0;
}

static int
label_width(const struct lane_mark *m)
{
	int w = whole_width(m);

	return w > LABEL_MOST ? LABEL_MOST : w;
}

/* Room for a label in one row: from `from` on, in front of `to`. Right of what lasts, inside of it,
 * left of the mark, or, where that may be, cut; false: there is none. */
static bool
fit_label(struct lane_mark *m, int from, int to, bool cut)
{
	int w = label_width(m), x = m->end + LABEL_GAP;

	if (x + w > to && m->x + LABEL_GAP + w < m->end)
		x = m->x + LABEL_GAP;
	if (x + w > to && m->x - LABEL_GAP + 1 - w >= from)
		x = m->x - LABEL_GAP + 1 - w;
	if (cut && x + w > to && to - x >= LABEL_LEAST)
		w = to - x;
	if (x + w > to)
		return false;
	m->label_x = (int16_t)x;
	m->label_cols = (int16_t)w;
	return true;
}

/* The first row, of `rows`, that has room for the mark and its label; one that has it for a cut
 * label only comes after all that have it for the whole. */
static bool
place_label(struct lane_mark *m, int *ends, int rows, int right)
{
	for (int i = 0; i < 2 * rows; i++) {
		int r = i % rows, end;
		if (m->x < ends[r] || !fit_label(m, ends[r], right, i >= rows))
			continue;
		m->row = (int16_t)r;
		end = m->label_x + m->label_cols;
		ends[r] = (end > m->end + 1 ? end : m->end + 1) + 1;
		return true;
	}
	m->label_cols = 0;
	return false;
}

static void
clear_ends(const struct lanes *l, int ends[LANE_ROWS_MOST])
{
	for (int r = 0; r < LANE_ROWS_MOST; r++)
		ends[r] = l->scale.x;
}

/* Do all labels of a lane find room in so many rows? Stops at the first that does not. */
static bool
all_fit(struct lanes *l, const struct lane *lane, int rows, int right)
{
	int ends[LANE_ROWS_MOST];

	clear_ends(l, ends);
	for (size_t i = 0; i < lane->n; i++)
		if (!place_label(&l->marks[lane->first + i], ends, rows, right))
			return false;
	return true;
}

/* Marks that have no label stand in the lane's last row, those of one column in one cell. A label
 * is there only where the next mark leaves room; with `right` 0 none is. */
static void
fill_last_row(struct lanes *l, const struct lane *lane, int row, int right)
{
	struct lane_mark *cell = NULL, *before = NULL, *last = NULL;
	int from = l->scale.x;

	for (size_t i = 0; i <= lane->n; i++) {
		struct lane_mark *m = i < lane->n ? &l->marks[lane->first + i] : NULL;
		if (m != NULL && m->label_cols > 0)
			continue;
		if (m != NULL && cell != NULL && m->x == cell->x) {
			cell->same++;
			cell->end = m->end > cell->end ? m->end : cell->end;
			m->same = 0;
			m->row = (int16_t)row;
			continue;
		}
		last = cell;
		if (right > 0 && last != NULL && last->same == 1 && last->event->text != NULL) {
			if (before != NULL)
				from = (before->label_cols > 0 && before->label_x > before->x
					    ? before->label_x + before->label_cols
					    : before->end + 1) + 1;
			if (!fit_label(last, from, m != NULL ? m->x - 1 : right, true))
				last->label_cols = 0;
		}
		before = last;
		cell = m;
		if (m != NULL)
			m->row = (int16_t)row;
	}
}

static void
grow_right(struct lane_mark *m, int to)
{
	int most = to - m->label_x, w = whole_width(m);

	w = w < most ? w : most;
	if (w > m->label_cols)
		m->label_cols = (int16_t)w;
}

/* A label left of its mark; where `before` would go on too, half of what is between is its. */
static void
grow_left(struct lane_mark *m, const struct lane_mark *before, int from)
{
	int more = whole_width(m) - m->label_cols, room = m->label_x - from - GROW_GAP;
	int other = before != NULL ? whole_width(before) - before->label_cols : 0;

	if (room - other < more)
		more = room - other > room / 2 ? room - other : room / 2;
	if (more <= 0)
		return;
	m->label_x = (int16_t)(m->label_x - more);
	m->label_cols = (int16_t)(m->label_cols + more);
}

/* Labels that are cut go on as far as their row is empty: left of their mark or right of it. */
static void
widen(struct lanes *l, const struct lane *lane, int right)
{
	struct lane_mark *open[LANE_ROWS_MOST] = { 0 };
	int ends[LANE_ROWS_MOST];

	clear_ends(l, ends);
	for (size_t i = 0; i < lane->n; i++) {
		struct lane_mark *m = &l->marks[lane->first + i];
		int r = m->row, start = m->x, end = m->end + 1;
		if (m->same == 0)
			continue;
		if (m->label_cols > 0 && m->label_x < m->x) {
			grow_left(m, open[r], ends[r]);
			start = m->label_x;
		}
		if (open[r] != NULL)
			grow_right(open[r], start - GROW_GAP);
		open[r] = m->label_cols > 0 && m->label_x > m->end ? m : NULL;
		if (m->label_cols > 0 && m->label_x + m->label_cols > end)
			end = m->label_x + m->label_cols;
		ends[r] = end + 1 > ends[r] ? end + 1 : ends[r];
	}
	for (int r = 0; r < LANE_ROWS_MOST; r++)
		if (open[r] != NULL)
			grow_right(open[r], right);
}

static void
fill_lane(struct lanes *l, const struct lane *lane, bool strips, int right)
{
	int ends[LANE_ROWS_MOST], rows = lane->rows;

	if (!strips && all_fit(l, lane, rows, right))
		return;
	clear_ends(l, ends);
	for (size_t i = 0; i < lane->n; i++) {
		struct lane_mark *m = &l->marks[lane->first + i];
		m->label_cols = 0;
		m->same = 1;
		if (!strips && rows > 1)
			place_label(m, ends, rows - 1, right);
	}
	fill_last_row(l, lane, rows - 1, strips ? 0 : right);
}

/* Rows that a lane's labels want: all of its four where not even these suffice. */
static int
rows_wanted(struct lanes *l, const struct lane *lane, int right)
{
	int rows = 1;

	while (rows < LANE_ROWS_MOST && !all_fit(l, lane, rows, right))
		rows++;
	return rows;
}

/* Which lane is the first to be shown: that of what is selected is among them. */
static size_t
first_lane(const struct lanes *l, const struct lanes_look *look)
{
	size_t rows = look->area.h > 0 ? (size_t)look->area.h : 0;

	for (size_t i = 0; i < l->n && l->n > rows; i++)
		for (size_t k = 0; k < l->v[i].n; k++)
			if (id_equal(l->marks[l->v[i].first + k].event->item.id, look->selected))
				return i < rows ? 0 : i - rows + 1;
	return 0;
}

/* Each lane one row; what is left goes round to those whose labels need more, then air between. */
static void
share_rows(struct lanes *l, const struct lanes_look *look)
{
	int right = look->area.x + look->area.w, left = look->area.h, y = look->area.y, air;
	size_t first = first_lane(l, look), shown = 0;
	bool grew = !look->strips;
	int *want = mem_zero(l->n + 1, sizeof *want);

	for (size_t i = 0; i < l->n; i++) {
		struct lane *lane = &l->v[i];
		lane->rows = i >= first && left > 0;
		left -= lane->rows;
		shown += (size_t)lane->rows;
		l->left_out += lane->rows == 0;
		l->left_out_marks += lane->rows == 0 ? lane->n : 0;
		want[i] = lane->rows > 0 && grew ? rows_wanted(l, lane, right) : 1;
	}
	for (; left > 0 && grew;) {
		grew = false;
		for (size_t i = 0; i < l->n && left > 0; i++)
			if (l->v[i].rows > 0 && l->v[i].rows < want[i]) {
				l->v[i].rows++;
				left--;
				grew = true;
			}
	}
	air = !look->strips && left >= (int)shown;
	for (size_t i = 0; i < l->n; i++) {
		l->v[i].y = y;
		if (l->v[i].rows == 0)
			continue;
		y += l->v[i].rows + air;
		fill_lane(l, &l->v[i], look->strips, right);
		if (!look->strips)
			widen(l, &l->v[i], right);
	}
	l->rows = y - look->area.y;
	free(want);
}

void
lanes_of(const struct debrief *d, const struct lanes_look *look, struct lanes *out)
{
	uint32_t *lanes;
	int x, cols;

	*out = (struct lanes){ 0 };
	lanes = name_lanes(out, d, look->by);
	out->name_cols = name_cols(out, look->area.w);
	x = look->area.x + out->name_cols;
	cols = look->area.w - out->name_cols - 1;
	out->scale = look->window_ns > 0
			 ? scale_window(look->from_ns, look->from_ns + look->window_ns, x, cols)
			 : scale_of(d, x, cols, look->whole);
	count_marks(out, d, look, lanes);
	place_marks(out, d, look, lanes);
	free(lanes);
	share_rows(out, look);
}

void
lanes_fini(struct lanes *l)
{
	scale_fini(&l->scale);
	free(l->v);
	free(l->marks);
	*l = (struct lanes){ 0 };
}
