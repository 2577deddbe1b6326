/* Private to model/merge*.c and heal.c, to the decoder (which joins an item that stands twice in a
 * file) and to the tests. */
#ifndef MODEL_MERGE_INTERNAL_H
#define MODEL_MERGE_INTERNAL_H

#include "model/merge.h"

/* Wrong ways to merge: the tests show that the laws catch each of them. */
enum merge_mutant {
	MERGE_SOUND,
	MERGE_OURS_WINS,      /* where both changed a field, ours is taken */
	MERGE_LAST_WRITER,    /* the whole item of who wrote last */
	MERGE_EDIT_LOST,      /* an item removed on one side goes, edited or not */
	MERGE_SUM_IS_MAX,     /* of two counts the greater */
	MERGE_SET_REPLACED,   /* sets are taken whole */
	MERGE_REDACTION_LOST, /* redacted words merge like others */
	MERGE_LOOP_LEFT,      /* loops of parents stay */
	MERGE_NUMBER_TWICE,   /* doubled numbers stay */
	N_MERGE_MUTANTS
};

struct merge {
	const struct debrief *base, *a, *b;
	struct debrief *out;
	struct merge_report *report; /* may be NULL */
	enum merge_mutant mutant;
};

/* Three versions of one item. `base` may be NULL, but for the debrief's own fields. */
struct versions {
	enum kind kind;
	const struct item *base, *a, *b;
	bool fresh; /* there is no true base: what a side added to a count cannot be told, the
		       greater is taken */
};

/* A new item: the three merged. `report` may be NULL. */
struct item *item_merge(
    const struct versions *v, enum merge_mutant mutant, struct merge_report *report);
/* The same into an item that has every default set (the debrief's own fields). */
void item_merge_into(struct item *out, const struct versions *v, enum merge_mutant mutant,
    struct merge_report *report);
/* Is any field or unknown member different, live fields aside? */
bool item_edited(enum kind kind, const struct item *from, const struct item *to);

struct debrief *debrief_merge_as(struct merge *m, struct err *e); /* debrief_merge, any mutant */

/* The parts of healing; each says in `notes` (may be NULL) what it did and returns how many it
 * mended. */
size_t heal_references(struct debrief *d, struct strs *notes);
size_t heal_order(struct debrief *d, struct strs *notes);
/* Doubled numbers: who had it in `base` (may be NULL), else the smaller id, keeps it; the others
 * get the next ones that were never given (d->last_number). */
size_t heal_numbers(struct debrief *d, const struct debrief *base, struct strs *notes);

/* Cut those links of a loop for which `cut` says so; with `cut` NULL one of each loop, that of the
 * smallest id. Returns how many. */
typedef bool loop_cut_fn(const void *ctx, enum kind kind, const struct field *f, struct id id);
size_t loops_cut(struct debrief *d, loop_cut_fn *cut, const void *ctx, struct strs *notes);

/* The field of a kind that names the item above in its own kind (parent of a cause, group of a
 * card), or NULL. */
const struct field *field_above(enum kind kind);

#endif
