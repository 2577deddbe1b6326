#include "formats/report.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "formats/markdown.h"
#include "formats/markdown_parts.h"
#include "model/coverage.h"
#include "model/schema.h"

enum { LEVELS = 3, NAME_LEAST = 3, CARDS_MOST = 6 /* of a column: it is one page */ };

struct report {
	const struct debrief *d;
	const struct zone *zone;
	struct buf *out;
};

static const char *
called(const struct person *p)
{
	static const char *const by_role[] = { "somebody", "the facilitator", "the scribe",
		"a participant", "an observer" };

	return p->shown_as != NULL ? p->shown_as : by_role[p->role];
}

static bool
is_word_byte(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

static bool
in_capitals(const char *text, const char *name, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] != toupper((unsigned char)name[i]))
			return false;
	return len >= NAME_LEAST;
}

/* Do these `len` bytes of a name stand there as a word? A login may be written with a capital, a name
 * in capitals, and behind an @ as one likes. */
static bool
stands_at(const char *text, const char *name, size_t len, bool called_out)
{
	bool begins = text[0] == name[0] || text[0] == toupper((unsigned char)name[0]);

	if (!(begins && strncmp(text + 1, name + 1, len - 1) == 0) &&
	    !in_capitals(text, name, len) &&
	    !(called_out && strncasecmp(text, name, len) == 0))
		return false;
	return !is_word_byte(text[len]);
}

/* Whose name begins here, the longest one: the whole name, or its first word. */
static size_t
name_at(const struct debrief *d, const char *text, bool called_out, const struct person **who)
{
	size_t best = 0;

	for (size_t i = 0; i < DEBRIEF_N(d, PERSON); i++) {
		const struct person *p = DEBRIEF_AT(d, PERSON, person, i);
		size_t whole = p->name != NULL ? strlen(p->name) : 0;
		size_t first = p->name != NULL ? strcspn(p->name, " ") : 0, len = 0;
		if (whole > 0 && stands_at(text, p->name, whole, called_out))
			len = whole;
		else if (first >= NAME_LEAST && stands_at(text, p->name, first, called_out))
			len = first;
		if (len > best) {
			best = len;
			*who = p;
		}
	}
	return best;
}

/* The text with roles for names. Yours. */
static char *
without_names(const struct debrief *d, const char *text)
{
	struct buf out = { 0 };
	const struct person *who;

	for (size_t i = 0; text[i] != '\0';) {
		bool begins = i == 0 || !is_word_byte(text[i - 1]);
		bool out_loud = i > 0 && text[i - 1] == '@';
		size_t len = begins ? name_at(d, text + i, out_loud, &who) : 0;
		if (len > 0)
			buf_adds(&out, called(who));
		else
			buf_addc(&out, text[i]);
		i += len > 0 ? len : 1;
	}
	return buf_take(&out);
}

static void
put_line(struct report *r, const char *text)
{
	char *plain = without_names(r->d, text);

	markdown_text(plain, r->out);
	free(plain);
}

static void
put_block(struct report *r, const char *heading, const char *text)
{
	char *plain;

	if (text == NULL)
		return;
	plain = without_names(r->d, text);
	buf_addf(r->out, "\n## %s\n\n", heading);
	markdown_block(plain, "", r->out);
	free(plain);
}

static void
put_facts(struct report *r)
{
	static const char *const names[] = { "severity", "detected_by", "services", "tags",
		"symptoms", "audience", "look_again" };
	bool some = false;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct field *f = schema_field(KIND_DEBRIEF, names[i]);
		struct value v = field_get(&r->d->item, f);
		struct buf words = { 0 };
		if (!value_is_default(f, &v)) {
			value_words(f, &v, &words);
			buf_addf(r->out, "%s- %s: ", some ? "" : "\n", f->help);
			some = true;
			put_line(r, words.len > 0 ? words.data : "");
			buf_addc(r->out, '\n');
		}
		buf_fini(&words);
		value_fini(&v);
	}
}

