#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/accounts.h"
#include "model/schema.h"
#include "views/draw.h"
#include "views/timeline.h"
#include "views/prompts.h"
#include "views/words.h"

enum { LABEL_COLS = 10, DETAIL_ROWS_MOST = 2, ROWS_LEAST = 3, ROWS_MOST = 7, TEXT_ROWS_MOST = 4, DETAILS = 7 };

struct detail {
	enum word label;
	struct buf text;
};
struct about {
	struct buf text, counts; /* "14:16:00  moss named incident lead"; "E12 · 4 min after ACK" */
	struct detail v[DETAILS];
	int n;
};

static void
add_detail(struct about *a, enum word label, const char *text)
{
	if (text == NULL || text[0] == '\0' || a->n == DETAILS)
		return;
	a->v[a->n].label = label;
	buf_adds(&a->v[a->n++].text, text);
}

static void
put_causes(struct buf *out, const struct debrief *d, const struct event *e)
{
	for (size_t i = 0; i < DEBRIEF_N(d, CAUSE); i++) {
		const struct cause *c = DEBRIEF_AT(d, CAUSE, cause, i);
		if (strs_has(&c->evidence, e->item.id.s))
			buf_addf(out, "%sC%lld %s", out->len > 0 ? ", " : "",
			    (long long)c->item.number, c->text ? c->text : "");
	}
}

/* How long after the phase before it. */
static void
put_since(struct buf *out, const struct debrief *d, const struct event *e)
{
	const struct event *last = NULL;
	struct buf length = { 0 };

	if (!event_has_clock(e))
		return;
	for (size_t i = 0; i < DEBRIEF_N(d, EVENT); i++) {
		const struct event *f = DEBRIEF_AT(d, EVENT, event, i);
		if (f == e)
			break;
		if (f->phase != PHASE_NONE && event_has_clock(f))
			last = f;
	}
	if (last == NULL || last->phase == PHASE_RESOLVED)
		return;
	put_length(&length, e->at_ns - last->at_ns);
	buf_adds(out, " · ");
	word_put(out, WORD_AFTER_PHASE, length.data, timeline_phase_word(last->phase));
	buf_fini(&length);
}

static void
put_when(struct buf *out, const struct scene *sc, const struct event *e)
{
	struct buf clock = { 0 };

	if (!event_has_clock(e)) {
		buf_adds(out, word(WORD_ORDER_ONLY));
		return;
	}
	put_clock(&clock, sc, e->at_ns, e->precision == PRECISION_EXACT);
	if (e->precision == PRECISION_ABOUT)
		word_put(out, WORD_ABOUT_TIME, clock.data);
	else
		buf_adds(out, clock.data);
	buf_fini(&clock);
}

static void
put_kind(struct buf *out, const struct scene *sc, const struct event *e)
{
	struct buf until = { 0 };

	if (e->kind > EVENT_OBSERVATION)
		buf_addf(out, " · %s", schema_field(KIND_EVENT, "kind")->names[e->kind]);
	if (e->certainty == CERTAINTY_ACCOUNT || e->certainty == CERTAINTY_HYPOTHESIS)
		buf_addf(out, " · %s",
		    word(e->certainty == CERTAINTY_ACCOUNT ? WORD_CERTAINTY_ACCOUNT
							   : WORD_CERTAINTY_HYPOTHESIS));
	if (e->until_ns != TIME_NONE) {
		put_clock(&until, sc, e->until_ns, false);
		buf_adds(out, " · ");
		word_put(out, WORD_UNTIL, until.data);
		buf_fini(&until);
	}
}

/* What others tell of the same moment: "kit ~14:16 nobody led yet". */
static void
put_against(struct buf *out, const struct scene *sc, const struct event *e)
{
	struct accounts all;
	const struct account_group *g;

	if (e->certainty != CERTAINTY_ACCOUNT)
		return;
	all = accounts_of(sc->d);
	g = accounts_at(&all, debrief_index(sc->d, KIND_EVENT, &e->item));
	for (size_t i = 0; g != NULL && i < g->n; i++) {
		const struct event *f =
		    DEBRIEF_AT(sc->d, EVENT, event, all.members[g->first + i]);
		const char *teller = account_teller(f);
		if (f == e)
			continue;
		buf_addf(out, "%s%s ", out->len > 0 ? " · " : "",
		    teller != NULL ? teller : word(WORD_SOMEBODY));
		put_event_time(out, sc, f, true);
		buf_addf(out, " %s", f->text ? f->text : "");
	}
	accounts_fini(&all);
}

static void
put_counted(struct buf *out, const struct event *e)
{
	if (e->agree > 0) {
		buf_adds(out, " · ");
		word_put(out, WORD_AGREE, digits(e->agree).s);
	}
	if (e->doubt > 0) {
		buf_adds(out, " · ");
		word_count(out, e->doubt, WORD_DOUBT_1);
	}
}

