/* A debrief with a host's part played in the test: check, complete, note for undo, apply. Nothing
 * waits or is random. */
#ifndef TESTS_MODEL_ROOM_H
#define TESTS_MODEL_ROOM_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/undo.h"
#include "model/visible.h"
#include "tests/support/random_ops.h"

struct room {
	struct debrief *d;
	struct undo *undo;
	struct dice dice;
	int64_t now_ns;
	struct err e;   /* of the last refusal */
	struct id last; /* of the item added last */
};

static inline void
room_init(struct room *r, uint64_t seed)
{
	*r = (struct room){
		.d = debrief_new(id_make(seed + 1)), .undo = undo_new(), .dice = { seed }
	};
	r->now_ns = INT64_C(1784210400) * NS_PER_S;
	r->d->title = mem_dup("Checkout 5xx");
}

static inline void
room_fini(struct room *r)
{
	debrief_free(r->d);
	undo_free(r->undo);
}

static inline struct id
room_id(struct room *r)
{
	return r->last = id_make(dice_next(&r->dice));
}

/* Secrets that are none: of whoever has the name that is `ctx`. */
static inline char *
room_owner(void *ctx, struct id card)
{
	return mem_fmt("own-%s-%s", (const char *)ctx, card.s);
}

static inline bool
room_owns(void *ctx, const struct card *card)
{
	char *owner = room_owner(ctx, card->item.id);
	bool owns = card->owner != NULL && strcmp(owner, card->owner) == 0;

	free(owner);
	return owns;
}

/* The ids of somebody's ballots. */
static inline struct strs
room_slots(const char *name)
{
	struct strs slots = { 0 };
	uint64_t h = 1;

	for (const char *c = name; *c != '\0'; c++)
		h = (h ^ (unsigned char)*c) * UINT64_C(0x100000001b3);
	for (uint64_t i = 0; i < 9; i++)
		strs_add(&slots, id_make(h + i * UINT64_C(0x9e3779b97f4a7c15)).s);
	return slots;
}

/* Somebody who has a secret, and ballots. */
static inline struct actor
room_actor(char *name, enum role_of role, const struct strs *slots)
{
	return (struct actor){ .name = name,
		.role = role,
		.owns = room_owns,
		.owner = room_owner,
		.ctx = name,
		.slots = slots };
}

/* What a host does with an op of `who` (NULL name: anonymous); takes it over. */
static inline bool
room_take(struct room *r, const struct actor *who, struct op *op)
{
	struct host_gift gift = { r->now_ns += NS_PER_S, dice_next(&r->dice) };
	bool good;

	free(op->by);
	op->by = mem_dup(who->name);
	r->e = (struct err){ 0 };
	good = debrief_check(r->d, who, op, &r->e);
	if (good) {
		if (op_is_anonymous(r->d, op)) {
			free(op->by);
			op->by = NULL;
		}
		debrief_complete(r->d, who, op, &gift);
		undo_note(r->undo, r->d, op);
		debrief_apply(r->d, op);
	} else {
		assert_int_not_equal(r->e.kind, ERR_NONE);
		assert_true(strchr(r->e.text, ' ') != NULL && strlen(r->e.text) > 10);
	}
	op_fini(op);
	return good;
}

static inline bool
room_as(struct room *r, const char *name, enum role_of role, struct op *op)
{
	struct strs slots = room_slots(name != NULL ? name : "");
	char *ctx = mem_dup(name);
	struct actor who = room_actor(ctx, role, &slots), nobody = { .role = role };
	bool good = room_take(r, name != NULL ? &who : &nobody, op);

	free(ctx);
	strs_fini(&slots);
	return good;
}

/* As lena, who leads. */
static inline void
room_must(struct room *r, struct op *op)
{
	if (!room_as(r, "lena", PERSON_FACILITATOR, op))
		fail_msg("%s", r->e.text);
}

static inline bool
room_undo(struct room *r, const char *name, bool redo)
{
	char *ctx = mem_dup(name);
	struct actor who = room_actor(ctx, PERSON_FACILITATOR, NULL);
	struct op op;
	bool good = undo_next(r->undo, &who, redo, &op, &r->e) && room_take(r, &who, &op);

	free(ctx);
	return good;
}

/* An op of one change with up to three texts: add_op(r, "cause", KIND_CAUSE, "category", id,
 * "text", "x", NULL). */
static inline void
put_words(struct change *c, va_list ap)
{
	const char *field;

	while ((field = va_arg(ap, const char *)) != NULL) {
		const struct field *f = schema_field(c->kind, field);
		const char *text = va_arg(ap, const char *);
		struct value v = { 0 };
		struct err e = { 0 };
		assert_non_null(f);
		if (!value_parse(f, text, &v, &e))
			fail_msg("%s=%s: %s", field, text, e.text);
		change_set(c, f, v);
	}
}

static inline struct op
add_op(struct room *r, const char *command, enum kind kind, ...)
{
	struct op op;
	va_list ap;

	op_init(&op, command);
	va_start(ap, kind);
	put_words(op_add(&op, VERB_ADD, kind, room_id(r)), ap);
	va_end(ap);
	return op;
}

