#include "live/recent.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { OPS_MOST = 20000, BYTES_MOST = 8 << 20 };

static void
drop_first(struct recent *r)
{
	r->bytes -= r->v[r->first].len;
	free(r->v[r->first++].lines);
}

void
recent_add(struct recent *r, uint64_t seq, struct id cid, const struct buf *lines)
{
	while (
	    r->first < r->n && (r->n - r->first >= OPS_MOST || r->bytes + lines->len > BYTES_MOST))
		drop_first(r);
	if (r->first > 64 && r->first > r->n / 2) {
		memmove(r->v, r->v + r->first, (r->n - r->first) * sizeof *r->v);
		r->n -= r->first;
		r->first = 0;
	}
	VEC_ROOM(r->v, r->n, r->cap);
	r->v[r->n++] =
	    (struct recent_op){ seq, cid, mem_dupn(lines->data, lines->len), lines->len };
	r->bytes += lines->len;
}

bool
recent_since(const struct recent *r, uint64_t seq, struct id cid, struct buf *out)
{
	size_t at = r->first;

	while (at < r->n && r->v[at].seq != seq)
		at++;
	if (at == r->n || !id_equal(r->v[at].cid, cid))
		return false;
	for (at++; at < r->n; at++)
		buf_add(out, r->v[at].lines, r->v[at].len);
	return true;
}

void
recent_clear(struct recent *r)
{
	while (r->first < r->n)
		drop_first(r);
	r->first = r->n = 0;
}

void
recent_fini(struct recent *r)
{
	recent_clear(r);
	free(r->v);
	*r = (struct recent){ 0 };
}
