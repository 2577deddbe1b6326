#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "model/checks.h"
#include "views/block_digits.h"
#include "views/clock.h"
#include "views/deck.h"
#include "views/draw.h"
#include "views/speakers.h"
#include "views/view.h"
#include "views/prompts.h"
#include "views/words.h"

enum { WIDE_FROM = 18, LABEL_COLS = 10, SPEAKERS_MOST = 5, CHECKS_MOST = 4, UNHEARD_ROWS = 3 };

/* People here who have not had the word and do not ask for it. */
static void
put_unheard(struct buf *out, const struct scene *sc)
{
	for (size_t i = 0; i < sc->n_here; i++) {
		const struct scene_person *h = &sc->here[i];
		const struct person *p = debrief_person(sc->d, h->name);
		bool looks_on =
		    (h->role != NULL && strcmp(h->role, "observer") == 0) || !person_in_room(h);
		if (looks_on || (p != NULL && p->turns > 0) || strs_has(&sc->d->hands, h->name) ||
		    strcmp(h->name, sc->me) == 0)
			continue;
		buf_addf(out, "%s%s", out->len > 0 ? ", " : "", h->name);
	}
	if (out->len == 0)
		buf_adds(out, word(WORD_ALL_HEARD));
}

static void
put_room(struct buf *out, const struct scene *sc)
{
	if (scene_hidden(sc)) {
		word_count(out, sc->counts.written, WORD_WRITTEN_1);
		buf_adds(out, " · ");
	}
	word_put(out, WORD_TYPING, digits(sc->counts.typing).s);
	buf_adds(out, " · ");
	word_put(out, WORD_READY, digits(sc->counts.ready).s);
}

static void
put_vote(struct buf *out, const struct scene *sc)
{
	struct votes_in v = scene_votes_in(sc);

	if (sc->d->votes_each > 0)
		votes_in_put(out, &v, ", ");
}

static void
put_caption(struct buf *out, const struct scene *sc, const struct clock *k)
{
	const struct stage *s = scene_stage(sc, NULL);

	if (!k->runs)
		buf_adds(out, word(WORD_NO_CLOCK));
	else if (k->by_hand)
		buf_adds(out, word(WORD_LEFT_OF_TIMER));
	else
		word_put(out, k->left_s < 0 ? WORD_OVER_OF_STAGE : WORD_LEFT_OF_STAGE,
		    s != NULL && s->name != NULL ? s->name : "");
}

/* What somebody who leads would like to be told, a line each. */
static void
add_nudge(struct strs *out, struct buf *text)
{
	strs_take(out, buf_take(text));
}

static void
nudges_of(struct strs *out, const struct scene *sc)
{
	struct clock k = clock_of(sc);
	int64_t voters = scene_voters(sc);
	struct buf b = { 0 };

	if (sc->notice != NULL)
		strs_add(out, sc->notice);
	if (k.runs && k.left_s <= -60) {
		word_count(&b, -k.left_s / 60, WORD_NUDGE_OVER_1);
		add_nudge(out, &b);
	}
	if (sc->d->votes_each > 0 && voters > 0 && sc->counts.voters >= voters)
		strs_add(out, word(WORD_NUDGE_VOTED));
	else if (voters > 0 && sc->counts.ready >= voters)
		strs_add(out, word(WORD_NUDGE_READY));
	if (scene_hidden(sc) && sc->counts.written > 0) {
		word_count(&b, sc->counts.written, WORD_NUDGE_HIDDEN_1);
		add_nudge(out, &b);
	}
	for (size_t i = 0; i < sc->n_here; i++)
		if (sc->here[i].away_s > 0) {
			char length[TIME_TEXT];
			word_put(&b, WORD_NUDGE_AWAY, sc->here[i].name,
			    duration_text(sc->here[i].away_s * NS_PER_S, length));
			add_nudge(out, &b);
		}
	if (sc->d->locked)
		strs_add(out, word(WORD_NUDGE_LOCKED));
}

