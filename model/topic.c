#include "model/topic.h"

#include <string.h>

#include "model/checks.h"

enum { GROUPS_DEEP = 8 };

const struct card *
topic_head(const struct debrief *d, struct id card)
{
	const struct card *c = (const struct card *)debrief_find(d, KIND_CARD, card), *head = c;

	for (int i = 0; i < GROUPS_DEEP && head != NULL; i++) {
		c = head;
		head = (const struct card *)debrief_find(d, KIND_CARD, c->group);
	}
	return c;
}

const struct card *
topic_now(const struct debrief *d)
{
	const struct stage *now = debrief_stage(d, d->stage);
	const struct card *head = topic_head(d, d->focus);
	const struct column *in =
	    head != NULL ? (const struct column *)debrief_find(d, KIND_COLUMN, head->column) : NULL;
	bool board = now != NULL && now->pane != NULL && strcmp(now->pane, "board") == 0;

	return board && in != NULL && !in->hidden ? head : NULL;
}

bool
topic_has(const struct debrief *d, const struct card *head, struct id about)
{
	return head != NULL && id_some(about) && topic_head(d, about) == head;
}
