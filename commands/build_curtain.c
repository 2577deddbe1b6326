#include <string.h>

#include "commands/build.h"

/* The event that the curtain stands at: the last one that is not covered; n: none. */
static size_t
last_open(const struct debrief *d)
{
	size_t n = DEBRIEF_N(d, EVENT), at = n;

	for (size_t i = 0; i < n && d->curtain_ns != TIME_NONE; i++)
		if (DEBRIEF_AT(d, EVENT, event, i)->at_ns <= d->curtain_ns)
			at = i;
	return at;
}

/* Down, it stands at the first event; a step goes to the next one of another moment. */
static bool
step(const struct debrief *d, const char *word, int64_t *to)
{
	size_t n = DEBRIEF_N(d, EVENT), at = last_open(d);

	if (strcmp(word, "down") == 0) {
		*to = DEBRIEF_AT(d, EVENT, event, 0)->at_ns;
		return true;
	}
	if (strcmp(word, "next") == 0) {
		at = d->curtain_ns == TIME_NONE ? 0 : at == n ? 0 : at + 1;
		*to = at < n ? DEBRIEF_AT(d, EVENT, event, at)->at_ns : TIME_NONE;
		return true;
	}
	while (at > 0 && at < n && DEBRIEF_AT(d, EVENT, event, at)->at_ns >= d->curtain_ns)
		at--;
	*to = at < n ? DEBRIEF_AT(d, EVENT, event, at)->at_ns : TIME_NONE;
	return strcmp(word, "back") == 0;
}

BUILDER(build_curtain)
{
	int64_t to = TIME_NONE;

	if (!words_count(c, args, 1, 1, e))
		return false;
	if (DEBRIEF_N(s->d, EVENT) == 0)
		return err_set(e, ERR_REFUSED,
		    "the timeline is empty: nothing was covered: event add WHEN TEXT first");
	if (strcmp(args->v[0], "up") != 0 && !step(s->d, args->v[0], &to))
		return say_usage(c, "it takes down, next, back or up", e);
	change_put_num(
	    op_add(out, VERB_SET, KIND_DEBRIEF, s->d->item.id), "curtain", to);
	return true;
}
