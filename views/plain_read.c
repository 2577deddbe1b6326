#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/shown.h"
#include "model/topic.h"
#include "views/deck.h"
#include "views/draw.h"
#include "views/plain_state.h"

enum { READ_MOST = 40 };

const char *
plain_text_of(enum kind kind, const struct item *it)
{
	const char *text = NULL;

	switch (kind) {
	case KIND_EVENT: text = ((const struct event *)it)->text; break;
	case KIND_CAUSE: text = ((const struct cause *)it)->text; break;
	case KIND_CARD: text = ((const struct card *)it)->text; break;
	case KIND_ACTION: text = ((const struct action *)it)->text; break;
	case KIND_QUESTION: text = ((const struct question *)it)->text; break;
	case KIND_EXPERIMENT: text = ((const struct experiment *)it)->hypothesis; break;
	case KIND_CATEGORY: text = ((const struct category *)it)->name; break;
	case KIND_COLUMN: text = ((const struct column *)it)->name; break;
	case KIND_STAGE: text = ((const struct stage *)it)->name; break;
	case KIND_PERSON: text = ((const struct person *)it)->name; break;
	default: break;
	}
	return text != NULL ? text : "";
}

void
plain_put_topic(struct plain *p, const struct scene *sc, struct id id, struct buf *out)
{
	enum kind kind;
	const struct item *it = debrief_any(sc->d, id, &kind);
	const struct card *c = it != NULL && kind == KIND_CARD ? (const struct card *)it : NULL;

	(void)p;
	if (c != NULL && c->name != NULL)
		plain_put(out, c->name);
	else if (it != NULL)
		plain_put(out, plain_text_of(kind, it));
}

/* "label: words." where there are any. */
static void
put_labeled(struct buf *out, const char *label, const char *text)
{
	struct buf b = { 0 };

	if (text == NULL)
		return;
	plain_put(&b, text);
	plain_gap(out);
	word_put(out, WORD_LABELED, label, b.data != NULL ? b.data : "");
	if (strchr(".?!", out->data[out->len - 1]) == NULL)
		buf_addc(out, '.');
	buf_fini(&b);
}

/* The numbers of items that are named by id. */
static void
put_ids(struct plain *p, const struct debrief *d, const char *label, const struct strs *ids,
    struct buf *out)
{
	int64_t *v = mem_zero(ids->n + 1, sizeof *v);
	struct buf names = { 0 };
	enum kind kind;
	struct id id;
	size_t n = 0;

	for (size_t i = 0; i < ids->n; i++)
		if (id_parse(ids->v[i], &id) && debrief_any(d, id, &kind) != NULL)
			v[n++] = plain_number(p, id);
	plain_put_numbers(&names, v, n);
	if (n > 0)
		put_labeled(out, label, names.data);
	free(v);
	buf_fini(&names);
}

static void
put_counted(struct buf *out, int64_t n, enum word one)
{
	if (n <= 0)
		return;
	plain_gap(out);
	word_count(out, n, one);
	buf_addc(out, '.');
}

/* What stands between number and text: the heading, the time, the status. */
static void
put_place(const struct scene *sc, enum kind kind, const struct item *it, struct buf *out)
{
	const struct event *ev = (const struct event *)it;
	const struct item *of = NULL;

	switch (kind) {
	case KIND_EVENT:
		if (ev->precision == PRECISION_ORDER || ev->at_ns == TIME_NONE)
			buf_adds(out, word(WORD_ORDER_ONLY));
		else
			put_clock(out, sc, ev->at_ns, ev->precision == PRECISION_EXACT);
		break;
	case KIND_CAUSE:
		of = debrief_find(sc->d, KIND_CATEGORY, ((const struct cause *)it)->category);
		plain_put(out, of != NULL ? ((const struct category *)of)->name
					  : word(WORD_UNPLACED));
		break;
	case KIND_CARD:
		of = debrief_find(sc->d, KIND_COLUMN, ((const struct card *)it)->column);
		plain_put(out, of != NULL ? ((const struct column *)of)->name : "");
		break;
	case KIND_ACTION: {
		const char *const *names = schema_field(KIND_ACTION, "status")->names;
		int status = ((const struct action *)it)->status;
		buf_adds(out, status > 0 ? names[status] : schema_of(kind)->word);
		break;
	}
	default:
		buf_adds(out, schema_of(kind)->word);
		break;
	}
}

