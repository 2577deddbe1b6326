#include "views/welcome.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "model/coverage.h"
#include "model/schema.h"
#include "model/shown.h"
#include "views/clock.h"
#include "views/deck.h"
#include "views/draw.h"
#include "views/prompts.h"
#include "views/modal.h"
#include "views/words.h"

enum { LABEL_COLS = 19, WHAT_COLS = 29, AGE_COLS = 8, STRIP_ROWS = 4, NEWEST = 3, MARGIN = 3 };

/* A row of the page: a heading at the left, a text, and what stands beside it. */
struct page_row {
	enum word label;
	char *text, *beside;
	bool aged; /* `beside` is how old it is, at the right end */
	int style;
};

struct page {
	const struct scene *sc;
	struct page_row *v;
	size_t n, cap;
	int cols;  /* for texts */
	bool wide; /* headings stand beside, not above */
};

/* Takes both; `beside` may be NULL. */
static void
add_row(struct page *p, enum word label, char *text, char *beside, int style)
{
	if (label != WORD_NONE && !p->wide) {
		VEC_ROOM(p->v, p->n, p->cap);
		p->v[p->n++] =
		    (struct page_row){ .text = mem_dup(word(label)), .style = ROLE_HEAD };
		label = WORD_NONE;
	}
	VEC_ROOM(p->v, p->n, p->cap);
	p->v[p->n++] =
	    (struct page_row){ .label = label, .text = text, .beside = beside, .style = style };
}

static void
add_gap(struct page *p)
{
	add_row(p, WORD_NONE, mem_dup(""), NULL, ROLE_PLAIN);
}

/* A text over as many rows as it takes. */
static void
add_text(struct page *p, enum word label, const char *text, int cols, int style)
{
	size_t len = strlen(text), at = 0;

	while (at < len) {
		size_t next, n = text_wrap(text + at, len - at, cols, &next);
		if (next == 0)
			n = next = len - at;
		add_row(p, label, mem_dupn(text + at, n), NULL, style);
		label = WORD_NONE;
		at += next;
	}
}

/* "fourth" */
static const char *
ordinal(size_t nth)
{
	enum { KNOWN = 10 };

	return nth < KNOWN ? word((enum word)(WORD_FIRST + nth)) : NULL;
}

static const char *
cardinal(size_t n)
{
	enum { KNOWN = 10 };

	return n > 0 && n <= KNOWN ? word((enum word)(WORD_ONE + n - 1)) : NULL;
}

/* "CAUSES, the fourth of seven. 57 of 90 minutes." */
static void
add_stage(struct page *p)
{
	const struct debrief *d = p->sc->d;
	struct buf b = { 0 };
	size_t nth = 0;
	const struct stage *s = scene_stage(p->sc, &nth);
	struct clock k = clock_of(p->sc);
	int64_t used = 0, minutes = 0;

	for (size_t i = 0; i < DEBRIEF_N(d, STAGE); i++) {
		const struct stage *one = DEBRIEF_AT(d, STAGE, stage, i);
		minutes += one->minutes;
		used += one == s ? k.used_s : one->used_s;
	}
	if (s == NULL) {
		add_text(p, WORD_WHERE_WE_ARE, word(WORD_NOT_BEGUN), p->cols, ROLE_PLAIN);
		return;
	}
	upper_case(&b, s->name);
	if (ordinal(nth) != NULL && cardinal(DEBRIEF_N(d, STAGE)) != NULL) {
		buf_adds(&b, ", ");
		word_put(&b, WORD_NTH_OF, ordinal(nth), cardinal(DEBRIEF_N(d, STAGE)));
	}
	buf_addc(&b, '.');
	if (minutes > 0) {
		buf_addc(&b, ' ');
		word_put(&b, WORD_OF_MINUTES, digits(used / 60).s, digits(minutes).s);
	}
	add_text(p, WORD_WHERE_WE_ARE, b.data, p->cols, ROLE_PLAIN);
	buf_fini(&b);
}

static void
put_moment(struct buf *out, const struct scene *sc, int64_t t_ns, bool with_day)
{
	if (with_day) {
		put_day(out, scene_day(sc, t_ns));
		buf_addc(out, ' ');
	}
	put_clock(out, sc, t_ns, false);
}

