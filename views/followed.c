#include "views/followed.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "views/clock.h"
#include "views/deck.h"
#include "views/draw.h"
#include "views/gameday.h"
#include "views/prompts.h"
#include "views/words.h"

enum { LINES_MOST = 400, PATH_MOST = 32, INDENT = 4, TIME_COLS = 10 };

/* Takes the text. */
static void
add(struct followed *f, struct buf *text, int indent, bool head)
{
	if (f->n == LINES_MOST) {
		f->left_out++;
		buf_fini(text);
		return;
	}
	VEC_ROOM(f->v, f->n, f->cap);
	f->v[f->n++] = (struct followed_line){ buf_take(text), indent, head };
}

static void
add_text(struct followed *f, const char *text, int indent, bool head)
{
	struct buf b = { 0 };

	buf_adds(&b, text != NULL ? text : "");
	add(f, &b, indent, head);
}

static void
add_why(struct followed *f, const char *text, int indent)
{
	struct buf b = { 0 };

	buf_addf(&b, "← %s", text != NULL ? text : "");
	add(f, &b, indent, false);
}

/* From its bone's rib down to the cause itself, then its own whys, then what is still asked. */
static void
follow_cause(struct followed *f, const struct debrief *d, const struct cause *c)
{
	const struct cause *path[PATH_MOST] = { c }, *up;
	int n = 1, indent = 0;

	while (n < PATH_MOST && (up = (const struct cause *)debrief_find(
				     d, KIND_CAUSE, path[n - 1]->parent)) != NULL)
		path[n++] = up;
	add_text(f, path[n - 1]->text, 0, true);
	for (int i = n - 2; i >= 0; i--)
		add_why(f, path[i]->text, 2 + INDENT * indent++);
	for (size_t i = 0; i < DEBRIEF_N(d, CAUSE); i++) {
		const struct cause *why = DEBRIEF_AT(d, CAUSE, cause, i);
		if (id_equal(why->parent, c->item.id))
			add_why(f, why->text, 2 + INDENT * indent);
	}
	if (!c->deep_enough)
		add_why(f, "?", 2 + INDENT * indent);
	f->asks_why = true;
	f->pane = "fishbone";
}

static void
follow_card(struct followed *f, const struct scene *sc, struct id id)
{
	struct pane_state s = { 0 };
	struct deck k;
	size_t at;

	deck_init(&k, sc, &s);
	at = deck_topic_of(&k, id);
	if (at < k.n_topics) {
		const struct deck_topic *t = &k.topics[at];
		add_text(f, deck_topic_text(&k, t), 0, true);
		for (size_t i = 0; t->n > 1 && i < t->n; i++) {
			struct buf b = { 0 };
			buf_addf(&b, "● %s", k.cards[t->first + i]->text);
			add(f, &b, 2, false);
		}
	}
	deck_fini(&k);
	f->pane = "board";
}

/* `listed`: among others, whose texts begin in one column. */
static void
follow_event(struct followed *f, const struct scene *sc, const struct event *ev, bool listed)
{
	struct buf b = { 0 };

	if (ev->precision != PRECISION_ORDER && ev->at_ns != TIME_NONE)
		put_clock(&b, sc, ev->at_ns, ev->precision == PRECISION_EXACT);
	if (listed || b.len > 0)
		buf_adds(&b, "  ");
	while (listed && b.len < TIME_COLS)
		buf_addc(&b, ' ');
	buf_adds(&b, ev->text ? ev->text : "");
	add(f, &b, 0, true);
	if (ev->seen != NULL) {
		word_put(&b, WORD_LABELED, word(WORD_SEEN), ev->seen);
		add(f, &b, 2, false);
	}
	if (ev->note != NULL)
		add_text(f, ev->note, 2, false);
	f->pane = "timeline";
}

static void
follow_action(struct followed *f, const struct action *a)
{
	struct buf b = { 0 };

	add_text(f, a->text, 0, true);
	buf_adds(&b, a->owner ? a->owner : word(WORD_NO_OWNER));
	if (a->due_day != TIME_NONE) {
		buf_adds(&b, ", ");
		put_day_year(&b, a->due_day);
	}
	add(f, &b, 2, false);
	if (a->done_when != NULL) {
		word_put(&b, WORD_LABELED, word(WORD_DONE_WHEN), a->done_when);
		add(f, &b, 2, false);
	}
	f->pane = "actions";
}

