#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "views/draw.h"
#include "views/ui_state.h"
#include "views/words.h"

/* The words of what is kept, in this order; another first word: of another program. */
enum {
	KEPT_VERSION, KEPT_PANE, KEPT_SELECTED, KEPT_MODE, KEPT_TEXT, KEPT_CURSOR, KEPT_COMMAND,
	KEPT_AFTER, KEPT_LABEL, KEPT_WAS, KEPT_FLAGS, N_KEPT
};
static const char version[] = "1";
enum { FLAG_AGAIN = 1, FLAG_SEVERAL = 2, FLAG_WHEN = 4, FLAG_HIDDEN = 8, FLAG_ANONYMOUS = 16,
	FLAG_FORM = 32 };

/* A line of one's own account goes to nobody, the host included, before it is released. */
static bool
is_private(const struct ui *u)
{
	const char *text;

	if (u->mode == MODE_PALETTE)
		text = edit_text(u->edit);
	else if (u->simple && u->mode == MODE_PANE && edit_text(u->entry)[0] == ':')
		text = edit_text(u->entry) + 1;
	else
		return false;
	return text_begins(text + strspn(text, " "), "account");
}

/* What is kept of lines that wait for their day: what was typed, to be asked again. */
static bool
is_waiting(const struct ui *u)
{
	return u->dayless.lines != NULL && (ui_day_asked(u) || u->mode == MODE_PANE);
}

static const char *
mode_word(const struct ui *u)
{
	if (is_waiting(u))
		return u->dayless.typed.text == NULL ? "palette" : u->simple ? "entry" : "type";
	if (is_private(u))
		return "pane";
	if (u->mode == MODE_TYPE)
		return "type";
	if (u->mode == MODE_PALETTE)
		return "palette";
	return u->simple && edit_text(u->entry)[0] != '\0' ? "entry" : "pane";
}

static const struct edit *
open_edit(const struct ui *u)
{
	if (is_private(u))
		return NULL;
	if (u->mode == MODE_TYPE || u->mode == MODE_PALETTE)
		return u->edit;
	return u->simple ? u->entry : NULL;
}

static const char *
text_word(const struct ui *u, const struct edit *e)
{
	if (is_waiting(u))
		return u->dayless.typed.text != NULL ? u->dayless.typed.text : u->dayless.lines;
	return e != NULL ? edit_text(e) : "";
}

void
ui_keep(const struct ui *u, struct buf *out)
{
	const struct job *j = is_waiting(u) ? &u->dayless.typed.job : &u->job;
	const struct edit *e = is_waiting(u) ? NULL : open_edit(u);
	bool job = strcmp(mode_word(u), "type") == 0;
	struct strs w = { 0 };
	char *was = job && j->was != NULL ? mem_fmt("=%s", j->was) : mem_dup("");
	int flags = (j->again ? FLAG_AGAIN : 0) | (j->several ? FLAG_SEVERAL : 0) |
		    (j->when_first ? FLAG_WHEN : 0) | (j->hidden ? FLAG_HIDDEN : 0) |
		    (j->anonymous ? FLAG_ANONYMOUS : 0) | (j->form ? FLAG_FORM : 0);

	if (u->fixed != NULL || u->seat != NULL) {
		free(was);
		return;
	}
	strs_add(&w, version);
	strs_add(&w, ui_pane(u));
	strs_add(&w, u->panes[u->pane].selected.s);
	strs_add(&w, mode_word(u));
	strs_add(&w, text_word(u, e));
	strs_add(&w, digits(e != NULL ? (int64_t)edit_cursor(e) : 0).s);
	strs_add(&w, job && j->command ? j->command : "");
	strs_add(&w, job && j->after ? j->after : "");
	strs_add(&w, job && j->label ? j->label : "");
	strs_add(&w, was);
	strs_add(&w, digits(flags).s);
	words_join(&w, out);
	strs_fini(&w);
	free(was);
}

static size_t
number_of(const char *text)
{
	return (size_t)strtoul(text, NULL, 10);
}

