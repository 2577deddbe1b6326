/* The file: what is written is read back, the same bytes twice; what is wrong is refused where it
 * stands; what a line merge left is healed. */
#include <regex.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "storage/json_file.h"
#include "tests/random_debrief.h"

/* ---- both ways ---- */

static struct debrief *
any_debrief(uint64_t seed, size_t most)
{
	struct chance c = { seed };
	struct debrief *d = chance_debrief(&c, id_make(seed), most);

	chance_unlive(d);
	return d;
}

static struct debrief *
read_back(const struct buf *b)
{
	struct err e = { 0 };
	struct strs notes = { 0 };
	struct debrief *d = file_decode(b->data, b->len, &notes, NULL, &e);

	if (d == NULL)
		fail_msg("%s in\n%s", e.text, b->data);
	if (notes.n > 0)
		fail_msg("healed without need: %s", notes.v[0]);
	strs_fini(&notes);
	return d;
}

static void
test_reading_gives_back_what_was_written(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 500; seed++) {
		struct debrief *d = any_debrief(seed, seed % 9), *back;
		struct buf once = { 0 }, twice = { 0 };
		file_encode(d, &once);
		back = read_back(&once);
		if (!debrief_equal(d, back))
			fail_msg("seed %d comes back changed:\n%s", (int)seed, once.data);
		file_encode(back, &twice);
		assert_string_equal(once.data, twice.data);
		debrief_free(d);
		debrief_free(back);
		buf_fini(&once);
		buf_fini(&twice);
	}
}

static const char example[] = "{\n"
			      "  \"format\": \"debrief/1\",\n"
			      "  \"id\": \"7k3f9q2mx0ab\",\n"
			      "  \"title\": \"Checkout 5xx, 38 % of orders\",\n"
			      "  \"stage\": \"causes\",\n"
			      "  \"held_at\": \"2026-07-16T13:00:00Z\",\n"
			      "  \"severity\": \"sev1\",\n"
			      "  \"services\": [\"checkout\", \"payments\"],\n"
			      "  \"changed\": \"2026-07-16T13:41:10Z\",\n"
			      "  \"events\": [\n"
			      "    {\n"
			      "      \"id\": \"04hq7c2m9x1b\",\n"
			      "      \"at\": \"2026-07-14T14:09:05Z\",\n"
			      "      \"text\": \"p99 page, sent to the old rota\",\n"
			      "      \"kind\": \"alert\",\n"
			      "      \"phase\": \"detected\",\n"
			      "      \"lane\": \"alert\",\n"
			      "      \"changed\": \"2026-07-16T13:12:00Z\"\n"
			      "    }\n"
			      "  ],\n"
			      "  \"categories\": [\n"
			      "    {\n"
			      "      \"id\": \"c1tech000000\",\n"
			      "      \"order\": \"h0a0k3\",\n"
			      "      \"name\": \"Technical\"\n"
			      "    }\n"
			      "  ],\n"
			      "  \"causes\": [\n"
			      "    {\n"
			      "      \"id\": \"9m2xwt04hq7c\",\n"
			      "      \"order\": \"h0a0k3\",\n"
			      "      \"category\": \"c1tech000000\",\n"
			      "      \"text\": \"Cache stampede on cold keys\",\n"
			      "      \"evidence\": [\"04hq7c2m9x1b\"],\n"
			      "      \"changed\": \"2026-07-16T13:41:10Z\"\n"
			      "    }\n"
			      "  ]\n"
			      "}\n";

static void
test_example_comes_back_byte_for_byte(void **state)
{
	struct buf in = { 0 }, out = { 0 };
	struct debrief *d;

	(void)state;
	buf_adds(&in, example);
	d = read_back(&in);
	assert_string_equal(d->title, "Checkout 5xx, 38 % of orders");
	assert_int_equal(DEBRIEF_AT(d, EVENT, event, 0)->kind, EVENT_ALERT);
	assert_int_equal(d->audience, AUDIENCE_TEAM);
	file_encode(d, &out);
	assert_string_equal(out.data, example);
	debrief_free(d);
	buf_fini(&in);
	buf_fini(&out);
}

