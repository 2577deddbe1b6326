#include <stdlib.h>
#include <string.h>

#include "views/deck.h"
#include "views/plain_state.h"

/* What became of the items of a kind: their ids, in the order of their ids. */
struct turned {
	struct id *v;
	size_t n, cap;
};

struct turns {
	struct turned fresh[N_KINDS], changed[N_KINDS], gone[N_KINDS];
	struct turned heads;   /* cards whose group grew or shrank */
	struct turned bared;   /* columns that were hidden */
	bool agenda;
};

static void
note(struct turned *t, struct id id)
{
	VEC_ROOM(t->v, t->n, t->cap);
	t->v[t->n++] = id;
}

static bool
noted(const struct turned *t, struct id id)
{
	for (size_t i = 0; i < t->n; i++)
		if (id_equal(t->v[i], id))
			return true;
	return false;
}

static void
turns_fini(struct turns *t)
{
	for (int k = 0; k < N_KINDS; k++) {
		free(t->fresh[k].v);
		free(t->changed[k].v);
		free(t->gone[k].v);
	}
	free(t->heads.v);
	free(t->bared.v);
}

/* Cards that the reveal brought are told by it. */
static bool
is_bared(const struct turns *t, const struct debrief *d, struct id card)
{
	const struct card *c = (const struct card *)debrief_find(d, KIND_CARD, card);

	return c != NULL && noted(&t->bared, c->column);
}

static void
compare_one(struct turns *t, const struct plain *p, const struct debrief *d,
    const struct plain_item *was, const struct plain_item *is)
{
	enum kind kind = is != NULL ? is->kind : was->kind;
	struct id id = is != NULL ? is->id : was->id;
	bool own = strs_has(&p->own, id.s);

	if (kind == KIND_STAGE) {
		t->agenda |= !own && (was == NULL || is == NULL || was->hash != is->hash);
		return;
	}
	if (is != NULL && kind == KIND_CARD &&
	    (was == NULL ? id_some(is->group) : !id_equal(was->group, is->group)) && !own) {
		if (id_some(is->group) && !noted(&t->heads, is->group))
			note(&t->heads, is->group);
		if (was != NULL && id_some(was->group) && !noted(&t->heads, was->group))
			note(&t->heads, was->group);
	}
	if (own)
		return;
	if (was == NULL && !(kind == KIND_CARD && is_bared(t, d, id)))
		note(&t->fresh[kind], id);
	else if (is == NULL)
		note(&t->gone[kind], id);
	else if (was != NULL && was->hash != is->hash)
		note(&t->changed[kind], id);
}

static void
compare(struct turns *t, const struct plain *p, const struct debrief *d,
    const struct plain_items *now)
{
	const struct plain_items *old = &p->items;
	size_t i = 0, k = 0;

	for (size_t j = 0; j < now->n; j++) {
		const struct plain_item *was = plain_items_find(old, now->v[j].id);
		if (now->v[j].kind == KIND_COLUMN && was != NULL && was->hidden &&
		    !now->v[j].hidden)
			note(&t->bared, now->v[j].id);
	}
	while (i < old->n || k < now->n) {
		int order = i == old->n ? 1 : k == now->n ? -1 : id_cmp(old->v[i].id, now->v[k].id);
		compare_one(t, p, d, order <= 0 ? &old->v[i] : NULL, order >= 0 ? &now->v[k] : NULL);
		i += order <= 0;
		k += order >= 0;
	}
}

/* "7", "7 and 9" of these; those that have no number get one. */
static void
put_named(struct plain *p, const struct turned *t, struct buf *out)
{
	int64_t *v = mem_zero(t->n + 1, sizeof *v);

	for (size_t i = 0; i < t->n; i++)
		v[i] = plain_number(p, t->v[i]);
	plain_put_numbers(out, v, t->n);
	free(v);
}

/* New ones get their numbers in the order of the list that they stand in. */
static void
number_in_order(struct plain *p, const struct debrief *d, enum kind kind, const struct turned *t)
{
	for (size_t i = 0; i < d->of[kind].n; i++)
		if (noted(t, d->of[kind].v[i]->id))
			plain_number(p, d->of[kind].v[i]->id);
}

static void
put_fresh(struct plain *p, const struct debrief *d, enum kind kind, const struct turned *t,
    enum word one, struct buf *out)
{
	struct buf names = { 0 };

	if (t->n == 0)
		return;
	if (t->n <= PLAIN_NAMED_MOST) {
		number_in_order(p, d, kind, t);
		put_named(p, t, &names);
		plain_say(out, t->n == 1 ? one : one + 1, digits((int64_t)t->n).s, names.data);
	} else {
		plain_say(out, one + 2, digits((int64_t)t->n).s);
	}
	buf_fini(&names);
}

static void
put_changed(struct plain *p, const struct turned *t, enum word one, struct buf *out)
{
	struct turned known = { 0 };
	struct buf names = { 0 };

	for (size_t i = 0; i < t->n && t->n <= PLAIN_NAMED_MOST; i++)
		if (plain_numbered(p, t->v[i]) > 0)
			note(&known, t->v[i]);
	if (t->n > 0 && known.n == t->n) {
		put_named(p, &known, &names);
		plain_say(out, one, names.data);
	} else if (t->n > 0) {
		plain_say(out, one + 1, digits((int64_t)t->n).s);
	}
	free(known.v);
	buf_fini(&names);
}

