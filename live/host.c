#include "live/host.h"

#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "live/host_internal.h"

enum { LINGER_MS = 60000, FILES_MOST = 4096 };

int64_t
host_now_ns(const struct host *h)
{
	int64_t now_ns = h->o.now_ns != NULL ? h->o.now_ns() : clock_now_ns();

	return now_ns - now_ns % NS_PER_S; /* whole seconds: the file is read by people */
}

uint64_t
host_random(const struct host *h)
{
	return h->o.random != NULL ? h->o.random() : rand_bits();
}

static const char *const *
role_words(void)
{
	return schema_field(KIND_PERSON, "role")->names;
}

const char *
role_word(enum role_of role)
{
	return role_words()[role];
}

enum role_of
role_of_word(const char *word)
{
	for (int i = 1; role_words()[i] != NULL; i++)
		if (strcmp(role_words()[i], word) == 0)
			return (enum role_of)i;
	return PERSON_NONE;
}

static bool
somebody_leads(const struct debrief *d)
{
	for (size_t i = 0; i < DEBRIEF_N(d, PERSON); i++)
		if (DEBRIEF_AT(d, PERSON, person, i)->role == PERSON_FACILITATOR)
			return true;
	return false;
}

/* Begun under the login, before git knew a name: whoever has the account's name in git goes on
 * leading it. */
static bool
login_leads(const struct host *h)
{
	const struct person *p = debrief_person(h->d, h->login);

	return p != NULL && p->role == PERSON_FACILITATOR;
}

/* Given; else what the name holds; else who opened it leads it. */
enum role_of
host_role(const struct host *h, const char *name, enum role_of given)
{
	const struct person *p = debrief_person(h->d, name);

	if (given != PERSON_NONE)
		return given;
	if (p != NULL && p->role != PERSON_NONE)
		return (enum role_of)p->role;
	if (strcmp(name, h->own_name) == 0 && (!somebody_leads(h->d) || login_leads(h)))
		return PERSON_FACILITATOR;
	return PERSON_PARTICIPANT;
}

static char *
login_name(void)
{
	const struct passwd *pw = getpwuid(geteuid());

	return mem_dup(pw != NULL && pw->pw_name[0] != '\0' ? pw->pw_name : "somebody");
}

void
host_learn_name(struct host *h)
{
	struct identity id = { 0 };
	bool known = repo_identity(h->repo, &id, NULL);

	free(h->own_name);
	h->own_name = mem_dup(known ? id.name : h->login);
	if (known)
		identity_fini(&id);
}

static struct last_event *
last_of(const struct host *h, const char *name)
{
	for (size_t i = 0; i < h->n_lasts; i++)
		if (strcmp(h->lasts[i].name, name) == 0)
			return &h->lasts[i];
	return NULL;
}

void
host_note_event(struct host *h, const struct op *op)
{
	struct last_event *last;
	int64_t at_ns = ledger_event_time(op);

	if (op->by == NULL || at_ns == TIME_NONE)
		return;
	last = last_of(h, op->by);
	if (last == NULL) {
		VEC_ROOM(h->lasts, h->n_lasts, h->cap_lasts);
		last = &h->lasts[h->n_lasts++];
		*last = (struct last_event){ .name = mem_dup(op->by) };
	}
	last->at_ns = at_ns;
}

int64_t
host_last_event(const struct host *h, const char *name)
{
	const struct last_event *last = last_of(h, name);

	return last != NULL ? last->at_ns : TIME_NONE;
}

void
host_end(struct host *h)
{
	h->done = true;
	loop_stop(h->loop);
}

/* A peer is a descriptor. */
static void
raise_limit(void)
{
	struct rlimit r;

	if (getrlimit(RLIMIT_NOFILE, &r) != 0 || r.rlim_cur >= FILES_MOST)
		return;
	r.rlim_cur =
	    r.rlim_max == RLIM_INFINITY || r.rlim_max > FILES_MOST ? FILES_MOST : r.rlim_max;
	setrlimit(RLIMIT_NOFILE, &r);
}

static void
host_clear(struct host *h)
{
	journal_close(h->journal);
	journal_meta_fini(&h->meta);
	debrief_free(h->d);
	debrief_free(h->next);
	undo_free(h->undo);
	ledger_fini(&h->ledger);
	recent_fini(&h->recent);
	for (size_t i = 0; i < h->n_lasts; i++)
		free(h->lasts[i].name);
	free(h->lasts);
	strs_fini(&h->standing);
	buf_fini(&h->superseded);
	op_fini(&h->gate_op);
	resume_fini(h);
	free(h->journal_file);
	free(h->read_only);
	free(h->own_name);
	free(h->login);
	place_fini(&h->place);
	if (h->lock_fd >= 0)
		close(h->lock_fd); /* last: who waits for it finds all of the above done */
	free(h);
}

struct host *
host_new(struct loop *loop, struct repo *r, const struct place *place, const struct host_options *o,
    int lock_fd, struct err *e)
{
	struct host *h = mem_zero(1, sizeof *h);

	h->loop = loop;
	h->repo = r;
	h->o = *o;
	h->o.linger_ms = o->linger_ms > 0 ? o->linger_ms : LINGER_MS;
	h->greeting_ms = GREETING_MS;
	h->lock_fd = lock_fd;
	h->listen_fd = -1;
	h->undo = undo_new();
	h->login = login_name();
	host_learn_name(h);
	place_dup(&h->place, place);
	raise_limit();
	if (!host_load(h, e) || (h->listen_fd = place_listen(&h->place, e)) < 0 ||
	    !place_announce(lock_fd, &h->place, o->foreground, e)) {
		if (h->listen_fd >= 0)
			close(h->listen_fd);
		host_clear(h);
		return NULL;
	}
	peers_listen(h);
	peers_rest(h);
	act_end_close(h);
	bell_begin(h);
	asked_look(h);
	return h;
}

void
host_adopt(struct host *h, int fd)
{
	peer_add(h, fd);
}

bool
host_done(const struct host *h)
{
	return h->done;
}

void
host_free(struct host *h)
{
	if (h == NULL)
		return;
	h->done = true;
	loop_unwatch(h->loop, h->listen_fd);
	close(h->listen_fd);
	place_unlisten(&h->place); /* ours: the lock is held */
	peers_free(h);
	here_fini(h);
	loop_cancel(h->loop, h->linger_timer);
	loop_cancel(h->loop, h->listen_timer);
	round_fini(h);
	bell_fini(h);
	asked_fini(h);
	host_clear(h);
}

size_t
host_peers(const struct host *h)
{
	return peers_here(h);
}

const struct debrief *
host_debrief(const struct host *h)
{
	return h->d;
}
