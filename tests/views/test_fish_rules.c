/* The classic fishbone held against its rules by its picture alone: the cells of a frame are read
 * as somebody would who knows how a fishbone is drawn and nothing of how it is laid out. */
#include <ctype.h>

#include "tests/views/random_fish.h"
#include "views/fishbone.h"

enum { BONES_MOST = 16, COLS_READ = 400, ROWS_READ = 120 };

/* A frame as code points, a cluster by its first one; 0 in the right half of a wide one. */
struct picture {
	const struct canvas *c;
	int rows, cols, spine;
	int bones[BONES_MOST], n_bones; /* columns at the spine, from left to right */
	int above, below;		/* rows of the bones */
};

static uint32_t
glyph_at(const struct picture *p, int y, int x)
{
	char g[32];
	uint32_t cp = ' ';

	if (y < 0 || y >= p->rows || x < 0 || x >= p->cols)
		return ' ';
	if (canvas_row(p->c, y)[x].width == 0)
		return 0;
	utf8_decode(g, canvas_glyph(p->c, &canvas_row(p->c, y)[x], g), &cp);
	return cp;
}

static void
show(const struct picture *p, const char *why)
{
	struct buf b = { 0 };

	export_text(&b, p->c);
	fprintf(stderr, "%s\n%s\n", why, b.data);
	buf_fini(&b);
	fail();
}

/* How far a bone goes from the spine: up when step is -1. */
static int
bone_rows(const struct picture *p, int x, int step)
{
	uint32_t lean = step < 0 ? (canvas_ascii(p->c) ? '\\' : 0x2572)
				 : (canvas_ascii(p->c) ? '/' : 0x2571);
	int n = 0;

	while (glyph_at(p, p->spine + step * (n + 1), x - n - 1) == lean)
		n++;
	return n;
}

/* The row of the spine; -1: there is none. */
static int
find_spine(const struct picture *p)
{
	for (int y = 0; y < p->rows; y++) {
		int lines = 0;
		for (int x = 0; x < p->cols; x++)
			lines += glyph_at(p, y, x) == 0x2501u;
		if (lines > p->cols / 3)
			return y;
	}
	return -1;
}

/* Rule 1 and 2: one spine, its head at the right; bones lean away from it, are parallel, and on
 * each side equally tall. */
static void
read_fish(struct picture *p)
{
	uint32_t joint = canvas_ascii(p->c) ? '#' : 0x25c6;

	for (int x = 0; x < p->cols; x++)
		if (glyph_at(p, p->spine, x) == joint && p->n_bones < BONES_MOST)
			p->bones[p->n_bones++] = x;
	for (int i = 0; i < p->n_bones; i++) {
		int up = bone_rows(p, p->bones[i], -1), down = bone_rows(p, p->bones[i], 1);
		if (up == 0 && down == 0)
			show(p, "a joint without a bone");
		if (up > 0 && p->above > 0 && up != p->above)
			show(p, "bones above are not equally tall");
		if (down > 0 && p->below > 0 && down != p->below)
			show(p, "bones below are not equally tall");
		p->above = up > 0 ? up : p->above;
		p->below = down > 0 ? down : p->below;
	}
	for (int i = 2; i < p->n_bones; i++)
		if (p->bones[i] - p->bones[i - 1] != p->bones[1] - p->bones[0])
			show(p, "slots are not equally wide");
}

/* One rib as it was read, or one why. */
struct read_rib {
	struct buf text; /* rows put together, spaces left out */
	bool cut, folded, selected, has_leader, why;
	int64_t votes;
	int depth_x; /* of a why: how far in it stands */
	size_t more; /* "+4 more" */
	size_t row;  /* of the tree, when that is known */
};
struct read_bone {
	struct read_rib ribs[ROWS_READ];
	size_t n;
	int blank; /* rows with nothing on them */
};

static void
read_bone_fini(struct read_bone *b)
{
	for (size_t i = 0; i < b->n; i++)
		buf_fini(&b->ribs[i].text);
}

/* Text of cells from..to (exclusive), spaces left out. */
static void
add_cells(struct buf *out, const struct picture *p, int y, int from, int to)
{
	char g[32];

	for (int x = from; x < to; x++) {
		const struct cell *cell = &canvas_row(p->c, y)[x];
		size_t n = canvas_glyph(p->c, cell, g);
		if (cell->width > 0 && !(n == 1 && g[0] == ' '))
			buf_add(out, g, n);
	}
}

