#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "views/block_digits.h"
#include "views/board.h"
#include "views/board_parts.h"
#include "views/clock.h"
#include "views/speakers.h"
#include "views/words.h"

enum {
	LIST_COLS = 37,
	LIST_COLS_MEDIUM = 34,
	TIME_COLS = 35,
	TEXT_ROWS = 3,
	BAR_ROWS = 3,
	CARD_ROWS = 4,
	TIGHT = 4,
	CLOCK_FROM = 24, /* rows from which a topic's minutes have a bar */
	BELL_ROWS = 10,
	SHOWS_BELL_FROM = 26
};

/* The list by votes as it is drawn. */
struct ballot_list {
	const struct board *b;
	size_t *order;
	int64_t *minutes; /* of each, in that order */
	size_t n;	  /* listed one by one; the rest have no votes and are one row */
	size_t at, now;	  /* in the order: the cursor's, and the one that everybody looks at */
};

/* The stage's minutes by votes, what rounding leaves to those that it took most from. */
static void
share_minutes(struct ballot_list *l)
{
	const struct deck *k = &l->b->k;
	const struct stage *s = scene_stage(l->b->sc, NULL);
	int64_t votes = 0, minutes = s != NULL ? s->minutes : 0, rest = minutes;

	for (size_t i = 0; i < k->n_topics; i++)
		votes += k->topics[i].votes;
	for (size_t i = 0; i < k->n_topics && votes > 0; i++) {
		l->minutes[i] = minutes * k->topics[l->order[i]].votes / votes;
		rest -= l->minutes[i];
	}
	for (; rest > 0 && votes > 0; rest--) {
		size_t most = 0;
		int64_t lost = -1;
		for (size_t i = 0; i < l->n; i++) {
			int64_t owed =
			    minutes * k->topics[l->order[i]].votes - l->minutes[i] * votes;
			if (owed > lost) {
				lost = owed;
				most = i;
			}
		}
		l->minutes[most]++;
	}
}

static void
list_init(struct ballot_list *l, const struct board *b)
{
	const struct deck *k = &b->k;
	size_t focus = deck_topic_of(k, b->sc->d->focus);

	*l =
	    (struct ballot_list){ .b = b, .n = k->n_topics, .at = k->n_topics, .now = k->n_topics };
	l->order = mem_zero(k->n_topics + 1, sizeof *l->order);
	deck_by_votes(k, l->order);
	for (size_t i = 0; i < k->n_topics; i++) {
		if (l->order[i] == k->topic)
			l->at = i;
		if (l->order[i] == focus)
			l->now = i;
	}
	while (l->n > 0 && k->topics[l->order[l->n - 1]].votes == 0)
		l->n--;
	if (l->n == 0 || (l->at < k->n_topics && l->at >= l->n) || l->n + 1 >= k->n_topics)
		l->n = k->n_topics;
	l->minutes = mem_zero(k->n_topics + 1, sizeof *l->minutes);
	share_minutes(l);
}

static void
list_fini(struct ballot_list *l)
{
	free(l->order);
	free(l->minutes);
}

static void
draw_topic(const struct ballot_list *l, size_t i, struct rect r)
{
	const struct board *b = l->b;
	const struct deck_topic *t = &b->k.topics[l->order[i]];
	bool selected = i == l->at, past = l->now < b->k.n_topics && i < l->now;
	uint32_t glyph = selected ? 0x25ba : past ? 0x2713 : i == l->now ? 0x25cf : 0x25cb;
	int64_t minutes = l->minutes[i];

	canvas_put(b->c, r.y, r.x + 1, glyph,
	    selected ? ROLE_SELECTED
	    : past   ? ROLE_GOOD
		     : ROLE_LINE);
	draw_wrapped(b->c, (struct rect){ .y = r.y, .x = r.x + 3, .h = r.h, .w = r.w - 15 },
	    deck_topic_text(&b->k, t), selected ? ROLE_SELECTED | STYLE_REVERSE : ROLE_PLAIN);
	if (t->votes > 0)
		canvas_textf(
		    b->c, r.y, r.x + r.w - 11, 6, ROLE_COUNT, "•%lld", (long long)t->votes);
	canvas_text_right(b->c, r.y, r.x + r.w - 3, 4,
	    minutes > 0	   ? digits(minutes).s
	    : t->votes > 0 ? "—"
			   : "",
	    ROLE_PLAIN);
}

