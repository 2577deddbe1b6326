#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "live/place_internal.h"

enum { LISTED_MOST = 8, DATE_LETTERS = 11 /* "2026-11-22-" */ };

void
places_fini(struct places *p)
{
	for (size_t i = 0; i < p->n; i++)
		place_fini(&p->v[i]);
	free(p->v);
	*p = (struct places){ 0 };
}

static char *
login_of(uid_t uid)
{
	const struct passwd *pw = getpwuid(uid);

	return pw != NULL && pw->pw_name[0] != '\0' ? mem_dup(pw->pw_name)
						    : mem_fmt("account %lu", (unsigned long)uid);
}

/* All of a note that is a file of its own, and whose it is. */
static bool
read_note(const char *path, char text[NOTE_MOST], uid_t *uid)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat st;
	ssize_t n = -1;

	if (fd < 0)
		return false;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (st.st_mode & 022) == 0)
		n = read(fd, text, NOTE_MOST - 1);
	close(fd);
	if (n <= 0 || memchr(text, '\0', (size_t)n) != NULL)
		return false;
	text[n] = '\0';
	*uid = st.st_uid;
	return true;
}

/* "PID\nNAME\nID\nUID\n": the account that wrote the file, and no other, is the one in it. */
static bool
parse_note(char *text, uid_t uid, struct place *out)
{
	char *line[4], *end;

	for (size_t i = 0; i < sizeof line / sizeof *line; i++) {
		line[i] = text;
		end = strchr(text, '\n');
		if (end == NULL)
			return false;
		*end = '\0';
		text = end + 1;
	}
	if (line[1][0] == '\0' || !text_ok(line[1], strlen(line[1]), TEXT_LINE, NULL) ||
	    !id_parse(line[2], &out->id) || !isdigit((unsigned char)line[3][0]) ||
	    strtoul(line[3], &end, 10) != uid || *end != '\0')
		return false;
	out->name = mem_dup(line[1]);
	out->uid = uid;
	out->owner = login_of(uid);
	return true;
}

static bool
place_of_note(const char *folder, const char *file, struct place *out)
{
	struct place p = { 0 };
	char text[NOTE_MOST];
	size_t stem = strlen(file) - strlen(".live");
	uid_t uid;

	p.live_file = mem_fmt("%s/%s", folder, file);
	p.socket = mem_fmt("%s/%.*s.sock", folder, (int)stem, file);
	if (!place_fits(p.socket) || !read_note(p.live_file, text, &uid) || uid == geteuid() ||
	    !parse_note(text, uid, &p)) {
		place_fini(&p);
		return false;
	}
	*out = p;
	return true;
}

static bool
is_note(const char *file)
{
	const char *end = strrchr(file, '.');

	return file[0] != '.' && end != NULL && end != file && strcmp(end, ".live") == 0;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(((const struct place *)a)->name, ((const struct place *)b)->name);
}

/* What others share, whether it answers or not. No folder named: nothing. */
static bool
read_others(const struct repo *r, struct places *out, struct err *e)
{
	char *folder = group_rundir(r), real[PATH_MAX];
	const struct dirent *f;
	DIR *dir;
	bool safe;

	if (folder == NULL || realpath(folder, real) == NULL) {
		free(folder);
		return true;
	}
	safe = group_folder_safe(real, false, e);
	dir = safe ? opendir(folder) : NULL;
	while (dir != NULL && (f = readdir(dir)) != NULL) {
		VEC_ROOM(out->v, out->n, out->cap);
		if (is_note(f->d_name) && place_of_note(folder, f->d_name, &out->v[out->n]))
			out->n++;
	}
	if (dir != NULL)
		closedir(dir);
	free(folder);
	if (out->n > 1)
		qsort(out->v, out->n, sizeof *out->v, by_name);
	return safe;
}

static bool
answers(const struct place *p)
{
	struct err e = { 0 };
	int fd = place_connect(p, &e);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static bool
add_own(struct repo *r, struct places *out, struct err *e)
{
	struct entries all = { 0 };
	bool good = history_list(r, &all, e);

	for (size_t i = 0; i < all.n && good; i++)
		if (all.v[i].live) {
			VEC_ROOM(out->v, out->n, out->cap);
			good = place_of(r, &all.v[i], &out->v[out->n], e);
			out->n += good;
		}
	entries_fini(&all);
	return good;
}

bool
places_live(struct repo *r, struct places *out, struct err *e)
{
	struct places others = { 0 };
	bool good;

	*out = (struct places){ 0 };
	good = (r == NULL || add_own(r, out, e)) && read_others(r, &others, e);
	for (size_t i = 0; i < others.n && good; i++)
		if (answers(&others.v[i])) {
			VEC_ROOM(out->v, out->n, out->cap);
			out->v[out->n++] = others.v[i];
			others.v[i] = (struct place){ 0 };
		}
	places_fini(&others);
	if (!good)
		places_fini(out);
	return good;
}

/* How well it is meant: 2 exactly, 1 by its beginning, 0 not at all. */
static int
fit_of(const struct place *p, const char *which)
{
	size_t len = strlen(which);

	if (strcmp(p->name, which) == 0 || strcmp(p->id.s, which) == 0)
		return 2;
	if (len == 0)
		return 0;
	return strncmp(p->name, which, len) == 0 || strncmp(p->id.s, which, len) == 0 ||
	       (strlen(p->name) > DATE_LETTERS && isdigit((unsigned char)p->name[0]) &&
		   strncmp(p->name + DATE_LETTERS, which, len) == 0);
}

static bool
say_several(const struct places *all, const char *which, struct err *e)
{
	struct buf names = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		if (fit_of(&all->v[i], which) > 0 && n++ < LISTED_MOST)
			buf_addf(&names, "%s%s (%s)", n > 1 ? ", " : "", all->v[i].name,
			    all->v[i].owner);
	err_set(e, ERR_USAGE, "\"%.60s\" is said of several: nothing was changed: %s%s", which,
	    names.data, n > LISTED_MOST ? ", ..." : "");
	buf_fini(&names);
	return false;
}

bool
place_shared(const struct repo *r, const char *which, struct place *out, struct err *e)
{
	struct places all = { 0 };
	size_t at = 0, n = 0;
	int best = 1;
	bool good = read_others(r, &all, e);

	for (size_t i = 0; i < all.n; i++) {
		int fit = fit_of(&all.v[i], which);
		if (fit < best)
			continue;
		n = fit > best ? 1 : n + 1;
		best = fit;
		at = i;
	}
	if (good && n == 0)
		good = err_set(e, ERR_MISSING,
		    "nobody shares a debrief \"%.60s\" here: nothing was changed: debrief join "
		    "alone lists what is live",
		    which);
	else if (good && n > 1)
		good = say_several(&all, which, e);
	if (good) {
		*out = all.v[at];
		all.v[at] = (struct place){ 0 };
	}
	places_fini(&all);
	return good;
}
