#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "live/host_internal.h"
#include "model/spread.h"

enum { MORE_MINUTES = 5, TOPIC_MINUTES = 2, NS_PER_MS = 1000000 };

/* Everybody who can answer now, each once. */
static size_t
n_asked(const struct host *h)
{
	struct strs names = { 0 };
	size_t n;

	for (size_t i = 0; i < h->n_peers; i++) {
		const struct peer *p = h->peers[i];
		if (here_is(p) && strcmp(p->want, "join") == 0 &&
		    host_role(h, p->name, p->role_given) != PERSON_OBSERVER)
			strs_add(&names, p->name);
	}
	for (size_t i = 0; i < h->d->seats.n; i++)
		strs_add(&names, h->d->seats.v[i]);
	strs_sort(&names, true);
	n = names.n;
	strs_fini(&names);
	return n;
}

static void
count_answers(const struct debrief *d, size_t *yes, size_t *no)
{
	*yes = *no = 0;
	for (size_t i = 0; i < d->answers.n; i++) {
		const char *space = strchr(d->answers.v[i], ' ');
		if (space != NULL && strcmp(space + 1, "yes") == 0)
			++*yes;
		else
			++*no;
	}
}

static struct change *
set_debrief(struct host *h, struct op *op)
{
	return op_add(op, VERB_SET, KIND_DEBRIEF, h->d->item.id);
}

/* What the room wants, done in one batch with the end of the ballot. */
static void
put_result(struct host *h, struct op *op, bool go_on, struct buf *words)
{
	bool topic = strcmp(h->d->asked, "topic") == 0;
	int64_t late = 0;

	if (!go_on) {
		buf_adds(words, topic ? "n is the next topic" : "> is the next stage");
	} else if (topic) {
		int64_t now_ns = host_now_ns(h), ends_ns = h->d->timer_ends_ns;
		bool runs = ends_ns != TIME_NONE && ends_ns > now_ns; /* it was asked before the bell */
		change_put_num(set_debrief(h, op), "timer_ends",
		    (runs ? ends_ns : now_ns) + TOPIC_MINUTES * 60 * NS_PER_S);
		buf_addf(words, "%d minutes more, out of the topics below", TOPIC_MINUTES);
	} else if (spread_more(h->d, host_now_ns(h), MORE_MINUTES, op, &late)) {
		buf_addf(words, "%d minutes more", MORE_MINUTES);
		if (late > 0)
			buf_addf(words, "; the end moves by %lld", (long long)late);
		else
			buf_adds(words, ", taken from what comes; the end stays");
	}
}

static void
count_up(void *ctx)
{
	struct host *h = ctx;
	struct buf words = { 0 };
	struct err e = { 0 };
	size_t yes, no;
	struct op op;

	h->asked_timer = 0;
	if (h->d->asked == NULL)
		return;
	count_answers(h->d, &yes, &no);
	op_init(&op, "ask");
	change_put_text(set_debrief(h, &op), "asked", NULL);
	if (yes + no == 0)
		buf_adds(&words, "nobody answered: ");
	else
		buf_addf(&words, "%zu go on, %zu enough: ", yes, no);
	put_result(h, &op, yes > no, &words);
	if (round_own(h, NULL, &op, &e)) {
		act_erase_key(h);
		peers_notice(h, "%s", words.data);
	} else {
		peers_notice(h, "the answers were not counted: %s", e.text);
	}
	buf_fini(&words);
}

void
asked_open(struct host *h, const char *what)
{
	struct err e = { 0 };
	struct op op;

	if (h->d->asked != NULL || h->d->status == STATUS_CLOSED || n_asked(h) < 2)
		return;
	op_init(&op, "ask");
	change_put_text(set_debrief(h, &op), "asked", what);
	if (!round_own(h, NULL, &op, &e))
		peers_notice(h, "the room was not asked: %s", e.text);
}

void
asked_look(struct host *h)
{
	int64_t left_ms;

	loop_cancel(h->loop, h->asked_timer);
	h->asked_timer = 0;
	if (h->d->asked == NULL || h->done)
		return;
	left_ms = (h->d->asked_until_ns - host_now_ns(h)) / NS_PER_MS;
	if (h->d->answers.n >= n_asked(h) && h->d->answers.n > 0)
		left_ms = 0;
	h->asked_timer = loop_after(h->loop, left_ms < 0 ? 0 : (int)left_ms, count_up, h);
}

void
asked_fini(struct host *h)
{
	loop_cancel(h->loop, h->asked_timer);
}
