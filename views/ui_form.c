/* An action is asked for a field at a time: what, owner, due, done when. What was entered so far stands
 * in the job's command ("action add 'Give support a button' owner=ops due="), so that it is kept, sent
 * and brought back as any other half-typed line. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "tui/edit.h"
#include "views/draw.h"
#include "views/ui_state.h"
#include "views/words.h"

enum { FIELDS = 4, DUE = 2, LABEL_COLS = 11, ROWS_FOR_ALL = 14 };

static const char command[] = "action add ";
static const struct {
	const char *field; /* how the command ends while it is asked for */
	enum word name, label;
} fields[FIELDS] = {
	{ "", WORD_FORM_WHAT, WORD_FORM_WHAT_LABEL },
	{ " owner=", WORD_FORM_OWNER, WORD_FORM_OWNER_LABEL },
	{ " due=", WORD_FORM_DUE, WORD_FORM_DUE_LABEL },
	{ " done_when=", WORD_FORM_TEST, WORD_FORM_TEST_LABEL },
};

static bool
ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);

	return n >= m && strcmp(text + n - m, end) == 0;
}

/* Ideas are not asked who does them, and until when. */
static bool
is_early(const struct debrief *d)
{
	size_t now = DEBRIEF_N(d, STAGE), then = now;

	for (size_t i = 0; i < DEBRIEF_N(d, STAGE); i++) {
		const char *name = DEBRIEF_AT(d, STAGE, stage, i)->name;
		if (name != NULL && strcmp(name, "actions") == 0)
			then = i;
		if (name != NULL && d->stage != NULL && strcmp(name, d->stage) == 0)
			now = i;
	}
	return then < DEBRIEF_N(d, STAGE) && now < then;
}

int
ui_form_at(const struct job *j)
{
	if (!j->form || strncmp(j->command, command, strlen(command)) != 0)
		return -1;
	if (strcmp(j->command, command) == 0)
		return 0;
	for (int i = 1; i < FIELDS; i++)
		if (ends_with(j->command, fields[i].field))
			return i;
	return -1;
}

void
ui_form_begin(const struct ui *u, struct job *j, const struct scene *sc)
{
	j->form = j->was == NULL && !j->again && !u->simple &&
	    strncmp(j->command, command, strlen(command)) == 0 && !is_early(sc->d);
}

/* Any day as the commands take it, written as the date that it is; false: it is none, and that is said. */
static bool
read_due(struct ui *u, const struct scene *sc, const char *text, struct buf *out)
{
	char date[TIME_TEXT];
	int64_t day;

	if (sc->zone == NULL ? !date_parse(text, &day)
			     : !date_said(text, zone_day(sc->zone, sc->now_ns), &day)) {
		ui_say(u, word(WORD_SAY_DATE_SUCH_AS));
		return false;
	}
	buf_adds(out, date_text(day, date));
	return true;
}

/* The command with what was typed in it; with nothing typed, without the field. */
static bool
with_typed(struct ui *u, const struct scene *sc, const char *text, struct buf *out)
{
	int at = ui_form_at(&u->job);
	struct strs one = { 0 };
	struct buf due = { 0 };

	buf_adds(out, u->job.command);
	if (text[0] == '\0') {
		out->len -= strlen(fields[at].field);
		out->data[out->len] = '\0';
		return true;
	}
	if (at == DUE && !read_due(u, sc, text, &due)) {
		buf_fini(&due);
		return false;
	}
	strs_add(&one, due.len > 0 ? due.data : text);
	words_join(&one, out);
	strs_fini(&one);
	buf_fini(&due);
	if (at == 1) /* somebody takes it: the room agreed */
		buf_adds(out, " status=accepted");
	return true;
}

static void
run(struct ui *u, const char *text, struct buf *line, struct ui_out *out)
{
	buf_adds(line, u->job.after);
	ui_sent_text(u, text, strlen(text)); /* refused, it comes back where it was */
	buf_clear(&u->line);
	buf_adds(&u->line, line->data);
	ui_set_mode(u, MODE_PANE);
	ui_run(u, u->line.data, out);
}

/* The next field's editor. */
static void
ask_for(struct ui *u, int at, struct buf *line)
{
	buf_adds(line, fields[at].field);
	free(u->job.command);
	u->job.command = mem_dup(line->data);
	free(u->job.label);
	u->job.label = mem_dup(word(fields[at].label));
	edit_free(u->edit);
	u->edit = edit_new("", false, TEXT_BLOCK_MAX);
}

bool
ui_form_enter(struct ui *u, const struct scene *sc, struct ui_out *out)
{
	int at = ui_form_at(&u->job);
	char *text;
	struct buf line = { 0 };

	if (at < 0 || (at == 0 && edit_text(u->edit)[0] == '\0'))
		return false;
	text = mem_dup(edit_text(u->edit));
	if (with_typed(u, sc, text, &line)) {
		if (at + 1 < FIELDS)
			ask_for(u, at + 1, &line);
		else
			run(u, text, &line, out);
	}
	buf_fini(&line);
	free(text);
	return true;
}

bool
ui_form_esc(struct ui *u, const struct scene *sc, struct ui_out *out)
{
	struct buf line = { 0 };

	if (ui_form_at(&u->job) < 1)
		return false;
	if (edit_text(u->edit)[0] != '\0')
		strs_add(&u->typed, edit_text(u->edit));
	with_typed(u, sc, "", &line);
	run(u, "", &line, out);
	buf_fini(&line);
	return true;
}

int
ui_form_rows(const struct ui *u, const struct canvas *c)
{
	return ui_form_at(&u->job) >= 0 && canvas_rows(c) >= ROWS_FOR_ALL ? FIELDS : 0;
}

/* What stands in the command for a field; "": nothing. Yours. */
static char *
value_of(const struct strs *words, int field)
{
	const char *name = fields[field].field + (field > 0);
	size_t len = strlen(name);

	if (field == 0)
		return mem_dup(words->n > 2 ? words->v[2] : "");
	for (size_t i = 3; i < words->n; i++)
		if (strncmp(words->v[i], name, len) == 0)
			return mem_dup(words->v[i] + len);
	return mem_dup("");
}

void
ui_form_draw(struct ui *u, struct canvas *c, struct rect r)
{
	int at = ui_form_at(&u->job), x = r.x + 2;
	struct strs words = { 0 };

	words_split(u->job.command, &words, NULL);
	for (int i = 0; i < FIELDS && i < r.h; i++) {
		struct rect value = line_at(r.y + i, x + LABEL_COLS + 2, r.w - LABEL_COLS - 5);
		char *text = value_of(&words, i);
		draw_text(c, line_at(r.y + i, x, LABEL_COLS), word(fields[i].name),
		    i == at ? ROLE_HEAD : ROLE_DIM);
		if (i == at) {
			canvas_text(c, r.y + i, x + LABEL_COLS, 2, "› ", ROLE_KEY);
			ui_draw_edit(u, u->edit, c, value);
		} else {
			draw_text(c, value, text[0] != '\0' ? text : i > at ? "·" : "—",
			    text[0] != '\0' ? ROLE_PLAIN : ROLE_DIM);
		}
		free(text);
	}
	strs_fini(&words);
}
