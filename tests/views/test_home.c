/* The screen before a debrief: pictures at every size, keys in, what to do out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/text.h"
#include "base/when.h"
#include "tui/export.h"
#include "views/home.h"
#include "views/modal.h"

struct hall {
	struct home h;
	struct home_ui *u;
	struct strs commands;
	struct canvas *c;
	struct home_out out;
};

static void
draw(struct hall *k)
{
	home_draw(k->u, &k->h, k->c);
}

static void
press(struct hall *k, const char *keys)
{
	char *copy = mem_dup(keys), *save = NULL;

	for (char *w = strtok_r(copy, " ", &save); w != NULL; w = strtok_r(NULL, " ", &save)) {
		const char *p = w[0] == '\'' ? w + 1 : w;
		do {
			char one[2] = { *p, '\0' };
			struct key key;
			assert_true(key_parse(w[0] == '\'' ? (*p == '~' ? "space" : one) : w, &key));
			home_key(k->u, &k->h, &key, &k->out);
			draw(k);
		} while (w[0] == '\'' && *++p != '\0');
	}
	free(copy);
}

static bool
shows(struct hall *k, const char *text)
{
	struct buf b = { 0 };
	bool has;

	export_text(&b, k->c);
	has = strstr(b.data, text) != NULL;
	buf_fini(&b);
	return has;
}

static struct home_item *
add(struct hall *k, enum home_part part, const char *title, int64_t day)
{
	struct home_item *it = home_add(&k->h, part);

	it->title = mem_dup(title);
	it->day = day;
	return it;
}

struct sample {
	const char *title, *who, *more;
	int64_t number, day;
};

static void
add_action(struct hall *k, enum home_part part, const struct sample *like)
{
	struct home_item *it = add(k, part, like->title, like->day);

	it->name = mem_dup("2026-07-16-inc-2041-checkout-5xx-abcd");
	it->who = mem_dup(like->who);
	it->from = mem_dup("INC-2041 Checkout 5xx");
	it->more = mem_dup(like->more);
	it->number = like->number;
	it->id = (struct id){ "0000000000a1" };
}

static void
add_debrief(struct hall *k, const char *title, int64_t day, const size_t counts[3])
{
	struct home_item *it = add(k, HOME_LAST, title, day);

	it->name = mem_dup(title);
	it->n_actions = counts[0];
	it->n_done = counts[1];
	it->n_overdue = counts[2];
	it->closed = true;
}

static void
fill(struct hall *k)
{
	int64_t today = day_of_civil(2026, 8, 10);
	struct home_item *it = add(k, HOME_LIVE, "Cache warm-up, near miss", today);

	k->h.history = true;
	k->h.where = "~/debriefs";
	k->h.me = "moss";
	k->h.today = today;
	k->h.now_ns = today * 86400 * NS_PER_S + 50000 * NS_PER_S;
	k->h.n_all = 37;
	it->name = mem_dup("2026-08-10-cache-warm-up-abcd");
	it->from = mem_dup("what caught it");
	it->who = mem_dup("fern");
	it->here = 4;
	it->runs = true;
	it->left_s = 18 * 60;
	it->at_ns = today * 86400 * NS_PER_S + (14 * 60 + 12) * 60 * NS_PER_S;
	add_action(k, HOME_DUE,
	    &(struct sample){ .title = "Export the rota daily", .who = "kit", .number = 4, .day = today - 5 });
	add_action(k, HOME_DUE,
	    &(struct sample){ .title = "Warm-up job for new keys", .who = "lin", .number = 7, .day = today + 2 });
	add_action(k, HOME_DUE,
	    &(struct sample){ .title = "Per-region default in rollout tool",
		.who = "moss", .number = 1, .day = today + 9, .more = "it starts in one region" });
	for (int i = 0; i < 8; i++)
		add_action(k, HOME_DUE,
		    &(struct sample){ .title = "Another one", .number = 10 + i, .day = today + 20 + i });
	add_debrief(k, "INC-2041 Checkout 5xx, team retro", day_of_civil(2026, 7, 17),
	    (const size_t[]){ 2, 0, 0 });
	add_debrief(k, "INC-2041 Checkout 5xx", day_of_civil(2026, 7, 16), (const size_t[]){ 8, 1, 0 });
	add_debrief(k, "Search index 40 min behind", day_of_civil(2026, 7, 2),
	    (const size_t[]){ 4, 4, 0 });
	add_debrief(k, "Mail held back for a day", day_of_civil(2026, 6, 3), (const size_t[]){ 1, 0, 1 });
	it = add(k, HOME_NOTES, "Deploy went to the old region for a minute, caught by lin", today - 1);
	it->id = (struct id){ "0000000000b1" };
	it = add(k, HOME_NOTES, "Two pages for one alarm, both in the night", today - 3);
	it->id = (struct id){ "0000000000b2" };
	add_action(k, HOME_HELD,
	    &(struct sample){ .title = "Page on p99, not on averages",
		.who = "fern",
		.number = 2,
		.day = day_of_civil(2026, 8, 4),
		.more = "Has a slow checkout paged anyone since?" });
}

static void
hall_open(struct hall *k, int rows, int cols, bool full)
{
	*k = (struct hall){ 0 };
	strs_add(&k->commands, "new\tbegin a debrief");
	strs_add(&k->commands, "note\trecord a near miss in a line");
	strs_add(&k->commands, "notes\tlist near misses");
	if (full) {
		fill(k);
	} else {
		k->h.where = "~/work";
		k->h.in_git = true;
	}
	k->u = home_ui_new(&k->commands);
	k->c = canvas_new(rows, cols, false);
	draw(k);
}

static void
hall_close(struct hall *k)
{
	home_ui_free(k->u);
	home_fini(&k->h);
	strs_fini(&k->commands);
	canvas_free(k->c);
}

static void
compare(const char *name, struct canvas *c)
{
	const char *write = getenv("FRAMES");
	struct buf drawn = { 0 }, kept = { 0 };
	struct err e = { 0 };
	char path[200];

	snprintf(path, sizeof path, "tests/frames/%s-%dx%d.frame", name, canvas_cols(c), canvas_rows(c));
	export_frame(&drawn, c);
	if (write != NULL && strcmp(write, "write") == 0)
		assert_true(buf_write_file(path, drawn.data, drawn.len, &e));
	else if (!buf_read_file(&kept, path, 1 << 22, &e) || kept.len != drawn.len ||
		 memcmp(kept.data, drawn.data, kept.len) != 0)
		fail_msg("%s is not what is drawn now (FRAMES=write rewrites it):\n%s", path, drawn.data);
	buf_fini(&drawn);
	buf_fini(&kept);
}

static void
pictures(void **state)
{
	static const int sizes[][2] = { { 5, 20 }, { 8, 30 }, { 18, 50 }, { 24, 80 }, { 40, 120 },
		{ 50, 200 } };

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		struct hall k;
		hall_open(&k, sizes[i][0], sizes[i][1], true);
		compare("home", k.c);
		press(&k, "tab tab tab tab right");
		compare("home-held", k.c);
		hall_close(&k);
		hall_open(&k, sizes[i][0], sizes[i][1], false);
		compare("home-first", k.c);
		hall_close(&k);
	}
}

static void
every_item_is_reached(void **state)
{
	struct hall k;
	int n = 0;

	(void)state;
	hall_open(&k, 24, 80, true);
	press(&k, "home");
	for (const struct home_item *last = NULL;; n++) {
		press(&k, "enter");
		if (k.out.item == last)
			break;
		last = k.out.item;
		press(&k, k.out.what == HOME_DRAW ? "esc down" : "down"); /* a note opens a line */
	}
	assert_int_equal(n, 1 + 11 + 4 + 2 + 1);
	hall_close(&k);
}

