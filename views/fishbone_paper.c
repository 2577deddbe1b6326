#include "views/fishbone_paper.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "model/not_worse.h"
#include "views/draw.h"
#include "views/fishbone.h"
#include "views/words.h"

/* In points. Letters of seven points are the smallest that are read with ease. */
#define MARGIN 28.0
#define TITLE_LETTERS 12.0
#define NOTE_LETTERS 7.5
#define LINE_HEIGHT 1.22 /* of the letters; a bone then leans 64 degrees */
#define INK "#1a1a1a"
#define GRAY "#505050"
static const double letter_sizes[] = { 14, 12.5, 11, 10, 9, 8.5, 8, 7.5, 7 };
#define PAGES_LETTERS 8.0 /* where one page does not do */
enum {
	N_SIZES = sizeof letter_sizes / sizeof *letter_sizes,
	LABEL_ROWS_MOST = 4,
	HEAD_COLS = 160, /* of a frame whose head is drawn */
	EFFECT_ROWS_MOST = 8
};

/* Top causes of one bone, with their whys: rows of the tree. */
struct piece {
	size_t bone, from, end;
};

/* A fish of its own: bones that are wholes or parts of the debrief's. */
struct part {
	struct bones b;
	struct piece *pieces;
	size_t n;
};

struct sheet {
	struct paper *p;
	const struct scene *sc;
	const struct bones *all;
	struct fish_head head;
	bool mirrored;
	double letters;
	struct fish_ask ask;
	struct fish f;
	double top;  /* of what stands under the title */
	double x, y; /* of the layout's first cell */
	int label_rows;
	size_t *cut; /* rows of the tree whose text is not whole on its page */
	size_t n_cut, cap_cut;
};

static void
part_add_row(struct part *part, const struct bones *all, struct bone *bone, size_t row)
{
	struct bones *b = &part->b;
	const struct cause_row *r = &all->tree.v[row];

	b->tree.v[b->tree.n++] = *r;
	bone->end = b->tree.n;
	if (r->cause == NULL)
		return;
	bone->n_all++;
	bone->n_top += r->depth == 0;
	b->n_top += r->depth == 0;
	b->n_whys += r->depth > 0;
}

static void
part_init(struct part *part, const struct bones *all, struct piece *pieces, size_t n)
{
	struct bones *b = &part->b;

	*part = (struct part){ .pieces = pieces, .n = n };
	b->tree.v = mem_zero(all->tree.n + n + 1, sizeof *b->tree.v);
	b->v = mem_zero(n + 1, sizeof *b->v);
	for (size_t i = 0; i < n; i++) {
		const struct bone *whole = &all->v[pieces[i].bone];
		struct bone *bone = &b->v[b->n++];
		*bone = (struct bone){ .category = whole->category, .row = b->tree.n,
			.end = b->tree.n };
		if (whole->category != NULL)
			part_add_row(part, all, bone, whole->row);
		for (size_t row = pieces[i].from; row < pieces[i].end; row++)
			part_add_row(part, all, bone, row);
	}
	b->at = b->tree.n;
}

static void
part_fini(struct part *part)
{
	free(part->b.tree.v);
	free(part->b.v);
}

static double
column(const struct sheet *s)
{
	return paper_column(s->letters);
}

static double
row_height(const struct sheet *s)
{
	return s->letters * LINE_HEIGHT;
}

/* The grid of cells that the layout gets at that size of letters. */
static void
set_grid(struct sheet *s, int label_rows)
{
	double bottom = s->p->h - MARGIN - NOTE_LETTERS * 1.5;
	int cols = (int)((s->p->w - 2 * MARGIN) / column(s));
	int rows = (int)((bottom - s->top) / row_height(s)), more = label_rows - 1;

	s->label_rows = label_rows;
	s->x = (s->p->w - cols * column(s)) / 2;
	s->y = s->top + more * row_height(s);
	s->ask = (struct fish_ask){ .area = { .h = rows - 2 * more, .w = cols },
		.head_cols = s->head.cols,
		.left_cols = 1,
		.spare_rows = 1,
		.centered = true,
		.slot_least = 18,
		.mirrored = s->mirrored,
		.wrap_whys = true };
}

