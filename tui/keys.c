#include "tui/keys.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"

enum { PASTE_MAX = 1 << 20, SEQUENCE_MAX = 64 };

struct keys {
	struct buf in;	  /* bytes not yet turned into keys */
	struct buf paste; /* raw, while between the marks */
	struct buf clean; /* what the last KEY_PASTE borrowed */
	bool pasting;
	bool esc_ended; /* the time-out said that the ESC at the front is a key of its own */
};

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
	buf_add(&k->in, bytes, len);
}

bool
keys_waiting(const struct keys *k)
{
	return !k->pasting && k->in.len > 0 && k->in.data[0] == '\033';
}

void
keys_timeout(struct keys *k)
{
	k->esc_ended = keys_waiting(k);
}

struct name {
	const char *name;
	enum key_code code;
};

static const struct name names[] = {
	{ "enter", KEY_ENTER }, { "tab", KEY_TAB }, { "backtab", KEY_BACKTAB }, { "esc", KEY_ESC },
	{ "backspace", KEY_BACKSPACE }, { "delete", KEY_DELETE }, { "insert", KEY_INSERT }, { "up", KEY_UP },
	{ "down", KEY_DOWN }, { "left", KEY_LEFT }, { "right", KEY_RIGHT }, { "home", KEY_HOME },
	{ "end", KEY_END }, { "page-up", KEY_PAGE_UP }, { "page-down", KEY_PAGE_DOWN }, { "F1", KEY_F1 },
	{ "F2", KEY_F2 }, { "F3", KEY_F3 }, { "F4", KEY_F4 }, { "F5", KEY_F5 }, { "F6", KEY_F6 },
	{ "F7", KEY_F7 }, { "F8", KEY_F8 }, { "F9", KEY_F9 }, { "F10", KEY_F10 }, { "F11", KEY_F11 },
	{ "F12", KEY_F12 },
};
enum { N_NAMES = sizeof names / sizeof *names };

void
key_name(const struct key *k, char out[32])
{
	const char *base = "?";
	int len = snprintf(out, 32, "%s%s%s", k->mods & KEY_MOD_CTRL ? "ctrl-" : "",
	    k->mods & KEY_MOD_ALT ? "alt-" : "",
	    k->code != KEY_CHAR && k->mods & KEY_MOD_SHIFT ? "shift-" : "");

	if (k->code == KEY_CHAR)
		base = k->cp == ' ' ? "space" : k->text;
	for (size_t i = 0; i < N_NAMES; i++)
		if (names[i].code == k->code)
			base = names[i].name;
	snprintf(out + len, (size_t)(32 - len), "%s", base);
}

static void
set_char(struct key *k, uint32_t cp)
{
	k->code = KEY_CHAR;
	k->cp = cp;
	k->text[utf8_encode(cp, k->text)] = '\0';
}

bool
key_parse(const char *name, struct key *out)
{
	struct key k = { 0 };
	uint32_t cp;
	size_t len;

	for (;;) {
		if (strncmp(name, "ctrl-", 5) == 0 && name[5] != '\0') {
			k.mods |= KEY_MOD_CTRL;
			name += 5;
		} else if (strncmp(name, "alt-", 4) == 0 && name[4] != '\0') {
			k.mods |= KEY_MOD_ALT;
			name += 4;
		} else if (strncmp(name, "shift-", 6) == 0 && name[6] != '\0') {
			k.mods |= KEY_MOD_SHIFT;
			name += 6;
		} else {
			break;
		}
	}
	for (size_t i = 0; i < N_NAMES; i++)
		if (strcmp(names[i].name, name) == 0)
			k.code = names[i].code;
	len = strlen(name);
	if (strcmp(name, "space") == 0)
		set_char(&k, ' ');
	else if (k.code == 0 && utf8_decode(name, len, &cp) == len && len > 0)
		set_char(&k, cp);
	if (k.code == 0)
		return false;
	*out = k;
	return true;
}

/* A single byte below 0x20, or DEL. */
static void
control_key(unsigned char b, struct key *out)
{
	if (b == '\r' || b == '\n') {
		out->code = KEY_ENTER;
	} else if (b == '\t') {
		out->code = KEY_TAB;
	} else if (b == 0x7f || b == 0x08) {
		out->code = KEY_BACKSPACE;
	} else if (b == 0) {
		set_char(out, ' ');
		out->mods |= KEY_MOD_CTRL;
	} else {
		/* ctrl-_ comes as 0x1f, ctrl-\ as 0x1c */
		set_char(out, b < 0x1b ? (uint32_t)('a' + b - 1) : (uint32_t)('@' + b));
		out->mods |= KEY_MOD_CTRL;
	}
}

