#include "views/fishbone.h"

#include <assert.h>
#include <limits.h>
#include <string.h>

#include "model/person_end.h"
#include "views/draw.h"
#include "views/words.h"

enum { PAGE = 10, HEIGHT_LOW = 12 };

static const char *const layouts[] = { "classic", "vertical", "outline", "overview", "ladder", "other",
	NULL };
/* From far to near. */
static const int by_zoom[] = { FISH_OVERVIEW, FISH_CLASSIC, FISH_VERTICAL, FISH_OUTLINE,
	FISH_LADDER };
enum { N_ZOOMS = sizeof by_zoom / sizeof *by_zoom };

void
fish_counts(struct buf *out, const struct bones *b, size_t folded)
{
	if (b->cards) { /* a group's are no whys */
		word_count(out, (int64_t)(b->n_top + b->n_whys), WORD_CARD_1);
	} else {
		word_count(out, (int64_t)b->n_top, WORD_CAUSE_1);
		if (b->n_whys == 0)
			return;
		buf_adds(out, ", ");
		word_count(out, (int64_t)b->n_whys, WORD_WHY_1);
	}
	if (folded > 0) {
		buf_adds(out, ", ");
		word_put(out, WORD_FOLDED, digits((int64_t)folded).s);
	}
}

void
fish_votes(struct buf *out, int64_t votes)
{
	if (votes > 0)
		buf_addf(out, " •%lld", (long long)votes);
}

int
fish_layout_now(const struct bones *b, const struct pane_state *s, struct rect area)
{
	bool low = s->frame_rows > 0 ? s->frame_rows < FRAME_MEDIUM_ROWS : area.h < HEIGHT_LOW;
	bool classic = b->n > 0 && area.h >= 7 && area.w >= 36;

	switch (s->layout) {
	case FISH_CLASSIC:
		return classic ? FISH_CLASSIC : FISH_OUTLINE;
	case FISH_OVERVIEW:
		return b->n > 0 && area.h >= 13 && area.w >= 40 ? FISH_OVERVIEW : FISH_OUTLINE;
	case FISH_VERTICAL:
		return b->n > 0 && fish_vertical_fits(area) ? FISH_VERTICAL : FISH_OUTLINE;
	case FISH_OUTLINE:
		return FISH_OUTLINE;
	case FISH_LADDER:
		return b->at < b->tree.n && b->tree.v[b->at].cause != NULL ? FISH_LADDER
									   : FISH_OUTLINE;
	}
	if (area.w < FRAME_MEDIUM_COLS || low || b->n == 0)
		return FISH_OUTLINE;
	return area_wide(area) && classic && fish_classic_fits(b, area) ? FISH_CLASSIC
									: FISH_VERTICAL;
}

/* Is the other fish shown? A cause that is to be shown (found, pointed at) ends that. */
static bool
is_other(struct pane_state *s, const struct scene *sc)
{
	if (s->layout == FISH_OTHER && id_some(s->selected) &&
	    (debrief_find(sc->d, KIND_CAUSE, s->selected) != NULL ||
		debrief_find(sc->d, KIND_CATEGORY, s->selected) != NULL))
		s->layout = s->layout_before;
	return s->layout == FISH_OTHER;
}

static void
draw_outline(struct fish_draw *d)
{
	struct buf note = { 0 };

	if (d->s->layout != FISH_BY_SIZE && d->s->layout != FISH_OUTLINE &&
	    d->s->layout != FISH_LADDER && d->b->n > 0)
		word_put(&note, WORD_TOO_SMALL, layouts[d->s->layout - 1]);
	d->note = note.data;
	fish_outline(d);
	d->note = NULL;
	buf_fini(&note);
}

static void
fishbone_draw(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area)
{
	struct bones b;
	struct fish_draw d = { .b = &b, .s = s, .sc = sc, .c = c, .area = area };
	bool drawn = false;
	size_t at;

	if (is_other(s, sc)) {
		fish_other_draw(s, sc, c, area);
		return;
	}
	bones_init(&b, sc->d, s);
	at = b.at;
	s->layout_now = fish_layout_now(&b, s, area);
	switch (s->layout_now) {
	case FISH_CLASSIC:
		if (s->unselected)
			b.at = b.tree.n;
		drawn = fish_classic(&d);
		b.at = at;
		break;
	case FISH_OVERVIEW:
		drawn = fish_overview(&d);
		break;
	case FISH_VERTICAL:
		fish_vertical(&d);
		drawn = true;
		break;
	case FISH_LADDER:
		drawn = fish_ladder(&d);
		break;
	}
	if (!drawn) {
		s->layout_now = FISH_OUTLINE;
		draw_outline(&d);
	}
	bones_fini(&b);
}

