#include <stdlib.h>
#include <string.h>

#include "model/visible.h"
#include "views/deck.h"
#include "views/frame.h"
#include "views/plain_state.h"

static bool
is_plain_role(const char *role)
{
	return role == NULL || strcmp(role, "participant") == 0;
}

/* One person may have several screens: the first of them is told. */
static bool
is_first(const struct scene *sc, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (sc->here[i].name != NULL && sc->here[at].name != NULL &&
		    strcmp(sc->here[i].name, sc->here[at].name) == 0 &&
		    strcmp(sc->here[i].want, sc->here[at].want) == 0)
			return false;
	return true;
}

/* "fern, facilitator." "lin, you." "kit, typing." */
static void
put_person(const struct scene *sc, const struct scene_person *h, bool hushed, struct buf *out)
{
	struct buf away = { 0 };

	plain_gap(out);
	plain_put(out, h->name != NULL ? h->name : "");
	if (sc->me != NULL && h->name != NULL && strcmp(h->name, sc->me) == 0)
		buf_addf(out, ", %s", word(WORD_PLAIN_YOU));
	if (!is_plain_role(h->role))
		buf_addf(out, ", %s", h->role);
	if (strcmp(h->want, "join") != 0 && strcmp(h->want, "console") != 0)
		buf_addf(out, ", %s", strcmp(h->want, "watch") == 0 ? word(WORD_WATCHING) : h->want);
	if (h->away_s > 0) {
		plain_put_minutes(&away, h->away_s);
		buf_addc(out, ',');
		buf_addc(out, ' ');
		word_put(out, WORD_AWAY, away.data);
	} else if (!hushed && h->typing) {
		buf_addf(out, ", %s", word(WORD_PLAIN_IS_TYPING));
	} else if (!hushed && h->ready) {
		buf_addf(out, ", %s", word(WORD_PLAIN_IS_READY));
	}
	buf_addc(out, '.');
	buf_fini(&away);
}

void
plain_who(const struct scene *sc, struct buf *out)
{
	bool hushed = visible_hushed(sc->d);
	int64_t people = (int64_t)people_here(sc), neither;
	struct buf b = { 0 };

	if (sc->n_here == 0) {
		plain_say(out, WORD_PLAIN_ALONE, NULL);
		return;
	}
	word_count(&b, people, WORD_PEOPLE_1);
	plain_say(out, WORD_PLAIN_COLON, b.data);
	for (size_t i = 0; i < sc->n_here; i++)
		if (is_first(sc, i))
			put_person(sc, &sc->here[i], hushed, out);
	if (hushed) {
		neither = people - sc->counts.typing - sc->counts.ready;
		plain_end(out);
		plain_say(out, WORD_PLAIN_HUSHED, digits(sc->counts.typing).s,
		    digits(sc->counts.ready).s, digits(neither > 0 ? neither : 0).s);
	}
	buf_fini(&b);
}

void
plain_put_ready(const struct scene *sc, struct buf *out)
{
	int64_t people = (int64_t)people_here(sc);

	if (people < 2)
		plain_say(out, WORD_PLAIN_READY_ALONE, NULL);
	else
		plain_say(out, visible_hushed(sc->d) ? WORD_PLAIN_READY_HUSHED : WORD_PLAIN_READY,
		    digits(sc->counts.ready).s, digits(people).s);
}
