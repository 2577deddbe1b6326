#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "views/frame.h"

static bool
wants(const struct scene_person *p, const char *want)
{
	return strcmp(p->want != NULL ? p->want : "join", want) == 0;
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* One person may have several screens. */
size_t
people_of(const struct scene *sc, const char *want)
{
	const char **names = mem_alloc((sc->n_here + 1) * sizeof *names);
	size_t n = 0, different = 0;

	for (size_t i = 0; i < sc->n_here; i++)
		if (sc->here[i].away_s == 0 && wants(&sc->here[i], want))
			names[n++] = sc->here[i].name != NULL ? sc->here[i].name : "";
	qsort(names, n, sizeof *names, compare_names);
	for (size_t i = 0; i < n; i++)
		different += i == 0 || strcmp(names[i - 1], names[i]) != 0;
	free(names);
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
