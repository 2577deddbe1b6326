#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/frames.h"
#include "cli/target.h"

enum { ROWS_DEFAULT = 40, COLS_DEFAULT = 120, ROWS_MOST = 500, COLS_MOST = 1000 };

static bool
read_size(const char *text, struct frame_request *q, struct err *e)
{
	int used = 0;

	q->rows = ROWS_DEFAULT;
	q->cols = COLS_DEFAULT;
	q->paper_asked = text != NULL && paper_find(text, &q->sheet);
	q->paper = text == NULL || q->paper_asked;
	if (q->paper)
		return true;
	if (strlen(text) < 10 && sscanf(text, "%4dx%4d%n", &q->cols, &q->rows, &used) == 2 &&
	    text[used] == '\0' && q->cols >= 1 && q->rows >= 1 && q->cols <= COLS_MOST &&
	    q->rows <= ROWS_MOST)
		return true;
	return err_set(e, ERR_USAGE,
	    "--size %s: nothing was drawn: it is COLSxROWS, 120x40, up to %dx%d, or a4 or a3 for "
	    "the fishbone as SVG",
	    text, COLS_MOST, ROWS_MOST);
}

static bool
read_page(const char *text, struct frame_request *q, struct err *e)
{
	int used = 0;

	if (text == NULL || (strlen(text) < 8 && sscanf(text, "%zu%n", &q->page, &used) == 1 &&
				text[used] == '\0' && q->page > 0))
		return true;
	return err_set(e, ERR_USAGE, "--page %s: nothing was drawn: it is a number from 1 on", text);
}

static bool
read_format(const char *text, struct frame_request *q, struct err *e)
{
	static const char *const formats[] = { "text", "ansi", "svg" };

	for (int i = 0; i < 3; i++)
		if (strcmp(text != NULL ? text : "text", formats[i]) == 0) {
			q->format = (enum frame_format)i;
			return true;
		}
	return err_set(e, ERR_USAGE, "--to %s: nothing was drawn: it is text, ansi or svg", text);
}

static bool
read_now(const char *text, struct frame_request *q, struct err *e)
{
	q->now_ns = clock_now_ns();
	return text == NULL || time_parse(text, &q->now_ns) ||
	       err_set(e, ERR_USAGE,
		   "--now %s: nothing was drawn: it is a time such as 2017-01-31T23:30:00Z", text);
}

/* Only a terminal that cannot show it needs ASCII unasked; a file is UTF-8. */
static bool
wants_ascii(const struct invocation *in, const struct frame_request *q)
{
	return option_value(in, "ascii") != NULL ||
	       (q->format != FRAME_SVG && !in->utf8 && isatty(STDOUT_FILENO));
}

static bool
read_request(const struct invocation *in, struct frame_request *q, struct err *e)
{
	const char *color = option_value(in, "color"), *no_color = getenv("NO_COLOR");

	q->view = option_value(in, "view");
	q->view = q->view != NULL ? q->view : "fishbone";
	q->layout = option_value(in, "layout");
	q->select = option_value(in, "select");
	q->theme = option_value(in, "theme");
	/* Asked for ansi by name, into a file too. */
	q->color = in->color || (color == NULL && (no_color == NULL || no_color[0] == '\0'));
	if (!read_size(option_value(in, "size"), q, e) ||
	    !read_format(option_value(in, "to"), q, e) || !read_now(option_value(in, "now"), q, e) ||
	    !read_page(option_value(in, "page"), q, e))
		return false;
	q->ascii = wants_ascii(in, q);
	return true;
}

int
cmd_render(const struct invocation *in)
{
	struct frame_request q = { 0 };
	struct debrief *d = NULL;
	struct target t = { 0 };
	struct buf out = { 0 };
	struct err e = { 0 };
	int status;

	if (read_request(in, &q, &e) && target_open(in, in->words[0], &t, &e) &&
	    (d = target_read(&t, &e)) != NULL) {
		q.name = t.entry.name;
		q.folder = repo_work_dir(t.repo);
		status = frames_render(&q, d, &out, &e) ? program_print(&out) : program_fail(&e);
	} else {
		status = program_fail(&e);
	}
	if (t.repo != NULL)
		target_close(&t);
	debrief_free(d);
	buf_fini(&out);
	return status;
}
