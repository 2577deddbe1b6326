#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/wording.h"
#include "views/clock.h"
#include "views/deck.h"
#include "views/frame.h"
#include "views/plain_state.h"

static bool
leads(const struct scene *sc)
{
	return sc->role == PERSON_FACILITATOR || sc->role == PERSON_SCRIBE;
}

/* The ballot of the bell, once for each time it is asked; who answered is not asked again. */
static bool
ballot_is_open(const struct scene *sc)
{
	return sc->d->asked != NULL && sc->live && sc->role != PERSON_OBSERVER &&
	       sc->d->answers.n == 0;
}

static void
put_ballot(const struct scene *sc, struct buf *out)
{
	struct buf stage = { 0 };

	plain_put(&stage, sc->d->stage != NULL ? sc->d->stage : "");
	if (strcmp(sc->d->asked, "topic") == 0)
		plain_say(out, WORD_PLAIN_BELL_TOPIC, NULL);
	else
		plain_say(out, WORD_PLAIN_BELL_MORE, stage.data != NULL ? stage.data : "");
	buf_fini(&stage);
}

/* One at a time, after the news; a ballot first, because it ends. It is put once. */
void
plain_put_question(struct plain *p, const struct scene *sc, struct buf *out)
{
	if (ballot_is_open(sc)) {
		if (p->rung_ns == sc->d->asked_until_ns)
			return;
		p->rung_ns = sc->d->asked_until_ns;
		plain_end(out);
		put_ballot(sc, out);
		plain_end(out);
		return;
	}
	if (p->n_asked == 0 || p->asked_told)
		return;
	p->asked_told = true;
	plain_end(out);
	plain_put(out, p->asked[0].text);
	plain_say(out, WORD_PLAIN_YES_OR_NO, NULL);
	plain_end(out);
}

static void
drop_first(struct plain *p)
{
	free(p->asked[0].text);
	free(p->asked[0].line);
	memmove(p->asked, p->asked + 1, --p->n_asked * sizeof *p->asked);
	p->asked_told = false;
}

char *
plain_answer(struct plain *p, const struct scene *sc, bool yes, struct buf *out)
{
	char *line = NULL;

	if (ballot_is_open(sc))
		return mem_dup(yes ? "answer yes" : "answer no");
	if (p->n_asked == 0) {
		plain_say(out, WORD_PLAIN_NOTHING_ASKED, NULL);
		return NULL;
	}
	if (yes)
		line = mem_dup(p->asked[0].line);
	else
		plain_say(out, WORD_PLAIN_NOT_DONE, NULL);
	drop_first(p);
	return line;
}

/* Takes both; the same question twice is one. */
static void
ask(struct plain *p, char *text, char *line)
{
	for (size_t i = 0; i < p->n_asked; i++)
		if (strcmp(p->asked[i].text, text) == 0) {
			free(text);
			free(line);
			return;
		}
	if (p->n_asked == PLAIN_ASKED_MOST)
		drop_first(p);
	p->asked[p->n_asked++] = (struct plain_question){ text, line };
}

static void
ask_named(struct plain *p, enum word question, const char *command, const char *name)
{
	struct buf text = { 0 }, line = { 0 }, shown = { 0 };
	struct strs one = { 0 };

	plain_put(&shown, name);
	word_put(&text, question, shown.data != NULL ? shown.data : "");
	strs_add(&one, name);
	buf_adds(&line, command);
	words_join(&one, &line);
	ask(p, buf_take(&text), buf_take(&line));
	strs_fini(&one);
	buf_fini(&shown);
}

static void
ask_tie(struct plain *p, const char *ids)
{
	struct buf names = { 0 }, text = { 0 };
	size_t n = 0;
	int64_t *v = mem_zero(strlen(ids) / ID_LEN + 1, sizeof *v);

	for (const char *at = ids; *at != '\0';) {
		size_t len = strcspn(at, ",");
		char *one = mem_dupn(at, len);
		struct id id;
		if (id_parse(one, &id))
			v[n++] = plain_number(p, id);
		free(one);
		at += len + (at[len] == ',');
	}
	plain_put_numbers(&names, v, n);
	word_put(&text, WORD_PLAIN_TIE, names.data != NULL ? names.data : "");
	ask(p, buf_take(&text), mem_fmt("votes open 1 on=%s", ids));
	buf_fini(&names);
	free(v);
}

void
plain_asked(struct plain *p, const struct scene *sc, const struct ui_question *q)
{
	if (strcmp(q->want, "offer") == 0)
		ask_named(p, WORD_PLAIN_OFFER, "give facilitator ", sc->me);
	else if (strcmp(q->want, "knock") == 0 && q->name != NULL)
		ask_named(p, WORD_PLAIN_KNOCK, "person add ", q->name);
	else if (strcmp(q->want, "tie") == 0 && leads(sc))
		ask_tie(p, q->item != NULL ? q->item : "");
	else if (strcmp(q->want, "break") == 0 && leads(sc))
		ask(p, mem_dup(word(WORD_PLAIN_BREAK)), mem_dup("timer 10m"));
	else if (q->text != NULL)
		plain_notice(p, sc, q->text);
}