static void
read_cause(struct plain *p, const struct debrief *d, const struct cause *c, struct buf *out)
{
	struct strs one = { 0 }, acts = { 0 };

	if (id_some(c->parent)) {
		strs_add(&one, c->parent.s);
		put_ids(p, d, word(WORD_PLAIN_UNDER), &one, out);
		strs_fini(&one);
	}
	for (size_t i = 0; i < DEBRIEF_N(d, CAUSE); i++)
		if (id_equal(DEBRIEF_AT(d, CAUSE, cause, i)->parent, c->item.id))
			strs_add(&one, d->of[KIND_CAUSE].v[i]->id.s);
	put_ids(p, d, word(WORD_PLAIN_WHYS), &one, out);
	put_counted(out, c->agree, WORD_PLAIN_AGREE_1);
	put_counted(out, c->doubt, WORD_DOUBT_1);
	put_counted(out, c->votes, WORD_VOTE_1);
	put_ids(p, d, word(WORD_EVIDENCE), &c->evidence, out);
	for (size_t i = 0; i < DEBRIEF_N(d, ACTION); i++)
		if (strs_has(&DEBRIEF_AT(d, ACTION, action, i)->causes, c->item.id.s))
			strs_add(&acts, d->of[KIND_ACTION].v[i]->id.s);
	put_ids(p, d, word(WORD_ACTIONS_LABEL), &acts, out);
	if (c->deep_enough)
		plain_put_sentence(out, word(WORD_DEEP_ENOUGH));
	strs_fini(&one);
	strs_fini(&acts);
}

/* What came of a topic: actions, then questions. */
static void
put_came(struct plain *p, const struct debrief *d, const struct card *head, struct buf *out)
{
	struct strs acts = { 0 }, asked = { 0 };

	for (size_t i = 0; i < DEBRIEF_N(d, ACTION); i++)
		if (topic_has(d, head, DEBRIEF_AT(d, ACTION, action, i)->about))
			strs_add(&acts, d->of[KIND_ACTION].v[i]->id.s);
	for (size_t i = 0; i < DEBRIEF_N(d, QUESTION); i++)
		if (topic_has(d, head, DEBRIEF_AT(d, QUESTION, question, i)->about))
			strs_add(&asked, d->of[KIND_QUESTION].v[i]->id.s);
	put_ids(p, d, word(WORD_ACTIONS_LABEL), &acts, out);
	put_ids(p, d, word(WORD_PLAIN_QUESTIONS), &asked, out);
	strs_fini(&acts);
	strs_fini(&asked);
}

static void
read_card(struct plain *p, const struct scene *sc, const struct card *c, struct buf *out)
{
	struct strs in = { 0 };
	struct id head = id_some(c->group) ? c->group : c->item.id;
	const struct person *by = (const struct person *)debrief_find(sc->d, KIND_PERSON, c->by);
	struct buf b = { 0 };

	for (size_t i = 0; i < DEBRIEF_N(sc->d, CARD); i++)
		if (id_equal(DEBRIEF_AT(sc->d, CARD, card, i)->group, head))
			strs_add(&in, sc->d->of[KIND_CARD].v[i]->id.s);
	if (in.n > 0) {
		strs_add(&in, head.s);
		plain_put_topic(p, sc, head, &b);
		plain_say(out, WORD_PLAIN_IN_GROUP, b.data != NULL ? b.data : "");
		put_ids(p, sc->d, word(WORD_PLAIN_ITS_CARDS), &in, out);
		buf_clear(&b);
	}
	put_counted(out, c->votes, WORD_VOTE_1);
	if (by != NULL) {
		person_shown(sc->d, by, &b);
		put_labeled(out, word(WORD_PLAIN_BY), b.data);
	}
	put_labeled(out, word(WORD_PLAIN_NOTES), c->notes);
	put_came(p, sc->d, topic_head(sc->d, c->item.id), out);
	strs_fini(&in);
	buf_fini(&b);
}

