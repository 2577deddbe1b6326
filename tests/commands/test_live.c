#include <stdio.h>

#include "tests/commands/scene.h"

/* The commands of a room: what op each of them becomes, whoever takes it. */

static struct strs here;

static void
room_world(struct world *w)
{
	static const char *const lines[] = { "set title='Checkout 5xx' day=2026-07-14 timezone=UTC",
		"category add Technical level=technical",
		"person add kit role=participant", "person add 'Anna Berg'", "column add Lucky",
		"stage add open minutes=5", "stage add causes minutes=20",
		"event add 14:02 'deploy begins' kind=change", "cause add Technical 'cold cache'",
		"cause add Technical 'no warm-up'", "card add Lucky 'a Tuesday'",
		"card add Lucky 'a snapshot'", "action add 'warm the cache' causes=C1",
		"question add 'who pays?'", "experiment add 'a cold node takes 2 min'",
		"experiment add 'one zone is enough'" };

	world_init(w, "UTC");
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		world_must(w, lines[i]);
	strs_add(&w->d->seats, "Rosa");
	strs_add(&w->d->seats, "Ben Ali");
	strs_fini(&here);
	strs_add(&here, "lena");
	strs_add(&here, "moss");
	w->s.here = &here;
}

static void
room_fini(struct world *w)
{
	world_fini(w);
	strs_fini(&here);
}

/* "C1", "lena", "K2" of what was there before the op; "new" of what it adds. */
static void
add_label(const struct debrief *d, const char *text, struct buf *out)
{
	enum kind kind;
	struct item *it;
	struct id id;
	char name[24];

	if (strlen(text) != ID_LEN || !id_parse(text, &id)) {
		buf_adds(out, text);
		return;
	}
	it = debrief_any(d, id, &kind);
	if (it == NULL) {
		buf_adds(out, "new");
	} else if (kind == KIND_CARD) {
		buf_addf(out, "K%zu", debrief_index(d, kind, it) + 1);
	} else if (kind == KIND_PERSON) {
		buf_adds(out, ((struct person *)it)->name);
	} else {
		item_short_name(d, kind, it, name);
		buf_adds(out, schema_of(kind)->letter != 0 ? name : schema_of(kind)->word);
	}
}

static void
add_value(const struct debrief *d, const struct assign *a, struct buf *out)
{
	struct buf words = { 0 };
	struct strs labels = { 0 };

	for (size_t i = 0; i < a->value.list.n; i++) {
		struct buf label = { 0 };
		add_label(d, a->value.list.v[i], &label);
		strs_take(&labels, buf_take(&label));
	}
	if (a->field->type == FIELD_SET)
		strs_sort(&labels, true);
	for (size_t i = 0; i < labels.n; i++)
		buf_addf(out, "%s%s", i > 0 ? "," : "", labels.v[i]);
	strs_fini(&labels);
	if (a->value.list.n > 0)
		return;
	if (a->how == HOW_PLUS)
		buf_addf(&words, "%d", (int)a->value.num);
	else
		value_words(a->field, &a->value, &words);
	if (words.data != NULL)
		add_label(d, words.data, out);
	buf_fini(&words);
}

/* "votes arg=x by=y; set debrief votes_each=3 votes_on=K1,K2; add event at=..." */
static void
op_words(const struct debrief *d, const struct op *op, struct buf *out)
{
	static const char *const verbs[] = { "add", "set", "remove" };

	buf_adds(out, op->command);
	if (op->arg != NULL)
		buf_addf(out, " arg=%s", op->arg);
	if (op->by != NULL)
		buf_addf(out, " by=%s", op->by);
	for (size_t i = 0; i < op->n; i++) {
		const struct change *c = &op->v[i];
		buf_addf(out, "; %s ", verbs[c->verb]);
		if (c->kind == KIND_DEBRIEF)
			buf_adds(out, "debrief");
		else if (c->verb == VERB_ADD)
			buf_addf(out, "%s", schema_of(c->kind)->word);
		else
			add_label(d, c->id.s, out);
		for (size_t j = 0; j < c->n_set; j++) {
			static const char *const hows[] = { "=", "+=", "-=" };
			buf_addf(out, " %s%s", c->set[j].field->name, hows[c->set[j].how]);
			add_value(d, &c->set[j], out);
		}
	}
}

