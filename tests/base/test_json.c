#include <float.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/text.h"
#include "tests/base/random.h"

static cJSON *
parse(const char *text, struct err *e)
{
	return json_parse(text, strlen(text), &json_file_limits, e);
}

static void
refused(const char *text, const char *says)
{
	struct err e = { 0 };
	cJSON *tree = parse(text, &e);

	if (tree != NULL || strstr(e.text, says) == NULL)
		fail_msg("%s: wanted \"%s\", got \"%s\"", text, says, tree ? "a tree" : e.text);
	assert_int_equal(e.kind, ERR_REFUSED);
}

static void
print(struct buf *b, const cJSON *tree, bool compact)
{
	struct json_out o;

	buf_clear(b);
	json_out_init(&o, b, compact);
	json_put_any(&o, tree);
}

/* The value as it is printed again. */
static void
becomes(const char *text, const char *canonical)
{
	struct err e = { 0 };
	cJSON *tree = parse(text, &e);
	struct buf b = { 0 };

	if (tree == NULL)
		fail_msg("%s: %s", text, e.text);
	print(&b, tree, true);
	assert_string_equal(b.data, canonical);
	cJSON_Delete(tree);
	buf_fini(&b);
}

static void
what_is_json(void **state)
{
	(void)state;
	becomes("null", "null");
	becomes(" \t\r\n true \n", "true");
	becomes("[]", "[]");
	becomes("{ }", "{}");
	becomes("[1, -2,0 ,-0, 1e2]", "[1,-2,0,0,100]");
	becomes("[1.5,0.1,1e-7,1.25E+2,-0.0]", "[1.5,0.1,1e-07,125,0]");
	becomes("9007199254740992", "9007199254740992");
	becomes("-9007199254740992", "-9007199254740992");
	becomes("1.0000000000000002e16", "1.0000000000000002e+16");
	becomes("1e300", "1e+300");
	becomes("\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\"",
	    "\"a\\\"\\\\/\\u0008\\u000c\\n\\u000d\\t\xc3\xa9\xf0\x9f\x98\x80\"");
	becomes("{\"b\":1,\"a\":{\"b\":[{},[]]}}", "{\"b\":1,\"a\":{\"b\":[{},[]]}}");
	becomes("\"\x7f\xc2\x80\"", "\"\\u007f\xc2\x80\"");
	becomes("{\"a\":1,\"A\":2}", "{\"a\":1,\"A\":2}");
	becomes("{\"\":0}", "{\"\":0}");
}

