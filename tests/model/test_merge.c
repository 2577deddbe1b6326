/* The laws of merging, tried on thousands of made-up cases; and that they catch every wrong merge
 * we can think of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/merge_internal.h"
#include "tests/random_debrief.h"

enum { TRIALS = 2000 };

struct trial {
	uint64_t seed;
	enum merge_mutant mutant;
	struct debrief *base, *x, *y, *m;
	struct merge_report report;
};

/* ---- cases ---- */

static struct debrief *
merge_as(enum merge_mutant mutant, const struct debrief *base, const struct debrief *a,
    const struct debrief *b, struct merge_report *report)
{
	struct merge m = { .base = base, .a = a, .b = b, .mutant = mutant, .report = report };
	struct err e = { 0 };
	struct debrief *d = debrief_merge_as(&m, &e);

	if (d == NULL)
		fail_msg("%s", e.text);
	return d;
}

static void
redact(struct chance *c, enum kind kind, struct item *it)
{
	const struct schema *s = schema_of(kind);
	struct value v = { 0 };

	if (schema_field(kind, "redacted") == NULL || kind == KIND_DEBRIEF)
		return;
	for (size_t i = 0; i < s->n_fields; i++)
		if (s->fields[i].prose) {
			v.text = s->fields[i].required
				     ? mem_dup(chance_of(c, 50) ? "[redacted]" : "[gone]")
				     : NULL;
			field_set(it, &s->fields[i], &v);
			value_fini(&v);
		}
	it->redacted = true;
}

static void
edit_this(
    struct chance *c, struct debrief *d, enum kind kind, struct item *it, const struct field *f)
{
	struct value v;

	if (chance_skips(f) || f->live || f->offset == offsetof(struct item, changed_ns))
		return;
	if (it->redacted && f->prose)
		return;
	v = !f->required && chance_of(c, 20) ? value_default(f) : chance_value(c, d, f);
	field_set(it, f, &v);
	value_fini(&v);
	if (schema_field(kind, "changed") != NULL)
		it->changed_ns = NS_PER_S * (INT64_C(1784300000) + (int64_t)chance_below(c, 3));
}

static void
edit_field(struct chance *c, struct debrief *d, enum kind kind, struct item *it)
{
	const struct schema *s = schema_of(kind);

	edit_this(c, d, kind, it, &s->fields[chance_below(c, s->n_fields)]);
}

/* Both sides at work on the same few fields of the same few causes. */
static void
edit_hot(struct chance *c, struct debrief *d)
{
	static const char *const hot[] = { "parent", "parent", "tags", "votes", "text", "evidence",
		"certainty" };
	size_t n = DEBRIEF_N(d, CAUSE);

	if (n > 0)
		edit_this(c, d, KIND_CAUSE, d->of[KIND_CAUSE].v[chance_below(c, n < 3 ? n : 3)],
		    schema_field(KIND_CAUSE, hot[chance_below(c, sizeof hot / sizeof *hot)]));
}

static void
remove_one(struct chance *c, struct debrief *d, enum kind kind)
{
	struct item *it = d->of[kind].v[chance_below(c, d->of[kind].n)];
	struct id id = it->id;

	if ((kind == KIND_CATEGORY || kind == KIND_COLUMN) && d->of[kind].n == 1)
		return;
	item_free(kind, debrief_take(d, kind, id));
	/* As the program does it: children go along, what stands in a removed place goes along. */
	for (int again = 1; again;) {
		again = 0;
		for (size_t i = 0; i < DEBRIEF_N(d, CAUSE) && !again; i++) {
			const struct cause *cause = DEBRIEF_AT(d, CAUSE, cause, i);
			again = debrief_find(d, KIND_CATEGORY, cause->category) == NULL ||
				(id_some(cause->parent) &&
				    debrief_find(d, KIND_CAUSE, cause->parent) == NULL);
			if (again)
				item_free(KIND_CAUSE, debrief_take(d, KIND_CAUSE, cause->item.id));
		}
		for (size_t i = 0; i < DEBRIEF_N(d, CARD) && !again; i++) {
			const struct card *card = DEBRIEF_AT(d, CARD, card, i);
			again = debrief_find(d, KIND_COLUMN, card->column) == NULL;
			if (again)
				item_free(KIND_CARD, debrief_take(d, KIND_CARD, card->item.id));
		}
	}
	debrief_heal(d, NULL);
}

