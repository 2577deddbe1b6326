#include "commands/build.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static struct change *
set_debrief(const struct command_scene *s, struct op *out)
{
	return op_add(out, VERB_SET, KIND_DEBRIEF, s->d->item.id);
}

static struct value
list_of(const char *word)
{
	struct value v = { 0 };

	strs_add(&v.list, word);
	return v;
}

static bool
say_no_seat(const struct debrief *d, const char *text, struct err *e)
{
	struct buf names = { 0 };

	for (size_t i = 0; i < d->seats.n; i++)
		buf_addf(&names, "%s%zu %s", i > 0 ? ", " : "", i + 1, d->seats.v[i]);
	if (names.len > 0)
		err_set(e, ERR_MISSING, "no seat %s here: nothing was changed: there are %s",
		    text[0] != '\0' ? text : "\"\"", names.data);
	else
		err_set(e, ERR_MISSING,
		    "no seat %s here: nothing was changed: seat add NAME makes one",
		    text[0] != '\0' ? text : "\"\"");
	buf_fini(&names);
	return false;
}

/* By number as said aloud, by name, or by the start of just one name; NULL: none of them. */
static const char *
seat_meant(const struct debrief *d, const char *text)
{
	const char *found = NULL;
	char *end;
	unsigned long n = strtoul(text, &end, 10);

	for (size_t i = 0; i < d->seats.n; i++)
		if (text_same(d->seats.v[i], text))
			return d->seats.v[i];
	if (text[0] >= '0' && text[0] <= '9' && *end == '\0')
		return n >= 1 && n <= d->seats.n ? d->seats.v[n - 1] : NULL;
	for (size_t i = 0; i < d->seats.n && text[0] != '\0'; i++)
		if (text_begins(d->seats.v[i], text)) {
			if (found != NULL)
				return NULL;
			found = d->seats.v[i];
		}
	return found;
}

bool
read_seat(const struct command_scene *s, const char *text, struct op *out, struct err *e)
{
	const char *name = seat_meant(s->d, text);

	if (name == NULL)
		return say_no_seat(s->d, text, e);
	free(out->by);
	out->by = mem_dup(name);
	return true;
}

const char *
word_after(const char *word, const char *name)
{
	size_t len = strlen(name);

	return strncmp(word, name, len) == 0 && word[len] == '=' ? word + len + 1 : NULL;
}

BUILDER(build_vote)
{
	const char *seat;
	const struct item *it;
	enum kind kind;

	if (!words_count(c, args, 1, 2, e))
		return false;
	seat = args->n == 2 ? word_after(args->v[1], "seat") : NULL;
	if (args->n == 2 && seat == NULL)
		return say_usage(c, "it takes seat=SEAT after the ID", e);
	it = command_any(s->d, args->v[0], &kind, e);
	if (it == NULL || (seat != NULL && !read_seat(s, seat, out, e)))
		return false;
	change_set(set_debrief(s, out), schema_field(KIND_DEBRIEF, "ballots"), list_of(it->id.s))
	    ->how = strcmp(c->words, "unvote") == 0 ? HOW_MINUS : HOW_PLUS;
	return true;
}

/* What may be voted on: ids with commas between them. */
static bool
read_on(const struct command_scene *s, const struct command *c, const char *text, struct value *on,
    struct err *e)
{
	while (*text != '\0') {
		size_t len = strcspn(text, ",");
		char *one = mem_dupn(text, len);
		enum kind kind = KIND_DEBRIEF;
		const struct item *it = len > 0 ? command_any(s->d, one, &kind, e) : NULL;
		bool votes = it != NULL && schema_field(kind, "votes") != NULL;

		if (it != NULL && !votes)
			err_set(e, ERR_REFUSED,
			    "%s is of the %s, which take no votes: nothing was changed: name "
			    "cards, causes or actions",
			    one, schema_of(kind)->plural);
		free(one);
		if (len > 0 && !votes)
			return false;
		if (votes)
			strs_add(&on->list, it->id.s);
		text += len + (text[len] == ',');
	}
	strs_sort(&on->list, true);
	return on->list.n > 0 || say_usage(c, "on= names nothing", e);
}

