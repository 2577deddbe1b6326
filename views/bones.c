#include "views/bones.h"

#include <stdlib.h>
#include <string.h>

#include "tui/canvas.h"
#include "views/words.h"

static bool
begins_bone(const struct bones *b, size_t i)
{
	const struct cause_row *r = &b->tree.v[i];

	if (r->cause == NULL)
		return true;
	if (i == 0 || b->n == 0)
		return true;
	return r->category == NULL && b->v[b->n - 1].category != NULL;
}

static void
count_row(struct bones *b, size_t i)
{
	const struct cause_row *r = &b->tree.v[i];
	struct bone *bone = &b->v[b->n - 1];

	bone->end = i + 1;
	if (r->cause == NULL)
		return;
	bone->n_all++;
	bone->votes += r->cause->votes;
	b->votes += r->cause->votes;
	if (r->depth == 0) {
		bone->n_top++;
		b->n_top++;
	} else {
		b->n_whys++;
	}
}

static size_t
find_row(const struct bones *b, struct id id)
{
	if (!id_some(id))
		return b->tree.n;
	for (size_t i = 0; i < b->tree.n; i++)
		if (id_equal(row_id(b, i), id))
			return i;
	return b->tree.n;
}

/* Who stands where the selected item stood; a cause rather than a category. */
static size_t
nearest_row(const struct bones *b, const struct pane_state *s)
{
	size_t at = s->place;

	if (b->tree.n == 0)
		return 0;
	if (at >= b->tree.n)
		at = b->tree.n - 1;
	if (b->tree.v[at].cause == NULL && at + 1 < b->tree.n && b->tree.v[at + 1].cause != NULL)
		at++;
	return at;
}

void
bones_init(struct bones *b, const struct debrief *d, struct pane_state *s)
{
	*b = (struct bones){ .tree = cause_tree(d) };
	b->v = mem_zero(DEBRIEF_N(d, CATEGORY) + 2, sizeof *b->v);
	for (size_t i = 0; i < b->tree.n; i++) {
		if (begins_bone(b, i))
			b->v[b->n++] = (struct bone){ .category = b->tree.v[i].category, .row = i };
		count_row(b, i);
	}
	b->at = find_row(b, s->selected);
	if (b->at == b->tree.n)
		b->at = nearest_row(b, s);
	if (b->at < b->tree.n)
		bones_select(b, s, b->at);
}

void
bones_fini(struct bones *b)
{
	cause_tree_fini(&b->tree);
	free(b->v);
}

void
bones_select(struct bones *b, struct pane_state *s, size_t row)
{
	if (row >= b->tree.n)
		return;
	b->at = row;
	s->place = row;
	s->selected = row_id(b, row);
}

size_t
bone_of_row(const struct bones *b, size_t row)
{
	for (size_t i = 0; i < b->n; i++)
		if (row >= b->v[i].row && row < b->v[i].end)
			return i;
	return b->n;
}

size_t
bone_causes(const struct bone *bone)
{
	return bone->row + (bone->category != NULL);
}

const char *
bone_name(const struct bone *bone)
{
	if (bone->category == NULL || bone->category->name == NULL)
		return word(WORD_UNPLACED);
	return bone->category->name;
}

int
bone_role(const struct bone *bone)
{
	switch (bone->category ? bone->category->level : LEVEL_NONE) {
	case LEVEL_TECHNICAL:
		return ROLE_TECHNICAL;
	case LEVEL_PROCESS:
		return ROLE_PROCESS;
	case LEVEL_ORGANIZATION:
		return ROLE_ORGANIZATION;
	default:
		return ROLE_HEAD;
	}
}

struct id
row_id(const struct bones *b, size_t row)
{
	const struct cause_row *r = &b->tree.v[row];

	return r->cause ? r->cause->item.id : r->category->item.id;
}

size_t
row_top(const struct bones *b, size_t row)
{
	while (row > 0 && b->tree.v[row].cause != NULL && b->tree.v[row].depth > 0)
		row--;
	return row;
}

bool
row_folded(const struct bones *b, const struct pane_state *s, size_t row)
{
	return s->folded.n > 0 && strs_has(&s->folded, row_id(b, row).s);
}

/* Depth with categories on top: 0 a category, 1 a top cause, ... */
static int
row_depth(const struct cause_row *r)
{
	return r->cause ? r->depth + 1 : 0;
}

/* Marks the rows that stand open around the selected one: those above it in the tree, and all whys
 * of its top cause. */
static void
mark_path(const struct bones *b, bool *path)
{
	int depth;

	if (b->at >= b->tree.n)
		return;
	depth = row_depth(&b->tree.v[b->at]) + 1;
	if (b->tree.v[b->at].cause != NULL) {
		size_t top = row_top(b, b->at);
		for (size_t i = top; i <= top + b->tree.v[top].n_below; i++)
			path[i] = true;
	}
	for (size_t i = b->at + 1; i-- > 0 && depth > 0;)
		if (row_depth(&b->tree.v[i]) < depth) {
			path[i] = true;
			depth = row_depth(&b->tree.v[i]);
		}
}

size_t
bones_show(const struct bones *b, const struct pane_state *s, bool all, bool *shown)
{
	bool *path = mem_zero(b->tree.n + 1, sizeof *path);
	int closed = -1; /* the depth of the closed row that what follows is below of */
	size_t n = 0;

	mark_path(b, path);
	for (size_t i = 0; i < b->tree.n; i++) {
		const struct cause_row *r = &b->tree.v[i];
		int depth = row_depth(r);
		if (r->category == NULL && depth == 1)
			closed = -1; /* under no category: nothing above it can be closed */
		if (closed >= 0 && depth > closed) {
			shown[i] = false;
			continue;
		}
		shown[i] = true;
		n++;
		closed = (!all && !path[i]) || row_folded(b, s, i) ? depth : -1;
	}
	free(path);
	return n;
}

size_t
bones_folded_whys(const struct bones *b, const bool *shown)
{
	size_t n = 0;

	for (size_t i = 0; i < b->tree.n; i++)
		n += b->tree.v[i].depth > 0 && !shown[i];
	return n;
}

static bool
may_stand(const struct bones *b, size_t row, bool categories)
{
	if (b->tree.v[row].cause != NULL || categories)
		return true;
	return row + 1 >= b->tree.n || b->tree.v[row + 1].cause == NULL ||
	       b->tree.v[row + 1].category != b->tree.v[row].category;
}

void
bones_step(struct bones *b, struct pane_state *s, long by, bool categories)
{
	bool *shown = mem_zero(b->tree.n + 1, sizeof *shown);
	size_t row = b->at, last = b->at;

	bones_show(b, s, true, shown);
	while (by != 0 && b->tree.n > 0) {
		if (by > 0 ? row + 1 >= b->tree.n : row == 0)
			break;
		row = by > 0 ? row + 1 : row - 1;
		if (!shown[row] || !may_stand(b, row, categories))
			continue;
		last = row;
		by += by > 0 ? -1 : 1;
	}
	free(shown);
	bones_select(b, s, last);
}