static void
edit_once(struct chance *c, struct debrief *d)
{
	static const enum kind often[] = { KIND_EVENT, KIND_CAUSE, KIND_CAUSE, KIND_CARD,
		KIND_ACTION, KIND_DEBRIEF };
	enum kind kind =
	    chance_of(c, 50) ? often[chance_below(c, 6)] : (enum kind)chance_below(c, N_KINDS);
	struct item *it = &d->item;
	size_t what = chance_below(c, 100);

	if (kind != KIND_DEBRIEF && d->of[kind].n == 0)
		what = 99;
	else if (kind != KIND_DEBRIEF)
		it = d->of[kind].v[chance_below(c, d->of[kind].n)];
	if (what < 70)
		edit_field(c, d, kind, it);
	else if (what < 75)
		redact(c, kind, it);
	else if (what < 80)
		chance_extra(c, it);
	else if (kind == KIND_DEBRIEF)
		return;
	else if (what < 90)
		remove_one(c, d, kind);
	else
		chance_add(c, d, kind, 40);
}

static struct debrief *
edited(struct chance *c, const struct debrief *base)
{
	struct debrief *d = debrief_copy(base);

	for (size_t n = chance_below(c, 12); n > 0; n--)
		chance_of(c, 40) ? edit_hot(c, d) : edit_once(c, d);
	chance_settle(d);
	return d;
}

static void
trial_begin(struct trial *t, uint64_t seed, enum merge_mutant mutant)
{
	struct chance c = { seed };

	*t = (struct trial){ .seed = seed, .mutant = mutant };
	t->base = chance_debrief(&c, id_make(7), 1 + chance_below(&c, 5));
	t->base->stage_since_ns = TIME_NONE;
	t->x = edited(&c, t->base);
	t->y = edited(&c, t->base);
	t->m = merge_as(mutant, t->base, t->x, t->y, &t->report);
}

static void
trial_end(struct trial *t)
{
	debrief_free(t->base);
	debrief_free(t->x);
	debrief_free(t->y);
	debrief_free(t->m);
	merge_report_fini(&t->report);
}

/* ---- laws ---- */

static bool
merges_to(const struct trial *t, const struct debrief *base, const struct debrief *a,
    const struct debrief *b, const struct debrief *want)
{
	struct debrief *d = merge_as(t->mutant, base, a, b, NULL);
	bool is = debrief_equal(d, want);

	debrief_free(d);
	return is;
}

static bool
law_either_way_round(const struct trial *t)
{
	return merges_to(t, t->base, t->y, t->x, t->m);
}

static bool
law_one_side_alone(const struct trial *t)
{
	return merges_to(t, t->base, t->base, t->x, t->x) &&
	       merges_to(t, t->base, t->x, t->base, t->x) &&
	       merges_to(t, t->base, t->x, t->x, t->x) && merges_to(t, t->x, t->x, t->x, t->x);
}

static bool
law_again_is_nothing(const struct trial *t)
{
	return merges_to(t, t->x, t->m, t->x, t->m) && merges_to(t, t->y, t->m, t->y, t->m) &&
	       merges_to(t, t->m, t->m, t->m, t->m);
}

static void
counts_from(struct debrief *to, const struct debrief *from)
{
	for (int k = 1; k < N_KINDS; k++) {
		const struct schema *s = schema_of((enum kind)k);
		for (size_t i = 0; i < to->of[k].n; i++)
			for (size_t n = 0; n < s->n_fields; n++) {
				struct item *old =
				    debrief_find(from, (enum kind)k, to->of[k].v[i]->id);
				struct value v;
				if (s->fields[n].merge != MERGE_SUM || old == NULL)
					continue;
				v = field_get(old, &s->fields[n]);
				field_set(to->of[k].v[i], &s->fields[n], &v);
				value_fini(&v);
			}
	}
}

/* Also against the old base: all but counts, which cannot know what is in them already, and cut
 * links. */
static bool
law_again_from_the_old_base(const struct trial *t)
{
	const struct debrief *sides[] = { t->x, t->y };
	bool same = true;

	if (t->report.loops_cut > 0 || t->report.cleared > 0)
		return true;
	for (int i = 0; i < 2; i++) {
		struct debrief *d = merge_as(t->mutant, t->base, t->m, sides[i], NULL);
		counts_from(d, t->m);
		same = same && debrief_equal(d, t->m);
		debrief_free(d);
	}
	return same;
}

