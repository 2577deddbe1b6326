#include <stdlib.h>
#include <string.h>

#include "live/host_internal.h"

void
tie_look(const struct debrief *d, struct tie *t)
{
	strs_copy(&t->on, &d->votes_on);
	for (size_t i = 0; i < d->ballots.n; i++) {
		const char *space = strchr(d->ballots.v[i], ' ');
		if (space != NULL)
			strs_add(&t->on, space + 1);
	}
	strs_sort(&t->on, true);
}

static int64_t
votes_of(const struct debrief *d, const char *text)
{
	const struct field *f;
	struct item *it;
	enum kind kind;
	struct id id;
	struct value v;

	if (!id_parse(text, &id) || (it = debrief_any(d, id, &kind)) == NULL ||
	    (f = schema_field(kind, "votes")) == NULL)
		return 0;
	v = field_get(it, f);
	return v.num;
}

/* Those that share the first place, "ID,ID". Returns how many. */
static size_t
first_of(const struct debrief *d, const struct strs *on, int64_t *votes, struct buf *out)
{
	size_t n = 0;

	*votes = 1;
	for (size_t i = 0; i < on->n; i++) {
		int64_t its = votes_of(d, on->v[i]);
		if (its > *votes) {
			buf_clear(out);
			n = 0;
			*votes = its;
		}
		if (its == *votes)
			buf_addf(out, "%s%s", n++ > 0 ? "," : "", on->v[i]);
	}
	return n;
}

/* All see it; who leads is asked what to do about it. */
static void
tell(struct host *h, const char *ids, const char *text)
{
	for (size_t i = 0; i < h->n_peers; i++) {
		struct peer *p = h->peers[i];
		enum role_of role;
		struct message m;
		if (!here_is(p))
			continue;
		role = host_role(h, p->name, p->role_given);
		message_init(&m, MSG_NOTICE);
		m.text = mem_dup(text);
		if (role == PERSON_FACILITATOR || role == PERSON_SCRIBE) {
			m.want = mem_dup("tie");
			m.item = mem_dup(ids);
		}
		peer_tell(p, &m);
		message_fini(&m);
	}
}

void
tie_tell(struct host *h, struct tie *t)
{
	struct buf ids = { 0 };
	int64_t votes;
	size_t n = first_of(h->d, &t->on, &votes, &ids);
	char *text;

	if (n > 1) {
		text = mem_fmt("a tie: %zu have %lld vote%s each: votes open 1 on=%s decides it", n,
		    (long long)votes, votes == 1 ? "" : "s", ids.data);
		tell(h, ids.data, text);
		free(text);
	}
	buf_fini(&ids);
}
