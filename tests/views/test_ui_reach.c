/* Reaching things: marks, finding in every pane, the `:` line's fuzzy words and keys, the menu of
 * everything, one's own keys, one's own editor. */
#include "tests/views/desk.h"
#include "views/own_words.h"
#include "views/possible.h"
#include "views/ui_state.h"
#include "views/keymap.h"

static void
with_items(struct desk *k)
{
	desk_open(k, 30, 100);
	desk_do(k, "category add Technical");
	desk_do(k, "category add Process");
	desk_do(k, "event add 2026-07-16T13:00 'cache purge of /static'");
	desk_do(k, "event add 2026-07-16T13:20 'page to the old rota'");
	desk_do(k, "cause add Technical 'cold cache'");
	desk_do(k, "cause add Technical 'no breaker'");
	desk_do(k, "action add 'warm the cache'");
	desk_do(k, "action add 'a breaker'");
	desk_do(k, "action add 'export the rota'");
}

static void
a_verb_on_a_marked_one_acts_on_all(void **state)
{
	struct desk k;

	(void)state;
	with_items(&k);
	press(&k, "4 s down s");
	assert_true(shows(&k, "2 marked"));
	press(&k, "x");
	assert_int_equal(k.out.what, UI_RUN);
	assert_int_equal(strncmp(k.ran, "action remove ", 14), 0);
	desk_do(&k, k.ran);
	assert_int_equal(DEBRIEF_N(k.d, ACTION), 1);
	/* One that is not marked is meant alone. */
	desk_do(&k, "action add one");
	desk_do(&k, "action add two");
	press(&k, "home s down s down p");
	desk_do(&k, k.ran);
	assert_null(strchr(strchr(k.ran + 11, ' ') + 1, ' '));
	/* Typed once, for all of them. */
	press(&k, "up m 'ops enter");
	desk_do(&k, k.ran);
	assert_string_equal(DEBRIEF_AT(k.d, ACTION, action, 0)->owner, "ops");
	assert_string_equal(DEBRIEF_AT(k.d, ACTION, action, 1)->owner, "ops");
	assert_null(DEBRIEF_AT(k.d, ACTION, action, 2)->owner);
	desk_close(&k);
}

static void
marks_of_another_kind_are_left(void **state)
{
	struct desk k;

	(void)state;
	with_items(&k);
	press(&k, "2 s 4 s x");
	desk_do(&k, k.ran);
	assert_int_equal(DEBRIEF_N(k.d, EVENT), 2);
	assert_int_equal(DEBRIEF_N(k.d, ACTION), 2);
	desk_close(&k);
}

static void
finding_looks_into_every_pane(void **state)
{
	struct desk k;

	(void)state;
	with_items(&k);
	press(&k, "1 ctrl-f 'cache");
	assert_true(shows(&k, "3 found"));
	assert_true(shows(&k, "cold cache"));
	press(&k, "down down enter");
	assert_string_equal(ui_pane(k.ui), "actions");
	assert_true(id_equal(ui_selected(k.ui), k.d->of[KIND_ACTION].v[0]->id));
	press(&k, "ctrl-f 'rota enter");
	assert_string_equal(ui_pane(k.ui), "timeline");
	press(&k, "ctrl-f 'nowhere enter");
	assert_true(shows(&k, "not found in any pane"));
	desk_close(&k);
}

static void
finding_leaves_out_what_is_covered(void **state)
{
	struct desk k;

	(void)state;
	with_items(&k);
	k.d->curtain_ns = DEBRIEF_AT(k.d, EVENT, event, 0)->at_ns;
	press(&k, "ctrl-f 'page");
	assert_true(shows(&k, "0 found"));
	assert_false(shows(&k, "old rota"));
	press(&k, "esc 2");
	assert_false(shows(&k, "old rota"));
	assert_true(shows(&k, "this is all that anyone knew"));
	press(&k, "n");
	assert_string_equal(k.out.line, "curtain next");
	k.d->curtain_ns = TIME_NONE;
	desk_close(&k);
}

