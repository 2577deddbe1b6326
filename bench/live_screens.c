/* live_screens DEBRIEF REPO WHICH EVENT HOST_PID N ROUNDS: N people on one machine, each with a
 * `debrief join` in an own terminal of 200x50, against N clients of one tmux that share a pane. In
 * turns: an item added, everybody at once, the whole screen changed; then one that is stopped. From
 * the key that sends it to the last of the screens. LIVE_REDRAW: "COMMAND|COMMAND" the two commands
 * that change everybody's screen, LIVE_REDRAW_SET: "COMMAND|COMMAND" those that put a token (%s)
 * into what is seen then. */
#include "bench/live.h"
#include "bench/wall.h"

enum { ROWS = 50, COLS = 200, QUIET_MS = 60, AT_ONCE = 24 /* screens started together */ };

struct bench {
	const char *debrief, *repo, *which, *event;
	pid_t host, tmux;
	size_t n, rounds;
	struct wall ours, theirs;
	unsigned tokens;
	size_t failures;
};

static struct token
token_next(struct bench *b)
{
	return token_of(b->tokens++);
}

/* Words for the prompt; sent by the enter that is measured. */
static void
prepare(struct bench *b, size_t i, const char *command)
{
	wall_type_seen(&b->ours, i, ":");
	wall_type_seen(&b->ours, i, command);
	wall_settle(&b->ours, QUIET_MS);
}

static void
command(struct bench *b, size_t i, const char *text)
{
	prepare(b, i, text);
	wall_type(&b->ours, i, "\r");
	wall_settle(&b->ours, QUIET_MS);
}

static double
took(struct bench *b, double begun, double last)
{
	if (last == 0)
		b->failures++;
	return last == 0 ? WALL_GIVE_UP_MS : last - begun;
}

static void
forget(struct wall *w)
{
	for (size_t i = 0; i < w->n; i++)
		w->v[i].token = 0;
	wall_mark(w);
}

static double
sent(struct bench *b, struct token t)
{
	double begun;

	forget(&b->ours);
	begun = bench_ms();
	wall_type(&b->ours, 0, "\r");
	return took(b, begun, wall_until(&b->ours, t));
}

static double
added_ours(struct bench *b)
{
	struct token t = token_next(b);
	char text[200];
	double ms;

	snprintf(text, sizeof text,
	    "event add 2026-07-14T14:%02u \"the queue of payments grows again %s\"",
	    10 + b->tokens % 50, t.text);
	prepare(b, 0, text);
	ms = sent(b, t);
	wall_settle(&b->ours, QUIET_MS);
	return ms;
}

static double
line_theirs(struct bench *b, const char *begins)
{
	struct token t = token_next(b);
	char text[200];
	double begun;

	snprintf(text, sizeof text, "%s%s", begins, t.text);
	forget(&b->theirs);
	wall_type(&b->theirs, 0, text);
	wall_settle(&b->theirs, 20);
	begun = bench_ms();
	wall_type(&b->theirs, 0, "\r");
	begun = took(b, begun, wall_until(&b->theirs, t));
	wall_settle(&b->theirs, QUIET_MS);
	return begun;
}

/* So long without a byte, and all that was under way has come. */
static int
rest_ms(const struct bench *b)
{
	return 4 * QUIET_MS + 4 * (int)b->n;
}

static double
at_once_ours(struct bench *b)
{
	double begun;

	wall_mark(&b->ours);
	for (size_t i = 0; i < b->n; i++)
		wall_type(&b->ours, i, ":");
	wall_all_said(&b->ours, 3000);
	wall_settle(&b->ours, rest_ms(b)); /* what they said may not have been the prompt yet */
	for (size_t i = 0; i < b->n; i++) {
		char text[200];
		struct token t = token_next(b);
		snprintf(text, sizeof text, "event set %s \"text=all of it at once %s\"", b->event,
		    t.text);
		wall_type(&b->ours, i, text);
	}
	wall_settle(&b->ours, rest_ms(b));
	forget(&b->ours);
	begun = bench_ms();
	for (size_t i = 0; i < b->n; i++)
		wall_type(&b->ours, i, "\r");
	return took(b, begun, wall_agree(&b->ours, rest_ms(b)));
}

static double
at_once_theirs(struct bench *b)
{
	double begun;

	forget(&b->theirs);
	begun = bench_ms();
	for (size_t i = 0; i < b->n; i++) {
		char text[64];
		struct token t = token_next(b);
		snprintf(text, sizeof text, "all of it at once %s\r", t.text);
		wall_type(&b->theirs, i, text);
	}
	return took(b, begun, wall_agree(&b->theirs, rest_ms(b)));
}

