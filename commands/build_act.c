#include "commands/build.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "commands/fields.h"
#include "model/run.h"

int64_t
whole_second(int64_t t_ns)
{
	return t_ns - (t_ns % NS_PER_S + NS_PER_S) % NS_PER_S;
}

BUILDER(build_confirm)
{
	if (!words_count(c, args, 0, 0, e))
		return false;
	change_put_num(op_add(out, VERB_SET, KIND_DEBRIEF, s->d->item.id), "confirmed_at",
	    whole_second(s->now_ns));
	return true;
}

BUILDER(build_count)
{
	const struct item *it;
	const struct field *f;
	enum kind kind;

	if (!words_count(c, args, 1, 1, e))
		return false;
	it = command_any(s->d, args->v[0], &kind, e);
	if (it == NULL)
		return false;
	f = schema_field(kind, c->words);
	if (f == NULL)
		return err_set(e, ERR_REFUSED,
		    "%s is of the %s, where %s is not counted: nothing was "
		    "changed: name a cause",
		    args->v[0], schema_of(kind)->plural, c->words);
	change_set(op_add(out, VERB_SET, kind, it->id), f, (struct value){ .num = 1 })->how =
	    HOW_PLUS;
	return true;
}

BUILDER(build_rate)
{
	struct field_job j = { .s = s, .kind = KIND_RATING };
	struct buf comment = { 0 };
	bool good;

	if (!words_count(c, args, 2, SIZE_MAX, e))
		return false;
	if (strlen(args->v[1]) != 1 || args->v[1][0] < '1' || args->v[1][0] > '5')
		return err_set(e, ERR_REFUSED,
		    "%s is not from 1 to 5: nothing was changed: write a whole "
		    "number from 1 to 5",
		    args->v[1]);
	j.change = add_item(s, KIND_RATING, out);
	for (size_t i = 2; i < args->n; i++)
		buf_addf(&comment, "%s%s", i > 2 ? " " : "", args->v[i]);
	good = field_text(&j, "question", args->v[0], e) &&
	       field_text(&j, "value", args->v[1], e) &&
	       (comment.len == 0 || field_text(&j, "comment", comment.data, e));
	buf_fini(&comment);
	return good;
}

static ptrdiff_t
stage_index(const struct debrief *d)
{
	for (size_t i = 0; d->stage != NULL && i < DEBRIEF_N(d, STAGE); i++)
		if (strcmp(DEBRIEF_AT(d, STAGE, stage, i)->name, d->stage) == 0)
			return (ptrdiff_t)i;
	return -1;
}

static const struct stage *
stage_meant(const struct debrief *d, const char *word, struct err *e)
{
	ptrdiff_t at = stage_index(d), last = (ptrdiff_t)DEBRIEF_N(d, STAGE) - 1;

	if (last < 0) {
		err_set(e, ERR_REFUSED,
		    "this debrief has no stages: nothing was changed: stage add NAME "
		    "makes one");
		return NULL;
	}
	if (strcmp(word, "next") == 0 && at == last) {
		err_set(e, ERR_REFUSED,
		    "%s is the last stage: nothing was changed: close ends the debrief", d->stage);
		return NULL;
	}
	if (strcmp(word, "back") == 0 && at <= 0) {
		err_set(e, ERR_REFUSED,
		    "there is no stage before this one: nothing was changed: stage next "
		    "goes on");
		return NULL;
	}
	if (strcmp(word, "next") == 0)
		return DEBRIEF_AT(d, STAGE, stage, at + 1);
	if (strcmp(word, "back") == 0)
		return DEBRIEF_AT(d, STAGE, stage, at - 1);
	return (const struct stage *)command_item(d, KIND_STAGE, word, e);
}

BUILDER(build_stage)
{
	const struct stage *to;

	if (!words_count(c, args, 1, 1, e))
		return false;
	to = stage_meant(s->d, args->v[0], e);
	if (to == NULL)
		return false;
	change_put_text(op_add(out, VERB_SET, KIND_DEBRIEF, s->d->item.id), "stage", to->name);
	out->arg = mem_dup(to->name);
	return true;
}