/* "The timeline is agreed: 22 events, 14:02 to 15:21." */
static void
add_timeline(struct page *p)
{
	const struct debrief *d = p->sc->d;
	struct buf b = { 0 }, events = { 0 };
	size_t n = DEBRIEF_N(d, EVENT);
	int64_t from = TIME_NONE, to = TIME_NONE;

	if (n == 0)
		return;
	for (size_t i = 0; i < n; i++) {
		const struct event *ev = DEBRIEF_AT(d, EVENT, event, i);
		if (ev->precision == PRECISION_ORDER || ev->at_ns == TIME_NONE)
			continue;
		from = from == TIME_NONE || ev->at_ns < from ? ev->at_ns : from;
		to = to == TIME_NONE || ev->at_ns > to ? ev->at_ns : to;
	}
	word_count(&events, (int64_t)n, WORD_EVENT_1);
	word_put(&b, d->confirmed_at_ns != TIME_NONE ? WORD_TIMELINE_AGREED : WORD_TIMELINE_SO_FAR,
	    events.data);
	if (from != TIME_NONE) {
		bool days = scene_day(p->sc, from) != scene_day(p->sc, to);
		buf_adds(&b, ", ");
		put_moment(&b, p->sc, from, days);
		buf_adds(&b, word(WORD_TO));
		put_moment(&b, p->sc, to, days);
	}
	buf_addc(&b, '.');
	add_text(p, WORD_NONE, b.data, p->cols, ROLE_PLAIN);
	buf_fini(&b);
	buf_fini(&events);
}

static void
add_question(struct page *p)
{
	struct buf b = { 0 };
	size_t nth = 0;
	const char *asked = prompt_for_stage(p->sc, 0, &nth);

	if (asked == NULL)
		return;
	word_put(&b, WORD_ROOM_ASKS, asked);
	add_text(p, WORD_NONE, b.data, p->cols, ROLE_PLAIN);
	buf_fini(&b);
}

static void
add_who_sees(struct page *p, enum word label, enum word what, const char *who)
{
	if (p->wide) {
		add_row(p, label, mem_dup(word(what)), mem_dup(who), ROLE_PLAIN);
	} else {
		char *both = mem_fmt("%s: %s", word(what), who);
		add_text(p, label, both, p->cols, ROLE_PLAIN);
		free(both);
	}
}

/* Of the columns as they are now: the strictest of them is what is promised for the board. */
static void
add_promises(struct page *p)
{
	const struct debrief *d = p->sc->d;
	const struct person *me = debrief_person(d, p->sc->me);
	bool hidden = false, named = false;
	struct buf b = { 0 }, shown = { 0 };

	add_who_sees(p, WORD_WHO_SEES, WORD_SEES_FISH, word(WORD_SEES_UNSIGNED));
	for (size_t i = 0; i < DEBRIEF_N(d, COLUMN); i++) {
		const struct column *c = DEBRIEF_AT(d, COLUMN, column, i);
		hidden |= c->hidden;
		named |= !c->anonymous;
	}
	if (DEBRIEF_N(d, COLUMN) > 0)
		add_who_sees(p, WORD_NONE, WORD_SEES_BOARD,
		    word(hidden && named ? WORD_SEES_LATER
			 : hidden	 ? WORD_SEES_LATER_NAMELESS
			 : named	 ? WORD_SEES_NAMED
					 : WORD_SEES_UNSIGNED));
	add_who_sees(p, WORD_NONE, WORD_SEES_VOTE, word(WORD_SEES_TOTALS));
	add_who_sees(p, WORD_NONE, WORD_SEES_CURSOR, word(WORD_SEES_NOT_STORED));
	if (me != NULL)
		person_shown(d, me, &shown);
	else
		buf_adds(&shown, schema_field(KIND_PERSON, "role")->names[p->sc->role]);
	word_put(&b, me != NULL && me->shown_as != NULL ? WORD_SHOWN_AS : WORD_KEPT_AS, shown.data);
	if (p->sc->me[0] != '\0') /* a picture is nobody's */
		add_who_sees(p, WORD_NONE, WORD_SEES_NAME, b.data);
	buf_fini(&shown);
	buf_fini(&b);
}

struct newest {
	const struct item *it;
	enum kind kind;
	const char *text;
};

