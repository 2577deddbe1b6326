#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "views/board_parts.h"
#include "views/words.h"

/* Columns are narrow where that lets all of them be seen at once. */
enum {
	COLUMN_COLS_LEAST = 20,
	COLUMN_COLS = 24,
	DOTS_MOST = 5,
	SUMMARY_ROWS = 2,
	AIR = 2,
	VOTE_ROWS = 3,
	TIGHT = 4,
	FILL_MOST = 4
};

struct board_page
board_page_of(const struct deck *k, int w)
{
	struct board_page p = { .n = (size_t)(w / COLUMN_COLS_LEAST) };

	if (p.n >= k->n_columns)
		p.n = k->n_columns;
	else
		p.n = w >= 2 * COLUMN_COLS ? (size_t)(w / COLUMN_COLS) : 1;
	if (p.n == 0)
		return p;
	p.first = k->column / p.n * p.n;
	if (p.first + p.n > k->n_columns)
		p.first = k->n_columns - p.n;
	p.w = w / (int)p.n;
	p.wider = w % (int)p.n;
	return p;
}

struct rect
board_page_rect(const struct board_page *p, struct rect r, size_t nth)
{
	int i = (int)nth, wider = i < p->wider ? i : p->wider;

	return (struct rect){
		.y = r.y, .x = r.x + i * p->w + wider, .h = r.h, .w = p->w + (i < p->wider)
	};
}

/* What is drawn as one block, and scrolls as one. */
enum unit_what { UNIT_CARD, UNIT_SUMMARY, UNIT_BOX, UNIT_MEMBER, UNIT_END };
struct unit {
	enum unit_what what;
	size_t topic, member;
	int rows, gap; /* empty rows after it */
};

/* How much room each card gets. */
struct density {
	int most, gap,
	    pitch; /* rows of text; empty rows between; pitch: rows each, 0: as they come */
	int fill; /* rows of a column: those that are left go to texts that are cut */
};

struct flow {
	struct unit *v;
	size_t n, at; /* at: the selected one; n: none */
};

/* Columns at the right of a card for ✓, own votes or the total. */
static int
mark_cols(const struct board *b)
{
	int64_t each = b->sc->d->votes_each, most = 0;

	if (b->look == LOOK_WRITE)
		return 0;
	if (b->look == LOOK_VOTE && !scene_public(b->sc))
		return each > DOTS_MOST ? DOTS_MOST : (int)each;
	for (size_t i = 0; i < b->k.n_topics; i++)
		if (b->k.topics[i].votes > most)
			most = b->k.topics[i].votes;
	return most > 0 ? 1 + (int)strlen(digits(most).s) : 1;
}

static int
text_cols(const struct board *b, int w)
{
	int cols = b->look == LOOK_WRITE ? w - 4 : w - 5 - mark_cols(b);

	return cols < 4 ? 4 : cols;
}

/* "3 cards: the first, the second": what a folded group holds. */
static void
put_summary(struct buf *out, const struct board *b, const struct deck_topic *t)
{
	word_count(out, (int64_t)t->n, WORD_CARD_1);
	for (size_t i = 0; i < t->n; i++) {
		const struct card *card = b->k.cards[t->first + i];
		buf_addf(out, "%s%s", i > 0 ? ", " : ": ", card->text ? card->text : "");
	}
}

static int
summary_rows(const struct board *b, const struct deck_topic *t, int cols)
{
	struct buf text = { 0 };
	int rows;

	put_summary(&text, b, t);
	rows = wrapped_rows(text.data, cols, SUMMARY_ROWS);
	buf_fini(&text);
	return rows;
}

static void
add_unit(struct flow *f, const struct board *b, struct unit u)
{
	if (u.topic == b->k.topic && u.member == b->k.member && u.what != UNIT_END)
		f->at = f->n;
	f->v[f->n++] = u;
}

/* A group that lies open: its name on the box, its cards in it. */
static void
add_group(struct flow *f, const struct board *b, size_t topic, int w, const struct density *d)
{
	const struct deck_topic *t = &b->k.topics[topic];

	add_unit(f, b, (struct unit){ UNIT_BOX, topic, 0, 1, 0 });
	for (size_t i = 0; i < t->n; i++) {
		const char *text = b->k.cards[t->first + i]->text;
		int rows = wrapped_rows(text, w - 8 > 4 ? w - 8 : 4, d->most);
		struct unit u = { UNIT_MEMBER, topic, i, rows > 0 ? rows : 1, 0 };
		if (i == 0)
			f->v[f->n++] = u; /* its head stands for the group: selected by the box */
		else
			add_unit(f, b, u);
	}
	add_unit(f, b, (struct unit){ UNIT_END, topic, 0, 1, d->gap });
}

