/* Bytes from a terminal into keys: an incremental decoder (CSI, SS3, ~ forms, CSI-u, X10 and SGR
 * mouse, focus, bracketed paste). Unknown sequences are swallowed; a lone ESC is ended by a
 * time-out only. */
#ifndef TUI_KEYS_H
#define TUI_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum key_code {
	KEY_CHAR = 1, /* `text` holds one grapheme or character */
	KEY_ENTER,
	KEY_TAB,
	KEY_BACKTAB,
	KEY_ESC,
	KEY_BACKSPACE,
	KEY_DELETE,
	KEY_INSERT,
	KEY_UP,
	KEY_DOWN,
	KEY_LEFT,
	KEY_RIGHT,
	KEY_HOME,
	KEY_END,
	KEY_PAGE_UP,
	KEY_PAGE_DOWN,
	KEY_F1,
	KEY_F2,
	KEY_F3,
	KEY_F4,
	KEY_F5,
	KEY_F6,
	KEY_F7,
	KEY_F8,
	KEY_F9,
	KEY_F10,
	KEY_F11,
	KEY_F12,
	KEY_PASTE, /* `paste` holds cleaned text; borrowed until the next call */
	KEY_MOUSE, /* press, release or wheel at `y`, `x` */
	KEY_FOCUS_IN,
	KEY_FOCUS_OUT,
};
enum { KEY_MOD_SHIFT = 1, KEY_MOD_ALT = 2, KEY_MOD_CTRL = 4 };
enum { MOUSE_LEFT = 1, MOUSE_MIDDLE, MOUSE_RIGHT, MOUSE_RELEASE, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

struct key {
	enum key_code code;
	int mods;
	uint32_t cp;	   /* KEY_CHAR: the code point; with KEY_MOD_CTRL the lower-case letter */
	char text[8];	   /* KEY_CHAR: its UTF-8, NUL at the end */
	const char *paste; /* KEY_PASTE */
	size_t paste_len;
	int button, y, x; /* KEY_MOUSE */
};

struct keys;
struct keys *keys_new(void);
void keys_free(struct keys *k);
void keys_feed(struct keys *k, const char *bytes, size_t len);
/* The next whole key; false when more bytes are needed. */
bool keys_next(struct keys *k, struct key *out);
/* Is an ESC prefix waiting for its time-out (50 ms; 100 over ssh)? Then call keys_timeout when it
 * ends. */
bool keys_waiting(const struct keys *k);
void keys_timeout(struct keys *k);

/* A key's name as tables and help write it ("a", "ctrl-f", "enter", "F1", "alt-left", "space"), and
 * back. */
void key_name(const struct key *k, char out[32]);
bool key_parse(const char *name, struct key *out);

#endif