static bool
is_link(const struct field *f)
{
	return f->type == FIELD_REF || f->type == FIELD_REFS;
}

/* What one side changed and the other did not is there, field by field. */
static bool
side_is_kept(
    const struct trial *t, enum kind kind, const struct item *side, const struct item *other)
{
	const struct schema *s = schema_of(kind);
	const struct item *m =
	    kind == KIND_DEBRIEF ? &t->m->item : debrief_find(t->m, kind, side->id);
	const struct item *base =
	    kind == KIND_DEBRIEF ? &t->base->item : debrief_find(t->base, kind, side->id);

	if (m == NULL)
		return false;
	for (size_t i = 0; i < s->n_fields; i++) {
		const struct field *f = &s->fields[i];
		if (other != NULL && !field_equal(base, other, f))
			continue;
		if (strcmp(f->name, "number") == 0 || strcmp(f->name, "changed") == 0 ||
		    (is_link(f) && f->type == FIELD_REFS))
			continue;
		if (is_link(f) && (t->report.loops_cut > 0 || t->report.cleared > 0))
			continue;
		if (f->prose && m->redacted && !side->redacted)
			continue;
		if (!field_equal(side, m, f))
			return false;
	}
	return true;
}

static bool
sides_are_kept(const struct trial *t, const struct debrief *side, const struct debrief *other)
{
	for (int k = 1; k < N_KINDS; k++)
		for (size_t i = 0; i < side->of[k].n; i++) {
			const struct item *it = side->of[k].v[i];
			const struct item *base = debrief_find(t->base, (enum kind)k, it->id);
			const struct item *theirs = debrief_find(other, (enum kind)k, it->id);
			if (base != NULL && !item_edited((enum kind)k, base, it))
				continue;
			if (base == NULL && theirs != NULL)
				continue;
			if (!side_is_kept(t, (enum kind)k, it, theirs))
				return false;
		}
	return side_is_kept(t, KIND_DEBRIEF, &side->item, &other->item);
}

static bool
law_no_edit_is_lost(const struct trial *t)
{
	return sides_are_kept(t, t->x, t->y) && sides_are_kept(t, t->y, t->x);
}

static bool
is_needed(const struct debrief *d, enum kind kind, struct id id)
{
	for (size_t i = 0; i < DEBRIEF_N(d, CAUSE); i++)
		if (id_equal(DEBRIEF_AT(d, CAUSE, cause, i)->parent, id) ||
		    id_equal(DEBRIEF_AT(d, CAUSE, cause, i)->category, id))
			return true;
	for (size_t i = 0; kind == KIND_COLUMN && i < DEBRIEF_N(d, CARD); i++)
		if (id_equal(DEBRIEF_AT(d, CARD, card, i)->column, id))
			return true;
	return false;
}

/* Removed on one side and left alone on the other: gone, unless something that stays stands in it
 * (or stood, until that link was cut). */
static bool
law_removed_is_gone(const struct trial *t)
{
	if (t->report.loops_cut > 0)
		return true;
	for (int k = 1; k < N_KINDS; k++)
		for (size_t i = 0; i < t->m->of[k].n; i++) {
			struct id id = t->m->of[k].v[i]->id;
			const struct item *base = debrief_find(t->base, (enum kind)k, id);
			const struct item *x = debrief_find(t->x, (enum kind)k, id);
			const struct item *y = debrief_find(t->y, (enum kind)k, id);
			const struct item *left = x == NULL ? y : x;
			if (base == NULL || (x != NULL && y != NULL) ||
			    is_needed(t->m, (enum kind)k, id))
				continue;
			if (left == NULL || !item_edited((enum kind)k, base, left))
				return false;
		}
	return true;
}

static int64_t
num_of(const struct item *it, const struct field *f)
{
	struct value v = field_get(it, f);

	return v.num;
}

static bool
counts_add_up(const struct item *m, const struct item *base, const struct item *x,
    const struct item *y, const struct field *f)
{
	int64_t want = num_of(x, f) + num_of(y, f) - num_of(base, f);

	if (field_equal(x, y, f))
		want = num_of(x, f);
	return num_of(m, f) == (want < 0 ? 0 : want);
}

