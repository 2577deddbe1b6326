#include <stdlib.h>
#include <string.h>

#include "views/ui_state.h"

/* Verbs of the screen's own and what they run. */
static const struct {
	enum verb_of_key verb;
	const char *command;
} own[] = {
	{ DO_UNDO, "undo" },
	{ DO_REDO, "redo" },
	{ DO_STAGE_NEXT, "stage" },
	{ DO_READY, "ready" },
	{ DO_HAND, "hand" },
	{ DO_TIME, "timer" },
	{ DO_REVEAL, "reveal" },
	{ DO_VOTE, "vote" },
	{ DO_UNVOTE, "unvote" },
	{ DO_FOCUS, "focus" },
	{ DO_ABORT, "abort" },
	{ DO_BACK, "quit" },
};

static void
key_of(struct ui *u, const char *command, size_t len, const char *key)
{
	char *words = mem_dupn(command, len);
	struct buf none = { 0 };

	if (!ui_command_key(u, words, &none))
		strs_take(&u->keyed, mem_fmt("%s\t%s", words, key));
	buf_fini(&none);
	free(words);
}

/* The command that an answer's line begins with. */
static size_t
command_len(const char *line)
{
	size_t best = 0;

	for (size_t i = 0; i < n_commands; i++) {
		size_t len = strlen(commands[i].words);
		if (len > best && strncmp(line, commands[i].words, len) == 0 &&
		    (line[len] == ' ' || line[len] == '\0'))
			best = len;
	}
	return best;
}

/* What a key would do in this pane, asked of the pane itself. */
static void
ask_view(struct ui *u, const struct scene *sc, const struct binding *b)
{
	struct view_answer a = { 0 };
	struct pane_state probe = *ui_state(u);
	enum answer what;
	size_t len;

	probe.folded = (struct strs){ 0 };
	what = ui_view(u)->verb(&probe, sc, b->verb, ui_pane_rect(u, sc), &a);
	len = a.command.data != NULL ? command_len(a.command.data) : 0;
	if ((what == ANSWER_COMMAND || what == ANSWER_TYPE || what == ANSWER_TYPE_TEXT) && len > 0)
		key_of(u, a.command.data, len, b->key);
	for (size_t i = 0; what == ANSWER_NOT_MINE && i < sizeof own / sizeof *own; i++)
		if (own[i].verb == b->verb)
			key_of(u, own[i].command, strlen(own[i].command), b->key);
	view_fini_answer(&a);
	strs_fini(&probe.folded);
}

void
ui_find_keys(struct ui *u, const struct scene *sc)
{
	bool asked[N_VERBS] = { false };

	strs_fini(&u->keyed);
	for (size_t i = 0; i < n_bindings && !u->simple; i++) {
		const struct binding *b = &bindings[i];
		if (!binding_is_for(b, ui_view(u)) || asked[b->verb])
			continue;
		asked[b->verb] = true;
		ask_view(u, sc, b);
	}
}

bool
ui_command_key(const struct ui *u, const char *words, struct buf *out)
{
	size_t len = strlen(words);

	for (size_t i = 0; i < u->keyed.n; i++)
		if (strncmp(u->keyed.v[i], words, len) == 0 && u->keyed.v[i][len] == '\t') {
			buf_adds(out, u->keyed.v[i] + len + 1);
			return true;
		}
	return false;
}
