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

/* Code, where links lead and what programs read is not what somebody says. */
static void
markdown_is_read_as_it_is_meant(void **state)
{
	static const struct {
		const char *text, *plain, *markdown;
	} of[] = { { "---\nby: blame\n---\nblame", "whose:blame|whose:blame", "whose:blame" },
		{ "[blame](http://x/ blame.md) no", "whose:blame|whose:blame", "whose:blame" },
		{ "[a]: to/blame.md\n\nblame", "whose:blame|whose:blame", "whose:blame" },
		{ "x\n\n    blame\n\n    blame\n", "whose:blame|whose:blame", "" },
		{ "- x\n\n    blame\n", "whose:blame", "whose:blame" },
		{ "1. x\n   ~~~\n   blame\n\n   blame\n   ~~~\nblame", "whose:blame|whose:blame|whose:blame",
		    "whose:blame" },
		{ "````\n```\nblame\n````\nblame", "whose:blame", "whose:blame" },
		{ "```\r\nblame\r\n```\r\nblame\r\n", "whose:blame", "whose:blame" },
		{ "``a ` blame`` blame", "whose:blame", "whose:blame" },
		{ "~~~ sh\nblame", "whose:blame", "" },
		{ "see www.x.org/blame, mailto:blame@x.org, ftp://x/blame", "", "" } };
	struct wording *w = begin();

	(void)state;
	for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
		assert_string_equal(found(w, of[i].text, WORDING_MARKDOWN), of[i].markdown);
		assert_string_equal(found(w, of[i].text, WORDING_PLAIN), of[i].plain);
	}
	wording_free(w);
}

static struct wording *
with_rules(const char *text)
{
	struct wording *w = wording_new();
	struct err e = { 0 };

	if (!wording_load(w, text, strlen(text), &e))
		fail_msg("%s", e.text);
	wording_ready(w);
	return w;
}

static void
classes_have_shapes_and_exceptions(void **state)
{
	/* `who` holds `trade` before that has a word. */
	struct wording *w = with_rules("class trade\nclass who @trade i\nclass trade Baker\n"
				       "class slip mis*ed -missed\nclass any *\nclass past *ed -red\n"
				       "rule r\nask ?\nsay @who ..2 @slip\nsay @who/they @any it\n"
				       "say root : @who\nsay the @past one -@who\nsay left -a behind\n");

	(void)state;
	assert_string_equal(found(w, "the baker misfiled, the baker missed", 0), "r:baker misfiled");
	assert_string_equal(found(w, "they x it. we x it. I do it", 0), "r:they x it|r:I do it");
	assert_string_equal(found(w, "Root: baker", 0), "r:Root: baker");
	assert_string_equal(found(w, "root, baker. root baker", 0), "");
	assert_string_equal(found(w, "the burned one, the red one, the burned one i", 0),
	    "r:the burned one");
	assert_string_equal(found(w, "left behind", 0), "r:left behind");
	wording_free(w);
}

/* A word before what follows, and the next one at the end. */
static void
what_must_not_stand_there(void **state)
{
	struct wording *w = with_rules("class who crew\nclass det the\nrule r\nask ?\n"
				       "say @who ..3 -@det left ..2 open\nsay stop -sign\n");

	(void)state;
	assert_string_equal(found(w, "crew just left it open", 0), "r:crew just left it open");
	assert_string_equal(found(w, "crew saw the left door open", 0), "");
	assert_string_equal(found(w, "stop it, stop sign, stop", 0), "r:stop|r:stop");
	wording_free(w);
}

static void
words_are_typed_in_many_ways(void **state)
{
	struct wording *w = with_rules("rule r\nask ?\nsay did not\nsay can not\nsay boss 's say\n"
				       "say will not\nsay x not\n");

	(void)state;
	assert_string_equal(found(w, "didn't, didnt, did not", 0), "r:didn't|r:didnt|r:did not");
	assert_string_equal(found(w, "can't cant cannot", 0), "r:can't|r:cant|r:cannot");
	assert_string_equal(found(w, "the boss' say, the boss\xe2\x80\x99s say", 0),
	    "r:boss' say|r:boss\xe2\x80\x99s say");
	assert_string_equal(found(w, "won't nt cat's xnt", 0), "r:won't");
	assert_string_equal(found(w, "\xef\xbb\xbf" "did not", 0), "r:did not");
	wording_free(w);
}

