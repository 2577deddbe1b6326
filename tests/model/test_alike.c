/* Which debriefs look alike, and what is said about why. */
#include "model/alike.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "model/op.h"

static uint64_t
next_bits(void)
{
	static uint64_t bits = 1;

	return bits++;
}

static struct debrief *
debrief_titled(const char *title)
{
	struct debrief *d = debrief_new(id_make(next_bits()));

	d->title = mem_dup(title);
	return d;
}

static void
add_cause(struct debrief *d, const char *text)
{
	struct cause *c = (struct cause *)item_new(KIND_CAUSE, id_make(next_bits()));

	c->text = mem_dup(text);
	debrief_put(d, KIND_CAUSE, &c->item);
}

/* Frees both. The reasons are yours. */
static int
compare(struct debrief *a, struct debrief *b, char **why)
{
	struct alike left, right;
	struct buf reasons = { 0 };
	int score;

	alike_read(&left, a);
	alike_read(&right, b);
	score = alike_score(&left, &right, &reasons);
	assert_int_equal(score, alike_score(&right, &left, NULL));
	alike_fini(&left);
	alike_fini(&right);
	debrief_free(a);
	debrief_free(b);
	*why = buf_take(&reasons);
	return score;
}

static void
assert_alike(const char *a, const char *b, bool alike, const char *reason)
{
	char *why;
	int score = compare(debrief_titled(a), debrief_titled(b), &why);

	if ((score >= ALIKE_ENOUGH) != alike || strcmp(why, reason) != 0)
		fail_msg("%s / %s: %d, \"%s\"", a, b, score, why);
	free(why);
}

static void
titles_share_words(void **state)
{
	(void)state;
	assert_alike("Checkout 5xx", "The slow CHECKOUT", true, "title's word checkout");
	assert_alike("Deploys break", "A deploy, again", true, "title's word deploy");
	assert_alike("DNS: resolver-loop", "loop in DNS", true, "title's words dns, loop");
	assert_alike("Überlauf der Queue", "queue überlauf", true, "title's words queue, überlauf");
	assert_alike("支払い障害", "障害の報告", true, "title's word 障害");
}

static void
words_that_say_little_do_not_count(void **state)
{
	(void)state;
	assert_alike("The outage of 2026", "An outage: 2026, the incident", false, "");
	assert_alike("Failure of all of it", "failure, after all", false, "");
	assert_alike("a b c", "b c a", false, "");
}

static void
the_same_title_is_a_series(void **state)
{
	(void)state;
	assert_alike("Sprint retro", "Sprint retro", true, "the same series; title's word sprint");
	assert_alike("sprint", "print", false, "");
}

static void
nothing_in_common_is_zero(void **state)
{
	char *why;
	struct debrief *a = debrief_titled("Disk full"), *b = debrief_titled("Late bill");

	(void)state;
	strs_add(&a->services, "mail");
	strs_add(&b->services, "billing");
	assert_int_equal(compare(a, b, &why), 0);
	assert_string_equal(why, "");
	free(why);
}

static void
a_service_is_enough(void **state)
{
	char *why;
	struct debrief *a = debrief_titled("Disk full"), *b = debrief_titled("Late bill");
	struct alike left, right;

	(void)state;
	strs_add(&a->services, "zebra");
	strs_add(&a->services, "Mail");
	strs_add(&b->services, "mail");
	alike_read(&left, a);
	alike_read(&right, b);
	assert_true(alike_service(&left, &right));
	alike_fini(&left);
	alike_fini(&right);
	assert_true(compare(a, b, &why) >= ALIKE_ENOUGH);
	assert_string_equal(why, "service mail");
	free(why);
}

static void
one_tag_is_not_enough_two_are(void **state)
{
	char *why;

	(void)state;
	for (int n = 1; n <= 2; n++) {
		struct debrief *a = debrief_titled("Disk full"), *b = debrief_titled("Late bill");
		for (int i = 0; i < n; i++) {
			strs_add(&a->tags, i == 0 ? "deploy" : "retry");
			strs_add(&b->tags, i == 0 ? "deploy" : "retry");
		}
		assert_int_equal(compare(a, b, &why) >= ALIKE_ENOUGH, n == 2);
		assert_string_equal(why, n == 1 ? "tag deploy" : "tags deploy, retry");
		free(why);
	}
}