static void
what_is_not(void **state)
{
	(void)state;
	refused("", "line 1, column 1: it is empty");
	refused("  ", "ends in the middle");
	refused("\xef\xbb\xbf{}", "line 1, column 1: a byte order mark");
	refused("{} {}", "line 1, column 4: something after the end");
	refused("{}\n\n  x", "line 3, column 3: something after the end");
	refused(
	    "{\"a\":1,\n \"b\":2,\n \"a\":3}", "line 3, column 2: the member \"a\" is there twice");
	refused("{\"a\":1,\"\\u0061\":3}", "line 1, column 8: the member \"a\" is there twice");
	refused("{\"\\ud83d\\ude00\":1,\"\xf0\x9f\x98\x80\":3}", "twice");
	refused("[\"\\u0000\"]", "line 1, column 3: \\u0000");
	refused("[\"\xc3\xa9\xc3\xa9\", \"a\\x\"]", "line 1, column 10: an escape");
	refused("\"\\ud800\"", "half of a surrogate pair");
	refused("\"\\udc00\"", "half of a surrogate pair");
	refused("\"\\ud800\\u0041\"", "half of a surrogate pair");
	refused("\"\\ud800\\ud800\"", "half of a surrogate pair");
	refused("\"\\u12g4\"", "four hexadecimal digits");
	refused("\"\\u12", "four hexadecimal digits");
	refused("\"abc", "line 1, column 1: a text that does not end");
	refused("\"a\nb\"", "column 3: a control character");
	refused("\"a\tb\"", "a control character");
	refused("\"caf\xe9\"", "column 5: bytes that are not UTF-8");
	refused("\"12345678\xc0\xaf\"", "not UTF-8");
	refused("\"\xed\xa0\x80\"", "not UTF-8");
	refused("01", "not a number");
	refused("-", "not a number");
	refused("1.", "not a number");
	refused(".5", "not a value");
	refused("1e", "not a number");
	refused("1e+", "not a number");
	refused("+1", "not a value");
	refused("0x10", "after the end");
	refused("NaN", "not a value");
	refused("Infinity", "not a value");
	refused("-Infinity", "not a number");
	refused("nul", "not a value");
	refused("True", "not a value");
	refused("9007199254740993", "beyond 2^53");
	refused("[1,-9007199254740993]", "column 4: a whole number beyond 2^53");
	refused("123456789012345678901234567890", "beyond 2^53");
	refused("1e999", "too large");
	refused("0.0000000000000000000000000000000000000000000000000000000000000000001",
	    "too many digits");
	refused("{a:1}", "a member's name");
	refused("{'a':1}", "a member's name");
	refused("{\"a\" 1}", "a colon");
	refused("{\"a\":}", "not a value");
	refused("{\"a\":1,}", "a member's name");
	refused("[1,]", "not a value");
	refused("[,1]", "not a value");
	refused("[1 2]", "a comma or ]");
	refused("{\"a\":1]", "a comma or }");
	refused("[1}", "a comma or ]");
	refused("[1", "ends in the middle");
	refused("{\"a\"", "a colon");
	refused("{\"a\":", "ends in the middle");
	refused("{", "ends in the middle");
	refused("]", "not a value");
	refused("/* x */ 1", "not a value");
	refused("[1]\v", "after the end");
	refused("<<<<<<< ours\n{}", "line 1, column 1: not a value");
}

static void
nul_bytes_are_no_end(void **state)
{
	static const char *const texts[] = { "1\0", "[1]\0\0", "{\"a\0\":1}", "\"\0\"",
		"\"\\\0\"" };
	static const size_t lens[] = { 2, 5, 8, 3, 4 };
	struct err e;

	(void)state;
	for (size_t i = 0; i < 5; i++)
		assert_null(json_parse(texts[i], lens[i], &json_file_limits, &e));
}

static void
limits(void **state)
{
	struct json_limits few = { .bytes = 1000, .nodes = 5, .depth = 3 };
	struct err e = { 0 };
	struct buf b = { 0 };
	cJSON *tree;

	(void)state;
	tree = json_parse("[[[1]]]", 7, &few, &e);
	assert_non_null(tree);
	cJSON_Delete(tree);
	assert_null(json_parse("[[[[]]]]", 8, &few, &e));
	assert_non_null(strstr(e.text, "column 4: nested too deep"));
	tree = json_parse("[1,2,3,4]", 9, &few, &e);
	assert_non_null(tree);
	cJSON_Delete(tree);
	assert_null(json_parse("[1,2,3,4,5]", 11, &few, &e));
	assert_non_null(strstr(e.text, "column 10: too many values"));
	while (b.len < 1001)
		buf_addc(&b, ' ');
	assert_null(json_parse(b.data, b.len, &few, &e));
	assert_non_null(strstr(e.text, "1001 bytes"));
	buf_clear(&b);
	while (b.len < 200000)
		buf_addc(&b, '[');
	assert_null(json_parse(b.data, b.len, &json_file_limits, &e));
	buf_fini(&b);
}

