/* Every check mark that a template names begins open, and a command that people can type turns it.
 */
#include <stdio.h>

#include "cli/begin.h"
#include "model/checks.h"
#include "storage/template.h"
#include "tests/commands/scene.h"

/* What leads from a debrief that has just begun to a check mark; lines begin after "|". The first
 * `open` of them only make it open where it is done on nothing. */
static const struct drive {
	const char *check;
	int open;
	const char *lines;
} drives[] = {
	{ "has-facilitator", 0, "person add lena role=facilitator" },
	{ "has-people", 0, "person add moss" },
	{ "ground-rule-read", 0, "tick ground-rule-read" },
	{ "earlier-looked-at", 0, "tick earlier-looked-at" },
	{ "closest-asked", 0, "tick closest-asked" },
	{ "written-in-silence", 0, "tick written-in-silence" },
	{ "walked", 0, "tick walked" },
	{ "read-aloud", 0, "tick read-aloud" },
	{ "audience-set", 0, "set audience=company" },
	{ "has-events", 0,
	    "event add 2026-11-22T10:00 a|event add 2026-11-22T10:01 b|event add 2026-11-22T10:02 "
	    "c" },
	{ "decisions-say-seen", 0,
	    "event add 2026-11-22T10:00 a kind=decision|event set E1 seen='the graph'" },
	{ "timeline-confirmed", 0, "confirm" },
	{ "checked-in", 0, "arrive curious" },
	{ "has-surprise", 0, "card add 1 x" },
	{ "has-helped", 0, "card add 2 x" },
	{ "has-luck", 0, "card add 3 x" },
	{ "levels-looked-at", 0,
	    "categories levels|cause add Technical a|cause add Process b|cause add Organization "
	    "'nothing found'" },
	{ "level-causes", 0,
	    "categories levels|cause add Technical a|cause add Process b|cause add Organization "
	    "'nothing found'|cause set C3 text=c" },
	{ "why-two-deep", 0, "categories levels|cause add Technical a|why C1 b|why C2 c" },
	{ "why-three-deep", 0,
	    "categories levels|cause add Technical a|why C1 b|why C2 c|why C3 d" },
	{ "no-person-end", 0,
	    "categories levels|cause add Technical 'somebody typed it'|why C1 'one key for both'" },
	{ "ideas-linked", 2,
	    "categories levels|action add a status=idea|cause add Technical b|action set A1 "
	    "causes=C1" },
	{ "actions-owned", 0,
	    "action add a|action set A1 status=accepted|action set A1 owner=ops" },
	{ "actions-dated", 0,
	    "action add a|action set A1 status=accepted|action set A1 due=2026-12-01" },
	{ "actions-tested", 0,
	    "action add a|action set A1 status=accepted|action set A1 done_when=flat" },
	{ "actions-caused", 0,
	    "categories levels|action add a|action set A1 status=accepted|cause add Technical "
	    "b|action set A1 "
	    "causes=C1" },
	{ "refused-have-reason", 2,
	    "action add a|action set A1 status=dropped|action set A1 reason=dear" },
	{ "cards-written", 0, "card add 1 x" },
	{ "cards-revealed", 0, "card add 1 x|reveal" },
	{ "votes-counted", 0, "reveal|card add 1 x|votes open 3|vote @CARD|votes close" },
	{ "topics-noted", 0, "reveal|card add 1 x|card set @CARD notes=y" },
	{ "has-experiment", 0, "experiment add a" },
	{ "experiments-planned", 0,
	    "experiment add a|experiment set @EXPERIMENT steady_state=b method=c" },
	{ "experiments-bounded", 0, "experiment add a|experiment set @EXPERIMENT blast_radius=b" },
	{ "abort-when-set", 0, "experiment add a|experiment set @EXPERIMENT abort_when+=b" },
	{ "rollback-written", 0, "experiment add a|experiment set @EXPERIMENT rollback=b" },
	{ "experiments-run", 0, "experiment add a|experiment start @EXPERIMENT" },
	{ "experiments-judged", 0,
	    "experiment add a|experiment set @EXPERIMENT observed=b result=refuted" },
	{ "again-set", 0, "experiment add a|experiment set @EXPERIMENT again=2027-01-01" },
	{ "summary-written", 0, "draft" },
	{ "impact-written", 0,
	    "event add 2026-11-22T10:00 a phase=started|event add 2026-11-22T10:05 b "
	    "phase=resolved|draft" },
	{ "ratings-given", 0, "rate useful 4|rate again 5" },
	{ "symptoms-set", 0, "set symptoms=5xx" },
	{ "share-set", 0, "set share=ops" },
	{ "day-set", 0, "set day=yesterday" },
	{ "look-again-set", 0, "action add a status=idea|later 14d" },
};

