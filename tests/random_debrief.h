/* Debriefs by chance, the same for the same seed: every field of the schema, so that a new one is
 * tried without a line here. For the property tests of several layers. */
#ifndef TESTS_RANDOM_DEBRIEF_H
#define TESTS_RANDOM_DEBRIEF_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "model/merge.h"
#include "model/order.h"
#include "model/schema.h"

struct chance {
	uint64_t state;
};

static inline uint64_t
chance_bits(struct chance *c)
{
	uint64_t z = c->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

static inline size_t
chance_below(struct chance *c, size_t n)
{
	return n == 0 ? 0 : (size_t)(chance_bits(c) % n);
}

static inline bool
chance_of(struct chance *c, size_t percent)
{
	return chance_below(c, 100) < percent;
}

static inline struct id
chance_id(struct chance *c)
{
	return id_make(chance_bits(c));
}

static inline char *
chance_text(struct chance *c, bool block)
{
	static const char *const words[] = { "cache", "stampede", "on", "cold keys", "\"quoted\"",
		"back\\slash", "caf\xc3\xa9", "\xe6\x97\xa5\xe6\x9c\xac", "\xf0\x9f\x90\x9f",
		"38 %", "a, b", "e\xcc\x81", "</script>", "tab\there", "p99", "'", "{", "]" };
	struct buf b = { 0 };

	for (size_t n = 1 + chance_below(c, 5); n > 0; n--) {
		buf_adds(&b, words[chance_below(c, sizeof words / sizeof *words)]);
		if (n > 1)
			buf_addc(&b, block && chance_of(c, 15) ? '\n' : ' ');
	}
	return buf_take(&b);
}

static inline struct id
chance_reference(struct chance *c, const struct debrief *d, enum kind kind)
{
	if (kind == N_KINDS)
		kind = (enum kind)(1 + chance_below(c, N_KINDS - 1));
	if (d->of[kind].n == 0)
		return (struct id){ 0 };
	return d->of[kind].v[chance_below(c, d->of[kind].n)]->id;
}

static inline int64_t
chance_number(struct chance *c, const struct field *f)
{
	int n_names = 0;

	switch (f->type) {
	case FIELD_TIME:
		return INT64_C(1784200000) * NS_PER_S +
		       (int64_t)chance_below(c, 100000) * NS_PER_S +
		       (chance_of(c, 30) ? (int64_t)chance_below(c, 1000000000) : 0);
	case FIELD_DATE:
		return 17000 + (int64_t)chance_below(c, 5000);
	case FIELD_BOOL:
		return (int64_t)chance_below(c, 2);
	case FIELD_ENUM:
		while (f->names[n_names + 1] != NULL)
			n_names++;
		return 1 + (int64_t)chance_below(c, (size_t)n_names);
	default:
		return f->min + (int64_t)chance_below(
				    c, f->max - f->min > 20 ? 20 : (size_t)(f->max - f->min) + 1);
	}
}

static inline struct value
chance_value(struct chance *c, const struct debrief *d, const struct field *f)
{
	struct value v = { 0 };

	switch (f->type) {
	case FIELD_ID:
		break;
	case FIELD_LINE:
	case FIELD_TEXT:
		v.text = chance_text(c, f->type == FIELD_TEXT);
		break;
	case FIELD_REF:
		v.text = mem_dup(chance_reference(c, d, f->refers).s);
		break;
	case FIELD_REFS:
		for (size_t n = chance_below(c, 4); n > 0; n--) {
			struct id id = chance_reference(c, d, f->refers);
			if (id_some(id))
				strs_add(&v.list, id.s);
		}
		break;
	case FIELD_SET:
	case FIELD_LIST:
		for (size_t n = chance_below(c, 4); n > 0; n--)
			strs_take(&v.list, mem_fmt("%s %d", f->name, (int)chance_below(c, 8)));
		break;
	default:
		v.num = chance_number(c, f);
	}
	if (f->type == FIELD_SET || f->type == FIELD_REFS || f->type == FIELD_LIST)
		strs_sort(&v.list, true);
	if (f->type == FIELD_LIST && v.list.n > 1 && chance_of(c, 50)) {
		char *first = v.list.v[0];
		v.list.v[0] = v.list.v[v.list.n - 1];
		v.list.v[v.list.n - 1] = first;
	}
	return v;
}

static inline void
chance_extra(struct chance *c, struct item *it)
{
	static const char *const values[] = { "1", "-7.25", "\"text\"", "[1,2]",
		"{\"a\":[{\"b\":null}]}", "true", "[]", "{}", "null", "[[],{\"x\":\"\\u0001\"}]" };
	char key[16];

	snprintf(key, sizeof key, "x-%d", (int)chance_below(c, 4));
	extras_set(&it->extra, key, values[chance_below(c, sizeof values / sizeof *values)]);
}

static inline bool
chance_skips(const struct field *f)
{
	return f->type == FIELD_ID || strcmp(f->name, "order") == 0 ||
	       strcmp(f->name, "number") == 0 || strcmp(f->name, "redacted") == 0;
}

/* Set every field with some chance; what is required, always. */
static inline void
chance_fill(
    struct chance *c, const struct debrief *d, enum kind kind, struct item *it, size_t percent)
{
	const struct schema *s = schema_of(kind);

	for (size_t i = 0; i < s->n_fields; i++) {
		const struct field *f = &s->fields[i];
		struct value v;
		if (chance_skips(f) || (!f->required && !chance_of(c, percent)))
			continue;
		v = chance_value(c, d, f);
		field_set(it, f, &v);
		value_fini(&v);
	}
	if (chance_of(c, 20))
		chance_extra(c, it);
}

static inline void
chance_order(struct chance *c, const struct debrief *d, enum kind kind, struct item *it)
{
	const struct field *f = schema_field(kind, "order");
	struct value v = { 0 };
	const char *after = NULL;

	if (f == NULL)
		return;
	if (d->of[kind].n > 0)
		after = d->of[kind].v[chance_below(c, d->of[kind].n)]->order;
	v.text = order_between(after, NULL, chance_bits(c));
	field_set(it, f, &v);
	value_fini(&v);
}

static inline struct item *
chance_add(struct chance *c, struct debrief *d, enum kind kind, size_t percent)
{
	struct item *it = item_new(kind, chance_id(c));

	chance_fill(c, d, kind, it, percent);
	chance_order(c, d, kind, it);
	if (schema_field(kind, "number") != NULL)
		it->number = d->last_number[kind] + 1;
	debrief_put(d, kind, it);
	return it;
}

static inline void
chance_settle(struct debrief *d)
{
	debrief_heal(d, NULL);
	for (int k = 1; k < N_KINDS; k++)
		debrief_sort(d, (enum kind)k);
}

/* A debrief with up to `most` items of each kind that keeps every rule of the format. */
static inline struct debrief *
chance_debrief(struct chance *c, struct id id, size_t most)
{
	struct debrief *d = debrief_new(id);

	chance_fill(c, d, KIND_DEBRIEF, &d->item, 60);
	for (int k = 1; k < N_KINDS; k++) {
		size_t n = chance_below(c, most + 1);
		if ((k == KIND_CATEGORY || k == KIND_COLUMN) && n == 0)
			n = 1;
		for (; n > 0; n--)
			chance_add(c, d, (enum kind)k, 50);
	}
	chance_settle(d);
	return d;
}

/* What a file keeps of it: live fields are those of a new one. */
static inline void
chance_unlive(struct debrief *d)
{
	for (int k = 0; k < N_KINDS; k++) {
		const struct schema *s = schema_of((enum kind)k);
		for (size_t i = 0; i < s->n_fields; i++) {
			struct value none = value_default(&s->fields[i]);
			if (s->fields[i].live && k == KIND_DEBRIEF)
				field_set(&d->item, &s->fields[i], &none);
			for (size_t j = 0; s->fields[i].live && j < d->of[k].n; j++)
				field_set(d->of[k].v[j], &s->fields[i], &none);
			value_fini(&none);
		}
	}
}

#endif
