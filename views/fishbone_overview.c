#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "views/draw.h"
#include "views/fishbone.h"
#include "views/words.h"

enum {
	ROWS = 5,
	SLOT_LEAST = 18,
	WIDTH_LEAST = 40,
	HEIGHT_LEAST = 2 * ROWS + 3,
	BAR = 12,
	LIST_MOST = 5,
	MARGIN = 12 /* head and arrow, and what the bones lean over */
};

/* The fish from afar: each bone with its counts, votes and most voted cause. */
static bool
place_bones(const struct fish_draw *d, struct fish *f)
{
	const struct bones *b = d->b;
	size_t most = (size_t)((d->area.w - 2 - MARGIN) / SLOT_LEAST) * 2, n = b->n, upper, at,
	       first = 0;

	if (b->n == 0 || most == 0)
		return false;
	n = n > most ? most : n;
	at = bone_of_row(b, b->at);
	if (at < b->n)
		first = at / n * n;
	if (first + n > b->n)
		first = b->n - n;
	upper = (n + 1) / 2;
	*f = (struct fish){ .area = d->area, .rows_above = ROWS, .rows_below = ROWS, .n_bones = n };
	f->bones_left_out = b->n - n;
	f->head_x = d->area.x + d->area.w - 2;
	f->slot = (d->area.w - 2 - MARGIN) / (int)upper;
	f->bones = mem_zero(n, sizeof *f->bones);
	for (size_t i = 0; i < n; i++) {
		size_t from_right = i < upper ? i : n - 1 - i;
		f->bones[i] = (struct fish_bone){ .bone = &b->v[first + i],
			.index = first + i,
			.above = i < upper,
			.x = f->head_x - 4 - (int)from_right * f->slot };
	}
	f->spine_x = f->head_x - 4 - (int)upper * f->slot - 3;
	return true;
}

static const struct cause *
most_voted(const struct bones *b, const struct bone *bone)
{
	const struct cause *best = NULL;

	for (size_t row = bone_causes(bone); row < bone->end; row++)
		if (b->tree.v[row].depth == 0 &&
		    (best == NULL || b->tree.v[row].cause->votes > best->votes))
			best = b->tree.v[row].cause;
	return best;
}

static void
put_bar(struct buf *out, const struct bones *b, const struct bone *bone)
{
	int64_t most = 1, mine = b->votes > 0 ? bone->votes : (int64_t)bone->n_top;
	int filled;

	for (size_t i = 0; i < b->n; i++) {
		int64_t n = b->votes > 0 ? b->v[i].votes : (int64_t)b->v[i].n_top;
		most = n > most ? n : most;
	}
	filled = (int)((double)mine * (BAR - 2) / (double)most);
	for (int i = 0; i < BAR; i++)
		buf_adds(out, i < filled ? "█" : "░");
	buf_addf(out, " %lld", (long long)mine);
}

/* The rows beside a bone, from its outer end inward. */
static void
draw_bone(const struct fish_draw *d, const struct fish *f, const struct fish_bone *fb)
{
	const struct cause *top = most_voted(d->b, fb->bone);
	struct buf text[4] = { { 0 } };
	bool selected = bone_of_row(d->b, d->b->at) == fb->index;
	int styles[4] = { bone_role(fb->bone) | STYLE_BOLD, ROLE_PLAIN, ROLE_COUNT, ROLE_PLAIN };

	upper_case(&text[0], bone_name(fb->bone));
	word_count(&text[1], (int64_t)fb->bone->n_top, WORD_CAUSE_1);
	buf_addc(&text[1], ' ');
	word_count(&text[1], (int64_t)(fb->bone->n_all - fb->bone->n_top), WORD_WHY_1);
	put_bar(&text[2], d->b, fb->bone);
	buf_adds(&text[3], top && top->text ? top->text : word(WORD_EMPTY_BONE));
	if (selected)
		styles[0] = ROLE_SELECTED | STYLE_REVERSE;
	for (int i = 1; i <= ROWS; i++) {
		int y = fb->above ? f->spine_y - i : f->spine_y + i, x = fb->x - i, k = ROWS - i;
		canvas_put(d->c, y, x, fb->above ? 0x2572 : 0x2571, ROLE_LINE);
		k = fb->above ? k : k - 1;
		if (k < 0 || k > 3)
			continue;
		draw_right(d->c, line_at(y, x - f->slot + 2, f->slot - 4),
		    text[k].data ? text[k].data : "", styles[k]);
	}
	for (int i = 0; i < 4; i++)
		buf_fini(&text[i]);
}

