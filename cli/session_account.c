#include <stdlib.h>
#include <string.h>

#include "cli/accounts.h"
#include "cli/session_state.h"

/* Shown as lines to choose from: enter releases one. */
static void
show(struct session *s, const struct scene *sc)
{
	struct strs rows = { 0 }, lines = { 0 };

	account_put(s->account, sc->zone, &rows);
	strs_add(&lines, "account add \t+\twrite a line: WHEN TEXT");
	for (size_t i = 0; i < rows.n; i++) {
		const char *tab = strchr(rows.v[i], '\t');
		strs_take(&lines, mem_fmt("account release %zu\t%.*s\t%s", i + 1,
				      (int)(tab - rows.v[i]), rows.v[i], tab + 1));
	}
	for (size_t i = 1; i < lines.n; i++) { /* the time and the words in one column */
		char *tab = strrchr(lines.v[i], '\t');
		*tab = ' ';
	}
	ui_show_lines(s->ui, "your account: only you see this   enter releases a line", &lines);
	strs_fini(&rows);
	strs_fini(&lines);
}

/* The numbers are those of the list that was shown, whatever another screen has added since. */
bool
session_need_account(struct session *s, bool anew, struct err *e)
{
	if (anew) {
		account_free(s->account);
		s->account = NULL;
	}
	if (s->account == NULL)
		s->account = account_open(s->secret, client_debrief(s->client)->item.id, e);
	return s->account != NULL;
}

void
session_account(struct session *s, const char *line)
{
	struct scene sc = session_scene(s);
	struct command_scene cs = session_commands(s);
	struct strs words = { 0 };
	struct accounted x = { 0 };
	struct err e = { 0 };
	bool good;

	if (sc.on_air || sc.projector) {
		ui_say(s->ui, "others see this screen: your account is shown on one of your own");
		return;
	}
	good = words_split(line, &words, &e) && session_need_account(s, words.n == 1, &e) &&
	       account_run(s->account, &cs, &words, &x, &e);
	if (!good)
		ui_say(s->ui, e.text);
	else if (x.list)
		show(s, &sc);
	else if (x.said.len > 0)
		ui_say(s->ui, x.said.data);
	for (size_t i = 0; good && i < x.lines.n; i++) {
		s->last_sent = (struct id){ "" };
		session_run_lines(s, x.lines.v[i], NULL, NULL);
		if (id_some(s->last_sent)) {
			strs_add(&s->released, s->last_sent.s);
			strs_add(&s->released, x.keys.v[i]);
		}
	}
	accounted_fini(&x);
	strs_fini(&words);
}

void
session_released(struct session *s, struct id cid)
{
	struct err e = { 0 };

	for (size_t i = 0; i + 1 < s->released.n; i += 2) {
		if (strcmp(s->released.v[i], cid.s) != 0)
			continue;
		if (s->account != NULL && !account_drop(s->account, s->released.v[i + 1], &e))
			ui_say(s->ui, e.text);
		strs_drop(&s->released, i + 1);
		strs_drop(&s->released, i);
		return;
	}
}
