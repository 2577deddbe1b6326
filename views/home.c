#include "views/home.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "views/draw.h"
#include "views/home_state.h"
#include "views/words.h"

/* Rows of each part that a screen of the usual size has room for. */
static const int usual_rows[N_HOME_PARTS] = { 3, 3, 3, 2, 0 };
static const enum word part_words[N_HOME_PARTS] = { WORD_HOME_LIVE, WORD_HOME_DUE, WORD_HOME_LAST,
	WORD_HOME_NOTES, WORD_HOME_HELD };

enum { STRIP_ROWS = 2, HELD_ROWS = 3, STRIP_FROM_ROWS = 16, HELD_FROM_ROWS = 20 };

/* Where the parts stand on a screen. */
struct plan {
	int rows[N_HOME_PARTS]; /* of items, in sight at once */
	bool band[N_HOME_PARTS];
	bool air; /* a blank row between parts */
	struct rect title, list, held, strip, hints;
};

struct home_item *
home_add(struct home *h, enum home_part part)
{
	VEC_ROOM(h->v[part], h->n[part], h->cap[part]);
	h->v[part][h->n[part]] = (struct home_item){ .day = TIME_NONE, .at_ns = TIME_NONE, .here = -1 };
	return &h->v[part][h->n[part]++];
}

void
home_item_fini(struct home_item *it)
{
	free(it->name);
	free(it->title);
	free(it->who);
	free(it->from);
	free(it->more);
	free(it->account);
	free(it->origin);
	*it = (struct home_item){ 0 };
}

void
home_fini(struct home *h)
{
	for (int p = 0; p < N_HOME_PARTS; p++) {
		for (size_t i = 0; i < h->n[p]; i++)
			home_item_fini(&h->v[p][i]);
		free(h->v[p]);
	}
	*h = (struct home){ 0 };
}

static bool
holds(const struct home_item *it, const char *words)
{
	const char *const texts[] = { it->title, it->name, it->from, it->who };

	if (words == NULL || words[0] == '\0')
		return true;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (texts[i] != NULL && text_has(texts[i], words))
			return true;
	return false;
}

size_t
home_shown(const struct home_ui *u, const struct home *h, enum home_part part)
{
	size_t n = 0;

	for (size_t i = 0; i < h->n[part]; i++)
		n += holds(&h->v[part][i], u->find);
	return n;
}

const struct home_item *
home_nth(const struct home_ui *u, const struct home *h, enum home_part part, size_t nth)
{
	for (size_t i = 0; i < h->n[part]; i++)
		if (holds(&h->v[part][i], u->find) && nth-- == 0)
			return &h->v[part][i];
	return NULL;
}

const struct home_item *
home_chosen(const struct home_ui *u, const struct home *h)
{
	return home_nth(u, h, u->part, u->at[u->part]);
}

enum modal
home_modal(const struct home_ui *u, const struct home *h)
{
	switch (u->mode) {
	case HOME_FINDING: return MODAL_FIND_ALL;
	case HOME_TITLING:
	case HOME_JOINING: return MODAL_KEEP;
	case HOME_COMMANDING: return MODAL_COMMAND;
	case HOME_HELPING: return MODAL_HELP;
	case HOME_CHOOSING: break;
	}
	if (!h->history)
		return MODAL_FIRST;
	return u->part == HOME_HELD ? MODAL_HELD : MODAL_HOME;
}

/* Rows that the list would take. */
static int
rows_wanted(const struct plan *p)
{
	int rows = 0;

	for (int i = 0; i < HOME_HELD; i++)
		if (p->band[i])
			rows += 1 + p->rows[i] + (rows > 0 && p->air);
	return rows;
}

