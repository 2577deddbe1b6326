#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/checks.h"
#include "model/coverage.h"
#include "views/board.h"
#include "views/clock.h"
#include "views/deck.h"
#include "views/draw.h"
#include "views/plain_state.h"
#include "views/prompts.h"

enum { NUMBER_COLS = 3, PLACE_COLS = 18 };

/* "fourth of seven", with digits where there is no word for it. */
static void
put_nth(struct buf *out, size_t nth, size_t of)
{
	enum { KNOWN = 10 };

	if (nth < KNOWN && of > 0 && of <= KNOWN)
		word_put(out, WORD_PLAIN_NTH, word((enum word)(WORD_FIRST + nth)),
		    word((enum word)(WORD_ONE + of - 1)));
	else
		word_put(out, WORD_N_OF_N, digits((int64_t)nth + 1).s, digits((int64_t)of).s);
}

/* The first column that the stage works with; NULL: there is none. */
static const struct column *
column_here(const struct scene *sc)
{
	struct pane_state s = { 0 };
	const struct column *col;
	struct deck k;

	deck_init(&k, sc, &s);
	col = k.n_columns > 0 ? k.columns[0].column : NULL;
	deck_fini(&k);
	return col;
}

static bool
on_board(const struct stage *s)
{
	return s != NULL && s->pane != NULL && strcmp(s->pane, "board") == 0;
}

static void
put_who_sees(const struct scene *sc, const struct stage *s, struct buf *out)
{
	const struct column *col = on_board(s) ? column_here(sc) : NULL;
	struct buf b = { 0 };

	if (sc->d->status == STATUS_CLOSED || (s != NULL && !on_board(s) && s->pane != NULL &&
						  strcmp(s->pane, "agenda") == 0))
		return;
	if (col != NULL && (col->hidden || col->anonymous)) {
		board_label(&b, sc, col);
		plain_put_error(out, b.data);
	} else {
		plain_say(out, WORD_PLAIN_ALL_SEE, NULL);
	}
	buf_fini(&b);
}

void
plain_put_stage(const struct scene *sc, struct buf *out)
{
	size_t nth = 0;
	const struct stage *s = scene_stage(sc, &nth);
	struct buf name = { 0 }, place = { 0 };

	if (sc->d->status == STATUS_CLOSED) {
		plain_say(out, WORD_PLAIN_CLOSED, NULL);
		return;
	}
	if (s == NULL) {
		plain_say(out, WORD_PLAIN_NO_STAGE, NULL);
		return;
	}
	plain_put(&name, s->name);
	put_nth(&place, nth, DEBRIEF_N(sc->d, STAGE));
	plain_say(out, WORD_PLAIN_STAGE, name.data, place.data);
	plain_put_clock(out, sc);
	put_who_sees(sc, s, out);
	buf_fini(&name);
	buf_fini(&place);
}

/* Rows of a list. */
struct rows {
	struct plain *p;
	const struct scene *sc;
	struct strs v;
};

static void
pad(struct buf *out, const char *text, int cols)
{
	int used;
	size_t len = text_fit(text, strlen(text), cols, &used);

	buf_add(out, text, len);
	while (used++ < cols)
		buf_addc(out, ' ');
}

/* Its id comes first: the number is given when the row is said. `after`: what follows the text; or
 * NULL. */
static void
add_row(struct rows *r, struct id id, const char *place, const char *text, const char *after)
{
	struct buf b = { 0 };

	buf_adds(&b, id.s);
	if (place[0] != '\0')
		buf_addf(&b, "%s  ", place);
	plain_put(&b, text);
	if (after != NULL && after[0] != '\0')
		buf_addf(&b, ", %s", after);
	strs_take(&r->v, buf_take(&b));
}

/* Places of a list stand in one column. */
static char *
padded(const char *text, int cols)
{
	struct buf clean = { 0 }, out = { 0 };

	plain_put(&clean, text != NULL ? text : "");
	pad(&out, clean.data != NULL ? clean.data : "", cols);
	buf_fini(&clean);
	return buf_take(&out);
}

