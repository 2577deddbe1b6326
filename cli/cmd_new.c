#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/begin.h"
#include "cli/earlier.h"
#include "cli/opening.h"
#include "cli/target.h"
#include "live/host.h"
#include "storage/notes.h"

enum { TITLE_COLS = 80 };

static bool
read_minutes(const struct invocation *in, int *minutes, struct err *e)
{
	const char *given = option_value(in, "minutes");

	*minutes = 60;
	if (given == NULL)
		return true;
	*minutes = atoi(given);
	if (strcmp(given, "10") == 0 || strcmp(given, "30") == 0 || strcmp(given, "60") == 0 ||
	    strcmp(given, "90") == 0)
		return true;
	return err_set(
	    e, ERR_USAGE, "--minutes %s: nothing was begun: it is 10, 30, 60 or 90", given);
}

/* What it goes on from, and what it is called where nobody says. */
struct origin {
	struct debrief *again;
	struct note *from;
	char *title;
};

static void
origin_fini(struct origin *o)
{
	debrief_free(o->again);
	note_free(o->from);
	free(o->title);
}

static struct debrief *
read_earlier(struct repo *r, const char *which, struct err *e)
{
	struct entry entry = { 0 };
	struct debrief *d = NULL;

	if (history_find(r, which, &entry, e))
		d = host_read(r, &entry, NULL, NULL, e);
	entry_fini(&entry);
	return d;
}

/* The first line of a note, cut at a word. */
static char *
title_of(const char *text)
{
	size_t len = strcspn(text, "\n"), used, next;

	used = text_wrap(text, len, TITLE_COLS, &next);
	return mem_dupn(text, used);
}

/* A note becomes one debrief. */
static bool
read_note(struct repo *r, const char *which, struct origin *o, struct err *e)
{
	o->from = notes_find(r, which, e);
	return o->from != NULL &&
	       (o->from->status != NOTE_PROMOTED ||
		   err_set(e, ERR_REFUSED,
		       "this note became a debrief already: nothing was begun: debrief open %s",
		       o->from->debrief.s));
}

static bool
read_origin(const struct invocation *in, struct repo *r, struct origin *o, struct err *e)
{
	const char *again = option_value(in, "again"), *from = option_value(in, "from");

	if (again != NULL && (o->again = read_earlier(r, again, e)) == NULL)
		return false;
	if (from != NULL && !read_note(r, from, o, e))
		return false;
	if (in->n_words > 0)
		o->title = mem_dup(in->words[0]);
	else if (o->from != NULL)
		o->title = title_of(o->from->text);
	else if (o->again != NULL)
		o->title = mem_dup(o->again->title);
	return true;
}

static const char *
template_name(const struct invocation *in, const struct origin *o)
{
	const char *template = option_value(in, "template");

	if (template != NULL)
		return template;
	if (o->again != NULL && o->again->template != NULL)
		return o->again->template;
	return o->from != NULL ? "near-miss" : "incident";
}

/* The note says from now on which debrief it became. */
static bool
promote(struct repo *r, struct note *n, struct id debrief, int64_t now_ns, struct err *e)
{
	struct strs said = { 0 };
	bool good;

	n->status = NOTE_PROMOTED;
	n->debrief = debrief;
	n->item.changed_ns = now_ns;
	good = notes_save(r, n, NULL, &said, e);
	strs_fini(&said);
	return good;
}

static bool
begin_from(const struct invocation *in, struct target *t, struct origin *o, struct err *e)
{
	struct beginning b = { .title = o->title,
		.template = template_name(in, o),
		.now_ns = clock_now_ns() / NS_PER_S * NS_PER_S,
		.again = o->again,
		.from = o->from };
	struct debrief *d = NULL;
	bool good;
	char *name;

	if (!read_minutes(in, &b.minutes, e))
		return false;
	who_ask(t->repo);
	b.name = name = who_name(in, t->repo, e);
	if (name != NULL)
		d = begin_debrief(t->repo, &b, e);
	good = d != NULL && host_begin(t->repo, d, &t->entry, e);
	if (good && o->from != NULL)
		good = promote(t->repo, o->from, d->item.id, b.now_ns, e);
	debrief_free(d);
	free(name);
	return good;
}

static bool
begin(const struct invocation *in, struct target *t, struct err *e)
{
	struct origin o = { 0 };
	bool good;

	if (in->n_words == 0 && option_value(in, "again") == NULL &&
	    option_value(in, "from") == NULL)
		return err_set(
		    e, ERR_USAGE, "a debrief has a title: nothing was begun: debrief new TITLE");
	if ((t->repo = history_open(in->repo_dir, e)) == NULL)
		return false;
	good = read_origin(in, t->repo, &o, e) && begin_from(in, t, &o, e);
	origin_fini(&o);
	return good;
}

static int
print_name(const struct target *t)
{
	struct buf out = { 0 };
	int status;

	buf_addf(&out, "%s\n", t->entry.name);
	status = program_print(&out);
	buf_fini(&out);
	return status;
}

int
cmd_new(const struct invocation *in)
{
	struct target t = { 0 };
	struct err e = { 0 };
	int status;

	if (!begin(in, &t, &e)) {
		repo_close(t.repo);
		return program_fail(&e);
	}
	history_used(t.repo, &t.entry);
	status = print_name(&t);
	earlier_hint(&t);
	if (status == 0 && program_on_terminal() && option_value(in, "no-open") == NULL)
		status = opening_run(in, &t, NULL);
	target_close(&t);
	return status;
}
