/* Hundreds who mean no good, while one who does works on: the host neither stops, grows nor lets
 * them in. */
#include "tests/live/world.h"

#include <errno.h>
#include <fcntl.h>

#include "live/client_internal.h"
#include "live/host_internal.h"

enum {
	BAD = 300,
	SEED = 7,
	RSS_MOST_KB = 48 * 1024,
	PATIENCE = 3000 /* rounds of the loop for one change */
};

#if defined(__SANITIZE_ADDRESS__)
#define MEASURES false /* what is freed is not given back there */
#elif defined(__has_feature)
#define MEASURES (!__has_feature(address_sanitizer))
#else
#define MEASURES true
#endif

struct bad {
	int fd;
	size_t kind, at;
};
struct siege {
	struct world w;
	struct client *honest;
	struct bad bad[BAD];
	uint64_t dice;
	size_t done;
};

static unsigned
roll(struct siege *s, unsigned sides)
{
	s->dice = s->dice * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(s->dice >> 33) % sides;
}

static long
rss_kb(void)
{
	long pages = 0, all = 0;
	FILE *f = fopen("/proc/self/statm", "r");

	if (f != NULL && fscanf(f, "%ld %ld", &all, &pages) != 2)
		pages = 0;
	if (f != NULL)
		fclose(f);
	return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

static int
connection(struct siege *s)
{
	struct err e = { 0 };
	int fd = place_connect(&s->w.place, &e);

	assert_true(fd >= 0);
	fcntl(fd, F_SETFL, O_NONBLOCK);
	return fd;
}

static int
siege_begin(void **state)
{
	struct siege *s = mem_zero(1, sizeof *s);

	world_begin(&s->w);
	world_host(&s->w, NULL);
	s->dice = SEED;
	s->honest = world_join(&s->w, "lena", NULL, NULL);
	for (size_t i = 0; i < BAD; i++)
		s->bad[i].fd = -1;
	*state = s;
	return 0;
}

static int
siege_end(void **state)
{
	struct siege *s = *state;

	for (size_t i = 0; i < BAD; i++)
		if (s->bad[i].fd >= 0)
			close(s->bad[i].fd);
	client_free(s->honest);
	world_end(&s->w);
	free(s);
	return 0;
}

/* The honest one's change is answered within so many rounds, whatever the others do. */
static void
honest_change(struct siege *s)
{
	struct op op = event_op(1784038145 + (int64_t)s->done, "honest work");

	client_send(s->honest, &op);
	for (int i = 0; i < PATIENCE && client_unsafe(s->honest) > 0; i++)
		loop_once(s->w.loop, 20);
	assert_int_equal(client_unsafe(s->honest), 0);
	assert_int_equal(client_state(s->honest), CLIENT_READY);
	s->done++;
	assert_int_equal(DEBRIEF_N(host_debrief(s->w.host), EVENT), s->done);
}

/* The bytes go as far as the host takes them; false once it has closed. */
static bool
push(int fd, const char *bytes, size_t len)
{
	ssize_t n = send(fd, bytes, len, MSG_NOSIGNAL | MSG_DONTWAIT);

	return n >= 0 || errno == EAGAIN;
}

static bool
push_text(int fd, const char *text)
{
	return push(fd, text, strlen(text));
}

#define HELLO "{\"type\":\"hello\",\"version\":1,\"name\":\"mallory\",\"role\":\"observer\"}\n"

static bool
garbage(struct siege *s, struct bad *b)
{
	char bytes[3000];

	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)roll(s, 256);
	return push(b->fd, bytes, sizeof bytes);
}

static bool
half_a_line(struct siege *s, struct bad *b)
{
	static const char line[] = "{\"type\":\"hello\",\"version\":1,\"name\":\"";

	(void)s;
	return b->at++ > 0 || push(b->fd, line, sizeof line - 1);
}

static bool
silence(struct siege *s, struct bad *b)
{
	(void)s;
	(void)b;
	return true;
}

static bool
line_without_end(struct siege *s, struct bad *b)
{
	char bytes[8192];

	(void)s;
	memset(bytes, 'x', sizeof bytes);
	return push(b->fd, bytes, sizeof bytes);
}