/* Rows that all of them take. */
static int
list_rows(const struct ballot_list *l, int cols, int most, int gap)
{
	int rows = 0;

	for (size_t i = 0; i < l->n; i++)
		rows += wrapped_rows(
			    deck_topic_text(&l->b->k, &l->b->k.topics[l->order[i]]), cols, most) +
			gap;
	return rows;
}

static void
draw_list(struct ballot_list *l, struct rect r)
{
	const struct board *b = l->b;
	static const int tries[][2] = { { TEXT_ROWS, 1 }, { 2, 1 }, { 2, 0 }, { 1, 0 } };
	int cols = r.w - 15, rest = l->n < b->k.n_topics && r.h >= TIGHT, h = r.h - rest, y = r.y,
	    nth = 0, first;
	struct more m = { 0 };

	while (nth < 3 && list_rows(l, cols, tries[nth][0], tries[nth][1]) > h)
		nth++;
	first =
	    nth < 3 ? 0 : list_scroll(b->s->scroll, (int)(l->at < l->n ? l->at : 0), (int)l->n, h);
	b->s->scroll = first;
	m.above = (size_t)first;
	for (size_t i = (size_t)first; i < l->n; i++) {
		const char *text = deck_topic_text(&b->k, &b->k.topics[l->order[i]]);
		int rows = wrapped_rows(text, cols, tries[nth][0]);
		rows = rows > 0 ? rows : 1;
		if (y + rows > r.y + h) {
			m.below = l->n - i;
			break;
		}
		draw_topic(l, i, (struct rect){ .y = y, .x = r.x, .h = rows, .w = r.w });
		y += rows + tries[nth][1];
	}
	if (rest) {
		struct buf more = { 0 };
		word_put(&more, WORD_WITHOUT_VOTES, digits((int64_t)(b->k.n_topics - l->n)).s);
		draw_text(b->c, line_at(y, r.x + 3, r.w - 8), more.data, ROLE_DIM);
		canvas_text(b->c, y, r.x + r.w - 4, 1, "—", ROLE_DIM);
		buf_fini(&more);
	}
	if (h >= TIGHT)
		draw_more(
		    b->c, (struct rect){ .y = r.y, .x = r.x, .h = h, .w = r.w - 1 }, false, &m);
}

/* "14 of 25 used, 11 for 4 topics" under a bar of it. */
static void
draw_used(const struct ballot_list *l, const struct clock *k, struct rect r)
{
	int64_t planned = k->planned_s / 60, used = (k->used_s + 30) / 60, left = planned - used;
	size_t topics = l->now < l->n ? l->n - l->now - 1 : l->n;
	int cols = r.w - 5, full;
	struct buf b = { 0 };

	if (planned <= 0 || cols < 4)
		return;
	full = used >= planned ? cols : (int)(used * cols / planned);
	canvas_hline(l->b->c, r.y, r.x + 1, full, 0x2588, ROLE_COUNT);
	canvas_hline(l->b->c, r.y, r.x + 1 + full, cols - full, 0x2591, ROLE_DIM);
	word_put(&b, WORD_USED_OF, digits(used).s, digits(planned).s);
	buf_adds(&b, ", ");
	word_put(&b, WORD_LEFT_FOR, digits(left > 0 ? left : 0).s);
	word_count(&b, (int64_t)topics, WORD_TOPIC_1);
	draw_text(l->b->c, line_at(r.y + 1, r.x + 1, r.w - 2), b.data, ROLE_PLAIN);
	buf_fini(&b);
}

