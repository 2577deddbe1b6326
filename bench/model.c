/* Reading and writing JSON against cJSON alone, and drawing a fishbone. */
#include <string.h>

#include <cjson/cJSON.h>

#include "base/buf.h"
#include "base/text.h"
#include "bench/bench.h"
#include "storage/json_file.h"
#include "views/view.h"

static struct debrief *
made_up(int events, int causes)
{
	struct debrief *d = debrief_new(id_make(1));
	const char *const names[] = { "Technical", "Process", "Organization", "Change", "Detection", "Knowledge" };
	struct id cats[6];

	d->title = mem_dup("Checkout 5xx, 38 % of orders");
	for (int i = 0; i < 6; i++) {
		struct category *c = (struct category *)item_new(KIND_CATEGORY, id_make(10 + (unsigned)i));
		c->item.order = mem_fmt("h0%02d11", i);
		c->name = mem_dup(names[i]);
		c->level = 1 + i % 3;
		cats[i] = c->item.id;
		debrief_put(d, KIND_CATEGORY, &c->item);
	}
	for (int i = 0; i < events; i++) {
		struct event *e = (struct event *)item_new(KIND_EVENT, id_make(1000 + (unsigned)i));
		e->item.number = i + 1;
		e->item.order = mem_fmt("i%04d11", i);
		e->item.changed_ns = 1784206000 * NS_PER_S;
		e->at_ns = (1784200000 + 37 * (int64_t)i) * NS_PER_S;
		e->text = mem_fmt("event %d: the queue of the payments service grows again", i);
		debrief_put(d, KIND_EVENT, &e->item);
	}
	for (int i = 0; i < causes; i++) {
		struct cause *c = (struct cause *)item_new(KIND_CAUSE, id_make(500000 + (unsigned)i));
		c->item.number = i + 1;
		c->item.order = mem_fmt("i%04d11", i);
		c->item.changed_ns = 1784206000 * NS_PER_S;
		c->category = cats[i % 6];
		c->text = mem_fmt("cause %d: a condition that was there for a while", i);
		c->votes = i % 7;
		debrief_put(d, KIND_CAUSE, &c->item);
	}
	for (int k = 0; k < N_KINDS; k++)
		debrief_sort(d, (enum kind)k);
	return d;
}

/* One after the other: whoever comes next pays for the memory that was freed before. */
static void
json_rows(int events, const char *what, size_t n)
{
	struct debrief *d = made_up(events, 33);
	struct buf text = { 0 }, out = { 0 };
	double *ours = mem_zero(n, sizeof *ours), *theirs = mem_zero(n, sizeof *theirs);
	char row[80];
	cJSON *tree;

	file_encode(d, &text);
	for (size_t i = 0; i < n; i++) {
		double t = bench_ms();
		tree = cJSON_ParseWithLength(text.data, text.len);
		cJSON_Delete(tree);
		theirs[i] = bench_ms() - t;
	}
	for (size_t i = 0; i < n; i++) {
		double t = bench_ms();
		debrief_free(file_decode(text.data, text.len, NULL, NULL, NULL));
		ours[i] = bench_ms() - t;
	}
	snprintf(row, sizeof row, "read JSON, %s (%zu KB)", what, text.len / 1024);
	bench_row(row, ours, theirs, n, "cJSON parse alone");
	tree = cJSON_ParseWithLength(text.data, text.len);
	for (size_t i = 0; i < n; i++) {
		double t = bench_ms();
		free(cJSON_Print(tree));
		theirs[i] = bench_ms() - t;
	}
	for (size_t i = 0; i < n; i++) {
		double t = bench_ms();
		buf_clear(&out);
		file_encode(d, &out);
		ours[i] = bench_ms() - t;
	}
	snprintf(row, sizeof row, "write JSON, %s", what);
	bench_row(row, ours, theirs, n, "cJSON print alone");
	cJSON_Delete(tree);
	debrief_free(d);
	buf_fini(&text);
	buf_fini(&out);
	free(ours);
	free(theirs);
}

struct drawing {
	const char *view;
	const char *layout; /* by its name; NULL: by size */
	int rows, cols, events, causes;
	size_t n;
};

static int
layout_of(const struct view *v, const char *name)
{
	for (int i = 0; name != NULL && v->layouts[i] != NULL; i++)
		if (strcmp(v->layouts[i], name) == 0)
			return i + 1;
	return 0;
}

/* Whole frames, from the model to the canvas. */
static void
draw_row(const struct drawing *w)
{
	const struct view *v = view_find(w->view);
	struct debrief *d = made_up(w->events, w->causes);
	struct zone *z = zone_open("UTC", NULL);
	struct scene sc = { .d = d, .name = "bench", .me = "lena", .now_ns = 1784206000 * NS_PER_S, .zone = z,
		.live = true };
	struct canvas *c = canvas_new(w->rows, w->cols, false);
	struct pane_state s = { .layout = layout_of(v, w->layout) };
	double *ms = mem_zero(w->n, sizeof *ms), median;
	char what[80];

	for (size_t i = 0; i < w->n; i++) {
		double t = bench_ms();
		canvas_clear(c);
		frame_draw(v, &s, &sc, c);
		ms[i] = bench_ms() - t;
	}
	median = bench_at(ms, w->n, 0.5);
	snprintf(what, sizeof what, "%s%s%s, %d items, %dx%d", w->view, w->layout ? " " : "",
	    w->layout ? w->layout : "", w->events > w->causes ? w->events : w->causes, w->cols, w->rows);
	printf("%-44s %10.4f ms, %.0f frames a second  n=%zu  p99 %.4f ms\n", what, median, 1000 / median,
	    w->n, bench_at(ms, w->n, 0.99));
	strs_fini(&s.folded);
	canvas_free(c);
	zone_free(z);
	debrief_free(d);
	free(ms);
}

static const struct drawing drawings[] = {
	{ "fishbone", "classic", 50, 200, 30, 33, 3000 },
	{ "fishbone", "classic", 80, 300, 30, 33, 2000 },
	{ "fishbone", NULL, 50, 200, 30, 2000, 200 },
	{ "fishbone", NULL, 80, 300, 30, 2000, 200 },
	{ "timeline", "list", 50, 200, 100000, 33, 50 },
	{ "timeline", "lanes", 50, 200, 100000, 33, 50 },
	{ "timeline", "lanes", 80, 300, 100000, 33, 50 },
};

int
main(void)
{
	text_locale();
	json_rows(40, "a usual debrief", 2000);
	json_rows(100000, "100,000 events", 9);
	for (size_t i = 0; i < sizeof drawings / sizeof *drawings; i++)
		draw_row(&drawings[i]);
	return 0;
}
