#include "model/rules.h"

#include <string.h>

#include "model/checks.h"
#include "model/visible.h"

struct ruling {
	const struct debrief *d;
	const struct actor *who;
	const struct op *op;
	struct err *e;
};

static bool
is_command(const struct op *op, const char *name)
{
	return strcmp(op->command, name) == 0;
}

static bool
one_of(const char *word, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	return false;
}

static bool
is_lead(const struct actor *who)
{
	return who->host || who->role == PERSON_FACILITATOR || who->role == PERSON_SCRIBE;
}

/* Who leads, by name, for sentences. */
static const char *
leader(const struct debrief *d)
{
	for (size_t i = 0; i < DEBRIEF_N(d, PERSON); i++) {
		const struct person *p = DEBRIEF_AT(d, PERSON, person, i);
		if (p->role == PERSON_FACILITATOR && p->name != NULL)
			return p->name;
	}
	return "one of them";
}

static bool
rule_roles(const struct ruling *r)
{
	static const char *const lead[] = { "stage", "reveal", "votes", "timer", "save", "close", "reopen",
		"override", "redact", "give", "mute", "lock", "unlock", "confirm", "focus" };

	if (r->who->host)
		return true;
	if (r->who->role == PERSON_OBSERVER)
		return err_set(r->e, ERR_REFUSED, "an observer changes nothing: nothing was changed: ask %s for a "
			"role", leader(r->d));
	if (!is_lead(r->who) && one_of(r->op->command, lead, sizeof lead / sizeof *lead))
		return err_set(r->e, ERR_REFUSED, "only the facilitator or the scribe can do that (%s): nothing "
			"was changed: ask %s", r->op->command, leader(r->d));
	return true;
}

/* Stages and people are the facilitator's; a person may add and change oneself. */
static bool
rule_lead_kinds(const struct ruling *r)
{
	if (is_lead(r->who))
		return true;
	for (size_t i = 0; i < r->op->n; i++) {
		const struct change *c = &r->op->v[i];
		const struct person *p = (const struct person *)debrief_find(r->d, KIND_PERSON, c->id);
		bool self = p != NULL && p->name != NULL && r->who->name != NULL &&
			    strcmp(p->name, r->who->name) == 0;
		if (c->kind == KIND_STAGE || (c->kind == KIND_PERSON && !self) ||
		    (c->kind == KIND_COLUMN && c->verb != VERB_ADD))
			return err_set(r->e, ERR_REFUSED, "only the facilitator or the scribe changes %s: nothing "
				"was changed: ask %s", schema_of(c->kind)->plural, leader(r->d));
	}
	return true;
}

/* Another's card is not edited or removed; grouping is everybody's. */
static bool
rule_cards(const struct ruling *r)
{
	struct viewer me = { .name = r->who->name, .role = r->who->role };

	if (r->who->host)
		return true;
	for (size_t i = 0; i < r->op->n; i++) {
		const struct change *c = &r->op->v[i];
		const struct card *card = (const struct card *)debrief_find(r->d, KIND_CARD, c->id);
		const struct person *by;
		bool words = c->verb == VERB_REMOVE;
		if (c->kind != KIND_CARD || card == NULL)
			continue;
		if (!visible_item(r->d, &me, KIND_CARD, &card->item))
			return err_set(r->e, ERR_MISSING, "there is no such card: nothing was changed");
		for (size_t j = 0; j < c->n_set; j++)
			words |= c->set[j].field->writer == WRITE_AUTHOR;
		by = (const struct person *)debrief_find(r->d, KIND_PERSON, card->by);
		if (words && !is_lead(r->who) &&
		    (by == NULL || by->name == NULL || strcmp(by->name, r->who->name) != 0))
			return err_set(r->e, ERR_REFUSED, "that card is somebody else's: nothing was changed: add "
				"one of your own beside it");
	}
	return true;
}

static bool
closed_takes(const struct change *c)
{
	static const char *const fields[] = { "status", "done_at", "owner", "due", "reason", "link" };

	if (c->kind != KIND_ACTION || c->verb != VERB_SET)
		return false;
	for (size_t i = 0; i < c->n_set; i++)
		if (!one_of(c->set[i].field->name, fields, sizeof fields / sizeof *fields))
			return false;
	return true;
}

