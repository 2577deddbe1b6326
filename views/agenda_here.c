#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/visible.h"
#include "views/agenda.h"
#include "views/draw.h"
#include "views/frame.h"
#include "views/speakers.h"
#include "views/words.h"

void
agenda_put_people(struct buf *out, const struct scene *sc)
{
	size_t seats = people_seats(sc);
	size_t walls = people_of(sc, "projector");

	word_count(out, (int64_t)people_of(sc, "join"), WORD_PEOPLE_1);
	if (seats > 0) {
		buf_adds(out, ", ");
		word_count(out, (int64_t)seats, WORD_SEATS_1);
	}
	if (walls > 0) {
		buf_adds(out, ", ");
		word_count(out, (int64_t)walls, WORD_PROJECTORS_1);
	}
}

/* Whatever stands beside a name is known of everybody, or of nobody. */
static void
put_doing(struct buf *out, const struct scene_person *h)
{
	int64_t s = h->away_s;
	struct buf clock = { 0 };

	if (s > 0) {
		buf_addf(&clock, "%lld:%02lld", (long long)(s / 60), (long long)(s % 60));
		word_put(out, WORD_AWAY, clock.data);
		buf_fini(&clock);
	} else if (h->typing) {
		buf_adds(out, word(WORD_WRITING));
	} else if (h->ready) {
		buf_adds(out, word(WORD_IS_READY));
	}
}

/* "scribe", or what else it is: seat 3, a wall, a watcher. */
static void
put_part(struct buf *out, const struct scene *sc, const struct scene_person *h)
{
	size_t seat = 0;

	while (h->name != NULL && seat < sc->d->seats.n && strcmp(sc->d->seats.v[seat], h->name) != 0)
		seat++;
	if (h->want == NULL || strcmp(h->want, "join") == 0 || strcmp(h->want, "console") == 0)
		buf_adds(out, h->role != NULL ? h->role : "");
	else if (strcmp(h->want, "seat") == 0 && seat < sc->d->seats.n)
		word_put(out, WORD_SEAT_AT, digits((int64_t)seat + 1).s);
	else
		buf_adds(out, strcmp(h->want, "watch") == 0 ? word(WORD_WATCHING) : h->want);
}

static void
draw_person(
    const struct scene *sc, const struct scene_person *h, struct canvas *c, struct rect r)
{
	int name = r.w >= 44 ? 12 : r.w / 3, each = (r.w - name) / 3;
	struct buf doing = { 0 }, part = { 0 };

	put_part(&part, sc, h);
	draw_text(c, line_at(r.y, r.x, name - 1), h->name, ROLE_PLAIN);
	draw_text(c, line_at(r.y, r.x + name, each - 1), part.data, ROLE_DIM);
	draw_text(c, line_at(r.y, r.x + name + each, each - 1), h->pane, ROLE_DIM);
	put_doing(&doing, h);
	draw_text(
	    c, line_at(r.y, r.x + name + 2 * each, r.w - name - 2 * each), doing.data, ROLE_PLAIN);
	buf_fini(&doing);
	buf_fini(&part);
}

/* "3 typing   1 ready   2 neither": what is told of a room that writes in silence. */
static void
put_counts(struct buf *out, const struct scene *sc, const char *gap)
{
	int64_t rest = (int64_t)people_here(sc) - sc->counts.typing - sc->counts.ready;

	word_put(out, WORD_TYPING, digits(sc->counts.typing).s);
	buf_adds(out, gap);
	word_put(out, WORD_READY, digits(sc->counts.ready).s);
	buf_adds(out, gap);
	word_put(out, WORD_NEITHER, digits(rest > 0 ? rest : 0).s);
}

/* "hand up: lin next, then kit" */
static void
put_hands(struct buf *out, const struct scene *sc)
{
	struct speaker *v = mem_zero(sc->d->hands.n + 1, sizeof *v);
	size_t n = speakers_of(sc->d, v);

	for (size_t i = 0; i < n; i++)
		word_put(out, i == 0 ? WORD_HAND_UP : WORD_AND_THEN, v[i].name);
	free(v);
}

