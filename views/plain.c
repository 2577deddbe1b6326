#include "views/plain.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "views/clock.h"
#include "views/draw.h"
#include "views/frame.h"
#include "views/plain_state.h"
#include "views/prompts.h"

enum { KEEP_NUMBERS = 1500 };

struct plain *
plain_new(void)
{
	struct plain *p = mem_zero(1, sizeof *p);

	p->room.timer_ends_ns = p->room.aborted_ns = p->room.curtain_ns = TIME_NONE;
	return p;
}

void
plain_free(struct plain *p)
{
	if (p == NULL)
		return;
	plain_items_fini(&p->items);
	plain_room_fini(&p->room);
	strs_fini(&p->own);
	strs_fini(&p->notices);
	strs_fini(&p->rest);
	for (size_t i = 0; i < p->n_sent; i++)
		op_fini(&p->sent[i]);
	for (size_t i = 0; i < p->n_asked; i++) {
		free(p->asked[i].text);
		free(p->asked[i].line);
	}
	free(p->numbers);
	free(p->held);
	free(p->dayless);
	free(p->missing);
	free(p->confirm);
	free(p);
}

void
plain_out_fini(struct plain_out *o)
{
	op_fini(&o->op);
	free(o->line);
	*o = (struct plain_out){ 0 };
}

/* "INC-2041, Checkout 5xx. You are lin, a participant. 6 people are here." */
static void
put_names(const struct scene *sc, struct buf *out)
{
	enum role_of role = sc->role != PERSON_NONE ? sc->role : PERSON_PARTICIPANT;
	int64_t people = (int64_t)people_here(sc);
	struct buf me = { 0 };

	plain_put_sentence(out, scene_title(sc));
	plain_put(&me, sc->me);
	plain_say(out, WORD_PLAIN_YOU_ARE, me.data != NULL ? me.data : "",
	    word((enum word)(WORD_PLAIN_THE_FACILITATOR + role - PERSON_FACILITATOR)));
	if (people > 0)
		plain_say(out, people == 1 ? WORD_PLAIN_HERE_1 : WORD_PLAIN_HERE_N,
		    digits(people).s);
	buf_fini(&me);
}

static bool
leads(const struct scene *sc)
{
	return sc->role == PERSON_FACILITATOR || sc->role == PERSON_SCRIBE;
}

void
plain_begin(struct plain *p, const struct scene *sc, struct buf *out)
{
	put_names(sc, out);
	if (!leads(sc) && sc->d->status != STATUS_CLOSED)
		plain_say(out, WORD_PLAIN_GROUND_RULE, NULL);
	plain_say(out, WORD_PLAIN_SILENCE, NULL);
	plain_end(out);
	plain_put_stage(sc, out);
	plain_say(out, WORD_PLAIN_SAY_HELP, NULL);
	plain_end(out);
	plain_items_of(&p->items, sc->d);
	plain_room_fini(&p->room);
	plain_room_of(&p->room, sc);
	if (sc->d->aborted_ns != TIME_NONE)
		plain_put_aborted(sc, out);
}

void
plain_prompt(const struct scene *sc, struct buf *out)
{
	size_t from = out->len;

	if (sc->d->status == STATUS_CLOSED)
		buf_adds(out, word(WORD_PLAIN_PROMPT_CLOSED));
	else if (sc->d->stage != NULL)
		plain_put(out, sc->d->stage);
	if (out->len == from)
		buf_adds(out, word(WORD_PROGRAM));
	buf_adds(out, "> ");
}

/* Arrow keys and their like, which a terminal in its line mode hands on as they are, are no text. */
void
plain_take_keys_out(const char *typed, struct buf *out)
{
	struct buf bare = { 0 };

	for (const char *p = typed; *p != '\0';) {
		if (*p != '\033') {
			buf_addc(&bare, *p++);
			continue;
		}
		p++;
		if (*p == '[') {
			p += 1 + strspn(p + 1, "0123456789;<=>?");
			p += *p != '\0';
		} else if (*p == 'O' && p[1] != '\0') {
			p += 2;
		}
	}
	text_clean(out, bare.data != NULL ? bare.data : "", bare.len, TEXT_LINE);
	for (size_t i = 0; i < out->len; i++)
		if (out->data[i] == '\t')
			out->data[i] = ' ';
	while (out->len > 0 && out->data[out->len - 1] == ' ')
		out->data[--out->len] = '\0';
	buf_fini(&bare);
}

void
plain_sent(struct plain *p, const struct op *op)
{
	if (p->n_sent == PLAIN_SENT_MOST) {
		op_fini(&p->sent[0]);
		memmove(p->sent, p->sent + 1, --p->n_sent * sizeof *p->sent);
	}
	op_copy(&p->sent[p->n_sent++], op);
}

static bool
take_sent(struct plain *p, struct id cid, struct op *out)
{
	for (size_t i = 0; i < p->n_sent; i++) {
		if (!id_equal(p->sent[i].cid, cid))
			continue;
		*out = p->sent[i];
		memmove(p->sent + i, p->sent + i + 1, (--p->n_sent - i) * sizeof *p->sent);
		return true;
	}
	return false;
}

static void
note_own(struct plain *p, const struct op *op)
{
	for (size_t i = 0; i < op->n; i++)
		if (op->v[i].kind != KIND_DEBRIEF && !strs_has(&p->own, op->v[i].id.s))
			strs_add(&p->own, op->v[i].id.s);
}

void
plain_acked(struct plain *p, const struct scene *sc, struct id cid, const char *text,
    struct buf *out)
{
	struct op op;
	struct id made;

