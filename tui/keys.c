#include "tui/keys.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "tui/keys_state.h"

enum { PASTE_MAX = 1 << 20, MARK_LEN = 6, SEQUENCE_MAX = 64, STRING_MAX = 4096 };

struct keys *
keys_new(void)
{
	return mem_zero(1, sizeof(struct keys));
}

void
keys_free(struct keys *k)
{
	if (k == NULL)
		return;
	buf_fini(&k->in);
	buf_fini(&k->paste);
	buf_fini(&k->clean);
	free(k);
}

void
keys_feed(struct keys *k, const char *bytes, size_t len)
{
	buf_cut_front(&k->in, k->at);
	k->at = 0;
	buf_add(&k->in, bytes, len);
}

bool
keys_waiting(const struct keys *k)
{
	return !k->pasting && k->at < k->in.len && k->in.data[k->at] == '\033';
}

void
keys_timeout(struct keys *k)
{
	k->timed_out = keys_waiting(k);
}

bool
key_of_char(struct key *out, uint32_t cp)
{
	struct buf clean = { 0 };
	char text[4];
	size_t len = utf8_encode(cp, text);
	bool ok;

	/* What no text may hold is no key either. */
	text_clean(&clean, text, len, TEXT_LINE);
	ok = clean.len == len && memcmp(clean.data, text, len) == 0 && cp >= 0x20;
	buf_fini(&clean);
	if (!ok)
		return false;
	out->code = KEY_CHAR;
	out->cp = cp;
	memcpy(out->text, text, len);
	out->text[len] = '\0';
	return true;
}

void
key_of_control(struct key *out, unsigned char b)
{
	if (b == '\r' || b == '\n') {
		out->code = KEY_ENTER;
	} else if (b == '\t') {
		out->code = KEY_TAB;
	} else if (b == 0x7f || b == 0x08) {
		out->code = KEY_BACKSPACE;
	} else {
		/* 0x01 is ctrl-a; 0x1c to 0x1f come from \ ] ^ _; 0 from the space bar. */
		key_of_char(out, b == 0	    ? ' '
				 : b < 0x1b ? (uint32_t)('a' + b - 1)
					    : (uint32_t)('@' + b));
		out->mods |= KEY_MOD_CTRL;
	}
}

/* May what stands at `p` still become a character when more bytes come? */
static bool
is_begun(const char *p, size_t len)
{
	unsigned char b = (unsigned char)p[0];
	size_t need = b < 0xe0 ? 2 : b < 0xf0 ? 3 : 4;

	if (b < 0xc2 || b > 0xf4 || len >= need)
		return false;
	for (size_t i = 1; i < len; i++)
		if (((unsigned char)p[i] & 0xc0) != 0x80)
			return false;
	return true;
}

/* One character at `p`. Returns its bytes, 0 when more are needed. Broken UTF-8 gives U+FFFD. */
static size_t
read_char(const char *p, size_t len, struct key *out)
{
	unsigned char b = (unsigned char)p[0];
	uint32_t cp;
	size_t n;

	if (b < 0x20 || b == 0x7f) {
		key_of_control(out, b);
		return 1;
	}
	n = utf8_decode(p, len, &cp);
	if (n == 0 && is_begun(p, len))
		return 0;
	key_of_char(out, n > 0 ? cp : 0xfffd);
	return n > 0 ? n : 1;
}

/* No more bytes came: what is at the front was typed as it stands, or is the torn beginning of a
 * sequence. */
static size_t
give_up(struct keys *k, const char *p, size_t len, struct key *out)
{
	if (len == 1) {
		out->code = KEY_ESC;
		return 1;
	}
	if (!sequence_opens(p[1]))
		return 0; /* half a character of UTF-8: never given up */
	if (len == 2) {
		key_of_char(out, (unsigned char)p[1]);
		out->mods = KEY_MOD_ALT;
		return 2;
	}
	/* Its rest may still come, and must not turn into letters. */
	k->swallowing = p[1] == '[';
	return len;
}

