#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "model/checks.h"
#include "model/rules_internal.h"
#include "model/visible.h"

int
stage_place(const struct debrief *d, const char *name)
{
	const struct stage *s = debrief_stage(d, name);

	for (size_t i = 0; s != NULL && i < DEBRIEF_N(d, STAGE); i++)
		if (s == DEBRIEF_AT(d, STAGE, stage, i))
			return (int)i;
	return -1;
}

/* The last thing a batch says of a field of the debrief itself, or NULL. */
static const struct assign *
debrief_assign(const struct op *op, const char *field)
{
	const struct assign *last = NULL, *a;

	for (size_t i = 0; i < op->n; i++)
		if (op->v[i].kind == KIND_DEBRIEF && (a = change_find(&op->v[i], field)) != NULL)
			last = a;
	return last;
}

/* Does the batch itself give a stage that name? */
static bool
named_stage(const struct op *op, const char *name)
{
	for (size_t i = 0; i < op->n; i++) {
		const struct change *c = &op->v[i];
		const struct assign *a = c->kind == KIND_STAGE ? change_find(c, "name") : NULL;
		if (a != NULL && c->verb != VERB_REMOVE && a->value.text != NULL &&
		    strcmp(a->value.text, name) == 0)
			return true;
	}
	return false;
}

/* One goes to a stage that there is, and the one where the room is stays there. */
bool
rule_stages(const struct ruling *r)
{
	const struct assign *to = r->who->host ? NULL : debrief_assign(r->op, "stage");
	const struct stage *now = debrief_stage(r->d, r->d->stage);

	if (to != NULL && to->value.text != NULL && debrief_stage(r->d, to->value.text) == NULL &&
	    !named_stage(r->op, to->value.text))
		return err_set(r->e, ERR_MISSING,
		    "there is no stage %s: nothing was changed: the agenda names them",
		    to->value.text);
	if (to == NULL && !r->who->host && now != NULL && op_index_removed(r->index, now->item.id))
		return err_set(r->e, ERR_REFUSED,
		    "the room is in stage %s: nothing was removed: move on first", now->name);
	return true;
}

static bool
is_one_of(const char *const *list, const char *word)
{
	while (*list != NULL && strcmp(*list, word) != 0)
		list++;
	return *list != NULL;
}

/* `stage NAME` goes to one stage, whatever else a name may say. */
static bool
name_is_free(const struct ruling *r, const struct change *c, const char *name)
{
	if (is_one_of(stage_words, name))
		return err_set(r->e, ERR_REFUSED,
		    "%s is a word of stage: nothing was changed: give it another name", name);
	for (size_t i = 0; i < DEBRIEF_N(r->d, STAGE); i++) {
		const struct stage *s = DEBRIEF_AT(r->d, STAGE, stage, i);
		if (s->name != NULL && text_same(s->name, name) && !id_equal(s->item.id, c->id) &&
		    !op_index_removed(r->index, s->item.id))
			return err_set(r->e, ERR_REFUSED,
			    "there is a stage %s: nothing was changed: give it another name, as "
			    "in %s-2",
			    s->name, s->name);
	}
	return true;
}

static bool
checks_known(const struct ruling *r, const struct assign *checks)
{
	for (size_t i = 0; checks->how != HOW_MINUS && i < checks->value.list.n; i++)
		if (check_find(checks->value.list.v[i]) == NULL)
			return err_set(r->e, ERR_REFUSED,
			    "there is no check %.60s: nothing was changed: debrief templates "
			    "lists them",
			    checks->value.list.v[i]);
	return true;
}

/* What people make of an agenda can be led. */
bool
rule_agenda(const struct ruling *r)
{
	for (size_t i = 0; !r->who->host && i < r->op->n; i++) {
		const struct change *c = &r->op->v[i];
		const struct assign *name, *pane, *checks;
		if (c->kind != KIND_STAGE || c->verb == VERB_REMOVE)
			continue;
		name = change_find(c, "name");
		pane = change_find(c, "pane");
		checks = change_find(c, "checks");
		if (name != NULL && name->value.text != NULL && !name_is_free(r, c, name->value.text))
			return false;
		if (pane != NULL && pane->value.text != NULL && pane->value.text[0] != '\0' &&
		    !is_one_of(stage_panes, pane->value.text))
			return err_set(r->e, ERR_REFUSED,
			    "there is no pane %.40s: nothing was changed: take agenda, timeline, "
			    "fishbone, board, run, actions or history",
			    pane->value.text);
		if (checks != NULL && !checks_known(r, checks))
			return false;
	}
	return true;
}

static bool
closed_takes(const struct change *c)
{
	static const char *const fields[] = { "status", "done_at", "owner", "due", "reason", "link", "proof",
		"changed" };

	if (c->kind != KIND_ACTION || c->verb != VERB_SET || c->placed || c->extra.n > 0)
		return false;
	for (size_t i = 0; i < c->n_set; i++) {
		bool takes = false;
		for (size_t j = 0; j < sizeof fields / sizeof *fields; j++)
			takes |= strcmp(c->set[i].field->name, fields[j]) == 0;
		if (!takes)
			return false;
	}
	return true;
}

