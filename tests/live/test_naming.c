/* Who is who: by account, forced command and --as; who knocks, who may lead meanwhile, and what is
 * given back to whom. */
#include "tests/live/raw.h"

#include <pwd.h>

#include "live/secret.h"

static int
begin_with(void **state, bool foreground)
{
	struct host_options o = { .foreground = foreground };
	struct world *w = mem_zero(1, sizeof *w);

	world_begin(w);
	world_host(w, &o);
	w->host->clock_ms = raw_clock_ms;
	*state = w;
	return 0;
}

static int
begin(void **state)
{
	return begin_with(state, true);
}

static int
begin_in_background(void **state)
{
	return begin_with(state, false);
}

static int
end(void **state)
{
	struct world *w = *state;

	world_end(w);
	free(w);
	return 0;
}

#define TEN "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
#define READY "\"type\":\"ready\""
#define OTHER_UID 1UL

static const char *
other_login(void)
{
	static char name[64];

	snprintf(name, sizeof name, "%s", getpwuid((uid_t)OTHER_UID)->pw_name);
	return name;
}

/* Says these lines (separated by newlines); true: it is in. */
static bool
gets_in(struct raw *r, const char *lines)
{
	raw_say(r, lines);
	RAW_UNTIL(r, raw_has(r, READY) || raw_over(r));
	return raw_has(r, READY);
}

static void
own_comes_in(struct world *w, const char *lines, const char *words)
{
	struct raw r = raw_new(w);

	if (!gets_in(&r, lines) || !raw_has(&r, words))
		fail_msg("%s: %s", lines, r.got.data);
	raw_end(&r);
}

static void
is_kept_out(struct world *w, unsigned long uid, const char *lines, const char *words)
{
	struct raw r = raw_of(w, uid);

	if (gets_in(&r, lines) || !raw_has(&r, "\"type\":\"bye\"") || !raw_has(&r, words))
		fail_msg("%s: %s", lines, r.got.data);
	raw_end(&r);
}

static void
the_own_account_takes_names_and_roles(void **state)
{
	struct world *w = *state;

	own_comes_in(w, HELLO(""), "\"you\":\"lena\",\"role\":\"facilitator\"");
	own_comes_in(w, HELLO(",\"name\":\"moss\""), "\"you\":\"moss\",\"role\":\"participant\"");
	own_comes_in(w, HELLO(",\"name\":\"moss\",\"role\":\"scribe\""), "\"role\":\"scribe\"");
	own_comes_in(w, HELLO(",\"name\":\"wall\",\"want\":\"projector\",\"role\":\"facilitator\""),
	    "\"role\":\"observer\"");
	is_kept_out(w, geteuid(), HELLO(",\"name\":\"git\""), "cannot be taken");
	is_kept_out(w, geteuid(), HELLO(",\"role\":\"king\""), "there is no role king");
	is_kept_out(w, geteuid(), HELLO(",\"want\":\"dance\""), "nobody can come for");
	is_kept_out(w, geteuid(), HELLO(",\"secret\":\"short\""), "no secret");
	is_kept_out(w, geteuid(), HELLO(",\"name\":\"" TEN TEN TEN TEN TEN TEN "\""), "too long");
}

static void
another_account_is_its_login(void **state)
{
	struct world *w = *state;
	struct raw r = raw_of(w, OTHER_UID), again = raw_of(w, OTHER_UID);
	char *you = mem_fmt("\"you\":\"%s\",\"role\":\"participant\"", other_login());
	char *named = mem_fmt(HELLO(",\"name\":\"%s\""), other_login());

	assert_true(gets_in(&r, HELLO("")));
	assert_true(raw_has(&r, you));
	assert_true(gets_in(&again, named));
	assert_true(raw_has(&again, you));
	is_kept_out(w, OTHER_UID, HELLO(",\"name\":\"lena\""), "that is your name here");
	is_kept_out(w, OTHER_UID, HELLO(",\"name\":\"moss\""), "leave out --as");
	free(you);
	free(named);
	raw_end(&r);
	raw_end(&again);
}

