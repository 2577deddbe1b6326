#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/not_worse.h"
#include "views/board.h"
#include "views/draw.h"
#include "views/fishbone.h"
#include "views/words.h"

enum { WIDTH_LEAST = 60, HEIGHT_LEAST = 8, PAGE = 10, TEXT_ROWS = 3, HEAD_COLS = 17 };

/* The other side as a scene of its own. */
struct other {
	struct debrief *d;
	struct scene sc;
	struct bones b;
};

static void
other_init(struct other *o, struct pane_state *s, const struct scene *sc)
{
	o->d = not_worse_of(sc->d);
	o->sc = *sc;
	o->sc.d = o->d;
	bones_init(&o->b, o->d, s);
	o->b.cards = true;
}

static void
other_fini(struct other *o)
{
	bones_fini(&o->b);
	debrief_free(o->d);
}

/* "WHY IT WAS / NOT WORSE". */
void
fish_other_head(struct fish_head *h, struct rect area)
{
	const char *text = word(WORD_NOT_WORSE);
	struct buf caps = { 0 };
	size_t len, at = 0, next;

	*h = (struct fish_head){ .cols = 2 };
	if (area.w < FRAME_MEDIUM_COLS)
		return;
	upper_case(&caps, text);
	for (len = caps.len; at < len; at += next) {
		size_t n = text_wrap(caps.data + at, len - at, HEAD_COLS - 6, &next);
		int w = text_width(caps.data + at, n) + 2;
		strs_addn(&h->lines, caps.data + at, n);
		h->inner = w > h->inner ? w : h->inner;
	}
	h->cols = h->inner + 3;
	buf_fini(&caps);
}

static struct fish_ask
other_ask(const struct scene *sc, struct rect area)
{
	struct fish_ask ask = fish_classic_ask(sc, area);
	struct fish_head h;

	fish_other_head(&h, area);
	ask.head_cols = h.cols;
	ask.mirrored = true;
	fish_head_fini(&h);
	return ask;
}

/* Columns that say what helped and are hidden yet, on the rule above. */
static void
draw_hidden(const struct scene *sc, struct canvas *c, struct rect area)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < DEBRIEF_N(sc->d, COLUMN); i++) {
		const struct column *col = DEBRIEF_AT(sc->d, COLUMN, column, i);
		if (col->hidden && not_worse_column(sc->d, i))
			buf_addf(&b, "%s%s", b.len > 0 ? ", " : "", col->name ? col->name : "");
	}
	if (b.len > 0) {
		buf_addf(&b, ": %s", word(WORD_HIDDEN_YET));
		draw_rule(c, line_at(area.y, area.x, area.w), b.data, NULL);
	}
	buf_fini(&b);
}

static bool
is_fish(const struct other *o, struct rect area)
{
	return o->b.n > 0 && area.w >= WIDTH_LEAST && area.h >= HEIGHT_LEAST;
}

void
fish_other_draw(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area)
{
	struct fish_head h;
	struct fish_ask ask;
	struct other o;
	struct fish_draw d = { .b = &o.b, .s = s, .sc = &o.sc, .c = c, .area = area };

	other_init(&o, s, sc);
	fish_other_head(&h, area);
	ask = other_ask(&o.sc, area);
	if (o.b.n == 0) {
		struct rect in = fish_inside(area, false);
		draw_rule(c, line_at(area.y, area.x, fish_has_rules(area) ? area.w : 0), NULL, NULL);
		in.x++;
		in.w -= 2;
		draw_wrapped(c, in, word(WORD_NOT_WORSE_EMPTY), ROLE_DIM);
	} else if (!is_fish(&o, area) || !fish_draw_as(&d, &ask, &h)) {
		fish_outline(&d);
	}
	draw_hidden(sc, c, area);
	fish_head_fini(&h);
	other_fini(&o);
}

static const struct card *
card_here(const struct other *o, const struct scene *sc)
{
	if (o->b.at >= o->b.tree.n || o->b.tree.v[o->b.at].cause == NULL)
		return NULL;
	return (const struct card *)debrief_find(sc->d, KIND_CARD, row_id(&o->b, o->b.at));
}

/* "Helped us 1/3" on a rule, the whole of the card, and what its discussion brought. */
int
fish_other_strip(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area)
{
	const char *text = NULL, *notes = NULL;
	const struct card *card;
	struct buf place = { 0 };
	struct other o;
	int rows = 0;

	other_init(&o, s, sc);
	card = card_here(&o, sc);
	if (card != NULL) {
		text = o.b.tree.v[o.b.at].cause->text;
		notes = card->notes;
		fish_place(&place, &o.b, area_wide(area));
	}
	rows = wrapped_rows(text, area.w - 4, TEXT_ROWS);
	rows = rows < 1 ? 1 : rows;
	if (c != NULL) {
		int x = area.x + 2;
		draw_rule(c, line_at(area.y, area.x, area.w), place.data, NULL);
		draw_wrapped(c, (struct rect){ area.y + 1, x, rows, area.w - 4 }, text ? text : "",
		    ROLE_HEAD | STYLE_BOLD);
		draw_text(c, line_at(area.y + 1 + rows, x, area.w - 4), notes, ROLE_PLAIN);
	}
	buf_fini(&place);
	other_fini(&o);
	return rows + 2;
}

