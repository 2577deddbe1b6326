/* ops REPO WHICH N: durable ops a second of one client through a host, against SQLite committing one row a transaction. */
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "bench/bench.h"
#include "live/client.h"

static double *
floor_ms(const char *file, size_t n)
{
	double *ms = mem_zero(n, sizeof *ms);
	char row[400];
	sqlite3 *db;
	sqlite3_stmt *st;

	unlink(file);
	sqlite3_open(file, &db);
	sqlite3_exec(db, "pragma locking_mode=exclusive; pragma journal_mode=wal; pragma synchronous=full;"
			 "create table op (seq integer primary key, body text)", NULL, NULL, NULL);
	sqlite3_prepare_v2(db, "insert into op (body) values (?)", -1, &st, NULL);
	memset(row, 'x', sizeof row);
	for (size_t i = 0; i < n; i++) {
		double t = bench_ms();
		sqlite3_exec(db, "begin immediate", NULL, NULL, NULL);
		sqlite3_bind_text(st, 1, row, sizeof row, SQLITE_STATIC);
		sqlite3_step(st);
		sqlite3_reset(st);
		sqlite3_exec(db, "commit", NULL, NULL, NULL);
		ms[i] = bench_ms() - t;
	}
	sqlite3_finalize(st);
	sqlite3_close(db);
	unlink(file);
	return ms;
}

static void
ask(struct client *c, struct op *op)
{
	struct err e = { 0 };

	if (!client_ask(c, op, NULL, &e)) {
		fprintf(stderr, "%s\n", e.text);
		exit(1);
	}
}

/* One durable commit as the host makes it, after a small change: journal, objects, reference, work tree, index. */
static void
save_row(struct client *c, size_t n)
{
	double *ms = mem_zero(n, sizeof *ms);

	for (size_t i = 0; i < n; i++) {
		char *text = mem_fmt("try %zu", i);
		struct op op;
		double t;
		op_init(&op, "set");
		change_put_text(op_add(&op, VERB_SET, KIND_DEBRIEF, client_debrief(c)->item.id), "impact", text);
		ask(c, &op);
		free(text);
		op_init(&op, "save");
		t = bench_ms();
		ask(c, &op);
		ms[i] = bench_ms() - t;
	}
	printf("%-44s %10.4f ms  n=%zu  p99 %.4f ms\n", "save, a host that is there", bench_at(ms, n, 0.5), n,
	    bench_at(ms, n, 0.99));
	free(ms);
}

static double *
ours_ms(struct repo *r, const char *which, size_t n, bool save)
{
	double *ms = mem_zero(n, sizeof *ms);
	struct entry entry = { 0 };
	struct place place = { 0 };
	struct loop *loop = loop_new();
	struct client_options o = { .name = "bench", .want = "join", .fd = -1 };
	static const struct client_calls none;
	struct client *c = NULL;
	struct err e = { 0 };

	if (!history_find(r, which, &entry, &e) || !place_of(r, &entry, &place, &e) ||
	    (c = client_new(loop, &place, &o, &none, NULL, &e)) == NULL || !client_wait_ready(c, &e)) {
		fprintf(stderr, "%s\n", e.text);
		exit(1);
	}
	for (size_t i = 0; i < n; i++) {
		double t = bench_ms();
		struct op op;
		struct change *ch;
		op_init(&op, "event");
		ch = op_add(&op, VERB_ADD, KIND_EVENT, id_random());
		change_put_num(ch, "at", (int64_t)(1784200000 + i) * NS_PER_S);
		change_put_text(ch, "text", "the queue of the payments service grows again");
		ask(c, &op);
		ms[i] = bench_ms() - t;
	}
	if (save)
		save_row(c, 20);
	client_free(c);
	loop_free(loop);
	place_fini(&place);
	entry_fini(&entry);
	return ms;
}

int
main(int argc, char **argv)
{
	size_t n = argc > 3 ? (size_t)atoi(argv[3]) : 1000;
	struct err e = { 0 };
	struct repo *r = argc > 2 ? history_open(argv[1], &e) : NULL;
	char *file, *state;

	if (r == NULL) {
		fprintf(stderr, "ops REPO WHICH N: %s\n", e.text);
		return 2;
	}
	state = history_state_dir(r, true, &e);
	file = mem_fmt("%s/floor.sqlite", state);
	for (int turn = 0; turn < 3; turn++) {
		double *theirs = floor_ms(file, n), *ours = ours_ms(r, argv[2], n, turn == 2);
		bench_row("one durable change, one client", ours, theirs, n, "SQLite, one row a transaction");
		free(ours);
		free(theirs);
	}
	free(file);
	free(state);
	repo_close(r);
	return 0;
}