/* More room is given away in turn; too little takes the air first, then rows of the longest. */
static void
fit_rows(const struct home_ui *u, const struct home *h, struct plan *p)
{
	bool grew = true;

	for (int i = 0; i < HOME_HELD; i++) {
		int n = (int)home_shown(u, h, (enum home_part)i);
		p->rows[i] = n < usual_rows[i] ? n : usual_rows[i];
		p->band[i] = n > 0 || (i == HOME_LAST && u->find == NULL);
		if (p->band[i] && n == 0)
			p->rows[i] = 1; /* says that there is none */
	}
	p->air = true;
	if (rows_wanted(p) > p->list.h)
		p->air = false;
	while (grew && rows_wanted(p) < p->list.h) {
		grew = false;
		for (int i = 0; i < HOME_HELD && rows_wanted(p) < p->list.h; i++)
			if (p->rows[i] < (int)home_shown(u, h, (enum home_part)i)) {
				p->rows[i]++;
				grew = true;
			}
	}
}

static struct plan
plan_of(const struct home_ui *u, const struct home *h, int rows, int cols)
{
	struct plan p = { .list = { 0, 0, rows, cols } };
	bool typing = u->mode != HOME_CHOOSING && u->mode != HOME_HELPING;

	if (rows >= 4) {
		p.title = line_at(0, 0, cols);
		p.list.y++;
		p.list.h--;
	}
	if (rows >= 12) { /* the rule below the title */
		p.list.y++;
		p.list.h--;
	}
	if (rows >= 3) {
		p.hints = line_at(rows - 1, 0, cols);
		p.list.h--;
	}
	if (rows >= STRIP_FROM_ROWS || typing) {
		p.strip = (struct rect){ p.list.y + p.list.h - STRIP_ROWS, 0, STRIP_ROWS, cols };
		p.list.h -= STRIP_ROWS;
	}
	if (home_shown(u, h, HOME_HELD) > 0 && (rows >= HELD_FROM_ROWS || u->part == HOME_HELD)) {
		p.held = (struct rect){ p.list.y + p.list.h - HELD_ROWS, 0, HELD_ROWS, cols };
		p.list.h -= HELD_ROWS;
	}
	fit_rows(u, h, &p);
	return p;
}

static void
put_count(const struct home_ui *u, const struct home *h, const struct plan *p, enum home_part part,
    struct buf *out)
{
	size_t n = home_shown(u, h, part);

	if (part == HOME_LAST)
		word_put(out, WORD_HOME_IN_ALL,
		    digits((int64_t)(u->find != NULL ? n : h->n_all)).s);
	else if (part == HOME_NOTES)
		word_put(out, WORD_HOME_NEW, digits((int64_t)n).s);
	else if ((size_t)p->rows[part] < n)
		word_put(out, WORD_N_OF_N, digits(p->rows[part]).s, digits((int64_t)n).s);
	else
		buf_adds(out, digits((int64_t)n).s);
	buf_addc(out, ' ');
}

/* The row, from the top of the whole list, where the chosen one stands. */
static int
row_of_chosen(const struct home_ui *u, const struct plan *p)
{
	int y = 0;

	for (int i = 0; i < HOME_HELD; i++) {
		if (!p->band[i])
			continue;
		y += p->air && y > 0;
		if (i == (int)u->part)
			return y + 1 + (int)u->at[i] - u->scroll[i];
		y += 1 + p->rows[i];
	}
	return 0;
}

static void
draw_part(struct home_ui *u, const struct home *h, const struct plan *p, enum home_part part,
    struct canvas *c, int y)
{
	struct rect at = p->list;
	struct buf count = { 0 };
	size_t n = home_shown(u, h, part);
	int lead = at.w >= 40;

	put_count(u, h, p, part, &count);
	draw_band(c, line_at(y, at.x + lead, at.w - lead), word(part_words[part]), count.data);
	for (int i = 0; i < p->rows[part] && n > 0; i++) {
		size_t nth = (size_t)(u->scroll[part] + i);
		const struct home_item *it = home_nth(u, h, part, nth);
		if (it != NULL)
			home_row(h, it, part, u->part == part && nth == u->at[part], c,
			    line_at(y + 1 + i, at.x, at.w));
	}
	if (n == 0)
		draw_text(c, line_at(y + 1, at.x + 3, at.w - 4), word(WORD_HOME_NO_DEBRIEF), ROLE_DIM);
	buf_fini(&count);
}

