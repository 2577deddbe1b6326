/* The client against a host that the test plays itself, line by line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/id.h"
#include "base/when.h"
#include "live/client_internal.h"

#define UNTIL(w, fact)                                                                             \
	do {                                                                                       \
		int64_t end_ = clock_mono_ms() + 10000;                                            \
		while (!(fact) && clock_mono_ms() < end_)                                          \
			loop_once((w)->loop, 50);                                                  \
		assert_true(fact);                                                                 \
	} while (0)

enum { LINES_MOST = 400 };

/* A host of the test's own: everything it was told, and one connection. */
struct play {
	struct loop *loop;
	char dir[64];
	struct place place;
	int listen_fd;
	struct stream s; /* fd -1: nobody is here */
	struct message got[LINES_MOST];
	int64_t got_ms[LINES_MOST];
	size_t n, came;
	bool answers; /* pings */
	struct id id;
	/* What the client's owner heard. */
	size_t ready, lost, ended, kept, asked;
	char *kept_text, *notice, *asked_want, *why;
	int64_t away_s;
	enum err_kind refused;
};

static void
host_says(struct play *w, const char *line)
{
	buf_adds(&w->s.out, line);
	buf_addc(&w->s.out, '\n');
	assert_true(stream_flush(&w->s));
}

static void
host_hears(void *ctx, int fd, int ready)
{
	struct play *w = ctx;
	const char *line;
	size_t len;
	bool there = stream_fill(&w->s, 1 << 20);

	(void)ready;
	while (wire_line(&w->s.in, &line, &len) == 1) {
		struct err e = { 0 };
		assert_true(w->n < LINES_MOST);
		if (!message_decode(line, len, &w->got[w->n], &e))
			fail_msg("%s: %.*s", e.text, (int)len, line);
		w->got_ms[w->n] = clock_mono_ms();
		if (w->got[w->n].type == MSG_PING && w->answers) {
			struct message m;
			message_init(&m, MSG_PONG);
			m.seq = w->got[w->n].seq;
			stream_put(&w->s, &m);
			stream_flush(&w->s);
		}
		w->n++;
	}
	if (!there) {
		loop_unwatch(w->loop, fd);
		stream_close(&w->s);
	}
}

static void
host_serves(struct play *w, int fd)
{
	stream_init(&w->s, fd);
	loop_watch(w->loop, fd, LOOP_READ, host_hears, w);
	w->came++;
}

static void
host_accepts(void *ctx, int fd, int ready)
{
	struct play *w = ctx;

	(void)ready;
	host_serves(w, accept(fd, NULL, NULL));
}

static void
host_listens(struct play *w)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };

	strcpy(a.sun_path, w->place.socket);
	unlink(a.sun_path);
	w->listen_fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(w->listen_fd, (const struct sockaddr *)&a, sizeof a), 0);
	assert_int_equal(listen(w->listen_fd, 5), 0);
	loop_watch(w->loop, w->listen_fd, LOOP_READ, host_accepts, w);
}

static void
host_cuts(struct play *w)
{
	loop_unwatch(w->loop, w->s.fd);
	stream_close(&w->s);
}

static void
on_ready(void *ctx)
{
	((struct play *)ctx)->ready++;
}

static void
on_lost(void *ctx)
{
	((struct play *)ctx)->lost++;
}

static void
on_ended(void *ctx, const char *reason)
{
	struct play *w = ctx;

	w->ended++;
	free(w->why);
	w->why = mem_dup(reason);
}

static void
on_kept(void *ctx, const char *text, int64_t away_s)
{
	struct play *w = ctx;

	w->kept++;
	free(w->kept_text);
	w->kept_text = mem_dup(text);
	w->away_s = away_s;
}

static void
on_notice(void *ctx, const char *text)
{
	struct play *w = ctx;

	free(w->notice);
	w->notice = mem_dup(text);
}

static void
on_asked(void *ctx, const struct message *m)
{
	struct play *w = ctx;

	w->asked++;
	free(w->asked_want);
	w->asked_want = mem_dup(m->want);
}

static const struct client_calls calls = { .ready = on_ready,
	.lost = on_lost,
	.ended = on_ended,
	.kept = on_kept,
	.notice = on_notice,
	.asked = on_asked };

static void
play_begin(struct play *w)
{
	*w = (struct play){ .listen_fd = -1, .s = { .fd = -1 }, .answers = true };
	strcpy(w->dir, "/tmp/debrief-client-XXXXXX");
	assert_non_null(mkdtemp(w->dir));
	w->loop = loop_new();
	w->id = id_random();
	w->place.id = w->id;
	w->place.name = mem_dup("a-debrief");
	w->place.repo_dir = mem_dup("/nowhere");
	w->place.lock_file = mem_fmt("%s/lock", w->dir);
	w->place.socket = mem_fmt("%s/sock", w->dir);
	host_listens(w);
}

