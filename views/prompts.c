#include "views/prompts.h"

const char *
prompt_for_stage(const struct scene *sc, size_t ahead, size_t *nth)
{
	if (sc->d->shown_prompt != NULL && ahead == 0)
		return sc->d->shown_prompt;
	if (sc->prompts == NULL || sc->prompts->n == 0 || ahead >= sc->prompts->n)
		return NULL;
	*nth = (sc->prompt + ahead) % sc->prompts->n;
	return sc->prompts->v[*nth];
}

const char *
prompt_for_event(const struct scene *sc, const struct event *ev)
{
	if (sc->kind_prompts == NULL || ev == NULL || ev->kind <= EVENT_NONE ||
	    ev->kind >= N_EVENT_KINDS)
		return NULL;
	return sc->kind_prompts[ev->kind];
}
