#include "formats/report.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "formats/markdown.h"
#include "formats/markdown_parts.h"
#include "model/coverage.h"
#include "model/schema.h"

enum { LEVELS = 3, NAME_LEAST = 3 };

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

/* Do these `len` bytes of a name stand there as a word? A login may be written with a capital. */
static bool
stands_at(const char *text, const char *name, size_t len)
{
	bool begins = text[0] == name[0] || text[0] == toupper((unsigned char)name[0]);

	return begins && strncmp(text + 1, name + 1, len - 1) == 0 && !is_word_byte(text[len]);
}

/* Whose name begins here, the longest one: the whole name, or its first word. */
static size_t
name_at(const struct debrief *d, const char *text, const struct person **who)
{
	size_t best = 0;

	for (size_t i = 0; i < DEBRIEF_N(d, PERSON); i++) {
		const struct person *p = DEBRIEF_AT(d, PERSON, person, i);
		size_t whole = p->name != NULL ? strlen(p->name) : 0;
		size_t first = p->name != NULL ? strcspn(p->name, " ") : 0, len = 0;
		if (whole > 0 && stands_at(text, p->name, whole))
			len = whole;
		else if (first >= NAME_LEAST && stands_at(text, p->name, first))
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
		size_t len = begins ? name_at(d, text + i, &who) : 0;
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

	buf_adds(r->out, "\n");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct field *f = schema_field(KIND_DEBRIEF, names[i]);
		struct value v = field_get(&r->d->item, f);
		struct buf words = { 0 };
		if (!value_is_default(f, &v)) {
			value_words(f, &v, &words);
			buf_addf(r->out, "- %s: ", f->help);
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
	put_causes(&r);
	put_actions(&r);
	put_questions(&r);
	buf_adds(out, "\nWe take it that each person acted sensibly with what they could see, knew and had "
		      "to hand.\n");
}