static void
enter_says_what_to_do(void **state)
{
	struct hall k;

	(void)state;
	hall_open(&k, 24, 80, true);
	press(&k, "enter");
	assert_int_equal(k.out.what, HOME_JOIN_LIVE);
	press(&k, "tab enter");
	assert_int_equal(k.out.what, HOME_OPEN);
	assert_int_equal(k.out.item->number, 4);
	press(&k, "tab tab enter");
	assert_true(shows(&k, "new --from 0000000000b1"));
	press(&k, "enter");
	assert_int_equal(k.out.what, HOME_RUN);
	assert_string_equal(k.out.text, "new --from 0000000000b1");
	press(&k, "tab right enter");
	assert_int_equal(k.out.what, HOME_SAY_HELD);
	assert_string_equal(k.out.text, "It did not hold");
	press(&k, "a 'Mail~is~slow enter");
	assert_int_equal(k.out.what, HOME_BEGIN);
	assert_string_equal(k.out.text, "Mail is slow");
	press(&k, ": 'nt tab");
	assert_true(shows(&k, "note "));
	press(&k, "esc q");
	assert_int_equal(k.out.what, HOME_LEAVE);
	hall_close(&k);
}

static void
finding_leaves_what_holds_the_words(void **state)
{
	struct hall k;

	(void)state;
	hall_open(&k, 24, 80, true);
	press(&k, "ctrl-f 'search");
	assert_true(shows(&k, "Search index"));
	assert_false(shows(&k, "Export the rota"));
	press(&k, "enter");
	assert_int_equal(k.out.what, HOME_OPEN);
	assert_string_equal(k.out.item->name, "Search index 40 min behind");
	assert_true(shows(&k, "Export the rota"));
	press(&k, "ctrl-f 'nowhere");
	assert_true(shows(&k, "nothing here holds these words"));
	press(&k, "enter");
	assert_int_equal(k.out.what, HOME_DRAW);
	hall_close(&k);
}

