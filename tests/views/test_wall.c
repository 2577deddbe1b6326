/* The wall: everything at once where it has room, something useful where it has not, nothing that
 * a room may not see, and the keys that lead there. */
#include "tests/views/desk.h"
#include "tests/views/scene.h"
#include "views/draw.h"

static void
scene(struct stage_set *t, const char *file)
{
	char path[100];

	set_init(t);
	set_file(t, "tests/frames/board-people.data");
	snprintf(path, sizeof path, "tests/frames/%s", file);
	set_file(t, path);
	set_line(t, "live yes");
	t->view = view_find("wall");
	assert_ptr_equal(t->view, &view_wall);
}

static char *
frame(struct stage_set *t, int cols, int rows)
{
	struct canvas *c = canvas_new(rows, cols, t->ascii);
	struct buf b = { 0 };

	frame_draw(t->view, &t->s, &t->sc, c);
	set_text(&b, c);
	canvas_free(c);
	return buf_take(&b);
}

static bool
has(struct stage_set *t, int cols, int rows, const char *text)
{
	char *all = frame(t, cols, rows);
	bool found = strstr(all, text) != NULL;

	free(all);
	return found;
}

/* What begins a text, so that it is found where the rest is wrapped. */
static bool
has_begin(const char *all, const char *text)
{
	char begin[9] = "";
	size_t n = strcspn(text, " ");

	snprintf(begin, sizeof begin, "%.*s", (int)(n < 8 ? n : 8), text);
	return strstr(all, begin) != NULL;
}

static void
test_all_at_once(void **state)
{
	static const int sizes[][2] = { { 160, 45 }, { 200, 50 }, { 300, 80 } };
	struct stage_set t;

	(void)state;
	scene(&t, "incident.data");
	for (size_t s = 0; s < 3; s++) {
		char *all = frame(&t, sizes[s][0], sizes[s][1]);
		for (size_t i = 0; i < DEBRIEF_N(t.d, CATEGORY); i++) {
			struct buf name = { 0 };
			upper_case(&name, DEBRIEF_AT(t.d, CATEGORY, category, i)->name);
			assert_non_null(strstr(all, name.data));
			buf_fini(&name);
		}
		for (size_t i = 0; i < DEBRIEF_N(t.d, ACTION); i++)
			assert_true(has_begin(all, DEBRIEF_AT(t.d, ACTION, action, i)->text));
		assert_non_null(strstr(all, "╔═")); /* the head of the fish */
		assert_non_null(strstr(all, "━━ CAUSES ━"));
		assert_non_null(strstr(all, "┳━━ ACTIONS ━"));
		assert_non_null(strstr(all, "p99 page"));
		assert_non_null(strstr(all, "8 actions · 1 done"));
		free(all);
	}
	set_fini(&t);
}

/* The mark of what is selected stands in the legend alone until the room is pointed somewhere. */
static size_t
marks(struct stage_set *t)
{
	char *all = frame(t, 200, 50);
	size_t n = 0;

	for (const char *p = all; (p = strstr(p, "►")) != NULL; p++)
		n++;
	free(all);
	return n;
}

static void
test_points_where_the_room_looks(void **state)
{
	static const char *const at[] = { "!focus E11", "!focus C3", "!focus A2" };
	struct stage_set t;
	size_t none;

	(void)state;
	scene(&t, "incident.data");
	none = marks(&t);
	for (size_t i = 0; i < 3; i++) {
		set_line(&t, at[i]);
		assert_int_equal(marks(&t), none + 1);
	}
	set_fini(&t);
}

static void
test_smaller(void **state)
{
	struct stage_set t;

	(void)state;
	scene(&t, "incident.data");
	set_line(&t, "!focus C3");
	assert_true(has(&t, 120, 40, "5xx 0.2 %")); /* timeline over fish */
	assert_true(has(&t, 120, 40, "╔═"));
	assert_true(has(&t, 120, 40, "from 160 columns"));
	assert_false(has(&t, 120, 40, "5xx 0.2 %, clear of"));
	assert_true(has(&t, 159, 45, "from 160 columns"));
	assert_true(has(&t, 160, 44, "from 160 columns"));
	assert_false(has(&t, 160, 45, "from 160 columns"));
	assert_true(has(&t, 80, 24, "Cache stampede on cold"));
	assert_true(has(&t, 30, 8, "Cache"));
	set_line(&t, "!focus A2");
	assert_true(has(&t, 80, 24, "Page on p99"));
	set_fini(&t);
}

/* A sprint has no timeline and no fish: cards and actions. While they are hidden, so they are here,
 * whoever draws it. */
static void
test_sprint(void **state)
{
	struct stage_set t;

	(void)state;
	scene(&t, "board.data");
	assert_true(has(&t, 200, 50, "━━ BOARD ━"));
	assert_true(has(&t, 200, 50, "One of us wrote down each step"));
	assert_true(has(&t, 200, 50, "Add yours") == (t.sc.join_line != NULL));
	set_line(&t, "column set \"Helped us\" hidden=yes");
	t.sc.role = PERSON_FACILITATOR;
	t.sc.me = "moss";
	assert_false(has(&t, 200, 50, "each step"));
	set_fini(&t);
}