static bool
says_again(struct plain *p, const char *line, struct buf *out)
{
	bool again = p->confirm != NULL && strcmp(p->confirm, line) == 0;

	if (strcmp(line, "drop") == 0)
		return false;
	if (p->confirm != NULL && !again && strncmp(line, "leave", 5) != 0)
		plain_say(out, WORD_PLAIN_NOT_DONE, NULL), plain_end(out);
	free(p->confirm);
	p->confirm = NULL;
	return again;
}

static bool
ask_reveal(const struct scene *sc, struct buf *out)
{
	struct buf n = { 0 };

	word_count(&n, sc->counts.written, WORD_CARD_1); /* counted in steps */
	plain_say(out, WORD_PLAIN_REVEAL_ASK, n.data, digits(sc->counts.typing).s,
	    digits(sc->counts.ready).s, digits((int64_t)people_here(sc)).s);
	buf_fini(&n);
	return true;
}

static bool
ask_votes_close(const struct scene *sc, struct buf *out)
{
	int64_t voters = (int64_t)(people_here(sc) + people_away(sc)),
		rest = voters - sc->counts.voters;

	if (!leads(sc) || sc->d->votes_each == 0 || rest <= 0)
		return false;
	plain_say(out, WORD_PLAIN_VOTES_CLOSE_ASK, digits(rest).s, digits(voters).s);
	return true;
}

static bool
ask_leave(const struct scene *sc, struct buf *out)
{
	if (!sc->live && sc->unsafe > 0) {
		plain_say(out, WORD_PLAIN_LEAVE_UNSAFE, digits((int64_t)sc->unsafe).s);
		return true;
	}
	if (!sc->live || sc->role != PERSON_PARTICIPANT || sc->d->status == STATUS_CLOSED)
		return false;
	plain_say(out, WORD_PLAIN_LEAVE_ASK, NULL);
	return true;
}

bool
plain_confirm(struct plain *p, const struct scene *sc, const char *line, struct buf *out)
{
	bool again = says_again(p, line, out), asks = false;

	if (again)
		return false;
	if (strcmp(line, "reveal") == 0 && (!leads(sc) || !scene_hidden(sc))) {
		plain_say(out, scene_hidden(sc) ? WORD_PLAIN_LEADER_REVEALS : WORD_PLAIN_NONE_HIDDEN,
		    NULL);
		return true;
	}
	if (strcmp(line, "reveal") == 0)
		asks = ask_reveal(sc, out);
	else if (strcmp(line, "votes close") == 0)
		asks = ask_votes_close(sc, out);
	else if (strcmp(line, "close") == 0 && leads(sc) && sc->d->status != STATUS_CLOSED)
		plain_say(out, WORD_PLAIN_CLOSE_ASK, NULL), asks = true;
	else if (strcmp(line, "quit") == 0)
		asks = ask_leave(sc, out);
	if (asks)
		p->confirm = mem_dup(line);
	return asks;
}

static bool
has_prose(const struct op *op)
{
	for (size_t i = 0; i < op->n; i++)
		for (size_t k = 0; k < op->v[i].n_set; k++)
			if (op->v[i].set[k].field->prose && op->v[i].set[k].value.text != NULL)
				return true;
	return false;
}

void
plain_missing_rules(struct plain *p, const struct scene *sc, const struct op *op, struct buf *out)
{
	const char *why = sc->wording_missing;

	if (why == NULL || !has_prose(op) || (p->missing != NULL && strcmp(p->missing, why) == 0))
		return;
	free(p->missing);
	p->missing = mem_dup(why);
	plain_put_error(out, why);
	plain_end(out);
}

bool
plain_wording(const struct scene *sc, const struct op *op, struct buf *out)
{
	struct wording_finding f;

	for (size_t i = 0; sc->wording != NULL && i < op->n; i++)
		for (size_t k = 0; k < op->v[i].n_set; k++) {
			const struct assign *a = &op->v[i].set[k];
			const char *text = a->value.text;
			if (!a->field->prose || text == NULL ||
			    wording_check(sc->wording, text, strlen(text), WORDING_PLAIN, &f, 1) == 0)
				continue;
			plain_say(out, WORD_PLAIN_NUDGE, NULL);
			plain_end(out);
			plain_put_sentence(out, f.question);
			plain_end(out);
			plain_say(out, WORD_PLAIN_NUDGE_HOW, NULL);
			plain_end(out);
			return true;
		}
	return false;
}
