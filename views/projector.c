#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/visible.h"
#include "model/draft.h"
#include "views/block_digits.h"
#include "views/clock.h"
#include "views/deck.h"
#include "views/draw.h"
#include "views/frame.h"
#include "views/followed.h"
#include "views/projector.h"
#include "views/view.h"
#include "views/prompts.h"
#include "views/words.h"

enum {
	RULES_FROM = 10, /* rows of the pane from which it has all its parts */
	FOOT_ROWS = 4,
	MARGIN = 4,
	HANG_FROM = 30,
	COLUMN_LEAST = 56,
	SECTION_LEAST = 30,
	COLUMN_GAP = 6,
	TEXT_ROWS_MOST = 4,
	NAMES_MOST = 4
};

struct stand {
	const struct scene *sc;
	struct canvas *c;
	struct followed f;
	char *closing;   /* the last line of all, once it is closed */
	struct buf time; /* empty: no clock runs */
	bool over;
};

static const char *
question(const struct stand *p)
{
	const char *asked;
	size_t nth = 0;

	if (p->closing != NULL)
		return p->closing;
	if (p->f.asks_why && p->sc->d->shown_prompt == NULL)
		return word(WORD_WHY_BLOCK);
	asked = prompt_for_stage(p->sc, 0, &nth);
	return asked != NULL ? asked : scene_title(p->sc);
}

/* The one question at the left, the time at the right; returns the rows used. */
static int
draw_question(const struct stand *p, struct rect r)
{
	int clock = p->time.len > 0 ? block_cols(p->time.data) : 0, rows, w;
	bool block = r.h >= BLOCK_ROWS && clock + 24 <= r.w;

	if (!block)
		clock = (int)p->time.len;
	w = r.w - clock - (clock > 0 ? 2 : 0);
	if (clock > 0)
		block_draw(p->c,
		    (struct rect){
			.y = r.y, .x = r.x + r.w - clock, .h = block ? r.h : 1, .w = clock },
		    p->time.data, p->over ? ROLE_WARN : ROLE_HEAD);
	if (p->f.asks_why && block) {
		block_draw(p->c, (struct rect){ .y = r.y, .x = r.x, .h = r.h, .w = w }, question(p),
		    ROLE_HEAD);
		return BLOCK_ROWS;
	}
	rows = draw_wrapped(p->c, (struct rect){ .y = r.y, .x = r.x, .h = r.h, .w = w },
	    question(p), ROLE_HEAD | STYLE_BOLD);
	return block && rows < BLOCK_ROWS ? BLOCK_ROWS : rows;
}

/* A mark at the beginning, that the rows of the text stand to the right of where that has room:
 * bytes of it and its space; 0: none. */
static size_t
mark_len(const char *text, int w)
{
	static const char *const marks[] = { "← ", "● ", "○ ", "✓ ", "► " };

	for (size_t i = 0; w >= HANG_FROM && i < sizeof marks / sizeof *marks; i++)
		if (strncmp(text, marks[i], strlen(marks[i])) == 0)
			return strlen(marks[i]);
	return 0;
}

static int
line_rows(const struct followed_line *l, int w)
{
	size_t mark = mark_len(l->text, w);
	int cols = w - l->indent - (mark > 0 ? 2 : 0);
	int rows = wrapped_rows(l->text + mark, cols > 8 ? cols : 8, TEXT_ROWS_MOST);

	return rows > 0 ? rows : 1;
}

/* With an empty row between all, where that has room. */
static int
gap_between(const struct followed *f, struct rect r)
{
	int rows = 0;

	for (size_t i = 0; i < f->n; i++)
		rows += line_rows(&f->v[i], r.w) + 1 + f->v[i].head;
	return rows - 1 <= r.h;
}

/* Is there one head, that all the rest belongs to? */
static bool
one_head(const struct followed *f)
{
	for (size_t i = 1; i < f->n; i++)
		if (f->v[i].head)
			return false;
	return true;
}

static int
draw_line(const struct stand *p, const struct followed_line *l, struct rect r, bool ruled)
{
	size_t mark = mark_len(l->text, r.w);
	int hang = mark > 0 ? 2 : 0, indent = r.w - l->indent - hang > 8 ? l->indent : 0, rows;
	int style = l->head ? ROLE_HEAD | STYLE_BOLD : ROLE_PLAIN;

	canvas_textn(p->c, r.y, r.x + indent, hang, l->text, mark, l->head ? style : ROLE_LINE);
	rows = draw_wrapped(p->c,
	    (struct rect){ r.y, r.x + indent + hang, r.h, r.w - indent - hang }, l->text + mark, style);
	if (l->head && ruled && rows < r.h)
		canvas_hline(p->c, r.y + rows++, r.x, r.w, 0x2500, ROLE_LINE);
	return rows;
}

/* A chain of whys is asked at its end: so many steps after its head give way. */
static size_t
too_many(const struct followed *f, struct rect r)
{
	size_t n = 0;
	int rows = 0;

	for (size_t i = 0; i < f->n; i++)
		rows += line_rows(&f->v[i], r.w);
	while (rows > r.h && n + 2 < f->n)
		rows -= line_rows(&f->v[++n], r.w);
	return n;
}

