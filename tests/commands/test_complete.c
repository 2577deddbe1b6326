#include "tests/commands/scene.h"

static bool
offers(struct world *w, const char *line, const char *word)
{
	struct strs out = { 0 };
	size_t len = strlen(word);
	bool found = false;

	command_complete(&w->s, line, &out);
	for (size_t i = 0; i < out.n; i++)
		found = found || (strncmp(out.v[i], word, len) == 0 &&
				     (out.v[i][len] == '\0' || out.v[i][len] == '\t'));
	strs_fini(&out);
	return found;
}

static size_t
count(struct world *w, const char *line)
{
	struct strs out = { 0 };
	size_t n;

	command_complete(&w->s, line, &out);
	n = out.n;
	strs_fini(&out);
	return n;
}

static void
begin(struct world *w)
{
	world_init(w, "UTC");
	world_must(w, "set title=x day=2026-07-14");
	world_must(w, "category add Technical");
	world_must(w, "category add 'Human factors'");
	world_must(w, "cause add Technical 'cold cache'");
	world_must(w, "event add 14:00 'deploy begins'");
	world_must(w, "stage add causes");
	world_must(w, "column add Lucky");
}

static void
words_that_can_follow(void **state)
{
	struct world w;

	(void)state;
	begin(&w);
	assert_true(
	    offers(&w, "", "event") && offers(&w, "ev", "event") && !offers(&w, "ev", "cause"));
	assert_true(offers(&w, "event ", "add") && offers(&w, "event s", "shift") &&
		    !offers(&w, "event s", "add"));
	assert_true(offers(&w, "event add ", "now"));
	assert_true(
	    offers(&w, "cause add ", "Technical") && offers(&w, "cause add tec", "Technical"));
	assert_true(offers(&w, "cause add hum", "\"Human factors\""));
	assert_true(offers(&w, "why ", "C1") && offers(&w, "why c", "C1"));
	assert_true(offers(&w, "agree ", "C1") && offers(&w, "agree ", "E1"));
	assert_true(offers(&w, "event set E1 ", "kind=") && offers(&w, "event set E1 ki", "kind="));
	assert_false(offers(&w, "event set E1 ", "number="));
	assert_true(offers(&w, "event set E1 kind=", "kind=alert") &&
		    offers(&w, "event set E1 kind=al", "kind=alert"));
	assert_true(offers(&w, "event add now 'a text' phase=d", "phase=detected"));
	assert_true(offers(&w, "action add x urgent=", "urgent=yes"));
	assert_true(offers(&w, "action add x causes=", "causes=C1"));
	assert_true(offers(&w, "action add x causes=C1,", "causes=C1,C1"));
	assert_true(offers(&w, "cause move C1 category=h", "\"category=Human factors\""));
	assert_true(offers(&w, "stage ", "next") && offers(&w, "stage ", "causes") &&
		    offers(&w, "stage ", "add"));
	assert_true(offers(&w, "card add l", "Lucky"));
	assert_true(offers(&w, "set ", "title=") && !offers(&w, "set ", "status="));
	world_fini(&w);
}