static bool
set_adds_up(const struct item *m, const struct item *base, const struct item *x,
    const struct item *y, const struct field *f)
{
	struct value v[4] = { field_get(m, f), field_get(base, f), field_get(x, f),
		field_get(y, f) };
	bool ok = true;

	for (int side = 2; side < 4; side++)
		for (size_t i = 0; i < v[side].list.n; i++) {
			const char *line = v[side].list.v[i];
			bool other = strs_has(&v[5 - side].list, line),
			     old = strs_has(&v[1].list, line);
			if (strs_has(&v[0].list, line) != (other || !old))
				ok = false;
		}
	for (int i = 0; i < 4; i++)
		value_fini(&v[i]);
	return ok;
}

static bool
item_adds_up(enum kind kind, const struct item *m, const struct item *base, const struct item *x,
    const struct item *y)
{
	const struct schema *s = schema_of(kind);

	for (size_t n = 0; n < s->n_fields; n++) {
		const struct field *f = &s->fields[n];
		if (f->merge == MERGE_SUM && !counts_add_up(m, base, x, y, f))
			return false;
		if ((f->type == FIELD_SET || f->type == FIELD_LIST) && !field_equal(x, y, f) &&
		    !field_equal(base, x, f) && !field_equal(base, y, f) &&
		    !set_adds_up(m, base, x, y, f))
			return false;
	}
	return true;
}

/* Counts are sums of what each side did; sets hold what either added and neither took out. */
static bool
law_counts_and_sets(const struct trial *t)
{
	if (!item_adds_up(KIND_DEBRIEF, &t->m->item, &t->base->item, &t->x->item, &t->y->item))
		return false;
	for (int k = 1; k < N_KINDS; k++)
		for (size_t i = 0; i < t->m->of[k].n; i++) {
			const struct item *m = t->m->of[k].v[i];
			const struct item *base = debrief_find(t->base, (enum kind)k, m->id);
			const struct item *x = debrief_find(t->x, (enum kind)k, m->id);
			const struct item *y = debrief_find(t->y, (enum kind)k, m->id);
			if (base && x && y && !item_adds_up((enum kind)k, m, base, x, y))
				return false;
		}
	return true;
}

static bool
prose_is_of(enum kind kind, const struct item *m, const struct item *side)
{
	const struct schema *s = schema_of(kind);

	for (size_t i = 0; i < s->n_fields; i++)
		if (s->fields[i].prose && !field_equal(m, side, &s->fields[i]))
			return false;
	return true;
}

static bool
law_redacted_stays(const struct trial *t)
{
	for (int k = 1; k < N_KINDS; k++)
		for (size_t i = 0; i < t->m->of[k].n; i++) {
			const struct item *m = t->m->of[k].v[i];
			const struct item *x = debrief_find(t->x, (enum kind)k, m->id);
			const struct item *y = debrief_find(t->y, (enum kind)k, m->id);
			bool by_x = x != NULL && x->redacted, by_y = y != NULL && y->redacted;
			if (m->redacted != (by_x || by_y))
				return false;
			if (by_x != by_y && !prose_is_of((enum kind)k, m, by_x ? x : y))
				return false;
		}
	return true;
}

/* No loop, no reference to nothing, no number twice: healing finds nothing to do. */
static bool
law_result_is_whole(const struct trial *t)
{
	struct debrief *d = debrief_copy(t->m);
	struct strs notes = { 0 };
	bool whole = !debrief_heal(d, &notes);

	strs_fini(&notes);
	debrief_free(d);
	return whole;
}

static bool
law_status_never_falls_back(const struct trial *t)
{
	const struct field *f = schema_field(KIND_ACTION, "status");

	for (size_t i = 0; i < DEBRIEF_N(t->m, ACTION); i++) {
		const struct item *m = t->m->of[KIND_ACTION].v[i];
		const struct item *x = debrief_find(t->x, KIND_ACTION, m->id),
				  *y = debrief_find(t->y, KIND_ACTION, m->id);
		const struct item *base = debrief_find(t->base, KIND_ACTION, m->id);
		if (!base || !x || !y || field_equal(base, x, f) || field_equal(base, y, f))
			continue;
		if (num_of(m, f) != (num_of(x, f) > num_of(y, f) ? num_of(x, f) : num_of(y, f)))
			return false;
	}
	return true;
}