/* A bone or a heading has a name, and no number. */
static void
put_headings(const struct debrief *d, const struct turns *t, struct buf *out)
{
	for (size_t i = 0; i < t->fresh[KIND_CATEGORY].n; i++) {
		struct item *it = debrief_find(d, KIND_CATEGORY, t->fresh[KIND_CATEGORY].v[i]);
		struct buf name = { 0 };
		plain_put(&name, it != NULL ? ((struct category *)it)->name : NULL);
		plain_say(out, WORD_PLAIN_NEW_CATEGORY, name.data);
		buf_fini(&name);
	}
	for (size_t i = 0; i < t->fresh[KIND_COLUMN].n; i++) {
		struct item *it = debrief_find(d, KIND_COLUMN, t->fresh[KIND_COLUMN].v[i]);
		struct buf name = { 0 };
		plain_put(&name, it != NULL ? ((struct column *)it)->name : NULL);
		plain_say(out, WORD_PLAIN_NEW_COLUMN, name.data);
		buf_fini(&name);
	}
}

/* The cards under a head, the head first; none where it is no group (any more). */
static void
members(const struct debrief *d, struct id head, struct turned *out)
{
	note(out, head);
	for (size_t i = 0; i < DEBRIEF_N(d, CARD); i++) {
		const struct card *c = DEBRIEF_AT(d, CARD, card, i);
		if (id_equal(c->group, head))
			note(out, c->item.id);
	}
}

static void
put_group(struct plain *p, const struct scene *sc, struct id head, bool fresh, struct buf *out)
{
	struct turned in = { 0 };
	struct buf name = { 0 }, names = { 0 };

	members(sc->d, head, &in);
	plain_put_topic(p, sc, head, &name);
	put_named(p, &in, &names);
	if (in.n > 1)
		plain_say(out, fresh ? WORD_PLAIN_NEW_GROUP : WORD_PLAIN_GROUP_NOW,
		    name.data != NULL ? name.data : "", names.data);
	else
		plain_say(out, WORD_PLAIN_NO_GROUP, names.data);
	free(in.v);
	buf_fini(&name);
	buf_fini(&names);
}

static bool
was_head(const struct plain_items *old, struct id head)
{
	for (size_t i = 0; i < old->n; i++)
		if (id_equal(old->v[i].group, head))
			return true;
	return false;
}

static void
put_groups(struct plain *p, const struct scene *sc, const struct turns *t, struct buf *out)
{
	for (size_t i = 0; i < t->heads.n; i++)
		if (debrief_find(sc->d, KIND_CARD, t->heads.v[i]) != NULL)
			put_group(p, sc, t->heads.v[i], !was_head(&p->items, t->heads.v[i]), out);
}

/* One heading with its cards: "Lucky: 2, 12 to 14." */
static void
put_column(struct plain *p, const struct deck *k, const struct deck_column *col, struct buf *out)
{
	struct turned in = { 0 };
	struct buf name = { 0 }, names = { 0 };

	for (size_t i = col->first; i < col->first + col->n; i++)
		for (size_t m = 0; m < k->topics[i].n; m++) {
			note(&in, k->cards[k->topics[i].first + m]->item.id);
			plain_number(p, in.v[in.n - 1]);
		}
	plain_put(&name, col->column->name);
	put_named(p, &in, &names);
	plain_say(out, WORD_PLAIN_HEADED, name.data,
	    in.n > 0 ? names.data : word(WORD_PLAIN_NOTHING_THERE));
	free(in.v);
	buf_fini(&name);
	buf_fini(&names);
}

/* Own cards have their numbers already, and keep them. */
static void
put_own(const struct plain *p, const struct deck *k, const struct turns *t, struct buf *out)
{
	int64_t *v = mem_zero(k->n_cards + 1, sizeof *v);
	struct buf names = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < k->n_cards; i++) {
		const struct card *c = k->cards[i];
		if (noted(&t->bared, c->column) && plain_items_find(&p->items, c->item.id) != NULL &&
		    plain_numbered(p, c->item.id) > 0)
			v[n++] = plain_numbered(p, c->item.id);
	}
	plain_put_numbers(&names, v, n);
	if (n > 0)
		plain_say(out, WORD_PLAIN_OWN_KEEP, names.data);
	free(v);
	buf_fini(&names);
}

