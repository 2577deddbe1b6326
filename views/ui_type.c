#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tui/edit.h"
#include "views/ui_state.h"

void
job_fini(struct job *j)
{
	free(j->command);
	free(j->after);
	free(j->label);
	free(j->was);
	*j = (struct job){ 0 };
}

static struct job
job_copy(const struct job *j)
{
	struct job copy = *j;

	copy.command = mem_dup(j->command);
	copy.after = mem_dup(j->after);
	copy.label = mem_dup(j->label);
	copy.was = mem_dup(j->was);
	return copy;
}

void
ui_open_job(struct ui *u, struct view_answer *a, bool several)
{
	const char *text = a->text.data ? a->text.data : "";

	edit_free(u->edit);
	job_fini(&u->job);
	u->job.command = buf_take(&a->command);
	u->job.after = buf_take(&a->after);
	u->job.label = buf_take(&a->label);
	u->job.was = a->edits ? mem_dup(text) : NULL;
	u->job.again = a->again;
	u->job.several = several;
	u->job.when_first = a->when_first;
	u->edit = edit_new(text, several, TEXT_BLOCK_MAX);
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

static void
add_typed(struct ui *u, const char *text, size_t len)
{
	size_t word = strcspn(text, " ");

	if (word > len)
		word = len;
	if (u->job.when_first) {
		if (looks_like_when(text, word) && word < len) {
			buf_add(&u->line, text, word);
			text += word;
			len -= word;
			while (len > 0 && *text == ' ')
				text++, len--;
		} else {
			buf_adds(&u->line, "now");
		}
		buf_addc(&u->line, ' ');
	}
	add_quoted(&u->line, text, len);
}

static void
remember_sent(struct ui *u, const char *text)
{
	job_fini(&u->sent);
	u->sent = job_copy(&u->job);
	free(u->sent_text);
	u->sent_text = mem_dup(text);
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
		if (len > 0) {
			if (u->line.len > 0)
				buf_addc(&u->line, '\n');
			buf_adds(&u->line, u->job.command);
			add_typed(u, p, len);
			buf_adds(&u->line, u->job.after);
		}
		p += len;
		if (*p == '\n')
			p++;
	}
	if (u->line.len == 0 && u->job.was != NULL) {
		buf_adds(&u->line, u->job.command);
		buf_adds(&u->line, u->job.after);
	}
	if (u->line.len > 0)
		ui_run(u, u->line.data, out);
}

static void
type_done(struct ui *u, struct ui_out *out)
{
	const char *text = edit_text(u->edit);
	bool unchanged = u->job.was != NULL && strcmp(text, u->job.was) == 0;

	if (text[0] == '\0' && u->job.was == NULL) {
		ui_set_mode(u, MODE_PANE);
		return;
	}
	if (!unchanged) {
		run_typed(u, text, out);
		remember_sent(u, text);
		out->seen = u->sent.was;
	}
	if (u->job.again) {
		edit_free(u->edit);
		u->edit = edit_new("", u->job.several, TEXT_BLOCK_MAX);
		return;
	}
	ui_set_mode(u, MODE_PANE);
}

void
ui_type_key(struct ui *u, const struct key *k, struct ui_out *out)
{
	switch (edit_key(u->edit, k)) {
	case EDIT_MORE:
		if (edit_full(u->edit))
			ui_say(u, "that is as long as a text may be: nothing more was taken");
		else if (k->code == KEY_PASTE && edit_lines(u->edit) > 1 && u->job.again)
			ui_say(u, "several lines: enter adds each as an item of its own");
		break;
	case EDIT_DONE:
		type_done(u, out);
		break;
	case EDIT_CANCEL:
		ui_set_mode(u, MODE_PANE);
		break;
	case EDIT_UNKNOWN:
		if (k->code == KEY_CHAR && (k->mods & KEY_MOD_CTRL) && k->cp == 'c')
			ui_say(u, "esc closes the line; nothing was lost");
		break;
	}
}

