#include <stdlib.h>
#include <string.h>

#include "views/clock.h"
#include "views/own_words.h"
#include "views/plain_state.h"

/* A row of a list; those have no end yet. */
static void
put_row(struct plain *p, size_t nth, const char *words, const char *usage, const char *note)
{
	if (nth == 0)
		strs_fini(&p->rest);
	strs_take(&p->rest,
	    mem_fmt("  %s%s%s: %s.", words, usage[0] != '\0' ? " " : "", usage, note));
}

static bool
begins_so(const char *words, const char *about)
{
	size_t len = strlen(about);

	return strcmp(about, "all") == 0 ||
	       (strncmp(words, about, len) == 0 && (words[len] == '\0' || words[len] == ' '));
}

/* The commands whose words begin like that: all of them for "all". */
static size_t
put_commands(struct plain *p, const char *about, struct buf *out)
{
	size_t n = 0;

	for (size_t i = 0; i < n_commands; i++)
		if (begins_so(commands[i].words, about))
			put_row(p, n++, commands[i].words, commands[i].usage, commands[i].note);
	for (size_t i = 0; i < n_own_words; i++)
		if (own_words[i].plain && begins_so(own_words[i].words, about))
			put_row(p, n++, own_words[i].words, own_words[i].usage, own_words[i].note);
	if (n > 0)
		plain_more(p, out);
	return n;
}

/* What is added where the room is. */
static enum word
how_to_add(const struct scene *sc)
{
	const struct stage *s = scene_stage(sc, NULL);
	const char *pane = s != NULL && s->pane != NULL ? s->pane : "";

	if (strcmp(pane, "board") == 0 && strcmp(s->name, "discuss") == 0)
		return WORD_PLAIN_ADD_NOTE;
	if (strcmp(pane, "board") == 0)
		return WORD_PLAIN_ADD_CARD;
	if (strcmp(pane, "fishbone") == 0)
		return WORD_PLAIN_ADD_CAUSE;
	if (strcmp(pane, "timeline") == 0 || strcmp(pane, "run") == 0)
		return WORD_PLAIN_ADD_EVENT;
	return strcmp(pane, "actions") == 0 ? WORD_PLAIN_ADD_ACTION : WORD_PLAIN_ADD_ANY;
}

void
plain_help(struct plain *p, const struct scene *sc, const char *about, struct buf *out)
{
	static const enum word lines[] = { WORD_PLAIN_HELP_LOOK, WORD_PLAIN_HELP_NEWS,
		WORD_PLAIN_HELP_NUMBERS, WORD_PLAIN_HELP_DO };
	bool lead = sc->role == PERSON_FACILITATOR || sc->role == PERSON_SCRIBE;

	if (strcmp(about, "lead") == 0) {
		plain_say(out, WORD_PLAIN_HELP_LEAD, NULL);
		plain_end(out);
		return;
	}
	if (about[0] != '\0') {
		if (put_commands(p, about, out) == 0)
			plain_say(out, WORD_PLAIN_HELP_NONE, about);
		plain_end(out);
		return;
	}
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		plain_say(out, lines[i], NULL);
		plain_end(out);
	}
	plain_say(out, how_to_add(sc), NULL);
	plain_end(out);
	plain_say(out, lead ? WORD_PLAIN_HELP_MORE_LEAD : WORD_PLAIN_HELP_MORE, NULL);
	plain_end(out);
}

void
plain_no_command(const struct scene *sc, const char *line, struct buf *out)
{
	char *first = mem_dupn(line, strcspn(line, " "));
	struct buf shown = { 0 };

	plain_put(&shown, first);
	plain_say(out, WORD_PLAIN_NO_COMMAND, shown.data != NULL ? shown.data : "");
	plain_say(out, how_to_add(sc), NULL);
	plain_end(out);
	buf_fini(&shown);
	free(first);
}
