/* Private to the agenda's files: the plan of the meeting, and what of it is used up. */
#ifndef VIEWS_AGENDA_H
#define VIEWS_AGENDA_H

#include "views/view.h"

struct plan_stage {
	const struct stage *stage;
	int64_t used_s; /* so far; of the present stage up to now */
	size_t ticked, checks;
	bool past, present; /* done, or before the present one; where the room is */
};

struct plan {
	const struct scene *sc;
	struct plan_stage *v;
	size_t n, at; /* at: the present stage, n when none */
	size_t selected;
	int64_t minutes, used_s,
	    over_s;	/* of all; over_s: of past stages against their plan, negative under it */
	int64_t left_s; /* in the present stage, negative over it */
	bool tight;	/* check marks have one row a stage, but where the room or the cursor is */
	bool running;	/* there is a present stage and its clock is known */
};

void plan_init(struct plan *p, const struct scene *sc, struct pane_state *s);
void plan_fini(struct plan *p);
/* ✓ past, ► present, ○ to come. */
const char *plan_mark(const struct plan_stage *s);
const char *plan_name(const struct plan_stage *s);
/* Why its gate was passed with check marks open, the last time; NULL: it was not. Borrowed. */
const char *plan_override(const struct plan *p, const struct plan_stage *s);
/* "12:40" left in the present stage, appended; nothing when it does not run. */
void plan_put_left(struct buf *out, const struct plan *p);
/* "✓ roles set  ○ check-in" from check number `from` on, as many as fit `cols`; returns the next
 * number. */
size_t plan_put_checks(
    struct buf *out, const struct plan *p, const struct plan_stage *s, size_t from, int cols);

/* Parts of the pane; each draws into its rectangle what fits. */
void agenda_bar(
    const struct plan *p, struct canvas *c, struct rect r); /* three rows over the whole width */
void agenda_table(const struct plan *p, struct pane_state *s, struct canvas *c, struct rect r);
int agenda_table_rows(const struct plan *p, struct rect r); /* that it would like */
void agenda_question(const struct plan *p, struct canvas *c, struct rect r);
void agenda_left(
    const struct plan *p, struct canvas *c, struct rect r); /* block digits and what they are */
void agenda_here(const struct plan *p, struct canvas *c, struct rect r); /* one person a row */
void agenda_here_line(const struct plan *p, struct canvas *c, struct rect r);
/* "6 people, 2 seats, 1 projector"; appended. */
void agenda_put_people(struct buf *out, const struct scene *sc);
void agenda_burndown(const struct plan *p, struct canvas *c, struct rect r);

#endif