/* The layouts that end in a rule of their own have their strip right below it; the overview has its
 * list instead. */
static int
fishbone_strip(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area)
{
	struct rect pane = area;
	struct bones b;
	struct fish_draw d = { .b = &b, .s = s, .sc = sc, .c = c, .area = area };
	int layout, rows = 0;

	if (is_other(s, sc))
		return fish_other_strip(s, sc, c, area);
	bones_init(&b, sc->d, s);
	pane.h = INT_MAX; /* a frame with a strip is high enough for every layout */
	layout = fish_layout_now(&b, s, pane);
	if (layout == FISH_LADDER)
		rows = fish_ladder_strip(&d);
	else if (layout != FISH_OVERVIEW)
		rows = fish_strip(&d, layout == FISH_CLASSIC);
	bones_fini(&b);
	return rows;
}

size_t
fish_bone_beside(const struct bones *b, const struct pane_state *s, const struct fish_ask *ask,
    int step)
{
	size_t at = bone_of_row(b, b->at), to = at;
	struct fish f;

	if (!fish_layout(b, s, ask, &f))
		return at;
	for (size_t i = 0; i < f.n_bones; i++)
		if (f.bones[i].index == at)
			to = f.bones[fish_beside(&f, i, step)].index;
	fish_fini(&f);
	return to;
}

void
fish_go_to_bone(struct bones *b, struct pane_state *s, size_t to)
{
	size_t at = bone_of_row(b, b->at), nth = 0, row, end;

	if (at >= b->n || to >= b->n || to == at)
		return;
	for (row = bone_causes(&b->v[at]); row <= b->at && row < b->v[at].end; row++)
		nth += b->tree.v[row].depth == 0;
	end = b->v[to].end;
	row = bone_causes(&b->v[to]);
	if (row >= end) {
		bones_select(b, s, b->v[to].row);
		return;
	}
	for (size_t i = row; i < end && nth > 0; i++)
		if (b->tree.v[i].depth == 0) {
			row = i;
			nth--;
		}
	bones_select(b, s, row);
}

void
fish_toggle_fold(struct bones *b, struct pane_state *s)
{
	size_t row = b->at;
	const char *id;

	if (row >= b->tree.n)
		return;
	/* A leaf folds away what it is a part of. */
	while (row > 0 && b->tree.v[row].n_whys == 0 && b->tree.v[row].cause != NULL &&
	       b->tree.v[row].depth > 0 && !row_folded(b, s, row)) {
		int depth = b->tree.v[row].depth;
		while (row > 0 && b->tree.v[row].depth >= depth)
			row--;
	}
	id = row_id(b, row).s;
	for (size_t i = 0; i < s->folded.n; i++)
		if (strcmp(s->folded.v[i], id) == 0) {
			strs_drop(&s->folded, i);
			bones_select(b, s, row);
			return;
		}
	if (b->tree.v[row].n_whys == 0)
		return;
	strs_add(&s->folded, id);
	bones_select(b, s, row);
}

static void
move_sideways(
    struct bones *b, struct pane_state *s, const struct scene *sc, struct rect area, int step)
{
	size_t at = bone_of_row(b, b->at), to = at;
	struct fish_ask ask = fish_classic_ask(sc, area);

	switch (fish_layout_now(b, s, area)) {
	case FISH_CLASSIC:
	case FISH_OVERVIEW:
		to = fish_bone_beside(b, s, &ask, step);
		break;
	case FISH_VERTICAL:
		to = step == 0 || (at % 2 == 0) == (step > 0) ? (at ^ 1) : at;
		break;
	default:
		if (step == 0) {
			to = at + 1 < b->n ? at + 1 : 0;
		} else if (b->at < b->tree.n && row_folded(b, s, b->at) == (step > 0)) {
			fish_toggle_fold(b, s);
			return;
		}
	}
	fish_go_to_bone(b, s, to);
}

static void
zoom(const struct bones *b, struct pane_state *s, struct rect area, int step)
{
	int now = fish_layout_now(b, s, area);

	for (int i = 0; i < N_ZOOMS; i++)
		if (by_zoom[i] == now && i + step >= 0 && i + step < N_ZOOMS) {
			s->layout_before = by_zoom[i + step] == FISH_LADDER ? s->layout : 0;
			s->layout = by_zoom[i + step];
			s->filter = 0;
			return;
		}
}

