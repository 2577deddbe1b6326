/* The classic layout as a function, and that every layout accounts for every cause at every size.
 */
#include <ctype.h>

#include "tests/views/random_fish.h"
#include "views/fishbone.h"

/* Lines stay between the neighboring bone and their own, in their own row; nothing lies on another.
 */
static void
check_lines(const struct fish *f)
{
	for (size_t i = 0; i < f->n_lines; i++) {
		const struct fish_line *l = &f->lines[i];
		assert_true(l->x > l->bone_x - f->slot);
		assert_true(l->x - 1 >= f->area.x);
		assert_true(l->cols >= 1);
		assert_true(l->x + l->cols + l->mark_cols <= l->bone_x - (l->leader ? 2 : 1));
		assert_true(
		    l->y > f->area.y && l->y < f->area.y + f->area.h - 1 && l->y != f->spine_y);
		assert_true(
		    abs(l->y - f->spine_y) <= (l->y < f->spine_y ? f->rows_above : f->rows_below));
		for (size_t k = 0; k < i; k++)
			assert_false(f->lines[k].y == l->y && f->lines[k].bone_x == l->bone_x);
	}
}

static size_t
more_of(const struct fish *f, const struct fish_bone *fb)
{
	for (size_t i = 0; i < f->n_lines; i++) {
		const struct fish_line *l = &f->lines[i];
		if (l->more > 0 && (l->y < f->spine_y) == fb->above &&
		    l->bone_x + (f->mirrored ? -1 : 1) * abs(l->y - f->spine_y) == fb->x)
			return l->more;
	}
	return 0;
}

static size_t
whys_of(const struct bones *b, const struct cause *c)
{
	for (size_t i = 0; i < b->tree.n; i++)
		if (b->tree.v[i].cause == c)
			return b->tree.v[i].n_below;
	fail();
	return 0;
}

static void
check_sums(const struct fish *f, const struct bones *b)
{
	size_t causes = f->causes_left_out, ribs = 0, whys = 0, shown = 0, shown_whys = 0;

	for (size_t i = 0; i < f->n_bones; i++) {
		const struct fish_bone *fb = &f->bones[i];
		assert_int_equal(fb->shown + more_of(f, fb), fb->bone->n_top);
		causes += fb->bone->n_all;
		ribs += fb->shown;
	}
	assert_int_equal(causes, b->n_top + b->n_whys);
	assert_int_equal(f->n_bones + f->bones_left_out, b->n);
	for (size_t i = 0; i < f->n_lines; i++) {
		const struct fish_line *l = &f->lines[i];
		shown_whys += l->depth > 0;
		if (l->cause == NULL || !l->first || l->depth > 0)
			continue;
		shown++;
		whys += whys_of(b, l->cause);
	}
	assert_int_equal(shown, ribs);
	assert_int_equal(shown_whys + f->whys_folded, whys);
}

static void
test_layout_properties(void **state)
{
	struct zone *utc = zone_open("UTC", NULL);

	(void)state;
	for (seed = 1; seed < 400; seed++) {
		struct debrief *d;
		struct pane_state s = { 0 };
		struct bones b;
		struct fish f;
		struct scene sc;
		struct rect area = { .y = 1 };
		struct fish_ask ask;
		uint64_t keep = seed;

		area.w = 36 + (int)rnd(270);
		area.h = 7 + (int)rnd(70);
		d = random_debrief(1 + rnd(12), rnd(60));
		sc = scene_of(d, utc);
		bones_init(&b, d, &s);
		if (b.tree.n > 0)
			bones_select(&b, &s, rnd((unsigned)b.tree.n));
		ask = fish_classic_ask(&sc, area);
		assert_true(fish_layout(&b, &s, &ask, &f));
		check_lines(&f);
		check_sums(&f, &b);
		fish_fini(&f);
		bones_fini(&b);
		debrief_free(d);
		seed = keep;
	}
	zone_free(utc);
}

/* The other way round: texts stand right of their own bone, after the leader, and end before the
 * next one. */
static void
test_mirrored(void **state)
{
	struct zone *utc = zone_open("UTC", NULL);

	(void)state;
	for (seed = 1; seed < 200; seed++) {
		struct rect area = { .y = 1 };
		struct pane_state s = { 0 };
		uint64_t keep = seed;
		struct debrief *d;
		struct bones b;
		struct fish f;
		struct scene sc;
		struct fish_ask ask;

		area.w = 60 + (int)rnd(240);
		area.h = 8 + (int)rnd(70);
		d = random_debrief(1 + rnd(6), rnd(60));
		sc = scene_of(d, utc);
		bones_init(&b, d, &s);
		ask = fish_classic_ask(&sc, area);
		ask.mirrored = true;
		assert_true(fish_layout(&b, &s, &ask, &f));
		check_sums(&f, &b);
		assert_true(f.head_x < f.bones[0].x && f.bones[0].x < f.spine_x);
		for (size_t i = 0; i < f.n_lines; i++) {
			const struct fish_line *l = &f.lines[i];
			assert_true(l->x >= l->bone_x + 4 && l->cols >= 1);
			assert_true(l->x + l->cols + l->mark_cols <= l->bone_x + f.slot);
			assert_true(l->x + l->cols + l->mark_cols <= area.w);
		}
		fish_fini(&f);
		bones_fini(&b);
		debrief_free(d);
		seed = keep;
	}
	zone_free(utc);
}