/* One object with `n` members; the last is called like number `twin` (none when out of range). */
static void
many_members(struct buf *b, int n, int twin, bool escaped)
{
	buf_clear(b);
	buf_addc(b, '{');
	for (int i = 0; i < n; i++)
		buf_addf(b, "%s\"%s%d\":{\"k1\":0}", i ? "," : "",
		    escaped && i % 2 ? "\\u006b" : "k", i == n - 1 && twin >= 0 ? twin : i);
	buf_addc(b, '}');
}

static void
doubles_among_many_members(void **state)
{
	struct buf b = { 0 };

	(void)state;
	for (int n = 2; n < 60; n++)
		for (int twin = -1; twin < n - 1; twin++) {
			struct err e = { 0 };
			char want[80];
			cJSON *tree;
			many_members(&b, n, twin, n % 2);
			tree = json_parse(b.data, b.len, &json_file_limits, &e);
			assert_int_equal(tree == NULL, twin >= 0);
			cJSON_Delete(tree);
			if (twin < 0)
				continue;
			/* The second of them is named. */
			snprintf(want, sizeof want,
			    "line 1, column %zu: the member \"k%d\" is there twice",
			    (size_t)(strrchr(b.data, ',') - b.data) + 2, twin);
			assert_string_equal(e.text, want);
		}
	buf_fini(&b);
}

static void
very_many_members_are_quick(void **state)
{
	struct buf b = { 0 };
	struct err e = { 0 };
	cJSON *tree;

	(void)state;
	many_members(&b, 100000, -1, false);
	tree = json_parse(b.data, b.len, &json_file_limits, &e);
	assert_non_null(tree);
	cJSON_Delete(tree);
	many_members(&b, 100000, 5, true);
	assert_null(json_parse(b.data, b.len, &json_file_limits, &e));
	buf_fini(&b);
}

static double
random_number(uint64_t *seed)
{
	switch (random_below(seed, 4)) {
	case 0:
		return random_below(seed, 2000) - 1000;
	case 1:
		return (double)(int64_t)(random_next(seed) % 18014398509481984u) -
		       9007199254740992.0;
	case 2:
		return (random_below(seed, 20000) - 10000) / 64.0;
	default: {
		uint64_t bits = random_next(seed);
		double v;
		memcpy(&v, &bits, sizeof v);
		return v == v && v <= DBL_MAX && v >= -DBL_MAX ? v : 0.1;
	}
	}
}

static cJSON *
random_string(uint64_t *seed)
{
	struct buf raw = { 0 };
	cJSON *s;

	random_text(seed, &raw, 6);
	s = cJSON_CreateString(raw.data);
	buf_fini(&raw);
	return s;
}

static cJSON *
random_tree(uint64_t *seed, int depth)
{
	int kind = random_below(seed, depth > 0 ? 7 : 4);
	cJSON *v;

	if (kind == 0)
		return cJSON_CreateNumber(random_number(seed));
	if (kind == 1 || kind == 2)
		return random_string(seed);
	if (kind == 3)
		return random_below(seed, 3) ? cJSON_CreateBool(random_below(seed, 2))
					     : cJSON_CreateNull();
	v = kind == 4 ? cJSON_CreateArray() : cJSON_CreateObject();
	for (int i = random_below(seed, 6); i > 0; i--) {
		char key[32];
		snprintf(
		    key, sizeof key, "%d%s", i, random_below(seed, 3) ? "key" : "\"\\\n\xc3\xa9");
		if (kind == 4)
			cJSON_AddItemToArray(v, random_tree(seed, depth - 1));
		else
			cJSON_AddItemToObject(v, key, random_tree(seed, depth - 1));
	}
	return v;
}

