#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/begin.h"
#include "cli/demo_passage.h"
#include "cli/demo_room.h"
#include "cli/frames.h"
#include "cli/opening.h"
#include "cli/session.h"
#include "cli/target.h"
#include "live/client.h"
#include "live/host.h"
#include "storage/json_file.h"
#include "storage/template.h"
#include "views/view.h"

enum { DEMO_ROWS = 40, DEMO_COLS = 120, HEAD_LINES = 40, DEPTH_MOST = 16, DATE_LEN = 10 };

static const char incidents[] = "incidents/", suffix[] = ".debrief", room_suffix[] = ".room",
		  first_choice[] = "gitlab-2017-01-31";

/* "gitlab-2017-01-31" of an embedded incident; NULL: another file. Yours. */
static char *
incident_name(const char *file)
{
	size_t len = strlen(file), head = strlen(incidents), tail = strlen(suffix);

	if (strncmp(file, incidents, head) != 0 || len <= head + tail ||
	    strcmp(file + len - tail, suffix) != 0)
		return NULL;
	return mem_dupn(file + head, len - head - tail);
}

static void
incident_names(struct strs *out)
{
	for (size_t i = 0; i < embedded_count(); i++) {
		char *name = incident_name(embedded_name(i));
		if (name != NULL)
			strs_take(out, name);
	}
	strs_sort(out, true);
}

/* The one that begins so. */
static char *
incident_meant(const char *typed, struct err *e)
{
	struct strs names = { 0 };
	struct buf list = { 0 };
	char *found = NULL;

	incident_names(&names);
	for (size_t i = 0; i < names.n; i++) {
		buf_addf(&list, "%s%s", i > 0 ? ", " : "", names.v[i]);
		if (found == NULL && strncmp(names.v[i], typed, strlen(typed)) == 0)
			found = mem_dup(names.v[i]);
	}
	if (found == NULL)
		err_set(e, ERR_MISSING, "there is no incident %s: nothing was begun: there are %s",
		    typed, list.len > 0 ? list.data : "none");
	strs_fini(&names);
	buf_fini(&list);
	return found;
}

/* Only what this program made itself a moment ago. */
static void
remove_tree(int at, const char *name, int depth)
{
	int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	struct dirent *d;

	while (dir != NULL && depth < DEPTH_MOST && (d = readdir(dir)) != NULL) {
		if (strcmp(d->d_name, ".") == 0 || strcmp(d->d_name, "..") == 0)
			continue;
		if (unlinkat(fd, d->d_name, 0) != 0)
			remove_tree(fd, d->d_name, depth + 1);
	}
	if (dir != NULL)
		closedir(dir);
	unlinkat(at, name, AT_REMOVEDIR);
}

/* A history of its own, with the incident in it. */
struct demo {
	const char *keep; /* --keep, or NULL */
	int64_t now_ns;	  /* two days after the incident: so that dates to come are still to come */
	char *dir;	  /* to be removed: the history, and what belongs to it elsewhere */
	struct target target;
	char *name;
	bool alone;	       /* no colleagues */
	struct demo_team team;
};

/* Keys and secrets go with the folder; the host that is started later takes the setting over. */
static bool
demo_state(const char *dir, struct err *e)
{
	char *state = mem_fmt("%s/state", dir);
	bool good = mkdir(state, 0700) == 0 && setenv("XDG_STATE_HOME", state, 1) == 0;

	free(state);
	return good ||
	       err_set(e, ERR_STORE,
		   "no folder can be made in %s: nothing was begun: set TMPDIR to one that can be "
		   "written",
		   dir);
}

/* The folder that is removed at the end, or the one that was asked for. */
static bool
demo_folder(struct demo *k, struct err *e)
{
	const char *tmp = getenv("TMPDIR");
	char *dir;

	if (k->keep != NULL)
		return true;
	dir = mem_fmt("%s/debrief-demo.XXXXXX", tmp != NULL && tmp[0] == '/' ? tmp : "/tmp");
	if (mkdtemp(dir) == NULL) {
		free(dir);
		return err_set(e, ERR_STORE,
		    "no folder can be made for the demo: nothing was begun: set TMPDIR to one that "
		    "can be written");
	}
	k->dir = dir;
	return demo_state(dir, e);
}

