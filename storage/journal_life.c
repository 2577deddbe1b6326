/* The life of a journal: begun, opened, repaired, begun anew, removed. What SQLite has to do with
 * it is in journal.c. */
#include "storage/journal.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "storage/journal_file.h"
#include "storage/journal_internal.h"

void
journal_meta_fini(struct journal_meta *m)
{
	free(m->path);
	free(m->base);
	*m = (struct journal_meta){ 0 };
}

void
reading_fini(struct reading *g)
{
	journal_meta_fini(&g->meta);
	debrief_free(g->replay.d);
	*g = (struct reading){ 0 };
}

static struct journal *
journal_new(const char *file)
{
	struct journal *j = mem_zero(1, sizeof *j);

	j->file = mem_dup(file);
	return j;
}

void
journal_close(struct journal *j)
{
	if (j == NULL)
		return;
	journal_disconnect(j, j->read_only);
	buf_fini(&j->body);
	free(j->file);
	free(j);
}

struct journal *
journal_create(
    const char *file, const struct journal_meta *meta, const struct debrief *d, struct err *e)
{
	struct fresh f = { .meta = meta, .d = d };
	struct journal *j;

	assert(file[0] == '/');
	if (access(file, F_OK) == 0) {
		err_set(e, ERR_REFUSED, "%s is there already: nothing was changed", file);
		return NULL;
	}
	journal_name_write(file, meta->path);
	if (!journal_write_fresh(file, &f, e))
		return NULL;
	j = journal_new(file);
	j->n = (int64_t)beginning_count(d);
	if (journal_connect(j, e))
		return j;
	journal_close(j);
	return NULL;
}

/* Nothing in it can be had. */
static bool
set_aside_whole(struct journal *j, struct err *e)
{
	char *aside;

	journal_disconnect(j, true);
	aside = journal_set_aside(j->file, e);
	if (aside == NULL)
		return false;
	err_set(e, ERR_STORE,
	    "%s is no journal, or nothing in it is whole: it was set aside as %s: open again to go "
	    "on from what was last saved",
	    j->file, aside);
	free(aside);
	return false;
}

/* Write what is whole into a new file, set the damaged one aside. */
static bool
repair(struct journal *j, const struct reading *g, struct journal_state *state, struct err *e)
{
	struct fresh f = { .meta = &g->meta,
		.d = g->replay.d,
		.from = g->replay.begun ? j : NULL,
		.whole = g->replay.n };
	char *next = journal_next_file(j->file, true), *aside = NULL;
	bool good = journal_write_fresh(next, &f, e);

	journal_disconnect(j, true);
	good = good && journal_swap(j->file, &aside, e);
	if (good) {
		state->damaged = true;
		snprintf(state->words, sizeof state->words,
		    "the journal was damaged: %s%s: the damaged file is kept as %s",
		    g->replay.begun ? "what came after its last whole change is missing"
				    : "only a part of its beginning is whole",
		    g->meta.base == NULL ? "; it will be joined with what was saved" : "",
		    aside != NULL ? aside : "(it was gone)");
		j->n = f.from != NULL ? f.whole : (int64_t)beginning_count(f.d);
	}
	free(aside);
	free(next);
	return good && journal_connect(j, e);
}

/* What was found decides how it goes on. */
static bool
take(struct journal *j, enum found found, const struct reading *g, struct journal_state *state,
    struct err *e)
{
	bool damaged;

	switch (found) {
	case FOUND_WHOLE:
		return journal_ready(j, &damaged, e) || (damaged && repair(j, g, state, e));
	case FOUND_PART:
		return repair(j, g, state, e);
	case FOUND_NEWER:
		j->read_only = state->read_only = true;
		snprintf(state->words, sizeof state->words,
		    "the journal holds changes of a newer debrief: it is shown up to them and not "
		    "changed: use "
		    "that program");
		return true;
	case FOUND_NOTHING:
		return set_aside_whole(j, e);
	case FOUND_FOREIGN:
		return err_set(e, ERR_STORE,
		    "%s was written by a newer debrief: nothing was changed: use that one",
		    j->file);
	case FOUND_FAILED:
		break;
	}
	return false;
}