static void
finding_on_air_leaves_out_own_hidden_cards(void **state)
{
	struct desk k;

	(void)state;
	with_items(&k);
	desk_do(&k, "column add Lucky hidden=yes");
	desk_do(&k, "card add Lucky 'the cache of nobody'");
	press(&k, "ctrl-f 'nobody");
	assert_true(shows(&k, "1 found"));
	press(&k, "esc : 'onair enter ctrl-f 'nobody");
	assert_true(shows(&k, "0 found"));
	desk_close(&k);
}

static void
the_command_line_guesses(void **state)
{
	struct desk k;

	(void)state;
	with_items(&k);
	press(&k, ": 'cseadd");
	assert_true(shows(&k, "cause add"));
	press(&k, "enter");
	assert_true(shows(&k, "cause add "));
	assert_int_equal(k.out.what, UI_DRAW); /* it completed, and ran nothing */
	press(&k, "esc : 'undo");
	assert_true(shows(&k, "undo"));
	press(&k, "enter");
	assert_string_equal(k.out.line, "undo");
	desk_close(&k);
}

static void
the_command_line_shows_keys(void **state)
{
	struct desk k;
	struct buf key = { 0 };

	(void)state;
	with_items(&k);
	press(&k, "4 : 'action~add");
	desk_draw(&k);
	assert_true(shows(&k, " a  "));
	press(&k, "esc : 'und");
	assert_true(shows(&k, " u  "));
	buf_fini(&key);
	desk_close(&k);
}

/* Notes are cut where the menu is narrower. */
static bool
offers(struct desk *k, enum verb_of_key verb)
{
	const struct binding *b = binding_of(view_find(ui_pane(k->ui)), verb);
	char *start = mem_dupn(b->note, strlen(b->note) < 40 ? strlen(b->note) : 40);
	bool found = shows(k, start);

	free(start);
	return found;
}

/* Arrows, tab, enter, esc and backspace: the menu's last line leads to every verb that can be done. */
static void
five_keys_reach_everything(void **state)
{
	struct desk k;

	(void)state;
	for (size_t v = 0; v < n_views; v++) {
		with_items(&k);
		for (size_t i = 0; i < v; i++)
			press(&k, "backtab");
		press(&k, "enter up");
		assert_true(shows(&k, "every key of this pane"));
		press(&k, "enter");
		for (size_t i = 0; i < n_bindings; i++) {
			const struct binding *b = &bindings[i];
			bool found = b->note == NULL || b->verb == DO_UP || b->verb == DO_MENU ||
				     b->verb == DO_EVERYTHING ||
				     !binding_is_for(b, view_find(ui_pane(k.ui))) ||
				     !verb_possible(ui_view(k.ui), ui_state(k.ui), &k.sc, b->verb);
			for (size_t n = 0; !found && n < n_bindings; n++) {
				found = offers(&k, b->verb);
				if (!found)
					press(&k, "down");
			}
			assert_true(found);
		}
		desk_close(&k);
	}
}

/* The screen's own words complete as commands do, and enter runs what was typed. */
static void
own_words_complete(void **state)
{
	struct desk k;

	(void)state;
	with_items(&k);
	for (size_t i = 0; i < n_own_words; i++) {
		char *typed = mem_fmt(": '%.4s", own_words[i].words);
		if (own_words[i].screen) {
			press(&k, typed);
			assert_true(shows(&k, own_words[i].words));
			press(&k, "esc");
		}
		free(typed);
	}
	press(&k, ": 'earlier enter");
	assert_string_equal(k.ran, "earlier");
	press(&k, ": 'held~x~y~yes enter");
	assert_string_equal(k.ran, "held x y yes");
	desk_close(&k);
}

