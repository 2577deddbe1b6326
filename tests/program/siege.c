/* siege SOCKET N: N connections that mean no good, all at once, each thrown out one replaced by
 * another, until SIGTERM. Prints how many there were. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define HELLO                                                                                      \
	"{\"type\":\"hello\",\"version\":1,\"name\":\"mallory\",\"role\":\"observer\",\"want\":"   \
	"\"watch\"}\n"

struct bad {
	int fd;
	unsigned kind, turns;
};

static volatile sig_atomic_t over;

static void
on_term(int signo)
{
	(void)signo;
	over = 1;
}

static int
reach(const char *path)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(to.sun_path, sizeof to.sun_path, "%s", path);
	if (fd >= 0)
		fcntl(fd, F_SETFL, O_NONBLOCK);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&to, sizeof to) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static const char *
words_of(unsigned kind, unsigned turn)
{
	static char bytes[16384];

	if (turn == 0 && kind >= 5 && kind < 9)
		return HELLO;
	switch (kind) {
	case 0:
		for (size_t i = 0; i < sizeof bytes - 1; i++)
			bytes[i] = (char)(1 + rand() % 255);
		return bytes;
	case 1:
		return turn == 0 ? "{\"type\":\"hello\",\"version\":1,\"na" : "";
	case 2:
		return "";
	case 3:
		memset(bytes, 'x', sizeof bytes - 1);
		return bytes;
	case 4:
		memset(bytes, '[', sizeof bytes - 1);
		return bytes;
	case 5:
		return "{\"type\":\"presence\",\"pane\":\"causes\",\"typing\":true}\n"
		       "{\"type\":\"presence\",\"pane\":\"agenda\",\"typing\":false}\n";
	case 6:
		return "{\"type\":\"ping\",\"seq\":1}\n{\"type\":\"ping\",\"seq\":2}\n{\"type\":"
		       "\"ping\",\"seq\":3}\n";
	case 7:
		return "{\"type\":\"op\",\"op\":{\"cid\":\"4hq7c2m9x1bz\",\"do\":\"set\","
		       "\"changes\":[]}}\n"
		       "{\"type\":\"op\",\"op\":{\"cid\":\"4hq7c2m9x1by\",\"do\":\"close\"}}\n";
	case 8:
		return "{\"type\":\"keep\",\"text\":\"what is kept for nobody, again and "
		       "again\"}\n";
	case 9:
		return HELLO "{\"type\":\"welcome\",\"version\":1}\n";
	default:
		return NULL; /* came, and goes */
	}
}

/* false: it is to be replaced. */
static int
turn(struct bad *b)
{
	const char *words = words_of(b->kind, b->turns++);
	char heard[4096];
	size_t len = words != NULL ? strlen(words) : 0;

	if (words == NULL || b->turns > 400)
		return 0;
	if (b->kind % 2 == 0)
		while (recv(b->fd, heard, sizeof heard, MSG_DONTWAIT) > 0)
			;
	return len == 0 || send(b->fd, words, len, MSG_NOSIGNAL | MSG_DONTWAIT) > 0 ||
	       errno == EAGAIN;
}

int
main(int argc, char **argv)
{
	size_t n = argc > 2 ? (size_t)atoi(argv[2]) : 0;
	struct bad *bad = calloc(n + 1, sizeof *bad);
	unsigned long count = 0;

	if (n == 0 || bad == NULL)
		return 2;
	signal(SIGTERM, on_term);
	for (size_t i = 0; i < n; i++)
		bad[i].fd = -1;
	while (!over) {
		for (size_t i = 0; i < n && !over; i++) {
			if (bad[i].fd < 0) {
				bad[i] = (struct bad){ .fd = reach(argv[1]),
					.kind = (unsigned)(count % 11) };
				count += bad[i].fd >= 0;
			} else if (!turn(&bad[i])) {
				close(bad[i].fd);
				bad[i].fd = -1;
			}
		}
		poll(NULL, 0, 1); /* others want the processor too */
	}
	printf("%lu\n", count);
	free(bad);
	return 0;
}
