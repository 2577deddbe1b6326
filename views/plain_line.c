/* A typed line: an answer to what waits, a word of the conversation, or a command. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "views/plain_state.h"

/* One typed line on its way. */
struct typed {
	struct plain *p;
	const struct scene *sc;
	const struct command_scene *cs;
	const char *line; /* trimmed */
	struct plain_out *o;
	struct buf *out;
};

static bool
leads(const struct scene *sc)
{
	return sc->role == PERSON_FACILITATOR || sc->role == PERSON_SCRIBE;
}

/* Does the line begin with this word? Then what follows it. */
static const char *
after_word(const char *line, const char *first)
{
	size_t len = strlen(first);

	if (strncmp(line, first, len) != 0 || (line[len] != '\0' && line[len] != ' '))
		return NULL;
	return line + len + strspn(line + len, " ");
}

/* The line as an op, or what is wrong with it. */
static bool
read_op(const struct typed *t, const char *line, struct op *op, struct err *e)
{
	struct strs words = { 0 };
	bool good = plain_words(t->p, t->cs, line, &words, e);

	if (good && words.n == 0)
		*op = (struct op){ 0 };
	else if (good)
		good = command_read(t->cs, &words, op, e);
	strs_fini(&words);
	return good;
}

static void
put_error(const struct typed *t, const char *text)
{
	struct buf named = { 0 };

	plain_name_ids(t->p, text, &named);
	plain_put_error(t->out, named.data != NULL ? named.data : "");
	plain_end(t->out);
	buf_fini(&named);
}

static bool
knows_command(const char *line)
{
	struct strs raw = { 0 };
	size_t used;
	bool knows;

	for (const char *at = line + strspn(line, " "); raw.n < 2 && *at != '\0';) {
		size_t len = strcspn(at, " ");
		strs_addn(&raw, at, len);
		at += len + strspn(at + len, " ");
	}
	knows = command_find(&raw, &used, NULL) != NULL;
	for (size_t i = 0; !knows && i < n_commands && raw.n > 0; i++) /* "card ad": known in part */
		knows = strncmp(commands[i].words, raw.v[0], strlen(raw.v[0])) == 0 &&
			commands[i].words[strlen(raw.v[0])] == ' ';
	strs_fini(&raw);
	return knows;
}

static void
drop_held(struct plain *p)
{
	free(p->held);
	p->held = NULL;
}

static void
run_op(const struct typed *t, struct op *op)
{
	if (t->p->dayless != NULL && plain_says_day(op)) { /* what waited for it comes next */
		t->o->line = t->p->dayless;
		t->p->dayless = NULL;
	}
	t->o->what = PLAIN_RUN;
	t->o->op = *op;
}

/* A line of the grammar; `sure`: its wording was asked about already. */
static void
run_line(const struct typed *t, const char *line, bool sure)
{
	struct err e = { 0 };
	struct op op;

	if (!read_op(t, line, &op, &e)) {
		if (!plain_wants_day(t->p, t->cs, line, t->out))
			put_error(t, e.text);
		return;
	}
	if (op.command == NULL)
		return;
	if (!sure && plain_wording(t->sc, &op, t->out)) {
		char *copy = mem_dup(line);
		drop_held(t->p);
		t->p->held = copy;
		t->p->held_told = true;
		op_fini(&op);
		return;
	}
	plain_missing_rules(t->p, t->sc, &op, t->out);
	if (strcmp(op.command, "save") == 0 && !leads(t->sc)) { /* commits are for who leads */
		plain_put_done(t->p, t->sc, &op, "ok", t->out);
		plain_end(t->out);
		op_fini(&op);
		return;
	}
	if (t->sc->d->votes_each == 0 && strcmp(op.command, "vote") == 0) {
		plain_say(t->out, WORD_PLAIN_NO_VOTE, NULL);
		plain_end(t->out);
		op_fini(&op);
		return;
	}
	run_op(t, &op);
}

static void
say(const struct typed *t, enum word w)
{
	plain_say(t->out, w, NULL);
	plain_end(t->out);
}

static void
do_follow(const struct typed *t, const char *rest)
{
	struct plain *p = t->p;

	(void)rest;
	p->not_following = !p->not_following;
	say(t, p->not_following ? WORD_PLAIN_NOT_FOLLOWING : WORD_PLAIN_FOLLOWING);
	if (!p->not_following && id_some(t->sc->d->focus))
		plain_read_item(p, t->sc, t->sc->d->focus, t->out);
}

static void
do_drop(const struct typed *t, const char *rest)
{
	bool some = t->p->held != NULL || t->p->confirm != NULL || t->p->dayless != NULL;

	(void)rest;
	drop_held(t->p);
	free(t->p->confirm);
	t->p->confirm = NULL;
	free(t->p->dayless);
	t->p->dayless = NULL;
	say(t, some ? WORD_PLAIN_DROPPED : WORD_PLAIN_NOTHING_TO_DROP);
}

