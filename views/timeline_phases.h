/* The phases of a timeline as stretches: each from an event that is marked with a phase to the next
 * one, with the word for what went on in it. A pure function of the debrief. */
#ifndef VIEWS_TIMELINE_PHASES_H
#define VIEWS_TIMELINE_PHASES_H

#include <stddef.h>

#include "model/debrief.h"
#include "views/words.h"

enum stretch_kind {
	STRETCH_NONE,
	STRETCH_DETECT,	     /* nobody knew yet */
	STRETCH_ACKNOWLEDGE, /* it was seen, nobody was on it */
	STRETCH_INVESTIGATE,
	STRETCH_MITIGATE, /* from the first event that mitigates to the last */
	STRETCH_RESOLVE,
};

struct stretch {
	const struct event *from; /* borrowed */
	const struct event *to;	  /* NULL: it has not ended */
	enum stretch_kind kind;
};
struct stretches {
	struct stretch *v; /* in their order, one for each event with a phase and a clock time */
	size_t n;
};

struct stretches stretches_of(const struct debrief *d);
void stretches_fini(struct stretches *s);

uint32_t stretch_density(enum stretch_kind kind); /* ░ ▒ ▓, or a space */
enum word stretch_word(enum stretch_kind kind);	  /* WORD_NONE for none */

#endif
