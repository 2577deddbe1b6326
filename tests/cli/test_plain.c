/* The conversation in a pseudo terminal that can do nothing but lines: whole meetings, led and taken
 * part in. Waits for what is to be read, never for time. $DEBRIEF names the program; without it
 * these are passed over. */
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/when.h"

enum { PATIENCE_MS = 30000, ROWS = 24 };

struct place {
	char dir[64];
	char name[128];
};

struct talker { /* one person */
	pid_t pid;
	int fd, cols;
	struct buf raw; /* all that the terminal got */
	size_t from;	/* where the present turn begins in it */
};

static const char *
program(void)
{
	const char *p = getenv("DEBRIEF");

	if (p == NULL)
		skip();
	return p;
}

/* Its standard output is appended to `out`, unless that is NULL; it has to succeed. */
static void
shell(struct buf *out, const char *fmt, ...)
{
	struct buf command = { 0 };
	char line[512];
	va_list ap;
	FILE *f;

	va_start(ap, fmt);
	buf_vaddf(&command, fmt, ap);
	va_end(ap);
	f = popen(command.data, "r");
	assert_non_null(f);
	while (fgets(line, sizeof line, f) != NULL)
		if (out != NULL)
			buf_adds(out, line);
	if (pclose(f) != 0)
		fail_msg("failed: %s", command.data);
	buf_fini(&command);
}