static void
add_topic(struct flow *f, const struct board *b, size_t topic, int w, const struct density *d)
{
	const struct deck_topic *t = &b->k.topics[topic];
	int cols = text_cols(b, w);
	struct unit u = { .what = UNIT_CARD, .topic = topic };

	if (t->n > 1 && b->look != LOOK_VOTE && !deck_folded(b->s, b->k.cards[t->first])) {
		add_group(f, b, topic, w, d);
		return;
	}
	u.rows = wrapped_rows(deck_topic_text(&b->k, t), cols, d->most);
	u.rows = u.rows > 0 ? u.rows : 1;
	if (t->n > 1) {
		u.what = UNIT_SUMMARY;
		u.rows += d->most > 1 ? summary_rows(b, t, cols - 2) : 0;
	}
	if (topic == b->k.topic)
		u.member = b->k.member;
	u.gap = d->pitch > u.rows ? d->pitch - u.rows : d->gap;
	add_unit(f, b, u);
}

/* What a block's text would take. */
static int
wanted_rows(const struct board *b, const struct unit *u, int w)
{
	const struct deck_topic *t = &b->k.topics[u->topic];

	if (u->what == UNIT_MEMBER)
		return wrapped_rows(b->k.cards[t->first + u->member]->text, w - 8 > 4 ? w - 8 : 4, FILL_MOST);
	return u->what == UNIT_CARD ? wrapped_rows(deck_topic_text(&b->k, t), text_cols(b, w), FILL_MOST) : 1;
}

/* Rows that are left, one each from the top, to texts that are cut. */
static void
fill(struct flow *f, const struct board *b, int w, int spare)
{
	for (int row = 2; row <= FILL_MOST; row++)
		for (size_t i = 0; i < f->n && spare > 0; i++)
			if (f->v[i].rows == row - 1 && wanted_rows(b, &f->v[i], w) >= row) {
				f->v[i].rows++;
				spare--;
			}
}

static int
flow_init(struct flow *f, const struct board *b, size_t column, int w, const struct density *d)
{
	const struct deck_column *col = &b->k.columns[column];
	int rows = 0;

	f->v = mem_zero(col->n_cards + 2 * col->n + 1, sizeof *f->v);
	f->n = 0;
	f->at = SIZE_MAX;
	for (size_t i = 0; i < col->n; i++)
		add_topic(f, b, col->first + i, w, d);
	if (f->at == SIZE_MAX)
		f->at = f->n;
	for (size_t i = 0; i < f->n; i++)
		rows += f->v[i].rows + (i + 1 < f->n ? f->v[i].gap : 0);
	if (d->fill > rows)
		fill(f, b, w, d->fill - rows);
	return rows;
}

static void
flow_fini(struct flow *f)
{
	free(f->v);
}

/* Topics of the longest of the columns that are shown. */
static int
most_topics(const struct board *b, const struct board_page *p)
{
	size_t n = 0;

	for (size_t i = p->first; i < p->first + p->n; i++)
		if (b->k.columns[i].n > n)
			n = b->k.columns[i].n;
	return (int)n;
}

/* Can all of the columns that are shown be seen whole? */
static bool
all_fit(const struct board *b, const struct board_page *p, const struct density *d, int h)
{
	for (size_t i = p->first; i < p->first + p->n; i++) {
		struct flow f;
		int rows = flow_init(&f, b, i, p->w, d);
		flow_fini(&f);
		if (rows > h)
			return false;
	}
	return true;
}

/* As much air and text as lets the longest column be seen whole. */
static struct density
density_for(const struct board *b, const struct board_page *p, int h)
{
	static const struct density tries[] = { { 4, 1, 0 }, { 3, 1, 0 }, { 2, 1, 0 }, { 2, 0, 0 },
		{ 1, 0, 0 } };
	int n = most_topics(b, p);

	if (b->look == LOOK_VOTE && n > 0 && h / n > VOTE_ROWS)
		return (struct density){ VOTE_ROWS, 0,
			h / n > VOTE_ROWS + AIR ? VOTE_ROWS + AIR : h / n };
	for (size_t i = 0; i < sizeof tries / sizeof *tries && n <= h; i++)
		if (all_fit(b, p, &tries[i], h))
			return (struct density){ tries[i].most, tries[i].gap, 0, tries[i].gap ? 0 : h };
	return h >= 10 ? tries[2] : tries[3];
}