static void
play_end(struct play *w)
{
	char *line = mem_fmt("rm -rf '%s'", w->dir);

	if (w->s.fd >= 0)
		host_cuts(w);
	loop_unwatch(w->loop, w->listen_fd);
	close(w->listen_fd);
	for (size_t i = 0; i < w->n; i++)
		message_fini(&w->got[i]);
	free(w->kept_text);
	free(w->notice);
	free(w->asked_want);
	free(w->why);
	place_fini(&w->place);
	loop_free(w->loop);
	assert_int_equal(system(line), 0);
	free(line);
}

/* No host is ever started. */
static int
no_launch(void *ctx, const struct place *p, struct err *e)
{
	(void)ctx;
	(void)p;
	err_set(e, ERR_MISSING, "nobody is there");
	return -1;
}

static struct client *
come(struct play *w, const struct client_options *given)
{
	struct client_options o = *given;
	struct client *c;
	struct err e = { 0 };

	o.fd = -1;
	o.want = o.want != NULL ? o.want : "join";
	c = client_new(w->loop, &w->place, &o, &calls, w, &e);
	if (c == NULL)
		fail_msg("%s", e.text);
	client_set_launch(c, no_launch, NULL);
	UNTIL(w, w->s.fd >= 0);
	return c;
}

static size_t
count_of(const struct play *w, enum message_type type)
{
	size_t n = 0;

	for (size_t i = 0; i < w->n; i++)
		n += w->got[i].type == type;
	return n;
}

static const struct message *
last_of(const struct play *w, enum message_type type)
{
	for (size_t i = w->n; i-- > 0;)
		if (w->got[i].type == type)
			return &w->got[i];
	fail_msg("none of type %d came", (int)type);
	return NULL;
}

static void
host_welcomes(struct play *w, struct client *c, uint64_t seq)
{
	size_t before = w->ready;
	char *line;

	UNTIL(w, w->n > 0 && count_of(w, MSG_HELLO) == w->came);
	line = mem_fmt("{\"type\":\"welcome\",\"version\":1,\"seq\":%llu,\"you\":\"lena\","
		       "\"role\":\"participant\",\"debrief\":\"a-debrief\",\"id\":\"%s\"}",
	    (unsigned long long)seq, w->id.s);
	host_says(w, line);
	free(line);
	line = mem_fmt("{\"type\":\"ready\",\"seq\":%llu}", (unsigned long long)seq);
	host_says(w, line);
	free(line);
	UNTIL(w, w->ready == before + 1);
	assert_int_equal(client_state(c), CLIENT_READY);
}

static void
hello_says_who_with_the_pin_before_it(void **state)
{
	struct play w;
	struct client *c;

	(void)state;
	play_begin(&w);
	c = come(&w, &(struct client_options){ .name = "moss",
			 .role = "observer",
			 .want = "projector",
			 .pin_name = "moss",
			 .pin_role = "observer",
			 .secret = "7k3f9q2mx0ab4hq7c2m9x1bz04" });
	UNTIL(&w, w.n >= 2);
	assert_int_equal(w.got[0].type, MSG_PIN);
	assert_string_equal(w.got[0].name, "moss");
	assert_string_equal(w.got[0].role, "observer");
	assert_int_equal(w.got[1].type, MSG_HELLO);
	assert_string_equal(w.got[1].name, "moss");
	assert_string_equal(w.got[1].role, "observer");
	assert_string_equal(w.got[1].want, "projector");
	assert_string_equal(w.got[1].secret, "7k3f9q2mx0ab4hq7c2m9x1bz04");
	client_free(c);
	play_end(&w);
}

static void
no_pin_no_secret_when_there_is_none(void **state)
{
	struct play w;
	struct client *c;

	(void)state;
	play_begin(&w);
	c = come(&w, &(struct client_options){ .name = "moss" });
	UNTIL(&w, w.n >= 1);
	assert_int_equal(w.got[0].type, MSG_HELLO);
	assert_null(w.got[0].secret);
	client_free(c);
	play_end(&w);
}

static void
what_was_kept_comes_once_and_never_over_what_is_typed(void **state)
{
	struct play w;
	struct client *c;

	(void)state;
	play_begin(&w);
	c = come(&w, &(struct client_options){ .reconnect = true });
	host_welcomes(&w, c, 3);
	host_says(&w, "{\"type\":\"keep\",\"away_s\":180,\"text\":\"half a li\"}");
	UNTIL(&w, w.kept == 1);
	assert_string_equal(w.kept_text, "half a li");
	assert_int_equal(w.away_s, 180);
	/* Only the line was lost: what is here is newer. */
	host_cuts(&w);
	UNTIL(&w, w.came == 2 && w.s.fd >= 0);
	assert_int_equal(w.lost, 1);
	host_welcomes(&w, c, 3);
	host_says(&w, "{\"type\":\"keep\",\"text\":\"half a li\"}");
	host_says(&w, "{\"type\":\"notice\",\"text\":\"that was it\"}");
	UNTIL(&w, w.notice != NULL);
	assert_int_equal(w.kept, 1);
	client_free(c);
	play_end(&w);
}

