/* live_sockets REPO WHICH HOST_PID WHAT: many participants of one host, each a socket of this
 * process, no screens. "fan N ROUNDS": a durable change to the last of N sockets, against a bare
 * fan-out after one fsync. "ops N ROUNDS": durable changes a second of N clients that wait for each
 * answer, against SQLite. "pad N SECONDS": everybody makes five edits a second; how long until
 * others have each. "slow N ROUNDS": what one that never reads costs the others. */
#include <fcntl.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <sqlite3.h>

#include "bench/crowd.h"
#include "bench/live.h"
#include "live/place.h"

enum { EDITS_A_SECOND = 5, LOOK_AT = 25 /* of the sockets, when they are many */ };

struct bench {
	struct crowd c;
	struct place place;
	pid_t host;
};

static void
say_hello(struct crowd *c, size_t i)
{
	char line[200];
	int n = snprintf(line, sizeof line,
	    "{\"type\":\"hello\",\"version\":%d,\"name\":\"person%zu\",\"role\":\"%s\",\"client\":"
	    "\"bench\",\"want\":\"join\"}\n",
	    WIRE_VERSION, i, i == 0 ? "facilitator" : "participant");

	send_line(&c->v[i], line, (size_t)n);
}

static bool
all_ready(const struct crowd *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (!c->v[i].ready)
			return false;
	return true;
}

static void
join(struct bench *b, size_t n)
{
	struct err e = { 0 };
	double until;

	b->c.poll_fd = epoll_create1(EPOLL_CLOEXEC);
	b->c.look_every = n > 2 * LOOK_AT ? n / LOOK_AT : 1;
	while (b->c.n < n) {
		int fd = place_connect(&b->place, &e);
		if (fd < 0) {
			fprintf(stderr, "%s\n", e.text);
			exit(1);
		}
		crowd_add(&b->c, fd);
		say_hello(&b->c, b->c.n - 1);
		until = bench_ms() + GIVE_UP_MS;
		while (b->c.n % 16 == 0 && !all_ready(&b->c) && bench_ms() < until)
			crowd_read(&b->c, 100);
	}
	until = bench_ms() + GIVE_UP_MS;
	while (!all_ready(&b->c) && bench_ms() < until)
		crowd_read(&b->c, 100);
	if (!all_ready(&b->c))
		fprintf(stderr, "not all of %zu came in\n", n);
}

static void
put_op(struct op *op, struct buf *out)
{
	op->cid = id_random();
	wire_put_op(op, out);
	op_fini(op);
}

static struct id
put_event(struct buf *out, const char *text)
{
	struct id id = id_random();
	struct op op;
	struct change *ch;

	op_init(&op, "event");
	ch = op_add(&op, VERB_ADD, KIND_EVENT, id);
	change_put_num(ch, "at", (int64_t)1784200000 * NS_PER_S);
	change_put_text(ch, "text", text);
	put_op(&op, out);
	return id;
}

static void
put_edit(struct buf *out, struct id item, const char *text)
{
	struct op op;

	op_init(&op, "event");
	change_put_text(op_add(&op, VERB_SET, KIND_EVENT, item), "text", text);
	put_op(&op, out);
}

/* Everybody has an item to edit. */
static void
give_items(struct crowd *c)
{
	struct buf line = { 0 };

	for (size_t i = 0; i < c->n; i++) {
		buf_clear(&line);
		c->v[i].item = put_event(&line, "an item to work on");
		send_line(&c->v[i], line.data, line.len);
		if (i % 16 == 15)
			crowd_settle(c, 20);
	}
	buf_fini(&line);
	crowd_settle(c, 300);
}

/* A line from socket 0 until `n` have it; the moment the last did, 0: never. */
static double
to_the_last(struct crowd *c, const char *line, size_t len, const char *mark, size_t n)
{
	double begun = bench_ms();

	c->mark = mark;
	c->got_mark = 0;
	send_line(&c->v[0], line, len);
	while (c->got_mark < n && bench_ms() < begun + GIVE_UP_MS)
		crowd_read(c, 100);
	c->mark = NULL;
	return bench_ms() - begun;
}

/* The floor: whatever line comes is kept with an fsync and sent to all. */
static void
bare_host(const char *file, const int *fds, size_t n)
{
	int kept = open(file, O_WRONLY | O_CREAT | O_APPEND, 0600);
	char line[4096];
	ssize_t len;

	while ((len = read(fds[0], line, sizeof line)) > 0) {
		if (write(kept, line, (size_t)len) != len || fdatasync(kept) != 0)
			_exit(1);
		for (size_t i = 0; i < n; i++)
			if (send(fds[i], line, (size_t)len, MSG_NOSIGNAL) < 0)
				_exit(1);
	}
	_exit(0);
}