/* Put the chosen completion in place of the last word. */
static void
complete_with(struct ui *u, const char *choice)
{
	const char *text = edit_text(u->edit);
	const char *last = strrchr(text, ' ');
	size_t keep = last ? (size_t)(last - text) + 1 : 0, len = strcspn(choice, "\t");
	struct buf b = { 0 };

	buf_add(&b, text, keep);
	buf_add(&b, choice, len);
	if (len > 0 && choice[len - 1] != '=')
		buf_addc(&b, ' ');
	edit_set(u->edit, b.data, b.len);
	buf_fini(&b);
}

static void
refresh_completions(struct ui *u, const struct command_scene *cs)
{
	strs_fini(&u->completions);
	command_complete(cs, edit_text(u->edit), &u->completions);
	if (u->choice >= (int)u->completions.n)
		u->choice = 0;
}

static void
palette_done(struct ui *u, struct ui_out *out)
{
	const char *text = edit_text(u->edit);

	if (text[0] != '\0') {
		strs_add(&u->history, text);
		buf_clear(&u->line);
		buf_adds(&u->line, text);
		if (strcmp(text, "quit") == 0 || strcmp(text, "q") == 0)
			out->what = UI_LEAVE;
		else
			ui_run(u, u->line.data, out);
	}
	free(u->sent_text);
	u->sent_text = NULL;
	ui_set_mode(u, MODE_PANE);
}

void
ui_palette_key(struct ui *u, const struct command_scene *cs, const struct key *k,
    struct ui_out *out)
{
	if (k->code == KEY_TAB && u->completions.n > 0) {
		complete_with(u, u->completions.v[u->choice]);
		u->choice = 0;
	} else if ((k->code == KEY_DOWN || k->code == KEY_BACKTAB) && u->completions.n > 0) {
		u->choice = (u->choice + 1) % (int)u->completions.n;
		return;
	} else {
		switch (edit_key(u->edit, k)) {
		case EDIT_DONE:
			palette_done(u, out);
			return;
		case EDIT_CANCEL:
			ui_set_mode(u, MODE_PANE);
			return;
		default:
			break;
		}
	}
	refresh_completions(u, cs);
}

/* Every field of prose of every item of the pane's kinds would be too much to show at once: the next item whose text
 * holds the words, after the selected one, in the order of the pane. */
static bool
find_from(struct ui *u, const struct scene *sc, const char *words, enum verb_of_key step)
{
	const struct view *v = ui_view(u);
	struct pane_state *s = &u->panes[u->pane];
	struct rect area = ui_pane_rect(u, sc);
	struct id start = s->selected, last = { "" };

	for (size_t turns = 0; turns < 20000; turns++) {
		struct view_answer a = { 0 };
		enum kind kind;
		const struct item *it;

		if (!id_equal(s->selected, last) && (it = debrief_any(sc->d, s->selected, &kind)) != NULL) {
			const struct schema *sm = schema_of(kind);
			for (size_t i = 0; i < sm->n_fields; i++) {
				struct value val;
				bool hit;
				if (!sm->fields[i].prose)
					continue;
				val = field_get(it, &sm->fields[i]);
				hit = val.text && text_has(val.text, words);
				value_fini(&val);
				if (hit && turns > 0)
					return true;
			}
		}
		last = s->selected;
		v->verb(s, sc, step, area, &a);
		view_fini_answer(&a);
		if (id_equal(last, s->selected)) {
			v->verb(s, sc, DO_FIRST, area, &a);
			view_fini_answer(&a);
			if (turns > 0 && id_equal(s->selected, start))
				break;
		}
	}
	s->selected = start;
	return false;
}

void
ui_find_key(struct ui *u, const struct scene *sc, const struct key *k)
{
	switch (edit_key(u->edit, k)) {
	case EDIT_DONE:
		if (edit_text(u->edit)[0] != '\0' && !find_from(u, sc, edit_text(u->edit), DO_DOWN))
			ui_say(u, "not found in this pane");
		ui_set_mode(u, MODE_PANE);
		break;
	case EDIT_CANCEL:
		ui_set_mode(u, MODE_PANE);
		break;
	default:
		break;
	}
}