static void
put_own(struct buf *out, const struct board *b, const struct deck_topic *t)
{
	if (b->look == LOOK_VOTE)
		put_votes(out, t->own, 0);
	else if (t->votes > 0)
		buf_addf(out, "•%lld", (long long)t->votes);
	else if (deck_marked(b->sc, b->k.cards[t->first]))
		buf_adds(out, "✓");
}

/* The bar at the left of a card: thick where it is marked, or has own votes. Where no empty row
 * follows, it is as long as the first row alone: so one sees where the next card begins. */
static void
draw_bar(const struct board *b, const struct unit *u, struct rect r, bool selected)
{
	const struct deck_topic *t = &b->k.topics[u->topic];
	int h = u->gap > 0 ? r.h : 1;
	bool thick = b->look == LOOK_VOTE ? t->own > 0
					  : deck_marked(b->sc, b->k.cards[t->first + u->member]);

	if (b->look == LOOK_WRITE) {
		canvas_put(b->c, r.y, r.x + 1, selected ? 0x25ba : 0x25cf,
		    selected ? ROLE_SELECTED : ROLE_LINE);
		return;
	}
	canvas_vline(
	    b->c, r.y, r.x + 1, h, thick ? 0x2588 : 0x2502, thick ? ROLE_COUNT : ROLE_LINE);
	if (selected)
		canvas_put(b->c, r.y, r.x + 1, 0x25ba, ROLE_SELECTED);
}

static void
draw_card(const struct board *b, const struct unit *u, struct rect r, bool selected)
{
	const struct deck_topic *t = &b->k.topics[u->topic];
	int indent = b->look == LOOK_WRITE ? 2 : 3, cols = text_cols(b, r.w);
	struct rect text = { .y = r.y, .x = r.x + indent, .h = r.h, .w = cols };
	struct buf mark = { 0 }, summary = { 0 };
	int style = selected ? ROLE_SELECTED | STYLE_REVERSE : ROLE_PLAIN, rows;

	draw_bar(b, u, r, selected);
	if (u->what == UNIT_SUMMARY) {
		put_summary(&summary, b, t);
		text.h = r.h - summary_rows(b, t, cols - 2);
		text.h = text.h < 1 ? 1 : text.h;
		style |= STYLE_BOLD;
	}
	rows = draw_wrapped(b->c, text, deck_topic_text(&b->k, t), style);
	draw_wrapped(b->c,
	    (struct rect){ .y = r.y + rows, .x = text.x + 2, .h = r.h - rows, .w = cols - 2 },
	    summary.data, ROLE_DIM);
	put_own(&mark, b, t);
	if (mark.len > 0)
		canvas_text_right(b->c, r.y, r.x + r.w - 1, 8, mark.data, ROLE_COUNT);
	buf_fini(&mark);
	buf_fini(&summary);
}

/* "╭─ name ───── 3 cards ─╮" */
static void
draw_group_top(const struct board *b, const struct unit *u, struct rect r, bool selected)
{
	const struct deck_topic *t = &b->k.topics[u->topic];
	struct buf count = { 0 };
	int x = r.x + 1, end = r.x + r.w - 2, role = selected ? ROLE_SELECTED : ROLE_LINE, w;

	canvas_put(b->c, r.y, x, 0x256d, role);
	canvas_hline(b->c, r.y, x + 1, end - x - 1, 0x2500, role);
	canvas_put(b->c, r.y, end, 0x256e, role);
	if (selected)
		canvas_put(b->c, r.y, x + 1, 0x25ba, ROLE_SELECTED);
	if (t->votes > 0)
		buf_addf(&count, "•%lld · ", (long long)t->votes);
	word_count(&count, (int64_t)t->n, WORD_CARD_1);
	if (deck_marked(b->sc, b->k.cards[t->first]))
		buf_adds(&count, " ✓");
	w = text_width(count.data, count.len) + 4;
	if (w + 12 < r.w) {
		canvas_textf(b->c, r.y, end - w + 1, w - 2, ROLE_COUNT, " %s ", count.data);
		end -= w;
	}
	w = end - x - 5;
	canvas_put(b->c, r.y, x + 2, ' ', ROLE_PLAIN);
	w = draw_text(b->c, line_at(r.y, x + 3, w), deck_topic_text(&b->k, t),
	    selected ? ROLE_SELECTED | STYLE_REVERSE : ROLE_HEAD | STYLE_BOLD);
	canvas_put(b->c, r.y, x + 3 + w, ' ', ROLE_PLAIN);
	buf_fini(&count);
}

