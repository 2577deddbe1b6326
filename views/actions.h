/* Private to the files of the actions' pane. */
#ifndef VIEWS_ACTIONS_H
#define VIEWS_ACTIONS_H

#include "views/view.h"

/* The actions as they are listed: by due date (none last), what is open before what is done,
 * dropped last. */
struct action_list {
	const struct action **v;
	size_t n, at; /* at: the selected one */
};
void action_list_init(struct action_list *l, const struct debrief *d, struct pane_state *s);
void action_list_fini(struct action_list *l);

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
int action_level(
    const struct action *a, const struct debrief *d); /* its own, else its first cause's */
const char *enum_name(int kind_of_item, const char *field, int value); /* "" for 0 */

/* What the list says below itself: coverage and causes without action. Draws as much as fits;
 * returns the rows it would like when `c` is NULL. */
int coverage_draw(const struct scene *sc, struct canvas *c, struct rect area);

int action_strip(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area);
enum answer action_verb(
    struct pane_state *s, const struct scene *sc, enum verb_of_key v, struct view_answer *out);

#endif
