#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "views/clock.h"
#include "views/ui_state.h"
#include "views/words.h"

/* The ballot at the bell, and the menu of the time. */
static void
drop_question(struct ui *u)
{
	size_t kept = 0;

	if (u->mode == MODE_ASK && u->ask.what == ASK_BELL)
		ui_set_mode(u, MODE_PANE);
	for (size_t i = 0; i < u->n_waiting; i++) {
		if (u->waiting[i].what == ASK_BELL)
			ask_fini(&u->waiting[i]);
		else
			u->waiting[kept++] = u->waiting[i];
	}
	u->n_waiting = kept;
}

static bool
may_answer(const struct ui *u, const struct scene *sc)
{
	return u->fixed == NULL && sc->role != PERSON_OBSERVER && sc->live &&
	       sc->d->answers.n == 0; /* others' stay with the host */
}

/* Once for each time it is asked; who comes late is asked, too. */
void
ui_bell(struct ui *u, const struct scene *sc)
{
	const struct debrief *d = sc->d;
	char *question;

	if (d->asked == NULL) {
		if (u->asked_ns != 0)
			drop_question(u);
		u->asked_ns = 0;
		return;
	}
	if (u->asked_ns == d->asked_until_ns || !may_answer(u, sc))
		return;
	u->asked_ns = d->asked_until_ns;
	question = strcmp(d->asked, "topic") == 0
		       ? mem_dup(word(WORD_SAY_GO_ON_WITH))
		       : word_made(
			     WORD_SAY_BELL, d->stage != NULL ? d->stage : word(WORD_SAY_THIS));
	ui_ask_later(u, ASK_BELL, question, "answer yes");
	free(question);
}

void
ui_bell_key(struct ui *u, const struct key *k, struct ui_out *out)
{
	enum modal_act act = modal_act(MODAL_BELL, k);
	bool yes = act == DOES_DO, no = act == DOES_NO;

	if (act == DOES_NONE)
		return;
	ui_set_mode(u, MODE_PANE);
	if (yes || no)
		ui_run(u, yes ? "answer yes" : "answer no", out);
}

/* What `T` offers: a line to run, what it does. */
static const struct {
	const char *line, *name;
	enum word note;
} times[] = {
	{ "spread", "rest", WORD_SAY_SHARE_WHAT_IS },
	{ "ask more", "ask", WORD_SAY_ASK_THE_ROOM },
	{ "ask topic", "topic", WORD_SAY_ASK_TOPIC },
	{ "timer +2m", "+2", WORD_SAY_TWO_MINUTES_ON },
	{ "timer +5m", "+5", WORD_SAY_FIVE_MINUTES_ON },
	{ "timer ", "set", WORD_SAY_SET_THE_CLOCK },
	{ "timer stop", "stop", WORD_SAY_STOP_THE_CLOCK },
};

void
ui_open_times(struct ui *u, const struct scene *sc)
{
	bool discussed;

	if (sc->role != PERSON_FACILITATOR && sc->role != PERSON_SCRIBE) {
		ui_say(u, word(WORD_SAY_THE_FACILITATOR_HAS));
		return;
	}
	discussed = debrief_find(sc->d, KIND_CARD, sc->d->focus) != NULL;
	strs_fini(&u->completions);
	for (size_t i = 0; i < sizeof times / sizeof *times; i++)
		if (discussed || strcmp(times[i].line, "ask topic") != 0)
			strs_take(&u->completions,
			    mem_fmt("%s\t%s\t%s", times[i].line, times[i].name, word(times[i].note)));
	u->mode = MODE_LINES;
	u->lines_title = word(WORD_SAY_THE_TIME);
	u->choice = 0;
}

void
ui_show_lines(struct ui *u, const char *title, const struct strs *lines)
{
	strs_fini(&u->completions);
	strs_copy(&u->completions, lines);
	u->mode = MODE_LINES;
	u->lines_title = title;
	u->lines_pass = false;
	u->choice = 0;
}

