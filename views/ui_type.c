#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tui/edit.h"
#include "views/ui_state.h"
#include "views/words.h"

void
job_fini(struct job *j)
{
	free(j->command);
	free(j->after);
	free(j->label);
	free(j->was);
	*j = (struct job){ 0 };
}

struct job
job_copy(const struct job *j)
{
	struct job copy = *j;

	copy.command = mem_dup(j->command);
	copy.after = mem_dup(j->after);
	copy.label = mem_dup(j->label);
	copy.was = mem_dup(j->was);
	return copy;
}

/* What the text is for; the editor itself is the caller's. */
void
ui_take_job(struct ui *u, const struct scene *sc, struct view_answer *a)
{
	job_fini(&u->job);
	u->job.was = a->edits ? mem_dup(a->text.data ? a->text.data : "") : NULL;
	u->job.command = buf_take(&a->command);
	u->job.after = buf_take(&a->after);
	u->job.label = buf_take(&a->label);
	u->job.again = a->again;
	u->job.deepens = a->deepens;
	u->job.when_first = a->when_first;
	ui_who_begin(&u->job, sc);
	ui_form_begin(u, &u->job, sc);
}

void
ui_open_job(struct ui *u, const struct scene *sc, struct view_answer *a, bool several)
{
	edit_free(u->edit);
	u->edit = edit_new(a->text.data ? a->text.data : "", several, TEXT_BLOCK_MAX);
	if (!several && u->typed.n > 0)
		edit_history(u->edit, &u->typed);
	ui_take_job(u, sc, a);
	u->job.several = several;
	ui_set_mode(u, MODE_TYPE);
}

void
ui_open_line(struct ui *u, enum mode mode, const char *text)
{
	edit_free(u->edit);
	u->edit = edit_new(text, false, TEXT_BLOCK_MAX);
	if (mode == MODE_PALETTE)
		edit_history(u->edit, &u->history);
	ui_set_mode(u, mode);
}

/* Does this word say when? "now", "+5m", "14:05", "2017-01-31T23:27". */
static bool
looks_like_when(const char *word, size_t len)
{
	if (len == 3 && memcmp(word, "now", 3) == 0)
		return true;
	if (len < 2 || strspn(word, "+-0123456789:TZ.smhd") < len)
		return false;
	return word[0] == '+' || memchr(word, ':', len) != NULL;
}

/* Add one word, quoted where a quote is needed. */
static void
add_quoted(struct buf *line, const char *text, size_t len)
{
	struct strs one = { 0 };

	strs_addn(&one, text, len);
	words_join(&one, line);
	strs_fini(&one);
}

bool
ui_begins_with_when(const char *text)
{
	size_t word = strcspn(text, " ");

	return text[word] != '\0' && looks_like_when(text, word);
}

void
ui_put_typed(const struct job *j, const char *text, size_t len, struct buf *line)
{
	size_t word = strcspn(text, " ");

	if (word > len)
		word = len;
	buf_adds(line, j->command);
	if (j->when_first) {
		if (looks_like_when(text, word) && word < len) {
			buf_add(line, text, word);
			text += word;
			len -= word;
			while (len > 0 && *text == ' ')
				text++, len--;
		} else {
			buf_adds(line, "now");
		}
		buf_addc(line, ' ');
	}
	add_quoted(line, text, len);
	buf_adds(line, j->after);
}

/* One line of what is added, without the blanks around it. */
static void
add_line(struct ui *u, const char *text, size_t len)
{
	while (u->job.was == NULL && len > 0 && text[0] == ' ')
		text++, len--;
	while (u->job.was == NULL && len > 0 && text[len - 1] == ' ')
		len--;
	if (len == 0)
		return;
	if (u->line.len > 0)
		buf_addc(&u->line, '\n');
	ui_put_typed(&u->job, text, len, &u->line);
	ui_sent_text(u, text, len);
}

/* One line of a command; pasted lines of an add become several, one after the other in `line`. */
static void
run_typed(struct ui *u, const char *text, struct ui_out *out)
{
	bool split = u->job.again && !u->job.several;
	const char *p = text;

	buf_clear(&u->line);
	while (*p != '\0') {
		size_t len = split ? strcspn(p, "\n") : strlen(p);
		add_line(u, p, len);
		p += len;
		if (*p == '\n')
			p++;
	}
	if (u->line.len == 0 && u->job.was != NULL) {
		buf_adds(&u->line, u->job.command);
		buf_adds(&u->line, u->job.after);
		ui_sent_text(u, "", 0);
	}
	if (u->line.len > 0)
		ui_run(u, u->line.data, out);
}