static pid_t
start_bare(const char *file, struct crowd *c, size_t n)
{
	int *fds = mem_zero(n, sizeof *fds);
	pid_t pid;

	c->poll_fd = epoll_create1(EPOLL_CLOEXEC);
	for (size_t i = 0; i < n; i++) {
		int pair[2];
		if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
			exit(1);
		crowd_add(c, pair[0]);
		fds[i] = pair[1];
	}
	pid = fork();
	if (pid == 0) {
		/* Without these it would not see that the other end is gone. */
		for (size_t i = 0; i < n; i++)
			close(c->v[i].fd);
		bare_host(file, fds, n);
	}
	for (size_t i = 0; i < n; i++)
		close(fds[i]);
	free(fds);
	return pid;
}

static double
one_change(struct crowd *c, size_t n, size_t turn)
{
	struct buf line = { 0 };
	char mark[40], text[100];
	double ms;

	snprintf(mark, sizeof mark, "turn=%zu.", turn);
	snprintf(text, sizeof text, "%s the queue of payments grows again", mark);
	put_edit(&line, c->v[0].item, text);
	ms = to_the_last(c, line.data, line.len, mark, n);
	crowd_settle(c, 5);
	buf_fini(&line);
	return ms;
}

static void
fan(struct bench *b, size_t n, size_t rounds)
{
	struct crowd bare = { 0 };
	char *file = mem_fmt("%s.floor", b->place.lock_file), row[80];
	double *ours = mem_zero(rounds, sizeof *ours), *theirs = mem_zero(rounds, sizeof *theirs);
	size_t bytes = 0;
	pid_t pid;

	pid = start_bare(file, &bare, n);
	join(b, n);
	give_items(&b->c);
	bare.v[0].item = b->c.v[0].item;
	for (size_t i = 0; i < rounds; i++) {
		b->c.bytes = 0;
		ours[i] = one_change(&b->c, n, i);
		bytes += b->c.bytes;
		theirs[i] = one_change(&bare, n, i);
	}
	snprintf(row, sizeof row, "a change to the last of %zu sockets", n);
	bench_row(row, ours, theirs, rounds, "one fsync and a bare fan-out");
	printf("  on each wire %zu bytes a change\n", bytes / rounds / n);
	crowd_fini(&bare);
	waitpid(pid, NULL, 0);
	unlink(file);
	free(file);
	free(ours);
	free(theirs);
}

/* SQLite as a host would use it, `each` rows a transaction: rows a second. */
static double
sqlite_rate(const char *file, size_t n, size_t each)
{
	double begun;
	char text[400];
	sqlite3 *db;
	sqlite3_stmt *st;

	unlink(file);
	sqlite3_open(file, &db);
	sqlite3_exec(db,
	    "pragma locking_mode=exclusive; pragma journal_mode=wal; pragma synchronous=full;"
	    "create table op (seq integer primary key, body text)",
	    NULL, NULL, NULL);
	sqlite3_prepare_v2(db, "insert into op (body) values (?)", -1, &st, NULL);
	memset(text, 'x', sizeof text);
	begun = bench_ms();
	for (size_t i = 0; i < n; i += each) {
		sqlite3_exec(db, "begin immediate", NULL, NULL, NULL);
		for (size_t k = 0; k < each; k++) {
			sqlite3_bind_text(st, 1, text, sizeof text, SQLITE_STATIC);
			sqlite3_step(st);
			sqlite3_reset(st);
		}
		sqlite3_exec(db, "commit", NULL, NULL, NULL);
	}
	begun = (double)n * 1e3 / (bench_ms() - begun);
	sqlite3_finalize(st);
	sqlite3_close(db);
	unlink(file);
	return begun;
}

/* All of them send, and send the next one once they have an answer. */
static double
our_rate(struct crowd *c, size_t total)
{
	size_t sent = 0;
	double begun = bench_ms();

	c->acks = 0;
	for (size_t i = 0; i < c->n; i++)
		c->v[i].answered = true;
	while (c->acks < total && bench_ms() < begun + GIVE_UP_MS) {
		for (size_t i = 0; i < c->n && sent < total; i++) {
			struct buf line = { 0 };
			if (!c->v[i].answered)
				continue;
			put_edit(&line, c->v[i].item,
			    sent % 2 == 0 ? "the queue grows" : "the queue shrinks");
			c->v[i].answered = false;
			send_line(&c->v[i], line.data, line.len);
			buf_fini(&line);
			sent++;
		}
		crowd_read(c, 100);
	}
	return (double)c->acks * 1e3 / (bench_ms() - begun);
}

static void
ops(struct bench *b, size_t n, size_t rounds)
{
	char *file = mem_fmt("%s.floor", b->place.lock_file);
	double *ours = mem_zero(rounds, sizeof *ours), *theirs = mem_zero(rounds, sizeof *theirs),
	       o, t;
	size_t each = n == 1 ? 1 : 10, total = n == 1 ? 1000 : 8000;

	join(b, n);
	give_items(&b->c);
	for (size_t i = 0; i < rounds; i++) {
		ours[i] = our_rate(&b->c, total);
		theirs[i] = sqlite_rate(file, total, each);
		crowd_settle(&b->c, 50);
	}
	o = bench_at(ours, rounds, 0.5);
	t = bench_at(theirs, rounds, 0.5);
	printf("durable changes a second, %2zu clients         %10.0f %10.0f %7.2f  n=%zu  against "
	       "SQLite, %zu a transaction\n",
	    n, o, t, o / t, rounds, each);
	free(file);
	free(ours);
	free(theirs);
}

