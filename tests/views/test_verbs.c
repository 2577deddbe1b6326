/* What verbs answer: movement that reaches everything, and commands that are read and accepted. */
#include "tests/views/scene.h"
#include "views/actions.h"

static const struct rect area = { .y = 1, .w = 120, .h = 32 };

static void
incident(struct stage_set *t, const char *view)
{
	set_init(t);
	set_file(t, "tests/frames/incident.data");
	t->view = view_find(view);
	t->s.frame_rows = 40;
}

static enum answer
verb(struct stage_set *t, enum verb_of_key v, struct view_answer *a)
{
	*a = (struct view_answer){ 0 };
	return t->view->verb(&t->s, &t->sc, v, area, a);
}

static void
move(struct stage_set *t, enum verb_of_key v)
{
	struct view_answer a;

	assert_int_equal(verb(t, v, &a), ANSWER_DRAW);
	view_fini_answer(&a);
}

static void
pick(struct stage_set *t, const char *name)
{
	enum kind kind;

	t->s.selected = set_item(t, name, &kind)->id;
}

static const char *
selected(struct stage_set *t)
{
	static char name[24];
	enum kind kind;
	const struct item *it = debrief_any(t->d, t->s.selected, &kind);

	assert_non_null(it);
	item_short_name(t->d, kind, it, name);
	return name;
}

/* Did the cursor stay where it was? In a timeline it also stands on the quiet after an event. */
static bool
stays(struct stage_set *t, int verb)
{
	struct id last = t->s.selected;
	int filter = t->s.filter;

	move(t, verb);
	return id_equal(last, t->s.selected) && filter == t->s.filter;
}

/* Down from the first passes every item and stays at the last; so does up. */
static void
walk(const char *view, int layout, size_t want)
{
	struct stage_set t;
	size_t n = 1;

	incident(&t, view);
	t.s.layout = layout;
	move(&t, DO_FIRST);
	while (n < 1000 && !stays(&t, DO_DOWN))
		n++;
	assert_int_equal(n, want);
	for (n = 1; n < 1000 && !stays(&t, DO_UP);)
		n++;
	assert_int_equal(n, want);
	set_fini(&t);
}

static void
test_walks(void **state)
{
	(void)state;
	walk("fishbone", 1, 52);
	walk("fishbone", 2, 52);
	walk("fishbone", 3, 58); /* with the categories */
	walk("timeline", 0, 24); /* a quiet stretch among them */
	walk("timeline", 2, 24);
	walk("actions", 0, 8);
	walk("agenda", 0, 7);
}

static void
test_classic_moves(void **state)
{
	struct stage_set t;

	(void)state;
	incident(&t, "fishbone");
	t.s.layout = 1;
	pick(&t, "C5");
	move(&t, DO_LEFT); /* the bone to the left, as far down */
	assert_string_equal(selected(&t), "C15");
	move(&t, DO_LEFT);
	assert_string_equal(selected(&t), "C24");
	move(&t, DO_LEFT);
	assert_string_equal(selected(&t), "C24");
	move(&t, DO_ACROSS);
	assert_string_equal(selected(&t), "C34");
	move(&t, DO_RIGHT);
	assert_string_equal(selected(&t), "C41");
	move(&t, DO_ACROSS);
	assert_string_equal(selected(&t), "C15");
	set_fini(&t);
}

static void
test_vertical_moves(void **state)
{
	struct stage_set t;

	(void)state;
	incident(&t, "fishbone");
	t.s.layout = 2;
	pick(&t, "C5");
	move(&t, DO_LEFT);
	assert_string_equal(selected(&t), "C5");
	move(&t, DO_RIGHT);
	assert_string_equal(selected(&t), "C15");
	move(&t, DO_ACROSS);
	assert_string_equal(selected(&t), "C5");
	set_fini(&t);
}