/* What is written at a bone's outer end: its name, and which of its causes hang on this part. */
static void
put_label(const struct sheet *s, const struct part *part, size_t i, struct buf *out)
{
	const struct piece *piece = &part->pieces[i];
	const struct bone *whole = &s->all->v[piece->bone];
	size_t before = 0;

	buf_adds(out, bone_name(whole));
	if (part->b.v[i].n_top >= whole->n_top)
		return;
	for (size_t row = bone_causes(whole); row < piece->from; row++)
		before += s->all->tree.v[row].depth == 0;
	buf_addf(out, " %zu–%zu/%zu", before + 1, before + part->b.v[i].n_top, whole->n_top);
}

/* Columns of a label: so many that they do not touch where the one beside the head gives way. */
static int
label_cols(const struct sheet *s, const struct fish_bone *fb)
{
	int rows = fb->above ? s->f.rows_above : s->f.rows_below, wide = s->f.slot - 4;
	int most = (2 + rows + s->f.slot) * 2 / 3 - 1;

	return wide < most ? wide : most;
}

static int
label_rows_needed(const struct sheet *s, const struct part *part)
{
	int most = 1;

	for (size_t i = 0; i < s->f.n_bones; i++) {
		struct buf b = { 0 };
		int rows;
		put_label(s, part, i, &b);
		rows = wrapped_rows(b.data, label_cols(s, &s->f.bones[i]), LABEL_ROWS_MOST);
		most = rows > most ? rows : most;
		buf_fini(&b);
	}
	return most;
}

static bool
is_whole(const struct sheet *s)
{
	const struct fish *f = &s->f;

	for (size_t i = 0; i < f->n_bones; i++)
		if (f->bones[i].shown < f->bones[i].bone->n_top)
			return false;
	return f->bones_left_out == 0 && f->whys_folded == 0 && f->cut == 0;
}

/* Lays the part out at the letters set; s->f is to be freed when true. `whole`: false when anything
 * of it would be missing. */
static bool
lay_out(struct sheet *s, const struct part *part, bool whole)
{
	struct pane_state none = { 0 };

	for (int rows = 1; rows <= LABEL_ROWS_MOST; rows++) {
		int need;
		set_grid(s, rows);
		if (!fish_layout(&part->b, &none, &s->ask, &s->f))
			return false;
		need = label_rows_needed(s, part);
		if (need <= rows && (!whole || is_whole(s)))
			return true;
		fish_fini(&s->f);
		if (need <= rows)
			return false;
		rows = need - 1;
	}
	return false;
}

static bool
fits(struct sheet *s, struct piece *pieces, size_t n)
{
	struct part part;
	bool fit;

	part_init(&part, s->all, pieces, n);
	fit = lay_out(s, &part, true);
	if (fit)
		fish_fini(&s->f);
	part_fini(&part);
	return fit;
}

static struct paper_point
cell_at(const struct sheet *s, double x, double y)
{
	return (struct paper_point){ s->x + x * column(s), s->y + y * row_height(s) };
}

/* Where letters of a row stand. */
static struct paper_point
base_at(const struct sheet *s, double x, int y)
{
	return cell_at(s, x, y + 0.72);
}

static const char *
level_color(const struct bone *bone)
{
	switch (bone->category ? bone->category->level : LEVEL_NONE) {
	case LEVEL_TECHNICAL: return "#0a4a86";
	case LEVEL_PROCESS: return "#6b4300";
	case LEVEL_ORGANIZATION: return "#5a2380";
	default: return INK;
	}
}

/* It is not whole on its page. */
static void
note_cut(struct sheet *s, const struct cause *c, const struct category *category)
{
	for (size_t row = 0; row < s->all->tree.n; row++) {
		const struct cause_row *r = &s->all->tree.v[row];
		if (r->cause != c || (c == NULL && r->category != category))
			continue;
		VEC_ROOM(s->cut, s->n_cut, s->cap_cut);
		s->cut[s->n_cut++] = row;
		return;
	}
}

