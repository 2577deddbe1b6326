/* A frame of the screen, printed instead of shown. */
#ifndef CLI_FRAMES_H
#define CLI_FRAMES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "model/debrief.h"
#include "tui/paper.h"

enum frame_format { FRAME_TEXT, FRAME_ANSI, FRAME_SVG };

struct frame_request {
	const char *name;   /* the debrief's */
	const char *folder; /* where the history's own templates are, or NULL */
	const char *view;   /* "fishbone" */
	const char *layout; /* NULL: by size */
	const char *select; /* an id or number, or NULL */
	const char *theme;  /* NULL: the default one */
	int rows, cols;
	bool paper;		/* SVG of the fishbone: a drawing on pages of that size ... */
	bool paper_asked;	/* ... by name: an error for what is not drawn on paper */
	enum paper_size sheet;
	size_t page; /* from 1; 0: all of them */
	enum frame_format format;
	bool ascii, color;
	int64_t now_ns;
};

/* Appended to `out`. ERR_USAGE for an unknown view, layout or theme (those there are, are named);
 * ERR_MISSING for what to select. */
bool frames_render(
    const struct frame_request *q, const struct debrief *d, struct buf *out, struct err *e);

#endif
