/* Private to model/visible*.c. */
#ifndef MODEL_VISIBLE_INTERNAL_H
#define MODEL_VISIBLE_INTERNAL_H

#include <stddef.h>

#include "model/op_internal.h"
#include "model/visible.h"

bool visible_card(const struct viewer *who, const struct card *c, bool hidden);
bool visible_person(const struct viewer *who, const struct person *p);
/* Of a private field (field_private) only this viewer's own entries stay. */
void visible_entries(const struct viewer *who, const struct field *f, struct strs *list);

#endif
