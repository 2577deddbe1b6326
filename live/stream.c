#include "live/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { READ_SIZE = 64 * 1024 };

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

static ssize_t
put_bytes(int fd, const char *bytes, size_t len)
{
	ssize_t n = send(fd, bytes, len, MSG_NOSIGNAL);

	return n < 0 && errno == ENOTSOCK ? write(fd, bytes, len) : n;
}

bool
stream_flush(struct stream *s)
{
	while (s->sent < s->out.len) {
		ssize_t n = put_bytes(s->fd, s->out.data + s->sent, s->out.len - s->sent);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			break;
		if (n <= 0)
			return false;
		s->sent += (size_t)n;
	}
	if (s->sent == s->out.len || s->sent > s->out.len / 2) {
		buf_cut_front(&s->out, s->sent);
		s->sent = 0;
	}
	return true;
}

size_t
stream_backlog(const struct stream *s)
{
	return s->out.len - s->sent;
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
	buf_fini(&s->out);
	*s = (struct stream){ .fd = -1 };
}
