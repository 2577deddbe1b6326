#define _GNU_SOURCE /* pipe2 */
#include "live/remote.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"

enum {
	NOISE_MOST = 64 * 1024,
	PEEK = 4096,
	SAID_MOST = 2048, /* of standard error, the last */
	LAST_WORDS_MS = 500,
	END_MS = 2000, /* to send what was written last */
	CUT_MS = 100,
	PAUSE_MS = 5
};

static const char own_words[] = "debrief: ";

struct remote {
	char *host, *which;
	pid_t pid; /* 0: none */
	int err_fd;
	struct buf said, words;
	struct buf line; /* of what comes before the wire, not whole yet */
	size_t noise;
	struct id id;
	char *debrief, *name;
	int open_fd; /* of remote_open, until it is taken */
};

static bool
say_wrong(const char *target, struct err *e)
{
	return err_set(e, ERR_USAGE,
	    "%.100s names no debrief on another machine: nothing was changed: write HOST:WHICH or "
	    "USER@HOST:WHICH",
	    target);
}

struct remote *
remote_new(const char *target, struct err *e)
{
	size_t len = strcspn(target, ":");
	struct remote *r;

	/* "::1:which" and "[::1]:which" are left to an alias in the settings of ssh. */
	if (target[len] == '\0' || len == 0 || target[0] == '-' || target[len + 1] == '\0' ||
	    target[len + 1] == '-' || !text_ok(target, strlen(target), TEXT_LINE, NULL)) {
		say_wrong(target, e);
		return NULL;
	}
	r = mem_zero(1, sizeof *r);
	r->host = mem_dupn(target, len);
	r->which = mem_dup(target + len + 1);
	r->err_fd = r->open_fd = -1;
	return r;
}

/* Wait for the child to end by itself: true when it did. */
static bool
reap(struct remote *r, int most_ms, int *how)
{
	for (int waited = 0;; waited += PAUSE_MS) {
		pid_t got = waitpid(r->pid, how, WNOHANG);
		if (got == r->pid || (got < 0 && errno != EINTR)) {
			r->pid = 0;
			return true;
		}
		if (waited >= most_ms)
			return false;
		usleep(PAUSE_MS * 1000);
	}
}

static void
end_child(struct remote *r, int most_ms)
{
	int how;

	if (r->err_fd >= 0)
		close(r->err_fd);
	r->err_fd = -1;
	if (r->pid == 0 || reap(r, most_ms, &how))
		return;
	kill(r->pid, SIGTERM);
	if (reap(r, CUT_MS, &how))
		return;
	kill(r->pid, SIGKILL);
	while (waitpid(r->pid, &how, 0) < 0 && errno == EINTR)
		;
	r->pid = 0;
}

void
remote_free(struct remote *r)
{
	if (r == NULL)
		return;
	if (r->open_fd >= 0)
		close(r->open_fd);
	end_child(r, END_MS);
	buf_fini(&r->said);
	buf_fini(&r->words);
	buf_fini(&r->line);
	free(r->host);
	free(r->which);
	free(r->debrief);
	free(r->name);
	free(r);
}

const char *
remote_host(const struct remote *r)
{
	return r->host;
}

const char *
remote_which(const struct remote *r)
{
	return r->which;
}

struct id
remote_id(const struct remote *r)
{
	return r->id;
}

const char *
remote_debrief(const struct remote *r)
{
	return r->debrief;
}

const char *
remote_name(const struct remote *r)
{
	return r->name;
}

static void
split_blanks(const char *text, struct strs *out)
{
	for (const char *p = text + strspn(text, " \t"); *p != '\0'; p += strspn(p, " \t")) {
		size_t len = strcspn(p, " \t");
		strs_addn(out, p, len);
		p += len;
	}
}

/* As one word for the shell that the login there has. */
static char *
quoted(const char *word)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				    "0123456789._@+-/";
	struct buf b = { 0 };

	if (word[strspn(word, plain)] == '\0')
		return mem_dup(word);
	buf_addc(&b, '\'');
	for (const char *p = word; *p != '\0'; p++)
		if (*p == '\'')
			buf_adds(&b, "'\\''");
		else
			buf_addc(&b, *p);
	buf_addc(&b, '\'');
	return buf_take(&b);
}

