/* Private to the screen: the terminal as a device: its modes, its size, bytes to it, and its rescue
 * after a crash. */
#ifndef TUI_TERMINAL_H
#define TUI_TERMINAL_H

#include <stdbool.h>
#include <termios.h>

#include "base/buf.h"
#include "base/err.h"

struct terminal {
	int in_fd, out_fd;
	int write_fd; /* the same terminal, opened for us alone so that writing never blocks; or
			 out_fd */
	bool is_raw;
	struct termios before;
};

void terminal_init(struct terminal *t, int in_fd, int out_fd, bool is_device);
void terminal_fini(struct terminal *t);
/* Keys one by one, no echo, no signals from keys, no flow control. ERR_USAGE when it is no
 * terminal. Until terminal_cook a crash restores the modes and writes `reset` (a constant). */
bool terminal_raw(struct terminal *t, const char *reset, struct err *e);
void terminal_cook(struct terminal *t);
bool terminal_size(
    const struct terminal *t, int *rows, int *cols); /* false: the kernel does not know */

enum terminal_wrote { WROTE_ALL, WROTE_SOME, WROTE_GONE };
/* Write what goes without blocking from `*sent` on, and move it. WROTE_GONE: nobody is there any
 * more. */
enum terminal_wrote terminal_write(struct terminal *t, const struct buf *b, size_t *sent);
/* Wait at most `ms` until some more goes. */
void terminal_wait(struct terminal *t, int ms);

#endif