static void
draw_list(struct home_ui *u, const struct home *h, struct canvas *c, const struct plan *p)
{
	int y = p->list.y, first, all = rows_wanted(p), some = 0;

	for (int i = 0; i < HOME_HELD; i++)
		u->scroll[i] = list_scroll(u->scroll[i], (int)u->at[i],
		    (int)home_shown(u, h, (enum home_part)i), p->rows[i]);
	u->top = first = list_scroll(u->top, row_of_chosen(u, p), all, p->list.h);
	canvas_clip(c, p->list);
	y -= first;
	for (int i = 0; i < HOME_HELD; i++) {
		if (!p->band[i])
			continue;
		y += p->air && some++ > 0;
		draw_part(u, h, p, (enum home_part)i, c, y);
		y += 1 + p->rows[i];
	}
	canvas_clip(c, canvas_area(c));
	if (some == 0 && u->find != NULL && home_shown(u, h, HOME_HELD) == 0 && !p->band[HOME_LAST])
		draw_text(c, line_at(p->list.y, 3, p->list.w - 4), word(WORD_HOME_NOT_FOUND), ROLE_DIM);
}

/* "history ~/debriefs   moss   Mon 10 Aug": what matters least goes first. */
static void
draw_title(const struct home *h, struct canvas *c, struct rect at)
{
	struct buf right = { 0 }, day = { 0 }, left = { 0 };
	int w;

	if (at.h < 1)
		return;
	put_day_year(&day, h->today);
	day.len = day.len > 5 ? day.len - 5 : day.len; /* the year is known */
	day.data[day.len] = '\0';
	if (!h->history)
		buf_adds(&right, word(WORD_HOME_NO_HISTORY));
	else if (at.w >= FRAME_MEDIUM_COLS && h->where != NULL)
		word_put(&right, WORD_HOME_HISTORY, h->where);
	if (h->history && at.w >= 44 && h->me != NULL)
		buf_addf(&right, "%s%s", right.len > 0 ? "   " : "", h->me);
	if (h->history)
		buf_addf(&right, "%s%s", right.len > 0 ? "   " : "", day.data);
	buf_addf(&left, "%s ▸ %s", word(WORD_PROGRAM), word(WORD_HOME));
	canvas_paint(c, at, ROLE_TITLE);
	w = text_width(left.data, left.len);
	draw_text(c, line_at(at.y, at.x + 1, at.w - 2), left.data, ROLE_TITLE | STYLE_BOLD);
	if (at.w - w - 5 > 8)
		draw_right(c, line_at(at.y, at.x + w + 3, at.w - w - 4), right.data, ROLE_TITLE);
	buf_fini(&right);
	buf_fini(&day);
	buf_fini(&left);
}

static void
draw_hints(const struct home_ui *u, const struct home *h, struct canvas *c, struct rect at)
{
	struct buf b = { 0 };

	if (at.h < 1)
		return;
	canvas_fill(c, at, ' ', ROLE_PLAIN);
	if (u->said != NULL) {
		draw_text(c, line_at(at.y, 1, at.w - 2), u->said, ROLE_WARN);
		return;
	}
	modal_hints(home_modal(u, h), at.w - 2, &b);
	draw_hint_text(c, line_at(at.y, 1, at.w - 2), b.data);
	buf_fini(&b);
}

static enum word
editor_label(const struct home_ui *u)
{
	switch (u->mode) {
	case HOME_FINDING: return WORD_HOME_FIND;
	case HOME_TITLING: return WORD_HOME_TITLE;
	case HOME_COMMANDING: return WORD_HOME_COMMAND;
	case HOME_JOINING: return WORD_HOME_WHICH;
	default: return WORD_NONE;
	}
}