static void
read_event(struct plain *p, const struct debrief *d, const struct event *ev, struct buf *out)
{
	const char *const *phases = schema_field(KIND_EVENT, "phase")->names;
	const char *const *kinds = schema_field(KIND_EVENT, "kind")->names;
	struct strs causes = { 0 };

	if (ev->kind > 0)
		plain_put_sentence(out, kinds[ev->kind]);
	if (ev->phase > 0)
		put_labeled(out, word(WORD_HEAD_PHASE), phases[ev->phase]);
	put_labeled(out, word(WORD_SEEN), ev->seen);
	put_labeled(out, word(WORD_NOTE), ev->note);
	put_labeled(out, word(WORD_SOURCE), ev->source);
	put_counted(out, ev->agree, WORD_PLAIN_AGREE_1);
	put_counted(out, ev->doubt, WORD_DOUBT_1);
	for (size_t i = 0; i < DEBRIEF_N(d, CAUSE); i++)
		if (strs_has(&DEBRIEF_AT(d, CAUSE, cause, i)->evidence, ev->item.id.s))
			strs_add(&causes, d->of[KIND_CAUSE].v[i]->id.s);
	put_ids(p, d, word(WORD_CITED_BY), &causes, out);
	strs_fini(&causes);
}

static void
put_about(struct plain *p, const struct debrief *d, struct id about, struct buf *out)
{
	struct strs one = { 0 };

	strs_add(&one, about.s);
	put_ids(p, d, word(WORD_PLAIN_ABOUT), &one, out);
	strs_fini(&one);
}

static void
read_question(struct plain *p, const struct debrief *d, const struct question *q, struct buf *out)
{
	put_about(p, d, q->about, out);
	put_labeled(out, word(WORD_PLAIN_ANSWER), q->answer);
}

static void
read_action(struct plain *p, const struct debrief *d, const struct action *a, struct buf *out)
{
	struct buf due = { 0 };

	put_labeled(out, word(WORD_HEAD_OWNER), a->owner != NULL ? a->owner : word(WORD_NONE_WORD));
	if (a->due_day != TIME_NONE)
		put_day_year(&due, a->due_day);
	put_labeled(out, word(WORD_HEAD_DUE), due.len > 0 ? due.data : word(WORD_NONE_WORD));
	put_labeled(out, word(WORD_DONE_WHEN), a->done_when);
	put_ids(p, d, word(WORD_COV_CAUSES), &a->causes, out);
	put_about(p, d, a->about, out);
	put_counted(out, a->votes, WORD_VOTE_1);
	put_labeled(out, word(WORD_REASON), a->reason);
	put_labeled(out, word(WORD_PROOF), a->proof);
	buf_fini(&due);
}

static void
read_experiment(const struct experiment *x, struct buf *out)
{
	put_labeled(out, word(WORD_PLAIN_STEADY), x->steady_state);
	put_labeled(out, word(WORD_PLAIN_METHOD), x->method);
	put_labeled(out, word(WORD_PLAIN_REACH), x->blast_radius);
	for (size_t i = 0; i < x->abort_when.n; i++)
		put_labeled(out, word(WORD_PLAIN_ABORT_WHEN), x->abort_when.v[i]);
	put_labeled(out, word(WORD_PLAIN_WAY_BACK), x->rollback);
	put_labeled(out, word(WORD_PLAIN_EXPECTED), x->expected);
	put_labeled(out, word(WORD_OBSERVED), x->observed);
	put_labeled(out, word(WORD_PLAIN_SURPRISED), x->surprised);
}

/* "21, C4, Process. Two channels, split context. 2 agree." */
void
plain_read_item(struct plain *p, const struct scene *sc, struct id id, struct buf *out)
{
	enum kind kind;
	const struct item *it = debrief_any(sc->d, id, &kind);
	char name[24];

	if (it == NULL)
		return;
	plain_gap(out);
	buf_addf(out, "%s, ", digits(plain_number(p, id)).s);
	if (schema_of(kind)->letter != 0 && it->number > 0) {
		item_short_name(sc->d, kind, it, name);
		buf_addf(out, "%s, ", name);
	}
	put_place(sc, kind, it, out);
	buf_addc(out, '.');
	plain_put_sentence(out, plain_text_of(kind, it));
	if (kind == KIND_CAUSE)
		read_cause(p, sc->d, (const struct cause *)it, out);
	else if (kind == KIND_CARD)
		read_card(p, sc, (const struct card *)it, out);
	else if (kind == KIND_EVENT)
		read_event(p, sc->d, (const struct event *)it, out);
	else if (kind == KIND_ACTION)
		read_action(p, sc->d, (const struct action *)it, out);
	else if (kind == KIND_EXPERIMENT)
		read_experiment((const struct experiment *)it, out);
	else if (kind == KIND_QUESTION)
		read_question(p, sc->d, (const struct question *)it, out);
	plain_end(out);
}

