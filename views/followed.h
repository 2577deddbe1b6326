/* What the room looks at, as a list of lines: the item that `focus` points to with what belongs to
 * it, else what the present stage is about. Of nobody's private things. */
#ifndef VIEWS_FOLLOWED_H
#define VIEWS_FOLLOWED_H

#include "base/buf.h"
#include "views/scene.h"

struct followed_line {
	char *text;
	int indent;
	bool head; /* what the lines after it belong to */
	bool apart; /* belongs to no head: of them all */
};

struct followed {
	struct followed_line *v;
	size_t n, cap;
	size_t left_out; /* lines over the most that anybody could read */
	bool asks_why;	  /* a cause with its whys: the question is "why?" */
	const char *pane; /* name of the pane that shows the same */
};

void followed_init(struct followed *f, const struct scene *sc);
void followed_fini(struct followed *f);

#endif
