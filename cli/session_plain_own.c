#include <stdlib.h>
#include <string.h>

#include "cli/accounts.h"
#include "cli/session_plain.h"
#include "views/words.h"

enum { EARLIER_MOST = 12 };

static void
say(struct talk *t, const char *text)
{
	size_t from = t->said.len;

	buf_addf(&t->said, "%s\n", text);
	if (t->said.data[from] >= 'a' && t->said.data[from] <= 'z')
		t->said.data[from] = (char)(t->said.data[from] - 'a' + 'A');
}

/* A word with the first `len` bytes of a text put in. */
static void
say_made(struct talk *t, enum word w, const char *text, size_t len)
{
	char *part = mem_dupn(text, len < strlen(text) ? len : strlen(text));

	word_put(&t->said, w, part);
	buf_addc(&t->said, '\n');
	free(part);
}

/* "1\t14:05\ttext" */
static void
list_account(struct talk *t, const struct zone *zone)
{
	struct strs rows = { 0 };

	account_put(t->s.account, zone, &rows);
	if (rows.n == 0)
		say(t, word(WORD_PLAIN_ACCOUNT_EMPTY));
	for (size_t i = 0; i < rows.n; i++) {
		char *row = rows.v[i];
		for (char *p = row; *p != '\0'; p++)
			if (*p == '\t')
				*p = ',';
		buf_addf(&t->said, "  %s\n", row);
	}
	if (rows.n > 0)
		say(t, word(WORD_PLAIN_ACCOUNT_HOW));
	strs_fini(&rows);
}

static void
run_account(struct talk *t, const char *line)
{
	struct command_scene cs = session_commands(&t->s);
	struct strs words = { 0 };
	struct accounted x = { 0 };
	struct err e = { 0 };
	bool good = words_split(line, &words, &e);

	good = good && session_need_account(&t->s, words.n == 1, &e) &&
	       account_run(t->s.account, &cs, &words, &x, &e);
	if (!good)
		say(t, e.text);
	else if (x.list)
		list_account(t, cs.zone);
	else if (x.said.len > 0)
		say(t, x.said.data);
	for (size_t i = 0; good && i < x.lines.n; i++) {
		strs_add(&t->todo, x.lines.v[i]);
		strs_add(&t->texts, x.keys.v[i]);
	}
	accounted_fini(&x);
	strs_fini(&words);
}

/* "line\tmark\twords": the words, and what does it. */
static void
run_earlier(struct talk *t)
{
	struct strs lines = { 0 };
	struct err e = { 0 };

	if (!session_earlier_lines(&t->s, &lines, &e))
		say(t, e.text);
	else if (lines.n == 0)
		say(t, word(WORD_PLAIN_NO_EARLIER));
	for (size_t i = 0; i < lines.n && i < EARLIER_MOST; i++) {
		const char *words = strrchr(lines.v[i], '\t');
		size_t len = strcspn(lines.v[i], "\t");
		buf_addf(&t->said, "  %s\n", words != NULL ? words + 1 : "");
		if (len > 0)
			say_made(t, WORD_PLAIN_TO_DO_IT, lines.v[i], len);
	}
	if (lines.n > EARLIER_MOST)
		say_made(t, WORD_PLAIN_AND_MORE, digits((int64_t)(lines.n - EARLIER_MOST)).s, SIZE_MAX);
	strs_fini(&lines);
}

static void
run_held(struct talk *t, const char *line)
{
	struct strs run = { 0 };
	struct err e = { 0 };

	if (!session_held_lines(&t->s, line, &run, &e))
		say(t, e.text);
	else if (run.n == 0)
		say(t, word(WORD_PLAIN_IT_HELD));
	for (size_t i = 0; i < run.n; i++) {
		strs_add(&t->todo, run.v[i]);
		strs_add(&t->texts, "");
	}
	strs_fini(&run);
}

void
talk_own(struct talk *t, const char *line)
{
	if (is_account(line))
		run_account(t, line);
	else if (is_held(line))
		run_held(t, line);
	else
		run_earlier(t);
}

bool
talk_next(struct talk *t)
{
	struct command_scene cs;
	struct err e = { 0 };
	struct op op;
	char *line;
	bool good;

	if (t->todo.n == 0)
		return false;
	cs = session_commands(&t->s);
	line = mem_dup(t->todo.v[0]);
	free(t->releases);
	t->releases = mem_dup(t->texts.v[0]);
	strs_drop(&t->todo, 0);
	strs_drop(&t->texts, 0);
	good = command_read_line(&cs, line, &op, &e) && op.command != NULL;
	free(line);
	if (!good) {
		say(t, e.text);
		return false;
	}
	talk_send(t, &op);
	return true;
}

void
talk_released(struct talk *t)
{
	struct err e = { 0 };

	if (t->releases != NULL && t->releases[0] != '\0' && t->s.account != NULL &&
	    !account_drop(t->s.account, t->releases, &e))
		say(t, e.text);
	free(t->releases);
	t->releases = NULL;
}