static const struct drive *
drive_of(const char *check)
{
	for (size_t i = 0; i < sizeof drives / sizeof *drives; i++)
		if (strcmp(drives[i].check, check) == 0)
			return &drives[i];
	fail_msg("nothing turns %s", check);
	return NULL;
}

/* Votes need the ballots that a host gives out. */
static bool
run_line(struct world *w, const char *line)
{
	char ids[8][ID_LEN + 1];
	struct strs slots = { 0 };
	struct actor me = { .name = "lena", .role = PERSON_FACILITATOR, .slots = &slots };
	struct host_gift gift = { .now_ns = w->now_ns, .random = test_random() };
	struct err e = { 0 };
	struct op op;

	for (int i = 0; i < w->d->votes_each; i++) {
		snprintf(ids[i], sizeof ids[i], "%s", id_make((uint64_t)i + 77).s);
		strs_add(&slots, ids[i]);
	}
	if (!command_read_line(&w->s, line, &op, &e))
		fail_msg("%s\n    %s", line, e.text);
	op.by = mem_dup("lena");
	if (!debrief_check(w->d, &me, &op, &e))
		fail_msg("%s\n    %s", line, e.text);
	debrief_complete(w->d, &me, &op, &gift);
	debrief_apply(w->d, &op);
	op_fini(&op);
	strs_fini(&slots);
	return true;
}

/* "1" of `card add 1` is the first column; @CARD, @EXPERIMENT the first of these. */
static char *
with_names(const struct world *w, const char *line)
{
	static const char *const words[] = { "card add 1 ", "card add 2 ", "card add 3 " };
	const char *at;

	for (size_t i = 0; i < 3; i++)
		if (strncmp(line, words[i], strlen(words[i])) == 0)
			return mem_fmt("card add '%s' %s",
			    DEBRIEF_AT(w->d, COLUMN, column, i)->name, line + strlen(words[i]));
	at = strstr(line, "@CARD");
	if (at != NULL)
		return mem_fmt(
		    "%.*s%s%s", (int)(at - line), line, w->d->of[KIND_CARD].v[0]->id.s, at + 5);
	at = strstr(line, "@EXPERIMENT");
	if (at != NULL)
		return mem_fmt("%.*s%s%s", (int)(at - line), line,
		    w->d->of[KIND_EXPERIMENT].v[0]->id.s, at + 11);
	return mem_dup(line);
}

static void
turn(const char *template, int minutes, const char *check)
{
	const struct drive *drive = drive_of(check);
	struct beginning b = {
		.title = "x", .template = template, .minutes = minutes, .name = "lena"
	};
	struct err e = { 0 };
	struct world w;
	int n = 0;

	world_init(&w, "UTC");
	debrief_free(w.d);
	b.now_ns = w.now_ns;
	w.d = begin_debrief(NULL, &b, &e);
	w.s.d = w.d;
	if (strcmp(check, "has-facilitator") == 0) /* who begins leads */
		debrief_drop(w.d, KIND_PERSON, &w.d->of[KIND_PERSON].v[0]->id, 1);
	for (const char *p = drive->lines; *p != '\0'; n++) {
		size_t len = strcspn(p, "|");
		char *one = mem_dupn(p, len), *line;
		if (n >= drive->open && check_done(w.d, check))
			fail_msg("%s: %s is done before %s", template, check, one);
		line = with_names(&w, one);
		run_line(&w, line);
		free(line);
		free(one);
		p += len + (p[len] == '|');
	}
	if (!check_done(w.d, check))
		fail_msg("%s: %s stays open", template, check);
	world_fini(&w);
}

static void
every_check_of_every_template_turns(void **state)
{
	static const int lengths[N_LENGTHS] = { 10, 30, 60, 90 };
	struct strs names = { 0 }, seen = { 0 };

	(void)state;
	template_names(NULL, &names);
	for (size_t i = 0; i < names.n; i++) {
		struct template *t = template_load_in(NULL, names.v[i], "en", NULL);
		for (size_t s = 0; s < t->n_stages; s++)
			for (int k = 0; k < N_LENGTHS; k++)
				for (size_t c = 0; c < t->stages[s].checks[k].n; c++) {
					const char *check = t->stages[s].checks[k].v[c];
					assert_non_null(check_find(check));
					strs_add(&seen, check);
					turn(names.v[i], lengths[k], check);
				}
		template_free(t);
	}
	for (size_t i = 0; i < n_check_rules; i++)
		if (!strs_has(&seen, check_rules[i].name))
			fail_msg("no template asks for %s", check_rules[i].name);
	strs_fini(&names);
	strs_fini(&seen);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_check_of_every_template_turns),
	};

	setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
	setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