/* One character of text at `p`. Returns bytes used, 0 when more are needed. Broken UTF-8 gives U+FFFD. */
static size_t
character(const char *p, size_t len, struct key *out)
{
	unsigned char b = (unsigned char)p[0];
	uint32_t cp;
	size_t n, need = b < 0x80 ? 1 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : 4;

	if (b < 0x20 || b == 0x7f) {
		control_key(b, out);
		return 1;
	}
	n = utf8_decode(p, len, &cp);
	if (n > 0) {
		if (cp >= 0x80 && cp < 0xa0)
			cp = 0xfffd;
		set_char(out, cp);
		return n;
	}
	if (b >= 0xc2 && b < 0xf5 && len < need) {
		size_t i = 1;
		while (i < len && ((unsigned char)p[i] & 0xc0) == 0x80)
			i++;
		if (i == len)
			return 0; /* the rest comes with the next read */
	}
	set_char(out, 0xfffd);
	return 1;
}

static int
mods_of(int parameter)
{
	int bits = parameter > 1 ? parameter - 1 : 0;

	return (bits & 1 ? KEY_MOD_SHIFT : 0) | (bits & 2 ? KEY_MOD_ALT : 0) | (bits & 4 ? KEY_MOD_CTRL : 0);
}

static enum key_code
letter_key(char c)
{
	static const struct {
		char c;
		enum key_code code;
	} letters[] = { { 'A', KEY_UP }, { 'B', KEY_DOWN }, { 'C', KEY_RIGHT }, { 'D', KEY_LEFT },
		{ 'H', KEY_HOME }, { 'F', KEY_END }, { 'Z', KEY_BACKTAB }, { 'P', KEY_F1 }, { 'Q', KEY_F2 },
		{ 'R', KEY_F3 }, { 'S', KEY_F4 }, { 'M', KEY_ENTER }, { 'I', KEY_FOCUS_IN },
		{ 'O', KEY_FOCUS_OUT } };

	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
		if (letters[i].c == c)
			return letters[i].code;
	return 0;
}

static enum key_code
tilde_key(int n)
{
	static const enum key_code by_number[] = { 0, KEY_HOME, KEY_INSERT, KEY_DELETE, KEY_END, KEY_PAGE_UP,
		KEY_PAGE_DOWN, KEY_HOME, KEY_END, 0, 0, KEY_F1, KEY_F2, KEY_F3, KEY_F4, KEY_F5, 0, KEY_F6, KEY_F7,
		KEY_F8, KEY_F9, KEY_F10, 0, KEY_F11, KEY_F12 };

	return n >= 0 && n < (int)(sizeof by_number / sizeof *by_number) ? by_number[n] : 0;
}

/* Kitty's form: CSI code ; modifiers u. */
static void
csi_u(int code, int mods, struct key *out)
{
	if (code == 27)
		out->code = KEY_ESC;
	else if (code == 13 || code == 57414)
		out->code = KEY_ENTER;
	else if (code == 9)
		out->code = mods & KEY_MOD_SHIFT ? KEY_BACKTAB : KEY_TAB;
	else if (code == 127)
		out->code = KEY_BACKSPACE;
	else if (code >= 0x20 && code < 0xd800 && !(code >= 0x7f && code < 0xa0))
		set_char(out, (uint32_t)code);
	out->mods = out->code == KEY_CHAR ? mods & ~KEY_MOD_SHIFT : mods;
}

static void
sgr_mouse(const int *n, char final, struct key *out)
{
	int b = n[0];

	out->code = KEY_MOUSE;
	out->x = n[1] > 0 ? n[1] - 1 : 0;
	out->y = n[2] > 0 ? n[2] - 1 : 0;
	if (b & 64)
		out->button = b & 1 ? MOUSE_WHEEL_DOWN : MOUSE_WHEEL_UP;
	else if (final == 'm' || (b & 3) == 3)
		out->button = MOUSE_RELEASE;
	else
		out->button = MOUSE_LEFT + (b & 3);
}

struct csi {
	int n[4];
	size_t count;
	char mark, final; /* "<" or "?" before the numbers; the byte that ends it */
};

/* Parse CSI at `p` (after "\033["). Returns bytes used, 0: more needed. */
static size_t
read_csi(const char *p, size_t len, struct csi *c)
{
	size_t i = 0;

	*c = (struct csi){ .count = 1 };
	if (i < len && strchr("<=>?", p[i]) != NULL && p[i] != '\0')
		c->mark = p[i++];
	for (; i < len && i < SEQUENCE_MAX; i++) {
		unsigned char b = (unsigned char)p[i];
		if (b >= '0' && b <= '9') {
			int *n = &c->n[c->count - 1];
			*n = *n < 100000 ? *n * 10 + (b - '0') : *n;
		} else if (b == ';') {
			if (c->count < 4)
				c->n[c->count++] = 0;
		} else if (b >= 0x40 && b < 0x7f) {
			c->final = (char)b;
			return i + 1;
		} else if (b < 0x20 || b >= 0x7f) {
			return i > 0 ? i : 1; /* not a sequence: what broke it is read anew */
		}
	}
	return i >= SEQUENCE_MAX ? i : 0;
}

