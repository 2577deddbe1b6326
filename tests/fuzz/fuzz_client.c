/* Bytes of a hostile host: a client takes them, refuses them, or ends; it never falls over. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"
#include "live/client_internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
look(void *ctx)
{
	const struct client *c = *(struct client *const *)ctx;
	size_t n;

	(void)client_here(c, &n);
	(void)client_counts(c);
	(void)client_name(c);
}

static const char opening[] =
    "{\"type\":\"welcome\",\"version\":1,\"seq\":3,\"you\":\"lena\",\"role\":\"participant\","
    "\"debrief\":\"a\",\"id\":\"7k3f9q2mx0ab\"}\n"
    "{\"type\":\"ready\",\"cid\":\"9m2xwt04hq7c\",\"seq\":3}\n";

static void
say(int fd, const void *bytes, size_t len)
{
	if (send(fd, bytes, len, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
		return;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct client_calls calls = { .presence = look };
	struct client *c = NULL;
	struct loop *loop = loop_new();
	struct client_options o = { .name = "lena", .want = "join" };
	struct err e = { 0 };
	struct op op;
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
		__builtin_trap();
	o.fd = ends[0];
	c = client_new(loop, NULL, &o, &calls, &c, &e);
	/* The first byte says how far it is when the rest comes. */
	if (size > 0 && (data[0] & 1) != 0) {
		say(ends[1], opening, sizeof opening - 1);
		loop_once(loop, 0);
		op_init(&op, "hand");
		client_send(c, &op);
	}
	if (size > 0)
		say(ends[1], data + 1, size - 1);
	for (int i = 0; i < 3 && client_state(c) != CLIENT_ENDED; i++)
		loop_once(loop, 0);
	client_free(c);
	loop_free(loop);
	close(ends[1]);
	return 0;
}
