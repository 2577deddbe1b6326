#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "views/board.h"
#include "views/draw.h"
#include "views/ui_state.h"
#include "views/words.h"

enum { ASK_COLS = 64, BOTH_ROWS = 4 };

void
ask_fini(struct ask *a)
{
	free(a->question);
	free(a->line);
	free(a->instead);
	*a = (struct ask){ 0 };
}

void
ui_open_ask(struct ui *u, enum ask_what what, const char *question, const char *line)
{
	struct ask a = { .what = what, .question = mem_dup(question), .line = mem_dup(line) };

	ask_fini(&u->ask);
	u->ask = a;
	ui_set_mode(u, MODE_ASK);
}

/* The same question twice is one; where too many wait, the oldest is of least use. */
void
ui_ask_later(struct ui *u, enum ask_what what, const char *question, const char *line)
{
	for (size_t i = 0; i < u->n_waiting; i++)
		if (strcmp(u->waiting[i].question, question) == 0)
			return;
	if (u->n_waiting == UI_WAITING_MAX) {
		ask_fini(&u->waiting[0]);
		memmove(u->waiting, u->waiting + 1, --u->n_waiting * sizeof *u->waiting);
	}
	u->waiting[u->n_waiting++] = (struct ask){ .what = what, .question = mem_dup(question),
		.line = mem_dup(line), .uncalled = true };
}

void
ui_ask_waiting(struct ui *u)
{
	if (u->n_waiting == 0 || u->mode != MODE_PANE || ui_typing(u))
		return;
	ask_fini(&u->ask);
	u->ask = u->waiting[0];
	memmove(u->waiting, u->waiting + 1, --u->n_waiting * sizeof *u->waiting);
	u->shown_ns = u->now_ns;
	ui_set_mode(u, MODE_ASK);
}

static void
answer_yes(struct ui *u, const struct scene *sc, struct ui_out *out)
{
	ui_set_mode(u, MODE_PANE);
	switch (u->ask.what) {
	case ASK_RUN:
		ui_run(u, u->ask.line, out);
		break;
	case ASK_LEAVE:
		out->what = UI_LEAVE;
		break;
	case ASK_ON_AIR:
		ui_run_line(u, sc, "onair", out);
		break;
	case ASK_NEXT_SEAT:
		ui_seat_next(u, sc);
		break;
	case ASK_BELL: /* has keys of its own */
		break;
	}
}

/* A key that was on its way when a question came up by itself is no answer to it; with simple keys
 * nor is any letter. */
bool
ui_ask_passes(struct ui *u, const struct scene *sc, const struct key *k)
{
	bool soon = sc->now_ns < u->shown_ns + UI_SETTLE_MS * (NS_PER_S / 1000);
	bool typed = u->simple && (k->code == KEY_CHAR || k->code == KEY_PASTE);

	if (!u->ask.uncalled || (!soon && !typed) || u->n_waiting == UI_WAITING_MAX)
		return false;
	memmove(u->waiting + 1, u->waiting, u->n_waiting++ * sizeof *u->waiting);
	u->waiting[0] = u->ask;
	u->ask = (struct ask){ 0 };
	ui_set_mode(u, MODE_PANE);
	return true;
}

static enum modal
modal_of_ask(const struct ui *u)
{
	return u->ask.what == ASK_BELL ? MODAL_BELL : u->ask.sure ? MODAL_SURE : MODAL_ASK;
}

/* Enter does it, esc does not. Neither is the key that opened the question. */
void
ui_ask_key(struct ui *u, const struct scene *sc, const struct key *k, struct ui_out *out)
{
	enum modal_act act = modal_act(modal_of_ask(u), k);

	if (u->ask.what == ASK_BELL) {
		ui_bell_key(u, k, out);
	} else if (act == DOES_DO) {
		answer_yes(u, sc, out);
	} else if (u->ask.instead != NULL && ui_is_char(k, u->ask.key)) {
		ui_set_mode(u, MODE_PANE);
		ui_run(u, u->ask.instead, out);
	} else if (act == DOES_CLOSE) {
		ui_set_mode(u, MODE_PANE);
	}
}

