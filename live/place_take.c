#include "live/place_internal.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/when.h"
#include "live/stream.h"

enum { TAKE_MS = 8000, PAUSE_MS = 5 };

/* The holder's answer: false when it refuses; true when it goes, or is gone. */
static bool
hear(struct stream *s, struct err *e)
{
	const char *line;
	size_t len;
	struct message m;
	bool goes = true;

	while (goes && wire_line(&s->in, &line, &len) == 1) {
		if (!message_decode(line, len, &m, NULL))
			continue;
		if (m.type == MSG_BYE && m.kind != ERR_NONE)
			goes = err_set(e, m.kind, "%s", m.text != NULL ? m.text : "the host stays");
		message_fini(&m);
	}
	return goes;
}

static bool
ask(int fd, int64_t until_ms, struct err *e)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	struct message hello;
	struct stream s;
	bool goes, more = true;

	stream_init(&s, fd);
	message_init(&hello, MSG_HELLO);
	hello.version = WIRE_VERSION;
	hello.want = mem_dup("step-down");
	stream_put(&s, &hello);
	message_fini(&hello);
	goes = stream_flush(&s);
	while (goes && more && clock_mono_ms() < until_ms &&
	       poll(&p, 1, (int)(until_ms - clock_mono_ms())) >= 0) {
		more = stream_fill(&s, 4096);
		goes = hear(&s, e);
	}
	stream_close(&s);
	return goes;
}

bool
place_take(const struct place *p, int *fd, struct err *e)
{
	int64_t until_ms = clock_mono_ms() + TAKE_MS;
	struct err why = { 0 };

	while (!place_lock(p, fd, &why)) {
		int other = why.kind == ERR_NONE ? place_connect(p, &why) : -1;
		if (why.kind == ERR_NONE && other >= 0)
			ask(other, until_ms, &why);
		if (why.kind == ERR_NONE && clock_mono_ms() > until_ms)
			err_set(&why, ERR_STORE,
			    "another process holds %s and does not go: nothing was changed: its "
			    "number is in that file",
			    p->lock_file);
		if (why.kind != ERR_NONE) {
			if (e != NULL)
				*e = why;
			return false;
		}
		usleep(PAUSE_MS * 1000);
	}
	return true;
}

bool
place_move(const struct place *p, struct err *e)
{
	char *socket = place_noted(p->lock_file, 2);
	bool elsewhere = socket != NULL && strcmp(socket, p->socket) != 0;
	int fd = elsewhere ? place_connect(p, e) : -1;

	free(socket);
	if (fd < 0)
		return !elsewhere || e == NULL || e->kind == ERR_NONE;
	close(fd);
	if (!place_take(p, &fd, e))
		return false;
	close(fd);
	return true;
}
