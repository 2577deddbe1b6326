/* WHICH debrief somebody means. */
#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "storage/history_internal.h"

/* More than these are not opened to see whether they are of one series. */
enum { SERIES_MOST = 50, LISTED = 8, LAST_MAX = 1024, ID_CERTAIN = 4, DAY_LEN = 10 };

static char *
last_file(const struct repo *r)
{
	return mem_fmt("%s/debrief/last.%ld", repo_own_dir(r), (long)getuid());
}

void
history_used(struct repo *r, const struct entry *entry)
{
	char *dir = history_state_dir(r, true, NULL), *file = last_file(r);
	int fd = dir == NULL ? -1 : open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd >= 0) {
		char *line = mem_fmt("%s\n", entry->name);
		if (write(fd, line, strlen(line)) < 0)
			unlink(file);
		close(fd);
		free(line);
	}
	free(file);
	free(dir);
}

static char *
last_name(const struct repo *r, struct err *e)
{
	char *file = last_file(r), *name = NULL;
	struct buf b = { 0 };

	if (buf_read_file(&b, file, LAST_MAX, NULL) && b.len > 1 && b.data[b.len - 1] == '\n')
		name = mem_dupn(b.data, b.len - 1);
	else
		err_set(e, ERR_MISSING,
		    "no debrief was used here yet: nothing was changed: debrief list shows them");
	buf_fini(&b);
	free(file);
	return name;
}

/* The journal of a path: its id begins as the name ends. */
static void
add_journal(const struct repo *r, struct entry *found)
{
	const char *part = history_id_part(found->name);
	struct kepts kept = { 0 };

	kepts_find(r, part != NULL ? part : "", &kept);
	for (size_t i = 0; i < kept.n; i++) {
		struct kept *k = &kept.v[i];
		if (found->journal != NULL || strcmp(k->path, found->path) != 0)
			continue;
		found->id = k->id;
		found->journal = k->file;
		found->live = k->live;
		k->file = NULL;
	}
	kepts_fini(&kept);
}

/* No listing: the name says where it must be. *is: there is one. */
static bool
find_exact(struct repo *r, const char *name, struct entry *out, bool *is, struct err *e)
{
	char *path = history_path_of_name(r, name);
	struct entry found = { .path = path };

	*is = false;
	if (path == NULL)
		return true;
	if (!repo_head_file(r, path, found.blob, NULL, e)) {
		free(path);
		return false;
	}
	found.name = mem_dup(name);
	add_journal(r, &found);
	*is = found.blob[0] != '\0' || found.journal != NULL;
	if (*is)
		*out = found;
	else
		entry_fini(&found);
	return true;
}

static bool
begins(const char *text, const char *prefix)
{
	for (; *prefix != '\0'; text++, prefix++)
		if (tolower((unsigned char)*text) != tolower((unsigned char)*prefix))
			return false;
	return true;
}

static bool
name_begins(const struct entry *one, const char *which)
{
	return begins(one->name, which) || begins(history_after_date(one->name), which);
}

/* The name holds the first characters of the id; for the others the file must be read. */
static bool
id_begins(struct repo *r, struct entry *one, const char *which)
{
	const char *part = history_id_part(one->name);
	char start[ID_CERTAIN + 1];

	if (id_some(one->id))
		return begins(one->id.s, which);
	snprintf(start, sizeof start, "%s", which);
	if (part == NULL || !begins(part, start))
		return false;
	return strlen(which) <= ID_CERTAIN || (entry_id(r, one, NULL) && begins(one->id.s, which));
}

/* Indices into a listing. */
struct matches {
	size_t *v;
	size_t n, cap;
};

static void
matches_add(struct matches *m, size_t i)
{
	VEC_ROOM(m->v, m->n, m->cap);
	m->v[m->n++] = i;
}

/* A word that names something is hardly meant as the one or two characters that an id begins with.
 */
static struct matches
matches_find(struct repo *r, struct entries *all, const char *which)
{
	struct matches names = { 0 }, ids = { 0 };
	bool certain = strlen(which) >= ID_CERTAIN;

	for (size_t i = 0; i < all->n; i++) {
		if (strcmp(all->v[i].name, which) == 0 || strcmp(all->v[i].path, which) == 0) {
			names.n = ids.n = 0;
			matches_add(&names, i);
			break;
		}
		if (name_begins(&all->v[i], which))
			matches_add(&names, i);
		else if (strlen(which) <= ID_LEN && id_begins(r, &all->v[i], which))
			matches_add(&ids, i);
	}
	if (names.n == 0) {
		free(names.v);
		return ids;
	}
	for (size_t i = 0; certain && i < ids.n; i++)
		matches_add(&names, ids.v[i]);
	free(ids.v);
	return names;
}

