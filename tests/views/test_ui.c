/* The state of one person's screen: keys in, lines of the grammar out, nothing typed ever lost. */
#include "tests/support/random_ops.h"
#include "tests/views/desk.h"

static void
adding_is_typing(void **state)
{
	struct desk k;

	(void)state;
	desk_open(&k, 24, 80);
	desk_do(&k, "category add Technical level=technical");
	press(&k, "3 a 'cold~cache enter");
	assert_int_equal(k.out.what, UI_RUN);
	assert_non_null(strstr(k.out.line, "cause add "));
	assert_non_null(strstr(k.out.line, "\"cold cache\"") ? k.out.line : strstr(k.out.line, "'cold cache'"));
	assert_false(ui_idle(k.ui));
	press(&k, "enter");
	assert_true(ui_idle(k.ui));
	desk_close(&k);
}

static void
a_time_before_the_text_is_the_events(void **state)
{
	struct desk k;

	(void)state;
	desk_open(&k, 24, 80);
	press(&k, "2 a '14:05~flag~on enter");
	assert_int_equal(k.out.what, UI_RUN);
	assert_non_null(strstr(k.out.line, "event add 14:05 "));
	press(&k, "'flag~off enter");
	assert_non_null(strstr(k.out.line, "event add now "));
	desk_close(&k);
}

static void
a_refused_line_comes_back_to_be_mended(void **state)
{
	struct desk k;

	(void)state;
	desk_open(&k, 24, 80);
	desk_do(&k, "category add Technical");
	press(&k, "3 a 'too~long enter");
	desk_refused(&k, "the text is too long");
	ui_draw(k.ui, &k.sc, k.c);
	assert_true(shows(&k, "too long"));
	assert_true(ui_typing(k.ui));
	desk_close(&k);
}

static void
a_refusal_waits_for_the_end_of_the_next_line(void **state)
{
	struct desk k;

	(void)state;
	desk_open(&k, 24, 80);
	desk_do(&k, "category add Technical");
	press(&k, "3 a 'too~long enter 'the~ne");
	desk_refused(&k, "the text is too long");
	desk_draw(&k);
	assert_true(shows(&k, "the ne"));
	assert_true(shows(&k, "is too long"));
	press(&k, "'xt enter");
	assert_non_null(strstr(k.ran, "the next"));
	assert_true(shows(&k, "too long"));
	press(&k, "backspace backspace enter");
	assert_non_null(strstr(k.ran, "too lo"));
	desk_close(&k);
}

/* Several lines on their way: it is the refused one that comes back. */
static void
the_right_line_comes_back(void **state)
{
	struct desk k;
	struct id first;

	(void)state;
	desk_open(&k, 24, 80);
	desk_do(&k, "category add Technical");
	press(&k, "3 a 'number~one enter");
	first = k.cid;
	press(&k, "'number~two enter");
	ui_refused(k.ui, &k.sc, first, "not that one");
	desk_draw(&k);
	assert_true(shows(&k, "number one"));
	press(&k, "esc x");
	ui_refused(k.ui, &k.sc, k.cid, "nor that");
	desk_draw(&k);
	assert_false(ui_typing(k.ui));
	desk_close(&k);
}

static void
what_others_change_never_takes_typed_text_away(void **state)
{
	struct desk k;

	(void)state;
	desk_open(&k, 24, 80);
	desk_do(&k, "category add Technical");
	press(&k, "3 a 'half~a~wo");
	desk_do(&k, "cause add Technical \"somebody else's\"");
	ui_draw(k.ui, &k.sc, k.c);
	assert_true(shows(&k, "half a wo"));
	assert_true(shows(&k, "somebody else's"));
	press(&k, "'rd enter");
	assert_non_null(strstr(k.out.line, "half a word"));
	desk_close(&k);
}

static void
an_edit_knows_what_it_saw(void **state)
{
	struct desk k;

	(void)state;
	desk_open(&k, 24, 80);
	desk_do(&k, "category add Technical");
	desk_do(&k, "cause add Technical \"cold cache\"");
	press(&k, "3 down e 's enter");
	assert_int_equal(k.out.what, UI_RUN);
	assert_non_null(strstr(k.out.line, "cause set "));
	assert_non_null(strstr(k.out.line, "cold caches"));
	assert_string_equal(k.out.seen, "cold cache");
	desk_close(&k);
}