static int
widest(const struct debrief *d, enum kind kind)
{
	int most = 0;

	for (size_t i = 0; i < d->of[kind].n; i++) {
		const char *name = plain_text_of(kind, d->of[kind].v[i]);
		int w = text_width(name, strlen(name));
		most = w > most ? w : most;
	}
	return most < PLACE_COLS ? most : PLACE_COLS;
}

static void
say_rows(struct rows *r, struct buf *out)
{
	plain_end(out);
	strs_fini(&r->p->rest);
	r->p->rest = r->v;
	r->v = (struct strs){ 0 };
	plain_more(r->p, out);
}

/* "  7  Surprised us  The page went to a rota"; what is said here is no news any more. */
static void
say_row(struct plain *p, const char *row, struct buf *out)
{
	char *first = mem_dupn(row, strlen(row) < ID_LEN ? strlen(row) : ID_LEN);
	struct id id;

	if (id_parse(first, &id)) {
		struct digits number = digits(plain_number(p, id));
		for (int i = (int)strlen(number.s); i < NUMBER_COLS; i++)
			buf_addc(out, ' ');
		buf_addf(out, "%s  %s\n", number.s, row + ID_LEN);
		if (!strs_has(&p->own, id.s))
			strs_add(&p->own, id.s);
	} else {
		buf_addf(out, "%s\n", row);
	}
	free(first);
}

void
plain_more(struct plain *p, struct buf *out)
{
	size_t n = p->rest.n < PLAIN_ROWS ? p->rest.n : PLAIN_ROWS;

	for (size_t i = 0; i < n; i++) {
		say_row(p, p->rest.v[0], out);
		strs_drop(&p->rest, 0);
	}
	if (p->rest.n > 0) {
		plain_say(out, WORD_PLAIN_MORE_ROWS, digits((int64_t)p->rest.n).s);
		plain_end(out);
	}
}

static void
list_causes(struct rows *r, struct buf *out)
{
	const struct scene *sc = r->sc;
	struct cause_tree t = cause_tree(sc->d);
	struct coverage cov = coverage_of(sc->d);
	struct buf causes = { 0 }, whys = { 0 }, what = { 0 };
	int cols = widest(sc->d, KIND_CATEGORY);

	plain_put(&what, sc->d->effect != NULL ? sc->d->effect : scene_title(sc));
	word_count(&causes, (int64_t)cov.causes, WORD_CAUSE_1);
	word_count(&whys, (int64_t)cov.whys, WORD_WHY_1);
	plain_say(out, WORD_PLAIN_CAUSES_OF, what.data, causes.data, whys.data);
	for (size_t i = 0; i < t.n; i++) {
		const struct cause_row *row = &t.v[i];
		struct buf after = { 0 };
		char *place;
		if (row->cause == NULL || row->depth > 0)
			continue;
		place = padded(row->category != NULL ? row->category->name : word(WORD_UNPLACED),
		    cols);
		if (row->n_below > 0)
			word_count(&after, (int64_t)row->n_below, WORD_WHY_1);
		add_row(r, row->cause->item.id, place, row->cause->text, after.data);
		free(place);
		buf_fini(&after);
	}
	say_rows(r, out);
	cause_tree_fini(&t);
	buf_fini(&causes);
	buf_fini(&whys);
	buf_fini(&what);
}

static void
list_events(struct rows *r, struct buf *out)
{
	const struct debrief *d = r->sc->d;
	struct buf n = { 0 };

	word_count(&n, (int64_t)DEBRIEF_N(d, EVENT), WORD_EVENT_1);
	plain_say(out,
	    d->confirmed_at_ns != TIME_NONE ? WORD_PLAIN_TIMELINE_AGREED : WORD_PLAIN_TIMELINE,
	    n.data, zone_name(r->sc->zone));
	for (size_t i = 0; i < DEBRIEF_N(d, EVENT); i++) {
		const struct event *ev = DEBRIEF_AT(d, EVENT, event, i);
		struct buf at = { 0 };
		if (ev->precision != PRECISION_ORDER && ev->at_ns != TIME_NONE)
			put_clock(&at, r->sc, ev->at_ns, ev->precision == PRECISION_EXACT);
		add_row(r, ev->item.id, at.data != NULL ? at.data : "", ev->text, NULL);
		buf_fini(&at);
	}
	say_rows(r, out);
	buf_fini(&n);
}