static void
another_account_takes_no_role(void **state)
{
	struct world *w = *state;
	struct raw r = raw_of(w, OTHER_UID);

	is_kept_out(w, OTHER_UID, HELLO(",\"role\":\"facilitator\""), "comes as participant");
	is_kept_out(w, OTHER_UID, HELLO(",\"role\":\"scribe\""), "comes as participant");
	is_kept_out(w, OTHER_UID, HELLO(",\"want\":\"step-down\""), "only the account");
	assert_true(gets_in(&r, HELLO(",\"role\":\"observer\"")));
	assert_true(raw_has(&r, "\"role\":\"observer\""));
	raw_end(&r);
}

/* What is given to it in the session it has, and may ask for. */
static void
another_account_has_the_role_its_name_holds(void **state)
{
	struct world *w = *state;
	struct client *lead = world_join(w, "lena", NULL, NULL);
	struct raw r = raw_of(w, OTHER_UID), again = raw_of(w, OTHER_UID);
	struct op op;
	struct change *c;

	op_init(&op, "person");
	c = op_add(&op, VERB_ADD, KIND_PERSON, id_random());
	change_put_text(c, "name", other_login());
	change_put_num(c, "role", PERSON_SCRIBE);
	done(lead, op, NULL);
	assert_true(gets_in(&r, HELLO("")));
	assert_true(raw_has(&r, "\"role\":\"scribe\""));
	assert_true(gets_in(&again, HELLO(",\"role\":\"scribe\"")));
	client_free(lead);
	raw_end(&r);
	raw_end(&again);
}

#define PIN(more) "{\"type\":\"pin\"" more "}\n"
#define MOSS_PIN PIN(",\"name\":\"moss\",\"role\":\"participant\"")

static void
a_pin_says_who_it_is(void **state)
{
	struct world *w = *state;

	own_comes_in(w, MOSS_PIN HELLO(""), "\"you\":\"moss\",\"role\":\"participant\"");
	own_comes_in(w, MOSS_PIN HELLO(",\"name\":\"moss\",\"role\":\"participant\""),
	    "\"you\":\"moss\",\"role\":\"participant\"");
	own_comes_in(w, PIN(",\"name\":\"kit\"") HELLO(""), "\"role\":\"participant\"");
	own_comes_in(
	    w, PIN(",\"name\":\"kit\"") HELLO(",\"role\":\"observer\""), "\"role\":\"observer\"");
	is_kept_out(w, geteuid(), MOSS_PIN HELLO(",\"name\":\"lena\""), "for moss alone");
	is_kept_out(w, geteuid(), MOSS_PIN HELLO(",\"role\":\"scribe\""), "comes as participant");
	is_kept_out(w, geteuid(), MOSS_PIN HELLO(",\"role\":\"observer\""), "comes as participant");
	is_kept_out(w, geteuid(), MOSS_PIN HELLO(",\"want\":\"step-down\""), "only the account");
	is_kept_out(w, geteuid(), PIN(",\"name\":\"kit\"") HELLO(",\"role\":\"facilitator\""),
	    "comes as participant");
	is_kept_out(
	    w, geteuid(), PIN(",\"name\":\"kit\",\"role\":\"king\"") HELLO(""), "no role king");
}

static void
a_pin_comes_once_and_first_and_from_the_own_account(void **state)
{
	struct world *w = *state;
	struct raw r = raw_new(w);

	is_kept_out(w, geteuid(), MOSS_PIN PIN(",\"name\":\"lena\"") HELLO(""), "a pin that");
	is_kept_out(w, OTHER_UID, MOSS_PIN HELLO(""), "a pin that");
	assert_true(gets_in(&r, HELLO("")));
	raw_say(&r, "{\"type\":\"pin\",\"name\":\"moss\"}");
	RAW_UNTIL(&r, raw_over(&r));
	raw_end(&r);
}

