/* Hosts that are other processes: killed at any moment, started twice, taken over; disks that are
 * full. */
#include "tests/live/world.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "live/client_internal.h"
#include "storage/journal.h"

static int
begin(void **state)
{
	struct world *w = mem_zero(1, sizeof *w);

	world_begin(w);
	*state = w;
	return 0;
}

static int
end(void **state)
{
	struct world *w = *state;

	world_end(w);
	free(w);
	return 0;
}

/* A host in a process of its own, as place_launch makes it but without another program. */
struct forked {
	struct world *w;
	bool foreground;
	pid_t pid; /* the newest */
	int started;
};

static void
be_host(struct forked *f, int status_fd)
{
	struct err e = { 0 };
	struct entry entry;
	struct repo *r = repo_open(f->w->dir, &e);
	struct host_run how = { .foreground = f->foreground, .status_fd = status_fd };

	if (r == NULL || !history_find(r, f->w->entry.name, &entry, &e)) {
		host_report(status_fd, &e);
		_exit(1);
	}
	_exit(host_run(r, &entry, &how, &e) ? 0 : 1);
}

static int
fork_host(void *ctx, const struct place *p, struct err *e)
{
	struct forked *f = ctx;
	int ends[2];

	(void)p;
	(void)e;
	assert_int_equal(pipe(ends), 0);
	f->started++;
	f->pid = fork();
	if (f->pid == 0) {
		close(ends[0]);
		be_host(f, ends[1]);
	}
	close(ends[1]);
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	return ends[0];
}

static void
reap(pid_t pid, int signo)
{
	int how;

	if (signo != 0)
		kill(pid, signo);
	assert_int_equal(waitpid(pid, &how, 0), pid);
}

/* Started, and its word read. */
static bool
start_host(struct forked *f, struct err *e)
{
	int fd = fork_host(f, &f->w->place, NULL);
	struct pollfd p = { .fd = fd, .events = POLLIN };
	bool runs;

	assert_int_equal(poll(&p, 1, 10000), 1);
	runs = place_launched(fd, e);
	close(fd);
	return runs;
}

static struct client *
client_of(struct forked *f, const char *name, struct heard *h)
{
	struct client_options o = { .name = name, .want = "join", .reconnect = true };
	struct err e = { 0 };
	struct client *c;

	o.fd = place_reach_by(&f->w->place, fork_host, f, &e);
	OKAY(e, o.fd >= 0);
	c = client_new(f->w->loop, &f->w->place, &o, &heard_calls, h, &e);
	client_set_launch(c, fork_host, f);
	OKAY(e, client_wait_ready(c, &e));
	return c;
}

/* Who holds the lock, as it says itself. */
static pid_t
host_pid(struct world *w)
{
	struct buf b = { 0 };
	pid_t pid = 0;

	if (buf_read_file(&b, w->place.lock_file, 4096, NULL) && b.data != NULL)
		pid = (pid_t)atoi(b.data);
	buf_fini(&b);
	return pid;
}

/* How often the debrief has an event of that text. */
static size_t
times(const struct debrief *d, const char *text)
{
	size_t n = 0;

	for (size_t i = 0; i < DEBRIEF_N(d, EVENT); i++)
		n += strcmp(DEBRIEF_AT(d, EVENT, event, i)->text, text) == 0;
	return n;
}

static void
every_acknowledged_op_outlives_kill_9_once(void **state)
{
	struct world *w = *state;
	struct forked f = { .w = w };
	struct heard *ha = heard_new(), *hb = heard_new();
	struct client *a = client_of(&f, "lena", ha), *b = client_of(&f, "moss", hb);
	uint64_t dice = 17;
	size_t sent = 0;
	struct err e = { 0 };
	struct debrief *d;

	for (int round = 0; round < 14; round++) {
		pid_t host = host_pid(w);
		size_t goal;
		for (int i = 0; i < 8; i++) {
			char *text = mem_fmt("event %zu", sent++);
			struct op op = event_op(1784038145, text);
			client_send(sent % 2 ? a : b, &op);
			free(text);
		}
		/* Some of them are answered, some are under way. */
		dice = dice * 6364136223846793005u + 1442695040888963407u;
		goal = dice >> 33 & 7;
		UNTIL(w,
		    client_unsafe(a) + client_unsafe(b) <= goal || client_state(a) != CLIENT_READY);
		reap(host, SIGKILL);
		UNTIL(w, client_state(a) != CLIENT_READY && client_state(b) != CLIENT_READY);
		UNTIL(w, client_state(a) == CLIENT_READY && client_state(b) == CLIENT_READY);
		assert_int_not_equal(host_pid(w), host);
	}
	UNTIL(w, client_unsafe(a) + client_unsafe(b) == 0);
	assert_true(f.started >= 15);
	UNTIL(w, DEBRIEF_N(client_debrief(a), EVENT) == sent &&
		     DEBRIEF_N(client_debrief(b), EVENT) == sent);
	assert_true(debrief_equal(client_debrief(a), client_debrief(b)));
	reap(host_pid(w), SIGKILL);
	client_free(a);
	client_free(b);
	d = host_read(w->repo, &w->entry, "lena", NULL, &e);
	OKAY(e, d != NULL);
	for (size_t i = 0; i < sent; i++) {
		char *text = mem_fmt("event %zu", i);
		assert_int_equal(times(d, text), 1);
		free(text);
	}
	debrief_free(d);
	heard_fini(ha);
	heard_fini(hb);
	while (waitpid(-1, NULL, WNOHANG) > 0)
		;
}

