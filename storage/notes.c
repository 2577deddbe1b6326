#include "storage/notes.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/when.h"
#include "storage/history.h"
#include "storage/json_note.h"

enum { NOTE_MOST = 64 * 1024 };
static const char waiting[] = ".note"; /* of a file that could not be committed yet */

void
notes_fini(struct notes *notes)
{
	for (size_t i = 0; i < notes->n; i++)
		note_free(notes->v[i]);
	free(notes->v);
	*notes = (struct notes){ 0 };
}

static char *
path_of(const struct repo *r, const struct note *n)
{
	struct civil c = civil_of_ns(n->at_ns);

	return mem_fmt("%snotes/%04d/%02d/%04d-%02d-%02d-%s.json", repo_prefix(r), c.year, c.month,
	    c.year, c.month, c.day, n->item.id.s);
}

static char *
waiting_file(const struct repo *r, struct id id)
{
	return mem_fmt("%s/debrief/%s%s", repo_own_dir(r), id.s, waiting);
}

struct listing_of {
	struct repo *r;
	struct notes *out;
	struct strs *said;
};

static void
take(struct listing_of *l, const char *path, const struct buf *bytes)
{
	struct err e = { 0 };
	struct note *n = note_decode(bytes->data != NULL ? bytes->data : "", bytes->len, &e);

	if (n == NULL) {
		if (l->said != NULL)
			strs_take(l->said, mem_fmt("%s: %s: it is left as it is", path, e.text));
		return;
	}
	VEC_ROOM(l->out->v, l->out->n, l->out->cap);
	l->out->v[l->out->n++] = n;
}

static bool
take_committed(void *ctx, const char *path, const char *blob)
{
	struct listing_of *l = ctx;
	struct buf bytes = { 0 };
	char hex[REPO_HEX];

	(void)blob;
	if (repo_head_file(l->r, path, hex, &bytes, NULL))
		take(l, path, &bytes);
	buf_fini(&bytes);
	return true;
}

static bool
ends_waiting(const char *name)
{
	size_t n = strlen(name), m = sizeof waiting - 1;

	return n > m && strcmp(name + n - m, waiting) == 0;
}

static void
forget(struct notes *all, struct id id)
{
	for (size_t i = 0; i < all->n; i++)
		if (id_equal(all->v[i]->item.id, id)) {
			note_free(all->v[i]);
			memmove(all->v + i, all->v + i + 1, (all->n - i - 1) * sizeof *all->v);
			all->n--;
			return;
		}
}

/* What waits to be committed is newer than what is committed. */
static void
take_waiting(struct listing_of *l)
{
	char *folder = mem_fmt("%s/debrief", repo_own_dir(l->r));
	DIR *dir = opendir(folder);
	struct dirent *entry;

	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		char *path = mem_fmt("%s/%s", folder, entry->d_name);
		struct buf bytes = { 0 };
		struct id id;
		char *name = mem_dupn(entry->d_name, strcspn(entry->d_name, "."));
		if (ends_waiting(entry->d_name) && id_parse(name, &id) &&
		    buf_read_file(&bytes, path, NOTE_MOST, NULL)) {
			forget(l->out, id);
			take(l, path, &bytes);
		}
		buf_fini(&bytes);
		free(name);
		free(path);
	}
	if (dir != NULL)
		closedir(dir);
	free(folder);
}

static int
newest_first(const void *a, const void *b)
{
	const struct note *x = *(struct note *const *)a, *y = *(struct note *const *)b;

	if (x->at_ns != y->at_ns)
		return x->at_ns < y->at_ns ? 1 : -1;
	return strcmp(x->item.id.s, y->item.id.s);
}

bool
notes_list(struct repo *r, struct notes *out, struct strs *said, struct err *e)
{
	struct listing_of l = { r, out, said };
	char *folder = mem_fmt("%snotes", repo_prefix(r));
	bool good = repo_each_file(r, folder, take_committed, &l, e);

	free(folder);
	if (good)
		take_waiting(&l);
	if (good && out->n > 0)
		qsort(out->v, out->n, sizeof *out->v, newest_first);
	return good;
}