static void
draw_label(struct sheet *s, const struct part *part, size_t i)
{
	const struct fish_bone *fb = &s->f.bones[i];
	int rows = fb->above ? s->f.rows_above : s->f.rows_below, cols = label_cols(s, fb), y, n, wide;
	struct paper_look look = { s->letters, level_color(fb->bone), true, PAPER_MIDDLE };
	double x = fb->x + (s->mirrored ? rows : -rows) + 0.5;
	struct buf b = { 0 };
	size_t at = 0, next;

	put_label(s, part, i, &b);
	n = wrapped_rows(b.data, cols, LABEL_ROWS_MOST);
	y = fb->above ? s->f.spine_y - rows - n : s->f.spine_y + rows + 1;
	wide = n > 1 ? cols : text_width(b.data, b.len);
	if (!s->mirrored && x > s->f.head_x - 1 - wide / 2.0)
		x = s->f.head_x - 1 - wide / 2.0;
	if (s->mirrored && x < s->f.head_x + 2 + wide / 2.0)
		x = s->f.head_x + 2 + wide / 2.0;
	paper_text(s->p, &look, n > 1);
	for (int k = 0; at < b.len && k < n; k++, at += next) {
		size_t len = text_wrap(b.data + at, b.len - at, cols, &next);
		bool spaced = at > 0 && b.data[at - 1] == ' ';
		if (next == 0)
			len = next = text_grapheme(b.data + at, b.len - at);
		paper_row(s->p, base_at(s, x, y + k), &look, b.data + at, len, spaced);
	}
	paper_text_end(s->p);
	if (at < b.len && fb->bone->category != NULL)
		note_cut(s, NULL, fb->bone->category);
	buf_fini(&b);
}

static void
draw_bone(struct sheet *s, const struct part *part, size_t i)
{
	const struct fish_bone *fb = &s->f.bones[i];
	int rows = fb->above ? s->f.rows_above : s->f.rows_below;
	double dx = s->mirrored ? rows : -rows, dy = fb->above ? -rows : rows;

	paper_line(s->p, cell_at(s, fb->x + 0.5, s->f.spine_y + 0.5),
	    cell_at(s, fb->x + 0.5 + dx, s->f.spine_y + 0.5 + dy), 1.3);
	draw_label(s, part, i);
}

/* The text of a cause, all its rows as one; returns how many lines it had. */
static size_t
draw_cause(struct sheet *s, size_t first)
{
	const struct fish_line *l = &s->f.lines[first];
	struct paper_look look = { s->letters, INK, false, PAPER_START };
	size_t n, rows = 1;

	while (first + rows < s->f.n_lines && l[rows].cause == l->cause && !l[rows].first)
		rows++;
	paper_text(s->p, &look, rows > 1 || slice_fit(l->text, l->len, l->cols).cut);
	for (n = 0; n < rows; n++) {
		const struct fish_line *row = &l[n];
		struct slice sl = slice_fit(row->text, row->len, row->cols);
		paper_row(s->p, base_at(s, row->x, row->y), &look, sl.s, sl.len,
		    n > 0 && (row->text[-1] == ' ' || row->text[-1] == '\n'));
		if (sl.cut)
			paper_row(s->p, base_at(s, row->x + sl.cols - 1, row->y), &look, "…", 3, false);
	}
	paper_text_end(s->p);
	return n;
}

/* Its leader, or the hook of a why, and its votes. */
static void
draw_ends(struct sheet *s, const struct fish_line *l)
{
	struct slice sl = slice_fit(l->text, l->len, l->cols);
	struct paper_look look = { s->letters, GRAY, false, PAPER_START };
	double y = l->y + 0.5;

	if (l->mark_cols > 0) {
		struct buf votes = { 0 };
		fish_votes(&votes, l->cause->votes);
		paper_text(s->p, &look, false);
		paper_row(s->p, base_at(s, l->x + sl.cols + 1, l->y), &look, votes.data + 1,
		    votes.len - 1, false);
		paper_text_end(s->p);
		buf_fini(&votes);
	}
	if (l->leader && s->mirrored)
		paper_line(s->p, cell_at(s, l->bone_x + 0.5, y),
		    cell_at(s, l->x - 0.5, y), 0.7);
	else if (l->leader)
		paper_line(s->p, cell_at(s, l->x + sl.cols + l->mark_cols + 0.5, y),
		    cell_at(s, l->bone_x + 0.5, y), 0.7);
	if (l->depth > 0 && l->first) {
		paper_line(s->p, cell_at(s, l->x - 1.5, l->y), cell_at(s, l->x - 1.5, y), 0.7);
		paper_line(s->p, cell_at(s, l->x - 1.5, y), cell_at(s, l->x - 0.4, y), 0.7);
	}
}

