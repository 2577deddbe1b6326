/* Presence: who is here and where, numbers instead of names while something is hidden, who dropped,
 * who left, and how often it is told. */
#include "tests/live/raw.h"

static int
begin(void **state)
{
	struct world *w = mem_zero(1, sizeof *w);

	world_begin(w);
	world_host(w, NULL);
	w->host->clock_ms = raw_clock_ms;
	*state = w;
	return 0;
}

static int
end(void **state)
{
	struct world *w = *state;

	world_end(w);
	free(w);
	return 0;
}

static struct op
hide_op(bool hidden)
{
	struct op op;
	struct id id;

	assert_true(id_parse(HIDDEN, &id));
	op_init(&op, "column");
	change_put_num(op_add(&op, VERB_SET, KIND_COLUMN, id), "hidden", hidden);
	return op;
}

static struct op
debrief_op(struct world *w, const char *command, const char *field, enum how how, const char *text)
{
	struct op op;
	struct value v = { 0 };

	op_init(&op, command);
	strs_add(&v.list, text);
	change_put(op_add(&op, VERB_SET, KIND_DEBRIEF, host_debrief(w->host)->item.id), field, v)
	    ->how = how;
	return op;
}

#define PRESENCE "presence"
#define LENA HELLO(",\"name\":\"lena\"")
#define MOSS HELLO(",\"name\":\"moss\"")

static void
where_everybody_is_and_types_is_told(void **state)
{
	struct world *w = *state;
	struct client *lead = world_join(w, "lena", NULL, NULL);
	struct raw moss;

	done(lead, hide_op(false), NULL);
	moss = raw_join(w, MOSS);
	client_presence(lead, "fishbone", "0d1mv2k7t9pq", true);
	RAW_UNTIL(&moss, raw_last_has(&moss, PRESENCE,
			     "{\"name\":\"lena\",\"role\":\"facilitator\",\"pane\":\"fishbone\","
			     "\"item\":\"0d1mv2k7t9pq\",\"typing\":true}"));
	assert_true(raw_last_has(&moss, PRESENCE, "\"counts\":{\"typing\":1}"));
	client_free(lead);
	raw_end(&moss);
}

static void
what_each_came_for_is_told(void **state)
{
	struct world *w = *state;
	struct raw lena = raw_join(w, LENA),
		   wall = raw_join(w, HELLO(",\"name\":\"wall\",\"want\":\"projector\"")),
		   eye = raw_join(w, HELLO(",\"name\":\"eye\",\"want\":\"watch\""));

	RAW_UNTIL(&lena, raw_last_has(&lena, PRESENCE,
			     "{\"name\":\"wall\",\"role\":\"observer\",\"want\":\"projector\"}"));
	RAW_UNTIL(&lena, raw_last_has(&lena, PRESENCE,
			     "{\"name\":\"eye\",\"role\":\"participant\",\"want\":\"watch\"}"));
	raw_end(&lena);
	raw_end(&wall);
	raw_end(&eye);
}

/* Nothing of it, and not even that something happened: no message comes. */
static void
while_something_is_hidden_typing_is_a_number_in_steps(void **state)
{
	struct world *w = *state;
	struct raw lena, moss;

	raw_clock_ms_now += 1000;
	lena = raw_join(w, LENA);
	moss = raw_join(w, MOSS);
	RAW_UNTIL(&lena, raw_last_has(&lena, PRESENCE, "moss"));
	RAW_UNTIL(&lena, w->host->here_timer == 0);
	raw_settle(&lena);
	raw_forget(&lena);
	raw_clock_ms_now += 4000;
	raw_say(&moss, "{\"type\":\"presence\",\"pane\":\"board\",\"item\":\"c0hdden00000\","
		       "\"typing\":true}");
	raw_settle(&moss);
	raw_settle(&lena);
	assert_int_equal(w->host->here_timer, 0);
	assert_int_equal(raw_count(&lena, PRESENCE), 0);
	/* The step is so long after the writing began, not after somebody typed. */
	assert_int_equal((w->host->step_ms - w->host->hush_ms) % 15000, 0);
	raw_clock_ms_now = w->host->step_ms - 1;
	counts_look(w->host);
	assert_int_equal(w->host->here_timer, 0);
	raw_clock_ms_now++;
	counts_look(w->host);
	RAW_UNTIL(&lena, raw_last_has(&lena, PRESENCE, "\"counts\":{\"typing\":1}"));
	assert_false(raw_has(&lena, "board"));
	assert_false(raw_has(&lena, "typing\":true"));
	assert_false(raw_has(&lena, HIDDEN));
	raw_end(&lena);
	raw_end(&moss);
}

