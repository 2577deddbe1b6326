/* Which day was it? Asked once where a line needs it, never guessed, and no line is lost. */
#include "tests/views/desk.h"

/* What a session does with UI_RUN: the first line that cannot be read stops the rest. */
static void
run_lines(struct desk *k)
{
	const char *p = k->ran != NULL && k->out.what == UI_RUN ? k->ran : "";

	while (*p != '\0') {
		size_t len = strcspn(p, "\n");
		char *line = mem_dupn(p, len);
		struct err e = { 0 };
		struct op op;
		bool good = command_read_line(&k->cs, line, &op, &e);

		if (good) {
			op_fini(&op);
			desk_do(k, line);
			k->cid = id_make(700000 + ++k->ids);
			ui_sent(k->ui, k->cid);
			ui_acked(k->ui, k->cid);
		} else if (command_wants_day(&k->cs, line)) {
			ui_want_day(k->ui, &k->sc, p, e.text);
		} else {
			ui_refused(k->ui, &k->sc, (struct id){ "" }, e.text);
		}
		free(line);
		if (!good)
			break;
		p += len + (p[len] == '\n');
	}
	desk_draw(k);
}

/* Keys up to one that runs a line. The desk gives cids at once, a session when it sends. */
static void
enter(struct desk *k, const char *keys)
{
	struct key enter_key;

	if (keys[0] != '\0')
		press(k, keys);
	assert_true(key_parse("enter", &enter_key));
	ui_scene(k->ui, &k->sc);
	ui_key(k->ui, &k->sc, &k->cs, &enter_key, &k->out);
	free(k->ran);
	k->ran = k->out.what == UI_RUN ? mem_dup(k->out.line) : NULL;
	run_lines(k);
}

/* What a session does after each change. */
static bool
changed(struct desk *k)
{
	struct ui_out out;

	if (!ui_day_known(k->ui, &k->sc, &out))
		return false;
	free(k->ran);
	k->ran = mem_dup(out.line);
	k->out = out;
	run_lines(k);
	return true;
}

static const struct event *
event(const struct desk *k, size_t i)
{
	return DEBRIEF_AT(k->d, EVENT, event, i);
}

static void
at_is(const struct event *e, const char *want, const char *text)
{
	char got[TIME_TEXT];

	assert_string_equal(time_text(e->at_ns, got), want);
	assert_string_equal(e->text, text);
}

/* 2026-07-16 is today at this desk. */
static void
a_line_waits_for_its_day(void **state)
{
	struct desk k;

	(void)state;
	desk_open(&k, 24, 80);
	enter(&k, "2 a '14:05~disk~full");
	assert_true(shows(&k, "which day was it?") && shows(&k, "14:05 disk full"));
	assert_int_equal(DEBRIEF_N(k.d, EVENT), 0);
	enter(&k, "'14:07~kit~was~paged"); /* who writes goes on writing */
	assert_true(shows(&k, "waits, too"));
	enter(&k, "'soon");
	assert_true(shows(&k, "a day is today") && shows(&k, "soon"));
	assert_false(changed(&k));
	enter(&k, "ctrl-u 'yesterday");
	assert_true(changed(&k));
	assert_int_equal(DEBRIEF_N(k.d, EVENT), 2);
	at_is(event(&k, 0), "2026-07-15T14:05:00Z", "disk full");
	at_is(event(&k, 1), "2026-07-15T14:07:00Z", "kit was paged");
	assert_true(shows(&k, "15 Jul 2026")); /* said, to be seen */
	enter(&k, "'14:09~next"); /* adding is typing: the line is open, and nothing is asked again */
	assert_int_equal(DEBRIEF_N(k.d, EVENT), 3);
	assert_false(changed(&k));
	desk_close(&k);
}

static void
who_does_not_know_gets_the_line_back(void **state)
{
	static const struct ui_begin simple = { .want = "join", .simple = true };
	struct desk k;

	(void)state;
	desk_open(&k, 24, 80);
	enter(&k, "2 a '14:05~disk~full");
	press(&k, "esc");
	assert_true(shows(&k, "14:05 disk full") && shows(&k, "has no date"));
	enter(&k, "");
	assert_true(shows(&k, "which day was it?"));
	enter(&k, ""); /* an empty answer is none, too */
	assert_true(shows(&k, "14:05 disk full") && shows(&k, "has no date"));
	desk_sit(&k, PERSON_PARTICIPANT, &simple);
	press(&k, "F3");
	enter(&k, "'14:05~disk~full");
	assert_true(shows(&k, "which day was it?"));
	press(&k, "esc");
	assert_true(shows(&k, "14:05 disk full") && !shows(&k, "which day was it?"));
	assert_int_equal(DEBRIEF_N(k.d, EVENT), 0);
	desk_close(&k);
}

/* The answer of anybody is everybody's: what waited here goes, whatever is open. */
static void
somebody_else_says_it(void **state)
{
	struct desk k;

	(void)state;
	desk_open(&k, 24, 80);
	enter(&k, "2 a '14:05~disk~full");
	press(&k, "'yest");
	desk_do(&k, "set day=2026-07-10");
	assert_true(changed(&k));
	at_is(event(&k, 0), "2026-07-10T14:05:00Z", "disk full");
	assert_false(shows(&k, "which day"));
	desk_close(&k);
}

/* A line of the grammar waits as well, and a terminal that goes takes nothing along. */
static void
every_way_in_asks(void **state)
{
	struct buf kept = { 0 };
	struct desk k;

	(void)state;
	desk_open(&k, 24, 80);
	enter(&k, ": 'event~add~14:05~\"disk~full\"");
	assert_true(shows(&k, "which day was it?"));
	ui_keep(k.ui, &kept);
	assert_non_null(strstr(kept.data, "14:05"));
	press(&k, "esc");
	assert_true(shows(&k, "event add 14:05"));
	press(&k, "esc");
	enter(&k, "2 a '14:05~disk~full");
	buf_clear(&kept);
	ui_keep(k.ui, &kept);
	desk_sit(&k, PERSON_FACILITATOR, NULL);
	ui_restore(k.ui, &k.sc, kept.data, 20);
	desk_draw(&k);
	assert_true(shows(&k, "14:05 disk full"));
	enter(&k, "");
	enter(&k, "'2026-07-01");
	assert_true(changed(&k));
	at_is(event(&k, 0), "2026-07-01T14:05:00Z", "disk full");
	buf_fini(&kept);
	desk_close(&k);
}

/* D asks, one key answers; so does enter on a stage that waits for it. */
static void
one_key_says_it(void **state)
{
	struct desk k;

	(void)state;
	desk_open(&k, 24, 80);
	desk_do(&k, "stage add prepare pane=timeline checks=day-set");
	desk_do(&k, "stage prepare");
	press(&k, "2 D");
	assert_true(shows(&k, "Wed 15 Jul 2026, yesterday"));
	press(&k, "2");
	assert_string_equal(k.ran, "set day=2026-07-15");
	press(&k, "1 enter");
	assert_true(shows(&k, "which day it was: yesterday, Wed 15 Jul 2026"));
	press(&k, "1");
	assert_string_equal(k.ran, "set day=today");
	press(&k, "D 8 '2026-07-03 enter");
	assert_string_equal(k.ran, "set day=2026-07-03");
	desk_close(&k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_waits_for_its_day),
		cmocka_unit_test(who_does_not_know_gets_the_line_back),
		cmocka_unit_test(somebody_else_says_it),
		cmocka_unit_test(every_way_in_asks),
		cmocka_unit_test(one_key_says_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