static void
test_fold(void **state)
{
	struct stage_set t;

	(void)state;
	incident(&t, "fishbone");
	t.s.layout = 3;
	pick(&t, "C1");
	move(&t, DO_FOLD);
	move(&t, DO_DOWN); /* over its whys */
	assert_string_equal(selected(&t), "C5");
	move(&t, DO_UP);
	move(&t, DO_FOLD);
	move(&t, DO_DOWN);
	assert_string_equal(selected(&t), "C2");
	pick(&t, "C4"); /* a leaf folds what it is in */
	move(&t, DO_FOLD);
	assert_string_equal(selected(&t), "C3");
	assert_int_equal(t.s.folded.n, 1);
	set_fini(&t);
}

static void
test_zoom(void **state)
{
	struct stage_set t;

	(void)state;
	incident(&t, "fishbone");
	move(&t, DO_ZOOM_IN); /* from the classic one, by size */
	assert_int_equal(t.s.layout, 2);
	move(&t, DO_ZOOM_IN);
	assert_int_equal(t.s.layout, 3);
	move(&t, DO_ZOOM_IN);
	move(&t, DO_ZOOM_IN); /* the ladder is the nearest */
	assert_int_equal(t.s.layout, 5);
	move(&t, DO_ZOOM_OUT);
	move(&t, DO_ZOOM_OUT);
	move(&t, DO_ZOOM_OUT);
	move(&t, DO_ZOOM_OUT);
	assert_int_equal(t.s.layout, 4);
	set_fini(&t);
}

static void
expect_command(struct stage_set *t, enum verb_of_key v, const char *begins, const char *name,
    const char *ends)
{
	struct view_answer a;
	enum kind kind;
	char want[80];

	snprintf(want, sizeof want, "%s%s%s", begins, set_item(t, name, &kind)->id.s, ends);
	verb(t, v, &a);
	assert_non_null(a.command.data);
	assert_string_equal(a.command.data, want);
	view_fini_answer(&a);
}

/* Down the chain to the open rung, where the next why is typed, one under the other. */
static void
test_ladder(void **state)
{
	struct stage_set t;
	struct view_answer a;

	(void)state;
	incident(&t, "fishbone");
	pick(&t, "C2");
	move(&t, DO_LADDER);
	assert_int_equal(t.s.layout, 5);
	expect_command(&t, DO_WHY, "why ", "C2", " "); /* not the last: another branch */
	expect_command(&t, DO_REMOVE, "cause remove ", "C2", "");
	move(&t, DO_DOWN);
	move(&t, DO_DOWN);
	assert_string_equal(selected(&t), "C4");
	expect_command(&t, DO_REMOVE, "cause remove ", "C4", "");
	move(&t, DO_DOWN); /* the open rung */
	move(&t, DO_DOWN);
	assert_string_equal(selected(&t), "C4");
	expect_command(&t, DO_REMOVE, "cause set ", "C4", " deep_enough=yes");
	assert_int_equal(verb(&t, DO_MENU, &a), ANSWER_TYPE);
	assert_true(a.again && a.deepens);
	view_fini_answer(&a);
	expect_command(&t, DO_ADD, "why ", "C4", " ");
	move(&t, DO_UP);
	expect_command(&t, DO_REMOVE, "cause remove ", "C4", "");
	move(&t, DO_FIRST);
	t.sc.simple = true; /* asked at each frame what a line would be for: the cursor stays */
	expect_command(&t, DO_ADD, "why ", "C4", " ");
	assert_string_equal(selected(&t), "C1");
	t.sc.simple = false;
	move(&t, DO_RIGHT);
	assert_string_equal(selected(&t), "C5");
	move(&t, DO_LEFT);
	assert_string_equal(selected(&t), "C1");
	move(&t, DO_LEFT); /* before the first comes the last */
	assert_string_equal(selected(&t), "C52");
	move(&t, DO_BACK);
	assert_int_equal(t.s.layout, 0);
	set_fini(&t);
}

/* In the ladder of a why that has others beside it, left and right go to those first. */
static void
test_ladder_siblings(void **state)
{
	struct stage_set t;

	(void)state;
	incident(&t, "fishbone");
	set_command(&t, "why C2 \"another way\"");
	pick(&t, "C4");
	move(&t, DO_LADDER);
	move(&t, DO_RIGHT);
	assert_string_equal(selected(&t), "C53"); /* beside what it is a why of */
	pick(&t, "C3");
	move(&t, DO_RIGHT);
	assert_string_equal(selected(&t), "C53");
	move(&t, DO_LEFT);
	assert_string_equal(selected(&t), "C3");
	set_fini(&t);
}

