#include "storage/template.h"

#include <stdlib.h>
#include <string.h>

#include "model/order.h"
#include "storage/template_internal.h"

const int template_lengths[N_LENGTHS] = { 10, 30, 60, 90 };

void
template_free(struct template *t)
{
	if (t == NULL)
		return;
	for (size_t i = 0; i < t->n_stages; i++) {
		free(t->stages[i].name);
		free(t->stages[i].pane);
		for (int k = 0; k < N_LENGTHS; k++)
			strs_fini(&t->stages[i].checks[k]);
		strs_fini(&t->stages[i].columns);
		strs_fini(&t->stages[i].prompts);
	}
	for (size_t i = 0; i < t->n_kind_prompts; i++)
		free(t->kind_prompts[i].text);
	free(t->stages);
	free(t->kind_prompts);
	free(t->name);
	free(t->title);
	free(t->language);
	free(t->about);
	free(t->levels);
	strs_fini(&t->categories);
	strs_fini(&t->columns);
	strs_fini(&t->column_prompts);
	free(t);
}

/* What the batch is made of: ids and jitter from one seed, order keys one after the other. */
struct begin {
	struct op *op;
	uint64_t random;
	char *last; /* order key of the item before, of the same kind */
};

/* splitmix64: as good as its seed. */
static uint64_t
draw(struct begin *b)
{
	uint64_t z = b->random += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

static struct change *
begin_item(struct begin *b, enum kind kind, bool first)
{
	struct change *c = op_add(b->op, VERB_ADD, kind, id_make(draw(b)));
	char *key = order_between(first ? NULL : b->last, NULL, draw(b));

	free(b->last);
	b->last = key;
	change_put_text(c, "order", key);
	return c;
}

static void
begin_stages(struct begin *b, const struct template *t, int length)
{
	bool first = true;

	for (size_t i = 0; i < t->n_stages; i++) {
		const struct template_stage *s = &t->stages[i];
		struct change *c;
		if (s->minutes[length] < 0)
			continue;
		c = begin_item(b, KIND_STAGE, first);
		first = false;
		change_put_text(c, "name", s->name);
		if (s->minutes[length] > 0)
			change_put_num(c, "minutes", s->minutes[length]);
		change_put_text(c, "pane", s->pane);
		if (s->columns.n > 0) {
			struct value columns = { 0 };
			strs_copy(&columns.list, &s->columns);
			strs_sort(&columns.list, true);
			change_put(c, "columns", columns);
		}
		if (s->checks[length].n > 0) {
			struct value checks = { 0 };
			strs_copy(&checks.list, &s->checks[length]);
			change_put(c, "checks", checks);
		}
	}
}

static void
begin_categories(struct begin *b, const struct template *t)
{
	for (size_t i = 0; i < t->categories.n; i++) {
		struct change *c = begin_item(b, KIND_CATEGORY, i == 0);
		change_put_text(c, "name", t->categories.v[i]);
		if (t->levels[i] != LEVEL_TECHNICAL)
			change_put_num(c, "level", t->levels[i]);
	}
}

static void
begin_columns(struct begin *b, const struct template *t)
{
	for (size_t i = 0; i < t->columns.n; i++) {
		struct change *c = begin_item(b, KIND_COLUMN, i == 0);
		change_put_text(c, "name", t->columns.v[i]);
		if (t->column_prompts.v[i][0] != '\0')
			change_put_text(c, "prompt", t->column_prompts.v[i]);
		if (t->columns_hidden)
			change_put_num(c, "hidden", 1);
		if (t->columns_anonymous)
			change_put_num(c, "anonymous", 1);
	}
}

void
template_begin(const struct template *t, int minutes, uint64_t random, struct op *out)
{
	struct begin b = { .op = out, .random = random };
	int length = 0;

	if (minutes == 0)
		minutes = 60;
	while (length + 1 < N_LENGTHS && template_lengths[length + 1] <= minutes)
		length++;
	op_init(out, "new");
	begin_stages(&b, t, length);
	begin_categories(&b, t);
	begin_columns(&b, t);
	free(b.last);
}
