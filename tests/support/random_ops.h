/* A seeded stream of ops over all kinds and fields, for property tests. Most are accepted, some are nonsense. */
#ifndef TESTS_RANDOM_OPS_H
#define TESTS_RANDOM_OPS_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/op.h"

struct dice {
	uint64_t state;
};

static inline uint64_t
dice_next(struct dice *r)
{
	uint64_t z = r->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static inline size_t
dice_below(struct dice *r, size_t n)
{
	return n == 0 ? 0 : (size_t)(dice_next(r) % n);
}

static inline char *
dice_text(struct dice *r)
{
	static const char *const words[] = { "queue", "grows", "Überlast", "日本", "e\xcc\x81", "\"quoted\"", "back\\slash",
		"flag", "rota", "a,b", "~", "👍🏽", "עברית" };
	char *text = NULL;

	for (size_t n = 1 + dice_below(r, 4); n > 0; n--) {
		char *more = mem_fmt("%s%s%s", text ? text : "", text ? " " : "",
		    words[dice_below(r, sizeof words / sizeof *words)]);
		free(text);
		text = more;
	}
	return text;
}

static inline struct id
dice_item(struct dice *r, const struct debrief *d, enum kind kind)
{
	struct id none = { 0 };

	return d->of[kind].n == 0 ? none : d->of[kind].v[dice_below(r, d->of[kind].n)]->id;
}

static inline enum kind
dice_kind(struct dice *r)
{
	return (enum kind)(1 + dice_below(r, N_KINDS - 1));
}

/* A value that fits the field (references: of an item there is, else none). */
static inline struct value
dice_value(struct dice *r, const struct debrief *d, const struct field *f)
{
	struct value v = { 0 };
	int n = 0;
	struct id id;

	switch (f->type) {
	case FIELD_BOOL:
		v.num = (int64_t)dice_below(r, 2);
		break;
	case FIELD_INT:
		v.num = f->min + (int64_t)dice_below(r, f->max - f->min > 1000 ? 1000 : (size_t)(f->max - f->min + 1));
		break;
	case FIELD_ENUM:
		while (f->names[n + 1] != NULL)
			n++;
		v.num = 1 + (int64_t)dice_below(r, (size_t)n);
		break;
	case FIELD_TIME:
		v.num = (int64_t)(1480000000 + dice_below(r, 100000)) * NS_PER_S + (int64_t)dice_below(r, 3) * 5000;
		break;
	case FIELD_DATE:
		v.num = 17000 + (int64_t)dice_below(r, 4000);
		break;
	case FIELD_REF:
		id = dice_item(r, d, f->refers == N_KINDS ? dice_kind(r) : f->refers);
		v.text = id_some(id) ? mem_dup(id.s) : NULL;
		break;
	case FIELD_REFS:
		for (size_t i = dice_below(r, 4); i > 0; i--)
			if (id_some(id = dice_item(r, d, f->refers)))
				strs_add(&v.list, id.s);
		strs_sort(&v.list, true);
		break;
	case FIELD_SET:
	case FIELD_LIST:
		for (size_t i = dice_below(r, 4); i > 0; i--)
			strs_take(&v.list, dice_text(r));
		if (f->type == FIELD_SET)
			strs_sort(&v.list, true);
		break;
	default:
		v.text = dice_text(r);
	}
	return v;
}

static inline struct op
dice_op(struct dice *r, const struct debrief *d)
{
	static const char *const commands[] = { "set", "event", "cause", "action", "person", "card", "stage", "confirm",
		"agree", "override", "new" };
	struct op op;
	size_t n = 1 + dice_below(r, 3);

	op_init(&op, commands[dice_below(r, sizeof commands / sizeof *commands)]);
	op.cid = id_make(dice_next(r));
	op.by = mem_dup(dice_below(r, 3) ? "lena" : "moss");
	while (n-- > 0) {
		enum kind kind = dice_below(r, 8) ? dice_kind(r) : KIND_DEBRIEF;
		const struct schema *s = schema_of(kind);
		enum verb verb = kind == KIND_DEBRIEF ? VERB_SET : (enum verb)dice_below(r, 3);
		struct id id = verb == VERB_ADD ? id_make(dice_next(r))
			       : kind == KIND_DEBRIEF ? d->item.id : dice_item(r, d, kind);
		struct change *c;
		bool twice = false;

		for (size_t i = 0; i < op.n; i++)
			twice |= id_equal(op.v[i].id, id);
		if (twice || !id_some(id))
			continue;
		c = op_add(&op, verb, kind, id);
		if (verb == VERB_REMOVE)
			continue;
		if (verb == VERB_ADD || dice_below(r, 4) == 0)
			c->placed = true;
		if (c->placed && dice_below(r, 2))
			c->before = dice_item(r, d, kind);
		for (size_t i = 0; i < s->n_fields; i++) {
			const struct field *f = &s->fields[i];
			if (f->type == FIELD_ID || f->writer == WRITE_HOST || strcmp(f->name, "hidden") == 0)
				continue;
			if (!(f->required && verb == VERB_ADD) && dice_below(r, 4))
				continue;
			if (f->writer == WRITE_COMMAND && dice_below(r, 6))
				continue;
			change_set(c, f, dice_value(r, d, f));
		}
	}
	return op;
}

/* Offer `n` random ops as a facilitator; those that are accepted are completed and applied. Returns how many were. */
static inline size_t
dice_session(struct dice *r, struct debrief *d, size_t n)
{
	struct actor who = { .name = "lena", .role = PERSON_FACILITATOR, .host = false };
	size_t accepted = 0;

	if (d->title == NULL)
		d->title = mem_dup("made up");
	while (n-- > 0) {
		struct op op = dice_op(r, d);
		struct host_gift gift = { (int64_t)(1500000000 + accepted) * NS_PER_S, dice_next(r) };
		struct err e;
		if (debrief_check(d, &who, &op, &e)) {
			debrief_complete(d, &who, &op, &gift);
			debrief_apply(d, &op);
			accepted++;
		}
		op_fini(&op);
	}
	return accepted;
}

#endif
