#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "live/place_internal.h"

enum { BACKLOG = 1024 };

static bool
make_folder(const char *folder, struct err *e)
{
	struct stat st;

	if (mkdir(folder, 0700) != 0 && errno != EEXIST)
		return err_set(e, ERR_STORE,
		    "cannot make the folder %s (%s): nothing was changed: set XDG_RUNTIME_DIR to "
		    "a folder of yours",
		    folder, strerror(errno));
	if (lstat(folder, &st) == 0 && S_ISDIR(st.st_mode) && st.st_uid == geteuid() &&
	    ((st.st_mode & 077) == 0 || chmod(folder, 0700) == 0))
		return true;
	return err_set(e, ERR_STORE,
	    "the folder %s is not yours alone: nothing was put there: set XDG_RUNTIME_DIR to a "
	    "folder of yours",
	    folder);
}

static bool
make_private(const struct place *p, struct err *e)
{
	char *folder = place_folder(p->socket);
	bool good = make_folder(folder, e);

	free(folder);
	return good && (place_fits(p->socket) ||
			   err_set(e, ERR_STORE,
			       "the socket's path %s is too long: nothing was changed: set "
			       "XDG_RUNTIME_DIR to a shorter folder",
			       p->socket));
}

static bool
bind_there(int fd, const char *path)
{
	struct sockaddr_un a;
	mode_t before;
	bool good;

	place_address(path, &a);
	before = umask(0177);
	unlink(path);
	good = bind(fd, (const struct sockaddr *)&a, sizeof a) == 0;
	umask(before);
	return good && listen(fd, BACKLOG) == 0;
}

int
place_listen(const struct place *p, struct err *e)
{
	gid_t gid = 0;
	int fd;

	if (p->share != NULL ? !group_check(p, &gid, e) : !make_private(p, e))
		return -1;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	/* No other account can have put another in its place meanwhile: the folder was checked. */
	if (fd < 0 || !bind_there(fd, p->socket) ||
	    (p->share != NULL &&
		(lchown(p->socket, (uid_t)-1, gid) != 0 || chmod(p->socket, 0660) != 0))) {
		err_set(e, ERR_STORE,
		    "cannot listen at %s (%s): nothing was changed: see whether there is room",
		    p->socket, strerror(errno));
	} else if (p->share == NULL || group_put_note(p, gid, e)) {
		return fd;
	}
	if (fd >= 0)
		close(fd);
	return -1;
}

void
place_unlisten(const struct place *p)
{
	unlink(p->socket);
	if (p->live_file != NULL)
		unlink(p->live_file);
}

bool
place_listens(const struct place *p)
{
	struct stat st;

	return lstat(p->socket, &st) == 0 && S_ISSOCK(st.st_mode) && st.st_uid == geteuid() &&
	       (p->live_file == NULL || (lstat(p->live_file, &st) == 0 && S_ISREG(st.st_mode) &&
					    st.st_uid == geteuid()));
}
