/* Whoever applies what is sent has what may be seen, and never a byte more: several people with and
 * without secrets, hidden and anonymous columns, votes, ready marks, people nobody knows of, undo.
 */
#include "model/op_internal.h"
#include "tests/model/room.h"

enum { SESSIONS = 24, OPS = 260 };

static const struct somebody {
	const char *name;
	enum role_of role;
} people[] = { { "lena", PERSON_FACILITATOR }, { "moss", PERSON_PARTICIPANT },
	{ "kim", PERSON_PARTICIPANT } };
enum { N_PEOPLE = sizeof people / sizeof *people };

static struct op
debrief_set(struct room *r, const char *command, const char *field, const char *value)
{
	return set_op(command, KIND_DEBRIEF, r->d->item.id, field, value, NULL);
}

static struct op
list_op(struct room *r, const char *command, const char *field, enum how how, const char *entry)
{
	struct op op;
	struct value v = { 0 };

	op_init(&op, command);
	strs_add(&v.list, entry);
	change_put(op_add(&op, VERB_SET, KIND_DEBRIEF, r->d->item.id), field, v)->how = how;
	return op;
}

static struct op
card_set(struct room *r, const char *field, const char *value)
{
	struct id card = dice_item(&r->dice, r->d, KIND_CARD);

	return id_some(card) ? set_op("card", KIND_CARD, card, field, value, NULL)
			     : plain_op("card");
}

static struct op
some_card_op(struct room *r)
{
	struct id card = dice_item(&r->dice, r->d, KIND_CARD),
		  other = dice_item(&r->dice, r->d, KIND_CARD),
		  column = dice_item(&r->dice, r->d, KIND_COLUMN);
	char *text = mem_fmt("secret%lld.", (long long)r->now_ns);
	struct op op;

	switch (dice_below(&r->dice, 9)) {
	case 0:
		op = card_set(r, "column", column.s);
		break;
	case 1:
		op = card_set(r, "text", text);
		break;
	case 2:
		op = card_set(r, "group", other.s);
		break;
	case 3:
		op = id_some(card) ? remove_op("card", KIND_CARD, card) : plain_op("card");
		break;
	case 4:
		op = id_some(card) ? move_op(KIND_CARD, card, other) : plain_op("card");
		break;
	default:
		op = add_op(r, "card", KIND_CARD, "column", column.s, "text", text, NULL);
		if (dice_below(&r->dice, 6) == 0)
			op.arg = mem_dup("anonymous");
	}
	free(text);
	return op;
}

static struct op
some_column_op(struct room *r)
{
	struct id column = dice_item(&r->dice, r->d, KIND_COLUMN);
	const char *yes = dice_below(&r->dice, 2) ? "yes" : "no";
	struct op op;

	if (dice_below(&r->dice, 3) == 0)
		return set_op("column", KIND_COLUMN, column, "anonymous", yes, NULL);
	if (dice_below(&r->dice, 2))
		return set_op("column", KIND_COLUMN, column, "hidden", yes, NULL);
	op_init(&op, "reveal");
	for (size_t i = 0; i < DEBRIEF_N(r->d, COLUMN); i++)
		if (DEBRIEF_AT(r->d, COLUMN, column, i)->hidden)
			change_put_num(
			    op_add(&op, VERB_SET, KIND_COLUMN, r->d->of[KIND_COLUMN].v[i]->id),
			    "hidden", 0);
	return op;
}

static struct op
some_vote_op(struct room *r)
{
	struct id card = dice_item(&r->dice, r->d, KIND_CARD),
		  cause = dice_item(&r->dice, r->d, KIND_CAUSE);
	const char *on = dice_below(&r->dice, 3) && id_some(card) ? card.s : cause.s;

	if (r->d->votes_each == 0)
		return debrief_set(r, "votes", "votes_each", dice_below(&r->dice, 2) ? "3" : "1");
	switch (dice_below(&r->dice, 9)) {
	case 0:
		return debrief_set(r, "votes", "votes_each", "0");
	case 1:
	case 2:
	case 3:
		if (r->d->ballots.n > 0)
			on = r->d->ballots.v[dice_below(&r->dice, r->d->ballots.n)] + ID_LEN + 1;
		return list_op(r, "unvote", "ballots", HOW_MINUS, on);
	default:
		return list_op(r, "vote", "ballots", HOW_PLUS, on);
	}
}

