#include "base/when.h"
#include "live/host_internal.h"

enum { PATIENCE_MS = 30000, LOOK_AGAIN_MS = 250, NS_PER_MS = 1000000 };

/* Where nothing may be told sideways, it knows no more than all are told. */
static bool
somebody_types(const struct host *h)
{
	if (h->hushed)
		return h->counts.typing > 0;
	for (size_t i = 0; i < h->n_peers; i++)
		if (!h->peers[i]->dead && h->peers[i]->typing)
			return true;
	return false;
}

static int64_t
now_ns(const struct host *h)
{
	return h->o.now_ns != NULL ? h->o.now_ns() : clock_now_ns();
}

/* It lets whoever is in the middle of a sentence come to its end, but not for ever. */
static void
bell_due(void *ctx)
{
	struct host *h = ctx;
	int64_t left_ms = (h->bell_ns - now_ns(h)) / NS_PER_MS;

	h->bell_timer = 0;
	if (left_ms > 0) { /* the clock was set back, or the time is longer than a timer's */
		h->bell_timer = loop_after(
		    h->loop, left_ms < PATIENCE_MS ? (int)left_ms : PATIENCE_MS, bell_due, h);
		return;
	}
	if (-left_ms < PATIENCE_MS && somebody_types(h)) {
		h->bell_timer = loop_after(h->loop, LOOK_AGAIN_MS, bell_due, h);
		return;
	}
	peers_notice(h, "the timer rings");
	round_soon(h);
}

void
bell_set(struct host *h)
{
	if (h->d->timer_ends_ns == h->bell_ns)
		return;
	h->bell_ns = h->d->timer_ends_ns;
	loop_cancel(h->loop, h->bell_timer);
	h->bell_timer = 0;
	if (h->bell_ns != TIME_NONE)
		h->bell_timer = loop_after(h->loop, 0, bell_due, h);
}

void
bell_begin(struct host *h)
{
	h->bell_ns = h->d->timer_ends_ns;
	if (h->bell_ns != TIME_NONE && h->bell_ns > now_ns(h))
		h->bell_timer = loop_after(h->loop, 0, bell_due, h);
}

void
bell_fini(struct host *h)
{
	loop_cancel(h->loop, h->bell_timer);
}
