#include "live/codes.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"
#include "live/secret.h"
#include "storage/history.h"

enum { DIGITS = 8, FILE_MOST = 1 << 20 };

static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
static const char first_line[] = "debrief-codes 1\n";
static const char ending[] = ".codes";

/* A line of the file: "STATE ROLE HASH NAME". */
enum code_state { CODE_NEW, CODE_BACK /* given to one who was here */, CODE_USED, N_CODE_STATES };
static const char *const state_words[N_CODE_STATES] = { "new", "back", "used" };

struct row {
	enum code_state state;
	char *role, *name;
	char hash[OWNER_LETTERS + 1];
};
struct rows {
	struct row *v;
	size_t n, cap;
};

static void
rows_fini(struct rows *r)
{
	for (size_t i = 0; i < r->n; i++) {
		free(r->v[i].role);
		free(r->v[i].name);
	}
	free(r->v);
	*r = (struct rows){ 0 };
}

static void
rows_add(
    struct rows *r, enum code_state state, const char *role, const char *hash, const char *name)
{
	struct row *row;

	VEC_ROOM(r->v, r->n, r->cap);
	row = &r->v[r->n++];
	*row = (struct row){ .state = state, .role = mem_dup(role), .name = mem_dup(name) };
	memcpy(row->hash, hash, strlen(hash) + 1);
}

/* One whole line; what is not written so is passed over. */
static void
read_row(char *line, struct rows *out)
{
	char *word[4];

	for (int i = 0; i < 3; i++) {
		word[i] = line;
		line += strcspn(line, " ");
		if (*line == '\0')
			return;
		*line++ = '\0';
	}
	word[3] = line;
	if (strlen(word[2]) > OWNER_LETTERS || !text_ok(line, strlen(line), TEXT_LINE, NULL))
		return;
	for (int s = 0; s < N_CODE_STATES; s++)
		if (strcmp(word[0], state_words[s]) == 0)
			rows_add(out, (enum code_state)s, word[1], word[2], word[3]);
}

static char *
path_of(const struct repo *r, const char *file, struct err *e)
{
	char *dir = history_state_dir(r, true, e);
	char *path = dir != NULL ? mem_fmt("%s/%s", dir, file) : NULL;

	free(dir);
	return path;
}

static char *
file_of(const struct repo *r, struct id debrief, struct err *e)
{
	char *name = mem_fmt("%s%s", debrief.s, ending);
	char *path = path_of(r, name, e);

	free(name);
	return path;
}

/* No file is no row. */
static bool
rows_read(const char *path, struct rows *out, struct err *e)
{
	struct buf b = { 0 };
	struct err why = { 0 };

	if (!buf_read_file(&b, path, FILE_MOST, &why)) {
		if (e != NULL)
			*e = why;
		return why.kind == ERR_MISSING;
	}
	for (char *p = b.data; p != NULL && *p != '\0';) {
		char *end = p + strcspn(p, "\n");
		bool more = *end == '\n';
		*end = '\0';
		read_row(p, out);
		p = end + more;
	}
	buf_fini(&b);
	return true;
}

static bool
rows_write(const char *path, const struct rows *rows, struct err *e)
{
	/* Its mode is kept when it is written anew. */
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	struct buf b = { 0 };
	bool good;

	if (fd < 0)
		return err_set(e, ERR_STORE,
		    "cannot write %s (%s): no code was changed: see whose it is", path,
		    strerror(errno));
	fchmod(fd, 0600);
	close(fd);
	buf_adds(&b, first_line);
	for (size_t i = 0; i < rows->n; i++)
		buf_addf(&b, "%s %s %s %s\n", state_words[rows->v[i].state], rows->v[i].role,
		    rows->v[i].hash, rows->v[i].name);
	good = buf_write_file(path, b.data, b.len, e);
	buf_fini(&b);
	return good;
}