static void
the_first_time(void **state)
{
	struct hall k;

	(void)state;
	hall_open(&k, 24, 80, false);
	press(&k, "enter");
	assert_int_equal(k.out.what, HOME_DEMO);
	press(&k, "é 'Slow~mail enter"); /* unshifted 2 on an AZERTY keyboard */
	assert_int_equal(k.out.what, HOME_BEGIN);
	assert_string_equal(k.out.text, "Slow mail");
	press(&k, "3 enter");
	assert_int_equal(k.out.what, HOME_JOIN);
	assert_string_equal(k.out.text, "");
	press(&k, "esc");
	assert_int_equal(k.out.what, HOME_LEAVE);
	hall_close(&k);
}

/* Without a screen each item has its number, and that number is it. */
static void
the_same_line_by_line(void **state)
{
	struct hall k;
	struct buf b = { 0 };
	enum home_part part;

	(void)state;
	hall_open(&k, 24, 80, true);
	home_text(&k.h, &b);
	assert_non_null(strstr(b.data, "LIVE NOW\n  1  Cache warm-up, near miss, fern, what caught it: 4 here\n"));
	assert_non_null(strstr(b.data, "  2  A4 Export the rota daily, kit, INC-2041 Checkout 5xx: 5 days over\n"));
	assert_non_null(strstr(b.data, "+2 more"));
	assert_int_equal(home_numbered(&k.h, 2, &part)->number, 4);
	assert_int_equal(part, HOME_DUE);
	assert_string_equal(home_numbered(&k.h, 11, &part)->title, "INC-2041 Checkout 5xx, team retro");
	assert_int_equal(part, HOME_LAST);
	assert_null(home_numbered(&k.h, 0, &part));
	assert_null(home_numbered(&k.h, 99, &part));
	buf_fini(&b);
	hall_close(&k);
}

/* Without a history there is as much help as with one. */
static void
the_first_time_has_help(void **state)
{
	struct hall k;

	(void)state;
	hall_open(&k, 24, 80, false);
	press(&k, "?");
	assert_true(shows(&k, "begin what is chosen"));
	assert_true(shows(&k, "leave, nothing is made"));
	hall_close(&k);
}

/* Whatever is chosen is in sight, at any size, with any words. */
static void
any_size(void **state)
{
	(void)state;
	for (int rows = 1; rows < 30; rows++)
		for (int cols = 1; cols < 100; cols += 7) {
			struct hall k;
			hall_open(&k, rows, cols, true);
			add(&k, HOME_LIVE, "ひらがな\u0301 with combining e\u0301 and עברית", 0)->name = mem_dup("x");
			press(&k, "down down end tab ? down esc ctrl-f 'a esc : 'n down esc a 'b esc");
			hall_close(&k);
			hall_open(&k, rows, cols, false);
			press(&k, "down down 3 'x esc ? esc");
			hall_close(&k);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures),
		cmocka_unit_test(every_item_is_reached),
		cmocka_unit_test(enter_says_what_to_do),
		cmocka_unit_test(finding_leaves_what_holds_the_words),
		cmocka_unit_test(the_first_time),
		cmocka_unit_test(the_first_time_has_help),
		cmocka_unit_test(the_same_line_by_line),
		cmocka_unit_test(any_size),
	};

	text_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
