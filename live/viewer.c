#include "live/host_internal.h"
#include "live/secret.h"

bool
viewer_owns(void *own, const struct card *card)
{
	const struct own *o = own;

	return secret_owns(o->secret, card->item.id, card->owner);
}

void
viewer_slots(struct host *h, const char *name, struct strs *out)
{
	if (name == NULL || !h->key.some)
		return;
	for (int i = 0; i < h->next->votes_each; i++)
		strs_add(out, key_ballot(&h->key, name, i).s);
}

struct id
viewer_answer(struct host *h, const char *name)
{
	enum { ANSWER = 1 << 20 }; /* beyond all votes */

	if (name == NULL || !h->key.some || h->next->asked == NULL)
		return (struct id){ "" };
	return key_ballot(&h->key, name, ANSWER);
}

void
viewer_of(struct peer *p, struct own *own, struct viewer *out)
{
	*own = (struct own){ 0 };
	*out = (struct viewer){ .role = host_role(p->host, p->name, p->role_given) };
	if (p->sees_nothing_own)
		return;
	own->secret = p->secret;
	out->name = p->name;
	out->ctx = own;
	out->owns = p->secret != NULL ? viewer_owns : NULL;
	out->answer_slot = viewer_answer(p->host, p->name);
	viewer_slots(p->host, p->name, &own->slots);
	if (own->slots.n > 0)
		out->slots = &own->slots;
}

void
viewer_fini(struct own *own)
{
	strs_fini(&own->slots);
}