/* One at a time changes codes of a history. A descriptor, or -1. */
static int
codes_lock(const struct repo *r, struct err *e)
{
	char *path = path_of(r, "codes.lock", e);
	int fd = path != NULL ? open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600) : -1;

	if (fd < 0 && path != NULL)
		err_set(e, ERR_STORE, "cannot open %s (%s): no code was changed: see whose it is",
		    path, strerror(errno));
	free(path);
	while (fd >= 0 && flock(fd, LOCK_EX) != 0 && errno == EINTR)
		;
	return fd;
}

static void
code_new(char code[CODE_LETTERS + 1])
{
	uint64_t bits = rand_bits();
	int at = 0;

	for (int i = 0; i < DIGITS; i++) {
		if (i == DIGITS / 2)
			code[at++] = '-';
		code[at++] = letters[bits & 31];
		bits >>= 5;
	}
	code[at] = '\0';
}

/* As it was typed: any case, with or without dash and blanks, O for 0, I and L for 1. */
static bool
code_read(const char *typed, char out[DIGITS + 1])
{
	int n = 0;

	for (; *typed != '\0'; typed++) {
		char c = *typed >= 'a' && *typed <= 'z' ? (char)(*typed - 'a' + 'A') : *typed;
		if (c == '-' || c == ' ' || c == '\t')
			continue;
		c = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
		if (n == DIGITS || strchr(letters, c) == NULL)
			return false;
		out[n++] = c;
	}
	out[n] = '\0';
	return n == DIGITS;
}

/* A code is short: what hashes it takes at least 16 bytes. */
static char *
long_code(const char *digits)
{
	return mem_fmt("debrief-code-%s", digits);
}

static void
hash_of(const char *code, struct id debrief, char out[OWNER_LETTERS + 1])
{
	char digits[DIGITS + 1], *secret;

	code_read(code, digits);
	secret = long_code(digits);
	secret_owner(secret, debrief, out);
	free(secret);
}

bool
codes_make(const struct repo *r, struct id debrief, const char *name, const char *role,
    char code[CODE_LETTERS + 1], struct err *e)
{
	char *path = file_of(r, debrief, e);
	int lock = path != NULL ? codes_lock(r, e) : -1;
	struct rows rows = { 0 };
	char hash[OWNER_LETTERS + 1];
	bool good = lock >= 0 && rows_read(path, &rows, e);

	if (good && (name[0] == '\0' || !text_ok(name, strlen(name), TEXT_LINE, e)))
		good = err_set(e, ERR_REFUSED,
		    "a guest needs a name of one line: no code was made: write debrief invite "
		    "WHICH NAME");
	if (good) {
		code_new(code);
		hash_of(code, debrief, hash);
		rows_add(&rows, CODE_NEW, role, hash, name);
		good = rows_write(path, &rows, e);
	}
	rows_fini(&rows);
	if (lock >= 0)
		close(lock);
	free(path);
	return good;
}

void
guest_fini(struct guest *g)
{
	free(g->name);
	free(g->role);
	*g = (struct guest){ 0 };
}

/* NULL: no row of the debrief is it. */
static struct row *
row_of(struct rows *rows, const char *digits, const char *name, struct id debrief)
{
	char *secret = long_code(digits);
	struct row *found = NULL;

	for (size_t i = 0; i < rows->n; i++)
		if (rows->v[i].state != CODE_USED &&
		    secret_owns(secret, debrief, rows->v[i].hash) &&
		    text_same(rows->v[i].name, name))
			found = &rows->v[i];
	free(secret);
	return found;
}

/* The code is gone and the next one written before anybody is let in. */
static bool
enter(const char *path, struct rows *rows, struct row *row, struct guest *out, struct err *e)
{
	struct guest g = { .debrief = out->debrief };

	code_new(g.again);
	hash_of(g.again, g.debrief, row->hash);
	row->state = CODE_BACK;
	if (!rows_write(path, rows, e))
		return false;
	g.name = mem_dup(row->name);
	g.role = mem_dup(row->role);
	*out = g;
	return true;
}

static bool
is_codes_file(const char *name, struct id *debrief)
{
	char id[ID_LEN + 1];

	if (strlen(name) != ID_LEN + strlen(ending) || strcmp(name + ID_LEN, ending) != 0)
		return false;
	memcpy(id, name, ID_LEN);
	id[ID_LEN] = '\0';
	return id_parse(id, debrief);
}