/* "set summary=": its value is typed as it is, over the present one where that is a text of the
 * debrief's own. */
static void
type_value(struct ui *u, const struct scene *sc, const char *line)
{
	const char *name = strrchr(line, ' ') != NULL ? strrchr(line, ' ') + 1 : line;
	struct view_answer a = { .what = ANSWER_TYPE };
	char *field = mem_dupn(name, strlen(name) - 1);
	const struct field *f = strncmp(line, "set ", 4) == 0 ? schema_field(KIND_DEBRIEF, field) : NULL;
	bool several = false;

	if (f != NULL && (f->type == FIELD_TEXT || f->type == FIELD_LINE)) {
		struct value v = field_get(&sc->d->item, f);
		buf_adds(&a.text, v.text != NULL ? v.text : "");
		value_fini(&v);
		a.edits = true;
		several = f->type == FIELD_TEXT;
	}
	buf_adds(&a.command, line);
	buf_adds(&a.label, f != NULL ? f->help : field);
	ui_open_job(u, sc, &a, several);
	view_fini_answer(&a);
	free(field);
}

bool
ui_list_key(struct ui *u, const struct key *k)
{
	int n = (int)u->completions.n, page = u->rows > 6 ? u->rows - 5 : 1, pick = modal_digit(k);

	if (pick >= 0 && pick < n) {
		u->choice = pick;
		return true;
	}
	switch (modal_act(MODAL_LIST, k)) {
	case DOES_DO: return true;
	case DOES_DOWN: u->choice = (u->choice + 1) % n; break;
	case DOES_UP: u->choice = (u->choice + n - 1) % n; break;
	case DOES_PAGE_DOWN: u->choice = u->choice + page < n ? u->choice + page : n - 1; break;
	case DOES_PAGE_UP: u->choice = u->choice > page ? u->choice - page : 0; break;
	case DOES_CLOSE: ui_set_mode(u, MODE_PANE); break;
	default: break;
	}
	return false;
}

/* Some lines have a letter of their own. */
static bool
choose_by_key(struct ui *u, const struct key *k)
{
	for (size_t i = 0; i < u->completions.n; i++) {
		const char *name = strchr(u->completions.v[i], '\t');
		if (name != NULL && name[1] >= 'a' && name[1] <= 'z' && name[2] == '\t' &&
		    ui_is_char(k, name[1])) {
			u->choice = (int)i;
			return true;
		}
	}
	return false;
}

void
ui_lines_pass(struct ui *u)
{
	u->lines_pass = true;
}

bool
ui_lines_key(struct ui *u, const struct scene *sc, const struct key *k, struct ui_out *out)
{
	char *line;

	if (u->lines_pass && modal_act(MODAL_LIST, k) == 0 && modal_digit(k) < 0) {
		ui_set_mode(u, MODE_PANE);
		return false;
	}
	if (choose_by_key(u, k) || ui_list_key(u, k)) {
		line = mem_dup(u->completions.v[u->choice]);
		line[strcspn(line, "\t")] = '\0';
		ui_set_mode(u, MODE_PANE);
		if (line[0] == '\0')
			ui_say(u, word(WORD_SAY_DEBRIEF_SHOW_NAME));
		else if (line[strlen(line) - 1] == '=')
			type_value(u, sc, line);
		else if (line[strlen(line) - 1] == ' ')
			ui_open_line(u, MODE_PALETTE, line);
		else
			ui_run_line(u, sc, line, out);
		free(line);
	}
	return true;
}

void
ui_draw_lines(struct ui *u, struct canvas *c)
{
	ui_draw_list(c, MODAL_LIST, u->lines_title, &(struct ui_list){ .lines = &u->completions, .at = u->choice,
		.name_cols = UI_NAME_COLS, .keys = UI_DIGITS });
}