void
ui_draw_ask(struct ui *u, struct canvas *c)
{
	int w = text_width(u->ask.question, strlen(u->ask.question)), most = canvas_cols(c) - 6;
	int rows;
	struct rect in;
	struct buf keys = { 0 };

	modal_hints(modal_of_ask(u), ASK_COLS, &keys);
	if (u->ask.instead != NULL)
		buf_addf(&keys, "   %c %s", u->ask.key, u->ask.instead);
	if (w > ASK_COLS)
		w = ASK_COLS;
	if (w < (int)keys.len)
		w = (int)keys.len;
	if (w > most)
		w = most > 8 ? most : 8;
	rows = wrapped_rows(u->ask.question, w, 6);
	in = ui_box(c, rows + (canvas_rows(c) >= rows + 4 ? 2 : 1), w, word(WORD_SAY_ONE_QUESTION));
	draw_wrapped(c, (struct rect){ .y = in.y, .x = in.x, .h = in.h - 1, .w = in.w },
	    u->ask.question, ROLE_PLAIN | STYLE_BOLD);
	draw_hint_text(c, line_at(in.y + in.h - 1, in.x, in.w), keys.data);
	buf_fini(&keys);
}

/* The text that the sent job was about, as it is now; NULL: there is none. Yours. */
static char *
text_now(const struct job *j, const struct scene *sc)
{
	const char *equals = strrchr(j->command, '='), *name = equals;
	const struct field *f;
	struct item *it;
	enum kind kind;
	struct value v;
	char *word, *text = NULL;

	it = debrief_any(sc->d, j->item, &kind);
	if (it == NULL || equals == NULL)
		return NULL;
	while (name > j->command && name[-1] != ' ')
		name--;
	word = mem_dupn(name, (size_t)(equals - name));
	f = schema_field(kind, word);
	free(word);
	if (f == NULL || (f->type != FIELD_TEXT && f->type != FIELD_LINE))
		return NULL;
	v = field_get(it, f);
	text = mem_dup(v.text != NULL ? v.text : "");
	value_fini(&v);
	return text;
}

bool
ui_open_both(struct ui *u, const struct scene *sc)
{
	char *now = u->back.job.was != NULL ? text_now(&u->back.job, sc) : NULL;

	if (now == NULL || strcmp(now, u->back.job.was) == 0 || strcmp(now, u->back.text) == 0) {
		free(now);
		return false;
	}
	free(u->theirs);
	u->theirs = now;
	u->shown_ns = u->now_ns;
	ui_say(u, NULL);
	ui_set_mode(u, MODE_BOTH);
	return true;
}

/* Over theirs: the next enter has seen what they wrote. */
static void
edit_again(struct ui *u)
{
	job_fini(&u->job);
	u->job = job_copy(&u->back.job);
	free(u->job.was);
	u->job.was = mem_dup(u->theirs);
	edit_free(u->edit);
	u->edit = edit_new(u->back.text, u->job.several, TEXT_BLOCK_MAX);
	ui_set_mode(u, MODE_TYPE);
}

void
ui_both_key(struct ui *u, const struct key *k)
{
	enum modal_act act = modal_act(MODAL_BOTH, k);

	if (act == DOES_DO) {
		edit_again(u);
	} else if (act == DOES_CLOSE) {
		strs_add(&u->typed, u->back.text);
		ui_say(u, word(WORD_SAY_THEIRS_STAYS_YOURS));
		ui_set_mode(u, MODE_PANE);
	}
}