/* Two columns where one is not enough and two have room. */
static int
columns_of(const struct followed *f, struct rect r)
{
	int rows = 0;

	for (size_t i = 0; i < f->n; i++)
		rows += line_rows(&f->v[i], r.w);
	return rows > r.h && !f->asks_why && r.w >= 2 * COLUMN_LEAST + COLUMN_GAP ? 2 : 1;
}

/* Several heads with what belongs to each: how many; 0: it is not that kind of list. */
static int
heads_of(const struct followed *f)
{
	int n = 0;

	for (size_t i = 0; i < f->n; i++)
		n += f->v[i].head;
	return n > 1 && f->v[0].head && !f->asks_why ? n : 0;
}

/* The head at `first` with its lines; returns the line after them. `gap`: empty rows between. */
static size_t
draw_section(const struct stand *p, size_t first, struct rect r, int gap, size_t *left)
{
	int y = r.y, end = r.y + r.h;
	size_t i = first;

	for (; i < p->f.n && !p->f.v[i].apart && (i == first || !p->f.v[i].head); i++) {
		const struct followed_line *l = &p->f.v[i];
		if (*left > 0 || y + line_rows(l, r.w) > end) {
			*left += 1;
			continue;
		}
		y += draw_line(p, l, (struct rect){ y, r.x, end - y, r.w }, false) + gap;
	}
	return i;
}

/* Has every section room for an empty row between its lines? */
static int
sections_gap(const struct followed *f, int w, int h)
{
	int rows = 0;

	for (size_t i = 0; i < f->n; i++) {
		if (f->v[i].head)
			rows = 0;
		rows += line_rows(&f->v[i], w) + 1;
		if (rows - 1 > h)
			return 0;
	}
	return 1;
}

/* Heads side by side, where each has room. False: nothing is drawn. */
static bool
draw_sections(const struct stand *p, struct rect r)
{
	int n = heads_of(&p->f), w = n > 0 ? (r.w - (n - 1) * COLUMN_GAP) / n : 0, gap, nth = 0;
	struct rect at = { .y = r.y, .h = r.h, .w = w };
	size_t i = 0;

	if (w < SECTION_LEAST || r.h < 4)
		return false;
	if (p->f.v[p->f.n - 1].apart) {
		draw_line(p, &p->f.v[p->f.n - 1], line_at(r.y + r.h - 1, r.x, r.w), false);
		at.h -= 2;
	}
	gap = sections_gap(&p->f, w, at.h);
	while (i < p->f.n && p->f.v[i].head) {
		struct more m = { 0 };
		at.x = r.x + nth++ * (w + COLUMN_GAP);
		i = draw_section(p, i, at, gap, &m.below);
		draw_more(p->c, at, false, &m);
	}
	return true;
}

static void
draw_list(const struct stand *p, struct rect r)
{
	int columns = columns_of(&p->f, r), gap = columns == 1 && gap_between(&p->f, r);
	int w = columns == 1 ? r.w : (r.w - COLUMN_GAP) / 2, y = r.y, x = r.x, end = r.y + r.h;
	size_t skipped = p->f.asks_why ? too_many(&p->f, r) : 0, i;
	struct more m = { .above = skipped };

	if (draw_sections(p, r))
		return;
	for (i = 0; i < p->f.n; i++) {
		const struct followed_line *l = &p->f.v[i];
		int rows = line_rows(l, w);
		if (i > 0 && i <= skipped)
			continue;
		if (y + rows > end && columns > 1 && x == r.x) {
			x += w + COLUMN_GAP;
			y = r.y;
		}
		if (y + rows > end && !(i == 0 && y < end))
			break;
		y += draw_line(p, l, (struct rect){ .y = y, .x = x, .h = end - y, .w = w },
			 gap && one_head(&p->f)) +
		     gap;
	}
	m.below = p->f.n - i + p->f.left_out;
	if (p->f.n == 0)
		draw_text(p->c, r, word(WORD_NOTHING_SHOWN), ROLE_DIM);
	if (r.h > 2)
		draw_more(p->c, r, false, &m);
}

/* How the vote stands, as numbers, over the rule at the bottom. */
static void
draw_vote(const struct stand *p, struct rect r)
{
	struct votes_in v = scene_votes_in(p->sc);
	struct buf b = { 0 };

	votes_in_put(&b, &v, "   ");
	draw_text(p->c, r, b.data, ROLE_COUNT);
	buf_fini(&b);
}

