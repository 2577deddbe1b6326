/* A hint is a promise: what it names can be done. Every hint of every pane, in rooms of many kinds, is
 * pressed; nothing may be refused, and nothing said instead of done. */
#include <stdio.h>

#include "tests/views/desk.h"
#include "views/possible.h"
#include "views/ui_state.h"

/* What a room has been through, each line on the way; then who looks at it. */
static const struct room {
	const char *name, *lines;
	enum role_of role;
} rooms[] = {
	{ "nothing yet", "", PERSON_FACILITATOR },
	{ "nothing yet, for others", "", PERSON_PARTICIPANT },
	{ "bones and columns", "category add A|category add B|column add C hidden=yes|column add D",
	    PERSON_FACILITATOR },
	{ "first stage", "stage add one checks=day-set|stage add two|stage one", PERSON_FACILITATOR },
	{ "last stage", "stage add one|stage add two|stage two", PERSON_FACILITATOR },
	{ "the day is said", "stage add one checks=day-set|stage one|set day=yesterday",
	    PERSON_FACILITATOR },
	{ "all of it",
	    "stage add one|stage add two|stage one|category add A|category add B|cause add A x|"
	    "why C1 y|column add C|column add D|card add C c|card add C d|action add a owner=o|"
	    "event add now e kind=decision",
	    PERSON_FACILITATOR },
	{ "all of it, for others",
	    "stage add one|stage add two|stage one|category add A|cause add A x|column add C|"
	    "card add C c|action add a owner=o|event add now e kind=decision",
	    PERSON_PARTICIPANT },
	{ "hidden", "stage add write pane=board|column add C hidden=yes|column add D hidden=yes|stage write",
	    PERSON_FACILITATOR },
	{ "hidden, for others", "stage add write pane=board|column add C hidden=yes|stage write",
	    PERSON_PARTICIPANT },
	{ "revealed", "stage add write pane=board|column add C hidden=yes|card add C c|stage write|reveal",
	    PERSON_FACILITATOR },
	{ "discussed",
	    "stage add discuss pane=board|column add C|card add C c|card add C d|stage discuss",
	    PERSON_FACILITATOR },
	{ "a vote", "stage add vote pane=board|column add C|card add C c|stage vote|votes open 3",
	    PERSON_FACILITATOR },
	{ "closed",
	    "stage add one|stage add two|stage one|category add A|cause add A x|column add C|"
	    "card add C c|action add a owner=o|event add now e|close",
	    PERSON_FACILITATOR },
	{ "an observer",
	    "stage add one|stage add two|stage one|category add A|cause add A x|column add C|"
	    "card add C c|action add a owner=o|event add now e",
	    PERSON_OBSERVER },
};

/* As the host takes it from lena: with her name. */
static void
lena_does(struct desk *k, const char *line)
{
	struct actor who = { .name = "lena", .role = PERSON_FACILITATOR };
	struct host_gift gift = { k->sc.now_ns, ++k->ids };
	struct err e = { 0 };
	struct op op;

	if (!command_read_line(&k->cs, line, &op, &e))
		fail_msg("%s: %s", line, e.text);
	op.by = mem_dup("lena");
	for (size_t i = 0; i < op.n; i++)
		if (op.v[i].verb == VERB_ADD)
			op.v[i].id = id_make(1000 + k->ids * 10 + i);
	if (!debrief_check(k->d, &who, &op, &e))
		fail_msg("%s: %s", line, e.text);
	debrief_complete(k->d, &who, &op, &gift);
	debrief_apply(k->d, &op);
	op_fini(&op);
}

static void
enter_room(struct desk *k, const struct room *r)
{
	char *copy = mem_dup(r->lines), *save = NULL;

	desk_open(k, 40, 160);
	for (char *line = strtok_r(copy, "|", &save); line != NULL; line = strtok_r(NULL, "|", &save))
		lena_does(k, line);
	free(copy);
	desk_sit(k, r->role, NULL);
	k->sc.reviewing = k->d->status == STATUS_CLOSED;
}

