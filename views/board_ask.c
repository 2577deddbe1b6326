#include <string.h>

#include "base/text.h"
#include "views/board.h"
#include "views/board_parts.h"
#include "views/words.h"

enum { BOX_COLS = 60, BOX_ROWS = 8, STRIP_ROWS = 3, BLOT_COLS = 8 };

/* How many of those here have not said that they are ready. */
static int64_t
not_ready(const struct scene *sc)
{
	int64_t n = scene_voters(sc) - sc->counts.ready;

	return n > 0 ? n : 0;
}

static int64_t
hidden_cards(const struct board *b)
{
	int64_t n = b->k.unseen;

	for (size_t i = 0; i < b->k.n_columns; i++)
		if (b->k.columns[i].column->hidden)
			n += (int64_t)b->k.columns[i].n_cards;
	return n;
}

/* What will come up, as blots: own cards are veiled too, for whoever looks over a shoulder. */
static void
draw_veil(const struct board *b, struct rect r)
{
	struct board_page p = board_page_of(&b->k, r.w);
	int64_t left = hidden_cards(b);

	canvas_fill(b->c, r, ' ', ROLE_PLAIN);
	draw_rule(b->c, line_at(r.y, r.x, r.w), NULL, NULL);
	for (size_t i = 0; i < p.n && r.h > 3; i++) {
		struct buf title = { 0 };
		struct rect at = board_page_rect(&p, r, i);
		const char *name = b->k.columns[p.first + i].column->name;
		upper_case(&title, name ? name : "");
		draw_band(
		    b->c, line_at(r.y + 2, at.x + 1, at.w - 2), title.data ? title.data : "", NULL);
		buf_fini(&title);
	}
	for (int y = r.y + 4; y < r.y + r.h - 1; y += 2)
		for (int x = r.x + 2; x + BLOT_COLS <= r.x + r.w && left > 0;
		     x += BLOT_COLS, left--)
			canvas_hline(b->c, y, x, BLOT_COLS - 2, 0x2592, ROLE_DIM);
}

/* Names come with those cards that carry one. */
static bool
with_names(const struct board *b)
{
	for (size_t i = 0; i < b->k.n_columns; i++) {
		const struct column *c = b->k.columns[i].column;
		if (c->hidden && !c->anonymous)
			return true;
	}
	return false;
}

/* What there is to know before it, what matters most first where rows are few. */
static void
draw_question(const struct board *b, enum modal m, struct rect r)
{
	struct rect box = { .h = BOX_ROWS < r.h ? BOX_ROWS : r.h,
		.w = r.w < BOX_COLS ? r.w : BOX_COLS },
		    in;
	bool framed = box.h > 3, air = box.h == BOX_ROWS && box.w == BOX_COLS;
	struct buf texts[3] = { { 0 }, { 0 }, { 0 } };

	box.x = r.x + (r.w - box.w) / 2;
	box.y = r.y + r.h - box.h;
	canvas_fill(b->c, box, ' ', ROLE_PLAIN);
	if (framed)
		draw_titled_box(b->c, box, word(WORD_REVEAL_ASK), NULL);
	in = (struct rect){ .y = box.y + framed,
		.x = box.x + 1 + 2 * framed,
		.h = box.h - 2 * framed,
		.w = box.w - 2 - 3 * framed };
	word_count(&texts[0], hidden_cards(b), WORD_HIDDEN_CARD_1);
	buf_addc(&texts[0], ' ');
	buf_adds(&texts[0], word(with_names(b) ? WORD_REVEAL_NAMED : WORD_REVEAL_HOW));
	word_put(&texts[1], WORD_REVEAL_WHO, digits(b->sc->counts.typing).s,
	    digits(not_ready(b->sc)).s, modal_key_for(m, DOES_DO));
	buf_addf(&texts[2], "%s %s        %s %s", modal_key_for(m, DOES_WAIT),
	    modal_word_for(m, DOES_WAIT), modal_key_for(m, DOES_CLOSE), modal_word_for(m, DOES_CLOSE));
	for (int i = 0; i < 3 && in.h > 0; i++) {
		int which = framed ? i : (i + 1) % 3,
		    rows = draw_wrapped(b->c, in, texts[which].data,
			       which == 1   ? ROLE_WARN
			       : which == 2 ? ROLE_DIM
					    : ROLE_PLAIN) +
			   air;
		in.y += rows;
		in.h -= rows;
	}
	for (int i = 0; i < 3; i++)
		buf_fini(&texts[i]);
}

static void
draw_strip(struct canvas *c, struct rect r)
{
	canvas_fill(c, r, ' ', ROLE_PLAIN);
	draw_rule(c, line_at(r.y, r.x, r.w), word(WORD_WHAT_IS_LOST), NULL);
	draw_text(c, line_at(r.y + 1, r.x + 2, r.w - 4), word(WORD_LOST_NOTHING), ROLE_PLAIN);
	draw_text(c, line_at(r.y + 2, r.x + 2, r.w - 4), word(WORD_LOST_COUNTS), ROLE_DIM);
}

void
board_reveal_ask(const struct scene *sc, enum modal m, struct canvas *c)
{
	int rows = canvas_rows(c), cols = canvas_cols(c);
	bool strip = rows >= FRAME_MEDIUM_ROWS && cols >= FRAME_MEDIUM_COLS;
	struct rect pane = { .y = rows > 1, .h = rows - (rows > 1) - (rows > 2), .w = cols };
	struct pane_state s = { 0 };
	struct buf keys = { 0 };
	struct board b;

	board_init(&b, &s, sc, c);
	if (strip) {
		pane.h -= STRIP_ROWS;
		draw_strip(c, (struct rect){ .y = pane.y + pane.h, .h = STRIP_ROWS, .w = cols });
	}
	draw_veil(&b, pane);
	draw_question(&b, m, pane);
	if (rows > 2) {
		canvas_fill(c, line_at(rows - 1, 0, cols), ' ', ROLE_PLAIN);
		modal_hints(m, cols - 2, &keys);
		draw_hint_text(c, line_at(rows - 1, 1, cols - 2), keys.data);
		buf_fini(&keys);
	}
	board_fini(&b);
	strs_fini(&s.folded);
}