void
projector_typing(const struct scene *sc, struct canvas *c, struct rect r)
{
	bool named = !visible_hushed(sc->d);
	struct buf names = { 0 }, rest = { 0 };
	int64_t people = scene_people(sc), n = 0;

	for (size_t i = 0; named && i < sc->n_here && n < NAMES_MOST; i++)
		if (sc->here[i].typing && person_in_room(&sc->here[i])) {
			buf_addf(&names, "%s● %s", n > 0 ? "   " : "", sc->here[i].name);
			n++;
		}
	if (n > 0)
		draw_text(c, line_at(r.y, r.x, 12), word(WORD_TYPING_NOW), ROLE_DIM);
	else if (sc->counts.typing > 0)
		word_put(&names, WORD_TYPING, digits(sc->counts.typing).s);
	word_put(&rest, n > 0 ? WORD_MORE_ROOM : WORD_IN_THE_ROOM,
	    digits((int64_t)people_here(sc) - n).s);
	draw_text(c, line_at(r.y, n > 0 ? r.x + 13 : r.x, r.w - 13), names.data, ROLE_COUNT);
	if (people > n && r.w > 50)
		draw_right(c, r, rest.data, ROLE_DIM);
	buf_fini(&names);
	buf_fini(&rest);
}

void
projector_join(const struct scene *sc, struct canvas *c, struct rect r)
{
	struct buf join = { 0 };

	if (sc->join_line != NULL)
		word_put(&join, WORD_ADD_YOURS, sc->join_line);
	if (join.len > 0 && text_width(join.data, join.len) > r.w) { /* the line itself first */
		buf_clear(&join);
		buf_adds(&join, sc->join_line);
	}
	draw_text(c, r, join.data, ROLE_PLAIN | STYLE_BOLD);
	buf_fini(&join);
}

static void
draw_foot(const struct stand *p, struct rect r)
{
	canvas_hline(p->c, r.y, r.x - MARGIN, r.w + 2 * MARGIN, 0x2501, ROLE_LINE);
	projector_join(p->sc, p->c, line_at(r.y + 1, r.x, r.w));
	projector_typing(p->sc, p->c, line_at(r.y + 2, r.x, r.w));
}

static void
draw_small(const struct stand *p, struct rect r)
{
	int rows = draw_question(
	    p, (struct rect){ .y = r.y, .x = r.x + 1, .h = r.h < 3 ? 1 : 2, .w = r.w - 2 });

	draw_list(p, (struct rect){ .y = r.y + rows, .x = r.x + 1, .h = r.h - rows, .w = r.w - 2 });
}

static void
draw_full(const struct stand *p, struct rect r)
{
	struct rect in = {
		.y = r.y + 1, .x = r.x + MARGIN, .h = r.h - 1 - FOOT_ROWS, .w = r.w - 2 * MARGIN
	};
	int air = in.h >= 12, rows;

	canvas_hline(p->c, r.y, r.x, r.w, 0x2501, ROLE_LINE);
	in.y += air;
	in.h -= air;
	rows =
	    draw_question(p, (struct rect){ .y = in.y, .x = in.x, .h = BLOCK_ROWS, .w = in.w + 2 });
	rows += 1 + air;
	in.y += rows;
	in.h -= rows;
	if (p->sc->d->votes_each > 0 && in.h > 2) {
		in.h -= 2;
		draw_vote(p, line_at(in.y + in.h + 1, in.x, in.w));
	}
	draw_list(p, in);
	draw_foot(
	    p, (struct rect){ .y = r.y + r.h - FOOT_ROWS, .x = in.x, .h = FOOT_ROWS, .w = in.w });
}

static void
projector_draw(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area)
{
	struct clock k = clock_of(sc);
	struct scene seen = *sc;
	struct stand p = { .sc = &seen, .c = c, .over = k.runs && k.left_s < 0 };

	(void)s;
	seen.projector = true; /* whatever it is drawn for, a room may see it */
	seen.me = "";
	followed_init(&p.f, &seen);
	if (sc->d->status == STATUS_CLOSED)
		p.closing = draft_closing(sc->d, sc->now_ns);
	clock_put(&p.time, &k);
	if (area.h >= RULES_FROM && area.w >= 40)
		draw_full(&p, area);
	else
		draw_small(&p, area);
	followed_fini(&p.f);
	buf_fini(&p.time);
	free(p.closing);
}

static int
projector_strip(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area)
{
	(void)s;
	(void)sc;
	(void)c;
	(void)area;
	return 0;
}

static enum answer
projector_verb(struct pane_state *s, const struct scene *sc, enum verb_of_key v, struct rect area,
    struct view_answer *out)
{
	(void)s;
	(void)sc;
	(void)v;
	(void)area;
	(void)out;
	return ANSWER_NOT_MINE;
}

static void
projector_counts(const struct scene *sc, struct buf *out)
{
	(void)sc;
	(void)out;
}

static void
projector_compact(
    const struct pane_state *s, const struct scene *sc, struct buf *left, struct buf *right)
{
	struct scene seen = *sc;
	struct followed f;
	const struct view *pane;

	(void)s;
	seen.projector = true;
	followed_init(&f, &seen);
	pane = view_find(f.pane);
	buf_adds(left, pane != NULL ? pane->title : "");
	if (!sc->projector) /* else the frame says it */
		buf_adds(right, word(WORD_PROJECTOR));
	followed_fini(&f);
}

static const enum verb_of_key hints[] = { DO_NOTHING };

const struct view view_projector = {
	.name = "projector",
	.title = "projector",
	.draw = projector_draw,
	.strip = projector_strip,
	.verb = projector_verb,
	.counts = projector_counts,
	.hints = hints,
	.compact = projector_compact,
};
