#include "formats/markdown_parts.h"

#include <stdlib.h>
#include <string.h>

#include "model/coverage.h"
#include "model/schema.h"
#include "model/shown.h"

static const char *
choice(enum kind kind, const char *field, int value)
{
	return value > 0 ? schema_field(kind, field)->names[value] : NULL;
}

/* "E17", or the start of an id. */
static void
add_name(const struct debrief *d, enum kind kind, const struct item *it, struct buf *out)
{
	char name[24];

	item_short_name(d, kind, it, name);
	buf_adds(out, name);
}

/* References by the names people say. */
static void
add_refs(const struct debrief *d, const char *label, const struct strs *ids, const char *indent,
    struct buf *out)
{
	bool first = true;

	for (size_t i = 0; i < ids->n; i++) {
		struct id id;
		enum kind kind;
		const struct item *it = id_parse(ids->v[i], &id) ? debrief_any(d, id, &kind) : NULL;
		if (it == NULL)
			continue;
		if (first)
			buf_addf(out, "%s- %s: ", indent, label);
		buf_adds(out, first ? "" : ", ");
		add_name(d, kind, it, out);
		first = false;
	}
	if (!first)
		buf_addc(out, '\n');
}

/* What it is about: an event, a cause or an action by its name, else in its words. */
static void
add_about(const struct debrief *d, struct id ref, struct buf *out)
{
	enum kind kind;
	const struct item *it = debrief_any(d, ref, &kind);
	const struct card *card = it != NULL && kind == KIND_CARD ? (const struct card *)it : NULL;

	if (it == NULL)
		return;
	buf_adds(out, "  - about: ");
	if (card != NULL)
		markdown_text(card->name != NULL ? card->name : card->text != NULL ? card->text : "", out);
	else
		add_name(d, kind, it, out);
	buf_addc(out, '\n');
}

static void
add_count(const char *label, int64_t n, const char *indent, struct buf *out)
{
	if (n > 0)
		buf_addf(out, "%s- %s: %lld\n", indent, label, (long long)n);
}

static void
add_heading(const char *heading, struct buf *out)
{
	buf_addf(out, "\n## %s\n\n", heading);
}

void
markdown_people(const struct debrief *d, struct buf *out)
{
	if (DEBRIEF_N(d, PERSON) == 0)
		return;
	add_heading("People", out);
	for (size_t i = 0; i < DEBRIEF_N(d, PERSON); i++) {
		const struct person *p = DEBRIEF_AT(d, PERSON, person, i);
		const char *role = choice(KIND_PERSON, "role", p->role);
		struct buf shown = { 0 };

		person_shown(d, p, &shown);
		buf_adds(out, "- ");
		markdown_text(shown.data, out);
		buf_fini(&shown);
		if (role != NULL && p->role != PERSON_PARTICIPANT && p->shown_as != NULL)
			buf_addf(out, " (%s)", role);
		buf_addc(out, '\n');
	}
}

static void
add_event_kind(const struct event *ev, struct buf *out)
{
	const char *kind =
	    ev->kind != EVENT_OBSERVATION ? choice(KIND_EVENT, "kind", ev->kind) : NULL;
	const char *phase = choice(KIND_EVENT, "phase", ev->phase);

	if (kind != NULL && phase != NULL)
		buf_addf(out, " *%s, %s*", kind, phase);
	else if (kind != NULL || phase != NULL)
		buf_addf(out, " *%s*", kind != NULL ? kind : phase);
}

