#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/id.h"
#include "tests/base/random.h"

static void
bits_become_digits(void **state)
{
	(void)state;
	assert_string_equal(id_make(0).s, "000000000000");
	assert_string_equal(id_make(1).s, "000000000001");
	assert_string_equal(id_make(31).s, "00000000000z");
	assert_string_equal(id_make(32).s, "000000000010");
	assert_string_equal(id_make(UINT64_MAX).s, "zzzzzzzzzzzz");
	assert_string_equal(id_make(UINT64_C(1) << 60).s, "000000000000");
}

static void
order_of_numbers_is_order_of_ids(void **state)
{
	uint64_t seed = 1;

	(void)state;
	for (int i = 0; i < 2000; i++) {
		uint64_t a = random_next(&seed) >> 4, b = random_next(&seed) >> 4;
		struct id x = id_make(a), y = id_make(b), back;
		assert_true((id_cmp(x, y) < 0) == (a < b));
		assert_true(id_equal(x, id_make(a)));
		assert_false(id_equal(x, y));
		assert_true(id_parse(x.s, &back));
		assert_true(id_equal(back, x));
	}
}

static void
only_twelve_such_characters(void **state)
{
	static const char *const bad[] = { "", "7k3f9q2mx0a", "7k3f9q2mx0abc", "7k3f9q2mx0aB",
		"7k3f9q2mx0ai", "7k3f9q2mx0al", "7k3f9q2mx0ao", "7k3f9q2mx0au", "7k3f9q2mx0a ",
		"7k3f9q2mx0a\n", "7k3f9q2mx0\xc3\xa9" };
	struct id id = { "untouched" };

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(id_parse(bad[i], &id));
	assert_false(id_parse(NULL, &id));
	assert_string_equal(id.s, "untouched");
	assert_true(id_parse("7k3f9q2mx0ab", &id));
	assert_string_equal(id.s, "7k3f9q2mx0ab");
}

static void
none_is_no_id(void **state)
{
	struct id none = { 0 }, some = id_make(0);

	(void)state;
	assert_false(id_some(none));
	assert_true(id_some(some));
	assert_true(id_equal(none, none));
	assert_false(id_equal(none, some));
}

static int
by_id(const void *a, const void *b)
{
	return id_cmp(*(const struct id *)a, *(const struct id *)b);
}

static void
random_ones_differ(void **state)
{
	enum { N = 5000 };
	static struct id ids[N];
	unsigned char many[1000] = { 0 };
	size_t zeros = 0;

	(void)state;
	for (int i = 0; i < N; i++)
		ids[i] = id_random();
	qsort(ids, N, sizeof *ids, by_id);
	for (int i = 1; i < N; i++)
		assert_false(id_equal(ids[i - 1], ids[i]));
	rand_bytes(many, sizeof many);
	for (size_t i = 0; i < sizeof many; i++)
		zeros += many[i] == 0;
	assert_true(zeros < 40);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bits_become_digits),
		cmocka_unit_test(order_of_numbers_is_order_of_ids),
		cmocka_unit_test(only_twelve_such_characters),
		cmocka_unit_test(none_is_no_id),
		cmocka_unit_test(random_ones_differ),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
