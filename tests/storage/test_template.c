/* The kinds of debrief: those built in are whole, a person's own goes first, what is wrong is
 * refused where it stands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "model/checks.h"
#include "model/order.h"
#include "storage/template.h"

static const int lengths[N_LENGTHS] = { 10, 30, 60, 90 };

static struct template *
built_in(const char *name)
{
	struct err e = { 0 };
	struct template *t = template_load(NULL, name, &e);

	if (t == NULL)
		fail_msg("%s", e.text);
	return t;
}

static const struct template_stage *
stage_of(const struct template *t, const char *name)
{
	for (size_t i = 0; i < t->n_stages; i++)
		if (strcmp(t->stages[i].name, name) == 0)
			return &t->stages[i];
	fail_msg("%s has no stage %s", t->name, name);
	return NULL;
}

static void
test_all_built_in_are_whole(void **state)
{
	static const char *const names[] = { "4ls", "adoption", "game-day", "incident",
		"mad-sad-glad", "near-miss", "problem", "rollout", "sailboat", "sprint" };
	struct strs have = { 0 };

	(void)state;
	template_names(NULL, &have);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct template *t = built_in(names[i]);
		assert_true(strs_has(&have, names[i]));
		assert_string_equal(t->name, names[i]);
		for (int k = 0; k < N_LENGTHS; k++) {
			int64_t sum = 0;
			for (size_t s = 0; s < t->n_stages; s++)
				sum += t->stages[s].minutes[k] > 0 ? t->stages[s].minutes[k] : 0;
			if (sum != lengths[k])
				fail_msg("%s: %d minutes of %d", t->name, (int)sum, lengths[k]);
		}
		for (size_t s = 0; s < t->n_stages; s++) {
			assert_true(t->stages[s].prompts.n > 0);
			assert_int_equal(t->stages[s].checks[0].n, 0);
		}
		assert_true(t->columns.n > 0);
		assert_true(t->votes >= 3);
		assert_int_equal(t->columns.n, t->column_prompts.n);
		template_free(t);
	}
	strs_fini(&have);
}

static void
test_the_incident(void **state)
{
	struct template *t = built_in("incident");
	const struct template_stage *causes = stage_of(t, "causes");

	(void)state;
	assert_int_equal(t->categories.n, 3);
	assert_string_equal(t->categories.v[2], "Organization");
	assert_int_equal(t->levels[2], LEVEL_ORGANIZATION);
	assert_string_equal(t->columns.v[0], "Surprised us");
	assert_true(t->columns_hidden && t->columns_anonymous);
	assert_int_equal(causes->minutes[2], 12);
	assert_int_equal(stage_of(t, "timeline")->minutes[3], 32);
	assert_int_equal(stage_of(t, "prepare")->minutes[0], -1);
	assert_int_equal(stage_of(t, "prepare")->minutes[1], 0);
	assert_int_equal(causes->checks[1].n, 1);
	assert_string_equal(causes->checks[2].v[1], "why-two-deep");
	assert_int_equal(causes->checks[3].n, 3);
	assert_true(t->n_kind_prompts >= 6);
	template_free(t);
}

/* ---- beginning ---- */

static struct debrief *
begun(const char *name, int minutes, uint64_t random)
{
	struct template *t = built_in(name);
	struct debrief *d = debrief_new(id_make(1));
	const struct actor host = { .host = true };
	struct err e = { 0 };
	struct op op;

	template_begin(t, minutes, random, &op);
	assert_string_equal(op.command, "new");
	if (!debrief_check(d, &host, &op, &e))
		fail_msg("%s: %s", name, e.text);
	debrief_apply(d, &op);
	op_fini(&op);
	template_free(t);
	return d;
}

static void
expect_stages(const struct debrief *d, const char *want)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < DEBRIEF_N(d, STAGE); i++)
		buf_addf(&b, "%s%s %d", i == 0 ? "" : ", ", DEBRIEF_AT(d, STAGE, stage, i)->name,
		    (int)DEBRIEF_AT(d, STAGE, stage, i)->minutes);
	assert_string_equal(b.data, want);
	buf_fini(&b);
}