/* Rows of the tree of top causes, the most voted first. */
static size_t
top_rows(const struct bones *b, size_t most, size_t *rows)
{
	size_t n = 0;

	for (size_t i = 0; i < b->tree.n; i++) {
		const struct cause *c = b->tree.v[i].cause;
		size_t at;
		if (c == NULL || b->tree.v[i].depth > 0)
			continue;
		for (at = n; at > 0 && b->tree.v[rows[at - 1]].cause->votes < c->votes; at--)
			if (at < most)
				rows[at] = rows[at - 1];
		if (at < most) {
			rows[at] = i;
			n += n < most;
		}
	}
	return n;
}

static void
draw_list(const struct fish_draw *d, struct rect r)
{
	size_t rows[LIST_MOST + 1],
	    n = top_rows(d->b, (size_t)(r.h < LIST_MOST ? r.h : LIST_MOST), rows);
	int where = r.x + r.w * 3 / 4;

	for (size_t i = 0; i < n; i++) {
		const struct cause *c = d->b->tree.v[rows[i]].cause;
		const struct bone *bone = &d->b->v[bone_of_row(d->b, rows[i])];
		int y = r.y + (int)i, x = r.x + 2, used;
		used = canvas_textf(d->c, y, x, 8, ROLE_COUNT, "%lld  ", (long long)c->votes);
		for (int64_t dot = 0; dot < c->votes && dot < 6; dot++)
			canvas_put(d->c, y, x + used + (int)dot, 0x25cf, ROLE_COUNT);
		x = r.x + 13;
		draw_text(d->c, line_at(y, x, where - x - 2), c->text ? c->text : "",
		    rows[i] == d->b->at ? ROLE_SELECTED | STYLE_REVERSE : ROLE_PLAIN);
		draw_text(
		    d->c, line_at(y, where, r.x + r.w - where - 1), bone_name(bone), ROLE_DIM);
	}
}

static void
draw_left_out(const struct fish_draw *d, const struct fish *f, struct rect at)
{
	struct buf b = { 0 };

	fish_counts(&b, d->b, 0);
	if (f->bones_left_out > 0) {
		buf_adds(&b, ", ");
		word_count(&b, (int64_t)f->bones_left_out, WORD_PLUS_BONES_1);
	}
	draw_rule(d->c, at, word(WORD_TOP_VOTED), b.data);
	buf_fini(&b);
}

bool
fish_overview(const struct fish_draw *d)
{
	struct rect a = d->area;
	int list = a.h - HEIGHT_LEAST - 1 < LIST_MOST ? a.h - HEIGHT_LEAST - 1 : LIST_MOST;
	struct fish_head none = { .cols = 2 };
	struct fish f;

	if (a.h < HEIGHT_LEAST || a.w < WIDTH_LEAST || !place_bones(d, &f))
		return false;
	if (list < 0)
		list = 0;
	f.spine_y = a.y + 1 + (a.h - 1 - list) / 2;
	draw_rule(d->c, line_at(a.y, a.x, a.w), NULL, NULL);
	for (size_t i = 0; i < f.n_bones; i++)
		draw_bone(d, &f, &f.bones[i]);
	fish_spine_draw(d, &f, &none);
	draw_left_out(d, &f, line_at(a.y + a.h - 1 - list, a.x, a.w));
	draw_list(d, (struct rect){ .y = a.y + a.h - list, .x = a.x, .h = list, .w = a.w });
	fish_fini(&f);
	return true;
}
