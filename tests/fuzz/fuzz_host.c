/* A host takes hostile lines from a peer, stranger or known, while somebody honest watches: no
 * crash, no bytes but whole messages back, and the honest one's replica stays what nobody in
 * particular may see. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/when.h"
#include "live/client.h"
#include "live/host.h"
#include "model/visible.h"
#include "storage/history.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

enum { INPUTS_A_HOST = 300, ROUNDS = 6, CATCH_UP = 200 };

struct siege {
	char home[64];
	struct repo *repo;
	struct entry entry;
	struct place place;
	struct loop *loop;
	struct host *host;
	struct client *honest;
	int inputs;
};

/* The one thing that lasts from input to input: a host costs too much to make it for each. */
static struct siege siege;

static void
must(bool good, const struct err *e)
{
	if (good)
		return;
	fprintf(stderr, "%s\n", e->text);
	abort();
}

static struct id
id_of(const char *text)
{
	struct id id = { 0 };

	if (!id_parse(text, &id))
		abort();
	return id;
}

static struct debrief *
made_up(void)
{
	static const char *const columns[] = { "c0hdden00000", "c0sayfree000", "c0pen0000000" };
	struct debrief *d = debrief_new(id_of("0debrref0000"));
	struct category *cat = (struct category *)item_new(KIND_CATEGORY, id_of("c1tech000000"));
	struct event *event = (struct event *)item_new(KIND_EVENT, id_of("ev0000000001"));
	struct stage *stage = (struct stage *)item_new(KIND_STAGE, id_of("st0000000001"));

	d->title = mem_dup("Besieged");
	d->timezone = mem_dup("UTC");
	cat->name = mem_dup("Technical");
	cat->item.order = mem_dup("h0000a");
	debrief_put(d, KIND_CATEGORY, &cat->item);
	event->text = mem_dup("p99 page");
	event->at_ns = 1784038145 * NS_PER_S;
	event->item.order = mem_dup("h0000a");
	debrief_put(d, KIND_EVENT, &event->item);
	stage->name = mem_dup("timeline");
	stage->item.order = mem_dup("h0000a");
	debrief_put(d, KIND_STAGE, &stage->item);
	for (size_t i = 0; i < 3; i++) {
		struct column *col = (struct column *)item_new(KIND_COLUMN, id_of(columns[i]));
		col->name = mem_dup(columns[i]);
		col->item.order = mem_fmt("h000%zua", i);
		col->hidden = i == 0;
		col->anonymous = i == 1;
		debrief_put(d, KIND_COLUMN, &col->item);
	}
	return d;
}

static void
begin(void)
{
	struct host_options o = { .foreground = true };
	struct client_options co = { .name = "honest", .role = "observer", .want = "watch" };
	static const struct client_calls none;
	struct debrief *d = made_up();
	struct err e = { 0 };
	int fd = -1;

	must(host_begin(siege.repo, d, &siege.entry, &e), &e);
	debrief_free(d);
	must(place_of(siege.repo, &siege.entry, &siege.place, &e), &e);
	siege.loop = loop_new();
	must(place_lock(&siege.place, &fd, &e), &e);
	siege.host = host_new(siege.loop, siege.repo, &siege.place, &o, fd, &e);
	must(siege.host != NULL, &e);
	co.fd = place_connect(&siege.place, &e);
	siege.honest = client_new(siege.loop, &siege.place, &co, &none, NULL, &e);
	must(siege.honest != NULL && client_wait_ready(siege.honest, &e), &e);
	siege.inputs = 0;
}

/* Names below the home of this run. */
static void
remove_all(const char *what)
{
	char *line = mem_fmt("cd '%s' && rm -rf %s", siege.home, what);

	if (system(line) != 0)
		fprintf(stderr, "%s is left in %s\n", what, siege.home);
	free(line);
}

static void
end(void)
{
	client_free(siege.honest);
	host_free(siege.host);
	loop_free(siege.loop);
	remove_all("h/.git/debrief debrief");
	place_fini(&siege.place);
	entry_fini(&siege.entry);
	siege.host = NULL;
	siege.entry = (struct entry){ 0 };
	siege.place = (struct place){ 0 };
}