struct reading {
	const char *line, *op;
};

static void
read_all(struct world *w, const struct reading *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct buf words = { 0 };
		struct err e = { 0 };
		struct op op;

		if (!command_read_line(&w->s, v[i].line, &op, &e))
			fail_msg("%s: %s", v[i].line, e.text);
		op_words(w->d, &op, &words);
		if (strcmp(words.data, v[i].op) != 0)
			fail_msg("%s\n    is: %s\n    wanted: %s", v[i].line, words.data, v[i].op);
		buf_fini(&words);
		op_fini(&op);
	}
}

#define READ_ALL(w, v) read_all((w), (v), sizeof(v) / sizeof *(v))

static void
votes_are_sets_of_bare_ids(void **state)
{
	struct world w;
	char k1[64], k1_op[64], on[96];

	(void)state;
	room_world(&w);
	snprintf(k1, sizeof k1, "vote %s", w.d->of[KIND_CARD].v[0]->id.s);
	snprintf(k1_op, sizeof k1_op, "unvote %s", w.d->of[KIND_CARD].v[0]->id.s);
	snprintf(on, sizeof on, "votes open 2 on=%s,C2", w.d->of[KIND_CARD].v[1]->id.s);
	READ_ALL(&w,
	    ((struct reading[]){ { k1, "vote; set debrief ballots+=K1" },
		{ "vote C2", "vote; set debrief ballots+=C2" },
		{ "vote A1 seat=2", "vote by=Ben Ali; set debrief ballots+=A1" },
		{ "vote A1 seat=rosa", "vote by=Rosa; set debrief ballots+=A1" },
		{ "vote A1 seat=ben", "vote by=Ben Ali; set debrief ballots+=A1" },
		{ k1_op, "unvote; set debrief ballots-=K1" },
		{ "unvote C2 seat=1", "unvote by=Rosa; set debrief ballots-=C2" },
		{ "votes open 3", "votes; set debrief votes_each=3" },
		{ "votes open 3 several=no", "votes; set debrief votes_each=3 votes_single=yes" },
		{ "votes open 3 several=yes", "votes; set debrief votes_each=3" },
		{ on, "votes; set debrief votes_each=2 votes_on=C2,K2" },
		{ "votes open 1 on=C1,C2 several=no",
		    "votes; set debrief votes_each=1 votes_single=yes votes_on=C1,C2" },
		{ "votes close", "votes; set debrief votes_each=0" } }));
	room_fini(&w);
}

/* What an earlier vote left is said anew. */
static void
a_vote_opens_with_its_own_rules(void **state)
{
	struct world w;

	(void)state;
	room_world(&w);
	w.d->votes_single = true;
	strs_add(&w.d->votes_on, w.d->of[KIND_CAUSE].v[0]->id.s);
	READ_ALL(&w,
	    ((struct reading[]){
		{ "votes open 3", "votes; set debrief votes_each=3 votes_single=no votes_on=" } }));
	room_fini(&w);
}

static void
seats_say_it_for_themselves(void **state)
{
	struct world w;
	struct err e = { 0 };
	struct op op;

	(void)state;
	room_world(&w);
	READ_ALL(&w,
	    ((struct reading[]){ { "seat add Ada", "seat; set debrief seats+=Ada" },
		{ "seat add Ada 'Jo Li'", "seat; set debrief seats+=Ada,Jo Li" },
		{ "seat next", "seat" },
		{ "card add Lucky 'on paper' seat=2",
		    "card by=Ben Ali; add card column=column text=on paper" },
		{ "card add Lucky 'on paper' seat=rosa anonymous",
		    "card arg=anonymous by=Rosa; add card column=column text=on paper" } }));
	strs_fini(&w.d->seats);
	assert_false(command_read_line(&w.s, "seat next", &op, &e));
	assert_int_equal(e.kind, ERR_REFUSED);
	assert_false(command_read_line(&w.s, "vote C1 seat=1", &op, &e));
	assert_int_equal(e.kind, ERR_MISSING);
	assert_non_null(strstr(e.text, "seat add"));
	room_fini(&w);
}

