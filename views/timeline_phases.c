#include "views/timeline_phases.h"

#include <stdlib.h>

#include "views/timeline_fold.h"

/* What goes on between an event of one phase and the next one, of another. */
static enum stretch_kind
kind_between(int from, int to)
{
	switch (to) {
	case PHASE_STARTED:
	case PHASE_DETECTED: return from >= PHASE_RESOLVED ? STRETCH_NONE : STRETCH_DETECT;
	case PHASE_ACKNOWLEDGED: return STRETCH_ACKNOWLEDGE;
	case PHASE_MITIGATED:
		return from == PHASE_MITIGATED ? STRETCH_MITIGATE : STRETCH_INVESTIGATE;
	default: return from >= PHASE_RESOLVED ? STRETCH_NONE : STRETCH_RESOLVE;
	}
}

/* Of the last one, which has not ended. */
static enum stretch_kind
kind_after(int phase)
{
	switch (phase) {
	case PHASE_STARTED: return STRETCH_DETECT;
	case PHASE_DETECTED: return STRETCH_ACKNOWLEDGE;
	case PHASE_ACKNOWLEDGED: return STRETCH_INVESTIGATE;
	case PHASE_MITIGATED: return STRETCH_RESOLVE;
	default: return STRETCH_NONE;
	}
}

struct stretches
stretches_of(const struct debrief *d)
{
	struct stretches s = { 0 };
	size_t cap = 0;

	for (size_t i = 0; i < DEBRIEF_N(d, EVENT); i++) {
		const struct event *e = DEBRIEF_AT(d, EVENT, event, i);
		if (e->phase == PHASE_NONE || !event_has_clock(e))
			continue;
		if (s.n > 0) {
			struct stretch *last = &s.v[s.n - 1];
			last->to = e;
			last->kind = kind_between(last->from->phase, e->phase);
		}
		VEC_ROOM(s.v, s.n, cap);
		s.v[s.n++] = (struct stretch){ .from = e, .kind = kind_after(e->phase) };
	}
	return s;
}

void
stretches_fini(struct stretches *s)
{
	free(s->v);
	*s = (struct stretches){ 0 };
}

uint32_t
stretch_density(enum stretch_kind kind)
{
	static const uint32_t marks[] = { ' ', 0x2591, 0x2592, 0x2593, 0x2592, 0x2591 };

	return marks[kind];
}

enum word
stretch_word(enum stretch_kind kind)
{
	static const enum word words[] = { WORD_NONE, WORD_STRETCH_DETECT, WORD_STRETCH_ACK,
		WORD_STRETCH_INVESTIGATE, WORD_STRETCH_MITIGATE, WORD_STRETCH_RESOLVE };

	return words[kind];
}
