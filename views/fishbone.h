/* Private to the fishbone's files: one drawing of the causes, in one of four layouts. */
#ifndef VIEWS_FISHBONE_H
#define VIEWS_FISHBONE_H

#include "views/bones.h"
#include "views/fishbone_layout.h"

/* The numbers of pane_state.layout. Classic and overview share the picture of the fish; the ladder
 * is one cause alone; the other fish shows what helped (fishbone_other.h). */
enum fish_layouts {
	FISH_BY_SIZE,
	FISH_CLASSIC,
	FISH_VERTICAL,
	FISH_OUTLINE,
	FISH_OVERVIEW,
	FISH_LADDER,
	FISH_OTHER
};

struct fish_draw {
	struct bones *b;
	struct pane_state *s;
	const struct scene *sc;
	struct canvas *c;
	struct rect area;
	const char *note; /* for the line below: "no room for the fishbone: outline", or NULL */
};

/* Each draws over all of d->area, its first row the rule. The classic one and the overview return
 * false, having drawn nothing, when there is no room for them. */
bool fish_classic(const struct fish_draw *d);
bool fish_overview(const struct fish_draw *d);
bool fish_ladder(const struct fish_draw *d); /* false: no cause is selected */
void fish_vertical(const struct fish_draw *d);
void fish_outline(const struct fish_draw *d);

/* What is asked of the classic layout in that area: also used to move about in it. */
struct fish_ask fish_classic_ask(const struct scene *sc, struct rect area);
/* Does the classic fish have room for its bones there without leaving any out? */
bool fish_classic_fits(const struct bones *b, struct rect area);
bool fish_vertical_fits(struct rect area);
/* The layout that is drawn: the one asked for, or by size; the outline where that has no room. */
int fish_layout_now(const struct bones *b, const struct pane_state *s, struct rect area);

/* The area less its rule (or whole where it is too low for rules). */
struct rect fish_inside(struct rect area, bool bottom);
bool fish_has_rules(struct rect area);
/* "33 causes, 19 whys", and how many of them are folded where some are; appended. */
void fish_counts(struct buf *out, const struct bones *b, size_t folded);
/* " •6", or nothing for no votes. */
void fish_votes(struct buf *out, int64_t votes);
/* Right of a spine: the head of the fish. */
struct fish_head {
	struct strs lines; /* the first is its name */
	int inner, cols;   /* columns inside the box; with box and margin */
};
void fish_head_init(struct fish_head *h, const struct scene *sc, struct rect area);
void fish_head_fini(struct fish_head *h);
/* The same as the classic one with another head, or mirrored; false: no room. */
bool fish_draw_as(const struct fish_draw *d, const struct fish_ask *ask, const struct fish_head *h);
void fish_spine_draw(const struct fish_draw *d, const struct fish *f, const struct fish_head *h);

/* The strip: the whole of the selected item; rows wanted when d->c is NULL. `rule`: with a rule
 * above. */
int fish_strip(const struct fish_draw *d, bool rule);
/* The events that show a cause, with `gap` between them; appended. */
void fish_evidence(
    struct buf *out, const struct scene *sc, const struct cause *c, const char *gap);
/* The strip of the ladder: what would have helped, and the causes beside this one. */
int fish_ladder_strip(const struct fish_draw *d);
/* Movement and verbs of its own; ANSWER_NOT_MINE: none of them. */
enum answer fish_ladder_verb(struct bones *b, struct pane_state *s, const struct scene *sc,
    enum verb_of_key v, struct view_answer *out);
/* Where in the pane's area the text that completes `command` is typed: on the open rung. False: it
 * is not for that rung, or there is no room. */
bool fish_ladder_line(struct pane_state *s, const struct scene *sc, struct rect area,
    const char *command, struct rect *line);
/* "Architecture ▸ cause 1 of 6, why 2": where the cursor is; appended. */
void fish_place(struct buf *out, const struct bones *b, bool wide);

/* The other fish: the same mirrored, what helped and what was luck as its bones, cards of the board
 * as its causes (model/not_worse.h). What is selected is a card. */
void fish_other_draw(
    struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area);
int fish_other_strip(
    struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area);
enum answer fish_other_verb(struct pane_state *s, const struct scene *sc, enum verb_of_key v,
    struct rect area, struct view_answer *out);
void fish_other_head(struct fish_head *h, struct rect area);
void fish_other_toggle(struct pane_state *s); /* there, and back */

/* The bone drawn beside that of the selected cause: -1 left, 1 right, 0 across the spine. */
size_t fish_bone_beside(const struct bones *b, const struct pane_state *s,
    const struct fish_ask *ask, int step);
/* Select the cause as far down bone `to` as the selected one is on its own. */
void fish_go_to_bone(struct bones *b, struct pane_state *s, size_t to);
void fish_toggle_fold(struct bones *b, struct pane_state *s);
/* What the verbs do with it. */
enum answer fish_verb(struct bones *b, struct pane_state *s, const struct scene *sc,
    enum verb_of_key v, struct view_answer *out);

#endif