static void
draw_member(const struct board *b, const struct unit *u, struct rect r, bool selected)
{
	const struct deck_topic *t = &b->k.topics[u->topic];
	const struct card *card = b->k.cards[t->first + u->member];

	canvas_vline(b->c, r.y, r.x + 1, r.h, 0x2502, ROLE_LINE);
	canvas_vline(b->c, r.y, r.x + r.w - 2, r.h, 0x2502, ROLE_LINE);
	canvas_put(
	    b->c, r.y, r.x + 3, selected ? 0x25ba : 0x25cf, selected ? ROLE_SELECTED : ROLE_LINE);
	draw_wrapped(b->c,
	    (struct rect){ .y = r.y, .x = r.x + 5, .h = r.h, .w = r.w - 8 > 4 ? r.w - 8 : 4 },
	    card->text, selected ? ROLE_SELECTED | STYLE_REVERSE : ROLE_PLAIN);
	if (u->member > 0 && deck_marked(b->sc, card)) /* the first one's is the group's, on its name */
		canvas_put(b->c, r.y, r.x + r.w - 3, 0x2713, ROLE_COUNT);
}

static void
draw_unit(const struct board *b, const struct unit *u, struct rect r, bool selected)
{
	switch (u->what) {
	case UNIT_CARD:
	case UNIT_SUMMARY:
		draw_card(b, u, r, selected);
		break;
	case UNIT_BOX:
		draw_group_top(b, u, r, selected);
		break;
	case UNIT_MEMBER:
		draw_member(b, u, r, selected);
		break;
	case UNIT_END:
		canvas_put(b->c, r.y, r.x + 1, 0x2570, ROLE_LINE);
		canvas_hline(b->c, r.y, r.x + 2, r.w - 4, 0x2500, ROLE_LINE);
		canvas_put(b->c, r.y, r.x + r.w - 2, 0x256f, ROLE_LINE);
		break;
	}
}

/* The first unit to show so that the selected one is in sight, moving as little as may be. */
static size_t
first_shown(const struct flow *f, int scroll, int h)
{
	size_t first = scroll < 0 ? 0 : (size_t)scroll;
	int rows = 0;

	if (f->n == 0)
		return 0;
	first = first < f->n ? first : f->n - 1;
	if (f->at < f->n && first > f->at)
		first = f->at;
	for (size_t i = f->at < f->n ? f->at : first;; i--) {
		rows += f->v[i].rows;
		if (rows > h && i >= first)
			return i < f->at ? i + 1 : i;
		if (i == 0 || i == first)
			break;
		rows += f->v[i - 1].gap;
	}
	/* No room is left empty below while something is out of sight above. */
	rows = 0;
	for (size_t i = f->n; i-- > 0;) {
		rows += f->v[i].rows + (i + 1 < f->n ? f->v[i].gap : 0);
		if (rows > h)
			return first > i + 1 ? i + 1 : first;
	}
	return 0;
}

/* How many cards a block stands for. */
static size_t
unit_cards(const struct board *b, const struct unit *u)
{
	return u->what == UNIT_SUMMARY				? b->k.topics[u->topic].n
	       : u->what == UNIT_CARD || u->what == UNIT_MEMBER ? 1
								: 0;
}

static void
draw_empty(const struct board *b, size_t column, struct rect r)
{
	const struct column *col = b->k.columns[column].column;
	bool selected = b->k.column == column;
	enum word w = !col->hidden	    ? WORD_NO_CARDS
		      : scene_public(b->sc) ? WORD_UNTIL_REVEAL
		      : !b->sc->simple	    ? WORD_NONE_OF_YOURS
		      : selected	    ? WORD_NONE_ENTER
					    : WORD_NONE_TAB;

	if (selected)
		canvas_put(b->c, r.y, r.x + 1, 0x25ba, ROLE_SELECTED);
	r.x += 2;
	r.w -= 3;
	draw_wrapped(b->c, r, word(w), selected ? ROLE_SELECTED : ROLE_DIM);
}

static void
draw_cards(struct board *b, size_t column, struct rect r, const struct density *d)
{
	struct flow f;
	struct more m = { 0 };
	int y = r.y, end = r.y + r.h;
	size_t i = 0;

	(void)flow_init(&f, b, column, r.w, d);
	if (f.n == 0)
		draw_empty(b, column, r);
	if (column == b->k.column) {
		i = first_shown(&f, b->s->scroll, r.h);
		b->s->scroll = (int)i;
	}
	for (size_t j = 0; j < i; j++)
		m.above += unit_cards(b, &f.v[j]);
	for (size_t j = i; j < f.n; j++) {
		struct unit *u = &f.v[j];
		bool fits = y + u->rows <= end || (j == i && y < end);
		if (!fits) {
			end = y;
			m.below += unit_cards(b, u);
			continue;
		}
		draw_unit(b, u,
		    (struct rect){
			.y = y, .x = r.x, .h = u->rows < end - y ? u->rows : end - y, .w = r.w },
		    j == f.at);
		y += u->rows + u->gap;
	}
	if (r.h >= TIGHT)
		draw_more(b->c, r, false, &m);
	flow_fini(&f);
}

