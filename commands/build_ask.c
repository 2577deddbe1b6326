#include <string.h>

#include "commands/build.h"
#include "model/spread.h"

static struct change *
set_debrief(const struct command_scene *s, struct op *out)
{
	return op_add(out, VERB_SET, KIND_DEBRIEF, s->d->item.id);
}

BUILDER(build_ask)
{
	const char *what;

	if (!words_count(c, args, 1, 1, e))
		return false;
	what = args->v[0];
	if (strcmp(what, "more") != 0 && strcmp(what, "topic") != 0 && strcmp(what, "stop") != 0)
		return say_usage(c, "it takes more, topic or stop", e);
	change_put_text(set_debrief(s, out), "asked", strcmp(what, "stop") == 0 ? NULL : what);
	return true;
}

BUILDER(build_answer)
{
	struct value v = { 0 };
	const char *seat;

	if (!words_count(c, args, 1, 2, e))
		return false;
	seat = args->n == 2 ? word_after(args->v[1], "seat") : NULL;
	if (args->n == 2 && seat == NULL)
		return say_usage(c, "it takes seat=SEAT after yes or no", e);
	if (strcmp(args->v[0], "yes") != 0 && strcmp(args->v[0], "no") != 0)
		return say_usage(c, "it takes yes or no", e);
	if (seat != NULL && !read_seat(s, seat, out, e))
		return false;
	strs_add(&v.list, args->v[0]);
	change_set(set_debrief(s, out), schema_field(KIND_DEBRIEF, "answers"), v)->how = HOW_PLUS;
	return true;
}

BUILDER(build_spread)
{
	if (!words_count(c, args, 0, 0, e))
		return false;
	return spread_rest(s->d, s->now_ns, out) ||
	       err_set(e, ERR_REFUSED,
		   "no stage with minutes is to come: nothing was changed: stage set NAME "
		   "minutes=N plans them");
}
