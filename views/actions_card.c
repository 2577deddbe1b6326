#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/lookup.h"
#include "model/schema.h"
#include "model/topic.h"
#include "views/actions.h"
#include "views/draw.h"
#include "views/words.h"

enum { LABEL_COLS = 22, TEXT_ROWS = 6 };

/* A row of the card: a field of the table of actions, its text in words. */
struct card_row {
	const char *label;
	char *text; /* NULL: nothing yet */
	bool wanted; /* that it is missing is worth saying */
};

/* C4 "cold cache", C7 ... */
static char *
names_of(const struct debrief *d, const struct action *a)
{
	struct buf b = { 0 };
	const struct cause **v = mem_zero(a->causes.n + 1, sizeof(struct cause *));
	size_t n = action_causes(a, d, v);

	for (size_t i = 0; i < n; i++)
		buf_addf(&b, "%sC%lld %s", b.len > 0 ? "\n" : "", (long long)v[i]->item.number,
		    v[i]->text != NULL ? v[i]->text : "");
	free(v);
	return b.len > 0 ? buf_take(&b) : NULL;
}

/* What it came of, in its words. */
static char *
about_of(const struct debrief *d, struct id about)
{
	enum kind kind;
	const struct item *it = debrief_any(d, about, &kind);
	const struct card *card = it != NULL && kind == KIND_CARD ? topic_head(d, about) : NULL;
	char name[24];

	if (it == NULL)
		return NULL;
	if (card != NULL && (card->name != NULL || card->text != NULL))
		return mem_dup(card->name != NULL ? card->name : card->text);
	item_short_name(d, kind, it, name);
	return mem_dup(name);
}

static char *
field_words(const struct scene *sc, const struct item *it, const struct field *f)
{
	struct value v = field_get(it, f);
	struct buf b = { 0 };

	if (field_is_default(it, f) && f->type != FIELD_ENUM) {
		value_fini(&v);
		return NULL;
	}
	if (f->type == FIELD_DATE) {
		put_day_year(&b, v.num);
	} else if (f->type == FIELD_TIME) {
		put_day_year(&b, scene_day(sc, v.num));
		buf_addc(&b, ' ');
		put_clock(&b, sc, v.num, false);
	} else {
		value_words(f, &v, &b);
	}
	value_fini(&v);
	if (b.len > 0)
		return buf_take(&b);
	buf_fini(&b); /* no words, and room for them */
	return NULL;
}

/* What an action that somebody accepted cannot be without. */
static bool
is_wanted(const struct action *a, const char *name)
{
	static const char *const wanted[] = { "owner", "due", "done_when", "causes" };

	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		if (strcmp(wanted[i], name) == 0)
			return a->status != ACTION_DROPPED;
	return strcmp(name, "proof") == 0 ? a->status == ACTION_DONE
					  : strcmp(name, "reason") == 0 && a->status == ACTION_DROPPED;
}

static bool
is_shown(const struct field *f)
{
	return (f->writer != WRITE_HOST || strcmp(f->name, "votes") == 0) &&
	       strcmp(f->name, "text") != 0 && strcmp(f->name, "redacted") != 0;
}

/* "done_when" as people write it. */
static int
draw_row(struct canvas *c, struct rect r, const struct card_row *row)
{
	struct buf label = { 0 };
	int w = r.w < 60 ? 12 : LABEL_COLS, used;

	buf_adds(&label, row->label);
	for (size_t i = 0; i < label.len; i++)
		if (label.data[i] == '_')
			label.data[i] = ' ';
	draw_text(c, line_at(r.y, r.x, w - 1), label.data, ROLE_DIM);
	used = draw_wrapped(c,
	    (struct rect){ r.y, r.x + w, r.h < TEXT_ROWS ? r.h : TEXT_ROWS, r.w - w },
	    row->text != NULL ? row->text : word(WORD_MISSING),
	    row->text != NULL ? ROLE_PLAIN : ROLE_WARN);
	buf_fini(&label);
	return used > 0 ? used : 1;
}

static void
draw_rows(const struct scene *sc, const struct action *a, struct canvas *c, struct rect in)
{
	const struct schema *sm = schema_of(KIND_ACTION);

	for (size_t i = 0; i < sm->n_fields && in.h > 0; i++) {
		const struct field *f = &sm->fields[i];
		struct card_row row = { f->name, NULL, is_wanted(a, f->name) };
		int used = 0;
		if (!is_shown(f))
			continue;
		row.text = f->type == FIELD_REFS  ? names_of(sc->d, a)
			   : f->type == FIELD_REF ? about_of(sc->d, a->about)
						  : field_words(sc, &a->item, f);
		if (row.text != NULL || row.wanted)
			used = draw_row(c, in, &row);
		free(row.text);
		in.y += used;
		in.h -= used;
	}
}

void
action_card_draw(
    struct pane_state *s, const struct scene *sc, struct canvas *c, struct rect area)
{
	struct rect in = { area.y + 1, area.x + 2, area.h - 1, area.w - 3 };
	struct action_list l;
	struct buf title = { 0 }, mark = { 0 };
	const struct action *a;
	int rows;

	action_list_init(&l, sc, s);
	a = l.at < l.n ? l.v[l.at] : NULL;
	if (a != NULL) {
		buf_addf(&title, "A%lld   ", (long long)a->item.number);
		word_put(&title, WORD_N_OF_N, digits((int64_t)l.at + 1).s, digits((int64_t)l.n).s);
		action_mark(&mark, a, sc, false);
	}
	draw_rule(c, line_at(area.y, area.x, area.w), title.data, mark.data);
	if (a != NULL) {
		in.y += in.h > 8;
		in.h -= in.h > 8;
		canvas_put(c, in.y, area.x, 0x25ba, ROLE_SELECTED);
		rows = draw_wrapped(c, in, a->text, ROLE_HEAD | STYLE_BOLD);
		in.y += rows + (in.h > 8);
		in.h -= rows + (in.h > 8);
		draw_rows(sc, a, c, in);
	} else {
		draw_wrapped(c, in, word(WORD_NO_ACTIONS), ROLE_DIM);
	}
	action_list_fini(&l);
	buf_fini(&title);
	buf_fini(&mark);
}
