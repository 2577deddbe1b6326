/* The way over ssh. This program plays ssh itself: called with "-T" first it is the relay at the
 * far end, in one of several moods. */
#include "live/remote.h"

#include "world.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/un.h>
#include <sys/wait.h>

#include "live/client_internal.h"
#include "live/relay.h"

static void
write_text(const char *path, const char *text)
{
	FILE *f = path != NULL ? fopen(path, "w") : NULL;

	if (f == NULL)
		return;
	fputs(text, f);
	fclose(f);
}

static int
dial(void)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(a.sun_path, sizeof a.sun_path, "%s", getenv("PLAY_SOCKET"));
	return connect(fd, (const struct sockaddr *)&a, sizeof a) == 0 ? fd : -1;
}

static void
play_relay(void)
{
	int fd = dial();

	if (fd < 0)
		exit(3);
	printf("Welcome to this machine!\nno newline at the end of this");
	fprintf(stderr, "a banner\nlast words\n");
	printf(
	    "\n%s %s %s %s\n", RELAY_MAGIC, getenv("PLAY_ID"), "2026-07-16-checkout", "Lena Test");
	fflush(stdout);
	relay_run(0, 1, fd);
	exit(0);
}

static void
play_noise(size_t most)
{
	for (size_t i = 0; i < most; i++)
		putchar(i % 80 == 79 ? '\n' : 'x');
	printf("\n%s 7k3f9q2mx0ab a b\nX", RELAY_MAGIC);
	fflush(stdout);
	exit(0);
}

static int
play_ssh(int argc, char **argv)
{
	const char *mood = getenv("PLAY");
	struct buf b = { 0 };

	for (int i = 1; i < argc; i++)
		buf_addf(&b, "[%s]", argv[i]);
	write_text(getenv("PLAY_ARGS"), b.data);
	buf_clear(&b);
	buf_addf(&b, "%ld", (long)getpid());
	write_text(getenv("PLAY_PID"), b.data);
	buf_fini(&b);
	if (strcmp(mood, "relay") == 0)
		play_relay();
	if (strcmp(mood, "noise") == 0)
		play_noise(60000);
	if (strcmp(mood, "flood") == 0)
		play_noise(200000);
	if (strcmp(mood, "hang") == 0)
		pause();
	if (strcmp(mood, "refuse") == 0) {
		fputs("debrief: no debrief begins with x: nothing was changed: debrief list\n",
		    stderr);
		return 3;
	}
	if (strcmp(mood, "rule") == 0) {
		fputs("debrief: that is not yours: nothing was changed: ask\n", stderr);
		return 1;
	}
	fputs("Permission denied (publickey).\r\n", stderr);
	return 255;
}

static struct remote *
remote_in(const char *mood, const char *target)
{
	struct err e = { 0 };
	struct remote *r = remote_new(target, &e);

	if (r == NULL)
		fail_msg("%s", e.text);
	setenv("DEBRIEF_SSH", "/proc/self/exe", 1);
	setenv("PLAY", mood, 1);
	unsetenv("PLAY_ARGS");
	unsetenv("PLAY_PID");
	return r;
}

static void
targets_are_a_host_and_a_debrief(void **state)
{
	static const char *const bad[] = { "", ":", "host:", ":which", "-oProxyCommand=x:y", "host",
		"host:-x", "ho\nst:x", "host:a\x1b[2J" };
	struct err e = { 0 };
	struct remote *r = remote_new("moss@example.org:checkout", &e);

	(void)state;
	assert_non_null(r);
	assert_string_equal(remote_host(r), "moss@example.org");
	assert_string_equal(remote_which(r), "checkout");
	assert_null(remote_name(r));
	assert_false(id_some(remote_id(r)));
	assert_string_equal(remote_words(r), "");
	remote_free(r);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_null(remote_new(bad[i], &e));
		assert_int_equal(e.kind, ERR_USAGE);
	}
}

