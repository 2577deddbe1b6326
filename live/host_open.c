#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "live/host_internal.h"
#include "storage/json_file.h"

static void
replay(void *ctx, const struct debrief *d, const struct op *op)
{
	struct host *h = ctx;

	undo_note(h->undo, d, op);
	ledger_add(&h->ledger, op);
	host_note_event(h, op);
	if (op->seq > 0) {
		h->seq = op->seq;
		h->last_cid = op->cid;
	} else {
		resume_note_quiet(h, op->by);
	}
}

static bool
load_journal(struct host *h, struct err *e)
{
	struct journal_state state = { 0 };

	h->journal = journal_open(h->journal_file, &h->meta, &h->d, replay, h, &state, e);
	if (h->journal == NULL)
		return false;
	if (state.words[0] != '\0')
		strs_add(&h->standing, state.words);
	if (state.read_only)
		h->read_only = mem_dup(state.words[0] != '\0'
					   ? state.words
					   : "the journal was written by a newer debrief: nothing "
					     "was changed: update this one");
	return true;
}

/* No meeting lasts that long: who comes back days later begins the stage's clock anew. */
static void
rest_clock(struct host *h)
{
	const int64_t most_ns = 12 * 3600 * NS_PER_S, now_ns = host_now_ns(h);

	if (h->d->stage_since_ns != TIME_NONE && now_ns - h->d->stage_since_ns > most_ns)
		h->d->stage_since_ns = now_ns;
}

static bool
load_file(struct host *h, struct err *e)
{
	struct entry entry = { 0 };
	struct buf bytes = { 0 };
	char blob[REPO_HEX] = "";
	bool newer = false, good;

	if (!history_find(h->repo, h->place.name, &entry, e))
		return false;
	good = repo_head_file(h->repo, entry.path, blob, &bytes, e);
	if (good && blob[0] == '\0')
		good = err_set(e, ERR_MISSING,
		    "there is no debrief %s any more: nothing was changed: debrief list shows "
		    "what there is",
		    h->place.name);
	if (good) {
		h->d = file_decode(
		    bytes.data != NULL ? bytes.data : "", bytes.len, &h->standing, &newer, e);
		good = h->d != NULL || history_unreadable(entry.path, e);
	}
	if (good && newer)
		h->read_only = mem_fmt(HISTORY_NEWER, h->place.name);
	if (good) {
		h->meta.id = h->d->item.id;
		h->meta.path = mem_dup(entry.path);
		h->meta.base = mem_dupn(bytes.data, bytes.len);
		snprintf(h->meta.base_blob, sizeof h->meta.base_blob, "%s", blob);
	}
	entry_fini(&entry);
	buf_fini(&bytes);
	return good;
}

bool
host_load(struct host *h, struct err *e)
{
	struct err why = { 0 };

	h->journal_file = history_journal_file(h->repo, h->place.id);
	if (access(h->journal_file, F_OK) == 0 ? !load_journal(h, e) : !load_file(h, e))
		return false;
	rest_clock(h);
	h->next = debrief_copy(h->d);
	h->loaded_seq = h->seq;
	if (!key_peek(h->place.id, &h->key) && h->d->ballots.n > 0)
		strs_add(&h->standing,
		    "the key of this vote is gone: what was given counts, but everybody has all "
		    "votes anew: close the vote and open another");
	if (h->read_only == NULL && !save_sync(h, &why))
		strs_add(&h->standing, why.text);
	return true;
}

bool
host_need_journal(struct host *h, struct err *e)
{
	char *folder;

	if (h->journal != NULL)
		return true;
	folder = history_state_dir(h->repo, true, e);
	if (folder == NULL)
		return false;
	free(folder);
	h->journal = journal_create(h->journal_file, &h->meta, h->d, e);
	return h->journal != NULL;
}
