#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "live/codes.h"
#include "live/host_internal.h"

enum { BOUND_MOST = 4096, NAME_MOST = 200 /* bytes */ };

static const struct bound *
bound_of(const struct host *h, const char *name)
{
	for (size_t i = 0; i < h->n_bound; i++)
		if (strcmp(h->bound[i].name, name) == 0)
			return &h->bound[i];
	return NULL;
}

static void
bind_name(struct peer *p)
{
	struct host *h = p->host;

	if (bound_of(h, p->name) != NULL || h->n_bound == BOUND_MOST)
		return;
	VEC_ROOM(h->bound, h->n_bound, h->cap_bound);
	h->bound[h->n_bound++] = (struct bound){ mem_dup(p->name), p->uid, p->pinned };
}

/* May this one have a name that is somebody's? The account's own name is always its own. */
static bool
name_is_free(const struct peer *p, struct err *e)
{
	const struct host *h = p->host;
	const struct bound *b = bound_of(h, p->name);
	bool taken = b != NULL && (b->pinned != p->pinned || b->uid != p->uid);

	if (p->is_own)
		taken = strcmp(p->name, h->own_name) != 0 &&
			(taken || codes_bound(h->repo, h->place.id, p->name));
	else if (!p->pinned)
		taken = taken || strcmp(p->name, h->own_name) == 0 ||
			codes_bound(h->repo, h->place.id, p->name);
	return !taken ||
	       err_set(e, ERR_REFUSED,
		   "the name %.60s belongs to somebody who came by another way: you did not join: "
		   "%s",
		   p->name,
		   p->is_own ? "choose another with --as"
			     : "ask who leads to let you in otherwise");
}

static char *
login_of(unsigned long uid)
{
	const struct passwd *pw = getpwuid((uid_t)uid);

	return pw != NULL && pw->pw_name[0] != '\0' ? mem_dup(pw->pw_name)
						    : mem_fmt("account %lu", uid);
}

/* What it is called by those who know better than itself: the forced command, or the kernel. */
static bool
take_known_name(struct peer *p, const char *asked, struct err *e)
{
	if (!p->pinned)
		p->name = login_of(p->uid);
	if (asked == NULL || strcmp(asked, p->name) == 0)
		return true;
	return p->pinned
		   ? err_set(e, ERR_REFUSED,
			 "this connection is for %.60s alone: you did not join: leave out --as",
			 p->name)
		   : err_set(e, ERR_REFUSED,
			 "your account is %.60s and that is your name here: you did not join: "
			 "leave "
			 "out --as",
			 p->name);
}

static bool
take_name(struct peer *p, const char *asked, struct err *e)
{
	struct host *h = p->host;

	if (p->is_own) {
		if (asked == NULL || strcmp(asked, h->own_name) != 0)
			host_learn_name(h);
		p->name = mem_dup(asked != NULL ? asked : h->own_name);
	} else if (!take_known_name(p, asked, e)) {
		return false;
	}
	if (p->name[0] == '\0' || strcmp(p->name, "git") == 0)
		return err_set(e, ERR_REFUSED,
		    "that name cannot be taken: you did not join: choose another with --as");
	if (strlen(p->name) > NAME_MOST)
		return err_set(e, ERR_REFUSED,
		    "that name is too long: you did not join: choose a shorter one with --as");
	return p->reads_only || name_is_free(p, e);
}

/* What the name holds, whoever's the account is. */
static enum role_of
held_role(const struct host *h, const char *name)
{
	const struct person *person = debrief_person(h->d, name);

	return person != NULL && person->role != PERSON_NONE ? (enum role_of)person->role
							     : PERSON_PARTICIPANT;
}

static bool
take_guest_role(struct peer *p, enum role_of asked, struct err *e)
{
	enum role_of held = held_role(p->host, p->name);

	if (p->pin_role != NULL)
		held = role_of_word(p->pin_role);
	if (asked != PERSON_NONE && asked != held &&
	    (asked != PERSON_OBSERVER || p->pin_role != NULL))
		return err_set(e, ERR_REFUSED,
		    "%.60s comes as %s: you did not join: leave out --role, or ask who leads for "
		    "another (give)",
		    p->name, role_word(held));
	if (p->pin_role != NULL)
		p->role_given = held;
	else if (asked == PERSON_OBSERVER)
		p->role_given = PERSON_OBSERVER;
	return true;
}

static bool
take_role(struct peer *p, const char *word, struct err *e)
{
	enum role_of asked = word != NULL ? role_of_word(word) : PERSON_NONE;

	if (p->pin_role != NULL && role_of_word(p->pin_role) == PERSON_NONE)
		word = p->pin_role;
	if (word != NULL && role_of_word(word) == PERSON_NONE)
		return err_set(e, ERR_USAGE,
		    "there is no role %.60s: you did not join: it is facilitator, scribe, "
		    "participant or observer",
		    word);
	p->role_given = PERSON_NONE;
	if (p->is_own)
		p->role_given = asked;
	else if (!take_guest_role(p, asked, e))
		return false;
	if (strcmp(p->want, "projector") == 0)
		p->role_given = PERSON_OBSERVER;
	return true;
}

void
naming_role(struct peer *p)
{
	const struct host *h = p->host;

	/* Who opened it leads it: that is a right of the account, not of the name. */
	if (!p->is_own && p->role_given == PERSON_NONE &&
	    host_role(h, p->name, PERSON_NONE) != held_role(h, p->name))
		p->role_given = held_role(h, p->name);
	p->role = host_role(h, p->name, p->role_given);
}

bool
naming_take(struct peer *p, const struct message *hello, struct err *e)
{
	if (!take_name(p, hello->name, e) || !take_role(p, hello->role, e))
		return false;
	naming_role(p);
	if (!p->is_own && !p->reads_only)
		bind_name(p);
	return true;
}

void
naming_fini(struct host *h)
{
	for (size_t i = 0; i < h->n_bound; i++)
		free(h->bound[i].name);
	free(h->bound);
	strs_fini(&h->been);
}