static int
begin(void **state)
{
	struct place *p = mem_zero(1, sizeof *p);

	strcpy(p->dir, "/tmp/debrief-plain.XXXXXX");
	*state = p;
	if (mkdtemp(p->dir) == NULL)
		return -1;
	if (getenv("DEBRIEF") == NULL)
		return 0;
	setenv("HOME", p->dir, 1);
	setenv("XDG_RUNTIME_DIR", p->dir, 1);
	setenv("XDG_STATE_HOME", p->dir, 1);
	setenv("DEBRIEF_REPO", p->dir, 1);
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("TZ", "UTC", 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	unsetenv("SSH_CONNECTION");
	shell(NULL,
	    "git config --global user.name lena && git config --global user.email l@example.org");
	shell(NULL, "'%s' init '%s' >/dev/null 2>&1", program(), p->dir);
	return 0;
}

static int
end(void **state)
{
	struct place *p = *state;

	shell(NULL, "rm -rf '%s'", p->dir);
	free(p);
	return 0;
}

static void
begin_one(struct place *p, const char *template)
{
	struct buf out = { 0 };

	shell(&out, "'%s' new --no-open -t %s --minutes 60 'In lines' | tail -n 1", program(),
	    template);
	out.data[strcspn(out.data, "\n")] = '\0';
	snprintf(p->name, sizeof p->name, "%s", out.data);
	buf_fini(&out);
}

/* Take what was printed, for at most `ms`; false when it ended. */
static bool
pump(struct talker *t, int ms)
{
	struct pollfd p = { .fd = t->fd, .events = POLLIN };
	char bytes[65536];
	ssize_t n;

	if (poll(&p, 1, ms) <= 0)
		return true;
	n = read(t->fd, bytes, sizeof bytes);
	if (n <= 0)
		return false;
	buf_add(&t->raw, bytes, (size_t)n);
	return true;
}

static const char *
turn(const struct talker *t)
{
	return t->raw.data != NULL ? t->raw.data + t->from : "";
}

static void
until(struct talker *t, const char *text)
{
	int64_t end_ms = clock_mono_ms() + PATIENCE_MS;

	while (strstr(turn(t), text) == NULL)
		if (clock_mono_ms() > end_ms || !pump(t, 100))
			fail_msg("never read: %s; but: %s", text, turn(t));
}

/* The turn is over when there is a line with nothing but a prompt. */
static bool
is_prompted(const struct talker *t)
{
	const char *last = strrchr(turn(t), '\n');
	size_t len = last != NULL ? strlen(last) : 0;

	return len > 2 && strcmp(last + len - 2, "> ") == 0;
}

static void
until_prompt(struct talker *t)
{
	int64_t end_ms = clock_mono_ms() + PATIENCE_MS;

	while (!is_prompted(t))
		if (clock_mono_ms() > end_ms || !pump(t, 100))
			fail_msg("no prompt after: %s", turn(t));
}

static void
type(struct talker *t, const char *bytes)
{
	assert_int_equal(write(t->fd, bytes, strlen(bytes)), (ssize_t)strlen(bytes));
}

/* The words of the turn, one space for each line's end and for several. */
static char *
flat(const struct talker *t)
{
	struct buf out = { 0 };

	for (const char *p = turn(t); *p != '\0'; p++) {
		bool blank = *p == ' ' || *p == '\n' || *p == '\r';
		if (!blank)
			buf_addc(&out, *p);
		else if (out.len > 0 && out.data[out.len - 1] != ' ')
			buf_addc(&out, ' ');
	}
	return buf_take(&out);
}

/* The first of these texts (NULL-ended) that the turn does not have; NULL: it has them all. */
static const char *
missing(const struct talker *t, const char *const *texts)
{
	char *words = flat(t);

	while (*texts != NULL && strstr(words, *texts) != NULL)
		texts++;
	free(words);
	return *texts;
}

/* Type a line, and read until the next prompt; each of the texts has to be in it. */
static void
say_all(struct talker *t, const char *line, const char *const *texts)
{
	t->from = t->raw.len;
	type(t, line);
	type(t, "\n");
	until_prompt(t);
	if (missing(t, texts) != NULL)
		fail_msg("%s: no \"%s\" in: %s", line, missing(t, texts), turn(t));
}
#define say(t, line, ...) say_all((t), (line), (const char *const[]){ __VA_ARGS__, NULL })

/* Ask for news until they have come from the other end: all of these. */
static void
hear_all(struct talker *t, const char *const *texts)
{
	int64_t end_ms = clock_mono_ms() + PATIENCE_MS;
	size_t from = t->raw.len;

	do {
		t->from = t->raw.len;
		type(t, "\n");
		until_prompt(t);
		t->from = from;
		if (clock_mono_ms() > end_ms)
			fail_msg("never heard: %s; but: %s", missing(t, texts), turn(t));
	} while (missing(t, texts) != NULL);
}
#define hear(t, ...) hear_all((t), (const char *const[]){ __VA_ARGS__, NULL })

static void
talk_at(struct talker *t, const char *term, int cols, const char *const *words)
{
	struct winsize w = { .ws_row = ROWS, .ws_col = (unsigned short)cols };
	const char *argv[8] = { "debrief" }, *path = program();

	*t = (struct talker){ .cols = cols };
	for (int i = 0; i < 6 && words[i] != NULL; i++)
		argv[i + 1] = words[i];
	t->pid = forkpty(&t->fd, NULL, NULL, &w);
	assert_true(t->pid >= 0);
	if (t->pid == 0) {
		setenv("TERM", term, 1);
		execv(path, (char **)(uintptr_t)argv);
		_exit(127);
	}
	fcntl(t->fd, F_SETFD, FD_CLOEXEC);
	until_prompt(t);
}

static void
leads(struct talker *t, const struct place *p, int cols)
{
	talk_at(t, "dumb", cols, (const char *const[]){ "open", p->name, NULL });
}

static void
joins(struct talker *t, const struct place *p, const char *name, int cols)
{
	talk_at(t, "dumb", cols, (const char *const[]){ "join", p->name, "--as", name, NULL });
}

/* Nothing but text and line ends was ever printed, in rows that fit; what the terminal echoed is a
 * prompt's row. */
static void
check_printed(const struct talker *t)
{
	for (size_t i = 0; i < t->raw.len; i++) {
		unsigned char c = (unsigned char)t->raw.data[i];
		if ((c < 0x20 && c != '\r' && c != '\n') || c == 0x7f)
			fail_msg("control character %d after: %.60s", c,
			    t->raw.data + (i > 60 ? i - 60 : 0));
	}
	for (const char *p = t->raw.data; *p != '\0';) {
		size_t len = strcspn(p, "\r\n");
		char *row = mem_dupn(p, len);
		if (strstr(row, "> ") == NULL && text_width(row, len) > t->cols)
			fail_msg("wider than %d: %s", t->cols, row);
		free(row);
		p += len + strspn(p + len, "\r\n");
	}
}

/* Its exit status. */
static int
ends(struct talker *t)
{
	int64_t end_ms = clock_mono_ms() + PATIENCE_MS;
	int status;

	while (pump(t, 100) && clock_mono_ms() < end_ms)
		;
	if (clock_mono_ms() >= end_ms)
		kill(t->pid, SIGKILL);
	waitpid(t->pid, &status, 0);
	close(t->fd);
	check_printed(t);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static void
forget(struct talker *t)
{
	buf_fini(&t->raw);
}

/* From the evidence to the timeline that all agree on. */
static void
walk_to_surprises(struct talker *lena, struct talker *moss)
{
	say(lena, "where", "Stage: prepare, first of eight.", "The question:", "You lead:");
	say(lena, "set day=2026-07-16 timezone=Europe/Berlin", "Times without a date are of Thu 16 Jul 2026.");
	say(lena, "stage next", "Stage: open, second of eight. 5 minutes.");
	hear(moss, "Stage: open, second of eight.");
	say(moss, "arrive curious", "Kept, without your name.");
	say(lena, "stage next", "Stage: timeline, third of eight.");
	say(moss, "event add 14:05 the flag went on in all regions", "Added 1, at 14:05.");
	say(moss, "event add +3m kit's phone didn't ring kind=alert", "Added 2, at 14:08.");
	say(lena, "where", "1 14:05 the flag went on", "2 14:08 kit's phone didn't ring");
	say(lena, "confirm", "The room agrees on the timeline.");
	say(lena, "stage next", "Stage: surprises, fourth of eight.", "Hidden, nobody's name");
}

/* Hidden writing; while moss has a line open lena writes too, and not a byte of it comes between. */
static void
write_hidden(struct talker *lena, struct talker *moss)
{
	say(moss, "where", "Silent writing.", "Your cards: none.");
	say(moss, "card add surprised One click sends a flag everywhere", "Added 3. Hidden, nobody's name.");
	moss->from = moss->raw.len;
	type(moss, "card add luc");
	until(moss, "card add luc"); /* the terminal's own echo */
	say(lena, "card add surprised us The page went to an old rota", "Added 3.");
	say(lena, "timer 4m", "The clock is set. 4 minutes.");
	say(moss, "ky It was a Tuesday", "Added 4. Hidden, nobody's name.", "The clock is set.");
	assert_non_null(strstr(moss->raw.data, "card add lucky It was a Tuesday\r\n"));
	say(moss, "ready", "You are ready.");
	say(moss, "who", "lena, facilitator. moss, you.", "counts only");
	say(moss, "reveal", "The facilitator reveals.");
	say(lena, "reveal", "Say reveal again to do it, or drop.");
	say(lena, "reveal", "Revealed: 3 cards, shuffled, unsigned. Your own keep 3.");
	hear(moss, "Revealed: 3 cards, shuffled, unsigned. Your own keep 3 and 4.", "Lucky: 4.");
	say(moss, "read 3", "3, Surprised us. One click sends a flag everywhere.");
	say(moss, "read 5", "5, Surprised us. The page went to an old rota.");
}

static void
group_and_vote(struct talker *lena, struct talker *moss)
{
	say(moss, "vote 5", "Voting is not open.");
	say(lena, "card group 3 under=4 name=Flags", "Changed 3");
	hear(moss, "1 new group:");
	say(lena, "votes open 2", "Voting is open: 2 votes each");
	hear(moss, "Voting is open: 2 votes each");
	say(moss, "vote 5", "1 left.");
	say(moss, "unvote 5", "Taken back. 2 left.");
	say(moss, "vote 5", "1 left.");
	say(moss, "vote 5", "None left.");
	say(moss, "vote 5", "of your votes are given");
	say(lena, "votes close", "Say votes close again");
	say(lena, "votes close", "Voting closed.", "2 votes");
	hear(moss, "Voting closed.");
}

static void
find_causes(struct talker *lena, struct talker *moss)
{
	say(lena, "stage next", "Stage: causes, fifth of eight.");
	say(moss, "cause add process lena forgot the rota", "Not added yet. A question for you alone:");
	say(moss, "the rota ended in May and nothing said so", "Added", "The earlier line is dropped.");
	say(moss, "quiet", "Quiet until you say news.");
	hear(lena, "1 new cause, 6.");
	say(lena, "why 6 rotas have no owner", "Added 7, under 6.");
	say(lena, "agree 6", "You agree with 6. 1 agrees.");
	say(lena, "read C1", "6, C1, Process. the rota ended in May");
	hear(moss, "1 new cause");
	say(lena, "stage next", "Stage: ideas");
	say(lena, "stage next", "Still open before actions", "override REASON");
	say(lena, "override out of time", "Stage: actions, seventh of eight.");
}

static void
act_and_close(struct talker *lena, struct talker *moss)
{
	say(moss, "action add alert on ending rotas owner=oncall due=2026-12-01 causes=C1", "Added 8.");
	say(moss, "read 8", "owner: oncall.", "causes:");
	say(lena, "stage next", "Stage: close, eighth of eight.");
	say(lena, "set summary=\"A page went to nobody.\"", "Done.");
	say(moss, "save", "All is safe:");
	say(moss, "quit", "Before you go");
	type(moss, "leave 4 5 clear\n");
	assert_int_equal(ends(moss), 0);
	say(lena, "close", "Say close again to do it, or drop.");
	say(lena, "close", "override REASON");
	say(lena, "override enough for today", "The debrief is closed.", "closed> ");
	say(lena, "where", "The debrief is closed.", "alert on ending rotas");
	type(lena, "quit\n");
	until(lena, "Nothing was lost.");
	assert_int_equal(ends(lena), 0);
}

static void
a_whole_meeting(void **state)
{
	struct place *p = *state;
	struct talker lena, moss;
	struct buf file = { 0 };

	program();
	begin_one(p, "incident");
	leads(&lena, p, 80);
	joins(&moss, p, "moss", 40);
	walk_to_surprises(&lena, &moss);
	write_hidden(&lena, &moss);
	group_and_vote(&lena, &moss);
	find_causes(&lena, &moss);
	act_and_close(&lena, &moss);
	shell(&file, "'%s' show '%s' --json", program(), p->name);
	assert_non_null(strstr(file.data, "\"status\": \"closed\""));
	assert_non_null(strstr(file.data, "kit's phone didn't ring"));
	assert_non_null(strstr(file.data, "actions: out of time"));
	assert_null(strstr(file.data, "forgot the rota"));
	buf_fini(&file);
	forget(&lena);
	forget(&moss);
}

/* The one thing that does not wait; the line that is open goes on. */
static void
an_abort_is_said_at_once(void **state)
{
	struct place *p = *state;
	struct talker lena, moss;

	program();
	begin_one(p, "game-day");
	leads(&lena, p, 60);
	joins(&moss, p, "moss", 20);
	say(&lena, "experiment add cold keys are slow for a minute", "Added 1.");
	say(&lena, "stage run", "Stage: run");
	say(&lena, "experiment start 1", "The run begins.");
	hear(&moss, "The run begins.");
	moss.from = moss.raw.len;
	type(&moss, "event add now lat");
	until(&moss, "event add now lat");
	say(&lena, "abort too slow", "ABORTED.");
	until(&moss, "ABORTED.");
	until_prompt(&moss);
	say(&moss, "ency is up", "Added");
	say(&moss, "where timeline", "latency is up");
	type(&moss, "\004");
	until(&moss, "Nothing was lost.");
	assert_int_equal(ends(&moss), 0);
	kill(lena.pid, SIGTERM);
	ends(&lena);
	forget(&lena);
	forget(&moss);
}

static void
control_keys_lose_nothing(void **state)
{
	struct place *p = *state;
	struct talker moss;

	program();
	begin_one(p, "sprint");
	joins(&moss, p, "moss", 80);
	say(&moss, "action add keep the numbers", "Added 1.");
	moss.from = moss.raw.len;
	type(&moss, "half a line");
	until(&moss, "half a line");
	type(&moss, "\003");
	until(&moss, "nothing else");
	until_prompt(&moss);
	say(&moss, "who", "1 person:"); /* the line was dropped, as the terminal does it */
	moss.from = moss.raw.len;
	type(&moss, "action add half\004");
	until(&moss, "action add half");
	type(&moss, "\004");
	until(&moss, "Your half-typed line is kept");
	assert_int_equal(ends(&moss), 0);
	forget(&moss);
	joins(&moss, p, "moss", 80);
	until(&moss, "Welcome back.");
	assert_non_null(strstr(moss.raw.data, "  action add half\r\n"));
	say(&moss, "read 1", "keep the numbers.");
	hear(&moss, "Added 2.");
	say(&moss, "read 2", "half.");
	type(&moss, "\003");
	until(&moss, "or ctrl-c once");
	until_prompt(&moss);
	type(&moss, "\003");
	assert_int_equal(ends(&moss), 0);
	forget(&moss);
}

static void
it_is_chosen_by_terminal_setting_and_option(void **state)
{
	struct place *p = *state;
	struct talker t;
	struct buf out = { 0 };

	program();
	begin_one(p, "sprint");
	talk_at(&t, "xterm-256color", 80, (const char *const[]){ "open", p->name, "--plain", NULL });
	type(&t, "\004");
	assert_int_equal(ends(&t), 0);
	forget(&t);
	shell(NULL, "git config --global debrief.plain true");
	talk_at(&t, "xterm-256color", 80, (const char *const[]){ "join", p->name, NULL });
	type(&t, "\004");
	assert_int_equal(ends(&t), 0);
	forget(&t);
	shell(NULL, "git config --global --unset debrief.plain");
	shell(&out, "printf 'action add one\\nread 1\\n' | '%s' join '%s' --plain --as kit", program(),
	    p->name);
	assert_non_null(strstr(out.data, "Added 1. Everybody sees it."));
	assert_non_null(strstr(out.data, "1, A1, proposed. one."));
	buf_fini(&out);
	shell(&out, "'%s' join '%s' --plain --projector 2>&1 </dev/null || true", program(), p->name);
	assert_non_null(strstr(out.data, "a projector is drawn"));
	buf_fini(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_whole_meeting, begin, end),
		cmocka_unit_test_setup_teardown(an_abort_is_said_at_once, begin, end),
		cmocka_unit_test_setup_teardown(control_keys_lose_nothing, begin, end),
		cmocka_unit_test_setup_teardown(it_is_chosen_by_terminal_setting_and_option, begin, end),
	};

	text_locale();
	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
