#include <string.h>

#include "base/when.h"
#include "tui/canvas.h"
#include "views/ui_state.h"
#include "views/words.h"

static void
add_flash(struct ui *u, struct id id, int64_t until_ns)
{
	size_t at = u->n_flashes;

	for (size_t i = 0; i < u->n_flashes; i++)
		if (id_equal(u->flashes[i].id, id))
			at = i;
	if (at == UI_FLASHES_MAX)
		return;
	u->flashes[at] = (struct flash){ id, until_ns };
	if (at == u->n_flashes)
		u->n_flashes++;
}

void
ui_changed(struct ui *u, const struct scene *sc, const struct op *op)
{
	int64_t until_ns = sc->now_ns + UI_FLASH_MS * (NS_PER_S / 1000);

	for (size_t i = 0; i < op->n; i++)
		if (op->v[i].verb != VERB_REMOVE && op->v[i].kind != KIND_DEBRIEF &&
		    op->v[i].kind != KIND_PERSON) /* those are in no pane */
			add_flash(u, op->v[i].id, until_ns);
}

/* Is it of those that a person makes and misses? */
static bool
is_missed(enum kind kind)
{
	return kind != KIND_DEBRIEF && kind != KIND_PERSON && kind != KIND_RATING;
}

static bool
is_undo(const struct op *op)
{
	return op->command != NULL &&
	       (strcmp(op->command, "undo") == 0 || strcmp(op->command, "redo") == 0);
}

void
ui_removed(struct ui *u, const struct op *op, const char *by)
{
	struct buf b = { 0 };
	int64_t n = 0;

	for (size_t i = 0; i < op->n; i++)
		n += op->v[i].verb == VERB_REMOVE && is_missed(op->v[i].kind);
	if (n == 0 || is_undo(op) || u->fixed != NULL)
		return;
	if (by != NULL)
		word_put(&b, n == 1 ? WORD_SAY_THEY_REMOVED_1 : WORD_SAY_THEY_REMOVED_N, digits(n).s,
		    by);
	else
		word_count(&b, n, WORD_SAY_REMOVED_1);
	ui_say(u, b.data);
	buf_fini(&b);
}

static void
drop_old(struct ui *u, int64_t now_ns)
{
	size_t n = 0;

	for (size_t i = 0; i < u->n_flashes; i++)
		if (u->flashes[i].until_ns > now_ns)
			u->flashes[n++] = u->flashes[i];
	u->n_flashes = n;
}

static bool
looks_selected(const struct cell *cell)
{
	return (cell->style & STYLE_REVERSE) || (cell->style & 0xff) == ROLE_SELECTED;
}

/* Cells that would look selected if this item were, and show the same text now, are the item. */
static void
paint_differing(struct canvas *c, const struct canvas *probe, struct rect area)
{
	for (int y = area.y; y < area.y + area.h; y++) {
		const struct cell *now = canvas_row(c, y), *then = canvas_row(probe, y);
		for (int x = area.x; x < area.x + area.w; x++)
			if (looks_selected(&then[x]) && !looks_selected(&now[x]) &&
			    now[x].glyph == then[x].glyph && now[x].glyph > ' ')
				canvas_paint(c, (struct rect){ y, x, 1, now[x].width },
				    ROLE_NEW | STYLE_BOLD);
	}
}

/* Kept from frame to frame: while changes pour in each of them flashes. */
static struct canvas *
probe_of(struct ui *u, const struct canvas *c)
{
	if (u->probe != NULL && canvas_ascii(u->probe) != canvas_ascii(c)) {
		canvas_free(u->probe);
		u->probe = NULL;
	}
	if (u->probe == NULL)
		u->probe = canvas_new(u->rows, u->cols, canvas_ascii(c));
	else if (canvas_rows(u->probe) != u->rows || canvas_cols(u->probe) != u->cols)
		canvas_resize(u->probe, u->rows, u->cols);
	else
		canvas_clear(u->probe);
	return u->probe;
}

/* A pane says nowhere which cells an item has: it is asked by drawing it once more with that item
 * selected. */
static void
flash_one(struct ui *u, const struct scene *sc, struct canvas *c, struct id id)
{
	const struct view *v = ui_view(u);
	struct pane_state s = *ui_state(u);
	struct rect area = frame_pane(v, &s, sc, u->rows, u->cols);
	struct canvas *probe = probe_of(u, c);

	s.selected = id;
	canvas_clip(probe, area);
	v->draw(&s, sc, probe, area);
	if (id_equal(s.selected, id) && s.scroll == ui_state(u)->scroll)
		paint_differing(c, probe, area);
}

void
ui_draw_flashes(struct ui *u, const struct scene *sc, struct canvas *c)
{
	drop_old(u, sc->now_ns);
	for (size_t i = u->n_flashes > 2 ? u->n_flashes - 2 : 0; i < u->n_flashes; i++) {
		enum kind kind;
		if (debrief_any(sc->d, u->flashes[i].id, &kind) != NULL)
			flash_one(u, sc, c, u->flashes[i].id);
	}
}