static void
clocks_focus_and_hands(void **state)
{
	struct world w;

	(void)state;
	room_world(&w); /* at 12:00 */
	READ_ALL(&w,
	    ((struct reading[]){ { "timer 5m", "timer; set debrief timer_ends=2026-11-22T12:05:00Z" },
		{ "timer 90s", "timer; set debrief timer_ends=2026-11-22T12:01:30Z" },
		{ "timer +2m", "timer; set debrief timer_ends=2026-11-22T12:02:00Z" },
		{ "timer stop", "timer; set debrief timer_ends=" },
		{ "focus C1", "focus; set debrief focus=C1" },
		{ "focus E1", "focus; set debrief focus=E1" },
		{ "hand", "hand; set debrief hands+=lena" }, { "hand done", "hand" },
		{ "ready", "ready; set debrief ready+=lena" },
		{ "lock", "lock; set debrief locked=yes" },
		{ "unlock", "unlock; set debrief locked=no" }, { "pause", "pause" } }));
	w.d->timer_ends_ns = w.now_ns + 60 * NS_PER_S;
	strs_add(&w.d->hands, "kit");
	strs_add(&w.d->hands, "lena");
	strs_add(&w.d->ready, "lena");
	READ_ALL(&w,
	    ((struct reading[]){
		{ "timer +2m", "timer; set debrief timer_ends=2026-11-22T12:03:00Z" },
		{ "timer 5m", "timer; set debrief timer_ends=2026-11-22T12:05:00Z" },
		{ "hand", "hand" }, { "ready", "ready" },
		{ "hand done", "hand; set debrief hands-=lena; set lena turns+=1" } }));
	w.d->timer_ends_ns = w.now_ns - 60 * NS_PER_S; /* rang already */
	READ_ALL(&w,
	    ((struct reading[]){
		{ "timer +2m", "timer; set debrief timer_ends=2026-11-22T12:02:00Z" } }));
	w.s.me = "moss"; /* nobody's person yet */
	strs_add(&w.d->hands, "moss");
	READ_ALL(&w,
	    ((struct reading[]){ { "hand done", "hand; set debrief hands-=moss" } }));
	room_fini(&w);
}

static void
a_stop_ends_what_runs(void **state)
{
	struct world w;
	static const char end[] = "; set experiment result=aborted; set experiment result=aborted; "
				  "add event at=2026-11-22T12:00:00Z text=stopped%s kind=decision";
	char with[300], without[300];

	(void)state;
	room_world(&w);
	snprintf(with, sizeof with,
	    "abort arg=errors in checkout; set debrief aborted=2026-11-22T12:00:00Z%s", end);
	snprintf(without, sizeof without, "abort; set debrief aborted=2026-11-22T12:00:00Z%s", end);
	*strstr(with, "%s") = '\0';
	*strstr(without, "%s") = '\0';
	strcat(with, ": errors in checkout kind=decision");
	strcat(without, " kind=decision");
	READ_ALL(&w,
	    ((struct reading[]){ { "abort errors in checkout", with }, { "abort", without } }));
	((struct experiment *)w.d->of[KIND_EXPERIMENT].v[0])->result = RESULT_CONFIRMED;
	((struct experiment *)w.d->of[KIND_EXPERIMENT].v[1])->result = RESULT_REFUTED;
	READ_ALL(&w,
	    ((struct reading[]){ { "abort",
		"abort; set debrief aborted=2026-11-22T12:00:00Z; add event "
		"at=2026-11-22T12:00:00Z text=stopped kind=decision" } }));
	room_fini(&w);
}