static void
draw_head(struct sheet *s)
{
	const struct fish *f = &s->f;
	double y = f->spine_y + 0.5, inner = s->head.inner, end = f->head_x, x = end;
	double tail = f->spine_x + 0.5;
	double back = s->mirrored ? 1 : -1;
	int n = (int)s->head.lines.n;

	paper_line(s->p, cell_at(s, tail, y), cell_at(s, end, y), 2.5);
	for (int side = -1; side <= 1; side += 2) { /* the tail's fin, and the arrow */
		paper_line(s->p, cell_at(s, tail, y), cell_at(s, tail + back, y + side * 0.8), 1.3);
		paper_line(s->p, cell_at(s, end, y), cell_at(s, end + back, y + side * 0.4), 2.0);
	}
	if (s->mirrored)
		x -= inner + 1;
	if (n == 0)
		return;
	paper_box(s->p, cell_at(s, x, y - n / 2.0 - 0.7),
	    (inner + 1) * column(s), (n + 1.4) * row_height(s));
	for (int i = 0; i < n; i++) {
		struct paper_look look = { s->letters, INK, i == 0 || s->mirrored, PAPER_MIDDLE };
		const char *text = s->head.lines.v[i];
		if (text[0] == '\0')
			continue;
		paper_text(s->p, &look, false);
		paper_row(s->p, cell_at(s, x + (inner + 1) / 2.0, y - n / 2.0 + i + 0.72), &look, text,
		    strlen(text), false);
		paper_text_end(s->p);
	}
}

/* Rows of what is under the title: the effect, whole. */
static int
effect_cols(const struct sheet *s)
{
	return (int)((s->p->w - 2 * MARGIN) / paper_column(NOTE_LETTERS));
}

static void
set_top(struct sheet *s)
{
	s->top = MARGIN + TITLE_LETTERS * 1.6 +
		 NOTE_LETTERS * LINE_HEIGHT *
		     (0.5 + wrapped_rows(s->sc->d->effect, effect_cols(s), EFFECT_ROWS_MOST));
}

static void
draw_effect(struct sheet *s)
{
	struct paper_look look = { NOTE_LETTERS, GRAY, false, PAPER_START };
	const char *text = s->sc->d->effect;
	size_t len = text != NULL ? strlen(text) : 0, next;
	double y = MARGIN + TITLE_LETTERS * 1.4;

	if (len == 0)
		return;
	paper_text(s->p, &look, true);
	for (size_t at = 0; at < len; at += next) {
		size_t n = text_wrap(text + at, len - at, effect_cols(s), &next);
		if (next == 0)
			n = next = text_grapheme(text + at, len - at);
		y += NOTE_LETTERS * LINE_HEIGHT;
		paper_row(s->p, (struct paper_point){ MARGIN, y }, &look, text + at, n,
		    at > 0 && text[at - 1] == ' ');
	}
	paper_text_end(s->p);
}

/* The debrief's title over the page; what it is and which page below. */
static void
draw_title(struct sheet *s)
{
	const char *title = scene_title(s->sc);
	struct paper_look look = { TITLE_LETTERS, INK, true, PAPER_START };
	int cols = (int)((s->p->w - 2 * MARGIN) / paper_column(TITLE_LETTERS));
	struct slice sl;

	if (text_width(title, strlen(title)) > cols) /* a long one whole, in smaller letters */
		look.letters = look.letters * cols / text_width(title, strlen(title));
	look.letters = look.letters < 7 ? 7 : look.letters;
	cols = (int)((s->p->w - 2 * MARGIN) / paper_column(look.letters));
	sl = slice_fit(title, strlen(title), cols);
	paper_text(s->p, &look, false);
	paper_row(s->p, (struct paper_point){ MARGIN, MARGIN + TITLE_LETTERS }, &look, sl.s, sl.len,
	    false);
	paper_text_end(s->p);
}