/* The other side remembers its own place, and its verbs are about cards. */
static void
test_other_fish(void **state)
{
	struct stage_set t;
	struct view_answer a;
	struct id card;

	(void)state;
	set_init(&t);
	set_file(&t, "tests/frames/other.data");
	t.view = view_find("fishbone");
	t.s.frame_rows = 40;
	pick(&t, "C12");
	move(&t, DO_OTHER_FISH);
	assert_int_equal(t.s.layout, 6);
	move(&t, DO_FIRST);
	assert_true(debrief_find(t.d, KIND_CARD, t.s.selected) != NULL);
	card = t.s.selected;
	move(&t, DO_ACROSS);
	assert_false(id_equal(card, t.s.selected));
	verb(&t, DO_ADD, &a);
	assert_true(strncmp(a.command.data, "card add ", 9) == 0);
	view_fini_answer(&a);
	verb(&t, DO_EDIT, &a);
	assert_true(strncmp(a.command.data, "card set ", 9) == 0);
	view_fini_answer(&a);
	assert_int_equal(verb(&t, DO_AGREE, &a), ANSWER_NOT_MINE);
	view_fini_answer(&a);
	move(&t, DO_OTHER_FISH);
	assert_int_equal(t.s.layout, 0);
	assert_string_equal(selected(&t), "C12");
	move(&t, DO_OTHER_FISH);
	assert_true(debrief_find(t.d, KIND_CARD, t.s.selected) != NULL);
	pick(&t, "C4"); /* somebody points at a cause */
	move(&t, DO_DOWN);
	assert_int_equal(t.s.layout, 0);
	set_fini(&t);
}

/* Type `text` into what the verb opened, as the screen does, and run it. */
static void
run_verb(struct stage_set *t, enum verb_of_key v, const char *text)
{
	struct view_answer a;
	struct strs one = { 0 };
	struct buf line = { 0 };
	enum answer what = verb(t, v, &a);

	buf_adds(&line, a.command.data);
	if (what == ANSWER_TYPE || what == ANSWER_TYPE_TEXT) {
		if (a.when_first)
			buf_adds(&line, "now ");
		strs_add(&one, text);
		words_join(&one, &line);
		buf_adds(&line, a.after.data ? a.after.data : "");
		assert_true(a.label.len > 0);
	} else {
		assert_int_equal(what, ANSWER_COMMAND);
	}
	set_command(t, line.data);
	strs_fini(&one);
	buf_fini(&line);
	view_fini_answer(&a);
}

static void
test_cause_verbs(void **state)
{
	struct stage_set t;
	struct cause *c;
	enum kind kind;

	(void)state;
	incident(&t, "fishbone");
	pick(&t, "C5");
	run_verb(&t, DO_ADD, "a new cause with 'quotes' and \"more\"");
	c = (struct cause *)set_item(&t, "C53", &kind);
	assert_string_equal(c->text, "a new cause with 'quotes' and \"more\"");
	assert_true(id_equal(c->category, t.d->of[KIND_CATEGORY].v[0]->id));
	run_verb(&t, DO_WHY, "and why");
	assert_true(id_equal(
	    ((struct cause *)set_item(&t, "C54", &kind))->parent, set_item(&t, "C5", &kind)->id));
	run_verb(&t, DO_EDIT, "other words");
	assert_string_equal(((struct cause *)set_item(&t, "C5", &kind))->text, "other words");
	run_verb(&t, DO_AGREE, NULL);
	run_verb(&t, DO_DOUBT, NULL);
	c = (struct cause *)set_item(&t, "C5", &kind);
	assert_int_equal(c->agree, 1);
	assert_int_equal(c->doubt, 1);
	run_verb(&t, DO_MOVE, "Process");
	c = (struct cause *)set_item(&t, "C5", &kind);
	assert_true(id_equal(c->category, command_item(t.d, KIND_CATEGORY, "Process", NULL)->id));
	run_verb(&t, DO_ACTION_HERE, "do something");
	assert_true(strs_has(&((struct action *)set_item(&t, "A9", &kind))->causes, c->item.id.s));
	run_verb(&t, DO_QUESTION_HERE, "who knows?");
	assert_int_equal(DEBRIEF_N(t.d, QUESTION), 1);
	run_verb(&t, DO_EVENT_NOW, "just now");
	assert_int_equal(DEBRIEF_N(t.d, EVENT), 24);
	run_verb(&t, DO_REMOVE, NULL);
	assert_int_equal(DEBRIEF_N(t.d, CAUSE), 52);
	set_fini(&t);
}