/* `text` with the first `from` replaced. Yours. */
static char *
replaced(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);

	assert_non_null(at);
	return mem_fmt("%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

static struct debrief *
decode_text(const char *text, struct strs *notes, struct err *e)
{
	return file_decode(text, strlen(text), notes, NULL, e);
}

/* What is live is neither taken from a file nor kept as something unknown. */
static void
test_live_fields_are_not_of_the_file(void **state)
{
	static const char text[] =
	    "{\"format\":\"debrief/1\",\"id\":\"7k3f9q2mx0ab\",\"title\":\"x\",\"votes_each\":3,"
	    "\"ballots\":[\"000000000001 000000000002\"],\"locked\":true,\"people\":[{\"id\":"
	    "\"7k3f9q2mx0ac\",\"name\":\"lena\",\"unseen\":true,\"turns\":4}],\"columns\":[{\"id\":"
	    "\"7k3f9q2mx0ad\",\"name\":\"a\"}],\"cards\":[{\"id\":\"7k3f9q2mx0ae\",\"column\":"
	    "\"7k3f9q2mx0ad\",\"text\":\"t\",\"owner\":\"mine\"}]}";
	struct err e = { 0 };
	struct debrief *d = file_decode(text, strlen(text), NULL, NULL, &e);
	struct buf b = { 0 };

	(void)state;
	assert_non_null(d);
	assert_int_equal(d->votes_each, 0);
	assert_int_equal(d->ballots.n, 0);
	assert_false(d->locked);
	assert_false(DEBRIEF_AT(d, PERSON, person, 0)->unseen);
	assert_null(DEBRIEF_AT(d, CARD, card, 0)->owner);
	d->locked = true;
	file_encode(d, &b);
	assert_null(strstr(b.data, "owner"));
	assert_null(strstr(b.data, "ballots"));
	assert_null(strstr(b.data, "locked"));
	buf_fini(&b);
	debrief_free(d);
}

static void
test_unknown_members_are_kept(void **state)
{
	char *one = replaced(example, "  \"changed\": \"2026-07-16T13:41:10Z\",\n  \"events\"",
	    "  \"changed\": \"2026-07-16T13:41:10Z\",\n  \"x-new\": {\"b\": [1, 2.5, {}], \"a\": "
	    "null},\n  \"events\"");
	char *two = replaced(
	    one, "\"lane\": \"alert\",", "\"weather\": [\"rain\", 3], \"lane\": \"alert\",");
	struct buf out = { 0 };
	struct debrief *d = decode_text(two, NULL, NULL);
	const char *top = "  \"x-new\": {\n    \"b\": [\n      1,\n      2.5,\n      {}\n    ],\n  "
			  "  \"a\": null\n  }\n}\n";

	(void)state;
	assert_non_null(d);
	file_encode(d, &out);
	assert_non_null(strstr(out.data, "12:00Z\",\n      \"weather\": [\"rain\", 3]\n    }"));
	assert_string_equal(out.data + out.len - strlen(top), top);
	debrief_free(d);
	buf_fini(&out);
	free(one);
	free(two);
}

static void
expect_order(const char *text, const char *const *parts)
{
	const char *at = text;

	for (; *parts != NULL; parts++) {
		const char *next = strstr(at, *parts);
		if (next == NULL)
			fail_msg("%s is missing or too early in\n%s", *parts, text);
		at = next;
	}
}

static void
test_a_difference_says_what_was_and_what_is(void **state)
{
	struct debrief *from = debrief_new(id_make(1)), *to = debrief_new(id_make(1));
	struct event *e = (struct event *)item_new(KIND_EVENT, id_make(20));
	struct event *gone = (struct event *)item_new(KIND_EVENT, id_make(21));
	struct buf b = { 0 };
	cJSON *json;

	(void)state;
	file_difference(from, to, &b);
	assert_string_equal(b.data, "[]\n");
	buf_clear(&b);
	to->title = mem_dup("Checkout 5xx");
	extras_set(&to->item.extra, "x", "[1]");
	to->item.changed_ns = 5;
	e->item.number = 17;
	e->text = mem_dup("p99 page");
	debrief_put(to, KIND_EVENT, &e->item);
	debrief_put(from, KIND_EVENT, &gone->item);
	file_difference(from, to, &b);
	json = json_parse(b.data, b.len, &json_file_limits, NULL);
	assert_int_equal(cJSON_GetArraySize(json), 3);
	assert_string_equal(json_text(json->child, "change"), "changed");
	assert_string_equal(json_text(json_get(json->child, "is"), "title"), "Checkout 5xx");
	assert_non_null(json_get(json_get(json->child, "is"), "x"));
	assert_null(json_get(json_get(json->child, "is"), "changed"));
	assert_null(json_get(json_get(json->child, "was"), "title"));
	assert_string_equal(json_text(json->child->next, "name"), "E17");
	assert_null(json_get(json->child->next, "was"));
	assert_string_equal(json_text(json->child->next->next, "change"), "removed");
	assert_null(json_get(json->child->next->next, "is"));
	cJSON_Delete(json);
	buf_fini(&b);
	debrief_free(from);
	debrief_free(to);
}

static void
test_lists_stand_as_people_read_them(void **state)
{
	static const char *const order[] = { "\"event 1\"", "\"event 3\"", "\"event 2\"",
		"\"cause 25\"", "\"cause 23\"", "\"cause 24\"", "\"cause 26\"", "\"cause 22\"",
		"\"cause 21\"", NULL };
	/* id, category, parent; keys in the order of the ids backwards */
	static const unsigned causes[][3] = { { 21, 99, 0 }, { 22, 11, 0 }, { 23, 10, 25 },
		{ 24, 10, 23 }, { 25, 10, 0 }, { 26, 11, 23 } };
	static const int at[] = { 10, 30, 20 };
	struct debrief *d = debrief_new(id_make(1));
	struct buf b = { 0 };

	(void)state;
	d->title = mem_dup("t");
	for (unsigned i = 0; i < 3; i++) {
		struct event *e = (struct event *)item_new(KIND_EVENT, id_make(50 - i));
		e->at_ns = at[i] * NS_PER_S;
		e->text = mem_fmt("event %u", i + 1);
		debrief_put(d, KIND_EVENT, &e->item);
	}
	for (unsigned i = 0; i < 2; i++) {
		struct category *c = (struct category *)item_new(KIND_CATEGORY, id_make(10 + i));
		c->item.order = mem_fmt("h0a%u11", i);
		c->name = mem_dup("c");
		debrief_put(d, KIND_CATEGORY, &c->item);
	}
	for (unsigned i = 0; i < 6; i++) {
		struct cause *c = (struct cause *)item_new(KIND_CAUSE, id_make(causes[i][0]));
		c->item.order = mem_fmt("h0%02u11", i == 3 ? 1 : 60 - i);
		c->category = id_make(causes[i][1]);
		c->parent = causes[i][2] ? id_make(causes[i][2]) : (struct id){ 0 };
		c->text = mem_fmt("cause %u", causes[i][0]);
		debrief_put(d, KIND_CAUSE, &c->item);
	}
	for (int k = 1; k < N_KINDS; k++)
		debrief_sort(d, (enum kind)k);
	file_encode(d, &b);
	expect_order(b.data, order);
	debrief_free(d);
	buf_fini(&b);
}

/* ---- refusals ---- */

static void
expect_refused(const char *text, const char *start, const char *part)
{
	struct err e = { 0 };
	struct debrief *d = decode_text(text, NULL, &e);

	if (d != NULL)
		fail_msg("read, but should not: %s\n%s", part, text);
	assert_int_equal(e.kind, ERR_REFUSED);
	if (strncmp(e.text, start, strlen(start)) != 0 || strstr(e.text, part) == NULL)
		fail_msg("\"%s\" does not begin \"%s\" and say \"%s\"", e.text, start, part);
}

static void
test_what_is_wrong_is_refused_where_it_stands(void **state)
{
	static const struct {
		const char *from, *to, *start, *part;
	} wrong[] = {
		{ "\"kind\": \"alert\"", "\"kind\": \"alarm\"",
		    "line 15, column 15: events[0].kind: ", "observation" },
		{ "\"text\": \"p99", "\"text\": 4, \"note\": \"p99",
		    "line 14, column 15: events[0].text: ", "quotes" },
		{ "2026-07-14T14:09:05Z", "14:09",
		    "line 13, column 13: events[0].at: ", "no time" },
		{ "\"text\": \"Cache", "\"note\": \"Cache",
		    "line 29, column 5: causes[0]: ", "\"text\" is missing" },
		{ "\"category\": \"c1tech000000\"", "\"category\": \"technical\"",
		    "line 32, column 19: causes[0].category: ", "no id" },
		{ "\"evidence\": [\"04hq7c2m9x1b\"]", "\"evidence\": [7]",
		    "line 34, column 19: causes[0].evidence: ", "entry 1" },
		{ "\"evidence\": [\"04hq7c2m9x1b\"]", "\"evidence\": \"04hq7c2m9x1b\"",
		    "line 34, column 19: causes[0].evidence: ", "square brackets" },
		{ "\"id\": \"04hq7c2m9x1b\"", "\"id\": \"7k3f9q2mx0ab\"",
		    "line 12, column 13: events[0].id: ", "is the id of" },
		{ "\"id\": \"9m2xwt04hq7c\"", "\"id\": \"04hq7c2m9x1b\"",
		    "line 30, column 13: causes[0].id: ", "is the id of a event" },
		{ "\"id\": \"9m2xwt04hq7c\",", "",
		    "line 29, column 5: causes[0]: ", "\"id\" is missing" },
		{ "\"title\": \"Checkout 5xx, 38 % of orders\",", "",
		    "line 1, column 1: ", "\"title\" is missing" },
		{ "\"severity\": \"sev1\"", "\"severity\": \"a\\u202eb\"",
		    "line 7, column 15: severity: ", "" },
		{ "\"stage\": \"causes\"", "\"events\": {}, \"stage\": \"causes\"", "line ", "" },
		{ "\"categories\": [", "\"people\": 3, \"categories\": [",
		    "line 21, column 13: people: ", "square brackets" },
		{ "\"categories\": [", "\"cards\": [3], \"categories\": [",
		    "line 21, column 13: cards[0]: ", "braces" },
		{ "\"debrief/1\"", "\"debrief-note/1\"",
		    "line 2, column 13: format: ", "no debrief's file" },
		{ "\"format\": \"debrief/1\",", "", "line 1, column 1: format: ", "no format" },
		{ "\"lane\": \"alert\"", "\"lane\": \"a\", \"lane\": \"b\"", "line 17, column ",
		    "" },
		{ "\"lane\": \"alert\"",
		    "\"number\": 1e3, \"lane\": \"x\", \"votes\": 9007199254740994",
		    "line 17, column ", "" },
		{ "\"lane\": \"alert\"", "\"agree\": -1",
		    "line 17, column 16: events[0].agree: ", "from 0 to" },
		{ "\"lane\": \"alert\"", "\"lane\": \"a\\u0000b\"", "line 17, column ", "" },
		{ "\"lane\": \"alert\"", "\"lane\": \"a\xff\"", "line 17, column ", "" },
		{ "  ]\n}\n", "  ]\n}\n{}", "line 39, column 1", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		char *text = replaced(example, wrong[i].from, wrong[i].to);
		expect_refused(text, wrong[i].start, wrong[i].part);
		free(text);
	}
	expect_refused("", "line 1, column 1", "");
	expect_refused("[]", "line 1, column 1", "no object");
	expect_refused("\"debrief\"", "line 1, column 1", "no object");
}

static void
test_newer_format_is_told_apart(void **state)
{
	char *text = replaced(example, "debrief/1", "debrief/2");
	struct err e = { 0 };
	struct debrief *d;
	bool newer = false;

	(void)state;
	assert_null(file_decode(text, strlen(text), NULL, NULL, &e));
	assert_non_null(strstr(e.text, "newer than this program"));
	d = file_decode(text, strlen(text), NULL, &newer, &e); /* to be shown, not changed */
	assert_non_null(d);
	assert_true(newer);
	debrief_free(d);
	free(text);
	newer = true;
	assert_null(file_decode("{}", 2, NULL, &newer, &e));
	assert_false(newer);
}

static void
test_too_many_are_refused(void **state)
{
	struct buf b = { 0 };

	(void)state;
	buf_adds(
	    &b, "{\"format\":\"debrief/1\",\"id\":\"7k3f9q2mx0ab\",\"title\":\"t\",\"ratings\":[");
	for (unsigned i = 0; i < 10001; i++)
		buf_addf(&b, "%s{\"id\":\"%s\",\"question\":\"q\",\"value\":3}", i == 0 ? "" : ",",
		    id_make(i + 1).s);
	buf_adds(&b, "]}");
	expect_refused(
	    b.data, "line 1, column ", "ratings[10000]: a debrief holds at most 10000 ratings");
	buf_fini(&b);
}

/* Cut anywhere, or with a byte changed: refused with a sentence, or read and then canonical. */
static void
test_damage_is_no_harm(void **state)
{
	struct debrief *d = any_debrief(77, 1), *back;
	struct buf whole = { 0 }, once = { 0 }, twice = { 0 };
	struct chance c = { 1 };

	(void)state;
	file_encode(d, &whole);
	for (size_t len = 0; len + 1 < whole.len; len++)
		assert_null(file_decode(whole.data, len, NULL, NULL, NULL));
	for (int n = 0; n < 1000; n++) {
		struct err e = { 0 };
		size_t at = chance_below(&c, whole.len);
		char old = whole.data[at];
		whole.data[at] = "\"{}[],:0a\n\x80\\ "[chance_below(&c, 13)];
		back = file_decode(whole.data, whole.len, NULL, NULL, &e);
		whole.data[at] = old;
		if (back == NULL) {
			assert_true(e.text[0] != '\0');
			continue;
		}
		buf_clear(&once);
		file_encode(back, &once);
		debrief_free(back);
		buf_clear(&twice);
		back = read_back(&once);
		file_encode(back, &twice);
		debrief_free(back);
		assert_string_equal(once.data, twice.data);
	}
	debrief_free(d);
	buf_fini(&whole);
	buf_fini(&once);
	buf_fini(&twice);
}

/* ---- healing ---- */

static struct debrief *
healed(const char *text, const char *note)
{
	struct strs notes = { 0 };
	struct err e = { 0 };
	struct debrief *d = decode_text(text, &notes, &e);
	bool said = false;

	if (d == NULL)
		fail_msg("%s in\n%s", e.text, text);
	for (size_t i = 0; i < notes.n; i++)
		said = said || strstr(notes.v[i], note) != NULL;
	if (!said)
		fail_msg("nothing said of \"%s\"%s%s", note, notes.n > 0 ? ", but: " : "",
		    notes.n > 0 ? notes.v[0] : "");
	strs_fini(&notes);
	return d;
}

static struct event *
event_with(const struct debrief *d, const char *text)
{
	for (size_t i = 0; i < DEBRIEF_N(d, EVENT); i++)
		if (strcmp(DEBRIEF_AT(d, EVENT, event, i)->text, text) == 0)
			return DEBRIEF_AT(d, EVENT, event, i);
	return NULL;
}

static void
test_an_item_twice_is_joined(void **state)
{
	char *text = replaced(example, "  \"events\": [\n",
	    "  \"events\": [\n"
	    "    {\"id\": \"04hq7c2m9x1b\", \"at\": \"2026-07-14T14:09:05Z\", \"text\": \"earlier "
	    "words\",\n"
	    "     \"agree\": 2, \"note\": \"kept\", \"changed\": \"2026-07-16T13:11:00Z\"},\n");
	struct debrief *d = healed(text, "1 item stood twice");
	const struct event *e = DEBRIEF_AT(d, EVENT, event, 0);

	(void)state;
	assert_int_equal(DEBRIEF_N(d, EVENT), 1);
	assert_string_equal(e->text, "p99 page, sent to the old rota");
	assert_string_equal(e->note, "kept");
	assert_int_equal(e->agree, 2);
	debrief_free(d);
	free(text);
}

static void
test_references_and_order_are_mended_aloud(void **state)
{
	char *one = replaced(example, "[\"04hq7c2m9x1b\"]", "[\"000000000000\"]");
	char *two = replaced(
	    example, "      \"order\": \"h0a0k3\",\n      \"category\"", "      \"category\"");
	struct debrief *d = healed(one, "named in \"evidence\" something that is not there");

	(void)state;
	assert_int_equal(DEBRIEF_AT(d, CAUSE, cause, 0)->evidence.n, 0);
	debrief_free(d);
	d = healed(two, "1 cause had no place");
	assert_non_null(DEBRIEF_AT(d, CAUSE, cause, 0)->item.order);
	debrief_free(d);
	free(one);
	free(two);
}

static void
test_items_without_keys_keep_their_places(void **state)
{
	struct debrief *d =
	    healed("{\"format\":\"debrief/1\",\"id\":\"7k3f9q2mx0ab\",\"title\":\"t\",\n"
		   "\"categories\":[{\"id\":\"zzzzzzzzzzzz\",\"name\":\"first\"},{\"id\":"
		   "\"000000000001\",\"name\":\"second\"}],\n"
		   "\"events\":[{\"id\":\"zzzzzzzzzzzy\",\"at\":\"2026-01-01T00:00:00Z\",\"text\":"
		   "\"a\"},\n"
		   "{\"id\":\"000000000002\",\"at\":\"2026-01-01T00:00:00Z\",\"text\":\"b\"}]}",
		"2 categories had no place");

	(void)state;
	assert_string_equal(DEBRIEF_AT(d, CATEGORY, category, 0)->name, "first");
	assert_string_equal(DEBRIEF_AT(d, EVENT, event, 0)->text, "a");
	debrief_free(d);
}

/* Both added an event at the same place; the styles of git: merge, diff3, zdiff3. */
static const char *const middles[] = {
	"<<<<<<< HEAD\n"
	"      \"id\": \"111111111111\",\n"
	"      \"at\": \"2026-07-14T14:20:00Z\",\n"
	"      \"text\": \"mine\"\n"
	"=======\n"
	"      \"id\": \"222222222222\",\n"
	"      \"at\": \"2026-07-14T14:21:00Z\",\n"
	"      \"text\": \"yours\"\n"
	">>>>>>> branch\n",
	"<<<<<<< HEAD\n"
	"      \"id\": \"111111111111\",\n"
	"      \"at\": \"2026-07-14T14:20:00Z\",\n"
	"      \"text\": \"mine\"\n"
	"||||||| 1a2b3c4\n"
	"<<<<<<<<< Temporary merge branch 1\n"
	"=========\n"
	">>>>>>>>> Temporary merge branch 2\n"
	"=======\n"
	"      \"id\": \"222222222222\",\n"
	"      \"at\": \"2026-07-14T14:21:00Z\",\n"
	"      \"text\": \"yours\"\n"
	">>>>>>> branch\n",
};

static void
test_conflict_markers_are_healed(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof middles / sizeof *middles; i++) {
		char *new = mem_fmt("    },\n    {\n%s    }\n  ],\n  \"categories\"", middles[i]);
		char *text = replaced(example, "    }\n  ],\n  \"categories\"", new);
		struct debrief *d = healed(text, "the first in line 21: both sides of 1 conflict");
		assert_int_equal(DEBRIEF_N(d, EVENT), 3);
		assert_non_null(event_with(d, "mine"));
		assert_non_null(event_with(d, "yours"));
		debrief_free(d);
		free(text);
		free(new);
	}
}

static void
test_a_base_in_the_markers_is_used(void **state)
{
	char *text = replaced(example, "      \"text\": \"p99 page, sent to the old rota\",\n",
	    "      \"text\": \"p99 page, sent to the old rota\",\n"
	    "<<<<<<< ours\n"
	    "      \"agree\": 4,\n"
	    "||||||| base\n"
	    "      \"agree\": 3,\n"
	    "=======\r\n"
	    "      \"agree\": 5,\n"
	    ">>>>>>> theirs\n");
	struct debrief *d = healed(text, "both sides of 1 conflict");

	(void)state;
	assert_int_equal(DEBRIEF_AT(d, EVENT, event, 0)->agree, 6);
	debrief_free(d);
	free(text);
}

static void
test_commas_at_the_seams_are_mended(void **state)
{
	/* Ours added an item and theirs removed the last one: a comma too few on one side, one too
	 * many on the other. */
	char *text = replaced(example, "    }\n  ],\n  \"categories\"",
	    "    }\n"
	    "<<<<<<< HEAD\n"
	    "    {\n"
	    "      \"id\": \"111111111111\",\n"
	    "      \"at\": \"2026-07-14T14:20:00Z\"\n"
	    "      \"text\": \"no comma before, one behind\",\n"
	    "    },\n"
	    "=======\n"
	    "    ,\n"
	    ">>>>>>> branch\n"
	    "  ],\n  \"categories\"");
	struct debrief *d = healed(text, "commas of \"ours\" mended");

	(void)state;
	assert_int_equal(DEBRIEF_N(d, EVENT), 2);
	assert_non_null(event_with(d, "no comma before, one behind"));
	debrief_free(d);
	free(text);
}

static void
test_a_list_twice_beside_markers_is_joined(void **state)
{
	char *text = replaced(example, "  \"categories\": [\n",
	    "<<<<<<< HEAD\n"
	    "  \"events\": [\n"
	    "    {\n"
	    "      \"id\": \"111111111111\",\n"
	    "      \"at\": \"2026-07-14T14:20:00Z\",\n"
	    "      \"text\": \"mine\",\n"
	    "      \"lane\": \"first\",\n"
	    "      \"lane\": \"second\"\n"
	    "    }\n"
	    "  ],\n"
	    "=======\n"
	    ">>>>>>> branch\n"
	    "  \"categories\": [\n");
	struct debrief *d = healed(text, "2 members were there twice in \"ours\": joined");

	(void)state;
	assert_int_equal(DEBRIEF_N(d, EVENT), 2);
	assert_string_equal(event_with(d, "mine")->lane, "second");
	assert_int_equal(d->item.extra.n, 0);
	debrief_free(d);
	free(text);
}

/* An item cut in two by the markers: what one side lacks comes from the other, or the whole is
 * refused. */
static void
test_an_item_in_two_halves(void **state)
{
	static const char half[] = "    },\n"
				   "    {\n"
				   "      \"id\": \"111111111111\",\n"
				   "      \"at\": \"2026-07-14T14:20:00Z\",\n"
				   "<<<<<<< HEAD\n"
				   "      \"lane\": \"a\"\n"
				   "=======\n"
				   "      \"%s\": \"yours\"\n"
				   ">>>>>>> branch\n"
				   "    }\n"
				   "  ],\n  \"categories\"";
	char *whole = replaced(half, "%s", "text"), *broken = replaced(half, "%s", "note");
	char *one = replaced(example, "    }\n  ],\n  \"categories\"", whole);
	char *two = replaced(example, "    }\n  ],\n  \"categories\"", broken);
	struct debrief *d = healed(one, "both sides of 1 conflict");

	(void)state;
	assert_string_equal(event_with(d, "yours")->lane, "a");
	expect_refused(two, "line 23, column 1: a conflict", "event 1111: \"text\" is missing");
	debrief_free(d);
	free(whole);
	free(broken);
	free(one);
	free(two);
}

static void
test_what_cannot_be_healed_names_the_marker(void **state)
{
	char *broken = replaced(example, "      \"lane\": \"alert\",\n",
	    "<<<<<<< HEAD\n      \"lane\": alert,\n=======\n      \"lane\": \"x\",\n>>>>>>> "
	    "branch\n");
	char *endless = replaced(
	    example, "      \"lane\": \"alert\",\n", "<<<<<<< HEAD\n      \"lane\": \"a\",\n");
	char *upside = replaced(example, "      \"lane\": \"alert\",\n",
	    "<<<<<<< HEAD\n>>>>>>> branch\n      \"lane\": \"a\",\n");
	char *other = replaced(example, "  \"id\": \"7k3f9q2mx0ab\",\n",
	    "<<<<<<< HEAD\n  \"id\": \"7k3f9q2mx0ab\",\n=======\n  \"id\": "
	    "\"7k3f9q2mx0ac\",\n>>>>>>> branch\n");

	(void)state;
	expect_refused(
	    broken, "line 17, column 1: a conflict", "first side cannot be read: line 18, column");
	expect_refused(endless, "line 17, column 1: a conflict begins here", "does not end");
	expect_refused(upside, "line 18, column 1", ">>>>>>> stands where none can");
	expect_refused(other, "line 3, column 1", "different debriefs");
	free(broken);
	free(endless);
	free(upside);
	free(other);
}

/* ---- the JSON Schema ---- */

static bool conforms(const cJSON *schema, const cJSON *v);

static bool
matches(const char *pattern, const char *text)
{
	regex_t re;
	bool is;

	assert_int_equal(regcomp(&re, pattern, REG_EXTENDED | REG_NOSUB), 0);
	is = regexec(&re, text, 0, NULL, 0) == 0;
	regfree(&re);
	return is;
}

static bool
string_conforms(const cJSON *schema, const cJSON *v)
{
	const char *text = cJSON_GetStringValue(v), *pattern = json_text(schema, "pattern");
	const cJSON *choices = json_get(schema, "enum"), *most = json_get(schema, "maxLength"), *c;
	bool found = choices == NULL;

	if (text == NULL || (pattern != NULL && !matches(pattern, text)))
		return false;
	cJSON_ArrayForEach(c, choices) found = found || strcmp(c->valuestring, text) == 0;
	return found && (most == NULL || strlen(text) <= (size_t)most->valueint);
}

static bool
array_conforms(const cJSON *schema, const cJSON *v)
{
	const cJSON *item, *before, *most = json_get(schema, "maxItems");

	if (!cJSON_IsArray(v) || (most != NULL && cJSON_GetArraySize(v) > most->valueint))
		return false;
	cJSON_ArrayForEach(item, v)
	{
		if (!conforms(json_get(schema, "items"), item))
			return false;
		for (before = v->child;
		     cJSON_IsTrue(json_get(schema, "uniqueItems")) && before != item;
		     before = before->next)
			if (cJSON_Compare(before, item, true))
				return false;
	}
	return true;
}

static bool
object_conforms(const cJSON *schema, const cJSON *v)
{
	const cJSON *m;

	if (!cJSON_IsObject(v))
		return false;
	cJSON_ArrayForEach(
	    m, json_get(schema, "required")) if (json_get(v, m->valuestring) == NULL) return false;
	cJSON_ArrayForEach(m, v)
	{
		const cJSON *s = json_get(json_get(schema, "properties"), m->string);
		if (s != NULL && !conforms(s, m))
			return false;
	}
	return true;
}

/* As much of JSON Schema as ours uses. */
static bool
conforms(const cJSON *schema, const cJSON *v)
{
	const char *type = json_text(schema, "type"), *is = json_text(schema, "const");
	int64_t n;

	if (is != NULL)
		return cJSON_IsString(v) && strcmp(v->valuestring, is) == 0;
	assert_non_null(type);
	if (strcmp(type, "string") == 0)
		return string_conforms(schema, v);
	if (strcmp(type, "array") == 0)
		return array_conforms(schema, v);
	if (strcmp(type, "object") == 0)
		return object_conforms(schema, v);
	if (strcmp(type, "boolean") == 0)
		return cJSON_IsBool(v);
	assert_string_equal(type, "integer");
	return json_int(v, &n) && n >= json_get(schema, "minimum")->valuedouble &&
	       n <= json_get(schema, "maximum")->valuedouble;
}

static bool
text_conforms(const cJSON *schema, const char *text)
{
	cJSON *tree = cJSON_Parse(text);
	bool ok = tree != NULL && conforms(schema, tree);

	cJSON_Delete(tree);
	return ok;
}

static void
test_schema_fits_what_is_written(void **state)
{
	struct buf text = { 0 };
	struct err e = { 0 };
	cJSON *schema;
	char *bad;

	(void)state;
	file_schema(&text);
	schema = json_parse(text.data, text.len, &json_file_limits, &e);
	if (schema == NULL)
		fail_msg("%s", e.text);
	for (uint64_t seed = 1; seed <= 200; seed++) {
		struct debrief *d = any_debrief(seed, 5);
		struct buf b = { 0 };
		file_encode(d, &b);
		if (!text_conforms(schema, b.data))
			fail_msg("seed %d does not conform:\n%s", (int)seed, b.data);
		debrief_free(d);
		buf_fini(&b);
	}
	assert_true(text_conforms(schema, example));
	bad = replaced(example, "\"alert\"", "\"alarm\"");
	assert_false(text_conforms(schema, bad));
	free(bad);
	bad = replaced(example, "T14:09:05Z", " 14:09");
	assert_false(text_conforms(schema, bad));
	free(bad);
	cJSON_Delete(schema);
	buf_fini(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reading_gives_back_what_was_written),
		cmocka_unit_test(test_example_comes_back_byte_for_byte),
		cmocka_unit_test(test_unknown_members_are_kept),
		cmocka_unit_test(test_live_fields_are_not_of_the_file),
		cmocka_unit_test(test_a_difference_says_what_was_and_what_is),
		cmocka_unit_test(test_lists_stand_as_people_read_them),
		cmocka_unit_test(test_what_is_wrong_is_refused_where_it_stands),
		cmocka_unit_test(test_newer_format_is_told_apart),
		cmocka_unit_test(test_too_many_are_refused),
		cmocka_unit_test(test_damage_is_no_harm),
		cmocka_unit_test(test_an_item_twice_is_joined),
		cmocka_unit_test(test_references_and_order_are_mended_aloud),
		cmocka_unit_test(test_items_without_keys_keep_their_places),
		cmocka_unit_test(test_conflict_markers_are_healed),
		cmocka_unit_test(test_a_base_in_the_markers_is_used),
		cmocka_unit_test(test_commas_at_the_seams_are_mended),
		cmocka_unit_test(test_a_list_twice_beside_markers_is_joined),
		cmocka_unit_test(test_an_item_in_two_halves),
		cmocka_unit_test(test_what_cannot_be_healed_names_the_marker),
		cmocka_unit_test(test_schema_fits_what_is_written),
	};
	return cmocka_run_group_tests_name("json_file", tests, NULL, NULL);
}