/* The other library's own comparison looks at doubles loosely, so printing decides. */
static void
what_is_written_reads_back_the_same(void **state)
{
	uint64_t seed = 3;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		cJSON *tree = random_tree(&seed, 5), *back;
		struct buf pretty = { 0 }, compact = { 0 }, again = { 0 };
		struct err e = { 0 };
		print(&pretty, tree, false);
		print(&compact, tree, true);
		for (int i = 0; i < 2; i++) {
			const struct buf *text = i ? &compact : &pretty;
			back = json_parse(text->data, text->len, &json_file_limits, &e);
			if (back == NULL)
				fail_msg("%s: %s", e.text, text->data);
			assert_true(cJSON_Compare(tree, back, true));
			print(&again, back, i);
			assert_string_equal(again.data, text->data);
			cJSON_Delete(back);
		}
		cJSON_Delete(tree);
		buf_fini(&pretty);
		buf_fini(&compact);
		buf_fini(&again);
	}
}

/* One node of a tree and of its twin: the kind, the value and how it hangs in its row. */
static void
assert_same_node(const cJSON *ours, const cJSON *theirs)
{
	assert_int_equal(ours->type & 0xff, theirs->type & 0xff);
	assert_int_equal(ours->valueint, theirs->valueint);
	assert_memory_equal(&ours->valuedouble, &theirs->valuedouble, sizeof(double));
	assert_int_equal(ours->valuestring == NULL, theirs->valuestring == NULL);
	if (theirs->valuestring != NULL)
		assert_string_equal(ours->valuestring, theirs->valuestring);
	assert_int_equal(ours->next == NULL, theirs->next == NULL);
	assert_int_equal(ours->child == NULL, theirs->child == NULL);
	if (ours->next != NULL)
		assert_ptr_equal(ours->next->prev, ours);
	if (ours->child == NULL)
		return;
	assert_ptr_equal(ours->child->prev->next, NULL);
	assert_int_equal(cJSON_GetArraySize(ours), cJSON_GetArraySize(theirs));
}

static void
assert_same_tree(const cJSON *ours, const cJSON *theirs)
{
	const cJSON *a = ours->child, *b = theirs->child;

	assert_same_node(ours, theirs);
	for (; a != NULL && b != NULL; a = a->next, b = b->next) {
		assert_int_equal(a->string == NULL, b->string == NULL);
		if (b->string != NULL) {
			assert_string_equal(a->string, b->string);
			assert_ptr_equal(cJSON_GetObjectItemCaseSensitive(ours, b->string), a);
		}
		assert_same_tree(a, b);
	}
	assert_true(a == NULL && b == NULL);
}

static void
same_as_theirs(const char *text, size_t len)
{
	char *exact = malloc(len); /* so that a sanitizer sees a step too far */
	struct err e = { 0 };
	cJSON *ours, *theirs;

	memcpy(exact, text, len);
	ours = json_parse(exact, len, &json_file_limits, &e);
	theirs = cJSON_ParseWithLength(exact, len);
	free(exact); /* nothing of the source may be kept */
	if (ours == NULL || theirs == NULL)
		fail_msg("%.*s: %s", (int)len, text, e.text);
	assert_same_tree(ours, theirs);
	assert_true(cJSON_Compare(ours, theirs, true));
	cJSON_Delete(ours);
	cJSON_Delete(theirs);
}

static void
the_tree_is_as_theirs(void **state)
{
	static const char *const texts[] = { "0", "-0", "-0.0", "\"\"", "\"only a text\"", "true", "null", "[]", "{}",
		"[[],{},\"\"]", "999999999999999", "1234567890123456", "-2147483648", "2147483648", "-2147483649",
		"9007199254740992", "1e300", "-1e300", "5e-324", "[0.1,1E+2,-12.5e-3]", "[false,true,null]",
		"{\"\":{\"\":[\"\"]}}", "\"\\ud83d\\ude00\\u00e9\\u0041\\b\\f\\n\\r\\t\\/\\\\\\\"\"",
		"{\"\\u006b\":\"\\u0001\",\"\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\":\"12345678\xc3\xa9\"}" };
	uint64_t seed = 6;

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		same_as_theirs(texts[i], strlen(texts[i]));
	for (int round = 0; round < 3000; round++) {
		cJSON *tree = random_tree(&seed, 5);
		char *pretty = cJSON_Print(tree), *flat = cJSON_PrintUnformatted(tree);
		struct buf mine = { 0 };
		print(&mine, tree, round % 2);
		same_as_theirs(pretty, strlen(pretty));
		same_as_theirs(flat, strlen(flat));
		same_as_theirs(mine.data, mine.len);
		cJSON_Delete(tree);
		free(pretty);
		free(flat);
		buf_fini(&mine);
	}
}