/* The quiet after an event: from when to when, and how long. */
static void
about_quiet(struct about *a, const struct scene *sc, const struct quiet *q)
{
	struct buf from = { 0 }, to = { 0 }, length = { 0 };

	*a = (struct about){ .n = 0 };
	put_event_time(&from, sc, q->before, true);
	put_event_time(&to, sc, q->after, true);
	put_length(&length, q->ns);
	word_put(&a->text, WORD_QUIET_RANGE, from.data, to.data, length.data);
	buf_adds(&a->counts, word(WORD_QUIET_HINT));
	add_detail(a, WORD_BEFORE_QUIET, q->before->text);
	add_detail(a, WORD_AFTER_QUIET, q->after->text);
	buf_fini(&from);
	buf_fini(&to);
	buf_fini(&length);
}

static void
about_init(struct about *a, const struct scene *sc, const struct event *e)
{
	struct buf causes = { 0 }, against = { 0 };
	char name[24];

	*a = (struct about){ .n = 0 };
	put_when(&a->text, sc, e);
	buf_addf(&a->text, "  %s", e->text ? e->text : "");
	item_short_name(sc->d, KIND_EVENT, &e->item, name);
	buf_adds(&a->counts, name);
	put_kind(&a->counts, sc, e);
	put_since(&a->counts, sc->d, e);
	put_counted(&a->counts, e);
	if (e->votes > 0) {
		buf_adds(&a->counts, " · ");
		word_count(&a->counts, e->votes, WORD_VOTE_1);
	}
	if (sc->d->curtain_ns != TIME_NONE && !sc->reviewing) {
		buf_adds(&a->counts, " · ");
		word_put(&a->counts, WORD_STEP_OF_WALK, digits((int64_t)DEBRIEF_N(sc->d, EVENT)).s);
	}
	put_against(&against, sc, e);
	add_detail(a, WORD_AGAINST, against.data);
	add_detail(a, WORD_SEEN, e->seen);
	add_detail(a, WORD_NOTE, e->note);
	put_causes(&causes, sc->d, e);
	add_detail(a, WORD_CITED_BY, causes.data);
	add_detail(a, WORD_LINK, e->link);
	add_detail(a, WORD_SOURCE, e->source);
	if (sc->live && (sc->d->curtain_ns == TIME_NONE || sc->reviewing)) /* which asks itself */
		add_detail(a, WORD_ASK_THEM, prompt_beside(sc, e));
	buf_fini(&causes);
	buf_fini(&against);
}

static void
about_fini(struct about *a)
{
	buf_fini(&a->text);
	buf_fini(&a->counts);
	for (int i = 0; i < a->n; i++)
		buf_fini(&a->v[i].text);
}

static int
text_rows(const struct about *a, int cols)
{
	int rows = wrapped_rows(a->text.data, cols, TEXT_ROWS_MOST);

	/* The counts stand beside a short text. */
	if (rows == 1 &&
	    text_width(a->text.data, a->text.len) + text_width(a->counts.data, a->counts.len) + 3 >
		cols)
		return 2;
	return rows;
}

static void
draw_detail(const struct about *a, int i, struct canvas *c, struct rect at)
{
	draw_text(c, line_at(at.y, at.x, LABEL_COLS - 1), word(a->v[i].label), ROLE_DIM);
	draw_wrapped(c, (struct rect){ at.y, at.x + LABEL_COLS, at.h, at.w - LABEL_COLS }, a->v[i].text.data,
	    ROLE_PLAIN);
}

/* Rows of one that has the whole width. */
static int
detail_rows(const struct about *a, int i, int cols)
{
	int rows = wrapped_rows(a->v[i].text.data, cols - LABEL_COLS, DETAIL_ROWS_MOST);

	return rows > 0 ? rows : 1;
}

static int
detail_cols(const struct about *a, int i)
{
	const struct buf *b = &a->v[i].text;

	return LABEL_COLS + text_width(b->data ? b->data : "", b->len);
}

/* Where a short detail begins beside the one before it; 0: it has a row of its own. */
static int
beside(const struct about *a, int i, int cols)
{
	int half = (cols + 1) / 2, at;

	if (i + 1 >= a->n || cols < FRAME_MEDIUM_COLS)
		return 0;
	at = detail_cols(a, i) + 2 > half ? detail_cols(a, i) + 2 : half;
	return at + detail_cols(a, i + 1) <= cols ? at : 0;
}

static int
details_rows(const struct about *a, int cols)
{
	int rows = 0, i = 0;

	while (i < a->n) {
		bool two = beside(a, i, cols) > 0;
		rows += two ? 1 : detail_rows(a, i, cols);
		i += two ? 2 : 1;
	}
	return rows;
}