/* Who opened it leads it: that is the account, not whoever is let in under that name. */
static void
a_pin_has_no_rights_of_the_account(void **state)
{
	struct world *w = *state;
	struct raw r = raw_new(w);
	char *line =
	    mem_fmt("{\"type\":\"op\",\"op\":{\"cid\":\"9m2xwt04hq7c\",\"do\":\"lock\",\"changes\":"
		    "[{\"set\":\"debrief\",\"id\":\"%s\",\"fields\":{\"locked\":true}}]}}",
		w->place.id.s);

	assert_true(gets_in(&r, PIN(",\"name\":\"lena\"") HELLO("")));
	assert_true(raw_has(&r, "\"you\":\"lena\",\"role\":\"participant\""));
	raw_say(&r, line);
	RAW_UNTIL(&r, raw_has(&r, "\"type\":\"refuse\",\"cid\":\"9m2xwt04hq7c\""));
	free(line);
	assert_int_equal(r.peer->role, PERSON_PARTICIPANT);
	assert_false(r.peer->is_own);
	raw_end(&r);
}

static void
a_bound_name_is_nobody_elses(void **state)
{
	struct world *w = *state;
	char *as_other = mem_fmt(HELLO(",\"name\":\"%s\""), other_login());
	struct raw r = raw_of(w, OTHER_UID);

	own_comes_in(w, HELLO(",\"name\":\"moss\""), READY);
	own_comes_in(w, MOSS_PIN HELLO(""), READY);
	is_kept_out(w, geteuid(), HELLO(",\"name\":\"moss\""), "belongs to somebody");
	is_kept_out(w, geteuid(), HELLO(",\"name\":\"moss\",\"want\":\"watch\""), "belongs to");
	own_comes_in(w, MOSS_PIN HELLO(""), READY);
	own_comes_in(w, as_other, READY);
	assert_true(gets_in(&r, HELLO("")));
	is_kept_out(w, geteuid(), as_other, "choose another with --as");
	free(as_other);
	raw_end(&r);
}

static void
the_accounts_own_name_stays_its_own(void **state)
{
	struct world *w = *state;

	own_comes_in(w, PIN(",\"name\":\"lena\",\"role\":\"participant\"") HELLO(""), READY);
	own_comes_in(w, HELLO(",\"name\":\"lena\""), "\"role\":\"facilitator\"");
}

/* Who leads has chosen a name that is another's login. */
static void
the_accounts_own_name_is_no_other_accounts(void **state)
{
	struct world *w = *state;

	free(w->host->own_name);
	w->host->own_name = mem_dup(other_login());
	is_kept_out(w, OTHER_UID, HELLO(""), "belongs to somebody");
}

static struct op
lock_op(struct world *w, bool lock)
{
	struct op op;

	op_init(&op, lock ? "lock" : "unlock");
	change_put_num(
	    op_add(&op, VERB_SET, KIND_DEBRIEF, host_debrief(w->host)->item.id), "locked", lock);
	return op;
}

static struct op
person_op(const char *name)
{
	struct op op;

	op_init(&op, "person");
	change_put_text(op_add(&op, VERB_ADD, KIND_PERSON, id_random()), "name", name);
	return op;
}

/* A newcomer at the locked door. */
static struct raw
knocker(struct world *w, const char *hello)
{
	struct raw r = raw_new(w);

	raw_say(&r, hello);
	RAW_UNTIL(&r, raw_has(&r, "\"want\":\"waits\""));
	return r;
}

static void
a_newcomer_knocks_and_is_let_in(void **state)
{
	struct world *w = *state;
	struct client *lead = world_join(w, "lena", NULL, NULL);
	struct raw scribe = raw_join(w, HELLO(",\"name\":\"ada\",\"role\":\"scribe\"")),
		   one = raw_join(w, HELLO(",\"name\":\"kit\"")), moss;

	done(lead, lock_op(w, true), NULL);
	moss = knocker(w, HELLO(",\"name\":\"moss\""));
	RAW_UNTIL(&scribe, raw_has(&scribe, "moss knocks: person add moss lets in"));
	assert_true(raw_last_has(&scribe, "notice", "\"name\":\"moss\",\"want\":\"knock\""));
	raw_settle(&one);
	assert_false(raw_has(&one, "knock"));
	/* It hears nothing but that it is waited for. */
	done(lead, event_op(1784038145, "among us"), NULL);
	raw_settle(&moss);
	assert_false(raw_has(&moss, "among us"));
	assert_false(raw_has(&moss, "welcome"));
	assert_false(raw_has(&moss, "presence"));
	done(lead, person_op("moss"), NULL);
	RAW_UNTIL(&moss, raw_has(&moss, READY));
	assert_true(raw_has(&moss, "among us"));
	client_free(lead);
	raw_end(&scribe);
	raw_end(&one);
	raw_end(&moss);
}

