#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "live/place_internal.h"

#define NOBODY "none"

char *
group_rundir(const struct repo *r)
{
	const char *said = getenv("DEBRIEF_RUNDIR");

	if (said != NULL && said[0] != '\0')
		return mem_dup(said);
	return r != NULL ? repo_config(r, "debrief.rundir") : repo_config_global("debrief.rundir");
}

/* No account but root's, ours and (not `own`) the owner's can rename or replace what is in it. */
static bool
step_safe(const char *folder, bool own, struct err *e)
{
	struct stat st;

	if (lstat(folder, &st) != 0 || !S_ISDIR(st.st_mode))
		return err_set(e, ERR_STORE,
		    "the folder %s of debrief.rundir is not there: nothing was shared: make it",
		    folder);
	if (own && st.st_uid != 0 && st.st_uid != geteuid())
		return err_set(e, ERR_REFUSED,
		    "the folder %s of debrief.rundir belongs to another account: nothing was "
		    "shared: take one of root's or of yours",
		    folder);
	if ((st.st_mode & 022) != 0 && (st.st_mode & S_ISVTX) == 0)
		return err_set(e, ERR_REFUSED,
		    "in the folder %s of debrief.rundir others could swap the socket: nothing was "
		    "%s: chmod +t it, or take the right to write from others",
		    folder, own ? "shared" : "looked for there");
	return true;
}

bool
group_folder_safe(const char *folder, bool own, struct err *e)
{
	char *path = mem_dup(folder), *end;
	bool good;

	do {
		good = step_safe(path[0] != '\0' ? path : "/", own, e);
		end = strrchr(path, '/');
		if (end == NULL || path[0] == '\0')
			break;
		*end = '\0';
	} while (good);
	free(path);
	return good;
}

static bool
is_below(const char *path, const char *folder)
{
	size_t len = strlen(folder);

	return strncmp(path, folder, len) == 0 && (path[len] == '/' || path[len] == '\0');
}

/* Can the group list the folder and come through to the socket? */
static bool
group_enters(const char *folder, const struct group *g, struct err *e)
{
	struct stat st;
	mode_t all = S_IROTH | S_IXOTH, group = S_IRGRP | S_IXGRP;

	if (stat(folder, &st) == 0 &&
	    ((st.st_mode & all) == all ||
		(st.st_gid == g->gr_gid && (st.st_mode & group) == group)))
		return true;
	return err_set(e, ERR_REFUSED,
	    "the group %s cannot enter the folder %s of debrief.rundir: nothing was shared: "
	    "chgrp %s and chmod g+rx it",
	    g->gr_name, folder, g->gr_name);
}

static bool
is_member(gid_t gid)
{
	gid_t of[NGROUPS_MAX];
	int n = getgroups(NGROUPS_MAX, of);

	for (int i = 0; i < n; i++)
		if (of[i] == gid)
			return true;
	return geteuid() == 0 || getegid() == gid;
}

static bool
check_folder(const struct place *p, const struct group *g, struct err *e)
{
	char *folder, real[PATH_MAX];
	bool good;

	if (p->live_file == NULL)
		return err_set(e, ERR_REFUSED,
		    "git config debrief.rundir does not name a folder: nothing was shared: set it "
		    "to one that %s can reach and where only you may write, with a short path, "
		    "not in /run/user",
		    g->gr_name);
	folder = place_folder(p->live_file);
	if (realpath(folder, real) == NULL)
		good = err_set(e, ERR_STORE,
		    "the folder %s of debrief.rundir is not there (%s): nothing was shared: make "
		    "it",
		    folder, strerror(errno));
	else if (is_below(real, "/run/user"))
		good = err_set(e, ERR_REFUSED,
		    "%s goes when you log out: nothing was shared: set debrief.rundir to a folder "
		    "that stays",
		    folder);
	else
		good = group_folder_safe(real, true, e) && group_enters(real, g, e);
	free(folder);
	return good;
}

