/* Pages of paper as one SVG picture: real lines, and text that can be selected and searched.
 * Measures are points (1/72 inch) from the top left corner of the page. */
#ifndef TUI_PAPER_H
#define TUI_PAPER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum paper_size { PAPER_A4, PAPER_A3 }; /* landscape */
const char *paper_name(enum paper_size size); /* "a4" */
bool paper_find(const char *name, enum paper_size *size);

struct paper {
	struct buf body; /* what is on the pages so far */
	enum paper_size size;
	double w, h; /* of a page */
	size_t n_pages;
	bool several; /* rows of the text that is open */
};

/* In points: of a column of the monospaced letters, for letters of that size. */
double paper_column(double letters);

void paper_init(struct paper *p, enum paper_size size);
void paper_fini(struct paper *p);
/* What follows is on the next page. */
void paper_page(struct paper *p);

struct paper_point {
	double x, y;
};
void paper_line(struct paper *p, struct paper_point a, struct paper_point b, double width);
/* A frame, white inside. */
void paper_box(struct paper *p, struct paper_point at, double w, double h);

enum paper_anchor { PAPER_START, PAPER_MIDDLE, PAPER_END };
struct paper_look {
	double letters;	   /* size */
	const char *color; /* "#1a1a1a" */
	bool bold;
	enum paper_anchor anchor;
};
/* One text over one or `several` rows: paper_text opens it, each row is put where it stands,
 * paper_text_end closes it. What is selected is the whole of it: `spaced` says that a space stands
 * between this row and the one before. Text is made harmless for XML. */
void paper_text(struct paper *p, const struct paper_look *look, bool several);
void paper_row(struct paper *p, struct paper_point at, const struct paper_look *look,
    const char *text, size_t len, bool spaced);
void paper_text_end(struct paper *p);

/* The picture: all pages below one another, or (from 1) the one of that number; `title` for who
 * reads the file. Appended. False: there is no such page. */
bool paper_write(const struct paper *p, size_t page, const char *title, struct buf *out);

#endif