static bool
other_move(struct other *o, struct pane_state *s, enum verb_of_key v, struct rect area)
{
	struct fish_ask ask = other_ask(&o->sc, area);
	bool fish = is_fish(o, area);

	switch (v) {
	case DO_UP:
	case DO_DOWN:
		return bones_step(&o->b, s, v == DO_UP ? -1 : 1, !fish), true;
	case DO_PAGE_UP:
	case DO_PAGE_DOWN:
		return bones_step(&o->b, s, v == DO_PAGE_UP ? -PAGE : PAGE, !fish), true;
	case DO_FIRST:
	case DO_LAST:
		return bones_step(&o->b, s, v == DO_FIRST ? LONG_MIN / 2 : LONG_MAX / 2, !fish), true;
	case DO_LEFT:
	case DO_RIGHT:
	case DO_ACROSS:
		if (fish)
			fish_go_to_bone(&o->b, s,
			    fish_bone_beside(&o->b, s, &ask, v == DO_LEFT ? -1 : v == DO_RIGHT));
		return true;
	case DO_FOLD:
		return fish_toggle_fold(&o->b, s), true;
	case DO_ZOOM_OUT:
	case DO_ZOOM_IN:
	case DO_LAYOUT:
	case DO_OTHER_FISH:
	case DO_BACK:
		return fish_other_toggle(s), true;
	default:
		return false;
	}
}

/* An editor whose label says who will see what is typed. */
static enum answer
type_card(const struct other *o, const struct scene *sc, struct view_answer *out,
    const char *command, const char *label)
{
	const struct category *bone = o->b.tree.v[o->b.at].category;
	const struct column *column =
	    bone ? (const struct column *)debrief_find(sc->d, KIND_COLUMN, bone->item.id) : NULL;

	buf_adds(&out->command, command);
	buf_addf(&out->label, "%s · ", label);
	board_label(&out->label, sc, column);
	return ANSWER_TYPE;
}

static enum answer
add_card(const struct other *o, const struct scene *sc, struct view_answer *out)
{
	const struct category *bone;
	struct buf label = { 0 };
	char command[64];
	enum answer what;

	if (o->b.at >= o->b.tree.n)
		return answer_type(out, "column add ", NULL, word(WORD_ADD_COLUMN));
	bone = o->b.tree.v[o->b.at].category;
	if (bone == NULL)
		return ANSWER_NOT_MINE;
	out->again = true;
	snprintf(command, sizeof command, "card add %s ", bone->item.id.s);
	word_put(&label, WORD_ADD_CARD, bone->name ? bone->name : "");
	what = type_card(o, sc, out, command, label.data);
	buf_fini(&label);
	return what;
}

static enum answer
edit_card(const struct other *o, const struct scene *sc, const struct card *card, bool notes,
    struct view_answer *out)
{
	const char *was = notes ? card->notes : card->text;
	char command[64];

	snprintf(
	    command, sizeof command, "card set %s %s=", card->item.id.s, notes ? "notes" : "text");
	out->edits = true;
	buf_adds(&out->text, was ? was : "");
	if (notes) {
		answer_type(out, command, NULL, word(WORD_EDIT_NOTES));
		return ANSWER_TYPE_TEXT;
	}
	return type_long(type_card(o, sc, out, command, word(WORD_EDIT_CARD)), out);
}

static enum answer
card_verb(const struct other *o, const struct scene *sc, enum verb_of_key v,
    struct view_answer *out)
{
	const struct card *card = card_here(o, sc);
	char line[64];

	if (v == DO_ADD)
		return add_card(o, sc, out);
	if (v == DO_ACTION_HERE)
		return answer_type(out, "action add ", NULL, word(WORD_ADD_ACTION));
	if (card == NULL)
		return ANSWER_NOT_MINE;
	if (v == DO_EDIT || v == DO_WHY)
		return edit_card(o, sc, card, v == DO_WHY, out);
	if (v == DO_REMOVE) {
		snprintf(line, sizeof line, "card remove %s", card->item.id.s);
		return answer_run(out, line);
	}
	if (v != DO_QUESTION_HERE)
		return ANSWER_NOT_MINE;
	snprintf(line, sizeof line, " about=%s", card->item.id.s);
	return answer_type(out, "question add ", line, word(WORD_ADD_QUESTION_CARD));
}

enum answer
fish_other_verb(struct pane_state *s, const struct scene *sc, enum verb_of_key v,
    struct rect area, struct view_answer *out)
{
	enum answer what = ANSWER_DRAW;
	struct other o;

	other_init(&o, s, sc);
	if (!other_move(&o, s, v, area))
		what = card_verb(&o, sc, v, out);
	other_fini(&o);
	return what;
}

void
fish_other_toggle(struct pane_state *s)
{
	struct id here = s->selected;

	if (s->layout == FISH_OTHER) {
		s->layout = s->layout_before;
	} else {
		s->layout_before = s->layout;
		s->layout = FISH_OTHER;
	}
	s->selected = s->away;
	s->away = here;
	s->filter = s->scroll = 0;
	s->place = 0;
}
