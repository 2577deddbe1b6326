#include <string.h>

#include "base/text.h"
#include "views/board.h"
#include "views/board_parts.h"
#include "views/prompts.h"
#include "views/words.h"

enum {
	TOP_FROM = 9, /* rows of the pane from which there is a question above the columns */
	AIR_FROM = 15,
	BOX_FROM = 17,
	ENTRY_ROWS = 5, /* the box, what it says, and an empty row */
	BALLOT_ROWS = 4,
	BALLOT_COLS = 33,
	DOTS_MOST = 9,
	BAR_COLS = 30
};

void
put_votes(struct buf *out, int64_t given, int64_t left)
{
	if (given + left > DOTS_MOST) {
		if (given > 0)
			buf_addf(out, "●%lld", (long long)given);
		if (left > 0)
			buf_addf(out, "%s○%lld", given > 0 ? " " : "", (long long)left);
		return;
	}
	for (int64_t i = 0; i < given + left; i++)
		buf_adds(out, i < given ? "●" : "○");
}

static const char *
question(const struct board *b)
{
	const struct column *c = b->k.n_columns > 0 ? b->k.columns[b->k.column].column : NULL;

	size_t nth = 0;
	const char *asked = prompt_for_stage(b->sc, 0, &nth);

	if (asked != NULL)
		return b->sc->asked_above ? NULL : asked;
	return c != NULL ? c->prompt : NULL;
}

/* Are own votes to be seen here? */
static bool
own_shown(const struct board *b)
{
	return b->look == LOOK_VOTE && !scene_public(b->sc);
}

static bool
with_ballot_box(const struct board *b, struct rect r)
{
	return own_shown(b) && area_wide(r);
}

int
board_top_rows(const struct board *b, struct rect r)
{
	int rows = 0, air = r.h >= AIR_FROM;

	if (r.h < TOP_FROM || b->k.n_columns == 0)
		return 0;
	if (with_ballot_box(b, r))
		return air ? BALLOT_ROWS + 1 : BALLOT_ROWS;
	if (question(b) != NULL)
		rows = wrapped_rows(question(b), r.w - 6, 2);
	if (b->look == LOOK_VOTE)
		rows++;
	if (rows > 0)
		rows += 2 * air;
	if (board_entry_box(b, r).h > 0)
		rows += ENTRY_ROWS;
	return rows;
}

struct rect
board_entry_box(const struct board *b, struct rect r)
{
	struct rect box = { .x = r.x + 1, .h = 3, .w = r.w - 2 };
	int rows = question(b) != NULL ? wrapped_rows(question(b), r.w - 6, 2) + 2 : 0;

	if (b->k.n_columns == 0 || b->look != LOOK_WRITE || !b->sc->simple || scene_public(b->sc) ||
	    r.h < BOX_FROM || r.w < FRAME_MEDIUM_COLS)
		return (struct rect){ 0 };
	box.y = r.y + rows;
	return box;
}

static void
draw_entry(const struct board *b, struct rect box)
{
	const struct column *column = b->k.columns[b->k.column].column;
	struct buf title = { 0 }, label = { 0 };

	upper_case(&title, column->name ? column->name : "");
	board_label(&label, b->sc, column);
	draw_titled_box(b->c, box, title.data ? title.data : "", label.data);
	draw_text(b->c, line_at(box.y + box.h, box.x + 2, box.w - 2),
	    word(!column->hidden     ? WORD_NOTE_OPEN
		 : column->anonymous ? WORD_NOTE_NAMELESS
				     : WORD_NOTE_NAMED),
	    ROLE_DIM);
	buf_fini(&title);
	buf_fini(&label);
}

static int64_t
votes_left(const struct board *b)
{
	int64_t left = b->sc->d->votes_each - b->k.own;

	return left > 0 ? left : 0;
}

/* "3 given, 2 left" */
static void
put_given(struct buf *out, const struct board *b)
{
	word_put(out, WORD_GIVEN_LEFT, digits(b->k.own).s, digits(votes_left(b)).s);
}

static void
draw_ballot(const struct board *b, struct rect r)
{
	struct buf dots = { 0 }, given = { 0 };
	int w;

	draw_titled_box(b->c, r, word(WORD_YOUR_VOTES), NULL);
	put_votes(&dots, b->k.own, votes_left(b));
	put_given(&given, b);
	w = draw_text(b->c, line_at(r.y + 1, r.x + 2, r.w - 4), dots.data, ROLE_COUNT);
	draw_text(b->c, line_at(r.y + 1, r.x + w + 7, r.w - w - 9), given.data, ROLE_PLAIN);
	draw_text(b->c, line_at(r.y + 2, r.x + 2, r.w - 4), word(WORD_SECRET), ROLE_DIM);
	buf_fini(&dots);
	buf_fini(&given);
}

/* What one may do with one's votes. */
static enum word
vote_words(const struct debrief *d)
{
	if (d->votes_on.n > 0)
		return WORD_VOTE_RUN_OFF;
	if (d->votes_each == 1)
		return WORD_VOTE_ONE;
	return d->votes_single ? WORD_VOTE_SINGLE : WORD_VOTE_SEVERAL;
}