static bool
rule_closed(const struct ruling *r)
{
	static const char *const pass[] = { "redact", "reopen", "close", "save", "new" };

	if (r->d->status != STATUS_CLOSED || r->who->host || one_of(r->op->command, pass, 5))
		return true;
	if (is_command(r->op, "stage") && r->op->n == 0)
		return true;
	for (size_t i = 0; i < r->op->n; i++)
		if (!closed_takes(&r->op->v[i]))
			return err_set(r->e, ERR_REFUSED, "the debrief is closed: nothing was changed: debrief reopen "
				"opens it again; actions still take status, owner, due, done_at, reason and link");
	return r->op->n > 0 || err_set(r->e, ERR_REFUSED, "the debrief is closed: nothing was changed: debrief "
		"reopen opens it again");
}

/* What a reference will be after the batch. */
static struct id
ref_after(const struct ruling *r, enum kind kind, struct id id, const char *field)
{
	const struct item *it = debrief_find(r->d, kind, id);
	struct id now = { 0 };

	if (it != NULL)
		now = kind == KIND_CAUSE ? ((const struct cause *)it)->parent : ((const struct card *)it)->group;
	for (size_t i = 0; i < r->op->n; i++) {
		const struct change *c = &r->op->v[i];
		if (c->kind != kind || !id_equal(c->id, id))
			continue;
		for (size_t j = 0; j < c->n_set; j++)
			if (strcmp(c->set[j].field->name, field) == 0 &&
			    (c->set[j].value.text == NULL || !id_parse(c->set[j].value.text, &now)))
				now = (struct id){ 0 };
	}
	return now;
}

static bool
loops(const struct ruling *r, enum kind kind, struct id id, const char *field)
{
	struct id at = ref_after(r, kind, id, field);

	for (int steps = 0; id_some(at); steps++) {
		if (id_equal(at, id) || steps > 10000)
			return true;
		at = ref_after(r, kind, at, field);
	}
	return false;
}

static bool
rule_loops(const struct ruling *r)
{
	for (size_t i = 0; i < r->op->n; i++) {
		const struct change *c = &r->op->v[i];
		const char *field = c->kind == KIND_CAUSE ? "parent" : c->kind == KIND_CARD ? "group" : NULL;
		bool sets = false;
		for (size_t j = 0; field != NULL && j < c->n_set; j++)
			sets |= strcmp(c->set[j].field->name, field) == 0;
		if (sets && loops(r, c->kind, c->id, field))
			return err_set(r->e, ERR_REFUSED, "a %s cannot stand under itself: nothing was moved",
			    c->kind == KIND_CAUSE ? "cause" : "card");
	}
	return true;
}

/* A category or a column is removed when nothing is in it any more. */
static bool
rule_emptied(const struct ruling *r)
{
	for (size_t i = 0; i < r->op->n; i++) {
		const struct change *c = &r->op->v[i];
		size_t n = 0;
		if (c->verb != VERB_REMOVE || (c->kind != KIND_CATEGORY && c->kind != KIND_COLUMN))
			continue;
		for (size_t j = 0; c->kind == KIND_CATEGORY && j < DEBRIEF_N(r->d, CAUSE); j++)
			n += id_equal(DEBRIEF_AT(r->d, CAUSE, cause, j)->category, c->id);
		for (size_t j = 0; c->kind == KIND_COLUMN && j < DEBRIEF_N(r->d, CARD); j++)
			n += id_equal(DEBRIEF_AT(r->d, CARD, card, j)->column, c->id);
		if (n > 0)
			return err_set(r->e, ERR_REFUSED, "%zu %s are in it: nothing was removed: move or remove them "
				"first", n, c->kind == KIND_CATEGORY ? "causes" : "cards");
	}
	return true;
}

static bool
rule_redacted(const struct ruling *r)
{
	for (size_t i = 0; i < r->op->n && !r->who->host && !is_command(r->op, "redact"); i++) {
		const struct change *c = &r->op->v[i];
		const struct item *it = debrief_find(r->d, c->kind, c->id);
		for (size_t j = 0; it != NULL && it->redacted && j < c->n_set; j++)
			if (c->set[j].field->prose)
				return err_set(r->e, ERR_REFUSED, "its words were taken out for good: nothing was "
					"changed: add a new one");
	}
	return true;
}