static void
other_panes_are_told_while_something_is_hidden(void **state)
{
	struct world *w = *state;
	struct raw lena = raw_join(w, LENA), moss = raw_join(w, MOSS);

	raw_say(&moss, "{\"type\":\"presence\",\"pane\":\"fishbone\",\"item\":\"c0hdden00000\","
		       "\"typing\":true}");
	RAW_UNTIL(&lena, raw_last_has(&lena, PRESENCE,
			     "\"name\":\"moss\",\"role\":\"participant\",\"pane\":\"fishbone\","
			     "\"item\":\"c0hdden00000\"}"));
	raw_end(&lena);
	raw_end(&moss);
}

/* Where somebody is would tell what that one votes on. */
static void
what_anybody_looks_at_is_not_told_in_a_vote(void **state)
{
	struct world *w = *state;
	struct client *lead = world_join(w, "lena", NULL, NULL);
	struct raw moss;
	struct op op;

	done(lead, hide_op(false), NULL);
	moss = raw_join(w, MOSS);
	client_presence(lead, "fishbone", "0d1mv2k7t9pq", true);
	RAW_UNTIL(&moss, raw_last_has(&moss, PRESENCE, "0d1mv2k7t9pq"));
	op_init(&op, "votes");
	change_put_num(
	    op_add(&op, VERB_SET, KIND_DEBRIEF, host_debrief(w->host)->item.id), "votes_each", 3);
	done(lead, op, NULL);
	RAW_UNTIL(&moss, !raw_last_has(&moss, PRESENCE, "0d1mv2k7t9pq"));
	assert_true(raw_last_has(&moss, PRESENCE, "\"pane\":\"fishbone\"}"));
	client_free(lead);
	raw_end(&moss);
}

static void
what_is_written_is_a_number_in_steps_also_in_the_welcome(void **state)
{
	struct world *w = *state;
	struct client *lead = world_join(w, "lena", NULL, NULL);
	struct raw late, later;

	done(lead, card_op("heron's secret"), NULL);
	late = raw_join(w, MOSS);
	assert_false(raw_has(&late, "\"hidden\":1"));
	raw_clock_ms_now = w->host->step_ms;
	counts_look(w->host);
	later = raw_join(w, HELLO(",\"name\":\"kit\""));
	assert_true(raw_has(&later, "\"hidden\":1"));
	RAW_UNTIL(&late, raw_last_has(&late, PRESENCE, "\"counts\":{\"written\":1}"));
	client_free(lead);
	raw_end(&late);
	raw_end(&later);
}

static void
after_the_reveal_names_are_told_at_once(void **state)
{
	struct world *w = *state;
	struct client *lead = world_join(w, "lena", NULL, NULL);
	struct raw moss = raw_join(w, MOSS), kit = raw_join(w, HELLO(",\"name\":\"kit\""));

	raw_say(&moss, "{\"type\":\"presence\",\"pane\":\"board\",\"typing\":true}");
	raw_settle(&moss);
	done(lead, hide_op(false), NULL);
	RAW_UNTIL(&kit, raw_last_has(&kit, PRESENCE,
			    "\"name\":\"moss\",\"role\":\"participant\",\"pane\":\"board\","
			    "\"typing\":true"));
	client_free(lead);
	raw_end(&moss);
	raw_end(&kit);
}

static void
who_is_ready_is_told_by_name_only_in_the_open(void **state)
{
	struct world *w = *state;
	struct client *lead = world_join(w, "lena", NULL, NULL);
	struct raw moss;

	done(lead, hide_op(false), NULL);
	moss = raw_join(w, MOSS);
	done(lead, debrief_op(w, "ready", "ready", HOW_PLUS, "lena"), NULL);
	RAW_UNTIL(&moss, raw_last_has(&moss, PRESENCE, "\"counts\":{\"ready\":1}"));
	assert_true(raw_last_has(&moss, PRESENCE, "\"role\":\"facilitator\",\"ready\":true"));
	done(lead, hide_op(true), NULL);
	RAW_UNTIL(&moss, !raw_last_has(&moss, PRESENCE, "\"ready\":true"));
	assert_true(raw_last_has(&moss, PRESENCE, "\"counts\":{\"ready\":1}"));
	client_free(lead);
	raw_end(&moss);
}