static void
numbers_come_back_exactly(void **state)
{
	uint64_t seed = 4;
	struct buf b = { 0 };

	(void)state;
	for (int i = 0; i < 30000; i++) {
		double v = random_number(&seed);
		cJSON *n = cJSON_CreateNumber(v), *back;
		print(&b, n, true);
		back = json_parse(b.data, b.len, &json_file_limits, NULL);
		assert_non_null(back);
		assert_true(back->valuedouble == v);
		cJSON_Delete(n);
		cJSON_Delete(back);
	}
	buf_fini(&b);
}

/* Cut anywhere it is refused with a place; spoiled anywhere, what is accepted prints and reads
 * again. */
static void
cut_and_spoiled(void **state)
{
	uint64_t seed = 5;

	(void)state;
	for (int round = 0; round < 300; round++) {
		cJSON *tree = cJSON_CreateObject(), *back;
		struct buf text = { 0 }, again = { 0 };
		struct err e = { 0 };
		cJSON_AddItemToObject(tree, "it", random_tree(&seed, 4));
		print(&text, tree, round % 2);
		for (size_t len = 0; len < text.len; len++) {
			char *exact =
			    malloc(len + (len == 0)); /* so that a sanitizer sees a step too far */
			memcpy(exact, text.data, len);
			assert_null(json_parse(exact, len, &json_file_limits, &e));
			assert_true(strncmp(e.text, "line ", 5) == 0);
			free(exact);
		}
		for (int k = 0; k < 50; k++) {
			size_t i = random_next(&seed) % text.len;
			char was = text.data[i];
			text.data[i] = k % 2 ? (char)random_next(&seed)
					     : "{}[],:\"\\0-.eE u"[random_below(&seed, 15)];
			back = json_parse(text.data, text.len, &json_file_limits, &e);
			assert_true(back != NULL || strstr(e.text, "not JSON") == NULL);
			text.data[i] = was;
			if (back == NULL)
				continue;
			print(&again, back, false);
			cJSON_Delete(back);
			back = json_parse(again.data, again.len, &json_file_limits, &e);
			assert_non_null(back);
			cJSON_Delete(back);
		}
		cJSON_Delete(tree);
		buf_fini(&text);
		buf_fini(&again);
	}
}

static void
the_canonical_form(void **state)
{
	struct buf b = { 0 };
	struct json_out o;

	(void)state;
	json_out_init(&o, &b, false);
	json_object_begin(&o);
	json_key(&o, "format");
	json_put_text(&o, "debrief/1");
	json_key(&o, "services");
	json_list_begin(&o, true);
	json_put_text(&o, "checkout");
	json_put_text(&o, "a\tb \"q\" \\ \x01 \xc3\xa9");
	json_list_end(&o);
	json_key(&o, "none");
	json_list_begin(&o, true);
	json_list_end(&o);
	json_key(&o, "events");
	json_list_begin(&o, false);
	json_object_begin(&o);
	json_key(&o, "number");
	json_put_int(&o, -17);
	json_key(&o, "deep");
	json_put_bool(&o, true);
	json_object_end(&o);
	json_object_begin(&o);
	json_object_end(&o);
	json_list_end(&o);
	json_key(&o, "last");
	json_put_int(&o, INT64_MIN);
	json_object_end(&o);
	json_end_line(&o);
	assert_string_equal(b.data,
	    "{\n"
	    "  \"format\": \"debrief/1\",\n"
	    "  \"services\": [\"checkout\", \"a\\tb \\\"q\\\" \\\\ \\u0001 \xc3\xa9\"],\n"
	    "  \"none\": [],\n"
	    "  \"events\": [\n"
	    "    {\n"
	    "      \"number\": -17,\n"
	    "      \"deep\": true\n"
	    "    },\n"
	    "    {}\n"
	    "  ],\n"
	    "  \"last\": -9223372036854775808\n"
	    "}\n");
	buf_fini(&b);
}