static void
unlocking_lets_all_in(void **state)
{
	struct world *w = *state;
	struct client *lead = world_join(w, "lena", NULL, NULL);
	struct raw a, b;

	done(lead, lock_op(w, true), NULL);
	a = knocker(w, HELLO(",\"name\":\"moss\""));
	b = knocker(w, HELLO(",\"name\":\"wall\",\"want\":\"projector\""));
	done(lead, lock_op(w, false), NULL);
	RAW_UNTIL(&a, raw_has(&a, READY));
	RAW_UNTIL(&b, raw_has(&b, READY));
	client_free(lead);
	raw_end(&a);
	raw_end(&b);
}

static void
who_was_here_or_is_known_does_not_knock(void **state)
{
	struct world *w = *state;
	struct client *lead = world_join(w, "lena", NULL, NULL);

	own_comes_in(w, HELLO(",\"name\":\"moss\""), READY);
	done(lead, person_op("ada"), NULL);
	done(lead, lock_op(w, true), NULL);
	own_comes_in(w, HELLO(",\"name\":\"moss\""), READY);
	own_comes_in(w, HELLO(",\"name\":\"ada\""), READY);
	own_comes_in(w, HELLO(""), READY);
	own_comes_in(w, HELLO(",\"name\":\"boss\",\"role\":\"facilitator\""), READY);
	client_free(lead);
}

static void
who_waits_at_the_door_can_do_nothing(void **state)
{
	struct world *w = *state;
	struct client *lead = world_join(w, "lena", NULL, NULL);
	struct raw moss, kit;

	done(lead, lock_op(w, true), NULL);
	moss = knocker(w, HELLO(",\"name\":\"moss\""));
	raw_say(&moss, "{\"type\":\"presence\",\"pane\":\"agenda\"}");
	raw_say(&moss, "{\"type\":\"op\",\"op\":{\"cid\":\"9m2xwt04hq7c\",\"command\":\"event\","
		       "\"changes\":[]}}");
	RAW_UNTIL(&moss, raw_over(&moss));
	kit = knocker(w, HELLO(",\"name\":\"kit\""));
	raw_say(&kit, "{\"type\":\"bye\"}");
	RAW_UNTIL(&kit, raw_over(&kit));
	assert_int_equal(w->host->n_gone, 0);
	client_free(lead);
	raw_end(&moss);
	raw_end(&kit);
}

static void
the_door_holds_so_many(void **state)
{
	struct world *w = *state;
	struct client *lead = world_join(w, "lena", NULL, NULL);
	struct raw r[KNOCKERS_MOST + 1];

	done(lead, lock_op(w, true), NULL);
	for (int i = 0; i < KNOCKERS_MOST; i++)
		r[i] = knocker(w, HELLO(",\"name\":\"moss\""));
	r[KNOCKERS_MOST] = raw_new(w);
	assert_false(gets_in(&r[KNOCKERS_MOST], HELLO(",\"name\":\"kit\"")));
	assert_true(raw_has(&r[KNOCKERS_MOST], "too many wait"));
	done(lead, event_op(1784038145, "nobody is disturbed"), NULL);
	client_free(lead);
	for (int i = 0; i <= KNOCKERS_MOST; i++)
		raw_end(&r[i]);
}

/* Who leads and comes while somebody stands there is told too. */
static void
a_lead_who_comes_later_is_told(void **state)
{
	struct world *w = *state;
	struct client *lead = world_join(w, "lena", NULL, NULL);
	struct raw moss, ada;

	done(lead, lock_op(w, true), NULL);
	client_free(lead);
	moss = knocker(w, HELLO(",\"name\":\"moss the second\""));
	ada = raw_join(w, HELLO(",\"name\":\"ada\",\"role\":\"scribe\""));
	RAW_UNTIL(&ada, raw_has(&ada, "person add \\\"moss the second\\\" lets in"));
	raw_end(&moss);
	raw_end(&ada);
}