static size_t
read_escape(struct keys *k, const char *p, size_t len, struct key *out)
{
	size_t n = 0;

	if (len >= 2 && p[1] == '\033') { /* pressed twice, or before an arrow */
		out->code = KEY_ESC;
		return 1;
	}
	if (len >= 2 && sequence_opens(p[1])) {
		n = sequence_read(p, len, out, &k->pasting);
		if (n == 0 && len > (p[1] == '[' ? SEQUENCE_MAX : STRING_MAX)) {
			k->swallowing = p[1] == '[';
			return len;
		}
	} else if (len >= 2) {
		n = read_char(p + 1, len - 1, out);
		out->mods |= KEY_MOD_ALT;
		n += n > 0;
	}
	return n > 0 || !k->timed_out ? n : give_up(k, p, len, out);
}

/* The rest of a control sequence: its parameters and the byte that ends it. */
static void
swallow(struct keys *k)
{
	const char *p = k->in.data;

	while (k->at < k->in.len && p[k->at] >= 0x20 && p[k->at] < 0x40)
		k->at++;
	if (k->at == k->in.len)
		return;
	k->swallowing = false;
	if (p[k->at] >= 0x40 && p[k->at] < 0x7f)
		k->at++;
}

/* The first mark from `from` on that begins or ends a paste; `len` when there is none. */
static size_t
find_mark(const char *p, size_t len, size_t from, char kind)
{
	char mark[] = "\033[200~";

	mark[4] = kind;
	for (const char *at; from < len; from = (size_t)(at - p) + 1) {
		at = memchr(p + from, '\033', len - from);
		if (at == NULL)
			return len;
		if (len - (size_t)(at - p) >= MARK_LEN && memcmp(at, mark, MARK_LEN) == 0)
			return (size_t)(at - p);
	}
	return len;
}

/* Where the paste ends. A mark that was hidden in what is pasted would end it early and have the
 * rest typed: of several in what has come, the last before the next paste counts. */
static size_t
find_end(const char *p, size_t len)
{
	size_t end = find_mark(p, len, 0, '1');
	size_t begin = find_mark(p, len, end, '0');

	for (size_t next = end; next < begin; next = find_mark(p, begin, next + 1, '1'))
		end = next;
	return end;
}

static void
paste_keep(struct keys *k, const char *p, size_t len)
{
	size_t room = PASTE_MAX - k->paste.len;

	buf_add(&k->paste, p, len < room ? len : room);
}

/* Take what has come of a paste; true when it is whole. */
static bool
read_paste(struct keys *k, struct key *out)
{
	const char *p = k->in.data + k->at;
	size_t len = k->in.len - k->at, end = find_end(p, len), take = end;

	if (end == len) /* the mark may be cut in two */
		take = len < MARK_LEN ? 0 : len - (MARK_LEN - 1);
	paste_keep(k, p, take);
	k->at += end < len ? end + MARK_LEN : take;
	if (end == len)
		return false;
	k->pasting = false;
	buf_clear(&k->clean);
	text_clean(&k->clean, k->paste.data, k->paste.len, TEXT_BLOCK);
	buf_fini(&k->paste);
	out->code = KEY_PASTE;
	out->paste = k->clean.data;
	out->paste_len = k->clean.len;
	return true;
}

/* One step: false when more bytes are needed. */
static bool
read_key(struct keys *k, struct key *out)
{
	const char *p = k->in.data + k->at;
	size_t len = k->in.len - k->at, used;

	if (k->pasting)
		return read_paste(k, out);
	if (k->swallowing) {
		swallow(k);
		return true;
	}
	used = p[0] == '\033' ? read_escape(k, p, len, out) : read_char(p, len, out);
	k->at += used;
	return used > 0;
}

bool
keys_next(struct keys *k, struct key *out)
{
	struct key key = { 0 };

	while (key.code == 0 && k->at < k->in.len) {
		key = (struct key){ 0 };
		if (!read_key(k, &key))
			break;
	}
	k->timed_out = false;
	if (key.code == 0)
		return false;
	*out = key;
	return true;
}
