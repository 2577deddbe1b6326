/* The board: where its cursor goes, what its verbs answer, and what must never be on it. */
#include "tests/views/scene.h"
#include "model/checks.h"
#include "views/deck.h"

static const struct rect area = { .y = 1, .w = 120, .h = 32 };

static void
team(struct stage_set *t)
{
	set_init(t);
	set_file(t, "tests/frames/board-people.data");
	set_file(t, "tests/frames/board.data");
	set_line(t, "live yes");
	t->view = &view_board;
}

static void
lines(struct stage_set *t, const char *text)
{
	struct strs all = { 0 };

	for (const char *p = text, *end; *p != '\0'; p = *end == '\n' ? end + 1 : end) {
		end = p + strcspn(p, "\n");
		strs_addn(&all, p, (size_t)(end - p));
	}
	for (size_t i = 0; i < all.n; i++)
		set_line(t, all.v[i]);
	strs_fini(&all);
}

static struct id
card(const struct stage_set *t, size_t nth)
{
	return t->d->of[KIND_CARD].v[nth - 1]->id;
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

/* The verb answers with exactly this line (K3 is the third card), which is then run. */
static void
runs(struct stage_set *t, enum verb_of_key v, const char *want)
{
	char *line = set_cards(t, want);
	struct view_answer a;

	assert_int_equal(verb(t, v, &a), ANSWER_COMMAND);
	if (v == DO_NEXT) { /* the topic's share of the clock */
		char *timer = strstr(a.command.data, "\ntimer ");
		assert_true(timer == NULL || atoi(timer + 7) > 0);
		a.command.data[timer != NULL ? (size_t)(timer - a.command.data) : a.command.len] =
		    '\0';
	}
	assert_string_equal(a.command.data, line);
	view_fini_answer(&a);
	free(line);
}

/* The frame as text, all rows in one. */
static char *
frame(struct stage_set *t, int cols, int rows)
{
	struct canvas *c = canvas_new(rows, cols, false);
	struct buf b = { 0 };

	frame_draw(t->view, &t->s, &t->sc, c);
	set_text(&b, c);
	canvas_free(c);
	return buf_take(&b);
}

static bool
shows(struct stage_set *t, int cols, int rows, const char *text)
{
	char *all = frame(t, cols, rows);
	bool found = strstr(all, text) != NULL;

	free(all);
	return found;
}

static char *
label(struct stage_set *t, bool hidden, bool anonymous)
{
	struct column c = { .hidden = hidden, .anonymous = anonymous };
	struct buf b = { 0 };

	board_label(&b, &t->sc, &c);
	return buf_take(&b);
}

static void
test_label(void **state)
{
	static const struct {
		bool hidden, anonymous;
		const char *many, *few;
	} cases[] = {
		{ false, false, "everybody sees this now", "everybody sees this now" },
		{ true, false, "hidden, with your name",
		    "hidden, with your name; few are here: others may guess" },
		{ true, true, "hidden, nobody's name",
		    "hidden, nobody's name; few are here: others may guess" },
		{ false, true, "everybody sees this now, nobody's name",
		    "everybody sees this now, nobody's name; few are here: others may guess" },
	};
	struct stage_set t;
	struct buf b = { 0 };

	(void)state;
	team(&t);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *text = label(&t, cases[i].hidden, cases[i].anonymous);
		assert_string_equal(text, cases[i].many);
		free(text);
		t.sc.n_here = 3;
		text = label(&t, cases[i].hidden, cases[i].anonymous);
		assert_string_equal(text, cases[i].few);
		free(text);
		t.sc.n_here = 6;
	}
	t.here[0].want = t.here[1].want = t.here[2].want = "projector"; /* they write nothing */
	free(label(&t, true, true));
	board_label(&b, &t.sc, &(struct column){ .hidden = true });
	assert_non_null(strstr(b.data, "may guess"));
	buf_clear(&b);
	board_label(&b, &t.sc, NULL);
	assert_string_equal(b.data, "everybody sees this now");
	buf_fini(&b);
	set_fini(&t);
}