static struct op
some_people_op(struct room *r, const char *name)
{
	const struct somebody *other = &people[dice_below(&r->dice, N_PEOPLE)];
	struct id person = dice_item(&r->dice, r->d, KIND_PERSON);

	switch (dice_below(&r->dice, 8)) {
	case 0:
		return list_op(r, "ready", "ready", HOW_PLUS, name);
	case 1:
		return list_op(r, "hand", "hands", HOW_PLUS, name);
	case 2:
		return list_op(r, "hand", "hands", HOW_MINUS, name);
	case 3:
		return id_some(person) ? remove_op("person", KIND_PERSON, person)
				       : plain_op("person");
	case 4:
		return id_some(person)
			   ? set_op("give", KIND_PERSON, person, "role",
				 dice_below(&r->dice, 2) ? "scribe" : "participant", NULL)
			   : plain_op("pass");
	case 5:
		return debrief_set(r, "stage", "stage", dice_below(&r->dice, 2) ? "one" : "two");
	default:
		return add_op(r, "person", KIND_PERSON, "name", other->name, NULL);
	}
}

static struct op
some_other_op(struct room *r)
{
	struct id card = dice_item(&r->dice, r->d, KIND_CARD),
		  category = dice_item(&r->dice, r->d, KIND_CATEGORY),
		  cause = dice_item(&r->dice, r->d, KIND_CAUSE);

	switch (dice_below(&r->dice, 6)) {
	case 0:
		return debrief_set(r, "focus", "focus", card.s);
	case 1:
		return add_op(r, "question", KIND_QUESTION, "text", "why", "about", card.s, NULL);
	case 2:
		return id_some(cause) ? remove_op("cause", KIND_CAUSE, cause) : plain_op("pass");
	case 3:
		return debrief_set(r, "abort", "aborted", "2026-07-16T13:00:00Z");
	default:
		return add_op(r, "cause", KIND_CAUSE, "category", category.s, "text", "x", NULL);
	}
}

/* False: there is nothing to undo. */
static bool
some_op(struct room *r, const struct actor *who, struct op *op)
{
	switch (dice_below(&r->dice, 12)) {
	case 0:
		*op = some_column_op(r);
		return true;
	case 1:
	case 2:
		*op = some_vote_op(r);
		return true;
	case 3:
	case 4:
		*op = some_people_op(r, who->name);
		return true;
	case 5:
		*op = some_other_op(r);
		return true;
	case 6:
	case 7:
		return undo_next(r->undo, who, dice_below(&r->dice, 3) == 0, op, NULL);
	default:
		*op = some_card_op(r);
		return true;
	}
}

/* Every text of an op, so that one can look for a byte in it. */
static void
say_value(struct buf *out, const struct value *v)
{
	buf_addf(out, " %lld %s", (long long)v->num, v->text ? v->text : "");
	for (size_t i = 0; i < v->list.n; i++)
		buf_addf(out, " %s", v->list.v[i]);
}

static char *
op_words(const struct op *op)
{
	struct buf out = { 0 };

	buf_addf(&out, "%s %s %s %s", op->cid.s, op->by ? op->by : "", op->command,
	    op->arg ? op->arg : "");
	for (size_t i = 0; i < op->n; i++) {
		buf_addf(&out, "\n%s %s", op->v[i].id.s, op->v[i].before.s);
		for (size_t j = 0; j < op->v[i].n_set; j++) {
			buf_addf(&out, " %s", op->v[i].set[j].field->name);
			say_value(&out, &op->v[i].set[j].value);
			say_value(&out, &op->v[i].set[j].seen);
		}
	}
	return buf_take(&out);
}

/* The whole as one addition after another. */
static char *
debrief_words(const struct debrief *d)
{
	struct op op;
	char *words;

	op_init(&op, "snapshot");
	op_add_whole(&op, KIND_DEBRIEF, &d->item);
	for (int k = 1; k < N_KINDS; k++)
		for (size_t i = 0; i < d->of[k].n; i++)
			op_add_whole(&op, (enum kind)k, d->of[k].v[i]);
	words = op_words(&op);
	op_fini(&op);
	return words;
}

static void
says_nothing_of(const char *words, const char *secret, const char *what)
{
	if (secret != NULL && strstr(words, secret) != NULL)
		fail_msg("%s (%s) in:\n%s", what, secret, words);
}

/* What this viewer must not find, whatever is sent. `now` is the debrief that it is told of, `op`
 * NULL or what led there. */
