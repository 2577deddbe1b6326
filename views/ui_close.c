#include <stdlib.h>
#include <string.h>

#include "model/checks.h"
#include "model/rules.h"
#include "views/draw.h"
#include "views/ui_state.h"
#include "views/words.h"

/* Enter on a stage: its check marks, and what else belongs to it; each leads to its command. */
static void
offer(struct ui *u, const char *line, bool done, const char *words)
{
	strs_take(&u->completions, mem_fmt("%s\t%s\t%s", line, done ? "✓" : "○", words));
}

static void
offer_line(struct ui *u, const char *fmt, const char *id, const char *words)
{
	char *line = mem_fmt("%s%s", fmt, id);

	strs_take(&u->completions, mem_fmt("%s\t·\t%s", line, words));
	free(line);
}

/* What no check asks for, and a close still has. */
static void
offer_close(struct ui *u, const struct debrief *d, const struct stage *s)
{
	offer(u, word(WORD_SAY_SET_SUMMARY), d->summary != NULL, word(WORD_SAY_CHANGE_THE_SUMMARY));
	offer(u, word(WORD_SAY_SET_IMPACT), d->impact != NULL, word(WORD_SAY_CHANGE_THE_IMPACT));
	offer(u, "rate again ", DEBRIEF_N(d, RATING) > 0, word(WORD_SAY_WOULD_YOU_COME));
	offer(u, "pass", false, word(WORD_SAY_PASS_NO_RATING));
	offer(u, "plus ", false, word(WORD_SAY_WHAT_OF_THIS));
	offer(u, "delta ", false, word(WORD_SAY_WHAT_OF_THIS_MEETING));
	if (!strs_has(&s->checks, "audience-set"))
		offer(u, word(WORD_SAY_SET_AUDIENCE), d->audience != AUDIENCE_NONE, word(WORD_SAY_WHO_MAY_READ));
	offer(u, "close", d->status == STATUS_CLOSED, word(WORD_SAY_COMMIT_AND_CLOSE));
}

/* The agenda itself: go there, though it was skipped or done; sooner, later, longer, one more. */
static void
offer_plan(struct ui *u, const struct debrief *d, const struct stage *s)
{
	size_t at = debrief_index(d, KIND_STAGE, &s->item), n = DEBRIEF_N(d, STAGE);
	char *line;

	if (d->stage == NULL || s->name == NULL || strcmp(d->stage, s->name) != 0)
		offer_line(u, "stage ", s->item.id.s, word(WORD_SAY_MOVE_THE_ROOM));
	if (at > 0) {
		line = mem_fmt("stage move %s before=%s", s->item.id.s,
		    d->of[KIND_STAGE].v[at - 1]->id.s);
		offer_line(u, line, "", word(WORD_SAY_EARLIER_BEFORE_THE));
		free(line);
	}
	if (at + 1 < n) {
		line = mem_fmt("stage move %s before=%s", d->of[KIND_STAGE].v[at + 1]->id.s,
		    s->item.id.s);
		offer_line(u, line, "", word(WORD_SAY_LATER_AFTER_THE));
		free(line);
	}
	line = mem_fmt("stage set %s minutes=", s->item.id.s);
	offer_line(u, line, "", word(WORD_SAY_OTHER_MINUTES));
	free(line);
	offer_line(u, word(WORD_SAY_STAGE_ADD), "", word(WORD_SAY_ONE_MORE_STAGE));
	offer_line(u, word(WORD_SAY_STAGE_REMOVE), s->item.id.s, word(WORD_SAY_TAKE_IT_OFF));
}

/* Every field of it that is set by hand. */
static bool
offer_experiment(struct ui *u, const struct item *it)
{
	const struct schema *sm = schema_of(KIND_EXPERIMENT);

	for (size_t i = 0; i < sm->n_fields; i++) {
		const struct field *f = &sm->fields[i];
		char *line;
		if (f->writer != WRITE_ANYONE || f->live)
			continue;
		line = mem_fmt("experiment set %s %s%s", it->id.s, f->name,
		    f->type == FIELD_LIST ? "+=" : "=");
		offer(u, line, !field_is_default(it, f), f->help);
		free(line);
	}
	u->mode = MODE_LINES;
	u->lines_title = word(WORD_SAY_THE_EXPERIMENT);
	u->choice = 0;
	return true;
}