static void
own_keys_come_first(void **state)
{
	struct keymap m = { .n = 0 };
	struct desk k;

	(void)state;
	assert_true(keymap_add(&m, "add", "i"));
	assert_false(keymap_add(&m, "add", "no-such-key"));
	assert_false(keymap_add(&m, "no-such-name", "i"));
	assert_true(keymap_add(&m, "next-prompt", "F12"));
	with_items(&k);
	k.sc.keys = &m;
	press(&k, "4 i 'typed~so");
	assert_true(shows(&k, "typed so"));
	press(&k, "esc");
	assert_true(shows(&k, "i add"));
	press(&k, "?");
	for (int i = 0; i < 80 && !shows(&k, "F12"); i++)
		press(&k, "down");
	assert_true(shows(&k, "F12"));
	desk_close(&k);
}

static void
the_editor_of_ones_own(void **state)
{
	struct desk k;

	(void)state;
	with_items(&k);
	press(&k, "4 a 'half");
	press(&k, "ctrl-e");
	assert_int_equal(k.out.what, UI_DRAW); /* not from here: the end of the line */
	k.sc.programs = true;
	press(&k, "ctrl-e");
	assert_int_equal(k.out.what, UI_EDITOR);
	assert_string_equal(k.out.line, "half");
	ui_edited(k.ui, &k.sc, "one\033[31m thing\nanother", 22);
	press(&k, "enter");
	assert_int_equal(k.out.what, UI_RUN);
	assert_non_null(strchr(k.ran, '\n'));
	assert_null(strchr(k.ran, '\033'));
	desk_close(&k);
}

/* Event, cause, action: one key each way. */
static void
links_lead_along_the_chain(void **state)
{
	struct desk k;

	(void)state;
	with_items(&k);
	desk_do(&k, "cause set C1 evidence=E2");
	desk_do(&k, "action set A2 causes=C1");
	press(&k, "2 home down ]");
	assert_string_equal(ui_pane(k.ui), "fishbone");
	press(&k, "]");
	assert_string_equal(ui_pane(k.ui), "actions");
	assert_true(id_equal(ui_selected(k.ui), k.d->of[KIND_ACTION].v[1]->id));
	press(&k, "[ [");
	assert_string_equal(ui_pane(k.ui), "timeline");
	assert_true(id_equal(ui_selected(k.ui), k.d->of[KIND_EVENT].v[1]->id));
	press(&k, "up ]");
	assert_true(shows(&k, "c makes one of it"));
	desk_do(&k, "cause set C2 evidence=E2");
	press(&k, "down ]");
	assert_true(shows(&k, "where to?"));
	press(&k, "down enter");
	assert_string_equal(ui_pane(k.ui), "fishbone");
	assert_true(id_equal(ui_selected(k.ui), k.d->of[KIND_CAUSE].v[1]->id));
	desk_close(&k);
}

static void
marked_events_become_evidence(void **state)
{
	struct desk k;

	(void)state;
	with_items(&k);
	press(&k, "2 home s down s 3 home E");
	assert_int_equal(k.out.what, UI_RUN);
	desk_do(&k, k.ran);
	assert_int_equal(DEBRIEF_AT(k.d, CAUSE, cause, 0)->evidence.n, 2);
	desk_close(&k);
}

/* Runs what the last key asked for; every change is an op of its own. */
static void
press_and_do(struct desk *k, const char *keys)
{
	free(k->ran);
	k->ran = NULL;
	press(k, keys);
	assert_int_equal(k->out.what, UI_RUN);
	desk_do(k, k->ran);
	desk_draw(k);
}

