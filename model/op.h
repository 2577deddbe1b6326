/* Every change to a debrief is an op: a batch of 1 to n changes, each add, set or remove of one
 * item. One client id, one sequence number, one transaction, one undo. */
#ifndef MODEL_OP_H
#define MODEL_OP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "model/schema.h"

enum verb { VERB_ADD, VERB_SET, VERB_REMOVE };

enum how {
	HOW_SET,  /* the value replaces the field's */
	HOW_PLUS, /* a list gains `value.list`; an integer grows by `value.num` (may be negative) */
	HOW_MINUS, /* a list loses `value.list` */
};

struct assign {
	const struct field *field;
	enum how how;
	struct value value;
	bool has_seen; /* the author saw `seen`; another present value refuses the op with both */
	struct value seen;
};

struct change {
	enum verb verb;
	enum kind kind;
	struct id id; /* of the item; the debrief's own for KIND_DEBRIEF */
	struct assign *set;
	size_t n_set, cap_set;
	struct extras extra; /* VERB_ADD: unknown members that came with it; VERB_SET: those that
			      * change (an empty json text removes the key) */
	bool placed; /* VERB_ADD, VERB_SET: the host gives `order`: before `before` or at the end */
	struct id before;
};

struct op {
	struct id cid;	   /* the client's own id of it: a repeat is recognized */
	uint64_t seq;	   /* the host's order; 0 until accepted */
	int64_t at_ns;	   /* when the host accepted it; TIME_NONE for anonymous ones */
	char *by;	   /* name of who sent it; NULL when anonymous */
	char *command;	   /* the session command it came from ("event", "stage", "save", ...); NULL
			    * only before it is filled in; decides about WRITE_COMMAND fields and what
			    * else the host does */
	char *arg;	   /* its free words: save's message, override's reason; or NULL */
	struct change *v;
	size_t n, cap;
};

/* Who asks. Never journaled with an anonymous op. */
struct actor {
	const char *name;
	enum role_of role;
	bool host; /* the host itself or git: may write what only the host writes */
	bool may_lead; /* was offered the facilitator's role: may take it by `give` */
	/* Holds this one the secret that wrote the card (its `owner`)? NULL: none. A name proves
	 * nothing where a card is hidden or anonymous. */
	bool (*owns)(void *ctx, const struct card *card);
	void *ctx;
	/* The ids of this one's ballots in the open vote, one a vote that each has; NULL: none. */
	const struct strs *slots;
	struct id answer_slot; /* of this one's answer to what is asked at the bell; none: no answer */
	/* The `owner` of a card that this one adds, a malloc'ed text; NULL: this one has no secret. */
	char *(*owner)(void *ctx, struct id card);
};

void op_init(struct op *op, const char *command); /* empty batch */
void op_fini(struct op *op);
void op_copy(struct op *to, const struct op *from); /* `to` is overwritten, not freed */
/* Add a change; the pointer is valid until the next one is added. */
struct change *op_add(struct op *op, enum verb verb, enum kind kind, struct id id);
/* Add an assignment to a change; takes over `value`. */
struct assign *change_set(struct change *c, const struct field *f, struct value value);
/* Asserts the name. */
struct assign *change_put(struct change *c, const char *field, struct value value);
struct assign *change_put_text(struct change *c, const char *field, const char *text);
struct assign *change_put_num(struct change *c, const char *field, int64_t num);
void change_fini(struct change *c);

/* Check `op`, as a client sent it, against the schema and the rules for `who`. On refusal returns
 * false and says in `e` what `who` can do instead; the debrief is untouched either way. An op with
 * the command "undo" or "redo" may write what only the host writes, so its changes must come from
 * undo_next, never from a client. `seen` of a removal: what its author expects to take away. */
bool debrief_check(const struct debrief *d, const struct actor *who, const struct op *op,
    struct err *e);

/* What the host adds to a checked op before it is journaled: order keys, numbers, `changed`,
 * done_at, the person of a first named op, references that a removal clears, the children it takes
 * along, used_s of a stage that ends; which of the voter's ballots a vote takes, and the totals when
 * votes close; the `owner` of a card that a name does not prove; for cards that come into sight new
 * order keys, shuffled, and the time of that; that there is one facilitator. Pure: the time and the
 * randomness come in. After it the op says all that will happen, and holds no `seen` and no `placed`
 * any more. A batch of the host's with the command "merge" (debrief_difference) or "git" is taken as
 * it is, but for numbers that are missing and what it shows or hides. */
struct host_gift {
	int64_t now_ns;
	uint64_t random; /* jitter of order keys and ids is derived from it, and all see those */
	uint64_t shuffle; /* the order of a reveal; nothing that anybody sees is derived from it */
};
void debrief_complete(const struct debrief *d, const struct actor *who, struct op *op,
    const struct host_gift *gift);

/* Apply a checked and completed op. Deterministic: reads no clock, does no I/O, cannot fail.
 * Changes of items that are not there (a replay of damaged data) are passed over. */
void debrief_apply(struct debrief *d, const struct op *op);

/* The batch that undoes `op`, made before `op` is applied to `d`; its assignments carry the values
 * they expect (`seen`). Live fields are of their moment and stay as they are. Returns false (out
 * untouched) for what is not undone: reveal and all that shows or hides a column, votes, ratings,
 * pass, abort, save, close, redact, a move to another stage. */
bool op_inverse(const struct debrief *d, const struct op *op, struct op *out);

/* Is it to be kept without a name and a time: votes, ratings, `pass`, `pause`, `leave`, `abort`, and
 * what only the author of a card that nobody signed can do to it (add, change its words, move it
 * while it is hidden, remove it)? What anybody may do to a card that all see (group it, take a note)
 * keeps its name. The host asks before debrief_complete and takes `by`, `at` and the client's id
 * out; then a card of it gets no time of its own either. */
bool op_is_anonymous(const struct debrief *d, const struct op *op);

/* How many items it adds, changes and removes, for "removed 7 items, u brings them back". */
void op_counts(const struct op *op, size_t *added, size_t *changed, size_t *removed);

#endif
