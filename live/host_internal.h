/* Shared by the files of the host: its state, and who does what of a round. Private to live/. */
#ifndef LIVE_HOST_INTERNAL_H
#define LIVE_HOST_INTERNAL_H

#include "live/host.h"
#include "live/ledger.h"
#include "live/recent.h"
#include "live/stream.h"
#include "model/merge.h"
#include "model/undo.h"
#include "model/visible.h"
#include "storage/journal.h"

enum {
	BACKLOG_MOST = 4 << 20, /* bytes a slow reader may leave lying before it is dropped */
	ROUND_OPS = 64,		/* of one peer in one round; the rest is read in the next */
	GREETING_MS = 5000,
	STRANGERS_MOST = 64 /* connections that have not said hello */
};

/* All of the debrief for one who joins, or several who join at the same moment; made into lines as
 * sockets drain. */
struct picture {
	size_t refs;
	bool shared; /* everybody may see all of it */
	uint64_t seq;
	struct id cid;
	struct debrief *d;
	struct buf *lines; /* [n]; empty: not made yet */
	size_t n;
};

struct peer {
	struct host *host;
	struct stream s;
	bool greeted, dead, leaves; /* leaves: it said bye */
	bool reads_only;	    /* want=read: not shown as here */
	bool waits_to_write;
	bool more; /* whole lines are left for the next round */
	int ops;   /* taken in this round */
	char *name;
	enum role_of role, role_given; /* PERSON_NONE: not given */
	uint64_t greeting_timer;
	/* The stream of its join: what it missed, or a picture; what happens meanwhile is held
	 * back. */
	bool streaming;
	struct buf missed;
	size_t missed_at;
	struct picture *picture;
	size_t next_line;
	uint64_t ready_seq;
	struct id ready_cid;
	struct buf held;
	/* Presence. */
	char *pane, *item;
	bool typing;
};

enum job_state {
	JOB_WAITS,
	JOB_ACCEPTED,
	JOB_REFUSED,
	JOB_REPEATED,
	JOB_DONE /* nothing to keep */
};

/* An op on its way through a round. */
struct job {
	struct peer *from; /* NULL: it left meanwhile */
	char *name;
	enum role_of role;
	struct op op; /* as it was sent; completed once accepted */
	enum job_state state;
	struct err why;
};

struct last_event {
	char *name;
	int64_t at_ns;
};
struct gone { /* dropped out, and may come back */
	char *name, *role;
	int64_t since_ms;
};

struct host {
	struct loop *loop;
	struct repo *repo;
	struct place place;
	struct host_options o;
	int lock_fd, listen_fd;
	char *own_name;	 /* git's user.name, else the login */
	char *login;
	int greeting_ms; /* how long a connection may take to say hello */
	bool done;

	struct journal *journal; /* NULL until the first op */
	char *journal_file;
	struct journal_meta meta;
	char *read_only;      /* why nothing can be changed; or NULL */
	struct debrief *d;    /* all of it is safe */
	struct debrief *next; /* with what this round accepted so far */
	uint64_t seq;
	struct id last_cid;
	struct undo *undo;
	struct ledger ledger;
	struct recent recent;
	struct last_event *lasts;
	size_t n_lasts, cap_lasts;
	bool unsafe;	      /* the last round could not be kept */
	struct strs standing; /* sentences for everybody who joins */

	struct job *jobs;
	size_t n_jobs, cap_jobs;
	uint64_t round_timer;

	/* Saving. */
	char head_blob[REPO_HEX]; /* what commits stand on, as last looked at */
	char work_blob[REPO_HEX]; /* the work tree's version that was merged in last; "" none */
	struct buf superseded;	  /* texts that lost in merges since the last commit */
	struct op gate_op;	  /* the step that a gate refused last; no command: none */
	const char *gate;

	struct peer **peers;
	size_t n_peers, cap_peers;
	struct picture *picture; /* the newest, while somebody streams it */
	uint64_t linger_timer, listen_timer;

	struct gone *gone;
	size_t n_gone, cap_gone;
	uint64_t here_timer;
	int64_t here_ms; /* when it was told last */
};

/* host.c */
int64_t host_now_ns(const struct host *h);
uint64_t host_random(const struct host *h);
enum role_of host_role(const struct host *h, const char *name, enum role_of given);
void host_learn_name(struct host *h); /* git may have been told the name meanwhile */
const char *role_word(enum role_of role); /* NULL for none */
enum role_of role_of_word(const char *word);
void host_end(struct host *h); /* stop the loop; host_free does the rest */
/* Note what an op says about the event its author added last. */
void host_note_event(struct host *h, const struct op *op);
int64_t host_last_event(const struct host *h, const char *name);

/* host_open.c: the debrief from its journal, else from HEAD. */
bool host_load(struct host *h, struct err *e);
/* Make the journal when there is none yet. */
bool host_need_journal(struct host *h, struct err *e);

/* peers.c */
void peers_listen(struct host *h);
struct peer *peer_add(struct host *h, int fd);
void peer_send(struct peer *p, const char *bytes, size_t len);
void peer_tell(struct peer *p, const struct message *m);
void peer_part(
    struct peer *p, enum err_kind kind, const char *reason); /* a last line, then closed */
void peers_flush(struct host *h);
void peers_turn(
    struct host *h); /* after a round: write, forget the dead, take what is left of the lines */
void peers_notice(struct host *h, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void peers_rest(struct host *h); /* nobody there: the time to end begins */
void peers_free(struct host *h);
size_t peers_here(const struct host *h); /* those who said hello */

/* greet.c: hello, welcome and the stream of a join. */
void greet(struct peer *p, const struct message *hello);
void stream_more(struct peer *p); /* as much as fits into its output now */
void picture_drop(struct host *h, struct picture *p);

/* here.c: presence. */
void here_changed(struct host *h);
void here_left(struct host *h, const struct peer *p);
void here_came(struct host *h, const char *name);
void here_fini(struct host *h);

/* publish.c: an op that is safe now goes into the model and out to everybody, as each may see it.
 */
void publish(struct host *h, const struct op *op);

/* round.c */
void round_add(struct peer *from, struct op *op); /* owns the op */
void round_soon(struct host *h);
/* The steps of a round, for the commands that do more. Check, complete and apply to `next`; false:
 * refused. */
bool round_accept(struct host *h, struct job *j);
/* All accepted ones of them on disk; false: none is, and all of them are refused. */
bool round_keep(struct host *h, struct job *jobs, size_t n);
void round_publish(struct host *h, struct job *j);
void round_back(struct host *h); /* forget what was accepted and not kept */

/* act.c: commands that make the host do more than keep an op. */
bool act_is(const struct host *h, const struct op *op);
void act_run(struct host *h, struct job *j);
void act_refused(struct host *h, const struct job *j); /* remember a gate */

/* save.c */
struct save {
	const struct debrief *d; /* what to save */
	const char *subject;	 /* the person's own words; or NULL */
	const char *what;	 /* "stage causes", "closed"; NULL: from what changed */
};
/* Merge in what git or a hand changed underneath: a batch by `git`, kept and published. */
bool save_sync(struct host *h, struct err *e);
/* save_sync, then commit where something changed. Says so to everybody. */
bool save_now(struct host *h, const struct save *s, struct err *e);

/* commit_words.c */
struct commit_words {
	const struct debrief *before; /* NULL: never saved */
	const struct debrief *now;
	const char *subject, *what;
	const char *superseded; /* "" none */
};
void commit_words(const struct commit_words *w, struct buf *out);

#endif