static void
draw_note(struct sheet *s, const char *text, enum paper_anchor anchor)
{
	struct paper_look look = { NOTE_LETTERS, GRAY, false, anchor };
	double x = anchor == PAPER_END ? s->p->w - MARGIN : MARGIN;

	paper_text(s->p, &look, false);
	paper_row(
	    s->p, (struct paper_point){ x, s->p->h - MARGIN }, &look, text, strlen(text), false);
	paper_text_end(s->p);
}

static void
begin_page(struct sheet *s)
{
	struct buf counts = { 0 };

	paper_page(s->p);
	draw_title(s);
	draw_effect(s);
	fish_counts(&counts, s->all, 0);
	draw_note(s, counts.data, PAPER_START);
	buf_clear(&counts);
	word_put(&counts, WORD_PAGE, digits((int64_t)s->p->n_pages).s);
	draw_note(s, counts.data, PAPER_END);
	buf_fini(&counts);
}

static void
draw_lines(struct sheet *s)
{
	for (size_t i = 0; i < s->f.n_lines;) {
		size_t n = s->f.lines[i].cause != NULL ? draw_cause(s, i) : 0;
		for (size_t k = i; k < i + n; k++)
			draw_ends(s, &s->f.lines[k]);
		i += n > 0 ? n : 1;
	}
}

static void
draw_part(struct sheet *s, struct piece *pieces, size_t n)
{
	struct part part;
	bool drawn, whole;

	part_init(&part, s->all, pieces, n);
	begin_page(s);
	drawn = lay_out(s, &part, false);
	whole = drawn && is_whole(s);
	if (drawn) {
		draw_head(s);
		for (size_t i = 0; i < s->f.n_bones; i++)
			draw_bone(s, &part, i);
		draw_lines(s);
		fish_fini(&s->f);
	}
	for (size_t row = 0; row < part.b.tree.n && !whole; row++)
		if (part.b.tree.v[row].cause != NULL)
			note_cut(s, part.b.tree.v[row].cause, NULL);
	part_fini(&part);
}

/* The end of the rib that begins at `row`. */
static size_t
rib_end(const struct bones *b, size_t row, size_t end)
{
	for (row++; row < end && b->tree.v[row].depth > 0; row++)
		;
	return row;
}

/* As many ribs from `from` on as the page has room for beside what is on it, as a piece; its end,
 * or `from` when it is none. */
static size_t
most_ribs(struct sheet *s, struct piece *pieces, size_t n, struct piece want)
{
	size_t *ends = mem_zero(want.end - want.from + 2, sizeof *ends), n_ends = 1, lo = 0, hi;

	ends[0] = want.from;
	while (ends[n_ends - 1] < want.end) {
		ends[n_ends] = rib_end(s->all, ends[n_ends - 1], want.end);
		n_ends++;
	}
	hi = n_ends - 1;
	while (lo < hi) {
		size_t mid = (lo + hi + 1) / 2;
		pieces[n] = (struct piece){ want.bone, want.from, ends[mid] };
		if (fits(s, pieces, n + 1))
			lo = mid;
		else
			hi = mid - 1;
	}
	lo = ends[lo];
	free(ends);
	return lo;
}

/* Over several pages: bone after bone; what is left of a long one goes on on the next page. */
static void
draw_pages(struct sheet *s)
{
	const struct bones *all = s->all;
	struct piece *pieces = mem_zero(all->n + 1, sizeof *pieces);
	size_t n = 0, i = 0, from = bone_causes(&all->v[0]), end;

	while (i < all->n) {
		struct piece want = { i, from, all->v[i].end };
		bool goes;
		pieces[n] = want;
		goes = fits(s, pieces, n + 1);
		end = goes ? want.end : most_ribs(s, pieces, n, want);
		if (end == from && n == 0) /* alone, and cut: it stands whole at the end */
			end = from < want.end ? rib_end(all, from, want.end) : want.end;
		if (goes || end > from || n == 0)
			pieces[n++] = (struct piece){ i, from, end };
		if (!goes) {
			draw_part(s, pieces, n);
			n = 0;
		}
		from = end;
		if (end >= want.end && (goes || end > want.from || want.from == want.end))
			from = ++i < all->n ? bone_causes(&all->v[i]) : 0;
	}
	if (n > 0)
		draw_part(s, pieces, n);
	free(pieces);
}