static void
who_goes_says_two_numbers_or_none(void **state)
{
	struct world w;

	(void)state;
	room_world(&w);
	READ_ALL(&w,
	    ((struct reading[]){ { "leave", "leave" },
		{ "leave 4 5",
		    "leave; add rating question=useful value=4; add rating question=again value=5" },
		{ "leave 4 5 well led",
		    "leave; add rating question=useful value=4 comment=well led; add rating "
		    "question=again value=5" } }));
	room_fini(&w);
}

static void
roles_go_to_people(void **state)
{
	struct world w;

	(void)state;
	room_world(&w);
	READ_ALL(&w,
	    ((struct reading[]){ { "give scribe kit", "give; set kit role=scribe" },
		{ "give facilitator KIT", "give; set kit role=facilitator" },
		{ "give observer anna", "give; set Anna Berg role=observer" },
		{ "give facilitator moss", "give; add person name=moss role=facilitator" },
		{ "give scribe mo", "give; add person name=moss role=scribe" },
		{ "give scribe 'Zoe Q'", "give; add person name=Zoe Q role=scribe" },
		{ "mute kit", "mute; set debrief muted+=kit" },
		{ "mute anna", "mute; set debrief muted+=Anna Berg" },
		{ "mute moss", "mute; set debrief muted+=moss" } }));
	strs_add(&w.d->muted, "kit");
	strs_add(&w.d->muted, "long gone");
	READ_ALL(&w,
	    ((struct reading[]){ { "mute Kit", "mute; set debrief muted-=kit" },
		{ "mute 'long gone'", "mute; set debrief muted-=long gone" } }));
	w.s.here = NULL; /* nobody knows who is here: taken as written */
	READ_ALL(&w,
	    ((struct reading[]){
		{ "give facilitator zoe", "give; add person name=zoe role=facilitator" } }));
	room_fini(&w);
}

static void
a_card_is_claimed_by_name(void **state)
{
	struct world w;
	char line[64];

	(void)state;
	room_world(&w);
	snprintf(line, sizeof line, "card claim %s", w.d->of[KIND_CARD].v[1]->id.s);
	READ_ALL(&w, ((struct reading[]){ { line, "card arg=claim; set K2 by=lena" } }));
	w.s.me = "moss";
	READ_ALL(&w,
	    ((struct reading[]){
		{ line, "card arg=claim; add person name=moss; set K2 by=new" } }));
	room_fini(&w);
}