bool
group_check(const struct place *p, gid_t *gid, struct err *e)
{
	const struct group *g = getgrnam(p->share);

	if (g == NULL)
		return err_set(e, ERR_REFUSED,
		    "there is no group %.60s: nothing was shared: groups names yours", p->share);
	if (!is_member(g->gr_gid))
		return err_set(e, ERR_REFUSED,
		    "you are not in the group %.60s: nothing was shared: take one of yours (groups "
		    "names them)",
		    p->share);
	*gid = g->gr_gid;
	return check_folder(p, g, e);
}

/* Socket and note go into the shared folder, where one is named. */
static void
move_there(struct place *p, const struct repo *r)
{
	char *folder = group_rundir(r), *hash, *path;

	free(p->live_file);
	p->live_file = NULL;
	if (folder == NULL || folder[0] != '/') {
		free(folder);
		return;
	}
	hash = place_hash(p->lock_file);
	path = mem_fmt("%s/%s.sock", folder, hash);
	if (place_fits(path)) {
		free(p->socket);
		p->socket = path;
		p->live_file = mem_fmt("%s/%s.live", folder, hash);
	} else {
		free(path);
	}
	free(hash);
	free(folder);
}

static void
take_group(struct place *p, const struct repo *r, const char *group)
{
	free(p->share);
	p->share = mem_dup(group);
	move_there(p, r);
}

/* As the last host of it was shared, so is the next one: who was there can come back. */
static char *
group_before(const struct place *p)
{
	char *line = place_noted(p->lock_file, 3), *group = NULL;

	if (line != NULL && strncmp(line, "share ", 6) == 0)
		group = mem_dup(line + 6);
	free(line);
	return group;
}

void
group_of(struct place *p, const struct repo *r)
{
	char *set = repo_config(r, "debrief.share"), *before = NULL;
	struct place try;
	gid_t gid;

	if (set != NULL && set[0] != '\0' && strcmp(set, NOBODY) != 0) {
		take_group(p, r, set);
	} else if (set == NULL && (before = group_before(p)) != NULL) {
		place_dup(&try, p);
		take_group(&try, r, before);
		if (group_check(&try, &gid, NULL)) /* only while that still can be */
			take_group(p, r, before);
		place_fini(&try);
	}
	free(before);
	free(set);
}

bool
place_share(struct place *p, const struct repo *r, const char *group, struct err *e)
{
	gid_t gid;

	if (p->owner != NULL)
		return err_set(e, ERR_REFUSED,
		    "%s's debrief is not yours to share: nothing was shared: ask %s", p->owner,
		    p->owner);
	if (strcmp(group, NOBODY) != 0) {
		take_group(p, r, group);
		return group_check(p, &gid, e);
	}
	free(p->share);
	free(p->live_file);
	free(p->socket);
	p->share = p->live_file = NULL;
	p->socket = place_private_socket(p->lock_file);
	p->alone = true;
	return true;
}

bool
group_put_note(const struct place *p, gid_t gid, struct err *e)
{
	char *temp = mem_fmt("%s.%ld", p->live_file, (long)getpid());
	struct buf b = { 0 };
	int fd, why = 0;

	buf_addf(
	    &b, "%ld\n%s\n%s\n%lu\n", (long)getpid(), p->name, p->id.s, (unsigned long)geteuid());
	unlink(temp);
	fd = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0 || write(fd, b.data, b.len) != (ssize_t)b.len ||
	    fchown(fd, (uid_t)-1, gid) != 0 || fchmod(fd, 0640) != 0 ||
	    rename(temp, p->live_file) != 0) {
		why = errno;
		if (fd >= 0)
			unlink(temp);
	}
	if (fd >= 0)
		close(fd);
	buf_fini(&b);
	if (why != 0)
		err_set(e, ERR_STORE,
		    "cannot write %s (%s): nothing was shared: see whose it is and whether there "
		    "is "
		    "room",
		    p->live_file, strerror(why));
	free(temp);
	return why == 0;
}
