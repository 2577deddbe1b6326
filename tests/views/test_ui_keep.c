/* Simple keys, and what comes back to who comes back: the half-typed line with its cursor, the pane,
 * the item. */
#include <stdio.h>

#include "tests/support/random_ops.h"
#include "tests/views/desk.h"

static const struct ui_begin simple = { .want = "join", .simple = true };

static void
board_open(struct desk *k)
{
	desk_open(k, 24, 80);
	desk_do(k, "stage add open minutes=5 pane=agenda");
	desk_do(k, "stage add write minutes=5 pane=board");
	desk_do(k, "column add Mad hidden=yes");
	desk_do(k, "column add Glad hidden=yes");
	desk_do(k, "category add Technical");
	desk_do(k, "cause add Technical \"cold cache\"");
	desk_do(k, "stage write");
}

static void
enter_adds_what_the_pane_is_for(void **state)
{
	struct desk k;
	char want[60];

	(void)state;
	board_open(&k);
	desk_sit(&k, PERSON_PARTICIPANT, &simple);
	assert_string_equal(ui_pane(k.ui), "board");
	press(&k, "'xq:~uvw enter"); /* every letter is text */
	snprintf(want, sizeof want, "card add %s \"xq: uvw\"", k.d->of[KIND_COLUMN].v[0]->id.s);
	assert_string_equal(k.ran, want);
	assert_false(ui_typing(k.ui));
	press(&k, "tab 'two enter");
	snprintf(want, sizeof want, "card add %s two", k.d->of[KIND_COLUMN].v[1]->id.s);
	assert_string_equal(k.ran, want);
	press(&k, "F4 'three enter");
	assert_int_equal(strncmp(k.ran, "cause add ", 10), 0);
	press(&k, "F3 '14:05~flag enter");
	assert_int_equal(strncmp(k.ran, "event add 14:05 flag", 20), 0);
	press(&k, "F5 'do~it enter");
	assert_int_equal(strncmp(k.ran, "action add \"do it\"", 18), 0);
	desk_close(&k);
}

static void
esc_clears_and_then_leaves(void **state)
{
	struct desk k;

	(void)state;
	board_open(&k);
	desk_sit(&k, PERSON_PARTICIPANT, &simple);
	press(&k, "'abc esc");
	assert_false(ui_typing(k.ui));
	assert_false(shows(&k, "before you go"));
	press(&k, "esc");
	assert_true(shows(&k, "before you go"));
	desk_close(&k);
}

static void
enter_on_an_empty_line_is_a_menu(void **state)
{
	struct desk k;

	(void)state;
	board_open(&k);
	desk_sit(&k, PERSON_PARTICIPANT, &simple);
	press(&k, "F4 down enter");
	assert_true(shows(&k, "what now?"));
	assert_true(shows(&k, "1  change the text"));
	press(&k, "1 's enter");
	assert_non_null(strstr(k.ran, "cold caches"));
	press(&k, "enter &"); /* the first digit of a French keyboard */
	assert_true(ui_typing(k.ui));
	desk_close(&k);
}

/* A line of one's own account is nobody's, the host's neither, before it is released. */
static void
an_account_is_not_kept_by_the_host(void **state)
{
	struct buf kept = { 0 };
	struct desk k;

	(void)state;
	board_open(&k);
	desk_sit(&k, PERSON_PARTICIPANT, &simple);
	press(&k, "':account~add~now~secret");
	ui_keep(k.ui, &kept);
	assert_null(strstr(kept.data != NULL ? kept.data : "", "secret"));
	buf_clear(&kept);
	press(&k, "esc 'words");
	ui_keep(k.ui, &kept);
	assert_non_null(strstr(kept.data, "words"));
	buf_clear(&kept);
	desk_sit(&k, PERSON_FACILITATOR, NULL);
	press(&k, ": 'account~add~now~secret");
	ui_keep(k.ui, &kept);
	assert_null(strstr(kept.data != NULL ? kept.data : "", "secret"));
	buf_fini(&kept);
	desk_close(&k);
}

