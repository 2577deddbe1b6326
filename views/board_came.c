/* What came of the topic that is discussed: its actions, with how each is known to be done, and what
 * nobody here knew. */
#include <string.h>

#include "base/text.h"
#include "model/schema.h"
#include "model/topic.h"
#include "views/actions.h"
#include "views/board_parts.h"
#include "views/words.h"

enum { ROWS_MOST = 6, NUMBER_COLS = 5, LABEL_COLS = 11, WIDE_FROM = 100 };

struct came {
	const struct board *b;
	const struct card *head;
	struct rect r;
	int y;
	bool draws; /* else the rows are only counted */
};

static bool
is_of(const struct came *k, struct id about)
{
	return topic_has(k->b->sc->d, k->head, about);
}

static size_t
count_notes(const char *notes)
{
	size_t n = 0;

	for (const char *p = notes; p != NULL && *p != '\0';) {
		size_t len = strcspn(p, "\n");
		n += strspn(p, " ") < len;
		p += len + (p[len] == '\n');
	}
	return n;
}

/* "1 action, 2 open questions, 4 notes" */
static void
put_counts(struct buf *out, size_t actions, size_t questions, size_t notes)
{
	const struct {
		size_t n;
		enum word one;
	} parts[] = { { actions, WORD_ACTION_1 }, { questions, WORD_QUESTION_1 }, { notes, WORD_NOTE_1 } };

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		if (parts[i].n == 0)
			continue;
		if (out->len > 0)
			buf_adds(out, ", ");
		word_count(out, (int64_t)parts[i].n, parts[i].one);
	}
}

/* "A1   text            owner       31 Aug   accepted" */
static void
draw_action(const struct came *k, const struct action *a)
{
	struct canvas *c = k->b->c;
	int x = k->r.x + 2, end = k->r.x + k->r.w - 2, owner = k->r.w >= WIDE_FROM ? 14 : 10,
	    due = k->r.w >= WIDE_FROM ? 9 : 7, status = k->r.w >= WIDE_FROM ? 12 : 9,
	    right = end - owner - due - status;
	struct buf day = { 0 }, how = { 0 };

	if (a->due_day != TIME_NONE)
		put_day(&day, a->due_day);
	action_status(&how, a, k->b->sc);
	canvas_textf(c, k->y, x, NUMBER_COLS, ROLE_COUNT, "A%lld", (long long)a->item.number);
	draw_text(c, line_at(k->y, x + NUMBER_COLS, right - x - NUMBER_COLS - 2), a->text, ROLE_PLAIN | STYLE_BOLD);
	draw_text(c, line_at(k->y, right, owner - 1), a->owner != NULL ? a->owner : "—",
	    a->owner != NULL ? ROLE_PLAIN : ROLE_DIM);
	draw_text(c, line_at(k->y, right + owner, due - 1), day.len > 0 ? day.data : "—",
	    day.len > 0 ? ROLE_PLAIN : ROLE_DIM);
	draw_text(c, line_at(k->y, right + owner + due, status), how.data, ROLE_DIM);
	buf_fini(&day);
	buf_fini(&how);
}

static void
row(struct came *k, const char *label, const char *text)
{
	int x = k->r.x + 2 + NUMBER_COLS;

	if (text == NULL || text[0] == '\0' || (k->draws && k->y >= k->r.y + k->r.h))
		return;
	if (k->draws) {
		draw_text(k->b->c, line_at(k->y, x, LABEL_COLS), label, ROLE_DIM);
		draw_text(k->b->c, line_at(k->y, x + LABEL_COLS, k->r.w - 4 - NUMBER_COLS - LABEL_COLS),
		    text, ROLE_PLAIN);
	}
	k->y++;
}

/* What it touches: the causes it answers. */
static void
causes_row(struct came *k, const struct action *a)
{
	const struct debrief *d = k->b->sc->d;
	struct buf b = { 0 };

	for (size_t i = 0; i < DEBRIEF_N(d, CAUSE); i++) {
		const struct cause *c = DEBRIEF_AT(d, CAUSE, cause, i);
		if (c->text != NULL && strs_has(&a->causes, c->item.id.s))
			buf_addf(&b, "%sC%lld %s", b.len > 0 ? ", " : "", (long long)c->item.number, c->text);
	}
	row(k, word(WORD_TOUCHES), b.data);
	buf_fini(&b);
}