/* " •12" at the end of from..*to: taken off. */
static int64_t
take_votes(const struct picture *p, int y, int from, int *to)
{
	int x = *to;
	int64_t n = 0;

	while (x > from && glyph_at(p, y, x - 1) < 128 && isdigit((int)glyph_at(p, y, x - 1)))
		x--;
	if (x == *to || x - 2 < from || glyph_at(p, y, x - 1) != 0x2022)
		return 0;
	for (int i = x; i < *to; i++)
		n = n * 10 + (int)glyph_at(p, y, i) - '0';
	*to = x - 2;
	return n;
}

/* One row between the neighboring bone (`left`) and its own. */
static void
read_row(const struct picture *p, int y, int left, int bone, struct read_bone *b)
{
	int from = left + 1, to = bone;
	struct read_rib *r = b->n > 0 ? &b->ribs[b->n - 1] : NULL;
	uint32_t line = glyph_at(p, y, bone - 1), first;
	bool selected = false, leader = line == 0x2500 || line == 0x2550;

	while (leader && to > from && glyph_at(p, y, to - 1) == line)
		to--;
	if (leader && bone - to < 2)
		show(p, "a leader of less than two columns");
	if (leader && to > from && glyph_at(p, y, to - 1) != ' ')
		show(p, "a leader touches its text");
	while (to > from && glyph_at(p, y, to - 1) == ' ')
		to--;
	while (from < to && glyph_at(p, y, from) == ' ')
		from++;
	if (from >= to) {
		if (leader)
			show(p, "a leader of nothing");
		b->blank++;
		return;
	}
	first = glyph_at(p, y, from);
	if (first == 0x25ba) {
		selected = true;
		first = glyph_at(p, y, from + 1) == ' ' ? 0x2570 : first;
	}
	if (first != 0x2570 && r != NULL && !r->has_leader && !r->why && !selected) {
		/* the text goes on */
	} else {
		r = &b->ribs[b->n++];
		*r = (struct read_rib){ .selected = selected,
			.why = first == 0x2570,
			.depth_x = from - left };
		from += selected || r->why;
		while (from < to && glyph_at(p, y, from) == ' ')
			from++;
	}
	if (!r->why)
		r->votes = take_votes(p, y, from, &to);
	r->has_leader = leader;
	r->folded = line == 0x2550;
	r->cut = glyph_at(p, y, to - 1) == 0x2026;
	add_cells(&r->text, p, y, from, to - r->cut);
	if (sscanf(r->text.data ? r->text.data : "", "+%zumore", &r->more) != 1)
		sscanf(r->text.data ? r->text.data : "", "+%zu", &r->more);
}

static void
read_bone(const struct picture *p, int i, bool above, struct read_bone *b)
{
	int slot = p->n_bones > 1 ? p->bones[1] - p->bones[0] : 0;
	int rows = above ? p->above : p->below;

	*b = (struct read_bone){ .n = 0 };
	for (int k = 1; k <= rows; k++) {
		int away = above ? rows + 1 - k : k, y = above ? p->spine - away : p->spine + away;
		int bone = p->bones[i] - away;
		int left = i > 0 ? p->bones[i - 1] - away : slot > 0 ? bone - slot : -1;
		if (left < -1)
			left = -1;
		read_row(p, y, left, bone, b);
	}
}

/* A text as a canvas shows it, spaces left out. */
static void
drawn(const char *text, struct buf *out)
{
	int cols = text_width(text, strlen(text)) + 1;
	struct canvas *c = canvas_new(1, cols, false);
	struct picture p = { .c = c, .rows = 1, .cols = cols };

	canvas_text(c, 0, 0, cols, text, ROLE_PLAIN);
	add_cells(out, &p, 0, 0, cols);
	canvas_free(c);
}

static bool
is_text(const struct read_rib *r, const struct cause *c)
{
	struct buf want = { 0 };
	const char *got = r->text.data ? r->text.data : "";
	bool same;

	drawn(c->text ? c->text : "", &want);
	same = r->cut ? strncmp(want.data, got, r->text.len) == 0 : strcmp(want.data, got) == 0;
	buf_fini(&want);
	return same;
}

struct held {
	const struct bones *b;
	const struct picture *p;
	size_t causes, more; /* shown or counted, whys included */
	bool selected;
};

