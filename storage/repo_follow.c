/* After a commit: the work tree's file and the index entry of just the paths that it changed. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/when.h"
#include "storage/repo_internal.h"

enum { INDEX_WAIT_MS = 300, NOTE_MAX = 1024 * 1024 };

struct follow *
follows_add(struct follows *f, const char *path)
{
	VEC_ROOM(f->v, f->n, f->cap);
	f->v[f->n] = (struct follow){ .path = mem_dup(path) };
	return &f->v[f->n++];
}

void
follows_fini(struct follows *f)
{
	for (size_t i = 0; i < f->n; i++)
		free(f->v[i].path);
	free(f->v);
	*f = (struct follows){ 0 };
}

static char *
note_file(const struct repo *r)
{
	return mem_fmt("%s/debrief-follow", r->own_dir);
}

/* One line: the blob before ("-": none), a space, the path. */
static bool
note_line(struct follows *f, const char *line, size_t len)
{
	struct follow *one;
	git_oid old;
	char *path;
	bool had;

	if (len < 3)
		return false;
	had = line[0] != '-';
	if (had && (len <= GIT_OID_HEXSZ + 1 || git_oid_fromstrn(&old, line, GIT_OID_HEXSZ) != 0))
		return false;
	path = mem_dupn(line + (had ? GIT_OID_HEXSZ + 1 : 2), len - (had ? GIT_OID_HEXSZ + 1 : 2));
	one = follows_add(f, path);
	one->had = had;
	if (had)
		git_oid_cpy(&one->old, &old);
	free(path);
	return true;
}

void
follows_load(const struct repo *r, struct follows *f)
{
	char *file = note_file(r);
	struct buf b = { 0 };
	const char *at, *end;

	/* A note that was cut by a crash was written before its commit was made: there is nothing
	 * to follow. */
	if (buf_read_file(&b, file, NOTE_MAX, NULL) && b.len > 4 &&
	    strcmp(b.data + b.len - 4, "end\n") == 0)
		for (at = b.data; (end = strchr(at, '\n')) != NULL && strcmp(at, "end\n") != 0;
		     at = end + 1)
			note_line(f, at, (size_t)(end - at));
	buf_fini(&b);
	free(file);
}

static void
note_text(const struct follows *f, struct buf *out)
{
	char hex[REPO_HEX];

	for (size_t i = 0; i < f->n; i++) {
		if (f->v[i].had)
			repo_hex(&f->v[i].old, hex);
		buf_addf(out, "%s %s\n", f->v[i].had ? hex : "-", f->v[i].path);
	}
	if (f->n > 0)
		buf_adds(out, "end\n");
}