/* Down and up reach every card of a column, and nothing else. */
static void
test_walks(void **state)
{
	struct stage_set t;
	struct id last = { 0 };
	size_t n = 0;

	(void)state;
	team(&t);
	move(&t, DO_FIRST);
	while (!id_equal(last, t.s.selected) && n < 100) {
		last = t.s.selected;
		move(&t, DO_DOWN);
		n++;
	}
	assert_int_equal(n, 9); /* three of them within a group that lies open */
	assert_true(id_equal(t.s.selected, card(&t, 9)));
	for (last = (struct id){ 0 }, n = 0; !id_equal(last, t.s.selected) && n < 100; n++) {
		last = t.s.selected;
		move(&t, DO_UP);
	}
	assert_int_equal(n, 9);
	assert_true(id_equal(t.s.selected, card(&t, 1)));
	move(&t, DO_LAST);
	assert_true(id_equal(t.s.selected, card(&t, 7)));
	move(&t, DO_FOLD); /* now the group is one step */
	move(&t, DO_UP);
	assert_true(id_equal(t.s.selected, card(&t, 6)));
	move(&t, DO_DOWN);
	move(&t, DO_DOWN);
	assert_true(id_equal(t.s.selected, card(&t, 7)));
	set_fini(&t);
}

static void
test_columns(void **state)
{
	struct stage_set t;
	const struct column *c;

	(void)state;
	team(&t);
	set_line(&t, "column add \"Empty\"");
	t.s.selected = card(&t, 2);
	move(&t, DO_RIGHT); /* as far down as it was */
	assert_true(id_equal(t.s.selected, card(&t, 13)));
	move(&t, DO_RIGHT);
	assert_true(id_equal(t.s.selected, card(&t, 18)));
	move(&t, DO_RIGHT);
	c = board_column(&t.s, &t.sc);
	assert_string_equal(c->name, "Empty");
	assert_true(id_equal(t.s.selected, c->item.id));
	move(&t, DO_RIGHT); /* there is no more */
	assert_true(id_equal(t.s.selected, c->item.id));
	move(&t, DO_ACROSS); /* round */
	assert_true(id_equal(t.s.selected, card(&t, 1)));
	move(&t, DO_LEFT);
	assert_true(id_equal(t.s.selected, card(&t, 1)));
	set_fini(&t);
}

static void
test_cursor_sticks(void **state)
{
	struct stage_set t;

	(void)state;
	team(&t);
	t.s.selected = card(&t, 5);
	free(frame(&t, 80, 24));
	lines(&t, "card move K5 before=K1\ncard add \"Surprised us\" \"one more\"");
	free(frame(&t, 80, 24));
	assert_string_equal(((struct card *)debrief_find(t.d, KIND_CARD, t.s.selected))->text,
	    "Rollback is a full build, 11 minutes");
	set_line(&t, "card remove K1"); /* it: what follows takes its place */
	free(frame(&t, 80, 24));
	assert_string_equal(((struct card *)debrief_find(t.d, KIND_CARD, t.s.selected))->text,
	    "The page went to a rota that ended in May");
	set_fini(&t);
}

/* Where the last of a column is removed, the one above it is next, and no other column's. */
static void
test_gone_in_its_column(void **state)
{
	struct stage_set t;
	size_t left = 1;

	(void)state;
	team(&t);
	t.s.selected = card(&t, 1);
	move(&t, DO_RIGHT); /* the column in the middle */
	while (left > 0) {
		struct deck k;
		char line[64];
		move(&t, DO_LAST);
		deck_init(&k, &t.sc, &t.s);
		assert_int_equal(k.column, 1);
		snprintf(line, sizeof line, "card remove %s", deck_selected(&k)->item.id.s);
		deck_fini(&k);
		set_line(&t, line);
		deck_init(&k, &t.sc, &t.s);
		assert_int_equal(k.column, 1);
		left = k.columns[1].n_cards;
		deck_fini(&k);
	}
	set_fini(&t);
}

