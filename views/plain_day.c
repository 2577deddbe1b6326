/* A clock's time says no day. The line waits, and the day is asked for, once for the whole room. */
#include <stdlib.h>
#include <string.h>

#include "views/plain_state.h"

bool
plain_wants_day(
    struct plain *p, const struct command_scene *cs, const char *line, struct buf *out)
{
	struct strs words = { 0 };
	struct buf b = { 0 };
	bool wants = plain_words(p, cs, line, &words, NULL);

	words_join(&words, &b);
	wants = wants && b.len > 0 && command_wants_day(cs, b.data);
	if (wants) {
		char *all = p->dayless != NULL ? mem_fmt("%s\n%s", p->dayless, b.data) : mem_dup(b.data);
		plain_say(out, p->dayless != NULL ? WORD_PLAIN_WAITS_TOO : WORD_PLAIN_WHICH_DAY, NULL);
		plain_end(out);
		free(p->dayless);
		p->dayless = all;
	}
	buf_fini(&b);
	strs_fini(&words);
	return wants;
}

char *
plain_day_line(struct plain *p, const struct command_scene *cs, const char *typed)
{
	char *line = NULL, date[TIME_TEXT];
	size_t first;
	int64_t day;

	if (cs->d->day == TIME_NONE && date_said(typed, zone_day(cs->zone, cs->now_ns), &day))
		return mem_fmt("set day=%s", date_text(day, date));
	if (cs->d->day == TIME_NONE || typed[0] != '\0')
		return NULL;
	first = strcspn(p->dayless, "\n");
	line = mem_dupn(p->dayless, first);
	if (p->dayless[first] == '\n')
		memmove(p->dayless, p->dayless + first + 1, strlen(p->dayless + first));
	else {
		free(p->dayless);
		p->dayless = NULL;
	}
	return line;
}

bool
plain_says_day(const struct op *op)
{
	for (size_t i = 0; op->n == 1 && i < op->v[0].n_set; i++)
		if (op->v[0].kind == KIND_DEBRIEF && strcmp(op->v[0].set[i].field->name, "day") == 0)
			return true;
	return false;
}
