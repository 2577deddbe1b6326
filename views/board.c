#include "views/board.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "views/board_parts.h"
#include "views/clock.h"
#include "views/words.h"

enum { RULES_FROM = 6, STANDING_FROM = 12, STANDING_ROWS = 2, BOARD_COLUMNS = 1, BOARD_TOPICS = 2 };

static const char *const layouts[] = { "columns", "topics", NULL };

static enum board_look
look_of(const struct deck *k, const struct pane_state *s, const struct scene *sc)
{
	if (s->layout == BOARD_TOPICS)
		return LOOK_TOPICS;
	if (deck_voting(k))
		return LOOK_VOTE;
	if (k->n_hidden > 0)
		return LOOK_WRITE;
	if (s->layout != BOARD_COLUMNS && sc->d->stage != NULL &&
	    strcmp(sc->d->stage, "discuss") == 0 && k->n_topics > 0)
		return LOOK_TOPICS;
	return LOOK_CARDS;
}

/* Where nobody chose one: the topic that the room is at, else the first by votes. */
static void
go_to_topic(struct board *b)
{
	struct deck *k = &b->k;
	size_t *order = mem_zero(k->n_topics + 1, sizeof *order), at;

	deck_by_votes(k, order);
	at = deck_topic_of(k, b->sc->d->focus);
	deck_select(k, b->s, 0, at < k->n_topics ? at : order[0], 0);
	free(order);
}

void
board_init(struct board *b, struct pane_state *s, const struct scene *sc, struct canvas *c)
{
	bool chosen = id_some(s->selected);

	*b = (struct board){ .s = s, .sc = sc, .c = c };
	deck_init(&b->k, sc, s);
	b->look = look_of(&b->k, s, sc);
	if (b->look == LOOK_TOPICS && !chosen)
		go_to_topic(b);
}

void
board_fini(struct board *b)
{
	deck_fini(&b->k);
}

const struct column *
board_column(const struct pane_state *s, const struct scene *sc)
{
	struct pane_state at = *s; /* looking moves no cursor */
	struct deck k;
	const struct column *c;

	deck_init(&k, sc, &at);
	c = k.n_columns > 0 ? k.columns[k.column].column : NULL;
	deck_fini(&k);
	return c;
}

/* What lies between the rule at the top and the bottom of the pane. */
static struct rect
below_rule(struct rect area)
{
	if (area.h >= RULES_FROM) {
		area.y++;
		area.h--;
	}
	return area;
}

bool
board_entry(
    const struct pane_state *s, const struct scene *sc, struct rect area, struct rect *entry)
{
	struct pane_state at = *s;
	struct board b;
	struct rect box;

	board_init(&b, &at, sc, NULL);
	box = board_entry_box(&b, below_rule(area));
	board_fini(&b);
	if (box.h < 3)
		return false;
	*entry = line_at(box.y + 1, box.x + 2, box.w - 4);
	return true;
}

/* The rule above the columns says how many are out of sight on either side. */
static void
draw_top_rule(const struct board *b, struct rect r)
{
	struct board_page p = board_page_of(&b->k, r.w);
	struct buf left = { 0 }, right = { 0 };
	size_t after = b->k.n_columns - p.first - p.n;

	if (b->look != LOOK_TOPICS && p.first > 0)
		word_count(&left, (int64_t)p.first, WORD_PLUS_COLUMNS_1);
	if (b->look != LOOK_TOPICS && after > 0)
		word_count(&right, (int64_t)after, WORD_PLUS_COLUMNS_1);
	draw_rule(b->c, line_at(r.y, r.x, r.w), left.data, right.data);
	buf_fini(&left);
	buf_fini(&right);
}

static void
draw_columns(struct board *b, struct rect r)
{
	int top = board_top_rows(b, r);
	bool standing = b->look == LOOK_VOTE && r.h >= STANDING_FROM;
	int ideas = board_ideas_rows(b, r);

	board_top(b, r);
	if (ideas > 0) {
		r.h -= ideas;
		board_ideas(b, (struct rect){ .y = r.y + r.h, .x = r.x, .h = ideas, .w = r.w });
	}
	if (standing) {
		r.h -= STANDING_ROWS;
		board_standing(
		    b, (struct rect){ .y = r.y + r.h, .x = r.x, .h = STANDING_ROWS, .w = r.w });
	}
	r.y += top;
	r.h -= top;
	board_columns(b, r);
}

