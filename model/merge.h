/* Merging by meaning: items by id, fields one by one, from the schema's table. */
#ifndef MODEL_MERGE_H
#define MODEL_MERGE_H

#include <stdbool.h>

#include "model/op.h"

/* A text that lost, for the merge commit's body and for review. */
struct superseded {
	enum kind kind;
	struct id id;
	const struct field *field; /* NULL: an unknown member, named in `key` */
	char *key, *lost, *kept;
};
struct merge_report {
	struct superseded *v;
	size_t n, cap;
	size_t loops_cut, renumbered;
	size_t cleared; /* references to what the other side removed */
};
void merge_report_fini(struct merge_report *r);
/* "E17 text: kept "...", superseded "..."", one a line, appended. */
void merge_report_words(
    const struct merge_report *r, const struct debrief *merged, struct buf *out);

/* merge(base, a, b): `base` NULL is an empty one. A new debrief, or NULL with ERR_REFUSED when they
 * are different debriefs, one id is two things, or together they are over a limit. merge(base, a,
 * b) equals merge(base, b, a). Merging the result m again with a side changes nothing: merge(a, m,
 * a) is m, as git does it next; and so is merge(base, m, a) but for counts that both raised and for
 * links that were cut, because what is in m already cannot be told from news there. A reference to
 * what one side removed brings that back where the schema's on_remove would take the item along or
 * refuse, and is cleared otherwise. Live fields are taken from `a`. */
struct debrief *debrief_merge(const struct debrief *base, const struct debrief *a,
    const struct debrief *b, struct merge_report *report, struct err *e);

/* Set right what hand edits and line merges can leave, so that every rule of the format holds:
 * parents that loop, references to nothing, doubled numbers, missing order keys (events need one
 * only beside another of the same moment); two categories of one name stay. Items that lack a key
 * keep the order in which they stand in `of`, which need not be sorted before and is afterwards.
 * Says what it did, one sentence each, in `notes`, at most about a hundred. Deterministic. Returns
 * whether anything was changed. */
bool debrief_heal(struct debrief *d, struct strs *notes);

/* The batch that turns `from` into `to` (same id), in the order add, set, remove; unknown members
 * and live fields too. Not completed: order, number and changed are in it as `to` has them (the
 * actor must be the host). */
void debrief_difference(const struct debrief *from, const struct debrief *to, struct op *out);

/* The same for people, one line a change: `event E17 text: "old" -> "new"`; appended. Live fields
 * and stamps are no news. */
void difference_words(const struct debrief *from, const struct debrief *to, struct buf *out);
/* For a commit message: "3 events and 2 causes added, 1 action changed, 1 card removed, summary
 * changed", or "nothing". */
void difference_counts(const struct debrief *from, const struct debrief *to, struct buf *out);

#endif