static void
a_burst_runs_nothing(void **state)
{
	struct desk k;

	(void)state;
	desk_open(&k, 24, 80);
	desk_do(&k, "category add Technical");
	press(&k, "3");
	ui_burst(k.ui, &k.sc, "xxuu x");
	ui_draw(k.ui, &k.sc, k.c);
	assert_true(shows(&k, "xxuu x"));
	assert_true(shows(&k, "looks like text"));
	press(&k, "esc");
	assert_true(ui_idle(k.ui));
	ui_burst(k.ui, &k.sc, ":timer +5m"); /* a command, typed fast */
	press(&k, "enter");
	assert_int_equal(k.out.what, UI_RUN);
	assert_string_equal(k.out.line, "timer +5m");
	desk_close(&k);
}

static void
the_palette_completes(void **state)
{
	struct desk k;

	(void)state;
	desk_open(&k, 24, 80);
	press(&k, ": 'conf tab enter");
	assert_int_equal(k.out.what, UI_RUN);
	assert_int_equal(strncmp(k.out.line, "confirm", 7), 0);
	press(&k, ": up");
	assert_true(shows(&k, "confirm"));
	press(&k, "esc : 'quit enter");
	assert_int_equal(k.out.what, UI_LEAVE);
	desk_close(&k);
}

static void
leaving_and_stages_ask_first(void **state)
{
	struct desk k;

	(void)state;
	desk_open(&k, 24, 80);
	press(&k, "q");
	assert_int_equal(k.out.what, UI_DRAW);
	assert_true(shows(&k, "Leave?"));
	press(&k, "esc");
	assert_true(ui_idle(k.ui));
	press(&k, "q enter");
	assert_int_equal(k.out.what, UI_LEAVE);
	desk_do(&k, "stage add timeline minutes=5");
	desk_do(&k, "stage add causes minutes=5");
	press(&k, ">");
	assert_true(shows(&k, "timeline"));
	press(&k, "enter");
	assert_string_equal(k.out.line, "stage next");
	desk_close(&k);
}

static void
habits_are_answered(void **state)
{
	struct desk k;

	(void)state;
	desk_open(&k, 24, 80);
	press(&k, "ctrl-c");
	assert_true(shows(&k, "nothing was lost"));
	press(&k, "ctrl-s");
	assert_true(shows(&k, "safe"));
	desk_close(&k);
}

static void
exact_rectangle(struct desk *k, int rows, int cols)
{
	struct buf b = { 0 };
	char *p;

	export_text(&b, k->c);
	p = b.data;
	for (int y = 0; y < rows; y++) {
		size_t len = strcspn(p, "\n");
		assert_int_equal(text_width(p, len), cols);
		p += len + 1;
	}
	buf_fini(&b);
}

/* What the room and the host may do between two keys. */
static void
something_happens(struct desk *k, struct dice *r)
{
	static const char *const wants[] = { "offer", "knock", "waits", "tie", "break", "removed" };
	struct ui_question q = { .want = wants[dice_below(r, 6)],
		.name = "guest",
		.item = DEBRIEF_N(k->d, CARD) > 0 ? k->d->of[KIND_CARD].v[0]->id.s : NULL,
		.text = "a sentence" };
	enum kind kind = (enum kind)dice_below(r, N_KINDS);

	switch (dice_below(r, 6)) {
	case 0:
		ui_asked(k->ui, &k->sc, &q);
		break;
	case 1:
		desk_refused(k, "no");
		break;
	case 2:
		if (kind != KIND_DEBRIEF && k->d->of[kind].n > 0)
			k->d->focus = k->d->of[kind].v[0]->id;
		break;
	case 3:
		k->d->votes_each = (int64_t)dice_below(r, 3);
		k->sc.live = dice_below(r, 4) > 0;
		break;
	case 4:
		for (size_t i = 0; i < DEBRIEF_N(k->d, COLUMN); i++)
			DEBRIEF_AT(k->d, COLUMN, column, i)->hidden = dice_below(r, 2) == 1;
		break;
	default:
		k->sc.now_ns += (int64_t)dice_below(r, 40) * NS_PER_S;
	}
}