/* Lines below the people: counts, hands, the line to the host. */
static void
list_below(const struct scene *sc, struct strs *lines)
{
	struct buf b = { 0 };

	if (visible_hushed(sc->d)) {
		put_counts(&b, sc, "   ");
		strs_take(lines, buf_take(&b));
	}
	if (sc->d->hands.n > 0) {
		put_hands(&b, sc);
		strs_take(lines, buf_take(&b));
	}
	if (sc->latency_ms >= 0) {
		word_put(&b, WORD_LATENCY_IS, digits(sc->latency_ms).s);
		strs_take(lines, buf_take(&b));
	}
	buf_fini(&b);
}

void
agenda_here(const struct plan *p, struct canvas *c, struct rect r)
{
	const struct scene *sc = p->sc;
	struct strs below = { 0 };
	int rows, y = r.y;

	list_below(sc, &below);
	rows = r.h - (int)below.n;
	if (rows < 3 && rows < (int)sc->n_here)
		rows = r.h < 3 ? r.h : 3;
	for (size_t i = 0; i < sc->n_here && (int)i < rows; i++, y++) {
		if ((int)i == rows - 1 && i + 1 < sc->n_here) {
			struct buf b = { 0 };
			word_put(&b, WORD_MORE, digits((int64_t)(sc->n_here - i)).s);
			draw_text(c, line_at(y, r.x, r.w), b.data, ROLE_COUNT);
			buf_fini(&b);
		} else {
			draw_person(sc, &sc->here[i], c, line_at(y, r.x, r.w));
		}
	}
	if (sc->n_here == 0 && r.h > 0)
		draw_text(c, line_at(y++, r.x, r.w), word(WORD_ALONE), ROLE_DIM);
	for (size_t i = 0; i < below.n && y < r.y + r.h; i++, y++)
		draw_text(c, line_at(y, r.x, r.w), below.v[i], ROLE_DIM);
	strs_fini(&below);
}

/* What is told of each by name, where that may be. */
static void
put_names(struct buf *out, const struct scene *sc)
{
	int64_t typing = 0;

	for (size_t i = 0; i < sc->n_here; i++)
		typing += sc->here[i].typing;
	if (typing > 0) {
		buf_adds(out, "   ");
		word_put(out, WORD_TYPING, digits(typing).s);
	}
	for (size_t i = 0; i < sc->n_here; i++) {
		const struct scene_person *h = &sc->here[i];
		buf_addf(out, "%s%s", i == 0 ? "   " : ", ", h->name ? h->name : "");
		if (h->ready && h->away_s == 0)
			buf_adds(out, " ✓");
		if (h->away_s > 0) {
			buf_adds(out, " ");
			put_doing(out, h);
		}
	}
}

void
agenda_here_line(const struct plan *p, struct canvas *c, struct rect r)
{
	const struct scene *sc = p->sc;
	struct buf b = { 0 };

	if (sc->n_here == 0) {
		buf_adds(&b, word(WORD_ALONE));
	} else if (visible_hushed(sc->d)) {
		word_count(&b, (int64_t)people_here(sc), WORD_PEOPLE_1);
		buf_adds(&b, "     ");
		put_counts(&b, sc, "     ");
		if (people_of(sc, "projector") > 0)
			buf_addf(&b, "        %s", word(WORD_PROJECTOR_ON));
		if (sc->d->hands.n > 0)
			buf_adds(&b, "     ");
		put_hands(&b, sc);
	} else {
		agenda_put_people(&b, sc);
		if (sc->d->hands.n > 0) {
			buf_adds(&b, "   ");
			put_hands(&b, sc);
		}
		put_names(&b, sc);
	}
	draw_text(c, r, b.data, ROLE_PLAIN);
	buf_fini(&b);
}
