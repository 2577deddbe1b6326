/* Private to the fishbone's files: one drawing of the causes, in one of four layouts. */
#ifndef VIEWS_FISHBONE_H
#define VIEWS_FISHBONE_H

#include "views/bones.h"
#include "views/fishbone_layout.h"

/* The numbers of pane_state.layout, from far to near: classic and overview share the picture of the
 * fish. */
enum fish_layouts { FISH_BY_SIZE, FISH_CLASSIC, FISH_VERTICAL, FISH_OUTLINE, FISH_OVERVIEW };

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
void fish_spine_draw(const struct fish_draw *d, const struct fish *f, const struct fish_head *h);

/* The strip: the whole of the selected item; rows wanted when d->c is NULL. `rule`: with a rule
 * above. */
int fish_strip(const struct fish_draw *d, bool rule);
/* What the verbs do with it. */
enum answer fish_verb(struct bones *b, struct pane_state *s, const struct scene *sc,
    enum verb_of_key v, struct view_answer *out);

#endif
