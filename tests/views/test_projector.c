/* What a room sees, what only the facilitator sees, and what who comes late is told. */
#include "tests/views/scene.h"
#include "views/block_digits.h"
#include "views/speakers.h"

static void
scene(struct stage_set *t, const char *view, const char *file)
{
	char path[100];

	set_init(t);
	set_file(t, "tests/frames/board-people.data");
	snprintf(path, sizeof path, "tests/frames/%s", file);
	set_file(t, path);
	set_line(t, "live yes");
	t->view = view_find(view);
	assert_non_null(t->view);
}

static char *
text_of(struct canvas *c)
{
	struct buf b = { 0 };

	set_text(&b, c);
	canvas_free(c);
	return buf_take(&b);
}

static char *
frame(struct stage_set *t, int cols, int rows)
{
	struct canvas *c = canvas_new(rows, cols, false);

	frame_draw(t->view, &t->s, &t->sc, c);
	return text_of(c);
}

static bool
shows(struct stage_set *t, int cols, int rows, const char *text)
{
	char *all = frame(t, cols, rows);
	bool found = strstr(all, text) != NULL;

	free(all);
	return found;
}

static void
test_follows(void **state)
{
	struct stage_set t;

	(void)state;
	scene(&t, "projector", "incident.data");
	set_line(&t, "prompt \"What made it last?\"");
	assert_true(shows(&t, 80, 24, "What made it last?"));
	set_line(&t, "!focus C3");
	assert_true(shows(&t, 80, 24, "Cache stampede on cold keys")); /* where it begins */
	assert_true(shows(&t, 80, 24, "← all TTLs expire"));
	assert_true(shows(&t, 80, 24, "← TTL is set once"));
	assert_true(shows(&t, 80, 24, "← cache warm-up copied")); /* and what is below it */
	assert_true(shows(&t, 80, 24, "← ?"));
	assert_false(shows(&t, 80, 24, "No circuit breaker"));
	set_line(&t, "cause set C3 deep_enough=yes");
	assert_false(shows(&t, 80, 24, "← ?"));
	set_line(&t, "!each 3"); /* while they vote nobody's eye is led */
	assert_true(shows(&t, 80, 24, "What made it last?"));
	assert_false(shows(&t, 80, 24, "← TTL is set once"));
	set_line(&t, "!each 0");
	set_line(&t, "!focus E11");
	assert_true(shows(&t, 80, 24, "14:16:00  moss named incident lead"));
	assert_true(shows(&t, 80, 24, "two channels, each sure"));
	set_line(&t, "!focus A1");
	assert_true(shows(&t, 80, 24, ((struct action *)t.d->of[KIND_ACTION].v[0])->text));
	set_fini(&t);
}

/* The end of a long chain is what is asked about: it is never what is cut off. */
static void
test_long_chain(void **state)
{
	struct stage_set t;

	(void)state;
	scene(&t, "projector", "incident.data");
	set_line(&t, "why C4 \"a fifth step that went deeper\"");
	for (size_t i = 0; i < DEBRIEF_N(t.d, CAUSE); i++)
		if (strcmp(DEBRIEF_AT(t.d, CAUSE, cause, i)->text,
			"a fifth step that went deeper") == 0)
			t.d->focus = t.d->of[KIND_CAUSE].v[i]->id;
	assert_true(shows(&t, 80, 24, "← ?"));
	assert_true(shows(&t, 40, 10, "← ?"));
	assert_true(shows(&t, 40, 10, "more"));
	set_fini(&t);
}

/* What has no room in one column takes two, and what has none in two is counted. */
static void
test_many(void **state)
{
	struct stage_set t;
	char *all;

	(void)state;
	scene(&t, "projector", "incident.data");
	set_line(&t, "stage set causes pane=fishbone");
	set_line(&t, "!stage causes 10");
	all = frame(&t, 200, 40);
	for (size_t i = 0; i < DEBRIEF_N(t.d, CAUSE); i++)
		if (!id_some(DEBRIEF_AT(t.d, CAUSE, cause, i)->parent) &&
		    strstr(all, DEBRIEF_AT(t.d, CAUSE, cause, i)->text) == NULL)
			fail_msg("%s", DEBRIEF_AT(t.d, CAUSE, cause, i)->text);
	assert_null(strstr(all, "more ▼"));
	free(all);
	assert_true(shows(&t, 80, 24, "more ▼"));
	set_fini(&t);
}

/* Who types is told by name only where that says nothing of what is hidden. */
static void
test_typing(void **state)
{
	struct stage_set t;

	(void)state;
	scene(&t, "projector", "board.data");
	set_line(&t, "!counts 0 2 0 0 0");
	assert_true(shows(&t, 80, 24, "● moss   ● kit"));
	assert_true(shows(&t, 80, 24, "4 more in the room"));
	set_line(&t, "column set \"Helped us\" anonymous=yes");
	assert_false(shows(&t, 80, 24, "moss"));
	assert_true(shows(&t, 80, 24, "2 typing"));
	assert_true(shows(&t, 80, 24, "6 in the room"));
	set_fini(&t);
}

