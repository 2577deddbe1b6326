/* One end of a connection, never waiting: lines in, bytes out. Private to live/. */
#ifndef LIVE_STREAM_H
#define LIVE_STREAM_H

#include "live/sheet.h"
#include "live/wire.h"

struct piece {
	struct sheet *sheet; /* NULL: the next bytes of `out` */
	size_t at, len;
};
struct stream {
	int fd; /* -1: closed */
	struct wire_in in;
	struct buf out; /* bytes for this one alone: append what comes last */
	size_t sent;	/* of out */
	/* Where something shared lies between: what is to be written in order; what `out` has
	 * beyond them comes last. */
	struct piece *pieces; /* [first, n) */
	size_t first, n_pieces, cap_pieces;
	size_t shared, covered; /* bytes of sheets and of `out` in pieces */
};

void stream_init(
    struct stream *s, int fd); /* owns `fd`, makes it non-blocking and closed on exec */
/* Read what is there, at most about `most` bytes. false: the other end is gone. */
bool stream_fill(struct stream *s, size_t most);
/* Write what can be written. false: the other end is gone. */
bool stream_flush(struct stream *s);
size_t stream_backlog(const struct stream *s); /* bytes not written yet */
void stream_put(struct stream *s, const struct message *m);
void stream_share(struct stream *s, const struct sheet_part *what); /* after all that is there */
/* Forget what was not sent but the rest of the line that is being written. */
void stream_cut(struct stream *s);
void stream_close(struct stream *s); /* and forget what was not sent */

#endif