static void
put_duration(struct report *r, const char *what, int64_t ns)
{
	int64_t min = ns / NS_PER_S / 60;

	if (ns == TIME_NONE)
		return;
	buf_addf(r->out, "- %s: ", what);
	if (min >= 60)
		buf_addf(r->out, "%lld h ", (long long)(min / 60));
	buf_addf(r->out, "%lld min\n", (long long)(min % 60));
}

/* Milestones, decisions and impact; of a short timeline all of it. */
static bool
is_told(const struct report *r, const struct event *ev)
{
	return DEBRIEF_N(r->d, EVENT) <= 12 || ev->phase != PHASE_NONE ||
	    ev->kind == EVENT_DECISION || ev->kind == EVENT_IMPACT;
}

static void
put_timeline(struct report *r)
{
	struct milestones m = milestones_of(r->d);
	size_t left = 0;

	if (DEBRIEF_N(r->d, EVENT) == 0)
		return;
	buf_adds(r->out, "\n## Timeline\n\n");
	put_duration(r, "until it was detected", m.detect_ns);
	put_duration(r, "until somebody was on it", m.acknowledge_ns);
	put_duration(r, "until it was mitigated", m.mitigate_ns);
	put_duration(r, "until it was resolved", m.resolve_ns);
	buf_adds(r->out, "\n| time | what |\n| --- | --- |\n");
	for (size_t i = 0; i < DEBRIEF_N(r->d, EVENT); i++) {
		const struct event *ev = DEBRIEF_AT(r->d, EVENT, event, i);
		if (!is_told(r, ev) || ev->text == NULL) {
			left++;
			continue;
		}
		buf_adds(r->out, "| ");
		markdown_time(ev->at_ns, ev->precision, r->zone, r->out);
		buf_adds(r->out, " | ");
		put_line(r, ev->text);
		buf_adds(r->out, " |\n");
	}
	if (left > 0)
		buf_addf(r->out, "\n%zu more events are in the record.\n", left);
}