/* The question that is asked now, and those after it. */
static const char *
question(const struct scene *sc, size_t ahead)
{
	size_t nth = 0;

	return prompt_for_stage(sc, ahead, &nth);
}

static int
draw_title(struct canvas *c, struct rect r, const char *title, const char *right)
{
	draw_band(c, line_at(r.y, r.x, r.w), title, right);
	return 1;
}

static int
draw_queue(const struct scene *sc, struct canvas *c, struct rect r)
{
	struct buf b = { 0 };
	int y = r.y;

	y += draw_title(c, r, word(WORD_TO_SPEAK), NULL);
	y += speakers_draw(sc, c,
	    (struct rect){ .y = y,
		.x = r.x + 2,
		.h = r.h - 4 < SPEAKERS_MOST ? r.h - 4 : SPEAKERS_MOST,
		.w = r.w - 2 });
	y++;
	if (y + 1 >= r.y + r.h)
		return y - r.y;
	put_unheard(&b, sc);
	y += draw_title(
	    c, (struct rect){ .y = y, .x = r.x, .h = 1, .w = r.w }, word(WORD_NOT_HEARD), NULL);
	y += draw_wrapped(c,
	    (struct rect){ .y = y,
		.x = r.x + 2,
		.h = r.y + r.h - y < UNHEARD_ROWS ? r.y + r.h - y : UNHEARD_ROWS,
		.w = r.w - 2 },
	    b.data, ROLE_PLAIN);
	buf_fini(&b);
	return y - r.y;
}

static int
draw_room(const struct scene *sc, struct canvas *c, struct rect r)
{
	struct clock k = clock_of(sc);
	struct buf time = { 0 }, b = { 0 };
	int y = r.y;

	clock_put(&time, &k);
	if (k.runs)
		y += block_draw(c,
		    (struct rect){ .y = y, .x = r.x + 2, .h = BLOCK_ROWS, .w = r.w - 2 }, time.data,
		    k.left_s < 0 ? ROLE_WARN : ROLE_HEAD);
	put_caption(&b, sc, &k);
	draw_text(c, line_at(y++, r.x + 2, r.w - 2), b.data, ROLE_DIM);
	y++;
	y += draw_title(
	    c, (struct rect){ .y = y, .x = r.x, .h = 1, .w = r.w }, word(WORD_THE_ROOM), NULL);
	buf_clear(&b);
	put_room(&b, sc);
	draw_text(c, line_at(y++, r.x + 2, r.w - 2), b.data, ROLE_PLAIN);
	buf_clear(&b);
	put_vote(&b, sc);
	y += draw_wrapped(
	    c, (struct rect){ .y = y, .x = r.x + 2, .h = 2, .w = r.w - 2 }, b.data, ROLE_PLAIN);
	draw_text(c, line_at(y++, r.x + 2, r.w - 2), word(WORD_STEPPED), ROLE_DIM);
	buf_fini(&time);
	buf_fini(&b);
	return y - r.y;
}

/* What the present stage still waits for; returns the rows used, 0 when there is nothing. */
static int
draw_checks(const struct scene *sc, struct canvas *c, struct rect r)
{
	const struct stage *s = scene_stage(sc, NULL);
	struct buf title = { 0 }, name = { 0 };
	int y = r.y + 1;

	for (size_t i = 0; s != NULL && i < s->checks.n && y < r.y + r.h; i++) {
		const struct check_rule *rule = check_find(s->checks.v[i]);
		if (rule == NULL || check_done(sc->d, s->checks.v[i]))
			continue;
		canvas_textf(c, y, r.x + 2, r.w / 2 - 3, ROLE_PLAIN, "○ %s", rule->words);
		draw_text(c, line_at(y++, r.x + r.w / 2, r.w / 2), rule->how, ROLE_DIM);
	}
	if (y == r.y + 1)
		return 0;
	upper_case(&name, s->name);
	word_put(&title, WORD_OPEN_IN_CAPS, name.data);
	draw_title(c, r, title.data, NULL);
	buf_fini(&title);
	buf_fini(&name);
	return y - r.y;
}