static void
test_add_and_edit(void **state)
{
	struct stage_set t;
	struct view_answer a;
	struct buf want = { 0 };

	(void)state;
	team(&t);
	set_line(&t, "column set \"Helped us\" hidden=yes");
	t.s.selected = t.d->of[KIND_COLUMN].v[1]->id;
	assert_int_equal(verb(&t, DO_ADD, &a), ANSWER_TYPE);
	buf_addf(&want, "card add %s ", t.d->of[KIND_COLUMN].v[1]->id.s);
	assert_string_equal(a.command.data, want.data);
	assert_string_equal(a.label.data, "card in Helped us · hidden, with your name");
	assert_true(a.again);
	view_fini_answer(&a);
	t.s.selected = card(&t, 1);
	assert_int_equal(verb(&t, DO_EDIT, &a), ANSWER_TYPE);
	assert_string_equal(a.text.data, "The page went to a rota that ended in May");
	assert_true(a.edits);
	assert_non_null(strstr(a.label.data, "everybody sees this now"));
	view_fini_answer(&a);
	t.s.selected = card(&t, 7); /* a group: its name */
	assert_int_equal(verb(&t, DO_EDIT, &a), ANSWER_TYPE);
	assert_string_equal(a.text.data, "Where the facts were");
	view_fini_answer(&a);
	set_line(&t, "card set K1 text=\"one\\ntwo\"");
	t.s.selected = card(&t, 1);
	assert_int_equal(verb(&t, DO_EDIT, &a),
	    strchr(((struct card *)t.d->of[KIND_CARD].v[0])->text, '\n') ? ANSWER_TYPE_TEXT
									 : ANSWER_TYPE);
	view_fini_answer(&a);
	buf_fini(&want);
	set_fini(&t);
}

static const struct card *
nth(const struct stage_set *t, size_t i)
{
	return (const struct card *)t->d->of[KIND_CARD].v[i - 1];
}

static void
test_group(void **state)
{
	struct stage_set t;
	struct view_answer a;
	char *line;

	(void)state;
	team(&t);
	set_line(&t, "mark K3 K1 K2");
	t.s.selected = card(&t, 17);
	assert_int_equal(verb(&t, DO_GROUP, &a), ANSWER_TYPE);
	assert_non_null(strstr(a.label.data, "name this group of 3"));
	line = mem_fmt("%s\"We heard it late\"", a.command.data);
	set_command(&t, line);
	free(line);
	view_fini_answer(&a);
	assert_true(id_equal(nth(&t, 2)->group, card(&t, 1)));
	assert_true(id_equal(nth(&t, 3)->group, card(&t, 1)));
	assert_string_equal(nth(&t, 1)->name, "We heard it late");
	strs_fini(&t.marked);
	t.s.selected = card(&t, 5);
	runs(&t, DO_GROUP, "card group K5 under=K6");
	set_line(&t, "mark K13");
	runs(&t, DO_GROUP, "card group K13 under=K5");
	t.s.selected = card(&t, 3);
	runs(&t, DO_UNGROUP, "card ungroup K3");
	strs_fini(&t.marked);
	t.s.selected = card(&t, 21); /* the last of the last column: under nothing */
	assert_int_equal(verb(&t, DO_GROUP, &a), ANSWER_NOT_MINE);
	view_fini_answer(&a);
	set_fini(&t);
}

