#include "model/durations.h"

#include "model/schema.h"

static const struct {
	const char *name;
	int from, to;
} rules[N_DURATIONS] = {
	[DURATION_DETECT] = { "detect", PHASE_STARTED, PHASE_DETECTED },
	[DURATION_ACKNOWLEDGE] = { "acknowledge", PHASE_DETECTED, PHASE_ACKNOWLEDGED },
	[DURATION_MITIGATE] = { "mitigate", PHASE_STARTED, PHASE_MITIGATED },
	[DURATION_RESOLVE] = { "resolve", PHASE_STARTED, PHASE_RESOLVED },
};

static bool
is_about(const struct event *e)
{
	return e->precision == PRECISION_MINUTE || e->precision == PRECISION_ABOUT;
}

static void
find_ends(const struct debrief *d, struct duration_end ends[PHASE_RESOLVED + 1])
{
	for (int p = 0; p <= PHASE_RESOLVED; p++)
		ends[p] = (struct duration_end){ .phase = p };
	for (size_t i = 0; i < DEBRIEF_N(d, EVENT); i++) {
		const struct event *e = DEBRIEF_AT(d, EVENT, event, i);
		struct duration_end *end;
		if (e->phase <= PHASE_NONE || e->phase > PHASE_RESOLVED)
			continue;
		end = &ends[e->phase];
		end->n++;
		if (e->at_ns == TIME_NONE || e->precision == PRECISION_ORDER)
			continue;
		if (end->event == NULL || e->at_ns < end->event->at_ns)
			end->event = e;
	}
}

void
durations_of(const struct debrief *d, struct duration out[N_DURATIONS])
{
	struct duration_end ends[PHASE_RESOLVED + 1];

	find_ends(d, ends);
	for (int i = 0; i < N_DURATIONS; i++) {
		struct duration *v = &out[i];
		int64_t ns;
		*v = (struct duration){ .from = ends[rules[i].from],
			.to = ends[rules[i].to],
			.ns = TIME_NONE };
		if (v->from.event == NULL || v->to.event == NULL)
			continue;
		if (!__builtin_sub_overflow(v->to.event->at_ns, v->from.event->at_ns, &ns) && ns >= 0)
			v->ns = ns;
		v->about = is_about(v->from.event) || is_about(v->to.event);
	}
}

bool
durations_some(const struct duration v[N_DURATIONS])
{
	for (int i = 0; i < N_DURATIONS; i++)
		if (v[i].from.n > 0 || v[i].to.n > 0)
			return true;
	return false;
}

const char *
duration_name(enum duration_of which)
{
	return rules[which].name;
}

void
duration_clock(struct buf *out, int64_t ns)
{
	long long s = ns / NS_PER_S;

	if (ns < 0)
		buf_addc(out, '-');
	s = s < 0 ? -s : s;
	if (s >= 86400)
		buf_addf(out, "%lld d ", s / 86400);
	if (s >= 3600)
		buf_addf(out, "%lld:%02lld:%02lld", s % 86400 / 3600, s % 3600 / 60, s % 60);
	else
		buf_addf(out, "%lld:%02lld", s / 60, s % 60);
}

static struct civil
civil_in(const struct zone *zone, int64_t t_ns)
{
	return zone != NULL ? zone_civil(zone, t_ns) : civil_of_ns(t_ns);
}

/* "detected 14:09:05 (first of 2)", "detected ~14:09" */
static void
put_end(struct buf *out, const struct duration_end *end, const struct zone *zone, bool with_day)
{
	const struct event *e = end->event;
	struct civil t = civil_in(zone, e->at_ns);

	buf_addf(out, "%s ", schema_field(KIND_EVENT, "phase")->names[end->phase]);
	if (e->precision == PRECISION_ABOUT)
		buf_addc(out, '~');
	if (with_day)
		buf_addf(out, "%04d-%02d-%02d ", t.year, t.month, t.day);
	buf_addf(out, "%02d:%02d", t.hour, t.minute);
	if (!is_about(e))
		buf_addf(out, ":%02d", t.second);
	if (end->n > 1)
		buf_addf(out, " (first of %zu)", end->n);
}

/* Why there is nothing to count. */
static void
put_missing(struct buf *out, const struct duration_end *end)
{
	const char *name = schema_field(KIND_EVENT, "phase")->names[end->phase];

	if (end->n == 0)
		buf_addf(out, "no event is marked %s", name);
	else
		buf_addf(out, "%s has a place in the order, and no time", name);
}

void
duration_formula(struct buf *out, const struct duration *v, enum duration_of which,
    const struct zone *zone)
{
	struct civil a, b;
	bool days;

	buf_addf(out, "%s ", rules[which].name);
	if (v->from.event == NULL || v->to.event == NULL) {
		buf_adds(out, "?: ");
		put_missing(out, v->to.event == NULL ? &v->to : &v->from);
		if (v->to.event == NULL && v->from.event == NULL) {
			buf_adds(out, ", ");
			put_missing(out, &v->from);
		}
		return;
	}
	a = civil_in(zone, v->from.event->at_ns);
	b = civil_in(zone, v->to.event->at_ns);
	days = a.year != b.year || a.month != b.month || a.day != b.day;
	if (v->ns == TIME_NONE) {
		buf_adds(out, "?: ");
		put_end(out, &v->to, zone, days);
		buf_adds(out, " is before ");
		put_end(out, &v->from, zone, days);
		return;
	}
	if (v->about)
		buf_addc(out, '~');
	duration_clock(out, v->ns);
	buf_adds(out, " = ");
	put_end(out, &v->to, zone, days);
	buf_adds(out, " - ");
	put_end(out, &v->from, zone, days);
}
