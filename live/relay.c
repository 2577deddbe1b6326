#include "live/relay.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	ROOM = 64 * 1024,
	PIPE_ATOM = 4096, /* a pipe that is ready takes so much without waiting */
	FAREWELL_MS = 2000
};

/* One direction. */
struct flow {
	int from, to;
	size_t at, len; /* bytes[at .. len) wait to be written */
	bool ended;	/* no more comes */
	char bytes[ROOM];
};

/* False: that end is gone. */
static bool
flow_read(struct flow *f)
{
	ssize_t n = read(f->from, f->bytes, sizeof f->bytes);

	if (n < 0)
		return errno == EINTR || errno == EAGAIN;
	f->at = 0;
	f->len = (size_t)n;
	f->ended = n == 0;
	return true;
}

static bool
flow_write(struct flow *f)
{
	size_t left = f->len - f->at;
	ssize_t n = send(f->to, f->bytes + f->at, left, MSG_DONTWAIT | MSG_NOSIGNAL);

	if (n < 0 && errno == ENOTSOCK)
		n = write(f->to, f->bytes + f->at, left < PIPE_ATOM ? left : PIPE_ATOM);
	if (n < 0)
		return errno == EINTR || errno == EAGAIN;
	f->at += (size_t)n;
	return true;
}

/* Which of its ends has something to do. */
static struct pollfd
waits_for(const struct flow *f)
{
	bool full = f->at < f->len;

	if (!full && f->ended)
		return (struct pollfd){ .fd = -1 };
	return (struct pollfd){ .fd = full ? f->to : f->from, .events = full ? POLLOUT : POLLIN };
}

static bool
flow_go(struct flow *f, const struct pollfd *p)
{
	if (p->fd < 0 || p->revents == 0)
		return true;
	return p->events == POLLOUT ? flow_write(f) : flow_read(f);
}

static void
carry(struct flow *up, struct flow *down)
{
	bool told = false;

	while (!(down->ended && down->at == down->len)) {
		struct pollfd p[2] = { waits_for(up), waits_for(down) };
		int n;

		if (p[0].fd < 0 && !told) {
			shutdown(up->to, SHUT_WR);
			told = true;
		}
		n = poll(p, 2, told ? FAREWELL_MS : -1);
		if (n == 0 || (n < 0 && errno != EINTR))
			return;
		if (n > 0 && (!flow_go(up, &p[0]) || !flow_go(down, &p[1])))
			return;
	}
}

void
relay_run(int in, int out, int wire)
{
	struct flow up = { .from = in, .to = wire }, down = { .from = wire, .to = out };

	carry(&up, &down);
	close(wire);
}
