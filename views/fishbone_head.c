#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "views/draw.h"
#include "views/fishbone.h"
#include "views/words.h"

enum {
	BOX_COLS = 100,	  /* narrower: an arrow and no head */
	LARGE_COLS = 160, /* from here a larger head, with a margin */
	INNER_LEAST = 9,
	INNER_MOST = 15,
	INNER_MOST_LARGE = 23,
	LINES_MOST = 6
};

/* Words that begin with a letter in capitals: "CHECKOUT 5xx". */
static void
add_capitals(struct strs *lines, const char *text, size_t len)
{
	struct buf b = { 0 };
	size_t at = 0;

	while (at < len) {
		size_t n = strcspn(text + at, " ");
		char *part;
		n = n > len - at ? len - at : n;
		part = mem_dupn(text + at, n);
		if (part[0] >= '0' && part[0] <= '9')
			buf_adds(&b, part);
		else
			upper_case(&b, part);
		free(part);
		at += n;
		if (at < len)
			buf_addc(&b, ' '), at++;
	}
	strs_take(lines, buf_take(&b));
}

/* One clause over as many lines as it needs. */
static void
add_clause(struct strs *lines, const char *text, int cols)
{
	size_t len = strlen(text), at = 0;

	while (at < len && lines->n < LINES_MOST) {
		size_t next, n = text_wrap(text + at, len - at, cols, &next);
		if (next == 0)
			n = next = text_grapheme(text + at, len - at);
		strs_addn(lines, text + at, n);
		at += next;
	}
}

/* "79 min", and where there is room from when to when: before it, or on a line of its own. */
static void
add_times(struct strs *lines, const struct scene *sc, int cols)
{
	struct milestones m = milestones_of(sc->d);
	int64_t from = m.at_ns[PHASE_STARTED], to = m.at_ns[PHASE_RESOLVED];
	struct buf b = { 0 }, length = { 0 };

	if (from == TIME_NONE || to == TIME_NONE || to < from)
		return;
	put_length(&length, to - from);
	if (cols >= 21) {
		put_clock(&b, sc, from, false);
		buf_adds(&b, " – ");
		put_clock(&b, sc, to, false);
		if (text_width(b.data, b.len) + 2 + text_width(length.data, length.len) > cols) {
			strs_add(lines, b.data);
			buf_clear(&b);
		} else {
			buf_adds(&b, ", ");
		}
	}
	buf_adds(&b, length.data);
	strs_take(lines, buf_take(&b));
	buf_fini(&length);
}

/* Letter by letter in a large head, where that goes into one line: "C H E C K O U T". */
static void
add_name(struct strs *lines, const char *name, int cols)
{
	size_t len = strlen(name), n, word;
	struct buf wide = { 0 };
	bool spaced = false, plain = true;

	for (size_t i = 0; i < len; i += n) {
		n = text_grapheme(name + i, len - i);
		plain = plain && (unsigned char)name[i] < 0x80; /* some scripts join their letters */
		if (i == 0 || name[i - 1] == ' ')
			spaced = !(name[i] >= '0' && name[i] <= '9');
		word = i > 0 && spaced && name[i - 1] != ' ';
		buf_adds(&wide, word ? " " : "");
		buf_add(&wide, name + i, n);
		buf_adds(&wide, name[i] == ' ' ? " " : "");
	}
	if (plain && cols > INNER_MOST && wide.len > 0 && text_width(wide.data, wide.len) <= cols)
		strs_add(lines, wide.data);
	else
		add_clause(lines, name, cols);
	buf_fini(&wide);
}

static void
add_effect(struct strs *lines, const struct scene *sc, int cols)
{
	const char *text = sc->d->effect ? sc->d->effect : scene_title(sc), *rest;
	struct strs name = { 0 };
	size_t n, skip = sc->d->effect ? 0 : ticket_len(text);

	text += skip;
	text += strspn(text, " :,");
	n = strcspn(text, ",\n");
	add_capitals(&name, text, n);
	add_name(lines, name.v[0], cols);
	strs_fini(&name);
	strs_add(lines, "");
	rest = text + n;
	while (*rest != '\0') {
		char *clause;
		rest += strspn(rest, ", \n");
		n = strcspn(rest, ",\n");
		clause = mem_dupn(rest, n);
		add_clause(lines, clause, cols);
		free(clause);
		rest += n;
	}
}