static const struct law {
	const char *name;
	bool (*holds)(const struct trial *t);
} laws[] = {
	{ "either way round", law_either_way_round },
	{ "one side alone", law_one_side_alone },
	{ "merging again is nothing", law_again_is_nothing },
	{ "merging again from the old base", law_again_from_the_old_base },
	{ "no edit is lost", law_no_edit_is_lost },
	{ "removed is gone", law_removed_is_gone },
	{ "counts and sets", law_counts_and_sets },
	{ "redacted stays", law_redacted_stays },
	{ "the result is whole", law_result_is_whole },
	{ "status never falls back", law_status_never_falls_back },
};
enum { N_LAWS = sizeof laws / sizeof *laws };

static const char *
broken_law(const struct trial *t)
{
	for (int i = 0; i < N_LAWS; i++)
		if (!laws[i].holds(t))
			return laws[i].name;
	return NULL;
}

static void
test_laws(void **state)
{
	size_t cut = 0, renumbered = 0, superseded = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= TRIALS; seed++) {
		struct trial t;
		const char *broken;
		trial_begin(&t, seed, MERGE_SOUND);
		broken = broken_law(&t);
		if (broken != NULL)
			fail_msg("seed %d breaks the law: %s", (int)seed, broken);
		cut += t.report.loops_cut;
		renumbered += t.report.renumbered;
		superseded += t.report.n;
		trial_end(&t);
	}
	/* The cases are no empty ones. */
	assert_true(cut > 5);
	assert_true(renumbered > 50);
	assert_true(superseded > 50);
}

static void
test_mutants_die(void **state)
{
	(void)state;
	for (int mutant = MERGE_SOUND + 1; mutant < N_MERGE_MUTANTS; mutant++) {
		const char *broken = NULL;
		for (uint64_t seed = 1; seed <= TRIALS && broken == NULL; seed++) {
			struct trial t;
			trial_begin(&t, seed, (enum merge_mutant)mutant);
			broken = broken_law(&t);
			trial_end(&t);
		}
		if (broken == NULL)
			fail_msg("no law catches mutant %d", mutant);
	}
}

/* ---- single rules, by hand ---- */

struct three {
	struct debrief *base, *a, *b, *m;
	struct merge_report report;
};

static struct debrief *
small(void)
{
	struct debrief *d = debrief_new(id_make(1));
	struct category *cat = (struct category *)item_new(KIND_CATEGORY, id_make(10));

	d->title = mem_dup("t");
	cat->name = mem_dup("Technical");
	cat->item.order = mem_dup("h0aa11");
	debrief_put(d, KIND_CATEGORY, &cat->item);
	return d;
}

static struct cause *
add_cause(struct debrief *d, unsigned id, const char *text)
{
	struct cause *c = (struct cause *)item_new(KIND_CAUSE, id_make(id));

	c->category = id_make(10);
	c->text = mem_dup(text);
	c->item.order = mem_fmt("h0%02u11", id % 100);
	c->item.number = (int64_t)DEBRIEF_N(d, CAUSE) + 1;
	debrief_put(d, KIND_CAUSE, &c->item);
	return c;
}

static struct cause *
cause_at(const struct debrief *d, unsigned id)
{
	return (struct cause *)debrief_find(d, KIND_CAUSE, id_make(id));
}

static void
three_begin(struct three *t)
{
	*t = (struct three){ .base = small() };
	add_cause(t->base, 21, "one");
	add_cause(t->base, 22, "two");
	t->a = debrief_copy(t->base);
	t->b = debrief_copy(t->base);
}

static void
three_merge(struct three *t)
{
	struct err e = { 0 };

	t->m = debrief_merge(t->base, t->a, t->b, &t->report, &e);
	assert_non_null(t->m);
}

static void
three_end(struct three *t)
{
	debrief_free(t->base);
	debrief_free(t->a);
	debrief_free(t->b);
	debrief_free(t->m);
	merge_report_fini(&t->report);
}

static void
set_text(struct item *it, enum kind kind, const char *field, const char *text, int64_t changed_s)
{
	struct value v = { .text = mem_dup(text) };

	field_set(it, schema_field(kind, field), &v);
	it->changed_ns = changed_s * NS_PER_S;
	value_fini(&v);
}

