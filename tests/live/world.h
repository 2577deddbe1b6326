/* A throw-away history with one debrief, its host and clients, all on one loop in one process. */
#ifndef TESTS_LIVE_WORLD_H
#define TESTS_LIVE_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/id.h"
#include "base/when.h"
#include "live/client.h"
#include "live/host.h"
#include "storage/json_file.h"

struct world {
	char home[64];
	char *dir;
	struct repo *repo;
	struct entry entry;
	struct place place;
	struct loop *loop;
	struct host *host;
};

/* Wait for a fact, not for a time: rounds until it holds, for ten seconds at most. */
#define UNTIL(w, fact)                                                                             \
	do {                                                                                       \
		int64_t end_ = clock_mono_ms() + 10000;                                            \
		while (!(fact) && clock_mono_ms() < end_)                                          \
			loop_once((w)->loop, 100);                                                 \
		assert_true(fact);                                                                 \
	} while (0)

#define OKAY(e, good)                                                                              \
	do {                                                                                       \
		if (!(good))                                                                       \
			fail_msg("%s", (e).text);                                                  \
	} while (0)

static inline void
world_shell(struct world *w, const char *command)
{
	char *line = mem_fmt("cd '%s' && { %s; } >/dev/null 2>&1", w->dir, command);

	if (system(line) != 0)
		fail_msg("%s", line);
	free(line);
}

/* What a command prints, without the last newline. Yours. */
static inline char *
world_output(struct world *w, const char *command)
{
	char *line = mem_fmt("cd '%s' && %s", w->dir, command);
	FILE *f = popen(line, "r");
	struct buf b = { 0 };
	char part[4096];
	size_t n;

	while ((n = fread(part, 1, sizeof part, f)) > 0)
		buf_add(&b, part, n);
	pclose(f);
	free(line);
	while (b.len > 0 && b.data[b.len - 1] == '\n')
		b.data[--b.len] = '\0';
	return buf_take(&b);
}

static inline void
add_stage(struct debrief *d, const char *id, const char *order, const char *name, const char *check)
{
	struct id i;
	struct stage *s;

	assert_true(id_parse(id, &i));
	s = (struct stage *)item_new(KIND_STAGE, i);
	s->name = mem_dup(name);
	s->item.order = mem_dup(order);
	if (check != NULL)
		strs_add(&s->checks, check);
	debrief_put(d, KIND_STAGE, &s->item);
}

#define TECH "c1tech000000"
#define HIDDEN "c0hdden00000"

/* A debrief with four stages, a category and a hidden column. */
static inline struct debrief *
world_debrief(void)
{
	struct debrief *d = debrief_new(id_random());
	struct category *c;
	struct column *col;
	struct id id;

	d->title = mem_dup("Checkout 5xx");
	d->timezone = mem_dup("UTC");
	d->stage = mem_dup("timeline");
	add_stage(d, "st0000000001", "h0000a", "timeline", NULL);
	add_stage(d, "st0000000002", "h0001a", "causes", "why-two-deep");
	add_stage(d, "st0000000003", "h0002a", "actions", NULL);
	add_stage(d, "st0000000004", "h0003a", "close", NULL);
	assert_true(id_parse(TECH, &id));
	c = (struct category *)item_new(KIND_CATEGORY, id);
	c->name = mem_dup("Technical");
	c->item.order = mem_dup("h0000a");
	debrief_put(d, KIND_CATEGORY, &c->item);
	assert_true(id_parse(HIDDEN, &id));
	col = (struct column *)item_new(KIND_COLUMN, id);
	col->name = mem_dup("Went well");
	col->item.order = mem_dup("h0000a");
	col->hidden = true;
	debrief_put(d, KIND_COLUMN, &col->item);
	return d;
}