static void
a_colon_begins_a_command(void **state)
{
	struct desk k;

	(void)state;
	board_open(&k);
	desk_sit(&k, PERSON_PARTICIPANT, &simple);
	press(&k, "':hand enter");
	assert_string_equal(k.ran, "hand");
	press(&k, "':full enter");
	assert_true(ui_idle(k.ui));
	press(&k, ": 'simple enter");
	assert_false(ui_idle(k.ui));
	desk_close(&k);
}

/* What follows a `:` is said to the program, never added for all to read, whatever was open. */
static void
a_command_begins_over_a_menu_too(void **state)
{
	struct desk k;

	(void)state;
	desk_open(&k, 24, 80);
	desk_sit(&k, PERSON_PARTICIPANT, &simple);
	press(&k, "enter"); /* an empty line: the menu */
	press(&k, ": 'hand~done enter");
	assert_int_equal(k.out.what, UI_RUN);
	assert_string_equal(k.ran, "hand done");
	desk_close(&k);
}

static void
simple_lines_are_not_moved_away(void **state)
{
	struct desk k;
	struct ui_question q = { .want = "knock", .name = "guest" };

	(void)state;
	board_open(&k);
	desk_sit(&k, PERSON_PARTICIPANT, &simple);
	press(&k, "'half~a");
	desk_do(&k, "stage open");
	ui_asked(k.ui, &k.sc, &q);
	desk_refused(&k, "no");
	desk_draw(&k);
	assert_string_equal(ui_pane(k.ui), "board");
	assert_true(shows(&k, "half a"));
	press(&k, "'~line enter");
	assert_non_null(strstr(k.ran, "half a line"));
	assert_string_equal(ui_pane(k.ui), "agenda");
	assert_true(shows(&k, "stands at the door"));
	press(&k, "'n"); /* with simple keys letters are never answers */
	assert_true(shows(&k, "› n"));
	desk_close(&k);
}

static void
a_refused_line_comes_back_to_the_entry(void **state)
{
	struct desk k;

	(void)state;
	board_open(&k);
	desk_sit(&k, PERSON_PARTICIPANT, &simple);
	press(&k, "'too~much enter");
	desk_refused(&k, "that is too much");
	desk_draw(&k);
	assert_true(shows(&k, "too much"));
	assert_true(ui_typing(k.ui));
	desk_close(&k);
}

/* Another screen of the same person. */
static void
move_over(struct desk *k, const struct ui_begin *how, int64_t away_s)
{
	struct buf kept = { 0 };

	ui_keep(k->ui, &kept);
	assert_true(kept.len > 0);
	k->sc.now_ns += away_s * NS_PER_S;
	desk_sit(k, PERSON_PARTICIPANT, how);
	ui_restore(k->ui, &k->sc, kept.data, away_s);
	desk_draw(k);
	buf_fini(&kept);
}

static void
a_half_typed_line_comes_back(void **state)
{
	struct desk k;

	(void)state;
	board_open(&k);
	desk_sit(&k, PERSON_PARTICIPANT, NULL);
	press(&k, "3 down w 'because~\"of left left");
	k.sc.now_ns += NS_PER_S;
	move_over(&k, NULL, 190);
	assert_string_equal(ui_pane(k.ui), "fishbone");
	assert_true(shows(&k, "because \"of"));
	assert_true(shows(&k, "welcome back, 3 min: your line is here; the stage is write"));
	press(&k, "'X enter");
	assert_non_null(strstr(k.ran, "X"));
	assert_int_equal(strncmp(k.ran, "why ", 4), 0);
	assert_non_null(strstr(k.ran, "because \\\"Xof"));
	desk_close(&k);
}

static void
an_edit_comes_back_with_what_it_saw(void **state)
{
	struct desk k;

	(void)state;
	board_open(&k);
	desk_sit(&k, PERSON_PARTICIPANT, NULL);
	press(&k, "3 down e 's");
	move_over(&k, NULL, 20);
	press(&k, "enter");
	assert_string_equal(k.out.seen, "cold cache");
	assert_non_null(strstr(k.ran, "cold caches"));
	desk_close(&k);
}

