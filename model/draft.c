#include "model/draft.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "model/checks.h"
#include "model/coverage.h"

#define NS_PER_MIN (60 * NS_PER_S)

enum { IMPACTS_MOST = 5 }; /* moments that a draft repeats; the timeline has the rest */

static void
add_duration(struct buf *out, int64_t ns)
{
	int64_t minutes = ns / NS_PER_MIN, hours = minutes / 60, days = hours / 24;

	if (minutes == 0)
		buf_addf(out, "%lld s", (long long)(ns / NS_PER_S));
	else if (hours == 0)
		buf_addf(out, "%lld min", (long long)minutes);
	else if (days == 0 && minutes % 60 == 0)
		buf_addf(out, "%lld h", (long long)hours);
	else if (days == 0)
		buf_addf(out, "%lld h %lld min", (long long)hours, (long long)(minutes % 60));
	else
		buf_addf(out, "%lld d %lld h", (long long)days, (long long)(hours % 24));
}

/* "2017-01-31 at 23:27 (UTC)". */
static void
add_moment(struct buf *out, int64_t at_ns, const struct zone *zone)
{
	struct civil c = zone != NULL ? zone_civil(zone, at_ns) : civil_of_ns(at_ns);

	buf_addf(out, "%04d-%02d-%02d at %02d:%02d (%s)", c.year, c.month, c.day, c.hour, c.minute,
	    zone != NULL ? zone_abbrev(zone, at_ns) : "UTC");
}

/* "a", "a and b", "a, b and c". */
static void
add_list(struct buf *out, const struct strs *list)
{
	for (size_t i = 0; i < list->n; i++)
		buf_addf(out, "%s%s", i == 0 ? "" : i + 1 == list->n ? " and " : ", ", list->v[i]);
}

static void
add_beginning(
    struct buf *out, const struct debrief *d, const struct milestones *m, const struct zone *zone)
{
	char day[TIME_TEXT];

	if (d->title != NULL)
		buf_addf(out, "%s.", d->title);
	if (m->at_ns[PHASE_STARTED] != TIME_NONE) {
		buf_adds(out, " It began on ");
		add_moment(out, m->at_ns[PHASE_STARTED], zone);
		buf_addc(out, '.');
	} else if (d->day != TIME_NONE) {
		buf_addf(out, " It was on %s.", date_text(d->day, day));
	}
	if (d->services.n > 0) {
		buf_adds(out, d->services.n == 1 ? " The service was " : " The services were ");
		add_list(out, &d->services);
		buf_addc(out, '.');
	}
}

static void
add_after(struct buf *out, const char *what, int64_t ns)
{
	if (ns == TIME_NONE || ns < 0)
		return;
	buf_addf(out, " It was %s after ", what);
	add_duration(out, ns);
	buf_addc(out, '.');
}

static void
add_course(struct buf *out, const struct debrief *d, const struct milestones *m)
{
	static const char *const by[] = { "", " by an alert", " by a person of ours",
		" by a customer", " by a test" };

	if (m->detect_ns != TIME_NONE && m->detect_ns >= 0) {
		buf_addf(out, " It was noticed%s after ", by[d->detected_by]);
		add_duration(out, m->detect_ns);
		buf_addc(out, '.');
	} else if (d->detected_by != DETECTED_NONE) {
		buf_addf(out, " It was noticed%s.", by[d->detected_by]);
	}
	add_after(out, "mitigated", m->mitigate_ns);
	add_after(out, "resolved", m->resolve_ns);
}

static void
add_causes(struct buf *out, const struct debrief *d)
{
	static const char *const words[] = { NULL, "technical", "in the process",
		"in the organization" };
	struct coverage c = coverage_of(d);
	struct strs parts = { 0 };

	for (int level = LEVEL_TECHNICAL; level <= LEVEL_ORGANIZATION; level++)
		if (c.causes_by_level[level] > 0)
			strs_take(
			    &parts, mem_fmt("%zu %s", c.causes_by_level[level], words[level]));
	if (c.causes > 0) {
		buf_addf(out, " We found %zu %s", c.causes,
		    c.causes == 1 ? "condition that made it possible"
				  : "conditions that made it possible");
		buf_adds(out, parts.n > 0 ? ": " : "");
		add_list(out, &parts);
		buf_addc(out, '.');
	}
	strs_fini(&parts);
}

/* What does not fit a text of the file is cut at a character. */
static char *
taken(struct buf *out)
{
	struct buf clean = { 0 };
	size_t start = strspn(out->data != NULL ? out->data : "", " "), len = out->len - start;

	len = len > TEXT_BLOCK_MAX ? TEXT_BLOCK_MAX : len;
	if (len > 0)
		text_clean(
		    &clean, out->data + start, utf8_valid(out->data + start, len), TEXT_BLOCK);
	buf_fini(out);
	return buf_take(&clean);
}

char *
draft_summary(const struct debrief *d, const struct zone *zone)
{
	struct milestones m = milestones_of(d);
	struct buf out = { 0 };

	add_beginning(&out, d, &m, zone);
	add_course(&out, d, &m);
	add_causes(&out, d);
	return taken(&out);
}