static bool
is_count(const struct read_rib *r)
{
	return r->more > 0 && r->text.data[0] == '+';
}

/* Do the ribs read stand for the top causes from `row` on, in their order? Their rows are noted. */
static bool
ribs_from(const struct bones *b, const struct bone *bone, struct read_bone *got, size_t row)
{
	for (size_t i = 0; i < got->n; i++) {
		struct read_rib *r = &got->ribs[i];
		if (r->why || is_count(r))
			continue;
		while (row < bone->end && b->tree.v[row].depth > 0)
			row++;
		if (row >= bone->end || !is_text(r, b->tree.v[row].cause) ||
		    r->votes != b->tree.v[row].cause->votes)
			return false;
		r->row = row++;
	}
	return true;
}

/* Rules 3 and 5: ribs are the causes in their order, or the last says how many more there are. */
static void
hold_ribs(struct held *h, const struct bone *bone, struct read_bone *got)
{
	size_t row = bone_causes(bone), shown = 0, more = 0;

	for (size_t i = 0; i < got->n; i++) {
		const struct read_rib *r = &got->ribs[i];
		if (!r->why && !r->has_leader)
			show(h->p, "a rib without a leader");
		if (is_count(r) && i + 1 < got->n)
			show(h->p, "+n more is not the last");
		more = is_count(r) ? r->more : more;
		shown += !r->why && !is_count(r);
		h->selected = h->selected || r->selected;
	}
	while (row < bone->end && !ribs_from(h->b, bone, got, row))
		row++;
	if (shown > 0 && row >= bone->end)
		show(h->p, "ribs out of order, or of no cause");
	if (shown + more != bone->n_top) {
		fprintf(stderr, "%zu shown, %zu more of %zu in %s\n", shown, more, bone->n_top,
		    bone_name(bone));
		show(h->p, "a cause is lost");
	}
}

static size_t
row_of_why(const struct bones *b, const struct read_rib *r)
{
	size_t n = 0, at = b->tree.n;

	for (size_t row = 0; row < b->tree.n; row++)
		if (b->tree.v[row].depth > 0 && is_text(r, b->tree.v[row].cause)) {
			at = row;
			n++;
		}
	return n == 1 ? at : b->tree.n;
}

/* Rule 4: text before depth, whys level by level; and ═ where some are folded. */
static void
hold_whys(struct held *h, const struct read_bone *got)
{
	const struct cause_tree *t = &h->b->tree;
	size_t at_depth[8] = { 0 }, of_depth[8] = { 0 };
	bool cut = false, any = false, folded = false;

	for (size_t i = 0; i < got->n; i++) {
		const struct read_rib *r = &got->ribs[i];
		size_t whys = 0, row;
		if (r->why) {
			row = row_of_why(h->b, r);
			if (row == h->b->tree.n)
				show(h->p, "a why that is none");
			at_depth[t->v[row].depth]++;
			h->selected = h->selected || r->selected;
			any = true;
			continue;
		}
		cut = cut || r->cut;
		if (is_count(r))
			continue;
		row = r->row;
		folded = folded || r->folded;
		for (size_t k = i + 1; k < got->n && got->ribs[k].why; k++)
			whys++;
		if (r->folded != (whys < t->v[row].n_below))
			show(h->p, "the mark of folded whys is wrong");
		for (size_t k = 1; k <= t->v[row].n_below; k++)
			of_depth[t->v[row + k].depth]++;
	}
	if (cut && any)
		show(h->p, "whys are shown beside a text that is cut");
	if ((cut || folded) && got->blank > 0)
		show(h->p, "something is cut or folded beside an empty row");
	for (int d = 2; d < 8 && !cut; d++)
		if (at_depth[d] > 0 && at_depth[d - 1] < of_depth[d - 1])
			show(h->p, "whys are not shown level by level");
}

/* The bone of that index, as the fish has them: from the head on above, then below from the left. */
static void
hold_fish(struct held *h, const struct fish *f)
{
	for (size_t i = 0; i < f->n_bones; i++) {
		struct read_bone got;
		int at = 0;
		while (at < h->p->n_bones && h->p->bones[at] != f->bones[i].x)
			at++;
		if (at == h->p->n_bones)
			show(h->p, "a bone is not drawn");
		read_bone(h->p, at, f->bones[i].above, &got);
		hold_ribs(h, f->bones[i].bone, &got);
		hold_whys(h, &got);
		read_bone_fini(&got);
	}
}

