/* Together on a screen: following, questions of the host, votes, the reveal, seats. Nothing that
 * comes from outside ever moves a half-typed text or takes a key that was meant for it. */
#include <stdio.h>

#include "tests/views/desk.h"

/* A board in hidden writing, a stage for it, and one person beside the facilitator. */
static void
room_open(struct desk *k)
{
	desk_open(k, 24, 80);
	desk_do(k, "stage add open minutes=5 pane=agenda");
	desk_do(k, "stage add write minutes=5 pane=board");
	desk_do(k, "stage add vote minutes=5 pane=board");
	desk_do(k, "column add Mad hidden=yes");
	desk_do(k, "column add Glad hidden=yes");
	desk_do(k, "category add Technical");
	desk_do(k, "cause add Technical \"cold cache\"");
	desk_here(k, "lena", "facilitator");
	desk_here(k, "moss", "participant");
	desk_wait(k, 0); /* asks who sees this screen */
	desk_wait(k, 600);
	press(k, "esc");
}

static bool
jot_as(struct desk *k, const char *name, size_t nth, const char *text, struct err *e)
{
	char *line = mem_fmt("jot %s '%s'", k->d->of[KIND_CARD].v[nth]->id.s, text);
	bool good = desk_as(k, name, PERSON_PARTICIPANT, line, e);

	free(line);
	return good;
}

/* In a discussion a line is about the topic; lines of several people stand one behind the other. */
static void
lines_of_a_discussion_are_notes(void **state)
{
	struct desk k;
	const struct card *card;
	struct err e = { 0 };
	char *line, *much, *group;

	(void)state;
	room_open(&k);
	desk_do(&k, "column set Mad hidden=no");
	desk_do(&k, "column set Glad hidden=no");
	desk_do(&k, "card add Mad \"late pages\"");
	desk_do(&k, "card add Mad \"later pages\"");
	desk_do(&k, "stage add discuss minutes=5 pane=board");
	desk_do(&k, "stage discuss");
	desk_sit(&k, PERSON_PARTICIPANT, &(struct ui_begin){ .want = "join", .simple = true });
	card = DEBRIEF_AT(k.d, CARD, card, 0);
	assert_true(shows(&k, "note on late pages"));
	press(&k, "'it~was~night enter");
	assert_int_equal(k.out.what, UI_RUN);
	line = mem_dup(k.ran);
	jot_as(&k, "kit", 0, "the rota is old", NULL);
	desk_as(&k, "moss", PERSON_PARTICIPANT, line, NULL); /* typed before the other one was there */
	assert_string_equal(card->notes, "the rota is old\nit was night");
	group = mem_fmt("card group %s under=%s", k.d->of[KIND_CARD].v[1]->id.s, card->item.id.s);
	desk_do(&k, group);
	jot_as(&k, "lena", 1, "third", NULL); /* one of the group's: it is the topic's */
	assert_string_equal(card->notes, "the rota is old\nit was night\nthird");
	much = mem_zero(TEXT_BLOCK_MAX, 1);
	memset(much, 'x', TEXT_BLOCK_MAX - 20);
	assert_true(jot_as(&k, "moss", 0, "x", &e));
	assert_false(jot_as(&k, "moss", 0, much, &e));
	assert_non_null(strstr(e.text, "as long as they may be"));
	assert_string_equal(card->notes, "the rota is old\nit was night\nthird\nx");
	free(group);
	free(much);
	free(line);
	desk_close(&k);
}

static struct id
first_of(struct desk *k, enum kind kind)
{
	assert_true(k->d->of[kind].n > 0);
	return k->d->of[kind].v[0]->id;
}

static void
focus_on(struct desk *k, struct id id)
{
	char line[40];

	snprintf(line, sizeof line, "focus %s", id.s);
	desk_do(k, line);
	desk_draw(k);
}

static void
who_follows_goes_where_the_room_is(void **state)
{
	struct desk k;

	(void)state;
	room_open(&k);
	desk_sit(&k, PERSON_PARTICIPANT, NULL);
	desk_do(&k, "stage write");
	desk_draw(&k);
	assert_string_equal(ui_pane(k.ui), "board");
	focus_on(&k, first_of(&k, KIND_CAUSE));
	assert_string_equal(ui_pane(k.ui), "fishbone");
	assert_string_equal(ui_selected(k.ui).s, first_of(&k, KIND_CAUSE).s);
	assert_true(shows(&k, "following"));
	desk_close(&k);
}