static void
test_event_verbs(void **state)
{
	struct stage_set t;
	struct event *e;
	enum kind kind;

	(void)state;
	incident(&t, "timeline");
	pick(&t, "E12");
	run_verb(&t, DO_EDIT, "restart");
	run_verb(&t, DO_TIME, "2026-07-14T14:19:30");
	run_verb(&t, DO_WHY, "a red line");
	run_verb(&t, DO_PHASE, NULL);
	e = (struct event *)set_item(&t, "E12", &kind);
	assert_string_equal(e->text, "restart");
	assert_string_equal(e->seen, "a red line");
	assert_int_equal(e->phase, PHASE_STARTED);
	assert_int_equal(civil_of_ns(e->at_ns).minute, 19);
	for (int i = 0; i < 5; i++)
		run_verb(&t, DO_PHASE, NULL);
	assert_int_equal(e->phase, PHASE_NONE);
	run_verb(&t, DO_CAUSE_HERE, "what it showed");
	assert_true(
	    strs_has(&((struct cause *)set_item(&t, "C53", &kind))->evidence, e->item.id.s));
	run_verb(&t, DO_ADD, "one more");
	assert_int_equal(DEBRIEF_N(t.d, EVENT), 24);
	run_verb(&t, DO_REMOVE, NULL);
	assert_int_equal(DEBRIEF_N(t.d, EVENT), 23);
	move(&t, DO_FIRST);
	move(&t, DO_NEXT); /* the gap, then the decision */
	assert_string_equal(selected(&t), "E6");
	move(&t, DO_NEXT);
	assert_string_equal(selected(&t), "E15");
	set_fini(&t);
}

static void
test_action_verbs(void **state)
{
	struct stage_set t;
	struct action *a;
	enum kind kind;

	(void)state;
	incident(&t, "actions");
	pick(&t, "A1");
	run_verb(&t, DO_EDIT, "one region first");
	run_verb(&t, DO_TIME, "2026-09-01");
	run_verb(&t, DO_MOVE, "release team");
	run_verb(&t, DO_WHY, "seen to work");
	run_verb(&t, DO_PHASE, NULL);
	a = (struct action *)set_item(&t, "A1", &kind);
	assert_string_equal(a->text, "one region first");
	assert_string_equal(a->owner, "release team");
	assert_string_equal(a->done_when, "seen to work");
	assert_int_equal(a->status, ACTION_DOING);
	assert_int_equal(a->due_day, day_of_civil(2026, 9, 1));
	run_verb(&t, DO_ADD, "one more");
	assert_int_equal(DEBRIEF_N(t.d, ACTION), 9);
	run_verb(&t, DO_REMOVE, NULL);
	assert_int_equal(DEBRIEF_N(t.d, ACTION), 8);
	set_fini(&t);
}

static void
test_stage_minutes(void **state)
{
	struct stage_set t;

	(void)state;
	incident(&t, "agenda");
	move(&t, DO_LAST);
	run_verb(&t, DO_EDIT, "12");
	assert_int_equal(DEBRIEF_AT(t.d, STAGE, stage, 6)->minutes, 12);
	set_fini(&t);
}

