#include <string.h>

#include "base/when.h"
#include "live/host_internal.h"

enum { STEP_MS = 15000 };

int64_t
here_now_ms(const struct host *h)
{
	return h->clock_ms != NULL ? h->clock_ms() : clock_mono_ms();
}

/* Everybody who may vote, each once. */
static void
list_voters(const struct host *h, struct strs *names)
{
	for (size_t i = 0; i < h->n_peers; i++)
		if (here_is(h->peers[i]) && strcmp(h->peers[i]->want, "join") == 0)
			strs_add(names, h->peers[i]->name);
	for (size_t i = 0; i < h->n_gone; i++)
		strs_add(names, h->gone[i].name);
	for (size_t i = 0; i < DEBRIEF_N(h->d, PERSON); i++)
		strs_add(names, DEBRIEF_AT(h->d, PERSON, person, i)->name);
	for (size_t i = 0; i < h->d->seats.n; i++)
		strs_add(names, h->d->seats.v[i]);
	strs_sort(names, true);
}

/* A ballot is "SLOT ITEM". */
static bool
is_given(const struct debrief *d, const char *slot)
{
	size_t len = strlen(slot);

	for (size_t i = 0; i < d->ballots.n; i++)
		if (strncmp(d->ballots.v[i], slot, len) == 0)
			return true;
	return false;
}

static bool
gave_all(struct host *h, const char *name)
{
	struct strs slots = { 0 };
	bool all;

	viewer_slots(h, name, &slots);
	all = slots.n > 0;
	for (size_t i = 0; i < slots.n && all; i++)
		all = is_given(h->d, slots.v[i]);
	strs_fini(&slots);
	return all;
}

static int64_t
count_voters(struct host *h)
{
	struct strs names = { 0 };
	int64_t n = 0;

	if (h->d->ballots.n > 0)
		list_voters(h, &names);
	for (size_t i = 0; i < names.n; i++)
		n += gave_all(h, names.v[i]);
	strs_fini(&names);
	return n;
}

static bool
is_here(const struct host *h, const char *name)
{
	for (size_t i = 0; i < h->n_peers; i++)
		if (here_is(h->peers[i]) && strcmp(h->peers[i]->name, name) == 0)
			return true;
	return strs_has(&h->d->seats, name);
}

static int64_t
count_ready(const struct host *h)
{
	int64_t n = 0;

	for (size_t i = 0; i < h->d->ready.n; i++)
		n += is_here(h, h->d->ready.v[i]);
	return n;
}

/* All but the voters, who take time to tell, and change with the ballots alone. */
static struct counts
count(const struct host *h)
{
	struct counts c = { .written = (int64_t)visible_hidden(h->d),
		.ready = count_ready(h),
		.voted = (int64_t)(h->d->ballots.n + h->d->answers.n) };

	for (size_t i = 0; i < h->n_peers; i++)
		c.typing += here_is(h->peers[i]) && h->peers[i]->typing;
	return c;
}

static bool
same(const struct counts *a, const struct counts *b)
{
	return a->written == b->written && a->typing == b->typing && a->ready == b->ready &&
	       a->voted == b->voted;
}

static void
take(struct host *h, const struct counts *now)
{
	if (same(&h->counts, now))
		return;
	h->counts = *now;
	h->counts.voters = count_voters(h);
	here_changed(h);
}

static void
stop_step(struct host *h)
{
	loop_cancel(h->loop, h->step_timer);
	h->step_timer = 0;
}

static void
begin_hush(struct host *h, bool hushed, const struct counts *now)
{
	h->hushed = hushed;
	h->hush_ms = here_now_ms(h);
	stop_step(h);
	take(h, now);
	here_changed(h);
}

static void
step_due(void *ctx)
{
	struct host *h = ctx;

	h->step_timer = 0;
	counts_look(h);
}

/* Steps are at fixed times, not so long after something happened: that would tell when it did. */
static void
take_in_steps(struct host *h, const struct counts *now)
{
	int64_t at_ms = here_now_ms(h);

	if (h->step_ms != 0 && at_ms >= h->step_ms) {
		h->step_ms = 0;
		stop_step(h);
		take(h, now);
	} else if (h->step_ms == 0 && !same(&h->counts, now)) {
		h->step_ms = at_ms + STEP_MS - (at_ms - h->hush_ms) % STEP_MS;
	}
	if (h->step_ms != 0 && h->step_timer == 0)
		h->step_timer = loop_after(h->loop, (int)(h->step_ms - at_ms), step_due, h);
}

void
counts_look(struct host *h)
{
	bool hushed = visible_hushed(h->d);
	struct counts now = count(h);

	if (h->done)
		return;
	if (hushed != h->hushed) {
		h->step_ms = 0;
		begin_hush(h, hushed, &now);
	} else if (hushed) {
		take_in_steps(h, &now);
	} else {
		take(h, &now);
	}
}

void
counts_fini(struct host *h)
{
	loop_cancel(h->loop, h->step_timer);
}
