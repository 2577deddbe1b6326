#include "model/shown.h"

#include "model/schema.h"

void
person_shown(const struct debrief *d, const struct person *p, struct buf *out)
{
	size_t n = 0, nth = 0;

	if (p->shown_as != NULL) {
		buf_adds(out, p->shown_as);
		return;
	}
	for (size_t i = 0; i < DEBRIEF_N(d, PERSON); i++) {
		const struct person *other = DEBRIEF_AT(d, PERSON, person, i);
		if (other->role != p->role || other->shown_as != NULL)
			continue;
		n++;
		if (other == p)
			nth = n;
	}
	buf_adds(out, p->role > PERSON_NONE ? schema_field(KIND_PERSON, "role")->names[p->role]
					    : "somebody");
	if (n > 1)
		buf_addf(out, " %zu", nth);
}
