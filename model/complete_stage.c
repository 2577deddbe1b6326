#include <stdlib.h>
#include <string.h>

#include "model/checks.h"
#include "model/complete_internal.h"

/* The stage that ends gets its time, going forward also its mark. */
static void
end_stage(struct completing *k, bool forward)
{
	const struct debrief *d = k->d;
	const struct stage *from = debrief_stage(d, d->stage);
	int64_t used_s =
	    d->stage_since_ns == TIME_NONE ? 0 : (k->now_ns - d->stage_since_ns) / NS_PER_S;
	struct change *c;

	if (from != NULL && stage_is_before(d, from))
		used_s = 0;
	if (from == NULL || (used_s <= 0 && (from->done || !forward)))
		return;
	c = op_add(k->op, VERB_SET, KIND_STAGE, from->item.id);
	if (used_s > 0) {
		int64_t most = schema_field(KIND_STAGE, "used_s")->max;
		used_s += from->used_s;
		change_put_num(c, "used_s", used_s > most ? most : used_s);
	}
	if (forward && !from->done)
		change_put_num(c, "done", true);
}

static void
drop_assign(struct change *c, const struct assign *a)
{
	size_t i = (size_t)(a - c->set);

	value_fini(&c->set[i].value);
	value_fini(&c->set[i].seen);
	memmove(c->set + i, c->set + i + 1, (c->n_set - i - 1) * sizeof *c->set);
	c->n_set--;
}

static void
move_stage(struct completing *k, struct change *c, const struct assign *stage)
{
	const struct debrief *d = k->d;
	const char *to = stage->value.text;
	bool same = d->stage != NULL && to != NULL && strcmp(to, d->stage) == 0;
	bool forward = stage_place(d, to) > stage_place(d, d->stage);

	if (same) {
		drop_assign(c, stage); /* where the room is already */
		return;
	}
	change_put_num(c, "stage_since", k->now_ns);
	if (id_some(d->focus) && change_find(c, "focus") == NULL && !op_is_merge(k->op))
		change_put_text(c, "focus", NULL); /* the room looks at the stage now */
	complete_new_stage(k, c);
	if (!op_is_merge(k->op)) /* a merge says itself how long */
		end_stage(k, forward);
}

/* The clock of a stage stands still while the debrief is closed. */
static void
close_stage(struct completing *k, struct change *c, int64_t status)
{
	if (status == k->d->status || op_is_merge(k->op) || change_find(c, "stage") != NULL)
		return;
	change_put_num(c, "stage_since", status == STATUS_CLOSED ? TIME_NONE : k->now_ns);
	if (status == STATUS_CLOSED)
		end_stage(k, true);
}

/* Where the room is has a new name. */
static void
rename_stage(struct completing *k, const char *name)
{
	struct change *c = op_add(k->op, VERB_SET, KIND_DEBRIEF, k->d->item.id);

	change_put_text(c, "stage", name);
}

static bool
renames_present(const struct completing *k, const struct change *c)
{
	const struct stage *now = debrief_stage(k->d, k->d->stage);

	return c->kind == KIND_STAGE && c->verb == VERB_SET && now != NULL &&
	    id_equal(now->item.id, c->id) && change_find(c, "name") != NULL && !op_is_merge(k->op);
}

void
complete_stages(struct completing *k)
{
	size_t n = k->op->n;

	for (size_t i = 0; i < n; i++) {
		struct change *c = &k->op->v[i];
		const struct assign *stage =
		    c->kind == KIND_DEBRIEF ? change_find(c, "stage") : NULL;
		const struct assign *status =
		    c->kind == KIND_DEBRIEF ? change_find(c, "status") : NULL;
		if (op_is_undo(k->op) ||
		    (c->kind == KIND_DEBRIEF && change_find(c, "stage_since") != NULL))
			continue;
		if (stage != NULL)
			move_stage(k, c, stage);
		else if (status != NULL)
			close_stage(k, c, status->value.num);
		else if (renames_present(k, c)) {
			char *name = mem_dup(change_find(c, "name")->value.text);
			rename_stage(k, name);
			free(name);
		}
	}
}