bool
follows_save(const struct repo *r, const struct follows *f, struct err *e)
{
	char *file = note_file(r);
	struct buf text = { 0 };
	int fd = open(file, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
	bool good = fd >= 0 && ftruncate(fd, 0) == 0;

	note_text(f, &text);
	if (good && text.len > 0)
		good = write(fd, text.data, text.len) == (ssize_t)text.len && fdatasync(fd) == 0;
	if (!good)
		err_set(e, ERR_STORE, "not committed, everything is kept: %s: %s", file,
		    strerror(errno));
	if (fd >= 0)
		close(fd);
	buf_fini(&text);
	free(file);
	return good;
}

/* What stands in the way of a file: a folder of its path that is none, or a link out of the work
 * tree. NULL: nothing. */
static char *
in_the_way(const struct repo *r, const char *path)
{
	char *full = mem_fmt("%s/%s", r->work_dir, path), *slash;
	size_t from = strlen(r->work_dir) + 1;
	struct stat st;

	for (slash = strchr(full + from, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (lstat(full, &st) == 0 && !S_ISDIR(st.st_mode))
			return full;
		*slash = '/';
	}
	if (lstat(full, &st) == 0 && !S_ISREG(st.st_mode))
		return full;
	free(full);
	return NULL;
}

/* The work tree's blob of a path, as git would hash it. False: no file. */
static bool
work_blob(struct repo *r, const char *path, git_oid *blob)
{
	char *full = mem_fmt("%s/%s", r->work_dir, path);
	bool is = git_repository_hashfile(blob, r->git, full, GIT_OBJECT_BLOB, path) == 0;

	free(full);
	return is;
}

bool
follow_allowed(struct repo *r, const struct follow *f, const git_oid *blob, struct err *e)
{
	char *block = in_the_way(r, f->path);
	git_oid now;

	if (block != NULL) {
		err_set(e, ERR_REFUSED,
		    "not committed, everything is kept: %s is in the way: move it away "
		    "and save again",
		    block);
		free(block);
		return false;
	}
	if (!work_blob(r, f->path, &now) || (f->had && git_oid_equal(&now, &f->old)) ||
	    (blob != NULL && git_oid_equal(&now, blob)))
		return true;
	return err_set(e, ERR_REFUSED,
	    "not committed, everything is kept: %s was changed by hand: save again, or git "
	    "checkout -- it",
	    f->path);
}

static bool
make_folders(char *full, size_t from)
{
	for (char *slash = strchr(full + from, '/'); slash != NULL;
	     slash = strchr(slash + 1, '/')) {
		bool good;
		*slash = '\0';
		good = mkdir(full, 0777) == 0 || errno == EEXIST;
		*slash = '/';
		if (!good)
			return false;
	}
	return true;
}

static void
sync_folder(const char *full)
{
	char *folder = mem_dupn(full, (size_t)(strrchr(full, '/') - full));
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(folder);
}

/* The temporary stands in the git directory: one left by a kill is no untracked file in `git
 * status`. */
static bool
work_replace(const struct repo *r, const char *full, const void *bytes, size_t len)
{
	char *temp = mem_fmt("%s/debrief-work", r->own_dir);
	struct err ignored;
	bool good;
	int fd;

	unlink(temp);
	fd = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	good = fd >= 0 && write(fd, bytes, len) == (ssize_t)len && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	if (good && rename(temp, full) == 0)
		sync_folder(full);
	else
		good = good && errno == EXDEV && buf_write_file(full, bytes, len, &ignored);
	unlink(temp);
	free(temp);
	return good;
}

static bool
work_write(struct repo *r, const char *path, const git_oid *blob)
{
	char *full = mem_fmt("%s/%s", r->work_dir, path);
	struct buf bytes = { 0 };
	bool good = make_folders(full, strlen(r->work_dir) + 1) &&
		    repo_blob_bytes(r, blob, &bytes, NULL) &&
		    work_replace(r, full, bytes.len > 0 ? bytes.data : "", bytes.len);

	buf_fini(&bytes);
	free(full);
	return good;
}

static bool
work_remove(struct repo *r, const char *path)
{
	char *full = mem_fmt("%s/%s", r->work_dir, path);
	bool good = unlink(full) == 0 || errno == ENOENT;

	free(full);
	return good;
}

/* `tip` NULL: the tip has no such path. */
static bool
work_follow(struct repo *r, const struct follow *f, const git_oid *tip, struct strs *said)
{
	char *block = in_the_way(r, f->path);
	bool there, good = block == NULL;
	git_oid now;

	free(block);
	there = good && work_blob(r, f->path, &now);
	if (there && tip != NULL && git_oid_equal(&now, tip))
		return true;
	if (there && !(f->had && git_oid_equal(&now, &f->old)))
		return true; /* edited by hand since: not ours to overwrite */
	if (good)
		good =
		    tip != NULL ? work_write(r, f->path, tip) : !there || work_remove(r, f->path);
	if (!good)
		strs_take(said,
		    mem_fmt("committed, but the file %s/%s could not be written: %s: git checkout "
			    "-- it once that is put right",
			r->work_dir, f->path,
			errno != 0 ? strerror(errno) : "something is in the way"));
	return good;
}

/* What git compares to tell an untouched file without reading it. All zero where the file is not
 * `tip`. */
static void
entry_stat(struct repo *r, const char *path, git_index_entry *entry)
{
	char *full = mem_fmt("%s/%s", r->work_dir, path);
	struct stat st;
	git_oid now;

	if (lstat(full, &st) == 0 && work_blob(r, path, &now) && git_oid_equal(&now, &entry->id)) {
		entry->ctime.seconds = (int32_t)st.st_ctim.tv_sec;
		entry->ctime.nanoseconds = (uint32_t)st.st_ctim.tv_nsec;
		entry->mtime.seconds = (int32_t)st.st_mtim.tv_sec;
		entry->mtime.nanoseconds = (uint32_t)st.st_mtim.tv_nsec;
		entry->dev = (uint32_t)st.st_dev;
		entry->ino = (uint32_t)st.st_ino;
		entry->uid = st.st_uid;
		entry->gid = st.st_gid;
		entry->file_size = (uint32_t)st.st_size;
	}
	free(full);
}

static bool
index_entry(struct repo *r, git_index *index, git_tree *tree, const char *path)
{
	git_index_entry entry = { .mode = GIT_FILEMODE_BLOB, .path = path };

	if (!repo_tree_blob(tree, path, &entry.id)) {
		int code = git_index_remove_bypath(index, path);
		return code == 0 || code == GIT_ENOTFOUND;
	}
	entry_stat(r, path, &entry);
	git_index_conflict_remove(index, path);
	return git_index_add(index, &entry) == 0;
}

/* Beside the index while we write it: a kill leaves it there, with git's own lock. */
static char *
writing_mark(const struct repo *r)
{
	return mem_fmt("%s/debrief-index", r->own_dir);
}

static void
drop_own_lock(struct repo *r, struct strs *said)
{
	char *lock = mem_fmt("%s/index.lock", r->own_dir), *mark = writing_mark(r);

	if (lock_of_the_killed(mark, lock) && unlink(lock) == 0)
		strs_add(said, "removed the lock of the index that a killed debrief had left");
	free(lock);
	free(mark);
}

static int
index_write_marked(struct repo *r, git_index *index)
{
	char *mark = writing_mark(r);
	int code;

	lock_mark(mark);
	code = git_index_write(index);
	unlink(mark);
	free(mark);
	return code;
}

/* Somebody's `git status` holds the index's lock for a moment: worth waiting for, not worth
 * stopping for. */
static int
index_write(struct repo *r, git_tree *tree, const struct follows *f)
{
	int64_t until_ms = clock_mono_ms() + INDEX_WAIT_MS;
	git_index *index = NULL;
	int code;

	if ((code = git_repository_index(&index, r->git)) != 0)
		return code;
	do {
		code = git_index_read(index, 0);
		for (size_t i = 0; code == 0 && i < f->n; i++)
			code = index_entry(r, index, tree, f->v[i].path) ? 0 : -1;
		if (code == 0)
			code = index_write_marked(r, index);
		if (code == GIT_ELOCKED)
			repo_pause(20);
	} while (code == GIT_ELOCKED && clock_mono_ms() < until_ms);
	if (code != 0)
		git_index_read(index, 1); /* forget what is not on disk */
	git_index_free(index);
	return code;
}

static bool
index_follow(struct repo *r, git_tree *tree, const struct follows *f, struct strs *said)
{
	const git_error *g;
	int code;

	drop_own_lock(r, said);
	code = index_write(r, tree, f);
	g = git_error_last();

	if (code == GIT_ELOCKED)
		strs_take(said,
		    mem_fmt("committed, but another git holds the index: git status shows %s until "
			    "the next save: when no git is running, remove %s/index.lock",
			f->v[0].path, r->own_dir));
	else if (code != 0)
		strs_take(said,
		    mem_fmt("committed, but the index could not follow (%s): git reset -q -- %s",
			g != NULL ? g->message : "no reason given", f->v[0].path));
	return code == 0;
}

void
follow_all(struct repo *r, struct follows *f, struct strs *said)
{
	git_tree *tree = NULL;
	bool done = true;

	if (f->n == 0)
		return;
	if (!repo_tip_tree(r, &tree, NULL))
		return;
	for (size_t i = 0; i < f->n; i++) {
		git_oid tip;
		bool there = repo_tree_blob(tree, f->v[i].path, &tip);
		errno = 0;
		done = work_follow(r, &f->v[i], there ? &tip : NULL, said) && done;
	}
	done = index_follow(r, tree, f, said) && done;
	git_tree_free(tree);
	if (done)
		follows_fini(f);
}
