/* The table of fields: whole in itself, and everything generic that is written from it. */
#include "tests/model/room.h"

#define EACH_FIELD(k, f)                                                                           \
	for (int k = 0; k < N_KINDS; k++)                                                          \
		for (const struct field *f = schemas[k].fields;                                    \
		     f < schemas[k].fields + schemas[k].n_fields; f++)

static size_t
size_of(const struct field *f)
{
	switch (f->type) {
	case FIELD_ID:
	case FIELD_REF:
		return sizeof(struct id);
	case FIELD_LINE:
	case FIELD_TEXT:
		return sizeof(char *);
	case FIELD_BOOL:
		return sizeof(bool);
	case FIELD_ENUM:
		return sizeof(int);
	case FIELD_TIME:
	case FIELD_DATE:
	case FIELD_INT:
		return sizeof(int64_t);
	default:
		return sizeof(struct strs);
	}
}

static bool
in_use(const char *command)
{
	static const char *const commands[] = { "new", "stage", "override", "close", "reopen",
		"confirm", "redact", "agree", "doubt", "person", "give", "timer", "abort", "focus",
		"hand", "ready", "mute", "seat", "lock", "votes", "vote", "ask", "answer", "prompt",
		"projector", "curtain", "experiment", "arrive", "pass", "tick" };

	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (strncmp(commands[i], command, strcspn(command, " ")) == 0)
			return true;
	return false;
}

static void
the_table_is_whole(void **state)
{
	(void)state;
	EACH_FIELD(k, f)
	{
		const struct schema *s = &schemas[k];
		int names = 0;

		assert_true(f->name != NULL && f->help != NULL && strlen(f->help) > 2);
		assert_int_equal(strspn(f->name, "abcdefghijklmnopqrstuvwxyz_"), strlen(f->name));
		assert_true(f->offset + size_of(f) <= s->size);
		assert_ptr_equal(schema_field((enum kind)k, f->name), f);
		assert_int_equal(f->type == FIELD_ID, f == s->fields);
		for (const struct field *g = f + 1; g < s->fields + s->n_fields; g++)
			assert_true(g->offset >= f->offset + size_of(f) ||
			    g->offset + size_of(g) <= f->offset);
		while (f->names != NULL && f->names[names + 1] != NULL)
			names++;
		assert_int_equal(f->names != NULL, f->type == FIELD_ENUM);
		assert_true(f->type != FIELD_ENUM ||
		    (f->names[0] == NULL && f->dflt >= 0 && f->dflt <= names));
		assert_true(f->type != FIELD_INT || f->min < f->max);
		assert_true(
		    (f->type == FIELD_TIME || f->type == FIELD_DATE) == (f->dflt == TIME_NONE));
		assert_int_equal(f->writer == WRITE_COMMAND, f->command != NULL);
		assert_true(f->command == NULL || in_use(f->command));
		assert_true(!f->prose || f->type == FIELD_LINE || f->type == FIELD_TEXT);
		assert_true(!f->required || f->writer == WRITE_ANYONE ||
		    f->writer == WRITE_AUTHOR || k == KIND_STAGE);
		assert_true(f->merge != MERGE_SUM || f->type == FIELD_INT);
	}
}

static void
kinds_are_known_by_their_words(void **state)
{
	(void)state;
	for (int k = 0; k < N_KINDS; k++) {
		const struct schema *s = schema_of((enum kind)k);
		assert_int_equal(s->kind, k);
		assert_ptr_equal(schema_by_word(s->word), s);
		assert_int_equal(s->list == NULL, k == KIND_DEBRIEF);
		if (s->list != NULL)
			assert_ptr_equal(schema_by_list(s->list), s);
		assert_true((s->letter != 0) == (schema_field((enum kind)k, "number") != NULL));
		assert_true(schema_field((enum kind)k, "changed") == NULL ||
		    schema_field((enum kind)k, "changed") == s->fields + s->n_fields - 1);
		assert_true(s->most >= 1 && s->most <= 100000);
	}
	assert_null(schema_by_word("sandwich"));
	assert_null(schema_by_list("sandwiches"));
	assert_null(schema_field(KIND_EVENT, "sandwich"));
	assert_int_equal(schema_of(KIND_EVENT)->most, 100000);
	assert_int_equal(schema_of(KIND_CAUSE)->letter, 'C');
}