static void
moving_frees_and_one_key_follows_again(void **state)
{
	struct desk k;

	(void)state;
	room_open(&k);
	desk_sit(&k, PERSON_PARTICIPANT, NULL);
	press(&k, "1");
	focus_on(&k, first_of(&k, KIND_CAUSE));
	assert_string_equal(ui_pane(k.ui), "agenda");
	assert_true(shows(&k, "F follows lena"));
	press(&k, "F");
	assert_string_equal(ui_pane(k.ui), "fishbone");
	desk_close(&k);
}

static void
who_leads_goes_their_own_way(void **state)
{
	struct desk k;

	(void)state;
	room_open(&k);
	press(&k, "2");
	focus_on(&k, first_of(&k, KIND_CAUSE));
	desk_do(&k, "stage write");
	desk_draw(&k);
	assert_string_equal(ui_pane(k.ui), "timeline");
	desk_close(&k);
}

static void
an_open_editor_is_followed_out_of_only_afterwards(void **state)
{
	struct desk k;

	(void)state;
	room_open(&k);
	desk_sit(&k, PERSON_PARTICIPANT, NULL);
	desk_do(&k, "stage write");
	desk_draw(&k);
	press(&k, "a 'half~a~wo");
	focus_on(&k, first_of(&k, KIND_CAUSE));
	assert_string_equal(ui_pane(k.ui), "board");
	assert_true(shows(&k, "half a wo"));
	press(&k, "'rd enter");
	assert_non_null(strstr(k.ran, "card add"));
	assert_non_null(strstr(k.ran, "half a word"));
	press(&k, "esc");
	assert_string_equal(ui_pane(k.ui), "fishbone");
	desk_close(&k);
}

/* Simple keys in a room whose timeline is asked for lines. */
static void
simple_open(struct desk *k)
{
	static const struct ui_begin simple = { .want = "join", .simple = true };

	room_open(k);
	desk_sit(k, PERSON_PARTICIPANT, &simple);
	k->sc.simple = true;
	desk_draw(k);
}

static void
esc_is_hinted_as_what_it_does(void **state)
{
	struct desk k;

	(void)state;
	simple_open(&k);
	assert_true(shows(&k, "esc leaves"));
	press(&k, "'so");
	assert_true(shows(&k, "esc clears"));
	press(&k, "esc");
	assert_true(shows(&k, "esc leaves"));
	desk_close(&k);
}

/* Enter alone reaches a vote on a cause, while one is open. */
static void
simple_keys_vote_on_causes(void **state)
{
	struct desk k;

	(void)state;
	simple_open(&k);
	press(&k, "F4 down");
	assert_string_equal(ui_pane(k.ui), "fishbone");
	press(&k, "enter");
	assert_false(shows(&k, "one of your votes"));
	press(&k, "esc");
	desk_do(&k, "votes open 3");
	desk_draw(&k);
	press(&k, "enter");
	assert_true(shows(&k, "1  give it one of your votes"));
	press(&k, "1");
	assert_memory_equal(k.ran, "vote ", 5);
	press(&k, "enter 'word");
	assert_true(shows(&k, "› word")); /* what is no choice is text */
	desk_close(&k);
}

static void
what_is_typed_while_leaving_is_kept(void **state)
{
	struct desk k;

	(void)state;
	simple_open(&k);
	press(&k, "esc");
	assert_true(shows(&k, "before you go"));
	press(&k, "'words");
	assert_false(shows(&k, "before you go"));
	assert_true(shows(&k, "› words"));
	desk_close(&k);
}

/* The line is for a time and a text, and at any width it says to the end who sees it. */
static void
who_sees_it_is_never_cut(void **state)
{
	static const int widths[] = { 120, 80, 60, 40 };
	struct desk k;

	(void)state;
	simple_open(&k);
	press(&k, "F3");
	for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
		canvas_free(k.c);
		k.c = canvas_new(24, widths[i], false);
		desk_draw(&k);
		assert_string_equal(ui_pane(k.ui), "timeline");
		assert_true(shows(&k, "everybody sees this now ─"));
	}
	desk_close(&k);
}

