/* An account of one's own, line by line, before anybody sees it: kept by the client alone, in a file
 * of the person's own state folder (0600). Neither the host, nor the wire, nor the journal, nor git
 * hears of a line before it is released as an event. */
#ifndef LIVE_ACCOUNT_H
#define LIVE_ACCOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/id.h"

struct account_line {
	int64_t at_ns;
	bool minute; /* known to the minute alone */
	char *text;
};
struct account {
	char *path;
	struct account_line *v;
	size_t n, cap;
};

/* Of who holds this secret, in this debrief; empty when there is none yet. ERR_STORE. Yours. */
struct account *account_open(const char *secret, struct id debrief, struct err *e);
void account_free(struct account *a);

/* What a line is told from others by: its time and its text. Yours. */
char *account_key(const struct account_line *l);

/* Each reads anew what is there, for the same person may sit at two screens, and is on disk when it
 * returns true, whole, in place of what was; else nothing has changed. Lines stay in the order of
 * their times; `text` is copied, one line of it, at most TEXT_LINE_MAX bytes. To drop what is not
 * there any more is no mistake. */
bool account_add(
    struct account *a, int64_t at_ns, bool minute, const char *text, struct err *e);
bool account_drop(struct account *a, const char *key, struct err *e);

#endif