static void
test_later_wins_and_says_so(void **state)
{
	struct three t;
	struct buf words = { 0 };

	(void)state;
	three_begin(&t);
	set_text(&cause_at(t.a, 21)->item, KIND_CAUSE, "text", "earlier", 100);
	set_text(&cause_at(t.b, 21)->item, KIND_CAUSE, "text", "la\nter", 200);
	set_text(&cause_at(t.b, 22)->item, KIND_CAUSE, "text", "alone", 50);
	three_merge(&t);
	assert_string_equal(cause_at(t.m, 21)->text, "la\nter");
	assert_string_equal(cause_at(t.m, 22)->text, "alone");
	merge_report_words(&t.report, t.m, &words);
	assert_string_equal(words.data, "C1 text: kept \"la ter\", superseded \"earlier\"\n");
	buf_fini(&words);
	three_end(&t);
}

static void
test_redaction_is_not_reported(void **state)
{
	struct three t;

	(void)state;
	three_begin(&t);
	set_text(&cause_at(t.a, 21)->item, KIND_CAUSE, "text", "[redacted]", 100);
	cause_at(t.a, 21)->item.redacted = true;
	set_text(&cause_at(t.b, 21)->item, KIND_CAUSE, "text", "a secret, later", 200);
	three_merge(&t);
	assert_true(cause_at(t.m, 21)->item.redacted);
	assert_string_equal(cause_at(t.m, 21)->text, "[redacted]");
	assert_int_equal(t.report.n, 0);
	three_end(&t);
}

static void
test_child_brings_its_place_back(void **state)
{
	struct three t;

	(void)state;
	three_begin(&t);
	item_free(KIND_CAUSE, debrief_take(t.a, KIND_CAUSE, id_make(21)));
	add_cause(t.b, 23, "a why")->parent = id_make(21);
	three_merge(&t);
	assert_non_null(cause_at(t.m, 21));
	assert_true(id_equal(cause_at(t.m, 23)->parent, id_make(21)));
	three_end(&t);
}

static void
test_loop_of_both_is_cut(void **state)
{
	struct three t;

	(void)state;
	three_begin(&t);
	cause_at(t.a, 21)->parent = id_make(22);
	cause_at(t.b, 22)->parent = id_make(21);
	three_merge(&t);
	assert_false(id_some(cause_at(t.m, 21)->parent));
	assert_false(id_some(cause_at(t.m, 22)->parent));
	assert_int_equal(t.report.loops_cut, 2);
	three_end(&t);
}

static void
test_number_of_both_is_given_once(void **state)
{
	struct three t;

	(void)state;
	three_begin(&t);
	add_cause(t.a, 31, "mine");
	add_cause(t.b, 30, "yours");
	three_merge(&t);
	assert_int_equal(cause_at(t.m, 30)->item.number, 3);
	assert_int_equal(cause_at(t.m, 31)->item.number, 4);
	assert_int_equal(t.m->last_number[KIND_CAUSE], 4);
	assert_int_equal(t.report.renumbered, 1);
	three_end(&t);
}

static void
test_votes_add_up_and_stop_at_nothing(void **state)
{
	struct three t;

	(void)state;
	three_begin(&t);
	cause_at(t.base, 21)->votes = 5;
	cause_at(t.a, 21)->votes = 1;
	cause_at(t.b, 21)->votes = 2;
	cause_at(t.a, 22)->votes = 3;
	cause_at(t.b, 22)->votes = 4;
	three_merge(&t);
	assert_int_equal(cause_at(t.m, 21)->votes, 0);
	assert_int_equal(cause_at(t.m, 22)->votes, 7);
	three_end(&t);
}

static void
list_of(struct debrief *d, const char *lines)
{
	struct value v = { 0 };

	for (; *lines != '\0'; lines++)
		strs_addn(&v.list, lines, 1);
	field_set(&d->item, schema_field(KIND_DEBRIEF, "overrides"), &v);
	value_fini(&v);
}

static void
expect_list(const char *base, const char *a, const char *b, const char *want)
{
	struct three t;
	struct buf got = { 0 };

	three_begin(&t);
	list_of(t.base, base);
	list_of(t.a, a);
	list_of(t.b, b);
	t.a->item.changed_ns = 2 * NS_PER_S;
	t.b->item.changed_ns = NS_PER_S;
	three_merge(&t);
	for (size_t i = 0; i < t.m->overrides.n; i++)
		buf_adds(&got, t.m->overrides.v[i]);
	assert_string_equal(got.data == NULL ? "" : got.data, want);
	buf_fini(&got);
	three_end(&t);
}