static void
of_many_started_at_once_one_is_the_host(void **state)
{
	enum { N = 8 };
	struct world *w = *state;
	struct forked f[N];
	int fd[N], exits = 0, how;
	struct err e = { 0 };
	char *pid;

	for (int i = 0; i < N; i++) {
		f[i] = (struct forked){ .w = w };
		fd[i] = fork_host(&f[i], &w->place, NULL);
	}
	for (int i = 0; i < N; i++) {
		struct pollfd p = { .fd = fd[i], .events = POLLIN };
		assert_int_equal(poll(&p, 1, 10000), 1);
		OKAY(e, place_launched(fd[i], &e));
		close(fd[i]);
	}
	/* All but one say "busy" and go. */
	for (int i = 0; i < N - 1; i++)
		exits += waitpid(-1, &how, 0) > 0 && WIFEXITED(how) && WEXITSTATUS(how) == 0;
	assert_int_equal(exits, N - 1);
	pid = mem_fmt("kill -9 $(head -n 1 '%s')", w->place.lock_file);
	fd[0] = place_connect(&w->place, &e);
	assert_true(fd[0] >= 0);
	close(fd[0]);
	world_shell(w, pid);
	free(pid);
	assert_true(waitpid(-1, &how, 0) > 0);
	assert_int_equal(place_connect(&w->place, &e), -1);
	assert_int_equal(e.kind, ERR_NONE);
}

static void
a_host_in_the_foreground_takes_over(void **state)
{
	struct world *w = *state;
	struct forked back = { .w = w }, front = { .w = w, .foreground = true }, third = front;
	struct heard *h = heard_new();
	struct client *c = client_of(&back, "lena", h);
	struct err e = { 0 };

	done(c, event_op(1784038145, "before"), NULL);
	OKAY(e, start_host(&front, &e));
	reap(back.pid, 0);
	UNTIL(w, h->lost == 1 && client_state(c) == CLIENT_READY);
	done(c, event_op(1784038146, "after"), NULL);
	assert_int_equal(DEBRIEF_N(client_debrief(c), EVENT), 2);
	/* Beside another in the foreground it does not. */
	assert_false(start_host(&third, &e));
	assert_int_equal(e.kind, ERR_REFUSED);
	assert_non_null(strstr(e.text, "foreground"));
	reap(third.pid, 0);
	done(c, event_op(1784038147, "still there"), NULL);
	client_free(c);
	reap(front.pid, SIGTERM);
	assert_int_equal(access(w->place.socket, F_OK), -1);
	heard_fini(h);
}

static void
a_host_that_cannot_start_says_why(void **state)
{
	struct world *w = *state;
	struct forked f = { .w = w };
	struct heard *h = heard_new();
	struct client *c = client_of(&f, "lena", h);
	struct op op = event_op(1784038145, "nobody takes it");
	char *journal = history_journal_file(w->repo, w->place.id);
	struct err e = { 0 };

	reap(f.pid, SIGKILL);
	assert_int_equal(unlink(journal), 0); /* never committed: there is nothing any more */
	assert_false(client_ask(c, &op, NULL, &e));
	assert_int_equal(e.kind, ERR_MISSING);
	assert_int_equal(client_unsafe(c), 1);
	client_free(c);
	heard_fini(h);
	free(journal);
	while (waitpid(-1, NULL, 0) > 0)
		;
}

static void
limit_files_to(rlim_t size)
{
	struct rlimit r;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &r), 0);
	r.rlim_cur = size == 0 ? r.rlim_max : size;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &r), 0);
}

