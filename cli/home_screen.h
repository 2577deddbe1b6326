/* The home screen on a terminal, between one thing that is done from it and the next. */
#ifndef CLI_HOME_SCREEN_H
#define CLI_HOME_SCREEN_H

#include "cli/program.h"
#include "views/home.h"

/* Where the history is, or would be. */
struct home_place {
	const struct invocation *in;
	bool history, in_git;
	char *dir; /* owned */
};

struct home_screen;
struct home_screen *home_screen_new(const struct invocation *in);
void home_screen_free(struct home_screen *s);
/* Look at what there is, show it, until something is to be done: then the terminal is as it was.
 * `out` is borrowed until the next call. False when there is no history that can be read, or no
 * terminal. */
bool home_screen_run(
    struct home_screen *s, struct home_place *p, struct home_out *out, struct err *e);

/* The same as a conversation, for a terminal that cannot place its cursor or who wants it so. */
bool home_screen_ask(
    struct home_screen *s, struct home_place *p, struct home_out *out, struct err *e);
/* Is it to be a conversation? */
bool home_screen_plain(const struct home_screen *s);

/* Start ssh -t HOST and wait for it; `line` is shown above, as it has the code. Its status. */
int home_ssh(const char *line, const char *host);

#endif
