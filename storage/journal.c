/* Journals as SQLite files: this alone knows SQLite. */
#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sqlite3.h>

#include "storage/journal_file.h"
#include "storage/journal_internal.h"

/* "dbrf"; a raised LAYOUT is one that older programs must not write to. */
enum { APPLICATION_ID = 0x64627266, LAYOUT = 1, BUSY_MS = 1500, PEEK_BUSY_MS = 20 };
enum { ST_BEGIN, ST_COMMIT, ST_ROLLBACK, ST_ADD, ST_META, N_ST };

static const char *const statements[N_ST] = {
	[ST_BEGIN] = "BEGIN IMMEDIATE",
	[ST_COMMIT] = "COMMIT",
	[ST_ROLLBACK] = "ROLLBACK",
	[ST_ADD] = "INSERT INTO row (n, kind, version, body, sum) VALUES (?1, ?2, ?3, ?4, ?5)",
	[ST_META] = "INSERT OR REPLACE INTO meta (name, value, sum) VALUES (?1, ?2, ?3)",
};

static const char all_rows[] = "SELECT n, kind, version, body, sum FROM row ORDER BY n";

static_assert((int)N_ST == (int)JOURNAL_STATEMENTS, "a statement a slot");

static const char layout[] =
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL, sum INTEGER NOT NULL) WITHOUT "
    "ROWID;"
    "CREATE TABLE row (n INTEGER PRIMARY KEY, kind INTEGER NOT NULL, version INTEGER NOT NULL,"
    " body BLOB NOT NULL, sum INTEGER NOT NULL);";

/* SQLite's error as "what: why: what to do". */
static bool
sql_fail(sqlite3 *db, int code, const char *what, struct err *e)
{
	const char *why = db != NULL ? sqlite3_errmsg(db) : sqlite3_errstr(code);

	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return err_set(e, ERR_STORE,
		    "%s: another process has it: nothing was changed: end that one or "
		    "join it",
		    what);
	case SQLITE_FULL:
		return err_set(e, ERR_STORE,
		    "%s: the disk is full: what was written before is safe: make room", what);
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_AUTH:
		return err_set(
		    e, ERR_STORE, "%s: no right to write there: nothing was changed", what);
	default:
		return err_set(e, ERR_STORE, "%s: %s: what was written before is kept", what, why);
	}
}

/* SQLITE_ERROR is a format that SQLite does not know, or a table that is not there: we wrote
 * neither. */