static void
test_vote_verbs(void **state)
{
	struct stage_set t;
	struct view_answer a;

	(void)state;
	team(&t);
	t.s.selected = card(&t, 8); /* a card of a group: the whole of it */
	runs(&t, DO_VOTE, "vote K7");
	runs(&t, DO_UNVOTE, "unvote K7");
	runs(&t, DO_REMOVE, "card remove K8");
	runs(&t, DO_FOCUS, "focus K7");
	t.s.selected = t.d->of[KIND_COLUMN].v[0]->id;
	assert_int_equal(verb(&t, DO_VOTE, &a), ANSWER_NOT_MINE);
	view_fini_answer(&a);
	set_fini(&t);
}

/* n goes through the topics by votes, most first. */
static void
test_next_topic(void **state)
{
	struct stage_set t;
	struct view_answer a;

	(void)state;
	team(&t);
	lines(&t, "!stage discuss 60\n!votes K4 9 K1 8 K13 2 K11 5");
	runs(&t, DO_NEXT, "focus K4");
	set_line(&t, "!focus K4");
	runs(&t, DO_NEXT, "focus K1");
	set_line(&t, "!focus K1");
	runs(&t, DO_NEXT, "focus K10"); /* its card's five count for the group */
	set_line(&t, "!focus K10");
	runs(&t, DO_NEXT, "focus K13");
	set_line(&t, "!stage group 60");
	assert_int_equal(verb(&t, DO_NEXT, &a), ANSWER_NOT_MINE);
	view_fini_answer(&a);
	set_fini(&t);
}

/* Own hidden cards and own votes are on the own screen, and on none that others see. */
static void
test_private(void **state)
{
	struct stage_set t;

	(void)state;
	team(&t);
	lines(&t, "as lin\ncolumn add Secret hidden=yes anonymous=yes\n"
		  "card add Secret zebraprint\n!counts 7 0 0 0 0");
	t.s.selected = card(&t, 22);
	assert_true(shows(&t, 120, 40, "zebraprint"));
	assert_true(shows(&t, 120, 40, "yours 1"));
	assert_true(shows(&t, 120, 40, "6 more"));
	for (int public = 0; public < 2; public ++) {
		t.sc.on_air = public == 0;
		t.sc.projector = public == 1;
		for (int cols = 20; cols < 240; cols += 37)
			for (int rows = 5; rows < 60; rows += 9)
				assert_false(shows(&t, cols, rows, "zebra"));
		assert_true(shows(&t, 120, 40, "7 more"));
		assert_false(shows(&t, 120, 40, "yours"));
	}
	t.sc.on_air = t.sc.projector = false;
	t.s.selected = card(&t, 22);
	t.view = &view_projector; /* whatever the scene says */
	assert_false(shows(&t, 120, 40, "zebra"));
	t.d->focus = card(&t, 22);
	assert_false(shows(&t, 120, 40, "zebra"));
	set_fini(&t);
}

static void
test_private_votes(void **state)
{
	struct stage_set t;

	(void)state;
	team(&t);
	lines(&t, "as lin\n!each 5\n!ballot K4 K4 K17\n!counts 0 0 0 11 1");
	assert_true(shows(&t, 120, 40, "3 given, 2 left"));
	assert_true(shows(&t, 120, 40, "●●●○○"));
	assert_true(shows(&t, 80, 24, "3 given, 2 left"));
	assert_true(shows(&t, 120, 40, "11 of 30 votes are in"));
	for (int public = 0; public < 2; public ++) {
		t.sc.on_air = public == 0;
		t.sc.projector = public == 1;
		assert_false(shows(&t, 120, 40, "●●"));
		assert_false(shows(&t, 120, 40, "given"));
		assert_false(shows(&t, 120, 40, "of your votes"));
		assert_false(shows(&t, 80, 24, "●"));
		assert_true(shows(&t, 120, 40, "11 of 30 votes are in"));
	}
	t.sc.on_air = t.sc.projector = false;
	t.sc.me = ""; /* render is nobody */
	assert_false(shows(&t, 120, 40, "given"));
	set_fini(&t);
}