static void
no_secret(const char *words, const struct debrief *now, const struct viewer *who,
    const struct debrief *before)
{
	says_nothing_of(words, "own-", "an owner");
	for (size_t i = 0; i < DEBRIEF_N(now, CARD); i++) {
		const struct card *c = DEBRIEF_AT(now, CARD, card, i);
		const struct item *was =
		    before != NULL ? debrief_find(before, KIND_CARD, c->item.id) : NULL;
		if (visible_item(now, who, KIND_CARD, &c->item))
			continue;
		says_nothing_of(words, c->text, "a hidden text");
		if (was == NULL || !visible_item(before, who, KIND_CARD, was))
			says_nothing_of(words, c->item.id.s, "a hidden card");
	}
	for (size_t i = 0; i < now->ballots.n; i++) {
		struct id slot, item;
		assert_true(ballot_read(now->ballots.v[i], &slot, &item));
		if (who->slots == NULL || !strs_has(who->slots, slot.s))
			says_nothing_of(words, slot.s, "a ballot");
	}
	for (size_t i = 0; i < DEBRIEF_N(now, PERSON); i++) {
		const struct person *p = DEBRIEF_AT(now, PERSON, person, i);
		if (!visible_item(now, who, KIND_PERSON, &p->item))
			says_nothing_of(words, p->item.id.s, "a person nobody knows");
	}
}

struct watcher {
	struct viewer who;
	struct debrief *replica;
};

struct session {
	struct room r;
	char names[N_PEOPLE][8];
	struct strs slots[N_PEOPLE];
	struct watcher w[N_PEOPLE + 3];
	struct op *log;
	size_t n_log, cap_log;
	size_t n_quiet; /* of which nobody in particular was told nothing */
};
enum { N_WATCHERS = N_PEOPLE + 3 };

static void
session_init(struct session *s, uint64_t seed)
{
	memset(s, 0, sizeof *s);
	room_init(&s->r, seed);
	MUST_ADD(&s->r, KIND_PERSON, "name", "lena", "role", "facilitator");
	MUST_ADD(&s->r, KIND_STAGE, "name", "one");
	MUST_ADD(&s->r, KIND_STAGE, "name", "two");
	MUST_ADD(&s->r, KIND_CATEGORY, "name", "Technical");
	MUST_ADD(&s->r, KIND_COLUMN, "name", "a", "hidden", "yes");
	MUST_ADD(&s->r, KIND_COLUMN, "name", "b");
	MUST_ADD(&s->r, KIND_COLUMN, "name", "c", "hidden", "yes", "anonymous", "yes");
	MUST_ADD(&s->r, KIND_COLUMN, "name", "d", "anonymous", "yes");
	for (size_t i = 0; i < N_PEOPLE; i++) {
		snprintf(s->names[i], sizeof s->names[i], "%s", people[i].name);
		s->slots[i] = room_slots(people[i].name);
		s->w[i].who = (struct viewer){ .name = s->names[i],
			.role = people[i].role,
			.owns = room_owns,
			.ctx = s->names[i],
			.slots = &s->slots[i] };
	}
	/* The same name without the secret, an observer, nobody. */
	s->w[N_PEOPLE].who = (struct viewer){ .name = "moss", .role = PERSON_PARTICIPANT };
	s->w[N_PEOPLE + 1].who = (struct viewer){ .name = "ida", .role = PERSON_OBSERVER };
	for (size_t i = 0; i < N_WATCHERS; i++)
		s->w[i].replica = visible_copy(s->r.d, &s->w[i].who);
}

static void
session_fini(struct session *s)
{
	for (size_t i = 0; i < N_PEOPLE; i++)
		strs_fini(&s->slots[i]);
	for (size_t i = 0; i < N_WATCHERS; i++)
		debrief_free(s->w[i].replica);
	for (size_t i = 0; i < s->n_log; i++)
		op_fini(&s->log[i]);
	free(s->log);
	room_fini(&s->r);
}

/* Cut for one, applied by that one, and looked through. */
static void
tell(struct session *s, struct watcher *w, const struct op *op, const struct debrief *next)
{
	struct op seen;
	struct debrief *may = visible_copy(next, &w->who);
	char *sent, *all = debrief_words(may);

	visible_op(s->r.d, &w->who, op, &seen);
	sent = seen.n > 0 ? op_words(&seen) : mem_dup("");
	debrief_apply(w->replica, &seen);
	s->n_quiet += w->who.name == NULL && seen.n == 0;
	if (!debrief_equal(may, w->replica)) {
		char *has = debrief_words(w->replica), *whole = op_words(op);
		fail_msg("%s's replica differs:\n%s\nshould be:\n%s\nafter %s\nof %s",
		    w->who.name ? w->who.name : "nobody", has, all, sent, whole);
	}
	no_secret(sent, next, &w->who, s->r.d);
	no_secret(all, next, &w->who, NULL);
	op_fini(&seen);
	debrief_free(may);
	free(sent);
	free(all);
}