static void
a_new_item_has_every_default(void **state)
{
	(void)state;
	for (int k = 1; k < N_KINDS; k++) {
		struct item *it = item_new((enum kind)k, id_make(9));
		const struct schema *s = schema_of((enum kind)k);
		assert_true(id_equal(it->id, id_make(9)));
		for (size_t i = 1; i < s->n_fields; i++) {
			struct value v = field_get(it, &s->fields[i]);
			assert_true(field_is_default(it, &s->fields[i]));
			assert_true(value_is_default(&s->fields[i], &v));
			value_fini(&v);
		}
		assert_true(it->changed_ns == TIME_NONE);
		item_free((enum kind)k, it);
	}
}

/* Any value of any field: set, read, copied, compared, said in words and read from them. */
static void
values_go_round(void **state)
{
	struct room r;

	(void)state;
	room_init(&r, 3);
	for (int i = 0; i < 200; i++)
		room_random(&r);
	for (int turn = 0; turn < 30; turn++)
		EACH_FIELD(k, f)
		{
			struct item *it = item_new((enum kind)k, id_make(1)),
				    *other = item_new((enum kind)k, id_make(1));
			struct value v = { 0 }, back, copy;
			struct buf words = { 0 };
			struct err e = { 0 };

			if (f->type == FIELD_ID) {
				item_free((enum kind)k, it);
				item_free((enum kind)k, other);
				continue;
			}
			v = dice_value(&r.dice, r.d, f);
			if (!value_ok(f, &v, &e))
				fail_msg("%s: %s", f->name, e.text);
			field_set(it, f, &v);
			field_set_from(other, it, f);
			assert_true(field_equal(it, other, f));
			back = field_get(it, f);
			assert_true(value_equal(f, &v, &back));
			assert_int_equal(field_is_default(it, f), value_is_default(f, &v));
			copy = value_copy(&back);
			assert_int_equal(value_cmp(f, &copy, &v), 0);
			value_words(f, &v, &words);
			value_fini(&back);
			if (f->type != FIELD_SET &&
			    f->type != FIELD_LIST) { /* those may hold commas here */
				if (!value_parse(f, words.data, &back, &e))
					fail_msg("%s=%s: %s", f->name, words.data, e.text);
				assert_true(value_equal(f, &v, &back));
				value_fini(&back);
			}
			value_fini(&copy);
			value_fini(&v);
			buf_fini(&words);
			item_free((enum kind)k, it);
			item_free((enum kind)k, other);
		}
	room_fini(&r);
}

static int
sign(int n)
{
	return (n > 0) - (n < 0);
}

static void
the_order_of_values_is_total(void **state)
{
	struct room r;

	(void)state;
	room_init(&r, 4);
	for (int i = 0; i < 100; i++)
		room_random(&r);
	EACH_FIELD(k, f)
	{
		struct value v[8];
		for (int i = 0; i < 8; i++)
			v[i] = i ? dice_value(&r.dice, r.d, f) : value_default(f);
		for (int i = 0; i < 8; i++)
			for (int j = 0; j < 8; j++) {
				assert_int_equal(sign(value_cmp(f, &v[i], &v[j])),
				    -sign(value_cmp(f, &v[j], &v[i])));
				for (int l = 0; l < 8; l++)
					if (value_cmp(f, &v[i], &v[j]) <= 0 &&
					    value_cmp(f, &v[j], &v[l]) <= 0)
						assert_true(value_cmp(f, &v[i], &v[l]) <= 0);
			}
		for (int i = 0; i < 8; i++)
			value_fini(&v[i]);
	}
	room_fini(&r);
}