/* True: the focus is on something that can be shown. */
static bool
follow_item(struct followed *f, const struct scene *sc)
{
	const struct debrief *d = sc->d;
	enum kind kind;
	const struct item *it = id_some(d->focus) ? debrief_any(d, d->focus, &kind) : NULL;

	if (it == NULL)
		return false;
	switch (kind) {
	case KIND_CAUSE:
		follow_cause(f, d, (const struct cause *)it);
		break;
	case KIND_CARD:
		follow_card(f, sc, it->id);
		break;
	case KIND_EVENT:
		follow_event(f, sc, (const struct event *)it, false);
		break;
	case KIND_ACTION:
		follow_action(f, (const struct action *)it);
		break;
	case KIND_QUESTION:
		add_text(f, ((const struct question *)it)->text, 0, true);
		break;
	case KIND_EXPERIMENT:
		add_text(f, ((const struct experiment *)it)->hypothesis, 0, true);
		break;
	default:
		return false;
	}
	return f->n > 0;
}

static void
add_topic(struct followed *f, const struct deck *k, size_t topic, int indent)
{
	const struct deck_topic *t = &k->topics[topic];
	struct buf b = { 0 };

	buf_addf(&b, "● %s", deck_topic_text(k, t));
	if (t->n > 1) {
		buf_adds(&b, " · ");
		word_count(&b, (int64_t)t->n, WORD_CARD_1);
	}
	if (t->votes > 0 && !deck_voting(k)) /* while they vote nobody's eye is led */
		buf_addf(&b, " •%lld", (long long)t->votes);
	add(f, &b, indent, false);
}

/* By votes, once there are any; before that column by column, as on the board. */
static void
list_topics(struct followed *f, const struct deck *k)
{
	size_t *order = mem_zero(k->n_topics + 1, sizeof *order), n = k->n_topics;
	bool voted = false;

	for (size_t i = 0; i < n; i++)
		voted = voted || (k->topics[i].votes > 0 && !deck_voting(k));
	deck_by_votes(k, order);
	for (size_t i = 0; voted && i < n; i++)
		add_topic(f, k, order[i], 0);
	for (size_t c = 0; !voted && c < k->n_columns; c++) {
		if (k->n_columns > 1)
			add_text(f, k->columns[c].column->name, 0, true);
		for (size_t i = 0; i < k->columns[c].n; i++)
			add_topic(f, k, k->columns[c].first + i, k->n_columns > 1 ? 2 : 0);
	}
	free(order);
}

/* The board: while something is hidden the headings and how much there is, else the topics. */
static void
list_board(struct followed *f, const struct scene *sc)
{
	struct pane_state s = { 0 };
	struct buf b = { 0 };
	struct deck k;
	size_t nth = 0;
	const char *asked = prompt_for_stage(sc, 0, &nth); /* stands above: not said twice */

	deck_init(&k, sc, &s);
	for (size_t i = 0; k.n_hidden > 0 && i < k.n_columns; i++) {
		const struct column *c = k.columns[i].column;
		add_text(f, c->name, 0, true);
		if (c->prompt != NULL && (asked == NULL || strcmp(c->prompt, asked) != 0))
			add_text(f, c->prompt, 2, false);
	}
	if (k.n_hidden > 0) {
		word_count(&b, k.unseen, WORD_WRITTEN_1);
		buf_adds(&b, " · ");
		word_put(&b, WORD_TYPING, digits(sc->counts.typing).s);
		buf_adds(&b, " · ");
		word_put(&b, WORD_READY, digits(sc->counts.ready).s);
		add(f, &b, 0, false);
		f->v[f->n - 1].apart = true;
	} else {
		list_topics(f, &k);
	}
	deck_fini(&k);
	f->pane = "board";
}

static void
add_cause(struct followed *f, const struct cause *c)
{
	struct buf b = { 0 };

	buf_addf(&b, "● %s", c->text != NULL ? c->text : "");
	if (c->votes > 0)
		buf_addf(&b, " •%lld", (long long)c->votes);
	add(f, &b, 2, false);
}

static void
list_causes(struct followed *f, const struct debrief *d)
{
	for (size_t i = 0; i < DEBRIEF_N(d, CATEGORY); i++) {
		const struct category *cat = DEBRIEF_AT(d, CATEGORY, category, i);
		add_text(f, cat->name, 0, true);
		for (size_t j = 0; j < DEBRIEF_N(d, CAUSE); j++) {
			const struct cause *c = DEBRIEF_AT(d, CAUSE, cause, j);
			if (id_equal(c->category, cat->item.id) && !id_some(c->parent))
				add_cause(f, c);
		}
	}
	f->pane = "fishbone";
}

