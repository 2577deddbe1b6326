#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "views/draw.h"
#include "views/home_state.h"
#include "views/words.h"

/* From these widths rows have more than what they are about: a date, a state. */
enum { DATED_FROM = 28, NARROW_COLS = 36 };

/* Columns from the right end: the state's, the debrief's, the owner's. */
struct columns {
	int state, from, owner;
};

static struct columns
columns_of(int w)
{
	if (w >= FRAME_WIDE_COLS)
		return (struct columns){ 20, 50, 66 };
	return (struct columns){ 14, 27, 35 };
}

/* "5 days over", "in 2 days", "today". */
void
home_put_due(const struct home *h, int64_t day, struct buf *out)
{
	int64_t left = day == TIME_NONE ? 0 : day - h->today;

	if (day == TIME_NONE)
		buf_adds(out, word(WORD_HOME_NO_DATE));
	else if (left < 0)
		word_count(out, -left, WORD_HOME_OVER_1);
	else if (left == 0)
		buf_adds(out, word(WORD_TODAY_MARK));
	else
		word_count(out, left, WORD_HOME_IN_DAYS_1);
}

/* What a title begins with in place of the whole: "INC-2041". */
static void
put_short(const char *title, struct buf *out)
{
	size_t n = title != NULL ? ticket_len(title) : 0;

	if (title != NULL)
		buf_add(out, title, n > 0 ? n : strlen(title));
}

static void
put_number(const struct home_item *it, struct buf *out)
{
	buf_addf(out, "A%lld", (long long)it->number);
}

static void
row_live(const struct home_item *it, struct canvas *c, struct rect at)
{
	struct buf here = { 0 };
	bool wide = at.w >= FRAME_MEDIUM_COLS;
	int text = wide ? at.w - 45 : at.w - 19, end = at.x + at.w - 1;

	if (it->here >= 0)
		word_put(&here, WORD_HERE, digits(it->here).s);
	if (it->runs) {
		buf_adds(&here, here.len > 0 ? ", " : "");
		word_put(&here, it->left_s >= 0 ? WORD_HOME_LEFT : WORD_HOME_OVER,
		    digits((it->left_s < 0 ? -it->left_s : it->left_s + 59) / 60).s);
	}
	if (it->account != NULL && here.len == 0)
		word_put(&here, WORD_HOME_OF, it->account);
	draw_text(c, line_at(at.y, at.x + 3, text), it->title, ROLE_PLAIN | STYLE_BOLD);
	if (wide)
		draw_text(c, line_at(at.y, end - 40, 17), it->from, ROLE_PLAIN);
	if (wide)
		draw_text(c, line_at(at.y, end - 22, 17), here.data, ROLE_COUNT);
	else
		draw_right(c, line_at(at.y, end - 15, 10), here.data, ROLE_COUNT);
	draw_right(c, line_at(at.y, end - 4, 4), word(WORD_HOME_JOIN), ROLE_KEY);
	buf_fini(&here);
}

static void
row_due(const struct home *h, const struct home_item *it, struct canvas *c, struct rect at)
{
	bool over = it->day != TIME_NONE && it->day < h->today, wide = at.w >= FRAME_MEDIUM_COLS;
	struct columns k = columns_of(at.w);
	struct buf number = { 0 }, from = { 0 }, due = { 0 };
	int end = at.x + at.w - 1, x = at.x + 7,
	    to = wide ? at.x + at.w - k.owner - 2 : end - 13;

	if (at.w < NARROW_COLS) { /* what is to be done comes first: the mark says that it is late */
		draw_text(c, line_at(at.y, at.x + 3, end - at.x - 3), it->title, ROLE_PLAIN);
		return;
	}
	put_number(it, &number);
	put_short(it->from, &from);
	home_put_due(h, it->day, &due);
	draw_text(c, line_at(at.y, at.x + 3, 4), number.data, ROLE_KEY);
	draw_text(c, line_at(at.y, x, to - x), it->title, ROLE_PLAIN);
	if (wide) {
		draw_text(c, line_at(at.y, at.x + at.w - k.owner, k.owner - k.from - 1),
		    it->who != NULL ? it->who : word(WORD_NOBODY), ROLE_PLAIN);
		draw_text(c, line_at(at.y, at.x + at.w - k.from, k.from - k.state - 1), from.data,
		    ROLE_PLAIN);
	}
	draw_right(c, line_at(at.y, end - 13, 13), due.data, over ? ROLE_WARN : ROLE_PLAIN);
	buf_fini(&number);
	buf_fini(&from);
	buf_fini(&due);
}