/* The first or second part of "A|B" of the environment. */
static char *
part_of(const char *name, size_t which)
{
	const char *both = getenv(name);
	static char part[400];
	size_t first;

	if (both == NULL || strchr(both, '|') == NULL)
		return NULL;
	first = strcspn(both, "|");
	snprintf(part, sizeof part, "%.*s", which == 0 ? (int)first : 300,
	    which == 0 ? both : both + first + 1);
	return part;
}

static double
redraw_ours(struct bench *b, size_t turn)
{
	struct token t = token_next(b);
	const char *set = part_of("LIVE_REDRAW_SET", turn % 2), *at = strstr(set, "%s");
	char text[500];
	double ms;

	snprintf(text, sizeof text, "%.*s%s%s", (int)(at - set), set, t.text, at + 2);
	command(b, 0, text);
	prepare(b, 0, part_of("LIVE_REDRAW", turn % 2));
	ms = sent(b, t);
	wall_settle(&b->ours, QUIET_MS);
	return ms;
}

struct samples {
	double *ours, *theirs;
	size_t n;
};

static void
sample(struct samples *s, double ours, double theirs)
{
	s->ours = realloc(s->ours, (s->n + 1) * sizeof(double));
	s->theirs = realloc(s->theirs, (s->n + 1) * sizeof(double));
	s->ours[s->n] = ours;
	s->theirs[s->n++] = theirs;
}

static void
row(struct samples *s, const char *what, size_t clients, const char *peer)
{
	char text[80];

	snprintf(text, sizeof text, "%s, %zu screens", what, clients);
	bench_row(text, s->ours, s->theirs, s->n, peer);
	free(s->ours);
	free(s->theirs);
	*s = (struct samples){ 0 };
}

/* Of all its screens but the one that types. */
static double
clients_cpu(const struct wall *w)
{
	double sum = 0;

	for (size_t i = 1; i < w->n; i++)
		sum += cost_of(w->v[i].pid).cpu_ms;
	return w->n > 1 ? sum / (double)(w->n - 1) : 0;
}

static void
run_added(struct bench *b)
{
	struct samples s = { 0 };
	double cpu = 0, their_cpu = 0, each = 0;
	size_t bytes = 0, their_bytes = 0;

	for (size_t i = 0; i < b->rounds; i++) {
		double begun = cost_of(b->host).cpu_ms, theirs = cost_of(b->tmux).cpu_ms, ours;
		each -= clients_cpu(&b->ours);
		ours = added_ours(b);
		each += clients_cpu(&b->ours);
		bytes += wall_bytes(&b->ours);
		cpu += cost_of(b->host).cpu_ms - begun;
		sample(&s, ours, line_theirs(b, "the queue of payments grows again "));
		their_bytes += wall_bytes(&b->theirs);
		their_cpu += cost_of(b->tmux).cpu_ms - theirs;
		command(b, 0, "undo");
	}
	row(&s, "an item added", b->n, "tmux, a line typed");
	printf("  to each terminal %zu bytes against %zu; the processor: host %.2f ms, each client "
	       "%.3f ms, tmux %.2f ms\n",
	    bytes / b->rounds / b->n, their_bytes / b->rounds / b->n, cpu / (double)b->rounds,
	    each / (double)b->rounds, their_cpu / (double)b->rounds);
}

static void
run_at_once(struct bench *b)
{
	struct samples s = { 0 };

	for (size_t i = 0; i < b->rounds; i++) {
		double ours = at_once_ours(b);
		sample(&s, ours, at_once_theirs(b));
	}
	row(&s, "everybody at once", b->n, "tmux, the same");
}

static void
run_redraw(struct bench *b)
{
	struct samples s = { 0 };
	size_t bytes = 0, their_bytes = 0;

	if (part_of("LIVE_REDRAW", 0) == NULL || part_of("LIVE_REDRAW_SET", 0) == NULL)
		return;
	for (size_t i = 0; i < b->rounds; i++) {
		double ours = redraw_ours(b, i + 1); /* they see the first already */
		if (ours >= WALL_GIVE_UP_MS) {
			printf("all of the screen changes, %zu screens: not seen by all\n", b->n);
			free(s.ours);
			free(s.theirs);
			return;
		}
		bytes += wall_bytes(&b->ours);
		sample(&s, ours, line_theirs(b, "="));
		their_bytes += wall_bytes(&b->theirs);
	}
	command(b, 0, part_of("LIVE_REDRAW", 0));
	row(&s, "all of the screen changes", b->n, "tmux, a redraw");
	printf("  to each terminal %zu bytes against %zu\n", bytes / b->rounds / b->n,
	    their_bytes / b->rounds / b->n);
}