static void
the_label_says_who_will_see_it(void **state)
{
	struct desk k;

	(void)state;
	room_open(&k);
	press(&k, "5 a");
	assert_true(shows(&k, "hidden, with your name"));
	press(&k, "'secret");
	desk_do(&k, "card add Mad x");
	desk_do(&k, "reveal");
	desk_draw(&k);
	assert_true(shows(&k, "everybody sees this now"));
	k.out.what = UI_DRAW;
	press(&k, "enter");
	assert_int_equal(k.out.what, UI_DRAW);
	assert_true(shows(&k, "has changed since you began"));
	assert_true(shows(&k, "secret"));
	press(&k, "enter");
	assert_int_equal(k.out.what, UI_RUN);
	assert_non_null(strstr(k.ran, "secret"));
	desk_close(&k);
}

static void
both_texts_of_an_edit_are_shown(void **state)
{
	struct desk k;
	struct err e;
	char line[80];

	(void)state;
	room_open(&k);
	press(&k, "3 down e 's enter");
	assert_string_equal(k.out.seen, "cold cache");
	snprintf(line, sizeof line, "cause set %s text='empty cache'",
	    first_of(&k, KIND_CAUSE).s);
	assert_true(desk_as(&k, "moss", PERSON_PARTICIPANT, line, &e));
	desk_refused(&k, "somebody changed this meanwhile");
	desk_draw(&k);
	assert_true(shows(&k, "empty cache"));
	assert_true(shows(&k, "cold caches"));
	press(&k, "enter");
	assert_true(ui_typing(k.ui));
	press(&k, "enter");
	assert_string_equal(k.out.seen, "empty cache");
	assert_non_null(strstr(k.ran, "cold caches"));
	desk_close(&k);
}

static void
theirs_may_stay_and_yours_is_not_lost(void **state)
{
	struct desk k;
	char line[80];

	(void)state;
	room_open(&k);
	press(&k, "3 down e 's enter");
	snprintf(line, sizeof line, "cause set %s text='empty cache'",
	    first_of(&k, KIND_CAUSE).s);
	desk_do(&k, line);
	desk_refused(&k, "somebody changed this meanwhile");
	press(&k, "esc");
	assert_true(ui_idle(k.ui));
	press(&k, "a up");
	assert_true(shows(&k, "cold caches"));
	desk_close(&k);
}

static void
somebody_at_the_same_text_is_seen(void **state)
{
	struct desk k;
	struct scene_person *moss;
	struct id cause;

	(void)state;
	room_open(&k);
	cause = first_of(&k, KIND_CAUSE);
	moss = desk_here(&k, "moss", "participant");
	moss->item = cause.s;
	moss->typing = true;
	press(&k, "3 down e");
	assert_true(shows(&k, "moss edits this too"));
	moss->typing = false;
	desk_draw(&k);
	assert_false(shows(&k, "moss edits this too"));
	desk_close(&k);
}

static void
ask(struct desk *k, const char *want, const char *name, const char *item)
{
	struct ui_question q = { .want = want, .name = name, .item = item, .text = "as it says" };

	ui_asked(k->ui, &k->sc, &q);
	desk_draw(k);
}

static void
questions_wait_for_the_end_of_the_line(void **state)
{
	struct desk k;

	(void)state;
	room_open(&k);
	press(&k, "3 a 'half");
	ask(&k, "knock", "guest 7", NULL);
	assert_true(shows(&k, "half"));
	assert_false(shows(&k, "stands at the door"));
	assert_true(shows(&k, "a question waits"));
	press(&k, "enter esc");
	assert_true(shows(&k, "guest 7 stands at the door"));
	desk_wait(&k, 600);
	press(&k, "enter");
	assert_string_equal(k.ran, "person add \"guest 7\"");
	desk_close(&k);
}

static void
a_key_on_its_way_is_no_answer(void **state)
{
	struct desk k;

	(void)state;
	room_open(&k);
	desk_sit(&k, PERSON_PARTICIPANT, NULL);
	press(&k, "3");
	ask(&k, "offer", NULL, NULL);
	assert_true(shows(&k, "Will you lead"));
	press(&k, "a"); /* meant for the pane */
	assert_false(shows(&k, "Will you lead"));
	press(&k, "'typed");
	assert_true(shows(&k, "typed"));
	press(&k, "esc");
	assert_true(shows(&k, "Will you lead"));
	desk_wait(&k, 600);
	press(&k, "enter");
	assert_string_equal(k.ran, "give facilitator moss");
	desk_close(&k);
}

