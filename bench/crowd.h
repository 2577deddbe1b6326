/* Many sockets of one host in one process: what each was told, and when what is looked for came. */
#ifndef BENCH_CROWD_H
#define BENCH_CROWD_H

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench/bench.h"
#include "live/wire.h"

enum { GIVE_UP_MS = 10000 };

struct sock {
	int fd;
	struct wire_in in;
	bool ready, answered, asleep;
	size_t got; /* of the marked changes */
	struct id item;
	double due_ms;
	struct buf out; /* what it could not send yet */
	size_t number;
};
struct crowd {
	struct sock *v;
	size_t n;
	int poll_fd;
	const char *mark; /* lines with it are counted; or NULL */
	size_t got_mark;
	size_t bytes, acks, refusals;
	double *samples; /* of each edit that came to one that is looked at: ms since it was due */
	size_t n_samples, cap_samples;
	bool sampling;
	size_t look_every;
};
static inline void
sample(struct crowd *c, double ms)
{
	VEC_ROOM(c->samples, c->n_samples, c->cap_samples);
	c->samples[c->n_samples++] = ms;
}

static inline const char *
find(const char *line, size_t len, const char *words)
{
	size_t n = strlen(words);

	for (const char *at = line; (at = memchr(at, words[0], (size_t)(line + len - at))) != NULL;
	     at++)
		if ((size_t)(line + len - at) >= n && memcmp(at, words, n) == 0)
			return at;
		else if ((size_t)(line + len - at) < n)
			return NULL;
	return NULL;
}

static inline bool
begins(const char *line, size_t len, const char *words)
{
	return len >= strlen(words) && memcmp(line, words, strlen(words)) == 0;
}

static inline void
take_op(struct crowd *c, struct sock *s, const char *line, size_t len)
{
	const char *at;

	if (c->mark != NULL && find(line, len, c->mark) != NULL) {
		s->got++;
		c->got_mark++;
	}
	if (c->sampling && s->number % c->look_every == 0 && (at = find(line, len, "due=")) != NULL)
		sample(c, bench_ms() - atof(at + 4));
}

static inline void
take_line(struct crowd *c, struct sock *s, const char *line, size_t len)
{
	if (begins(line, len, "{\"type\":\"op\"")) {
		take_op(c, s, line, len);
	} else if (begins(line, len, "{\"type\":\"ack\"")) {
		s->answered = true;
		c->acks++;
	} else if (begins(line, len, "{\"type\":\"refuse\"")) {
		s->answered = true;
		if (c->refusals++ == 0)
			fprintf(stderr, "%.*s\n", (int)len, line);
	} else if (begins(line, len, "{\"type\":\"ready\"")) {
		s->ready = true;
	} else if (begins(line, len, "{\"type\":\"bye\"")) {
		fprintf(stderr, "%.*s\n", (int)len, line);
	}
}

static inline void
send_rest(struct sock *s)
{
	ssize_t n = s->out.len > 0 ? send(s->fd, s->out.data, s->out.len, MSG_NOSIGNAL) : 0;

	if (n > 0)
		buf_cut_front(&s->out, (size_t)n);
}

static inline void
send_line(struct sock *s, const char *line, size_t len)
{
	buf_add(&s->out, line, len);
	send_rest(s);
}

static inline bool
crowd_read(struct crowd *c, int ms)
{
	static char bytes[256 * 1024];
	struct epoll_event ready[128];
	int n = epoll_wait(c->poll_fd, ready, 128, ms);

	for (int i = 0; i < n; i++) {
		struct sock *s = &c->v[ready[i].data.u64];
		ssize_t got = read(s->fd, bytes, sizeof bytes);
		const char *line;
		size_t len;
		if (got <= 0) {
			if (got < 0 && errno == EAGAIN)
				continue;
			epoll_ctl(c->poll_fd, EPOLL_CTL_DEL, s->fd, NULL);
			continue;
		}
		c->bytes += (size_t)got;
		wire_feed(&s->in, bytes, (size_t)got);
		while (wire_line(&s->in, &line, &len) == 1)
			take_line(c, s, line, len);
		send_rest(s);
	}
	return n > 0;
}

static inline void
crowd_settle(struct crowd *c, int ms)
{
	double until = bench_ms() + GIVE_UP_MS;

	while (crowd_read(c, ms) && bench_ms() < until)
		;
}

static inline void
crowd_add(struct crowd *c, int fd)
{
	struct epoll_event in = { .events = EPOLLIN, .data.u64 = c->n };

	c->v = mem_resize(c->v, c->n + 1, sizeof *c->v);
	c->v[c->n] = (struct sock){ .fd = fd, .number = c->n };
	fcntl(fd, F_SETFL, O_NONBLOCK);
	epoll_ctl(c->poll_fd, EPOLL_CTL_ADD, fd, &in);
	c->n++;
}

static inline void
crowd_fini(struct crowd *c)
{
	for (size_t i = 0; i < c->n; i++) {
		close(c->v[i].fd);
		wire_in_fini(&c->v[i].in);
		buf_fini(&c->v[i].out);
	}
	close(c->poll_fd);
	free(c->v);
	free(c->samples);
	*c = (struct crowd){ 0 };
}

#endif