/* What one key sets; a day as the calendar has it, too. */
static void
offer_values(struct ui *u, const struct scene *sc, const struct check_rule *rule, bool done)
{
	const char *p = rule->values;

	while (p != NULL && *p != '\0') {
		size_t len = strcspn(p, " ");
		char *value = mem_dupn(p, len), *line = mem_fmt("%s%s", rule->line, value);
		struct buf words = { 0 };
		int64_t day;

		buf_addf(&words, "%s: %s", rule->words, value);
		if (date_said(value, scene_day(sc, sc->now_ns), &day)) {
			buf_adds(&words, ", ");
			put_day_year(&words, day);
		}
		offer(u, line, done, words.data);
		buf_fini(&words);
		free(line);
		free(value);
		p += len + (p[len] == ' ');
	}
}

static void
offer_check(struct ui *u, const struct scene *sc, const struct check_rule *rule)
{
	const struct debrief *d = sc->d;
	bool done = check_done(d, rule->name), back = done && rule->by_hand && rule->done == NULL;
	char *line = mem_fmt("%s%s", back ? "untick " : "", back ? rule->name : rule->line);
	struct buf words = { 0 };

	if (back)
		word_put(&words, WORD_SAY_ENTER_UNTICKS, rule->words);
	else
		buf_addf(&words, "%s: %s", rule->words, rule->how);
	offer_values(u, sc, rule, done);
	offer(u, line, done, words.data);
	free(line);
	buf_fini(&words);
}

bool
ui_open_checks(struct ui *u, const struct scene *sc)
{
	struct id id = ui_state(u)->selected;
	const struct stage *s = (const struct stage *)debrief_find(sc->d, KIND_STAGE, id);

	strs_fini(&u->completions);
	if (debrief_find(sc->d, KIND_EXPERIMENT, id) != NULL)
		return offer_experiment(u, debrief_find(sc->d, KIND_EXPERIMENT, id));
	if (s == NULL && ui_view(u) == &view_agenda) /* what was added from here is no stage */
		s = debrief_stage(sc->d, sc->d->stage);
	if (s == NULL)
		return false;
	for (size_t i = 0; i < s->checks.n; i++) {
		const struct check_rule *rule = check_find(s->checks.v[i]);
		if (rule != NULL)
			offer_check(u, sc, rule);
	}
	if (s->name != NULL && strcmp(s->name, "close") == 0)
		offer_close(u, sc->d, s);
	if (s->name != NULL && strcmp(s->name, "open") == 0)
		offer(u, "pass", sc->d->passed > 0, word(WORD_SAY_PASS_NO_WORD));
	offer_line(u, "ready", "", word(WORD_SAY_YOU_ARE_DONE));
	offer_line(u, "hand", "", word(WORD_SAY_ASK_FOR_THE));
	offer_line(u, "pause", "", word(WORD_SAY_ASK_FOR_A));
	if (sc->role == PERSON_FACILITATOR || sc->role == PERSON_SCRIBE)
		offer_plan(u, sc->d, s);
	if (u->completions.n == 0)
		return false;
	u->mode = MODE_LINES;
	u->lines_title = word(WORD_SAY_WHAT_BELONGS_TO);
	u->choice = 0;
	return true;
}

/* What a refusal at a gate leaves open, and the reasons to go on all the same: one key each. */
static const struct {
	const char *line, *key;
	enum word words;
} reasons[] = {
	{ "override 'out of time'", "t", WORD_SAY_OUT_OF_TIME },
	{ "override 'enough for this one'", "e", WORD_SAY_ENOUGH_FOR_THIS },
	{ "override ", "o", WORD_SAY_OTHER_REASON },
};

void
ui_open_gate(struct ui *u, const struct scene *sc, const char *reason)
{
	size_t len = strlen(RULES_GATE_WORDS);
	bool leads = sc->role == PERSON_FACILITATOR || sc->role == PERSON_SCRIBE;
	const struct stage *s;

	if (!leads || u->mode != MODE_PANE || ui_typing(u) || strncmp(reason, RULES_GATE_WORDS, len) != 0)
		return;
	s = debrief_stage(sc->d, strncmp(reason + len, "close", 5) == 0 ? "close" : "causes");
	strs_fini(&u->completions);
	for (size_t i = 0; s != NULL && i < s->checks.n; i++) {
		const struct check_rule *rule = check_find(s->checks.v[i]);
		if (rule != NULL && !rule->by_hand && !check_done(sc->d, rule->name))
			offer_check(u, sc, rule);
	}
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		strs_take(&u->completions, mem_fmt("%s\t%s\t%s", reasons[i].line, reasons[i].key,
					       word(reasons[i].words)));
	ui_say(u, NULL);
	u->mode = MODE_LINES;
	u->lines_title = word(WORD_SAY_STILL_OPEN);
	u->choice = 0;
}
