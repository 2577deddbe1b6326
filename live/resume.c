#include <stdlib.h>
#include <string.h>

#include "live/host_internal.h"

/* May ops happen of which others are not told? */
static bool
may_be_quiet(const struct debrief *d)
{
	if (d->votes_each > 0)
		return true;
	for (size_t i = 0; i < DEBRIEF_N(d, COLUMN); i++)
		if (DEBRIEF_AT(d, COLUMN, column, i)->hidden)
			return true;
	for (size_t i = 0; i < DEBRIEF_N(d, PERSON); i++)
		if (DEBRIEF_AT(d, PERSON, person, i)->unseen)
			return true;
	return false;
}

static struct quiet *
quiet_of(struct host *h, const char *whose)
{
	for (size_t i = 0; whose != NULL && i < h->n_quiet; i++)
		if (strcmp(h->quiet[i].whose, whose) == 0)
			return &h->quiet[i];
	return NULL;
}

void
resume_note_quiet(struct host *h, const char *whose)
{
	struct quiet *q = quiet_of(h, whose);

	if (q == NULL && whose != NULL) {
		VEC_ROOM(h->quiet, h->n_quiet, h->cap_quiet);
		q = &h->quiet[h->n_quiet++];
		q->whose = mem_dup(whose);
	}
	if (q != NULL)
		q->seq = h->seq;
}

void
resume_fini(struct host *h)
{
	for (size_t i = 0; i < h->n_quiet; i++)
		free(h->quiet[i].whose);
	free(h->quiet);
}

static bool
had_since(struct host *h, const char *whose, uint64_t seq)
{
	const struct quiet *q = quiet_of(h, whose);

	return q != NULL && q->seq >= seq;
}

/* What has no number cannot be told apart from what was missed. An earlier host may have had some
 * from anybody: then nobody goes on, so that it does not show who it was. */
bool
resume_from(struct peer *p, const struct message *hello, struct buf *missed)
{
	struct host *h = p->host;

	if (!hello->has_since || !id_some(hello->cid))
		return false;
	if ((hello->seq <= h->loaded_seq && may_be_quiet(h->d)) ||
	    had_since(h, p->name, hello->seq) || had_since(h, p->secret, hello->seq))
		return false;
	if (hello->seq == h->seq && id_equal(hello->cid, h->last_cid))
		return true;
	return recent_since(&h->recent, hello->seq, hello->cid, missed);
}