static void
who_was_here_before_the_host_was_another_does_not_knock(void **state)
{
	struct world *w = *state;
	struct heard *heard = heard_new();
	struct client *lead = world_join(w, "lena", NULL, NULL),
		      *moss = world_join(w, "moss", NULL, heard);
	struct raw liar;

	done(lead, lock_op(w, true), NULL);
	UNTIL(w, client_debrief(moss)->locked);
	client_free(lead);
	world_unhost(w);
	world_host(w, NULL);
	w->host->clock_ms = raw_clock_ms;
	UNTIL(w, heard->ready == 2);
	liar = knocker(w, HELLO(",\"name\":\"kit\",\"since\":1,\"cid\":\"9m2xwt04hq7c\""));
	client_free(moss);
	raw_end(&liar);
	heard_fini(heard);
}

static void
two_minutes_pass(struct world *w)
{
	raw_clock_ms_now += 2 * 60 * 1000;
	offer_look(w->host);
}

static void
who_leads_is_gone(struct world *w, struct client *lead)
{
	client_free(lead);
	UNTIL(w, w->host->offer.since_ms != 0);
}

/* A change of that person's role, as `give` sends it. */
static struct op
give_op(struct world *w, const char *name, enum role_of role)
{
	const struct person *p = debrief_person(host_debrief(w->host), name);
	struct op op;
	struct change *c;

	op_init(&op, "give");
	c = op_add(&op, p != NULL ? VERB_SET : VERB_ADD, KIND_PERSON,
	    p != NULL ? p->item.id : id_random());
	if (p == NULL)
		change_put_text(c, "name", name);
	change_put_num(c, "role", role);
	return op;
}

static void
the_role_is_offered_after_two_minutes_to_one(void **state)
{
	struct world *w = *state;
	struct client *lead = world_join(w, "lena", NULL, NULL);
	struct raw moss = raw_join(w, HELLO(",\"name\":\"moss\"")), kit, eye;

	raw_clock_ms_now += 1000;
	kit = raw_join(w, HELLO(",\"name\":\"kit\""));
	eye = raw_join(w, HELLO(",\"name\":\"eye\",\"role\":\"observer\""));
	who_leads_is_gone(w, lead);
	raw_clock_ms_now += 2 * 60 * 1000 - 1;
	offer_look(w->host);
	assert_false(w->host->offer.made);
	raw_clock_ms_now++;
	offer_look(w->host);
	RAW_UNTIL(&moss, raw_has(&moss, "\"want\":\"offer\""));
	assert_true(raw_has(&moss, "lena has been away for 2 minutes: give facilitator moss"));
	assert_true(moss.peer->may_lead);
	assert_false(kit.peer->may_lead);
	raw_settle(&kit);
	raw_settle(&eye);
	assert_false(raw_has(&kit, "offer"));
	assert_false(raw_has(&eye, "offer"));
	/* Once. */
	two_minutes_pass(w);
	raw_settle(&moss);
	assert_int_equal(raw_count(&moss, "\"want\":\"offer\""), 1);
	raw_end(&moss);
	raw_end(&kit);
	raw_end(&eye);
}

static void
the_scribe_is_asked_first_and_the_next_when_that_one_goes(void **state)
{
	struct world *w = *state;
	struct client *lead = world_join(w, "lena", NULL, NULL);
	struct raw moss = raw_join(w, HELLO(",\"name\":\"moss\"")), ada;

	raw_clock_ms_now += 1000;
	ada = raw_join(w, HELLO(",\"name\":\"ada\",\"role\":\"scribe\""));
	who_leads_is_gone(w, lead);
	two_minutes_pass(w);
	RAW_UNTIL(&ada, raw_has(&ada, "\"want\":\"offer\""));
	assert_false(raw_has(&moss, "\"want\":\"offer\""));
	raw_end(&ada);
	RAW_UNTIL(&moss, raw_has(&moss, "\"want\":\"offer\""));
	raw_end(&moss);
}

static void
who_comes_back_in_time_takes_the_offer_with_it(void **state)
{
	struct world *w = *state;
	struct client *lead = world_join(w, "lena", NULL, NULL);
	struct raw moss = raw_join(w, HELLO(",\"name\":\"moss\""));

	who_leads_is_gone(w, lead);
	two_minutes_pass(w);
	assert_true(moss.peer->may_lead);
	lead = world_join(w, "lena", NULL, NULL);
	assert_false(moss.peer->may_lead);
	assert_int_equal(client_role(lead), PERSON_FACILITATOR);
	client_free(lead);
	raw_end(&moss);
}