/* One text over as many rows and pages as it takes; returns the last row's y. */
static double
draw_whole(struct sheet *s, const char *text, const struct paper_look *look, double x, double y)
{
	double height = look->letters * LINE_HEIGHT, last = s->p->h - MARGIN - 2 * NOTE_LETTERS;
	int cols = (int)((s->p->w - MARGIN - x) / paper_column(look->letters));
	int rows = wrapped_rows(text, cols, 1 << 14);
	size_t len = strlen(text), next;

	if (y + rows * height > last && s->top + rows * height <= last)
		y = s->p->h; /* whole on the next page */
	for (size_t at = 0; at < len; at += next) {
		size_t n = text_wrap(text + at, len - at, cols, &next);
		if (next == 0)
			n = next = text_grapheme(text + at, len - at);
		if (y + height > last) {
			if (at > 0)
				paper_text_end(s->p);
			begin_page(s);
			y = s->top;
			if (at > 0)
				paper_text(s->p, look, true);
		}
		if (at == 0)
			paper_text(s->p, look, true);
		y += height;
		paper_row(s->p, (struct paper_point){ x, y }, look, text + at, n,
		    at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\n'));
	}
	if (len > 0)
		paper_text_end(s->p);
	return y;
}

/* Texts that were not whole where they stand, on pages of their own. */
static void
draw_texts(struct sheet *s)
{
	struct paper_look look = { NOTE_LETTERS + 1, INK, false, PAPER_START };
	double y = s->p->h;

	for (size_t i = 0; i < s->n_cut; i++) {
		const struct cause_row *r = &s->all->tree.v[s->cut[i]];
		const char *text = r->cause ? r->cause->text : r->category->name;
		struct buf line = { 0 };
		if (text != NULL)
			text_clean(&line, text, strlen(text), TEXT_LINE);
		look.bold = r->cause == NULL;
		if (line.len > 0)
			y = draw_whole(s, line.data, &look, MARGIN + (r->cause ? 12 : 0), y) +
			    look.letters / 2;
		buf_fini(&line);
	}
}

static void
draw_fish(struct sheet *s)
{
	struct piece *pieces = mem_zero(s->all->n + 1, sizeof *pieces);
	bool one = false;

	for (size_t i = 0; i < s->all->n; i++)
		pieces[i] = (struct piece){ i, bone_causes(&s->all->v[i]), s->all->v[i].end };
	for (int i = 0; i < N_SIZES && !one; i++) {
		s->letters = letter_sizes[i];
		one = fits(s, pieces, s->all->n);
	}
	if (one) {
		draw_part(s, pieces, s->all->n);
	} else {
		s->letters = PAGES_LETTERS;
		draw_pages(s);
		draw_texts(s);
	}
	free(pieces);
}

void
fish_on_paper(struct paper *p, const struct scene *sc, bool other)
{
	struct debrief *not_worse = other ? not_worse_of(sc->d) : NULL;
	struct scene own = *sc;
	struct pane_state none = { 0 };
	struct bones all;
	struct sheet s = { .p = p, .sc = &own, .all = &all, .mirrored = other };

	if (other)
		own.d = not_worse;
	bones_init(&all, own.d, &none);
	all.cards = other;
	if (other)
		fish_other_head(&s.head, (struct rect){ .w = HEAD_COLS });
	else
		fish_head_init(&s.head, &own, (struct rect){ .w = HEAD_COLS });
	set_top(&s);
	if (all.n > 0) {
		draw_fish(&s);
	} else {
		begin_page(&s);
		draw_note(&s, word(other ? WORD_NOT_WORSE_EMPTY : WORD_NO_BONES), PAPER_START);
	}
	fish_head_fini(&s.head);
	bones_fini(&all);
	free(s.cut);
	debrief_free(not_worse);
}
