#include <string.h>

#include "tui/keys_state.h"

/* A control sequence in parts. */
struct csi {
	int n[4], sub[4]; /* numbers, and what follows them after a colon */
	size_t count;
	char mark; /* one of < = > ? before the numbers */
	char final;
};

bool
sequence_opens(char second)
{
	return second != '\0' && strchr("[O]P_^X", second) != NULL;
}

/* The modifiers as xterm counts them: 1 and a sum of bits. */
static int
mods_of(int n)
{
	int bits = n > 1 ? n - 1 : 0;

	return (bits & 1 ? KEY_MOD_SHIFT : 0) | (bits & (2 | 32) ? KEY_MOD_ALT : 0) |
	       (bits & 4 ? KEY_MOD_CTRL : 0);
}

static void
set_code(struct key *out, enum key_code code, int mods)
{
	out->code = code;
	out->mods = code == KEY_BACKTAB ? mods & ~KEY_MOD_SHIFT : mods;
}

struct letter {
	char c;
	enum key_code code;
	int mods;
};

static bool
set_letter(struct key *out, const struct letter *table, size_t n, char c, int mods)
{
	for (size_t i = 0; i < n; i++)
		if (table[i].c == c) {
			set_code(out, table[i].code, mods | table[i].mods);
			return true;
		}
	return false;
}

static const struct letter csi_letters[] = { { 'A', KEY_UP, 0 }, { 'B', KEY_DOWN, 0 },
	{ 'C', KEY_RIGHT, 0 }, { 'D', KEY_LEFT, 0 }, { 'H', KEY_HOME, 0 }, { 'F', KEY_END, 0 },
	{ 'P', KEY_F1, 0 }, { 'Q', KEY_F2, 0 }, { 'S', KEY_F4, 0 }, { 'Z', KEY_BACKTAB, 0 },
	{ 'I', KEY_FOCUS_IN, 0 }, { 'O', KEY_FOCUS_OUT, 0 }, { 'a', KEY_UP, KEY_MOD_SHIFT },
	{ 'b', KEY_DOWN, KEY_MOD_SHIFT }, { 'c', KEY_RIGHT, KEY_MOD_SHIFT },
	{ 'd', KEY_LEFT, KEY_MOD_SHIFT } };

static const struct letter ss3_letters[] = { { 'A', KEY_UP, 0 }, { 'B', KEY_DOWN, 0 },
	{ 'C', KEY_RIGHT, 0 }, { 'D', KEY_LEFT, 0 }, { 'H', KEY_HOME, 0 }, { 'F', KEY_END, 0 },
	{ 'P', KEY_F1, 0 }, { 'Q', KEY_F2, 0 }, { 'R', KEY_F3, 0 }, { 'S', KEY_F4, 0 },
	{ 'M', KEY_ENTER, 0 }, { 'I', KEY_TAB, 0 }, { 'a', KEY_UP, KEY_MOD_CTRL },
	{ 'b', KEY_DOWN, KEY_MOD_CTRL }, { 'c', KEY_RIGHT, KEY_MOD_CTRL },
	{ 'd', KEY_LEFT, KEY_MOD_CTRL } };

/* CSI number ~ */
static enum key_code
tilde_code(int n)
{
	static const enum key_code codes[] = { 0, KEY_HOME, KEY_INSERT, KEY_DELETE, KEY_END,
		KEY_PAGE_UP, KEY_PAGE_DOWN, KEY_HOME, KEY_END, 0, 0, KEY_F1, KEY_F2, KEY_F3, KEY_F4,
		KEY_F5, 0, KEY_F6, KEY_F7, KEY_F8, KEY_F9, KEY_F10, 0, KEY_F11, KEY_F12 };

	return n >= 0 && n < (int)(sizeof codes / sizeof *codes) ? codes[n] : 0;
}