/* Details: one a row, short ones beside each other; two a row where the rows do not suffice. */
static void
draw_details(const struct about *a, struct canvas *c, struct rect r)
{
	bool tight = details_rows(a, r.w) > r.h;
	int half = (r.w + 1) / 2, i = 0;

	for (int y = r.y; y < r.y + r.h && i < a->n;) {
		int at = tight && i + 1 < a->n ? half : beside(a, i, r.w);
		int rows = at > 0 || (tight && i + 1 < a->n) ? 1 : detail_rows(a, i, r.w);
		rows = rows < r.y + r.h - y ? rows : r.y + r.h - y;
		draw_detail(a, i++, c, (struct rect){ y, r.x, rows, at > 0 ? at - 1 : r.w });
		if (at > 0)
			draw_detail(a, i++, c, line_at(y, r.x + at, r.w - at));
		y += rows;
	}
}

static void
draw_about(const struct about *a, struct canvas *c, struct rect r)
{
	int rows = wrapped_rows(a->text.data, r.w, r.h), w = text_width(a->text.data, a->text.len);
	int counts = text_width(a->counts.data, a->counts.len), y;

	draw_wrapped(c, r, a->text.data, ROLE_HEAD | STYLE_BOLD);
	y = r.y + rows;
	if (rows == 1 && w + counts + 3 <= r.w)
		draw_right(c, line_at(r.y, r.x, r.w), a->counts.data, ROLE_COUNT);
	else if (y < r.y + r.h)
		draw_text(c, line_at(y++, r.x, r.w), a->counts.data, ROLE_COUNT);
	draw_details(a, c, (struct rect){ .y = y, .x = r.x, .h = r.y + r.h - y, .w = r.w });
}

int
timeline_strip(struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area)
{
	const struct event *e = timeline_event(sc, s);
	struct quiet quiet;
	struct about a;
	int rows;

	if (e == NULL && DEBRIEF_N(sc->d, EVENT) > 0)
		e = DEBRIEF_AT(
		    sc->d, EVENT, event, s->place < DEBRIEF_N(sc->d, EVENT) ? s->place : 0);
	if (e == NULL)
		return ROWS_LEAST;
	if (timeline_quiet(sc, s, &quiet))
		about_quiet(&a, sc, &quiet);
	else
		about_init(&a, sc, e);
	rows = text_rows(&a, area.w - 2) + details_rows(&a, area.w - 2);
	if (c != NULL)
		draw_about(&a, c,
		    (struct rect){ .y = area.y, .x = area.x + 1, .h = area.h, .w = area.w - 2 });
	about_fini(&a);
	if (rows < ROWS_LEAST + 2 * area_wide(area))
		return ROWS_LEAST + 2 * area_wide(area);
	return rows > ROWS_MOST ? ROWS_MOST : rows;
}

/* A command with the event's id in it: "event set ID text=". */
static enum answer
type_for(const struct event *e, struct view_answer *out, const char *field, enum word label,
    const char *name)
{
	struct buf text = { 0 };
	char command[64];
	enum answer what;

	snprintf(command, sizeof command, "event set %s %s=", e->item.id.s, field);
	word_put(&text, label, name);
	what = answer_type(out, command, NULL, text.data);
	buf_fini(&text);
	return what;
}

static enum answer
edit_time(const struct scene *sc, const struct event *e, struct view_answer *out, const char *name)
{
	if (e->at_ns != TIME_NONE) {
		struct civil t = zone_civil(sc->zone, e->at_ns);
		buf_addf(&out->text, "%04d-%02d-%02dT", t.year, t.month, t.day);
		put_clock(&out->text, sc, e->at_ns, e->precision == PRECISION_EXACT);
	}
	return type_for(e, out, "at", WORD_EDIT_TIME, name);
}

/* A cause with evidence; it begins in the first category and can be moved. `label` takes a name and
 * the category's. */
static enum answer
cause_from(const struct scene *sc, struct view_answer *out, const char *evidence, const char *name,
    enum word label_word)
{
	struct buf label = { 0 }, command = { 0 }, after = { 0 };
	const struct category *first;
	enum answer what;

	if (DEBRIEF_N(sc->d, CATEGORY) == 0)
		return answer_type(out, "category add ", NULL, word(WORD_ADD_CATEGORY));
	first = DEBRIEF_AT(sc->d, CATEGORY, category, 0);
	buf_addf(&command, "cause add %s ", first->item.id.s);
	buf_addf(&after, " evidence=%s", evidence);
	word_put(&label, label_word, name, first->name ? first->name : "");
	what = answer_type(out, command.data, after.data, label.data);
	buf_fini(&command);
	buf_fini(&after);
	buf_fini(&label);
	return what;
}

