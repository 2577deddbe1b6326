#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tui/edit.h"
#include "views/ui_state.h"

void
sent_fini(struct sent *s)
{
	job_fini(&s->job);
	free(s->text);
	*s = (struct sent){ 0 };
}

static void
drop(struct ui *u, size_t i)
{
	sent_fini(&u->sent[i]);
	memmove(u->sent + i, u->sent + i + 1, (--u->n_sent - i) * sizeof *u->sent);
}

void
ui_sent_fini(struct ui *u)
{
	while (u->n_sent > 0)
		drop(u, u->n_sent - 1);
	sent_fini(&u->back);
	sent_fini(&u->held);
	free(u->held_reason);
	u->held_reason = NULL;
}

void
ui_sent_as(struct ui *u, const struct job *j, const char *text, size_t len)
{
	if (u->n_sent == UI_SENT_MAX)
		drop(u, 0);
	u->sent[u->n_sent++] = (struct sent){ .job = job_copy(j), .text = mem_dupn(text, len) };
}

void
ui_sent_text(struct ui *u, const char *text, size_t len)
{
	ui_sent_as(u, &u->job, text, len);
}

void
ui_sent(struct ui *u, struct id cid)
{
	for (size_t i = 0; i < u->n_sent; i++)
		if (!id_some(u->sent[i].cid)) {
			u->sent[i].cid = cid;
			return;
		}
}

void
ui_acked(struct ui *u, struct id cid)
{
	for (size_t i = u->n_sent; i-- > 0;)
		if (id_equal(u->sent[i].cid, cid))
			drop(u, i);
}

/* Without a cid all that never went, as one text. */
bool
ui_sent_take(struct ui *u, struct id cid, struct sent *out)
{
	struct buf text = { 0 };
	bool some = false;

	for (size_t i = 0; i < u->n_sent;) {
		if (!id_equal(u->sent[i].cid, cid)) {
			i++;
			continue;
		}
		buf_addf(&text, "%s%s", some ? "\n" : "", u->sent[i].text);
		if (!some)
			out->job = job_copy(&u->sent[i].job);
		some = true;
		drop(u, i);
	}
	if (some)
		out->text = buf_take(&text);
	return some;
}

/* Somebody is typing the next one: what was refused waits until that is done. */
static void
hold(struct ui *u, struct sent *s, const char *reason)
{
	if (u->held.text != NULL)
		strs_add(&u->typed, u->held.text);
	sent_fini(&u->held);
	u->held = *s;
	free(u->held_reason);
	u->held_reason = mem_dup(reason);
}

/* The text of a refused line, back into its editor. */
void
ui_sent_back(struct ui *u, const struct scene *sc, struct sent *s)
{
	sent_fini(&u->back);
	u->back = *s;
	if (ui_open_both(u, sc))
		return;
	if (u->simple && s->job.was == NULL && u->mode == MODE_PANE) {
		edit_set(u->entry, s->text, strlen(s->text));
	} else {
		edit_free(u->edit);
		job_fini(&u->job);
		u->job = job_copy(&s->job);
		u->edit = edit_new(s->text, u->job.several, TEXT_BLOCK_MAX);
		u->mode = MODE_TYPE;
	}
}

static bool
is_free(const struct ui *u)
{
	return !ui_typing(u) &&
	       (u->mode == MODE_PANE || (u->mode == MODE_TYPE && u->job.was == NULL));
}

void
ui_refused(struct ui *u, const struct scene *sc, struct id cid, const char *reason)
{
	struct sent s = { 0 };

	ui_say(u, reason);
	ui_open_gate(u, sc, reason);
	if (!ui_sent_take(u, cid, &s))
		return;
	if (is_free(u))
		ui_sent_back(u, sc, &s);
	else
		hold(u, &s, reason);
}

void
ui_bring_held(struct ui *u, const struct scene *sc)
{
	struct sent s = u->held;

	if (s.text == NULL || !is_free(u))
		return;
	u->held = (struct sent){ 0 };
	ui_say(u, u->held_reason);
	ui_sent_back(u, sc, &s);
}
