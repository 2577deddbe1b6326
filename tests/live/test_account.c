/* An account of one's own: what was kept stays, whoever else of the same person writes there. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "live/account.h"
#include "tests/live/world.h"

static const char secret[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

static struct account *
open_it(void)
{
	struct err e = { 0 };
	struct account *a = account_open(secret, id_make(7), &e);

	if (a == NULL)
		fail_msg("%s", e.text);
	return a;
}

static void
add(struct account *a, int64_t at_s, const char *text)
{
	struct err e = { 0 };

	if (!account_add(a, at_s * 1000000000, false, text, &e))
		fail_msg("%s", e.text);
}

static void
two_screens_lose_nothing(void **state)
{
	struct account *one = open_it(), *two = open_it();
	char *key;

	(void)state;
	add(one, 10, "of the screen");
	add(two, 20, "of the shell");
	add(one, 30, "of the screen again");
	assert_int_equal(one->n, 3);
	key = account_key(&two->v[0]);
	assert_true(account_drop(two, key, NULL));
	assert_true(account_drop(one, key, NULL)); /* it is gone already */
	free(key);
	assert_int_equal(one->n, 2);
	assert_string_equal(one->v[0].text, "of the shell");
	account_free(one);
	account_free(two);
}

static void
the_same_words_at_another_time_are_another_line(void **state)
{
	struct account *a = open_it();
	char *key;

	(void)state;
	add(a, 40, "the same");
	add(a, 50, "the same");
	key = account_key(&a->v[a->n - 1]);
	assert_true(account_drop(a, key, NULL));
	free(key);
	assert_int_equal(a->v[a->n - 1].at_ns, INT64_C(40000000000));
	account_free(a);
}

/* What no event could hold would never be released. */
static void
a_line_is_as_long_as_an_event(void **state)
{
	struct account *a = open_it();
	char *text = mem_zero(5001, 1);
	struct err e = { 0 };
	size_t n = a->n;

	(void)state;
	memset(text, 'x', 5000);
	assert_false(account_add(a, 0, false, text, &e));
	assert_int_equal(e.kind, ERR_REFUSED);
	assert_false(account_add(a, 0, false, "\x1b", &e));
	assert_int_equal(a->n, n);
	free(text);
	account_free(a);
}

/* What cannot be read whole is not written over. */
static void
what_is_too_long_stays(void **state)
{
	struct account *a = open_it();
	struct err e = { 0 };
	struct stat st;
	FILE *f = fopen(a->path, "w");

	(void)state;
	assert_non_null(f);
	for (int i = 0; i < 70000; i++)
		fputs("1970-01-01T00:00:01Z s line\n", f);
	fclose(f);
	assert_false(account_add(a, 0, false, "one more", &e));
	assert_int_equal(e.kind, ERR_STORE);
	assert_int_equal(stat(a->path, &st), 0);
	assert_int_equal(st.st_size, 70000 * 28);
	assert_int_equal(unlink(a->path), 0);
	account_free(a);
}

static int
begin(void **state)
{
	char folder[] = "/tmp/debrief-account-XXXXXX";

	*state = mkdtemp(folder) != NULL ? mem_dup(folder) : NULL;
	return *state != NULL && setenv("XDG_STATE_HOME", *state, 1) == 0 ? 0 : -1;
}

static int
end(void **state)
{
	char *line = mem_fmt("rm -rf '%s'", (const char *)*state);
	int status = system(line);

	free(line);
	free(*state);
	return status;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_screens_lose_nothing),
		cmocka_unit_test(the_same_words_at_another_time_are_another_line),
		cmocka_unit_test(a_line_is_as_long_as_an_event),
		cmocka_unit_test(what_is_too_long_stays),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