/* The rules of a vote, as far as they are said. */
struct ballot {
	bool single;
	struct value on;
};

static bool
read_ballot(const struct command_scene *s, const struct command *c, const struct strs *args,
    struct ballot *b, struct err *e)
{
	for (size_t i = 1; i < args->n; i++) {
		const char *several = word_after(args->v[i], "several");
		const char *on = word_after(args->v[i], "on");

		if (several != NULL && strcmp(several, "no") != 0 && strcmp(several, "yes") != 0)
			return say_usage(c, "several= is yes or no", e);
		if (several == NULL && (on == NULL || b->on.list.n > 0))
			return say_usage(c, "it takes several= and on=, each once", e);
		if (several != NULL)
			b->single = strcmp(several, "no") == 0;
		else if (!read_on(s, c, on, &b->on, e))
			return false;
	}
	return true;
}

BUILDER(build_votes_open)
{
	const struct field *each = schema_field(KIND_DEBRIEF, "votes_each");
	struct ballot b = { 0 };
	struct change *ch;
	char *end;
	long n;

	if (!words_count(c, args, 1, 3, e))
		return false;
	n = strtol(args->v[0], &end, 10);
	if (*end != '\0' || args->v[0][0] < '0' || args->v[0][0] > '9')
		return say_usage(c, "N is how many votes each has", e);
	if (n < 1 || n > each->max)
		return err_set(e, ERR_REFUSED,
		    "%s votes each cannot be: nothing was changed: write a number from 1 to %lld",
		    args->v[0], (long long)each->max);
	if (!read_ballot(s, c, args, &b, e)) {
		value_fini(&b.on);
		return false;
	}
	ch = set_debrief(s, out);
	change_put_num(ch, "votes_each", n);
	if (b.single || s->d->votes_single)
		change_put_num(ch, "votes_single", b.single);
	if (b.on.list.n > 0 || s->d->votes_on.n > 0)
		change_set(ch, schema_field(KIND_DEBRIEF, "votes_on"), b.on);
	return true;
}

BUILDER(build_votes_close)
{
	if (!words_count(c, args, 0, 0, e))
		return false;
	change_put_num(set_debrief(s, out), "votes_each", 0);
	return true;
}

static bool
seat_ok(const struct command_scene *s, const struct value *more, const char *name, struct err *e)
{
	bool taken = false;

	if (name[0] == '\0')
		return err_set(e, ERR_REFUSED,
		    "the name of a seat is empty: nothing was changed: seat add NAME");
	if (!text_ok(name, strlen(name), TEXT_LINE, e))
		return false;
	if (name[strspn(name, "0123456789")] == '\0')
		return err_set(e, ERR_REFUSED,
		    "%s is a number, and seats have numbers already: nothing was changed: give it "
		    "a name",
		    name);
	for (size_t i = 0; i < s->d->seats.n; i++)
		taken = taken || text_same(s->d->seats.v[i], name);
	for (size_t i = 0; i < more->list.n; i++)
		taken = taken || text_same(more->list.v[i], name);
	if (taken)
		return err_set(e, ERR_REFUSED,
		    "there is a seat %s already: nothing was changed: choose another name", name);
	return true;
}

BUILDER(build_seat_add)
{
	struct value names = { 0 };

	if (!words_count(c, args, 1, SIZE_MAX, e))
		return false;
	for (size_t i = 0; i < args->n; i++) {
		if (!seat_ok(s, &names, args->v[i], e)) {
			value_fini(&names);
			return false;
		}
		strs_add(&names.list, args->v[i]);
	}
	change_set(set_debrief(s, out), schema_field(KIND_DEBRIEF, "seats"), names)->how = HOW_PLUS;
	return true;
}

BUILDER(build_seat_next)
{
	(void)out;
	if (!words_count(c, args, 0, 0, e))
		return false;
	if (s->d->seats.n == 0)
		return err_set(e, ERR_REFUSED,
		    "there are no seats: nothing was changed: seat add NAME makes one");
	return true;
}