	if (!take_sent(p, cid, &op))
		return;
	note_own(p, &op);
	if (id_parse(text, &made) && !strs_has(&p->own, made.s))
		strs_add(&p->own, made.s);
	p->own_items += op.n > 0 && op.v[0].verb == VERB_ADD;
	plain_put_done(p, sc, &op, text, out);
	if (p->replaced)
		plain_say(out, WORD_PLAIN_EARLIER_DROPPED, NULL);
	p->replaced = false;
	plain_end(out);
	op_fini(&op);
}

void
plain_refused(struct plain *p, struct id cid, const char *reason, struct buf *out)
{
	struct buf named = { 0 };
	struct op op;

	if (take_sent(p, cid, &op))
		op_fini(&op);
	plain_name_ids(p, reason, &named);
	plain_put_error(out, named.data != NULL ? named.data : "");
	plain_end(out);
	buf_fini(&named);
}

void
plain_no_answer(const struct scene *sc, struct buf *out)
{
	plain_say(out, sc->live ? WORD_PLAIN_NO_ANSWER : WORD_PLAIN_NOT_CONNECTED, NULL);
	plain_end(out);
}

void
plain_changed(struct plain *p, const struct op *op)
{
	for (size_t i = 0; i < p->n_sent; i++)
		if (id_equal(p->sent[i].cid, op->cid)) {
			note_own(p, op);
			return;
		}
}

/* Commits are for those who lead to know of. */
void
plain_notice(struct plain *p, const struct scene *sc, const char *text)
{
	bool saved = strncmp(text, "saved ", 6) == 0;

	if (saved)
		p->saved_ns = sc->now_ns;
	if (!saved && !strs_has(&p->notices, text))
		strs_add(&p->notices, text);
}

void
plain_lost(struct plain *p, int64_t now_ns)
{
	if (p->lost_ns == 0)
		p->lost_ns = now_ns;
}

void
plain_back(struct plain *p, int64_t now_ns)
{
	if (p->lost_ns == 0)
		return;
	p->back_ns = now_ns - p->lost_ns > 0 ? now_ns - p->lost_ns : 1;
	p->lost_ns = 0;
}

void
plain_half(struct plain *p, const char *line)
{
	struct buf clean = { 0 };

	plain_take_keys_out(line, &clean);
	if (clean.len > 0) {
		free(p->held);
		p->held = buf_take(&clean);
	}
	buf_fini(&clean);
}

bool
plain_typing(const struct plain *p)
{
	return p->held != NULL;
}

/* "plain1", the line that waits, the items in the order of their numbers. */
void
plain_keep(const struct plain *p, struct buf *out)
{
	struct strs w = { 0 };
	struct buf ids = { 0 };

	strs_add(&w, "plain1");
	strs_add(&w, p->held != NULL ? p->held : p->dayless != NULL ? p->dayless : "");
	for (size_t i = 0; i < p->n_numbers && i < KEEP_NUMBERS; i++)
		buf_add(&ids, p->numbers[i].s, ID_LEN);
	strs_add(&w, ids.data != NULL ? ids.data : "");
	words_join(&w, out);
	strs_fini(&w);
	buf_fini(&ids);
}

/* Of another screen of this person there is the text that was half typed: its fifth word. */
static const char *
kept_line(const struct strs *w)
{
	enum { SCREEN_TEXT = 4 };

	if (w->n == 3 && strcmp(w->v[0], "plain1") == 0)
		return w->v[1];
	return w->n > SCREEN_TEXT && strcmp(w->v[0], "1") == 0 ? w->v[SCREEN_TEXT] : "";
}

static void
restore_numbers(struct plain *p, const struct strs *w)
{
	if (w->n != 3 || p->n_numbers > 0)
		return;
	for (size_t at = 0; at + ID_LEN <= strlen(w->v[2]); at += ID_LEN) {
		char *one = mem_dupn(w->v[2] + at, ID_LEN);
		struct id id;
		if (id_parse(one, &id))
			plain_number(p, id);
		free(one);
	}
}

void
plain_restore(
    struct plain *p, const struct scene *sc, const char *text, int64_t away_s, struct buf *out)
{
	struct strs w = { 0 };
	struct buf b = { 0 };

	(void)sc;
	if (!words_split(text, &w, NULL) || w.n == 0)
		return;
	restore_numbers(p, &w);
	plain_put_minutes(&b, away_s);
	if (away_s >= 10)
		plain_say(out, WORD_PLAIN_WELCOME_AWAY, b.data);
	else
		plain_say(out, WORD_PLAIN_WELCOME_BACK, NULL);
	if (p->n_numbers > 0)
		plain_say(out, WORD_PLAIN_SAME_NUMBERS, NULL);
	plain_end(out);
	if (strchr(kept_line(&w), '\n') != NULL && p->dayless == NULL) { /* several waited for their day */
		p->dayless = mem_dup(kept_line(&w));
		plain_say(out, WORD_PLAIN_WHICH_DAY, NULL);
		plain_end(out);
	} else if (kept_line(&w)[0] != '\0' && p->held == NULL) {
		p->held = mem_dup(kept_line(&w));
		plain_say(out, WORD_PLAIN_LINE_KEPT, NULL);
		plain_end(out);
		buf_adds(out, "  ");
		plain_put(out, p->held);
		plain_end(out);
		plain_say(out, WORD_PLAIN_NUDGE_HOW, NULL);
		plain_end(out);
		p->held_told = true;
	}
	strs_fini(&w);
	buf_fini(&b);
}
