/* The state of one person's screen: keys in, lines of the grammar out, nothing typed ever lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/text.h"
#include "tests/support/random_ops.h"
#include "tui/export.h"
#include "views/bindings.h"
#include "views/ui.h"

struct desk {
	struct debrief *d;
	struct zone *zone;
	struct scene sc;
	struct command_scene cs;
	struct ui *ui;
	struct canvas *c;
	struct ui_out out;
	uint64_t ids;
};

static uint64_t
bits(void)
{
	return 12345;
}

static void
desk_open(struct desk *k, int rows, int cols)
{
	*k = (struct desk){ 0 };
	k->d = debrief_new(id_make(1));
	k->d->title = mem_dup("Checkout 5xx");
	k->zone = zone_open("UTC", NULL);
	k->sc = (struct scene){ .d = k->d, .name = "x", .me = "lena", .role = PERSON_FACILITATOR, .zone = k->zone,
		.now_ns = 1784206000 * NS_PER_S, .live = true };
	k->cs = (struct command_scene){ .d = k->d, .me = "lena", .role = PERSON_FACILITATOR, .zone = k->zone,
		.now_ns = k->sc.now_ns, .last_event_ns = TIME_NONE, .random = bits };
	k->ui = ui_new();
	k->c = canvas_new(rows, cols, false);
	ui_draw(k->ui, &k->sc, k->c);
}

static void
desk_close(struct desk *k)
{
	ui_free(k->ui);
	canvas_free(k->c);
	zone_free(k->zone);
	debrief_free(k->d);
}

/* Run a line as the host would, so that the model changes. */
static void
desk_do(struct desk *k, const char *line)
{
	struct actor who = { "lena", PERSON_FACILITATOR, false };
	struct host_gift gift = { (int64_t)(1500000000 + ++k->ids) * NS_PER_S, k->ids };
	struct err e = { 0 };
	struct op op;

	k->cs.random = bits;
	assert_true(command_read_line(&k->cs, line, &op, &e));
	for (size_t i = 0; i < op.n; i++)
		if (op.v[i].verb == VERB_ADD)
			op.v[i].id = id_make(1000 + k->ids * 10 + i);
	if (!debrief_check(k->d, &who, &op, &e))
		fail_msg("%s: %s", line, e.text);
	debrief_complete(k->d, &who, &op, &gift);
	debrief_apply(k->d, &op);
	op_fini(&op);
}

/* Press keys by their names, separated by spaces; "'text" types letters (a tilde is a space). */
static void
press(struct desk *k, const char *keys)
{
	char *copy = mem_dup(keys), *save = NULL;

	for (char *word = strtok_r(copy, " ", &save); word != NULL; word = strtok_r(NULL, " ", &save)) {
		struct key key;
		if (word[0] == '\'') {
			for (char *p = word + 1; *p != '\0'; p++) {
				char one[2] = { *p == '~' ? ' ' : *p, 0 };
				assert_true(key_parse(one[0] == ' ' ? "space" : one, &key));
				ui_key(k->ui, &k->sc, &k->cs, &key, &k->out);
			}
			continue;
		}
		assert_true(key_parse(word, &key));
		ui_key(k->ui, &k->sc, &k->cs, &key, &k->out);
	}
	free(copy);
	ui_draw(k->ui, &k->sc, k->c);
}

static bool
shows(struct desk *k, const char *text)
{
	struct buf b = { 0 };
	bool has;

	export_text(&b, k->c);
	has = strstr(b.data, text) != NULL;
	buf_fini(&b);
	return has;
}

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
	ui_refused(k.ui, "the text is too long");
	ui_draw(k.ui, &k.sc, k.c);
	assert_true(shows(&k, "too long"));
	assert_true(ui_typing(k.ui));
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

/* Any keys at any size: never a crash, always an exact rectangle. */
static void
any_keys_at_any_size(void **state)
{
	static const int sizes[][2] = { { 5, 20 }, { 8, 30 }, { 18, 50 }, { 24, 80 }, { 40, 120 }, { 1, 1 }, { 3, 200 } };
	static const char *const keys[] = { "1", "2", "3", "4", "a", "e", "w", "x", "m", "u", "up", "down", "left", "right",
		"tab", "enter", "esc", "?", ":", "/", "space", "z", "Z", "c", "A", "+", "-", "g", "G", "q", ">", "<", "s", "t",
		"backspace", "home", "end", "page-down", "page-up", ".", "n", "p", "f", "L", "r", "ctrl-l", "F1", "ж" };
	struct dice r = { 77 };

	(void)state;
	for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
		struct desk k;
		desk_open(&k, sizes[s][0], sizes[s][1]);
		dice_session(&r, k.d, 200);
		for (int i = 0; i < 600; i++) {
			struct buf b = { 0 };
			char *p;
			press(&k, keys[dice_below(&r, sizeof keys / sizeof *keys)]);
			export_text(&b, k.c);
			p = b.data;
			for (int y = 0; y < sizes[s][0]; y++) {
				size_t len = strcspn(p, "\n");
				assert_int_equal(text_width(p, len), sizes[s][1]);
				p += len + 1;
			}
			buf_fini(&b);
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
