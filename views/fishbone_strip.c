#include <string.h>

#include "base/text.h"
#include "model/person_end.h"
#include "model/schema.h"
#include "views/draw.h"
#include "views/fishbone.h"
#include "views/words.h"

enum { ROWS_MOST = 8, LABEL_COLS = 10, FLOW_COLS = 160, DETAILS = 3, WHYS_LOOKED_AT = 100 };

/* What there is to say of the selected item: its text, a line of counts, and labeled lines. */
struct about {
	const char *text;
	struct buf counts;
	enum word labels[DETAILS];
	struct buf details[DETAILS];
	int n_details;
	struct buf asks; /* of the end of a branch: where to look from here */
};

void
fish_evidence(struct buf *out, const struct scene *sc, const struct cause *c, const char *gap)
{
	for (size_t i = 0; i < c->evidence.n; i++) {
		struct id id;
		const struct event *ev;
		if (!id_parse(c->evidence.v[i], &id))
			continue;
		ev = (const struct event *)debrief_find(sc->d, KIND_EVENT, id);
		if (ev == NULL)
			continue;
		if (out->len > 0)
			buf_adds(out, gap);
		buf_addf(out, "E%lld ", (long long)ev->item.number);
		if (ev->at_ns != TIME_NONE && ev->precision != PRECISION_ORDER) {
			put_clock(out, sc, ev->at_ns, ev->precision == PRECISION_EXACT);
			buf_addc(out, ' ');
		}
		buf_adds(out, ev->text ? ev->text : "");
	}
}

/* Is the action for the cause in that row, or for a why of it? */
static bool
action_for(const struct action *a, const struct cause_row *rows)
{
	for (size_t i = 0; i <= rows[0].n_below && i < WHYS_LOOKED_AT; i++)
		if (strs_has(&a->causes, rows[i].cause->item.id.s))
			return true;
	return false;
}

static void
put_actions(struct buf *out, const struct scene *sc, const struct cause_row *rows)
{
	const struct debrief *d = sc->d;
	const struct field *status = schema_field(KIND_ACTION, "status");

	for (size_t i = 0; i < DEBRIEF_N(d, ACTION); i++) {
		const struct action *a = DEBRIEF_AT(d, ACTION, action, i);
		struct buf one = { 0 };
		if (!action_for(a, rows))
			continue;
		if (out->len > 0)
			buf_adds(out, " · ");
		buf_addf(&one, "A%lld %s", (long long)a->item.number, a->text ? a->text : "");
		if (a->status > 0)
			word_put(out, WORD_ACTION_AND_STATUS, one.data, status->names[a->status]);
		else
			buf_adds(out, one.data);
		buf_fini(&one);
	}
	if (out->len == 0)
		buf_adds(out, word(sc->simple ? WORD_NONE_WORD : WORD_NO_ACTION_YET));
}

static void
put_cause_counts(struct buf *out, const struct debrief *d, const struct cause *c)
{
	char name[24];

	item_short_name(d, KIND_CAUSE, &c->item, name);
	buf_addf(out, "%s · ", name);
	word_count(out, c->votes, WORD_VOTE_1);
	if (c->agree > 0) {
		buf_adds(out, " · ");
		word_put(out, WORD_AGREE, digits(c->agree).s);
	}
	if (c->doubt > 0) {
		buf_adds(out, " · ");
		word_count(out, c->doubt, WORD_DOUBT_1);
	}
	if (c->deep_enough)
		buf_addf(out, " · %s", word(WORD_DEEP_ENOUGH));
}

/* A branch that ends at a person, and one that stays at one level, are asked about. */
static void
put_asks(struct buf *out, const struct debrief *d, const struct cause_row *row)
{
	int up;

	if (row->n_whys > 0 || row->cause->deep_enough)
		return;
	up = branch_level_up(d, row->cause);
	if (person_in_cause(d, row->cause->text))
		word_put(out, WORD_ENDS_AT_PERSON, person_end_question);
	else if (up != LEVEL_NONE)
		buf_adds(out, word(up == LEVEL_PROCESS ? WORD_UP_PROCESS : WORD_UP_ORGANIZATION));
}

static void
about_cause(struct about *a, const struct fish_draw *d, const struct cause *c)
{
	a->text = c->text ? c->text : "";
	put_cause_counts(&a->counts, d->sc->d, c);
	a->labels[0] = WORD_EVIDENCE;
	fish_evidence(&a->details[0], d->sc, c, ", ");
	if (a->details[0].len == 0)
		buf_adds(&a->details[0], word(WORD_NONE_WORD));
	a->labels[1] = WORD_ACTIONS_LABEL;
	put_actions(&a->details[1], d->sc, &d->b->tree.v[d->b->at]);
	a->n_details = 2;
	put_asks(&a->asks, d->sc->d, &d->b->tree.v[d->b->at]);
	if (c->tags.n == 0)
		return;
	a->labels[2] = WORD_TAGS;
	for (size_t i = 0; i < c->tags.n; i++)
		buf_addf(&a->details[2], "%s%s", i > 0 ? ", " : "", c->tags.v[i]);
	a->n_details = 3;
}