static void
a_tie_opens_a_run_off(void **state)
{
	struct desk k;
	char want[60];

	(void)state;
	room_open(&k);
	ask(&k, "tie", NULL, first_of(&k, KIND_CAUSE).s);
	assert_true(shows(&k, "cold cache"));
	desk_wait(&k, 600);
	press(&k, "enter");
	snprintf(want, sizeof want, "votes open 1 on=%s", first_of(&k, KIND_CAUSE).s);
	assert_string_equal(k.ran, want);
	desk_close(&k);
}

static void
reveal_needs_another_key(void **state)
{
	struct desk k;

	(void)state;
	room_open(&k);
	desk_do(&k, "card add Mad x");
	press(&k, "5 R");
	assert_true(shows(&k, "reveal the cards?"));
	press(&k, "enter");
	assert_false(shows(&k, "reveal the cards?"));
	assert_true(ui_wake_ms(k.ui, &k.sc) <= 30001);
	desk_wait(&k, 29000);
	assert_false(shows(&k, "reveal the cards?"));
	desk_wait(&k, 1500);
	assert_true(shows(&k, "reveal the cards?"));
	press(&k, "esc");
	assert_null(k.ran);
	press(&k, "R R R");
	assert_null(k.ran);
	assert_true(shows(&k, "y reveals"));
	press(&k, "y");
	assert_string_equal(k.ran, "reveal");
	desk_close(&k);
}

/* Who waits and then reveals early is not asked once more. */
static void
reveal_is_not_asked_again(void **state)
{
	struct desk k;

	(void)state;
	room_open(&k);
	desk_do(&k, "card add Mad x");
	press(&k, "5 R enter");
	desk_do(&k, "reveal");
	desk_wait(&k, 31000);
	assert_false(shows(&k, "reveal the cards?"));
	desk_close(&k);
}

static void
empty_pane_names_the_key_that_adds(void **state)
{
	struct ui_begin simple = { .want = "join", .simple = true };
	struct desk k;

	(void)state;
	room_open(&k);
	desk_sit(&k, PERSON_PARTICIPANT, NULL);
	press(&k, "4");
	assert_true(shows(&k, "a adds one"));
	desk_sit(&k, PERSON_PARTICIPANT, &simple);
	press(&k, "F5");
	assert_true(shows(&k, "no actions yet: enter adds your line"));
	press(&k, "ctrl-c");
	assert_true(shows(&k, "esc on an empty line leaves"));
	desk_close(&k);
}

static void
only_who_leads_reveals(void **state)
{
	struct desk k;

	(void)state;
	room_open(&k);
	desk_sit(&k, PERSON_PARTICIPANT, NULL);
	press(&k, "5 R");
	assert_false(shows(&k, "reveal the cards?"));
	desk_close(&k);
}

static void
votes_open_and_close_with_the_stage_key(void **state)
{
	struct desk k;

	(void)state;
	room_open(&k);
	desk_do(&k, "stage vote");
	press(&k, ">");
	assert_true(shows(&k, "Open the vote"));
	press(&k, "enter");
	assert_int_equal(strncmp(k.ran, "votes open ", 11), 0);
	desk_do(&k, k.ran);
	desk_here(&k, "kit", "participant")->away_s = 40;
	k.sc.counts.voters = 1;
	press(&k, ">");
	assert_true(shows(&k, "2 of 3 are not done, 1 is away"));
	press(&k, "enter");
	assert_string_equal(k.ran, "votes close");
	desk_close(&k);
}

static void
votes_are_given_on_any_pane(void **state)
{
	struct desk k;
	char want[40];

	(void)state;
	room_open(&k);
	desk_do(&k, "votes open 2");
	press(&k, "3 down v");
	snprintf(want, sizeof want, "vote %s", first_of(&k, KIND_CAUSE).s);
	assert_string_equal(k.ran, want);
	desk_close(&k);
}

static void
hands_go_up_and_down(void **state)
{
	struct desk k;

	(void)state;
	room_open(&k);
	press(&k, "H");
	assert_string_equal(k.ran, "hand");
	desk_do(&k, "hand");
	desk_draw(&k);
	assert_true(shows(&k, "your turn to speak"));
	press(&k, "1");
	assert_true(shows(&k, "hand up: lena next"));
	press(&k, "H");
	assert_string_equal(k.ran, "hand done");
	press(&k, "r");
	assert_string_equal(k.ran, "ready");
	desk_close(&k);
}

