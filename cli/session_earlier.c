#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cli/earlier.h"
#include "cli/session_state.h"
#include "live/host.h"
#include "storage/earlier.h"
#include "views/words.h"

/* What the history remembers for this debrief, to choose from: open actions are carried over, of
 * those done it is asked whether they held. */
enum { SHOW_MOST = 60 };

static struct debrief *
read_newest(struct repo *r, const struct entry *entry, struct err *e)
{
	return entry->live || entry->journal != NULL ? host_read(r, entry, NULL, NULL, e)
						     : history_read(r, entry, NULL, e);
}

static void
add_field(struct strs *words, const char *field, const char *value)
{
	if (value != NULL && value[0] != '\0')
		strs_take(words, mem_fmt("%s=%s", field, value));
}

/* "action add TEXT carried_from=ID ..." */
static void
put_carried(const struct debrief *d, const struct action *a, struct buf *line)
{
	static const char *const kept[] = { "owner", "due", "kind", "done_when" };
	struct strs words = { 0 };

	strs_add(&words, "action");
	strs_add(&words, "add");
	strs_add(&words, a->text != NULL ? a->text : "");
	add_field(&words, "carried_from", a->carried_from != NULL ? a->carried_from : d->item.id.s);
	add_field(&words, "status", "accepted");
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		const struct field *f = schema_field(KIND_ACTION, kept[i]);
		struct value v = field_get(&a->item, f);
		struct buf text = { 0 };
		if (!value_is_default(f, &v) && !(a->status == ACTION_DONE && f->type == FIELD_DATE))
			value_words(f, &v, &text);
		add_field(&words, kept[i], text.data);
		buf_fini(&text);
		value_fini(&v);
	}
	words_join(&words, line);
	strs_fini(&words);
}

/* "line\tmark\twords"; the words are made in `words`, which is empty afterwards. */
static void
offer(struct strs *out, const char *line, const char *mark, struct buf *words)
{
	strs_take(out, mem_fmt("%s\t%s\t%s", line, mark, words->data != NULL ? words->data : ""));
	buf_clear(words);
}

static void
offer_open(const struct earlier_action *a, struct strs *out)
{
	struct buf line = { 0 }, words = { 0 };

	put_carried(a->d, a->action, &line);
	word_put(&words, WORD_EARLIER_CARRY, a->action->text != NULL ? a->action->text : "",
	    a->action->owner != NULL ? a->action->owner : word(WORD_EARLIER_NOBODY), a->name);
	offer(out, line.data, a->state == EARLIER_OVERDUE ? "◆" : "○", &words);
	buf_fini(&line);
	buf_fini(&words);
}

/* One question, three answers: it is asked until there is one of the first two. */
static void
offer_done(const struct earlier_action *a, struct strs *out)
{
	static const struct {
		const char *said;
		enum word words;
	} answers[] = { { "yes", WORD_EARLIER_YES }, { "no", WORD_EARLIER_NO },
		{ "untested", WORD_EARLIER_UNTESTED } };
	struct buf words = { 0 };

	word_put(&words, WORD_EARLIER_ASK, a->action->text != NULL ? a->action->text : "", a->name);
	offer(out, "", "✓", &words);
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
		/* a yes goes on with how that is known */
		char *line = mem_fmt("held %s %s %s%s", a->name, a->action->item.id.s, answers[i].said,
		    i == 0 ? " " : "");
		buf_adds(&words, "    ");
		buf_adds(&words, word(answers[i].words));
		offer(out, line, " ", &words);
		free(line);
	}
	buf_fini(&words);
}

static void
offer_all(const struct earlier *s, int64_t today, struct strs *out)
{
	struct earlier_actions acts;
	struct buf words = { 0 };

	earlier_actions(s, today, &acts);
	for (size_t i = 0; i < acts.n && out->n < SHOW_MOST; i++) {
		if (acts.v[i].state == EARLIER_DONE)
			offer_done(&acts.v[i], out);
		else
			offer_open(&acts.v[i], out);
	}
	if (acts.n_left > 0) {
		word_put(&words, WORD_EARLIER_ELSEWHERE, digits((int64_t)acts.n_left).s);
		offer(out, "", "+", &words);
	}
	earlier_actions_fini(&acts);
	for (size_t i = 0; i < s->n && out->n < SHOW_MOST; i++)
		if (s->v[i].why != NULL) {
			word_put(&words, WORD_EARLIER_ALIKE, s->v[i].name, s->v[i].why);
			offer(out, "", "≈", &words);
		}
	buf_fini(&words);
}

bool
session_earlier_lines(struct session *s, struct strs *out, struct err *e)
{
	const struct earlier_how how = { .read = read_newest };
	struct scene sc = session_scene(s);
	struct earlier found;
	struct entry entry;
	bool good;

	if (s->o->repo == NULL || s->o->place == NULL || s->o->entry_name == NULL)
		return err_set(e, ERR_MISSING, "the history is not on this machine: nothing to show");
	if (!history_find(s->o->repo, s->o->entry_name, &entry, e))
		return false;
	good = earlier_read(s->o->repo, &entry, &how, NULL, &found, e);
	if (good) {
		struct civil t = zone_civil(sc.zone, sc.now_ns);
		offer_all(&found, day_of_civil(t.year, t.month, t.day), out);
		earlier_fini(&found);
	}
	entry_fini(&entry);
	return good;
}

