/* Private to the files of the decoder. */
#ifndef TUI_KEYS_STATE_H
#define TUI_KEYS_STATE_H

#include "base/buf.h"
#include "tui/keys.h"

struct keys {
	struct buf in; /* bytes from the terminal; those before `at` are done with */
	size_t at;
	struct buf paste; /* raw, while between the marks */
	struct buf clean; /* what the last KEY_PASTE lends */
	bool pasting;
	bool timed_out;	 /* no more bytes of the sequence at the front will come */
	bool swallowing; /* inside a control sequence whose beginning was given up */
};

/* Fill `out` with the key of one character; false when it is none that text may hold. */
bool key_of_char(struct key *out, uint32_t cp);
/* The key of a byte below 0x20, or DEL. */
void key_of_control(struct key *out, unsigned char b);

/* Read the sequence at `p`, which begins with ESC and a second byte that opens one ("[", "O", and
 * those of strings). Returns the bytes it takes, 0 when more are needed; `out->code` stays 0 for
 * what is swallowed. A bracketed paste that begins is told by `*paste`. */
size_t sequence_read(const char *p, size_t len, struct key *out, bool *paste);
bool sequence_opens(char second);

#endif