static void
a_denial_ends_with_its_clause(void **state)
{
	struct wording *w = with_rules("class clause but it\nrule r\nask ?\nsay bad\nunless not\n");

	(void)state;
	wording_ready(w);
	assert_string_equal(found(w, "not bad. bad", 0), "r:bad");
	assert_string_equal(found(w, "not old, bad or late", 0), "");
	assert_string_equal(found(w, "not late, but bad", 0), "r:bad");
	assert_string_equal(found(w, "not late, it was bad", 0), "r:bad");
	wording_free(w);
	w = with_rules("rule r\nask ?\nsay bad\nunless not\n");
	wording_ready(w);
	assert_string_equal(found(w, "not late, but bad", 0), "");
	wording_free(w);
}

static void
names_are_persons_unless_they_are_words(void **state)
{
	struct wording *w = with_rules("class name\nrule r\nask ?\nsay @name did\nsay it will\n");

	(void)state;
	wording_add_name(w, "Zelda van Fitz");
	wording_add_name(w, "Will");
	wording_add_name(w, "\xc3\x96zg\xc3\xbcr");
	wording_add_name(w, "");
	wording_ready(w);
	assert_string_equal(found(w, "Zelda did. Fitz did. van did. Will did.", 0),
	    "r:Zelda did|r:Fitz did");
	assert_string_equal(found(w, "\xc3\x96zg\xc3\xbcr did", 0), "r:\xc3\x96zg\xc3\xbcr did");
	wording_free(w);
}

static bool
until_two(void *ctx, const struct wording_finding *f)
{
	(void)f;
	return ++*(size_t *)ctx < 2;
}

/* A block of code that is longer than a piece hides what is in it to its end. */
static void
fences_go_over_pieces(void **state)
{
	struct wording *w = begin();
	size_t len = 3 << 20, n = 0;
	char *text = malloc(len + 1);

	(void)state;
	for (size_t i = 0; i < len; i += 8)
		memcpy(text + i, "blame\n\n\n", 8);
	memcpy(text, "```\nabc\n", 8);
	memcpy(text + len - 16, "```\nabc\n", 8);
	text[len] = '\0';
	assert_string_equal(found(w, text, WORDING_MARKDOWN), "whose:blame");
	wording_each(w, text, len, WORDING_PLAIN, until_two, &n);
	assert_int_equal(n, 2);
	free(text);
	wording_free(w);
}

/* Quotes that never end, and much of everything, are read in the time that the text takes. */
static void
nothing_takes_the_square_of_its_length(void **state)
{
	static const char *const parts[] = { "\xe2\x80\x9c", "'a ", "`` ` ", "you ", "should ", "( ",
		"not ", "``` " };
	struct wording *w = begin();

	(void)state;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		size_t n = strlen(parts[i]), len = (1 << 20) / n * n;
		char *text = malloc(len);
		struct wording_finding f;
		for (size_t at = 0; at < len; at += n)
			memcpy(text + at, parts[i], n);
		assert_int_equal(wording_check(w, text, len, WORDING_PLAIN, &f, 1), 0);
		free(text);
	}
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
		{ "class a @b\n", "line 1: there is no class b" },
		{ "rule a\nsay x//y\n", "line 2: an empty word" },
		{ "rule a\nsay @\n", "line 2: an empty word" },
		{ "class a\nrule b\nsay x/@c\n", "line 3: there is no class c" } };

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
		cmocka_unit_test(markdown_is_read_as_it_is_meant),
		cmocka_unit_test(classes_have_shapes_and_exceptions),
		cmocka_unit_test(what_must_not_stand_there),
		cmocka_unit_test(words_are_typed_in_many_ways),
		cmocka_unit_test(a_denial_ends_with_its_clause),
		cmocka_unit_test(names_are_persons_unless_they_are_words),
		cmocka_unit_test(fences_go_over_pieces),
		cmocka_unit_test(nothing_takes_the_square_of_its_length),
		cmocka_unit_test(rules_of_a_team_add_up),
		cmocka_unit_test(wrong_lines_are_named),
		cmocka_unit_test(any_bytes_are_read),
		cmocka_unit_test(long_texts_are_read_in_pieces),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
