#include "commands/build.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "commands/fields.h"
#include "model/run.h"

#define TIMER_MOST_NS (24 * 3600 * NS_PER_S)

static struct change *
set_debrief(const struct command_scene *s, struct op *out)
{
	return op_add(out, VERB_SET, KIND_DEBRIEF, s->d->item.id);
}

/* A name into, or out of, one of the debrief's lists of names. */
static void
change_names(const struct command_scene *s, struct op *out, const char *field, enum how how,
    const char *name)
{
	struct value v = { 0 };

	strs_add(&v.list, name);
	change_set(set_debrief(s, out), schema_field(KIND_DEBRIEF, field), v)->how = how;
}

/* Who takes part, and who is here without having said a word yet. */
static void
names_known(const struct command_scene *s, struct strs *names)
{
	for (size_t i = 0; i < DEBRIEF_N(s->d, PERSON); i++)
		strs_add(names, DEBRIEF_AT(s->d, PERSON, person, i)->name);
	for (size_t i = 0; s->here != NULL && i < s->here->n; i++)
		strs_add(names, s->here->v[i]);
	strs_sort(names, true);
}

/* The name as it is written here, whatever its capitals, or the one name that begins so. NULL: none
 * (*several: more than one). Yours. */
static char *
name_meant(const struct command_scene *s, const char *text, bool *several)
{
	struct strs names = { 0 };
	const char *same = NULL, *begins = NULL;
	char *found;

	names_known(s, &names);
	*several = false;
	for (size_t i = 0; i < names.n && text[0] != '\0'; i++) {
		if (text_same(names.v[i], text))
			same = names.v[i];
		if (text_begins(names.v[i], text)) {
			*several = *several || begins != NULL;
			begins = names.v[i];
		}
	}
	found = mem_dup(same != NULL ? same : *several ? NULL : begins);
	strs_fini(&names);
	return found;
}

static bool
say_nobody(const char *text, bool several, struct err *e)
{
	return err_set(e, ERR_MISSING, "%s is %s: nothing was changed: write the whole name",
	    text[0] != '\0' ? text : "\"\"", several ? "more than one here" : "nobody here");
}

static bool
read_duration(const struct command *c, const char *text, int64_t *by_ns, struct err *e)
{
	if (!duration_parse(text, by_ns) || *by_ns <= 0)
		return say_usage(c, "that is no length of time", e);
	if (*by_ns > TIMER_MOST_NS)
		return err_set(e, ERR_REFUSED,
		    "%s is longer than a day: nothing was changed: write a shorter time, 5m", text);
	return true;
}

BUILDER(build_timer)
{
	int64_t by_ns, from_ns = whole_second(s->now_ns), ends_ns = s->d->timer_ends_ns;
	bool stop, more;

	if (!words_count(c, args, 1, 1, e))
		return false;
	stop = strcmp(args->v[0], "stop") == 0;
	more = args->v[0][0] == '+';
	if (!stop && !read_duration(c, args->v[0] + more, &by_ns, e))
		return false;
	if (more && ends_ns != TIME_NONE && ends_ns > from_ns)
		from_ns = ends_ns;
	change_put_num(set_debrief(s, out), "timer_ends", stop ? TIME_NONE : from_ns + by_ns);
	return true;
}

BUILDER(build_focus)
{
	const struct item *it;
	enum kind kind;

	if (!words_count(c, args, 1, 1, e))
		return false;
	it = command_any(s->d, args->v[0], &kind, e);
	if (it == NULL)
		return false;
	change_put_text(set_debrief(s, out), "focus", it->id.s);
	return true;
}

BUILDER(build_hand)
{
	const struct person *me = debrief_person(s->d, s->me);
	bool up = strs_has(&s->d->hands, s->me);

	if (!words_count(c, args, 0, 1, e))
		return false;
	if (args->n == 1 && strcmp(args->v[0], "done") != 0)
		return say_usage(c, "it takes done or nothing", e);
	if (args->n == 0 && !up)
		change_names(s, out, "hands", HOW_PLUS, s->me);
	if (args->n == 0 || !up)
		return true;
	change_names(s, out, "hands", HOW_MINUS, s->me);
	if (me != NULL)
		change_put_num(op_add(out, VERB_SET, KIND_PERSON, me->item.id), "turns", 1)->how =
		    HOW_PLUS;
	return true;
}

