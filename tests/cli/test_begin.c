#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/begin.h"
#include "cli/demo_mind.h"
#include "commands/command.h"
#include "formats/markdown.h"
#include "model/checks.h"
#include "model/coverage.h"
#include "storage/json_file.h"
#include "storage/template.h"

static struct beginning
some_beginning(const char *title)
{
	struct beginning b = {
		.title = title, .template = "incident", .minutes = 60, .name = "lena"
	};

	assert_true(time_parse("2026-11-22T12:00:00.5Z", &b.now_ns));
	return b;
}

static struct debrief *
must_begin(const char *title)
{
	struct beginning b = some_beginning(title);
	struct err e = { 0 };
	struct debrief *d = begin_debrief(NULL, &b, &e);

	if (d == NULL)
		fail_msg("%s", e.text);
	return d;
}

static void
begins_as_the_template_says(void **state)
{
	struct debrief *d = must_begin("Checkout 5xx");
	char text[TIME_TEXT];

	(void)state;
	assert_string_equal(d->title, "Checkout 5xx");
	assert_string_equal(time_text(d->held_at_ns, text), "2026-11-22T12:00:00Z");
	assert_int_equal(d->status, STATUS_OPEN);
	assert_true(DEBRIEF_N(d, STAGE) >= 6);
	assert_string_equal(d->stage, DEBRIEF_AT(d, STAGE, stage, 0)->name);
	assert_int_equal(DEBRIEF_N(d, CATEGORY), 3);
	assert_string_equal(DEBRIEF_AT(d, CATEGORY, category, 0)->name, "Technical");
	assert_string_equal(DEBRIEF_AT(d, CATEGORY, category, 1)->name, "Process");
	assert_string_equal(DEBRIEF_AT(d, CATEGORY, category, 2)->name, "Organization");
	assert_int_equal(DEBRIEF_N(d, PERSON), 1);
	assert_string_equal(DEBRIEF_AT(d, PERSON, person, 0)->name, "lena");
	assert_int_equal(DEBRIEF_AT(d, PERSON, person, 0)->role, PERSON_FACILITATOR);
	debrief_free(d);
}

static void
every_template_and_length_begins(void **state)
{
	static const int minutes[] = { 10, 30, 60, 90 };
	struct strs names = { 0 };

	(void)state;
	template_names(NULL, &names);
	assert_true(names.n >= 10);
	for (size_t i = 0; i < names.n; i++)
		for (size_t m = 0; m < 4; m++) {
			struct beginning b = some_beginning("x");
			struct err e = { 0 };
			struct debrief *d;
			b.template = names.v[i];
			b.minutes = minutes[m];
			d = begin_debrief(NULL, &b, &e);
			if (d == NULL)
				fail_msg("%s %d: %s", names.v[i], minutes[m], e.text);
			assert_string_equal(d->template, names.v[i]);
			assert_true(DEBRIEF_N(d, STAGE) > 0);
			debrief_free(d);
		}
	strs_fini(&names);
}

static void
bad_titles_and_templates_are_refused(void **state)
{
	static const char *const titles[] = { "", "two\nlines", "\xff", "esc\033[31m",
		"\xe2\x80\xaeright" };
	struct beginning b;
	struct err e;
	char longest[502];

	(void)state;
	for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
		b = some_beginning(titles[i]);
		e = (struct err){ 0 };
		assert_null(begin_debrief(NULL, &b, &e));
		assert_int_equal(e.kind, ERR_REFUSED);
	}
	memset(longest, 'x', 501);
	longest[501] = '\0';
	b = some_beginning(longest);
	assert_null(begin_debrief(NULL, &b, &e));
	longest[500] = '\0';
	debrief_free(must_begin(longest));
	b = some_beginning("x");
	b.template = "nope";
	assert_null(begin_debrief(NULL, &b, &e));
	assert_int_equal(e.kind, ERR_MISSING);
	assert_non_null(strstr(e.text, "incident"));
}

static void
scripts_stop_where_they_are_wrong(void **state)
{
	static const char script[] =
	    "# a comment\n\nset day=2017-01-31\nevent add 23:27 'a'\nevent ad 23:28 'b'\n";
	struct debrief *d = must_begin("x");
	struct err e = { 0 };

	(void)state;
	assert_false(begin_script(d, script, strlen(script), "lena", 1, &e));
	assert_int_equal(e.kind, ERR_USAGE);
	assert_ptr_equal(strstr(e.text, "line 5"), e.text);
	assert_int_equal(DEBRIEF_N(d, EVENT), 1);
	debrief_free(d);
}

static struct debrief *
must_run(const char *file)
{
	struct debrief *d = must_begin("x");
	size_t len = 0;
	const char *script = embedded_file(file, &len);
	struct err e = { 0 };

	assert_non_null(script);
	if (!begin_script(d, script, len, "lena", some_beginning("x").now_ns, &e))
		fail_msg("%s: %s", file, e.text);
	return d;
}