static enum answer
next_phase(const struct event *e, struct view_answer *out)
{
	const struct field *f = schema_field(KIND_EVENT, "phase");
	int next = e->phase >= PHASE_RESOLVED ? PHASE_NONE : e->phase + 1;
	char command[80];

	snprintf(command, sizeof command, "event set %s phase=%s", e->item.id.s,
	    next ? f->names[next] : "");
	return answer_run(out, command);
}

static enum answer
about_event(const struct event *e, struct view_answer *out, const char *name)
{
	struct buf label = { 0 };
	char after[64];
	enum answer what;

	snprintf(after, sizeof after, " about=%s", e->item.id.s);
	word_put(&label, WORD_ADD_QUESTION, name);
	what = answer_type(out, "question add ", after, label.data);
	buf_fini(&label);
	return what;
}

/* A note makes the quiet an event of its own: a gap, from the one before it to the one after. */
static enum answer
note_quiet(const struct quiet *q, struct view_answer *out, const char *length)
{
	char from[TIME_TEXT], to[TIME_TEXT], command[64], after[64];
	struct buf label = { 0 };
	enum answer what;

	snprintf(command, sizeof command, "event add %s ", time_text(q->before->at_ns, from));
	snprintf(after, sizeof after, " kind=gap until=%s", time_text(q->after->at_ns, to));
	word_put(&label, WORD_NOTE_QUIET, length);
	what = answer_type(out, command, after, label.data);
	buf_fini(&label);
	return what;
}

/* What can be done with the quiet; ANSWER_NOT_MINE: that is done with the event before it. */
static enum answer
quiet_verb(const struct scene *sc, const struct quiet *q, enum verb_of_key v, struct view_answer *out)
{
	struct buf length = { 0 };
	enum answer what = ANSWER_NOT_MINE;
	char evidence[64];

	put_length(&length, q->ns);
	snprintf(evidence, sizeof evidence, "%s,%s", q->before->item.id.s, q->after->item.id.s);
	switch (v) {
	case DO_CAUSE_HERE:
		what = cause_from(sc, out, evidence, length.data, WORD_CAUSE_FROM_QUIET);
		break;
	case DO_EDIT:
	case DO_WHY: what = note_quiet(q, out, length.data); break;
	case DO_TIME:
	case DO_MOVE:
	case DO_PHASE:
	case DO_AGREE:
	case DO_DOUBT:
	case DO_REMOVE: /* nothing is there that they could be done with */ what = ANSWER_DRAW; break;
	default: break;
	}
	buf_fini(&length);
	return what;
}

/* Of the selected event. */
static enum answer
one_event_verb(
    const struct scene *sc, const struct event *e, enum verb_of_key v, struct view_answer *out)
{
	char name[24], command[64];

	item_short_name(sc->d, KIND_EVENT, &e->item, name);
	switch (v) {
	case DO_EDIT:
		out->edits = true;
		buf_adds(&out->text, e->text ? e->text : "");
		return type_long(type_for(e, out, "text", WORD_EDIT_TEXT, name), out);
	case DO_WHY:
		out->edits = true;
		buf_adds(&out->text, e->seen ? e->seen : "");
		return type_long(type_for(e, out, "seen", WORD_EDIT_SEEN, name), out);
	case DO_TIME:
	case DO_MOVE:
		return edit_time(sc, e, out, name);
	case DO_PHASE:
		return next_phase(e, out);
	case DO_CAUSE_HERE:
		return cause_from(sc, out, e->item.id.s, name, WORD_CAUSE_FROM);
	case DO_QUESTION_HERE:
		return about_event(e, out, name);
	case DO_AGREE:
	case DO_DOUBT:
	case DO_REMOVE:
		snprintf(command, sizeof command, "%s %s",
		    v == DO_AGREE ? "agree" : v == DO_DOUBT ? "doubt" : "event remove",
		    e->item.id.s);
		return answer_run(out, command);
	default:
		return ANSWER_NOT_MINE;
	}
}

enum answer
timeline_event_verb(
    struct pane_state *s, const struct scene *sc, enum verb_of_key v, struct view_answer *out)
{
	const struct event *e = timeline_event(sc, s);
	enum answer what = ANSWER_NOT_MINE;
	struct quiet quiet;

	if (v == DO_ADD) {
		out->again = out->when_first = true;
		return answer_type(out, "event add ", NULL, word(WORD_ADD_EVENT));
	}
	if (v == DO_EVENT_NOW)
		return answer_type(out, "event add now ", NULL, word(WORD_ADD_EVENT_NOW));
	if (v == DO_ACTION_HERE)
		return answer_type(out, "action add ", NULL, word(WORD_ADD_ACTION));
	if (e == NULL)
		return ANSWER_NOT_MINE;
	if (timeline_quiet(sc, s, &quiet))
		what = quiet_verb(sc, &quiet, v, out);
	return what != ANSWER_NOT_MINE ? what : one_event_verb(sc, e, v, out);
}