static void
list_actions(struct rows *r, struct buf *out)
{
	const char *const *names = schema_field(KIND_ACTION, "status")->names;
	const struct debrief *d = r->sc->d;
	struct buf n = { 0 };

	word_count(&n, (int64_t)DEBRIEF_N(d, ACTION), WORD_ACTION_1);
	plain_say(out, WORD_PLAIN_FULL_STOP, n.data);
	for (size_t i = 0; i < DEBRIEF_N(d, ACTION); i++) {
		const struct action *a = DEBRIEF_AT(d, ACTION, action, i);
		struct buf after = { 0 };
		char *place = padded(a->status > 0 ? names[a->status] : "", 8);
		plain_put(&after, a->owner != NULL ? a->owner : word(WORD_NO_OWNER));
		if (a->due_day != TIME_NONE) {
			buf_adds(&after, ", ");
			put_day_year(&after, a->due_day);
		}
		add_row(r, a->item.id, place, a->text, after.data);
		free(place);
		buf_fini(&after);
	}
	say_rows(r, out);
	buf_fini(&n);
}

static void
list_stages(struct rows *r, struct buf *out)
{
	const struct stage *now = scene_stage(r->sc, NULL);

	for (size_t i = 0; i < DEBRIEF_N(r->sc->d, STAGE); i++) {
		const struct stage *s = DEBRIEF_AT(r->sc->d, STAGE, stage, i);
		struct buf b = { 0 };
		buf_adds(&b, "  ");
		plain_put(&b, s->name);
		if (s->minutes > 0) {
			buf_adds(&b, ", ");
			plain_put_minutes(&b, s->minutes * 60);
		}
		buf_addf(&b, ", %s",
		    word(s == now ? WORD_PLAIN_NOW
			 : s->done ? WORD_PLAIN_DONE_STAGE
				   : WORD_PLAIN_TO_COME));
		strs_take(&r->v, buf_take(&b));
	}
	say_rows(r, out);
}

static void
list_experiments(struct rows *r, struct buf *out)
{
	const struct debrief *d = r->sc->d;

	for (size_t i = 0; i < DEBRIEF_N(d, EXPERIMENT); i++)
		plain_read_item(r->p, r->sc, d->of[KIND_EXPERIMENT].v[i]->id, out);
	if (d->aborted_ns != TIME_NONE)
		plain_put_aborted(r->sc, out);
	else
		plain_say(out, WORD_PLAIN_HOW_TO_ABORT, NULL);
	plain_end(out);
	list_events(r, out);
}

/* "Silent writing, 4 minutes. Your cards: none. Others: 6. Hidden, nobody's name." */
static void
say_hidden(struct plain *p, const struct scene *sc, const struct deck *k, struct buf *out)
{
	int64_t *v = mem_zero(k->n_cards + 1, sizeof *v), others = sc->counts.written;
	struct buf names = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < k->n_cards; i++) {
		struct item *col = debrief_find(sc->d, KIND_COLUMN, k->cards[i]->column);
		if (col != NULL && ((struct column *)col)->hidden) {
			v[n++] = plain_number(p, k->cards[i]->item.id);
			others--;
		}
	}
	plain_put_numbers(&names, v, n);
	plain_say(out, WORD_PLAIN_SILENT, NULL);
	plain_put_clock(out, sc);
	plain_say(out, WORD_PLAIN_YOUR_CARDS, n > 0 ? names.data : word(WORD_NONE_WORD),
	    digits(others > 0 ? others : 0).s);
	put_who_sees(sc, scene_stage(sc, NULL), out);
	plain_end(out);
	for (size_t i = 0; i < k->n_columns; i++) {
		struct buf name = { 0 };
		const struct column *c = k->columns[i].column;
		plain_put(&name, c->name);
		if (c->prompt != NULL)
			buf_addf(&name, ": "), plain_put(&name, c->prompt);
		buf_adds(out, "  ");
		plain_put(out, name.data);
		plain_end(out);
		buf_fini(&name);
	}
	free(v);
	buf_fini(&names);
}