static void
board_draw(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area)
{
	struct rect in = below_rule(area);
	struct board b;

	board_init(&b, s, sc, c);
	if (in.y > area.y)
		draw_top_rule(&b, area);
	if (b.k.n_columns == 0)
		draw_wrapped(c, (struct rect){ .y = in.y, .x = in.x + 2, .h = in.h, .w = in.w - 4 },
		    word(WORD_NO_COLUMNS), ROLE_DIM);
	else if (b.look == LOOK_TOPICS)
		board_topics(&b, in);
	else
		draw_columns(&b, in);
	board_fini(&b);
}

static int
board_strip_draw(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area)
{
	struct board b;
	int rows;

	board_init(&b, s, sc, c);
	rows = board_strip(&b, area);
	board_fini(&b);
	return rows;
}

/* One step of the cursor up or down in its column, over the cards of open groups too. */
static void
step(struct board *b, int by)
{
	struct deck *k = &b->k;
	const struct deck_column *col = &k->columns[k->column];
	const struct deck_topic *t;
	bool open;

	if (k->topic == k->n_topics) {
		if (col->n > 0)
			deck_select(k, b->s, k->column, col->first, 0);
		return;
	}
	t = &k->topics[k->topic];
	open = t->n > 1 && b->look != LOOK_VOTE && !deck_folded(b->s, k->cards[t->first]);
	if (by > 0 && open && k->member + 1 < t->n)
		deck_select(k, b->s, k->column, k->topic, k->member + 1);
	else if (by > 0 && k->topic + 1 < col->first + col->n)
		deck_select(k, b->s, k->column, k->topic + 1, 0);
	else if (by < 0 && open && k->member > 0)
		deck_select(k, b->s, k->column, k->topic, k->member - 1);
	else if (by < 0 && k->topic > col->first) {
		const struct deck_topic *up = &k->topics[k->topic - 1];
		bool up_open =
		    up->n > 1 && b->look != LOOK_VOTE && !deck_folded(b->s, k->cards[up->first]);
		deck_select(k, b->s, k->column, k->topic - 1, up_open ? up->n - 1 : 0);
	}
}

/* To the column beside, as far down as here. */
static void
go_sideways(struct board *b, int by, bool round)
{
	struct deck *k = &b->k;
	long to = (long)k->column + by, n = (long)k->n_columns;
	size_t nth = k->topic < k->n_topics ? k->topic - k->columns[k->column].first : 0;
	const struct deck_column *col;

	if (round)
		to = (to + n) % n;
	if (to < 0 || to >= n)
		return;
	b->s->scroll = 0;
	col = &k->columns[to];
	if (col->n == 0)
		deck_select(k, b->s, (size_t)to, k->n_topics, 0);
	else
		deck_select(k, b->s, (size_t)to, col->first + (nth < col->n ? nth : col->n - 1), 0);
}

/* In the list by votes. */
static void
step_topics(struct board *b, long by)
{
	struct deck *k = &b->k;
	size_t *order = mem_zero(k->n_topics + 1, sizeof *order);
	long at = 0, n = (long)k->n_topics;

	deck_by_votes(k, order);
	while (at < n && order[at] != k->topic)
		at++;
	if (at == n)
		at = 0;
	else
		at += by;
	at = at < 0 ? 0 : at >= n ? n - 1 : at;
	if (n > 0)
		deck_select(k, b->s, 0, order[at], 0);
	free(order);
}

static void
go_to_end(struct board *b, bool last)
{
	const struct deck_column *col = &b->k.columns[b->k.column];

	if (col->n > 0)
		deck_select(
		    &b->k, b->s, b->k.column, last ? col->first + col->n - 1 : col->first, 0);
}

static void
toggle_fold(struct board *b)
{
	const struct card *head = deck_head(&b->k, b->k.topic);

	if (head == NULL || b->k.topics[b->k.topic].n < 2)
		return;
	for (size_t i = 0; i < b->s->folded.n; i++)
		if (strcmp(b->s->folded.v[i], head->item.id.s) == 0) {
			strs_drop(&b->s->folded, i);
			return;
		}
	strs_add(&b->s->folded, head->item.id.s);
	deck_select(&b->k, b->s, b->k.column, b->k.topic, 0);
}

/* How far each verb goes in the list of topics; 0: it is no movement there. */
static long
topics_by(enum verb_of_key v)
{
	switch (v) {
	case DO_UP:
	case DO_LEFT:
		return -1;
	case DO_DOWN:
	case DO_RIGHT:
	case DO_ACROSS:
		return 1;
	case DO_PAGE_UP:
		return -5;
	case DO_PAGE_DOWN:
		return 5;
	case DO_FIRST:
		return LONG_MIN / 2;
	case DO_LAST:
		return LONG_MAX / 2;
	default:
		return 0;
	}
}

