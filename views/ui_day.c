/* Which day was it? A clock's time alone says none, and it is never guessed: the line waits until
 * somebody has said it, once for all. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tui/edit.h"
#include "views/draw.h"
#include "views/ui_state.h"
#include "views/words.h"

enum { DAYS_OFFERED = 7 };

static const char set_day[] = "set day=";

void
ui_open_days(struct ui *u, const struct scene *sc)
{
	int64_t today = scene_day(sc, sc->now_ns);
	struct buf words = { 0 };
	char date[TIME_TEXT];

	strs_fini(&u->completions);
	for (int i = 0; i < DAYS_OFFERED; i++) {
		buf_clear(&words);
		put_day_year(&words, today - i);
		if (i < 2)
			buf_addf(&words, ", %s", word(i == 0 ? WORD_TODAY_MARK : WORD_YESTERDAY));
		strs_take(&u->completions, mem_fmt("%s%s\t%s\t%s", set_day, date_text(today - i, date),
					       sc->d->day == today - i ? "✓" : "○", words.data));
	}
	strs_take(&u->completions, mem_fmt("%s\t·\t%s", set_day, word(WORD_SAY_ANOTHER_DAY)));
	u->mode = MODE_LINES;
	u->lines_title = word(WORD_SAY_WHICH_DAY);
	u->choice = 0;
	buf_fini(&words);
}

/* ---- lines that wait for it ---- */

void
waiting_fini(struct waiting *w)
{
	free(w->lines);
	free(w->reason);
	sent_fini(&w->typed);
	*w = (struct waiting){ 0 };
}

bool
ui_day_asked(const struct ui *u)
{
	return u->dayless.lines != NULL && u->mode == MODE_TYPE && u->job.command != NULL &&
	       strcmp(u->job.command, set_day) == 0;
}

static void
say_made(struct ui *u, enum word w, const char *text)
{
	struct buf b = { 0 };

	word_put(&b, w, text);
	ui_say(u, b.data);
	buf_fini(&b);
}

void
ui_want_day(struct ui *u, const struct scene *sc, const char *lines, const char *reason)
{
	struct view_answer a = { .what = ANSWER_TYPE };
	bool busy = ui_typing(u) || (u->mode != MODE_PANE && u->mode != MODE_TYPE);

	if (busy || u->dayless.lines != NULL) {
		ui_refused(u, sc, (struct id){ "" }, reason);
		return;
	}
	u->dayless.lines = mem_dup(lines);
	u->dayless.reason = mem_dup(reason);
	ui_sent_take(u, (struct id){ "" }, &u->dayless.typed);
	buf_adds(&a.command, set_day);
	buf_adds(&a.label, word(WORD_SAY_WHICH_DAY_LABEL));
	ui_open_job(u, sc, &a, false);
	view_fini_answer(&a);
	say_made(u, WORD_SAY_LINE_WAITS, u->dayless.typed.text != NULL ? u->dayless.typed.text : lines);
}

/* Nobody says it: the line is typed on, with its day, or dropped. */
static void
give_back(struct ui *u, const struct scene *sc)
{
	struct waiting w = u->dayless;

	u->dayless = (struct waiting){ 0 };
	ui_set_mode(u, MODE_PANE);
	ui_say(u, w.reason);
	if (w.typed.text != NULL)
		ui_sent_back(u, sc, &w.typed); /* takes it */
	else
		ui_open_line(u, MODE_PALETTE, w.lines);
	w.typed = (struct sent){ 0 };
	waiting_fini(&w);
}

/* Who writes what they saw goes on writing: one more that waits. */
static void
add_line(struct waiting *w, const char *text)
{
	struct buf lines = { 0 };

	buf_addf(&lines, "%s\n", w->lines);
	ui_put_typed(&w->typed.job, text, strlen(text), &lines);
	free(w->lines);
	w->lines = buf_take(&lines);
	buf_addf(&lines, "%s\n%s", w->typed.text, text);
	free(w->typed.text);
	w->typed.text = buf_take(&lines);
}

bool
ui_day_enter(struct ui *u, const struct scene *sc)
{
	const char *text = edit_text(u->edit);
	bool when_first = u->dayless.typed.text != NULL && u->dayless.typed.job.when_first;
	int64_t day;

	if (!ui_day_asked(u))
		return false;
	if (text[0] == '\0') {
		give_back(u, sc);
	} else if (date_said(text, scene_day(sc, sc->now_ns), &day)) {
		return false;
	} else if (when_first && ui_begins_with_when(text)) {
		add_line(&u->dayless, text);
		edit_set(u->edit, "", 0);
		ui_say(u, word(WORD_SAY_WAITS_TOO));
	} else {
		ui_say(u, word(WORD_SAY_DAY_SUCH_AS));
	}
	return true;
}

bool
ui_day_esc(struct ui *u, const struct scene *sc)
{
	if (!ui_day_asked(u))
		return false;
	if (edit_text(u->edit)[0] != '\0')
		strs_add(&u->typed, edit_text(u->edit));
	give_back(u, sc);
	return true;
}

/* The texts of the lines, in their order, so that a refusal finds them. */
static void
put_texts(struct ui *u, const struct sent *s)
{
	const char *p = s->text != NULL ? s->text : "";

	while (*p != '\0') {
		size_t len = s->job.several ? strlen(p) : strcspn(p, "\n");
		ui_sent_as(u, &s->job, p, len);
		p += len + (p[len] == '\n');
	}
}

bool
ui_day_known(struct ui *u, const struct scene *sc, struct ui_out *out)
{
	struct waiting w = u->dayless;
	struct buf day = { 0 };
	bool asked = ui_day_asked(u), free_now = asked || u->mode == MODE_PANE;

	if (w.lines == NULL || sc->d->day == TIME_NONE)
		return false;
	u->dayless = (struct waiting){ 0 };
	if (asked)
		ui_set_mode(u, MODE_PANE);
	put_texts(u, &w.typed);
	if (free_now && w.typed.text != NULL && w.typed.job.again && !u->simple) {
		job_fini(&u->job); /* adding is typing: the next one is open */
		u->job = job_copy(&w.typed.job);
		edit_free(u->edit);
		u->edit = edit_new("", u->job.several, TEXT_BLOCK_MAX);
		ui_set_mode(u, MODE_TYPE);
	}
	buf_clear(&u->line);
	buf_adds(&u->line, w.lines);
	*out = (struct ui_out){ .what = UI_RUN, .line = u->line.data, .seat = u->seat };
	waiting_fini(&w);
	put_day_year(&day, sc->d->day);
	say_made(u, WORD_SAY_DAY_IS, day.data);
	buf_fini(&day);
	return true;
}