static int
draw_questions(const struct scene *sc, struct canvas *c, struct rect r)
{
	int y = r.y + 1;

	for (size_t i = 0; question(sc, i) != NULL && y < r.y + r.h; i++) {
		canvas_put(c, y, r.x + 2, i == 0 ? 0x25ba : 0x25cb, i == 0 ? ROLE_HEAD : ROLE_DIM);
		y += draw_wrapped(c,
		    (struct rect){ .y = y,
			.x = r.x + 4,
			.h = r.y + r.h - y < 2 ? r.y + r.h - y : 2,
			.w = r.w - 5 },
		    question(sc, i), i == 0 ? ROLE_PLAIN | STYLE_BOLD : ROLE_DIM);
	}
	if (y == r.y + 1)
		return 0;
	draw_title(c, r, word(WORD_NEXT_QUESTIONS), NULL);
	return y - r.y;
}

static int
draw_nudges(const struct scene *sc, struct canvas *c, struct rect r)
{
	struct strs nudges = { 0 };
	int y = r.y + 1;

	nudges_of(&nudges, sc);
	draw_title(c, r, word(WORD_NUDGES), NULL);
	if (nudges.n == 0 && y < r.y + r.h)
		draw_text(c, line_at(y++, r.x + 2, r.w - 2), word(WORD_NO_NUDGES), ROLE_DIM);
	for (size_t i = 0; i < nudges.n && y < r.y + r.h; i++)
		draw_text(c, line_at(y++, r.x + 2, r.w - 2), nudges.v[i], ROLE_WARN);
	strs_fini(&nudges);
	return y - r.y;
}

static struct rect
below(struct rect r, int rows)
{
	rows = rows < r.h ? rows : r.h;
	r.y += rows;
	r.h -= rows;
	return r;
}

static void
draw_full(const struct scene *sc, struct canvas *c, struct rect area)
{
	int half = area.w / 2, left, right, air = area.h >= 30;
	struct rect r = { .y = area.y + 1 + air,
		.x = area.x + 1,
		.h = area.h - 1 - air,
		.w = area.w - 2 },
		    top = r;

	draw_rule(c, line_at(area.y, area.x, area.w), word(WORD_PRIVATE), word(WORD_NOT_SHARED));
	top.h = air ? 14 : 9;
	top.w = half - 2;
	left = draw_queue(sc, c, top);
	top.x = area.x + half + 1;
	top.w = area.w - half - 2;
	right = draw_room(sc, c, top);
	r = below(r, (left > right ? left : right) + 1);
	r = below(r, draw_nudges(sc, c, (struct rect){ r.y, r.x, r.h < 4 ? r.h : 4, r.w }) + air);
	r = below(r, draw_checks(sc, c, (struct rect){ r.y, r.x, r.h < 5 ? r.h : 5, r.w }) + air);
	draw_questions(sc, c, r);
}

/* A row of the small form. */
static void
draw_row(struct canvas *c, struct rect r, enum word label, const char *text)
{
	int w = r.w >= 40 ? LABEL_COLS : 0;

	if (w > 0)
		draw_text(c, line_at(r.y, r.x, w - 1), word(label), ROLE_DIM);
	draw_text(c, line_at(r.y, r.x + w, r.w - w), text, ROLE_PLAIN);
}

static void
put_speakers(struct buf *out, const struct debrief *d)
{
	struct speaker *v = mem_zero(d->hands.n + 1, sizeof *v);
	size_t n = speakers_of(d, v);

	for (size_t i = 0; i < n; i++)
		buf_addf(out, "%s%s", i > 0 ? ", " : "", v[i].name);
	if (n == 0)
		buf_adds(out, word(WORD_NOBODY_ASKS));
	free(v);
}

