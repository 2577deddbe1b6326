#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "live/host_internal.h"
#include "model/shown.h"

enum { SUBJECT_COLS = 72, TITLE_LEAST = 24 };

static const char *
title_of(const struct debrief *d)
{
	return d->title != NULL ? d->title : "debrief";
}

/* For the first commit what a template brought is not counted as somebody's work. */
static struct debrief *
bare_start(const struct debrief *now)
{
	static const enum kind people_make[] = { KIND_EVENT, KIND_CAUSE, KIND_CARD, KIND_ACTION,
		KIND_EXPERIMENT, KIND_QUESTION, KIND_RATING };
	struct debrief *d = debrief_copy(now);

	for (size_t i = 0; i < sizeof people_make / sizeof *people_make; i++)
		while (d->of[people_make[i]].n > 0)
			item_free(people_make[i],
			    debrief_take(d, people_make[i],
				d->of[people_make[i]].v[d->of[people_make[i]].n - 1]->id));
	return d;
}

/* "3 events and 2 causes added, 1 cause changed", or "" where nothing is. */
static char *
counts_of(const struct commit_words *w)
{
	struct debrief *start = w->before == NULL ? bare_start(w->now) : NULL;
	struct buf b = { 0 };

	difference_counts(start != NULL ? start : w->before, w->now, &b);
	debrief_free(start);
	if (b.data != NULL && strcmp(b.data, "nothing") == 0)
		buf_clear(&b);
	return buf_take(&b);
}

/* As much of the counts as a subject holds: all of them, else what was added (or, if nothing was,
 * changed). Yours. */
static char *
main_point(const char *title, const char *counts)
{
	static const char *const ends[] = { " added, ", " changed, ", " removed, " };
	size_t len = strlen(counts);

	if (text_width(title, strlen(title)) + 2 + text_width(counts, len) <= SUBJECT_COLS)
		return mem_dup(counts);
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		const char *end = strstr(counts, ends[i]);
		if (end != NULL && (size_t)(end - counts) < len)
			len = (size_t)(end - counts) + strlen(ends[i]) - 2;
	}
	return mem_dupn(counts, len);
}

/* "Title: point" on one line of a log; a long title gives way first. */
static void
put_subject(const struct commit_words *w, const char *point, struct buf *out)
{
	const char *title = title_of(w->now);
	int room = SUBJECT_COLS - 2 - text_width(point, strlen(point));
	size_t len = strlen(title);

	if (room < TITLE_LEAST)
		room = TITLE_LEAST;
	if (text_width(title, len) > room) {
		len = text_fit(title, len, room - 1, NULL);
		buf_add(out, title, len);
		buf_adds(out, "…");
	} else {
		buf_add(out, title, len);
	}
	buf_addf(out, ": %s\n", point);
}

static void
put_people(const struct debrief *d, struct buf *out)
{
	bool some = false;

	for (size_t i = 0; i < DEBRIEF_N(d, PERSON); i++) {
		const struct person *p = DEBRIEF_AT(d, PERSON, person, i);
		buf_adds(out, some ? ", " : "\nWith ");
		person_shown(d, p, out);
		some = true;
	}
	if (some)
		buf_addc(out, '\n');
}

void
commit_words(const struct commit_words *w, struct buf *out)
{
	char *counts = counts_of(w), *point = main_point(title_of(w->now), counts);

	if (w->subject != NULL && w->subject[0] != '\0')
		buf_addf(out, "%s\n", w->subject);
	else if (w->what != NULL)
		put_subject(w, w->what, out);
	else
		put_subject(w,
		    point[0] != '\0'	? point
		    : w->before == NULL ? "begun"
					: "small changes",
		    out);
	if (counts[0] != '\0')
		buf_addf(out, "\n%c%s.\n", counts[0], counts + 1);
	put_people(w->now, out);
	if (w->superseded != NULL && w->superseded[0] != '\0')
		buf_addf(out, "\nWritten twice at the same time:\n%s", w->superseded);
	free(counts);
	free(point);
}
