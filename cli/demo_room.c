#include "cli/demo_room.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/id.h"
#include "base/text.h"
#include "base/when.h"
#include "cli/demo_mind.h"
#include "cli/zones.h"
#include "commands/command.h"
#include "live/client.h"
#include "live/secret.h"

enum {
	FIRST_MS = 2500, /* after the start; the next ones as much later each */
	BETWEEN_MS = 3500,
	AGAIN_MS = 2000, /* where the host cannot be reached just now */
	BUSY_MS = 1000,
	BUSY_MOST = 20, /* so often the user's typing is waited for */
	NOTICE_MS = 2500,
	END_WAIT_MS = 5000,
	END_STEP_MS = 20,
};

struct room;

struct colleague {
	struct room *room;
	int i;
	char *secret;
	struct client *client;
	struct mind *mind;
	struct mind_move move;
	bool typing; /* `move` is being typed */
	int held;    /* so often it waited for the user */
	uint64_t timer;
};

struct room {
	struct loop *loop;
	const struct place *place;
	const struct demo_team *team;
	struct zones zones;
	int hurry;
	struct colleague v[COLLEAGUES];
};

const char *
demo_team_role(int i)
{
	return i == 0 ? "scribe" : "participant";
}

void
demo_team_names(struct demo_team *team)
{
	static const char *const names[] = { "kit", "fern", "moss", "reed" };
	int n = 0;

	for (size_t i = 0; n < COLLEAGUES && i < sizeof names / sizeof *names; i++)
		if (!text_same(names[i], team->user))
			team->names[n++] = names[i];
}

static void step(void *ctx);

static void
step_in(struct colleague *c, int ms)
{
	loop_cancel(c->room->loop, c->timer);
	c->timer = loop_after(c->room->loop, ms / c->room->hurry + 1, step, c);
}

/* In mid-sentence, as far as anybody is told: beside a name, or as one more than our own. */
static bool
user_busy(const struct colleague *c)
{
	size_t n;
	const struct here *here = client_here(c->client, &n);
	int64_t ours = 0;

	for (int i = 0; i < COLLEAGUES; i++)
		ours += c->room->v[i].typing;
	for (size_t i = 0; i < n; i++)
		if (here[i].typing && strcmp(here[i].name, c->room->team->user) == 0)
			return true;
	return client_counts(c->client).typing > ours;
}

static void
think(struct colleague *c)
{
	struct mind_scene s = { .d = client_debrief(c->client),
		.now_ms = clock_mono_ms() * c->room->hurry,
		.busy = user_busy(c) };

	mind_move_fini(&c->move);
	mind_next(c->mind, &s, &c->move);
	c->held = 0;
	c->typing = c->move.command != NULL;
	client_presence(c->client, c->move.pane, id_some(c->move.item) ? c->move.item.s : NULL,
	    c->move.typing_ms > 0);
	step_in(c, c->typing ? c->move.typing_ms : c->move.wait_ms);
}

/* What is refused is not said again. */
static void
say(struct colleague *c)
{
	struct command_scene s = { .d = client_debrief(c->client),
		.me = client_name(c->client),
		.role = client_role(c->client),
		.now_ns = clock_now_ns() / NS_PER_S * NS_PER_S,
		.zone = zones_of(&c->room->zones, client_debrief(c->client)),
		.last_event_ns = client_last_event_ns(c->client),
		.random = rand_bits };
	struct op op;

	if (command_read_line(&s, c->move.command, &op, NULL))
		client_send(c->client, &op);
	c->typing = false;
	client_presence(c->client, c->move.pane, id_some(c->move.item) ? c->move.item.s : NULL,
	    false);
	step_in(c, c->move.wait_ms);
}

/* Something new of the user's: one of them looks at it, or all at where the room goes. */
static void
on_changed(void *ctx, const struct op *op)
{
	struct colleague *c = ctx;
	bool user = op->by != NULL && strcmp(op->by, c->room->team->user) == 0;
	bool all = user && op->command != NULL &&
		   (strcmp(op->command, "stage") == 0 || strcmp(op->command, "votes") == 0);

	for (size_t i = 0; user && i < op->n; i++)
		if (op->v[i].verb == VERB_ADD && op->v[i].kind != KIND_PERSON &&
		    (unsigned char)op->v[i].id.s[0] % COLLEAGUES == (unsigned)c->i) {
			mind_notice(c->mind, op->v[i].id);
			all = true;
		}
	if (all && !c->typing)
		step_in(c, NOTICE_MS * (c->i + 1));
}