static void
words_become_values(void **state)
{
	static const struct {
		enum kind kind;
		const char *field, *text, *said; /* NULL: as it was given */
	} good[] = { { KIND_EVENT, "kind", "alert", NULL },
		{ KIND_EVENT, "kind", "", "observation" },
		{ KIND_EVENT, "at", "2026-07-14T14:09:05+02:00", "2026-07-14T12:09:05Z" },
		{ KIND_ACTION, "due", "2026-12-01", NULL }, { KIND_ACTION, "due", "", "" },
		{ KIND_ACTION, "urgent", "yes", NULL }, { KIND_ACTION, "urgent", "", "no" },
		{ KIND_STAGE, "minutes", "90", NULL },
		{ KIND_DEBRIEF, "services", "web,cache, db", "web, cache, db" },
		{ KIND_DEBRIEF, "template", "", "incident" },
		{ KIND_EVENT, "text", "two\nlines", NULL }, { KIND_EVENT, "phase", "", "" } };
	static const struct {
		enum kind kind;
		const char *field, *text, *part;
	} bad[] = { { KIND_EVENT, "kind", "sandwich", "observation, decision" },
		{ KIND_EVENT, "at", "noon", "time" }, { KIND_ACTION, "due", "2026-02-30", "date" },
		{ KIND_ACTION, "due", "soon", "2017-01-31" },
		{ KIND_ACTION, "urgent", "true", "yes or no" },
		{ KIND_STAGE, "minutes", "ninety", "whole number" },
		{ KIND_STAGE, "minutes", "-1", "from 0" },
		{ KIND_STAGE, "minutes", "9999999999999999", "whole number" },
		{ KIND_RATING, "value", "6", "from 1 to 5" },
		{ KIND_CAUSE, "category", "Technical", "no id" },
		{ KIND_CAUSE, "evidence", "7k3f9q2mx0ab,E1", "no id" },
		{ KIND_DEBRIEF, "title", "a\nb", "title" },
		{ KIND_DEBRIEF, "title", "\xff", "UTF-8" } };

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		const struct field *f = schema_field(good[i].kind, good[i].field);
		struct buf said = { 0 };
		struct value v;
		struct err e;
		if (!value_parse(f, good[i].text, &v, &e))
			fail_msg("%s", e.text);
		value_words(f, &v, &said);
		assert_string_equal(said.data, good[i].said ? good[i].said : good[i].text);
		value_fini(&v);
		buf_fini(&said);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct value v;
		struct err e = { 0 };
		assert_false(
		    value_parse(schema_field(bad[i].kind, bad[i].field), bad[i].text, &v, &e));
		assert_int_equal(e.kind, ERR_REFUSED);
		if (strstr(e.text, bad[i].part) == NULL || strstr(e.text, bad[i].field) == NULL)
			fail_msg("%s", e.text);
	}
}

static void
texts_have_limits(void **state)
{
	char *text = mem_alloc(20000);
	struct value v = { .text = text };
	struct err e;

	(void)state;
	memset(text, 'x', 20000);
	text[500] = '\0';
	assert_true(value_ok(schema_field(KIND_DEBRIEF, "title"), &v, &e));
	text[500] = 'x';
	text[501] = '\0';
	assert_false(value_ok(schema_field(KIND_DEBRIEF, "title"), &v, &e));
	text[501] = 'x';
	text[16384] = '\0';
	assert_true(value_ok(schema_field(KIND_EVENT, "text"), &v, &e));
	text[16384] = 'x';
	text[16385] = '\0';
	assert_false(value_ok(schema_field(KIND_EVENT, "text"), &v, &e));
	assert_non_null(strstr(e.text, "text"));
	free(text);
}