static void
list_events(struct followed *f, const struct scene *sc)
{
	for (size_t i = DEBRIEF_N(sc->d, EVENT); i-- > 0;)
		follow_event(f, sc, DEBRIEF_AT(sc->d, EVENT, event, i), true);
	for (size_t i = 0; i < f->n; i++)
		f->v[i].head = false;
	f->pane = "timeline";
}

static void
add_run_line(struct followed *f, const struct scene *sc, const struct event *ev)
{
	struct buf b = { 0 };

	buf_adds(&b, ev->kind == EVENT_ALERT ? "► " : "● ");
	put_clock(&b, sc, ev->at_ns, true);
	buf_addf(&b, "  %s", ev->text != NULL ? ev->text : "");
	add(f, &b, 2, false);
}

/* The experiment of a game day: what is believed, what stops it, and what happened last. */
static void
list_run(struct followed *f, const struct scene *sc)
{
	enum { LAST = 8 };
	const struct experiment *x = gameday_now(sc, NULL);
	const struct event **v = mem_zero(DEBRIEF_N(sc->d, EVENT) + 1, sizeof(const struct event *));
	size_t n = x != NULL ? gameday_events(sc, x, v) : 0;
	struct buf b = { 0 };

	f->pane = "run";
	if (x != NULL)
		add_text(f, x->hypothesis, 0, true);
	for (size_t i = n; i-- > 0 && n - i <= LAST;)
		add_run_line(f, sc, v[i]);
	if (x != NULL && x->abort_when.n > 0)
		add_text(f, word(WORD_ABORT_WHEN), 0, true);
	for (size_t i = 0; x != NULL && i < x->abort_when.n; i++) {
		buf_addf(&b, "○ %s", x->abort_when.v[i]);
		add(f, &b, 2, false);
	}
	free(v);
}

/* ✓ is done, ● somebody's, ○ nobody's yet. */
static void
list_actions(struct followed *f, const struct debrief *d)
{
	for (size_t i = 0; i < DEBRIEF_N(d, ACTION); i++) {
		const struct action *a = DEBRIEF_AT(d, ACTION, action, i);
		struct buf b = { 0 };
		if (a->status == ACTION_DROPPED)
			continue;
		buf_addf(&b, "%s %s", a->status == ACTION_DONE ? "✓" : a->owner != NULL ? "●" : "○",
		    a->text != NULL ? a->text : "");
		if (a->owner != NULL)
			buf_addf(&b, ", %s", a->owner);
		add(f, &b, 0, false);
	}
	f->pane = "actions";
}

static void
list_stages(struct followed *f, const struct scene *sc)
{
	const struct stage *now = scene_stage(sc, NULL);

	for (size_t i = 0; i < DEBRIEF_N(sc->d, STAGE); i++) {
		const struct stage *s = DEBRIEF_AT(sc->d, STAGE, stage, i);
		struct buf b = { 0 };
		buf_addf(&b, "%s %s", s == now ? "►" : s->done ? "✓" : "○", s->name ? s->name : "");
		add(f, &b, 0, s == now);
	}
	f->pane = "agenda";
}

void
followed_init(struct followed *f, const struct scene *sc)
{
	const struct stage *s = scene_stage(sc, NULL);
	const char *pane = s != NULL && s->pane != NULL ? s->pane : "";

	*f = (struct followed){ .pane = "agenda" };
	if (sc->d->votes_each == 0 && follow_item(f, sc)) /* while they vote nobody's eye is led */
		return;
	if (strcmp(pane, "board") == 0)
		list_board(f, sc);
	else if (strcmp(pane, "timeline") == 0)
		list_events(f, sc);
	else if (strcmp(pane, "fishbone") == 0)
		list_causes(f, sc->d);
	else if (strcmp(pane, "actions") == 0)
		list_actions(f, sc->d);
	else if (strcmp(pane, "run") == 0)
		list_run(f, sc);
	else
		list_stages(f, sc);
}

void
followed_fini(struct followed *f)
{
	for (size_t i = 0; i < f->n; i++)
		free(f->v[i].text);
	free(f->v);
	*f = (struct followed){ 0 };
}