/* The selection stays with its item, and when that is gone goes to who stands in its place. */
static void
test_selection_sticks(void **state)
{
	struct stage_set t;
	struct canvas *c;

	(void)state;
	incident(&t, "fishbone");
	pick(&t, "C15");
	c = canvas_new(40, 120, false);
	frame_draw(t.view, &t.s, &t.sc, c);
	set_command(&t, "cause add Architecture \"before it\"");
	frame_draw(t.view, &t.s, &t.sc, c);
	assert_string_equal(selected(&t), "C15");
	set_command(&t, "cause remove C15");
	canvas_clear(c);
	frame_draw(t.view, &t.s, &t.sc, c);
	assert_string_equal(selected(&t), "C17");
	canvas_free(c);
	set_fini(&t);
}

/* With nothing there, no verb fails. */
/* Ids are random: what one sees stands in the order of the numbers. */
static void
test_causes_in_order(void **state)
{
	struct stage_set t;
	const struct cause *v[3];
	struct action a = { 0 };

	(void)state;
	incident(&t, "actions");
	for (size_t i = 0; i < 3; i++)
		strs_add(&a.causes, t.d->of[KIND_CAUSE].v[2 - i]->id.s);
	assert_int_equal(action_causes(&a, t.d, v), 3);
	assert_true(v[0]->item.number < v[1]->item.number);
	assert_true(v[1]->item.number < v[2]->item.number);
	strs_fini(&a.causes);
	set_fini(&t);
}

static void
test_nothing_there(void **state)
{
	(void)state;
	for (size_t i = 0; i < n_views; i++)
		for (int v = DO_NOTHING; v < N_VERBS; v++) {
			struct stage_set t;
			struct view_answer a;
			set_init(&t);
			t.view = views[i];
			verb(&t, (enum verb_of_key)v, &a);
			view_fini_answer(&a);
			set_fini(&t);
		}
}

/* The quiet after an event: a cause of it cites both its ends, a note makes it an event. */
static void
test_quiet(void **state)
{
	struct view_answer a;
	struct stage_set t;
	char want[64];

	(void)state;
	for (int layout = 1; layout <= 2; layout++) {
		const struct item *before, *after;
		enum kind kind;
		incident(&t, "timeline");
		t.s.layout = layout;
		before = set_item(&t, "E13", &kind);
		after = set_item(&t, "E14", &kind);
		pick(&t, "E13");
		move(&t, DO_DOWN);
		assert_string_equal(selected(&t), "E13");
		snprintf(want, sizeof want, " evidence=%s,%s", before->id.s, after->id.s);
		assert_int_equal(verb(&t, DO_CAUSE_HERE, &a), ANSWER_TYPE);
		assert_string_equal(a.after.data, want);
		view_fini_answer(&a);
		assert_int_equal(verb(&t, DO_EDIT, &a), ANSWER_TYPE);
		assert_string_equal(a.command.data, "event add 2026-07-14T14:20:00Z ");
		assert_string_equal(a.after.data, " kind=gap until=2026-07-14T14:43:00Z");
		view_fini_answer(&a);
		assert_int_equal(verb(&t, DO_REMOVE, &a), ANSWER_DRAW); /* nothing to remove */
		view_fini_answer(&a);
		move(&t, DO_DOWN);
		assert_string_equal(selected(&t), "E14");
		move(&t, DO_UP);
		assert_string_equal(selected(&t), "E13");
		pick(&t, "E14"); /* put there by somebody else: on the event */
		assert_int_equal(verb(&t, DO_REMOVE, &a), ANSWER_COMMAND);
		view_fini_answer(&a);
		set_fini(&t);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_walks),
		cmocka_unit_test(test_quiet),
		cmocka_unit_test(test_classic_moves),
		cmocka_unit_test(test_vertical_moves),
		cmocka_unit_test(test_fold),
		cmocka_unit_test(test_zoom),
		cmocka_unit_test(test_ladder),
		cmocka_unit_test(test_ladder_siblings),
		cmocka_unit_test(test_other_fish),
		cmocka_unit_test(test_cause_verbs),
		cmocka_unit_test(test_event_verbs),
		cmocka_unit_test(test_action_verbs),
		cmocka_unit_test(test_stage_minutes),
		cmocka_unit_test(test_selection_sticks),
		cmocka_unit_test(test_nothing_there),
		cmocka_unit_test(test_causes_in_order),
	};

	text_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