static void
add_event(const struct debrief *d, const struct event *ev, const struct zone *zone, struct buf *out)
{
	buf_adds(out, "- ");
	markdown_time(ev->at_ns, ev->precision, zone, out);
	if (ev->until_ns != TIME_NONE) {
		buf_adds(out, " to ");
		markdown_time(ev->until_ns, ev->precision, zone, out);
	}
	buf_adds(out, " **");
	add_name(d, KIND_EVENT, &ev->item, out);
	buf_adds(out, "**");
	add_event_kind(ev, out);
	buf_addc(out, ' ');
	markdown_text(ev->text ? ev->text : "", out);
	buf_addc(out, '\n');
	markdown_field("seen then", ev->seen, "  ", out);
	markdown_field("note", ev->note, "  ", out);
	markdown_field("lane", ev->lane, "  ", out);
	markdown_field("source", ev->source, "  ", out);
	markdown_field("source id", ev->source_id, "  ", out);
	markdown_field("link", ev->link, "  ", out);
	if (ev->certainty != CERTAINTY_FACT)
		markdown_field(
		    "certainty", choice(KIND_EVENT, "certainty", ev->certainty), "  ", out);
	add_count("agree", ev->agree, "  ", out);
	add_count("doubt", ev->doubt, "  ", out);
	add_count("votes", ev->votes, "  ", out);
}

void
markdown_timeline(const struct debrief *d, const struct zone *zone, struct buf *out)
{
	if (DEBRIEF_N(d, EVENT) == 0)
		return;
	add_heading("Timeline", out);
	for (size_t i = 0; i < DEBRIEF_N(d, EVENT); i++)
		add_event(d, DEBRIEF_AT(d, EVENT, event, i), zone, out);
}

static void
add_indent(int depth, struct buf *out)
{
	for (int i = 0; i < depth; i++)
		buf_adds(out, "  ");
}

static void
add_cause(const struct debrief *d, const struct cause *c, int depth, struct buf *out)
{
	struct buf indent = { 0 };

	add_indent(depth, &indent);
	buf_addf(out, "%s- **", indent.data ? indent.data : "");
	add_name(d, KIND_CAUSE, &c->item, out);
	buf_adds(out, "** ");
	markdown_text(c->text ? c->text : "", out);
	buf_addc(out, '\n');
	buf_adds(&indent, "  ");
	markdown_field("level", choice(KIND_CAUSE, "level", c->level), indent.data, out);
	add_refs(d, "evidence", &c->evidence, indent.data, out);
	if (c->certainty != CERTAINTY_ACCOUNT)
		markdown_field(
		    "certainty", choice(KIND_CAUSE, "certainty", c->certainty), indent.data, out);
	add_count("agree", c->agree, indent.data, out);
	add_count("doubt", c->doubt, indent.data, out);
	add_count("votes", c->votes, indent.data, out);
	markdown_list("tags", &c->tags, indent.data, out);
	if (c->deep_enough)
		buf_addf(out, "%s- deep enough\n", indent.data);
	buf_fini(&indent);
}

static void
add_category(const struct category *c, struct buf *out)
{
	const char *level = choice(KIND_CATEGORY, "level", c->level);

	buf_adds(out, "\n### ");
	markdown_text(c->name ? c->name : "", out);
	if (level != NULL)
		buf_addf(out, " (%s)", level);
	buf_adds(out, "\n\n");
}

void
markdown_causes(const struct debrief *d, struct buf *out)
{
	struct cause_tree tree = cause_tree(d);
	bool orphans = false;

	if (DEBRIEF_N(d, CAUSE) + DEBRIEF_N(d, CATEGORY) > 0) {
		buf_adds(out, "\n## Causes\n");
		if (d->effect != NULL) {
			buf_adds(out, "\nEffect: ");
			markdown_text(d->effect, out);
			buf_addc(out, '\n');
		}
	}
	for (size_t i = 0; i < tree.n; i++) {
		const struct cause_row *row = &tree.v[i];

		if (row->cause != NULL && row->category == NULL && !orphans)
			buf_adds(out, "\n### (no category)\n\n");
		orphans = orphans || (row->cause != NULL && row->category == NULL);
		if (row->cause == NULL && row->category != NULL)
			add_category(row->category, out);
		else if (row->cause != NULL)
			add_cause(d, row->cause, row->depth, out);
	}
	cause_tree_fini(&tree);
}