/* The line under the question of a vote: how it goes, and own votes where they have no box. */
static void
draw_vote_line(const struct board *b, struct rect r, bool boxed)
{
	struct buf own = { 0 };
	int w = 0;

	if (own_shown(b) && !boxed) {
		put_votes(&own, b->k.own, votes_left(b));
		buf_adds(&own, "  ");
		put_given(&own, b);
		w = text_width(own.data, own.len);
		draw_right(b->c, r, own.data, ROLE_COUNT);
	}
	w = r.w - w - (w > 0 ? 2 : 0);
	draw_text(b->c, line_at(r.y, r.x, w),
	    word_fit(vote_words(b->sc->d), w), ROLE_DIM);
	buf_fini(&own);
}

/* "21 cards   2 groups   3 marked" */
static void
put_totals(struct buf *out, const struct board *b)
{
	const struct card *first;
	size_t groups = 0, marks = deck_marks(&b->k, &first);

	for (size_t i = 0; i < b->k.n_topics; i++)
		groups += b->k.topics[i].n > 1;
	word_count(out, (int64_t)b->k.n_cards, WORD_CARD_1);
	if (groups > 0) {
		buf_adds(out, "   ");
		word_count(out, (int64_t)groups, WORD_GROUP_1);
	}
	if (marks > 0) {
		buf_adds(out, "   ");
		word_put(out, WORD_MARKED, digits((int64_t)marks).s);
	}
}

static void
draw_question(const struct board *b, struct rect r)
{
	struct buf totals = { 0 };
	const char *text = question(b);
	int w = 0;

	if (b->look == LOOK_CARDS && area_wide(r)) {
		put_totals(&totals, b);
		w = text_width(totals.data, totals.len);
		if (text == NULL || text_width(text, strlen(text)) + w + 8 <= r.w) {
			draw_right(b->c, line_at(r.y, r.x, r.w - 2), totals.data, ROLE_COUNT);
			r.w -= w + 4;
		}
	}
	draw_wrapped(b->c, (struct rect){ .y = r.y, .x = r.x + 3, .h = r.h, .w = r.w - 6 }, text,
	    ROLE_PLAIN | STYLE_BOLD);
	buf_fini(&totals);
}

void
board_top(const struct board *b, struct rect r)
{
	bool air = r.h >= AIR_FROM, boxed = with_ballot_box(b, r);
	struct rect entry = board_entry_box(b, r);
	int rows = 0;

	if (board_top_rows(b, r) == 0)
		return;
	if (boxed) {
		r.w -= BALLOT_COLS + 1;
		draw_ballot(b,
		    (struct rect){ .y = r.y, .x = r.x + r.w, .h = BALLOT_ROWS, .w = BALLOT_COLS });
	}
	r.y += air;
	if (question(b) != NULL)
		rows = wrapped_rows(question(b), r.w - 6, 2);
	draw_question(b, (struct rect){ .y = r.y, .x = r.x, .h = rows, .w = r.w });
	if (b->look == LOOK_VOTE)
		draw_vote_line(b, line_at(r.y + rows, r.x + 3, r.w - (boxed ? 3 : 5)), boxed);
	if (entry.h > 0)
		draw_entry(b, entry);
}

/* How far the room is, as numbers alone. */
void
board_standing(const struct board *b, struct rect r)
{
	struct votes_in v = scene_votes_in(b->sc);
	struct buf votes = { 0 }, people = { 0 };
	int x, bar = r.w >= 100 ? BAR_COLS : r.w / 4;

	draw_rule(b->c, line_at(r.y, r.x, r.w), word(WORD_VOTE_STANDS),
	    word_fit(WORD_VOTE_SECRET, r.w - 40));
	if (v.of > 0)
		word_put(&votes, WORD_VOTES_IN, digits(v.given).s, digits(v.of).s);
	else
		buf_adds(&votes, word(WORD_NO_VOTERS));
	if (v.voters > 0)
		word_put(&people, WORD_PEOPLE_DONE, digits(v.done).s, digits(v.voters).s);
	x = r.x + 2 + draw_text(b->c, line_at(r.y + 1, r.x + 2, r.w / 2), votes.data, ROLE_PLAIN) +
	    3;
	if (r.w >= 60 && v.of > 0) {
		int full = (int)(v.given * bar / v.of);
		canvas_hline(b->c, r.y + 1, x, full, 0x2588, ROLE_COUNT);
		canvas_hline(b->c, r.y + 1, x + full, bar - full, 0x2591, ROLE_DIM);
		x += bar + 3;
	}
	if (people.len > 0)
		x += draw_text(b->c, line_at(r.y + 1, x, r.x + r.w - x - 1), people.data, ROLE_PLAIN) + 3;
	if (area_wide(r))
		draw_text(
		    b->c, line_at(r.y + 1, x, r.x + r.w - x - 1), word(WORD_VOTE_CLOSES), ROLE_DIM);
	buf_fini(&votes);
	buf_fini(&people);
}
