#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/checks.h"
#include "views/agenda.h"
#include "views/draw.h"
#include "views/words.h"

static void
select_stage(struct plan *p, struct pane_state *s)
{
	p->selected = p->n;
	for (size_t i = 0; i < p->n; i++)
		if (id_equal(p->v[i].stage->item.id, s->selected))
			p->selected = i;
	if (p->n == 0)
		return;
	if (p->selected == p->n && id_some(s->selected))
		p->selected = s->place < p->n ? s->place : p->n - 1;
	if (p->selected == p->n)
		p->selected = p->at < p->n ? p->at : 0;
	s->place = p->selected;
}

static void
add_stage(struct plan *p, size_t i)
{
	const struct debrief *d = p->sc->d;
	struct plan_stage *s = &p->v[i];

	s->stage = DEBRIEF_AT(d, STAGE, stage, i);
	s->used_s = s->stage->used_s;
	s->ticked = stage_checks(d, s->stage, &s->checks);
	if (p->at == p->n && d->stage != NULL && s->stage->name != NULL &&
	    strcmp(d->stage, s->stage->name) == 0)
		p->at = i;
}

void
plan_init(struct plan *p, const struct scene *sc, struct pane_state *s)
{
	const struct debrief *d = sc->d;

	*p = (struct plan){ .sc = sc, .n = DEBRIEF_N(d, STAGE), .at = DEBRIEF_N(d, STAGE) };
	p->v = mem_zero(p->n + 1, sizeof *p->v);
	for (size_t i = 0; i < p->n; i++)
		add_stage(p, i);
	p->running = p->at < p->n && p->v[p->at].stage->minutes > 0 &&
		     d->stage_since_ns != TIME_NONE && d->status != STATUS_CLOSED && !sc->reviewing;
	if (p->running && sc->now_ns > d->stage_since_ns)
		p->v[p->at].used_s += (sc->now_ns - d->stage_since_ns) / NS_PER_S;
	for (size_t i = 0; i < p->n; i++) {
		struct plan_stage *ps = &p->v[i];
		ps->present = i == p->at;
		ps->past = !ps->present && (ps->stage->done || (p->at < p->n && i < p->at));
		p->minutes += ps->stage->minutes;
		p->used_s += ps->used_s;
		if (ps->past)
			p->over_s += ps->used_s - ps->stage->minutes * 60;
	}
	if (p->at < p->n)
		p->left_s = p->v[p->at].stage->minutes * 60 - p->v[p->at].used_s;
	select_stage(p, s);
}

void
plan_fini(struct plan *p)
{
	free(p->v);
}

const char *
plan_mark(const struct plan_stage *s)
{
	return s->present ? "►" : s->past ? "✓" : "○";
}

const char *
plan_name(const struct plan_stage *s)
{
	return s->stage->name ? s->stage->name : "";
}

const char *
plan_override(const struct plan *p, const struct plan_stage *s)
{
	const struct strs *all = &p->sc->d->overrides; /* "actions: out of time" */
	size_t len = strlen(plan_name(s));

	for (size_t i = all->n; i-- > 0;)
		if (len > 0 && strncmp(all->v[i], plan_name(s), len) == 0 &&
		    strncmp(all->v[i] + len, ": ", 2) == 0)
			return all->v[i] + len + 2;
	return NULL;
}

void
plan_put_left(struct buf *out, const struct plan *p)
{
	int64_t left = p->left_s < 0 ? -p->left_s : p->left_s;

	if (p->running)
		buf_addf(out, "%02lld:%02lld", (long long)(left / 60), (long long)(left % 60));
}

size_t
plan_put_checks(
    struct buf *out, const struct plan *p, const struct plan_stage *s, size_t from, int cols)
{
	const struct strs *checks = &s->stage->checks;
	int used = 0;
	size_t i;

	for (i = from; i < checks->n; i++) {
		const struct check_rule *rule = check_find(checks->v[i]);
		const char *words = rule ? rule->words : checks->v[i];
		int w = text_width(words, strlen(words)) + 2;
		if (used > 0 && used + 2 + w > cols)
			break;
		buf_addf(out, "%s%s %s", used > 0 ? "  " : "",
		    check_done(p->sc->d, checks->v[i]) ? "✓" : "○", words);
		used += w + (used > 0 ? 2 : 0);
	}
	return i;
}