static void
do_quiet(const struct typed *t, const char *rest)
{
	(void)rest;
	t->p->quiet = true;
	say(t, WORD_PLAIN_QUIET);
}

static void
do_news(const struct typed *t, const char *rest)
{
	(void)rest;
	t->p->quiet = false;
	t->p->asked_told = false;
	t->p->rung_ns = 0;
	plain_news(t->p, t->sc, true, t->out);
}

static void
do_where(const struct typed *t, const char *rest)
{
	plain_where(t->p, t->sc, rest, t->out);
}

static void
do_who(const struct typed *t, const char *rest)
{
	(void)rest;
	plain_who(t->sc, t->out);
	plain_end(t->out);
}

static void
do_read(const struct typed *t, const char *rest)
{
	plain_read(t->p, t->sc, t->cs, rest, t->out);
	plain_end(t->out);
}

static void
do_more(const struct typed *t, const char *rest)
{
	(void)rest;
	if (t->p->rest.n == 0)
		say(t, WORD_PLAIN_NO_MORE);
	else
		plain_more(t->p, t->out);
}

static void
do_help(const struct typed *t, const char *rest)
{
	plain_help(t->p, t->sc, rest, t->out);
}

/* The next of the stage's questions; the room's own first. */
static void
do_another(const struct typed *t, const char *rest)
{
	const struct strs *all = t->sc->prompts;
	struct buf b = { 0 };

	(void)rest;
	if (all == NULL || all->n == 0) {
		say(t, WORD_PLAIN_NO_QUESTION);
		return;
	}
	t->p->prompt = (t->p->prompt + 1) % all->n;
	plain_put(&b, all->v[t->p->prompt]);
	plain_say(t->out, WORD_PLAIN_THE_QUESTION, b.data);
	plain_end(t->out);
	buf_fini(&b);
}

/* In a discussion the next topic, while the curtain is down a step. */
static void
do_next(const struct typed *t, const char *rest)
{
	char *line = NULL, *then = NULL;

	(void)rest;
	if (t->sc->d->curtain_ns != TIME_NONE)
		line = mem_dup("curtain next");
	else
		plain_next_topic(t->sc, &line, &then);
	if (line == NULL)
		say(t, WORD_PLAIN_NO_NEXT);
	else
		run_line(t, line, true);
	if (t->o->what == PLAIN_RUN)
		t->o->line = then;
	else
		free(then);
	free(line);
}

static void
answer(const struct typed *t, bool yes)
{
	char *line = plain_answer(t->p, t->sc, yes, t->out);

	plain_end(t->out);
	if (line != NULL)
		run_line(t, line, true);
	free(line);
}

static void
do_yes(const struct typed *t, const char *rest)
{
	(void)rest;
	answer(t, true);
}

static void
do_no(const struct typed *t, const char *rest)
{
	(void)rest;
	answer(t, false);
}

static void
do_quit(const struct typed *t, const char *rest)
{
	(void)rest;
	if (!plain_confirm(t->p, t->sc, "quit", t->out))
		t->o->what = PLAIN_LEAVE;
	plain_end(t->out);
}

static void
do_screen(const struct typed *t, const char *rest)
{
	(void)rest;
	say(t, WORD_PLAIN_FOR_SCREENS);
}

/* Words of the conversation, that the grammar does not have. `alone`: with words after it, it is
 * the grammar's. */
static const struct {
	const char *word;
	void (*run)(const struct typed *t, const char *rest);
	bool alone;
} words_of[] = {
	{ "where", do_where, false },
	{ "who", do_who, true },
	{ "read", do_read, false },
	{ "news", do_news, true },
	{ "more", do_more, true },
	{ "follow", do_follow, true },
	{ "drop", do_drop, true },
	{ "quiet", do_quiet, true },
	{ "another", do_another, true },
	{ "next", do_next, true },
	{ "help", do_help, false },
	{ "?", do_help, false },
	{ "yes", do_yes, true },
	{ "no", do_no, true },
	{ "quit", do_quit, true },
	{ "q", do_quit, true },
	{ "exit", do_quit, true },
	{ "bye", do_quit, true },
	{ "onair", do_screen, true },
	{ "full", do_screen, true },
	{ "simple", do_screen, true },
	{ "seat next", do_screen, true },
};

static bool
is_word(const char *line)
{
	for (size_t i = 0; i < sizeof words_of / sizeof *words_of; i++) {
		const char *rest = after_word(line, words_of[i].word);
		if (rest != NULL && (rest[0] == '\0' || !words_of[i].alone))
			return true;
	}
	return after_word(line, "leave") != NULL || after_word(line, "account") != NULL;
}

/* Of two lines: do they begin with the same command, so that one says the other anew? */
static bool
same_command(const char *a, const char *b)
{
	size_t la = strcspn(a, " "), lb = strcspn(b, " ");

	return la == lb && strncmp(a, b, la) == 0;
}