static bool
demo_history(struct demo *k, struct err *e)
{
	struct strs said = { 0 };
	struct identity id = { 0 };
	char *dir;
	bool good;

	if (!demo_folder(k, e))
		return false;
	dir = k->keep != NULL ? mem_dup(k->keep) : mem_fmt("%s/history", k->dir);
	good = repo_init(dir, &said, e) && (k->target.repo = repo_open(dir, e)) != NULL;
	strs_fini(&said);
	free(dir);
	if (!good)
		return false;
	if (repo_identity(k->target.repo, &id, NULL)) {
		identity_fini(&id);
		return true;
	}
	return repo_config_set(k->target.repo, "user.name", k->name, e) &&
	       repo_config_set(k->target.repo, "user.email", "demo@localhost", e);
}

/* Its name ends in the day of the incident. */
static int64_t
incident_now(const char *incident)
{
	size_t len = strlen(incident);
	int64_t day, now_ns = clock_now_ns();

	if (len > DATE_LEN && date_parse(incident + len - DATE_LEN, &day))
		now_ns = ((day + 2) * 24 + 13) * 3600 * NS_PER_S;
	return now_ns;
}

static bool
demo_begin(struct demo *k, const char *incident, struct err *e)
{
	struct beginning b = { incident, "incident", 60, k->name, k->now_ns };
	char *file = mem_fmt("%s%s%s", incidents, incident, suffix);
	struct debrief *d;
	const char *script;
	size_t len = 0;
	bool good;

	script = embedded_file(file, &len);
	free(file);
	d = begin_debrief(k->target.repo, &b, e);
	good = d != NULL && begin_script(d, script, len, k->name, b.now_ns, e) &&
	       host_begin(k->target.repo, d, &k->target.entry, e);
	debrief_free(d);
	return good && target_place(&k->target, e);
}

/* What the colleagues of this incident say. */
static void
demo_team(struct demo *k, const char *incident)
{
	char *file = mem_fmt("%s%s%s", incidents, incident, room_suffix);

	k->team.user = k->name;
	k->team.script = embedded_file(file, &k->team.len);
	demo_team_names(&k->team);
	free(file);
}

/* Its host goes first, so that nothing is written while the folder goes. */
static void
demo_end(struct demo *k)
{
	int lock;

	signal(SIGHUP, SIG_IGN); /* the terminal may be gone by now */
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	if (k->target.placed && place_take(&k->target.place, &lock, NULL))
		close(lock);
	if (k->target.repo != NULL)
		target_close(&k->target);
	if (k->dir != NULL)
		remove_tree(AT_FDCWD, k->dir, 0);
	free(k->dir);
	free(k->name);
}

static bool
print_frames(struct demo *k, const struct invocation *in, struct err *e)
{
	struct frame_request q = { .name = k->target.entry.name,
		.rows = DEMO_ROWS,
		.cols = DEMO_COLS,
		.ascii = option_value(in, "ascii") != NULL || (isatty(STDOUT_FILENO) && !in->utf8),
		.now_ns = k->now_ns,
		.folder = repo_work_dir(k->target.repo) };
	struct debrief *d = target_read(&k->target, e);
	struct buf out = { 0 };
	bool good = d != NULL;

	for (size_t i = 0; good && i < n_views; i++) {
		buf_addf(&out, "\n== %s\n", views[i]->name);
		q.view = views[i]->name;
		good = frames_render(&q, d, &out, e);
	}
	good = good && program_print(&out) == 0;
	debrief_free(d);
	buf_fini(&out);
	return good;
}

static bool
demo_save(struct demo *k, struct err *e)
{
	static const struct client_calls none;
	struct client_options o = { .name = k->name, .want = "join", .reconnect = true, .fd = -1 };
	struct loop *loop = loop_new();
	struct client *c = client_new(loop, &k->target.place, &o, &none, NULL, e);
	struct op op;
	bool good = false;

	if (c != NULL && client_wait_ready(c, e)) {
		op_init(&op, "save");
		good = client_ask(c, &op, NULL, e);
	}
	client_free(c);
	loop_free(loop);
	return good;
}