/* One edit of each that is due. */
static size_t
send_due(struct crowd *c, double now)
{
	size_t sent = 0;

	for (size_t i = 0; i < c->n; i++) {
		struct sock *s = &c->v[i];
		struct buf line = { 0 };
		char text[120];
		if (s->due_ms > now)
			continue;
		snprintf(
		    text, sizeof text, "due=%.3f the queue of payments grows again", s->due_ms);
		put_edit(&line, s->item, text);
		send_line(s, line.data, line.len);
		buf_fini(&line);
		s->due_ms += 1e3 / EDITS_A_SECOND;
		sent++;
	}
	return sent;
}

static void
pad(struct bench *b, size_t n, size_t seconds)
{
	struct cost before = cost_of(b->host), begun, ended;
	struct crowd *c = &b->c;
	double now, at, until;
	size_t sent = 0;

	join(b, n);
	give_items(c);
	begun = cost_of(b->host);
	at = bench_ms();
	for (size_t i = 0; i < n; i++)
		c->v[i].due_ms = at + 1e3 / EDITS_A_SECOND * (double)((i * 7919) % n) / (double)n;
	until = at + 500 + 1e3 * (double)seconds;
	while ((now = bench_ms()) < until) {
		if (!c->sampling && now > at + 500) {
			c->sampling = true;
			c->bytes = 0;
			sent = 0;
			begun = cost_of(b->host);
		}
		sent += send_due(c, now);
		crowd_read(c, 1);
	}
	ended = cost_of(b->host);
	now = ended.cpu_ms - begun.cpu_ms;
	at = (double)c->bytes / (double)(sent ? sent : 1) / (double)n;
	crowd_settle(c, 500);
	if (c->n_samples == 0)
		return;
	printf("five edits a second each, %3zu people: p50 %.1f p95 %.1f p99 %.1f worst %.1f ms  "
	       "n=%zu  the host: %.0f %% of a "
	       "processor, %ld KB, %ld KB a person; %.0f bytes an edit on each wire\n",
	    n, bench_at(c->samples, c->n_samples, 0.5), bench_at(c->samples, c->n_samples, 0.95),
	    bench_at(c->samples, c->n_samples, 0.99), bench_at(c->samples, c->n_samples, 1),
	    c->n_samples, now / (double)seconds / 10, ended.rss_kb,
	    (ended.rss_kb - before.rss_kb) / (long)n, at);
}

/* One that never reads and one that does, in turns of a burst each. */
static void
slow(struct bench *b, size_t n, size_t rounds)
{
	double *with = mem_zero(rounds, sizeof *with), *without = mem_zero(rounds, sizeof *without);
	struct sock *last;

	join(b, n);
	give_items(&b->c);
	last = &b->c.v[n - 1];
	for (size_t i = 0; i < rounds; i++) {
		struct epoll_event in = { .events = EPOLLIN, .data.u64 = n - 1 };
		without[i] = one_change(&b->c, n, 2 * i);
		epoll_ctl(b->c.poll_fd, EPOLL_CTL_DEL, last->fd, NULL);
		with[i] = one_change(&b->c, n - 1, 2 * i + 1);
		epoll_ctl(b->c.poll_fd, EPOLL_CTL_ADD, last->fd, &in);
		crowd_settle(&b->c, 5);
	}
	bench_row("one of them does not read", with, without, rounds, "all of them read");
	free(with);
	free(without);
}

int
main(int argc, char **argv)
{
	struct bench b = { 0 };
	struct entry entry = { 0 };
	struct err e = { 0 };
	struct repo *r;
	size_t n, how;

	if (argc < 7)
		return 2;
	signal(SIGPIPE, SIG_IGN);
	r = history_open(argv[1], &e);
	if (r == NULL || !history_find(r, argv[2], &entry, &e) ||
	    !place_of(r, &entry, &b.place, &e)) {
		fprintf(stderr, "%s\n", e.text);
		return 1;
	}
	b.host = atoi(argv[3]);
	n = (size_t)atoi(argv[5]);
	how = (size_t)atoi(argv[6]);
	if (strcmp(argv[4], "fan") == 0)
		fan(&b, n, how);
	else if (strcmp(argv[4], "ops") == 0)
		ops(&b, n, how);
	else if (strcmp(argv[4], "pad") == 0)
		pad(&b, n, how);
	else if (strcmp(argv[4], "slow") == 0)
		slow(&b, n, how);
	n = b.c.refusals;
	if (n > 0)
		printf("  %zu changes were refused\n", n);
	crowd_fini(&b.c);
	place_fini(&b.place);
	entry_fini(&entry);
	repo_close(r);
	return n > 0;
}