static void
a_role_that_was_taken_is_given_back(void **state)
{
	struct world *w = *state;
	struct heard *heard = heard_new();
	struct client *lead = world_join(w, "lena", NULL, NULL),
		      *moss = world_join(w, "moss", NULL, heard);

	refused(moss, give_op(w, "moss", PERSON_FACILITATOR), ERR_REFUSED, "");
	who_leads_is_gone(w, lead);
	two_minutes_pass(w);
	UNTIL(w, w->host->offer.made);
	done(moss, give_op(w, "moss", PERSON_FACILITATOR), NULL);
	UNTIL(w, w->host->offer.stand_in != NULL);
	assert_int_equal(client_role(moss), PERSON_FACILITATOR);
	lead = world_join(w, "lena", NULL, NULL);
	assert_int_equal(client_role(lead), PERSON_FACILITATOR);
	UNTIL(w, client_role(moss) == PERSON_PARTICIPANT);
	UNTIL(w, heard_says(heard, "lena is back and leads again"));
	assert_null(w->host->offer.stand_in);
	/* What was given back may be given for good. */
	done(lead, give_op(w, "moss", PERSON_FACILITATOR), NULL);
	UNTIL(w, client_role(moss) == PERSON_FACILITATOR);
	client_free(lead);
	client_free(moss);
	heard_fini(heard);
}

static char *
hello_with(const char *name, const char *secret)
{
	return secret != NULL ? mem_fmt(HELLO(",\"name\":\"%s\",\"secret\":\"%s\""), name, secret)
			      : mem_fmt(HELLO(",\"name\":\"%s\""), name);
}

static void
is_gone(struct raw *r)
{
	size_t n = r->w->host->n_peers;

	raw_end(r);
	RAW_UNTIL(r, r->w->host->n_peers == n - 1);
}

static void
leaves_text(struct world *w, const char *name, const char *secret, const char *text)
{
	char *hello = hello_with(name, secret);
	char *keep = mem_fmt("{\"type\":\"keep\",\"text\":\"%s\"}", text);
	struct raw r = raw_join(w, hello);

	raw_say(&r, keep);
	raw_settle(&r);
	is_gone(&r);
	free(hello);
	free(keep);
}

static bool
is_given_back(struct world *w, const char *name, const char *secret, const char *text)
{
	char *hello = hello_with(name, secret);
	struct raw r = raw_join(w, hello);
	bool given;

	raw_settle(&r);
	given = raw_last_has(&r, "keep", text);
	is_gone(&r);
	free(hello);
	return given;
}

static struct op
open_op(void)
{
	struct op op;
	struct id id;

	assert_true(id_parse(HIDDEN, &id));
	op_init(&op, "column");
	change_put_num(op_add(&op, VERB_SET, KIND_COLUMN, id), "hidden", 0);
	return op;
}

static void
what_was_left_is_given_back_to_the_same_secret(void **state)
{
	struct world *w = *state;
	char *secret = secret_new(), *other = secret_new();

	leaves_text(w, "moss", secret, "half a li");
	raw_clock_ms_now += 180000;
	assert_true(is_given_back(w, "moss", secret, "half a li"));
	raw_clock_ms_now += 180000;
	assert_true(is_given_back(w, "moss", secret, "\"away_s\":180,"));
	assert_false(is_given_back(w, "moss", other, "half"));
	assert_false(is_given_back(w, "moss", NULL, "half"));
	leaves_text(w, "moss", secret, "");
	assert_false(is_given_back(w, "moss", secret, "half"));
	free(secret);
	free(other);
}

static void
without_a_secret_it_is_the_account_and_name_and_nothing_hidden(void **state)
{
	struct world *w = *state;
	struct client *lead;

	leaves_text(w, "moss", NULL, "written in hiding");
	assert_false(is_given_back(w, "moss", NULL, "hiding"));
	lead = world_join(w, "lena", NULL, NULL);
	done(lead, open_op(), NULL);
	client_free(lead);
	assert_false(is_given_back(w, "moss", NULL, "hiding"));
	leaves_text(w, "moss", NULL, "in the open");
	assert_true(is_given_back(w, "moss", NULL, "in the open"));
	assert_false(is_given_back(w, "kit", NULL, "in the open"));
}