static void
csi_key(struct keys *k, const struct csi *c, struct key *out)
{
	if (c->mark == '<' && (c->final == 'M' || c->final == 'm')) {
		sgr_mouse(c->n, c->final, out);
	} else if (c->mark != 0) {
		return; /* an answer of the terminal */
	} else if (c->final == '~' && c->n[0] == 200) {
		k->pasting = true;
		buf_clear(&k->paste);
	} else if (c->final == '~' && c->n[0] != 201) {
		out->code = tilde_key(c->n[0]);
		out->mods = mods_of(c->n[1]);
	} else if (c->final == 'u') {
		csi_u(c->n[0], mods_of(c->n[1]), out);
	} else if (c->final != '~') {
		out->code = letter_key(c->final);
		out->mods = mods_of(c->n[1]);
	}
}

/* OSC, DCS and the like: until BEL or ST. 0: more needed. */
static size_t
skip_string(const char *p, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (p[i] == '\a')
			return i + 1;
		if (p[i] == '\033' && i + 1 < len)
			return p[i + 1] == '\\' ? i + 2 : i;
	}
	return len > 4096 ? len : 0;
}

/* The sequence that begins with ESC at the front. Returns bytes used, 0: more needed. `out->code` stays 0 for what is
 * swallowed. */
static size_t
escape(struct keys *k, const char *p, size_t len, struct key *out)
{
	struct csi c;
	size_t n;

	if (len == 1)
		return 0;
	if (p[1] == '[' && len > 2 && p[2] == 'M') { /* X10 mouse: three bytes follow */
		if (len < 6)
			return 0;
		sgr_mouse((int[]){ (unsigned char)p[3] - 32, (unsigned char)p[4] - 32,
			      (unsigned char)p[5] - 32 }, 'M', out);
		return 6;
	}
	if (p[1] == '[') {
		if (len > 2 && p[2] == '[') /* linux console: CSI [ A to E are F1 to F5 */
			return len < 4 ? 0 : (out->code = p[3] >= 'A' && p[3] <= 'E' ? KEY_F1 + (p[3] - 'A') : 0, 4);
		n = read_csi(p + 2, len - 2, &c);
		if (n > 0 && c.final != 0)
			csi_key(k, &c, out);
		return n > 0 ? n + 2 : 0;
	}
	if (p[1] == 'O') {
		if (len < 3)
			return 0;
		out->code = letter_key(p[2]);
		return 3;
	}
	if (strchr("]P_^X", p[1]) != NULL && p[1] != '\0') {
		n = skip_string(p + 2, len - 2);
		return n > 0 ? n + 2 : 0;
	}
	if (p[1] == '\033') { /* two: the first is a key of its own */
		out->code = KEY_ESC;
		return 1;
	}
	n = character(p + 1, len - 1, out);
	out->mods |= KEY_MOD_ALT;
	return n > 0 ? n + 1 : 0;
}

/* While pasting: take bytes until the end mark. True when the paste is whole. */
static bool
paste(struct keys *k, struct key *out)
{
	static const char mark[] = "\033[201~";
	const char *end = NULL;
	size_t keep = 0, take;

	for (size_t i = 0; i + 6 <= k->in.len && end == NULL; i++)
		if (memcmp(k->in.data + i, mark, 6) == 0)
			end = k->in.data + i;
	if (end == NULL) /* the mark may be cut in two */
		keep = k->in.len < 5 ? k->in.len : 5;
	take = end != NULL ? (size_t)(end - k->in.data) : k->in.len - keep;
	if (k->paste.len < PASTE_MAX)
		buf_add(&k->paste, k->in.data, take < PASTE_MAX - k->paste.len ? take : PASTE_MAX - k->paste.len);
	buf_cut_front(&k->in, take + (end != NULL ? 6 : 0));
	if (end == NULL)
		return false;
	k->pasting = false;
	buf_clear(&k->clean);
	text_clean(&k->clean, k->paste.data, k->paste.len, TEXT_BLOCK);
	out->code = KEY_PASTE;
	out->paste = k->clean.data;
	out->paste_len = k->clean.len;
	return true;
}

bool
keys_next(struct keys *k, struct key *out)
{
	while (k->in.len > 0) {
		struct key key = { 0 };
		size_t used;

		if (k->pasting) {
			if (!paste(k, &key))
				return false;
			*out = key;
			return true;
		}
		if (k->in.data[0] != '\033') {
			used = character(k->in.data, k->in.len, &key);
		} else {
			used = escape(k, k->in.data, k->in.len, &key);
			if (used == 0 && k->esc_ended) { /* it was the key, what follows is read anew */
				key = (struct key){ .code = KEY_ESC };
				used = 1;
			}
		}
		k->esc_ended = false;
		if (used == 0)
			return false;
		buf_cut_front(&k->in, used);
		if (key.code != 0) {
			*out = key;
			return true;
		}
	}
	k->esc_ended = false;
	return false;
}