/* What is of the meeting, and not of what it was about. */
static bool
is_inner(const struct column *col)
{
	static const char *const names[] = { "Kudos", "Parking lot", "Plus", "Delta" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (col->name != NULL && strcmp(col->name, names[i]) == 0)
			return true;
	return false;
}

/* A card, or a group by its name; then what was said of it. */
static void
put_card(struct report *r, const struct card *c)
{
	bool named = c->name != NULL && c->name[0] != '\0';

	buf_adds(r->out, "- ");
	put_line(r, named ? c->name : c->text);
	if (named) {
		buf_adds(r->out, ": ");
		put_line(r, c->text);
	}
	buf_addc(r->out, '\n');
	if (c->notes != NULL) {
		buf_adds(r->out, "  - ");
		put_line(r, c->notes);
		buf_addc(r->out, '\n');
	}
}

static void
put_column(struct report *r, const struct column *col, bool *some)
{
	size_t n = 0;

	for (size_t i = 0; i < DEBRIEF_N(r->d, CARD); i++) {
		const struct card *c = DEBRIEF_AT(r->d, CARD, card, i);
		if (!id_equal(c->column, col->item.id) || id_some(c->group) || c->text == NULL)
			continue;
		if (!*some)
			buf_adds(r->out, "\n## What was noticed\n");
		*some = true;
		if (n == 0) {
			buf_adds(r->out, "\n");
			put_line(r, col->name != NULL ? col->name : "");
			buf_adds(r->out, ":\n\n");
		}
		if (n++ < CARDS_MOST)
			put_card(r, c);
	}
	if (n > CARDS_MOST)
		buf_addf(r->out, "\n%zu more %s in the record.\n", n - CARDS_MOST,
		    n - CARDS_MOST == 1 ? "is" : "are");
}

static void
put_board(struct report *r)
{
	bool some = false;

	for (size_t i = 0; i < DEBRIEF_N(r->d, COLUMN); i++) {
		const struct column *col = DEBRIEF_AT(r->d, COLUMN, column, i);
		if (!is_inner(col))
			put_column(r, col, &some);
	}
}

static void
put_said(struct report *r, const char *label, const char *text)
{
	if (text == NULL)
		return;
	buf_addf(r->out, "  - %s: ", label);
	put_line(r, text);
	buf_addc(r->out, '\n');
}

static void
put_experiments(struct report *r)
{
	const struct field *result = schema_field(KIND_EXPERIMENT, "result");

	if (DEBRIEF_N(r->d, EXPERIMENT) > 0)
		buf_adds(r->out, "\n## What was tried\n\n");
	for (size_t i = 0; i < DEBRIEF_N(r->d, EXPERIMENT); i++) {
		const struct experiment *x = DEBRIEF_AT(r->d, EXPERIMENT, experiment, i);
		char day[TIME_TEXT];
		buf_adds(r->out, "- ");
		put_line(r, x->hypothesis != NULL ? x->hypothesis : "");
		buf_addc(r->out, '\n');
		put_said(r, "result", result->names[x->result]);
		put_said(r, "expected", x->expected);
		put_said(r, "observed", x->observed);
		put_said(r, "surprised", x->surprised);
		put_said(
		    r, "again", x->again_day != TIME_NONE ? date_text(x->again_day, day) : NULL);
	}
}

static void
put_causes_of(struct report *r, const struct cause_tree *t, int level)
{
	static const char *const headings[] = { "", "Technical", "Process", "Organization" };
	bool some = false;

	for (size_t i = 0; i < t->n; i++) {
		const struct cause *c = t->v[i].cause;
		if (c == NULL || c->text == NULL || cause_level(r->d, c) != level)
			continue;
		if (!some)
			buf_addf(r->out, "\n%s:\n\n", headings[level]);
		some = true;
		buf_addf(r->out, "%*s- ", 2 * t->v[i].depth, "");
		put_line(r, c->text);
		buf_addc(r->out, '\n');
	}
}

static void
put_causes(struct report *r)
{
	struct cause_tree t = cause_tree(r->d);

	if (DEBRIEF_N(r->d, CAUSE) > 0)
		buf_adds(r->out, "\n## What made it possible\n");
	for (int level = LEVEL_TECHNICAL; level <= LEVELS; level++)
		put_causes_of(r, &t, level);
	cause_tree_fini(&t);
}

static void
put_actions(struct report *r)
{
	bool some = false;

	for (size_t i = 0; i < DEBRIEF_N(r->d, ACTION); i++) {
		const struct action *a = DEBRIEF_AT(r->d, ACTION, action, i);
		char day[TIME_TEXT] = "";
		if (a->text == NULL || a->status == ACTION_DROPPED)
			continue;
		if (!some)
			buf_adds(r->out, "\n## What is done about it\n\n| what | owner | due | status "
					 "|\n| --- | --- | --- | --- |\n");
		some = true;
		buf_adds(r->out, "| ");
		put_line(r, a->text);
		buf_adds(r->out, " | ");
		put_line(r, a->owner != NULL ? a->owner : "");
		buf_addf(r->out, " | %s | %s |\n",
		    a->due_day != TIME_NONE ? date_text(a->due_day, day) : "",
		    schema_field(KIND_ACTION, "status")->names[a->status]);
	}
}

static void
put_questions(struct report *r)
{
	bool some = false;

	for (size_t i = 0; i < DEBRIEF_N(r->d, QUESTION); i++) {
		const struct question *q = DEBRIEF_AT(r->d, QUESTION, question, i);
		if (q->text == NULL || q->answer != NULL)
			continue;
		buf_adds(r->out, some ? "" : "\n## What nobody knew yet\n\n");
		some = true;
		buf_adds(r->out, "- ");
		put_line(r, q->text);
		buf_addc(r->out, '\n');
	}
}

void
report_write(const struct debrief *d, const struct zone *zone, struct buf *out)
{
	struct report r = { d, zone, out };

	buf_adds(out, "# ");
	put_line(&r, d->title != NULL ? d->title : "Debrief");
	buf_addc(out, '\n');
	put_facts(&r);
	put_block(&r, "Summary", d->summary);
	put_block(&r, "Impact", d->impact);
	put_timeline(&r);
	put_experiments(&r);
	put_board(&r);
	put_causes(&r);
	put_actions(&r);
	put_questions(&r);
	buf_adds(out, "\nWe take it that each person acted sensibly with what they could see, knew and had "
		      "to hand.\n");
}