/* To the ladder of the selected cause, and back to where one came from. */
static bool
toggle_ladder(const struct bones *b, struct pane_state *s)
{
	if (s->layout == FISH_LADDER) {
		s->layout = s->layout_before;
		return true;
	}
	if (b->at >= b->tree.n || b->tree.v[b->at].cause == NULL)
		return false;
	s->layout_before = s->layout;
	s->layout = FISH_LADDER;
	s->filter = 0;
	return true;
}

/* True: the verb was about where the cursor is, or what is shown. */
static bool
move_verb(struct bones *b, struct pane_state *s, const struct scene *sc, enum verb_of_key v,
    struct rect area)
{
	int layout = fish_layout_now(b, s, area);
	bool outline = layout == FISH_OUTLINE;

	switch (v) {
	case DO_UP:
	case DO_DOWN:
		return bones_step(b, s, v == DO_UP ? -1 : 1, outline), true;
	case DO_PAGE_UP:
	case DO_PAGE_DOWN:
		return bones_step(b, s, v == DO_PAGE_UP ? -PAGE : PAGE, outline), true;
	case DO_FIRST:
	case DO_LAST:
		return bones_step(b, s, v == DO_FIRST ? LONG_MIN / 2 : LONG_MAX / 2, outline), true;
	case DO_LEFT:
	case DO_RIGHT:
	case DO_ACROSS:
		return move_sideways(b, s, sc, area, v == DO_LEFT ? -1 : v == DO_RIGHT), true;
	case DO_FOLD:
		return fish_toggle_fold(b, s), true;
	case DO_ZOOM_OUT:
	case DO_ZOOM_IN:
		return zoom(b, s, area, v == DO_ZOOM_OUT ? -1 : 1), true;
	case DO_LAYOUT:
		return s->layout = layout % FISH_OVERVIEW + 1, true;
	case DO_LADDER:
		return toggle_ladder(b, s);
	case DO_OTHER_FISH:
		return fish_other_toggle(s), true;
	case DO_BACK:
		return layout == FISH_LADDER && toggle_ladder(b, s);
	default:
		return false;
	}
}

static enum answer
fishbone_verb(struct pane_state *s, const struct scene *sc, enum verb_of_key v, struct rect area,
    struct view_answer *out)
{
	struct bones b;
	enum answer what;

	if (is_other(s, sc))
		return fish_other_verb(s, sc, v, area, out);
	bones_init(&b, sc->d, s);
	if (fish_layout_now(&b, s, area) == FISH_LADDER)
		what = fish_ladder_verb(&b, s, sc, v, out);
	else
		what = ANSWER_NOT_MINE;
	if (what == ANSWER_NOT_MINE)
		what = move_verb(&b, s, sc, v, area) ? ANSWER_DRAW : fish_verb(&b, s, sc, v, out);
	bones_fini(&b);
	return what;
}

static void
fishbone_counts(const struct scene *sc, struct buf *out)
{
	struct coverage c = coverage_of(sc->d);

	word_count(out, (int64_t)c.causes, WORD_CAUSE_1);
	buf_adds(out, " · ");
	word_count(out, (int64_t)c.whys, WORD_WHY_1);
	buf_adds(out, " · ");
	word_count(out, (int64_t)c.votes, WORD_VOTE_1);
}

/* "causes ▸ Architecture ▸ Cache stampede": where the ladder stands. */
static void
put_ladder_place(const struct pane_state *s, const struct scene *sc, struct buf *left)
{
	struct pane_state probe = *s;
	struct bones b;

	probe.folded = (struct strs){ 0 };
	bones_init(&b, sc->d, &probe);
	if (b.at < b.tree.n && b.tree.v[b.at].cause != NULL) {
		const struct cause *top = b.tree.v[row_top(&b, b.at)].cause;
		word_put(left, WORD_LADDER_PLACE, bone_name(&b.v[bone_of_row(&b, b.at)]),
		    top->text ? top->text : "");
	}
	bones_fini(&b);
}

/* The head of the fish is not drawn in narrow frames: the title line says what happened. */
static void
fishbone_compact(
    const struct pane_state *s, const struct scene *sc, struct buf *left, struct buf *right)
{
	const char *effect = sc->d->effect ? sc->d->effect : scene_title(sc);
	struct milestones m = milestones_of(sc->d);
	int64_t from = m.at_ns[PHASE_STARTED], to = m.at_ns[PHASE_RESOLVED];

	if (s->layout == FISH_LADDER) {
		put_ladder_place(s, sc, left);
		if (left->len > 0) {
			buf_adds(right, word(WORD_LADDER));
			return;
		}
	}
	if (s->layout == FISH_OTHER) {
		buf_adds(left, word(WORD_NOT_WORSE));
		buf_adds(right, word(WORD_FISHBONE));
		return;
	}
	buf_adds(left, effect + (sc->d->effect ? 0 : ticket_len(effect)));
	if (from != TIME_NONE && to != TIME_NONE && to >= from) {
		buf_adds(left, ", ");
		put_length(left, to - from);
	}
	buf_adds(right, word(s->layout == FISH_CLASSIC	  ? WORD_FISHBONE
			     : s->layout == FISH_OVERVIEW ? WORD_OVERVIEW
							  : WORD_CAUSES));
	if (only_technical(sc->d))
		buf_addf(right, " %s", word(WORD_ONLY_TECHNICAL));
}