static const char *
item_text(enum kind kind, const struct item *it)
{
	switch (kind) {
	case KIND_EVENT:
		return ((const struct event *)it)->text;
	case KIND_CAUSE:
		return ((const struct cause *)it)->text;
	case KIND_CARD:
		return ((const struct card *)it)->text;
	case KIND_ACTION:
		return ((const struct action *)it)->text;
	case KIND_QUESTION:
		return ((const struct question *)it)->text;
	default:
		return NULL;
	}
}

/* The three that changed last, of what everybody may see; returns how many there are. */
static size_t
newest_of(const struct debrief *d, struct newest v[NEWEST])
{
	static const enum kind kinds[] = { KIND_EVENT, KIND_CAUSE, KIND_CARD, KIND_ACTION,
		KIND_QUESTION };
	size_t n = 0;

	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
		for (size_t i = 0; i < d->of[kinds[k]].n; i++) {
			struct newest one = { d->of[kinds[k]].v[i], kinds[k], NULL };
			size_t at = n < NEWEST ? n++ : NEWEST;
			if (kinds[k] == KIND_CARD) {
				const struct column *c = (const struct column *)debrief_find(
				    d, KIND_COLUMN, ((const struct card *)one.it)->column);
				if (c != NULL && c->hidden) {
					n -= at < NEWEST;
					continue;
				}
			}
			one.text = item_text(kinds[k], one.it);
			while (at > 0 && v[at - 1].it->changed_ns <= one.it->changed_ns) {
				if (at < NEWEST)
					v[at] = v[at - 1];
				at--;
			}
			if (at < NEWEST)
				v[at] = one;
		}
	return n;
}

static void
add_newest(struct page *p)
{
	struct newest v[NEWEST];
	size_t n = newest_of(p->sc->d, v);

	for (size_t i = 0; i < n; i++) {
		struct buf b = { 0 }, age = { 0 };
		char name[24];
		if (schema_of(v[i].kind)->letter != 0) {
			item_short_name(p->sc->d, v[i].kind, v[i].it, name);
			buf_addf(&b, "%-5s ", name);
		}
		buf_adds(&b, v[i].text != NULL ? v[i].text : "");
		if (v[i].it->changed_ns != TIME_NONE && p->sc->now_ns > v[i].it->changed_ns)
			put_length(&age, p->sc->now_ns - v[i].it->changed_ns);
		add_row(
		    p, i == 0 ? WORD_NEWEST : WORD_NONE, buf_take(&b), buf_take(&age), ROLE_PLAIN);
		p->v[p->n - 1].aged = true;
	}
}

static void
page_init(struct page *p, const struct scene *sc, int w)
{
	*p = (struct page){ .sc = sc, .wide = w >= FRAME_MEDIUM_COLS };
	p->cols = w - 2 * MARGIN - (p->wide ? LABEL_COLS : -2);
	add_text(p, WORD_NONE, word(WORD_GROUND_RULE), w - 2 * MARGIN - (p->wide ? 3 : 0),
	    ROLE_PLAIN | STYLE_BOLD);
	add_gap(p);
	add_stage(p);
	add_timeline(p);
	add_question(p);
	add_gap(p);
	add_promises(p);
	add_gap(p);
	add_newest(p);
}

static void
page_fini(struct page *p)
{
	for (size_t i = 0; i < p->n; i++) {
		free(p->v[i].text);
		free(p->v[i].beside);
	}
	free(p->v);
}

/* Labels of the first rows are above them; what stands beside is a second column of words, or at
 * the right end how old an item is. */
static void
draw_row(const struct page *p, const struct page_row *row, struct canvas *c, struct rect r)
{
	int x = r.x, w = r.w, beside = 0;

	if (row->label != WORD_NONE)
		draw_text(
		    c, line_at(r.y, x, LABEL_COLS - 1), word(row->label), ROLE_HEAD | STYLE_BOLD);
	if (p->wide && row->style == ROLE_PLAIN) {
		x += LABEL_COLS;
		w -= LABEL_COLS;
	}
	if (row->beside != NULL && row->aged) {
		beside = AGE_COLS;
		draw_right(c, line_at(r.y, x, w), row->beside, ROLE_DIM);
	} else if (row->beside != NULL) {
		beside = w - WHAT_COLS;
		draw_text(c, line_at(r.y, x + WHAT_COLS, beside), row->beside, ROLE_PLAIN);
	}
	draw_text(c, line_at(r.y, x, w - beside), row->text, row->style);
}