/* How long it was felt: until it was mitigated, else resolved. */
static void
add_felt(struct buf *out, const struct debrief *d, const struct milestones *m)
{
	bool eased = m->mitigate_ns != TIME_NONE && m->mitigate_ns >= 0;
	int64_t ns = eased ? m->mitigate_ns : m->resolve_ns;

	if (ns != TIME_NONE && ns >= 0) {
		buf_adds(out, "It was felt for ");
		add_duration(out, ns);
		buf_adds(out, eased ? ", until it was mitigated" : ", until it was resolved");
		buf_addc(out, '.');
	}
	if (d->severity != NULL)
		buf_addf(out, " Severity: %s.", d->severity);
}

char *
draft_impact(const struct debrief *d, const struct zone *zone)
{
	struct milestones m = milestones_of(d);
	struct buf out = { 0 };
	size_t n = 0;

	add_felt(&out, d, &m);
	for (size_t i = 0; i < DEBRIEF_N(d, EVENT) && n < IMPACTS_MOST; i++) {
		const struct event *ev = DEBRIEF_AT(d, EVENT, event, i);
		struct civil c;
		if (ev->kind != EVENT_IMPACT || ev->text == NULL || ev->at_ns == TIME_NONE)
			continue;
		c = zone != NULL ? zone_civil(zone, ev->at_ns) : civil_of_ns(ev->at_ns);
		buf_addf(
		    &out, "%s%02d:%02d %s", out.len > 0 ? "\n" : "", c.hour, c.minute, ev->text);
		n++;
	}
	if (out.len == 0) {
		buf_fini(&out);
		return NULL;
	}
	return taken(&out);
}

/* ---- the last line ---- */

static bool
has_check(const struct debrief *d, const char *check)
{
	for (size_t i = 0; i < DEBRIEF_N(d, STAGE); i++)
		if (strs_has(&DEBRIEF_AT(d, STAGE, stage, i)->checks, check))
			return true;
	return false;
}

/* Cards of the columns whose name has `word`; where none has (another language), of the one that
 * the check mark `check` looks at. */
static size_t
cards_about(const struct debrief *d, const char *word, const char *check, size_t place)
{
	bool some = false;
	size_t n = 0;

	for (size_t i = 0; i < DEBRIEF_N(d, COLUMN); i++)
		some |= text_has(DEBRIEF_AT(d, COLUMN, column, i)->name, word);
	for (size_t i = 0; i < DEBRIEF_N(d, CARD); i++) {
		struct id in = DEBRIEF_AT(d, CARD, card, i)->column;
		const struct item *column = debrief_find(d, KIND_COLUMN, in);
		if (column == NULL)
			continue;
		if (some)
			n += text_has(((const struct column *)column)->name, word);
		else if (has_check(d, check))
			n += debrief_index(d, KIND_COLUMN, column) == place;
	}
	return n;
}

static size_t
levels_of(const struct debrief *d)
{
	bool level[4] = { false };

	for (size_t i = 0; i < DEBRIEF_N(d, CAUSE); i++)
		level[cause_level(d, DEBRIEF_AT(d, CAUSE, cause, i))] = true;
	return (size_t)level[LEVEL_TECHNICAL] + level[LEVEL_PROCESS] + level[LEVEL_ORGANIZATION];
}

static int64_t
minutes_of(const struct debrief *d, int64_t now_ns)
{
	const struct stage *now = debrief_stage(d, d->stage);
	int64_t used_s = 0;

	for (size_t i = 0; i < DEBRIEF_N(d, STAGE); i++)
		used_s += DEBRIEF_AT(d, STAGE, stage, i)->used_s;
	if (now_ns != TIME_NONE && d->stage_since_ns != TIME_NONE && now_ns > d->stage_since_ns &&
	    (now == NULL || !stage_is_before(d, now)))
		used_s += (now_ns - d->stage_since_ns) / NS_PER_S;
	return (used_s + 30) / 60;
}

static void
add_count(struct buf *out, size_t n, const char *one, const char *more)
{
	if (n > 0)
		buf_addf(out, "%s%zu %s", out->len > 0 ? ", " : "", n, n == 1 ? one : more);
}

char *
draft_closing(const struct debrief *d, int64_t now_ns)
{
	size_t unknown = DEBRIEF_N(d, QUESTION) + cards_about(d, "surpris", "has-surprise", 0);
	struct buf out = { 0 };

	add_count(&out, (size_t)minutes_of(d, now_ns), "min", "min");
	add_count(&out, DEBRIEF_N(d, EVENT), "event", "events");
	add_count(&out, levels_of(d), "level", "levels");
	add_count(&out, cards_about(d, "luck", "has-luck", 2), "lucky break", "lucky breaks");
	add_count(
	    &out, unknown, "thing nobody knew this morning", "things nobody knew this morning");
	buf_adds(&out, out.len > 0 ? ". Saved." : "Saved.");
	return buf_take(&out);
}
