#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/target.h"
#include "formats/listing.h"
#include "formats/prose.h"
#include "storage/wording_file.h"

enum { FILE_MOST = 64 << 20 };

/* One file that is looked at, and what was found in all so far. */
struct linting {
	struct wording *w; /* of the language of the last file */
	char *language;	   /* NULL: what is taken where nobody says */
	bool named;	   /* it knows the people of the last file */
	char *folder;	   /* the history's, or NULL */
	const char *file; /* as it is named in what is printed */
	const char *bytes;
	size_t line, column, counted; /* of the byte `counted` */
	struct buf out;
	struct listing *json; /* NULL: lines for people and editors */
	size_t found;
};

/* Lines and columns of bytes that come in their order. */
static void
count_to(struct linting *l, size_t at)
{
	if (at < l->counted) {
		l->counted = 0;
		l->line = l->column = 1;
	}
	for (; l->counted < at; l->counted++) {
		unsigned char c = (unsigned char)l->bytes[l->counted];
		if (c == '\n') {
			l->line++;
			l->column = 1;
		} else {
			l->column += (c & 0xc0) != 0x80;
		}
	}
}

/* ":12"; a file may have a hundred thousand findings, printf would cost more than finding them. */
static void
put_number(struct buf *b, size_t n)
{
	char digits[24];
	size_t at = sizeof digits;

	do {
		digits[--at] = (char)('0' + n % 10);
		n /= 10;
	} while (n > 0);
	digits[--at] = ':';
	buf_add(b, digits + at, sizeof digits - at);
}

static void
put_finding(struct linting *l, const struct wording_finding *f, const char *words)
{
	if (l->json != NULL) {
		char *quoted = mem_dupn(words, f->len);
		struct listing_finding found = { l->file, l->line, l->column, f->rule, quoted,
			f->question };
		listing_finding(l->json, &found);
		free(quoted);
	} else {
		buf_adds(&l->out, l->file);
		put_number(&l->out, l->line);
		put_number(&l->out, l->column);
		buf_adds(&l->out, ": ");
		buf_adds(&l->out, f->rule);
		buf_adds(&l->out, ": ");
		buf_adds(&l->out, f->question);
		buf_addc(&l->out, '\n');
	}
}

/* A text of the file. */
struct part {
	struct linting *l;
	const char *text;
	const size_t *at; /* where its bytes stand in the file; NULL: the text is the file */
};

static bool
look_at_finding(void *ctx, const struct wording_finding *f)
{
	const struct part *p = ctx;

	count_to(p->l, p->at != NULL ? p->at[f->at] : f->at);
	put_finding(p->l, f, p->text + f->at);
	p->l->found++;
	return true;
}

static void
look_at_piece(void *ctx, const char *text, size_t len, const size_t *at)
{
	struct part p = { ctx, text, at };

	wording_each(p.l->w, text, len, WORDING_PLAIN, look_at_finding, &p);
}

static bool
ends_in(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);

	return n >= m && strcmp(text + n - m, end) == 0;
}

/* A commit's message as git hands it to a hook: its comments are not part of it. */
static void
blank_comments(struct buf *b)
{
	for (char *p = b->data; p != NULL && *p != '\0';) {
		size_t len = strcspn(p, "\n");
		if (*p == '#')
			memset(p, ' ', len);
		p += len + (p[len] == '\n');
	}
}

static void
add_name(void *ctx, const char *name)
{
	wording_add_name(ctx, name);
}

/* Who took part in a debrief is a person in its words. */
static void
use_names(struct linting *l, const struct buf *b)
{
	prose_people(b->data, b->len, add_name, l->w);
	wording_ready(l->w);
	l->named = true;
}

static bool
look_at_bytes(struct linting *l, struct buf *b, struct err *e)
{
	bool markdown = ends_in(l->file, ".md") || ends_in(l->file, ".markdown");

	if (b->data == NULL)
		return true;
	if (utf8_valid(b->data, b->len) < b->len || strlen(b->data) < b->len)
		return err_set(e, ERR_REFUSED,
		    "%s is not text in UTF-8: nothing of it was looked at: convert it first",
		    l->file);
	if (prose_is_ours(b->data, b->len)) {
		use_names(l, b);
		return prose_read(b->data, b->len, look_at_piece, l, e) ||
		    err_prefix(e, "%s", l->file);
	}
	if (ends_in(l->file, "COMMIT_EDITMSG") || ends_in(l->file, "MERGE_MSG"))
		blank_comments(b);
	wording_each(l->w, b->data, b->len, markdown ? WORDING_MARKDOWN : WORDING_PLAIN,
	    look_at_finding, &(struct part){ l, b->data, NULL });
	return true;
}