/* How one arrives, in a word or a few; nobody's name stands beside it. */
BUILDER(build_arrive)
{
	enum { MOST = 60 };
	struct buf text = { 0 }, clean = { 0 };
	bool good = words_count(c, args, 1, SIZE_MAX, e);

	for (size_t i = 0; good && i < args->n; i++)
		buf_addf(&text, "%s%s", i > 0 ? " " : "", args->v[i]);
	if (good) {
		text_clean(&clean, text.data, text.len, TEXT_LINE);
		good = (clean.len > 0 && clean.len <= MOST) ||
		       err_set(e, ERR_REFUSED,
			   "that is no word to arrive with: nothing was said: at most %d letters",
			   MOST);
	}
	if (good)
		change_names(s, out, "arrivals", HOW_PLUS, clean.data);
	buf_fini(&text);
	buf_fini(&clean);
	return good;
}

BUILDER(build_pass)
{
	if (!words_count(c, args, 0, 0, e))
		return false;
	if (s->d->status != STATUS_CLOSED)
		change_put_num(set_debrief(s, out), "passed", 1)->how = HOW_PLUS;
	return true;
}

BUILDER(build_ready)
{
	if (!words_count(c, args, 0, 0, e))
		return false;
	if (!strs_has(&s->d->ready, s->me))
		change_names(s, out, "ready", HOW_PLUS, s->me);
	return true;
}

/* All words as one line; "" for none. False: it is no line. */
static bool
join_words(const struct strs *args, size_t first, struct buf *out, struct err *e)
{
	for (size_t i = first; i < args->n; i++)
		buf_addf(out, "%s%s", i > first ? " " : "", args->v[i]);
	return out->len == 0 || text_ok(out->data, out->len, TEXT_LINE, e);
}

static bool
add_stop(const struct command_scene *s, const char *reason, struct op *out, struct err *e)
{
	struct field_job j = { .s = s, .kind = KIND_EVENT };
	char *text = mem_fmt("stopped%s%s", reason != NULL ? ": " : "", reason ? reason : "");
	bool good;

	j.change = add_item(s, KIND_EVENT, out);
	change_put_num(j.change, "at", whole_second(s->now_ns));
	good = field_text(&j, "text", text, e);
	change_put_num(j.change, "kind", EVENT_DECISION);
	free(text);
	return good;
}

/* All that runs; before anything does, all that is planned. */
static void
put_aborted(const struct debrief *d, struct op *out)
{
	bool some = run_any(d);

	for (size_t i = 0; i < DEBRIEF_N(d, EXPERIMENT); i++) {
		const struct experiment *x = DEBRIEF_AT(d, EXPERIMENT, experiment, i);
		if (x->result == RESULT_NONE && (!some || run_is_on(d, x)))
			change_put_num(op_add(out, VERB_SET, KIND_EXPERIMENT, x->item.id), "result",
			    RESULT_ABORTED);
	}
}

BUILDER(build_abort)
{
	struct buf reason = { 0 };
	bool good;

	(void)c;
	if (!join_words(args, 0, &reason, e)) {
		buf_fini(&reason);
		return false;
	}
	if (!run_possible(s->d)) {
		buf_fini(&reason);
		return err_set(e, ERR_REFUSED,
		    "no game day runs here: nothing was stopped: pause asks for a break");
	}
	if (s->d->aborted_ns != TIME_NONE && !run_any(s->d) && reason.len == 0)
		return true; /* it is stopped, and there is nothing to add */
	change_put_num(set_debrief(s, out), "aborted", whole_second(s->now_ns));
	put_aborted(s->d, out);
	good = add_stop(s, reason.data, out, e);
	if (good && reason.len > 0)
		out->arg = mem_dup(reason.data);
	buf_fini(&reason);
	return good;
}

