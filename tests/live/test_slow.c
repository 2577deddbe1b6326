/* Peers that read slowly, late or never: what they cost the others (nothing) and the host (little).
 */
#include "tests/live/world.h"

#include <errno.h>
#include <fcntl.h>

#include "live/host_internal.h"

enum { MANY = 40 };

struct slow {
	struct world w;
	struct client *lead, *other;
	int fd[MANY];
	size_t changes;
};

static int
begin(void **state)
{
	struct slow *s = mem_zero(1, sizeof *s);

	world_begin(&s->w);
	world_host(&s->w, NULL);
	s->lead = world_join(&s->w, "lena", NULL, NULL);
	s->other = world_join(&s->w, "moss", NULL, NULL);
	for (int i = 0; i < MANY; i++)
		s->fd[i] = -1;
	*state = s;
	return 0;
}

static int
end(void **state)
{
	struct slow *s = *state;

	for (int i = 0; i < MANY; i++)
		if (s->fd[i] >= 0)
			close(s->fd[i]);
	client_free(s->lead);
	client_free(s->other);
	world_end(&s->w);
	free(s);
	return 0;
}

/* Says hello, and reads what the test makes it read. */
static int
comes(struct slow *s, const char *name)
{
	struct err e = { 0 };
	int fd = place_connect(&s->w.place, &e), size = 4096;
	char line[200];
	int n = snprintf(line, sizeof line,
	    "{\"type\":\"hello\",\"version\":1,\"name\":\"%s\",\"role\":\"observer\",\"want\":"
	    "\"watch\"}\n",
	    name);

	assert_true(fd >= 0);
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
	fcntl(fd, F_SETFL, O_NONBLOCK);
	assert_int_equal(write(fd, line, (size_t)n), n);
	return fd;
}

/* A change by the lead: how many rounds until another has it, however many others do not read. */
static int
rounds_to_another(struct slow *s, const char *text)
{
	struct op op = event_op(1784038145 + (int64_t)s->changes++, text);
	int rounds = 0;

	client_send(s->lead, &op);
	while (DEBRIEF_N(client_debrief(s->other), EVENT) < s->changes && rounds < 1000) {
		loop_once(s->w.loop, 50);
		rounds++;
	}
	UNTIL(&s->w, client_unsafe(s->lead) == 0);
	return rounds;
}

static size_t
backlog(const struct slow *s)
{
	size_t sum = 0;

	for (size_t i = 0; i < s->w.host->n_peers; i++)
		sum += stream_backlog(&s->w.host->peers[i]->s) + s->w.host->peers[i]->held.len;
	return sum;
}

static char *
long_text(size_t len)
{
	char *text = mem_alloc(len + 1);

	memset(text, 'x', len);
	text[len] = '\0';
	return text;
}

static void
those_who_never_read_delay_nobody(void **state)
{
	struct slow *s = *state;
	char *text = long_text(6000);
	int worst = 0, alone = 0;

	for (int i = 0; i < 30; i++) {
		int rounds = rounds_to_another(s, text);
		alone = rounds > alone ? rounds : alone;
	}
	for (int i = 0; i < MANY; i++)
		s->fd[i] = comes(s, "slow");
	UNTIL(&s->w, host_peers(s->w.host) == 2 + MANY);
	for (int i = 0; i < 100; i++) {
		int rounds = rounds_to_another(s, text);
		worst = rounds > worst ? rounds : worst;
	}
	/* Nothing of them is ready, so no round is theirs. */
	if (worst > alone + 4)
		fail_msg("%d rounds beside %d", worst, alone);
	free(text);
}

/* Never more than what is said to be the most, then it is gone; the others stay. */
static void
who_never_reads_is_dropped_at_the_limit(void **state)
{
	struct slow *s = *state;
	char *text = long_text(15000);
	size_t most = 0;

	for (int i = 0; i < 3; i++)
		s->fd[i] = comes(s, "stopped");
	UNTIL(&s->w, host_peers(s->w.host) == 5);
	for (int i = 0; i < 1000 && host_peers(s->w.host) > 2; i++) {
		rounds_to_another(s, text);
		most = backlog(s) > most ? backlog(s) : most;
	}
	assert_int_equal(host_peers(s->w.host), 2);
	assert_true(most <= 3 * ((size_t)BACKLOG_MOST + 64 * 1024));
	assert_true(most > BACKLOG_MOST);
	assert_true(debrief_equal(client_debrief(s->other), host_debrief(s->w.host)));
	free(text);
}

/* As fast as the changes come, however small the pieces: it stays. */
static void
who_reads_slowly_but_keeps_up_stays(void **state)
{
	struct slow *s = *state;
	char *text = long_text(15000), piece[4096];
	size_t got = 0;

	s->fd[0] = comes(s, "patient");
	UNTIL(&s->w, host_peers(s->w.host) == 3);
	for (int i = 0; i < 600; i++) {
		rounds_to_another(s, text);
		for (int k = 0; k < 5; k++) {
			ssize_t n = recv(s->fd[0], piece, sizeof piece, MSG_DONTWAIT);
			got += n > 0 ? (size_t)n : 0;
			loop_once(s->w.loop, 0);
		}
	}
	assert_int_equal(host_peers(s->w.host), 3);
	assert_true(got > BACKLOG_MOST);
	free(text);
}