static bool
add_commit(void *ctx, const struct repo_commit_info *c)
{
	struct buf *out = ctx;

	buf_addf(out, "commit %s\nAuthor: %s\n\n    %s\n\n", c->hex, c->author, c->subject);
	return true;
}

/* The first lines of the file, as git has it. */
static bool
print_saved(struct demo *k, struct err *e)
{
	struct buf out = { 0 }, bytes = { 0 };
	char hex[REPO_HEX];
	const char *p;
	bool good;

	buf_adds(&out, "\n== git log\n");
	good = repo_log(k->target.repo, k->target.entry.path, add_commit, &out, e) &&
	       repo_head_file(k->target.repo, k->target.entry.path, hex, &bytes, e);
	if (good) {
		buf_addf(&out, "== %s (the first %d lines)\n", k->target.entry.path, HEAD_LINES);
		p = bytes.data ? bytes.data : "";
		for (int i = 0; i < HEAD_LINES && *p != '\0'; i++) {
			size_t len = strcspn(p, "\n") + 1;
			buf_add(&out, p, len);
			p += len;
		}
		good = program_print(&out) == 0;
	}
	buf_fini(&out);
	buf_fini(&bytes);
	return good;
}

static bool
print_passage(struct demo *k, struct err *e)
{
	struct buf out = { 0 };
	bool good = k->alone || (demo_passage(&k->target.place, &k->team, &out, e) &&
				    program_print(&out) == 0);

	buf_fini(&out);
	return good;
}

static int
demo_on_terminal(struct demo *k, const struct invocation *in)
{
	struct demo_room room = { 0 };
	int status;
	struct session_options o = { .repo = k->target.repo,
		.place = &k->target.place,
		.entry_name = k->target.entry.name,
		.name = k->name,
		.role = "facilitator",
		.theme = option_value(in, "theme"),
		.ascii = option_value(in, "ascii") != NULL || !in->utf8,
		.color = in->color,
		.simple = -1,
		.plain = opening_plain(in, k->target.repo),
		.demo = true };

	if (!k->alone)
		demo_room_start(&room, &k->target.place, &k->team);
	status = session_run(&o);
	demo_room_end(&room);
	return status;
}

static int
list_incidents(void)
{
	struct strs names = { 0 };
	struct buf out = { 0 };
	int status;

	incident_names(&names);
	for (size_t i = 0; i < names.n; i++)
		buf_addf(&out, "%s\n", names.v[i]);
	status = program_print(&out);
	strs_fini(&names);
	buf_fini(&out);
	return status;
}

static int
run_demo(struct demo *k, const struct invocation *in, const char *incident)
{
	struct err e = { 0 };

	k->now_ns = incident_now(incident);
	if (!demo_history(k, &e) || !demo_begin(k, incident, &e))
		return program_fail(&e);
	demo_team(k, incident);
	if (program_on_terminal())
		return demo_on_terminal(k, in);
	if (!print_passage(k, &e) || !print_frames(k, in, &e) || !demo_save(k, &e) || !print_saved(k, &e))
		return e.kind == ERR_NONE ? (int)ERR_STORE : program_fail(&e);
	return 0;
}

int
cmd_demo(const struct invocation *in)
{
	struct demo k = { .keep = option_value(in, "keep"),
		.alone = option_value(in, "no-colleagues") != NULL };
	struct err e = { 0 };
	char *incident;
	int status;

	if (option_value(in, "list") != NULL)
		return list_incidents();
	signal(SIGPIPE, SIG_IGN); /* what reads may go; the folder must */
	incident = incident_meant(in->n_words > 0 ? in->words[0] : first_choice, &e);
	k.name = incident != NULL ? who_name(in, NULL, &e) : NULL;
	status = k.name != NULL ? run_demo(&k, in, incident) : program_fail(&e);
	demo_end(&k);
	free(incident);
	return status;
}