void
ui_run_job(struct ui *u, const char *text, struct ui_out *out)
{
	run_typed(u, text, out);
	out->seen = u->job.was;
}

static void
type_done(struct ui *u, const struct scene *sc, struct ui_out *out)
{
	const char *text = edit_text(u->edit);
	bool unchanged = u->job.was != NULL && strcmp(text, u->job.was) == 0;

	if (ui_form_enter(u, sc, out) || ui_day_enter(u, sc))
		return;
	if (text[strspn(text, " ")] == '\0' && u->job.was == NULL) {
		ui_set_mode(u, MODE_PANE);
		return;
	}
	if (!unchanged) {
		if (ui_who_changed(u, &u->job, sc))
			return;
		ui_run_job(u, text, out);
	}
	if (u->job.again) {
		edit_free(u->edit);
		u->edit = edit_new("", u->job.several, TEXT_BLOCK_MAX);
		return;
	}
	ui_set_mode(u, MODE_PANE);
}

/* What was typed and not kept comes back with the up key, in the next line that is opened. */
static void
type_dropped(struct ui *u)
{
	const char *text = edit_text(u->edit);

	if (text[0] != '\0' && (u->job.was == NULL || strcmp(text, u->job.was) != 0))
		strs_add(&u->typed, text);
	ui_set_mode(u, MODE_PANE);
}

bool
ui_editor_key(struct ui *u, const struct scene *sc, const struct edit *e, const struct key *k,
    struct ui_out *out)
{
	if (!sc->programs || modal_act(MODAL_EDITING, k) != DOES_PROGRAM)
		return false;
	buf_clear(&u->line);
	buf_adds(&u->line, edit_text(e));
	out->what = UI_EDITOR;
	out->line = u->line.data ? u->line.data : "";
	return true;
}

void
ui_edited(struct ui *u, const struct scene *sc, const char *text, size_t len)
{
	struct edit *e = u->mode == MODE_TYPE ? u->edit : u->simple ? u->entry : NULL;
	struct buf clean = { 0 };
	struct key paste = { .code = KEY_PASTE };

	(void)sc;
	if (e == NULL)
		return;
	text_clean(&clean, text, len, TEXT_BLOCK);
	edit_set(e, "", 0);
	paste.paste = clean.data != NULL ? clean.data : "";
	paste.paste_len = clean.len;
	edit_key(e, &paste);
	ui_say(u, edit_full(e) ? word(WORD_SAY_THAT_IS_LONGER)
			       : word(WORD_SAY_THIS_IS_WHAT_THE_EDITOR));
	buf_fini(&clean);
}

enum modal
ui_modal_of_job(const struct ui *u)
{
	return u->job.several ? MODAL_TEXT : u->job.again ? MODAL_ADD : MODAL_KEEP;
}

void
ui_type_key(struct ui *u, const struct scene *sc, const struct key *k, struct ui_out *out)
{
	if (ui_nudge_key(u, sc, u->edit, k, out) || ui_editor_key(u, sc, u->edit, k, out))
		return;
	switch (modal_act(ui_modal_of_job(u), k)) {
	case DOES_DO: type_done(u, sc, out); return;
	case DOES_CLOSE:
		if (!ui_form_esc(u, sc, out) && !ui_day_esc(u, sc))
			type_dropped(u);
		return;
	default: break;
	}
	switch (edit_key(u->edit, k)) {
	case EDIT_MORE:
		if (edit_full(u->edit))
			ui_say(u, word(WORD_SAY_THAT_IS_AS));
		else if (k->code == KEY_PASTE && edit_lines(u->edit) > 1 && u->job.again)
			ui_say(u, word(WORD_SAY_SEVERAL_LINES_ENTER));
		break;
	case EDIT_DONE:
	case EDIT_CANCEL: /* have rows in the table */
	case EDIT_UNKNOWN:
		if (ui_is_ctrl(k, 'c'))
			ui_say(u, word(WORD_SAY_ESC_CLOSES_THE));
		else
			ui_habit(u, sc, k);
		break;
	}
}