static void
draw_left(struct ballot_list *l, const struct clock *k, struct rect r)
{
	bool used = k->runs && k->planned_s > 0 && r.h >= 14;
	int air = r.h >= 14;
	struct buf place = { 0 };

	word_put(
	    &place, WORD_N_OF_N, digits((int64_t)l->at + 1).s, digits((int64_t)l->b->k.n_topics).s);
	draw_band(l->b->c, line_at(r.y, r.x + 1, r.w - 2), word(WORD_TOPICS_BY_VOTES),
	    r.h <= TIGHT ? place.data : word(WORD_MINUTES));
	buf_fini(&place);
	draw_list(l, (struct rect){ .y = r.y + 1 + air,
			 .x = r.x,
			 .h = r.h - 1 - air - (used ? BAR_ROWS : 0),
			 .w = r.w });
	if (used)
		draw_used(l, k, (struct rect){ .y = r.y + r.h - 2, .x = r.x, .h = 2, .w = r.w });
}

/* Below a heading of its own; returns the rows used. */
static int
draw_notes(const struct board *b, const char *notes, struct rect r)
{
	int rows;

	if (notes == NULL || r.h < 2)
		return 0;
	draw_band(b->c, line_at(r.y, r.x, r.w), word(WORD_NOTES), NULL);
	rows = draw_wrapped(b->c, (struct rect){ .y = r.y + 1, .x = r.x, .h = r.h - 1, .w = r.w },
	    notes, ROLE_PLAIN);
	return rows + 2;
}

static void
draw_questions(const struct board *b, const struct card *head, struct rect r)
{
	const struct debrief *d = b->sc->d;
	int y = r.y + 1;

	for (size_t i = 0; i < DEBRIEF_N(d, QUESTION) && y < r.y + r.h; i++) {
		const struct question *q = DEBRIEF_AT(d, QUESTION, question, i);
		if (!id_equal(q->about, head->item.id))
			continue;
		if (y == r.y + 1)
			draw_band(b->c, line_at(r.y, r.x, r.w), word(WORD_OPEN_QUESTIONS), NULL);
		canvas_put(b->c, y, r.x, '?', ROLE_WARN);
		y += draw_wrapped(b->c,
		    (struct rect){ .y = y, .x = r.x + 2, .h = r.y + r.h - y, .w = r.w - 2 },
		    q->text, ROLE_PLAIN);
	}
}

/* "TOPIC 2 OF 6                8 votes, 3 cards" */
static void
draw_topic_heading(const struct ballot_list *l, const struct deck_topic *t, struct rect r)
{
	struct buf title = { 0 }, right = { 0 };

	word_put(&title, WORD_TOPIC_OF_CAPS, digits((int64_t)l->at + 1).s, digits((int64_t)l->n).s);
	word_count(&right, t->votes, WORD_VOTE_1);
	buf_adds(&right, ", ");
	word_count(&right, (int64_t)t->n, WORD_CARD_1);
	draw_text(l->b->c, line_at(r.y, r.x, r.w), title.data, ROLE_HEAD);
	draw_right(l->b->c, line_at(r.y, r.x + 14, r.w - 14), right.data, ROLE_COUNT);
	buf_fini(&title);
	buf_fini(&right);
}

