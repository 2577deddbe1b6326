/* Shared by the files of the host: its state, and who does what of a round. Private to live/. */
#ifndef LIVE_HOST_INTERNAL_H
#define LIVE_HOST_INTERNAL_H

#include "live/host.h"
#include "live/key.h"
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
	STRANGERS_MOST = 64, /* connections that have not said hello */
	KNOCKERS_MOST = 64   /* who stand at a locked door */
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
	bool more;    /* whole lines are left for the next round */
	bool stuffed; /* it does not take what it is told: not read before it does */
	int ops;   /* taken in this round */
	char *name, *want; /* want: what it came for, never NULL once it was greeted */
	unsigned long uid; /* of the account at the other end */
	bool pinned;	   /* a forced command said who it is: `name`, `pin_role` */
	char *pin_role;
	struct message *knock; /* where it goes on from, while it stands at the locked door */
	bool may_lead;	       /* was offered the facilitator's role */
	int64_t came_ms;
	char *secret; /* live/secret.h, as its hello said it; NULL: none, then it owns no card */
	bool is_own;  /* of the host's account, and no forced command pinned it */
	bool sees_nothing_own; /* a projector, or it only reads: seen by nobody in particular */
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
	char *name;	   /* who asks; a seat's where it is sent for one */
	char *secret;	   /* of who sent it; or NULL */
	enum role_of role; /* given; PERSON_NONE: what the name holds */
	bool may_lead;	   /* was offered the facilitator's role */
	bool is_own;	   /* came from the host's own account */
	struct id cid;	   /* the sender's own; the op's may be a hash of it */
	struct op op;	   /* as it was sent; completed once accepted */
	bool quiet;	   /* nobody else is told even that it happened: it has no number */
	enum job_state state;
	struct err why;
};

struct last_event {
	char *name;
	int64_t at_ns;
};
struct quiet { /* whose op others were not told of, when `seq` was the last number */
	char *whose; /* a name, or a secret */
	uint64_t seq;
};
struct gone { /* dropped out, and may come back */
	char *name, *role;
	int64_t since_ms;
};
struct bound { /* a name that belongs to an account, or to whom a forced command let in */
	char *name;
	unsigned long uid;
	bool pinned;
};
struct kept { /* what somebody left here */
	struct bound of;
	char *secret, *text;
	int64_t at_ms; /* when it was told, or its connection went */
	bool hushed;   /* it may hold what nobody else sees */
};
struct offer { /* of the facilitator's role */
	char *led_by;	  /* who led last; NULL: nobody has yet */
	int64_t since_ms; /* since when nobody who is here leads; 0: somebody does */
	bool made;
	char *stand_in;	      /* who took it; NULL: nobody */
	int64_t role_before; /* of the stand-in's person */
	uint64_t timer;
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
	uint64_t seq, loaded_seq; /* loaded_seq: when this host began */
	struct id last_cid;
	struct undo *undo;
	struct ledger ledger;
	struct recent recent;
	struct key_of key; /* of the present vote and hidden writing; none until it is needed */
	struct quiet *quiet;
	size_t n_quiet, cap_quiet;
	struct last_event *lasts;
	size_t n_lasts, cap_lasts;
	bool unsafe;	      /* the last round could not be kept */
	struct strs standing; /* sentences for everybody who joins */

	struct job *jobs;
	size_t n_jobs, cap_jobs;
	uint64_t round_timer;
	uint64_t asked_timer;
	uint64_t bell_timer;
	int64_t rung_ns;  /* the last time for which it rang; what was due before it does not ring */
	bool bell_of_stage;
	int64_t bell_ns;  /* when it rings, or rang; TIME_NONE: it does not */
	int64_t break_ms; /* when somebody asked for a break last; 0: nobody did */

	/* Saving. */
	char head_blob[REPO_HEX]; /* what commits stand on, as last looked at */
	char work_blob[REPO_HEX]; /* the work tree's version that was merged in last; "" none */
	struct buf superseded;	  /* texts that lost in merges since the last commit */
	struct op gate_op;	  /* the step that a gate refused last; no command: none */
	const char *gate;