/* A nameless op names nobody, and has no time. */
static void
is_nameless(const struct op *op)
{
	char *words = op_words(op);

	for (size_t i = 0; i < N_PEOPLE && !op_is(op, "abort"); i++) {
		char *owner = mem_fmt("own-%s", people[i].name), *at;
		while ((at = strstr(words, owner)) != NULL) /* the host's own */
			memset(at, '-', strlen(owner));
		says_nothing_of(words, people[i].name, "a name");
		free(owner);
	}
	assert_true(op->at_ns == TIME_NONE);
	free(words);
}

/* As the host does it. */
static void
one_step(struct session *s, const struct actor *who)
{
	struct room *r = &s->r;
	struct host_gift gift = { r->now_ns += NS_PER_S, dice_next(&r->dice) };
	struct debrief *next;
	struct op op;

	if (!some_op(r, who, &op))
		return;
	free(op.by);
	op.by = mem_dup(who->name);
	if (debrief_check(r->d, who, &op, &r->e) && op.n > 0) {
		if (op_is_anonymous(r->d, &op)) {
			free(op.by);
			op.by = NULL;
		}
		debrief_complete(r->d, who, &op, &gift);
		if (op.by == NULL)
			is_nameless(&op);
		next = debrief_copy(r->d);
		debrief_apply(next, &op);
		room_whole(next);
		for (size_t i = 0; i < N_WATCHERS; i++)
			tell(s, &s->w[i], &op, next);
		undo_note(r->undo, r->d, &op);
		debrief_free(r->d);
		r->d = next;
		VEC_ROOM(s->log, s->n_log, s->cap_log);
		op_copy(&s->log[s->n_log++], &op);
	}
	op_fini(&op);
}

/* Of the undo that a restart makes from the log everybody has the same. */
static void
replays(struct session *s, struct debrief *begin)
{
	struct undo *again = undo_new();

	for (size_t i = 0; i < s->n_log; i++) {
		undo_note(again, begin, &s->log[i]);
		debrief_apply(begin, &s->log[i]);
	}
	assert_true(debrief_equal(begin, s->r.d));
	for (size_t i = 0; i < N_PEOPLE; i++)
		for (int redo = 0; redo < 2; redo++) {
			struct actor who = room_actor(s->names[i], people[i].role, &s->slots[i]);
			struct op a = { 0 }, b = { 0 };
			bool some = undo_next(s->r.undo, &who, redo, &a, NULL);
			assert_int_equal(some, undo_next(again, &who, redo, &b, NULL));
			if (some) {
				char *x = op_words(&a), *y = op_words(&b);
				assert_string_equal(x, y);
				free(x);
				free(y);
			}
			op_fini(&a);
			op_fini(&b);
		}
	undo_free(again);
	debrief_free(begin);
}

/* What has to have happened often enough to be tried. */
static const char *const tried[] = { "card", "reveal", "column", "vote", "unvote", "votes", "undo",
	"redo", "person", "give", "ready", "hand", "focus", "question", "stage", "cause", "abort" };
enum { N_TRIED = sizeof tried / sizeof *tried };

static void
who_applies_what_is_sent_has_what_is_visible(void **state)
{
	size_t n_of[N_TRIED] = { 0 }, nameless = 0, quiet = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= SESSIONS; seed++) {
		struct session s;
		struct debrief *begin;

		session_init(&s, seed);
		undo_free(s.r.undo);
		s.r.undo = undo_new();
		begin = debrief_copy(s.r.d);
		for (int i = 0; i < OPS; i++) {
			size_t n = dice_below(&s.r.dice, N_PEOPLE);
			struct actor who = room_actor(s.names[n], people[n].role, &s.slots[n]);
			one_step(&s, &who);
		}
		for (size_t i = 0; i < s.n_log; i++) {
			nameless += op_is(&s.log[i], "undo") && s.log[i].by == NULL;
			for (size_t j = 0; j < N_TRIED; j++)
				n_of[j] += op_is(&s.log[i], tried[j]);
		}
		quiet += s.n_quiet;
		replays(&s, begin);
		session_fini(&s);
	}
	for (size_t j = 0; j < N_TRIED; j++)
		if (n_of[j] < SESSIONS / 2)
			fail_msg("%s was done but %zu times", tried[j], n_of[j]);
	assert_true(nameless > SESSIONS / 2 && quiet > 4 * SESSIONS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_applies_what_is_sent_has_what_is_visible),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