/* "8 actions, 1 done": what most wants to be known of them. */
void
home_put_actions(const struct home_item *it, struct buf *out)
{
	if (it->n_actions == 0) {
		buf_adds(out, word(WORD_HOME_NO_ACTIONS));
		return;
	}
	word_count(out, (int64_t)it->n_actions, WORD_ACTION_1);
	buf_adds(out, ", ");
	if (it->n_done == it->n_actions)
		buf_adds(out, word(WORD_HOME_ALL_DONE));
	else if (it->n_overdue > 0)
		word_put(out, WORD_HOME_DUE_N, digits((int64_t)it->n_overdue).s);
	else if (it->n_done > 0)
		word_put(out, WORD_HOME_DONE_N, digits((int64_t)it->n_done).s);
	else
		buf_adds(out, word(WORD_HOME_NONE_DUE));
}

static void
row_last(const struct home_item *it, struct canvas *c, struct rect at)
{
	bool wide = at.w >= FRAME_MEDIUM_COLS;
	struct columns k = columns_of(at.w);
	struct buf day = { 0 }, actions = { 0 };
	int x = at.x + (at.w < DATED_FROM ? 3 : 12);

	if (it->day != TIME_NONE)
		put_day(&day, it->day);
	home_put_actions(it, &actions);
	if (at.w >= DATED_FROM)
		draw_text(c, line_at(at.y, at.x + 3, 8), day.data, ROLE_DIM);
	draw_text(c, line_at(at.y, x, at.x + at.w - x - 1 - (wide ? k.from : 0)), it->title, ROLE_PLAIN);
	if (wide)
		draw_text(c, line_at(at.y, at.x + at.w - k.from, k.from - 1), actions.data, ROLE_PLAIN);
	buf_fini(&day);
	buf_fini(&actions);
}

static void
row_note(const struct home_item *it, struct canvas *c, struct rect at)
{
	struct buf day = { 0 };

	int x = at.x + (at.w < DATED_FROM ? 3 : 12);

	put_day(&day, it->day);
	if (at.w >= DATED_FROM)
		draw_text(c, line_at(at.y, at.x + 3, 8), day.data, ROLE_DIM);
	draw_text(c, line_at(at.y, x, at.x + at.w - x - 1), it->title, ROLE_PLAIN);
	buf_fini(&day);
}

void
home_row(const struct home *h, const struct home_item *it, enum home_part part, bool chosen,
    struct canvas *c, struct rect at)
{
	bool over = part == HOME_DUE && it->day != TIME_NONE && it->day < h->today;

	switch (part) {
	case HOME_LIVE: row_live(it, c, at); break;
	case HOME_DUE: row_due(h, it, c, at); break;
	case HOME_LAST: row_last(it, c, at); break;
	default: row_note(it, c, at); break;
	}
	if (chosen) {
		canvas_paint(c, line_at(at.y, at.x + 3, at.w - 4), ROLE_SELECTED | STYLE_REVERSE);
		canvas_put(c, at.y, at.x + 1, 0x25ba, ROLE_SELECTED);
	} else if (part == HOME_DUE) {
		canvas_put(c, at.y, at.x + 1, over ? 0x25c6 : 0x25cb, over ? ROLE_WARN : ROLE_DIM);
	}
}

static void
draw_answers(const struct home_ui *u, struct canvas *c, int y, int x, int end)
{
	static const enum word answers[HOME_ANSWERS] = { WORD_HOME_YES, WORD_HOME_NO,
		WORD_HOME_UNTESTED };

	for (int i = 0; i < HOME_ANSWERS && x < end; i++) {
		struct buf b = { 0 };
		bool chosen = u->part == HOME_HELD && u->mode == HOME_CHOOSING && u->answer == i;
		buf_addf(&b, "%s ▸", word(answers[i]));
		x += draw_text(c, line_at(y, x, end - x), b.data,
		    chosen ? ROLE_SELECTED | STYLE_REVERSE : ROLE_KEY);
		x += 3;
		buf_fini(&b);
	}
}

static int
answers_width(void)
{
	return text_width(word(WORD_HOME_YES), strlen(word(WORD_HOME_YES))) +
	       text_width(word(WORD_HOME_NO), strlen(word(WORD_HOME_NO))) +
	       text_width(word(WORD_HOME_UNTESTED), strlen(word(WORD_HOME_UNTESTED))) + 12;
}

static void
draw_held_row(const struct home_item *it, struct canvas *c, struct rect at)
{
	struct buf number = { 0 }, done = { 0 }, day = { 0 };
	int end = at.x + at.w - 1, mid = at.x + at.w - 41;

	put_number(it, &number);
	if (it->day != TIME_NONE)
		put_day(&day, it->day);
	if (it->day != TIME_NONE)
		word_put(&done, it->who != NULL ? WORD_HOME_DONE_BY : WORD_HOME_DONE_ON, day.data,
		    it->who);
	if (at.w < FRAME_MEDIUM_COLS)
		mid = end;
	draw_text(c, line_at(at.y, at.x + 2, 4), number.data, ROLE_KEY);
	draw_text(c, line_at(at.y, at.x + 6, mid - at.x - 7), it->title, ROLE_PLAIN);
	draw_text(c, line_at(at.y, mid, end - mid - 18), done.data, ROLE_PLAIN);
	if (mid < end)
		draw_text(c, line_at(at.y, end - 16, 16), word(WORD_HOME_UNPROVEN), ROLE_WARN);
	buf_fini(&number);
	buf_fini(&done);
	buf_fini(&day);
}