/* Both are in sight: the timeline, where the cursor is, and the cause. */
static void
evidence_is_linked_beside_the_cause(void **state)
{
	static const int sizes[][2] = { { 24, 80 }, { 40, 120 }, { 50, 200 }, { 5, 20 } };
	struct desk k;

	(void)state;
	with_items(&k);
	for (size_t i = 0; i < 4; i++) {
		const struct cause *c = DEBRIEF_AT(k.d, CAUSE, cause, 0);
		canvas_resize(k.c, sizes[i][0], sizes[i][1]);
		press(&k, "3 home E");
		if (sizes[i][1] >= 80) {
			assert_true(shows(&k, "what shows C1"));
			assert_true(shows(&k, c->text));
			assert_true(shows(&k, DEBRIEF_AT(k.d, EVENT, event, 0)->text));
		}
		press(&k, "home");
		press_and_do(&k, "space");
		assert_int_equal(c->evidence.n, 1);
		press(&k, "down");
		press_and_do(&k, "enter");
		assert_int_equal(c->evidence.n, 2);
		assert_true(sizes[i][1] < 80 || shows(&k, "■"));
		press_and_do(&k, "space");
		press(&k, "up");
		press_and_do(&k, "space");
		assert_int_equal(c->evidence.n, 0);
		press(&k, "esc");
		assert_string_equal(ui_pane(k.ui), "fishbone");
		assert_true(id_equal(ui_selected(k.ui), c->item.id));
	}
	desk_close(&k);
}

/* Enter on a stage leads to what belongs to it. */
static void
a_stage_offers_what_belongs_to_it(void **state)
{
	struct desk k;

	(void)state;
	with_items(&k);
	desk_do(&k, "stage add open minutes=5 checks=checked-in");
	desk_do(&k, "stage add close minutes=5 checks=summary-written,symptoms-set");
	desk_do(&k, "stage next");
	press(&k, "1 home a 'curious enter");
	assert_string_equal(k.out.line, "arrive curious");
	desk_do(&k, k.out.line);
	desk_draw(&k);
	assert_true(shows(&k, "how we arrive: curious"));
	press(&k, "enter");
	assert_true(shows(&k, "check-in: arrive WORD"));
	press(&k, "esc end enter enter");
	assert_string_equal(k.out.line, "draft");
	press(&k, "enter down enter");
	press(&k, "'slow~checkout enter");
	assert_string_equal(k.out.line, "set symptoms=\"slow checkout\"");
	desk_close(&k);
}

/* In the list of actions: what is open to be looked at, one key each. */
static void
actions_are_filtered_and_sorted(void **state)
{
	struct desk k;

	(void)state;
	with_items(&k);
	desk_do(&k, "action set A1 status=done owner=ops");
	desk_do(&k, "action set A3 owner=anna causes=C1");
	press(&k, "4 f");
	assert_true(shows(&k, "open 2/3"));
	assert_false(shows(&k, "warm the cache"));
	press(&k, "f");
	assert_true(shows(&k, "without an owner 1/3"));
	press(&k, "f f f f");
	assert_true(shows(&k, "warm the cache"));
	press(&k, "L L L home");
	assert_true(shows(&k, "by owner"));
	assert_true(id_equal(ui_selected(k.ui), k.d->of[KIND_ACTION].v[2]->id));
	press(&k, "space");
	assert_true(shows(&k, "done when"));
	press(&k, "space tab");
	assert_true(id_equal(ui_selected(k.ui), k.d->of[KIND_CAUSE].v[1]->id));
	press(&k, "A 'do~it enter esc"); /* esc in a later field: enough */
	desk_do(&k, k.ran);
	assert_int_equal(DEBRIEF_AT(k.d, ACTION, action, 3)->causes.n, 1);
	desk_close(&k);
}

/* What an earlier debrief left open comes first, in every order. */
static void
carried_actions_come_first(void **state)
{
	struct desk k;

	(void)state;
	with_items(&k);
	desk_do(&k, "action set A1 due=2026-01-01 owner=anna");
	desk_do(&k, "action set A3 carried_from=2026-01-02-earlier");
	press(&k, "4");
	assert_true(shows(&k, "carried over"));
	for (int sort = 0; sort < 5; sort++) {
		press(&k, "home");
		assert_true(id_equal(ui_selected(k.ui), k.d->of[KIND_ACTION].v[2]->id));
		press(&k, "L");
	}
	desk_do(&k, "action set A3 status=dropped");
	press(&k, "home");
	assert_false(id_equal(ui_selected(k.ui), k.d->of[KIND_ACTION].v[2]->id));
	desk_close(&k);
}