/* No total before the vote is closed, all of them afterwards. */
static void
test_totals(void **state)
{
	struct stage_set t;

	(void)state;
	team(&t);
	lines(&t, "!votes K4 9 K1 8");
	assert_true(shows(&t, 120, 40, "•9"));
	t.d->votes_each = 3; /* a run-off: the totals so far stay off the cards */
	assert_false(shows(&t, 120, 40, "•"));
	set_fini(&t);
}

static void
deal(struct deck *k, struct stage_set *t, const char *text)
{
	team(t);
	lines(t, text);
	deck_init(k, &t->sc, &t->s);
}

static void
test_deck(void **state)
{
	struct stage_set t;
	struct deck k;
	size_t order[64];

	(void)state;
	deal(&k, &t, "!votes K2 4 K8 3 K9 2 K17 5 K18 5");
	assert_int_equal(k.n_cards, 21);
	assert_int_equal(k.n_topics, 17);
	assert_int_equal(k.columns[0].n, 7);
	assert_int_equal(k.columns[0].n_cards, 9);
	deck_by_votes(&k, order);
	assert_true(id_equal(deck_head(&k, order[0])->item.id, card(&t, 7))); /* 3 + 2 */
	assert_true(id_equal(deck_head(&k, order[1])->item.id, card(&t, 17)));
	assert_true(id_equal(deck_head(&k, order[2])->item.id, card(&t, 18)));
	assert_true(id_equal(deck_head(&k, order[3])->item.id, card(&t, 2)));
	for (size_t i = 0; i < k.n_topics; i++)
		for (size_t j = 0; j < k.topics[i].n; j++)
			assert_int_equal(
			    deck_topic_of(&k, k.cards[k.topics[i].first + j]->item.id), i);
	assert_int_equal(deck_topic_of(&k, id_make(1)), k.n_topics);
	deck_fini(&k);
	set_fini(&t);
}

static void
set_group(struct stage_set *t, size_t of, size_t under)
{
	((struct card *)t->d->of[KIND_CARD].v[of - 1])->group = card(t, under);
}

/* What a merge may leave: rings, chains, a head that is gone, one in another column. */
static void
test_odd_groups(void **state)
{
	struct stage_set t;
	struct deck k;
	size_t n = 0;

	(void)state;
	team(&t);
	set_group(&t, 1, 2);
	set_group(&t, 2, 1);
	set_group(&t, 3, 3);
	set_group(&t, 4, 5);
	set_group(&t, 5, 6);
	set_group(&t, 6, 17);
	((struct card *)t.d->of[KIND_CARD].v[12])->group = id_make(77);
	deck_init(&k, &t.sc, &t.s);
	for (size_t i = 0; i < k.n_topics; i++)
		n += k.topics[i].n;
	assert_int_equal(n, 21); /* none is lost, none is there twice */
	assert_int_equal(deck_topic_of(&k, card(&t, 4)), deck_topic_of(&k, card(&t, 17)));
	deck_fini(&k);
	free(frame(&t, 120, 40));
	set_fini(&t);
}

/* Whatever the size, the selected card is marked, and the rows are whole. */
static void
draw_at_all_sizes(struct stage_set *t, bool marked)
{
	static const int sizes[][2] = { { 20, 5 }, { 21, 6 }, { 30, 8 }, { 37, 9 }, { 50, 18 },
		{ 71, 19 }, { 72, 20 }, { 80, 24 }, { 100, 12 }, { 109, 33 }, { 110, 20 },
		{ 120, 40 }, { 200, 50 }, { 300, 80 }, { 20, 80 }, { 300, 5 } };

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		char *all = frame(t, sizes[i][0], sizes[i][1]);
		if (marked && strstr(all, "►") == NULL)
			fail_msg("%dx%d:\n%s", sizes[i][0], sizes[i][1], all);
		free(all);
	}
}