static void
a_watcher_is_not_given_what_a_screen_left(void **state)
{
	struct world *w = *state;
	char *secret = secret_new();
	char *hello =
	    mem_fmt(HELLO(",\"name\":\"moss\",\"want\":\"watch\",\"secret\":\"%s\""), secret);
	struct raw r;

	leaves_text(w, "moss", secret, "half a li");
	r = raw_join(w, hello);
	raw_settle(&r);
	assert_false(raw_has(&r, "half a li"));
	raw_end(&r);
	free(hello);
	free(secret);
}

static void
what_is_kept_is_bounded(void **state)
{
	struct world *w = *state;
	struct raw r = raw_join(w, HELLO(",\"name\":\"moss\""));
	char name[32];

	for (int i = 0; i < 300; i++) {
		snprintf(name, sizeof name, "moss %d", i);
		free(r.peer->name);
		r.peer->name = mem_dup(name);
		kept_put(r.peer, "half a li");
	}
	assert_in_range(w->host->n_kept, 200, 256);
	raw_end(&r);
}

static void
a_host_alone_makes_way_for_a_newer_program(void **state)
{
	struct world *w = *state;
	struct raw r = raw_new(w);

	raw_say(&r, "{\"type\":\"hello\",\"version\":2}");
	RAW_UNTIL(&r, host_done(w->host));
	world_unhost(w);
	RAW_UNTIL(&r, raw_over(&r));
	assert_true(raw_has(&r, "\"type\":\"bye\""));
	assert_false(raw_has(&r, "\"kind\"")); /* come again */
	raw_end(&r);
}

static void
a_host_that_is_used_stays(void **state)
{
	struct world *w = *state;
	struct client *lead = world_join(w, "lena", NULL, NULL);

	is_kept_out(w, geteuid(), "{\"type\":\"hello\",\"version\":2}", "update the older one");
	is_kept_out(w, geteuid(), "{\"type\":\"hello\",\"version\":0}", "update the older one");
	assert_false(host_done(w->host));
	client_free(lead);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

static const struct CMUnitTest tests[] = {
	TEST(the_own_account_takes_names_and_roles),
	TEST(another_account_is_its_login),
	TEST(another_account_takes_no_role),
	TEST(another_account_has_the_role_its_name_holds),
	TEST(a_pin_says_who_it_is),
	TEST(a_pin_comes_once_and_first_and_from_the_own_account),
	TEST(a_pin_has_no_rights_of_the_account),
	TEST(a_bound_name_is_nobody_elses),
	TEST(the_accounts_own_name_stays_its_own),
	TEST(the_accounts_own_name_is_no_other_accounts),
	TEST(a_newcomer_knocks_and_is_let_in),
	TEST(unlocking_lets_all_in),
	TEST(who_was_here_or_is_known_does_not_knock),
	TEST(who_waits_at_the_door_can_do_nothing),
	TEST(the_door_holds_so_many),
	TEST(a_lead_who_comes_later_is_told),
	TEST(who_was_here_before_the_host_was_another_does_not_knock),
	TEST(the_role_is_offered_after_two_minutes_to_one),
	TEST(the_scribe_is_asked_first_and_the_next_when_that_one_goes),
	TEST(who_comes_back_in_time_takes_the_offer_with_it),
	TEST(a_role_that_was_taken_is_given_back),
	TEST(what_was_left_is_given_back_to_the_same_secret),
	TEST(without_a_secret_it_is_the_account_and_name_and_nothing_hidden),
	TEST(a_watcher_is_not_given_what_a_screen_left),
	TEST(what_is_kept_is_bounded),
	cmocka_unit_test_setup_teardown(
	    a_host_alone_makes_way_for_a_newer_program, begin_in_background, end),
	cmocka_unit_test_setup_teardown(a_host_that_is_used_stays, begin_in_background, end),
};

int
main(void)
{
	return cmocka_run_group_tests_name("naming", tests, NULL, NULL);
}