static void
unknown_values_keep_their_form(void **state)
{
	static const char text[] = "{\n"
				   "  \"x\": [1, \"two\", null, false],\n"
				   "  \"y\": [\n"
				   "    [1, 2],\n"
				   "    {\n"
				   "      \"z\": 0.5\n"
				   "    },\n"
				   "    []\n"
				   "  ],\n"
				   "  \"w\": {}\n"
				   "}";
	struct buf b = { 0 };
	cJSON *tree = parse(text, NULL);

	(void)state;
	assert_non_null(tree);
	print(&b, tree, false);
	assert_string_equal(b.data, text);
	cJSON_Delete(tree);
	buf_fini(&b);
}

static void
escapes_at_every_place(void **state)
{
	struct buf b = { 0 };

	(void)state;
	for (int c = 1; c < 0x80; c++)
		for (int before = 0; before < 18; before++) {
			char text[40], want[48];
			struct json_out o;
			cJSON *back;
			snprintf(text, sizeof text, "%.*s%c%s", before, "abcdefghijklmnopqrst", c,
			    "zzzzzzzzz");
			buf_clear(&b);
			json_out_init(&o, &b, true);
			json_put_text(&o, text);
			snprintf(want, sizeof want, "\"%s\"", text);
			if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
				assert_string_equal(b.data, want);
			back = json_parse(b.data, b.len, &json_wire_limits, NULL);
			assert_non_null(back);
			assert_string_equal(back->valuestring, text);
			cJSON_Delete(back);
		}
	buf_fini(&b);
}

static void
getters(void **state)
{
	cJSON *tree = parse(
	    "{\"a\":\"x\",\"n\":7,\"big\":9007199254740992,\"f\":1.5,\"s\":{\"a\":1},\"e\":1e300}",
	    NULL);
	int64_t n = -1;

	(void)state;
	assert_non_null(tree);
	assert_string_equal(json_text(tree, "a"), "x");
	assert_null(json_text(tree, "A"));
	assert_null(json_text(tree, "n"));
	assert_null(json_text(NULL, "a"));
	assert_null(json_get(json_get(tree, "a"), "a"));
	assert_null(json_get(NULL, "a"));
	assert_true(json_int(json_get(tree, "n"), &n));
	assert_int_equal(n, 7);
	assert_true(json_int(json_get(tree, "big"), &n));
	assert_true(n == INT64_C(9007199254740992));
	assert_false(json_int(json_get(tree, "f"), &n));
	assert_false(json_int(json_get(tree, "e"), &n));
	assert_false(json_int(json_get(tree, "a"), &n));
	assert_false(json_int(NULL, &n));
	cJSON_Delete(tree);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_json),
		cmocka_unit_test(what_is_not),
		cmocka_unit_test(nul_bytes_are_no_end),
		cmocka_unit_test(limits),
		cmocka_unit_test(doubles_among_many_members),
		cmocka_unit_test(very_many_members_are_quick),
		cmocka_unit_test(what_is_written_reads_back_the_same),
		cmocka_unit_test(the_tree_is_as_theirs),
		cmocka_unit_test(numbers_come_back_exactly),
		cmocka_unit_test(cut_and_spoiled),
		cmocka_unit_test(the_canonical_form),
		cmocka_unit_test(unknown_values_keep_their_form),
		cmocka_unit_test(escapes_at_every_place),
		cmocka_unit_test(getters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