static inline struct op
set_op(const char *command, enum kind kind, struct id id, ...)
{
	struct op op;
	va_list ap;

	op_init(&op, command);
	va_start(ap, id);
	put_words(op_add(&op, VERB_SET, kind, id), ap);
	va_end(ap);
	return op;
}

static inline struct op
remove_op(const char *command, enum kind kind, struct id id)
{
	struct op op;

	op_init(&op, command);
	op_add(&op, VERB_REMOVE, kind, id);
	return op;
}

static inline struct op
plus_op(const char *command, enum kind kind, struct id id, const char *field)
{
	struct op op;

	op_init(&op, command);
	change_put_num(op_add(&op, VERB_SET, kind, id), field, 1)->how = HOW_PLUS;
	return op;
}

static inline struct op
move_op(enum kind kind, struct id id, struct id before)
{
	struct op op;
	struct change *c;

	op_init(&op, schema_of(kind)->word);
	c = op_add(&op, VERB_SET, kind, id);
	c->placed = true;
	c->before = before;
	return op;
}

static inline struct op
plain_op(const char *command)
{
	struct op op;

	op_init(&op, command);
	return op;
}

#define MUST_ADD(r, kind, ...)                                                                     \
	do {                                                                                       \
		struct op op_ = add_op((r), schema_of(kind)->word, kind, __VA_ARGS__, NULL);       \
		room_must((r), &op_);                                                              \
	} while (0)
#define MUST_SET(r, kind, id, ...)                                                                 \
	do {                                                                                       \
		struct op op_ = set_op(schema_of(kind)->word, kind, id, __VA_ARGS__, NULL);        \
		room_must((r), &op_);                                                              \
	} while (0)
/* Refused, for lena, with words that hold `part`, and without a trace. */
#define REFUSED_AS(r, name, role, op_expr, part)                                                   \
	do {                                                                                       \
		struct op op_ = op_expr;                                                           \
		struct debrief *was_ = debrief_copy((r)->d);                                       \
		if (room_as((r), name, role, &op_))                                                \
			fail_msg("accepted, not refused with: %s", part);                          \
		if (strstr((r)->e.text, part) == NULL)                                             \
			fail_msg("%s\n    wanted: %s", (r)->e.text, part);                         \
		assert_true(debrief_equal(was_, (r)->d));                                          \
		debrief_free(was_);                                                                \
	} while (0)
#define REFUSED(r, op_expr, part) REFUSED_AS(r, "lena", PERSON_FACILITATOR, op_expr, part)
#define TAKEN_AS(r, name, role, op_expr)                                                           \
	do {                                                                                       \
		struct op op_ = op_expr;                                                           \
		if (!room_as((r), name, role, &op_))                                               \
			fail_msg("%s", (r)->e.text);                                               \
	} while (0)
#define TAKEN(r, op_expr) TAKEN_AS(r, "lena", PERSON_FACILITATOR, op_expr)

/* A random op of lena's, taken or refused; opens the debrief again where it closed it. */
static inline bool
room_random(struct room *r)
{
	struct op op = dice_op(&r->dice, r->d), again;
	bool good = room_as(r, "lena", PERSON_FACILITATOR, &op);

	if (r->d->status == STATUS_CLOSED) {
		again = set_op("reopen", KIND_DEBRIEF, r->d->item.id, "status", "open", NULL);
		room_must(r, &again);
	}
	return good;
}

/* Everything that must hold of a debrief, whatever was done to it. */
static inline void
room_whole(const struct debrief *d)
{
	struct debrief *sorted = debrief_copy(d);

	for (int k = 1; k < N_KINDS; k++) {
		const struct schema *s = schema_of((enum kind)k);

		debrief_sort(sorted, (enum kind)k);
		for (size_t i = 0; i < d->of[k].n; i++) {
			const struct item *it = d->of[k].v[i];
			enum kind is;
			assert_true(id_equal(sorted->of[k].v[i]->id, it->id));
			assert_ptr_equal(debrief_any(d, it->id, &is), it);
			assert_int_equal(is, k);
			assert_true(it->number <= d->last_number[k]);
			for (size_t j = 0; j < s->n_fields; j++) {
				const struct field *f = &s->fields[j];
				struct value v = field_get(it, f);
				struct err e;
				struct id id;
				if (f->required && f->on_remove != REF_CLEAR &&
				    value_is_default(f, &v))
					fail_msg("%s without %s", s->word, f->name);
				if (!value_ok(f, &v, &e))
					fail_msg("%s", e.text);
				if (f->type == FIELD_REF && v.text != NULL) {
					assert_true(id_parse(v.text, &id));
					assert_non_null(debrief_any(d, id, &is));
					assert_true(f->refers == N_KINDS || f->refers == is);
				}
				for (size_t l = 0; f->type == FIELD_REFS && l < v.list.n; l++) {
					assert_true(id_parse(v.list.v[l], &id));
					assert_non_null(debrief_find(d, f->refers, id));
				}
				value_fini(&v);
			}
		}
	}
	debrief_free(sorted);
}

#endif
