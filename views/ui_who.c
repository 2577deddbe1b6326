#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "views/board.h"
#include "views/draw.h"
#include "views/ui_state.h"
#include "views/words.h"

/* The column that a job's card stands, or will stand, in; NULL: it is none. */
static const struct column *
job_column(const struct job *j, const struct debrief *d)
{
	return id_some(j->column) ? (const struct column *)debrief_find(d, KIND_COLUMN, j->column)
				  : NULL;
}

/* The id after these words; none: the command begins otherwise. */
static struct id
id_after(const char *command, const char *words)
{
	size_t n = strlen(words);
	struct id id = { "" };
	char *text;

	if (strncmp(command, words, n) != 0)
		return id;
	text = mem_dupn(command + n, strcspn(command + n, " ="));
	if (!id_parse(text, &id))
		id = (struct id){ "" };
	free(text);
	return id;
}

/* "KIND set ID FIELD=": the ID. */
static struct id
id_edited(const char *command)
{
	const char *set = strstr(command, " set ");

	return set != NULL ? id_after(set, " set ") : (struct id){ "" };
}

void
ui_who_begin(struct job *j, const struct scene *sc)
{
	const struct card *card;
	const struct column *column;

	j->column = id_after(j->command, "card add ");
	j->item = id_edited(j->command);
	card = (const struct card *)debrief_find(sc->d, KIND_CARD, j->item);
	if (card != NULL)
		j->column = card->column;
	column = job_column(j, sc->d);
	j->hidden = column != NULL && column->hidden;
	j->anonymous = column != NULL && column->anonymous;
}

bool
ui_who_changed(struct ui *u, struct job *j, const struct scene *sc)
{
	const struct column *column = job_column(j, sc->d);
	struct scene alone = *sc;
	struct buf b = { 0 };

	if (column == NULL || (column->hidden == j->hidden && column->anonymous == j->anonymous))
		return false;
	j->hidden = column->hidden;
	j->anonymous = column->anonymous;
	buf_adds(&b, word(WORD_SAY_THIS_HAS_CHANGED));
	alone.live = false; /* no word of how many are here */
	board_label(&b, &alone, column);
	buf_adds(&b, word(WORD_SAY_ENTER_AGAIN));
	ui_say(u, b.data);
	buf_fini(&b);
	return true;
}

static const char *
last_dot(const char *label)
{
	const char *dot = NULL;

	for (const char *p = label; (p = strstr(p, " · ")) != NULL; p++)
		dot = p;
	return dot;
}

/* Who will see it is never cut off: what the line is for gives way. */
static void
fit_label(struct buf *out, int cols)
{
	const char *label = out->data != NULL ? out->data : "", *dot = last_dot(label);
	struct buf fitted = { 0 };
	struct slice sl;
	int room;

	if (dot == NULL || text_width(label, out->len) <= cols)
		return;
	room = cols - text_width(dot, strlen(dot));
	sl = slice_fit(label, (size_t)(dot - label), room > 0 ? room : 0);
	if (sl.cols > 1)
		buf_add(&fitted, sl.s, sl.len);
	if (sl.cols > 1 && sl.cut)
		buf_adds(&fitted, "…");
	buf_adds(&fitted, sl.cols > 1 ? dot : dot + strlen(" · "));
	buf_fini(out);
	*out = fitted;
}

void
ui_who_label(const struct job *j, const struct scene *sc, int cols, struct buf *out)
{
	const struct column *column = job_column(j, sc->d);
	const char *label = j->label != NULL ? j->label : "", *dot = last_dot(label);

	if (column == NULL || dot == NULL) {
		buf_adds(out, label);
	} else {
		buf_add(out, label, (size_t)(dot - label));
		buf_adds(out, " · ");
		board_label(out, sc, column);
	}
	fit_label(out, cols);
}

bool
ui_who_hidden(const struct job *j)
{
	return j->hidden;
}

void
ui_who_else(const struct job *j, const struct scene *sc, struct buf *out)
{
	for (size_t i = 0; i < sc->n_here && j->was != NULL; i++) {
		const struct scene_person *p = &sc->here[i];
		if (!p->typing || p->away_s > 0 || p->item == NULL || p->name == NULL ||
		    strcmp(p->item, j->item.s) != 0 || strcmp(p->name, sc->me) == 0)
			continue;
		buf_addf(out, "%s%s", out->len > 0 ? ", " : "", p->name);
	}
	if (out->len > 0)
		buf_adds(out, word(WORD_SAY_EDITS_THIS_TOO));
}