static void
test_sizes(void **state)
{
	static const char *const files[] = { "board-full.data", "board-hostile.data",
		"board.data" };
	static const char *const looks[] = { "!each 0", "!each 5", "!each 20", "!stage discuss 60",
		"as lin" };

	(void)state;
	for (size_t f = 0; f < sizeof files / sizeof *files; f++)
		for (size_t l = 0; l < sizeof looks / sizeof *looks; l++) {
			struct stage_set t;
			char path[100];
			set_init(&t);
			t.view = &view_board;
			snprintf(path, sizeof path, "tests/frames/%s", files[f]);
			set_file(&t, path);
			if (debrief_stage(t.d, "discuss") != NULL || looks[l][1] != 's')
				set_line(&t, looks[l]);
			for (size_t i = 1; i <= DEBRIEF_N(t.d, CARD); i += 19) {
				t.s.selected = card(&t, i);
				draw_at_all_sizes(&t, true);
			}
			set_fini(&t);
		}
}

/* Through twelve columns and a hundred cards the cursor is always in sight, and it is said how many
 * columns are not. */
static void
test_scrolls(void **state)
{
	struct stage_set t;

	(void)state;
	set_init(&t);
	set_file(&t, "tests/frames/board-full.data");
	t.view = &view_board;
	free(frame(&t, 80, 24));
	t.s.selected = t.d->of[KIND_COLUMN].v[0]->id;
	for (int i = 0; i < 11; i++) {
		assert_true(shows(&t, 80, 24, "►"));
		assert_true(shows(&t, 80, 24, i == 0 ? "+9 columns" : "columns"));
		move(&t, DO_RIGHT);
	}
	t.s.selected = card(&t, 1);
	for (int i = 0; i < 125; i++) {
		assert_true(shows(&t, 80, 24, "►"));
		move(&t, DO_DOWN);
	}
	assert_true(id_equal(t.s.selected, card(&t, 120)));
	for (int i = 0; i < 125; i++) {
		assert_true(shows(&t, 50, 18, "►"));
		move(&t, DO_UP);
	}
	assert_true(id_equal(t.s.selected, card(&t, 1)));
	set_fini(&t);
}

static void
test_thousand(void **state)
{
	struct stage_set t;

	(void)state;
	set_init(&t);
	lines(&t, "column add One hidden=no\ncolumn add Two");
	for (int i = 0; i < 1000; i++) {
		char line[64];
		snprintf(
		    line, sizeof line, "card add %s \"card number %d\"", i % 3 ? "One" : "Two", i);
		set_command(&t, line);
	}
	t.view = &view_board;
	t.s.selected = card(&t, 998);
	draw_at_all_sizes(&t, true);
	t.s.layout = 2;
	draw_at_all_sizes(&t, true);
	set_fini(&t);
}

/* Minutes are shared by votes, and together are the stage's. */
static void
test_minutes(void **state)
{
	struct stage_set t;
	static const char *const want[] = { "•9     7", "•8     7", "•5     4", "•4     3",
		"•2     2" };

	(void)state;
	team(&t);
	lines(&t, "!stage discuss 60\n!votes K4 9 K1 8 K6 5 K5 4 K15 2 K10 2");
	for (size_t i = 0; i < sizeof want / sizeof *want; i++)
		assert_true(shows(&t, 120, 40, want[i]));
	set_fini(&t);
}

static void
test_entry(void **state)
{
	struct stage_set t;
	struct rect pane = { .y = 1, .h = 18, .w = 80 }, entry;

	(void)state;
	team(&t);
	set_line(&t, "column set \"Helped us\" hidden=yes");
	assert_false(board_entry(&t.s, &t.sc, pane, &entry));
	t.sc.simple = true;
	assert_true(board_entry(&t.s, &t.sc, pane, &entry));
	assert_int_equal(entry.h, 1);
	assert_true(entry.y > pane.y && entry.y < pane.y + pane.h && entry.w == 74);
	t.sc.on_air = true;
	assert_false(board_entry(&t.s, &t.sc, pane, &entry));
	t.sc.on_air = false;
	pane.h = 8;
	assert_false(board_entry(&t.s, &t.sc, pane, &entry));
	set_fini(&t);
}