static void
test_join_line(void **state)
{
	struct stage_set t;

	(void)state;
	scene(&t, "projector", "board.data");
	assert_false(shows(&t, 80, 24, "Add yours"));
	set_line(&t, "join \"debrief join retro.example:inc-2041\"");
	assert_true(shows(&t, 80, 24, "Add yours:   debrief join retro.example:inc-2041"));
	assert_true(shows(&t, 50, 18, "debrief join retro.example:inc-2041")); /* whole */
	set_fini(&t);
}

static void
test_hidden_writing(void **state)
{
	struct stage_set t;

	(void)state;
	scene(&t, "projector", "board.data");
	set_line(&t, "stage set write pane=board");
	set_line(&t, "!stage write 10");
	set_line(&t, "column set \"Helped us\" hidden=yes");
	set_line(&t, "!counts 9 2 1 0 0");
	assert_true(shows(&t, 80, 24, "9 cards are written · 2 typing · 1 ready"));
	assert_false(shows(&t, 80, 24, "each step")); /* a card of that column */
	set_fini(&t);
}

/* A game day runs: what is believed, what stops it, what happened last. */
static void
test_run(void **state)
{
	struct stage_set t;

	(void)state;
	scene(&t, "projector", "gameday.data");
	set_line(&t, "!stage run 850");
	set_line(&t, "!run 348");
	assert_true(shows(&t, 120, 40, DEBRIEF_AT(t.d, EXPERIMENT, experiment, 0)->abort_when.v[0]));
	assert_true(shows(&t, 120, 40, "ABORT WHEN"));
	set_fini(&t);
}

static void
test_sizes(void **state)
{
	static const char *const views_[] = { "projector", "console" };
	static const char *const files[] = { "board-full.data", "board-hostile.data",
		"incident.data", "hostile.data" };

	(void)state;
	for (size_t v = 0; v < 2; v++)
		for (size_t f = 0; f < 4; f++) {
			struct stage_set t;
			scene(&t, views_[v], files[f]);
			for (int cols = 20; cols <= 300; cols += 23)
				for (int rows = 5; rows <= 80; rows += 8)
					free(frame(&t, cols, rows));
			for (size_t i = 0; i < DEBRIEF_N(t.d, CAUSE); i += 7) {
				t.d->focus = t.d->of[KIND_CAUSE].v[i]->id;
				free(frame(&t, 80, 24));
				free(frame(&t, 20, 5));
			}
			set_fini(&t);
		}
}

static void
test_digits(void **state)
{
	struct canvas *c = canvas_new(3, 30, false), *plain = canvas_new(3, 30, true);
	char *all;

	(void)state;
	assert_int_equal(block_cols("00:00"), 4 + 1 + 4 + 1 + 1 + 1 + 4 + 1 + 4);
	assert_int_equal(block_draw(c, (struct rect){ .h = 3, .w = 30 }, "12:40", ROLE_HEAD), 3);
	all = text_of(c);
	assert_non_null(strstr(all, "▄█  ▀▀▀█ ▄ █  █ █▀▀█"));
	free(all);
	assert_int_equal(block_draw(plain, (struct rect){ .h = 3, .w = 30 }, "12:40", 0), 3);
	all = text_of(plain);
	assert_non_null(strstr(all, "_#  \"\"\"# _ #  # #\"\"#"));
	assert_non_null(strstr(all, "_#_ #___ \"    # #__#"));
	free(all);
	c = canvas_new(3, 10, false);
	assert_int_equal(block_draw(c, (struct rect){ .h = 3, .w = 10 }, "12:40", 0), 1);
	canvas_free(c);
}

/* Who has spoken least comes first; among equals who came first. */
static void
test_queue(void **state)
{
	struct stage_set t;
	struct speaker v[8];

	(void)state;
	scene(&t, "console", "board.data");
	set_line(&t, "!hands moss kit lin \"guest 1\"");
	set_line(&t, "!turns moss 2");
	set_line(&t, "!turns lin 1");
	assert_int_equal(speakers_of(t.d, v), 4);
	assert_string_equal(v[0].name, "kit");
	assert_string_equal(v[1].name, "guest 1"); /* not even in the list of people yet */
	assert_string_equal(v[2].name, "lin");
	assert_string_equal(v[3].name, "moss");
	assert_true(shows(&t, 80, 24, "kit         next, first time"));
	assert_true(shows(&t, 80, 24, "has spoken 2 times"));
	assert_true(shows(&t, 80, 24, "guest 2")); /* has not had the word, and does not ask */
	set_line(&t, "!turns \"guest 2\" 1");
	assert_true(shows(&t, 80, 24, "everybody has spoken"));
	set_fini(&t);
}