static char *
args_of(bool batch, const char *target)
{
	struct remote *r = remote_in("denied", target);
	char path[] = "/tmp/debrief-args-XXXXXX";
	struct buf b = { 0 };
	struct err e = { 0 };
	int fd = mkstemp(path), got;

	assert_true(fd >= 0);
	close(fd);
	setenv("PLAY_ARGS", path, 1);
	fd = remote_start(r, batch, &e);
	assert_true(fd >= 0);
	while ((got = remote_skip(r, fd, &e)) == 0)
		usleep(1000);
	assert_int_equal(got, -1);
	close(fd);
	remote_free(r);
	assert_true(buf_read_file(&b, path, 4096, &e));
	unlink(path);
	return buf_take(&b);
}

static void
ssh_gets_words_and_the_far_shell_one(void **state)
{
	char *args;

	(void)state;
	args = args_of(false, "moss@example.org:checkout-5xx");
	assert_string_equal(args, "[-T][-o][ServerAliveInterval=15][-o][ServerAliveCountMax=3][--]"
				  "[moss@example.org][debrief][relay][checkout-5xx]");
	free(args);
	args = args_of(true, "far:it's; rm -rf $HOME");
	assert_string_equal(args, "[-T][-o][ServerAliveInterval=15][-o][ServerAliveCountMax=3]"
				  "[-o][BatchMode=yes][-o][ConnectTimeout=10][--]"
				  "[far][debrief][relay]['it'\\''s; rm -rf $HOME']");
	free(args);
}

static void
what_ssh_says_is_told(void **state)
{
	static const struct {
		const char *mood, *words;
		enum err_kind kind;
	} cases[] = {
		{ "denied", "far cannot be joined (Permission denied (publickey).)", ERR_MISSING },
		{ "refuse", "far: no debrief begins with x", ERR_MISSING },
		{ "rule", "far: that is not yours", ERR_REFUSED },
		{ "flood", "not as a relay", ERR_MISSING },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct remote *r = remote_in(cases[i].mood, "far:x");
		struct err e = { 0 };

		assert_false(remote_open(r, &e));
		assert_int_equal(e.kind, cases[i].kind);
		if (strstr(e.text, cases[i].words) == NULL)
			fail_msg("%s: %s", cases[i].mood, e.text);
		assert_int_equal(remote_take(r), -1);
		remote_free(r);
	}
}

static void
a_program_that_is_not_there_is_named(void **state)
{
	struct remote *r = remote_in("relay", "far:x");
	struct err e = { 0 };

	(void)state;
	setenv("DEBRIEF_SSH", "/nowhere/ssh -v", 1);
	assert_false(remote_open(r, &e));
	assert_non_null(strstr(e.text, "/nowhere/ssh cannot be started"));
	remote_free(r);
}

static void
noise_is_passed_over_and_not_a_byte_more(void **state)
{
	struct remote *r = remote_in("noise", "far:x");
	struct err e = { 0 };
	char c;
	int fd;

	(void)state;
	if (!remote_open(r, &e))
		fail_msg("%s", e.text);
	assert_string_equal(remote_id(r).s, "7k3f9q2mx0ab");
	assert_string_equal(remote_debrief(r), "a");
	assert_string_equal(remote_name(r), "b");
	fd = remote_take(r);
	assert_int_equal(read(fd, &c, 1), 1);
	assert_int_equal(c, 'X');
	assert_int_equal(read(fd, &c, 1), 0);
	close(fd);
	remote_free(r);
}

static void
one_that_hangs_is_ended(void **state)
{
	struct remote *r = remote_in("hang", "far:x");
	struct err e = { 0 };
	int64_t before = clock_mono_ms();
	int fd = remote_start(r, true, &e);

	(void)state;
	assert_int_equal(remote_skip(r, fd, &e), 0);
	close(fd);
	remote_free(r);
	assert_true(clock_mono_ms() - before < 5000);
}

/* A host on the loop, and clients that reach it through this program as ssh. */
struct far {
	struct world w;
	char *pid_file;
};