/* Other words for the text of the line that waits. */
static char *
with_text(const struct typed *t, const char *held, const char *text)
{
	struct strs words = { 0 };
	struct buf out = { 0 };
	struct err e = { 0 };
	size_t longest = 0;

	if (!plain_words(t->p, t->cs, held, &words, &e) || words.n < 2) {
		strs_fini(&words);
		return mem_dup(text);
	}
	for (size_t i = 1; i < words.n; i++) /* its text is what has a space in it, or the last */
		if (strchr(words.v[i], '=') == NULL &&
		    (strlen(words.v[i]) >= strlen(words.v[longest]) || longest == 0))
			longest = i;
	free(words.v[longest]);
	words.v[longest] = mem_dup(text);
	words_join(&words, &out);
	strs_fini(&words);
	return buf_take(&out);
}

/* While a line waits: an empty one adds it, `drop` drops it, the same command says it anew, and so
 * do words that are no command at all. True: that was it. */
static bool
answer_held(const struct typed *t)
{
	struct plain *p = t->p;
	char *held = p->held, *line;

	if (held == NULL)
		return false;
	if (t->line[0] == '\0' || strcmp(t->line, "yes") == 0) {
		p->held = NULL;
		run_line(t, held, true);
		if (t->o->what != PLAIN_RUN) { /* it is not lost for a reason of the grammar */
			buf_adds(t->out, "  ");
			plain_put(t->out, held);
			plain_end(t->out);
		}
		free(held);
		return true;
	}
	if (is_word(t->line) || (knows_command(t->line) && !same_command(t->line, held)))
		return false;
	p->held = NULL;
	line = knows_command(t->line) ? mem_dup(t->line) : with_text(t, held, t->line);
	run_line(t, line, false);
	if (t->o->what == PLAIN_RUN)
		p->replaced = true;
	else if (p->held == NULL)
		p->held = mem_dup(held); /* a slip of the pen drops nothing */
	free(line);
	free(held);
	return true;
}

static bool
run_word(const struct typed *t)
{
	for (size_t i = 0; i < sizeof words_of / sizeof *words_of; i++) {
		const char *rest = after_word(t->line, words_of[i].word);
		if (rest == NULL || (words_of[i].alone && rest[0] != '\0'))
			continue;
		words_of[i].run(t, rest);
		return true;
	}
	return false;
}

static void
run_leave(const struct typed *t)
{
	struct err e = { 0 };

	if (!read_op(t, t->line, &t->o->op, &e)) {
		t->o->op = (struct op){ 0 };
		put_error(t, e.text);
	} else {
		t->o->what = PLAIN_LEAVE;
	}
}

/* While lines wait for their day: a day, or an empty line once somebody else has said it. */
static bool
answer_day(const struct typed *t)
{
	char *line = plain_day_line(t->p, t->cs, t->line);

	if (line != NULL)
		run_line(t, line, true);
	if (t->o->what != PLAIN_RUN && line != NULL && t->p->dayless == NULL)
		t->p->dayless = mem_dup(line); /* refused by the grammar: not lost */
	free(line);
	return line != NULL;
}

static void
run_typed(const struct typed *t)
{
	if (after_word(t->line, "leave") != NULL) {
		run_leave(t);
	} else if (after_word(t->line, "account") != NULL || after_word(t->line, "held") != NULL ||
		   strcmp(t->line, "earlier") == 0) {
		t->o->what = PLAIN_OWN;
		t->o->line = mem_dup(t->line);
	} else if (!knows_command(t->line)) {
		plain_no_command(t->sc, t->line, t->out);
	} else {
		run_line(t, t->line, false);
	}
}

void
plain_line(struct plain *p, const struct scene *sc, const struct command_scene *cs,
    const char *typed, struct plain_out *o, struct buf *out)
{
	struct buf line = { 0 };
	struct typed t = { .p = p, .sc = sc, .cs = cs, .o = o, .out = out };
	bool empty;

	*o = (struct plain_out){ .what = PLAIN_SAY };
	plain_take_keys_out(typed, &line);
	t.line = line.data != NULL ? line.data + strspn(line.data, " :") : "";
	empty = t.line[0] == '\0' || t.line[0] == '#';
	p->replaced = false;
	if (p->held != NULL && strcmp(t.line, "drop") != 0 && answer_held(&t)) {
		/* the line that waited has it */
	} else if (strcmp(t.line, "quit") != 0 && plain_confirm(p, sc, t.line, out)) {
		plain_end(out);
	} else if (p->dayless != NULL && answer_day(&t)) {
		/* the lines that waited go on */
	} else if (empty) {
		do_news(&t, "");
	} else if (!run_word(&t)) {
		run_typed(&t);
	}
	buf_fini(&line);
}