void
plain_put_votes_left(const struct scene *sc, struct buf *out)
{
	int64_t left = sc->d->votes_each - (int64_t)sc->d->ballots.n;

	plain_say(out, left > 0 ? WORD_PLAIN_VOTES_LEFT : WORD_PLAIN_NO_VOTES_LEFT,
	    digits(left > 0 ? left : 0).s);
}

/* A topic is a card alone, or a group under its head: that has the number to vote for. */
static void
list_topics(struct rows *r, const struct deck *k, struct buf *out)
{
	size_t *order = mem_zero(k->n_topics + 1, sizeof *order);
	int cols = widest(r->sc->d, KIND_COLUMN);
	bool voting = deck_voting(k);

	deck_by_votes(k, order);
	for (size_t i = 0; i < k->n_topics; i++) { /* while there is a vote nobody's ear is led */
		const struct deck_topic *t = &k->topics[voting ? i : order[i]];
		int64_t *v = mem_zero(t->n + 1, sizeof *v);
		struct buf after = { 0 }, names = { 0 };
		char *place = padded(k->columns[t->column].column->name, cols);
		const struct card *head = k->cards[t->first];

		for (size_t m = 0; m < t->n; m++)
			v[m] = t->n > 1 ? plain_number(r->p, k->cards[t->first + m]->item.id) : 0;
		if (t->n > 1)
			plain_put_numbers(&names, v, t->n);
		if (t->n > 1)
			word_put(&after, WORD_PLAIN_GROUP_OF, names.data);
		if (t->votes > 0 && !voting) {
			buf_adds(&after, after.len > 0 ? ", " : "");
			word_count(&after, t->votes, WORD_VOTE_1);
		}
		if (t->own > 0 && voting) {
			buf_adds(&after, after.len > 0 ? ", " : "");
			word_count(&after, t->own, WORD_OF_YOUR_VOTES_1);
		}
		add_row(r, head->item.id, place, deck_topic_text(k, t), after.data);
		free(v);
		free(place);
		buf_fini(&after);
		buf_fini(&names);
	}
	free(order);
	say_rows(r, out);
}

static void
list_board(struct rows *r, struct buf *out)
{
	const struct scene *sc = r->sc;
	struct pane_state s = { 0 };
	struct buf n = { 0 };
	struct deck k;

	deck_init(&k, sc, &s);
	if (deck_voting(&k)) {
		word_count(&n, sc->d->votes_each, WORD_VOTE_1);
		plain_say(out, WORD_PLAIN_VOTING_OPEN, n.data);
		plain_put_votes_left(sc, out);
		plain_put_clock(out, sc);
	}
	if (k.n_hidden > 0) {
		say_hidden(r->p, sc, &k, out);
	} else {
		if (k.n_topics == 0)
			plain_say(out, WORD_PLAIN_NOTHING_THERE_YET, NULL);
		if (k.n_topics == 0)
			say_hidden(r->p, sc, &k, out);
		else
			list_topics(r, &k, out);
	}
	deck_fini(&k);
	buf_fini(&n);
}

/* What of the stage's check marks is still open: advice, said to who leads. */
static void
put_checks(const struct scene *sc, struct buf *out)
{
	const struct stage *s = scene_stage(sc, NULL);
	struct buf open = { 0 };

	for (size_t i = 0; s != NULL && i < s->checks.n; i++) {
		const struct check_rule *rule = check_find(s->checks.v[i]);
		if (rule != NULL && !check_done(sc->d, rule->name))
			buf_addf(&open, "%s%s", open.len > 0 ? "; " : "", rule->words);
	}
	if (open.len > 0)
		plain_say(out, WORD_PLAIN_STILL_OPEN, open.data);
	buf_fini(&open);
}