static void
far_begin(struct far *f)
{
	world_begin(&f->w);
	world_host(&f->w, NULL);
	f->pid_file = mem_fmt("%s/pid", f->w.home);
	setenv("PLAY_SOCKET", f->w.place.socket, 1);
	setenv("PLAY_ID", f->w.place.id.s, 1);
}

static void
far_end(struct far *f)
{
	free(f->pid_file);
	world_end(&f->w);
}

/* The host runs in this very process: its loop must turn while the way is opened. */
static struct client *
far_join(struct far *f, struct remote *r, const struct client_options *given, struct heard *h)
{
	struct client_options o = *given;
	struct err e = { 0 };
	struct client *c;
	int fd, got;

	setenv("PLAY_PID", f->pid_file, 1);
	fd = remote_start(r, false, &e);
	while ((got = remote_skip(r, fd, &e)) == 0)
		loop_once(f->w.loop, 5);
	OKAY(e, got == 1);
	o.fd = fd;
	o.remote = r;
	o.want = "join";
	c = client_new(f->w.loop, NULL, &o, &heard_calls, h, &e);
	OKAY(e, c != NULL && client_wait_ready(c, &e));
	return c;
}

static bool
cut(const struct far *f)
{
	struct buf b = { 0 };
	pid_t pid = 0;

	if (buf_read_file(&b, f->pid_file, 100, NULL) && b.data != NULL)
		pid = (pid_t)atol(b.data);
	buf_fini(&b);
	unlink(f->pid_file);
	return pid > 1 && kill(pid, SIGKILL) == 0;
}

static void
the_wire_goes_through(void **state)
{
	struct far f;
	struct heard *h = heard_new();
	struct remote *r;
	struct client *c;

	(void)state;
	far_begin(&f);
	r = remote_in("relay", "far:checkout");
	c = far_join(&f, r, &(struct client_options){ .reconnect = true }, h);
	assert_string_equal(remote_name(r), "Lena Test");
	assert_string_equal(remote_words(r), "last words");
	done(c, event_op(1, "over the line"), NULL);
	client_free(c);
	/* Its bye went through before the child ended. */
	remote_free(r);
	UNTIL(&f.w, host_peers(f.w.host) == 0);
	far_end(&f);
	heard_fini(h);
}

/* Megabytes both ways at once through pipes, as sshd has them, and a reader that is slow. */
static void
a_relay_carries_all_of_it(void **state)
{
	enum { MUCH = 3 << 20 };
	int in[2], out[2], wire[2], how;
	char *up = mem_alloc(MUCH), *down = mem_alloc(MUCH), part[70000];
	size_t up_sent = 0, up_got = 0, down_sent = 0, down_got = 0;
	pid_t pid;

	(void)state;
	for (size_t i = 0; i < MUCH; i++) {
		up[i] = (char)(i * 31 >> 7);
		down[i] = (char)(i * 17 >> 5);
	}
	assert_int_equal(pipe(in) | pipe(out) | socketpair(AF_UNIX, SOCK_STREAM, 0, wire), 0);
	pid = fork();
	if (pid == 0) {
		close(in[1]);
		close(out[0]);
		close(wire[0]);
		relay_run(in[0], out[1], wire[1]);
		_exit(0);
	}
	close(in[0]);
	close(out[1]);
	close(wire[1]);
	fcntl(in[1], F_SETFL, O_NONBLOCK);
	fcntl(out[0], F_SETFL, O_NONBLOCK);
	fcntl(wire[0], F_SETFL, O_NONBLOCK);
	while (up_got < MUCH || down_got < MUCH) {
		ssize_t n = write(in[1], up + up_sent, MUCH - up_sent);
		up_sent += n > 0 ? (size_t)n : 0;
		n = write(wire[0], down + down_sent, MUCH - down_sent);
		down_sent += n > 0 ? (size_t)n : 0;
		n = read(wire[0], part, sizeof part);
		assert_true(n <= 0 || memcmp(part, up + up_got, (size_t)n) == 0);
		up_got += n > 0 ? (size_t)n : 0;
		n = read(out[0], part, 700);
		assert_true(n <= 0 || memcmp(part, down + down_got, (size_t)n) == 0);
		down_got += n > 0 ? (size_t)n : 0;
	}
	/* One side is done: the other is told, may still speak, and then all ends. */
	close(in[1]);
	while (read(wire[0], part, 1) < 0)
		usleep(1000);
	assert_int_equal(write(wire[0], "bye", 3), 3);
	close(wire[0]);
	assert_int_equal(waitpid(pid, &how, 0), pid);
	assert_int_equal(how, 0);
	assert_int_equal(read(out[0], part, 10), 3);
	assert_int_equal(read(out[0], part, 10), 0);
	close(out[0]);
	free(up);
	free(down);
}