/* One line for each, from the scroll on. */
static void
draw_small(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect r)
{
	enum { ROWS = 7 };
	const enum word labels[ROWS] = { WORD_TIME, WORD_SPEAKS, WORD_ASKS, WORD_KNOW, WORD_UNHEARD,
		WORD_ROOM, WORD_VOTING };
	struct clock k = clock_of(sc);
	struct strs nudges = { 0 };
	struct buf b[ROWS] = { { 0 } };
	int first = s->scroll < ROWS - r.h ? s->scroll : ROWS - r.h;

	nudges_of(&nudges, sc);
	clock_put(&b[0], &k);
	if (b[0].len > 0)
		buf_addc(&b[0], ' ');
	put_caption(&b[0], sc, &k);
	put_speakers(&b[1], sc->d);
	buf_adds(&b[2], question(sc, 0) ? question(sc, 0) : word(WORD_NO_QUESTION));
	buf_adds(&b[3], nudges.n > 0 ? nudges.v[0] : word(WORD_NO_NUDGES));
	put_unheard(&b[4], sc);
	put_room(&b[5], sc);
	put_vote(&b[6], sc);
	s->scroll = first = first < 0 ? 0 : first;
	for (int i = first; i < ROWS && i - first < r.h; i++)
		if (b[i].len > 0)
			draw_row(
			    c, line_at(r.y + i - first, r.x + 1, r.w - 2), labels[i], b[i].data);
	for (int i = 0; i < ROWS; i++)
		buf_fini(&b[i]);
	strs_fini(&nudges);
}

static void
console_draw(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area)
{
	struct rect text = { .y = area.y + 1, .x = area.x + 2, .h = area.h - 1, .w = area.w - 4 };

	if (sc->projector || sc->on_air) {
		draw_rule(c, line_at(area.y, area.x, area.w), NULL, NULL);
		draw_wrapped(c, text, word(WORD_CONSOLE_VEILED), ROLE_DIM);
	} else if (area.h >= WIDE_FROM && area.w >= FRAME_MEDIUM_COLS) {
		draw_full(sc, c, area);
	} else {
		draw_small(s, sc, c, area);
	}
}

static int
console_strip(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area)
{
	(void)s;
	(void)sc;
	(void)c;
	(void)area;
	return 0;
}

static enum answer
console_verb(struct pane_state *s, const struct scene *sc, enum verb_of_key v, struct rect area,
    struct view_answer *out)
{
	(void)sc;
	(void)area;
	(void)out;
	if (v == DO_UP || v == DO_PAGE_UP)
		s->scroll -= s->scroll > 0;
	else if (v == DO_DOWN || v == DO_PAGE_DOWN)
		s->scroll++; /* drawing keeps it within bounds */
	else
		return ANSWER_NOT_MINE;
	return ANSWER_DRAW;
}

static void
console_counts(const struct scene *sc, struct buf *out)
{
	(void)sc;
	(void)out;
}

static void
console_compact(
    const struct pane_state *s, const struct scene *sc, struct buf *left, struct buf *right)
{
	const struct stage *stage = scene_stage(sc, NULL);

	(void)s;
	(void)right;
	buf_adds(left, word(WORD_CONSOLE));
	if (stage != NULL && stage->name != NULL)
		buf_addf(left, " ▸ %s", stage->name);
}

static const enum verb_of_key hints[] = { DO_PROMPT, DO_STAGE_NEXT, DO_STAGE_BACK, DO_PALETTE,
	DO_BACK, DO_NOTHING };

const struct view view_console = {
	.name = "console",
	.title = "console",
	.draw = console_draw,
	.strip = console_strip,
	.verb = console_verb,
	.counts = console_counts,
	.hints = hints,
	.compact = console_compact,
};