/* The stream of a join is made as it is taken: those who ask for all of it and read nothing cost
 * next to nothing. */
static void
joining_without_reading_costs_little(void **state)
{
	struct slow *s = *state;
	char *text = long_text(15000);
	int rounds;

	for (int i = 0; i < 400; i++)
		rounds_to_another(s, text);
	for (int i = 0; i < MANY; i++)
		s->fd[i] = comes(s, "asks for all");
	UNTIL(&s->w, host_peers(s->w.host) == 2 + MANY);
	rounds = rounds_to_another(s, "and now");
	assert_true(rounds < 20);
	/* 6 MB for each of 40, and not even 1 MB for one of them. */
	assert_true(backlog(s) < (size_t)MANY << 20);
	assert_int_equal(host_peers(s->w.host), 2 + MANY);
	free(text);
}

/* Stopped for a while, then it reads all of it, every line whole and in order. */
static void
who_wakes_up_finds_all_in_order(void **state)
{
	struct slow *s = *state;
	struct buf all = { 0 };
	char piece[65536], *line;
	uint64_t last = 0;
	size_t ops = 0;

	s->fd[0] = comes(s, "asleep");
	UNTIL(&s->w, host_peers(s->w.host) == 3);
	for (int i = 0; i < 300; i++)
		rounds_to_another(s, "while it slept");
	for (int quiet = 0; quiet < 50;) {
		ssize_t n = recv(s->fd[0], piece, sizeof piece, MSG_DONTWAIT);
		if (n > 0)
			buf_add(&all, piece, (size_t)n);
		quiet = n > 0 ? 0 : quiet + 1;
		loop_once(s->w.loop, 0);
	}
	buf_addc(&all, '\0');
	for (line = strtok(all.data, "\n"); line != NULL; line = strtok(NULL, "\n")) {
		struct message m;
		struct err e = { 0 };
		OKAY(e, message_decode(line, strlen(line), &m, &e));
		if (m.type == MSG_OP && m.op.seq > 0) {
			assert_true(last == 0 || m.op.seq == last + 1);
			last = m.op.seq;
			ops++;
		}
		message_fini(&m);
	}
	assert_int_equal(ops, 300);
	buf_fini(&all);
}

/* Asks and asks and takes no answer: it is not heard any more, until it listens. */
static void
who_does_not_listen_is_not_heard(void **state)
{
	static const char ping[] = "{\"type\":\"ping\",\"seq\":3}\n";
	struct slow *s = *state;
	struct buf all = { 0 };
	char piece[65536];
	size_t asked = 0, answered = 0, at = 0;
	bool full = false;

	s->fd[0] = comes(s, "deaf");
	UNTIL(&s->w, host_peers(s->w.host) == 3);
	for (int i = 0; i < 3000 && !full; i++) {
		for (int k = 0; k < 100 && !full; k++) {
			/* Whole lines or nothing: so short a one is never cut. */
			full = send(s->fd[0], ping, sizeof ping - 1, MSG_NOSIGNAL) < 0;
			asked += !full;
		}
		for (int k = 0; k < 20; k++)
			loop_once(s->w.loop, 0);
		assert_true(backlog(s) < 256 * 1024);
	}
	assert_true(full);
	assert_true(rounds_to_another(s, "beside it") < 20);
	assert_int_equal(host_peers(s->w.host), 3);
	for (int quiet = 0; quiet < 100;) {
		ssize_t n = recv(s->fd[0], piece, sizeof piece, MSG_DONTWAIT);
		if (n > 0)
			buf_add(&all, piece, (size_t)n);
		quiet = n > 0 ? 0 : quiet + 1;
		loop_once(s->w.loop, 0);
	}
	buf_addc(&all, '\0');
	while (strstr(all.data + at, "\"pong\"") != NULL) {
		at = (size_t)(strstr(all.data + at, "\"pong\"") - all.data) + 1;
		answered++;
	}
	assert_int_equal(answered, asked);
	buf_fini(&all);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(those_who_never_read_delay_nobody, begin, end),
		cmocka_unit_test_setup_teardown(
		    who_never_reads_is_dropped_at_the_limit, begin, end),
		cmocka_unit_test_setup_teardown(who_reads_slowly_but_keeps_up_stays, begin, end),
		cmocka_unit_test_setup_teardown(joining_without_reading_costs_little, begin, end),
		cmocka_unit_test_setup_teardown(who_does_not_listen_is_not_heard, begin, end),
		cmocka_unit_test_setup_teardown(who_wakes_up_finds_all_in_order, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
