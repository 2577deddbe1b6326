/* One ASCII character for any other, for terminals and locales without UTF-8. */
#ifndef TUI_ASCII_H
#define TUI_ASCII_H

#include <stdint.h>

char ascii_of(uint32_t cp); /* the drawing's table, else the letter without its accents, else '?' */

#endif
