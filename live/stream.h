/* One end of a connection, never waiting: lines in, bytes out. Private to live/. */
#ifndef LIVE_STREAM_H
#define LIVE_STREAM_H

#include "live/wire.h"

struct stream {
	int fd; /* -1: closed */
	struct wire_in in;
	struct buf out;
	size_t sent; /* of out */
};

void stream_init(
    struct stream *s, int fd); /* owns `fd`, makes it non-blocking and closed on exec */
/* Read what is there, at most about `most` bytes. false: the other end is gone. */
bool stream_fill(struct stream *s, size_t most);
/* Write what can be written. false: the other end is gone. */
bool stream_flush(struct stream *s);
size_t stream_backlog(const struct stream *s); /* bytes not written yet */
void stream_put(struct stream *s, const struct message *m);
void stream_close(struct stream *s); /* and forget what was not sent */

#endif