static void
a_symptom_is_enough_and_its_words_are_not_said_twice(void **state)
{
	char *why;
	struct debrief *a = debrief_titled("Disk full"), *b = debrief_titled("Late bill");

	(void)state;
	strs_add(&a->symptoms, "queue grew");
	strs_add(&b->symptoms, "Queue grew");
	assert_true(compare(a, b, &why) >= ALIKE_ENOUGH);
	assert_string_equal(why, "symptom queue grew; words grew, queue");
	free(why);
}

static void
it_takes_several_words_of_causes(void **state)
{
	char *why;
	struct debrief *a = debrief_titled("Disk full"), *b = debrief_titled("Late bill");

	(void)state;
	add_cause(a, "The connection pool was small");
	add_cause(b, "A connection leaked, and a pool with it");
	assert_true(compare(a, b, &why) < ALIKE_ENOUGH);
	assert_string_equal(why, "words connection, pool");
	free(why);
	a = debrief_titled("Disk full");
	b = debrief_titled("Late bill");
	add_cause(a, "Retries without backoff exhausted the connection pool");
	add_cause(b, "The connection pool has no backoff");
	add_cause(b, "A retry storm: retries of retries");
	assert_true(compare(a, b, &why) >= ALIKE_ENOUGH);
	assert_string_equal(why, "words backoff, connection, pool, retry");
	free(why);
}

/* However much they share, words of causes stay below a service with a symptom. */
static void
scores_are_bounded(void **state)
{
	struct debrief *a = debrief_titled("Disk"), *b = debrief_titled("Bill");
	struct buf long_text = { 0 };
	char *why;

	(void)state;
	for (int i = 0; i < 400; i++)
		buf_addf(&long_text, "word%dx ", i);
	add_cause(a, long_text.data);
	add_cause(b, long_text.data);
	assert_true(compare(a, b, &why) < 8);
	assert_true(strlen(why) < 80);
	assert_non_null(strstr(why, " and 396 more"));
	free(why);
	buf_fini(&long_text);
}

enum { MANY = 9 };

static void
what_most_share_tells_nothing_apart(void **state)
{
	struct alike traits[MANY], *all[MANY];

	(void)state;
	for (size_t i = 0; i < MANY; i++) {
		char *title = mem_fmt("Checkout trouble%zux%s", i, i < 2 ? " queue" : "");
		struct debrief *d = debrief_titled(title);
		alike_read(&traits[i], d);
		all[i] = &traits[i];
		debrief_free(d);
		free(title);
	}
	alike_thin(all, 7);
	assert_true(alike_score(all[2], all[3], NULL) >= ALIKE_ENOUGH);
	alike_thin(all, MANY);
	assert_int_equal(alike_score(all[2], all[3], NULL), 0);
	assert_true(alike_score(all[0], all[1], NULL) >= ALIKE_ENOUGH);
	for (size_t i = 0; i < MANY; i++)
		alike_fini(&traits[i]);
}

static void
hostile_text_is_survived(void **state)
{
	struct buf long_word = { 0 };
	char *why;

	(void)state;
	for (int i = 0; i < 200; i++)
		buf_adds(&long_word, "ü");
	assert_alike("s \xff\xfe sss \xc3", "\xf0\x9f", false, "");
	assert_int_equal(
	    compare(debrief_titled(long_word.data), debrief_titled("s"), &why), 0);
	free(why);
	buf_fini(&long_word);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(titles_share_words),
		cmocka_unit_test(words_that_say_little_do_not_count),
		cmocka_unit_test(the_same_title_is_a_series),
		cmocka_unit_test(nothing_in_common_is_zero),
		cmocka_unit_test(a_service_is_enough),
		cmocka_unit_test(one_tag_is_not_enough_two_are),
		cmocka_unit_test(a_symptom_is_enough_and_its_words_are_not_said_twice),
		cmocka_unit_test(it_takes_several_words_of_causes),
		cmocka_unit_test(scores_are_bounded),
		cmocka_unit_test(what_most_share_tells_nothing_apart),
		cmocka_unit_test(hostile_text_is_survived),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
