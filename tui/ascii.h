/* Private to tui/canvas*.c: what stands for a character where only ASCII may be drawn. */
#ifndef TUI_ASCII_H
#define TUI_ASCII_H

#include <stdint.h>

/* One printable ASCII character for `cp`; '?' when there is none. `left` is what stands before it
 * (0 at the edge), `next` what follows (0 when unknown): they tell the brackets of a label from a
 * branch. */
char ascii_of(uint32_t cp, uint32_t left, uint32_t next);

#endif