static void
add_action(
    const struct debrief *d, const struct action *a, const struct zone *zone, struct buf *out)
{
	char day[TIME_TEXT];

	buf_addf(out, "- [%c] **", a->status == ACTION_DONE ? 'x' : ' ');
	add_name(d, KIND_ACTION, &a->item, out);
	buf_adds(out, "** ");
	markdown_text(a->text ? a->text : "", out);
	buf_addf(out, "\n  - %s, %s%s\n", choice(KIND_ACTION, "kind", a->kind),
	    choice(KIND_ACTION, "status", a->status), a->urgent ? ", urgent" : "");
	markdown_field("owner", a->owner, "  ", out);
	markdown_field(
	    "due", a->due_day != TIME_NONE ? date_text(a->due_day, day) : NULL, "  ", out);
	markdown_field("done when", a->done_when, "  ", out);
	markdown_field("instead of", a->instead_of, "  ", out);
	markdown_field("proof", a->proof, "  ", out);
	markdown_field("reason", a->reason, "  ", out);
	add_refs(d, "causes", &a->causes, "  ", out);
	markdown_field("level", choice(KIND_ACTION, "level", a->level), "  ", out);
	markdown_field("link", a->link, "  ", out);
	markdown_field("carried from", a->carried_from, "  ", out);
	add_about(d, a->about, out);
	if (a->done_at_ns != TIME_NONE) {
		buf_adds(out, "  - done: ");
		markdown_time(a->done_at_ns, PRECISION_MINUTE, zone, out);
		buf_addc(out, '\n');
	}
	add_count("votes", a->votes, "  ", out);
}

void
markdown_actions(const struct debrief *d, const struct zone *zone, struct buf *out)
{
	if (DEBRIEF_N(d, ACTION) == 0)
		return;
	add_heading("Actions", out);
	for (size_t i = 0; i < DEBRIEF_N(d, ACTION); i++)
		add_action(d, DEBRIEF_AT(d, ACTION, action, i), zone, out);
}

static void
add_card(const struct card *c, const char *indent, struct buf *out)
{
	char *below = mem_fmt("%s  ", indent);

	buf_addf(out, "%s- ", indent);
	if (c->name != NULL) {
		buf_adds(out, "**");
		markdown_text(c->name, out);
		buf_adds(out, "** ");
	}
	markdown_text(c->text ? c->text : "", out);
	buf_addc(out, '\n');
	markdown_field("notes", c->notes, below, out);
	add_count("votes", c->votes, below, out);
	free(below);
}

/* A head card, then its group. */
static void
add_cards_of(const struct debrief *d, struct id column, struct buf *out)
{
	for (size_t i = 0; i < DEBRIEF_N(d, CARD); i++) {
		const struct card *c = DEBRIEF_AT(d, CARD, card, i);
		bool member = debrief_find(d, KIND_CARD, c->group) != NULL;

		if (!id_equal(c->column, column) || member)
			continue;
		add_card(c, "", out);
		for (size_t j = 0; j < DEBRIEF_N(d, CARD); j++) {
			const struct card *m = DEBRIEF_AT(d, CARD, card, j);
			if (id_equal(m->group, c->item.id))
				add_card(m, "  ", out);
		}
	}
}

void
markdown_cards(const struct debrief *d, struct buf *out)
{
	if (DEBRIEF_N(d, CARD) == 0)
		return;
	buf_adds(out, "\n## Board\n");
	for (size_t i = 0; i < DEBRIEF_N(d, COLUMN); i++) {
		const struct column *col = DEBRIEF_AT(d, COLUMN, column, i);

		buf_adds(out, "\n### ");
		markdown_text(col->name ? col->name : "", out);
		buf_adds(out, "\n\n");
		add_cards_of(d, col->item.id, out);
	}
}

void
markdown_questions(const struct debrief *d, struct buf *out)
{
	if (DEBRIEF_N(d, QUESTION) == 0)
		return;
	add_heading("Open questions", out);
	for (size_t i = 0; i < DEBRIEF_N(d, QUESTION); i++) {
		const struct question *q = DEBRIEF_AT(d, QUESTION, question, i);

		buf_adds(out, "- ");
		markdown_text(q->text ? q->text : "", out);
		buf_addc(out, '\n');
		add_about(d, q->about, out);
		markdown_field("owner", q->owner, "  ", out);
		markdown_field("answer", q->answer, "  ", out);
		add_count("votes", q->votes, "  ", out);
	}
}