static bool
damage_code(int code)
{
	return (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB ||
	       code == SQLITE_ERROR || code == SQLITE_IOERR_SHORT_READ;
}

static int
pragma(sqlite3 *db, const char *text)
{
	return sqlite3_exec(db, text, NULL, NULL, NULL);
}

/* Every opening begins like this: nothing in the file is trusted to be more than data. */
static int
connect_to(const char *file, int flags, int busy_ms, sqlite3 **db)
{
	int code =
	    sqlite3_open_v2(file, db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);

	if (code != SQLITE_OK)
		return code;
	sqlite3_db_config(*db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(*db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(*db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(*db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(*db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	sqlite3_db_config(*db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
	sqlite3_db_config(*db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
	sqlite3_busy_timeout(*db, busy_ms);
	/* Exclusive before WAL: it then needs no shared memory, and one opener keeps all others
	 * out. */
	return pragma(*db,
	    "PRAGMA locking_mode=EXCLUSIVE; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0;"
	    "PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY");
}

static int
number_of(sqlite3 *db, const char *sql, int64_t *out)
{
	sqlite3_stmt *st = NULL;
	int code = sqlite3_prepare_v2(db, sql, -1, &st, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_step(st);
	if (code == SQLITE_ROW)
		*out = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return code == SQLITE_ROW ? SQLITE_OK : code == SQLITE_DONE ? SQLITE_CORRUPT : code;
}

void
journal_disconnect(struct journal *j, bool untouched)
{
	if (untouched && j->db != NULL)
		sqlite3_db_config(j->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	for (int i = 0; i < N_ST; i++) {
		sqlite3_finalize(j->st[i]);
		j->st[i] = NULL;
	}
	sqlite3_close(j->db);
	j->db = NULL;
}

/* Ready for writing, every commit on disk when it returns. */
static int
prepare_all(struct journal *j)
{
	int code = pragma(j->db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");

	for (int i = 0; code == SQLITE_OK && i < N_ST; i++)
		code = sqlite3_prepare_v3(
		    j->db, statements[i], -1, SQLITE_PREPARE_PERSISTENT, &j->st[i], NULL);
	return code;
}

static int
step(struct journal *j, int which)
{
	int code = sqlite3_step(j->st[which]);

	sqlite3_reset(j->st[which]);
	return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int
add_row(struct journal *j, const struct row *r)
{
	sqlite3_stmt *st = j->st[ST_ADD];

	sqlite3_bind_int64(st, 1, r->n);
	sqlite3_bind_int64(st, 2, r->kind);
	sqlite3_bind_int64(st, 3, r->version);
	sqlite3_bind_blob64(st, 4, r->body, r->len, SQLITE_STATIC);
	sqlite3_bind_int64(st, 5, (int64_t)r->sum);
	return step(j, ST_ADD);
}

static int
put_meta(struct journal *j, const char *name, const void *value, size_t len)
{
	sqlite3_stmt *st = j->st[ST_META];

	sqlite3_bind_text(st, 1, name, -1, SQLITE_STATIC);
	sqlite3_bind_blob64(st, 2, len > 0 ? value : "", len, SQLITE_STATIC);
	sqlite3_bind_int64(st, 3, (int64_t)meta_sum(name, value, len));
	return step(j, ST_META);
}

/* The base, and after how many rows it was taken: it cannot be believed when fewer are whole. */
static int
put_base(struct journal *j, const char *bytes, size_t len, const char *blob, int64_t n)
{
	char number[32];
	int code = put_meta(j, "base", bytes, len);

	snprintf(number, sizeof number, "%" PRId64, n);
	if (code == SQLITE_OK)
		code = put_meta(j, "base_blob", blob, strlen(blob));
	return code == SQLITE_OK ? put_meta(j, "base_n", number, strlen(number)) : code;
}

/* A value of the meta table, with a NUL after it; NULL when it is not there or not what was
 * written. Yours. */
static char *
get_meta(sqlite3 *db, const char *name)
{
	sqlite3_stmt *st = NULL;
	char *value = NULL;

	if (sqlite3_prepare_v2(db, "SELECT value, sum FROM meta WHERE name = ?1", -1, &st, NULL) ==
		SQLITE_OK &&
	    sqlite3_bind_text(st, 1, name, -1, SQLITE_STATIC) == SQLITE_OK &&
	    sqlite3_step(st) == SQLITE_ROW) {
		const void *bytes = sqlite3_column_blob(st, 0);
		size_t len = (size_t)sqlite3_column_bytes(st, 0);
		if (meta_sum(name, bytes, len) == (uint64_t)sqlite3_column_int64(st, 1))
			value = mem_dupn(bytes != NULL ? bytes : "", len);
	}
	sqlite3_finalize(st);
	return value;
}

static void
get_base(sqlite3 *db, int64_t whole, struct journal_meta *m)
{
	char *base = get_meta(db, "base"), *blob = get_meta(db, "base_blob"),
	     *n = get_meta(db, "base_n");

	if (base != NULL && blob != NULL && n != NULL && strlen(blob) < sizeof m->base_blob &&
	    strtoll(n, NULL, 10) <= whole) {
		m->base = base;
		strcpy(m->base_blob, blob);
		base = NULL;
	}
	free(base);
	free(blob);
	free(n);
}

static void
get_identity(sqlite3 *db, struct journal_meta *m)
{
	char *id = get_meta(db, "id");

	if (id == NULL || !id_parse(id, &m->id))
		m->id = (struct id){ "" };
	free(id);
	m->path = get_meta(db, "path");
}

void
journal_load_meta(struct journal *j, struct journal_meta *m)
{
	get_identity(j->db, m);
	get_base(j->db, j->n, m);
}

/* Columns as they were written; anything else is damage that SQLite does not see. */
static struct row
row_read(sqlite3_stmt *st)
{
	struct row r = {
		.n = sqlite3_column_int64(st, 0),
		.kind = sqlite3_column_int64(st, 1),
		.version = sqlite3_column_int64(st, 2),
		.body = sqlite3_column_blob(st, 3),
		.len = (size_t)sqlite3_column_bytes(st, 3),
		.sum = (uint64_t)sqlite3_column_int64(st, 4),
	};

	if (r.body == NULL)
		r.body = "";
	return r;
}

/* Rows in order as far as they are whole. Returns SQLite's code where the disk failed, which is no
 * damage. */
static int
read_rows(sqlite3 *db, struct replay *p, enum replay_end *end)
{
	sqlite3_stmt *st = NULL;
	int code = sqlite3_prepare_v2(db, all_rows, -1, &st, NULL);

	*end = REPLAY_GOING;
	while (
	    code == SQLITE_OK && *end == REPLAY_GOING && (code = sqlite3_step(st)) == SQLITE_ROW) {
		struct row r = row_read(st);
		*end = replay_row(p, &r);
		code = SQLITE_OK;
	}
	sqlite3_finalize(st);
	if (damage_code(code) || (code == SQLITE_DONE && !p->begun))
		*end = REPLAY_DAMAGED;
	return damage_code(code) || code == SQLITE_DONE ? SQLITE_OK : code;
}

/* Is it a journal? SQLITE_NOTADB when it is something else; *newer when its layout is of a later
 * program. */
static int
check_header(sqlite3 *db, bool *newer)
{
	int64_t application = 0, version = 0;
	int code = number_of(db, "PRAGMA application_id", &application);

	if (code == SQLITE_OK)
		code = number_of(db, "PRAGMA user_version", &version);
	if (code == SQLITE_OK && (application != APPLICATION_ID || version < 1))
		code = SQLITE_NOTADB;
	*newer = version > LAYOUT;
	return code;
}

/* With a log beside it a host has it, or was killed: then only the lock tells which. Else nobody
 * has it, and SQLite may take it as it is, without locks and companions. */
static int
peek_connect(const char *file, sqlite3 **db)
{
	char *wal = mem_fmt("%s-wal", file);
	struct buf uri = { 0 };
	struct stat st;
	bool logged = stat(wal, &st) == 0 && st.st_size > 0;
	int code;

	free(wal);
	if (logged)
		return connect_to(file, SQLITE_OPEN_READWRITE, PEEK_BUSY_MS, db);
	buf_adds(&uri, "file:");
	for (const char *c = file; *c != '\0'; c++)
		buf_addf(&uri, strchr("%?#", *c) != NULL ? "%%%02X" : "%c", (unsigned char)*c);
	buf_adds(&uri, "?immutable=1");
	code = connect_to(uri.data, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, 0, db);
	buf_fini(&uri);
	return code;
}

/* The id is in the file's name too: "7k3f9q2mx0ab.journal". */
static bool
id_of_file(const char *file, struct id *id)
{
	const char *name = strrchr(file, '/') + 1;
	char text[ID_LEN + 1];

	snprintf(text, sizeof text, "%s", name);
	return id_parse(text, id);
}

/* Returns SQLite's code where nothing at all can be had. */
static int
read_all(struct journal *j, struct reading *g, enum replay_end *end)
{
	bool newer;
	int code = check_header(j->db, &newer);

	if (code != SQLITE_OK)
		return code;
	get_identity(j->db, &g->meta);
	if (!id_some(g->meta.id) && !id_of_file(j->file, &g->meta.id))
		return SQLITE_CORRUPT;
	g->replay.d = debrief_new(g->meta.id);
	code = read_rows(j->db, &g->replay, end);
	if (newer && *end != REPLAY_DAMAGED)
		*end = REPLAY_NEWER;
	get_base(j->db, g->replay.begun ? g->replay.n : 0, &g->meta);
	return code;
}

enum found
journal_load(struct journal *j, bool peek, struct reading *g, struct err *e)
{
	enum replay_end end = REPLAY_GOING;
	int code = peek ? peek_connect(j->file, &j->db)
			: connect_to(j->file, SQLITE_OPEN_READWRITE, BUSY_MS, &j->db);

	if (code == SQLITE_OK)
		code = read_all(j, g, &end);
	if (damage_code(code))
		return FOUND_NOTHING;
	if (code != SQLITE_OK) {
		sql_fail(j->db, code, "the journal cannot be read", e);
		return FOUND_FAILED;
	}
	j->n = g->replay.n;
	if (g->replay.n == 0)
		return end == REPLAY_NEWER ? FOUND_FOREIGN : FOUND_NOTHING;
	return end == REPLAY_DAMAGED ? FOUND_PART : end == REPLAY_NEWER ? FOUND_NEWER : FOUND_WHOLE;
}

bool
journal_ready(struct journal *j, bool *damaged, struct err *e)
{
	int code = prepare_all(j);

	/* A byte of the header may say that nobody can write it. */
	*damaged =
	    damage_code(code) || ((code & 0xff) == SQLITE_READONLY && access(j->file, W_OK) == 0);
	return code == SQLITE_OK || sql_fail(j->db, code, "the journal cannot be opened", e);
}

static int
fresh_rows(struct journal *j, const struct fresh *f)
{
	sqlite3_stmt *st = NULL;
	int code = SQLITE_OK;

	for (size_t i = 0; f->from == NULL && code == SQLITE_OK && i < beginning_count(f->d); i++) {
		struct row r;
		buf_clear(&j->body);
		r = beginning_row(f->d, i, &j->body);
		code = add_row(j, &r);
		j->n = r.n;
	}
	if (f->from == NULL)
		return code;
	code = sqlite3_prepare_v2(f->from->db, all_rows, -1, &st, NULL);
	while (code == SQLITE_OK && j->n < f->whole && sqlite3_step(st) == SQLITE_ROW) {
		struct row r = row_read(st);
		code = add_row(j, &r);
		j->n = r.n;
	}
	sqlite3_finalize(st);
	return code == SQLITE_OK && j->n != f->whole ? SQLITE_CORRUPT : code;
}

static int
fresh_meta(struct journal *j, const struct journal_meta *m, int64_t base_n)
{
	int code = put_meta(j, "id", m->id.s, ID_LEN);

	if (code == SQLITE_OK && m->path != NULL)
		code = put_meta(j, "path", m->path, strlen(m->path));
	if (code == SQLITE_OK && m->base != NULL)
		code = put_base(j, m->base, strlen(m->base), m->base_blob, base_n);
	return code;
}

static int
fresh_fill(struct journal *j, const struct fresh *f)
{
	char head[96];
	int code;

	snprintf(head, sizeof head, "PRAGMA application_id=%d; PRAGMA user_version=%d;",
	    APPLICATION_ID, LAYOUT);
	if ((code = pragma(j->db, head)) != SQLITE_OK ||
	    (code = pragma(j->db, layout)) != SQLITE_OK || (code = prepare_all(j)) != SQLITE_OK ||
	    (code = pragma(j->db, "PRAGMA synchronous=OFF")) != SQLITE_OK ||
	    (code = step(j, ST_BEGIN)) != SQLITE_OK)
		return code;
	code = fresh_rows(j, f);
	if (code == SQLITE_OK)
		code = fresh_meta(j, f->meta, f->from == NULL ? j->n : 0);
	return code == SQLITE_OK ? step(j, ST_COMMIT) : code;
}

bool
journal_write_fresh(const char *file, const struct fresh *f, struct err *e)
{
	struct journal j = { .n = 0 };
	char *temp = mem_fmt("%s.new", file), *wal = mem_fmt("%s-wal", temp);
	mode_t mask = umask(0177);
	bool good;
	int code;

	unlink(temp);
	unlink(wal);
	code = connect_to(temp, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, 0, &j.db);
	if (code == SQLITE_OK)
		code = fresh_fill(&j, f);
	/* The last checkpoint may fail for want of room: then its log is still there. */
	good = code == SQLITE_OK &&
	       (code = pragma(j.db, "PRAGMA wal_checkpoint(TRUNCATE)")) == SQLITE_OK;
	if (!good)
		sql_fail(j.db, code, "the journal cannot be written", e);
	journal_disconnect(&j, false);
	umask(mask);
	good = good && journal_sync(temp, false, e);
	if (good && rename(temp, file) != 0)
		good = err_set(e, ERR_STORE, "%s cannot be made: %s: nothing was changed", file,
		    strerror(errno));
	good = good && journal_sync(file, true, e);
	if (!good)
		unlink(temp);
	unlink(wal);
	buf_fini(&j.body);
	free(temp);
	free(wal);
	return good;
}

bool
journal_connect(struct journal *j, struct err *e)
{
	int code = connect_to(j->file, SQLITE_OPEN_READWRITE, BUSY_MS, &j->db);

	if (code == SQLITE_OK)
		code = prepare_all(j);
	if (code == SQLITE_OK)
		return true;
	sql_fail(j->db, code, "the journal cannot be opened", e);
	journal_disconnect(j, false);
	return false;
}

/* After a failure of the disk: are all rows that were acknowledged there? Rows beyond them were
 * not, and go. */
static int
verify_rows(struct journal *j)
{
	sqlite3_stmt *st = NULL;
	int64_t n = 0;
	char drop[80];
	int code = sqlite3_prepare_v2(j->db, all_rows, -1, &st, NULL);

	while (code == SQLITE_OK && n < j->n && sqlite3_step(st) == SQLITE_ROW) {
		struct row r = row_read(st);
		if (r.n != ++n || r.sum != row_sum(&r))
			code = SQLITE_CORRUPT;
	}
	sqlite3_finalize(st);
	if (code == SQLITE_OK && n < j->n)
		code = SQLITE_CORRUPT;
	snprintf(drop, sizeof drop, "DELETE FROM row WHERE n > %" PRId64, j->n);
	return code == SQLITE_OK ? pragma(j->db, drop) : code;
}

static bool
journal_reopen(struct journal *j, struct err *e)
{
	int code;

	if (!journal_connect(j, e))
		return false;
	code = verify_rows(j);
	if (code == SQLITE_OK)
		return true;
	sql_fail(j->db, code, "the journal is not as it was written", e);
	journal_disconnect(j, true);
	return false;
}

/* A transaction failed: nothing of it stays. After anything worse than a full disk the connection
 * is not to be trusted: what the kernel dropped when a sync failed is not written by trying again.
 */
static bool
write_failed(struct journal *j, int code, const char *what, struct err *e)
{
	sql_fail(j->db, code, what, e);
	if (!sqlite3_get_autocommit(j->db))
		step(j, ST_ROLLBACK);
	if ((code & 0xff) != SQLITE_FULL) {
		journal_disconnect(j, true);
		journal_reopen(j, NULL);
	}
	return false;
}

bool
journal_may_write(struct journal *j, struct err *e)
{
	if (j->read_only)
		return err_set(e, ERR_STORE,
		    "the journal is of a newer debrief: nothing was written: use that program");
	return j->db != NULL || journal_reopen(j, e);
}

static int
append_rows(struct journal *j, const struct op *ops, size_t n)
{
	int code = step(j, ST_BEGIN);

	for (size_t i = 0; code == SQLITE_OK && i < n; i++) {
		struct row r;
		buf_clear(&j->body);
		r = op_row(&ops[i], j->n + 1 + (int64_t)i, &j->body);
		code = add_row(j, &r);
	}
	return code == SQLITE_OK ? step(j, ST_COMMIT) : code;
}

bool
journal_append(struct journal *j, const struct op *ops, size_t n, struct err *e)
{
	int code;

	if (n == 0)
		return true;
	if (!journal_may_write(j, e))
		return false;
	code = append_rows(j, ops, n);
	if (code != SQLITE_OK)
		return write_failed(j, code, "not written to the journal", e);
	j->n += (int64_t)n;
	return true;
}

bool
journal_set_base(struct journal *j, const char *bytes, size_t len, const char *blob, struct err *e)
{
	int code;

	if (!journal_may_write(j, e))
		return false;
	code = step(j, ST_BEGIN);
	if (code == SQLITE_OK)
		code = put_base(j, bytes, len, blob, j->n);
	if (code == SQLITE_OK)
		code = step(j, ST_COMMIT);
	if (code != SQLITE_OK)
		return write_failed(j, code, "the journal could not note what was saved", e);
	/* Brings it into the file, over the base before it, and empties the log: it is a good
	 * moment. */
	pragma(j->db, "PRAGMA wal_checkpoint(TRUNCATE)");
	return true;
}
