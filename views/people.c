#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "views/frame.h"

static bool
wants(const struct scene_person *p, const char *want)
{
	return strcmp(p->want != NULL ? p->want : "join", want) == 0;
}

/* Put into one of twice as many slots as there are names; false: it is there already. Every frame
 * counts who is here. */
static bool
is_new_name(const char **slots, size_t n_slots, const char *name)
{
	size_t at = 5381;

	for (const char *c = name; *c != '\0'; c++)
		at = at * 33 + (unsigned char)*c;
	for (at %= n_slots; slots[at] != NULL; at = (at + 1) % n_slots)
		if (strcmp(slots[at], name) == 0)
			return false;
	slots[at] = name;
	return true;
}

/* One person may have several screens. */
size_t
people_of(const struct scene *sc, const char *want)
{
	size_t n_slots = 2 * sc->n_here + 1, different = 0;
	const char **slots = mem_zero(n_slots, sizeof *slots);

	for (size_t i = 0; i < sc->n_here; i++)
		if (sc->here[i].away_s == 0 && wants(&sc->here[i], want))
			different += is_new_name(
			    slots, n_slots, sc->here[i].name != NULL ? sc->here[i].name : "");
	free(slots);
	return different;
}

/* Those without a keyboard may be told of beside those with a screen, or not. */
static bool
is_listed(const struct scene *sc, const char *seat)
{
	for (size_t i = 0; i < sc->n_here; i++)
		if (wants(&sc->here[i], "seat") && sc->here[i].name != NULL &&
		    strcmp(sc->here[i].name, seat) == 0)
			return true;
	return false;
}

size_t
people_seats(const struct scene *sc)
{
	size_t n = people_of(sc, "seat");

	for (size_t i = 0; i < sc->d->seats.n; i++)
		n += !is_listed(sc, sc->d->seats.v[i]);
	return n;
}

static bool
is_back(const struct scene *sc, size_t gone)
{
	const char *name = sc->here[gone].name;

	for (size_t i = 0; i < sc->n_here && name != NULL; i++)
		if (i != gone && sc->here[i].name != NULL && strcmp(sc->here[i].name, name) == 0 &&
		    (sc->here[i].away_s == 0 || i < gone))
			return true;
	return false;
}

size_t
people_away(const struct scene *sc)
{
	size_t n = 0;

	for (size_t i = 0; i < sc->n_here; i++)
		n += sc->here[i].away_s > 0 && !is_back(sc, i);
	return n;
}

size_t
people_here(const struct scene *sc)
{
	return people_of(sc, "join") + people_seats(sc);
}

const char *
people_leader(const struct scene *sc)
{
	for (size_t i = 0; i < sc->n_here; i++)
		if (sc->here[i].role != NULL && strcmp(sc->here[i].role, "facilitator") == 0 &&
		    sc->here[i].away_s == 0)
			return sc->here[i].name;
	for (size_t i = 0; i < DEBRIEF_N(sc->d, PERSON); i++) {
		const struct person *p = DEBRIEF_AT(sc->d, PERSON, person, i);
		if (p->role == PERSON_FACILITATOR)
			return p->name;
	}
	return NULL;
}