static void
clean_up(void)
{
	if (siege.host != NULL)
		end();
	repo_close(siege.repo);
	remove_all("\"$PWD\"");
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	static const char *const variables[] = { "HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME",
		"XDG_CACHE_HOME", "XDG_STATE_HOME" };
	struct strs said = { 0 };
	struct err e = { 0 };
	char *dir;
	FILE *f;

	(void)argc;
	(void)argv;
	snprintf(siege.home, sizeof siege.home, "%s/debrief-fuzz-XXXXXX",
	    access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	if (mkdtemp(siege.home) == NULL)
		abort();
	for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
		setenv(variables[i], siege.home, 1);
	dir = mem_fmt("%s/gitconfig", siege.home);
	setenv("GIT_CONFIG_GLOBAL", dir, 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	f = fopen(dir, "w");
	if (f == NULL || fputs("[user]\n\tname = lena\n\temail = l@example.org\n", f) < 0 ||
	    fclose(f) != 0)
		abort();
	free(dir);
	dir = mem_fmt("%s/h", siege.home);
	must(mkdir(dir, 0700) == 0 && repo_init(dir, &said, &e), &e);
	strs_fini(&said);
	siege.repo = repo_open(dir, &e);
	must(siege.repo != NULL, &e);
	free(dir);
	atexit(clean_up);
	return 0;
}

/* What a peer of each kind says before it goes wrong. */
static const char *
first_words(uint8_t kind)
{
	static const char *const words[] = { "",
		("{\"type\":\"hello\",\"version\":1,\"name\":\"lena\",\"role\":\"facilitator\","
		 "\"secret\":\"7k3f9q2mx0ab4hq7c2m9x1bz04\"}\n"),
		"{\"type\":\"hello\",\"version\":1,\"name\":\"moss\",\"secret\":"
		"\"7k3f9q2mx0ab4hq7c2m9x1bz05\"}\n",
		"{\"type\":\"hello\",\"version\":1,\"name\":\"fern\",\"role\":\"observer\","
		"\"want\":\"projector\"}\n",
		"{\"type\":\"pin\",\"name\":\"kit\",\"role\":\"participant\"}\n{\"type\":\"hello\","
		"\"version\":1}\n",
		"{\"type\":\"hello\",\"version\":1,\"name\":\"ada\",\"role\":\"scribe\",\"want\":"
		"\"console\"}\n" };

	return words[kind % (sizeof words / sizeof *words)];
}

/* Each line is a whole message. */
static void
check_answers(struct buf *said)
{
	char *line = said->data;

	for (char *end; line != NULL && (end = strchr(line, '\n')) != NULL; line = end + 1) {
		struct message m;
		struct err e = { 0 };
		if (!message_decode(line, (size_t)(end - line), &m, &e)) {
			fprintf(stderr, "%s: %.*s\n", e.text, (int)(end - line), line);
			abort();
		}
		message_fini(&m);
	}
	if (line != NULL && *line != '\0')
		abort();
}

static bool
is_up_to_date(void)
{
	struct viewer nobody = { 0 };
	struct debrief *seen = visible_copy(host_debrief(siege.host), &nobody);
	bool equal = debrief_equal(client_debrief(siege.honest), seen);

	debrief_free(seen);
	return equal;
}

static void
check_the_honest(void)
{
	for (int i = 0; i < CATCH_UP && !is_up_to_date(); i++)
		loop_once(siege.loop, 0);
	if (client_state(siege.honest) != CLIENT_READY || !is_up_to_date())
		abort();
}

static void
say(int fd, const void *bytes, size_t len)
{
	if (send(fd, bytes, len, MSG_NOSIGNAL | MSG_DONTWAIT) < 0 && errno != EPIPE &&
	    errno != EAGAIN)
		abort();
}

static void
rounds(int fd, struct buf *said)
{
	char part[65536];

	for (int i = 0; i < ROUNDS; i++) {
		ssize_t n;
		loop_once(siege.loop, 0);
		while ((n = recv(fd, part, sizeof part, MSG_DONTWAIT)) > 0)
			buf_add(said, part, (size_t)n);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf said = { 0 };
	int ends[2];

	if (size == 0)
		return 0;
	if (siege.host == NULL)
		begin();
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		abort();
	host_adopt(siege.host, ends[0]);
	say(ends[1], first_words(data[0]), strlen(first_words(data[0])));
	if (data[0] & 0x80)
		rounds(ends[1], &said);
	say(ends[1], data + 1, (size - 1) / 2);
	rounds(ends[1], &said);
	say(ends[1], data + 1 + (size - 1) / 2, size - 1 - (size - 1) / 2);
	rounds(ends[1], &said);
	check_answers(&said);
	buf_fini(&said);
	close(ends[1]);
	for (int i = 0; i < ROUNDS; i++)
		loop_once(siege.loop, 0);
	if (host_done(siege.host)) {
		end();
		return 0;
	}
	check_the_honest();
	if (++siege.inputs >= INPUTS_A_HOST)
		end();
	return 0;
}