/* The same change with one of them stopped, and without: in turns. */
static void
run_stopped(struct bench *b)
{
	struct samples s = { 0 };
	struct screen *last = &b->ours.v[b->n - 1];

	if (b->n < 3)
		return;
	last->asleep = true;
	for (size_t i = 0; i < b->rounds; i++) {
		double stopped;
		kill(last->pid, SIGSTOP);
		stopped = added_ours(b);
		command(b, 0, "undo");
		kill(last->pid, SIGCONT);
		wall_settle(&b->ours, QUIET_MS);
		sample(&s, stopped, added_ours(b));
		command(b, 0, "undo");
	}
	last->asleep = false;
	row(&s, "an item added while one is stopped", b->n, "all of them running");
}

/* All are in the timeline, and follow who leads. */
static void
start_ours(struct bench *b)
{
	for (size_t i = 0; i < b->n; i++) {
		char name[32];
		const char *cmd[] = { b->debrief, "join", "--repo", b->repo, b->which, "--as", name,
			"--role", i == 0 ? "scribe" : "participant", NULL };
		snprintf(name, sizeof name, "person%zu", i);
		wall_add(&b->ours, cmd, ROWS, COLS);
		if (i % AT_ONCE == AT_ONCE - 1)
			wall_settle(&b->ours, QUIET_MS);
	}
	wall_settle(&b->ours, 500);
	/* Who takes part is shown a page first. */
	for (const char *k = "\r2F"; *k != '\0'; k++) {
		wall_mark(&b->ours);
		for (size_t i = *k == '\r'; i < b->n; i++)
			wall_type(&b->ours, i, (const char[]){ *k, '\0' });
		wall_all_said(&b->ours, 1000);
		wall_settle(&b->ours, 3 * QUIET_MS);
	}
	wall_settle(&b->ours, 500);
}

static void
start_theirs(struct bench *b)
{
	static const char *const cmd[] = { "tmux", "-L", "debrief-bench", "attach", NULL };
	char line[400];
	FILE *f;
	int pid = 0;

	snprintf(line, sizeof line,
	    "tmux -L debrief-bench -f /dev/null new-session -d -x %d -y %d '%s' \\; set -g status "
	    "off \\; "
	    "set -sg escape-time 0 \\; display-message -p '#{pid}'",
	    COLS, ROWS, getenv("LIVE_PANE"));
	f = popen(line, "r");
	if (f == NULL || fscanf(f, "%d", &pid) != 1)
		fprintf(stderr, "no tmux\n");
	if (f != NULL)
		pclose(f);
	b->tmux = pid;
	for (size_t i = 0; i < b->n; i++) {
		wall_add(&b->theirs, cmd, ROWS, COLS);
		if (i % AT_ONCE == AT_ONCE - 1)
			wall_settle(&b->theirs, QUIET_MS);
	}
	wall_settle(&b->theirs, 500);
}

int
main(int argc, char **argv)
{
	struct bench b = { 0 };
	struct cost before, ours, theirs;

	if (argc < 8)
		return 2;
	b.debrief = argv[1];
	b.repo = argv[2];
	b.which = argv[3];
	b.event = argv[4];
	b.host = atoi(argv[5]);
	b.n = (size_t)atoi(argv[6]);
	b.rounds = (size_t)atoi(argv[7]);
	signal(SIGPIPE, SIG_IGN);
	before = cost_of(b.host);
	start_ours(&b);
	start_theirs(&b);
	ours = cost_of(b.host);
	theirs = cost_of(b.tmux);
	run_added(&b);
	run_at_once(&b);
	run_redraw(&b);
	run_stopped(&b);
	printf("  the host has %ld KB, %ld a client more than before them; tmux %ld KB, %ld a "
	       "client\n",
	    ours.rss_kb, (ours.rss_kb - before.rss_kb) / (long)b.n, theirs.rss_kb,
	    theirs.rss_kb / (long)b.n);
	if (b.failures > 0)
		printf(
		    "  %zu of the changes were not seen by all within ten seconds\n", b.failures);
	wall_stop(&b.ours);
	wall_stop(&b.theirs);
	return system("tmux -L debrief-bench kill-server") != 0 || b.failures > 0;
}