static char *
reveal_ask(struct stage_set *t, int cols, int rows)
{
	struct canvas *c = canvas_new(rows, cols, false);
	struct buf b = { 0 };

	frame_draw(t->view, &t->s, &t->sc, c);
	board_reveal_ask(&t->sc, MODAL_REVEAL, c);
	set_text(&b, c);
	canvas_free(c);
	return buf_take(&b);
}

/* It says how many still type and what comes; what it is about to show is veiled. */
static void
test_reveal_ask(void **state)
{
	struct stage_set t;
	char *all;

	(void)state;
	team(&t);
	lines(&t, "column add Secret hidden=yes anonymous=yes\ncard add Secret zebraprint\n"
		  "!counts 21 2 5 0 0");
	all = reveal_ask(&t, 80, 24);
	assert_non_null(strstr(all, "21 cards, hidden until now"));
	assert_non_null(strstr(all, "shuffled, without names"));
	assert_non_null(strstr(all, "2 still typing, 1 not ready: R reveals"));
	assert_null(strstr(all, "zebra"));
	assert_null(strstr(all, "rota"));
	free(all);
	set_line(&t, "column set Secret anonymous=no");
	all = reveal_ask(&t, 80, 24);
	assert_non_null(strstr(all, "with their names"));
	free(all);
	for (int cols = 20; cols < 300; cols += 31)
		for (int rows = 5; rows < 80; rows += 7) {
			all = reveal_ask(&t, cols, rows);
			assert_null(strstr(all, "zebra"));
			free(all);
		}
	set_fini(&t);
}

/* No number of a vote contradicts another, and none is said of nobody. */
static void
test_votes_in(void **state)
{
	static const struct {
		int64_t here, given, done;
		const char *want;
	} rows[] = { { 0, 0, 0, "nobody who votes is here yet" },
		{ 0, 2, 1, "2 of 3 votes are in, 1 of 1 people are done" },
		{ 0, 2, 0, "2 of 2 votes are in" },
		{ 2, 0, 0, "0 of 6 votes are in, 0 of 2 people are done" },
		{ 1, 6, 2, "6 of 6 votes are in, 2 of 2 people are done" } };
	struct scene_person here[2] = { { .name = "a", .role = "participant", .want = "join" },
		{ .name = "b", .role = "participant", .want = "join" } };
	struct debrief *d = debrief_new(id_make(1));

	(void)state;
	d->votes_each = 3;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct scene sc = { .d = d, .here = here, .n_here = (size_t)rows[i].here,
			.counts = { .voted = rows[i].given, .voters = rows[i].done } };
		struct votes_in v = scene_votes_in(&sc);
		struct buf b = { 0 };
		votes_in_put(&b, &v, ", ");
		assert_string_equal(b.data, rows[i].want);
		buf_fini(&b);
	}
	debrief_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_label),
		cmocka_unit_test(test_walks), cmocka_unit_test(test_columns),
		cmocka_unit_test(test_cursor_sticks), cmocka_unit_test(test_gone_in_its_column),
		cmocka_unit_test(test_add_and_edit),
		cmocka_unit_test(test_group), cmocka_unit_test(test_vote_verbs),
		cmocka_unit_test(test_next_topic), cmocka_unit_test(test_private),
		cmocka_unit_test(test_private_votes), cmocka_unit_test(test_totals),
		cmocka_unit_test(test_deck), cmocka_unit_test(test_odd_groups),
		cmocka_unit_test(test_sizes), cmocka_unit_test(test_scrolls),
		cmocka_unit_test(test_thousand), cmocka_unit_test(test_minutes),
		cmocka_unit_test(test_entry), cmocka_unit_test(test_votes_in),
		cmocka_unit_test(test_reveal_ask) };

	text_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
