#include "live/state_file.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/id.h"
#include "base/mem.h"

static char *
state_folder(void)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");

	if (state != NULL && state[0] == '/')
		return mem_fmt("%s/debrief", state);
	if (home == NULL || home[0] != '/') {
		const struct passwd *pw = getpwuid(geteuid());
		home = pw != NULL ? pw->pw_dir : "/nonexistent";
	}
	return mem_fmt("%s/.local/state/debrief", home);
}

/* Every folder on the way that is missing. */
static bool
make_folders(char *path)
{
	for (char *p = strchr(path + 1, '/'); p != NULL; p = strchr(p + 1, '/')) {
		*p = '\0';
		mkdir(path, 0700); /* the last one says what is wrong */
		*p = '/';
	}
	return mkdir(path, 0700) == 0 || errno == EEXIST;
}

static bool
make_private(const char *folder)
{
	struct stat st;

	return lstat(folder, &st) == 0 && S_ISDIR(st.st_mode) && st.st_uid == geteuid() &&
	       ((st.st_mode & 077) == 0 || chmod(folder, 0700) == 0);
}

static bool
cannot(const char *path, struct err *e)
{
	return err_set(e, ERR_STORE,
	    "cannot keep %s (%s): nothing was changed: make room, or set XDG_STATE_HOME to a "
	    "folder of yours",
	    path, strerror(errno));
}

char *
state_file_path(const char *folder, const char *name, struct err *e)
{
	char *top = state_folder(), *dir = mem_fmt("%s/%s", top, folder), *path = NULL;

	if (make_folders(dir) && make_private(top) && make_private(dir))
		path = mem_fmt("%s/%s", dir, name);
	else
		cannot(dir, e);
	free(top);
	free(dir);
	return path;
}

static int
open_ours(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct stat st;

	if (fd < 0)
		return -1;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == geteuid() &&
	    ((st.st_mode & 077) == 0 || fchmod(fd, 0600) == 0))
		return fd;
	close(fd);
	errno = EPERM;
	return -1;
}

bool
state_file_read(const char *path, void *bytes, size_t len)
{
	int fd = open_ours(path, O_RDONLY);
	size_t got = 0;
	ssize_t n;

	if (fd < 0)
		return false;
	while (got < len && (n = read(fd, (char *)bytes + got, len - got)) != 0) {
		if (n > 0)
			got += (size_t)n;
		else if (errno != EINTR)
			break;
	}
	close(fd);
	return got == len;
}

static bool
write_all(int fd, const void *bytes, size_t len)
{
	size_t done = 0;

	while (done < len) {
		ssize_t n = write(fd, (const char *)bytes + done, len - done);
		if (n < 0 && errno != EINTR)
			return false;
		done += n > 0 ? (size_t)n : 0;
	}
	return fsync(fd) == 0;
}

static int
open_folder(const char *path)
{
	char *folder = mem_dupn(path, (size_t)(strrchr(path, '/') - path));
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	free(folder);
	return fd;
}

int
state_file_lock(const char *path)
{
	int fd = open_folder(path);

	while (fd >= 0 && flock(fd, LOCK_EX) != 0 && errno == EINTR)
		;
	return fd;
}

void
state_file_unlock(int lock)
{
	if (lock < 0)
		return;
	fsync(lock);
	close(lock);
}

static void
sync_folder(const char *path)
{
	state_file_unlock(open_folder(path));
}

bool
state_file_put(const char *path, const void *bytes, size_t len, struct err *e)
{
	char *beside = mem_fmt("%s.%s", path, id_random().s);
	int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool good = fd >= 0 && write_all(fd, bytes, len) &&
		    (link(beside, path) == 0 || errno == EEXIST);

	if (!good)
		cannot(path, e);
	if (fd >= 0) {
		unlink(beside);
		close(fd);
		sync_folder(path);
	}
	free(beside);
	return good;
}

/* What cannot be overwritten can still be removed. */
static void
overwrite(const char *path)
{
	static const char nothing[4096];
	int fd = open_ours(path, O_WRONLY);
	struct stat st;

	if (fd < 0)
		return;
	if (fstat(fd, &st) == 0 && st.st_size <= (off_t)sizeof nothing)
		write_all(fd, nothing, (size_t)st.st_size);
	close(fd);
}

bool
state_file_erase(const char *path, struct err *e)
{
	overwrite(path);
	if (unlink(path) != 0 && errno != ENOENT)
		return err_set(e, ERR_STORE,
		    "cannot remove %s (%s): it is still there: remove it by hand", path,
		    strerror(errno));
	sync_folder(path);
	return true;
}