#define OP "{\"type\":\"op\""

/* Whoever is told what happens is seen by the others. */
static void
nobody_listens_unseen(void **state)
{
	struct world *w = *state;
	struct client *lead = world_join(w, "lena", NULL, NULL);
	struct raw reader = raw_join(w, HELLO(",\"name\":\"kim\",\"want\":\"read\"")),
		   moss = raw_join(w, MOSS);

	raw_say(&moss, OP ",\"op\":{\"cid\":\"4hq7c2m9x1bz\",\"do\":\"leave\",\"changes\":[]}}");
	RAW_UNTIL(&moss, raw_has(&moss, "\"type\":\"ack\""));
	raw_settle(&reader);
	raw_forget(&moss);
	raw_forget(&reader);
	done(lead, event_op(1485818900, "said to those who are here"), NULL);
	raw_settle(&moss);
	raw_settle(&reader);
	assert_int_equal(raw_count(&moss, OP) + raw_count(&reader, OP), 0);
	raw_say(&moss, OP ",\"op\":{\"cid\":\"4hq7c2m9x1b0\",\"do\":\"question\",\"changes\":[{"
			  "\"add\":\"question\",\"id\":\"4hq7c2m9x1b0\",\"fields\":{\"text\":"
			  "\"who?\"}}]}}");
	RAW_UNTIL(&moss, raw_has(&moss, "you have left"));
	client_free(lead);
	raw_end(&moss);
	raw_end(&reader);
}

/* A batch that is taken as it is would skip whose card it is, and the name that it may not have. */
static void
nobody_says_what_the_host_says(void **state)
{
	static const char *const commands[] = { "merge", "git", "new", "snapshot", "hidden" };
	struct world *w = *state;
	struct raw moss = raw_join(w, MOSS);

	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		char *line = mem_fmt(OP
		    ",\"op\":{\"cid\":\"4hq7c2m9x1b%zu\",\"do\":\"%s\",\"changes\":[{\"add\":"
		    "\"question\",\"id\":\"4hq7c2m9x1b%zu\",\"fields\":{\"text\":\"x\"}}]}}",
		    i, commands[i], i);
		raw_forget(&moss);
		raw_say(&moss, line);
		RAW_UNTIL(&moss, raw_has(&moss, "not a command for a session"));
		free(line);
	}
	assert_int_equal(DEBRIEF_N(host_debrief(w->host), QUESTION), 0);
	raw_end(&moss);
}

static void
seats_are_listed_as_such(void **state)
{
	struct world *w = *state;
	struct client *lead = world_join(w, "lena", NULL, NULL);
	struct raw moss = raw_join(w, MOSS);

	done(lead, debrief_op(w, "seat", "seats", HOW_PLUS, "ada"), NULL);
	client_presence(lead, "agenda", NULL, false);
	RAW_UNTIL(&moss, raw_last_has(&moss, PRESENCE,
			     "{\"name\":\"ada\",\"role\":\"participant\",\"want\":\"seat\"}"));
	client_free(lead);
	raw_end(&moss);
}

static void
a_role_that_is_given_is_told(void **state)
{
	struct world *w = *state;
	struct client *lead = world_join(w, "lena", NULL, NULL);
	struct raw moss = raw_join(w, MOSS);
	struct op op;
	struct change *c;

	op_init(&op, "person");
	c = op_add(&op, VERB_ADD, KIND_PERSON, id_random());
	change_put_text(c, "name", "moss");
	change_put_num(c, "role", PERSON_SCRIBE);
	done(lead, op, NULL);
	RAW_UNTIL(&moss, raw_last_has(&moss, PRESENCE, "{\"name\":\"moss\",\"role\":\"scribe\"}"));
	client_free(lead);
	raw_end(&moss);
}

