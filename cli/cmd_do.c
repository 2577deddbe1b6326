#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/accounts.h"
#include "cli/joining.h"
#include "commands/command.h"

struct doing {
	struct target target;
	struct loop *loop;
	struct client *client;
	struct zones zones;
	struct strs here; /* names, as the last presence told them */
	char *secret; /* by which one's account is found */
	bool keep_going;
	int status; /* of the first refusal */
};

static struct command_scene
scene_of(struct doing *k)
{
	struct command_scene s = { 0 };

	s.d = client_debrief(k->client);
	s.me = client_name(k->client);
	s.role = client_role(k->client);
	s.now_ns =
	    clock_now_ns() / NS_PER_S * NS_PER_S; /* whole seconds: the file is read by people */
	s.zone = zones_of(&k->zones, s.d);
	s.last_event_ns = client_last_event_ns(k->client);
	s.random = rand_bits;
	s.here = &k->here;
	return s;
}

static void
note_here(void *ctx)
{
	struct doing *k = ctx;
	size_t n;
	const struct here *here = client_here(k->client, &n);

	strs_fini(&k->here);
	for (size_t i = 0; i < n; i++)
		strs_add(&k->here, here[i].name);
}

static void
say_asked(void *ctx, const struct message *m)
{
	target_notice(ctx, m->text != NULL ? m->text : "");
}

/* What only a screen can do. */
static bool
is_for_screen(const struct strs *words, struct err *e)
{
	size_t used;
	const struct command *c = command_find(words, &used, NULL);

	if (c == NULL || !c->screen)
		return false;
	err_set(e, ERR_USAGE, "%s is for the screen: nothing was changed: just leave it out",
	    c->words);
	return true;
}

/* What the host answered, as a line; the next command waits until it is out. */
static bool
print_answer(const struct buf *text, struct err *e)
{
	const char *line = text->data != NULL ? text->data : "ok";

	if (printf("%s\n", line) < 0 || fflush(stdout) != 0)
		return err_set(e, ERR_STORE,
		    "standard output cannot be written: this command is done: look at where "
		    "it goes");
	return true;
}

static bool
send_op(struct doing *k, struct op *op, struct err *e)
{
	struct buf text = { 0 };
	bool good = client_ask(k->client, op, &text, e) && print_answer(&text, e);

	buf_fini(&text);
	return good;
}

/* Returns whether to go on. */
static bool
note_refusal(struct doing *k, struct err *e, size_t line)
{
	if (line > 0)
		err_prefix(e, "line %zu", line);
	program_fail(e);
	if (k->status == 0)
		k->status = (int)e->kind;
	return k->keep_going && client_state(k->client) != CLIENT_ENDED;
}

/* Kept beside the client: the host hears of a line when it is released. */
static bool
do_account(
    struct doing *k, const struct command_scene *s, const struct strs *words, struct err *e)
{
	struct account *a = k->secret == NULL
				? NULL
				: account_open(k->secret, client_debrief(k->client)->item.id, e);
	struct accounted x = { 0 };
	struct strs rows = { 0 };
	bool good = a != NULL && account_run(a, s, words, &x, e);

	if (k->secret == NULL)
		err_set(e, ERR_REFUSED, "an account needs a name to be kept for: nothing was kept");
	for (size_t i = 0; good && i < x.lines.n; i++) {
		struct op op;
		good = command_read_line(s, x.lines.v[i], &op, e) && send_op(k, &op, e) &&
		       account_drop(a, x.keys.v[i], e);
	}
	if (good && x.list)
		account_put(a, s->zone, &rows);
	for (size_t i = 0; i < rows.n; i++)
		printf("%s\n", rows.v[i]);
	if (good && x.said.len > 0)
		printf("%s\n", x.said.data);
	strs_fini(&rows);
	accounted_fini(&x);
	account_free(a);
	return good;
}

static bool
do_words(struct doing *k, const struct strs *words, struct err *e)
{
	struct command_scene s = scene_of(k);
	struct op op;

	if (words->n > 0 && strcmp(words->v[0], "account") == 0)
		return do_account(k, &s, words, e);
	return !is_for_screen(words, e) && command_read(&s, words, &op, e) && send_op(k, &op, e);
}

static bool
do_line(struct doing *k, char *line, size_t len, size_t number)
{
	struct strs words = { 0 };
	struct err e = { 0 };
	bool good;

	while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r'))
		line[--len] = '\0';
	if (strlen(line) != len) {
		err_set(
		    &e, ERR_REFUSED, "there is a NUL byte in it: nothing was changed: take it out");
		return note_refusal(k, &e, number);
	}
	if (!words_split(line, &words, &e))
		return note_refusal(k, &e, number);
	good = words.n == 0 || do_words(k, &words, &e);
	strs_fini(&words);
	return good || note_refusal(k, &e, number);
}

static void
do_lines(struct doing *k)
{
	char *line = NULL;
	size_t cap = 0, number = 0;
	ssize_t n;

	while ((n = getline(&line, &cap, stdin)) >= 0)
		if (!do_line(k, line, (size_t)n, ++number))
			break;
	if (n < 0 && ferror(stdin) && k->status == 0)
		k->status = program_refuse(ERR_STORE,
		    "standard input cannot be read: %zu lines are done: %s", number,
		    strerror(errno));
	free(line);
}

static void
do_arguments(struct doing *k, const struct invocation *in)
{
	struct strs words = { 0 };
	struct err e = { 0 };

	for (size_t i = 1; i < in->n_words; i++)
		strs_add(&words, in->words[i]);
	if (!do_words(k, &words, &e))
		note_refusal(k, &e, 0);
	strs_fini(&words);
}

static bool
do_join(struct doing *k, const struct invocation *in, struct err *e)
{
	static const struct client_calls calls = {
		.notice = target_notice, .asked = say_asked, .presence = note_here
	};
	struct joining j;

	if (!target_place(&k->target, e) || !joining_of(in, &k->target, "join", &j, e))
		return false;
	k->client = client_new(k->loop, &k->target.place, &j.options, &calls, k, e);
	k->secret = mem_dup(j.secret);
	joining_fini(&j);
	return k->client != NULL && client_wait_ready(k->client, e);
}

int
cmd_do(const struct invocation *in)
{
	struct doing k = { .keep_going = option_value(in, "keep-going") != NULL };
	struct err e = { 0 };

	if (!target_join(in, in->words[0], &k.target, &e))
		return program_fail(&e);
	k.loop = loop_new();
	if (!do_join(&k, in, &e))
		k.status = program_fail(&e);
	else if (in->n_words > 1)
		do_arguments(&k, in);
	else
		do_lines(&k);
	free(k.secret);
	client_free(k.client);
	loop_free(k.loop);
	strs_fini(&k.here);
	zones_fini(&k.zones);
	target_close(&k.target);
	return k.status;
}