/* Any keys at any size, whoever it is, whatever happens meanwhile: never a crash, always an exact
 * rectangle. */
static void
any_keys_at_any_size(void **state)
{
	static const int sizes[][2] = { { 5, 20 }, { 8, 30 }, { 18, 50 }, { 24, 80 }, { 40, 120 },
		{ 1, 1 }, { 3, 200 } };
	static const char *const keys[] = { "1", "2", "3", "4", "5", "a", "e", "w", "x", "m", "u",
		"up", "down", "left", "right", "tab", "enter", "esc", "?", ":", "/", "space", "z",
		"Z", "c", "A", "+", "-", "g", "G", "q", ">", "<", "s", "t", "backspace", "home",
		"end", "page-down", "page-up", ".", "n", "p", "f", "L", "r", "ctrl-l", "F1", "ж",
		"F", "o", "H", "T", "v", "O", "P", "!", "R", "U", "y", "ctrl-s", "F6", "4" };
	static const struct ui_begin guises[] = { { .want = "join" },
		{ .want = "join", .simple = true, .newcomer = true }, { .want = "projector" },
		{ .want = "console" }, { .want = "join", .simple = true } };
	struct dice r = { 77 };

	(void)state;
	for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
		struct desk k;
		desk_open(&k, sizes[s][0], sizes[s][1]);
		dice_session(&r, k.d, 200);
		strs_add(&k.d->seats, "Ada");
		desk_here(&k, "moss", "participant");
		desk_here(&k, "kit", "scribe")->away_s = 40;
		for (int i = 0; i < 600; i++) {
			if (i % 60 == 0)
				desk_sit(&k, i % 120 ? PERSON_PARTICIPANT : PERSON_FACILITATOR,
				    &guises[(size_t)i / 60 % 5]);
			press(&k, keys[dice_below(&r, sizeof keys / sizeof *keys)]);
			if (dice_below(&r, 8) == 0)
				something_happens(&k, &r);
			exact_rectangle(&k, sizes[s][0], sizes[s][1]);
		}
		desk_close(&k);
	}
}

static void
no_key_has_two_meanings(void **state)
{
	(void)state;
	for (size_t v = 0; v < n_views; v++) {
		for (size_t i = 0; i < n_bindings; i++) {
			struct key k;
			assert_true(key_parse(bindings[i].key, &k));
			for (size_t j = 0; j < i; j++) {
				bool here_i = bindings[i].panes == NULL || strstr(bindings[i].panes, views[v]->name);
				bool here_j = bindings[j].panes == NULL || strstr(bindings[j].panes, views[v]->name);
				if (here_i && here_j && strcmp(bindings[i].key, bindings[j].key) == 0)
					assert_int_equal(bindings[i].verb, bindings[j].verb);
			}
		}
		for (const enum verb_of_key *h = views[v]->hints; *h != DO_NOTHING; h++)
			assert_non_null(binding_of(views[v], *h));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(adding_is_typing),
		cmocka_unit_test(a_time_before_the_text_is_the_events),
		cmocka_unit_test(a_refused_line_comes_back_to_be_mended),
		cmocka_unit_test(a_refusal_waits_for_the_end_of_the_next_line),
		cmocka_unit_test(the_right_line_comes_back),
		cmocka_unit_test(what_others_change_never_takes_typed_text_away),
		cmocka_unit_test(an_edit_knows_what_it_saw),
		cmocka_unit_test(a_burst_runs_nothing),
		cmocka_unit_test(the_palette_completes),
		cmocka_unit_test(leaving_and_stages_ask_first),
		cmocka_unit_test(habits_are_answered),
		cmocka_unit_test(any_keys_at_any_size),
		cmocka_unit_test(no_key_has_two_meanings),
	};

	text_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
