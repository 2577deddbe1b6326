/* The question about the wording of what is typed. */
#include "model/wording.h"
#include "tests/views/desk.h"

static const char rules[] = "rule verdict\nask Compared with which mark?\nsay bad\n";
static const struct ui_begin simple = { .want = "join", .simple = true };

static struct wording *
begin(struct desk *k, int rows)
{
	struct wording *w = wording_new();

	desk_open(k, rows, 80);
	assert_true(wording_load(w, rules, strlen(rules), NULL));
	wording_ready(w);
	k->sc.wording = w;
	desk_do(k, "category add Technical");
	return w;
}

static void
it_asks_and_goes(void **state)
{
	struct desk k;
	struct wording *w = begin(&k, 24);

	(void)state;
	press(&k, "3 a 'a~good~one");
	assert_false(shows(&k, "only you see this"));
	press(&k, "enter 'a~bad~one");
	assert_true(shows(&k, "only you see this"));
	assert_true(shows(&k, "Compared with which mark?"));
	press(&k, "esc"); /* drops the question, not the line */
	assert_false(shows(&k, "only you see this"));
	assert_true(shows(&k, "a bad one"));
	press(&k, "enter");
	assert_non_null(strstr(k.ran, "\"a bad one\""));
	press(&k, "'bad~again");
	assert_true(shows(&k, "only you see this"));
	press(&k, "enter"); /* added as it is */
	assert_non_null(strstr(k.ran, "\"bad again\""));
	wording_free(w);
	desk_close(&k);
}

/* Its typist, and nobody else, may put the question to the room; the line is not in it. */
static void
it_is_shared_by_its_typist(void **state)
{
	struct desk k;
	struct wording *w = begin(&k, 24);

	(void)state;
	press(&k, "3 a 'bad");
	assert_true(shows(&k, "ctrl-o asks the room"));
	press(&k, "ctrl-o");
	assert_string_equal(k.ran, "question add \"Compared with which mark?\"");
	assert_false(shows(&k, "only you see this"));
	press(&k, "enter");
	assert_non_null(strstr(k.ran, " bad"));
	wording_free(w);
	desk_close(&k);
}

/* A cause that says who is asked about, and taken. */
static void
a_cause_that_names_a_person(void **state)
{
	struct desk k;
	struct wording *w = begin(&k, 24);

	(void)state;
	press(&k, "3 a 'the~operator~typed~it");
	assert_true(shows(&k, "what made it possible?"));
	press(&k, "enter");
	assert_non_null(strstr(k.ran, "the operator typed it"));
	press(&k, "'the~operator~console~froze");
	assert_false(shows(&k, "only you see this"));
	press(&k, "esc 2 a 'the~operator~typed~it"); /* of an event it is what happened */
	assert_false(shows(&k, "only you see this"));
	wording_free(w);
	desk_close(&k);
}

static void
tab_begins_the_line_anew(void **state)
{
	struct desk k;
	struct wording *w = begin(&k, 24);

	(void)state;
	press(&k, "3 a 'bad tab 'slow enter");
	assert_non_null(strstr(k.ran, " slow"));
	assert_null(strstr(k.ran, "bad"));
	wording_free(w);
	desk_close(&k);
}

static void
simple_keys_have_it_too(void **state)
{
	struct desk k;
	struct wording *w = begin(&k, 24);

	(void)state;
	desk_sit(&k, PERSON_PARTICIPANT, &simple);
	press(&k, "F4 'bad");
	assert_true(shows(&k, "only you see this"));
	press(&k, "esc esc 'fine enter");
	assert_non_null(strstr(k.ran, "fine"));
	wording_free(w);
	desk_close(&k);
}

static void
a_small_screen_has_a_line(void **state)
{
	struct desk k;
	struct wording *w = begin(&k, 8);

	(void)state;
	press(&k, "3 a 'bad");
	assert_true(shows(&k, "Compared with which mark?"));
	assert_false(shows(&k, "only you see this"));
	wording_free(w);
	desk_close(&k);
}

/* What others can read over a shoulder says nothing of it. */
static void
on_air_it_is_a_silent_mark(void **state)
{
	struct desk k;
	struct wording *w = begin(&k, 24);

	(void)state;
	press(&k, ": 'onair enter 3 a 'bad");
	assert_false(shows(&k, "Compared"));
	press(&k, "esc");
	assert_false(shows(&k, "bad"));
	wording_free(w);
	desk_close(&k);
}

/* Two sentences have a row each; under the box stands what the rule listens for. */
static void
a_large_screen_says_why(void **state)
{
	static const char two[] = "rule late\nabout hurry\nask What was seen? What stood in the way?\n"
				  "say slow\n";
	struct desk k;
	struct wording *w = begin(&k, 40);

	(void)state;
	assert_true(wording_load(w, two, strlen(two), NULL));
	wording_ready(w);
	press(&k, "3 a 'so~slow");
	assert_true(shows(&k, "What was seen?"));
	assert_true(shows(&k, "What stood in the way?"));
	assert_false(shows(&k, "What was seen? What"));
	assert_true(shows(&k, "why this question"));
	assert_true(shows(&k, "listens for: hurry"));
	press(&k, "esc");
	assert_false(shows(&k, "why this question"));
	wording_free(w);
	desk_close(&k);
}

/* It stands as long as the first line is typed, and never again. */
static void
a_language_without_rules_says_so_once(void **state)
{
	struct desk k;
	struct wording *w = begin(&k, 24);

	(void)state;
	k.sc.wording_missing = "no rules for xx";
	press(&k, "3 a");
	assert_false(shows(&k, "no rules for xx"));
	press(&k, "'a 'fine 'line");
	assert_true(shows(&k, "no rules for xx"));
	press(&k, "enter");
	assert_non_null(strstr(k.ran, "afineline"));
	press(&k, "'more");
	assert_false(shows(&k, "no rules for xx"));
	k.sc.wording_missing = "no rules for yy";
	press(&k, "'e");
	assert_true(shows(&k, "no rules for yy"));
	wording_free(w);
	desk_close(&k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_shared_by_its_typist),
		cmocka_unit_test(a_cause_that_names_a_person),
		cmocka_unit_test(it_asks_and_goes),
		cmocka_unit_test(tab_begins_the_line_anew),
		cmocka_unit_test(simple_keys_have_it_too),
		cmocka_unit_test(a_small_screen_has_a_line),
		cmocka_unit_test(on_air_it_is_a_silent_mark),
		cmocka_unit_test(a_large_screen_says_why),
		cmocka_unit_test(a_language_without_rules_says_so_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