/* Where a text stands on the screen: its first column. */
static bool
find_text(struct desk *k, const char *text, struct key *at)
{
	for (int y = 0; y < canvas_rows(k->c); y++) {
		struct buf b = { 0 };
		const char *found;
		for (int x = 0; x < canvas_cols(k->c); x++) {
			char glyph[32];
			size_t n = canvas_glyph(k->c, &canvas_row(k->c, y)[x], glyph);
			buf_add(&b, n == 1 ? glyph : "#", 1);
		}
		found = strstr(b.data, text);
		*at = (struct key){ .code = KEY_MOUSE, .button = MOUSE_LEFT, .y = y,
			.x = found != NULL ? (int)(found - b.data) : 0 };
		buf_fini(&b);
		if (found != NULL)
			return true;
	}
	return false;
}

static void
click(struct desk *k, const char *text)
{
	struct key at;

	assert_true(find_text(k, text, &at));
	ui_scene(k->ui, &k->sc);
	ui_key(k->ui, &k->sc, &k->cs, &at, &k->out);
	desk_draw(k);
}

static void
a_click_selects_and_the_wheel_scrolls(void **state)
{
	struct key wheel = { .code = KEY_MOUSE, .button = MOUSE_WHEEL_DOWN };
	struct desk k;

	(void)state;
	with_items(&k);
	press(&k, "2");
	click(&k, "page to the old");
	assert_true(id_equal(ui_selected(k.ui), k.d->of[KIND_EVENT].v[1]->id));
	press(&k, "4");
	click(&k, "export the rota");
	assert_true(id_equal(ui_selected(k.ui), k.d->of[KIND_ACTION].v[2]->id));
	click(&k, "a breaker");
	assert_true(id_equal(ui_selected(k.ui), k.d->of[KIND_ACTION].v[1]->id));
	press(&k, "3");
	click(&k, "no breaker");
	assert_true(id_equal(ui_selected(k.ui), k.d->of[KIND_CAUSE].v[1]->id));
	click(&k, "cold cache");
	assert_true(id_equal(ui_selected(k.ui), k.d->of[KIND_CAUSE].v[0]->id));
	press(&k, "4 home");
	ui_key(k.ui, &k.sc, &k.cs, &wheel, &k.out);
	desk_draw(&k);
	assert_true(id_equal(ui_selected(k.ui), k.d->of[KIND_ACTION].v[1]->id));
	/* Nowhere, and outside: nothing happens. */
	wheel = (struct key){ .code = KEY_MOUSE, .button = MOUSE_LEFT, .y = 900, .x = 900 };
	ui_key(k.ui, &k.sc, &k.cs, &wheel, &k.out);
	assert_int_equal(k.out.what, UI_DRAW);
	desk_close(&k);
}

static void
words_are_copied(void **state)
{
	struct desk k;

	(void)state;
	with_items(&k);
	press(&k, "4 home y");
	assert_int_equal(k.out.what, UI_COPY);
	assert_string_equal(k.out.line, "warm the cache");
	k.sc.elsewhere = true;
	press(&k, "y");
	assert_int_equal(k.out.what, UI_DRAW);
	assert_true(shows(&k, "debrief join HOST:WHICH"));
	desk_close(&k);
}

/* What cannot be taken back by u is asked, and not answered by the key that asked. */
static void
closing_needs_another_key(void **state)
{
	struct desk k;

	(void)state;
	with_items(&k);
	press(&k, ": 'close enter");
	assert_true(shows(&k, "Close the debrief for everybody?"));
	press(&k, "enter enter");
	assert_null(k.ran);
	press(&k, "y");
	assert_string_equal(k.ran, "close");
	desk_close(&k);
}

/* An op as the host sends it to everybody: what hangs on the item goes with it. */
static struct op
removal(struct desk *k, size_t n)
{
	struct op op;

	op_init(&op, "cause remove");
	op.by = mem_dup("moss");
	op.v = mem_zero(n, sizeof *op.v);
	op.n = n;
	for (size_t i = 0; i < n; i++) {
		op.v[i].verb = VERB_REMOVE;
		op.v[i].kind = KIND_CAUSE;
		op.v[i].id = k->d->of[KIND_CAUSE].v[i]->id;
	}
	return op;
}

