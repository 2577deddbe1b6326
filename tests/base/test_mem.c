#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "tests/base/random.h"

static void
copies_and_formats(void **state)
{
	char *a = mem_dup("abc"), *b = mem_dupn("a\0c", 3), *c = mem_fmt("%d-%s", 7, "x");
	char *empty = mem_dupn(NULL, 0);

	(void)state;
	assert_string_equal(a, "abc");
	assert_memory_equal(b, "a\0c", 4);
	assert_string_equal(c, "7-x");
	assert_string_equal(empty, "");
	assert_null(mem_dup(NULL));
	free(a);
	free(b);
	free(c);
	free(empty);
}

static void
nothing_is_something(void **state)
{
	void *a = mem_alloc(0), *b = mem_zero(0, 8), *c = mem_resize(NULL, 0, 8);

	(void)state;
	assert_non_null(a);
	assert_non_null(b);
	assert_non_null(c);
	free(a);
	free(b);
	free(c);
}

static void
room_grows_and_keeps(void **state)
{
	int *v = NULL;
	size_t n = 0, cap = 0, grown = 0;

	(void)state;
	for (int i = 0; i < 10000; i++) {
		size_t before = cap;
		VEC_ROOM(v, n, cap);
		grown += cap != before;
		v[n++] = i;
	}
	for (int i = 0; i < 10000; i++)
		assert_int_equal(v[i], i);
	assert_true(grown < 40);
	free(v);
}

static void
too_much_ends_the_process(void **state)
{
	int status, quiet[2];
	pid_t child;

	(void)state;
	assert_int_equal(pipe(quiet), 0);
	child = fork();
	if (child == 0) {
		dup2(quiet[1], STDERR_FILENO);
		free(mem_resize(NULL, SIZE_MAX / 4 + 2, 4));
		_exit(0);
	}
	close(quiet[1]);
	close(quiet[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
}

static void
lists_of_texts(void **state)
{
	struct strs s = { 0 }, t;

	(void)state;
	strs_add(&s, "pear");
	strs_addn(&s, "applesauce", 5);
	strs_take(&s, mem_dup("pear"));
	strs_add(&s, "");
	assert_int_equal(s.n, 4);
	assert_true(strs_has(&s, "apple"));
	assert_false(strs_has(&s, "app"));
	strs_copy(&t, &s);
	assert_true(strs_equal(&s, &t));
	strs_sort(&s, false);
	assert_false(strs_equal(&s, &t));
	assert_int_equal(s.n, 4);
	strs_sort(&s, true);
	assert_int_equal(s.n, 3);
	assert_string_equal(s.v[0], "");
	assert_string_equal(s.v[2], "pear");
	strs_drop(&s, 0);
	assert_string_equal(s.v[0], "apple");
	assert_int_equal(t.n, 4);
	strs_fini(&s);
	strs_fini(&t);
	strs_fini(&t);
	strs_copy(&t, &s);
	assert_int_equal(t.n, 0);
}

static void
sorting_is_by_bytes_and_drops_every_double(void **state)
{
	uint64_t seed = 4;

	(void)state;
	for (int round = 0; round < 200; round++) {
		struct strs s = { 0 }, all;
		for (int i = random_below(&seed, 20); i > 0; i--) {
			char text[3] = { (char)random_below(&seed, 256),
				(char)random_below(&seed, 3), 0 };
			strs_add(&s, text);
		}
		strs_copy(&all, &s);
		strs_sort(&s, true);
		for (size_t i = 1; i < s.n; i++)
			assert_true(strcmp(s.v[i - 1], s.v[i]) < 0);
		for (size_t i = 0; i < all.n; i++)
			assert_true(strs_has(&s, all.v[i]));
		strs_fini(&s);
		strs_fini(&all);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(copies_and_formats),
		cmocka_unit_test(nothing_is_something),
		cmocka_unit_test(room_grows_and_keeps),
		cmocka_unit_test(too_much_ends_the_process),
		cmocka_unit_test(lists_of_texts),
		cmocka_unit_test(sorting_is_by_bytes_and_drops_every_double),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