static bool
nested(struct siege *s, struct bad *b)
{
	char bytes[8192];

	(void)s;
	memset(bytes, b->at % 2 == 0 ? '[' : '{', sizeof bytes);
	if (b->at++ == 0)
		memcpy(bytes, "{\"type\":", 8);
	if (b->at == 20)
		bytes[sizeof bytes - 1] = '\n';
	return push(b->fd, bytes, sizeof bytes);
}

static bool
comes_and_goes(struct siege *s, struct bad *b)
{
	(void)s;
	if (b->at++ == 0)
		return push_text(b->fd, b->kind % 2 == 0 ? HELLO : "");
	return false;
}

static bool
flood_of(struct bad *b, const char *line)
{
	struct buf many = { 0 };
	bool good;

	if (b->at++ == 0)
		buf_adds(&many, HELLO);
	for (int i = 0; i < 80; i++)
		buf_adds(&many, line);
	good = push(b->fd, many.data, many.len);
	buf_fini(&many);
	return good;
}

static bool
flood_of_presence(struct siege *s, struct bad *b)
{
	char line[120];

	snprintf(line, sizeof line, "{\"type\":\"presence\",\"pane\":\"p%u\",\"typing\":true}\n",
	    roll(s, 1000));
	return flood_of(b, line);
}

static bool
flood_of_pings(struct siege *s, struct bad *b)
{
	(void)s;
	return flood_of(b, "{\"type\":\"ping\",\"seq\":3}\n");
}

static bool
flood_of_keeps(struct siege *s, struct bad *b)
{
	struct buf line = { 0 };
	bool good;

	(void)s;
	buf_adds(&line, "{\"type\":\"keep\",\"text\":\"");
	for (int i = 0; i < 2000; i++)
		buf_addc(&line, 'k');
	buf_adds(&line, "\"}\n");
	good = flood_of(b, line.data);
	buf_fini(&line);
	return good;
}

static bool
flood_of_changes(struct siege *s, struct bad *b)
{
	struct id cid = id_make(1000000 + roll(s, 1u << 30));
	char line[300];

	snprintf(line, sizeof line,
	    "{\"type\":\"op\",\"op\":{\"cid\":\"%s\",\"do\":\"event\",\"changes\":[{\"add\":"
	    "\"event\",\"id\":\"%s\","
	    "\"fields\":{\"at\":\"2026-07-14T14:00:00Z\",\"text\":\"not allowed\"}}]}}\n",
	    cid.s, cid.s);
	return flood_of(b, line);
}

/* Says what only hosts and forced commands say, or hello twice. */
static bool
out_of_place(struct siege *s, struct bad *b)
{
	static const char *const lines[] = {
		HELLO HELLO, HELLO "{\"type\":\"pin\",\"name\":\"lena\"}\n",
		"{\"type\":\"pin\",\"name\":\"mallory\"}\n{\"type\":\"pin\",\"name\":\"lena\"}\n",
		"{\"type\":\"welcome\",\"version\":1,\"seq\":1}\n",
		HELLO "{\"type\":\"ready\",\"seq\":1}\n",
		HELLO "{\"type\":\"bye\"}\n{\"type\":\"ping\",\"seq\":1}\n",
		"{\"type\":\"hello\",\"version\":1,\"name\":\"mallory\",\"want\":\"step-down\"}\n",
		("{\"type\":\"hello\",\"version\":1,\"name\":\"mallory\",\"since\":"
		 "18446744073709551615,"
		 "\"cid\":\"000000000000\"}\n"),
		"{\"type\":\"hello\",\"version\":1,\"name\":\"mallory\",\"secret\":\"' or 1=1\"}\n"
	};

	return b->at++ > 0 || push_text(b->fd, lines[roll(s, sizeof lines / sizeof *lines)]);
}

typedef bool bad_fn(struct siege *s, struct bad *b);
static bad_fn *const kinds[] = { garbage, half_a_line, silence, line_without_end, nested,
	comes_and_goes, flood_of_presence, flood_of_pings, flood_of_keeps, flood_of_changes,
	out_of_place };
enum { N_KINDS_OF_BAD = sizeof kinds / sizeof *kinds };

