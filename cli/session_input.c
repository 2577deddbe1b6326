#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/accounts.h"
#include "cli/session_state.h"
#include "views/words.h"

enum {
	BURST_CHARS = 4, /* that many letters in one read were not typed one by one */
	ESC_MS = 50, ESC_SSH_MS = 100
};

static void
handle_key(struct session *s, const struct key *k)
{
	struct scene sc = session_scene(s);
	struct command_scene cs = session_commands(s);
	struct ui_out out;

	ui_key(s->ui, &sc, &cs, k, &out);
	free(s->notice);
	s->notice = NULL;
	switch (out.what) {
	case UI_DRAW:
		break;
	case UI_RUN:
		if (strcmp(out.line, "earlier") == 0)
			session_earlier(s);
		else if (is_held(out.line))
			session_held(s, out.line);
		else if (is_account(out.line))
			session_account(s, out.line);
		else
			session_run_lines(s, out.line, out.seen, out.seat);
		break;
	case UI_LEAVE:
		session_leave(s, out.line);
		break;
	case UI_REPAINT:
		screen_redraw(s->screen);
		break;
	case UI_EDITOR:
		session_edit(s, out.line);
		break;
	case UI_MOUSE:
		s->mouse = !s->mouse;
		screen_set_mouse(s->screen, s->mouse);
		ui_say(s->ui, word(s->mouse ? WORD_MOUSE_ON : WORD_MOUSE_OFF));
		break;
	case UI_COPY:
		screen_copy(s->screen, out.line);
		break;
	}
	session_draw_soon(s);
}

static void
handle_keys(struct session *s)
{
	struct key k;

	s->urgent = true;
	while (!s->leaving && s->editor == 0 && keys_next(s->keys, &k))
		handle_key(s, &k);
	session_tell(s);
}

static void
esc_due(void *ctx)
{
	struct session *s = ctx;

	s->esc_timer = 0;
	keys_timeout(s->keys);
	handle_keys(s);
	session_round_done(s);
}

/* A read that is nothing but letters, several at once, was not typed key by key. */
static bool
is_burst(const char *bytes, size_t len)
{
	size_t chars = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char b = (unsigned char)bytes[i];
		if (b < 0x20 || b == 0x7f)
			return false;
		chars += (b & 0xc0) != 0x80;
	}
	return chars >= BURST_CHARS;
}

static void
take_burst(struct session *s, const char *bytes, size_t len)
{
	struct buf clean = { 0 };
	struct scene sc = session_scene(s);

	text_clean(&clean, bytes, len, TEXT_LINE);
	ui_burst(s->ui, &sc, clean.data ? clean.data : "");
	buf_fini(&clean);
	session_tell(s);
	session_draw_soon(s);
}

void
session_readable(void *ctx, int fd, int ready)
{
	struct session *s = ctx;
	char bytes[4096];
	ssize_t n = read(fd, bytes, sizeof bytes);

	(void)ready;
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (n <= 0) { /* the terminal is gone; what was typed is with the host */
		session_stop(s);
		return;
	}
	loop_cancel(s->loop, s->esc_timer);
	s->esc_timer = 0;
	if (!keys_waiting(s->keys) && ui_idle(s->ui) && is_burst(bytes, (size_t)n)) {
		take_burst(s, bytes, (size_t)n);
		return;
	}
	keys_feed(s->keys, bytes, (size_t)n);
	handle_keys(s);
	if (!s->leaving && keys_waiting(s->keys))
		s->esc_timer = loop_after(s->loop, getenv("SSH_CONNECTION") ? ESC_SSH_MS : ESC_MS,
		    esc_due, s);
}
