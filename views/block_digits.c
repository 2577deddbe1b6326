#include "views/block_digits.h"

#include <string.h>

#include "base/text.h"
#include "views/draw.h"

static const char *const digits_of[][BLOCK_ROWS] = {
	{ "█▀▀█", "█  █", "█▄▄█" },
	{ "▄█ ", " █ ", "▄█▄" },
	{ "▀▀▀█", "█▀▀▀", "█▄▄▄" },
	{ "▀▀▀█", " ▀▀█", "▄▄▄█" },
	{ "█  █", "▀▀▀█", "   █" },
	{ "█▀▀▀", "▀▀▀█", "▄▄▄█" },
	{ "█▀▀▀", "█▀▀█", "█▄▄█" },
	{ "▀▀▀█", "  █ ", "  █ " },
	{ "█▀▀█", "█▀▀█", "█▄▄█" },
	{ "█▀▀█", "▀▀▀█", "▄▄▄█" },
};
static const char *const colon[BLOCK_ROWS] = { "▄", " ", "▀" };
static const char *const plus[BLOCK_ROWS] = { "   ", "▄█▄", " ▀ " };
static const char *const letter_w[BLOCK_ROWS] = { "█   █", "█ █ █", "▀▄▀▄▀" };
static const char *const letter_h[BLOCK_ROWS] = { "█  █", "█▀▀█", "█  █" };
static const char *const letter_y[BLOCK_ROWS] = { "█  █", "▀▄▄▀", " ██ " };
static const char *const question[BLOCK_ROWS] = { "▀▀▀█", " ▄█▀", " ▄  " };

/* NULL: it has no picture. */
static const char *const *
picture(char ch)
{
	if (ch >= '0' && ch <= '9')
		return digits_of[ch - '0'];
	switch (ch) {
	case ':':
		return colon;
	case '+':
		return plus;
	case 'W':
		return letter_w;
	case 'H':
		return letter_h;
	case 'Y':
		return letter_y;
	case '?':
		return question;
	default:
		return NULL;
	}
}

/* Letters stand apart by one column more than digits. */
static int
gap_after(char ch)
{
	return ch >= 'A' ? 2 : 1;
}

int
block_cols(const char *text)
{
	int cols = 0;

	for (const char *p = text; *p != '\0'; p++) {
		const char *const *rows = picture(*p);
		if (rows != NULL)
			cols += text_width(rows[0], strlen(rows[0])) +
				(p[1] != '\0' ? gap_after(*p) : 0);
	}
	return cols;
}

/* One row of a picture; in ASCII of # for a block, " and _ for its halves. */
static void
draw_row(struct canvas *c, int y, int x, const char *row, int style)
{
	size_t len = strlen(row), used;
	uint32_t cp;

	for (; len > 0 && (used = utf8_decode(row, len, &cp)) > 0; row += used, len -= used, x++) {
		if (canvas_ascii(c))
			cp = cp == 0x2588 ? '#' : cp == 0x2580 ? '"' : cp == 0x2584 ? '_' : cp;
		canvas_put(c, y, x, cp, style);
	}
}

int
block_draw(struct canvas *c, struct rect r, const char *text, int style)
{
	int x = r.x;

	if (r.h < 1 || r.w < 1)
		return 0;
	if (r.h < BLOCK_ROWS || block_cols(text) > r.w) {
		draw_text(c, r, text, style | STYLE_BOLD);
		return 1;
	}
	for (const char *p = text; *p != '\0'; p++) {
		const char *const *rows = picture(*p);
		if (rows == NULL)
			continue;
		for (int i = 0; i < BLOCK_ROWS; i++)
			draw_row(c, r.y + i, x, rows[i], style);
		x += text_width(rows[0], strlen(rows[0])) + gap_after(*p);
	}
	return BLOCK_ROWS;
}
