#include "views/timeline_lanes.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "model/schema.h"
#include "views/timeline_fold.h"

enum { LABEL_GAP = 2, LABEL_LEAST = 6, LABEL_MOST = 48 };

const char *
lane_name(const struct event *e)
{
	if (e->lane != NULL)
		return e->lane;
	if (e->source != NULL)
		return e->source;
	return schema_field(KIND_EVENT, "kind")->names[e->kind > 0 ? e->kind : EVENT_OBSERVATION];
}

static size_t
lane_at(struct lanes *l, size_t *cap, const char *name)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->v[i].name, name) == 0)
			return i;
	VEC_ROOM(l->v, l->n, *cap);
	l->v[l->n] = (struct lane){ .name = name };
	return l->n++;
}

static void
place_marks(struct lanes *l, const struct debrief *d)
{
	size_t cap = 0;

	l->marks = mem_zero(DEBRIEF_N(d, EVENT) + 1, sizeof *l->marks);
	for (size_t i = 0; i < DEBRIEF_N(d, EVENT); i++) {
		const struct event *e = DEBRIEF_AT(d, EVENT, event, i);
		struct lane_mark *m = &l->marks[l->n_marks];
		if (!event_has_clock(e) || e->kind == EVENT_GAP)
			continue;
		*m = (struct lane_mark){ .event = e, .lane = lane_at(l, &cap, lane_name(e)) };
		m->x = scale_x(&l->scale, e->at_ns);
		l->v[m->lane].n++;
		l->n_marks++;
	}
}

/* Right of the mark, or left of it where it would leave the window; in the first row of its lane
 * that has room. False: in none. */
static bool
place_label(struct lane_mark *m, int *ends, int rows, int right)
{
	int w = text_width(m->event->text, strlen(m->event->text));

	w = w > LABEL_MOST ? LABEL_MOST : w;
	for (int r = 0; r < rows; r++) {
		bool fits = m->x + LABEL_GAP + w <= right;
		if (m->x < ends[r])
			continue;
		if (fits) {
			m->label_x = m->x + LABEL_GAP;
			m->label_cols = w;
			ends[r] = m->label_x + w + 1;
		} else if (m->x - LABEL_GAP + 1 - w >= ends[r]) {
			m->label_x = m->x - LABEL_GAP + 1 - w;
			m->label_cols = w;
			ends[r] = m->x + 2;
		} else if (right - m->x - LABEL_GAP >= LABEL_LEAST) {
			m->label_x = m->x + LABEL_GAP;
			m->label_cols = right - m->label_x;
			ends[r] = right + 1;
		} else {
			continue;
		}
		m->row = r;
		return true;
	}
	return false;
}

/* Rows that the labels of a lane take, up to `most`; places them. */
static int
fill_lane(struct lanes *l, size_t lane, int most, int right)
{
	int ends[LANE_ROWS_MOST], used = 1;

	for (int r = 0; r < LANE_ROWS_MOST; r++)
		ends[r] = l->scale.x;
	for (size_t i = 0; i < l->n_marks; i++) {
		struct lane_mark *m = &l->marks[i];
		if (m->lane != lane)
			continue;
		m->row = 0;
		m->label_cols = 0;
		if (m->event->text != NULL && place_label(m, ends, most, right) && m->row + 1 > used)
			used = m->row + 1;
	}
	return used;
}

/* Each lane one row; what is left goes round to those whose labels need more. */
static void
share_rows(struct lanes *l, struct rect area)
{
	int right = area.x + area.w, left = area.h, y = area.y;
	bool grew = true;

	for (size_t i = 0; i < l->n; i++) {
		l->v[i].rows = left > 0;
		left -= l->v[i].rows;
		l->left_out += l->v[i].rows == 0;
	}
	while (left > 0 && grew) {
		grew = false;
		for (size_t i = 0; i < l->n && left > 0; i++) {
			int want = l->v[i].rows + 1;
			if (l->v[i].rows == 0 || want > LANE_ROWS_MOST ||
			    fill_lane(l, i, want, right) < want)
				continue;
			l->v[i].rows = want;
			left--;
			grew = true;
		}
	}
	for (size_t i = 0; i < l->n; i++) {
		l->v[i].y = y;
		y += l->v[i].rows;
		if (l->v[i].rows > 0)
			fill_lane(l, i, l->v[i].rows, right);
	}
}

void
lanes_of(const struct debrief *d, struct rect area, int name_cols, bool whole, struct lanes *out)
{
	*out = (struct lanes){ .scale = scale_of(
				   d, area.x + name_cols, area.w - name_cols - 1, whole) };
	place_marks(out, d);
	share_rows(out, area);
}

void
lanes_fini(struct lanes *l)
{
	scale_fini(&l->scale);
	free(l->v);
	free(l->marks);
	*l = (struct lanes){ 0 };
}
