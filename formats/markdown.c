#include "formats/markdown.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "formats/markdown_parts.h"
#include "model/coverage.h"
#include "model/durations.h"
#include "model/schema.h"

/* What a reader would take for markup, wherever it stands. */
static bool
is_markup(char c)
{
	return c != '\0' && strchr("\\`*_[]<>|~", c) != NULL;
}

/* At the beginning of a line these begin a heading, a list or a rule. */
static size_t
line_start_escape(const char *p, struct buf *out)
{
	size_t digits = strspn(p, "0123456789");

	if (*p == '#' || *p == '-' || *p == '+' || *p == '=') {
		buf_addf(out, "\\%c", *p);
		return 1;
	}
	if (digits > 0 && (p[digits] == '.' || p[digits] == ')')) {
		buf_add(out, p, digits);
		buf_addf(out, "\\%c", p[digits]);
		return digits + 1;
	}
	return 0;
}

static bool
is_entity(const char *p)
{
	return p[0] == '&' && (p[1] == '#' || isalnum((unsigned char)p[1]));
}

static void
escape(const char *text, struct buf *out)
{
	const char *p = text + line_start_escape(text, out);

	for (; *p != '\0'; p++) {
		if (is_markup(*p) || is_entity(p))
			buf_addc(out, '\\');
		buf_addc(out, *p);
	}
}

void
markdown_text(const char *text, struct buf *out)
{
	struct buf clean = { 0 };

	text_clean(&clean, text, strlen(text), TEXT_LINE);
	for (size_t i = 0; i < clean.len; i++)
		if (clean.data[i] == '\n' || clean.data[i] == '\t')
			clean.data[i] = ' ';
	escape(clean.data ? clean.data : "", out);
	buf_fini(&clean);
}

void
markdown_block(const char *text, const char *indent, struct buf *out)
{
	struct buf clean = { 0 };
	const char *p;

	text_clean(&clean, text, strlen(text), TEXT_BLOCK);
	for (p = clean.data ? clean.data : ""; *p != '\0';) {
		size_t len = strcspn(p, "\n"), skip = strspn(p, " \t");
		char *line =
		    mem_dupn(p + (skip < len ? skip : len), len - (skip < len ? skip : len));

		buf_adds(out, len > 0 ? indent : "");
		escape(line, out);
		/* A break within a paragraph stays one. */
		buf_adds(out, p[len] == '\n' && p[len + 1] != '\n' && p[len + 1] != '\0' && len > 0
				  ? "  \n"
				  : "\n");
		free(line);
		p += len + (p[len] == '\n');
	}
	buf_fini(&clean);
}

void
markdown_field(const char *label, const char *text, const char *indent, struct buf *out)
{
	if (text == NULL || text[0] == '\0')
		return;
	buf_addf(out, "%s- %s: ", indent, label);
	markdown_text(text, out);
	buf_addc(out, '\n');
}

void
markdown_time(int64_t t_ns, int precision, const struct zone *zone, struct buf *out)
{
	struct civil c = zone_civil(zone, t_ns);

	if (precision == PRECISION_ABOUT)
		buf_adds(out, "~");
	buf_addf(out, "%04d-%02d-%02d", c.year, c.month, c.day);
	if (precision == PRECISION_ORDER)
		return;
	buf_addf(out, " %02d:%02d", c.hour, c.minute);
	if (precision == PRECISION_MINUTE || precision == PRECISION_ABOUT)
		return;
	buf_addf(out, ":%02d", c.second);
	if (c.ns != 0) {
		char digits[16];
		snprintf(digits, sizeof digits, "%09d", (int)c.ns);
		for (size_t n = 9; n > 1 && digits[n - 1] == '0'; n--)
			digits[n - 1] = '\0';
		buf_addf(out, ".%s", digits);
	}
}

void
markdown_list(const char *label, const struct strs *list, const char *indent, struct buf *out)
{
	if (list->n == 0)
		return;
	buf_addf(out, "%s- %s: ", indent, label);
	for (size_t i = 0; i < list->n; i++) {
		buf_adds(out, i > 0 ? ", " : "");
		markdown_text(list->v[i], out);
	}
	buf_addc(out, '\n');
}

static void
write_text(const char *heading, const char *text, struct buf *out)
{
	if (text == NULL)
		return;
	buf_addf(out, "\n## %s\n\n", heading);
	markdown_block(text, "", out);
}

static const char *
choice(enum kind kind, const char *field, int value)
{
	const struct field *f = schema_field(kind, field);

	return value > 0 ? f->names[value] : NULL;
}

static void
write_meta(const struct debrief *d, const struct zone *zone, struct buf *out)
{
	char day[TIME_TEXT];

	buf_adds(out, "# ");
	markdown_text(d->title ? d->title : "(no title)", out);
	buf_adds(out, "\n\n");
	markdown_field("id", d->item.id.s, "", out);
	markdown_field("kind", d->template, "", out);
	markdown_field("status", choice(KIND_DEBRIEF, "status", d->status), "", out);
	markdown_field("stage", d->stage, "", out);
	if (d->held_at_ns != TIME_NONE) {
		buf_adds(out, "- held: ");
		markdown_time(d->held_at_ns, PRECISION_MINUTE, zone, out);
		buf_addf(out, " %s\n", zone_abbrev(zone, d->held_at_ns));
	}
	if (d->day != TIME_NONE)
		markdown_field("day", date_text(d->day, day), "", out);
	buf_adds(out, "- times: ");
	markdown_text(zone_name(zone), out);
	buf_addc(out, '\n');
	markdown_field("severity", d->severity, "", out);
	markdown_field("detected by", choice(KIND_DEBRIEF, "detected_by", d->detected_by), "", out);
	markdown_list("services", &d->services, "", out);
	markdown_list("tags", &d->tags, "", out);
	markdown_list("symptoms", &d->symptoms, "", out);
	markdown_field("series", d->series, "", out);
	markdown_field("audience", choice(KIND_DEBRIEF, "audience", d->audience), "", out);
	markdown_list("share with", &d->share, "", out);
	if (d->look_again_day != TIME_NONE)
		markdown_field("look again", date_text(d->look_again_day, day), "", out);
}

/* Each duration with what it is computed from; what is missing says why, once anything is marked. */
static void
write_durations(const struct debrief *d, const struct zone *zone, struct buf *out)
{
	struct duration v[N_DURATIONS];

	durations_of(d, v);
	if (!durations_some(v))
		return;
	buf_addc(out, '\n');
	for (int i = 0; i < N_DURATIONS; i++) {
		buf_adds(out, "- time to ");
		duration_formula(out, &v[i], (enum duration_of)i, zone);
		buf_addc(out, '\n');
	}
}

void
markdown_write(const struct debrief *d, const struct zone *zone, struct buf *out)
{
	write_meta(d, zone, out);
	write_text("Summary", d->summary, out);
	write_text("Impact", d->impact, out);
	markdown_people(d, out);
	markdown_timeline(d, zone, out);
	write_durations(d, zone, out);
	markdown_causes(d, out);
	markdown_actions(d, zone, out);
	markdown_cards(d, out);
	markdown_questions(d, out);
	markdown_experiments(d, out);
	markdown_agenda(d, out);
	markdown_ratings(d, out);
}
