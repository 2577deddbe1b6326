#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "live/host_internal.h"

enum {
	KEPT_MOST = 256,      /* people */
	TEXT_MOST = 32 * 1024 /* of one; a longer one is not kept */
};

static void
kept_free(struct host *h, size_t i)
{
	struct kept *k = &h->kept[i];

	free(k->of.name);
	free(k->secret);
	free(k->text);
	memmove(k, k + 1, (h->n_kept - i - 1) * sizeof *k);
	h->n_kept--;
}

static bool
same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool
is_of(const struct kept *k, const struct peer *p)
{
	return strcmp(k->of.name, p->name) == 0 && k->of.uid == p->uid &&
	       k->of.pinned == p->pinned && same_text(k->secret, p->secret);
}

static size_t
index_of(const struct peer *p)
{
	const struct host *h = p->host;
	size_t i = 0;

	while (i < h->n_kept && !is_of(&h->kept[i], p))
		i++;
	return i;
}

void
kept_put(struct peer *p, const char *text)
{
	struct host *h = p->host;
	size_t i = index_of(p), len = text != NULL ? strlen(text) : 0;
	struct kept *k;

	if (i < h->n_kept)
		kept_free(h, i);
	if (len == 0 || len > TEXT_MOST)
		return;
	if (h->n_kept == KEPT_MOST)
		kept_free(h, 0); /* the one that is oldest */
	VEC_ROOM(h->kept, h->n_kept, h->cap_kept);
	k = &h->kept[h->n_kept++];
	*k = (struct kept){ .of = { mem_dup(p->name), p->uid, p->pinned },
		.secret = mem_dup(p->secret),
		.text = mem_dup(text),
		.at_ms = here_now_ms(h),
		.hushed = visible_hushed(h->d) };
}

void
kept_left(struct peer *p)
{
	size_t i = index_of(p);

	if (i < p->host->n_kept)
		p->host->kept[i].at_ms = here_now_ms(p->host);
}

/* The secret proves who it is; without one there may be nothing in it that is for one alone. */
const struct kept *
kept_of(const struct peer *p)
{
	const struct host *h = p->host;
	size_t i = index_of(p);
	const struct kept *k = i < h->n_kept ? &h->kept[i] : NULL;
	bool takes = strcmp(p->want, "join") == 0 || strcmp(p->want, "console") == 0;

	if (k == NULL || !takes || (k->secret == NULL && (k->hushed || visible_hushed(h->d))))
		return NULL;
	return k;
}

void
kept_fini(struct host *h)
{
	while (h->n_kept > 0)
		kept_free(h, h->n_kept - 1);
	free(h->kept);
}