static size_t
events_named(const struct debrief *d, const char *text)
{
	size_t n = 0;

	for (size_t i = 0; i < d->of[KIND_EVENT].n; i++)
		n += strcmp(((const struct event *)(const void *)d->of[KIND_EVENT].v[i])->text,
			 text) == 0;
	return n;
}

static void
fifty_cuts_lose_nothing(void **state)
{
	struct far f;
	struct heard *h = heard_new();
	struct remote *r;
	struct client *c;
	char text[40];
	int sent = 0;

	(void)state;
	far_begin(&f);
	r = remote_in("relay", "far:checkout");
	c = far_join(&f, r, &(struct client_options){ .reconnect = true }, h);
	srand(7);
	for (int i = 0; i < 50; i++) {
		size_t ready = h->ready;
		for (int n = rand() % 5; n >= 0; n--) {
			struct op op;
			snprintf(text, sizeof text, "word %d", sent);
			op = event_op(++sent, text);
			client_send(c, &op);
			snprintf(text, sizeof text, "half a wor %d", sent);
			client_keep(c, text);
			for (int turns = rand() % 3; turns > 0; turns--)
				loop_once(f.w.loop, 1);
		}
		assert_true(cut(&f));
		UNTIL(&f.w, h->ready == ready + 1);
	}
	UNTIL(&f.w, client_unsafe(c) == 0);
	assert_true(h->lost >= 50);
	for (int i = 0; i < sent; i++) {
		snprintf(text, sizeof text, "word %d", i);
		assert_int_equal(events_named(host_debrief(f.w.host), text), 1);
		assert_int_equal(events_named(client_debrief(c), text), 1);
	}
	assert_int_equal(client_state(c), CLIENT_READY);
	client_free(c);
	remote_free(r);
	far_end(&f);
	heard_fini(h);
}

static void
who_is_refused_there_hears_it_and_goes_on_trying(void **state)
{
	struct far f;
	struct heard *h = heard_new();
	struct remote *r;
	struct client *c;

	(void)state;
	far_begin(&f);
	r = remote_in("relay", "far:checkout");
	c = far_join(&f, r, &(struct client_options){ .reconnect = true }, h);
	setenv("PLAY", "denied", 1);
	assert_true(cut(&f));
	UNTIL(&f.w, heard_says(h, "Permission denied"));
	assert_int_equal(client_state(c), CLIENT_LOST);
	setenv("PLAY", "relay", 1);
	UNTIL(&f.w, client_state(c) == CLIENT_READY);
	client_free(c);
	remote_free(r);
	far_end(&f);
	heard_fini(h);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(targets_are_a_host_and_a_debrief),
		cmocka_unit_test(ssh_gets_words_and_the_far_shell_one),
		cmocka_unit_test(what_ssh_says_is_told),
		cmocka_unit_test(a_program_that_is_not_there_is_named),
		cmocka_unit_test(noise_is_passed_over_and_not_a_byte_more),
		cmocka_unit_test(one_that_hangs_is_ended),
		cmocka_unit_test(the_wire_goes_through),
		cmocka_unit_test(a_relay_carries_all_of_it),
		cmocka_unit_test(fifty_cuts_lose_nothing),
		cmocka_unit_test(who_is_refused_there_hears_it_and_goes_on_trying),
	};

	if (argc > 1 && strcmp(argv[1], "-T") == 0)
		return play_ssh(argc, argv);
	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
