#include "views/clock.h"

#include <string.h>

#include "model/spread.h"

const struct stage *
scene_stage(const struct scene *sc, size_t *nth)
{
	const struct debrief *d = sc->d;

	for (size_t i = 0; i < DEBRIEF_N(d, STAGE) && d->stage != NULL; i++) {
		const struct stage *s = DEBRIEF_AT(d, STAGE, stage, i);
		if (s->name == NULL || strcmp(s->name, d->stage) != 0)
			continue;
		if (nth != NULL)
			*nth = i;
		return s;
	}
	return NULL;
}

struct clock
clock_of(const struct scene *sc)
{
	const struct debrief *d = sc->d;
	const struct stage *s = scene_stage(sc, NULL);
	struct clock k = { 0 };

	if (sc->reviewing || d->status == STATUS_CLOSED)
		return k;
	if (s != NULL) {
		k.planned_s = s->minutes * 60;
		k.used_s = stage_used_s(d, s, sc->now_ns);
		k.runs = d->stage_since_ns != TIME_NONE && s->minutes > 0;
		k.left_s = k.planned_s - k.used_s;
	}
	if (d->timer_ends_ns != TIME_NONE) {
		k.runs = k.by_hand = true;
		k.left_s = (d->timer_ends_ns - sc->now_ns) / NS_PER_S;
	}
	return k;
}

void
clock_put(struct buf *out, const struct clock *k)
{
	int64_t left = k->left_s < 0 ? -k->left_s : k->left_s;

	if (k->runs)
		buf_addf(out, "%s%02lld:%02lld", k->left_s < 0 ? "+" : "", (long long)(left / 60),
		    (long long)(left % 60));
}