/* True: the verb was about where the cursor is, or what is shown. */
static bool
move_verb(struct board *b, enum verb_of_key v)
{
	if (b->k.n_columns == 0)
		return false;
	if (b->look == LOOK_TOPICS && topics_by(v) != 0)
		return step_topics(b, topics_by(v)), true;
	switch (v) {
	case DO_UP:
	case DO_DOWN:
		return step(b, v == DO_UP ? -1 : 1), true;
	case DO_PAGE_UP:
	case DO_PAGE_DOWN:
		for (int i = 0; i < 5; i++)
			step(b, v == DO_PAGE_UP ? -1 : 1);
		return true;
	case DO_LEFT:
	case DO_RIGHT:
		return go_sideways(b, v == DO_LEFT ? -1 : 1, false), true;
	case DO_ACROSS:
		return go_sideways(b, 1, true), true;
	case DO_FIRST:
	case DO_LAST:
		return go_to_end(b, v == DO_LAST), true;
	case DO_FOLD:
		return toggle_fold(b), true;
	case DO_LAYOUT:
		b->s->layout = b->look == LOOK_TOPICS ? BOARD_COLUMNS : BOARD_TOPICS;
		return true;
	default:
		return false;
	}
}

static enum answer
board_verb_of(struct pane_state *s, const struct scene *sc, enum verb_of_key v, struct rect area,
    struct view_answer *out)
{
	enum answer what = ANSWER_DRAW;
	struct board b;

	board_init(&b, s, sc, NULL);
	if (!move_verb(&b, v))
		what = board_verb(&b, v, area, out);
	board_fini(&b);
	return what;
}

static void
board_counts(const struct scene *sc, struct buf *out)
{
	(void)sc;
	(void)out;
}

static void
board_compact(
    const struct pane_state *s, const struct scene *sc, struct buf *left, struct buf *right)
{
	const char *title = scene_title(sc);
	const struct stage *stage = scene_stage(sc, NULL);
	bool writing = scene_hidden(sc) && (stage == NULL || stage->pane == NULL ||
					       strcmp(stage->pane, view_board.name) == 0);

	(void)s;
	(void)right;
	title += ticket_len(title);
	buf_addf(left, "%s ▸ %s", title + strspn(title, " :,"),
	    writing	   ? word(WORD_SILENT_WRITING)
	    : sc->d->stage ? sc->d->stage
			   : word(WORD_BOARD));
}

static const enum verb_of_key hints[] = { DO_ADD, DO_MARK, DO_GROUP, DO_EDIT, DO_LEFT, DO_DOWN,
	DO_VOTE, DO_FIND, DO_PALETTE, DO_UNDO, DO_UNGROUP, DO_FOLD, DO_REMOVE, DO_NOTHING };

/* Each thing that the board is for has keys of its own that matter. */
static const enum verb_of_key hints_write[] = { DO_ADD, DO_EDIT, DO_REMOVE, DO_LEFT, DO_DOWN,
	DO_REVEAL, DO_READY, DO_HAND, DO_FIND, DO_PALETTE, DO_UNDO, DO_NOTHING };
static const enum verb_of_key hints_vote[] = { DO_VOTE, DO_UNVOTE, DO_LEFT, DO_DOWN, DO_MENU,
	DO_STAGE_NEXT, DO_FIND, DO_PALETTE, DO_UNDO, DO_NOTHING };
static const enum verb_of_key hints_topics[] = { DO_NEXT, DO_ADD, DO_WHY, DO_ACTION_HERE, DO_QUESTION_HERE,
	DO_TIME, DO_DOWN, DO_HAND, DO_LAYOUT, DO_PALETTE, DO_UNDO, DO_NOTHING };

static const enum verb_of_key *
board_hints(const struct pane_state *s, const struct scene *sc)
{
	struct pane_state at = *s;
	struct board b;
	enum board_look look;

	board_init(&b, &at, sc, NULL);
	look = b.look;
	board_fini(&b);
	switch (look) {
	case LOOK_WRITE: return hints_write;
	case LOOK_VOTE: return hints_vote;
	case LOOK_TOPICS: return hints_topics;
	default: return hints;
	}
}

const struct view view_board = {
	.name = "board",
	.title = "5 Board",
	.digit = 5,
	.layouts = layouts,
	.draw = board_draw,
	.strip = board_strip_draw,
	.verb = board_verb_of,
	.counts = board_counts,
	.hints = hints,
	.hints_now = board_hints,
	.compact = board_compact,
};
