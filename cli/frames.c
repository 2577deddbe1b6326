#include "cli/frames.h"

#include <string.h>

#include "cli/zones.h"
#include "commands/command.h"
#include "storage/template.h"
#include "tui/export.h"
#include "views/fishbone_paper.h"
#include "views/view.h"
#include "views/welcome.h"

static const struct view *
view_meant(const char *name, struct err *e)
{
	const struct view *v = view_find(name);
	struct buf names = { 0 };

	if (v != NULL)
		return v;
	for (size_t i = 0; i < n_views; i++)
		buf_addf(&names, "%s%s", i > 0 ? ", " : "", views[i]->name);
	for (size_t i = 0; i < n_views_apart; i++)
		buf_addf(&names, ", %s", views_apart[i]->name);
	err_set(e, ERR_USAGE, "there is no view %s: nothing was drawn: it is one of %s", name,
	    names.data);
	buf_fini(&names);
	return NULL;
}

static bool
layout_meant(const struct view *v, const char *name, int *layout, struct err *e)
{
	struct buf names = { 0 };

	*layout = 0;
	if (name == NULL)
		return true;
	for (int i = 0; v->layouts != NULL && v->layouts[i] != NULL; i++) {
		if (strcmp(v->layouts[i], name) == 0) {
			*layout = i + 1;
			buf_fini(&names);
			return true;
		}
		buf_addf(&names, "%s%s", i > 0 ? ", " : "", v->layouts[i]);
	}
	err_set(e, ERR_USAGE, "there is no layout %s of the %s: nothing was drawn: %s%s", name,
	    v->name, names.len > 0 ? "it is one of " : "it has none", names.data ? names.data : "");
	buf_fini(&names);
	return false;
}

static const struct theme *
theme_meant(const char *name, struct err *e)
{
	const struct theme *t = theme_find(name != NULL ? name : "default");
	struct buf names = { 0 };

	if (t != NULL)
		return t;
	for (int i = 0; i < n_themes; i++)
		buf_addf(&names, "%s%s", i > 0 ? ", " : "", themes[i].name);
	err_set(e, ERR_USAGE, "there is no theme %s: nothing was drawn: it is one of %s", name,
	    names.data);
	buf_fini(&names);
	return NULL;
}

static bool
selection_meant(const struct debrief *d, const char *text, struct id *id, struct err *e)
{
	const struct item *it;
	enum kind kind;

	if (text == NULL)
		return true;
	it = command_any(d, text, &kind, e);
	if (it != NULL)
		*id = it->id;
	return it != NULL;
}

static const struct strs *
stage_prompts(const struct template *t, const struct debrief *d)
{
	for (size_t i = 0; t != NULL && d->stage != NULL && i < t->n_stages; i++)
		if (strcmp(t->stages[i].name, d->stage) == 0)
			return &t->stages[i].prompts;
	return NULL;
}

static void
export_as(const struct frame_request *q, const struct canvas *c, const struct theme *t,
    const char *title, struct buf *out)
{
	switch (q->format) {
	case FRAME_TEXT:
		export_text(out, c);
		break;
	case FRAME_ANSI:
		export_ansi(out, c, t, q->color);
		break;
	case FRAME_SVG:
		export_svg(out, c, t, title);
		break;
	}
}

/* The scene of who looks at it from outside; `draw` is called with it. */
struct drawing {
	const struct frame_request *q;
	const struct debrief *d;
	const struct view *v;
	struct pane_state *s;
	struct canvas *c;
	struct paper *p; /* instead of the canvas; or NULL */
	bool other;
};

static void
draw(const struct drawing *g)
{
	const struct frame_request *q = g->q;
	const struct debrief *d = g->d;
	struct template *t =
	    d->template != NULL ? template_load_in(q->folder, d->template, d->language, NULL) : NULL;
	struct zones zones = { 0 };
	struct scene sc = { .d = d,
		.name = q->name,
		.me = "",
		.role = PERSON_OBSERVER,
		.now_ns = q->now_ns,
		.zone = zones_of(&zones, d),
		.reviewing = true,
		.latency_ms = -1,
		.prompts = stage_prompts(t, d) };

	if (g->p != NULL)
		fish_on_paper(g->p, &sc, g->other);
	else if (g->v == &view_welcome)
		welcome_draw(&sc, &g->s->scroll, g->c);
	else
		frame_draw(g->v, g->s, &sc, g->c);
	zones_fini(&zones);
	template_free(t);
}

/* The layouts that are a fish are drawn as one; a list or a ladder is a picture of the screen. */
static bool
on_paper(struct drawing *g)
{
	const char *layout = g->q->layout;

	g->other = layout != NULL && strcmp(layout, "other") == 0;
	return g->q->paper && g->q->format == FRAME_SVG && g->v == &view_fishbone &&
	       (layout == NULL || g->other || strcmp(layout, "classic") == 0);
}

static bool
put_on_paper(struct drawing *g, struct buf *out, struct err *e)
{
	const char *title = g->d->title != NULL ? g->d->title : g->q->name;
	struct paper p;
	bool ok;

	paper_init(&p, g->q->sheet);
	g->p = &p;
	draw(g);
	ok = paper_write(&p, g->q->page, title, out) ||
	     err_set(e, ERR_USAGE, "--page %zu: nothing was drawn: there are %zu pages", g->q->page,
		 p.n_pages);
	g->p = NULL;
	paper_fini(&p);
	return ok;
}

bool
frames_render(
    const struct frame_request *q, const struct debrief *d, struct buf *out, struct err *e)
{
	const struct view *v = view_meant(q->view, e);
	const struct theme *t = v != NULL ? theme_meant(q->theme, e) : NULL;
	struct pane_state s = { 0 };
	struct drawing g = { .q = q, .d = d, .v = v, .s = &s };
	struct canvas *c;

	if (t == NULL || !layout_meant(v, q->layout, &s.layout, e) ||
	    !selection_meant(d, q->select, &s.selected, e))
		return false;
	if (on_paper(&g))
		return put_on_paper(&g, out, e);
	if (q->paper_asked || q->page > 0)
		return err_set(e, ERR_USAGE,
		    "pages are for --view fishbone --to svg: nothing was drawn: --size COLSxROWS "
		    "draws the screen");
	c = g.c = canvas_new(q->rows, q->cols, q->ascii);
	draw(&g);
	export_as(q, c, t, d->title != NULL ? d->title : q->name, out);
	canvas_free(c);
	strs_fini(&s.folded);
	return true;
}
