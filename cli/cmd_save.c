#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/target.h"
#include "live/client.h"

enum { SHORT_HASH = 7 };

struct newest {
	char hex[REPO_HEX];
	char *subject;
};

static bool
first_commit(void *ctx, const struct repo_commit_info *c)
{
	struct newest *n = ctx;

	snprintf(n->hex, sizeof n->hex, "%s", c->hex);
	free(n->subject);
	n->subject = mem_dup(c->subject);
	return false;
}

static struct newest
newest_commit(struct target *t)
{
	struct newest n = { 0 };

	repo_log(t->repo, t->entry.path, first_commit, &n, NULL);
	return n;
}

static bool
ask_save(struct target *t, struct client *c, const char *message, struct err *e)
{
	struct op op;

	(void)t;
	op_init(&op, "save");
	op.arg = mem_dup(message);
	return client_wait_ready(c, e) && client_ask(c, &op, NULL, e);
}

static bool
save(struct target *t, const struct invocation *in, struct err *e)
{
	static const struct client_calls calls = { .notice = target_notice };
	struct client_options o = { .want = "join", .reconnect = true, .fd = -1 };
	struct loop *loop = loop_new();
	struct client *c = NULL;
	char *name = who_name(in, t->repo, e);
	bool good = false;

	o.name = name;
	if (name != NULL && target_place(t, e))
		c = client_new(loop, &t->place, &o, &calls, NULL, e);
	if (c != NULL)
		good = ask_save(t, c, option_value(in, "message"), e);
	client_free(c);
	loop_free(loop);
	free(name);
	return good;
}

int
cmd_save(const struct invocation *in)
{
	struct newest before = { 0 }, after = { 0 };
	struct buf out = { 0 };
	struct target t;
	struct err e = { 0 };
	int status;

	if (!target_open(in, in->words[0], &t, &e))
		return program_fail(&e);
	who_ask(t.repo);
	before = newest_commit(&t);
	if (!save(&t, in, &e)) {
		status = program_fail(&e);
	} else {
		after = newest_commit(&t);
		if (strcmp(before.hex, after.hex) == 0)
			buf_adds(&out, "nothing has changed since the last save\n");
		else
			buf_addf(&out, "%.*s %s\n", SHORT_HASH, after.hex,
			    after.subject ? after.subject : "");
		status = program_print(&out);
	}
	free(before.subject);
	free(after.subject);
	buf_fini(&out);
	target_close(&t);
	return status;
}
