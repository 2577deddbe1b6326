#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/program.h"

enum { WORDS_MOST = 32 };

struct parsed {
	struct invocation in;
	const char *words[WORDS_MOST];
	char *argv[WORDS_MOST];
	struct err e;
	bool good;
};

/* `line` split at spaces, behind the program's name. */
static void
parse(struct parsed *p, const char *line)
{
	int argc = 1;

	*p = (struct parsed){ 0 };
	p->argv[0] = mem_dup("debrief");
	while (*line != '\0') {
		size_t len = strcspn(line, " ");
		p->argv[argc++] = mem_dupn(line, len);
		line += len + (line[len] == ' ');
	}
	p->good = program_parse(argc, p->argv, &p->in, p->words, &p->e);
}

static void
parsed_fini(struct parsed *p)
{
	for (size_t i = 0; p->argv[i] != NULL; i++)
		free(p->argv[i]);
}

static void
options_stand_anywhere(void **state)
{
	static const char *const lines[] = { "--repo /r show --json x", "show --repo=/r x --json",
		"show x --json --repo /r" };

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct parsed p;
		parse(&p, lines[i]);
		assert_true(p.good);
		assert_string_equal(p.in.sub->name, "show");
		assert_string_equal(p.in.repo_dir, "/r");
		assert_non_null(option_value(&p.in, "json"));
		assert_int_equal(p.in.n_words, 1);
		assert_string_equal(p.in.words[0], "x");
		parsed_fini(&p);
	}
}

static void
options_of_do_end_at_the_command(void **state)
{
	struct parsed p;

	(void)state;
	parse(&p, "do --as kit x --keep-going event shift source=a -5m --as");
	assert_true(p.good);
	assert_string_equal(option_value(&p.in, "as"), "kit");
	assert_non_null(option_value(&p.in, "keep-going"));
	assert_int_equal(p.in.n_words, 6);
	assert_string_equal(p.in.words[4], "-5m");
	assert_string_equal(p.in.words[5], "--as");
	parsed_fini(&p);
	parse(&p, "do x -- -5m");
	assert_true(p.good);
	assert_string_equal(p.in.words[1], "-5m");
	parsed_fini(&p);
}

static void
short_options_and_values(void **state)
{
	struct parsed p;

	(void)state;
	parse(&p, "new -t sprint x");
	assert_true(p.good);
	assert_string_equal(option_value(&p.in, "template"), "sprint");
	parsed_fini(&p);
	parse(&p, "new -tsprint x");
	assert_string_equal(option_value(&p.in, "template"), "sprint");
	parsed_fini(&p);
	parse(&p, "new --template=sprint -- -x");
	assert_string_equal(option_value(&p.in, "template"), "sprint");
	assert_string_equal(p.in.words[0], "-x");
	parsed_fini(&p);
	parse(&p, "save x -m=y");
	assert_string_equal(option_value(&p.in, "message"), "=y");
	parsed_fini(&p);
}

static void
the_last_of_two_counts(void **state)
{
	struct parsed p;

	(void)state;
	parse(&p, "--repo /a show x --repo /b");
	assert_true(p.good);
	assert_string_equal(p.in.repo_dir, "/b");
	parsed_fini(&p);
}

static void
wrong_words_are_refused(void **state)
{
	static const char *const lines[] = { "frob", "show", "show a b", "show --frob x",
		"show x --as kit", "list x", "do", "show --json=yes x", "save x -m", "--frob",
		"--as kit show x", "show -x y", "merge-file a b", "list --color pink", "--repo",
		"--r /x list", "init a b" };

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct parsed p;
		parse(&p, lines[i]);
		if (p.good || p.e.kind != ERR_USAGE ||
		    strstr(p.e.text, "nothing was changed") == NULL)
			fail_msg("%s: %d %s", lines[i], (int)p.e.kind, p.e.text);
		parsed_fini(&p);
	}
}

static void
help_needs_no_operands(void **state)
{
	struct parsed p;

	(void)state;
	parse(&p, "do --help");
	assert_true(p.good);
	parsed_fini(&p);
	parse(&p, "");
	assert_true(p.good);
	assert_true(p.in.sub->hidden);
	parsed_fini(&p);
}

static void
the_table_is_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < n_subcommands; i++) {
		const struct subcommand *c = &subcommands[i];
		assert_non_null(c->run);
		assert_true(strlen(c->note) > 5 && c->least <= c->most);
		assert_ptr_equal(subcommand_find(c->name), c);
		for (const struct option *o = c->options; o->name != NULL; o++) {
			assert_true(strlen(o->note) > 5);
			for (const struct option *g = global_options; g->name != NULL; g++)
				assert_string_not_equal(g->name, o->name);
			for (const struct option *q = o + 1; q->name != NULL; q++)
				assert_string_not_equal(q->name, o->name);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_stand_anywhere),
		cmocka_unit_test(options_of_do_end_at_the_command),
		cmocka_unit_test(short_options_and_values),
		cmocka_unit_test(the_last_of_two_counts),
		cmocka_unit_test(wrong_words_are_refused),
		cmocka_unit_test(help_needs_no_operands),
		cmocka_unit_test(the_table_is_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
