/* The rows of the vertical layout, as a function: nothing is lost, a text is cut only where no row
 * is free, and texts come before depth. */
#include "tests/views/random_fish.h"
#include "views/fishbone_sides.h"

struct trial {
	struct sides v;
	int cols[2], rows;
};

/* Rows that could be added to a bone. */
static int
free_rows(const struct trial *l, size_t bone)
{
	int spare = l->rows - l->v.height;

	return (spare > 0 ? spare : 0) + sides_block(&l->v, bone / 2 * 2) - 1 - l->v.v[bone].n;
}

static bool
is_cut(const struct trial *l, size_t bone, const struct side_row *r)
{
	const struct cause_row *c = &l->v.b->tree.v[r->row];
	int cols = l->cols[bone % 2] - sides_indent(c->depth, l->cols[bone % 2]);
	char votes[24] = "";

	if (r->last && c->cause->votes > 0)
		snprintf(votes, sizeof votes, " *%d", (int)c->cause->votes);
	return text_width(r->text, r->len) > cols - (int)strlen(votes);
}

/* The rows of a cause together are its text, in order; only the last may be cut. */
static void
check_bone(const struct trial *l, size_t bone, size_t *tops)
{
	const struct side *s = &l->v.v[bone];

	for (int k = 0; k < s->n; k++) {
		const struct side_row *r = &s->rows[k];
		const struct cause_row *c = &l->v.b->tree.v[r->row];
		bool cut = is_cut(l, bone, r);
		assert_true(l->v.shown[r->row]);
		assert_true(r->first == (k == 0 || s->rows[k - 1].row != r->row));
		assert_true(r->last == (k + 1 == s->n || s->rows[k + 1].row != r->row));
		assert_true(k == 0 || s->rows[k - 1].row <= r->row);
		if (r->first)
			assert_ptr_equal(r->text, c->cause->text);
		if (r->last)
			assert_int_equal(r->len, strlen(r->text));
		if (!r->last)
			assert_false(cut);
		*tops += r->first && c->depth == 0;
		if (cut)
			assert_int_equal(free_rows(l, bone), 0);
	}
}

static void
check(const struct bones *b, const struct pane_state *s, int cols, int rows)
{
	struct trial l = { .cols = { cols, cols + (int)rnd(3) }, .rows = rows };
	size_t tops = 0, shown = 0;
	int height = 0, at_rows;

	sides_init(&l.v, b, s, l.cols, rows);
	for (size_t i = 0; i < b->n; i++)
		check_bone(&l, i, &tops);
	for (size_t i = 0; i < b->n; i += 2)
		height += sides_block(&l.v, i) + (i > 0);
	assert_int_equal(l.v.height, height);
	assert_int_equal(tops, b->n_top);
	for (size_t i = 0; i < b->tree.n; i++)
		shown += b->tree.v[i].cause != NULL && l.v.shown[i];
	assert_int_equal(shown + bones_folded_whys(b, l.v.shown), b->n_top + b->n_whys);
	if (b->at < b->tree.n && b->n_top > 0) {
		assert_in_range(sides_selected(&l.v, &at_rows), 0, height);
		assert_true(l.v.shown[b->at] || b->tree.v[b->at].cause == NULL);
	}
	sides_fini(&l.v);
}

static void
test_random(void **state)
{
	(void)state;
	seed = 11;
	for (int i = 0; i < 300; i++) {
		struct debrief *d = random_debrief(rnd(13), i % 20 == 0 ? 400 : rnd(40));
		struct pane_state s = { 0 };
		struct bones b;
		bones_init(&b, d, &s);
		if (b.tree.n > 0)
			bones_select(&b, &s, rnd((unsigned)b.tree.n));
		check(&b, &s, 10 + (int)rnd(50), 4 + (int)rnd(80));
		bones_fini(&b);
		debrief_free(d);
	}
}

static struct item *
add(struct debrief *d, const char *id, const char *parent, const char *text, int votes)
{
	struct cause *c = (struct cause *)raw_add(KIND_CAUSE, strtoull(id, NULL, 10), id);

	c->text = mem_dup(text);
	c->votes = votes;
	if (parent != NULL)
		c->parent = id_make(strtoull(parent, NULL, 10));
	else
		c->category = id_make(100);
	debrief_put(d, KIND_CAUSE, &c->item);
	return &c->item;
}

/* One free row goes to the text with more votes, two to both, the third to the why. */
static void
test_order_of_service(void **state)
{
	struct debrief *d = random_debrief(1, 0);
	static const int rows[][4] = { { 3, 1, 1, 0 }, { 4, 1, 2, 0 }, { 5, 2, 2, 0 }, { 6, 2, 2, 1 },
		{ 7, 2, 2, 2 }, { 20, 2, 2, 2 } };
	const int cols[2] = { 20, 20 };

	(void)state;
	add(d, "200", NULL, "a text longer than a row is", 1);
	add(d, "201", "200", "a why that is longer too", 0);
	add(d, "202", NULL, "another one that is too long", 5);
	debrief_sort(d, KIND_CAUSE);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct pane_state s = { .selected = id_make(202) };
		struct bones b;
		struct sides v;
		int n[3] = { 0 };
		bones_init(&b, d, &s);
		sides_init(&v, &b, &s, cols, rows[i][0]);
		for (int k = 0; k < v.v[0].n; k++)
			n[v.v[0].rows[k].row == 1 ? 0 : v.v[0].rows[k].row == 3 ? 1 : 2]++;
		assert_int_equal(n[0], rows[i][1]);
		assert_int_equal(n[1], rows[i][2]);
		assert_int_equal(n[2], rows[i][3]);
		sides_fini(&v);
		bones_fini(&b);
	}
	debrief_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_order_of_service),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