static void
put_reveal(struct plain *p, const struct scene *sc, const struct turns *t, struct buf *out)
{
	struct pane_state s = { 0 };
	bool named = false;
	struct buf count = { 0 };
	struct deck k;
	int64_t n = 0;

	if (t->bared.n == 0)
		return;
	deck_init(&k, sc, &s);
	for (size_t i = 0; i < k.n_cards; i++)
		n += noted(&t->bared, k.cards[i]->column);
	for (size_t i = 0; i < t->bared.n; i++) {
		struct item *it = debrief_find(sc->d, KIND_COLUMN, t->bared.v[i]);
		named |= it != NULL && !((struct column *)it)->anonymous;
	}
	word_count(&count, n, WORD_CARD_1);
	plain_say(out, named ? WORD_PLAIN_REVEALED_NAMED : WORD_PLAIN_REVEALED, count.data);
	put_own(p, &k, t, out);
	plain_end(out);
	for (size_t i = 0; i < k.n_columns; i++)
		if (noted(&t->bared, k.columns[i].column->item.id))
			put_column(p, &k, &k.columns[i], out);
	plain_end(out);
	buf_fini(&count);
	deck_fini(&k);
}

static void
put_items(struct plain *p, const struct scene *sc, const struct turns *t, struct buf *out)
{
	static const struct {
		enum kind kind;
		enum word fresh;
	} told[] = {
		{ KIND_EVENT, WORD_PLAIN_NEW_EVENT_1 },
		{ KIND_CAUSE, WORD_PLAIN_NEW_CAUSE_1 },
		{ KIND_CARD, WORD_PLAIN_NEW_CARD_1 },
		{ KIND_ACTION, WORD_PLAIN_NEW_ACTION_1 },
		{ KIND_EXPERIMENT, WORD_PLAIN_NEW_EXPERIMENT_1 },
		{ KIND_QUESTION, WORD_PLAIN_NEW_QUESTION_1 },
	};
	struct turned gone = { 0 };

	for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
		put_fresh(p, sc->d, told[i].kind, &t->fresh[told[i].kind], told[i].fresh, out);
		put_changed(p, &t->changed[told[i].kind], WORD_PLAIN_CHANGED, out);
		for (size_t k = 0; k < t->gone[told[i].kind].n; k++)
			note(&gone, t->gone[told[i].kind].v[k]);
	}
	put_changed(p, &gone, WORD_PLAIN_GONE, out);
	free(gone.v);
	put_headings(sc->d, t, out);
	put_groups(p, sc, t, out);
	if (t->agenda)
		plain_say(out, WORD_PLAIN_AGENDA_CHANGED, NULL);
}

static void
put_line(struct plain *p, const struct scene *sc, struct buf *out)
{
	struct buf b = { 0 };

	if (p->lost_ns != 0) {
		plain_put_minutes(&b, (sc->now_ns - p->lost_ns) / NS_PER_S);
		plain_say(out, WORD_PLAIN_LOST, b.data);
	} else if (p->back_ns != 0) {
		plain_put_minutes(&b, p->back_ns / NS_PER_S);
		plain_say(out, WORD_PLAIN_BACK, b.data);
	}
	p->back_ns = 0;
	buf_fini(&b);
}

/* Quiet lets the bell through, and keeps the rest. */
static bool
is_bell(const char *text)
{
	return strstr(text, "timer rings") != NULL || strstr(text, "are used up") != NULL;
}

static void
put_notices(struct plain *p, bool loud, struct buf *out)
{
	for (size_t i = 0; i < p->notices.n;) {
		if (loud || is_bell(p->notices.v[i])) {
			plain_put_error(out, p->notices.v[i]);
			strs_drop(&p->notices, i);
		} else {
			i++;
		}
	}
}

/* What moved of the items is kept for later while it is quiet: the old state stays. */
static void
put_all_items(struct plain *p, const struct scene *sc, bool told, struct buf *out)
{
	struct plain_items now = { 0 };
	struct turns t = { 0 };

	if (!told)
		return;
	plain_items_of(&now, sc->d);
	compare(&t, p, sc->d, &now);
	if (p->room.curtain_ns != sc->d->curtain_ns) { /* events go and come with it */
		t.fresh[KIND_EVENT].n = t.gone[KIND_EVENT].n = t.changed[KIND_EVENT].n = 0;
	}
	put_reveal(p, sc, &t, out);
	put_items(p, sc, &t, out);
	plain_items_fini(&p->items);
	p->items = now;
	strs_fini(&p->own);
	turns_fini(&t);
}

void
plain_news(struct plain *p, const struct scene *sc, bool asked, struct buf *out)
{
	bool loud = asked || !p->quiet;
	struct buf said = { 0 };

	put_line(p, sc, &said);
	put_all_items(p, sc, loud, &said);
	plain_put_room(p, sc, loud, &said);
	put_notices(p, loud, &said);
	if (said.len == 0 && p->owes)
		plain_say(&said, WORD_PLAIN_DONE, NULL), p->clock_told = true;
	p->owes = false;
	if (said.len == 0 && asked)
		plain_say(&said, WORD_PLAIN_NOTHING_NEW, NULL);
	if (said.len > 0 && !p->clock_told)
		plain_put_clock(&said, sc);
	p->clock_told = false;
	plain_put_question(p, sc, &said);
	if (p->held != NULL && !p->held_told) {
		plain_end(&said);
		plain_say(&said, WORD_PLAIN_STILL_WAITS, NULL);
	}
	p->held_told = false;
	if (said.len > 0) {
		plain_end(out);
		buf_add(out, said.data, said.len);
		plain_end(out);
	}
	buf_fini(&said);
}