/* The order of bones is the reading order. */
static void
hold_order(const struct held *h, const struct fish *f)
{
	for (size_t i = 1; i < f->n_bones; i++) {
		const struct fish_bone *a = &f->bones[i - 1], *b = &f->bones[i];
		assert_int_equal(b->index, a->index + 1);
		if (a->above && b->above)
			assert_int_equal(b->x, a->x - f->slot);
		else if (!b->above && !a->above)
			assert_int_equal(b->x, a->x + f->slot);
		else
			assert_true(a->above && !b->above);
	}
	(void)h;
}

/* What is left out is counted in the frame's last rows. */
static void
hold_left_out(const struct held *h, const struct fish *f)
{
	struct buf b = { 0 };
	char want[40];

	if (f->bones_left_out == 0)
		return;
	export_text(&b, h->p->c);
	snprintf(want, sizeof want, "+%zu bone", f->bones_left_out);
	if (strstr(b.data, want) == NULL)
		show(h->p, "bones are left out and not counted");
	snprintf(want, sizeof want, "(%zu cause", f->causes_left_out);
	if (strstr(b.data, want) == NULL)
		show(h->p, "their causes are not counted");
	buf_fini(&b);
}

static void
hold_frame(const struct debrief *d, const struct scene *sc, int cols, int rows, size_t select)
{
	struct pane_state s = { .layout = FISH_CLASSIC };
	struct canvas *c = canvas_new(rows, cols, false), *plain = canvas_new(rows, cols, true);
	struct picture p = { .c = c, .rows = rows, .cols = cols };
	struct picture same = { .c = plain, .rows = rows, .cols = cols };
	struct bones b;
	struct buf text = { 0 };

	bones_init(&b, d, &s);
	bones_select(&b, &s, b.tree.n > 0 ? select % b.tree.n : 0);
	frame_draw(&view_fishbone, &s, sc, c);
	frame_draw(&view_fishbone, &s, sc, plain);
	set_text(&text, c);
	set_text(&text, plain);
	p.spine = same.spine = find_spine(&p);
	if (p.spine >= 0) {
		struct held h = { .b = &b, .p = &p };
		struct rect pane = frame_pane(&view_fishbone, &s, sc, rows, cols);
		struct fish_ask ask = fish_classic_ask(sc, pane);
		struct fish f;
		read_fish(&p);
		read_fish(&same);
		assert_true(fish_layout(&b, &s, &ask, &f));
		hold_fish(&h, &f);
		hold_order(&h, &f);
		hold_left_out(&h, &f);
		if (!h.selected && b.tree.v[b.at].cause != NULL)
			show(&p, "the selected one is not in sight");
		assert_int_equal(same.n_bones, p.n_bones);
		assert_int_equal(same.above, p.above);
		assert_int_equal(same.below, p.below);
		fish_fini(&f);
	}
	buf_fini(&text);
	bones_fini(&b);
	canvas_free(c);
	canvas_free(plain);
}

static const int sizes[][2] = { { 20, 5 }, { 36, 12 }, { 50, 18 }, { 60, 20 }, { 72, 20 },
	{ 80, 24 }, { 100, 30 }, { 110, 30 }, { 120, 40 }, { 160, 45 }, { 200, 50 }, { 300, 80 } };

static void
test_rules(void **state)
{
	struct zone *utc = zone_open("UTC", NULL);
	static const unsigned many[] = { 0, 1, 5, 33, 60, 120, 400, 2000 };

	(void)state;
	for (unsigned turn = 1; turn <= 96; turn++) {
		struct debrief *d;
		struct scene sc;
		uint64_t mix = turn * 1009;
		unsigned n = many[turn % 8];
		seed = mix;
		d = random_debrief(1 + turn % 12, n > 60 && turn > 24 ? n / 10 : n);
		sc = scene_of(d, utc);
		for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
			hold_frame(d, &sc, sizes[i][0], sizes[i][1], rnd(5000));
		for (int i = 0; i < 4; i++)
			hold_frame(d, &sc, 20 + (int)rnd(281), 5 + (int)rnd(76), rnd(5000));
		debrief_free(d);
	}
	zone_free(utc);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_rules) };

	text_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
