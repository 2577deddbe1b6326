#include "tests/commands/scene.h"

static void
check_split(const char *line, const char *const *want)
{
	struct strs words = { 0 };
	struct err e = { 0 };
	size_t n = 0;

	assert_true(words_split(line, &words, &e));
	while (want[n] != NULL)
		n++;
	assert_int_equal(words.n, n);
	for (size_t i = 0; i < n; i++)
		assert_string_equal(words.v[i], want[i]);
	strs_fini(&words);
}

#define WORDS(...)                                                                                 \
	(const char *const[])                                                                      \
	{                                                                                          \
		__VA_ARGS__, NULL                                                                  \
	}

static void
splits_as_a_shell_does(void **state)
{
	(void)state;
	check_split("event add now text", WORDS("event", "add", "now", "text"));
	check_split("  a\t b  ", WORDS("a", "b"));
	check_split("a 'b c' d", WORDS("a", "b c", "d"));
	check_split("a \"b c\" d", WORDS("a", "b c", "d"));
	check_split("a text='b c'd\" e\"", WORDS("a", "text=b cd e"));
	check_split("'\\n \" '", WORDS("\\n \" "));
	check_split(
	    "\"one\\ntwo\\tthree \\\"q\\\" \\\\ \\x '\"", WORDS("one\ntwo\\tthree \"q\" \\ \\x '"));
	check_split("a\\ b \\\" \\' \\\\ \\n", WORDS("a b", "\"", "'", "\\", "n"));
	check_split("a '' \"\"", WORDS("a", "", ""));
	check_split("a #b #", WORDS("a", "#b", "#"));
	check_split("caf\xc3\xa9 'na\xc3\xafve text'", WORDS("caf\xc3\xa9", "na\xc3\xafve text"));
}

static void
blank_lines_and_comments_are_nothing(void **state)
{
	static const char *const lines[] = { "", " ", "\t \t", "# a comment", "  # 'open quote",
		"#", "\r" };

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct strs words = { 0 };
		struct err e = { 0 };
		assert_true(words_split(lines[i], &words, &e));
		assert_int_equal(words.n, 0);
	}
}

static void
open_quotes_are_refused(void **state)
{
	static const char *const lines[] = { "'", "\"", "a 'b", "a \"b\\\"", "a b\\", "it's" };

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct strs words = { 0 };
		struct err e = { 0 };
		assert_false(words_split(lines[i], &words, &e));
		assert_int_equal(e.kind, ERR_USAGE);
		assert_non_null(strstr(e.text, "nothing was changed"));
		assert_int_equal(words.n, 0);
	}
}

static char *
random_word(void)
{
	static const char *const parts[] = { "a", " ", "'", "\"", "\\", "\n", "\t", "#", "=", "n",
		"\\n", "\xc3\xa9", "\r", "" };
	struct buf b = { 0 };

	for (uint64_t n = test_random() % 6; n > 0; n--)
		buf_adds(&b, parts[test_random() % (sizeof parts / sizeof *parts)]);
	return buf_take(&b);
}

static void
joined_words_split_again(void **state)
{
	(void)state;
	for (int turn = 0; turn < 20000; turn++) {
		struct strs words = { 0 }, again = { 0 };
		struct buf line = { 0 };
		struct err e = { 0 };

		for (uint64_t n = 1 + test_random() % 4; n > 0; n--)
			strs_take(&words, random_word());
		words_join(&words, &line);
		assert_null(strchr(line.data, '\n'));
		assert_true(words_split(line.data, &again, &e));
		assert_true(strs_equal(&words, &again));
		strs_fini(&words);
		strs_fini(&again);
		buf_fini(&line);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(splits_as_a_shell_does),
		cmocka_unit_test(blank_lines_and_comments_are_nothing),
		cmocka_unit_test(open_quotes_are_refused),
		cmocka_unit_test(joined_words_split_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