static void
keeping_is_told_five_times_a_second_at_most(void **state)
{
	struct play w;
	struct client *c;
	char text[40];
	size_t n = 0;
	int64_t times[LINES_MOST];

	(void)state;
	play_begin(&w);
	c = come(&w, &(struct client_options){ .reconnect = true });
	host_welcomes(&w, c, 3);
	for (int i = 0; i < 50; i++) {
		snprintf(text, sizeof text, "line %d", i);
		client_keep(c, text);
		loop_once(w.loop, 10);
	}
	UNTIL(&w, strcmp(last_of(&w, MSG_KEEP)->text, "line 49") == 0);
	for (size_t i = 0; i < w.n; i++)
		if (w.got[i].type == MSG_KEEP)
			times[n++] = w.got_ms[i];
	assert_true(n >= 2 && n < 20);
	for (size_t i = 1; i < n; i++)
		assert_true(times[i] - times[i - 1] >= 150);
	/* Said again to the next host, and then withdrawn. */
	host_cuts(&w);
	UNTIL(&w, w.came == 2 && w.s.fd >= 0);
	host_welcomes(&w, c, 3);
	UNTIL(&w, count_of(&w, MSG_KEEP) == n + 1);
	assert_string_equal(last_of(&w, MSG_KEEP)->text, "line 49");
	client_keep(c, NULL);
	UNTIL(&w, last_of(&w, MSG_KEEP)->text[0] == '\0');
	client_free(c);
	play_end(&w);
}

static void
a_keep_that_is_too_long_is_not_sent(void **state)
{
	struct play w;
	struct client *c;
	char *text = mem_zero(200001, 1);

	(void)state;
	memset(text, 'x', 200000);
	play_begin(&w);
	c = come(&w, &(struct client_options){ .reconnect = true });
	host_welcomes(&w, c, 3);
	client_keep(c, "short");
	UNTIL(&w, count_of(&w, MSG_KEEP) == 1);
	client_keep(c, text);
	UNTIL(&w, count_of(&w, MSG_KEEP) == 2);
	assert_string_equal(last_of(&w, MSG_KEEP)->text, "");
	free(text);
	client_free(c);
	play_end(&w);
}

static void
what_is_asked_is_no_notice(void **state)
{
	struct play w;
	struct client *c;

	(void)state;
	play_begin(&w);
	c = come(&w, &(struct client_options){ .reconnect = true });
	host_welcomes(&w, c, 3);
	host_says(&w, "{\"type\":\"notice\",\"want\":\"offer\",\"text\":\"take it?\"}");
	UNTIL(&w, w.asked == 1);
	assert_string_equal(w.asked_want, "offer");
	assert_null(w.notice);
	host_says(&w, "{\"type\":\"notice\",\"text\":\"saved\"}");
	UNTIL(&w, w.notice != NULL);
	assert_int_equal(w.asked, 1);
	client_free(c);
	play_end(&w);
}

static void
counts_come_with_the_presence(void **state)
{
	struct play w;
	struct client *c;

	(void)state;
	play_begin(&w);
	c = come(&w, &(struct client_options){ .reconnect = true });
	host_welcomes(&w, c, 3);
	assert_int_equal(client_counts(c).written, 0);
	host_says(&w, "{\"type\":\"presence\",\"here\":[{\"name\":\"lena\"}],"
		      "\"counts\":{\"written\":7,\"ready\":2,\"voted\":3,\"voters\":1}}");
	UNTIL(&w, client_counts(c).written == 7);
	assert_int_equal(client_counts(c).ready, 2);
	assert_int_equal(client_counts(c).voted, 3);
	assert_int_equal(client_counts(c).voters, 1);
	client_free(c);
	play_end(&w);
}

static void
a_dead_link_is_noticed_and_a_slow_one_is_not(void **state)
{
	struct play w;
	struct client *c;
	size_t pings;

	(void)state;
	play_begin(&w);
	c = come(&w, &(struct client_options){ .reconnect = true });
	c->ping_every_ms = 20;
	c->silence_ms = 100;
	host_welcomes(&w, c, 3);
	loop_cancel(w.loop, c->ping_timer);
	host_cuts(&w); /* the next connection has the short times */
	UNTIL(&w, w.came == 2 && w.s.fd >= 0);
	host_welcomes(&w, c, 3);
	pings = count_of(&w, MSG_PING);
	UNTIL(&w, count_of(&w, MSG_PING) > pings + 10);
	assert_int_equal(w.lost, 1);
	assert_true(client_latency_ms(c) >= 0);
	w.answers = false;
	UNTIL(&w, w.lost == 2);
	client_free(c);
	play_end(&w);
}

