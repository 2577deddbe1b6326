#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/rows.h"
#include "cli/target.h"
#include "formats/listing.h"
#include "storage/notes.h"

enum { SHORT_ID = 6 };

/* A note must never fail for want of a history: the usual one is made. */
static struct repo *
open_or_make(const struct invocation *in, struct err *e)
{
	struct repo *r = history_open(in->repo_dir, e);
	struct strs said = { 0 };
	char *dir;

	if (r != NULL || e->kind != ERR_MISSING || in->repo_dir != NULL || in->restricted)
		return r;
	dir = history_default_dir();
	if (repo_init(dir, &said, e) && (r = repo_open(dir, e)) != NULL)
		fprintf(stderr, "debrief: made a history at %s\n", dir);
	strs_fini(&said);
	free(dir);
	return r;
}

/* "service=checkout" of a field that a note has. */
static bool
is_field(const char *word)
{
	size_t len = strcspn(word, "=");
	char *name = mem_dupn(word, len);
	bool is = word[len] == '=' && note_field(name) != NULL;

	free(name);
	return is;
}

static size_t
n_fields(const struct invocation *in)
{
	size_t n = 0;

	for (size_t i = 0; i < in->n_words; i++)
		n += is_field(in->words[i]);
	return n;
}

/* For a "-": all that comes, without the newline at its end. */
static bool
read_stdin(struct buf *text, struct err *e)
{
	char bytes[4096];
	size_t n;

	while (text->len <= TEXT_BLOCK_MAX && (n = fread(bytes, 1, sizeof bytes, stdin)) > 0)
		buf_add(text, bytes, n);
	if (ferror(stdin))
		return err_set(e, ERR_STORE,
		    "standard input cannot be read: nothing was noted: debrief note TEXT");
	if (memchr(text->data != NULL ? text->data : "", '\0', text->len) != NULL)
		return err_set(
		    e, ERR_REFUSED, "there is a NUL byte in it: nothing was noted: take it out");
	while (text->len > 0 && (text->data[text->len - 1] == '\n' || text->data[text->len - 1] == '\r'))
		text->data[--text->len] = '\0';
	return true;
}

static bool
read_words(const struct invocation *in, struct note *n, struct err *e)
{
	struct buf text = { 0 };
	bool good = true;

	for (size_t i = 0; good && i < in->n_words; i++) {
		const char *word = in->words[i];
		size_t len = strcspn(word, "=");
		if (is_field(word)) {
			char *name = mem_dupn(word, len);
			good = note_set(n, name, word + len + 1, e);
			free(name);
		} else if (strcmp(word, "-") == 0 && in->n_words == 1 + n_fields(in)) {
			good = read_stdin(&text, e);
		} else {
			buf_addf(&text, "%s%s", text.len > 0 ? " " : "", word);
		}
	}
	if (good && text_blank(text.len > 0 ? text.data : ""))
		good = err_set(
		    e, ERR_USAGE, "a note without words: nothing was noted: debrief note TEXT");
	good = good && note_set(n, "text", text.len > 0 ? text.data : "", e);
	buf_fini(&text);
	return good;
}

static void
say_all(struct strs *said)
{
	for (size_t i = 0; i < said->n; i++)
		program_note(said->v[i]);
	strs_fini(said);
}

/* With --signed the commit carries the name; nothing else ever does. */
static bool
save(const struct invocation *in, struct repo *r, const struct note *n, struct err *e)
{
	struct identity me = { 0 };
	struct strs said = { 0 };
	bool named = option_value(in, "signed") != NULL;
	bool good = (!named || repo_identity(r, &me, e)) &&
	    notes_save(r, n, named ? &me : NULL, &said, e);

	if (named)
		identity_fini(&me);
	say_all(&said);
	return good;
}

static int
print_line(const char *line)
{
	struct buf out = { 0 };
	int status;

	buf_addf(&out, "%s\n", line);
	status = program_print(&out);
	buf_fini(&out);
	return status;
}

int
cmd_note(const struct invocation *in)
{
	struct note *n = note_new(id_random());
	struct err e = { 0 };
	struct repo *r = NULL;
	bool good;
	int status;

	n->at_ns = clock_now_ns() / NS_PER_S * NS_PER_S;
	n->item.changed_ns = n->at_ns;
	good = read_words(in, n, &e) && (r = open_or_make(in, &e)) != NULL && save(in, r, n, &e);
	status = good ? print_line(n->item.id.s) : program_fail(&e);
	note_free(n);
	if (r != NULL)
		repo_close(r);
	return status;
}