static bool
journal_there(const char *file, struct err *e)
{
	struct stat st;

	if (stat(file, &st) != 0)
		return err_set(e, errno == ENOENT ? ERR_MISSING : ERR_STORE,
		    "%s: no such journal: %s", file, strerror(errno));
	return S_ISREG(st.st_mode) ||
	       err_set(e, ERR_STORE, "%s is no file: nothing was changed: move it away", file);
}

/* A path that was damaged is in the small file beside the journal too. */
static void
fill_path(struct reading *g, const char *file)
{
	if (g->meta.path == NULL)
		g->meta.path = journal_name_read(file);
	if (g->meta.path == NULL)
		g->meta.path = mem_dup("");
}

/* What was read becomes the caller's. */
static void
reading_give(struct reading *g, struct journal_meta *meta, struct debrief **d)
{
	*meta = g->meta;
	*d = g->replay.d;
	*g = (struct reading){ 0 };
}

struct journal *
journal_open(const char *file, struct journal_meta *meta, struct debrief **d, journal_each_fn *each,
    void *ctx, struct journal_state *state, struct err *e)
{
	struct reading g = { .replay = { .each = each, .ctx = ctx } };
	struct journal *j;
	enum found found;

	assert(file[0] == '/');
	*state = (struct journal_state){ 0 };
	if (!journal_swap(file, NULL, e) || !journal_there(file, e))
		return NULL;
	j = journal_new(file);
	found = journal_load(j, false, &g, e);
	fill_path(&g, file);
	if (take(j, found, &g, state, e)) {
		reading_give(&g, meta, d);
		return j;
	}
	reading_fini(&g);
	journal_disconnect(j, true);
	journal_close(j);
	return NULL;
}

bool
journal_peek(const char *file, struct journal_meta *meta, struct debrief **d, struct err *e)
{
	struct reading g = { 0 };
	struct journal *j;
	enum found found;
	bool good;

	assert(file[0] == '/');
	if (!journal_there(file, e))
		return false;
	j = journal_new(file);
	found = journal_load(j, true, &g, e);
	good = found == FOUND_WHOLE || found == FOUND_PART || found == FOUND_NEWER;
	fill_path(&g, file);
	if (good)
		reading_give(&g, meta, d);
	else if (found != FOUND_FAILED)
		err_set(e, ERR_STORE,
		    "%s is no journal that can be read: nothing was changed: debrief open says "
		    "more",
		    file);
	reading_fini(&g);
	journal_disconnect(j, true);
	journal_close(j);
	return good;
}

bool
journal_restart(struct journal *j, const struct debrief *d, struct err *e)
{
	struct journal_meta meta = { 0 };
	struct fresh f = { .meta = &meta, .d = d };
	struct remains old;
	char *next;
	bool good;

	if (!journal_may_write(j, e))
		return false;
	journal_load_meta(j, &meta);
	if (!id_some(meta.id))
		meta.id = d->item.id;
	next = journal_next_file(j->file, false);
	good = journal_write_fresh(next, &f, e);
	if (good) {
		remains_open(&old, j->file);
		journal_disconnect(j, false);
		good = journal_swap(j->file, NULL, e);
		j->n = good ? (int64_t)beginning_count(d) : j->n;
		if (good)
			remains_overwrite(&old);
		else
			remains_close(&old);
		good = journal_connect(j, good ? e : NULL) && good;
	}
	free(next);
	journal_meta_fini(&meta);
	return good;
}

bool
journal_scrub(struct journal *j, struct err *e)
{
	struct remains old;
	char *file = mem_dup(j->file);
	bool good;

	remains_open(&old, file);
	journal_disconnect(j, true);
	journal_close(j);
	remains_overwrite(&old);
	good = journal_remove(file, e);
	free(file);
	return good;
}