static void
test_selected_in_sight(void **state)
{
	struct zone *utc = zone_open("UTC", NULL);
	struct debrief *d;
	struct pane_state s = { 0 };
	struct bones b;
	struct scene sc;
	struct rect area = { .y = 1, .w = 120, .h = 20 };
	struct fish_ask ask;

	(void)state;
	seed = 5;
	d = random_debrief(9, 120);
	sc = scene_of(d, utc);
	bones_init(&b, d, &s);
	ask = fish_classic_ask(&sc, area);
	for (size_t row = 0; row < b.tree.n; row++) {
		struct fish f;
		bool seen = b.tree.v[row].cause == NULL;
		bones_select(&b, &s, row);
		assert_true(fish_layout(&b, &s, &ask, &f));
		for (size_t i = 0; i < f.n_lines; i++)
			seen = seen || f.lines[i].selected;
		assert_true(seen);
		fish_fini(&f);
	}
	bones_fini(&b);
	debrief_free(d);
	zone_free(utc);
}

/* Spare rows go to wrapping, the most voted first, then to whys, then to air. */
static void
test_spare_rows(void **state)
{
	struct stage_set t;
	struct bones b;
	struct fish f;
	struct fish_ask ask;

	(void)state;
	set_init(&t);
	set_file(&t, "tests/frames/incident.data");
	bones_init(&b, t.d, &t.s);
	ask = fish_classic_ask(&t.sc, (struct rect){ .y = 1, .w = 120, .h = 32 });
	assert_true(fish_layout(&b, &t.s, &ask, &f));
	assert_int_equal(f.rows_above, 14);
	assert_int_equal(f.rows_below, 12);
	assert_int_equal(f.slot, 29);
	assert_int_equal(f.spine_y, 18);
	assert_int_equal(f.bones[0].x, 100);
	assert_true(f.bones[0].above && !f.bones[3].above);
	assert_int_equal(f.bones[5].x, 100);
	assert_int_equal(f.whys_folded, 6);
	fish_fini(&f);
	ask = fish_classic_ask(&t.sc, (struct rect){ .y = 1, .w = 200, .h = 44 });
	assert_true(fish_layout(&b, &t.s, &ask, &f));
	assert_int_equal(f.whys_folded, 0);
	assert_int_equal(f.rows_above, 16);
	assert_int_equal(f.rows_below, 15);
	fish_fini(&f);
	bones_fini(&b);
	set_fini(&t);
}

static void
test_odd_bones(void **state)
{
	struct zone *utc = zone_open("UTC", NULL);

	(void)state;
	for (unsigned n = 1; n <= 12; n++) {
		struct debrief *d;
		struct pane_state s = { 0 };
		struct bones b;
		struct fish f;
		struct scene sc;
		struct fish_ask ask;
		size_t above = 0;

		seed = n;
		d = random_debrief(n, 3 * n);
		sc = scene_of(d, utc);
		bones_init(&b, d, &s);
		ask = fish_classic_ask(&sc, (struct rect){ .y = 1, .w = 300, .h = 60 });
		assert_true(fish_layout(&b, &s, &ask, &f));
		assert_int_equal(f.n_bones, n);
		for (size_t i = 0; i < f.n_bones; i++)
			above += f.bones[i].above;
		assert_int_equal(above, (n + 1) / 2);
		if (n % 2 == 1 && n > 1) /* the last upper one is alone */
			assert_int_equal(fish_beside(&f, above - 1, 0), above - 1);
		fish_fini(&f);
		bones_fini(&b);
		debrief_free(d);
	}
	zone_free(utc);
}

/* Numbers that stand before `word` in the pane's rows, added up. */
static size_t
sum_before(const char *text, const char *needle)
{
	size_t sum = 0;

	for (const char *p = strstr(text, needle); p != NULL; p = strstr(p + 1, needle)) {
		const char *q = p;
		while (q > text && isdigit((unsigned char)q[-1]))
			q--;
		sum += (size_t)strtoul(q, NULL, 10);
	}
	return sum;
}

static size_t
count_tokens(const char *text)
{
	size_t n = 0;

	for (const char *p = strchr(text, 'q'); p != NULL; p = strchr(p + 1, 'q'))
		n += isdigit((unsigned char)p[1]) && isdigit((unsigned char)p[2]) &&
		     isdigit((unsigned char)p[3]) && isdigit((unsigned char)p[4]);
	return n;
}

/* The pane's rows of a frame as text. */
static char *
pane_text(const struct canvas *c, struct rect pane)
{
	struct buf all = { 0 }, out = { 0 };
	int y = 0;

	set_text(&all, c);
	for (char *p = all.data, *end; (end = strchr(p, '\n')) != NULL; p = end + 1, y++)
		if (y >= pane.y && y < pane.y + pane.h)
			buf_add(&out, p, (size_t)(end + 1 - p));
	buf_fini(&all);
	return buf_take(&out);
}

