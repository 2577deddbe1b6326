#include <string.h>

#include "base/when.h"
#include "live/host_internal.h"
#include "model/checks.h"

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

/* When the minutes of the present stage are used up; TIME_NONE: they were before it began, or there
 * are none. */
static int64_t
stage_ends(const struct debrief *d)
{
	const struct stage *s = debrief_stage(d, d->stage);
	int64_t left_s;

	if (s == NULL || s->minutes <= 0 || d->stage_since_ns == TIME_NONE ||
	    d->status == STATUS_CLOSED)
		return TIME_NONE;
	left_s = s->minutes * 60 - s->used_s;
	return left_s > 0 ? d->stage_since_ns + left_s * NS_PER_S : TIME_NONE;
}

/* What rings next: the timer, or the stage. */
static int64_t
next_ring(const struct host *h, bool *of_stage)
{
	int64_t timer = h->d->timer_ends_ns, stage = stage_ends(h->d);

	if (timer != TIME_NONE && timer <= h->rung_ns)
		timer = TIME_NONE;
	if (stage != TIME_NONE && stage <= h->rung_ns)
		stage = TIME_NONE;
	*of_stage = stage != TIME_NONE && (timer == TIME_NONE || stage < timer);
	return *of_stage ? stage : timer;
}

/* In a discussion the timer is the topic's share. */
static bool
is_topic(const struct debrief *d)
{
	return d->stage != NULL && strcmp(d->stage, "discuss") == 0 &&
	       debrief_find(d, KIND_CARD, d->focus) != NULL;
}

static void
ring(struct host *h)
{
	h->rung_ns = h->bell_ns;
	if (h->bell_of_stage)
		peers_notice(h, "the minutes of %s are used up", h->d->stage);
	else
		peers_notice(h, "the timer rings");
	if (h->bell_of_stage)
		asked_open(h, "more");
	else if (is_topic(h->d))
		asked_open(h, "topic");
	bell_set(h);
	round_soon(h);
}

/* It lets whoever is in the middle of a sentence come to its end, but not for ever. */
static void
bell_due(void *ctx)
{
	struct host *h = ctx;
	int64_t left_ms = (h->bell_ns - host_now_ns(h)) / NS_PER_MS;

	h->bell_timer = 0;
	if (h->bell_ns == TIME_NONE)
		return;
	if (left_ms > 0) { /* the clock was set back, or the time is longer than a timer's */
		h->bell_timer = loop_after(
		    h->loop, left_ms < PATIENCE_MS ? (int)left_ms : PATIENCE_MS, bell_due, h);
		return;
	}
	if (-left_ms < PATIENCE_MS && somebody_types(h)) {
		h->bell_timer = loop_after(h->loop, LOOK_AGAIN_MS, bell_due, h);
		return;
	}
	ring(h);
}

void
bell_set(struct host *h)
{
	bool of_stage;
	int64_t at = next_ring(h, &of_stage);

	h->bell_of_stage = of_stage;
	if (at == h->bell_ns && (at == TIME_NONE || h->bell_timer != 0))
		return;
	h->bell_ns = at;
	loop_cancel(h->loop, h->bell_timer);
	h->bell_timer = at != TIME_NONE ? loop_after(h->loop, 0, bell_due, h) : 0;
}

void
bell_begin(struct host *h)
{
	h->rung_ns = host_now_ns(h);
	h->bell_ns = TIME_NONE;
	bell_set(h);
}

void
bell_fini(struct host *h)
{
	loop_cancel(h->loop, h->bell_timer);
}