static void
test_ordered_lists(void **state)
{
	(void)state;
	expect_list("12", "1n2", "12m", "1n2m");
	expect_list("12", "12m", "1n2", "12mn");
	expect_list("123", "13", "123x", "13x");
	expect_list("123", "321", "123", "321");
	expect_list("123", "1", "23x", "x");
	expect_list("", "ab", "ba", "ab");
}

static void
test_different_debriefs_are_refused(void **state)
{
	struct debrief *a = debrief_new(id_make(1)), *b = debrief_new(id_make(2));
	struct err e = { 0 };

	(void)state;
	assert_null(debrief_merge(NULL, a, b, NULL, &e));
	assert_int_equal(e.kind, ERR_REFUSED);
	assert_non_null(strstr(e.text, "different debriefs"));
	debrief_free(a);
	debrief_free(b);
}

static void
test_one_id_for_two_things_is_refused(void **state)
{
	struct debrief *a = small(), *b = small();
	struct err e = { 0 };

	(void)state;
	add_cause(a, 40, "x");
	debrief_put(b, KIND_ACTION, item_new(KIND_ACTION, id_make(40)));
	assert_null(debrief_merge(NULL, a, b, NULL, &e));
	assert_non_null(strstr(e.text, "is the id of a"));
	debrief_free(a);
	debrief_free(b);
}

static void
test_without_base_counts_are_not_doubled(void **state)
{
	struct debrief *a = small(), *b = small(), *m;

	(void)state;
	add_cause(a, 40, "x")->votes = 3;
	add_cause(b, 40, "x")->votes = 4;
	m = debrief_merge(NULL, a, b, NULL, NULL);
	assert_int_equal(cause_at(m, 40)->votes, 4);
	debrief_free(a);
	debrief_free(b);
	debrief_free(m);
}

/* ---- healing ---- */

static void
test_heal_mends_and_tells(void **state)
{
	struct debrief *d = small();
	struct cause *a = add_cause(d, 21, "a"), *b = add_cause(d, 22, "b"),
		     *c = add_cause(d, 23, "c");
	struct strs notes = { 0 };

	(void)state;
	a->parent = id_make(22);
	b->parent = id_make(21);
	c->parent = id_make(99);
	c->item.number = 2;
	free(c->item.order);
	c->item.order = NULL;
	strs_add(&c->evidence, "000000000000");
	assert_true(debrief_heal(d, &notes));
	assert_false(id_some(a->parent));
	assert_true(id_equal(b->parent, id_make(21)));
	assert_false(id_some(c->parent));
	assert_int_equal(c->evidence.n, 0);
	assert_int_equal(c->item.number, 4);
	assert_true(order_ok(c->item.order));
	assert_true(strcmp(c->item.order, b->item.order) > 0);
	assert_int_equal(notes.n, 5);
	assert_false(debrief_heal(d, &notes));
	strs_fini(&notes);
	debrief_free(d);
}

static void
test_heal_leaves_what_is_whole(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed < 200; seed++) {
		struct chance c = { seed };
		struct debrief *d = chance_debrief(&c, id_make(3), 6), *copy = debrief_copy(d);
		assert_false(debrief_heal(d, NULL));
		assert_true(debrief_equal(d, copy));
		debrief_free(d);
		debrief_free(copy);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_laws),
		cmocka_unit_test(test_mutants_die),
		cmocka_unit_test(test_later_wins_and_says_so),
		cmocka_unit_test(test_redaction_is_not_reported),
		cmocka_unit_test(test_child_brings_its_place_back),
		cmocka_unit_test(test_loop_of_both_is_cut),
		cmocka_unit_test(test_number_of_both_is_given_once),
		cmocka_unit_test(test_votes_add_up_and_stop_at_nothing),
		cmocka_unit_test(test_ordered_lists),
		cmocka_unit_test(test_different_debriefs_are_refused),
		cmocka_unit_test(test_one_id_for_two_things_is_refused),
		cmocka_unit_test(test_without_base_counts_are_not_doubled),
		cmocka_unit_test(test_heal_mends_and_tells),
		cmocka_unit_test(test_heal_leaves_what_is_whole),
	};
	return cmocka_run_group_tests_name("merge", tests, NULL, NULL);
}
