#include "views/agenda.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/checks.h"
#include "model/draft.h"
#include "model/person_end.h"
#include "model/visible.h"
#include "views/draw.h"
#include "views/prompts.h"
#include "views/words.h"

enum {
	SMALL_ROWS = 10,
	STRIP_ROWS = 3,
	QUESTION_ROWS = 5,
	LEFT_COLS = 24,
	HERE_ROWS_MOST = 8,
	BOX_ROWS = 7,
	PEOPLE_ROWS = 9
};

/* The question and as many stages as there are rows. */
static void
draw_small(const struct plan *p, struct pane_state *s, struct canvas *c, struct rect r)
{
	size_t nth;
	const char *text = prompt_for_stage(p->sc, 0, &nth);
	int rows = 0;

	if (text != NULL && r.h > 2)
		rows = draw_wrapped(c,
		    (struct rect){ .y = r.y, .x = r.x + 1, .h = r.h / 2, .w = r.w - 2 }, text,
		    ROLE_PLAIN | STYLE_BOLD);
	agenda_table(
	    p, s, c, (struct rect){ .y = r.y + rows, .x = r.x, .h = r.h - rows, .w = r.w });
}

/* A rule with what the present stage waits for, and its check marks below. */
static int
draw_done_when(const struct plan *p, struct canvas *c, struct rect r)
{
	const struct plan_stage *s = &p->v[p->at < p->n ? p->at : p->selected];
	struct buf title = { 0 }, marks = { 0 };
	size_t at = 0;
	int rows = 1;

	word_put(&title, WORD_DONE_WHEN_STAGE, plan_name(s));
	draw_rule(c, line_at(r.y, r.x, r.w), title.data, NULL);
	if (s->stage->checks.n == 0)
		draw_text(
		    c, line_at(r.y + rows++, r.x + 2, r.w - 3), word(WORD_NO_CHECKS), ROLE_DIM);
	while (at < s->stage->checks.n && rows < 3 && rows < r.h) {
		buf_clear(&marks);
		at = plan_put_checks(&marks, p, s, at, r.w - 4);
		draw_text(c, line_at(r.y + rows++, r.x + 2, r.w - 3), marks.data, ROLE_PLAIN);
	}
	buf_fini(&title);
	buf_fini(&marks);
	return rows;
}

static void
put_question_title(struct buf *out, const struct plan *p)
{
	size_t nth = 0;

	if (p->sc->d->shown_prompt != NULL)
		buf_adds(out, word(WORD_ON_EVERY_SCREEN));
	else if (prompt_for_stage(p->sc, 0, &nth) != NULL)
		word_put(out, WORD_QUESTION_OF, digits((int64_t)nth + 1).s,
		    digits((int64_t)p->sc->prompts->n).s);
}

static void
draw_question_row(const struct plan *p, struct canvas *c, struct rect r)
{
	int left = p->running && r.w >= 60 ? LEFT_COLS : 0;
	struct buf title = { 0 };

	put_question_title(&title, p);
	draw_rule(c, line_at(r.y, r.x, r.w), title.data, NULL);
	agenda_question(p, c,
	    (struct rect){ .y = r.y + 1 + (r.h > 4),
		.x = r.x + 3,
		.h = r.h - 1 - (r.h > 4),
		.w = r.w - 4 - left });
	if (left > 0)
		agenda_left(p, c,
		    (struct rect){
			.y = r.y + 1, .x = r.x + r.w - left, .h = r.h - 1, .w = left - 1 });
	buf_fini(&title);
}

/* One part below the other; the last ones go first where rows are short. */
static void
draw_medium(const struct plan *p, struct pane_state *s, struct canvas *c, struct rect r)
{
	int rest = r.h - 1 - agenda_table_rows(p, r), y = r.y + r.h;
	bool here = rest >= 2 && p->sc->live, question, checks;

	rest -= here ? 2 : 0;
	question = rest >= QUESTION_ROWS - 1;
	rest -= question ? (rest >= QUESTION_ROWS + 2 ? QUESTION_ROWS : QUESTION_ROWS - 1) : 0;
	checks = rest >= 2;
	draw_rule(c, line_at(r.y, r.x, r.w), NULL, NULL);
	if (here) {
		y -= 2;
		draw_rule(c, line_at(y, r.x, r.w), word(WORD_WHO_HERE),
		    visible_hushed(p->sc->d) ? word(WORD_HUSHED) : NULL);
		agenda_here_line(p, c, line_at(y + 1, r.x + 2, r.w - 3));
	}
	if (question) {
		int h = r.h - 1 - agenda_table_rows(p, r) - (here ? 2 : 0) >= QUESTION_ROWS + 2
			    ? QUESTION_ROWS
			    : QUESTION_ROWS - 1;
		y -= h;
		draw_question_row(p, c, (struct rect){ .y = y, .x = r.x, .h = h, .w = r.w });
	}
	if (checks) {
		struct rect at = { .y = r.y + 1 + agenda_table_rows(p, r), .x = r.x, .w = r.w };
		at.h = y - at.y;
		draw_done_when(p, c, at);
	}
	if (!question && !checks)
		draw_small(
		    p, s, c, (struct rect){ .y = r.y + 1, .x = r.x, .h = y - r.y - 1, .w = r.w });
	else
		agenda_table(p, s, c,
		    (struct rect){
			.y = r.y + 1, .x = r.x, .h = agenda_table_rows(p, r), .w = r.w });
}