/* 1 let in, 0 nothing here is it, -1 with `e`. */
static int
try_file(
    const char *dir, const char *file, const char *const typed[2], struct guest *out, struct err *e)
{
	char *path = mem_fmt("%s/%s", dir, file);
	struct rows rows = { 0 };
	struct row *row;
	int got = rows_read(path, &rows, e) ? 0 : -1;

	row = got == 0 ? row_of(&rows, typed[0], typed[1], out->debrief) : NULL;
	if (row != NULL)
		got = enter(path, &rows, row, out, e) ? 1 : -1;
	rows_fini(&rows);
	free(path);
	return got;
}

bool
codes_use(
    const struct repo *r, const char *code, const char *name, struct guest *out, struct err *e)
{
	char digits[DIGITS + 1];
	const char *const typed[2] = { digits, name };
	char *dir = history_state_dir(r, true, e);
	int lock = dir != NULL ? codes_lock(r, e) : -1, got = lock >= 0 ? 0 : -1;
	DIR *files = got == 0 && code_read(code, digits) ? opendir(dir) : NULL;
	const struct dirent *file;

	*out = (struct guest){ 0 };
	while (files != NULL && got == 0 && (file = readdir(files)) != NULL)
		if (is_codes_file(file->d_name, &out->debrief))
			got = try_file(dir, file->d_name, typed, out, e);
	if (files != NULL)
		closedir(files);
	if (lock >= 0)
		close(lock);
	free(dir);
	return got == 1 || (got == 0 && err_set(e, ERR_REFUSED,
					    "that code and that name do not go together, or the "
					    "code was used: you are not in: ask for another"));
}

bool
codes_list(const struct repo *r, struct id debrief, struct strs *out, struct err *e)
{
	char *path = file_of(r, debrief, e);
	struct rows rows = { 0 };
	bool good = path != NULL && rows_read(path, &rows, e);

	for (size_t i = 0; i < rows.n; i++)
		if (rows.v[i].state != CODE_USED)
			strs_take(out, mem_fmt("%s, %s%s", rows.v[i].name, rows.v[i].role,
					   rows.v[i].state == CODE_BACK ? ", was here" : ""));
	rows_fini(&rows);
	free(path);
	return good;
}

bool
codes_bound(const struct repo *r, struct id debrief, const char *name)
{
	char *path = file_of(r, debrief, NULL);
	struct rows rows = { 0 };
	bool bound = false;

	if (path != NULL && rows_read(path, &rows, NULL))
		for (size_t i = 0; i < rows.n; i++)
			bound = bound || text_same(rows.v[i].name, name);
	rows_fini(&rows);
	free(path);
	return bound;
}

bool
codes_cancel(const struct repo *r, struct id debrief, size_t *n, struct err *e)
{
	char *path = file_of(r, debrief, e);
	int lock = path != NULL ? codes_lock(r, e) : -1;
	struct rows rows = { 0 };
	size_t ended = 0;
	bool good = lock >= 0 && rows_read(path, &rows, e);

	for (size_t i = 0; i < rows.n; i++) {
		ended += rows.v[i].state != CODE_USED;
		rows.v[i].state = CODE_USED;
		strcpy(rows.v[i].hash, "-");
	}
	good = good && (ended == 0 || rows_write(path, &rows, e));
	if (n != NULL)
		*n = ended;
	rows_fini(&rows);
	if (lock >= 0)
		close(lock);
	free(path);
	return good;
}

bool
codes_erase(const struct repo *r, struct id debrief, struct err *e)
{
	char *path = file_of(r, debrief, e);
	int lock = path != NULL ? codes_lock(r, e) : -1;
	bool good =
	    lock >= 0 &&
	    (unlink(path) == 0 || errno == ENOENT ||
		err_set(e, ERR_STORE, "cannot remove %s (%s): its codes are still good: remove it",
		    path, strerror(errno)));

	if (lock >= 0)
		close(lock);
	free(path);
	return good;
}