static void
test_console(void **state)
{
	struct stage_set t;

	(void)state;
	scene(&t, "console", "board.data");
	set_line(&t, "!stage group 700");
	set_line(&t, "!counts 0 1 6 0 0");
	set_line(&t, "prompt first?");
	set_line(&t, "prompt second?");
	assert_true(shows(&t, 80, 24, "3 minutes over"));
	assert_true(shows(&t, 80, 24, "everybody is ready"));
	assert_true(shows(&t, 80, 24, "► first?"));
	assert_true(shows(&t, 80, 24, "○ second?"));
	assert_true(shows(&t, 120, 40, "1 typing · 6 ready"));
	t.here[2].away_s = 130;
	assert_true(shows(&t, 120, 40, "lin is away 2"));
	t.sc.on_air = true;
	assert_false(shows(&t, 120, 40, "TO SPEAK"));
	assert_false(shows(&t, 30, 8, "first?"));
	assert_true(shows(&t, 80, 24, "seen by others"));
	set_fini(&t);
}

static char *
welcome(struct stage_set *t, int *scroll, int cols, int rows)
{
	struct canvas *c = canvas_new(rows, cols, false);

	welcome_draw(&t->sc, scroll, c);
	return text_of(c);
}

/* What it promises of the board is what holds now. */
static void
test_promises(void **state)
{
	static const struct {
		const char *set, *says;
	} cases[] = { { "hidden=no anonymous=no", "board    everybody, with your name" },
		{ "hidden=no anonymous=yes", "board    everybody, at once, unsigned" },
		{ "hidden=yes anonymous=yes", "board    nobody before the reveal, unsigned" },
		{ "hidden=yes anonymous=no", "board    nobody before the reveal " } };
	struct stage_set t;
	int scroll = 0;

	(void)state;
	scene(&t, "agenda", "board.data");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char line[120], *all;
		for (size_t c = 0; c < 3; c++) {
			snprintf(line, sizeof line, "column set %s %s",
			    t.d->of[KIND_COLUMN].v[c]->id.s, cases[i].set);
			set_command(&t, line);
		}
		all = welcome(&t, &scroll, 90, 24);
		if (strstr(all, cases[i].says) == NULL)
			fail_msg("%s:\n%s", cases[i].says, all);
		free(all);
	}
	set_fini(&t);
}

/* The three newest of what everybody may see. */
static void
test_newest(void **state)
{
	struct stage_set t;
	char *all;
	int scroll = 0;

	(void)state;
	scene(&t, "agenda", "board.data");
	set_line(&t, "now 2026-07-16T15:10:00Z");
	set_line(&t, "column add Secret hidden=yes");
	set_line(&t, "card add Secret zebraprint");
	set_line(&t, "now 2026-07-16T15:11:00Z");
	set_line(&t, "event add 14:02 \"flag on\"");
	set_line(&t, "now 2026-07-16T15:13:30Z");
	all = welcome(&t, &scroll, 80, 24);
	assert_null(strstr(all, "zebra"));
	assert_non_null(strstr(all, "NEWEST             E1    flag on"));
	assert_non_null(strstr(all, "2 min"));
	assert_non_null(strstr(all, "The campaign mail"));
	assert_null(strstr(all, "of the retry code")); /* the fourth */
	free(all);
	set_fini(&t);
}

static void
test_welcome_scrolls(void **state)
{
	struct stage_set t;
	int scroll = 10000;
	char *all;

	(void)state;
	scene(&t, "agenda", "incident.data");
	all = welcome(&t, &scroll, 80, 24);
	assert_int_equal(scroll, 0); /* all of it fits */
	free(all);
	scroll = 10000;
	all = welcome(&t, &scroll, 30, 8);
	assert_true(scroll > 5 && scroll < 60);
	assert_non_null(strstr(all, "more")); /* above */
	free(all);
	scroll = -3;
	free(welcome(&t, &scroll, 30, 8));
	assert_int_equal(scroll, 0);
	for (int cols = 20; cols <= 300; cols += 23)
		for (int rows = 5; rows <= 80; rows += 8)
			free(welcome(&t, &scroll, cols, rows));
	set_fini(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_follows),
		cmocka_unit_test(test_long_chain), cmocka_unit_test(test_many), cmocka_unit_test(test_typing),
		cmocka_unit_test(test_join_line), cmocka_unit_test(test_hidden_writing),
		cmocka_unit_test(test_run), cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_digits),
		cmocka_unit_test(test_queue), cmocka_unit_test(test_console),
		cmocka_unit_test(test_promises), cmocka_unit_test(test_newest),
		cmocka_unit_test(test_welcome_scrolls) };

	text_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