/* Only those that a host runs, where there are such. */
static void
matches_live(struct matches *m, const struct entries *all)
{
	size_t n = 0;

	for (size_t i = 0; i < m->n; i++)
		if (all->v[m->v[i]].live)
			m->v[n++] = m->v[i];
	if (n > 0)
		m->n = n;
}

/* What a debrief is one of: its `series`, NULL when it has none. Yours. */
static char *
series_of(struct repo *r, const struct entry *one)
{
	struct debrief *d = history_read(r, one, NULL, NULL);
	char *series = d == NULL ? NULL : mem_dup(d->series);

	debrief_free(d);
	return series;
}

/* The same name, each on a day of its own (names begin with the day, the newest comes first). */
static bool
same_name_on_other_days(const struct matches *m, const struct entries *all)
{
	bool same = true;

	for (size_t i = 1; same && i < m->n; i++) {
		const char *newer = all->v[m->v[i - 1]].name, *older = all->v[m->v[i]].name;
		char *x = history_slug_of_name(newer), *y = history_slug_of_name(older);
		same = x != NULL && y != NULL && strcmp(x, y) == 0 && strncmp(newer, older, DAY_LEN) != 0;
		free(x);
		free(y);
	}
	return same;
}

/* Do they follow each other: the same name on other days, or one `series` in all of them? */
static bool
one_series(struct repo *r, const struct matches *m, const struct entries *all)
{
	char *first;
	bool same;

	if (same_name_on_other_days(m, all))
		return true;
	if (m->n > SERIES_MOST)
		return false;
	first = series_of(r, &all->v[m->v[0]]);
	same = first != NULL;
	for (size_t i = 1; same && i < m->n; i++) {
		char *series = series_of(r, &all->v[m->v[i]]);
		same = series != NULL && strcmp(series, first) == 0;
		free(series);
	}
	free(first);
	return same;
}

static bool
say_choices(const struct matches *m, const struct entries *all, const char *which, struct err *e)
{
	struct buf list = { 0 };

	for (size_t i = 0; i < m->n && i < LISTED; i++)
		buf_addf(&list, "%s%s", i > 0 ? ", " : "", all->v[m->v[i]].name);
	if (m->n > LISTED)
		buf_addf(&list, " and %zu more", m->n - LISTED);
	err_set(e, ERR_USAGE,
	    "\"%s\" may be %zu debriefs: nothing was changed: give more of one of %s", which, m->n,
	    list.data);
	buf_fini(&list);
	return false;
}

/* Out of a listing; the newest comes first in it. */
static bool
find_listed(struct repo *r, const char *which, struct entry *out, struct err *e)
{
	struct entries all = { 0 };
	struct matches m;
	bool good;

	if (!history_list(r, &all, e))
		return false;
	m = matches_find(r, &all, which);
	matches_live(&m, &all);
	if (m.n == 0)
		good = err_set(e, ERR_MISSING,
		    "there is no debrief \"%s\": nothing was changed: debrief list shows "
		    "them",
		    which);
	else
		good = m.n == 1 || one_series(r, &m, &all) || say_choices(&m, &all, which, e);
	if (good) {
		*out = all.v[m.v[0]];
		all.v[m.v[0]] = (struct entry){ 0 };
	}
	free(m.v);
	entries_fini(&all);
	return good;
}

/* WHICH without what a shell's completion or a copied path adds. Yours. */
static char *
trimmed(const char *which)
{
	const char *slash = strrchr(which, '/');
	size_t len;

	if (slash != NULL && slash[1] != '\0')
		which = slash + 1;
	len = strlen(which);
	if (len > 5 && strcmp(which + len - 5, ".json") == 0)
		len -= 5;
	return mem_dupn(which, len);
}

bool
history_find(struct repo *r, const char *which, struct entry *out, struct err *e)
{
	char *name = strcmp(which, "@") == 0 ? last_name(r, e) : trimmed(which);
	struct entry found = { 0 };
	bool is, good;

	if (name == NULL)
		return false;
	if (name[0] == '\0')
		good = err_set(e, ERR_USAGE,
		    "the name of a debrief is missing: nothing was changed: debrief list shows "
		    "them");
	else
		good =
		    find_exact(r, name, &found, &is, e) && (is || find_listed(r, name, &found, e));
	if (good && !entry_id(r, &found, e)) {
		entry_fini(&found);
		good = false;
	}
	if (good)
		*out = found;
	free(name);
	return good;
}
