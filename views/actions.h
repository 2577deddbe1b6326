/* Private to the files of the actions' pane. */
#ifndef VIEWS_ACTIONS_H
#define VIEWS_ACTIONS_H

#include "views/view.h"

/* The numbers of pane_state.layout; what the list is sorted by, or one action over the whole pane. */
enum action_layouts {
	ACTIONS_BY_SIZE, ACTIONS_BY_DUE, ACTIONS_BY_LEVEL, ACTIONS_BY_KIND, ACTIONS_BY_OWNER,
	ACTIONS_BY_VOTES, ACTIONS_CARD
};
extern const char *const action_layouts[]; /* their names from 1 on, NULL-ended */

/* The actions as they are listed: those carried over and open first, then by what the layout says,
 * then by due date (none last), what is open before what is done, dropped last. Below them
 * the top causes in whose whole chain no cause has an action, the most voted first. */
struct action_list {
	const struct action **v;
	size_t n, at; /* at: the selected one, n: none */
	const struct cause **loose;
	size_t n_loose, loose_at; /* loose_at: the selected one, n_loose: an action is */
};
void action_list_init(struct action_list *l, const struct scene *sc, struct pane_state *s);
void action_list_fini(struct action_list *l);
int action_sort(const struct pane_state *s);
/* The next filter that leaves something; after the last one all. */
void action_filter_next(struct pane_state *s, const struct scene *sc);
/* "overdue 2/8, by owner"; nothing for all of them by date. */
void action_list_what(const struct pane_state *s, const struct scene *sc, struct buf *out);

/* One action over the whole pane: every field it has, and what is missing. */
void action_card_draw(struct pane_state *s, const struct scene *sc, struct canvas *c,
    struct rect area);

bool action_open(const struct action *a); /* neither done nor dropped */
/* Days until it is due, negative when overdue; LONG_MAX without a date or when nothing is open any
 * more. */
long action_days(const struct action *a, const struct scene *sc);
bool action_overdue(const struct action *a, const struct scene *sc);
/* ◆ overdue, ✓ done, ● doing, ○ accepted or proposed, ┊ soaking, · idea, – dropped. */
uint32_t action_glyph(const struct action *a, const struct scene *sc);
/* "accepted", "done 04 Aug" */
void action_status(struct buf *out, const struct action *a, const struct scene *sc);
/* "5 DAYS OVER", "UNPROVEN", "2 days left" (brief: "2 days"); nothing when there is nothing to say.
 */
void action_mark(struct buf *out, const struct action *a, const struct scene *sc, bool brief);
/* Its causes in the order of their numbers, which every run has alike; `out` has room for
 * `a->causes.n`. Returns how many there are. */
size_t action_causes(const struct action *a, const struct debrief *d, const struct cause **out);
int action_level(
    const struct action *a, const struct debrief *d); /* its own, else its first cause's */
const char *enum_name(int kind_of_item, const char *field, int value); /* "" for 0 */

/* What the list says below itself: coverage and causes without action. Draws as much as fits;
 * returns the rows it would like when `c` is NULL. */
int coverage_draw(const struct scene *sc, const struct action_list *l, struct canvas *c,
    struct rect area);

int action_strip(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area);
enum answer action_verb(
    struct pane_state *s, const struct scene *sc, enum verb_of_key v, struct view_answer *out);

#endif
