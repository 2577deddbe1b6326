#include "views/timeline_curve.h"

#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "views/draw.h"

enum { EVENTS_MOST = 5000, NAMES_MOST = 32, LEAST_POINTS = 3, STEPS = 8 };

struct names {
	struct {
		char name[48];
		size_t n;
	} v[NAMES_MOST];
	size_t n;
};

static void
count_name(struct names *k, const char *name)
{
	for (size_t i = 0; i < k->n; i++)
		if (strcasecmp(k->v[i].name, name) == 0) {
			k->v[i].n++;
			return;
		}
	if (k->n == NAMES_MOST)
		return;
	strcpy(k->v[k->n].name, name);
	k->v[k->n++].n = 1;
}

/* The first word of what was seen, when a number with a unit follows it. */
static bool
first_word(const struct event *e, char name[48])
{
	const char *text = e->text != NULL ? e->text : "";
	size_t n = strcspn(text, " ");
	char unit[16] = "";
	double value;

	if (n == 0 || n >= 48 ||
	    (e->kind != EVENT_OBSERVATION && e->kind != EVENT_IMPACT && e->kind != EVENT_ALERT))
		return false;
	memcpy(name, text, n);
	name[n] = '\0';
	return series_read(text, name, &value, unit) && value >= 0 && unit[0] != '\0';
}

bool
curve_of(const struct debrief *d, struct series *out)
{
	struct names k = { .n = 0 };
	size_t best = 0;
	char name[48];
	double value;

	if (DEBRIEF_N(d, EVENT) > EVENTS_MOST)
		return false;
	for (size_t i = 0; i < DEBRIEF_N(d, EVENT); i++) {
		const struct event *e = DEBRIEF_AT(d, EVENT, event, i);
		if (first_word(e, name))
			count_name(&k, name);
	}
	for (size_t i = 1; i < k.n; i++)
		if (k.v[i].n > k.v[best].n)
			best = i;
	if (k.n == 0 || k.v[best].n < LEAST_POINTS)
		return false;
	*out = (struct series){ 0 };
	strcpy(out->name, k.v[best].name);
	series_fill(out, d, INT64_MIN);
	for (size_t i = 0; i < DEBRIEF_N(d, EVENT) && out->unit[0] == '\0'; i++)
		series_read(DEBRIEF_AT(d, EVENT, event, i)->text ? DEBRIEF_AT(d, EVENT, event, i)->text
								 : "",
		    out->name, &value, out->unit);
	if (out->most > 0)
		return true;
	series_fini(out);
	return false;
}

/* How many eighths of a row a value fills; one where it is told at all. */
static int
height_of(const struct series *s, double value, int rows)
{
	int h = (int)(value / s->most * rows * STEPS + 0.5);

	return h < 1 ? 1 : h > rows * STEPS ? rows * STEPS : h;
}

static uint32_t
block(int eighths, bool ascii)
{
	static const char marks[] = " __..::||";

	return ascii ? (uint32_t)marks[eighths] : 0x2580 + (uint32_t)eighths;
}

void
curve_draw(
    const struct series *s, const struct scale *scale, struct canvas *c, struct rect r, int label_x)
{
	struct buf label = { 0 };

	buf_addf(&label, "%s %s", s->name, s->unit);
	draw_text(c, line_at(r.y, label_x, scale->x - label_x - 1), label.data, ROLE_DIM);
	buf_fini(&label);
	for (int x = scale->x; x < scale->x + scale->cols; x++) {
		bool last = x + 1 == scale->x + scale->cols;
		int64_t to = last ? scale_to(scale) : scale_t(scale, x + 1);
		double value;
		int h;
		if (!series_between(s, scale_t(scale, x), to < INT64_MAX ? to + last : to, &value))
			continue;
		h = height_of(s, value, r.h);
		for (int row = 0; row < r.h; row++) {
			int fill = h - (r.h - 1 - row) * STEPS;
			if (fill > 0)
				canvas_put(c, r.y + row, x,
				    block(fill < STEPS ? fill : STEPS, canvas_ascii(c)), ROLE_WARN);
		}
	}
}