void
markdown_experiments(const struct debrief *d, struct buf *out)
{
	char day[TIME_TEXT];

	if (DEBRIEF_N(d, EXPERIMENT) == 0)
		return;
	add_heading("Experiments", out);
	for (size_t i = 0; i < DEBRIEF_N(d, EXPERIMENT); i++) {
		const struct experiment *x = DEBRIEF_AT(d, EXPERIMENT, experiment, i);

		buf_adds(out, "- ");
		markdown_text(x->hypothesis ? x->hypothesis : "", out);
		buf_addc(out, '\n');
		markdown_field("steady state", x->steady_state, "  ", out);
		markdown_field("method", x->method, "  ", out);
		markdown_field("blast radius", x->blast_radius, "  ", out);
		markdown_list("abort when", &x->abort_when, "  ", out);
		markdown_field("rollback", x->rollback, "  ", out);
		markdown_field("result", choice(KIND_EXPERIMENT, "result", x->result), "  ", out);
		markdown_field("expected", x->expected, "  ", out);
		markdown_field("observed", x->observed, "  ", out);
		markdown_field("surprised", x->surprised, "  ", out);
		markdown_field("again",
		    x->again_day != TIME_NONE ? date_text(x->again_day, day) : NULL, "  ", out);
	}
}

void
markdown_agenda(const struct debrief *d, struct buf *out)
{
	if (DEBRIEF_N(d, STAGE) > 0)
		add_heading("Agenda", out);
	for (size_t i = 0; i < DEBRIEF_N(d, STAGE); i++) {
		const struct stage *s = DEBRIEF_AT(d, STAGE, stage, i);

		buf_adds(out, s->done ? "- [x] " : "- [ ] ");
		markdown_text(s->name ? s->name : "", out);
		if (s->minutes > 0)
			buf_addf(out, ", %lld min planned", (long long)s->minutes);
		if (s->used_s > 0)
			buf_addf(out, ", %lld min used", (long long)((s->used_s + 30) / 60));
		buf_addc(out, '\n');
	}
	for (size_t i = 0; i < d->overrides.n; i++) {
		buf_adds(out, i == 0 ? "\nPassed with a reason:\n\n- " : "- ");
		markdown_text(d->overrides.v[i], out);
		buf_addc(out, '\n');
	}
}

/* An average says nothing about anybody. */
static void
add_rating(const struct debrief *d, const char *question, struct buf *out)
{
	int64_t sum = 0, n = 0;

	for (size_t i = 0; i < DEBRIEF_N(d, RATING); i++) {
		const struct rating *r = DEBRIEF_AT(d, RATING, rating, i);
		if (r->question != NULL && strcmp(r->question, question) == 0) {
			sum += r->value;
			n++;
		}
	}
	buf_adds(out, "- ");
	markdown_text(question, out);
	buf_addf(out, ": %lld.%lld of 5 (%lld)\n", (long long)(sum / n),
	    (long long)(sum * 10 / n % 10), (long long)n);
	for (size_t i = 0; i < DEBRIEF_N(d, RATING); i++) {
		const struct rating *r = DEBRIEF_AT(d, RATING, rating, i);
		if (r->comment != NULL && r->question != NULL &&
		    strcmp(r->question, question) == 0) {
			buf_adds(out, "  - ");
			markdown_text(r->comment, out);
			buf_addc(out, '\n');
		}
	}
}

void
markdown_ratings(const struct debrief *d, struct buf *out)
{
	struct strs questions = { 0 };

	for (size_t i = 0; i < DEBRIEF_N(d, RATING); i++) {
		const struct rating *r = DEBRIEF_AT(d, RATING, rating, i);
		if (r->question != NULL && r->value > 0)
			strs_add(&questions, r->question);
	}
	strs_sort(&questions, true);
	if (questions.n > 0)
		add_heading("Ratings", out);
	for (size_t i = 0; i < questions.n; i++)
		add_rating(d, questions.v[i], out);
	strs_fini(&questions);
}