void
session_earlier(struct session *s)
{
	struct strs lines = { 0 };
	struct err e = { 0 };

	if (!session_earlier_lines(s, &lines, &e))
		ui_say(s->ui, e.text);
	else if (lines.n == 0)
		ui_say(s->ui, word(WORD_EARLIER_NONE));
	else
		ui_show_lines(s->ui, word(WORD_EARLIER_TITLE), &lines);
	strs_fini(&lines);
}

/* Who prepares is shown what there is, once; any key that is not of the list goes on to the pane. */
static void
look_due(void *ctx)
{
	struct session *s = ctx;
	struct strs lines = { 0 };

	s->earlier_timer = 0;
	if (session_earlier_lines(s, &lines, NULL) && lines.n > 0 && ui_idle(s->ui)) {
		ui_show_lines(s->ui, word(WORD_EARLIER_TITLE), &lines);
		ui_lines_pass(s->ui);
		session_draw_soon(s);
		session_round_done(s);
	}
	strs_fini(&lines);
}

/* The action of an earlier debrief, as it is now; NULL: there is none. The debrief is yours. */
static const struct action *
find_action(struct session *s, const char *which, const char *action, struct debrief **d, struct err *e)
{
	struct entry entry = { 0 };
	const struct item *it = NULL;
	struct id id;

	*d = NULL;
	if (!history_find(s->o->repo, which, &entry, e))
		return NULL;
	*d = read_newest(s->o->repo, &entry, e);
	entry_fini(&entry);
	if (*d != NULL && id_parse(action, &id))
		it = debrief_find(*d, KIND_ACTION, id);
	if (*d != NULL && it == NULL)
		err_set(e, ERR_MISSING, "%s has no action %s: nothing was kept", which, action);
	return (const struct action *)it;
}

/* "held, seen in the drill of May (2026-11-30-checkout-slow-4pqs)" */
static bool
keep_proof(struct session *s, const struct strs *words, const char *id, struct err *e)
{
	struct buf proof = { 0 };
	bool good;

	buf_adds(&proof, "held");
	for (size_t i = 4; i < words->n; i++)
		buf_addf(&proof, "%s%s", i == 4 ? ", " : " ", words->v[i]);
	buf_addf(&proof, " (%s)", s->o->entry_name);
	good = earlier_prove(s->o->repo,
	    &(struct earlier_proof){ words->v[1], id, proof.data, client_name(s->client) }, e);
	buf_fini(&proof);
	return good;
}

static void
ask_on(const struct action *a, const char *which, struct strs *run)
{
	struct strs words = { 0 };
	struct buf line = { 0 };

	strs_add(&words, "question");
	strs_add(&words, "add");
	strs_take(&words, mem_fmt("Did it hold: %s (%s A%lld)?", a->text != NULL ? a->text : "",
			      which, (long long)a->item.number));
	words_join(&words, &line);
	strs_take(run, buf_take(&line));
	strs_fini(&words);
}

static bool
answer(struct session *s, const struct strs *words, struct strs *run, struct err *e)
{
	const char *said = words->n > 3 ? words->v[3] : "";
	const struct action *a;
	struct debrief *d = NULL;
	struct buf line = { 0 };
	bool good = true;

	if (s->o->repo == NULL || s->o->entry_name == NULL)
		return err_set(e, ERR_MISSING, "the history is not on this machine: nothing was kept");
	if (strcmp(said, "yes") != 0 && strcmp(said, "no") != 0 && strcmp(said, "untested") != 0)
		return err_set(e, ERR_USAGE,
		    "that is not said so: nothing was kept: held NAME ACTION yes, no or untested");
	if ((a = find_action(s, words->v[1], words->v[2], &d, e)) == NULL) {
		good = false;
	} else if (strcmp(said, "yes") == 0) {
		good = keep_proof(s, words, a->item.id.s, e);
	} else if (strcmp(said, "no") == 0) {
		put_carried(d, a, &line);
		strs_take(run, buf_take(&line));
	} else {
		ask_on(a, words->v[1], run);
	}
	debrief_free(d);
	return good;
}

bool
is_held(const char *line)
{
	return strncmp(line, "held", 4) == 0 && (line[4] == ' ' || line[4] == '\0');
}

bool
session_held_lines(struct session *s, const char *line, struct strs *run, struct err *e)
{
	struct strs words = { 0 };
	bool good = words_split(line, &words, e) && answer(s, &words, run, e);

	strs_fini(&words);
	return good;
}

void
session_held(struct session *s, const char *line)
{
	struct strs run = { 0 };
	struct err e = { 0 };

	if (!session_held_lines(s, line, &run, &e))
		ui_say(s->ui, e.text);
	else if (run.n == 0)
		ui_say(s->ui, word(WORD_EARLIER_HELD));
	for (size_t i = 0; i < run.n; i++)
		session_run_lines(s, run.v[i], NULL, NULL);
	strs_fini(&run);
}

void
session_prepare(struct session *s)
{
	enum { LOOK_MS = 300 };
	const struct debrief *d = client_debrief(s->client);
	enum role_of role = client_role(s->client);

	if (d->stage != NULL && strcmp(d->stage, "prepare") == 0 && !s->o->demo &&
	    s->o->repo != NULL && (role == PERSON_FACILITATOR || role == PERSON_SCRIBE))
		s->earlier_timer = loop_after(s->loop, LOOK_MS, look_due, s);
}