static void
about_init(struct about *a, const struct fish_draw *d)
{
	const struct bones *b = d->b;

	*a = (struct about){ .text = "" };
	if (b->n == 0 || b->at >= b->tree.n) {
		a->text = "";
	} else if (b->tree.v[b->at].cause != NULL) {
		about_cause(a, d, b->tree.v[b->at].cause);
	} else {
		const struct bone *bone = &b->v[bone_of_row(b, b->at)];
		a->text = bone_name(bone);
		word_count(&a->counts, (int64_t)bone->n_top, WORD_CAUSE_1);
		if (bone->category->level > 0)
			buf_addf(&a->counts, " · %s",
			    schema_field(KIND_CATEGORY, "level")->names[bone->category->level]);
		if (bone->n_top == 0 && d->sc->live && !d->sc->projector && !b->cards)
			buf_addf(&a->counts, " · %s",
			    word(d->sc->simple ? WORD_ADD_FIRST_LINE : WORD_ADD_FIRST));
	}
}

static void
about_fini(struct about *a)
{
	buf_fini(&a->counts);
	buf_fini(&a->asks);
	for (int i = 0; i < DETAILS; i++)
		buf_fini(&a->details[i]);
}

void
fish_place(struct buf *out, const struct bones *b, bool wide)
{
	const struct bone *bone;
	size_t top, nth = 0;

	if (b->at >= b->tree.n)
		return;
	bone = &b->v[bone_of_row(b, b->at)];
	if (b->tree.v[b->at].cause == NULL) {
		buf_adds(out, bone_name(bone));
		return;
	}
	top = row_top(b, b->at);
	for (size_t row = bone_causes(bone); row <= top; row++)
		nth += b->tree.v[row].depth == 0;
	word_put(out, wide && !b->cards ? WORD_CAUSE_OF : WORD_CAUSE_OF_SHORT, bone_name(bone),
	    digits((int64_t)nth).s, digits((int64_t)bone->n_top).s);
	if (b->tree.v[b->at].depth > 0 && !b->cards)
		word_put(out, WORD_WHY_STEP, digits(b->tree.v[b->at].depth).s);
}

/* Whys below the selected cause, each on a line, as far as there are rows; the last says how many
 * more there are. */
static void
draw_whys(const struct fish_draw *d, struct rect r, bool words)
{
	const struct cause_row *t = d->b->tree.v;
	size_t at = d->b->at, n = t[at].n_below;

	for (size_t i = 1; i <= n && (int)i <= r.h; i++) {
		const struct cause_row *row = &t[at + i];
		int indent = words ? 0 : 2 * (row->depth - t[at].depth - 1), y = r.y + (int)i - 1;
		struct buf b = { 0 };
		if (indent > r.w / 3)
			indent = r.w / 3;
		if ((int)i == r.h && i < n)
			word_put(&b, WORD_PLUS_MORE, digits((int64_t)(n - i + 1)).s);
		else
			buf_addf(&b, "%s%s", word(words ? WORD_WHY_ARROW : WORD_ARROW),
			    row->cause->text ? row->cause->text : "");
		draw_text(d->c, line_at(y, r.x + indent, r.w - indent), b.data, ROLE_PLAIN);
		buf_fini(&b);
	}
}

static void
draw_detail(const struct fish_draw *d, const struct about *a, int i, struct rect r)
{
	if (i >= a->n_details || r.h < 1)
		return;
	draw_text(d->c, line_at(r.y, r.x, LABEL_COLS - 1), word(a->labels[i]), ROLE_DIM);
	draw_text(
	    d->c, line_at(r.y, r.x + LABEL_COLS, r.w - LABEL_COLS), a->details[i].data, ROLE_PLAIN);
}

static int
columns_at(struct rect area)
{
	return area.w >= FRAME_WIDE_COLS ? area.w / 2 : area.w * 13 / 20;
}

/* Text and whys at the left, the rest beside them. */
static void
draw_columns(const struct fish_draw *d, const struct about *a, struct rect r)
{
	bool wide = area_wide(r),
	     cause = d->b->at < d->b->tree.n && d->b->tree.v[d->b->at].cause != NULL;
	int x = r.x + (wide ? 2 : 1), right = r.x + columns_at(r), w = r.x + r.w - right - 2;
	struct rect whys = { .y = r.y + 1, .x = x + 2, .h = r.h - 1, .w = right - x - 4 };

	draw_text(d->c, line_at(r.y, x, right - x - 1), a->text, ROLE_HEAD | STYLE_BOLD);
	draw_text(d->c, line_at(r.y, right, w), a->counts.data, ROLE_COUNT);
	if (cause)
		draw_whys(d, whys, wide);
	if (a->asks.len > 0)
		draw_wrapped(d->c, whys, a->asks.data, ROLE_WARN);
	for (int i = 0; i + 1 < r.h; i++)
		draw_detail(d, a, i, line_at(r.y + 1 + i, right, w));
}

