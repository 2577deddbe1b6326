/* The check marks that leave no trace but the word of who leads: what was read, said or walked. */
#include <string.h>

#include "commands/build.h"
#include "model/checks.h"

static bool
say_which(const struct debrief *d, const char *name, struct err *e)
{
	struct buf list = { 0 };

	for (size_t i = 0; i < n_check_rules; i++)
		if (check_rules[i].by_hand && check_stage(d, check_rules[i].name) != NULL)
			buf_addf(&list, "%s%s", list.len > 0 ? ", " : "", check_rules[i].name);
	err_set(e, ERR_MISSING, "there is no check %.60s here: nothing was changed: %s%s", name,
	    list.len > 0 ? "take one of " : "no stage has one that is ticked by hand",
	    list.len > 0 ? list.data : "");
	buf_fini(&list);
	return false;
}

BUILDER(build_tick)
{
	const struct check_rule *rule;
	struct value v = { 0 };
	const struct stage *stage;
	struct assign *a;
	bool on = strcmp(c->words, "tick") == 0;

	if (!words_count(c, args, 1, 1, e))
		return false;
	rule = check_find(args->v[0]);
	stage = rule != NULL ? check_stage(s->d, rule->name) : NULL;
	if (stage == NULL)
		return say_which(s->d, args->v[0], e);
	if (!rule->by_hand)
		return err_set(e, ERR_REFUSED,
		    "%s is ticked by what is written: nothing was changed: %s", rule->name,
		    rule->how);
	for (size_t i = 0; !on && i < DEBRIEF_N(s->d, STAGE); i++)
		if (strs_has(&DEBRIEF_AT(s->d, STAGE, stage, i)->ticked, rule->name))
			stage = DEBRIEF_AT(s->d, STAGE, stage, i);
	strs_add(&v.list, rule->name);
	a = change_set(op_add(out, VERB_SET, KIND_STAGE, stage->item.id),
	    schema_field(KIND_STAGE, "ticked"), v);
	a->how = on ? HOW_PLUS : HOW_MINUS;
	return true;
}