static void
on_air_is_asked_once(void **state)
{
	struct desk k;

	(void)state;
	desk_open(&k, 24, 80);
	desk_do(&k, "column add Mad hidden=yes");
	desk_here(&k, "lena", "facilitator");
	desk_draw(&k);
	assert_false(shows(&k, "very screen"));
	desk_here(&k, "moss", "participant");
	desk_draw(&k);
	assert_true(shows(&k, "very screen"));
	desk_wait(&k, 600);
	press(&k, "enter");
	assert_true(k.sc.on_air);
	press(&k, "5 a 'draft");
	assert_false(shows(&k, "draft"));
	assert_true(shows(&k, "•••••"));
	press(&k, "esc : 'onair enter");
	assert_false(k.sc.on_air);
	desk_here(&k, "kit", "participant");
	desk_draw(&k);
	assert_false(shows(&k, "very screen"));
	desk_close(&k);
}

static void
seats_take_the_keyboard_in_turn(void **state)
{
	struct desk k;

	(void)state;
	room_open(&k);
	desk_do(&k, "seat add Ada Bo");
	desk_do(&k, "votes open 3");
	press(&k, "3 down : 'seat~next enter");
	assert_true(shows(&k, "seat 1, Ada"));
	assert_true(shows(&k, "3 votes"));
	assert_false(shows(&k, "cold cache"));
	press(&k, "enter v");
	assert_int_equal(strncmp(k.ran, "vote ", 5), 0);
	assert_string_equal(k.out.seat, "Ada");
	assert_true(shows(&k, "keyboard: Ada"));
	press(&k, "q enter");
	assert_true(shows(&k, "seat 2, Bo"));
	press(&k, "enter q enter");
	assert_true(shows(&k, "back to lena"));
	press(&k, "enter v");
	assert_null(k.out.seat);
	desk_close(&k);
}

static void
who_took_part_is_asked_two_numbers(void **state)
{
	struct desk k;

	(void)state;
	room_open(&k);
	desk_sit(&k, PERSON_PARTICIPANT, NULL);
	press(&k, "q 4 5 'good~food enter");
	assert_int_equal(k.out.what, UI_LEAVE);
	assert_string_equal(k.out.line, "leave 4 5 \"good food\"");
	desk_sit(&k, PERSON_PARTICIPANT, NULL);
	press(&k, "q enter enter");
	assert_int_equal(k.out.what, UI_LEAVE);
	assert_string_equal(k.out.line, "leave");
	desk_sit(&k, PERSON_PARTICIPANT, NULL);
	press(&k, "q esc");
	assert_int_equal(k.out.what, UI_DRAW);
	desk_sit(&k, PERSON_OBSERVER, NULL);
	press(&k, "q enter");
	assert_int_equal(k.out.what, UI_LEAVE);
	assert_null(k.out.line);
	desk_close(&k);
}

static void
what_others_are_sent_has_no_secrets(void **state)
{
	struct desk k;

	(void)state;
	room_open(&k);
	desk_do(&k, "column add Quiet hidden=yes anonymous=yes");
	desk_do(&k, "card add Quiet 'for me alone'");
	press(&k, "5");
	assert_true(shows(&k, "for me alone"));
	press(&k, "O");
	assert_false(shows(&k, "for me alone"));
	assert_true(shows(&k, "others are sent"));
	press(&k, "esc");
	assert_true(shows(&k, "for me alone"));
	desk_close(&k);
}

static void
a_projector_takes_no_keys_but_q(void **state)
{
	static const struct ui_begin wall = { .want = "projector" };
	struct desk k;

	(void)state;
	room_open(&k);
	desk_do(&k, "card add Mad 'for me alone'");
	desk_sit(&k, PERSON_OBSERVER, &wall);
	assert_string_equal(ui_pane(k.ui), "projector");
	press(&k, "5 a");
	assert_string_equal(ui_pane(k.ui), "projector");
	assert_false(shows(&k, "for me alone"));
	press(&k, "q");
	assert_int_equal(k.out.what, UI_LEAVE);
	desk_close(&k);
}

static void
newcomers_get_one_page(void **state)
{
	static const struct ui_begin late = { .want = "join", .newcomer = true, .simple = true };
	struct desk k;

	(void)state;
	room_open(&k);
	desk_sit(&k, PERSON_PARTICIPANT, &late);
	assert_true(shows(&k, "welcome"));
	press(&k, "down enter");
	assert_false(shows(&k, "welcome"));
	desk_sit(&k, PERSON_PARTICIPANT, &late);
	press(&k, "esc");
	assert_int_equal(k.out.what, UI_LEAVE);
	desk_close(&k);
}

