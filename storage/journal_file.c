#include "storage/journal_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"

enum { NAME_MAX_BYTES = 4096, ASIDE_MAX = 1000 };

static char *
name_file(const char *file)
{
	size_t len = strlen(file), end = strlen(".journal");

	if (len > end && strcmp(file + len - end, ".journal") == 0)
		len -= end;
	return mem_fmt("%.*s.name", (int)len, file);
}

void
journal_name_write(const char *file, const char *path)
{
	char *name = name_file(file);
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd >= 0) {
		char *line = mem_fmt("%s\n", path);
		bool whole = write(fd, line, strlen(line)) == (ssize_t)strlen(line);
		close(fd);
		if (!whole)
			unlink(name);
		free(line);
	}
	free(name);
}

char *
journal_name_read(const char *file)
{
	char *name = name_file(file), *path = NULL;
	struct buf b = { 0 };

	/* Without its line end it was cut: asking the journal itself is slower, but right. */
	if (buf_read_file(&b, name, NAME_MAX_BYTES, NULL) && b.len > 1 && b.data[b.len - 1] == '\n')
		path = mem_dupn(b.data, b.len - 1);
	buf_fini(&b);
	free(name);
	return path;
}

char *
journal_next_file(const char *file, bool keep_old)
{
	return mem_fmt("%s.%s", file, keep_old ? "repaired" : "next");
}

bool
journal_sync(const char *file, bool folder, struct err *e)
{
	char *path = folder ? mem_dupn(file, (size_t)(strrchr(file, '/') - file)) : mem_dup(file);
	int fd = open(path, (folder ? O_DIRECTORY : 0) | O_RDONLY | O_CLOEXEC);
	bool good = fd >= 0 && (fsync(fd) == 0 || (folder && errno == EINVAL));

	if (!good)
		err_set(e, ERR_STORE, "%s is not safely on disk: %s: nothing was changed", path,
		    strerror(errno));
	if (fd >= 0)
		close(fd);
	free(path);
	return good;
}

static bool
move(const char *from, const char *to, struct err *e)
{
	if (rename(from, to) == 0 || errno == ENOENT)
		return true;
	return err_set(
	    e, ERR_STORE, "%s cannot be renamed: %s: nothing was changed", from, strerror(errno));
}

char *
journal_set_aside(const char *file, struct err *e)
{
	char *aside = NULL, *wal = mem_fmt("%s-wal", file), *aside_wal;
	bool taken = true, good;

	for (int i = 1; taken && i < ASIDE_MAX; i++) {
		free(aside);
		aside = mem_fmt("%s.damaged-%d", file, i);
		aside_wal = mem_fmt("%s-wal", aside);
		taken = access(aside, F_OK) == 0 || access(aside_wal, F_OK) == 0;
		free(aside_wal);
	}
	aside_wal = mem_fmt("%s-wal", aside);
	good = move(file, aside, e) && move(wal, aside_wal, e);
	free(aside_wal);
	free(wal);
	if (good)
		return aside;
	free(aside);
	return NULL;
}

bool
journal_swap(const char *file, char **aside, struct err *e)
{
	char *repaired = journal_next_file(file, true), *next = journal_next_file(file, false);
	char *wal = mem_fmt("%s-wal", file), *kept = NULL;
	bool good = true;

	/* The old "-wal" goes before the new file comes: SQLite would take it for the new one's. */
	if (access(repaired, F_OK) == 0) {
		kept = journal_set_aside(file, e);
		good = kept != NULL && move(repaired, file, e) && journal_sync(file, true, e);
	} else if (access(next, F_OK) == 0) {
		unlink(wal);
		good = move(next, file, e) && journal_sync(file, true, e);
	}
	if (good && aside != NULL)
		*aside = kept;
	else
		free(kept);
	free(repaired);
	free(next);
	free(wal);
	return good;
}

void
remains_open(struct remains *r, const char *file)
{
	char *wal = mem_fmt("%s-wal", file);

	r->fd[0] = open(file, O_WRONLY | O_CLOEXEC);
	r->fd[1] = open(wal, O_WRONLY | O_CLOEXEC);
	free(wal);
}

static bool
overwrite(int fd)
{
	static const char zeros[65536];
	struct stat st;
	off_t at = 0;

	if (fstat(fd, &st) != 0)
		return false;
	while (at < st.st_size) {
		size_t len = st.st_size - at < (off_t)sizeof zeros ? (size_t)(st.st_size - at)
								   : sizeof zeros;
		ssize_t n = pwrite(fd, zeros, len, at);
		if (n <= 0)
			return false;
		at += n;
	}
	return fsync(fd) == 0;
}

void
remains_close(struct remains *r)
{
	for (int i = 0; i < 2; i++)
		if (r->fd[i] >= 0) {
			close(r->fd[i]);
			r->fd[i] = -1;
		}
}

bool
remains_overwrite(struct remains *r)
{
	bool good = true;

	for (int i = 0; i < 2; i++)
		good = (r->fd[i] < 0 || overwrite(r->fd[i])) && good;
	remains_close(r);
	return good;
}

bool
journal_remove(const char *file, struct err *e)
{
	static const char *const more[] = { "-wal", "-shm", "-journal", ".next", ".repaired" };
	char *name = name_file(file);
	bool good = unlink(file) == 0 || errno == ENOENT;

	if (!good)
		err_set(e, ERR_STORE, "%s cannot be removed: %s: it was emptied", file,
		    strerror(errno));
	for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
		char *path = mem_fmt("%s%s", file, more[i]);
		unlink(path);
		free(path);
	}
	unlink(name);
	free(name);
	return good;
}