/* Two boxes side by side: the question, and the time that is left. */
static void
draw_ask(const struct plan *p, struct canvas *c, struct rect r)
{
	int half = r.w * 11 / 20;
	struct buf title = { 0 }, left = { 0 }, name = { 0 }, plan = { 0 };

	put_question_title(&title, p);
	draw_band(c, line_at(r.y, r.x + 1, half - 4), word(WORD_ASK_ROOM), title.data);
	agenda_question(
	    p, c, (struct rect){ .y = r.y + 2, .x = r.x + 3, .h = r.h - 2, .w = half - 6 });
	if (p->running) {
		upper_case(&name, plan_name(&p->v[p->at]));
		word_put(&left, p->left_s < 0 ? WORD_OVER_IN_CAPS : WORD_LEFT_IN_CAPS,
		    name.data ? name.data : "");
		if (p->over_s / 60 > 0)
			word_count(&plan, p->over_s / 60, WORD_MINUTES_OVER_1);
		else if (p->over_s / 60 < 0)
			word_count(&plan, -(p->over_s / 60), WORD_MINUTES_UNDER_1);
		else
			buf_adds(&plan, word(WORD_ON_PLAN));
		draw_band(c, line_at(r.y, r.x + half, r.w - half - 1), left.data, plan.data);
		agenda_left(p, c,
		    (struct rect){ .y = r.y + 2,
			.x = r.x + half + 4,
			.h = r.h - 2 < 4 ? r.h - 2 : 4,
			.w = r.w - half - 6 });
	}
	buf_fini(&title);
	buf_fini(&left);
	buf_fini(&name);
	buf_fini(&plan);
}

static void
draw_people(const struct plan *p, struct canvas *c, struct rect r)
{
	int half = r.w * 11 / 20;
	struct buf people = { 0 }, cover = { 0 };
	int64_t left = 0;

	for (size_t i = 0; i < p->n; i++) {
		int64_t minutes = p->v[i].stage->minutes - (p->v[i].used_s + 30) / 60;
		left += p->v[i].past || minutes < 0 ? 0 : minutes;
	}
	word_put(&cover, WORD_N_OF_N, digits(left).s, digits(p->minutes).s);
	if (p->used_s > 0) {
		draw_band(
		    c, line_at(r.y, r.x + 1, half - 4), word(WORD_STILL_TO_COVER), cover.data);
		agenda_burndown(
		    p, c, (struct rect){ .y = r.y + 1, .x = r.x, .h = r.h - 1, .w = half - 3 });
	}
	if (p->sc->live) {
		agenda_put_people(&people, p->sc);
		draw_band(
		    c, line_at(r.y, r.x + half, r.w - half - 1), word(WORD_HERE_CAPS), people.data);
		agenda_here(p, c,
		    (struct rect){
			.y = r.y + 2, .x = r.x + half + 2, .h = r.h - 2, .w = r.w - half - 3 });
	}
	buf_fini(&people);
	buf_fini(&cover);
}

static void
draw_wide(struct plan *p, struct pane_state *s, struct canvas *c, struct rect r)
{
	int y = r.y + 5, table = agenda_table_rows(p, r), rest;

	if (table + 5 + BOX_ROWS + 1 + PEOPLE_ROWS > r.h) {
		p->tight = true;
		table = agenda_table_rows(p, r);
	}
	rest = r.h - 5 - table;
	draw_rule(c, line_at(r.y, r.x, r.w), NULL, NULL);
	agenda_bar(p, c, (struct rect){ .y = r.y + 1, .x = r.x + 2, .h = 3, .w = r.w - 4 });
	if (table > r.h - 5)
		table = r.h - 5;
	agenda_table(p, s, c, (struct rect){ .y = y, .x = r.x, .h = table, .w = r.w });
	y += table + 1;
	if (rest > BOX_ROWS)
		draw_ask(p, c, (struct rect){ .y = y, .x = r.x, .h = BOX_ROWS, .w = r.w });
	y += BOX_ROWS + 1;
	rest = r.y + r.h - y;
	if (rest >= 6)
		draw_people(
		    p, c, (struct rect){ .y = y, .x = r.x, .h = rest < 10 ? rest : 10, .w = r.w });
}

