#include "model/wording.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char rules[] = "class person i you someone engineer\n"
			    "class name marta\n"
			    "class done *ed caught\n"
			    "class stop server\n"
			    "mask git blame\n"
			    "rule late\n"
			    "about should have\n"
			    "ask What was known?\n"
			    "say @person ..3 should not? have @done\n"
			    "not up to\n"
			    "rule whose # a comment is only at the beginning\n"
			    "ask And then?\n"
			    "say blame\n"
			    "say ^ why did not? @person\n"
			    "say @name! forgot\n"
			    "say gone $\n";

static struct wording *
begin(void)
{
	struct wording *w = wording_new();
	struct err e = { 0 };

	if (!wording_load(w, rules, strlen(rules), &e))
		fail_msg("%s", e.text);
	wording_ready(w);
	return w;
}

/* The words that were found, with their rules: "late:you should have seen". */
static const char *
found(const struct wording *w, const char *text, enum wording_form form)
{
	static char out[1000];
	struct wording_finding f[20];
	size_t n = wording_check(w, text, strlen(text), form, f, 20), len = 0;

	out[0] = '\0';
	for (size_t i = 0; i < n; i++)
		len += (size_t)snprintf(out + len, sizeof out - len, "%s%s:%.*s", i > 0 ? "|" : "",
		    f[i].rule, (int)f[i].len, text + f[i].at);
	return out;
}

static void
patterns_find_what_they_say(void **state)
{
	struct wording *w = begin();

	(void)state;
	assert_string_equal(found(w, "You should have checked.", 0), "late:You should have checked");
	assert_string_equal(found(w, "The engineer on call should've checked it", 0),
	    "late:engineer on call should've checked");
	assert_string_equal(
	    found(w, "you shouldn\xe2\x80\x99t have pushed", 0), "late:you shouldn\xe2\x80\x99t have pushed");
	assert_string_equal(found(w, "Why did you? Why did it?", 0), "whose:Why did you");
	assert_string_equal(found(w, "so why did you", 0), "");
	assert_string_equal(found(w, "Marta forgot", 0), "whose:Marta forgot");
	assert_string_equal(found(w, "marta forgot", 0), "");
	assert_string_equal(found(w, "it is gone. it is gone now", 0), "whose:gone");
	wording_free(w);
}

static void
a_gap_ends_at_things_and_marks(void **state)
{
	struct wording *w = begin();

	(void)state;
	assert_string_equal(found(w, "someone, the disk should have stopped", 0), "");
	assert_string_equal(found(w, "someone at the server should have stopped", 0), "");
	assert_string_equal(found(w, "you a b c should have stopped", 0),
	    "late:you a b c should have stopped");
	assert_string_equal(found(w, "you a b c d should have stopped", 0), "");
	wording_free(w);
}

static void
masks_and_exemptions_silence(void **state)
{
	struct wording *w = begin();

	(void)state;
	assert_string_equal(found(w, "git blame shows it; blame them", 0), "whose:blame");
	assert_string_equal(found(w, "you should have waited up to", 0), "late:you should have waited");
	wording_free(w);
}

static void
quoted_words_are_not_judged(void **state)
{
	struct wording *w = begin();

	(void)state;
	assert_string_equal(found(w, "he said \"you should have checked\" twice", 0), "");
	assert_string_equal(found(w, "the page `you should have checked`", 0), "");
	assert_string_equal(found(w, "it's 'blame' they say", 0), "");
	assert_string_equal(found(w, "> blame\nblame", 0), "whose:blame");
	assert_string_equal(found(w, "stderr: blame\nno", 0), "");
	assert_string_equal(found(w, "```\nblame\n\nblame\n```\nblame\n", WORDING_MARKDOWN), "whose:blame");
	/* A quote that never ends hides nothing. */
	assert_string_equal(found(w, "\"blame", 0), "whose:blame");
	wording_free(w);
}

static void
rules_of_a_team_add_up(void **state)
{
	static const char more[] = "class name noor\nrule whose\nsay oops\n";
	struct wording *w = wording_new();
	struct err e = { 0 };

	(void)state;
	assert_true(wording_load(w, rules, strlen(rules), &e));
	assert_true(wording_load(w, more, strlen(more), &e));
	wording_add_name(w, "Zelda Fitz");
	wording_ready(w);
	assert_int_equal(wording_rules(w), 2);
	assert_string_equal(found(w, "oops. Zelda forgot. Noor forgot.", 0),
	    "whose:oops|whose:Zelda forgot|whose:Noor forgot");
	wording_free(w);
}

static void
wrong_lines_are_named(void **state)
{
	static const struct {
		const char *text, *says;
	} wrong[] = { { "say x\n", "line 1: no rule begins before" },
		{ "rule a\nsay @none\n", "line 2: there is no class none" },
		{ "rule a\nsing x\n", "line 2: there is no such thing as sing" },
		{ "class\n", "line 1: a class has a name" }, { "rule a\nsay\n", "line 2: an empty" },
		{ "class a @b\n", "line 1: there is no class b" } };

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct wording *w = wording_new();
		struct err e = { 0 };
		assert_false(wording_load(w, wrong[i].text, strlen(wrong[i].text), &e));
		assert_non_null(strstr(e.text, wrong[i].says));
		assert_int_equal(e.kind, ERR_REFUSED);
		wording_free(w);
	}
}

/* Whatever the bytes are, what is found lies in them; a text in two pieces finds the same. */
static void
any_bytes_are_read(void **state)
{
	struct wording *w = begin();
	static const char parts[][16] = { "you ", "should ", "have ", "checked", ".", "\n\n", "`", "'",
		"\"", "\xe2\x80\x9c", "\xff", "blame ", "> ", "n't", "\xe2\x80", "git " };
	uint64_t seed = 1;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		char text[400];
		size_t len = 0;
		struct wording_finding f[50];
		for (int i = 0; i < 20; i++) {
			const char *p;
			seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
			p = parts[seed >> 60];
			memcpy(text + len, p, strlen(p));
			len += strlen(p);
		}
		for (size_t i = wording_check(w, text, len, round & 1, f, 50); i-- > 0;) {
			assert_true(f[i].at + f[i].len <= len);
			assert_true(f[i].len > 0);
		}
	}
	wording_free(w);
}

static void
long_texts_are_read_in_pieces(void **state)
{
	struct wording *w = begin();
	size_t len = 5 << 20;
	char *text = malloc(len);
	struct wording_finding *f = calloc(200, sizeof *f);

	(void)state;
	memset(text, 'x', len);
	for (size_t i = 0; i < len; i += 80)
		text[i] = '\n';
	for (size_t i = 0; i < 100; i++)
		memcpy(text + 80 + i * 50 * 1040, "\nblame\n", 7);
	assert_int_equal(wording_check(w, text, len, WORDING_PLAIN, f, 200), 100);
	for (size_t i = 0; i < 100; i++)
		assert_memory_equal(text + f[i].at, "blame", f[i].len);
	assert_int_equal(wording_check(w, text, len, WORDING_PLAIN, f, 7), 7);
	free(text);
	free(f);
	wording_free(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(patterns_find_what_they_say),
		cmocka_unit_test(a_gap_ends_at_things_and_marks),
		cmocka_unit_test(masks_and_exemptions_silence),
		cmocka_unit_test(quoted_words_are_not_judged),
		cmocka_unit_test(rules_of_a_team_add_up),
		cmocka_unit_test(wrong_lines_are_named),
		cmocka_unit_test(any_bytes_are_read),
		cmocka_unit_test(long_texts_are_read_in_pieces),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