static void
put_lead(const struct scene *sc, struct buf *out)
{
	bool writing = on_board(scene_stage(sc, NULL)) && scene_hidden(sc);
	enum word hint = writing		   ? WORD_PLAIN_LEAD_REVEAL
			 : sc->d->votes_each > 0   ? WORD_PLAIN_LEAD_VOTES
			 : sc->d->status == STATUS_CLOSED ? WORD_PLAIN_LEAD_REOPEN
						   : WORD_PLAIN_LEAD_NEXT;

	if (sc->role != PERSON_FACILITATOR && sc->role != PERSON_SCRIBE)
		return;
	plain_end(out);
	put_checks(sc, out);
	plain_say(out, hint, NULL);
	plain_end(out);
}

static void
put_prompt(const struct scene *sc, struct buf *out)
{
	size_t nth = 0;
	const char *asked = prompt_for_stage(sc, 0, &nth);
	struct buf b = { 0 };

	if (asked == NULL)
		return;
	plain_end(out);
	plain_put(&b, asked);
	plain_say(out, WORD_PLAIN_THE_QUESTION, b.data);
	plain_end(out);
	buf_fini(&b);
}

static const char *
pane_of(const struct scene *sc)
{
	const struct stage *s = scene_stage(sc, NULL);

	if (sc->d->status == STATUS_CLOSED && DEBRIEF_N(sc->d, ACTION) > 0)
		return "actions";
	return s != NULL && s->pane != NULL ? s->pane : "agenda";
}

void
plain_where(struct plain *p, const struct scene *sc, const char *pane, struct buf *out)
{
	struct rows r = { .p = p, .sc = sc };
	bool here = pane == NULL || pane[0] == '\0';

	if (here) {
		pane = pane_of(sc);
		if (strcmp(pane, "board") != 0 || !scene_hidden(sc)) {
			plain_put_stage(sc, out);
			plain_end(out);
		}
		free(p->room.stage); /* told by this */
		p->room.stage = mem_dup(sc->d->stage);
	}
	if (strcmp(pane, "board") == 0 || strcmp(pane, "cards") == 0)
		list_board(&r, out);
	else if (strcmp(pane, "timeline") == 0 || strcmp(pane, "events") == 0)
		list_events(&r, out);
	else if (strcmp(pane, "fishbone") == 0 || strcmp(pane, "causes") == 0)
		list_causes(&r, out);
	else if (strcmp(pane, "actions") == 0)
		list_actions(&r, out);
	else if (strcmp(pane, "run") == 0)
		list_experiments(&r, out);
	else if (strcmp(pane, "agenda") == 0 || strcmp(pane, "stages") == 0)
		list_stages(&r, out);
	else
		plain_say(out, WORD_PLAIN_WHERE_WHAT, NULL);
	if (here) {
		put_prompt(sc, out);
		put_lead(sc, out);
	}
	plain_end(out);
	strs_fini(&r.v);
}

void
plain_next_topic(const struct scene *sc, char **line, char **then)
{
	struct pane_state s = { 0 };
	struct clock c = clock_of(sc);
	int64_t left_s = c.planned_s - c.used_s, votes = 0, share;
	size_t *order, at = 0, now;
	struct deck k;

	deck_init(&k, sc, &s);
	order = mem_zero(k.n_topics + 1, sizeof *order);
	deck_by_votes(&k, order);
	now = deck_topic_of(&k, sc->d->focus);
	for (size_t i = 0; i < k.n_topics; i++)
		if (order[i] == now)
			at = i + 1;
	if (on_board(scene_stage(sc, NULL)) && k.n_hidden == 0 && at < k.n_topics) {
		for (size_t i = at; i < k.n_topics; i++)
			votes += k.topics[order[i]].votes;
		share = votes > 0 ? left_s * k.topics[order[at]].votes / votes
				  : left_s / (int64_t)(k.n_topics - at);
		*line = mem_fmt("focus %s", deck_head(&k, order[at])->item.id.s);
		if (c.planned_s > 0 && sc->d->stage_since_ns != TIME_NONE)
			*then = mem_fmt("timer %lldm",
			    (long long)(share >= 90 ? (share + 30) / 60 : 1));
	}
	free(order);
	deck_fini(&k);
}