/* The topic itself: its cards, the notes, what is open about it. */
static void
draw_middle(const struct ballot_list *l, struct rect r)
{
	const struct board *b = l->b;
	const struct deck_topic *t;
	struct buf name = { 0 };
	int y = r.y, end = r.y + r.h, air = r.h >= 12;

	if (l->at >= b->k.n_topics || r.h < 1)
		return;
	t = &b->k.topics[l->order[l->at]];
	draw_topic_heading(l, t, line_at(y, r.x, r.w));
	y += 1 + air;
	upper_case(&name, deck_topic_text(&b->k, t));
	y += draw_wrapped(b->c,
	    (struct rect){ .y = y, .x = r.x, .h = end - y < 3 ? end - y : 3, .w = r.w }, name.data,
	    ROLE_HEAD | STYLE_BOLD);
	y += air;
	for (size_t i = 0; t->n > 1 && i < t->n && y < end; i++) {
		int h = end - y < CARD_ROWS ? end - y : CARD_ROWS;
		canvas_put(b->c, y, r.x, 0x25cf, ROLE_LINE);
		y += draw_wrapped(b->c, (struct rect){ .y = y, .x = r.x + 2, .h = h, .w = r.w - 2 },
		    b->k.cards[t->first + i]->text, ROLE_PLAIN);
	}
	y += air && t->n > 1;
	y += draw_notes(b, b->k.cards[t->first]->notes,
	    (struct rect){ .y = y, .x = r.x, .h = end - y, .w = r.w });
	draw_questions(
	    b, b->k.cards[t->first], (struct rect){ .y = y, .x = r.x, .h = end - y, .w = r.w });
	buf_fini(&name);
}

/* The clock of the topic, or of them all; a bar of what is left of a topic's own minutes. Returns the
 * rows used. */
static int
draw_clock(const struct ballot_list *l, const struct clock *k, struct rect r)
{
	struct canvas *c = l->b->c;
	bool topic = k->by_hand && l->now < l->b->k.n_topics;
	int64_t share_s = topic ? l->minutes[l->now] * 60 : 0, left_s = k->left_s > 0 ? k->left_s : 0;
	struct buf left = { 0 };
	int y = r.y + 2, full;

	if (!k->runs)
		return 0;
	clock_put(&left, k);
	draw_text(c, line_at(r.y, r.x, r.w),
	    word(topic		? WORD_LEFT_FOR_TOPIC
		    : k->by_hand ? WORD_LEFT_ON_TIMER
				 : WORD_LEFT_FOR_TOPICS),
	    ROLE_HEAD);
	y += block_draw(c, (struct rect){ .y = y, .x = r.x, .h = r.y + r.h - y, .w = r.w }, left.data,
	    k->left_s < 0 ? ROLE_WARN : ROLE_HEAD);
	buf_clear(&left);
	if (share_s > 0 && left_s < share_s + 60 && r.h >= CLOCK_FROM) {
		full = left_s >= share_s ? r.w - 1 : (int)(left_s * (r.w - 1) / share_s);
		y++;
		canvas_hline(c, y, r.x, full, 0x2588, ROLE_COUNT);
		canvas_hline(c, y, r.x + full, r.w - 1 - full, 0x2591, ROLE_DIM);
		word_put(&left, WORD_OF_ITS_MINUTES, digits((left_s + 59) / 60).s,
		    digits(share_s / 60).s);
		draw_text(c, line_at(++y, r.x, r.w), left.data, ROLE_DIM);
		y++;
	}
	buf_fini(&left);
	return y + 1 - r.y;
}

/* What everybody is asked when the topic's minutes are over, and the ballot while it is open: what
 * others said is not known here. Returns the rows used. */
