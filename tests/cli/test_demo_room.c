/* The simulated colleagues at a real host: $DEBRIEF is the program; without it these are passed over.
 * Waits for what is to be seen, never for time. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/loop.h"
#include "base/when.h"
#include "cli/demo_mind.h"
#include "cli/demo_passage.h"
#include "cli/demo_room.h"
#include "cli/target.h"
#include "commands/command.h"
#include "live/client.h"
#include "storage/template.h"

enum { PATIENCE_MS = 20000, HURRY = 60 };

struct hall { /* a debrief with a host in the foreground, and who leads it */
	char dir[64];
	pid_t host, room; /* room: 0 when it has ended */
	struct target target;
	struct loop *loop;
	struct client *user;
	struct demo_team team;
};

__attribute__((format(printf, 1, 2))) static void
shell(const char *fmt, ...)
{
	struct buf line = { 0 };
	va_list ap;

	va_start(ap, fmt);
	buf_vaddf(&line, fmt, ap);
	va_end(ap);
	if (system(line.data) != 0)
		fail_msg("failed: %s", line.data);
	buf_fini(&line);
}

static void
start_host(struct hall *s, const char *program)
{
	struct err e = { 0 };
	int64_t end_ms = clock_mono_ms() + PATIENCE_MS;
	struct timespec moment = { .tv_nsec = 20000000 };
	char *dir = mem_fmt("%s/history", s->dir);
	int fd;

	s->host = fork();
	if (s->host == 0) {
		int null = open("/dev/null", O_RDWR);
		dup2(null, 1);
		dup2(null, 2);
		execl(program, program, "--repo", dir, "host", "room", (char *)NULL);
		_exit(127);
	}
	free(dir);
	while ((fd = place_connect(&s->target.place, &e)) < 0 && clock_mono_ms() < end_ms)
		nanosleep(&moment, NULL);
	assert_true(fd >= 0);
	close(fd);
}

static int
begin(void **state)
{
	const char *program = getenv("DEBRIEF");
	struct hall *s;
	struct invocation in = { 0 };
	struct err e = { 0 };
	char *dir;

	*state = NULL;
	if (program == NULL)
		return 0;
	s = mem_zero(1, sizeof *s);
	*state = s;
	strcpy(s->dir, "/tmp/debrief-hall.XXXXXX");
	assert_non_null(mkdtemp(s->dir));
	setenv("XDG_STATE_HOME", s->dir, 1);
	setenv("XDG_RUNTIME_DIR", s->dir, 1);
	setenv("HOME", s->dir, 1);
	shell("%s init %s/history >/dev/null 2>&1", program, s->dir);
	shell("git -C %s/history config user.name lena && git -C %s/history config user.email l@x",
	    s->dir, s->dir);
	shell("%s --repo %s/history new --no-open --as lena room >/dev/null", program, s->dir);
	dir = mem_fmt("%s/history", s->dir);
	in.repo_dir = dir;
	if (!target_open(&in, "@", &s->target, &e) || !target_place(&s->target, &e))
		fail_msg("%s", e.text);
	free(dir);
	start_host(s, program);
	s->loop = loop_new();
	s->team = (struct demo_team){ .user = "lena" };
	s->team.script = embedded_file("incidents/gitlab-2017-01-31.room", &s->team.len);
	demo_team_names(&s->team);
	return 0;
}

static int
end(void **state)
{
	struct hall *s = *state;

	if (s == NULL)
		return 0;
	if (s->room > 0) { /* the test failed in the middle of it */
		kill(s->room, SIGKILL);
		waitpid(s->room, NULL, 0);
	}
	client_free(s->user);
	loop_free(s->loop);
	kill(s->host, SIGTERM);
	waitpid(s->host, NULL, 0);
	target_close(&s->target);
	shell("rm -rf %s", s->dir);
	free(s);
	return 0;
}

static struct hall *
hall_of(void **state)
{
	if (*state == NULL)
		skip();
	return *state;
}

static void
user_comes(struct hall *s)
{
	static const struct client_calls none;
	struct client_options o = {
		.name = "lena", .role = "facilitator", .want = "join", .reconnect = true, .fd = -1
	};
	struct err e = { 0 };

	s->user = client_new(s->loop, &s->target.place, &o, &none, NULL, &e);
	if (s->user == NULL || !client_wait_ready(s->user, &e))
		fail_msg("%s", e.text);
}

static bool
user_says(struct hall *s, const char *line)
{
	struct command_scene c = { .d = client_debrief(s->user),
		.me = "lena",
		.role = PERSON_FACILITATOR,
		.now_ns = clock_now_ns(),
		.last_event_ns = TIME_NONE,
		.random = rand_bits };
	struct err e = { 0 };
	struct op op;

	return command_read_line(&c, line, &op, &e) && client_ask(s->user, &op, NULL, &e);
}

typedef bool fact_fn(const struct hall *s);

static bool
wait_for(struct hall *s, fact_fn *fact, int ms)
{
	int64_t end_ms = clock_mono_ms() + ms;

	while (!fact(s) && clock_mono_ms() < end_ms)
		loop_once(s->loop, 50);
	return fact(s);
}

static const struct column *
round_column(const struct hall *s)
{
	const struct debrief *d = client_debrief(s->user);

	for (size_t i = 0; i < DEBRIEF_N(d, COLUMN); i++)
		if (strcmp(DEBRIEF_AT(d, COLUMN, column, i)->name, mind_column) == 0)
			return DEBRIEF_AT(d, COLUMN, column, i);
	return NULL;
}