/* A line that a key ran would be taken by the host. */
static void
must_run(struct desk *k, const struct room *r, const char *key, const char *line)
{
	struct strs slots = { 0 };
	struct actor me = { .name = k->sc.me, .role = r->role, .slots = &slots };
	struct err e = { 0 };
	struct op op;

	strs_add(&slots, id_make(77).s);
	if (!command_read_line(&k->cs, line, &op, &e))
		fail_msg("%s, %s, %s: %s", r->name, ui_pane(k->ui), key, e.text);
	if (strcmp(op.command, "undo") != 0 && !debrief_check(k->d, &me, &op, &e))
		fail_msg("%s, %s, %s: %s", r->name, ui_pane(k->ui), key, e.text);
	op_fini(&op);
	strs_fini(&slots);
}

static void
must_do(struct desk *k, const struct room *r, enum verb_of_key verb)
{
	const struct binding *b = binding_of(ui_view(k->ui), verb);

	desk_key(k, b->key);
	if (k->ui->said != NULL && k->out.what != UI_RUN) /* else it says what was done */
		fail_msg("%s, %s, %s %s: %s", r->name, ui_pane(k->ui), b->key, b->word, k->ui->said);
	if (k->out.what == UI_RUN)
		must_run(k, r, b->key, k->out.line);
	else if (k->ui->mode == MODE_ASK && k->ui->ask.what == ASK_RUN)
		must_run(k, r, b->key, k->ui->ask.line);
}

static void
hints_can_be_done(void **state)
{
	size_t pressed = 0;

	(void)state;
	for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++)
		for (size_t v = 0; v < n_views; v++) {
			enum verb_of_key verbs[POSSIBLE_MOST];
			struct desk k;

			enter_room(&k, &rooms[i]);
			for (size_t h = 0; h < POSSIBLE_MOST; h++) {
				const struct view *view = views[v];
				if (!ui_has_pane(&k.sc, view))
					break;
				desk_sit(&k, rooms[i].role, NULL);
				k.ui->pane = v;
				desk_draw(&k);
				verbs_possible(view, ui_state(k.ui), &k.sc,
				    view->hints_now != NULL ? view->hints_now(ui_state(k.ui), &k.sc)
							    : view->hints,
				    verbs);
				if (verbs[h] == DO_NOTHING)
					break;
				must_do(&k, &rooms[i], verbs[h]);
				pressed++;
			}
			desk_close(&k);
		}
	assert_true(pressed > 200);
}

static bool
hinted(struct desk *k, const char *hint)
{
	desk_draw(k);
	return shows(k, hint);
}

/* What was said of it: after the reveal it is not offered, nor a step that there is none of. */
static void
what_is_over_is_not_offered(void **state)
{
	struct desk k;

	(void)state;
	enter_room(&k, &rooms[8]);
	press(&k, "5");
	assert_true(hinted(&k, "R reveal"));
	desk_do(&k, "reveal");
	assert_false(hinted(&k, "R reveal"));
	press(&k, "F9");
	assert_false(shows(&k, "show the hidden cards"));
	desk_close(&k);
	enter_room(&k, &rooms[3]);
	press(&k, "1");
	assert_true(hinted(&k, "> next stage") && hinted(&k, "D day"));
	assert_false(hinted(&k, "< back"));
	desk_do(&k, "stage two");
	desk_do(&k, "set day=yesterday");
	assert_true(hinted(&k, "< back"));
	assert_false(hinted(&k, "> next stage") || hinted(&k, "D day"));
	desk_close(&k);
}

/* Who leads from the agenda is told where the stage that they opened is. */
static void
the_stage_is_elsewhere(void **state)
{
	struct desk k;

	(void)state;
	enter_room(&k, &rooms[3]);
	desk_do(&k, "stage set two pane=board");
	press(&k, "1");
	desk_do(&k, "stage two");
	desk_draw(&k);
	desk_draw(&k);
	assert_true(shows(&k, "two is led in another pane, Board: key 5 shows it"));
	assert_string_equal(ui_pane(k.ui), "agenda");
	press(&k, "5");
	assert_false(shows(&k, "led in another"));
	desk_close(&k);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hints_can_be_done),
		cmocka_unit_test(what_is_over_is_not_offered),
		cmocka_unit_test(the_stage_is_elsewhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
