#include "views/prompts.h"

#include <string.h>

#include "views/clock.h"

/* Where this screen is in the list; while a question of the list is on every screen, there. */
static size_t
place(const struct scene *sc)
{
	for (size_t i = 0; sc->d->shown_prompt != NULL && i < sc->prompts->n; i++)
		if (strcmp(sc->prompts->v[i], sc->d->shown_prompt) == 0)
			return i;
	return sc->prompt;
}

const char *
prompt_for_stage(const struct scene *sc, size_t ahead, size_t *nth)
{
	if (sc->d->shown_prompt != NULL && ahead == 0)
		return sc->d->shown_prompt;
	if (sc->prompts == NULL || sc->prompts->n == 0 || ahead >= sc->prompts->n)
		return NULL;
	*nth = (place(sc) + ahead) % sc->prompts->n;
	return sc->prompts->v[*nth];
}

const char *
prompt_beside(const struct scene *sc, const struct event *ev)
{
	const char *of_kind = prompt_for_event(sc, ev);
	const struct stage *stage = scene_stage(sc, NULL);
	bool led_here = ev == NULL || (stage != NULL && stage->pane != NULL &&
					  strcmp(stage->pane, "timeline") == 0);
	size_t n = led_here && sc->prompts != NULL ? sc->prompts->n : 0, at;

	if (of_kind == NULL)
		return n > 0 ? sc->prompts->v[sc->prompt % n] : NULL;
	at = sc->prompt % (n + 1);
	return at == 0 ? of_kind : sc->prompts->v[at - 1];
}

const char *
prompt_for_event(const struct scene *sc, const struct event *ev)
{
	if (sc->kind_prompts == NULL || ev == NULL || ev->kind <= EVENT_NONE ||
	    ev->kind >= N_EVENT_KINDS)
		return NULL;
	return sc->kind_prompts[ev->kind];
}