static void
come_in(struct colleague *c)
{
	static const struct client_calls calls = { .changed = on_changed };
	struct client_options o = { .name = c->room->team->names[c->i],
		.role = demo_team_role(c->i),
		.want = "join",
		.reconnect = true,
		.fd = -1,
		.secret = c->secret };

	c->client = client_new(c->room->loop, c->room->place, &o, &calls, c, NULL);
	step_in(c, AGAIN_MS);
}

static void
step(void *ctx)
{
	struct colleague *c = ctx;

	c->timer = 0;
	if (c->client == NULL)
		come_in(c);
	else if (client_state(c->client) == CLIENT_ENDED)
		return; /* sent away */
	else if (client_state(c->client) != CLIENT_READY || client_debrief(c->client) == NULL)
		step_in(c, AGAIN_MS);
	else if (!c->typing)
		think(c);
	else if (user_busy(c) && (c->move.moves_room || c->held++ < BUSY_MOST))
		step_in(c, BUSY_MS);
	else
		say(c);
}

static void
line_ended(void *ctx, int fd, int ready)
{
	struct room *r = ctx;
	char byte;
	ssize_t n = read(fd, &byte, 1);

	(void)ready;
	if (n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN))
		loop_stop(r->loop);
}

void
demo_room_run(const struct place *place, const struct demo_team *team, int line, int hurry)
{
	struct room r = { .loop = loop_new(), .place = place, .team = team, .hurry = hurry };
	uint64_t seed = rand_bits();

	for (int i = 0; i < COLLEAGUES; i++) {
		struct colleague *c = &r.v[i];
		*c = (struct colleague){ .room = &r, .i = i, .secret = secret_new() };
		c->mind = mind_new(i + 1, team->script, team->len, seed);
		step_in(c, FIRST_MS + i * BETWEEN_MS);
	}
	loop_watch(r.loop, line, LOOP_READ, line_ended, &r);
	loop_run(r.loop);
	for (int i = 0; i < COLLEAGUES; i++) {
		client_free(r.v[i].client);
		mind_move_fini(&r.v[i].move);
		mind_free(r.v[i].mind);
		free(r.v[i].secret);
	}
	zones_fini(&r.zones);
	loop_free(r.loop);
}

/* The screen is the user's; the terminal's signals too. */
static void
child(const struct place *place, const struct demo_team *team, int line)
{
	int null = open("/dev/null", O_RDWR);

	for (int fd = 0; null >= 0 && fd <= 2; fd++)
		dup2(null, fd);
	signal(SIGINT, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGTSTP, SIG_IGN);
	demo_room_run(place, team, line, 1);
	_exit(0);
}

void
demo_room_start(struct demo_room *r, const struct place *place, const struct demo_team *team)
{
	int ends[2];

	*r = (struct demo_room){ .line = -1 };
	if (pipe(ends) != 0)
		return;
	fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	fcntl(ends[1], F_SETFD, FD_CLOEXEC);
	r->pid = fork();
	if (r->pid == 0) {
		close(ends[1]);
		child(place, team, ends[0]);
	}
	close(ends[0]);
	r->line = ends[1];
	if (r->pid < 0) {
		r->pid = 0;
		close(r->line);
	}
}

void
demo_room_end(struct demo_room *r)
{
	struct timespec step_time = { .tv_nsec = END_STEP_MS * (NS_PER_S / 1000) };
	int waited = 0;
	pid_t got;

	if (r->pid == 0)
		return;
	close(r->line);
	while ((got = waitpid(r->pid, NULL, WNOHANG)) == 0 || (got < 0 && errno == EINTR)) {
		if (waited == END_WAIT_MS)
			kill(r->pid, SIGKILL);
		waited += END_STEP_MS;
		nanosleep(&step_time, NULL);
	}
	r->pid = 0;
}