static void
test_question_and_clock(void **state)
{
	struct stage_set t;

	(void)state;
	scene(&t, "incident.data");
	set_line(&t, "join \"debrief join retro.example:inc-2041\"");
	set_line(&t, "!timer 495");
	set_line(&t, "!prompt \"What made it last?\"");
	assert_true(has(&t, 200, 50, "What made it last?"));
	assert_true(has(&t, 200, 50, "█▀▀█ █▀▀█ ▄ ▄█  █▀▀▀"));
	assert_true(has(&t, 200, 50, "debrief join retro.example:inc-2041"));
	t.ascii = true;
	assert_true(has(&t, 200, 50, "What made it last?"));
	t.ascii = false;
	t.sc.live = false;
	assert_false(has(&t, 200, 50, "What made it last?")); /* a picture of what is agreed */
	set_fini(&t);
}

static void
test_sizes(void **state)
{
	static const char *const files[] = { "board-full.data", "board-hostile.data",
		"incident.data", "hostile.data", "full.data", "gameday.data" };

	(void)state;
	for (size_t f = 0; f < sizeof files / sizeof *files; f++) {
		struct stage_set t;
		scene(&t, files[f]);
		for (int ascii = 0; ascii < 2; ascii++) {
			t.ascii = ascii;
			for (int cols = 20; cols <= 300; cols += 35)
				for (int rows = 5; rows <= 80; rows += 15)
					free(frame(&t, cols, rows));
		}
		set_fini(&t);
	}
}

static void
test_keys(void **state)
{
	static const struct ui_begin wall = { .want = "projector" };
	struct desk k;

	(void)state;
	desk_open(&k, 50, 200);
	desk_do(&k, "event add 2026-07-16T14:02:00Z \"flag on\"");
	desk_do(&k, "action add \"Jitter the TTLs\"");
	desk_draw(&k);
	press(&k, "P");
	assert_true(shows(&k, "ACTIONS"));
	assert_true(shows(&k, "Jitter the TTLs"));
	press(&k, "P");
	assert_true(shows(&k, "all panes at once"));
	press(&k, "P x");
	assert_string_equal(ui_pane(k.ui), "agenda");
	assert_int_equal(DEBRIEF_N(k.d, ACTION), 1);
	/* What a projector that is here shows comes first. */
	desk_here(&k, "screen", "observer")->want = "projector";
	k.here[k.sc.n_here - 1].pane = "projector";
	press(&k, "P");
	assert_true(shows(&k, "all panes at once"));
	press(&k, "esc");
	k.here[k.sc.n_here - 1].pane = "wall";
	press(&k, "P");
	assert_false(shows(&k, "all panes at once"));
	press(&k, "esc");
	press(&k, ": 'wall enter");
	assert_true(shows(&k, "projectors show the wall"));
	/* On the projector itself: the same key, and nothing else. */
	desk_sit(&k, PERSON_OBSERVER, &wall);
	press(&k, "P");
	assert_string_equal(ui_pane(k.ui), "wall");
	press(&k, "a x v R O : 5");
	assert_string_equal(ui_pane(k.ui), "wall");
	press(&k, "P");
	assert_string_equal(ui_pane(k.ui), "projector");
	press(&k, "q");
	assert_int_equal(k.out.what, UI_LEAVE);
	desk_close(&k);
}

/* Who leads says what every projector shows; a projector's own key chooses until then. */
static void
test_led(void **state)
{
	static const struct ui_begin screen = { .want = "projector" };
	struct desk k;

	(void)state;
	desk_open(&k, 50, 200);
	k.sc.live = true;
	press(&k, "P");
	press(&k, "P");
	assert_int_equal(k.out.what, UI_RUN);
	desk_do(&k, k.ran);
	assert_int_equal(k.d->wall, strcmp(k.ran, "projector wall") == 0);
	desk_do(&k, "projector question");
	desk_sit(&k, PERSON_OBSERVER, &screen);
	assert_string_equal(ui_pane(k.ui), "projector");
	desk_do(&k, "projector wall");
	desk_draw(&k);
	assert_string_equal(ui_pane(k.ui), "wall");
	press(&k, "P");
	assert_string_equal(ui_pane(k.ui), "projector");
	desk_draw(&k);
	assert_string_equal(ui_pane(k.ui), "projector");
	desk_do(&k, "projector question");
	desk_do(&k, "projector wall");
	desk_sit(&k, PERSON_OBSERVER, &screen); /* one that comes later too */
	assert_string_equal(ui_pane(k.ui), "wall");
	desk_sit(&k, PERSON_PARTICIPANT, NULL); /* nobody else's screen */
	assert_string_not_equal(ui_pane(k.ui), "wall");
	press(&k, "P P");
	assert_int_not_equal(k.out.what, UI_RUN); /* looking is everybody's, saying is not */
	desk_close(&k);
}

/* The question stands over all of it, once. */
static void
test_asked_once(void **state)
{
	static const char question[] = "What did you not know this morning?";
	struct buf b = { 0 };
	struct desk k;
	char *first;

	(void)state;
	desk_open(&k, 50, 200);
	desk_do(&k, "column add Start");
	desk_do(&k, "card add Start one");
	desk_do(&k, "stage add talk pane=board minutes=5");
	desk_do(&k, "stage talk");
	desk_do(&k, "prompt 'What did you not know this morning?'");
	press(&k, ": 'wall enter");
	export_text(&b, k.c);
	first = strstr(b.data, question);
	assert_non_null(first);
	assert_null(strstr(first + 1, question));
	assert_true(shows(&k, "one"));
	buf_fini(&b);
	desk_close(&k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_all_at_once),
		cmocka_unit_test(test_points_where_the_room_looks), cmocka_unit_test(test_smaller),
		cmocka_unit_test(test_sprint), cmocka_unit_test(test_question_and_clock),
		cmocka_unit_test(test_sizes), cmocka_unit_test(test_keys), cmocka_unit_test(test_led),
		cmocka_unit_test(test_asked_once) };

	text_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