struct note *
notes_find(struct repo *r, const char *which, struct err *e)
{
	struct notes all = { 0 };
	struct note *found = NULL;
	size_t n = 0, len = strlen(which), at = 0;

	if (!notes_list(r, &all, NULL, e))
		return NULL;
	for (size_t i = 0; i < all.n && len > 0; i++)
		if (strncmp(all.v[i]->item.id.s, which, len) == 0) {
			at = i;
			n++;
		}
	if (n == 1) {
		found = all.v[at];
		all.v[at] = note_new((struct id){ 0 });
	} else {
		err_set(e, n == 0 ? ERR_MISSING : ERR_USAGE,
		    n == 0 ? "there is no note %.20s: nothing was changed: debrief notes lists them"
			   : "several notes begin with %.20s: nothing was changed: write more of it",
		    which);
	}
	notes_fini(&all);
	return found;
}

static bool
commit(struct repo *r, const struct note *n, const struct identity *author, struct strs *said,
    struct err *e)
{
	struct buf bytes = { 0 };
	char *path = path_of(r, n), *message = mem_fmt("note %s: %s", n->item.id.s,
			    note_field("status")->names[n->status]);
	struct repo_file file = { .path = path };
	struct commit_request q = { .files = &file, .n_files = 1, .message = message,
		.at_ns = n->item.changed_ns != TIME_NONE ? n->item.changed_ns : n->at_ns };
	struct commit_result result = { 0 };
	bool good;

	q.author = author != NULL ? *author
				  : (struct identity){ (char *)(uintptr_t) "somebody",
					    (char *)(uintptr_t) "somebody@localhost" };
	note_encode(n, &bytes);
	file.bytes = bytes.data;
	file.len = bytes.len;
	good = repo_commit(r, &q, &result, e);
	for (size_t i = 0; said != NULL && i < result.said.n; i++)
		strs_add(said, result.said.v[i]);
	strs_fini(&result.said);
	buf_fini(&bytes);
	free(path);
	free(message);
	return good;
}

/* Nothing that was noted is lost because the repository is in the middle of something. */
static bool
keep_waiting(struct repo *r, const struct note *n, struct strs *said, struct err *e)
{
	char *folder = history_state_dir(r, true, e), *path;
	struct buf bytes = { 0 };
	bool good = folder != NULL;

	path = waiting_file(r, n->item.id);
	note_encode(n, &bytes);
	good = good && buf_write_file(path, bytes.data, bytes.len, e);
	if (good && said != NULL)
		strs_take(said, mem_fmt("kept, and committed with the next note: %s", e->text));
	buf_fini(&bytes);
	free(path);
	free(folder);
	return good;
}

/* Those that wait from earlier; what still cannot be committed goes on waiting. */
static void
commit_waiting(struct repo *r)
{
	struct notes waiting_ones = { 0 };
	struct listing_of l = { r, &waiting_ones, NULL };

	take_waiting(&l);
	for (size_t i = 0; i < waiting_ones.n; i++) {
		char *path = waiting_file(r, waiting_ones.v[i]->item.id);
		if (commit(r, waiting_ones.v[i], NULL, NULL, NULL))
			unlink(path);
		free(path);
	}
	notes_fini(&waiting_ones);
}

bool
notes_save(struct repo *r, const struct note *n, const struct identity *author, struct strs *said,
    struct err *e)
{
	struct err why = { 0 };
	char *path;

	if (!commit(r, n, author, said, &why)) {
		bool kept = keep_waiting(r, n, said, &why);
		if (!kept && e != NULL)
			*e = why;
		return kept;
	}
	path = waiting_file(r, n->item.id);
	unlink(path);
	free(path);
	commit_waiting(r);
	return true;
}
