#include "live/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

enum {
	READ_SIZE = 64 * 1024,
	IDLE_MOST = 4096 /* bytes that a connection holds on to while nothing is under way */
};

void
stream_init(struct stream *s, int fd)
{
	*s = (struct stream){ .fd = fd };
	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
	fcntl(fd, F_SETFD, FD_CLOEXEC);
}

bool
stream_fill(struct stream *s, size_t most)
{
	char bytes[READ_SIZE];

	for (size_t got = 0; got < most;) {
		ssize_t n = read(s->fd, bytes, sizeof bytes);
		if (n > 0)
			wire_feed(&s->in, bytes, (size_t)n);
		else if (n < 0 && errno == EINTR)
			continue;
		else
			return n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
		if ((size_t)n < sizeof bytes)
			return true; /* mostly all there is; what is not is told again */
		got += (size_t)n;
	}
	return true;
}

enum { AT_ONCE = 16 /* pieces in one write */ };

/* What comes next to be written, at most `most` parts. Returns how many. */
static int
line_up(const struct stream *s, struct iovec *v, int most)
{
	size_t own = s->sent;
	int n = 0;

	for (size_t i = s->first; i < s->n_pieces && n < most; i++) {
		const struct piece *p = &s->pieces[i];
		char *from = p->sheet != NULL ? p->sheet->bytes.data + p->at : s->out.data + own;
		v[n++] = (struct iovec){ from, p->len };
		if (p->sheet == NULL)
			own += p->len;
	}
	if (n < most && s->out.len > own)
		v[n++] = (struct iovec){ s->out.data + own, s->out.len - own };
	return n;
}

static ssize_t
put_bytes(int fd, struct iovec *v, int n)
{
	struct msghdr m = { .msg_iov = v, .msg_iovlen = (size_t)n };
	ssize_t sent = sendmsg(fd, &m, MSG_NOSIGNAL);

	return sent < 0 && errno == ENOTSOCK ? writev(fd, v, n) : sent;
}

static void
drop_pieces(struct stream *s)
{
	for (size_t i = s->first; i < s->n_pieces; i++)
		sheet_drop(s->pieces[i].sheet);
	s->first = s->n_pieces = 0;
	s->shared = s->covered = 0;
}

static void
was_sent(struct stream *s, size_t n)
{
	while (n > 0 && s->first < s->n_pieces) {
		struct piece *p = &s->pieces[s->first];
		size_t some = n < p->len ? n : p->len;
		if (p->sheet != NULL) {
			s->shared -= some;
		} else {
			s->covered -= some;
			s->sent += some;
		}
		p->at += some;
		p->len -= some;
		n -= some;
		if (p->len == 0) {
			sheet_drop(p->sheet);
			s->first++;
		}
	}
	s->sent += n;
	if (s->first == s->n_pieces)
		s->first = s->n_pieces = 0;
}

static void
shrink(struct stream *s)
{
	if (s->sent == s->out.len && s->out.cap > IDLE_MOST) {
		buf_fini(&s->out);
		s->sent = 0;
	} else if (s->sent == s->out.len || s->sent > s->out.len / 2) {
		buf_cut_front(&s->out, s->sent);
		s->sent = 0;
	}
	if (s->n_pieces == 0 && s->cap_pieces > AT_ONCE) {
		free(s->pieces);
		s->pieces = NULL;
		s->cap_pieces = 0;
	}
}

bool
stream_flush(struct stream *s)
{
	while (stream_backlog(s) > 0) {
		struct iovec v[AT_ONCE];
		ssize_t n = put_bytes(s->fd, v, line_up(s, v, AT_ONCE));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			break;
		if (n <= 0)
			return false;
		was_sent(s, (size_t)n);
	}
	shrink(s);
	return true;
}

size_t
stream_backlog(const struct stream *s)
{
	return s->shared + s->out.len - s->sent;
}

static void
add_piece(struct stream *s, struct sheet *sheet, size_t at, size_t len)
{
	if (s->first > AT_ONCE && s->first > s->n_pieces / 2) {
		s->n_pieces -= s->first;
		memmove(s->pieces, s->pieces + s->first, s->n_pieces * sizeof *s->pieces);
		s->first = 0;
	}
	VEC_ROOM(s->pieces, s->n_pieces, s->cap_pieces);
	s->pieces[s->n_pieces++] = (struct piece){ sheet, at, len };
}

void
stream_share(struct stream *s, const struct sheet_part *what)
{
	size_t own = s->out.len - s->sent - s->covered;
	struct piece *last;

	if (own > 0) {
		add_piece(s, NULL, 0, own);
		s->covered += own;
	}
	last = s->n_pieces > s->first ? &s->pieces[s->n_pieces - 1] : NULL;
	if (last != NULL && last->sheet == what->sheet && last->at + last->len == what->at) {
		last->len += what->len;
	} else {
		add_piece(s, what->sheet, what->at, what->len);
		what->sheet->refs++;
	}
	s->shared += what->len;
}

void
stream_cut(struct stream *s)
{
	struct buf rest = { 0 };
	struct iovec first;
	const char *end;

	if (line_up(s, &first, 1) == 0)
		return;
	/* A line is never in two pieces. */
	end = memchr(first.iov_base, '\n', first.iov_len);
	if (end != NULL)
		buf_add(&rest, first.iov_base, (size_t)(end + 1 - (const char *)first.iov_base));
	drop_pieces(s);
	buf_fini(&s->out);
	s->out = rest;
	s->sent = 0;
}

void
stream_put(struct stream *s, const struct message *m)
{
	message_encode(m, &s->out);
}

void
stream_close(struct stream *s)
{
	if (s->fd >= 0)
		close(s->fd);
	wire_in_fini(&s->in);
	drop_pieces(s);
	free(s->pieces);
	buf_fini(&s->out);
	*s = (struct stream){ .fd = -1 };
}