/* Whoever has a long name, or there are many: a line stays a line. */
static void
more_than_a_line_holds_is_not_told(void **state)
{
	struct world *w = *state;
	struct raw lena = raw_join(w, LENA), moss = raw_join(w, MOSS);
	char *pane = mem_zero(1, 200001), *line;

	memset(pane, 'p', 200000);
	line = mem_fmt("{\"type\":\"presence\",\"pane\":\"%.100s\"}", pane);
	raw_say(&moss, line);
	raw_settle(&moss);
	assert_null(moss.peer->pane);
	/* However a name of that size came to be here. */
	free(moss.peer->name);
	moss.peer->name = mem_dup(pane);
	free(lena.peer->pane);
	lena.peer->pane = mem_dup(pane);
	raw_forget(&lena);
	here_changed(w->host);
	RAW_UNTIL(&lena, raw_has(&lena, "\"counts\":"));
	assert_true(raw_has(&lena, "lena"));
	assert_in_range(lena.got.len, 200000, WIRE_LINE_MAX + 1);
	free(line);
	free(pane);
	raw_end(&lena);
	raw_end(&moss);
}

static void
who_drops_is_away_and_who_leaves_is_not(void **state)
{
	struct world *w = *state;
	struct raw lena = raw_join(w, LENA), moss = raw_join(w, MOSS),
		   kit = raw_join(w, HELLO(",\"name\":\"kit\""));

	RAW_UNTIL(&lena, raw_last_has(&lena, PRESENCE, "kit"));
	raw_say(&kit, "{\"type\":\"bye\"}");
	raw_end(&moss);
	RAW_UNTIL(&lena, raw_last_has(&lena, PRESENCE,
			     "\"name\":\"moss\",\"role\":\"participant\","
			     "\"away_s\":1}"));
	RAW_UNTIL(&lena, !raw_last_has(&lena, PRESENCE, "kit"));
	raw_clock_ms_now += 40000;
	here_changed(w->host);
	RAW_UNTIL(&lena, raw_last_has(&lena, PRESENCE, "\"away_s\":41}"));
	moss = raw_join(w, MOSS);
	RAW_UNTIL(&lena, !raw_last_has(&lena, PRESENCE, "away_s"));
	raw_end(&kit);
	raw_end(&moss);
	raw_end(&lena);
}

static void
who_is_away_long_is_forgotten(void **state)
{
	struct world *w = *state;
	struct raw lena = raw_join(w, LENA), moss = raw_join(w, MOSS);

	raw_end(&moss);
	RAW_UNTIL(&lena, raw_last_has(&lena, PRESENCE, "away_s"));
	raw_clock_ms_now += 6 * 60 * 1000;
	here_changed(w->host);
	RAW_UNTIL(&lena, !raw_last_has(&lena, PRESENCE, "moss"));
	raw_end(&lena);
}

static void
a_second_screen_of_one_who_is_here_may_close(void **state)
{
	struct world *w = *state;
	struct raw lena = raw_join(w, LENA), moss = raw_join(w, MOSS), second = raw_join(w, MOSS);

	raw_end(&second);
	RAW_UNTIL(&lena, w->host->n_peers == 2);
	RAW_UNTIL(&lena, raw_last_has(&lena, PRESENCE, "moss"));
	assert_int_equal(w->host->n_gone, 0);
	raw_end(&moss);
	raw_end(&lena);
}

/* However much one says, the others are told five times a second; and they get the last of it. */
static void
a_flood_of_moves_is_merged(void **state)
{
	struct world *w = *state;
	struct client *lead = world_join(w, "lena", NULL, NULL);
	struct raw kit, moss;
	int64_t began = clock_mono_ms();
	size_t most;

	done(lead, hide_op(false), NULL);
	w->host->clock_ms = NULL;
	kit = raw_join(w, HELLO(",\"name\":\"kit\""));
	moss = raw_join(w, MOSS);
	for (int i = 0; i < 400; i++) {
		raw_say(&moss, i % 2 == 0 ? "{\"type\":\"presence\",\"pane\":\"agenda\"}"
					  : "{\"type\":\"presence\",\"pane\":\"fishbone\"}");
		loop_once(w->loop, 0);
	}
	raw_say(&moss, "{\"type\":\"presence\",\"pane\":\"timeline\"}");
	RAW_UNTIL(&kit, raw_last_has(&kit, PRESENCE, "timeline"));
	most = (size_t)(clock_mono_ms() - began) / 200 + 3;
	assert_in_range(raw_count(&kit, "\"type\":\"presence\""), 1, most);
	client_free(lead);
	raw_end(&kit);
	raw_end(&moss);
}