void
ui_draw_both(struct ui *u, struct canvas *c)
{
	int w = canvas_cols(c) - 6 < ASK_COLS ? canvas_cols(c) - 6 : ASK_COLS, h, half;
	struct buf keys = { 0 };
	struct rect in;

	if (w < 10)
		w = 10;
	in = ui_box(c, 2 * BOTH_ROWS + 2, w, word(WORD_SAY_SOMEBODY_CHANGED_IT));
	half = (in.h - 2) / 2;
	h = half > 1 ? half - 1 : 1;
	draw_text(c, line_at(in.y, in.x, in.w), word(WORD_SAY_THEIRS_WHICH_IT), ROLE_DIM);
	draw_wrapped(c, (struct rect){ .y = in.y + 1, .x = in.x, .h = h, .w = in.w }, u->theirs,
	    ROLE_PLAIN);
	draw_text(c, line_at(in.y + half, in.x, in.w), "yours", ROLE_DIM);
	draw_wrapped(c, (struct rect){ .y = in.y + half + 1, .x = in.x, .h = h, .w = in.w },
	    u->back.text, ROLE_PLAIN | STYLE_BOLD);
	modal_hints(MODAL_BOTH, in.w, &keys);
	draw_hint_text(c, line_at(in.y + in.h - 1, in.x, in.w), keys.data);
	buf_fini(&keys);
}

/* Names of the items that tie, for the question. */
static void
put_items(const struct scene *sc, const char *ids, struct buf *out)
{
	while (*ids != '\0') {
		size_t len = strcspn(ids, ",");
		char *one = mem_dupn(ids, len);
		struct item *it;
		enum kind kind;
		struct id id;

		if (id_parse(one, &id) && (it = debrief_any(sc->d, id, &kind)) != NULL) {
			const struct field *f = schema_field(kind, "text");
			struct value v = f != NULL ? field_get(it, f) : (struct value){ 0 };
			if (v.text != NULL)
				buf_addf(out, "%s\"%.*s\"", out->len > 0 ? ", " : "",
				    (int)text_fit(v.text, strlen(v.text), 40, NULL), v.text);
			if (f != NULL)
				value_fini(&v);
		}
		free(one);
		ids += len + (ids[len] == ',');
	}
}

static void
ask_tie(struct ui *u, const struct scene *sc, const struct ui_question *q)
{
	struct buf items = { 0 };
	char *question, *line;

	put_items(sc, q->item != NULL ? q->item : "", &items);
	question = word_made(
	    WORD_SAY_TIE, items.data != NULL ? items.data : word(WORD_SAY_SEVERAL));
	line = mem_fmt("votes open 1 on=%s", q->item != NULL ? q->item : "");
	ui_ask_later(u, ASK_RUN, question, line);
	free(question);
	free(line);
	buf_fini(&items);
}

static void
ask_named(struct ui *u, const char *question_fmt, const char *command, const char *name)
{
	struct strs one = { 0 };
	struct buf line = { 0 };
	struct buf question = { 0 };
	const char *mark = strstr(question_fmt, "NAME");

	strs_add(&one, name);
	buf_adds(&line, command);
	words_join(&one, &line);
	buf_add(&question, question_fmt, mark ? (size_t)(mark - question_fmt) : 0);
	buf_addf(&question, "%s%s", mark ? name : "", mark ? mark + 4 : question_fmt);
	ui_ask_later(u, ASK_RUN, question.data, line.data);
	strs_fini(&one);
	buf_fini(&line);
	buf_fini(&question);
}

void
ui_asked(struct ui *u, const struct scene *sc, const struct ui_question *q)
{
	bool leads = sc->role == PERSON_FACILITATOR || sc->role == PERSON_SCRIBE;

	if (strcmp(q->want, "offer") == 0)
		ask_named(u, word(WORD_SAY_THE_FACILITATOR_IS), "give facilitator ", sc->me);
	else if (strcmp(q->want, "knock") == 0 && q->name != NULL)
		ask_named(u, word(WORD_SAY_NAME_STANDS_AT), "person add ", q->name);
	else if (strcmp(q->want, "tie") == 0 && leads)
		ask_tie(u, sc, q);
	else if (strcmp(q->want, "break") == 0 && leads)
		ui_ask_later(u, ASK_RUN, word(WORD_SAY_SOMEBODY_ASKS_FOR),
		    "timer 10m");
	else if (q->text != NULL)
		ui_say(u, q->text);
}