static void
what_was_promised_of_a_hidden_line_holds(void **state)
{
	struct desk k;

	(void)state;
	board_open(&k);
	desk_sit(&k, PERSON_PARTICIPANT, NULL);
	press(&k, "5 a 'secret");
	desk_do(&k, "card add Mad x");
	desk_do(&k, "reveal");
	move_over(&k, NULL, 20);
	press(&k, "enter");
	assert_null(k.out.line);
	assert_true(shows(&k, "has changed since you began"));
	press(&k, "enter");
	assert_non_null(strstr(k.ran, "secret"));
	desk_close(&k);
}

static void
the_entry_line_and_the_palette_come_back(void **state)
{
	struct desk k;

	(void)state;
	board_open(&k);
	desk_sit(&k, PERSON_PARTICIPANT, &simple);
	press(&k, "'entry~line");
	move_over(&k, &simple, 5);
	assert_true(shows(&k, "entry line"));
	assert_true(ui_typing(k.ui));
	desk_sit(&k, PERSON_PARTICIPANT, NULL);
	press(&k, ": 'cause~ad");
	move_over(&k, NULL, 5);
	assert_true(shows(&k, "cause ad"));
	desk_close(&k);
}

static void
new_items_are_counted(void **state)
{
	struct desk k;

	(void)state;
	board_open(&k);
	desk_sit(&k, PERSON_PARTICIPANT, NULL);
	press(&k, "3 down");
	k.sc.now_ns += 100 * NS_PER_S;
	desk_do(&k, "cause add Technical one");
	desk_do(&k, "cause add Technical two");
	move_over(&k, NULL, 60);
	assert_false(shows(&k, "2 new"));
	k.sc.now_ns += 100 * NS_PER_S;
	desk_do(&k, "cause add Technical three");
	k.sc.now_ns -= 5 * NS_PER_S; /* it came while nobody sat here */
	move_over(&k, NULL, 20);
	assert_true(shows(&k, "1 new"));
	desk_close(&k);
}

/* Whatever comes back, from this program or another, is restored or passed over. */
static void
any_kept_text_is_harmless(void **state)
{
	static const char *const parts[] = { "1", "2", "fishbone", "", "\"", "type", "entry", "palette",
		"card add x ", "99999999999999999999", "\\", "\xff", "=x", "31", " " };
	struct dice r = { 5 };
	struct desk k;

	(void)state;
	board_open(&k);
	for (int turn = 0; turn < 2000; turn++) {
		struct buf b = { 0 };
		int n = (int)dice_below(&r, 14);
		for (int i = 0; i < n; i++)
			buf_addf(&b, "%s%s", i > 0 ? " " : "",
			    parts[dice_below(&r, sizeof parts / sizeof *parts)]);
		desk_sit(&k, PERSON_PARTICIPANT, turn % 2 ? &simple : NULL);
		ui_restore(k.ui, &k.sc, b.data ? b.data : "", 5);
		press(&k, "down enter");
		buf_fini(&b);
	}
	desk_close(&k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_account_is_not_kept_by_the_host),
		cmocka_unit_test(enter_adds_what_the_pane_is_for),
		cmocka_unit_test(esc_clears_and_then_leaves),
		cmocka_unit_test(enter_on_an_empty_line_is_a_menu),
		cmocka_unit_test(a_colon_begins_a_command),
		cmocka_unit_test(a_command_begins_over_a_menu_too),
		cmocka_unit_test(simple_lines_are_not_moved_away),
		cmocka_unit_test(a_refused_line_comes_back_to_the_entry),
		cmocka_unit_test(a_half_typed_line_comes_back),
		cmocka_unit_test(an_edit_comes_back_with_what_it_saw),
		cmocka_unit_test(what_was_promised_of_a_hidden_line_holds),
		cmocka_unit_test(the_entry_line_and_the_palette_come_back),
		cmocka_unit_test(new_items_are_counted),
		cmocka_unit_test(any_kept_text_is_harmless),
	};

	text_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