/* A number, or what else names an item. */
static bool
find(struct plain *p, const struct scene *sc, const char *word, struct id *id, struct err *e)
{
	const struct item *it;
	enum kind kind;

	if (word[strspn(word, "0123456789")] == '\0')
		return plain_of_number(p, sc->d, strtoll(word, NULL, 10), id, e);
	it = command_any(sc->d, word, &kind, e);
	if (it != NULL)
		*id = it->id;
	return it != NULL;
}

/* All cards under a heading, all causes on a bone. */
static bool
read_under(struct plain *p, const struct scene *sc, struct id id, struct buf *out)
{
	enum kind kind;
	const struct item *it = debrief_any(sc->d, id, &kind);
	size_t n = 0;

	if (it == NULL || (kind != KIND_COLUMN && kind != KIND_CATEGORY))
		return false;
	for (size_t i = 0; kind == KIND_COLUMN && i < DEBRIEF_N(sc->d, CARD); i++)
		if (id_equal(DEBRIEF_AT(sc->d, CARD, card, i)->column, id) && n++ < READ_MOST)
			plain_read_item(p, sc, sc->d->of[KIND_CARD].v[i]->id, out);
	for (size_t i = 0; kind == KIND_CATEGORY && i < DEBRIEF_N(sc->d, CAUSE); i++)
		if (id_equal(DEBRIEF_AT(sc->d, CAUSE, cause, i)->category, id) && n++ < READ_MOST)
			plain_read_item(p, sc, sc->d->of[KIND_CAUSE].v[i]->id, out);
	if (n == 0)
		plain_say(out, WORD_PLAIN_NOTHING_THERE_YET, NULL);
	return true;
}

static void
read_span(struct plain *p, const struct scene *sc, int64_t from, int64_t to, struct buf *out)
{
	struct id id;

	if (to > (int64_t)p->n_numbers)
		to = (int64_t)p->n_numbers;
	for (int64_t i = from; i <= to && i < from + READ_MOST; i++)
		if (plain_of_number(p, sc->d, i, &id, NULL))
			plain_read_item(p, sc, id, out);
}

static bool
is_number(const char *word)
{
	return word[0] != '\0' && word[strspn(word, "0123456789")] == '\0';
}

/* "read 7", "read 3 to 8", "read 1, 4 and 7", "read C4", "read surprised", and alone: what the room
 * looks at. */
void
plain_read(struct plain *p, const struct scene *sc, const struct command_scene *cs,
    const char *rest, struct buf *out)
{
	struct strs w = { 0 };
	struct err e = { 0 };
	struct id id;
	size_t i = 0;

	(void)cs;
	for (const char *at = rest + strspn(rest, " ,"); *at != '\0'; at += strspn(at, " ,")) {
		size_t len = strcspn(at, " ,");
		strs_addn(&w, at, len);
		at += len;
	}
	if (w.n == 0 && id_some(sc->d->focus))
		plain_read_item(p, sc, sc->d->focus, out);
	else if (w.n == 0)
		plain_say(out, WORD_PLAIN_READ_WHAT, NULL);
	while (i < w.n) {
		bool span = i + 2 < w.n && strcmp(w.v[i + 1], "to") == 0 && is_number(w.v[i]) &&
			    is_number(w.v[i + 2]);
		if (span) {
			read_span(p, sc, strtoll(w.v[i], NULL, 10), strtoll(w.v[i + 2], NULL, 10),
			    out);
			i += 3;
			continue;
		}
		if (strcmp(w.v[i], "and") == 0)
			; /* between numbers */
		else if (!find(p, sc, w.v[i], &id, &e))
			plain_put_error(out, e.text), plain_end(out);
		else if (!read_under(p, sc, id, out))
			plain_read_item(p, sc, id, out);
		i++;
	}
	strs_fini(&w);
}
