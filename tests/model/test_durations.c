/* How long it took, with its formula, and accounts that stand beside each other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/accounts.h"
#include "model/durations.h"

static struct event *
add(struct debrief *d, int64_t at_s, int phase)
{
	struct event *e =
	    (struct event *)item_new(KIND_EVENT, id_make(100 + (uint64_t)DEBRIEF_N(d, EVENT)));

	e->at_ns = at_s * NS_PER_S;
	e->phase = phase;
	e->text = mem_fmt("at %lld", (long long)at_s);
	debrief_put(d, KIND_EVENT, &e->item);
	debrief_sort(d, KIND_EVENT);
	return e;
}

static void
assert_formula(const struct debrief *d, enum duration_of which, const char *want)
{
	struct duration v[N_DURATIONS];
	struct buf b = { 0 };

	durations_of(d, v);
	duration_formula(&b, &v[which], which, NULL);
	assert_string_equal(b.data, want);
	buf_fini(&b);
}

enum { T0 = 1784037760 /* 2026-07-14T14:02:40Z */ };

static void
test_formulas(void **state)
{
	struct debrief *d = debrief_new(id_make(1));
	struct event *mitigated;

	(void)state;
	add(d, T0, PHASE_STARTED);
	add(d, T0 + 385, PHASE_DETECTED);
	add(d, T0 + 530, PHASE_ACKNOWLEDGED);
	assert_formula(d, DURATION_DETECT, "detect 6:25 = detected 14:09:05 - started 14:02:40");
	assert_formula(
	    d, DURATION_ACKNOWLEDGE, "acknowledge 2:25 = acknowledged 14:11:30 - detected 14:09:05");
	assert_formula(d, DURATION_MITIGATE, "mitigate ?: no event is marked mitigated");
	mitigated = add(d, T0 + 2630, PHASE_MITIGATED);
	add(d, T0 + 3350, PHASE_MITIGATED);
	assert_formula(d, DURATION_MITIGATE,
	    "mitigate 43:50 = mitigated 14:46:30 (first of 2) - started 14:02:40");
	mitigated->precision = PRECISION_ABOUT;
	assert_formula(d, DURATION_MITIGATE,
	    "mitigate ~43:50 = mitigated ~14:46 (first of 2) - started 14:02:40");
	mitigated->precision = PRECISION_ORDER;
	assert_formula(d, DURATION_MITIGATE,
	    "mitigate 55:50 = mitigated 14:58:30 (first of 2) - started 14:02:40");
	add(d, T0 + 40 * 3600, PHASE_RESOLVED);
	assert_formula(d, DURATION_RESOLVE,
	    "resolve 1 d 16:00:00 = resolved 2026-07-16 06:02:40 - started 2026-07-14 14:02:40");
	debrief_free(d);
}

static void
test_what_is_missing(void **state)
{
	struct debrief *d = debrief_new(id_make(1));
	struct duration v[N_DURATIONS];

	(void)state;
	durations_of(d, v);
	assert_false(durations_some(v));
	assert_formula(
	    d, DURATION_DETECT, "detect ?: no event is marked detected, no event is marked started");
	add(d, T0, PHASE_DETECTED);
	assert_formula(d, DURATION_DETECT, "detect ?: no event is marked started");
	add(d, T0 + 60, PHASE_STARTED);
	assert_formula(
	    d, DURATION_DETECT, "detect ?: detected 14:02:40 is before started 14:03:40");
	durations_of(d, v);
	assert_true(durations_some(v));
	assert_int_equal(v[DURATION_DETECT].ns, TIME_NONE);
	add(d, T0 + 90, PHASE_ACKNOWLEDGED)->precision = PRECISION_ORDER;
	assert_formula(d, DURATION_ACKNOWLEDGE,
	    "acknowledge ?: acknowledged has a place in the order, and no time");
	debrief_free(d);
}

static struct event *
tell(struct debrief *d, int64_t at_s, const char *who, int precision)
{
	struct event *e = add(d, at_s, PHASE_NONE);

	e->certainty = CERTAINTY_ACCOUNT;
	e->precision = precision;
	e->source = mem_dup(who);
	return e;
}

static void
assert_groups(const struct debrief *d, size_t n, size_t members)
{
	struct accounts a = accounts_of(d);
	size_t sum = 0;

	assert_int_equal(a.n, n);
	for (size_t i = 0; i < a.n; i++) {
		sum += a.v[i].n;
		for (size_t k = 0; k < a.v[i].n; k++)
			assert_ptr_equal(accounts_at(&a, a.members[a.v[i].first + k]), &a.v[i]);
	}
	assert_int_equal(sum, members);
	accounts_fini(&a);
}

static void
test_accounts(void **state)
{
	struct debrief *d = debrief_new(id_make(1));
	struct event *long_one;

	(void)state;
	assert_groups(d, 0, 0);
	tell(d, T0, "fern", PRECISION_MINUTE);
	tell(d, T0 + 30, "fern", PRECISION_MINUTE);
	assert_groups(d, 0, 0); /* one teller */
	add(d, T0 + 31, PHASE_NONE);
	tell(d, T0 + 40, "kit", PRECISION_MINUTE);
	assert_groups(d, 1, 3);
	tell(d, T0 + 600, "fern", PRECISION_EXACT);
	tell(d, T0 + 660, "kit", PRECISION_EXACT);
	assert_groups(d, 1, 3); /* a minute later is another moment */
	tell(d, T0 + 950, "lin", PRECISION_ABOUT);
	assert_groups(d, 2, 5); /* about: five minutes either way */
	long_one = tell(d, T0 + 2000, NULL, PRECISION_EXACT);
	long_one->until_ns = (T0 + 2600) * NS_PER_S;
	tell(d, T0 + 2500, NULL, PRECISION_EXACT); /* nobody says who they are */
	assert_groups(d, 3, 7);
	debrief_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_formulas),
		cmocka_unit_test(test_what_is_missing),
		cmocka_unit_test(test_accounts),
	};
	return cmocka_run_group_tests_name("durations", tests, NULL, NULL);
}