static void
what_is_removed_is_counted_on_both_screens(void **state)
{
	struct desk k;
	struct op op;

	(void)state;
	with_items(&k);
	op = removal(&k, 2);
	ui_removed(k.ui, &op, NULL);
	desk_draw(&k);
	assert_true(shows(&k, "removed 2 items, u brings them back"));
	press(&k, "down");
	assert_false(shows(&k, "removed 2 items"));
	ui_removed(k.ui, &op, op.by);
	desk_draw(&k);
	assert_true(shows(&k, "moss removed 2 items, u brings them back on their screen"));
	press(&k, "down");
	free(op.command);
	op.command = mem_dup("undo");
	ui_removed(k.ui, &op, NULL);
	desk_draw(&k);
	assert_false(shows(&k, "removed 2 items"));
	op_fini(&op);
	desk_close(&k);
}

/* Digits count in lists, unshifted ones of an AZERTY keyboard too. */
static void
digits_count_in_lists(void **state)
{
	struct desk k;

	(void)state;
	with_items(&k);
	desk_do(&k, "cause set C1 evidence=E2");
	desk_do(&k, "cause set C2 evidence=E2");
	press(&k, "2 home down ] 2");
	assert_string_equal(ui_pane(k.ui), "fishbone");
	assert_true(id_equal(ui_selected(k.ui), k.d->of[KIND_CAUSE].v[1]->id));
	press(&k, "2 ] &");
	assert_true(id_equal(ui_selected(k.ui), k.d->of[KIND_CAUSE].v[0]->id));
	desk_close(&k);
}

/* What, owner, due, done when: one line in the end; a wrong date is said and loses nothing. */
static void
an_action_is_asked_for_field_by_field(void **state)
{
	const struct action *a;
	struct desk k;

	(void)state;
	with_items(&k);
	press(&k, "4 A");
	assert_true(shows(&k, "done when"));
	press(&k, "'give~a~button enter 'ops~and~support enter 'soon enter");
	assert_true(shows(&k, "a date such as"));
	assert_true(shows(&k, "give a button") && shows(&k, "ops and support"));
	press(&k, "ctrl-u '2w enter enter");
	desk_do(&k, k.ran);
	a = DEBRIEF_AT(k.d, ACTION, action, DEBRIEF_N(k.d, ACTION) - 1);
	assert_string_equal(a->text, "give a button");
	assert_string_equal(a->owner, "ops and support");
	assert_int_equal(a->status, ACTION_ACCEPTED);
	assert_true(a->due_day != TIME_NONE && a->done_when == NULL);
	press(&k, "A 'never esc");
	assert_false(shows(&k, "never"));
	desk_close(&k);
}