static void
what_is_new_flashes_once(void **state)
{
	struct desk k;
	struct op op;
	bool flashed = false;

	(void)state;
	room_open(&k);
	desk_do(&k, "cause add Technical 'second one'");
	press(&k, "3");
	op_init(&op, "cause");
	op_add(&op, VERB_ADD, KIND_CAUSE, k.d->of[KIND_CAUSE].v[1]->id);
	ui_changed(k.ui, &k.sc, &op);
	op_fini(&op);
	desk_draw(&k);
	assert_true(ui_wake_ms(k.ui, &k.sc) <= 1001);
	for (int pass = 0; pass < 2; pass++) {
		bool new = false;
		for (int y = 0; y < 24; y++)
			for (int x = 0; x < 80; x++)
				new = new || (canvas_row(k.c, y)[x].style & 0xff) == ROLE_NEW;
		flashed = flashed || new;
		assert_int_equal(new, pass == 0);
		desk_wait(&k, 1100);
	}
	assert_true(flashed);
	desk_close(&k);
}

static void
save_keys_tell_the_truth(void **state)
{
	struct desk k;

	(void)state;
	room_open(&k);
	press(&k, "3 ctrl-s");
	assert_true(shows(&k, "all is safe already"));
	ui_saved(k.ui, k.sc.now_ns);
	k.sc.unsafe = 2;
	press(&k, "ctrl-s");
	assert_true(shows(&k, "2 changes are on the way"));
	assert_true(shows(&k, "last commit at"));
	press(&k, "ctrl-z");
	assert_true(shows(&k, "takes your last change back"));
	desk_close(&k);
}

static void
a_lost_host_is_said_while_typing(void **state)
{
	struct desk k;

	(void)state;
	room_open(&k);
	press(&k, "3 a 'half");
	k.sc.live = false;
	k.sc.unsafe = 3;
	k.sc.notice = "not connected 0:12: what you type is kept";
	desk_draw(&k);
	assert_true(shows(&k, "not connected 0:12: what you type is kept"));
	assert_true(shows(&k, "half"));
	assert_true(shows(&k, "●3 unsafe"));
	desk_close(&k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_of_a_discussion_are_notes),
		cmocka_unit_test(who_follows_goes_where_the_room_is),
		cmocka_unit_test(moving_frees_and_one_key_follows_again),
		cmocka_unit_test(who_leads_goes_their_own_way),
		cmocka_unit_test(an_open_editor_is_followed_out_of_only_afterwards),
		cmocka_unit_test(the_label_says_who_will_see_it),
		cmocka_unit_test(both_texts_of_an_edit_are_shown),
		cmocka_unit_test(theirs_may_stay_and_yours_is_not_lost),
		cmocka_unit_test(somebody_at_the_same_text_is_seen),
		cmocka_unit_test(questions_wait_for_the_end_of_the_line),
		cmocka_unit_test(a_key_on_its_way_is_no_answer),
		cmocka_unit_test(a_tie_opens_a_run_off),
		cmocka_unit_test(reveal_needs_another_key),
		cmocka_unit_test(reveal_is_not_asked_again),
		cmocka_unit_test(empty_pane_names_the_key_that_adds),
		cmocka_unit_test(only_who_leads_reveals),
		cmocka_unit_test(votes_open_and_close_with_the_stage_key),
		cmocka_unit_test(votes_are_given_on_any_pane),
		cmocka_unit_test(hands_go_up_and_down),
		cmocka_unit_test(on_air_is_asked_once),
		cmocka_unit_test(seats_take_the_keyboard_in_turn),
		cmocka_unit_test(who_took_part_is_asked_two_numbers),
		cmocka_unit_test(what_others_are_sent_has_no_secrets),
		cmocka_unit_test(a_projector_takes_no_keys_but_q),
		cmocka_unit_test(newcomers_get_one_page),
		cmocka_unit_test(what_is_new_flashes_once),
		cmocka_unit_test(esc_is_hinted_as_what_it_does),
		cmocka_unit_test(what_is_typed_while_leaving_is_kept),
		cmocka_unit_test(simple_keys_vote_on_causes),
		cmocka_unit_test(who_sees_it_is_never_cut),
		cmocka_unit_test(save_keys_tell_the_truth),
		cmocka_unit_test(a_lost_host_is_said_while_typing),
	};

	text_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
