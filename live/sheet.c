#include "live/sheet.h"

#include <stdlib.h>

#include "base/mem.h"

enum { FULL = 64 * 1024 };

struct sheet_part
sheet_put(struct sheet **now, const char *bytes, size_t len)
{
	struct sheet *s = *now;
	struct sheet_part what;

	if (s != NULL && s->refs == 1) {
		if (s->bytes.cap > 2 * FULL)
			buf_fini(&s->bytes);
		s->bytes.len = 0;
	} else if (s != NULL && s->bytes.len + len > FULL) {
		sheet_drop(s);
		s = NULL;
	}
	if (s == NULL) {
		s = mem_zero(1, sizeof *s);
		s->refs = 1;
		*now = s;
	}
	what = (struct sheet_part){ s, s->bytes.len, len };
	buf_add(&s->bytes, bytes, len);
	return what;
}

const char *
sheet_part_bytes(const struct sheet_part *what)
{
	return what->sheet->bytes.data + what->at;
}

void
sheet_drop(struct sheet *s)
{
	if (s == NULL || --s->refs > 0)
		return;
	buf_fini(&s->bytes);
	free(s);
}