/* Help has the keys of its pane and no other's. */
static void
help_is_of_its_pane(void **state)
{
	static const struct {
		const char *keys, *own, *others;
	} panes[] = {
		{ "2 ?", "the phase that begins with it", "the other side of the spine" },
		{ "3 ?", "the other side of the spine", "the phase that begins with it" },
		{ "4 ?", "the causes without action, and back", "the other side of the spine" },
		{ "5 ?", "take one of your votes back", "a cause in this category" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof panes / sizeof *panes; i++) {
		struct desk k;
		bool own = false;
		with_items(&k);
		press(&k, panes[i].keys);
		for (int down = 0; down < 90; down++, press(&k, "down")) {
			own = own || shows(&k, panes[i].own);
			assert_false(shows(&k, panes[i].others));
		}
		assert_true(own);
		desk_close(&k);
	}
}

/* The chosen line of a list is whole at any width, and the frame says what is out of sight. */
static void
what_is_chosen_is_whole(void **state)
{
	static const char tail[] = "ends here.";
	struct strs lines = { 0 };
	struct desk k;

	(void)state;
	desk_open(&k, 12, 80);
	for (int i = 0; i < 14; i++)
		strs_take(&lines, mem_fmt("ready\t%d\tA long line of number %d that goes on and on, wider than "
					  "the box is, and only then %s", i, i, tail));
	ui_show_lines(k.ui, "earlier", &lines);
	desk_draw(&k);
	for (int i = 0; i < 14; i++, press(&k, "down")) {
		char *text = mem_fmt("number %d that", i);
		assert_true(shows(&k, text));
		assert_true(shows(&k, tail));
		assert_true(shows(&k, "more"));
		free(text);
	}
	strs_drop(&lines, 13);
	while (lines.n > 3)
		strs_drop(&lines, lines.n - 1);
	ui_show_lines(k.ui, "earlier", &lines);
	desk_draw(&k);
	assert_false(shows(&k, "…"));
	assert_false(shows(&k, "more ▼"));
	strs_fini(&lines);
	desk_close(&k);
}

/* Blanks alone add nothing; those around a text are left off. */
static void
blanks_are_no_text(void **state)
{
	struct desk k;

	(void)state;
	with_items(&k);
	press(&k, "3 a '~~ enter");
	assert_int_not_equal(k.out.what, UI_RUN);
	press(&k, "a '~~coldthing~~ enter");
	assert_int_equal(k.out.what, UI_RUN);
	assert_non_null(strstr(k.ran, " coldthing"));
	assert_null(strstr(k.ran, "  cold"));
	assert_null(strstr(k.ran, "thing "));
	desk_close(&k);
}

/* What is said at the bottom is whole on two rows, over a pane and beside a line that is typed. */
static void
a_long_sentence_is_whole(void **state)
{
	struct desk k;

	(void)state;
	with_items(&k);
	canvas_free(k.c);
	k.c = canvas_new(24, 80, false);
	k.sc.notice = "not saved: your text is kept here: send it again when this is mended: not written: no "
		      "space is LEFT.";
	desk_draw(&k);
	assert_true(shows(&k, "LEFT."));
	k.sc.live = false;
	press(&k, "3 a 'half");
	k.sc.notice = "not saved: your text is kept here: send it again when this is mended: not written: no "
		      "space is LEFT.";
	desk_draw(&k);
	assert_true(shows(&k, "LEFT."));
	assert_true(shows(&k, "half"));
	desk_close(&k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_verb_on_a_marked_one_acts_on_all),
		cmocka_unit_test(marks_of_another_kind_are_left),
		cmocka_unit_test(finding_looks_into_every_pane),
		cmocka_unit_test(finding_leaves_out_what_is_covered),
		cmocka_unit_test(finding_on_air_leaves_out_own_hidden_cards),
		cmocka_unit_test(the_command_line_guesses),
		cmocka_unit_test(the_command_line_shows_keys),
		cmocka_unit_test(five_keys_reach_everything),
		cmocka_unit_test(own_words_complete),
		cmocka_unit_test(own_keys_come_first),
		cmocka_unit_test(the_editor_of_ones_own),
		cmocka_unit_test(a_stage_offers_what_belongs_to_it),
		cmocka_unit_test(links_lead_along_the_chain),
		cmocka_unit_test(marked_events_become_evidence),
		cmocka_unit_test(evidence_is_linked_beside_the_cause),
		cmocka_unit_test(actions_are_filtered_and_sorted),
		cmocka_unit_test(carried_actions_come_first),
		cmocka_unit_test(a_click_selects_and_the_wheel_scrolls),
		cmocka_unit_test(words_are_copied),
		cmocka_unit_test(closing_needs_another_key),
		cmocka_unit_test(what_is_removed_is_counted_on_both_screens),
		cmocka_unit_test(digits_count_in_lists),
		cmocka_unit_test(an_action_is_asked_for_field_by_field),
		cmocka_unit_test(help_is_of_its_pane),
		cmocka_unit_test(what_is_chosen_is_whole),
		cmocka_unit_test(blanks_are_no_text),
		cmocka_unit_test(a_long_sentence_is_whole),
	};

	text_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