/* The keypad and others that the extended protocols number in the private range. */
static void
private_key(struct key *out, int code, int mods)
{
	static const char keypad[] = "0123456789./*-+\r=";
	static const enum key_code moves[] = { KEY_LEFT, KEY_RIGHT, KEY_UP, KEY_DOWN, KEY_PAGE_UP,
		KEY_PAGE_DOWN, KEY_HOME, KEY_END, KEY_INSERT, KEY_DELETE };

	if (code == 57414)
		set_code(out, KEY_ENTER, mods);
	else if (code >= 57399 && code <= 57415 && key_of_char(out, (uint32_t)keypad[code - 57399]))
		out->mods = mods & ~KEY_MOD_SHIFT;
	else if (code >= 57417 && code <= 57426)
		set_code(out, moves[code - 57417], mods);
}

static void
coded_char(struct key *out, int code, int shifted, int mods)
{
	bool plain_shift = (mods & KEY_MOD_SHIFT) && !(mods & KEY_MOD_CTRL);

	if (plain_shift && shifted > 0x20)
		code = shifted;
	else if (plain_shift && code >= 'a' && code <= 'z')
		code -= 'a' - 'A';
	else if ((mods & KEY_MOD_CTRL) && code >= 'A' && code <= 'Z')
		code += 'a' - 'A';
	if (code < 0x20 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
		return;
	if (key_of_char(out, (uint32_t)code))
		out->mods = mods & ~KEY_MOD_SHIFT;
}

/* A key told by its code point: CSI code:shifted ; modifiers u, and CSI 27 ; modifiers ; code ~ */
static void
coded_key(struct key *out, int code, int shifted, int mods)
{
	if (code >= 57344 && code <= 63743)
		private_key(out, code, mods);
	else if (code == 27)
		set_code(out, KEY_ESC, mods);
	else if (code == 13)
		set_code(out, KEY_ENTER, mods);
	else if (code == 9)
		set_code(out, mods & KEY_MOD_SHIFT ? KEY_BACKTAB : KEY_TAB, mods);
	else if (code == 127 || code == 8)
		set_code(out, KEY_BACKSPACE, mods);
	else
		coded_char(out, code, shifted, mods);
}

static void
set_mouse(struct key *out, int bits, int x, int y, bool release)
{
	/* Moves with a button down, wheels to the side, more than three buttons are not ours. */
	if (bits < 0 || bits & (32 | 128) || ((bits & 64) && (bits & 2)))
		return;
	out->code = KEY_MOUSE;
	out->mods = (bits & 4 ? KEY_MOD_SHIFT : 0) | (bits & 8 ? KEY_MOD_ALT : 0) |
		    (bits & 16 ? KEY_MOD_CTRL : 0);
	out->x = x > 0 ? x - 1 : 0;
	out->y = y > 0 ? y - 1 : 0;
	if (bits & 64)
		out->button = bits & 1 ? MOUSE_WHEEL_DOWN : MOUSE_WHEEL_UP;
	else
		out->button = release || (bits & 3) == 3 ? MOUSE_RELEASE : MOUSE_LEFT + (bits & 3);
}

/* Numbers and what ends them, from after "ESC [". Returns bytes, 0: more are needed; `final` stays
 * 0 when something else broke in, which is read anew. */
static size_t
read_csi(const char *p, size_t len, struct csi *c)
{
	size_t i = 0;
	int beyond = 0, *n = &c->n[0];

	if (i < len && p[i] != '\0' && strchr("<=>?", p[i]) != NULL)
		c->mark = p[i++];
	for (; i < len; i++) {
		if (p[i] >= '0' && p[i] <= '9') {
			*n = *n < 10000000 ? *n * 10 + (p[i] - '0') : *n;
		} else if (p[i] == ';') {
			n = ++c->count < 4 ? &c->n[c->count] : &beyond;
		} else if (p[i] == ':') {
			n = c->count < 4 && n == &c->n[c->count] ? &c->sub[c->count] : &beyond;
		} else if ((p[i] >= 0x40 && p[i] < 0x7f) ||
			   (p[i] == '$' && c->mark == 0 && c->count == 0)) {
			c->final = p[i];
			return i + 1;
		} else if (p[i] < 0x20 || p[i] >= 0x7f) {
			return i;
		}
	}
	return 0;
}

/* rxvt ends what others end in "~" with the modifier. */
static int
rxvt_mods(char final)
{
	return final == '$'   ? KEY_MOD_SHIFT
	       : final == '^' ? KEY_MOD_CTRL
			      : KEY_MOD_SHIFT | KEY_MOD_CTRL;
}

static void
csi_key(const struct csi *c, struct key *out, bool *paste)
{
	int mods = mods_of(c->n[1]);
	bool release = c->sub[1] == 3;

	if (c->mark == '<' && (c->final == 'M' || c->final == 'm'))
		set_mouse(out, c->n[0], c->n[1], c->n[2], c->final == 'm');
	else if (c->mark != 0 || release)
		return; /* an answer of the terminal, or a key let go */
	else if (c->final == '~' && c->n[0] == 200)
		*paste = true;
	else if (c->final == '~' && c->n[0] == 27)
		coded_key(out, c->n[2], 0, mods);
	else if (c->final == '~')
		set_code(out, tilde_code(c->n[0]), mods);
	else if (c->final == 'u')
		coded_key(out, c->n[0], c->sub[0], mods);
	else if (c->final == '$' || c->final == '^' || c->final == '@')
		set_code(out, tilde_code(c->n[0]), rxvt_mods(c->final));
	else if (c->final == 'R' && c->n[0] <= 1) /* else it tells where the cursor is */
		set_code(out, KEY_F3, mods);
	else
		set_letter(
		    out, csi_letters, sizeof csi_letters / sizeof *csi_letters, c->final, mods);
}

/* From after "ESC O": keys in application mode, and the keypad. */
static size_t
read_ss3(const char *p, size_t len, struct key *out)
{
	static const char keypad[] = "*+,-./0123456789"; /* j to y */
	size_t i = 0;
	int n = 0;

	while (i < len && p[i] >= '0' && p[i] <= '9' && i < 3)
		n = n * 10 + (p[i++] - '0');
	if (i == len)
		return 0;
	if (p[i] < 0x20 || p[i] >= 0x7f)
		return i; /* what broke in is read anew */
	if (set_letter(
		out, ss3_letters, sizeof ss3_letters / sizeof *ss3_letters, p[i], mods_of(n)))
		return i + 1;
	if (p[i] >= 'j' && p[i] <= 'y')
		key_of_char(out, (uint32_t)keypad[p[i] - 'j']);
	else if (p[i] == 'X')
		key_of_char(out, '=');
	out->mods = mods_of(n);
	return i + 1;
}

/* A string (OSC, DCS and the like) ends in BEL or ESC \; another ESC breaks it off. 0: more bytes
 * are needed. */
static size_t
skip_string(const char *p, size_t len)
{
	for (size_t i = 2; i < len; i++) {
		if (p[i] == '\a')
			return i + 1;
		if (p[i] == '\033')
			return i + 1 == len ? 0 : p[i + 1] == '\\' ? i + 2 : i;
	}
	return 0;
}

/* The older mouse: three bytes after CSI M, each 32 more than it means. */
static size_t
read_x10(const char *p, size_t len, struct key *out)
{
	if (len < 3)
		return 0;
	set_mouse(out, (unsigned char)p[0] - 32, (unsigned char)p[1] - 32, (unsigned char)p[2] - 32,
	    false);
	return 3;
}

size_t
sequence_read(const char *p, size_t len, struct key *out, bool *paste)
{
	struct csi c = { .count = 0 };
	size_t n;

	if (p[1] == 'O') {
		n = read_ss3(p + 2, len - 2, out);
		return len > 2 && (n > 0 || p[2] < 0x20 || p[2] >= 0x7f) ? n + 2 : 0;
	}
	if (p[1] != '[')
		return skip_string(p, len);
	if (len > 2 && p[2] == 'M') {
		n = read_x10(p + 3, len - 3, out);
		return n > 0 ? n + 3 : 0;
	}
	if (len > 2 && p[2] == '[') { /* the linux console: A to E are F1 to F5 */
		if (len > 3 && p[3] >= 'A' && p[3] <= 'E')
			out->code = KEY_F1 + (p[3] - 'A');
		return len > 3 ? 4 : 0;
	}
	n = read_csi(p + 2, len - 2, &c);
	if (c.final != 0)
		csi_key(&c, out, paste);
	else if (n == 0 && (len == 2 || (p[2] >= 0x20 && p[2] < 0x7f)))
		return 0;
	return n + 2;
}
