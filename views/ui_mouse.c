/* A mouse, where it was asked for: a click selects, the wheel scrolls. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "views/ui_state.h"
#include "views/words.h"

enum { WHEEL_ROWS = 3, TEXT_ROWS = 4, BEGIN_GRAPHEMES = 4, PROBES_MOST = 64 };

/* The text of a row, and of those above it that a text may begin in. */
static void
text_around(const struct canvas *c, int y, struct buf *out)
{
	for (int row = y - TEXT_ROWS + 1; row <= y + 1; row++) {
		const struct cell *cells;
		char glyph[32];
		if (row < 0 || row >= canvas_rows(c))
			continue;
		cells = canvas_row(c, row);
		for (int x = 0; x < canvas_cols(c); x++) {
			size_t n = canvas_glyph(c, &cells[x], glyph);
			if (cells[x].width > 0)
				buf_add(out, glyph, n);
		}
		buf_addc(out, '\n');
	}
}

/* Its first letters stand there, as far as a narrow column would show them. */
static bool
stands_in(const char *around, enum kind kind, const struct item *it)
{
	const struct field *f = schema_field(kind, "text");
	struct value v;
	size_t len = 0;
	bool found;
	char *begin;

	if (f == NULL)
		f = schema_field(kind, kind == KIND_EXPERIMENT ? "hypothesis" : "name");
	if (f == NULL)
		return false;
	v = field_get(it, f);
	for (int i = 0; v.text != NULL && i < BEGIN_GRAPHEMES && v.text[len] != '\0' &&
	     v.text[len] != '\n'; i++)
		len += text_grapheme(v.text + len, strlen(v.text + len));
	begin = mem_dupn(v.text != NULL ? v.text : "", len);
	found = len > 0 && text_has(around, begin);
	free(begin);
	value_fini(&v);
	return found;
}

static bool
looks_selected(const struct canvas *c, int y, int x)
{
	const struct cell *cell = &canvas_row(c, y)[x];

	return (cell->style & STYLE_REVERSE) || (cell->style & 0xff) == ROLE_SELECTED;
}

/* A pane says nowhere which cells an item has: it is asked by drawing it once more with that item
 * selected. 2: at that very place; 1: in that row. */
static int
lies_at(struct ui *u, const struct scene *sc, struct canvas *probe, struct id id, const struct key *k)
{
	struct pane_state s = *ui_state(u);
	struct rect area = ui_pane_rect(u, sc);
	int fit = 0;

	s.selected = id;
	canvas_clear(probe);
	canvas_clip(probe, area);
	ui_view(u)->draw(&s, sc, probe, area);
	if (!id_equal(s.selected, id) || s.scroll != ui_state(u)->scroll)
		return 0;
	if (looks_selected(probe, k->y, k->x))
		return 2;
	for (int x = area.x; x < area.x + area.w && fit == 0; x++)
		fit = looks_selected(probe, k->y, x) && abs(x - k->x) < area.w / 3;
	return fit;
}

struct search {
	const struct key *at;
	struct canvas *probe;
	const char *around;
	struct id best;
	int fit, probes;
};

static void
search_kind(struct ui *u, const struct scene *sc, enum kind kind, struct search *s)
{
	for (size_t i = 0; i < sc->d->of[kind].n && s->fit < 2 && s->probes < PROBES_MOST; i++) {
		const struct item *it = sc->d->of[kind].v[i];
		int fit;
		if (!stands_in(s->around, kind, it))
			continue;
		s->probes++;
		fit = lies_at(u, sc, s->probe, it->id, s->at);
		if (fit > s->fit) {
			s->fit = fit;
			s->best = it->id;
		}
	}
}

static void
select_at(struct ui *u, const struct scene *sc, const struct key *k)
{
	static const enum kind kinds[] = { KIND_STAGE, KIND_EVENT, KIND_CAUSE, KIND_CATEGORY,
		KIND_ACTION, KIND_CARD, KIND_COLUMN, KIND_EXPERIMENT };
	struct rect area = ui_pane_rect(u, sc);
	struct search s = { .at = k };
	struct buf around = { 0 };

	if (k->y < area.y || k->y >= area.y + area.h || k->x < area.x || k->x >= area.x + area.w)
		return;
	s.probe = canvas_new(u->rows, u->cols, false);
	canvas_clip(s.probe, area);
	ui_view(u)->draw(ui_state(u), sc, s.probe, area);
	text_around(s.probe, k->y, &around);
	s.around = around.data != NULL ? around.data : "";
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		search_kind(u, sc, kinds[i], &s);
	if (s.fit > 0) {
		ui_free_moves(u, DO_DOWN);
		ui_state(u)->selected = s.best;
	}
	canvas_free(s.probe);
	buf_fini(&around);
}

bool
ui_mouse_key(struct ui *u, const struct scene *sc, const struct key *k, struct key *as)
{
	bool wheel = k->button == MOUSE_WHEEL_UP || k->button == MOUSE_WHEEL_DOWN;

	if (wheel) { /* as the arrows, wherever they choose */
		*as = (struct key){ .code = k->button == MOUSE_WHEEL_UP ? KEY_UP : KEY_DOWN };
		return true;
	}
	if (k->button == MOUSE_LEFT && u->mode == MODE_PANE && u->fixed == NULL)
		select_at(u, sc, k);
	return false;
}

/* Its words, whole: what a person would want to paste elsewhere. */
void
ui_copy(struct ui *u, const struct scene *sc, struct ui_out *out)
{
	struct id id = ui_state(u)->selected;
	enum kind kind = KIND_DEBRIEF;
	const struct item *it = debrief_any(sc->d, id, &kind);
	const struct field *f = it != NULL ? schema_field(kind, "text") : NULL;
	struct value v = { 0 };

	if (it != NULL && f == NULL)
		f = schema_field(kind, kind == KIND_EXPERIMENT ? "hypothesis" : "name");
	if (sc->elsewhere) {
		ui_say(u, word(WORD_COPY_ELSEWHERE));
		return;
	}
	if (f != NULL)
		v = field_get(it, f);
	if (v.text == NULL || v.text[0] == '\0') {
		ui_say(u, word(WORD_COPY_NOTHING));
	} else {
		buf_clear(&u->line);
		text_clean(&u->line, v.text, strlen(v.text), TEXT_BLOCK);
		out->what = UI_COPY;
		out->line = u->line.data != NULL ? u->line.data : "";
		ui_say(u, word(WORD_COPIED));
	}
	if (f != NULL)
		value_fini(&v);
}
