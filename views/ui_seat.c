#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "views/draw.h"
#include "views/ui_state.h"
#include "views/words.h"

static size_t
seat_index(const struct ui *u, const struct debrief *d)
{
	for (size_t i = 0; i < d->seats.n && u->seat != NULL; i++)
		if (strcmp(d->seats.v[i], u->seat) == 0)
			return i;
	return (size_t)-1;
}

/* The screen goes blank at once: what is on it is not for who comes next. */
void
ui_seat_next(struct ui *u, const struct scene *sc)
{
	if (sc->d->seats.n == 0) {
		ui_say(u, word(WORD_SAY_THERE_ARE_NO));
		return;
	}
	u->seat_next = seat_index(u, sc->d) + 1;
	u->shown_ns = u->now_ns;
	ui_set_mode(u, MODE_SEAT);
}

void
ui_seat_key(struct ui *u, const struct scene *sc, const struct key *k)
{
	enum modal_act act = modal_act(MODAL_SEAT, k);

	if (act == DOES_CLOSE && u->seat == NULL) {
		ui_set_mode(u, MODE_PANE);
		return;
	}
	if (act != DOES_DO)
		return;
	free(u->seat);
	u->seat = u->seat_next < sc->d->seats.n ? mem_dup(sc->d->seats.v[u->seat_next]) : NULL;
	ui_set_mode(u, MODE_PANE);
	ui_say(u, u->seat != NULL ? word(WORD_SAY_V_VOTES_A)
				  : word(WORD_SAY_THE_KEYBOARD_IS));
}

void
ui_draw_seat(struct ui *u, const struct scene *sc, struct canvas *c)
{
	int rows = canvas_rows(c), w = canvas_cols(c);
	bool owner = u->seat_next >= sc->d->seats.n;
	struct buf b = { 0 };

	canvas_clear(c);
	if (owner)
		word_put(&b, WORD_SAY_HAND_BACK, sc->me);
	else
		word_put(&b, WORD_SAY_HAND_SEAT, digits((int64_t)u->seat_next + 1).s,
		    sc->d->seats.v[u->seat_next]);
	if (!owner && sc->d->votes_each > 0)
		word_count(&b, sc->d->votes_each, WORD_SAY_TO_GIVE_1);
	draw_wrapped(c,
	    (struct rect){ .y = rows / 3, .x = w / 10, .h = rows - rows / 3, .w = w - 2 * (w / 10) },
	    b.data, ROLE_PLAIN | STYLE_BOLD);
	buf_fini(&b);
}