/* A text too long for its column goes over the whole width, the rest below it. */
static void
draw_stacked(const struct fish_draw *d, const struct about *a, struct rect r)
{
	int x = r.x + 1, w = r.w - 2,
	    counts = a->counts.len > 0 ? text_width(a->counts.data, a->counts.len) : 0;
	int rows = wrapped_rows(a->text, w, r.h), y = r.y + rows;
	int used = text_width(a->text, strlen(a->text)), at = r.x + r.w * 5 / 8;

	draw_wrapped(d->c, (struct rect){ .y = r.y, .x = x, .h = r.h, .w = w }, a->text,
	    ROLE_HEAD | STYLE_BOLD);
	if (at < x + used + 2 || at + counts > x + w)
		at = x + w - counts;
	if (counts > 0 && rows == 1 && used + counts + 3 <= w)
		draw_text(d->c, line_at(r.y, at, x + w - at), a->counts.data, ROLE_COUNT);
	else if (counts > 0 && y < r.y + r.h)
		draw_text(d->c, line_at(y++, x, w), a->counts.data, ROLE_COUNT);
	if (a->asks.len > 0 && y < r.y + r.h)
		draw_text(d->c, line_at(y++, x, w), a->asks.data, ROLE_WARN);
	for (int i = 0; y < r.y + r.h && i < a->n_details; i++)
		draw_detail(d, a, i, line_at(y++, x, w));
}

/* Two lines on a very wide screen. */
static void
draw_flow(const struct fish_draw *d, const struct about *a, struct rect r)
{
	int x = r.x + 2, end = r.x + r.w * 3 / 4 - 2, half = r.x + r.w / 2;
	bool cause = d->b->at < d->b->tree.n && d->b->tree.v[d->b->at].cause != NULL;

	draw_text(d->c, line_at(r.y, r.x + r.w * 3 / 4, r.w / 4 - 2), a->counts.data, ROLE_COUNT);
	x += draw_text(d->c, line_at(r.y, x, end - x), a->text, ROLE_HEAD | STYLE_BOLD);
	for (size_t i = 1; cause && i <= d->b->tree.v[d->b->at].n_below && x < end - 6; i++) {
		const struct cause *c = d->b->tree.v[d->b->at + i].cause;
		x += 2 + canvas_text(d->c, r.y, x + 2, 2, word(WORD_ARROW), ROLE_LINE);
		x += draw_text(d->c, line_at(r.y, x, end - x), c->text ? c->text : "", ROLE_PLAIN);
	}
	if (a->asks.len > 0)
		draw_text(d->c, line_at(r.y, x + 3, end - x - 3), a->asks.data, ROLE_WARN);
	draw_detail(d, a, 0, line_at(r.y + 1, r.x + 2, half - r.x - 4));
	draw_detail(d, a, 1, line_at(r.y + 1, half, r.w / 2 - 2));
}

static bool
fits_beside(const struct about *a, struct rect area)
{
	int most = area.w >= FLOW_COLS ? area.w * 3 / 4 - 4 : columns_at(area) - 3;

	return text_width(a->text, strlen(a->text)) <= most;
}

/* Rows below the rule. */
static int
rows_wanted(const struct about *a, struct rect area, bool rule)
{
	int rows;

	if (rule && fits_beside(a, area))
		return area.w >= FLOW_COLS ? 2 : 4;
	rows = wrapped_rows(a->text, area.w - 2, ROWS_MOST) + 2 + (a->asks.len > 0);
	return rows < 3 ? 3 : rows;
}

int
fish_strip(const struct fish_draw *d, bool rule)
{
	struct rect in = d->area;
	struct about a;
	int rows;

	about_init(&a, d);
	rows = rows_wanted(&a, d->area, rule) + rule + (rule && area_wide(d->area));
	if (d->c != NULL) {
		if (rule) {
			struct buf place = { 0 };
			fish_place(&place, d->b, area_wide(d->area));
			draw_rule(d->c, line_at(in.y, in.x, in.w), place.data,
			    only_technical(d->sc->d) ? word(WORD_ONLY_TECHNICAL) : NULL);
			buf_fini(&place);
			in.y++;
			in.h -= 1 + (area_wide(d->area) && in.h > 2);
		}
		if (!rule || !fits_beside(&a, in))
			draw_stacked(d, &a, in);
		else if (in.w >= FLOW_COLS)
			draw_flow(d, &a, in);
		else
			draw_columns(d, &a, in);
	}
	about_fini(&a);
	return rows > ROWS_MOST ? ROWS_MOST : rows;
}