static void
add_row(const struct note *n, struct buf *out)
{
	struct civil c = civil_of_ns(n->at_ns);

	buf_addf(out, "%.*s  %04d-%02d-%02d  %-9s  %-9s  %-12s ", SHORT_ID, n->item.id.s, c.year,
	    c.month, c.day, note_field("status")->names[n->status],
	    note_field("kind")->names[n->kind], n->service != NULL ? n->service : "-");
	row_text(n->text, out);
	buf_addc(out, '\n');
}

static int
list_notes(const struct invocation *in, struct repo *r)
{
	struct listing *l = NULL;
	struct notes all = { 0 };
	struct strs said = { 0 };
	struct buf out = { 0 };
	struct err e = { 0 };
	bool closed = option_value(in, "all") != NULL;
	int status;

	if (!notes_list(r, &all, &said, &e))
		return program_fail(&e);
	if (option_value(in, "json") != NULL)
		l = listing_begin(&out);
	for (size_t i = 0; i < all.n; i++) {
		if (!closed && all.v[i]->status > NOTE_LINKED)
			continue;
		if (l != NULL)
			listing_note(l, all.v[i]);
		else
			add_row(all.v[i], &out);
	}
	if (l != NULL)
		listing_end(l);
	say_all(&said);
	status = program_print(&out);
	notes_fini(&all);
	buf_fini(&out);
	return status;
}

static void
note_changed(struct note *n)
{
	n->item.changed_ns = clock_now_ns() / NS_PER_S * NS_PER_S;
}

static bool
link_note(struct repo *r, struct note *n, const char *which, struct err *e)
{
	struct entry entry = { 0 };
	bool good = history_find(r, which, &entry, e) && entry_id(r, &entry, e);

	if (good) {
		n->debrief = entry.id;
		n->status = NOTE_LINKED;
	}
	entry_fini(&entry);
	return good;
}

static bool
dismiss_note(const struct invocation *in, struct note *n, struct err *e)
{
	struct buf reason = { 0 };
	struct value v;
	bool good;

	for (size_t i = 2; i < in->n_words; i++)
		buf_addf(&reason, "%s%s", i > 2 ? " " : "", in->words[i]);
	v = (struct value){ .text = buf_take(&reason) };
	good = !text_blank(v.text != NULL ? v.text : "")
		   ? value_ok(note_field("reason"), &v, e) || err_prefix(e, "reason")
		   : err_set(e, ERR_REFUSED, "the reason is empty: nothing was changed: debrief notes "
					     "dismiss ID REASON");
	if (good) {
		field_set(&n->item, note_field("reason"), &v);
		n->status = NOTE_DISMISSED;
	}
	value_fini(&v);
	return good;
}

static int
usage(void)
{
	return program_refuse(ERR_USAGE,
	    "that is not how notes are kept: nothing was changed: debrief notes [link ID WHICH | "
	    "dismiss ID REASON]; debrief new --from ID makes a debrief of one");
}

static int
change_note(const struct invocation *in, struct repo *r)
{
	bool links = strcmp(in->words[0], "link") == 0;
	struct err e = { 0 };
	struct note *n;
	bool good;
	int status;

	if (in->n_words < 3 || (links && in->n_words > 3) ||
	    (!links && strcmp(in->words[0], "dismiss") != 0))
		return usage();
	n = notes_find(r, in->words[1], &e);
	good = n != NULL &&
	    (links ? link_note(r, n, in->words[2], &e) : dismiss_note(in, n, &e));
	if (good)
		note_changed(n);
	good = good && save(in, r, n, &e);
	status = good ? print_line("ok") : program_fail(&e);
	note_free(n);
	return status;
}

int
cmd_notes(const struct invocation *in)
{
	struct err e = { 0 };
	struct repo *r = history_open(in->repo_dir, &e);
	int status;

	if (r == NULL)
		return program_fail(&e);
	status = in->n_words == 0 ? list_notes(in, r) : change_note(in, r);
	repo_close(r);
	return status;
}