static void
draw_offers(const struct home_ui *u, struct canvas *c, struct rect strip)
{
	size_t found[8], n = home_commands(u, found, 8);

	for (size_t i = 0; i < n && strip.y - (int)n + (int)i >= 1; i++) {
		int y = strip.y - (int)n + (int)i;
		const char *text = u->commands->v[found[i]], *note = strchr(text, '\t') + 1;
		bool chosen = (int)i == u->choice;
		canvas_fill(c, line_at(y, 0, strip.w), ' ', ROLE_PLAIN);
		canvas_text(c, y, 1, 1, chosen ? "►" : " ", ROLE_SELECTED);
		canvas_textn(c, y, 3, 14, text, (size_t)(note - 1 - text),
		    chosen ? ROLE_SELECTED | STYLE_REVERSE : ROLE_KEY);
		draw_text(c, line_at(y, 18, strip.w - 19), note, ROLE_DIM);
	}
}

static void
draw_editor(struct home_ui *u, const struct home *h, struct canvas *c, struct rect at)
{
	canvas_fill(c, at, ' ', ROLE_PLAIN);
	if (at.y >= 0)
		draw_rule(c, line_at(at.y, at.x, at.w), word(editor_label(u)), NULL);
	canvas_text(c, at.y + 1, at.x, 2, "› ", ROLE_KEY);
	edit_draw(u->edit, c, line_at(at.y + 1, at.x + 2, at.w - 3), ROLE_ENTRY);
	if (u->mode == HOME_COMMANDING)
		draw_offers(u, c, at);
	(void)h;
}

static void
draw_help(struct home_ui *u, const struct home *h, struct canvas *c)
{
	enum modal m = h->history ? MODAL_HOME : MODAL_FIRST;
	struct rect all = canvas_area(c), box;
	int n = 0, y = 0;

	for (size_t i = 0; i < n_modal_keys; i++)
		n += modal_keys[i].modal == m && modal_keys[i].note != NULL;
	box.h = n + 2 < all.h ? n + 2 : all.h;
	box.w = all.w < 78 ? all.w : 78;
	box.y = (all.h - box.h) / 2;
	box.x = (all.w - box.w) / 2;
	if (u->help_scroll > n - (box.h - 2))
		u->help_scroll = n - (box.h - 2);
	canvas_fill(c, box, ' ', ROLE_PLAIN);
	draw_titled_box(c, box, word(WORD_HOME_KEYS), NULL);
	for (size_t i = 0; i < n_modal_keys; i++) {
		const struct modal_key *k = &modal_keys[i];
		int row = y - u->help_scroll;
		if (k->modal != m || k->note == NULL)
			continue;
		y++;
		if (row < 0 || row >= box.h - 2)
			continue;
		canvas_text(c, box.y + 1 + row, box.x + 2, 9, k->key, ROLE_KEY);
		draw_text(c, line_at(box.y + 1 + row, box.x + 12, box.w - 14), k->note, ROLE_PLAIN);
	}
}

/* What is chosen may have gone since. */
static void
settle(struct home_ui *u, const struct home *h)
{
	for (int p = 0; p < N_HOME_PARTS; p++) {
		size_t n = home_shown(u, h, (enum home_part)p);
		if (u->at[p] >= n)
			u->at[p] = n > 0 ? n - 1 : 0;
	}
	for (int i = 0; i < N_HOME_PARTS && home_shown(u, h, u->part) == 0; i++)
		u->part = (enum home_part)((u->part + 1) % N_HOME_PARTS);
}

void
home_draw(struct home_ui *u, const struct home *h, struct canvas *c)
{
	int rows = canvas_rows(c), cols = canvas_cols(c);
	struct plan p;

	u->rows = rows;
	settle(u, h);
	canvas_clear(c);
	p = plan_of(u, h, rows, cols);
	if (h->history) {
		draw_list(u, h, c, &p);
		if (p.held.h > 0)
			home_held(u, h, c, p.held);
		if (p.strip.h > 0)
			home_strip(u, h, c, p.strip);
	} else {
		home_first_draw(u, h, c);
	}
	draw_title(h, c, p.title);
	if (rows >= 12)
		canvas_hline(c, 1, 0, cols, 0x2500, ROLE_DIM);
	if (u->mode != HOME_CHOOSING && u->mode != HOME_HELPING)
		draw_editor(u, h, c, p.strip);
	draw_hints(u, h, c, p.hints);
	if (u->mode == HOME_HELPING)
		draw_help(u, h, c);
}