static void
test_begin_makes_stages_in_order(void **state)
{
	static const struct {
		int minutes;
		const char *want;
	} tries[] = {
		{ 10, "evidence 2, what-i-saw 3, causes 3, next 2" },
		{ 30, "prepare 0, open 2, timeline 10, surprises 5, causes 6, ideas 2, actions 3, "
		      "close 2" },
		{ 60, "prepare 0, open 5, timeline 24, surprises 7, causes 12, ideas 4, actions 5, "
		      "close 3" },
		{ 0, "prepare 0, open 5, timeline 24, surprises 7, causes 12, ideas 4, actions 5, "
		     "close 3" },
		{ 90, "prepare 0, open 5, timeline 32, surprises 10, causes 22, ideas 8, actions "
		      "8, close 5" },
		{ 45, "prepare 0, open 2, timeline 10, surprises 5, causes 6, ideas 2, actions 3, "
		      "close 2" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
		struct debrief *d = begun("incident", tries[i].minutes, 7 + i);
		expect_stages(d, tries[i].want);
		assert_int_equal(DEBRIEF_N(d, CATEGORY), 3);
		assert_string_equal(DEBRIEF_AT(d, CATEGORY, category, 0)->name, "Technical");
		assert_int_equal(DEBRIEF_AT(d, CATEGORY, category, 1)->level, LEVEL_PROCESS);
		assert_true(DEBRIEF_AT(d, COLUMN, column, 0)->hidden);
		for (int k = 1; k < N_KINDS; k++)
			for (size_t n = 0; n < d->of[k].n; n++)
				assert_true(order_ok(d->of[k].v[n]->order));
		debrief_free(d);
	}
}

static void
test_begin_draws_from_its_seed_alone(void **state)
{
	struct debrief *a = begun("sprint", 60, 1), *b = begun("sprint", 60, 1),
		       *c = begun("sprint", 60, 2);

	(void)state;
	assert_true(debrief_equal(a, b));
	assert_false(id_equal(a->of[KIND_STAGE].v[0]->id, c->of[KIND_STAGE].v[0]->id));
	debrief_free(a);
	debrief_free(b);
	debrief_free(c);
}

/* ---- people's own ---- */

static void
write_file(const char *folder, const char *name, const char *text)
{
	char *path = mem_fmt("%s/%s", folder, name);
	struct err e = { 0 };

	if (!buf_write_file(path, text, strlen(text), &e))
		fail_msg("%s", e.text);
	free(path);
}

static void
remove_file(const char *folder, const char *name)
{
	char *path = mem_fmt("%s/%s", folder, name);

	assert_int_equal(unlink(path), 0);
	free(path);
}

static const char own[] =
    "{\n"
    "  \"name\": \"sprint\",\n"
    "  \"title\": \"Ours\",\n"
    "  \"about\": \"The way we do it.\",\n"
    "  \"stages\": [\n"
    "    { \"name\": \"talk\", \"pane\": \"board\", \"minutes\": [10, 30, 60, 90], \"checks\": "
    "[\"has-people\"] }\n"
    "  ],\n"
    "  \"categories\": [ { \"name\": \"Us\", \"level\": \"organization\" } ],\n"
    "  \"columns\": [ { \"name\": \"More\" }, { \"name\": \"Less\", \"prompt\": \"Of what?\" } ],\n"
    "  \"kind_prompts\": { \"gap\": \"What were you waiting for?\" }\n"
    "}\n";

static void
test_the_history_s_own_goes_first(void **state)
{
	char top[] = "/tmp/debrief-template-XXXXXX";
	char *folder;
	struct strs names = { 0 };
	struct err e = { 0 };
	struct template *t;

	(void)state;
	assert_non_null(mkdtemp(top));
	folder = mem_fmt("%s/templates", top);
	assert_int_equal(mkdir(folder, 0700), 0);
	write_file(folder, "sprint.json", own);
	write_file(folder, "ours.json", "{");
	write_file(folder, "notes.txt", "no template");
	t = template_load(top, "sprint", &e);
	assert_non_null(t);
	assert_string_equal(t->title, "Ours");
	assert_int_equal(t->stages[0].checks[2].n, 1);
	assert_int_equal(t->kind_prompts[0].event_kind, EVENT_GAP);
	template_free(t);
	template_names(top, &names);
	assert_true(
	    strs_has(&names, "ours") && strs_has(&names, "incident") && !strs_has(&names, "notes"));
	assert_null(template_load(top, "ours", &e));
	assert_non_null(strstr(e.text, "/templates/ours.json: line 1"));
	assert_null(template_load(top, "../sprint", &e));
	assert_int_equal(e.kind, ERR_MISSING);
	assert_null(template_load(top, "retro", &e));
	assert_int_equal(e.kind, ERR_MISSING);
	assert_non_null(strstr(e.text, "incident, mad-sad-glad, near-miss, ours, problem"));
	strs_fini(&names);
	remove_file(folder, "sprint.json");
	remove_file(folder, "ours.json");
	remove_file(folder, "notes.txt");
	rmdir(folder);
	rmdir(top);
	free(folder);
}

static void
test_what_is_wrong_is_refused_where_it_stands(void **state)
{
	static const struct {
		const char *from, *to, *part;
	} wrong[] = {
		{ "\"board\"", "\"bord\"",
		    "line 6, column 31: stages[0].pane: there is no pane \"bord\"" },
		{ "\"has-people\"", "\"has-tea\"",
		    "line 6, column 80: stages[0].checks[0]: there is no check \"has-tea\"" },
		{ "[10, 30, 60, 90]", "[10, 30, 60]",
		    "stages[0].minutes: this takes four numbers" },
		{ "[10, 30, 60, 90]", "[10, 30, 60, -1]",
		    "stages[0].minutes[3]: this takes four numbers" },
		{ "[10, 30, 60, 90]", "[null, null, null, null]", "no meeting has this stage" },
		{ "\"talk\"", "\"back\"", "is a word of the command stage" },
		{ "[10, 30, 60, 90]", "[10, 30, 60, 90, 120]",
		    "stages[0].minutes[4]: this takes four numbers" },
		{ "\"talk\"", "\"\"", "line 6, column 15: stages[0].name: this takes a text" },
		{ "\"organization\"", "\"us\"",
		    "line 8, column 44: categories[0].level: a level is" },
		{ "\"gap\"", "\"pause\"",
		    "line 10, column 30: kind_prompts.pause: \"pause\" is no kind of event" },
		{ "\"title\"", "\"titel\"", "line 3, column 12: titel: \"titel\" is no member" },
		{ "\"prompt\"", "\"promt\"", "columns[1].promt: \"promt\" is no member" },
		{ "[ { \"name\": \"Us\", \"level\": \"organization\" } ]", "3",
		    "line 8, column 17: categories: this takes a list" },
		{ "[ { \"name\": \"Us\", \"level\": \"organization\" } ]", "\"7m\"",
		    "categories: this takes a list" },
		{ "  \"about\": \"The way we do it.\",\n", "", "template: \"about\" is missing" },
		{ "\"pane\": \"board\", ", "", "line 6, column 5: stages[0]: \"pane\" is missing" },
		{ ", \"minutes\": [10, 30, 60, 90]", "", "stages[0]: \"minutes\" is missing" },
		{ ", \"level\": \"organization\"", "", "categories[0]: \"level\" is missing" },
		{ "\"The way we do it.\"", "7", "line 4, column 12: about: this takes a text" },
		{ "[10, 30, 60, 90]", "[10, 30, 60, 1441]", "this takes four numbers" },
		{ "[10, 30, 60, 90]", "[10, 30, 60, \"90\"]", "this takes four numbers" },
		{ "[10, 30, 60, 90]", "[10, 30, 60, 9.5]", "this takes four numbers" },
		{ "[\"has-people\"]", "[\"has-people\", \"has-people\"]",
		    "stages[0].checks[1]: \"has-people\" is there twice" },
		{ "[\"has-people\"]", "{ \"45\": [] }",
		    "stages[0].checks.45: \"45\" is no member" },
		{ "[\"has-people\"]", "{ \"60\": [\"has-tea\"] }",
		    "stages[0].checks.60[0]: there is no check" },
		{ "[\"has-people\"]", "[], \"prompts\": [\"What?\", 3]",
		    "stages[0].prompts[1]: this takes a text" },
		{ "[\"has-people\"]", "[], \"prompts\": \"What?\"",
		    "stages[0].prompts: this takes a list" },
		{ "[\"has-people\"] }",
		    "[] },\n {\"name\": \"Talk\", \"pane\": \"board\", \"minutes\": [1, 1, 1, 1] }",
		    "line 7, column 11: stages[1].name: \"Talk\" is there twice" },
		{ "\"Less\"", "\"more\"", "columns[1].name: \"more\" is there twice" },
		{ "{ \"name\": \"Us\", ",
		    "{ \"name\": \"Us\", \"level\": \"process\" }, { \"name\": \"us\", ",
		    "categories[1].name: \"us\" is there twice" },
		{ "\"name\": \"sprint\"", "\"name\": \"our sprint\"",
		    "line 2, column 11: name: a name takes letters" },
		{ "\"name\": \"sprint\"", "\"name\": \"s\", \"votes\": 0",
		    "votes: this takes a number" },
		{ "\"name\": \"sprint\"", "\"name\": \"s\", \"votes\": \"5\"",
		    "votes: this takes a number" },
		{ "\"name\": \"sprint\"", "\"name\": \"s\", \"hidden\": 1",
		    "hidden: this takes true" },
		{ "\"name\": \"sprint\"", "\"name\": \"s\", \"name\": \"t\"", "line 2, column" },
		{ "\"More\"", "\"Mo\\u202ere\"", "columns[0].name: " },
		{ "\"stages\": [\n", "\"stages\": [ 3,\n", "stages[0]: this takes an object" },
		{ "  \"name\"", "  name", "line 2, column 3" },
		{ "{ \"gap\": \"What were you waiting for?\" }", "{ \"gap\": [\"x\"] }",
		    "line 10, column 28: kind_prompts.gap: this takes a text" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		const char *at = strstr(own, wrong[i].from);
		struct err e = { 0 };
		char *text;
		assert_non_null(at);
		text = mem_fmt(
		    "%.*s%s%s", (int)(at - own), own, wrong[i].to, at + strlen(wrong[i].from));
		assert_null(template_parse(text, strlen(text), &e));
		assert_int_equal(e.kind, ERR_REFUSED);
		if (strstr(e.text, wrong[i].part) == NULL)
			fail_msg("\"%s\" does not say \"%s\"", e.text, wrong[i].part);
		free(text);
	}
}

static void
test_limits_are_kept(void **state)
{
	struct buf b = { 0 };
	struct err e = { 0 };

	(void)state;
	buf_adds(&b, "{ \"name\": \"x\", \"title\": \"x\", \"about\": \"x\", \"stages\": [");
	for (int i = 0; i < 41; i++)
		buf_addf(&b,
		    "%s{ \"name\": \"s%d\", \"pane\": \"board\", \"minutes\": [1, 1, 1, 1] }",
		    i == 0 ? "" : ", ", i);
	buf_adds(&b, "] }");
	assert_null(template_parse(b.data, b.len, &e));
	assert_non_null(strstr(e.text, "stages: this takes a list of 1 to 40"));
	buf_clear(&b);
	buf_adds(&b, "{ \"name\": \"x\", \"title\": \"x\", \"about\": \"x\", \"columns\": [");
	for (int i = 0; i < 61; i++)
		buf_addf(&b, "%s{ \"name\": \"c%d\" }", i == 0 ? "" : ", ", i);
	buf_adds(&b, "], \"stages\": [ { \"name\": \"s\", \"pane\": \"board\", \"minutes\": [1, 1, "
		     "1, 1] } ] }");
	assert_null(template_parse(b.data, b.len, &e));
	assert_non_null(strstr(e.text, "columns: this takes 60 at most"));
	buf_fini(&b);
}

static void
test_a_set_of_categories_by_name(void **state)
{
	static const char text[] =
	    "{ \"name\": \"x\", \"title\": \"x\", \"about\": \"x\", \"categories\": \"4S\", "
	    "\"votes\": 5,"
	    "\"stages\": [ { \"name\": \"s\", \"pane\": \"board\", \"minutes\": [1, 1, 1, 1] } ] }";
	struct err e = { 0 };
	struct template *t = template_parse(text, strlen(text), &e);

	(void)state;
	assert_non_null(t);
	assert_int_equal(t->categories.n, 4);
	assert_int_equal(t->levels[3], LEVEL_ORGANIZATION);
	assert_int_equal(t->votes, 5);
	template_free(t);
}

/* ---- languages ---- */

static const char german[] =
    "{\n"
    "  \"name\": \"sprint\",\n"
    "  \"language\": \"de\",\n"
    "  \"title\": \"Sprint, deutsch\",\n"
    "  \"stages\": [\n"
    "    { \"name\": \"vote\", \"prompts\": [\"Was lohnt sich heute?\"] },\n"
    "    { \"name\": \"write\", \"prompts\": [null, \"Was noch?\"] }\n"
    "  ],\n"
    "  \"columns\": [ { \"name\": \"Anfangen\" }, null, { \"prompt\": \"Was bleibt?\" } ],\n"
    "  \"categories\": [ { \"name\": \"Technik\" } ],\n"
    "  \"kind_prompts\": { \"gap\": \"Worauf wurde gewartet?\" }\n"
    "}\n";

static void
test_single_prompts_fall_back(void **state)
{
	char top[] = "/tmp/debrief-template-XXXXXX";
	char *folder;
	struct strs names = { 0 };
	struct err e = { 0 };
	struct template *t, *plain;

	(void)state;
	assert_non_null(mkdtemp(top));
	folder = mem_fmt("%s/templates", top);
	assert_int_equal(mkdir(folder, 0700), 0);
	write_file(folder, "sprint.de.json", german);
	plain = template_load_in(top, "sprint", "en", &e);
	t = template_load_in(top, "sprint", "de-AT", &e);
	assert_true(plain != NULL && t != NULL);
	assert_string_equal(t->title, "Sprint, deutsch");
	assert_string_equal(t->about, plain->about);
	assert_string_equal(stage_of(t, "vote")->prompts.v[0], "Was lohnt sich heute?");
	assert_string_equal(
	    stage_of(t, "write")->prompts.v[0], stage_of(plain, "write")->prompts.v[0]);
	assert_string_equal(stage_of(t, "write")->prompts.v[1], "Was noch?");
	assert_true(strs_equal(&stage_of(t, "group")->prompts, &stage_of(plain, "group")->prompts));
	assert_string_equal(t->columns.v[0], "Anfangen");
	assert_string_equal(t->columns.v[1], "Stop");
	assert_string_equal(t->column_prompts.v[0], plain->column_prompts.v[0]);
	assert_string_equal(t->column_prompts.v[2], "Was bleibt?");
	assert_string_equal(t->categories.v[0], "Technik");
	assert_string_equal(t->kind_prompts[t->n_kind_prompts - 1].text, "Worauf wurde gewartet?");
	assert_true(strs_equal(
	    &stage_of(t, "promises")->checks[3], &stage_of(plain, "promises")->checks[3]));
	template_free(t);
	t = template_load(top, "sprint.de", &e);
	assert_string_equal(t->title, "Sprint, deutsch");
	template_free(t);
	setenv("LANG", "de_DE.UTF-8", 1);
	t = template_load(top, "sprint", &e);
	assert_string_equal(t->title, "Sprint, deutsch");
	template_free(t);
	t = template_load_in(top, "sprint", "fr", &e);
	assert_string_equal(t->title, plain->title);
	template_free(t);
	unsetenv("LANG");
	template_names(top, &names);
	assert_false(strs_has(&names, "sprint.de"));
	strs_fini(&names);
	template_languages(top, "sprint", &names);
	assert_int_equal(names.n, 1);
	assert_string_equal(names.v[0], "de");
	strs_fini(&names);
	assert_int_equal(template_source(top, "sprint"), TEMPLATE_BUILT_IN);
	write_file(folder, "sprint.json", own);
	assert_int_equal(template_source(top, "sprint"), TEMPLATE_OF_HISTORY);
	t = template_load_in(
	    top, "sprint", "de", &e); /* its stages are others: what fits is said */
	assert_string_equal(t->stages[0].name, "talk");
	assert_string_equal(t->columns.v[0], "Anfangen");
	template_free(t);
	template_free(plain);
	remove_file(folder, "sprint.json");
	remove_file(folder, "sprint.de.json");
	rmdir(folder);
	rmdir(top);
	free(folder);
}

static void
test_a_wrong_translation_is_refused_where_it_stands(void **state)
{
	static const struct {
		const char *from, *to, *part;
	} wrong[] = {
		{ "\"vote\"", "\"votes\"",
		    "line 6, column 15: stages[0].name: the template \"sprint\" has no stage" },
		{ "\"prompts\"", "\"pane\"",
		    "line 6, column 31: stages[0].pane: \"pane\" is no member" },
		{ "\"Was noch?\"", "4",
		    "line 7, column 42: stages[1].prompts[1]: this takes a text" },
		{ "\"Technik\"", "\"\"", "categories[0].name: this takes a text" },
		{ "null, {", "null, null, {", "columns[3]: the template \"sprint\" has 3 of them" },
		{ "\"gap\"", "\"lull\"", "kind_prompts.lull: \"lull\" is no kind of event" },
		{ "\"name\": \"sprint\"", "\"name\": \"print\"", "there is no template \"print\"" },
		{ "\"language\": \"de\"", "\"language\": 3",
		    "line 3, column 15: language: this takes" },
	};
	struct err e = { 0 };
	struct template *t = template_check(NULL, german, strlen(german), &e);

	(void)state;
	assert_non_null(t);
	template_free(t);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		const char *at = strstr(german, wrong[i].from);
		char *text = mem_fmt("%.*s%s%s", (int)(at - german), german, wrong[i].to,
		    at + strlen(wrong[i].from));
		e = (struct err){ 0 };
		assert_null(template_check(NULL, text, strlen(text), &e));
		if (strstr(e.text, wrong[i].part) == NULL)
			fail_msg("\"%s\" does not say \"%s\"", e.text, wrong[i].part);
		free(text);
	}
}

static void
test_files_compiled_in(void **state)
{
	size_t len = 0;
	const char *bytes = embedded_file("incident.json", &len);

	(void)state;
	assert_non_null(bytes);
	assert_int_equal(strlen(bytes), len);
	assert_null(embedded_file("nothing.json", &len));
	assert_true(embedded_count() >= 10);
	for (size_t i = 0; i < embedded_count(); i++)
		assert_non_null(embedded_file(embedded_name(i), &len));
	assert_null(embedded_name(embedded_count()));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_built_in_are_whole),
		cmocka_unit_test(test_the_incident),
		cmocka_unit_test(test_begin_makes_stages_in_order),
		cmocka_unit_test(test_begin_draws_from_its_seed_alone),
		cmocka_unit_test(test_the_history_s_own_goes_first),
		cmocka_unit_test(test_what_is_wrong_is_refused_where_it_stands),
		cmocka_unit_test(test_limits_are_kept),
		cmocka_unit_test(test_a_set_of_categories_by_name),
		cmocka_unit_test(test_single_prompts_fall_back),
		cmocka_unit_test(test_a_wrong_translation_is_refused_where_it_stands),
		cmocka_unit_test(test_files_compiled_in),
	};
	setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
	setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
	unsetenv("LC_ALL");
	unsetenv("LC_MESSAGES");
	unsetenv("LANG");
	return cmocka_run_group_tests_name("template", tests, NULL, NULL);
}