static bool
rule_stage_name(const struct ruling *r)
{
	for (size_t i = 0; i < r->op->n; i++) {
		const struct change *c = &r->op->v[i];
		for (size_t j = 0; c->kind == KIND_DEBRIEF && j < c->n_set; j++)
			if (strcmp(c->set[j].field->name, "stage") == 0 && !is_command(r->op, "new") &&
			    debrief_stage(r->d, c->set[j].value.text) == NULL)
				return err_set(r->e, ERR_MISSING, "there is no stage %s: nothing was changed",
				    c->set[j].value.text ? c->set[j].value.text : "");
	}
	return true;
}

/* The place of a stage in the agenda, -1 when it has none. */
static int
stage_index(const struct debrief *d, const char *name)
{
	for (size_t i = 0; name != NULL && i < DEBRIEF_N(d, STAGE); i++)
		if (debrief_stage(d, name) == DEBRIEF_AT(d, STAGE, stage, i))
			return (int)i;
	return -1;
}

static const struct assign *
debrief_assign(const struct op *op, const char *field)
{
	for (size_t i = 0; i < op->n; i++)
		for (size_t j = 0; op->v[i].kind == KIND_DEBRIEF && j < op->v[i].n_set; j++)
			if (strcmp(op->v[i].set[j].field->name, field) == 0)
				return &op->v[i].set[j];
	return NULL;
}

/* Is a gate passed by an earlier override? It is asked for once. */
static bool
overridden(const struct debrief *d, const char *gate)
{
	size_t len = strlen(gate);

	for (size_t i = 0; i < d->overrides.n; i++)
		if (strncmp(d->overrides.v[i], gate, len) == 0 && d->overrides.v[i][len] == ':')
			return true;
	return false;
}

static const char *
gate_if_open(const struct debrief *d, const char *gate, const char *stage, struct strs *open)
{
	const struct stage *s = debrief_stage(d, stage);
	bool some = false;

	if (s == NULL || overridden(d, gate))
		return NULL;
	for (size_t i = 0; i < s->checks.n; i++) {
		const struct check_rule *rule = check_find(s->checks.v[i]);
		if (check_done(d, s->checks.v[i]))
			continue;
		some = true;
		if (open != NULL && rule != NULL)
			strs_take(open, mem_fmt("%s (%s)", rule->words, rule->how));
	}
	return some ? gate : NULL;
}

const char *
rules_gate(const struct debrief *d, const struct op *op, struct strs *open)
{
	const struct assign *stage = debrief_assign(op, "stage");
	const struct assign *status = debrief_assign(op, "status");

	if (is_command(op, "override"))
		return NULL;
	if (status != NULL && status->value.num == STATUS_CLOSED && d->status != STATUS_CLOSED)
		return gate_if_open(d, "close", "close", open);
	if (stage != NULL && stage->value.text != NULL) {
		int gate = stage_index(d, "actions"), to = stage_index(d, stage->value.text);
		int from = stage_index(d, d->stage);
		if (gate >= 0 && to >= gate && from < gate)
			return gate_if_open(d, "actions", "causes", open);
	}
	return NULL;
}

static bool
rule_gates(const struct ruling *r)
{
	struct strs open = { 0 };
	const char *gate = r->who->host ? NULL : rules_gate(r->d, r->op, &open);
	struct buf words = { 0 };

	if (gate == NULL) {
		strs_fini(&open);
		return true;
	}
	for (size_t i = 0; i < open.n; i++)
		buf_addf(&words, "%s%s", i ? ", " : "", open.v[i]);
	err_set(r->e, ERR_REFUSED, "still open before %s: %s: nothing was changed: do these, or override REASON "
		"goes on and keeps the reason", gate, words.data ? words.data : "");
	strs_fini(&open);
	buf_fini(&words);
	return false;
}

/* One function a rule, in the order in which they are asked. */
static bool (*const rules[])(const struct ruling *r) = { rule_roles, rule_closed, rule_lead_kinds, rule_cards,
	rule_redacted, rule_loops, rule_emptied, rule_stage_name, rule_gates };

bool
rules_check(const struct debrief *d, const struct actor *who, const struct op *op, struct err *e)
{
	struct ruling r = { d, who, op, e };

	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (!rules[i](&r))
			return false;
	return true;
}
