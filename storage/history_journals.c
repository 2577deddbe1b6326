/* The journals of a repository, without opening one of them. */
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "storage/history_internal.h"
#include "storage/journal_file.h"

void
kepts_fini(struct kepts *k)
{
	for (size_t i = 0; i < k->n; i++) {
		free(k->v[i].file);
		free(k->v[i].path);
	}
	free(k->v);
	*k = (struct kepts){ 0 };
}

/* A host holds its lock for life, so a lock that can be taken is nobody's. */
bool
lock_held(const char *file)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	bool held = fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) != 0;

	if (fd >= 0)
		close(fd);
	return held;
}

/* "ID.journal", or ".repaired" and ".next" where a crash interrupted a replacement. */
static bool
journal_of(const char *name, struct id *id)
{
	char text[ID_LEN + 1];

	if (strlen(name) < ID_LEN || strncmp(name + ID_LEN, ".journal", 8) != 0)
		return false;
	memcpy(text, name, ID_LEN);
	text[ID_LEN] = '\0';
	return id_parse(text, id) && (strcmp(name + ID_LEN, ".journal") == 0 ||
					 strcmp(name + ID_LEN, ".journal.repaired") == 0 ||
					 strcmp(name + ID_LEN, ".journal.next") == 0);
}

static char *
path_of(const char *file)
{
	char *path = journal_name_read(file);
	struct journal_meta meta;
	struct debrief *d;

	if (path != NULL || !journal_peek(file, &meta, &d, NULL))
		return path;
	path = mem_dup(meta.path[0] != '\0' ? meta.path : NULL);
	journal_meta_fini(&meta);
	debrief_free(d);
	return path;
}

static bool
known(const struct kepts *k, struct id id)
{
	for (size_t i = 0; i < k->n; i++)
		if (id_equal(k->v[i].id, id))
			return true;
	return false;
}

static void
kepts_add(const struct repo *r, struct id id, struct kepts *out)
{
	struct kept k = { .id = id, .file = history_journal_file(r, id) };
	char *lock;

	k.path = path_of(k.file);
	if (k.path == NULL) {
		free(k.file);
		return;
	}
	lock = history_lock_file(r, id);
	k.live = lock_held(lock);
	free(lock);
	VEC_ROOM(out->v, out->n, out->cap);
	out->v[out->n++] = k;
}

void
kepts_find(const struct repo *r, const char *prefix, struct kepts *out)
{
	char *dir = history_state_dir(r, false, NULL);
	DIR *folder = dir != NULL ? opendir(dir) : NULL;
	struct dirent *one;
	struct id id;

	while (folder != NULL && (one = readdir(folder)) != NULL)
		if (strncmp(one->d_name, prefix, strlen(prefix)) == 0 &&
		    journal_of(one->d_name, &id) && !known(out, id))
			kepts_add(r, id, out);
	if (folder != NULL)
		closedir(folder);
	free(dir);
}