static void
who_and_what_of_a_room(void **state)
{
	struct strs here = { 0 };
	struct world w;
	char card[24];

	(void)state;
	begin(&w);
	world_must(&w, "person add 'Anna Berg'");
	world_must(&w, "card add Lucky 'a Tuesday'");
	world_must(&w, "cause add Technical 'no warm-up'");
	strs_add(&w.d->seats, "Rosa");
	strs_add(&w.d->seats, "Ben Ali");
	item_short_name(w.d, KIND_CARD, w.d->of[KIND_CARD].v[0], card);
	assert_true(offers(&w, "give ", "scribe") && offers(&w, "give fa", "facilitator") &&
		    !offers(&w, "give fa", "scribe"));
	assert_true(offers(&w, "give scribe ann", "\"Anna Berg\"") && offers(&w, "mute ", "lena"));
	assert_false(offers(&w, "mute ", "moss"));
	strs_add(&here, "moss");
	w.s.here = &here;
	assert_true(offers(&w, "mute ", "moss") && offers(&w, "give scribe m", "moss"));
	assert_true(offers(&w, "vote ", card) && offers(&w, "vote ", "C1") &&
		    offers(&w, "vote ", "E1"));
	assert_true(offers(&w, "vote C1 ", "seat=") && !offers(&w, "vote C1 ", "title="));
	assert_true(offers(&w, "vote C1 seat=", "seat=Rosa") &&
		    offers(&w, "vote C1 seat=b", "\"seat=Ben Ali\"") &&
		    !offers(&w, "vote C1 seat=b", "seat=Rosa"));
	assert_true(offers(&w, "card add Lucky x ", "seat=") &&
		    offers(&w, "card add Lucky x ", "group=") &&
		    offers(&w, "card add Lucky x seat=r", "seat=Rosa"));
	assert_true(offers(&w, "votes ", "open") && offers(&w, "votes open 3 ", "several=") &&
		    offers(&w, "votes open 3 o", "on="));
	assert_true(offers(&w, "votes open 3 several=", "several=no"));
	assert_true(offers(&w, "votes open 3 on=", "on=C2") &&
		    offers(&w, "votes open 3 on=C1,C", "on=C1,C2") &&
		    offers(&w, "votes open 3 on=", "on=E1"));
	strs_add(&w.d->votes_on, w.d->of[KIND_CAUSE].v[1]->id.s);
	assert_true(offers(&w, "vote ", "C2") && !offers(&w, "vote ", "C1") &&
		    !offers(&w, "vote ", card));
	assert_true(offers(&w, "categories ", "levels") && offers(&w, "categories s", "shell") &&
		    !offers(&w, "categories s", "6m"));
	assert_true(offers(&w, "timer ", "stop") && offers(&w, "timer +", "+2m"));
	assert_true(offers(&w, "hand ", "done") && offers(&w, "seat ", "next"));
	assert_true(offers(&w, "focus ", "C1") && offers(&w, "card claim ", card));
	assert_int_equal(count(&w, "lock "), 0);
	assert_int_equal(count(&w, "redact C1 "), 0);
	strs_fini(&here);
	world_fini(&w);
}

static void
nothing_where_nothing_fits(void **state)
{
	struct world w;

	(void)state;
	begin(&w);
	assert_int_equal(count(&w, "frob"), 0);
	assert_int_equal(count(&w, "frob x"), 0);
	assert_int_equal(count(&w, "confirm x"), 0);
	assert_int_equal(count(&w, "event add now "), 0);
	assert_int_equal(count(&w, "event add now 'open quo"), 0);
	world_fini(&w);
}

static void
every_offer_splits_into_one_word(void **state)
{
	static const char *const lines[] = { "", "event ", "event set E1 ", "cause add ", "stage ",
		"set ", "agree " };
	struct world w;

	(void)state;
	begin(&w);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct strs out = { 0 };
		command_complete(&w.s, lines[i], &out);
		assert_true(out.n > 0);
		for (size_t j = 0; j < out.n; j++) {
			struct strs words = { 0 };
			out.v[j][strcspn(out.v[j], "\t")] = '\0';
			assert_true(words_split(out.v[j], &words, NULL));
			assert_int_equal(words.n, 1);
			strs_fini(&words);
		}
		strs_fini(&out);
	}
	world_fini(&w);
}

static void
fuzzy_finds_the_best_first(void **state)
{
	const struct command *found[5];

	(void)state;
	assert_true(command_match("undo", found, 5) > 0);
	assert_string_equal(found[0]->words, "undo");
	assert_true(command_match("cadd", found, 5) > 0);
	assert_true(command_match("evadd", found, 5) > 0);
	assert_string_equal(found[0]->words, "event add");
	assert_int_equal(command_match("zzzz", found, 5), 0);
	assert_int_equal(command_match("", found, 5), 5);
	assert_true(command_match("timeline", found, 5) > 0); /* by its note */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_that_can_follow),
		cmocka_unit_test(who_and_what_of_a_room),
		cmocka_unit_test(nothing_where_nothing_fits),
		cmocka_unit_test(every_offer_splits_into_one_word),
		cmocka_unit_test(fuzzy_finds_the_best_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
