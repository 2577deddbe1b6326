/* People in a debrief, each with an own secret, and what is to be found where. */
#ifndef TESTS_LIVE_PEOPLE_H
#define TESTS_LIVE_PEOPLE_H

#include "live/client_internal.h"
#include "live/secret.h"
#include "model/visible.h"
#include "tests/live/world.h"

struct who {
	struct world *w;
	const char *name, *role, *want;
	char *secret;
	struct heard *heard;
	struct client *c;
};

static inline void
who_joins(struct who *p)
{
	struct client_options o = { .name = p->name,
		.role = p->role,
		.want = p->want,
		.secret = p->secret,
		.reconnect = true };
	struct err e = { 0 };

	p->heard = heard_new();
	o.fd = place_connect(&p->w->place, &e);
	assert_true(o.fd >= 0);
	p->c = client_new(p->w->loop, &p->w->place, &o, &heard_calls, p->heard, &e);
	OKAY(e, p->c != NULL && client_wait_ready(p->c, &e));
}

static inline struct who
who_comes(struct world *w, const char *name, const char *role, const char *want)
{
	struct who p = { .w = w, .name = name, .role = role, .want = want, .secret = secret_new() };

	who_joins(&p);
	return p;
}

static inline void
who_drops(struct who *p) /* the secret stays */
{
	client_free(p->c);
	heard_fini(p->heard);
	p->c = NULL;
	p->heard = NULL;
}

static inline void
who_goes(struct who *p)
{
	if (p->c != NULL)
		who_drops(p);
	free(p->secret);
}

/* All that was under way has arrived: a ping of everybody's own would do; a change that all see
 * does. */
static inline void
all_is_told(struct who *lead, struct who *const *others, size_t n)
{
	static int64_t second = 1485818900;

	done(lead->c, event_op(second++, "a bell for all"), NULL);
	for (size_t i = 0; i < n; i++)
		UNTIL(lead->w,
		    DEBRIEF_N(client_debrief(others[i]->c), EVENT) ==
			DEBRIEF_N(host_debrief(lead->w->host), EVENT));
}

/* The connection breaks. */
static inline void
who_is_cut(struct who *p)
{
	shutdown(p->c->s.fd, SHUT_RDWR);
}

static inline bool
bytes_have(const struct buf *b, const char *words)
{
	return b->data != NULL && memmem(b->data, b->len, words, strlen(words)) != NULL;
}

static inline bool
who_read(const struct who *p, const char *words)
{
	return bytes_have(&p->heard->raw, words);
}

static inline size_t
who_got_ops(const struct who *p)
{
	size_t n = 0;

	for (const char *at = p->heard->raw.data;
	     at != NULL && (at = strstr(at, "{\"type\":\"op\"")) != NULL; at++)
		n++;
	return n;
}

/* The journal's bytes, its log too. */
static inline void
journal_bytes(struct world *w, struct buf *out)
{
	char *file = history_journal_file(w->repo, w->place.id), *log = mem_fmt("%s-wal", file);

	buf_read_file(out, file, 64 << 20, NULL);
	buf_read_file(out, log, 64 << 20, NULL);
	free(file);
	free(log);
}

static inline bool
journal_has(struct world *w, const char *words)
{
	struct buf b = { 0 };
	bool has;

	journal_bytes(w, &b);
	has = bytes_have(&b, words);
	buf_fini(&b);
	return has;
}

static inline bool
key_is_there(struct world *w)
{
	char *file = mem_fmt("%s/debrief/keys/%s", getenv("XDG_STATE_HOME"), w->place.id.s);
	bool there = access(file, F_OK) == 0;

	free(file);
	return there;
}

static inline struct op
card_in(const char *column, const char *text)
{
	struct op op;
	struct change *c;

	op_init(&op, "card");
	c = op_add(&op, VERB_ADD, KIND_CARD, id_random());
	change_put_text(c, "column", column);
	change_put_text(c, "text", text);
	return op;
}

static inline struct op
flag_op(const char *command, const char *id, const char *field, bool yes)
{
	struct id i;
	struct op op;

	assert_true(id_parse(id, &i));
	op_init(&op, command);
	change_put_num(op_add(&op, VERB_SET, KIND_COLUMN, i), field, yes);
	return op;
}

static inline struct op
remove_op(enum kind kind, const char *id)
{
	struct id i;
	struct op op;

	assert_true(id_parse(id, &i));
	op_init(&op, "card");
	op_add(&op, VERB_REMOVE, kind, i);
	return op;
}

static inline struct op
text_op(enum kind kind, const char *id, const char *field, const char *text)
{
	struct id i;

	assert_true(id_parse(id, &i));
	return set_op(schema_of(kind)->word, kind, i, field, text);
}

#define OPEN "c0pen0000000"
#define SECRET_COLUMN "c0anan000000"

/* A column in the open, and one that is hidden and anonymous, made by who leads. */
static inline void
add_columns(struct who *lead)
{
	struct op op;
	struct change *c;
	struct id id;

	op_init(&op, "column");
	assert_true(id_parse(OPEN, &id));
	change_put_text(op_add(&op, VERB_ADD, KIND_COLUMN, id), "name", "In the open");
	assert_true(id_parse(SECRET_COLUMN, &id));
	c = op_add(&op, VERB_ADD, KIND_COLUMN, id);
	change_put_text(c, "name", "Nobody's");
	change_put_num(c, "hidden", 1);
	change_put_num(c, "anonymous", 1);
	done(lead->c, op, NULL);
}

#endif