static void
wrong_words_say_what_is_right(void **state)
{
	static const struct {
		const char *line;
		int status;
		const char *part;
	} lines[] = {
		{ "vote", 2, "vote ID [seat=SEAT]" },
		{ "vote C9", 3, "C9" },
		{ "vote C1 C2", 2, "seat=SEAT" },
		{ "vote C1 seat=1 x", 2, "too much" },
		{ "vote C1 seat=3", 3, "1 Rosa, 2 Ben Ali" },
		{ "vote C1 seat=0", 3, "no seat 0" },
		{ "vote C1 seat=", 3, "no seat \"\"" },
		{ "vote C1 seat=1x", 3, "no seat 1x" },
		{ "unvote", 2, "unvote ID" },
		{ "votes", 2, "open, close" },
		{ "votes open", 2, "votes open N" },
		{ "votes open many", 2, "how many" },
		{ "votes open -1", 2, "how many" },
		{ "votes open 0", 1, "1 to 1000" },
		{ "votes open 1001", 1, "1 to 1000" },
		{ "votes open 99999999999999999999", 1, "1 to 1000" },
		{ "votes open 3 several=maybe", 2, "yes or no" },
		{ "votes open 3 all", 2, "several= and on=" },
		{ "votes open 3 on=lena", 1, "take no votes" },
		{ "votes open 3 on=C9", 3, "C9" },
		{ "votes open 3 on=", 2, "on= names nothing" },
		{ "votes open 3 on=C1 on=C2", 2, "once" },
		{ "votes close now", 2, "nothing more" },
		{ "seat add", 2, "NAME..." },
		{ "seat add rosa", 1, "already" },
		{ "seat add Ada ada", 1, "already" },
		{ "seat add 4", 1, "number" },
		{ "seat add ''", 1, "empty" },
		{ "seat add 'a\001b'", 1, "text" },
		{ "seat", 2, "add, next" },
		{ "card add Lucky x seat=9", 3, "no seat 9" },
		{ "timer", 2, "5m|+2m|stop" },
		{ "timer soon", 2, "length of time" },
		{ "timer -5m", 2, "length of time" },
		{ "timer 0s", 2, "length of time" },
		{ "timer 48h", 1, "day" },
		{ "focus", 2, "focus ID" },
		{ "focus C9", 3, "C9" },
		{ "hand up", 2, "done" },
		{ "ready now", 2, "nothing more" },
		{ "pause now", 2, "nothing more" },
		{ "lock kit", 2, "nothing more" },
		{ "leave 4", 2, "1..5 1..5" },
		{ "leave 4 6", 2, "from 1 to 5" },
		{ "leave four five", 2, "from 1 to 5" },
		{ "leave 4 5 'a\001b'", 1, "text" },
		{ "abort 'a\001b'", 1, "text" },
		{ "give", 2, "ROLE NAME" },
		{ "give boss kit", 2, "facilitator, scribe" },
		{ "give facilitator zoe", 3, "nobody here" },
		{ "give facilitator ''", 3, "nobody" },
		{ "give scribe ''", 3, "nobody" },
		{ "mute", 2, "NAME" },
		{ "mute zoe", 3, "nobody here" },
		{ "card claim", 2, "ID" },
		{ "card claim C1", 3, "cards" },
	};
	struct world w;

	(void)state;
	room_world(&w);
	world_must(&w, "person add 'Anna Stein'");
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct err e = { 0 };
		struct op op;
		if (command_read_line(&w.s, lines[i].line, &op, &e))
			fail_msg("%s: read", lines[i].line);
		if ((int)e.kind != lines[i].status || strstr(e.text, lines[i].part) == NULL)
			fail_msg("%s\n    %d: %s\n    wanted %d: %s", lines[i].line, (int)e.kind,
			    e.text, lines[i].status, lines[i].part);
	}
	world_refuses(&w, "mute anna", 3, "more than one");
	world_refuses(&w, "give facilitator anna", 3, "more than one");
	room_fini(&w);
}

/* Every command of the table, called with no word at all, is an op or says how it is written. */
static void
every_command_has_a_usage_that_helps(void **state)
{
	struct world w;

	(void)state;
	room_world(&w);
	for (size_t i = 0; i < n_commands; i++) {
		struct err e = { 0 };
		struct op op;
		assert_true(strlen(commands[i].note) > 5);
		assert_true(commands[i].note[strlen(commands[i].note) - 1] != '.');
		if (command_read_line(&w.s, commands[i].words, &op, &e))
			op_fini(&op);
		else if (e.kind == ERR_USAGE && strcmp(commands[i].words, "quit") != 0 &&
			 strstr(e.text, commands[i].usage) == NULL)
			fail_msg("%s: %s", commands[i].words, e.text);
	}
	room_fini(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(votes_are_sets_of_bare_ids),
		cmocka_unit_test(a_vote_opens_with_its_own_rules),
		cmocka_unit_test(seats_say_it_for_themselves),
		cmocka_unit_test(clocks_focus_and_hands),
		cmocka_unit_test(a_stop_ends_what_runs),
		cmocka_unit_test(who_goes_says_two_numbers_or_none),
		cmocka_unit_test(roles_go_to_people),
		cmocka_unit_test(a_card_is_claimed_by_name),
		cmocka_unit_test(wrong_words_say_what_is_right),
		cmocka_unit_test(every_command_has_a_usage_that_helps),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
