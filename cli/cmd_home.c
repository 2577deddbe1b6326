#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/asking.h"
#include "cli/home_gather.h"
#include "cli/home_screen.h"
#include "commands/command.h"
#include "live/client.h"

/* A call of the program from here, with the settings that this one was given. */
static int
call(const struct invocation *in, const char *const *words, size_t n)
{
	const char **room = mem_zero(n + 2, sizeof *room);
	char **argv = mem_zero(n + 2, sizeof *argv);
	struct invocation sub = { .utf8 = in->utf8, .restricted = in->restricted };
	struct err e = { 0 };
	int status;

	argv[0] = mem_dup("debrief");
	for (size_t i = 0; i < n; i++)
		argv[i + 1] = mem_dup(words[i]);
	if (!program_parse((int)n + 1, argv, &sub, room, &e)) {
		status = program_fail(&e);
	} else {
		if (sub.repo_dir == NULL)
			sub.repo_dir = in->repo_dir;
		status = program_dispatch(&sub);
	}
	for (size_t i = 0; i <= n; i++)
		free(argv[i]);
	free(argv);
	free(room);
	return status;
}

static int
call_words(const struct invocation *in, const char *a, const char *b, const char *c)
{
	const char *const words[] = { a, b, c };

	return call(in, words, c != NULL ? 3 : b != NULL ? 2 : 1);
}

static int
run_line(const struct invocation *in, const char *line)
{
	struct strs words = { 0 };
	struct err e = { 0 };
	int status;

	if (!words_split(line, &words, &e))
		return program_fail(&e);
	if (words.n > 0 && strcmp(words.v[0], "debrief") == 0)
		strs_drop(&words, 0);
	status = words.n > 0 ? call(in, (const char *const *)words.v, words.n) : 0;
	strs_fini(&words);
	return status;
}

/* Its answer stays until it was read. */
static void
wait_for_enter(void)
{
	free(ask_line("enter goes back"));
}

static int
open_item(const struct invocation *in, const struct home_item *it)
{
	const char *const words[] = { "open", it->name, "--item", it->id.s };

	return call(in, words, id_some(it->id) ? 4 : 2);
}

/* The line that came with a code: "ssh -t USER@HOST   code CODE   name NAME". */
static int
join_by_line(const struct invocation *in, const char *line)
{
	struct strs words = { 0 };
	const char *host = NULL;
	struct err e = { 0 };
	int status;

	if (in->restricted)
		return program_refuse(ERR_REFUSED,
		    "no program is started here, and ssh is one: nothing was changed: join it from "
		    "your own machine");
	if (!words_split(line, &words, &e))
		return program_fail(&e);
	for (size_t i = 1; i < words.n && host == NULL; i++)
		if (words.v[i][0] != '-')
			host = words.v[i];
	if (host == NULL)
		status = program_refuse(ERR_USAGE,
		    "that line names no host: nothing was changed: give it whole, as it came");
	else
		status = home_ssh(line, host);
	strs_fini(&words);
	return status;
}

static int
join(const struct invocation *in, const char *text)
{
	if (text[0] == '\0')
		return call_words(in, "join", NULL, NULL);
	if (strncmp(text, "ssh ", 4) == 0)
		return join_by_line(in, text);
	return call_words(in, "join", "--", text);
}

/* What was asked, and when: a sentence that stands by itself in the file. */
static bool
say_held(struct target *t, const char *who, const struct home_item *it, const char *text,
    struct err *e)
{
	static const struct client_calls none;
	struct client_options o = { .name = who, .want = "join", .fd = -1 };
	struct loop *loop = loop_new();
	struct client *c = client_new(loop, &t->place, &o, &none, NULL, e);
	char day[TIME_TEXT];
	char *proof, *line;
	struct strs words = { 0 };
	struct buf quoted = { 0 };
	bool good = false;
	struct op op;

	proof = mem_fmt("%s (%s)", text, date_text(clock_now_ns() / NS_PER_S / 86400, day));
	line = mem_fmt("proof=%s", proof);
	strs_add(&words, "action");
	strs_add(&words, "set");
	strs_add(&words, it->id.s);
	strs_add(&words, line);
	if (c != NULL && client_wait_ready(c, e)) {
		struct command_scene s = { .d = client_debrief(c),
			.me = client_name(c),
			.role = client_role(c),
			.now_ns = clock_now_ns(),
			.random = rand_bits };
		good = command_read(&s, &words, &op, e) && client_ask(c, &op, &quoted, e);
	}
	client_free(c);
	loop_free(loop);
	strs_fini(&words);
	buf_fini(&quoted);
	free(proof);
	free(line);
	return good;
}

static int
answer_held(const struct invocation *in, const struct home_item *it, const char *text)
{
	struct target t;
	struct err e = { 0 };
	char *who;
	bool good;

	if (!target_open(in, it->name, &t, &e))
		return program_fail(&e);
	who = who_name(in, t.repo, &e);
	good = who != NULL && target_place(&t, &e) && say_held(&t, who, it, text, &e);
	free(who);
	target_close(&t);
	return good ? 0 : program_fail(&e);
}

/* A history first where there is none: in the repository around here, else in the usual folder. */
static int
begin(const struct invocation *in, const struct home_place *p, const char *title)
{
	int status = 0;

	if (!p->history)
		status = p->in_git ? call_words(in, "init", p->dir, NULL)
				   : call_words(in, "init", NULL, NULL);
	return status == 0 ? call_words(in, "new", "--", title) : status;
}

/* Returns whether what was printed is to be read first. */
static bool
act(const struct invocation *in, const struct home_place *p, const struct home_out *out)
{
	switch (out->what) {
	case HOME_OPEN: return open_item(in, out->item) != 0;
	case HOME_JOIN_LIVE: return call_words(in, "join", "--", out->item->name) != 0;
	case HOME_SAY_HELD: return answer_held(in, out->item, out->text) != 0;
	case HOME_BEGIN: return begin(in, p, out->text) != 0;
	case HOME_DEMO: return call_words(in, "demo", NULL, NULL) != 0;
	case HOME_JOIN: return join(in, out->text) != 0;
	case HOME_RUN: run_line(in, out->text); return true;
	default: return false;
	}
}

int
cmd_home(const struct invocation *in)
{
	struct home_place p = { .in = in };
	struct home_screen *s;
	struct home_out out = { .what = HOME_DRAW };
	struct err e = { 0 };
	int status = 0;

	if (!program_on_terminal())
		return program_refuse(ERR_USAGE,
		    "there is no terminal here: nothing was changed: use debrief list, new, "
		    "do or show (debrief --help)");
	s = home_screen_new(in);
	while (status == 0) {
		bool plain = home_screen_plain(s);
		if (!(plain ? home_screen_ask : home_screen_run)(s, &p, &out, &e)) {
			status = program_fail(&e);
		} else if (out.what == HOME_LEAVE) {
			break;
		} else if (act(in, &p, &out) && !plain) {
			wait_for_enter();
		}
	}
	home_screen_free(s);
	free(p.dir);
	return status;
}
