/* A connection that says and reads lines of the wire itself. */
#ifndef TESTS_LIVE_RAW_H
#define TESTS_LIVE_RAW_H

#include "live/host_internal.h"
#include "tests/live/world.h"

struct raw {
	struct world *w;
	int fd;
	struct peer *peer; /* the other end, while it lives */
	struct buf got;	   /* all that came */
	bool closed;
};

static inline void
raw_read(struct raw *r)
{
	char part[65536];
	ssize_t n;

	while (!r->closed && (n = recv(r->fd, part, sizeof part, MSG_DONTWAIT)) >= 0) {
		r->closed = n == 0;
		buf_add(&r->got, part, (size_t)n);
	}
}

static inline bool
raw_has(struct raw *r, const char *words)
{
	raw_read(r);
	return r->got.data != NULL && strstr(r->got.data, words) != NULL;
}

static inline size_t
raw_count(struct raw *r, const char *words)
{
	size_t n = 0;

	raw_read(r);
	for (const char *at = r->got.data; at != NULL && (at = strstr(at, words)) != NULL; at++)
		n++;
	return n;
}

static inline void
raw_forget(struct raw *r)
{
	raw_read(r);
	buf_clear(&r->got);
}

static inline bool
raw_over(struct raw *r)
{
	raw_read(r);
	return r->closed;
}

/* UNTIL with bytes that no loop watches. */
#define RAW_UNTIL(r, fact)                                                                         \
	do {                                                                                       \
		int64_t end_ = clock_mono_ms() + 10000;                                            \
		while (!(fact) && clock_mono_ms() < end_)                                          \
			loop_once((r)->w->loop, 5);                                                \
		if (!(fact))                                                                       \
			fail_msg(                                                                  \
			    "%s: %.2000s", #fact, (r)->got.data != NULL ? (r)->got.data : "");     \
	} while (0)

static inline void
raw_say(struct raw *r, const char *line)
{
	char *text = mem_fmt("%s\n", line);

	assert_int_equal(send(r->fd, text, strlen(text), MSG_NOSIGNAL), strlen(text));
	free(text);
}

/* As if the kernel said that it is that account. */
static inline struct raw
raw_of(struct world *w, unsigned long uid)
{
	struct raw r = { .w = w };
	int ends[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	host_adopt(w->host, ends[1]);
	r.fd = ends[0];
	r.peer = w->host->peers[w->host->n_peers - 1];
	r.peer->uid = uid;
	r.peer->is_own = uid == geteuid();
	return r;
}

static inline struct raw
raw_new(struct world *w)
{
	return raw_of(w, geteuid());
}

static inline void
raw_end(struct raw *r)
{
	close(r->fd);
	buf_fini(&r->got);
}

#define HELLO(more) "{\"type\":\"hello\",\"version\":1" more "}"

/* All it is told until now has come. */
static inline void
raw_settle(struct raw *r)
{
	static int number;
	char *ping = mem_fmt("{\"type\":\"ping\",\"seq\":%d}", ++number);
	char *pong = mem_fmt("{\"type\":\"pong\",\"seq\":%d}", number);

	raw_say(r, ping);
	RAW_UNTIL(r, raw_has(r, pong));
	free(ping);
	free(pong);
}

static inline struct raw
raw_join(struct world *w, const char *hello)
{
	struct raw r = raw_new(w);

	raw_say(&r, hello);
	RAW_UNTIL(&r, raw_has(&r, "\"type\":\"ready\""));
	return r;
}

/* The last whole line of that type. "" when there was none. Yours. */
static inline char *
raw_last(struct raw *r, const char *type)
{
	char *begin = mem_fmt("{\"type\":\"%s\"", type);
	const char *at, *last = NULL;
	char *line;

	raw_read(r);
	for (at = r->got.data; at != NULL && (at = strstr(at, begin)) != NULL; at++)
		if (strchr(at, '\n') != NULL)
			last = at;
	line = last != NULL ? mem_dupn(last, strcspn(last, "\n")) : mem_dup("");
	free(begin);
	return line;
}

static inline bool
raw_last_has(struct raw *r, const char *type, const char *words)
{
	char *line = raw_last(r, type);
	bool has = strstr(line, words) != NULL;

	free(line);
	return has;
}

/* The clock of a host in tests. */
static int64_t raw_clock_ms_now = 1000000;

static inline int64_t
raw_clock_ms(void)
{
	return raw_clock_ms_now;
}

#endif