/* Where few rows are, the cursor's place is said here: among the columns, and in this one. */
static void
draw_tight_heading(const struct board *b, size_t column, struct rect r)
{
	const struct deck_column *col = &b->k.columns[column];
	struct buf title = { 0 }, name = { 0 }, place = { 0 };

	if (b->k.n_columns > 1)
		buf_addf(&title, "%zu/%zu ", column + 1, b->k.n_columns);
	upper_case(&name, col->column->name ? col->column->name : "");
	buf_adds(&title, name.data ? name.data : "");
	if (column == b->k.column && b->k.topic < b->k.n_topics)
		word_put(&place, WORD_N_OF_N,
		    digits((int64_t)(b->k.topics[b->k.topic].first + b->k.member + 1 -
				     b->k.topics[col->first].first))
			.s,
		    digits((int64_t)col->n_cards).s);
	draw_band(b->c, line_at(r.y, r.x + 1, r.w - 2), title.data, place.data);
	buf_fini(&title);
	buf_fini(&name);
	buf_fini(&place);
}

static void
draw_column_heading(const struct board *b, size_t column, struct rect r)
{
	const struct deck_column *col = &b->k.columns[column];
	struct buf title = { 0 }, count = { 0 };

	upper_case(&title, col->column->name ? col->column->name : "");
	if (col->column->hidden && scene_public(b->sc))
		buf_adds(&count, word(WORD_HIDDEN));
	else if (col->column->hidden)
		word_put(&count, WORD_YOURS, digits((int64_t)col->n_cards).s);
	else if (b->look == LOOK_VOTE)
		word_count(&count, (int64_t)col->n, WORD_TOPIC_1);
	else
		word_count(&count, (int64_t)col->n_cards, WORD_CARD_1);
	if (title.len > 0 && !col->column->hidden &&
	    text_width(title.data, title.len) + text_width(count.data, count.len) + 8 > r.w) {
		buf_clear(&count); /* the name matters more than the word */
		buf_adds(&count, digits((int64_t)(b->look == LOOK_VOTE ? col->n : col->n_cards)).s);
	}
	draw_band(b->c, line_at(r.y, r.x + 1, r.w - 2), title.data ? title.data : "", count.data);
	buf_fini(&title);
	buf_fini(&count);
}

/* Others' hidden cards: nothing of them is here but how many there are in the room. */
static void
draw_unseen(const struct board *b, const struct board_page *p, struct rect r)
{
	struct buf count = { 0 };
	size_t column = 0;
	int x, most;

	if (b->k.n_hidden == 1)
		while (column < b->k.n_columns && !b->k.columns[column].column->hidden)
			column++;
	if (b->k.n_hidden == 1 && (column < p->first || column >= p->first + p->n))
		return;
	if (b->k.n_hidden == 1)
		r = board_page_rect(p, r, column - p->first);
	word_put(&count, b->k.n_hidden == 1 ? WORD_MORE : WORD_MORE_IN_ROOM, digits(b->k.unseen).s);
	most = r.w - 4 - text_width(count.data, count.len);
	x = r.x + 2;
	for (int64_t i = 0; i < b->k.unseen && 2 * (i + 1) <= most; i++, x += 2)
		canvas_put(b->c, r.y, x, 0x2592, ROLE_DIM);
	draw_text(b->c, line_at(r.y, x + (x > r.x + 2), r.x + r.w - x - 2), count.data, ROLE_COUNT);
	buf_fini(&count);
}

void
board_columns(struct board *b, struct rect r)
{
	struct board_page p = board_page_of(&b->k, r.w);
	int heading = r.h >= 2, air = r.h >= 9, unseen = b->k.unseen == 0 || r.h < 4 ? 0 : 1 + air;
	struct rect cards = r;
	struct density d;

	cards.y += heading + air;
	cards.h -= heading + air + unseen;
	d = density_for(b, &p, cards.h);
	for (size_t i = 0; i < p.n; i++) {
		size_t column = p.first + i;
		if (heading && r.h < TIGHT)
			draw_tight_heading(b, column, board_page_rect(&p, r, i));
		else if (heading)
			draw_column_heading(b, column, board_page_rect(&p, r, i));
		draw_cards(b, column, board_page_rect(&p, cards, i), &d);
	}
	if (unseen)
		draw_unseen(b, &p, line_at(r.y + r.h - 1, r.x, r.w));
}