static void
restore_job(struct ui *u, const struct scene *sc, const struct strs *w)
{
	size_t flags = number_of(w->v[KEPT_FLAGS]);
	struct view_answer a = { .again = flags & FLAG_AGAIN, .when_first = flags & FLAG_WHEN,
		.edits = w->v[KEPT_WAS][0] != '\0' };

	buf_adds(&a.command, w->v[KEPT_COMMAND]);
	buf_adds(&a.after, w->v[KEPT_AFTER]);
	buf_adds(&a.label, w->v[KEPT_LABEL]);
	if (a.edits)
		buf_adds(&a.text, w->v[KEPT_WAS] + 1);
	ui_open_job(u, sc, &a, flags & FLAG_SEVERAL);
	u->job.form = flags & FLAG_FORM;
	/* What its author was told when it was opened. */
	if (id_some(u->job.column)) {
		u->job.hidden = flags & FLAG_HIDDEN;
		u->job.anonymous = flags & FLAG_ANONYMOUS;
	}
	view_fini_answer(&a);
}

static bool
restore_line(struct ui *u, const struct scene *sc, const struct strs *w)
{
	const char *text = w->v[KEPT_TEXT], *mode = w->v[KEPT_MODE];
	struct edit *e = NULL;
	size_t cursor = number_of(w->v[KEPT_CURSOR]);

	if (strcmp(mode, "type") == 0 && w->v[KEPT_COMMAND][0] != '\0') {
		restore_job(u, sc, w);
		e = u->edit;
	} else if (strcmp(mode, "palette") == 0) {
		ui_open_line(u, MODE_PALETTE, "");
		e = u->edit;
	} else if (strcmp(mode, "entry") == 0) {
		ui_set_simple(u, true);
		e = u->entry;
	}
	if (e == NULL)
		return false;
	edit_set(e, text, cursor <= strlen(text) ? cursor : strlen(text));
	return text[0] != '\0';
}

/* Items that came, or changed, in that time. */
static size_t
count_new(const struct debrief *d, int64_t since_ns)
{
	size_t n = 0;

	for (int kind = KIND_EVENT; kind < N_KINDS; kind++)
		for (size_t i = 0; i < d->of[kind].n; i++)
			n += d->of[kind].v[i]->changed_ns != TIME_NONE &&
			     d->of[kind].v[i]->changed_ns > since_ns;
	return n;
}

static void
say_welcome(struct ui *u, const struct scene *sc, bool line, int64_t away_s)
{
	size_t n = count_new(sc->d, sc->now_ns - away_s * NS_PER_S);
	struct buf b = { 0 };

	buf_adds(&b, word(WORD_SAY_WELCOME_BACK));
	if (away_s >= 10) {
		buf_adds(&b, ", ");
		put_length(&b, away_s * NS_PER_S);
	}
	if (line)
		buf_adds(&b, word(WORD_SAY_YOUR_LINE_IS));
	if (sc->d->stage != NULL) {
		buf_adds(&b, line ? ";" : ":");
		word_put(&b, WORD_SAY_STAGE_IS, sc->d->stage);
	}
	if (n > 0)
		word_put(&b, WORD_SAY_NEW, digits((int64_t)n).s);
	ui_say(u, b.data);
	buf_fini(&b);
}

void
ui_restore(struct ui *u, const struct scene *sc, const char *text, int64_t away_s)
{
	struct strs w = { 0 };
	const struct view *v;
	bool line = false;

	if (u->fixed == NULL && words_split(text, &w, NULL) && w.n == N_KEPT &&
	    strcmp(w.v[KEPT_VERSION], version) == 0 && !ui_typing(u)) {
		v = view_find(w.v[KEPT_PANE]);
		for (size_t i = 0; i < n_views; i++)
			if (views[i] == v)
				u->pane = i;
		if (!id_parse(w.v[KEPT_SELECTED], &u->panes[u->pane].selected))
			u->panes[u->pane].selected = (struct id){ "" };
		/* Where it was is where it stays: the room is not followed there at once. */
		free(u->stage_seen);
		u->stage_seen = mem_dup(sc->d->stage);
		u->focus_seen = sc->d->focus;
		ui_set_mode(u, MODE_PANE);
		line = restore_line(u, sc, &w);
		say_welcome(u, sc, line, away_s);
	}
	strs_fini(&w);
}