static void
draw_strip(struct canvas *c, struct rect r)
{
	static const enum word lines[] = { WORD_TAKE_PART_1, WORD_TAKE_PART_2, WORD_TAKE_PART_3 };

	draw_rule(c, line_at(r.y, r.x, r.w), word(WORD_HOW_TO), NULL);
	for (int i = 0; i < STRIP_ROWS - 1; i++)
		draw_text(c, line_at(r.y + 1 + i, r.x + 2, r.w - 3), word(lines[i]), ROLE_PLAIN);
}

static void
page_draw(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area)
{
	bool strip = area.h >= FRAME_MEDIUM_ROWS - 2 && area.w >= FRAME_MEDIUM_COLS;
	struct rect r = { .y = area.y, .x = area.x + 1, .h = area.h, .w = area.w - 2 };
	struct more m = { 0 };
	struct page p;

	page_init(&p, sc, area.w);
	if (area.h >= 6) {
		draw_rule(c, line_at(area.y, area.x, area.w), NULL, NULL);
		r.y++;
		r.h--;
	}
	if (strip) {
		r = (struct rect){ r.y + 1, area.x + MARGIN, r.h - 1 - STRIP_ROWS,
			area.w - 2 * MARGIN + 2 };
		draw_strip(c, (struct rect){ r.y + r.h, area.x, STRIP_ROWS, area.w });
	}
	if (s->scroll > (int)p.n - r.h)
		s->scroll = (int)p.n - r.h;
	s->scroll = s->scroll < 0 ? 0 : s->scroll;
	for (int i = 0; i < r.h && (size_t)(s->scroll + i) < p.n; i++)
		draw_row(&p, &p.v[s->scroll + i], c, line_at(r.y + i, r.x, r.w));
	m.above = (size_t)s->scroll;
	m.below = (int)p.n - s->scroll > r.h ? p.n - (size_t)(s->scroll + r.h) : 0;
	if (r.h > 2)
		draw_more(c, r, false, &m);
	page_fini(&p);
}

static int
no_strip(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area)
{
	(void)s;
	(void)sc;
	(void)c;
	(void)area;
	return 0;
}

static void
no_counts(const struct scene *sc, struct buf *out)
{
	(void)sc;
	(void)out;
}

static void
welcome_compact(
    const struct pane_state *s, const struct scene *sc, struct buf *left, struct buf *right)
{
	const char *title = scene_title(sc);

	(void)s;
	(void)right;
	title += ticket_len(title);
	buf_addf(left, "%s ▸ %s", title + strspn(title, " :,"), word(WORD_WELCOME));
}

static const enum verb_of_key hints[] = { DO_NOTHING };

static enum answer
no_verb(struct pane_state *s, const struct scene *sc, enum verb_of_key v, struct rect area,
    struct view_answer *out)
{
	(void)s;
	(void)sc;
	(void)v;
	(void)area;
	(void)out;
	return ANSWER_NOT_MINE;
}

const struct view view_welcome = {
	.name = "welcome",
	.title = "welcome",
	.draw = page_draw,
	.strip = no_strip,
	.verb = no_verb,
	.counts = no_counts,
	.hints = hints,
	.compact = welcome_compact,
};

void
welcome_draw(const struct scene *sc, int *scroll, struct canvas *c)
{
	struct pane_state s = { .scroll = *scroll };
	struct scene here = *sc;
	int rows = canvas_rows(c), cols = canvas_cols(c);
	struct buf keys = { 0 };

	here.simple = false; /* nothing is typed on this page */
	frame_draw(&view_welcome, &s, &here, c);
	*scroll = s.scroll;
	if (rows >= 3) { /* it has keys of its own */
		canvas_fill(c, line_at(rows - 1, 0, cols), ' ', ROLE_PLAIN);
		modal_hints(MODAL_WELCOME, cols - 2, &keys);
		draw_hint_text(c, line_at(rows - 1, 1, cols - 2), keys.data);
		buf_fini(&keys);
	}
}