BUILDER(build_lock)
{
	if (!words_count(c, args, 0, 0, e))
		return false;
	change_put_num(set_debrief(s, out), "locked", strcmp(c->words, "lock") == 0);
	return true;
}

static bool
add_rating(const struct command_scene *s, const struct command *c, const char *question,
    const char *value, const char *comment, struct op *out, struct err *e)
{
	struct change *ch;

	if (strlen(value) != 1 || value[0] < '1' || value[0] > '5')
		return say_usage(c, "the two numbers are from 1 to 5", e);
	ch = add_item(s, KIND_RATING, out);
	change_put_text(ch, "question", question);
	change_put_num(ch, "value", value[0] - '0');
	if (comment != NULL)
		change_put_text(ch, "comment", comment);
	return true;
}

/* What is asked of everybody who goes. */
static const char rated_useful[] = "useful", rated_again[] = "again";

BUILDER(build_leave)
{
	struct buf word = { 0 };
	bool good;

	if (args->n == 0)
		return true;
	if (!words_count(c, args, 2, SIZE_MAX, e))
		return false;
	good = join_words(args, 2, &word, e) &&
	       add_rating(s, c, rated_useful, args->v[0], word.data, out, e) &&
	       add_rating(s, c, rated_again, args->v[1], NULL, out, e);
	buf_fini(&word);
	return good;
}

static bool
role_meant(const struct command *c, const char *text, enum role_of *role, struct err *e)
{
	const char *const *names = schema_field(KIND_PERSON, "role")->names;

	for (int i = 1; names[i] != NULL; i++)
		if (strcmp(names[i], text) == 0) {
			*role = (enum role_of)i;
			return true;
		}
	return say_usage(c, "ROLE is facilitator, scribe, participant or observer", e);
}

/* The facilitator's role goes to somebody who is known: a slip of the pen would leave the room
 * without one. */
static char *
heir_meant(const struct command_scene *s, enum role_of role, const char *text, struct err *e)
{
	bool several;
	char *name = name_meant(s, text, &several);
	bool open = !several && text[0] != '\0' && (role != PERSON_FACILITATOR || s->here == NULL);

	if (name == NULL && open && text_ok(text, strlen(text), TEXT_LINE, e))
		return mem_dup(text);
	if (name == NULL && !open)
		say_nobody(text, several, e);
	return name;
}

BUILDER(build_give)
{
	const struct person *p;
	struct change *ch;
	enum role_of role = PERSON_NONE;
	char *name;

	if (!words_count(c, args, 2, 2, e) || !role_meant(c, args->v[0], &role, e))
		return false;
	name = heir_meant(s, role, args->v[1], e);
	if (name == NULL)
		return false;
	p = debrief_person(s->d, name);
	if (p != NULL) {
		ch = op_add(out, VERB_SET, KIND_PERSON, p->item.id);
	} else {
		ch = add_item(s, KIND_PERSON, out);
		change_put_text(ch, "name", name);
	}
	change_put_num(ch, "role", role);
	free(name);
	return true;
}

BUILDER(build_mute)
{
	bool several = false;
	char *name;

	if (!words_count(c, args, 1, 1, e))
		return false;
	if (strs_has(&s->d->muted, args->v[0]))
		name = mem_dup(args->v[0]);
	else
		name = name_meant(s, args->v[0], &several);
	if (name == NULL)
		return say_nobody(args->v[0], several, e);
	change_names(s, out, "muted", strs_has(&s->d->muted, name) ? HOW_MINUS : HOW_PLUS, name);
	free(name);
	return true;
}

BUILDER(build_card_claim)
{
	const struct person *me = debrief_person(s->d, s->me);
	const struct item *it;
	struct id person;

	if (!words_count(c, args, 1, 1, e))
		return false;
	it = command_item(s->d, KIND_CARD, args->v[0], e);
	if (it == NULL)
		return false;
	person = me != NULL ? me->item.id : id_make(s->random());
	if (me == NULL)
		change_put_text(op_add(out, VERB_ADD, KIND_PERSON, person), "name", s->me);
	change_put_text(op_add(out, VERB_SET, KIND_CARD, it->id), "by", person.s);
	out->arg = mem_dup("claim");
	return true;
}
