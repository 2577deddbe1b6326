/* Drafts say what the data says, and no more. */
#include "model/draft.h"
#include "tests/model/room.h"

static void
expect(char *got, const char *want)
{
	assert_non_null(got);
	assert_string_equal(got, want);
	free(got);
}

static void
nothing_gives_nothing(void **state)
{
	struct debrief *d = debrief_new(id_make(1));

	(void)state;
	expect(draft_summary(d, NULL), "");
	assert_null(draft_impact(d, NULL));
	expect(draft_closing(d, TIME_NONE), "Saved.");
	debrief_free(d);
}

static void
furnish(struct room *r)
{
	static const struct {
		const char *at, *text, *kind, *phase;
	} events[] = {
		{ "2026-07-14T14:00:00Z", "errors rise", "observation", "started" },
		{ "2026-07-14T14:06:00Z", "pager", "alert", "detected" },
		{ "2026-07-14T14:09:00Z", "every third order fails", "impact", "" },
		{ "2026-07-14T15:08:00Z", "rolled back", "action", "mitigated" },
		{ "2026-07-15T17:00:30Z", "all orders are through", "observation", "resolved" },
	};

	struct id category;

	room_init(r, 1);
	MUST_SET(r, KIND_DEBRIEF, r->d->item.id, "title", "Checkout 5xx", "services",
	    "pay,checkout", "detected_by", "alert", "severity", "2");
	for (size_t i = 0; i < sizeof events / sizeof *events; i++)
		if (events[i].phase[0] != '\0')
			MUST_ADD(r, KIND_EVENT, "at", events[i].at, "text", events[i].text, "kind",
			    events[i].kind, "phase", events[i].phase);
		else
			MUST_ADD(r, KIND_EVENT, "at", events[i].at, "text", events[i].text, "kind",
			    events[i].kind);
	MUST_ADD(r, KIND_CATEGORY, "name", "Technical", "level", "technical");
	category = r->last;
	MUST_ADD(r, KIND_CAUSE, "category", category.s, "text", "cold cache");
	MUST_ADD(r, KIND_CATEGORY, "name", "Rules", "level", "organization");
	category = r->last;
	MUST_ADD(r, KIND_CAUSE, "category", category.s, "text", "two teams, one budget");
}

static void
the_summary_is_the_course_of_it(void **state)
{
	struct room r;
	struct err e = { 0 };
	struct zone *utc = zone_open("UTC", &e);

	(void)state;
	furnish(&r);
	expect(draft_summary(r.d, utc),
	    "Checkout 5xx. It began on 2026-07-14 at 14:00 (UTC). The services were checkout and "
	    "pay. It was noticed by an alert after 6 min. It was mitigated after 1 h 8 min. It was "
	    "resolved after 1 d 3 h. We found 2 conditions that made it possible: 1 technical and "
	    "1 "
	    "in the organization.");
	expect(draft_impact(r.d, NULL),
	    "It was felt for 1 h 8 min, until it was mitigated. Severity: 2.\n"
	    "14:09 every third order fails");
	zone_free(utc);
	room_fini(&r);
}

static void
the_last_line_counts_what_was_learned(void **state)
{
	static const char *const columns[] = { "Surprised us", "Helped us", "Lucky" };
	struct room r;

	(void)state;
	furnish(&r);
	for (size_t i = 0; i < 3; i++) {
		MUST_ADD(&r, KIND_COLUMN, "name", columns[i]);
		for (size_t k = 0; k <= i; k++)
			MUST_ADD(
			    &r, KIND_CARD, "column", r.d->of[KIND_COLUMN].v[i]->id.s, "text", "x");
	}
	MUST_ADD(&r, KIND_QUESTION, "text", "who pays?");
	MUST_ADD(&r, KIND_STAGE, "name", "open");
	DEBRIEF_AT(r.d, STAGE, stage, 0)->used_s = 3600;
	expect(draft_closing(r.d, TIME_NONE), "60 min, 5 events, 2 levels, 3 lucky breaks, 2 "
					      "things nobody knew this morning. Saved.");
	r.d->stage_since_ns = 1000 * NS_PER_S;
	expect(draft_closing(r.d, 1120 * NS_PER_S), "62 min, 5 events, 2 levels, 3 lucky breaks, 2 "
						    "things nobody knew this morning. Saved.");
	/* In another language the columns are those of the check marks. */
	MUST_SET(&r, KIND_STAGE, r.d->of[KIND_STAGE].v[0]->id, "checks", "has-luck,has-surprise");
	for (size_t i = 0; i < 3; i++)
		MUST_SET(&r, KIND_COLUMN, r.d->of[KIND_COLUMN].v[i]->id, "name",
		    i == 0   ? "Neu"
		    : i == 1 ? "Geholfen"
			     : "Zufall");
	expect(draft_closing(r.d, 1120 * NS_PER_S), "62 min, 5 events, 2 levels, 3 lucky breaks, 2 "
						    "things nobody knew this morning. Saved.");
	room_fini(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_gives_nothing),
		cmocka_unit_test(the_summary_is_the_course_of_it),
		cmocka_unit_test(the_last_line_counts_what_was_learned),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