	struct peer **peers;
	size_t n_peers, cap_peers;
	struct picture *picture; /* the newest, while somebody streams it */
	struct sheet *sheet;	 /* what goes to everybody, put down once */
	uint64_t linger_timer, listen_timer;

	struct gone *gone;
	size_t n_gone, cap_gone;
	uint64_t here_timer;
	int64_t here_due_ms; /* not told again before then */
	uint64_t here_roles; /* who holds which role, and what seats there are, in a number */
	struct counts counts; /* as they are told */
	bool hushed;	      /* they move in steps */
	int64_t hush_ms;      /* when that began */
	int64_t step_ms;      /* when the next step is; 0: nothing changed since the last */
	uint64_t step_timer;

	/* Who may come, and as whom. */
	struct bound *bound;
	size_t n_bound, cap_bound;
	struct strs been; /* names that were let in */
	struct kept *kept;
	size_t n_kept, cap_kept;
	struct offer offer;
	uint64_t door_timer;
	int64_t door_ms; /* when the socket was looked for last */
	int64_t (*clock_ms)(void); /* tests; NULL: the machine's */
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
void peer_send_shared(struct peer *p, const struct sheet_part *what);
void peers_send(struct host *h, const struct buf *line); /* the same bytes to all of them */
void peer_tell(struct peer *p, const struct message *m);
/* A sentence for one, of whom `want` is asked ("" nothing); `name` whom it is about, or NULL. Also to
 * who has not been let in. */
void peer_ask(struct peer *p, const char *want, const char *name, const char *text);
void peer_part(
    struct peer *p, enum err_kind kind, const char *reason); /* a last line, then closed */
void peers_flush(struct host *h);
void peers_turn(
    struct host *h); /* after a round: write, forget the dead, take what is left of the lines */
void peers_notice(struct host *h, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void peers_rest(struct host *h); /* nobody there: the time to end begins */
void peers_free(struct host *h);
size_t peers_here(const struct host *h); /* those who said hello */

/* greet.c: a hello is answered. */
void greet(struct peer *p, const struct message *hello);
void greet_pin(struct peer *p, const struct message *pin);
void greet_enter(struct peer *p, const struct message *hello); /* was let in: welcome, all of it */

/* join.c: the stream of a join. */
void join_begin(struct peer *p, const struct message *hello);
void stream_more(struct peer *p); /* as much as fits into its output now */
void picture_drop(struct host *h, struct picture *p);

/* naming.c: name and role of who comes, by account, pin and what it asks for. Takes them over into
 * the peer. ERR_REFUSED. */
bool naming_take(struct peer *p, const struct message *hello, struct err *e);
void naming_role(struct peer *p); /* once more: something may have given it another */
void naming_fini(struct host *h);

/* knock.c: a locked door. */
bool knock_must(const struct peer *p);
void knock_stand(struct peer *p, const struct message *hello);
void knock_passed(const struct peer *p); /* it is no newcomer any more */
void knock_look(struct host *h); /* it may have been opened, or somebody was let in */
void knock_tell(struct peer *lead); /* who stands there, to one who has just come */

/* kept.c: what a client leaves with its host, for when it comes again. */
void kept_put(struct peer *p, const char *text);
void kept_left(struct peer *p); /* its connection is gone */
const struct kept *kept_of(const struct peer *p); /* NULL: nothing, or it is not for this one */
void kept_fini(struct host *h);

/* offer.c: somebody leads while the facilitator is away. */
void offer_look(struct host *h);     /* who is here or what they are may have changed */
void offer_came(struct peer *p);     /* before it is welcomed: the role is given back */
void offer_fini(struct host *h);

/* counts.c: what is told as numbers alone. */
int64_t here_now_ms(const struct host *h);
void counts_look(struct host *h); /* after anything that may have changed them */
void counts_fini(struct host *h);

/* door.c: is the socket still found under its path? */
void door_begin(struct host *h);
void door_look(struct host *h);
void door_fini(struct host *h);

/* here.c: presence. */
bool here_is(const struct peer *p); /* is it shown as being here? */
void here_changed(struct host *h); /* something that all are told: soon */
void here_look(struct host *h);	   /* roles or seats may have changed */
void here_moved(struct peer *p, struct message *m); /* its own word of where it is */
void here_left(struct host *h, const struct peer *p);
void here_tell(struct peer *p); /* who only reads, once */
void here_came(struct host *h, const char *name);
void here_fini(struct host *h);

/* publish.c: an op that is safe now goes into the model and out to everybody, as each may see it.
 * `quiet` (op->seq is 0): to nobody who sees nothing of it. */
void publish(struct host *h, const struct op *op);
/* Does somebody who is nobody in particular see nothing of it? Asked before it is applied to `d`. */
bool publish_is_quiet(const struct debrief *d, const struct op *op);

/* viewer.c: as whom a peer sees the debrief. `out` borrows from `own`, which borrows from the peer:
 * viewer_fini when done. */
struct own {
	const char *secret;
	struct strs slots;
};
void viewer_of(struct peer *p, struct own *own, struct viewer *out);
void viewer_fini(struct own *own);
bool viewer_owns(void *own, const struct card *card); /* its secret alone */
/* The ids of this name's ballots in the open vote; none where no vote is open or no key is there. */
void viewer_slots(struct host *h, const char *name, struct strs *out);
/* The id of this name's answer to what is asked; none where nothing is, or no key is there. */
struct id viewer_answer(struct host *h, const char *name);

/* resume.c: what a peer that comes again missed, appended to `missed`. False: it gets all of it
 * anew, because what it missed is not known, or may have been for its eyes alone. */
bool resume_from(struct peer *p, const struct message *hello, struct buf *missed);
/* This name, or who holds this secret, had an op that others are not told of. NULL: nobody. */
void resume_note_quiet(struct host *h, const char *whose);
void resume_fini(struct host *h);

/* round.c */
void round_add(struct peer *from, struct op *op); /* owns the op */
void round_soon(struct host *h);
/* The steps of a round, for the commands that do more. Check, complete and apply to `next`; false:
 * refused. */
bool round_accept(struct host *h, struct job *j);
/* Who asks, as the rules see it; borrows from `own` (viewer_fini) and the job. */
bool round_actor(
    struct host *h, struct job *j, struct own *own, struct actor *out, struct err *e);
/* All accepted ones of them on disk; false: none is, and all of them are refused. */
bool round_keep(struct host *h, struct job *jobs, size_t n);
void round_publish(struct host *h, struct job *j);
/* An op of the host's own (taken over), in the name of `by`: checked, kept, published. Not from
 * within a round's acts. */
bool round_own(struct host *h, const char *by, struct op *op, struct err *e);
void round_back(struct host *h); /* forget what was accepted and not kept */
void round_fini(struct host *h);

/* act.c: commands that make the host do more than keep an op. */
bool act_is(const struct host *h, const struct op *op);
void act_run(struct host *h, struct job *j);
void act_refused(struct host *h, const struct job *j); /* remember a gate */
bool act_one(struct host *h, struct job *j); /* accept, keep and publish it */
/* The last host was interrupted after the commit of a close: its journal and key go now. */
void act_end_close(struct host *h);
/* Nobody can tell any more whose votes and anonymous words there were. Kept while a vote is open. */
void act_erase_key(struct host *h);

/* act_live.c: those that are about the people in the room. */
void act_reveal(struct host *h, struct job *j);
void act_votes(struct host *h, struct job *j);
void act_ask(struct host *h, struct job *j);
void act_leave(struct host *h, struct job *j);
void act_pause(struct host *h, struct job *j);

/* tie.c */
struct tie {
	struct strs on; /* ids of what was voted on */
};
void tie_look(const struct debrief *d, struct tie *t); /* before the vote closes */
void tie_tell(struct host *h, struct tie *t);	       /* after it; and forgets it */

/* asked.c: the ballot at the bell. */
void asked_open(struct host *h, const char *what); /* by the host itself: "more", "topic" */
void asked_look(struct host *h);		   /* it may have been opened, answered, closed */
void asked_fini(struct host *h);

/* bell.c: the timer that was set by hand, and the minutes of the stage. */
void bell_begin(struct host *h); /* one that rang while no host ran, is not rung again */
void bell_set(struct host *h);	 /* it may have been set, moved or stopped */
void bell_fini(struct host *h);

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