static size_t
round_cards(const struct hall *s)
{
	const struct debrief *d = client_debrief(s->user);
	const struct column *c = round_column(s);
	size_t n = 0;

	for (size_t i = 0; c != NULL && i < DEBRIEF_N(d, CARD); i++)
		n += id_equal(DEBRIEF_AT(d, CARD, card, i)->column, c->item.id);
	return n;
}

static bool
all_are_here(const struct hall *s)
{
	size_t n, found = 0;
	const struct here *here = client_here(s->user, &n);

	for (size_t i = 0; i < n; i++)
		for (int k = 0; k < COLLEAGUES; k++)
			found += strcmp(here[i].name, s->team.names[k]) == 0 &&
				 strcmp(here[i].role, demo_team_role(k)) == 0 &&
				 here[i].away_s == 0;
	return found == COLLEAGUES;
}

static bool
none_is_here(const struct hall *s)
{
	size_t n, there = 0;
	const struct here *here = client_here(s->user, &n);

	for (size_t i = 0; i < n; i++)
		there += strcmp(here[i].name, "lena") != 0 && here[i].away_s == 0 &&
			 here[i].want != NULL && strcmp(here[i].want, "join") == 0;
	return there == 0;
}

static bool
writing_began(const struct hall *s)
{
	return round_column(s) != NULL;
}

static bool
is_revealed(const struct hall *s)
{
	return !round_column(s)->hidden;
}

static bool
vote_opened(const struct hall *s)
{
	return client_debrief(s->user)->votes_each > 0;
}

static bool
vote_closed(const struct hall *s)
{
	return client_debrief(s->user)->votes_each == 0;
}

static pid_t
room_of_its_own(struct hall *s, int *line)
{
	int ends[2];
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (pid == 0) {
		close(ends[1]);
		demo_room_run(&s->target.place, &s->team, ends[0], HURRY);
		_exit(0);
	}
	close(ends[0]);
	*line = ends[1];
	return pid;
}

static void
colleagues_come_write_vote_and_go(void **state)
{
	struct hall *s = hall_of(state);
	int line, status;
	int64_t votes = 0;
	pid_t pid;

	user_comes(s);
	assert_true(user_says(s, "reveal")); /* the template's columns: nothing is hidden then */
	pid = s->room = room_of_its_own(s, &line);
	assert_true(wait_for(s, all_are_here, PATIENCE_MS));
	assert_true(wait_for(s, writing_began, PATIENCE_MS));
	assert_int_equal(round_cards(s), 0); /* hidden from who leads, too */
	if (!wait_for(s, is_revealed, 4000)) {
		assert_int_equal(round_cards(s), 0);
		assert_true(user_says(s, "reveal"));
	}
	assert_true(round_cards(s) >= 2);
	assert_true(wait_for(s, vote_opened, PATIENCE_MS));
	if (!wait_for(s, vote_closed, 3000))
		user_says(s, "votes close"); /* or the scribe was faster */
	assert_true(wait_for(s, vote_closed, PATIENCE_MS));
	for (size_t i = 0; i < DEBRIEF_N(client_debrief(s->user), CARD); i++)
		votes += DEBRIEF_AT(client_debrief(s->user), CARD, card, i)->votes;
	assert_true(votes >= 3);
	close(line);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	s->room = 0;
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	assert_true(wait_for(s, none_is_here, PATIENCE_MS));
}

static void
the_room_ends_when_it_is_told_to(void **state)
{
	struct hall *s = hall_of(state);
	struct demo_room room;
	pid_t pid;

	demo_room_start(&room, &s->target.place, &s->team);
	pid = room.pid;
	assert_true(pid > 0);
	assert_int_equal(kill(pid, 0), 0);
	demo_room_end(&room);
	assert_int_equal(room.pid, 0);
	assert_int_not_equal(kill(pid, 0), 0);
	demo_room_end(&room); /* twice is once */
}

static void
the_passage_shows_what_is_hidden(void **state)
{
	struct hall *s = hall_of(state);
	struct buf out = { 0 };
	struct err e = { 0 };

	if (!demo_passage(&s->target.place, &s->team, &out, &e))
		fail_msg("%s", e.text);
	assert_non_null(strstr(out.data, "no word of a card is among them"));
	assert_null(strstr(out.data, "with a name"));
	assert_non_null(strstr(out.data, "is told: all 2 of your votes"));
	buf_fini(&out);
}

static void
nobody_has_the_users_name(void **state)
{
	static const char *const users[] = { "kit", "FERN", "moss", "lena" };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct demo_team team = { .user = users[i] };
		demo_team_names(&team);
		for (int k = 0; k < COLLEAGUES; k++) {
			assert_non_null(team.names[k]);
			assert_int_not_equal(strcasecmp(team.names[k], users[i]), 0);
		}
	}
	assert_string_equal(demo_team_role(0), "scribe");
	assert_string_equal(demo_team_role(2), "participant");
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(colleagues_come_write_vote_and_go, begin, end),
		cmocka_unit_test_setup_teardown(the_room_ends_when_it_is_told_to, begin, end),
		cmocka_unit_test_setup_teardown(the_passage_shows_what_is_hidden, begin, end),
		cmocka_unit_test(nobody_has_the_users_name),
	};

	(void)argv;
	if (argc > 1) /* a client that lost its host starts this program as one: none comes of it */
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
