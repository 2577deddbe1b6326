#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "live/client.h"
#include "live/host.h"
#include "model/merge.h"
#include "model/visible.h"
#include "storage/json_file.h"

enum { TRIES = 400, PAUSE_MS = 10 };

struct reading {
	const char *viewer_name;
	struct strs *notes;
	int here; /* people, where a host was asked; else -1 */
};

static void
add_notice(void *ctx, const char *text)
{
	if (ctx != NULL)
		strs_add(ctx, text);
}

/* People at a screen or a seat; what the host said of them just now. */
static int
people_in(const struct client *c)
{
	size_t n, people = 0;
	const struct here *v = client_here(c, &n);

	for (size_t i = 0; i < n; i++)
		people += v[i].away_s == 0 && (v[i].want == NULL || strcmp(v[i].want, "join") == 0 ||
						   strcmp(v[i].want, "seat") == 0);
	return (int)people;
}

/* As the host shows it to this viewer. */
static struct debrief *
ask_host(const struct place *p, int fd, struct reading *how, struct err *e)
{
	const char *viewer_name = how->viewer_name;
	struct strs *notes = how->notes;
	static const struct client_calls calls = { .notice = add_notice };
	struct client_options o = { .name = viewer_name,
		.role = viewer_name == NULL ? "observer" : NULL,
		.want = "read",
		.fd = fd };
	struct loop *loop = loop_new();
	struct client *c = client_new(loop, p, &o, &calls, notes, e);
	struct debrief *d = NULL;

	if (c != NULL && client_wait_ready(c, e))
		d = debrief_copy(client_debrief(c));
	if (d != NULL)
		how->here = people_in(c);
	client_free(c);
	loop_free(loop);
	return d;
}

/* One version of the file underneath, merged in as the next host will do. */
static struct debrief *
merge_in(struct debrief *d, const struct debrief *base, const struct buf *bytes, struct strs *notes)
{
	struct err e = { 0 };
	struct debrief *theirs =
	    file_decode(bytes->data != NULL ? bytes->data : "", bytes->len, notes, NULL, &e);
	struct debrief *merged = theirs != NULL ? debrief_merge(base, d, theirs, NULL, &e) : NULL;

	debrief_free(theirs);
	if (merged == NULL) {
		add_notice(notes, e.text);
		return d;
	}
	debrief_free(d);
	return merged;
}

static struct debrief *
read_journal(struct repo *r, const char *file, struct strs *notes, struct err *e)
{
	struct journal_meta meta = { 0 };
	struct debrief *d = NULL, *base = NULL;
	struct buf head = { 0 };
	char blob[REPO_HEX] = "";

	if (!journal_peek(file, &meta, &d, e))
		return NULL;
	if (repo_head_file(r, meta.path, blob, &head, NULL) && blob[0] != '\0' &&
	    strcmp(blob, meta.base_blob) != 0) {
		base = meta.base != NULL
			   ? file_decode(meta.base, strlen(meta.base), NULL, NULL, NULL)
			   : NULL;
		d = merge_in(d, base, &head, notes);
	}
	debrief_free(base);
	buf_fini(&head);
	journal_meta_fini(&meta);
	return d;
}

/* The entry may be older than what happened to the journal: it is looked at now. */
static struct debrief *
read_alone(struct repo *r, const struct entry *entry, const struct place *p, struct strs *notes,
    struct err *e)
{
	char *file = history_journal_file(r, p->id);
	struct debrief *d = NULL;
	struct entry now = { 0 };

	if (access(file, F_OK) == 0) {
		d = read_journal(r, file, notes, e);
	} else if (history_find(r, entry->name, &now, e)) {
		d = history_read(r, &now, notes, e);
		entry_fini(&now);
	}
	free(file);
	return d;
}

/* Whoever reads for a report or a frame is nobody in particular: what is hidden is not shown to its
 * author either. */
static struct debrief *
visible(struct debrief *d)
{
	struct viewer nobody = { 0 };
	struct debrief *copy;

	if (d == NULL)
		return NULL;
	copy = visible_copy(d, &nobody);
	debrief_free(d);
	return copy;
}

static struct debrief *
read_present(struct repo *r, const struct entry *entry, struct reading *how, struct err *e)
{
	struct strs *notes = how->notes;
	struct place p = { 0 };
	struct debrief *d = NULL;
	struct err why = { 0 };
	int fd, lock = -1;

	if (!place_of(r, entry, &p, e))
		return NULL;
	for (int i = 0;; i++) {
		fd = place_connect(&p, &why);
		if (fd >= 0) {
			d = visible(ask_host(&p, fd, how, e));
			break;
		}
		/* Not even a lock can be made in a history that may only be read: then nobody hosts
		 * it here. */
		if (why.kind != ERR_NONE || place_lock(&p, &lock, &why) || why.kind != ERR_NONE ||
		    i == TRIES) {
			d = visible(read_alone(r, entry, &p, notes, e));
			break;
		}
		usleep(PAUSE_MS * 1000);
	}
	if (lock >= 0)
		close(lock);
	place_fini(&p);
	return d;
}

struct debrief *
host_read(struct repo *r, const struct entry *entry, const char *viewer_name, struct strs *notes,
    struct err *e)
{
	struct reading how = { viewer_name, notes, -1 };

	return read_present(r, entry, &how, e);
}

struct debrief *
host_look(struct repo *r, const struct entry *entry, int *here, struct err *e)
{
	struct reading how = { NULL, NULL, -1 };
	struct debrief *d = read_present(r, entry, &how, e);

	*here = how.here;
	return d;
}

static int64_t
beginning_day(const struct debrief *d)
{
	char *name = d->timezone != NULL ? mem_dup(d->timezone) : zone_system_name();
	struct zone *z = zone_open(name, NULL);
	int64_t at_ns = d->held_at_ns != TIME_NONE ? d->held_at_ns : clock_now_ns();
	struct civil c = z != NULL ? zone_civil(z, at_ns) : civil_of_ns(at_ns);

	zone_free(z);
	free(name);
	return day_of_civil(c.year, c.month, c.day);
}

/* "debriefs/2026/11/NAME.json" */
static char *
name_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash != NULL ? slash + 1 : path;

	return mem_dupn(name, strlen(name) - strlen(".json"));
}

bool
host_begin(struct repo *r, struct debrief *d, struct entry *out, struct err *e)
{
	struct journal_meta meta = { .id = d->item.id };
	char *folder = history_state_dir(r, true, e), *file;
	struct journal *j;

	if (folder == NULL)
		return false;
	free(folder);
	file = history_journal_file(r, d->item.id);
	meta.path = history_path(r, beginning_day(d), d->title, d->item.id);
	j = journal_create(file, &meta, d, e);
	if (j == NULL) {
		free(file);
		journal_meta_fini(&meta);
		return false;
	}
	journal_close(j);
	*out = (struct entry){
		.id = d->item.id, .name = name_of(meta.path), .path = meta.path, .journal = file
	};
	return true;
}