/* Says the change what is so already: the present stage, closed? */
static bool
says_nothing(const struct debrief *d, const struct change *c)
{
	if (c->kind != KIND_DEBRIEF || c->extra.n > 0)
		return false;
	for (size_t i = 0; i < c->n_set; i++) {
		struct value now = field_get(&d->item, c->set[i].field);
		bool same = c->set[i].how == HOW_SET &&
		    value_equal(c->set[i].field, &now, &c->set[i].value);
		value_fini(&now);
		if (!same)
			return false;
	}
	return true;
}

static bool
reopens(const struct op *op, const struct change *c)
{
	return op_is(op, "reopen") && c->kind == KIND_DEBRIEF && c->n_set == 1 &&
	    strcmp(c->set[0].field->name, "status") == 0;
}

/* Commands that may come without a change in them to a debrief that is closed. */
static bool
harmless(const struct op *op)
{
	static const char *const commands[] = { "close", "reopen", "save", "stage", "pass", "ready",
		"hand", "focus", "leave", "pause" };

	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (op_is(op, commands[i]))
			return true;
	return false;
}

bool
rule_closed(const struct ruling *r)
{
	bool takes = r->op->n > 0 || harmless(r->op);

	if (r->d->status != STATUS_CLOSED || r->who->host || op_is(r->op, "redact"))
		return true;
	for (size_t i = 0; i < r->op->n; i++) {
		const struct change *c = &r->op->v[i];
		takes = takes && (closed_takes(c) || reopens(r->op, c) || says_nothing(r->d, c));
	}
	return takes ||
	    err_set(r->e, ERR_REFUSED,
		"this debrief is closed: nothing was changed: use reopen first "
		"(its actions still take status, owner, due, done_at, reason, link and proof)");
}

/* A closed debrief keeps no secret, and loses none in silence. */
bool
rule_hidden(const struct ruling *r)
{
	const struct assign *status = r->who->host ? NULL : debrief_assign(r->op, "status");
	size_t n;

	if (status == NULL || status->value.num != STATUS_CLOSED || r->d->status == STATUS_CLOSED)
		return true;
	if (r->d->votes_each > 0)
		return err_set(r->e, ERR_REFUSED,
		    "a vote is open: nothing was closed: votes close first");
	n = visible_hidden(r->d);
	return n == 0 ||
	    err_set(r->e, ERR_REFUSED,
		"%zu %s still hidden: nothing was closed: "
		"reveal %s, or remove %s first",
		n, n == 1 ? "card is" : "cards are", n == 1 ? "it" : "them",
		n == 1 ? "it" : "them");
}

/* The gate itself where check marks of the stage are open. */
static const char *
gate_if_open(const struct debrief *d, const char *gate, const char *stage, struct strs *open)
{
	const struct stage *s = debrief_stage(d, stage);
	bool some = false;

	for (size_t i = 0; s != NULL && i < s->checks.n; i++) {
		const struct check_rule *rule = check_find(s->checks.v[i]);
		if (rule == NULL || rule->by_hand || check_done(d, rule->name))
			continue;
		some = true;
		if (open != NULL)
			strs_take(open, mem_fmt("%s (%s)", rule->words, rule->how));
	}
	return some ? gate : NULL;
}

const char *
rules_gate(const struct debrief *d, const struct op *op, struct strs *open)
{
	const struct assign *stage = debrief_assign(op, "stage");
	const struct assign *status = debrief_assign(op, "status");
	int gate = stage_place(d, "actions"), from = stage_place(d, d->stage);

	if (op_is(op, "override"))
		return NULL;
	if (status != NULL && status->value.num == STATUS_CLOSED && d->status != STATUS_CLOSED)
		return gate_if_open(d, "close", "close", open);
	if (stage != NULL && gate >= 0 && from < gate &&
	    stage_place(d, stage->value.text) >= gate && !checks_put_off(d))
		return gate_if_open(d, "actions", "causes", open);
	return NULL;
}

bool
rule_gates(const struct ruling *r)
{
	struct strs open = { 0 };
	const char *gate = r->who->host ? NULL : rules_gate(r->d, r->op, &open);
	struct buf words = { 0 };

	for (size_t i = 0; i < open.n; i++)
		buf_addf(&words, "%s%s", i ? ", " : "", open.v[i]);
	if (gate != NULL)
		err_set(r->e, ERR_REFUSED,
		    RULES_GATE_WORDS "%s: %s: nothing was changed: do these, or override REASON "
		    "goes on and keeps the reason",
		    gate, words.data);
	strs_fini(&open);
	buf_fini(&words);
	return gate == NULL;
}
