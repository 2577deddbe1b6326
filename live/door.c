#include <unistd.h>

#include "live/host_internal.h"

enum { LOOK_MS = 5000 };

/* Bound again where its path vanished: to whom it was shared, or whoever cleans up /tmp, may have
 * taken it away. */
void
door_look(struct host *h)
{
	int64_t now = here_now_ms(h);
	int fd;

	if (h->done || (h->door_ms != 0 && now - h->door_ms < LOOK_MS))
		return;
	h->door_ms = now;
	if (place_listens(&h->place))
		return;
	fd = place_listen(&h->place, NULL);
	if (fd < 0)
		return; /* once more when it is looked for next */
	loop_unwatch(h->loop, h->listen_fd);
	close(h->listen_fd);
	h->listen_fd = fd;
	peers_listen(h);
}

static void
look_again(void *ctx)
{
	struct host *h = ctx;

	door_look(h);
	h->door_timer = loop_after(h->loop, LOOK_MS, look_again, h);
}

/* A private one is looked for whenever somebody is told who is here: without anybody, nobody waits
 * for it. */
void
door_begin(struct host *h)
{
	if (h->place.share != NULL && h->door_timer == 0)
		h->door_timer = loop_after(h->loop, LOOK_MS, look_again, h);
}

void
door_fini(struct host *h)
{
	loop_cancel(h->loop, h->door_timer);
}