static int
draw_bell(const struct board *b, struct rect r)
{
	const struct debrief *d = b->sc->d;
	bool asks = d->asked != NULL && strcmp(d->asked, "topic") == 0, said = asks && d->answers.n > 0,
	     mine = asks && !said && board_bell_mine(b->sc);
	int y = r.y;

	if (r.h < BELL_ROWS || !b->sc->live)
		return 0;
	draw_band(b->c, line_at(y, r.x, r.w), word(WORD_AT_THE_BELL), NULL);
	y += 2;
	draw_text(b->c, line_at(y, r.x, r.w),
	    word(said ? WORD_BELL_SAID : WORD_BELL_EVERYONE),
	    asks ? ROLE_HEAD | STYLE_BOLD : ROLE_PLAIN);
	y += 2;
	draw_text(b->c, line_at(y, r.x + 2, 11), word(mine ? WORD_KEY_ENTER : WORD_NONE), ROLE_KEY);
	draw_text(b->c, line_at(y++, r.x + 2 + 11 * mine, r.w - 2 - 11 * mine), word(WORD_GO_ON),
	    ROLE_PLAIN);
	draw_text(b->c, line_at(y, r.x + 2, 11), word(mine ? WORD_KEY_BACKSPACE : WORD_NONE), ROLE_KEY);
	draw_text(b->c, line_at(y, r.x + 2 + 11 * mine, r.w - 2 - 11 * mine), word(WORD_ENOUGH),
	    ROLE_PLAIN);
	y += 2;
	y += draw_wrapped(b->c, (struct rect){ .y = y, .x = r.x, .h = 2, .w = r.w },
	    word(WORD_BELL_RULE), ROLE_DIM);
	return y + 1 - r.y;
}

static void
draw_time(const struct ballot_list *l, const struct clock *k, struct rect r)
{
	const struct board *b = l->b;
	int y = r.y + draw_clock(l, k, r);

	y += draw_bell(b, (struct rect){ .y = y, .x = r.x, .h = r.y + r.h - y, .w = r.w });
	if (y + 2 < r.y + r.h) {
		draw_band(b->c, line_at(y, r.x, r.w), word(WORD_TO_SPEAK), NULL);
		y += 2;
		y += speakers_draw(b->sc, b->c,
		    (struct rect){ .y = y, .x = r.x, .h = r.y + r.h - y - 3, .w = r.w });
		if (y + 2 < r.y + r.h)
			draw_wrapped(b->c, (struct rect){ .y = y + 1, .x = r.x, .h = 2, .w = r.w },
			    word(WORD_LEAST_FIRST), ROLE_DIM);
	}
}

bool
board_bell_mine(const struct scene *sc)
{
	return sc->live && !sc->projector && sc->role != PERSON_OBSERVER;
}

bool
board_shows_bell(const struct pane_state *s, const struct scene *sc, int rows, int cols)
{
	struct pane_state at = *s;
	struct rect r = frame_pane(&view_board, &at, sc, rows, cols);
	struct board b;
	bool shows;

	board_init(&b, &at, sc, NULL);
	shows = b.look == LOOK_TOPICS && b.k.n_columns > 0 && area_wide(r) && r.h >= SHOWS_BELL_FROM &&
	    board_bell_mine(sc);
	board_fini(&b);
	return shows;
}

void
board_topics(struct board *b, struct rect r)
{
	struct clock k = clock_of(b->sc);
	struct ballot_list l;
	int left = !area_wide(r)	 ? LIST_COLS_MEDIUM
		   : r.w / 4 > LIST_COLS ? r.w / 4
					 : LIST_COLS,
	    right = 0, air = r.h >= 20;

	list_init(&l, b);
	if (r.w < FRAME_MEDIUM_COLS) {
		draw_left(&l, &k, r);
		list_fini(&l);
		return;
	}
	canvas_vline(b->c, r.y + air, r.x + left, r.h - air, 0x2503, ROLE_LINE);
	if (area_wide(r)) {
		right = TIME_COLS;
		canvas_vline(b->c, r.y + air, r.x + r.w - right - 1, r.h - air, 0x2503, ROLE_LINE);
		draw_time(&l, &k,
		    (struct rect){ .y = r.y + air,
			.x = r.x + r.w - right + 2,
			.h = r.h - air,
			.w = right - 4 });
	}
	draw_left(&l, &k, (struct rect){ .y = r.y + air, .x = r.x, .h = r.h - air, .w = left });
	draw_middle(&l, (struct rect){ .y = r.y + air,
			    .x = r.x + left + 3,
			    .h = r.h - air,
			    .w = r.w - left - 3 - (right > 0 ? right + 3 : 2) });
	list_fini(&l);
}