static bool
read_named(const char *path, struct buf *b, struct err *e)
{
	if (strcmp(path, "-") == 0)
		return buf_read_fd(b, STDIN_FILENO, FILE_MOST, e);
	return buf_read_file(b, path, FILE_MOST, e);
}

/* A history may have rules of its own. */
static char *
history_folder(const struct invocation *in)
{
	struct repo *r = history_open(in->repo_dir, NULL);
	char *folder = r != NULL ? mem_dup(repo_work_dir(r)) : NULL;

	if (r != NULL)
		repo_close(r);
	return folder;
}

/* Takes over `language`. */
static bool
use_rules(struct linting *l, char *language, struct err *e)
{
	bool same = l->w != NULL && !l->named && (language == NULL) == (l->language == NULL) &&
	    (language == NULL || strcmp(language, l->language) == 0);

	if (same) {
		free(language);
		return true;
	}
	wording_free(l->w);
	free(l->language);
	l->language = language;
	l->named = false;
	l->w = wording_open(l->folder, language, e);
	if (l->w != NULL)
		wording_ready(l->w);
	return l->w != NULL;
}

/* The rules of the language that was asked for, else of the debrief itself, else of the setting,
 * else English. */
static bool
rules_for(const struct invocation *in, const struct buf *b, struct linting *l, struct err *e)
{
	const char *asked = option_value(in, "language");
	bool ours = asked == NULL && b->data != NULL && prose_is_ours(b->data, b->len);
	char *language = ours ? prose_language(b->data, b->len) : mem_dup(asked);

	return use_rules(l, language != NULL ? language : repo_config_in(l->folder, "debrief.language"),
	    e);
}

static bool
look_at_file(const struct invocation *in, const char *path, struct linting *l, struct err *e)
{
	struct buf b = { 0 };
	bool good = read_named(path, &b, e) && rules_for(in, &b, l, e);

	l->file = strcmp(path, "-") == 0 ? "-" : path;
	l->bytes = b.data;
	l->counted = b.len >= 3 && memcmp(b.data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0; /* a BOM */
	l->line = l->column = 1;
	good = good && look_at_bytes(l, &b, e);
	buf_fini(&b);
	return good;
}

static int
list_rules(const struct invocation *in, struct linting *l)
{
	struct buf none = { 0 };
	struct err e = { 0 };

	if (!rules_for(in, &none, l, &e))
		return program_fail(&e);
	if (option_value(in, "json") != NULL)
		l->json = listing_begin(&l->out);
	for (size_t i = 0; i < wording_rules(l->w); i++) {
		const char *question, *about, *name = wording_rule(l->w, i, &question, &about);
		if (l->json != NULL)
			listing_rule(l->json, name, about, question);
		else
			buf_addf(&l->out, "%-15s %s\n%-15s %s\n", name, about, "", question);
	}
	if (l->json != NULL)
		listing_end(l->json);
	return program_print(&l->out);
}

/* `status` is of the files that could not be read, 0 when there are none. */
static int
print_all(struct linting *l, int status)
{
	int printed;

	if (l->json != NULL)
		listing_end(l->json);
	printed = program_print_clean(&l->out);
	if (printed != 0 || status != 0)
		return printed != 0 ? printed : status;
	return l->found > 0 ? (int)ERR_REFUSED : 0;
}

/* A file that cannot be read is said, and the others are looked at. */
static int
lint_files(const struct invocation *in, struct linting *l)
{
	int status = 0;

	if (option_value(in, "json") != NULL)
		l->json = listing_begin(&l->out);
	for (size_t i = 0; i < (in->n_words > 0 ? in->n_words : 1); i++) {
		struct err e = { 0 };
		if (!look_at_file(in, in->n_words > 0 ? in->words[i] : "-", l, &e)) {
			int failed = program_fail(&e);
			status = failed > status ? failed : status;
		}
	}
	return print_all(l, status);
}

int
cmd_lint(const struct invocation *in)
{
	struct linting l = { .folder = history_folder(in) };
	int status = option_value(in, "rules") != NULL ? list_rules(in, &l) : lint_files(in, &l);

	wording_free(l.w);
	free(l.language);
	free(l.folder);
	buf_fini(&l.out);
	return status;
}