static void
sets_are_sorted_and_lists_are_not(void **state)
{
	struct debrief *d = debrief_new(id_make(1));
	struct value v = { 0 };

	(void)state;
	for (int i = 0; i < 3; i++)
		strs_add(&v.list, i == 1 ? "a" : "b");
	field_set(&d->item, schema_field(KIND_DEBRIEF, "tags"), &v);
	assert_int_equal(d->tags.n, 2);
	assert_string_equal(d->tags.v[0], "a");
	field_set(&d->item, schema_field(KIND_DEBRIEF, "overrides"), &v);
	assert_int_equal(d->overrides.n, 3);
	assert_string_equal(d->overrides.v[0], "b");
	value_fini(&v);
	v.text = mem_dup("");
	field_set(&d->item, schema_field(KIND_DEBRIEF, "title"), &v);
	assert_null(d->title); /* absent, never "" */
	value_fini(&v);
	debrief_free(d);
}

static void
short_names_are_said_aloud(void **state)
{
	struct room r;
	struct item *a, *b;
	char name[24];
	struct id id;

	(void)state;
	room_init(&r, 1);
	MUST_ADD(&r, KIND_EVENT, "at", "2026-07-14T14:00:00Z", "text", "x");
	item_short_name(r.d, KIND_EVENT, r.d->of[KIND_EVENT].v[0], name);
	assert_string_equal(name, "E1");
	assert_true(id_parse("7k3f9q2mx0ab", &id));
	debrief_put(r.d, KIND_QUESTION, a = item_new(KIND_QUESTION, id));
	item_short_name(r.d, KIND_QUESTION, a, name);
	assert_string_equal(name, "7k3f");
	assert_true(id_parse("7k3f9q2mx0ac", &id));
	debrief_put(r.d, KIND_EVENT, b = item_new(KIND_EVENT, id));
	item_short_name(r.d, KIND_QUESTION, a, name);
	assert_string_equal(name, "7k3f9q2mx0ab");
	assert_true(id_parse("7k3g00000000", &id));
	debrief_put(r.d, KIND_EVENT, b = item_new(KIND_EVENT, id));
	item_short_name(r.d, KIND_EVENT, b, name);
	assert_string_equal(name, "7k3g");
	room_fini(&r);
}

static void
copies_are_equal_and_apart(void **state)
{
	struct room r;
	struct debrief *copy;

	(void)state;
	room_init(&r, 8);
	for (int i = 0; i < 200; i++)
		room_random(&r);
	copy = debrief_copy(r.d);
	assert_true(debrief_equal(copy, r.d));
	for (int k = 0; k < N_KINDS; k++)
		assert_int_equal(copy->last_number[k], r.d->last_number[k]);
	EACH_FIELD(k, f)
	{
		struct item *it = k == KIND_DEBRIEF ? &copy->item
		    : copy->of[k].n                 ? copy->of[k].v[0]
						    : NULL;
		struct value old, v;
		if (it == NULL || f->type == FIELD_ID)
			continue;
		old = field_get(it, f);
		v = dice_value(&r.dice, r.d, f);
		field_set(it, f, &v);
		assert_int_equal(debrief_equal(copy, r.d), value_equal(f, &old, &v));
		field_set(it, f, &old);
		assert_true(debrief_equal(copy, r.d));
		value_fini(&old);
		value_fini(&v);
	}
	extras_set(&copy->item.extra, "mood", "1");
	assert_false(debrief_equal(copy, r.d));
	extras_set(&copy->item.extra, "mood", NULL);
	assert_true(debrief_equal(copy, r.d));
	debrief_free(copy);
	room_fini(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table_is_whole),
		cmocka_unit_test(kinds_are_known_by_their_words),
		cmocka_unit_test(a_new_item_has_every_default),
		cmocka_unit_test(values_go_round),
		cmocka_unit_test(the_order_of_values_is_total),
		cmocka_unit_test(words_become_values),
		cmocka_unit_test(texts_have_limits),
		cmocka_unit_test(sets_are_sorted_and_lists_are_not),
		cmocka_unit_test(short_names_are_said_aloud),
		cmocka_unit_test(copies_are_equal_and_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