/* One of them does what it does; who was thrown out comes again as something else. */
static void
bad_turn(struct siege *s, struct bad *b)
{
	char bytes[65536];

	if (b->fd < 0) {
		*b = (struct bad){ .fd = connection(s), .kind = roll(s, N_KINDS_OF_BAD) };
		return;
	}
	/* Some read what is said to them, some never do. */
	if (b->kind % 3 != 0)
		while (recv(b->fd, bytes, sizeof bytes, MSG_DONTWAIT) > 0)
			;
	if (!kinds[b->kind](s, b)) {
		close(b->fd);
		b->fd = -1;
	}
}

static void
an_honest_participant_notices_nothing_of_hundreds(void **state)
{
	struct siege *s = *state;
	long before;

	for (int i = 0; i < 3 * BAD; i++) {
		bad_turn(s, &s->bad[roll(s, BAD)]);
		if (i % 8 == 0)
			loop_once(s->w.loop, 0);
	}
	honest_change(s);
	before = rss_kb();
	for (int i = 0; i < 6 * BAD; i++) {
		bad_turn(s, &s->bad[roll(s, BAD)]);
		if (i % 8 == 0)
			loop_once(s->w.loop, 0);
		if (i % 150 == 0)
			honest_change(s);
	}
	if (MEASURES && rss_kb() - before > RSS_MOST_KB)
		fail_msg("%ld KB more", rss_kb() - before);
	assert_true(host_peers(s->w.host) <= 1 + BAD);
	for (size_t i = 0; i < BAD; i++)
		if (s->bad[i].fd >= 0) {
			close(s->bad[i].fd);
			s->bad[i].fd = -1;
		}
	UNTIL(&s->w, host_peers(s->w.host) == 1);
	honest_change(s);
	assert_true(debrief_equal(client_debrief(s->honest), host_debrief(s->w.host)));
}

/* Each kind alone, all of them at once: the limit of what one kind can take. */
static void
no_kind_takes_memory(void **state)
{
	struct siege *s = *state;

	for (size_t kind = 0; kind < N_KINDS_OF_BAD; kind++) {
		long before;
		honest_change(s);
		before = rss_kb();
		for (size_t i = 0; i < 60; i++)
			s->bad[i] = (struct bad){ .fd = connection(s), .kind = kind };
		for (int i = 0; i < 900; i++) {
			struct bad *b = &s->bad[roll(s, 60)];
			if (b->fd < 0 || !kinds[kind](s, b)) {
				if (b->fd >= 0)
					close(b->fd);
				*b = (struct bad){ .fd = connection(s), .kind = kind };
			}
			if (i % 8 == 0)
				loop_once(s->w.loop, 0);
		}
		honest_change(s);
		if (MEASURES && rss_kb() - before > RSS_MOST_KB)
			fail_msg("kind %zu: %ld KB more", kind, rss_kb() - before);
		for (size_t i = 0; i < 60; i++) {
			if (s->bad[i].fd >= 0)
				close(s->bad[i].fd);
			s->bad[i].fd = -1;
		}
		UNTIL(&s->w, host_peers(s->w.host) == 1);
	}
}

/* Bytes of every length of a good conversation, then the end. */
static void
a_conversation_may_end_anywhere(void **state)
{
	static const char all[] =
	    HELLO "{\"type\":\"presence\",\"typing\":true,\"pane\":\"fishbone\"}\n{\"type\":"
		  "\"ping\",\"seq\":3}\n"
		  "{\"type\":\"keep\",\"text\":\"half\"}\n{\"type\":\"bye\"}\n";
	struct siege *s = *state;

	for (size_t len = 0; len < sizeof all; len++) {
		int fd = connection(s);
		assert_int_equal(send(fd, all, len, MSG_NOSIGNAL), (ssize_t)len);
		if (len % 2 == 0)
			loop_once(s->w.loop, 0);
		close(fd);
		loop_once(s->w.loop, 0);
	}
	UNTIL(&s->w, host_peers(s->w.host) == 1);
	honest_change(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    an_honest_participant_notices_nothing_of_hundreds, siege_begin, siege_end),
		cmocka_unit_test_setup_teardown(no_kind_takes_memory, siege_begin, siege_end),
		cmocka_unit_test_setup_teardown(
		    a_conversation_may_end_anywhere, siege_begin, siege_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