static void
the_silence_is_noticed_within_fifteen_seconds(void **state)
{
	struct play w;
	struct client *c;

	(void)state;
	play_begin(&w);
	c = come(&w, &(struct client_options){ .reconnect = true });
	/* A ping goes out when the last is that old, and waits so long for a word. */
	assert_true(c->ping_every_ms + c->silence_ms <= 15000);
	assert_int_equal(c->silence_ms % c->ping_every_ms, 0);
	client_free(c);
	play_end(&w);
}

static void
every_op_is_sent_again_until_it_is_answered(void **state)
{
	struct play w;
	struct client *c;
	struct op op;
	struct id first, second;
	char *line;

	(void)state;
	play_begin(&w);
	c = come(&w, &(struct client_options){ .reconnect = true });
	host_welcomes(&w, c, 3);
	op_init(&op, "ready");
	first = client_send(c, &op);
	op_init(&op, "hand");
	second = client_send(c, &op);
	UNTIL(&w, count_of(&w, MSG_OP) == 2);
	line = mem_fmt("{\"type\":\"ack\",\"cid\":\"%s\",\"seq\":4,\"text\":\"ok\"}", first.s);
	host_says(&w, line);
	free(line);
	UNTIL(&w, client_unsafe(c) == 1);
	host_cuts(&w);
	UNTIL(&w, w.came == 2 && w.s.fd >= 0);
	host_welcomes(&w, c, 4);
	UNTIL(&w, count_of(&w, MSG_OP) == 3);
	assert_true(id_equal(last_of(&w, MSG_OP)->op.cid, second));
	line =
	    mem_fmt("{\"type\":\"refuse\",\"cid\":\"%s\",\"kind\":1,\"reason\":\"no\"}", second.s);
	host_says(&w, line);
	free(line);
	UNTIL(&w, client_unsafe(c) == 0);
	client_free(c);
	play_end(&w);
}

static void
what_is_no_message_ends_it_with_a_sentence(void **state)
{
	static const char *const bad[] = { "hello", "{\"type\":\"hello\",\"version\":1}",
		"{\"type\":\"op\"}", "[]", "{\"type\":\"ack\"}", "\x01\xff" };

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct play w;
		struct client *c;

		play_begin(&w);
		c = come(&w, &(struct client_options){ .reconnect = true });
		host_says(&w, bad[i]);
		UNTIL(&w, w.ended == 1);
		assert_int_equal(client_state(c), CLIENT_ENDED);
		assert_true(strlen(w.why) > 10);
		client_free(c);
		play_end(&w);
	}
}

static void
waits_for_the_host_of_another_account(void **state)
{
	struct play w;
	struct client *c;

	(void)state;
	play_begin(&w);
	w.place.owner = mem_dup("lena");
	w.place.uid = geteuid();
	c = come(&w, &(struct client_options){ .reconnect = true });
	host_welcomes(&w, c, 3);
	loop_unwatch(w.loop, w.listen_fd);
	close(w.listen_fd);
	unlink(w.place.socket);
	host_cuts(&w);
	/* Told once what is the matter; a failure to start a host is none of ours. */
	UNTIL(&w, w.notice != NULL);
	assert_string_equal(w.notice, "nobody is there");
	UNTIL(&w, c->back_ms >= 400);
	assert_int_equal(c->failures, 0);
	assert_int_equal(client_state(c), CLIENT_LOST);
	host_listens(&w);
	UNTIL(&w, w.came == 2 && w.s.fd >= 0);
	host_welcomes(&w, c, 3);
	client_free(c);
	play_end(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hello_says_who_with_the_pin_before_it),
		cmocka_unit_test(no_pin_no_secret_when_there_is_none),
		cmocka_unit_test(what_was_kept_comes_once_and_never_over_what_is_typed),
		cmocka_unit_test(keeping_is_told_five_times_a_second_at_most),
		cmocka_unit_test(a_keep_that_is_too_long_is_not_sent),
		cmocka_unit_test(what_is_asked_is_no_notice),
		cmocka_unit_test(counts_come_with_the_presence),
		cmocka_unit_test(a_dead_link_is_noticed_and_a_slow_one_is_not),
		cmocka_unit_test(the_silence_is_noticed_within_fifteen_seconds),
		cmocka_unit_test(every_op_is_sent_again_until_it_is_answered),
		cmocka_unit_test(what_is_no_message_ends_it_with_a_sentence),
		cmocka_unit_test(waits_for_the_host_of_another_account),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