void
home_held(const struct home_ui *u, const struct home *h, struct canvas *c, struct rect at)
{
	const struct home_item *it = home_nth(u, h, HOME_HELD, u->at[HOME_HELD]);
	size_t n = home_shown(u, h, HOME_HELD);
	struct buf count = { 0 };
	int answers = answers_width(), room;

	if (it == NULL)
		return;
	if (n > 1)
		word_put(&count, WORD_N_OF_N, digits((int64_t)u->at[HOME_HELD] + 1).s,
		    digits((int64_t)n).s);
	draw_rule(c, line_at(at.y, at.x, at.w), word(WORD_HOME_HELD), count.data);
	if (u->part == HOME_HELD)
		canvas_put(c, at.y + 1, at.x + 1, 0x25ba, ROLE_SELECTED);
	draw_held_row(it, c, line_at(at.y + 1, at.x, at.w));
	room = at.w - 3 - answers - 2;
	if (room >= 12) {
		const char *question = it->more != NULL ? it->more : word(WORD_HOME_HELD_ASK);
		int w = draw_text(c, line_at(at.y + 2, at.x + 2, room), question, ROLE_PLAIN);
		draw_answers(u, c, at.y + 2, at.x + 2 + w + 3, at.x + at.w);
	} else {
		draw_answers(u, c, at.y + 2, at.x + 2, at.x + at.w);
	}
	buf_fini(&count);
}

static void
put_time(const struct home *h, int64_t t_ns, struct buf *out)
{
	struct civil c = civil_of_ns(t_ns + (int64_t)h->offset_s * NS_PER_S);

	buf_addf(out, "%02d:%02d", c.hour, c.minute);
}

/* The strip's line below its rule. */
static void
put_about(const struct home *h, const struct home_item *it, enum home_part part, struct buf *out)
{
	struct buf text = { 0 };

	switch (part) {
	case HOME_LIVE:
		if (it->at_ns != TIME_NONE) {
			put_time(h, it->at_ns, &text);
			word_put(out, WORD_HOME_BEGAN, text.data);
		}
		buf_adds(out, word(it->hidden ? WORD_HOME_HIDDEN : WORD_HOME_OPEN));
		break;
	case HOME_DUE:
		home_put_due(h, it->day, &text);
		word_put(out, WORD_HOME_DUE_IN, text.data, it->from != NULL ? it->from : "");
		if (it->more != NULL)
			word_put(out, WORD_HOME_DONE_WHEN, it->more);
		break;
	case HOME_LAST:
		home_put_actions(it, &text);
		buf_addf(out, "%s. %s", text.data,
		    word(it->closed ? WORD_HOME_CLOSED : WORD_HOME_GOES_ON));
		break;
	case HOME_NOTES: buf_adds(out, word(WORD_HOME_NOTE_HOW)); break;
	default: word_put(out, WORD_HOME_HELD_HOW, it->from != NULL ? it->from : ""); break;
	}
	buf_fini(&text);
}

void
home_strip(const struct home_ui *u, const struct home *h, struct canvas *c, struct rect at)
{
	static const enum word kinds[N_HOME_PARTS] = { WORD_HOME_THIS_LIVE, WORD_HOME_THIS_ACTION,
		WORD_HOME_THIS_DEBRIEF, WORD_HOME_THIS_NOTE, WORD_HOME_THIS_ACTION };
	const struct home_item *it = home_chosen(u, h);
	struct buf left = { 0 }, right = { 0 }, about = { 0 };

	if (it == NULL) {
		draw_rule(c, line_at(at.y, at.x, at.w), NULL, NULL);
		return;
	}
	buf_addf(&left, "%s ▸ %s", word(kinds[u->part]), it->title != NULL ? it->title : "");
	if (it->who != NULL)
		word_put(&right, u->part == HOME_LIVE ? WORD_HOME_LED_BY : WORD_TEXT, it->who);
	put_about(h, it, u->part, &about);
	draw_rule(c, line_at(at.y, at.x, at.w), left.data, right.data);
	draw_text(c, line_at(at.y + 1, at.x + 2, at.w - 2), about.data, ROLE_PLAIN);
	buf_fini(&left);
	buf_fini(&right);
	buf_fini(&about);
}