static inline void
world_env(const struct world *w)
{
	char *config = mem_fmt("%s/gitconfig", w->home);

	setenv("HOME", w->home, 1);
	setenv("XDG_RUNTIME_DIR", w->home, 1);
	setenv("XDG_DATA_HOME", w->home, 1);
	setenv("XDG_CACHE_HOME", w->home, 1);
	setenv("XDG_STATE_HOME", w->home, 1);
	setenv("GIT_CONFIG_GLOBAL", config, 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	free(config);
}

/* Git's global settings. */
static inline void
world_config(const char *text)
{
	struct err e = { 0 };

	OKAY(e, buf_write_file(getenv("GIT_CONFIG_GLOBAL"), text, strlen(text), &e));
}

static inline void
world_begin(struct world *w)
{
	struct err e = { 0 };
	struct strs said = { 0 };
	struct debrief *d = world_debrief();

	*w = (struct world){ 0 };
	/* In memory where that can be: no test is about the disk's own speed. */
	snprintf(w->home, sizeof w->home, "%s/debrief-live-XXXXXX",
	    access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	assert_non_null(mkdtemp(w->home));
	world_env(w);
	w->dir = mem_fmt("%s/history", w->home);
	assert_int_equal(mkdir(w->dir, 0700), 0);
	world_config(
	    "[user]\n\tname = lena\n\temail = lena@example.org\n[init]\n\tdefaultBranch = main\n");
	OKAY(e, repo_init(w->dir, &said, &e));
	strs_fini(&said);
	w->repo = repo_open(w->dir, &e);
	OKAY(e, w->repo != NULL);
	OKAY(e, host_begin(w->repo, d, &w->entry, &e));
	debrief_free(d);
	OKAY(e, place_of(w->repo, &w->entry, &w->place, &e));
	w->loop = loop_new();
}

static inline void
world_host(struct world *w, const struct host_options *o)
{
	struct host_options plain = { .foreground = true };
	struct err e = { 0 };
	int fd = -1;

	OKAY(e, place_lock(&w->place, &fd, &e));
	w->host = host_new(w->loop, w->repo, &w->place, o != NULL ? o : &plain, fd, &e);
	OKAY(e, w->host != NULL);
}

static inline void
world_unhost(struct world *w)
{
	host_free(w->host);
	w->host = NULL;
}

static inline void
world_end(struct world *w)
{
	char *line = mem_fmt("rm -rf '%s'", w->home);

	host_free(w->host);
	loop_free(w->loop);
	place_fini(&w->place);
	entry_fini(&w->entry);
	repo_close(w->repo);
	free(w->dir);
	assert_int_equal(system(line), 0);
	free(line);
}

struct heard { /* what a client was told */
	struct buf raw;
	struct buf notices;
	size_t changed, ready, lost;
	struct id changed_ids[4096]; /* cids in order */
	char ended[300];
};

static inline void
heard_line(void *ctx, const char *line, size_t len)
{
	struct heard *h = ctx;

	buf_add(&h->raw, line, len);
	buf_addc(&h->raw, '\n');
}

static inline void
heard_notice(void *ctx, const char *text)
{
	struct heard *h = ctx;

	buf_addf(&h->notices, "%s\n", text);
}

static inline void
heard_change(void *ctx, const struct op *op)
{
	struct heard *h = ctx;

	assert_true(h->changed < 4096);
	h->changed_ids[h->changed++] = op->cid;
}

static inline void
heard_ready(void *ctx)
{
	((struct heard *)ctx)->ready++;
}

static inline void
heard_lost(void *ctx)
{
	((struct heard *)ctx)->lost++;
}

static inline void
heard_end(void *ctx, const char *reason)
{
	snprintf(((struct heard *)ctx)->ended, 300, "%s", reason);
}

static const struct client_calls heard_calls = { .ready = heard_ready,
	.changed = heard_change,
	.notice = heard_notice,
	.lost = heard_lost,
	.ended = heard_end,
	.raw = heard_line };

static inline void
heard_fini(struct heard *h)
{
	buf_fini(&h->raw);
	buf_fini(&h->notices);
	free(h);
}

static inline bool
heard_says(const struct heard *h, const char *words)
{
	return h->notices.data != NULL && strstr(h->notices.data, words) != NULL;
}

/* Through the real socket. */
static inline struct client *
world_join(struct world *w, const char *name, const char *role, struct heard *h)
{
	struct client_options o = { .name = name, .role = role, .want = "join", .reconnect = true };
	struct err e = { 0 };
	struct client *c;

	o.fd = place_connect(&w->place, &e);
	assert_true(o.fd >= 0);
	c = client_new(
	    w->loop, &w->place, &o, h != NULL ? &heard_calls : &(struct client_calls){ 0 }, h, &e);
	OKAY(e, c != NULL && client_wait_ready(c, &e));
	return c;
}

static inline struct client *
world_join_secret(struct world *w, const char *name, const char *secret)
{
	struct client_options o = {
		.name = name, .want = "join", .secret = secret, .reconnect = true
	};
	struct err e = { 0 };
	struct client *c;

	o.fd = place_connect(&w->place, &e);
	assert_true(o.fd >= 0);
	c = client_new(w->loop, &w->place, &o, &(struct client_calls){ 0 }, NULL, &e);
	OKAY(e, c != NULL && client_wait_ready(c, &e));
	return c;
}

static inline struct heard *
heard_new(void)
{
	return mem_zero(1, sizeof(struct heard));
}

static inline struct op
event_op(int64_t second, const char *text)
{
	struct op op;
	struct change *c;

	op_init(&op, "event");
	c = op_add(&op, VERB_ADD, KIND_EVENT, id_random());
	change_put_num(c, "at", second * NS_PER_S);
	change_put_text(c, "text", text);
	return op;
}

static inline struct op
set_op(const char *command, enum kind kind, struct id id, const char *field, const char *text)
{
	struct op op;

	op_init(&op, command);
	change_put_text(op_add(&op, VERB_SET, kind, id), field, text);
	return op;
}

static inline struct op
bare_op(const char *command, const char *arg)
{
	struct op op;

	op_init(&op, command);
	op.arg = mem_dup(arg);
	return op;
}

static inline struct op
card_op(const char *text)
{
	struct op op;
	struct change *c;

	op_init(&op, "card");
	c = op_add(&op, VERB_ADD, KIND_CARD, id_random());
	change_put_text(c, "column", HIDDEN);
	change_put_text(c, "text", text);
	return op;
}

static inline struct op
cause_op(const char *text)
{
	struct op op;
	struct change *c;

	op_init(&op, "cause");
	c = op_add(&op, VERB_ADD, KIND_CAUSE, id_random());
	change_put_text(c, "category", TECH);
	change_put_text(c, "text", text);
	return op;
}

/* Sent and accepted. The answer is yours when `out` is not NULL. */
static inline void
done(struct client *c, struct op op, char **out)
{
	struct err e = { 0 };
	struct buf text = { 0 };

	OKAY(e, client_ask(c, &op, &text, &e));
	assert_non_null(text.data);
	if (out != NULL)
		*out = buf_take(&text);
	buf_fini(&text);
}

/* Sent and refused, with these words in it. */
static inline void
refused(struct client *c, struct op op, enum err_kind kind, const char *words)
{
	struct err e = { 0 };

	assert_false(client_ask(c, &op, NULL, &e));
	if (strstr(e.text, words) == NULL)
		fail_msg("\"%s\" is not in: %s", words, e.text);
	assert_int_equal(e.kind, kind);
}

/* Nothing is hidden any more. */
static inline void
world_reveal(struct client *c)
{
	struct op op;
	struct id column;

	assert_true(id_parse(HIDDEN, &column));
	op_init(&op, "reveal");
	change_put_num(op_add(&op, VERB_SET, KIND_COLUMN, column), "hidden", 0);
	done(c, op, NULL);
}

#endif