/* One who says too much at once waits for its turn; nothing of it is lost. */
static void
a_flood_of_pings_lets_others_speak(void **state)
{
	struct world *w = *state;
	struct client *lead = world_join(w, "lena", NULL, NULL);
	struct raw moss = raw_join(w, MOSS);
	struct buf many = { 0 };
	int rounds = 0;

	for (int i = 1; i <= 2000; i++)
		buf_addf(&many, "{\"type\":\"ping\",\"seq\":%d}\n", i);
	assert_int_equal(send(moss.fd, many.data, many.len, MSG_NOSIGNAL), many.len);
	while (!raw_has(&moss, "\"seq\":2000}") && rounds++ < 1000) {
		size_t before = raw_count(&moss, "pong");
		loop_once(w->loop, 5);
		assert_in_range(raw_count(&moss, "pong") - before, 0, 2 * ROUND_OPS);
	}
	assert_int_equal(raw_count(&moss, "pong"), 2000);
	done(lead, event_op(1784038145, "heard"), NULL);
	buf_fini(&many);
	client_free(lead);
	raw_end(&moss);
}

/* What a participant costs the host when nothing is under way. */
static void
a_quiet_peer_holds_no_buffers(void **state)
{
	struct world *w = *state;
	struct client *lead = world_join(w, "lena", NULL, NULL);
	struct raw moss = raw_join(w, MOSS), late;
	struct buf line = { 0 };

	buf_adds(&line, "{\"type\":\"keep\",\"text\":\"");
	for (int i = 0; i < 100000; i++)
		buf_addc(&line, 'x');
	buf_adds(&line, "\"}");
	raw_say(&moss, line.data);
	for (int i = 0; i < 200; i++)
		done(lead, event_op(1784038145 + i, "many a change that goes to everybody"), NULL);
	raw_settle(&moss);
	RAW_UNTIL(&moss, raw_count(&moss, "many a change") == 200);
	late = raw_join(w, HELLO(",\"name\":\"kit\""));
	raw_settle(&late);
	RAW_UNTIL(&moss, w->host->here_timer == 0 && w->host->round_timer == 0);
	assert_in_range(late.peer->s.out.cap, 0, 16384);
	raw_end(&late);
	assert_in_range(moss.peer->s.in.bytes.cap, 0, 16384);
	assert_in_range(moss.peer->s.out.cap, 0, 16384);
	assert_int_equal(w->host->n_kept, 0); /* too long to be kept */
	buf_fini(&line);
	client_free(lead);
	raw_end(&moss);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_setup_teardown(where_everybody_is_and_types_is_told, begin, end),
	cmocka_unit_test_setup_teardown(what_each_came_for_is_told, begin, end),
	cmocka_unit_test_setup_teardown(
	    while_something_is_hidden_typing_is_a_number_in_steps, begin, end),
	cmocka_unit_test_setup_teardown(other_panes_are_told_while_something_is_hidden, begin, end),
	cmocka_unit_test_setup_teardown(what_anybody_looks_at_is_not_told_in_a_vote, begin, end),
	cmocka_unit_test_setup_teardown(
	    what_is_written_is_a_number_in_steps_also_in_the_welcome, begin, end),
	cmocka_unit_test_setup_teardown(after_the_reveal_names_are_told_at_once, begin, end),
	cmocka_unit_test_setup_teardown(who_is_ready_is_told_by_name_only_in_the_open, begin, end),
	cmocka_unit_test_setup_teardown(nobody_listens_unseen, begin, end),
	cmocka_unit_test_setup_teardown(nobody_says_what_the_host_says, begin, end),
	cmocka_unit_test_setup_teardown(seats_are_listed_as_such, begin, end),
	cmocka_unit_test_setup_teardown(a_role_that_is_given_is_told, begin, end),
	cmocka_unit_test_setup_teardown(more_than_a_line_holds_is_not_told, begin, end),
	cmocka_unit_test_setup_teardown(who_drops_is_away_and_who_leaves_is_not, begin, end),
	cmocka_unit_test_setup_teardown(who_is_away_long_is_forgotten, begin, end),
	cmocka_unit_test_setup_teardown(a_second_screen_of_one_who_is_here_may_close, begin, end),
	cmocka_unit_test_setup_teardown(a_flood_of_moves_is_merged, begin, end),
	cmocka_unit_test_setup_teardown(a_flood_of_pings_lets_others_speak, begin, end),
	cmocka_unit_test_setup_teardown(a_quiet_peer_holds_no_buffers, begin, end),
};

int
main(void)
{
	return cmocka_run_group_tests_name("here", tests, NULL, NULL);
}
