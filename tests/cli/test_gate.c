/* What a forced command lets through, and what not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/gate.h"

static const struct gate_rule lena = { .name = "lena",
	.role = "participant",
	.only = "checkout",
	.repo_dir = "/srv/history",
	.utf8 = true };
static const struct gate_rule free_one = { .name = "Lena Vo\xc3\x9f" };

static void
passes(const struct gate_rule *rule, const char *line, const char *sub, const char *operands)
{
	struct gate_order o;
	struct err e = { 0 };
	struct buf b = { 0 };

	if (!gate_read(line, rule, &o, &e))
		fail_msg("%s: %s", line, e.text);
	assert_string_equal(o.in.sub->name, sub);
	for (size_t i = 0; i < o.in.n_words; i++)
		buf_addf(&b, "[%s]", o.in.words[i]);
	assert_string_equal(b.data != NULL ? b.data : "", operands);
	assert_true(o.in.restricted);
	assert_ptr_equal(o.in.pin_name, rule->name);
	assert_ptr_equal(o.in.pin_role, rule->role);
	assert_ptr_equal(o.in.pin_which, rule->only);
	assert_ptr_equal(o.in.repo_dir, rule->repo_dir);
	buf_fini(&b);
	gate_fini(&o);
}

static void
stops(const struct gate_rule *rule, const char *line, const char *words)
{
	struct gate_order o;
	struct err e = { 0 };

	if (gate_read(line, rule, &o, &e))
		fail_msg("let through: %s", line);
	assert_int_equal(e.kind, ERR_USAGE);
	if (strstr(e.text, words) == NULL)
		fail_msg("%s: \"%s\" is not in: %s", line, words, e.text);
}

static void
four_commands_pass(void **state)
{
	(void)state;
	passes(&lena, "debrief join checkout", "join", "[checkout]");
	passes(&lena, "/opt/bin/debrief join", "join", "");
	passes(&lena, "debrief relay checkout", "relay", "[checkout]");
	passes(&lena, "debrief do checkout event add 23:27 \"it's slow\"", "do",
	    "[checkout][event][add][23:27][it's slow]");
	passes(&lena, "debrief do checkout", "do", "[checkout]");
	passes(&lena, "debrief watch @", "watch", "[@]");
	passes(&free_one, "  debrief\twatch 'a b'  ", "watch", "[a b]");
	passes(
	    &free_one, "debrief relay 'it'\\''s; rm -rf $HOME'", "relay", "[it's; rm -rf $HOME]");
}

static void
nothing_asked_for_is_to_join(void **state)
{
	(void)state;
	passes(&lena, NULL, "join", "");
	passes(&lena, "", "join", "");
	passes(&lena, "   ", "join", "");
}

static void
options_that_change_nothing_of_who_and_where_pass(void **state)
{
	(void)state;
	passes(&lena, "debrief join --as lena --role participant checkout", "join", "[checkout]");
	passes(&lena, "debrief join --projector --ascii --theme=light --color never", "join", "");
	passes(&lena, "debrief join --console --full", "join", "");
	passes(&lena, "debrief do -k checkout", "do", "[checkout]");
	passes(&lena, "debrief do --keep-going checkout", "do", "[checkout]");
	/* Words of a session's command are not options. */
	passes(&lena, "debrief do checkout event add now --repo", "do",
	    "[checkout][event][add][now][--repo]");
}

static void
another_person_or_role_does_not_pass(void **state)
{
	(void)state;
	stops(&lena, "debrief join --as moss", "for lena alone");
	stops(&lena, "debrief do --as=moss checkout", "for lena alone");
	stops(&lena, "debrief join --role facilitator", "role of this login");
	stops(&lena, "debrief join --as lena --as moss --as lena --as Lena", "for lena alone");
	stops(&free_one, "debrief watch --role facilitator x", "role of this login");
}

static void
other_places_and_programs_do_not_pass(void **state)
{
	static const char *const bad[] = { "sh", "sh -c id", "debrief", "debrief show x",
		"debrief save x", "debrief host x", "debrief gate --as moss",
		"debrief invite x moss", "debrief help", "debrief --help join",
		"debrief join --help", "debrief join -h", "debrief --repo /etc join",
		"debrief join --repo=/etc", "debrief do --repo /x x", "debrief join --restricted",
		"debrief join --share wheel", "debrief watch --version x", "debrief join host:x",
		"debrief relay a:b", "debrief watch a:b", "debrief relay", "debrief relay a b",
		"debrief join a b", "xdebrief join", "debrief; id", "debrief\\ join",
		"/bin/sh debrief join", "debrief join $(id) x", "debrief join `id` x",
		"debriefs join", "debrief join 'x", "debrief join x\\", "scp -t /", "sftp-server",
		"debrief do --status-fd 3 x", "debrief join --background", "git-upload-pack x" };

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		stops(&lena, bad[i], "nothing was ");
}

static void
shell_characters_are_letters(void **state)
{
	(void)state;
	passes(&lena, "debrief relay $(id)", "relay", "[$(id)]");
	passes(&lena, "debrief relay x;id", "relay", "[x;id]");
	passes(&lena, "debrief do x action add a|b>c&", "do", "[x][action][add][a|b>c&]");
}

static void
bytes_that_are_no_text_do_not_pass(void **state)
{
	char *line = mem_alloc(70001);

	(void)state;
	stops(&lena, "debrief join \x1b[2J", "no text");
	stops(&lena, "debrief join \xff", "no text");
	stops(&lena, "debrief join \xe2\x80\xae", "no text");
	memset(line, 'x', 70000);
	line[70000] = '\0';
	memcpy(line, "debrief relay ", 14);
	stops(&lena, line, "no text");
	free(line);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(four_commands_pass),
		cmocka_unit_test(nothing_asked_for_is_to_join),
		cmocka_unit_test(options_that_change_nothing_of_who_and_where_pass),
		cmocka_unit_test(another_person_or_role_does_not_pass),
		cmocka_unit_test(other_places_and_programs_do_not_pass),
		cmocka_unit_test(shell_characters_are_letters),
		cmocka_unit_test(bytes_that_are_no_text_do_not_pass),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