/* With a single action there is room for more of it. */
static size_t
actions_rows(struct came *k, bool whole)
{
	const struct debrief *d = k->b->sc->d;
	size_t n = 0;

	for (size_t i = 0; i < DEBRIEF_N(d, ACTION); i++) {
		const struct action *a = DEBRIEF_AT(d, ACTION, action, i);
		if (!is_of(k, a->about))
			continue;
		n++;
		if (k->draws && k->y < k->r.y + k->r.h)
			draw_action(k, a);
		k->y++;
		if (!whole)
			continue;
		row(k, word(WORD_DONE_WHEN), a->done_when);
		causes_row(k, a);
	}
	return n;
}

static size_t
question_rows(struct came *k)
{
	const struct debrief *d = k->b->sc->d;
	size_t n = 0;

	for (size_t i = 0; i < DEBRIEF_N(d, QUESTION); i++) {
		const struct question *q = DEBRIEF_AT(d, QUESTION, question, i);
		if (!is_of(k, q->about))
			continue;
		n++;
		if (k->draws && k->y < k->r.y + k->r.h) {
			canvas_put(k->b->c, k->y, k->r.x + 2, '?', ROLE_WARN);
			draw_text(k->b->c, line_at(k->y, k->r.x + 2 + NUMBER_COLS, k->r.w - 4 - NUMBER_COLS),
			    q->text, ROLE_PLAIN);
		}
		k->y++;
	}
	return n;
}

/* What did not fit is said over the last row. */
static void
draw_cut(const struct came *k)
{
	int cut = k->y - (k->r.y + k->r.h);
	struct buf b = { 0 };

	if (cut <= 0)
		return;
	word_put(&b, WORD_PLUS_MORE, digits(cut + 1).s);
	canvas_fill(k->b->c, line_at(k->r.y + k->r.h - 1, k->r.x, k->r.w), ' ', ROLE_PLAIN);
	draw_text(k->b->c, line_at(k->r.y + k->r.h - 1, k->r.x + 2, k->r.w - 4), b.data, ROLE_DIM);
	buf_fini(&b);
}

static int
rows_wanted(struct came *k, bool whole)
{
	k->draws = false;
	k->y = 0;
	actions_rows(k, whole);
	question_rows(k);
	return k->y > 0 ? k->y + 1 : 2;
}

/* The topic is cut where there is no room, what this is about never. */
static void
put_title(struct buf *out, const struct came *k, int cols)
{
	const char *text = deck_topic_text(&k->b->k, &k->b->k.topics[k->b->k.topic]);
	struct buf topic = { 0 };
	struct slice fit;

	word_put(out, WORD_CAME_OF, "");
	cols -= text_width(out->data, out->len);
	fit = slice_fit(text, strlen(text), cols > 4 ? cols : 4);
	buf_add(&topic, text, fit.len);
	buf_adds(&topic, fit.cut ? "…" : "");
	buf_clear(out);
	word_put(out, WORD_CAME_OF, topic.len > 0 ? topic.data : "");
	buf_fini(&topic);
}

int
board_came(const struct board *b, struct rect r)
{
	struct came k = { .b = b, .head = deck_head(&b->k, b->k.topic), .r = r };
	bool whole = rows_wanted(&k, true) <= ROWS_MOST;
	int wanted = rows_wanted(&k, whole);
	size_t actions, questions;
	struct buf left = { 0 }, right = { 0 };

	wanted = wanted < ROWS_MOST ? wanted : ROWS_MOST;
	if (b->c == NULL)
		return wanted;
	if (whole && wanted > r.h)
		whole = false;
	k.draws = true;
	k.y = r.y + 1;
	actions = actions_rows(&k, whole);
	questions = question_rows(&k);
	draw_cut(&k);
	put_counts(&right, actions, questions, count_notes(k.head->notes));
	put_title(&left, &k, r.w - 10 - (right.data != NULL ? text_width(right.data, right.len) : 0));
	draw_rule(b->c, line_at(r.y, r.x, r.w), left.data, right.data);
	if (actions + questions == 0)
		draw_text(b->c, line_at(r.y + 1, r.x + 2, r.w - 4), word(WORD_CAME_NOTHING), ROLE_DIM);
	buf_fini(&left);
	buf_fini(&right);
	return wanted;
}