static const char *const incidents[] = { "incidents/gitlab-2017-01-31.debrief",
	"incidents/cloudflare-2019-07-02.debrief" };

static void
incidents_are_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct debrief *d = must_run(incidents[i]);
		struct coverage c = coverage_of(d);
		for (int level = LEVEL_TECHNICAL; level <= LEVEL_ORGANIZATION; level++)
			assert_true(c.causes_by_level[level] > 0 && c.actions_by_level[level] > 0);
		assert_true(c.whys_by_depth[2] + c.whys_by_depth[3] > 0);
		assert_true(check_done(d, "why-two-deep"));
		assert_int_equal(c.actions_without_cause, 0);
		for (size_t a = 0; a < DEBRIEF_N(d, ACTION); a++) {
			const struct action *act = DEBRIEF_AT(d, ACTION, action, a);
			assert_non_null(act->owner);
			assert_non_null(act->done_when);
			assert_true(act->due_day != TIME_NONE);
			assert_true(act->status != ACTION_IDEA);
		}
		assert_true(milestones_of(d).resolve_ns > 0);
		debrief_free(d);
	}
	{
		struct debrief *d = must_run(incidents[0]);
		assert_true(check_done(d, "why-three-deep"));
		assert_true(DEBRIEF_N(d, EVENT) >= 12);
		debrief_free(d);
	}
}

static void
incidents_come_back_from_their_file(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct debrief *d = must_run(incidents[i]), *back;
		struct buf bytes = { 0 }, again = { 0 };
		struct err e = { 0 };
		file_encode(d, &bytes);
		back = file_decode(bytes.data, bytes.len, NULL, NULL, &e);
		if (back == NULL)
			fail_msg("%s", e.text);
		file_encode(back, &again);
		assert_string_equal(bytes.data, again.data);
		buf_fini(&bytes);
		buf_fini(&again);
		debrief_free(back);
		debrief_free(d);
	}
}

static uint64_t
any_number(void)
{
	static uint64_t n = 1000;

	return n += 7919;
}

/* "WHEN WHO COMMAND": of a stage there is, somebody there is, a command that reads. */
static void
room_line(const struct debrief *d, const struct zone *z, const char *line)
{
	struct command_scene s = { .d = d,
		.me = "kit",
		.role = PERSON_SCRIBE,
		.zone = z,
		.last_event_ns = TIME_NONE,
		.random = any_number };
	char *when = mem_dupn(line, strcspn(line, " "));
	const char *who = line + strlen(when) + 1, *command = who + 2;
	bool known = strcmp(when, "hidden") == 0;
	struct err e = { 0 };
	struct op op;

	for (size_t i = 0; i < DEBRIEF_N(d, STAGE); i++)
		known = known || strcmp(DEBRIEF_AT(d, STAGE, stage, i)->name, when) == 0;
	if (!known || who[0] < '1' || who[0] > '0' + MIND_LAST || who[1] != ' ')
		fail_msg("%s", line);
	if (!command_read_line(&s, command, &op, &e))
		fail_msg("%s\n    %s", line, e.text);
	op_fini(&op);
	free(when);
}

static void
rooms_of_the_incidents_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct debrief *d = must_run(incidents[i]);
		char *file =
		    mem_fmt("%.*s.room", (int)(strlen(incidents[i]) - 8), incidents[i]);
		struct zone *z = zone_open("UTC", NULL);
		struct strs words = { 0 };
		struct err e = { 0 };
		struct item *column = item_new(KIND_COLUMN, id_make(1));
		size_t len = 0, lines = 0;
		const char *p = embedded_file(file, &len), *end = p + len;

		assert_non_null(p);
		((struct column *)column)->name = mem_dup(mind_column);
		debrief_put(d, KIND_COLUMN, column);
		for (; p < end; p += strcspn(p, "\n") + 1) {
			char *line = mem_dupn(p, strcspn(p, "\n"));
			if (!words_split(line, &words, &e))
				fail_msg("%s", line);
			if (words.n > 0 && ++lines)
				room_line(d, z, line);
			strs_fini(&words);
			free(line);
		}
		assert_true(lines >= 10);
		zone_free(z);
		free(file);
		debrief_free(d);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(begins_as_the_template_says),
		cmocka_unit_test(every_template_and_length_begins),
		cmocka_unit_test(bad_titles_and_templates_are_refused),
		cmocka_unit_test(scripts_stop_where_they_are_wrong),
		cmocka_unit_test(incidents_are_whole),
		cmocka_unit_test(incidents_come_back_from_their_file),
		cmocka_unit_test(rooms_of_the_incidents_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