/* A list that execvp takes: its last is NULL. */
static void
words_of(const struct remote *r, bool batch, struct strs *out)
{
	static const char *const always[] = { "-T", "-o", "ServerAliveInterval=15", "-o",
		"ServerAliveCountMax=3" };
	static const char *const quiet[] = { "-o", "BatchMode=yes", "-o", "ConnectTimeout=10" };
	const char *own = getenv("DEBRIEF_SSH");

	split_blanks(own != NULL ? own : "", out);
	if (out->n == 0)
		strs_add(out, "ssh");
	for (size_t i = 0; i < sizeof always / sizeof *always; i++)
		strs_add(out, always[i]);
	for (size_t i = 0; batch && i < sizeof quiet / sizeof *quiet; i++)
		strs_add(out, quiet[i]);
	strs_add(out, "--");
	strs_add(out, r->host);
	strs_add(out, "debrief");
	strs_add(out, "relay");
	strs_take(out, quoted(r->which));
	strs_take(out, NULL);
}

/* In the new process, until it is another program: nothing that is not safe after a fork. */
static void
become(char *const argv[], int wire, int err)
{
	static const char failed[] = " cannot be started\n";
	sigset_t none;

	dup2(wire, STDIN_FILENO);
	dup2(wire, STDOUT_FILENO);
	dup2(err, STDERR_FILENO);
	signal(SIGPIPE, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	execvp(argv[0], argv);
	if (write(STDERR_FILENO, argv[0], strlen(argv[0])) < 0 ||
	    write(STDERR_FILENO, failed, sizeof failed - 1) < 0)
		_exit(126);
	_exit(127);
}

static bool
start(struct remote *r, char *const argv[], int wire)
{
	int err[2];

	if (pipe2(err, O_CLOEXEC) != 0)
		return false;
	fcntl(err[0], F_SETFL, O_NONBLOCK);
	r->pid = fork();
	if (r->pid == 0)
		become(argv, wire, err[1]);
	close(err[1]);
	r->err_fd = err[0];
	if (r->pid > 0)
		return true;
	r->pid = 0;
	return false;
}

int
remote_start(struct remote *r, bool batch, struct err *e)
{
	struct strs words = { 0 };
	int ends[2] = { -1, -1 };
	bool started;

	end_child(r, 0);
	buf_clear(&r->said);
	buf_clear(&r->line);
	r->noise = 0;
	words_of(r, batch, &words);
	started = socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0 &&
		  start(r, words.v, ends[1]);
	if (!started)
		err_set(e, ERR_STORE,
		    "%s cannot be started (%s): nothing was changed: close some programs",
		    words.v[0], strerror(errno));
	if (ends[1] >= 0)
		close(ends[1]);
	if (!started && ends[0] >= 0)
		close(ends[0]);
	strs_fini(&words);
	return started ? ends[0] : -1;
}

/* What is in the pipe now. False: the child closed it. */
static bool
hear(struct remote *r)
{
	char bytes[1024];
	ssize_t n;

	if (r->err_fd < 0)
		return false;
	while ((n = read(r->err_fd, bytes, sizeof bytes)) > 0 || (n < 0 && errno == EINTR)) {
		if (n > 0)
			buf_add(&r->said, bytes, (size_t)n);
		if (r->said.len > SAID_MOST)
			buf_cut_front(&r->said, r->said.len - SAID_MOST);
	}
	return n < 0;
}

/* The last line that says something. */
const char *
remote_words(struct remote *r)
{
	size_t end, from;

	hear(r);
	buf_clear(&r->words);
	for (end = r->said.len; end > 0 && strchr("\r\n \t", r->said.data[end - 1]) != NULL; end--)
		;
	for (from = end; from > 0 && r->said.data[from - 1] != '\n'; from--)
		;
	if (end > from)
		text_clean(&r->words, r->said.data + from, end - from, TEXT_LINE);
	return r->words.data != NULL ? r->words.data : "";
}

/* What a relay there says of a debrief is passed on as it is, with its exit status. */
static bool
is_ours(int how, const char *words)
{
	return WIFEXITED(how) && WEXITSTATUS(how) >= ERR_REFUSED && WEXITSTATUS(how) <= ERR_STORE &&
	       strncmp(words, own_words, strlen(own_words)) == 0;
}

static void
say_ended(struct remote *r, struct err *e)
{
	struct pollfd p = { .fd = r->err_fd, .events = POLLIN };
	const char *words;
	int how = -1;

	while (hear(r) && poll(&p, 1, LAST_WORDS_MS) > 0)
		;
	words = remote_words(r);
	if (r->pid != 0 && reap(r, LAST_WORDS_MS, &how) && is_ours(how, words))
		err_set(e, (enum err_kind)WEXITSTATUS(how), "%s: %s", r->host,
		    words + strlen(own_words));
	else
		err_set(e, ERR_MISSING,
		    "%s cannot be joined (%s): nothing was changed: try ssh %s debrief list",
		    r->host, words[0] != '\0' ? words : "it closed the connection", r->host);
}

/* " ID DEBRIEF NAME"; what is not there is not said. */
static void
take_magic(struct remote *r, const char *rest)
{
	char id[ID_LEN + 1] = "";
	size_t len;

	free(r->debrief);
	free(r->name);
	r->debrief = r->name = NULL;
	r->id = (struct id){ 0 };
	if (strlen(rest) < ID_LEN + 2 || !text_ok(rest, strlen(rest), TEXT_LINE, NULL))
		return;
	memcpy(id, rest + 1, ID_LEN);
	if (!id_parse(id, &r->id) || rest[ID_LEN + 1] != ' ')
		return;
	rest += ID_LEN + 2;
	len = strcspn(rest, " ");
	r->debrief = mem_dupn(rest, len);
	if (rest[len] == ' ' && rest[len + 1] != '\0')
		r->name = mem_dup(rest + len + 1);
}

/* One whole line, without its end. */
static bool
is_magic(struct remote *r)
{
	char *line = r->line.data;

	r->line.len--;
	line[r->line.len] = '\0';
	if (r->line.len > 0 && line[r->line.len - 1] == '\r')
		line[--r->line.len] = '\0';
	if (strlen(line) != r->line.len || strncmp(line, RELAY_MAGIC, strlen(RELAY_MAGIC)) != 0)
		return false;
	take_magic(r, line + strlen(RELAY_MAGIC));
	return true;
}

static int
no_relay(struct remote *r, struct err *e)
{
	err_set(e, ERR_MISSING,
	    "%s answers, but not as a relay: nothing was changed: try ssh %s debrief version",
	    r->host, r->host);
	return -1;
}

int
remote_skip(struct remote *r, int fd, struct err *e)
{
	for (;;) {
		char bytes[PEEK];
		const char *end;
		ssize_t n = recv(fd, bytes, sizeof bytes, MSG_PEEK | MSG_DONTWAIT);

		hear(r);
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
			return 0;
		if (n <= 0) {
			say_ended(r, e);
			return -1;
		}
		end = memchr(bytes, '\n', (size_t)n);
		if (end != NULL)
			n = end + 1 - bytes;
		n = recv(fd, bytes, (size_t)n, MSG_DONTWAIT);
		if (n <= 0)
			return 0;
		buf_add(&r->line, bytes, (size_t)n);
		r->noise += (size_t)n;
		if (bytes[n - 1] == '\n' && is_magic(r))
			return 1;
		if (r->noise > NOISE_MOST)
			return no_relay(r, e);
		if (bytes[n - 1] == '\n')
			buf_clear(&r->line);
	}
}

bool
remote_open(struct remote *r, struct err *e)
{
	struct pollfd p = { .events = POLLIN };
	int got = 0;

	p.fd = remote_start(r, false, e);
	if (p.fd < 0)
		return false;
	/* Without a bound: a person may be asked for a password. */
	while ((got = remote_skip(r, p.fd, e)) == 0)
		if (poll(&p, 1, -1) < 0 && errno != EINTR)
			break;
	if (got == 1)
		r->open_fd = p.fd;
	else
		close(p.fd);
	return got == 1;
}

int
remote_take(struct remote *r)
{
	int fd = r->open_fd;

	r->open_fd = -1;
	return fd;
}