static bool
fishbone_line(struct pane_state *s, const struct scene *sc, struct rect area, const char *command,
    struct rect *line)
{
	return s->layout == FISH_LADDER && fish_ladder_line(s, sc, area, command, line);
}

#define HINTS_REST                                                                                 \
	DO_FIND, DO_UNDO, DO_EDIT, DO_MOVE, DO_ACTION_HERE, DO_AGREE, DO_DOUBT, DO_ZOOM_IN,        \
	    DO_LADDER, DO_OTHER_FISH, DO_REMOVE, DO_NOTHING
static const enum verb_of_key hints[] = { DO_ADD, DO_WHY, DO_EDIT, DO_LEFT, DO_DOWN, DO_ZOOM_OUT,
	DO_FIND, DO_PALETTE, DO_UNDO, DO_MOVE, DO_FOLD, DO_ACTION_HERE, DO_AGREE, DO_DOUBT,
	DO_ACROSS, DO_ZOOM_IN, DO_LADDER, DO_OTHER_FISH, DO_REMOVE, DO_NOTHING };
static const enum verb_of_key vote_hints[] = { DO_VOTE, DO_LEFT, DO_DOWN, DO_MENU, DO_ADD, DO_WHY,
	DO_ZOOM_OUT, DO_PALETTE, HINTS_REST };
static const enum verb_of_key overview_hints[] = { DO_ZOOM_IN, DO_LEFT, DO_DOWN, DO_MENU, DO_ADD,
	DO_WHY, DO_FIND, DO_PALETTE, DO_PROJECTOR, DO_UNDO, DO_EDIT, DO_NOTHING };
static const enum verb_of_key vertical_hints[] = { DO_ADD, DO_WHY, DO_ACROSS, DO_DOWN, DO_FOLD,
	DO_ZOOM_OUT, DO_PALETTE, HINTS_REST };
static const enum verb_of_key outline_hints[] = { DO_ADD, DO_WHY, DO_DOWN, DO_FOLD, DO_EDIT,
	DO_ZOOM_OUT, DO_PALETTE, DO_FIND, DO_UNDO, DO_MOVE, DO_ACTION_HERE, DO_AGREE, DO_DOUBT,
	DO_ACROSS, DO_LADDER, DO_OTHER_FISH, DO_REMOVE, DO_NOTHING };
static const enum verb_of_key ladder_hints[] = { DO_WHY, DO_EDIT, DO_LINK_MARKED, DO_AGREE,
	DO_DOUBT, DO_ACTION_HERE, DO_LADDER, DO_FIND, DO_PALETTE, DO_UNDO, DO_REMOVE, DO_VOTE,
	DO_NOTHING };
static const enum verb_of_key other_hints[] = { DO_ADD, DO_EDIT, DO_LEFT, DO_ACROSS, DO_OTHER_FISH,
	DO_FIND, DO_PALETTE, DO_UNDO, DO_FOLD, DO_QUESTION_HERE, DO_REMOVE, DO_NOTHING };

static const enum verb_of_key *
fishbone_hints(const struct pane_state *s, const struct scene *sc)
{
	if (s->layout == FISH_LADDER)
		return ladder_hints;
	if (s->layout == FISH_OTHER)
		return other_hints;
	if (sc->d->votes_each > 0)
		return vote_hints;
	return s->layout_now == FISH_OVERVIEW	? overview_hints
	       : s->layout_now == FISH_VERTICAL ? vertical_hints
	       : s->layout_now == FISH_OUTLINE	? outline_hints
						: hints;
}

const struct view view_fishbone = {
	.name = "fishbone",
	.title = "3 Causes",
	.digit = 3,
	.layouts = layouts,
	.draw = fishbone_draw,
	.strip = fishbone_strip,
	.verb = fishbone_verb,
	.counts = fishbone_counts,
	.hints = hints,
	.hints_now = fishbone_hints,
	.compact = fishbone_compact,
	.line = fishbone_line,
};