static void
a_full_disk_refuses_and_loses_nothing(void **state)
{
	struct world *w = *state;
	struct heard *h = heard_new();
	struct client *c, *b;
	struct debrief *before;
	struct op op;
	struct id item;

	signal(SIGXFSZ, SIG_IGN);
	world_host(w, NULL);
	c = world_join(w, "lena", NULL, h);
	b = world_join(w, "moss", NULL, NULL);
	done(c, event_op(1784038145, "safe"), NULL);
	before = debrief_copy(host_debrief(w->host));
	limit_files_to(512);
	op = event_op(1784038146, "not safe");
	item = op.v[0].id;
	refused(c, op, ERR_STORE, "your text is kept");
	refused(b, event_op(1784038146, "neither"), ERR_STORE, "not saved");
	assert_true(debrief_equal(before, host_debrief(w->host)));
	assert_true(debrief_equal(before, client_debrief(b)));
	assert_true(heard_says(h, "read-only for now"));
	limit_files_to(0);
	refused(
	    c, set_op("event", KIND_EVENT, item, "text", "y"), ERR_MISSING, "there is no event");
	done(c, event_op(1784038147, "safe again"), NULL);
	UNTIL(w, heard_says(h, "there is room again"));
	done(c, bare_op("undo", NULL), NULL);
	assert_int_equal(DEBRIEF_N(host_debrief(w->host), EVENT), 1);
	done(c, event_op(1784038148, "and again"), NULL);
	client_free(b);
	client_free(c);
	world_unhost(w);
	world_host(w, NULL);
	assert_int_equal(DEBRIEF_N(host_debrief(w->host), EVENT), 2);
	assert_int_equal(times(host_debrief(w->host), "safe"), 1);
	assert_int_equal(times(host_debrief(w->host), "and again"), 1);
	debrief_free(before);
	heard_fini(h);
}

static void
a_damaged_journal_is_said_to_who_joins(void **state)
{
	struct world *w = *state;
	struct heard *h = heard_new();
	struct client *c;
	char *journal = history_journal_file(w->repo, w->place.id), *line;
	struct err e = { 0 };

	world_host(w, NULL);
	c = world_join(w, "lena", NULL, NULL);
	for (int i = 0; i < 20; i++)
		done(c, event_op(1784038145 + i, "a text to be damaged"), NULL);
	client_free(c);
	world_unhost(w);
	/* The last text in the file, in the newest row. */
	line = mem_fmt("at=$(grep -a -b -o 'to be damaged' '%s' | tail -n 1 | cut -d: -f1) && "
		       "printf X | dd of='%s' bs=1 seek=$at conv=notrunc",
	    journal, journal);
	world_shell(w, line);
	free(line);
	(void)e;
	world_host(w, NULL);
	c = world_join(w, "lena", NULL, h);
	UNTIL(w, h->notices.len > 0);
	assert_true(DEBRIEF_N(client_debrief(c), EVENT) < 20);
	done(c, event_op(1784039145, "goes on"), NULL);
	client_free(c);
	heard_fini(h);
	free(journal);
}

static void
a_socket_that_is_not_ours_is_not_trusted(void **state)
{
	struct world *w = *state;
	struct err e = { 0 };
	struct stat st;

	world_host(w, NULL);
	assert_int_equal(stat(w->place.socket, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	world_unhost(w);
	/* A folder that others may write to is not used. */
	assert_int_equal(chmod(w->home, 0777), 0);
	place_fini(&w->place);
	OKAY(e, place_of(w->repo, &w->entry, &w->place, &e));
	assert_int_equal(strncmp(w->place.socket, "/tmp/debrief-", 13), 0);
	assert_int_equal(chmod(w->home, 0700), 0);
	place_fini(&w->place);
	OKAY(e, place_of(w->repo, &w->entry, &w->place, &e));
	assert_int_equal(strncmp(w->place.socket, w->home, strlen(w->home)), 0);
}

static void
a_path_too_long_for_a_socket_gets_a_shorter_one(void **state)
{
	struct world *w = *state;
	struct err e = { 0 };
	char *deep = mem_fmt("%s/%080d", w->home, 7);
	struct client *c;

	assert_int_equal(mkdir(deep, 0700), 0);
	setenv("XDG_RUNTIME_DIR", deep, 1);
	place_fini(&w->place);
	OKAY(e, place_of(w->repo, &w->entry, &w->place, &e));
	assert_int_equal(strncmp(w->place.socket, "/tmp/debrief-", 13), 0);
	world_host(w, NULL);
	/* Who has another environment finds it, too: the lock says where. */
	place_fini(&w->place);
	setenv("XDG_RUNTIME_DIR", w->home, 1);
	OKAY(e, place_of(w->repo, &w->entry, &w->place, &e));
	c = world_join(w, "lena", NULL, NULL);
	done(c, event_op(1784038145, "x"), NULL);
	client_free(c);
	free(deep);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_setup_teardown(every_acknowledged_op_outlives_kill_9_once, begin, end),
	cmocka_unit_test_setup_teardown(of_many_started_at_once_one_is_the_host, begin, end),
	cmocka_unit_test_setup_teardown(a_host_in_the_foreground_takes_over, begin, end),
	cmocka_unit_test_setup_teardown(a_host_that_cannot_start_says_why, begin, end),
	cmocka_unit_test_setup_teardown(a_full_disk_refuses_and_loses_nothing, begin, end),
	cmocka_unit_test_setup_teardown(a_damaged_journal_is_said_to_who_joins, begin, end),
	cmocka_unit_test_setup_teardown(a_socket_that_is_not_ours_is_not_trusted, begin, end),
	cmocka_unit_test_setup_teardown(
	    a_path_too_long_for_a_socket_gets_a_shorter_one, begin, end),
};

int
main(void)
{
	return cmocka_run_group_tests_name("crash", tests, NULL, NULL);
}