static void
agenda_draw(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area)
{
	struct rect text = { .y = area.y + 1, .x = area.x + 2, .h = area.h - 1, .w = area.w - 4 };
	struct plan p;

	plan_init(&p, sc, s);
	if (p.n == 0) {
		draw_rule(c, line_at(area.y, area.x, area.w), NULL, NULL);
		draw_wrapped(c, text, word(WORD_NO_STAGES), ROLE_DIM);
	} else if (area.h < SMALL_ROWS) {
		draw_small(&p, s, c, area);
	} else if (area_wide(area) && area.h >= 22) {
		draw_wide(&p, s, c, area);
	} else {
		draw_medium(&p, s, c, area);
	}
	plan_fini(&p);
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* "how we arrive: curious, tired", by the alphabet: not as they came. */
static void
put_arrivals(struct buf *out, const struct debrief *d)
{
	struct strs words = { 0 };

	strs_copy(&words, &d->arrivals);
	if (words.n > 0)
		qsort(words.v, words.n, sizeof *words.v, by_text);
	for (size_t i = 0; i < words.n; i++)
		buf_addf(out, "%s%s", i > 0 ? ", " : "", words.v[i]);
	if (d->passed > 0) {
		buf_adds(out, words.n > 0 ? ", " : "");
		word_put(out, WORD_PASSED, digits(d->passed).s);
	}
	strs_fini(&words);
}

/* The strip's last row: how the room arrives; at the end, what came of it. */
static void
draw_last(const struct scene *sc, struct canvas *c, struct rect r)
{
	const struct debrief *d = sc->d;
	bool ends = d->status == STATUS_CLOSED || (d->stage != NULL && strcmp(d->stage, "close") == 0);
	struct buf b = { 0 };
	char *closing = ends ? draft_closing(d, sc->now_ns) : NULL;

	if (closing != NULL) {
		buf_adds(&b, closing);
	} else if (d->arrivals.n > 0 || d->passed > 0) {
		buf_adds(&b, word(WORD_WE_ARRIVE));
		buf_addc(&b, ' ');
		put_arrivals(&b, d);
	}
	if (b.len > 0) {
		canvas_fill(c, r, ' ', ROLE_PLAIN);
		draw_text(c, line_at(r.y, r.x + 2, r.w - 3), b.data, ROLE_HEAD | STYLE_BOLD);
	}
	free(closing);
	buf_fini(&b);
}

/* How a mark is set; of a branch that ends at a person, which one that is. */
static void
draw_how(const struct scene *sc, const struct check_rule *rule, struct canvas *c, struct rect r)
{
	const struct cause *end =
	    strcmp(rule->name, "no-person-end") == 0 ? person_end(sc->d) : NULL;
	struct buf b = { 0 };

	if (end != NULL)
		buf_addf(&b, "C%lld “%s”: %s", (long long)end->item.number, end->text,
		    person_end_question);
	draw_text(c, r, end != NULL ? b.data : rule->how, ROLE_DIM);
	buf_fini(&b);
}

/* What the selected stage is still waiting for, and how to get there. */
static int
agenda_strip(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area)
{
	struct plan p;
	struct buf title = { 0 };
	int y = area.y + 1;

	if (c == NULL)
		return STRIP_ROWS;
	plan_init(&p, sc, s);
	if (p.selected < p.n) {
		const struct plan_stage *ps = &p.v[p.selected];
		const char *passed = plan_override(&p, ps);
		word_put(&title, WORD_STAGE_OPEN, plan_name(ps));
		if (passed != NULL) {
			struct buf b = { 0 };
			word_put(&b, WORD_OVERRIDDEN, passed);
			draw_text(c, line_at(y++, area.x + 2, area.w - 3), b.data, ROLE_WARN);
			buf_fini(&b);
		}
		for (size_t i = 0; i < ps->stage->checks.n && y < area.y + area.h; i++) {
			const struct check_rule *rule = check_find(ps->stage->checks.v[i]);
			if (rule == NULL || check_done(sc->d, ps->stage->checks.v[i]))
				continue;
			canvas_textf(
			    c, y, area.x + 2, area.w * 2 / 5 - 2, ROLE_PLAIN, "○ %s", rule->words);
			draw_how(sc, rule, c,
			    line_at(y++, area.x + area.w * 2 / 5, area.w * 3 / 5 - 1));
		}
		if (y == area.y + 1)
			draw_text(c, line_at(y, area.x + 2, area.w - 3), word(WORD_NOTHING_OPEN),
			    ROLE_DIM);
	}
	draw_rule(c, line_at(area.y, area.x, area.w), title.data, NULL);
	draw_last(sc, c, line_at(area.y + area.h - 1, area.x, area.w));
	buf_fini(&title);
	plan_fini(&p);
	return STRIP_ROWS;
}

static void
agenda_counts(const struct scene *sc, struct buf *out)
{
	(void)sc;
	(void)out;
}

static void
agenda_compact(
    const struct pane_state *s, const struct scene *sc, struct buf *left, struct buf *right)
{
	const char *title = scene_title(sc);

	(void)s;
	(void)right;
	title += ticket_len(title);
	buf_addf(left, "%s ▸ %s", title + strspn(title, " :,"), word(WORD_AGENDA));
}

static enum answer
edit_minutes(const struct plan_stage *ps, struct view_answer *out)
{
	struct buf label = { 0 };
	char command[64];
	enum answer what;

	snprintf(command, sizeof command, "stage set %s minutes=", ps->stage->item.id.s);
	buf_addf(&out->text, "%lld", (long long)ps->stage->minutes);
	word_put(&label, WORD_EDIT_MINUTES, plan_name(ps));
	what = answer_type(out, command, NULL, label.data);
	buf_fini(&label);
	return what;
}

/* Adding is typing here too: how one arrives, at the end what should stay, else what is worth a time
 * of its own. */
static enum answer
add_word(const struct scene *sc, struct view_answer *out)
{
	const char *stage = sc->d->stage != NULL ? sc->d->stage : "";

	if (strcmp(stage, "open") == 0)
		return answer_type(out, "arrive ", NULL, word(WORD_ADD_ARRIVE));
	out->again = true;
	if (strcmp(stage, "close") == 0)
		return answer_type(out, "plus ", NULL, word(WORD_ADD_PLUS));
	return answer_type(out, "park ", NULL, word(WORD_ADD_PARK));
}

static enum answer
agenda_verb(struct pane_state *s, const struct scene *sc, enum verb_of_key v, struct rect area,
    struct view_answer *out)
{
	struct plan p;
	enum answer what = ANSWER_DRAW;
	long to;

	(void)area;
	plan_init(&p, sc, s);
	to = (long)p.selected;
	if (v == DO_UP || v == DO_LEFT || v == DO_PAGE_UP)
		to--;
	else if (v == DO_DOWN || v == DO_RIGHT || v == DO_PAGE_DOWN)
		to++;
	else if (v == DO_FIRST)
		to = 0;
	else if (v == DO_LAST)
		to = (long)p.n - 1;
	else if (v == DO_EVENT_NOW)
		what = answer_type(out, "event add now ", NULL, word(WORD_ADD_EVENT_NOW));
	else if (v == DO_ACTION_HERE)
		what = answer_type(out, "action add ", NULL, word(WORD_ADD_ACTION));
	else if (v == DO_ADD)
		what = add_word(sc, out);
	else if (v == DO_EDIT && p.selected < p.n)
		what = edit_minutes(&p.v[p.selected], out);
	else
		what = ANSWER_NOT_MINE;
	if (what == ANSWER_DRAW && p.n > 0) {
		to = to < 0 ? 0 : to >= (long)p.n ? (long)p.n - 1 : to;
		s->place = (size_t)to;
		s->selected = p.v[to].stage->item.id;
	}
	plan_fini(&p);
	return what;
}

static const enum verb_of_key hints[] = { DO_PROMPT, DO_STAGE_NEXT, DO_DAY, DO_MENU, DO_NEXT_PANE,
	DO_ACTION_HERE, DO_PALETTE, DO_UNDO, DO_EDIT, DO_STAGE_BACK, DO_EVENT_NOW, DO_NOTHING };

const struct view view_agenda = {
	.name = "agenda",
	.title = "1 Agenda",
	.digit = 1,
	.draw = agenda_draw,
	.strip = agenda_strip,
	.verb = agenda_verb,
	.counts = agenda_counts,
	.hints = hints,
	.compact = agenda_compact,
};
