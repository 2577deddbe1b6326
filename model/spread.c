#include "model/spread.h"

#include <stdlib.h>
#include <string.h>

#include "model/checks.h"

enum { MINUTE_S = 60 };

int64_t
stage_used_s(const struct debrief *d, const struct stage *s, int64_t now_ns)
{
	int64_t used = s->used_s;

	if (stage_is_before(d, s))
		return used;
	if (d->stage != NULL && s->name != NULL && strcmp(s->name, d->stage) == 0 &&
	    d->stage_since_ns != TIME_NONE && now_ns > d->stage_since_ns)
		used += (now_ns - d->stage_since_ns) / NS_PER_S;
	return used;
}

/* Stages that take part in the sharing: the present one first, then what is to come. */
struct part {
	const struct stage *s;
	int64_t weight, share; /* minutes */
};
struct parts {
	struct part *v;
	size_t n;
	int64_t weights;
};

static int64_t
up_to_minutes(int64_t s)
{
	return (s + MINUTE_S - 1) / MINUTE_S;
}

static bool
parts_init(struct parts *p, const struct debrief *d, int64_t now_ns, bool present)
{
	const struct stage *now = debrief_stage(d, d->stage);
	bool after = false;

	*p = (struct parts){ .v = mem_zero(DEBRIEF_N(d, STAGE) + 1, sizeof *p->v) };
	for (size_t i = 0; now != NULL && i < DEBRIEF_N(d, STAGE); i++) {
		const struct stage *s = DEBRIEF_AT(d, STAGE, stage, i);
		int64_t rest = s->minutes - up_to_minutes(s == now ? stage_used_s(d, s, now_ns) : 0);
		if (s->minutes > 0 && ((s == now && present) || (after && s != now && !s->done)))
			p->v[p->n++] = (struct part){ s, rest > 0 ? rest : 1, 0 };
		after = after || s == now;
	}
	for (size_t i = 0; i < p->n; i++)
		p->weights += p->v[i].weight;
	return p->n > 0;
}

/* `minutes` in proportion to the weights, whole and exact; what rounding leaves goes to those it
 * took most from, the earlier first. At least one each, whatever that comes to. */
static void
share_out(struct parts *p, int64_t minutes)
{
	int64_t rest = minutes;

	for (size_t i = 0; i < p->n; i++) {
		p->v[i].share = minutes > 0 ? minutes * p->v[i].weight / p->weights : 0;
		rest -= p->v[i].share;
	}
	for (; rest > 0; rest--) {
		struct part *most = &p->v[0];
		int64_t lacks = -1;
		for (size_t i = 0; i < p->n; i++) {
			int64_t its = minutes * p->v[i].weight - p->v[i].share * p->weights;
			if (its > lacks) {
				lacks = its;
				most = &p->v[i];
			}
		}
		most->share++;
	}
	for (size_t i = 0; i < p->n; i++) {
		struct part *most = &p->v[0];
		if (p->v[i].share > 0)
			continue;
		for (size_t j = 0; j < p->n; j++)
			if (p->v[j].share > most->share)
				most = &p->v[j];
		most->share -= most->share > 1;
		p->v[i].share = 1;
	}
}

static void
set_minutes(struct op *out, const struct stage *s, int64_t minutes)
{
	int64_t most = schema_field(KIND_STAGE, "minutes")->max;

	minutes = minutes > most ? most : minutes;
	if (minutes != s->minutes)
		change_put_num(op_add(out, VERB_SET, KIND_STAGE, s->item.id), "minutes", minutes);
}

bool
spread_rest(const struct debrief *d, int64_t now_ns, struct op *out)
{
	const struct stage *now = debrief_stage(d, d->stage);
	int64_t planned = 0, used_s = 0;
	struct parts p;
	bool some = parts_init(&p, d, now_ns, true);

	for (size_t i = 0; i < DEBRIEF_N(d, STAGE); i++) {
		planned += DEBRIEF_AT(d, STAGE, stage, i)->minutes;
		used_s += stage_used_s(d, DEBRIEF_AT(d, STAGE, stage, i), now_ns);
	}
	if (some) {
		share_out(&p, planned - up_to_minutes(used_s));
		for (size_t i = 0; i < p.n; i++)
			set_minutes(out, p.v[i].s,
			    p.v[i].share + (p.v[i].s == now
						   ? up_to_minutes(stage_used_s(d, now, now_ns))
						   : 0));
	}
	free(p.v);
	return some;
}

/* Takes up to `want` minutes from the stages to come; returns how many it got. */
static int64_t
take_minutes(const struct debrief *d, int64_t now_ns, int64_t want, struct op *out)
{
	int64_t can = 0, got = 0;
	struct parts p;

	parts_init(&p, d, now_ns, false);
	p.weights = 0;
	for (size_t i = 0; i < p.n; i++) {
		p.v[i].weight = p.v[i].s->minutes - 1;
		p.weights += p.v[i].weight;
	}
	can = p.weights < want ? p.weights : want;
	for (size_t i = 0; i < p.n && p.weights > 0; i++) {
		p.v[i].share = can * p.v[i].weight / p.weights;
		got += p.v[i].share;
	}
	for (size_t i = p.n; got < can; i = i > 1 ? i - 1 : p.n) /* the last ones first */
		if (p.v[i - 1].share < p.v[i - 1].weight) {
			p.v[i - 1].share++;
			got++;
		}
	for (size_t i = 0; i < p.n; i++)
		set_minutes(out, p.v[i].s, p.v[i].s->minutes - p.v[i].share);
	free(p.v);
	return got;
}

bool
spread_more(const struct debrief *d, int64_t now_ns, int minutes, struct op *out, int64_t *late)
{
	const struct stage *now = debrief_stage(d, d->stage);
	int64_t used, from;

	if (now == NULL)
		return false;
	used = up_to_minutes(stage_used_s(d, now, now_ns));
	from = used > now->minutes ? used : now->minutes;
	set_minutes(out, now, from + minutes);
	*late = from + minutes - now->minutes -
		take_minutes(d, now_ns, from + minutes - now->minutes, out);
	return true;
}