void
fish_head_init(struct fish_head *h, const struct scene *sc, struct rect area)
{
	bool large = area.w >= LARGE_COLS;
	int most = large ? INNER_MOST_LARGE - 2 : INNER_MOST - 1;

	*h = (struct fish_head){ .cols = 2 };
	if (area.w < BOX_COLS)
		return;
	add_effect(&h->lines, sc, most);
	add_times(&h->lines, sc, most);
	if (sc->d->severity != NULL && large && h->lines.n < LINES_MOST)
		add_capitals(&h->lines, sc->d->severity, strlen(sc->d->severity));
	if (h->lines.n > 0 && h->lines.v[h->lines.n - 1][0] == '\0')
		strs_drop(&h->lines, h->lines.n - 1);
	h->inner = INNER_LEAST;
	for (size_t i = 0; i < h->lines.n; i++) {
		int w = text_width(h->lines.v[i], strlen(h->lines.v[i])) + 2;
		if (w > h->inner)
			h->inner = w;
	}
	if (h->inner > (large ? INNER_MOST_LARGE : INNER_MOST))
		h->inner = large ? INNER_MOST_LARGE : INNER_MOST;
	h->cols = h->inner + 2 + large;
}

void
fish_head_fini(struct fish_head *h)
{
	strs_fini(&h->lines);
}

/* How many of its lines the box has room for beside the spine: above its upper half, below the
 * rest. */
static int
lines_in_box(const struct fish *f, const struct fish_head *h)
{
	for (int n = (int)h->lines.n; n > 0; n--) {
		int inside = n + 2, above = (inside + 1) / 2 + 1, below = inside - (inside + 1) / 2;
		if (above <= f->rows_above + 1 && below <= (f->rows_below > 0 ? f->rows_below : 1))
			return n;
	}
	return 0;
}

static void
draw_box(struct canvas *c, struct rect r)
{
	int right = r.x + r.w - 1, bottom = r.y + r.h - 1;

	canvas_fill(c, r, ' ', ROLE_PLAIN);
	canvas_hline(c, r.y, r.x, r.w, 0x2550, ROLE_LINE);
	canvas_hline(c, bottom, r.x, r.w, 0x2550, ROLE_LINE);
	canvas_vline(c, r.y, r.x, r.h, 0x2551, ROLE_LINE);
	canvas_vline(c, r.y, right, r.h, 0x2551, ROLE_LINE);
	canvas_put(c, r.y, r.x, 0x2554, ROLE_LINE);
	canvas_put(c, r.y, right, 0x2557, ROLE_LINE);
	canvas_put(c, bottom, r.x, 0x255a, ROLE_LINE);
	canvas_put(c, bottom, right, 0x255d, ROLE_LINE);
}

static void
draw_head(const struct fish_draw *d, const struct fish *f, const struct fish_head *h)
{
	int n = lines_in_box(f, h), inside = n + 2;
	int y = f->spine_y - (inside + 1) / 2, x = f->head_x;

	if (f->mirrored && n > 0)
		x -= h->inner + 1;

	if (n == 0) {
		canvas_put(d->c, f->spine_y, x, f->mirrored ? 0x258c : 0x2590, ROLE_HEAD);
		return;
	}
	draw_box(d->c, (struct rect){ .y = y - 1, .x = x, .h = inside + 2, .w = h->inner + 2 });
	for (int i = 0; i < n; i++) {
		const char *text = h->lines.v[i];
		struct slice sl = slice_fit(text, strlen(text), h->inner);
		draw_slice(d->c, y + 1 + i, x + 1 + (h->inner - sl.cols + 1) / 2, &sl,
		    i == 0 ? ROLE_HEAD | STYLE_BOLD : ROLE_PLAIN);
	}
}

void
fish_spine_draw(const struct fish_draw *d, const struct fish *f, const struct fish_head *h)
{
	int y = f->spine_y, end = f->mirrored ? f->head_x + 1 : f->head_x - 1;
	int left = f->mirrored ? end : f->spine_x, right = f->mirrored ? f->spine_x : end;

	canvas_hline(d->c, y, left + 1, right - left - 1, 0x2501, ROLE_LINE);
	canvas_put(d->c, y, f->spine_x, f->mirrored ? 0xab : 0xbb, ROLE_LINE);
	for (size_t i = 0; i < f->n_bones; i++)
		canvas_put(d->c, y, f->bones[i].x, 0x25c6, ROLE_LINE);
	canvas_put(d->c, y, end, f->mirrored ? 0x25c0 : 0x25b6, ROLE_LINE);
	draw_head(d, f, h);
}