/* Vertical and outline: what is on screen, what is out of sight, what is folded: together all there
 * is. */
static void
check_listed(const char *text, const struct bones *b, bool outline)
{
	size_t n = count_tokens(text) + sum_before(text, " more") + sum_before(text, " folded");

	if (outline) /* closed categories say how many causes they hold */
		for (const char *p = strstr(text, "▸ "); p != NULL; p = strstr(p + 1, "▸ ")) {
			const char *end = strchr(p, '\n'), *count = strstr(p, " cause");
			if (strncmp(p, "▸ Cat", strlen("▸ Cat")) == 0 && count != NULL &&
			    count < end) {
				while (isdigit((unsigned char)count[-1]))
					count--;
				n += (size_t)strtoul(count, NULL, 10);
			}
		}
	if (n != b->n_top + b->n_whys) {
		print_error("%s\n%zu of %zu causes accounted for\n", text, n, b->n_top + b->n_whys);
		fail();
	}
}

static const int sizes[][2] = { { 20, 5 }, { 30, 8 }, { 50, 18 }, { 80, 24 }, { 120, 40 },
	{ 200, 50 }, { 300, 80 } };

static void
check_frame(const struct debrief *d, const struct scene *sc, int cols, int rows, int layout)
{
	struct pane_state s = { .layout = layout };
	struct canvas *c = canvas_new(rows, cols, rnd(4) == 0);
	struct bones b;
	struct rect pane;
	char *text;

	bones_init(&b, d, &s);
	if (b.tree.n > 0)
		bones_select(&b, &s, rnd((unsigned)b.tree.n));
	frame_draw(&view_fishbone, &s, sc, c);
	pane = frame_pane(&view_fishbone, &s, sc, rows, cols);
	text = pane_text(c, pane);
	if (cols >= 80 && pane.h >= 8 && !canvas_ascii(c) &&
	    (layout == FISH_VERTICAL || layout == FISH_OUTLINE) && b.n > 0)
		check_listed(text, &b, layout == FISH_OUTLINE);
	if (layout == FISH_LADDER && pane.h >= 1 && cols >= 12 && b.at < b.tree.n &&
	    b.tree.v[b.at].cause != NULL && strstr(text, canvas_ascii(c) ? ">" : "►") == NULL) {
		fprintf(stderr, "%s\n", text);
		fail_msg("the rung with the cursor is not in sight at %dx%d", cols, rows);
	}
	free(text);
	bones_fini(&b);
	canvas_free(c);
}

static void
test_every_size(void **state)
{
	struct zone *utc = zone_open("UTC", NULL);

	(void)state;
	for (unsigned turn = 1; turn <= 60; turn++) {
		struct debrief *d;
		struct scene sc;

		seed = turn * 77;
		d = random_debrief(rnd(13), rnd(80));
		sc = scene_of(d, utc);
		for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
			for (int layout = FISH_BY_SIZE; layout <= FISH_OTHER; layout++)
				check_frame(d, &sc, sizes[i][0], sizes[i][1], layout);
		for (int i = 0; i < 6; i++)
			check_frame(d, &sc, 1 + (int)rnd(320), 1 + (int)rnd(90), (int)rnd(7));
		debrief_free(d);
	}
	zone_free(utc);
}

/* What the head says stands inside its box, however long it lasted. */
static void
test_head_holds_its_lines(void **state)
{
	static const int64_t lasted_s[] = { 0, 59, 600, 4740, 10260, 86340, 200000, 9000000 };
	struct zone *utc = zone_open("UTC", NULL);

	(void)state;
	for (size_t i = 0; i < 8; i++)
		for (int cols = 100; cols <= 200; cols += 20) {
			struct debrief *d = random_debrief(2, 3);
			struct scene sc = scene_of(d, utc);
			struct fish_head h;
			for (int k = 0; k < 2; k++) {
				struct event *e =
				    (struct event *)raw_add(KIND_EVENT, 9000u + (unsigned)k, "h00000");
				e->at_ns = (1784000000 + k * lasted_s[i]) * NS_PER_S;
				e->phase = k == 0 ? PHASE_STARTED : PHASE_RESOLVED;
				debrief_put(d, KIND_EVENT, &e->item);
			}
			debrief_sort(d, KIND_EVENT);
			fish_head_init(&h, &sc, (struct rect){ .w = cols, .h = 40 });
			assert_true(h.lines.n >= 2);
			for (size_t k = 0; k < h.lines.n; k++)
				assert_true(
				    text_width(h.lines.v[k], strlen(h.lines.v[k])) <= h.inner);
			fish_head_fini(&h);
			debrief_free(d);
		}
	zone_free(utc);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_layout_properties),
		cmocka_unit_test(test_mirrored),
		cmocka_unit_test(test_selected_in_sight),
		cmocka_unit_test(test_spare_rows),
		cmocka_unit_test(test_odd_bones),
		cmocka_unit_test(test_every_size),
		cmocka_unit_test(test_head_holds_its_lines),
	};

	text_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
