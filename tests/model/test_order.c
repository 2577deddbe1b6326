/* Order keys: always between, short, and different for two who insert at the same place. */
#include "model/order.h"
#include "tests/model/room.h"

static void
appends_stay_short(void **state)
{
	struct dice dice = { 5 };
	char *last = NULL;

	(void)state;
	for (int i = 0; i < 2000; i++) {
		char *next = order_between(last, NULL, dice_next(&dice));
		assert_true(order_ok(next));
		assert_true(strlen(next) <= 8);
		assert_true(last == NULL || strcmp(last, next) < 0);
		free(last);
		last = next;
	}
	free(last);
}

static void
prepends_stay_short(void **state)
{
	struct dice dice = { 6 };
	char *first = order_between(NULL, NULL, 0);

	(void)state;
	for (int i = 0; i < 60000; i++) {
		char *next = order_between(NULL, first, dice_next(&dice));
		assert_true(order_ok(next) && strcmp(next, first) < 0 && strlen(next) <= 8);
		free(first);
		first = next;
	}
	free(first);
}

struct node {
	char *key;
	size_t next;
};

static void
random_inserts_are_strictly_ordered(void **state)
{
	enum { INSERTS = 100000 };
	struct dice dice = { 7 };
	struct node *v = mem_zero(INSERTS + 1, sizeof *v); /* v[0] is before all, its key NULL */
	size_t longest = 0, seen = 0;

	(void)state;
	for (size_t n = 1; n <= INSERTS; n++) {
		size_t after = dice_below(&dice, n), before = v[after].next;
		v[n] = (struct node){ order_between(v[after].key, v[before].key, dice_next(&dice)),
			before };
		v[after].next = n;
	}
	for (size_t i = v[0].next; i != 0; i = v[i].next, seen++) {
		assert_true(order_ok(v[i].key));
		assert_int_not_equal(v[i].key[strlen(v[i].key) - 1], '0'); /* or there was no room before it */
		if (v[i].next != 0 && strcmp(v[i].key, v[v[i].next].key) >= 0)
			fail_msg("%s before %s", v[i].key, v[v[i].next].key);
		longest = strlen(v[i].key) > longest ? strlen(v[i].key) : longest;
	}
	assert_int_equal(seen, INSERTS);
	assert_true(longest < 60);
	for (size_t i = 1; i <= INSERTS; i++)
		free(v[i].key);
	free(v);
}

static void
many_inserts_at_one_place(void **state)
{
	(void)state;
	for (int way = 0; way < 3; way++) {
		struct dice dice = { 9 };
		char *low = order_between(NULL, NULL, 1), *high = order_between(low, NULL, 2);
		for (int i = 0; i < 1000; i++) {
			char *mid = order_between(low, high, dice_next(&dice));
			bool up = way == 2 ? i % 2 : way;
			assert_true(order_ok(mid) && strcmp(low, mid) < 0 && strcmp(mid, high) < 0);
			free(up ? low : high);
			*(up ? &low : &high) = mid;
		}
		free(low);
		free(high);
	}
}

/* A gap that is used up gives keys that are still keys. */
static void
a_gap_without_end_ends_well(void **state)
{
	struct dice dice = { 10 };
	char *low = order_between(NULL, NULL, 1), *high = order_between(low, NULL, 2);

	(void)state;
	for (int i = 0; i < 3000; i++) {
		char *mid = order_between(low, high, dice_next(&dice));
		assert_true(order_ok(mid) && strcmp(low, mid) <= 0);
		free(i % 2 ? low : high);
		*(i % 2 ? &low : &high) = mid;
	}
	free(low);
	free(high);
}

static void
two_at_one_place_differ(void **state)
{
	struct dice dice = { 12 };
	char *low = order_between(NULL, NULL, 0), *high = order_between(low, NULL, 0);
	int same = 0;

	(void)state;
	for (int i = 0; i < 1000; i++) {
		char *a = order_between(low, high, dice_next(&dice)),
		     *b = order_between(low, high, dice_next(&dice));
		same += strcmp(a, b) == 0;
		free(a);
		free(b);
	}
	assert_true(same < 10);
	free(low);
	free(high);
}

static void
neighbors_out_of_order_still_give_a_key(void **state)
{
	static const char *const odd[] = { NULL, "", "h", "h000", "h00001", "zzzz", "A000", "h00!",
		"a000", "y000", "h0a0k3", "h0a0k3" };

	(void)state;
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
		for (size_t j = 0; j < sizeof odd / sizeof *odd; j++) {
			char *key = order_between(odd[i], odd[j], 77);
			assert_true(order_ok(key));
			if (odd[i] != NULL && order_ok(odd[i]))
				assert_true(strcmp(odd[i], key) < 0);
			free(key);
		}
	assert_true(order_ok("h0a0k3"));
	assert_false(order_ok(NULL));
	assert_false(order_ok("0abc"));
	assert_false(order_ok("h0-0"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(appends_stay_short),
		cmocka_unit_test(prepends_stay_short),
		cmocka_unit_test(random_inserts_are_strictly_ordered),
		cmocka_unit_test(many_inserts_at_one_place),
		cmocka_unit_test(a_gap_without_end_ends_well),
		cmocka_unit_test(two_at_one_place_differ),
		cmocka_unit_test(neighbors_out_of_order_still_give_a_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