BUILDER(build_words)
{
	struct buf text = { 0 };
	bool optional = c->usage[0] == '[', good;

	if (!words_count(c, args, optional ? 0 : 1, SIZE_MAX, e))
		return false;
	(void)s;
	for (size_t i = 0; i < args->n; i++)
		buf_addf(&text, "%s%s", i > 0 ? " " : "", args->v[i]);
	good = text.len == 0 || text_ok(text.data, text.len, TEXT_LINE, e);
	if (good && !optional && text_blank(text.len > 0 ? text.data : ""))
		good = err_set(e, ERR_REFUSED,
		    "the reason is empty: nothing was changed: %s REASON", c->words);
	if (good && text.len > 0)
		out->arg = buf_take(&text);
	buf_fini(&text);
	return good;
}

BUILDER(build_plain)
{
	(void)s;
	(void)out;
	return words_count(c, args, 0, 0, e);
}

BUILDER(build_status)
{
	int status = strcmp(c->words, "close") == 0 ? STATUS_CLOSED : STATUS_OPEN;

	if (!words_count(c, args, 0, 0, e))
		return false;
	if (s->d->status != status)
		change_put_num(
		    op_add(out, VERB_SET, KIND_DEBRIEF, s->d->item.id), "status", status);
	return true;
}

BUILDER(build_reveal)
{
	if (!words_count(c, args, 0, 0, e))
		return false;
	for (size_t i = 0; i < DEBRIEF_N(s->d, COLUMN); i++) {
		const struct column *col = DEBRIEF_AT(s->d, COLUMN, column, i);
		if (col->hidden)
			change_put_num(
			    op_add(out, VERB_SET, KIND_COLUMN, col->item.id), "hidden", 0);
	}
	return true;
}

/* The run of an experiment stands in the timeline, so that what was seen falls between its start
 * and its stop. */
static bool
add_run_event(const struct command_scene *s, const struct experiment *x, bool start, struct op *out)
{
	struct change *ch = add_item(s, KIND_EVENT, out);
	struct buf text = { 0 }, cut = { 0 };

	buf_addf(
	    &text, "%s: %s", start ? "Started" : "Stopped", x->hypothesis ? x->hypothesis : "");
	text_clean(&cut, text.data,
	    utf8_valid(text.data, text.len < TEXT_LINE_MAX ? text.len : TEXT_LINE_MAX), TEXT_LINE);
	change_put_num(ch, "at", whole_second(s->now_ns));
	change_put_text(ch, "text", cut.data);
	change_put_num(ch, "kind", EVENT_ACTION);
	change_put_text(ch, "source", run_source);
	change_put_text(ch, "source_id", x->item.id.s);
	buf_fini(&text);
	buf_fini(&cut);
	return true;
}

static bool
build_run(const struct command_scene *s, const struct strs *args, bool start, struct op *out,
    struct err *e)
{
	const struct experiment *x;

	x = (const struct experiment *)command_item(s->d, KIND_EXPERIMENT, args->v[0], e);
	if (x == NULL)
		return false;
	if (run_is_on(s->d, x) == start)
		return err_set(e, ERR_REFUSED,
		    "this experiment is %s: nothing was changed: experiment %s "
		    "%s",
		    start ? "running already" : "not running", start ? "stop" : "start",
		    args->v[0]);
	change_put_num(op_add(out, VERB_SET, KIND_EXPERIMENT, x->item.id),
	    start ? "started" : "stopped", whole_second(s->now_ns));
	if (start && x->stopped_ns != TIME_NONE)
		change_put_num(&out->v[out->n - 1], "stopped", TIME_NONE);
	if (start && x->result == RESULT_ABORTED)
		change_put_num(&out->v[out->n - 1], "result", RESULT_NONE);
	return add_run_event(s, x, start, out);
}

BUILDER(build_experiment_start)
{
	return words_count(c, args, 1, 1, e) && build_run(s, args, true, out, e);
}

BUILDER(build_experiment_stop)
{
	return words_count(c, args, 1, 1, e) && build_run(s, args, false, out, e);
}

BUILDER(build_quit)
{
	(void)s;
	(void)args;
	(void)out;
	return err_set(
	    e, ERR_USAGE, "%s is for the screen: nothing was changed: just leave it out", c->words);
}
