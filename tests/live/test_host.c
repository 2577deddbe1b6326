/* A host and its clients in one process: joining, order, repeats, undo, roles, secrets, bad peers.
 */
#include "tests/live/world.h"

#include <errno.h>

#include "live/client_internal.h"
#include "live/host_internal.h"

static int
begin(void **state)
{
	struct world *w = mem_zero(1, sizeof *w);

	world_begin(w);
	world_host(w, NULL);
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

static void
joining_gives_the_whole_debrief(void **state)
{
	struct world *w = *state;
	struct client *c = world_join(w, "lena", NULL, NULL);

	assert_true(debrief_equal(client_debrief(c), host_debrief(w->host)));
	assert_string_equal(client_name(c), "lena");
	assert_int_equal(client_role(c), PERSON_FACILITATOR);
	client_free(c);
}

static void
a_change_is_acknowledged_and_seen_by_all(void **state)
{
	struct world *w = *state;
	struct heard *h = heard_new();
	struct client *a = world_join(w, "lena", NULL, NULL), *b = world_join(w, "moss", NULL, h);
	struct op op = event_op(1784038145, "p99 page");
	struct id item = op.v[0].id;
	char *text;

	done(a, op, &text);
	assert_string_equal(text, item.s);
	free(text);
	assert_int_equal(client_unsafe(a), 0);
	UNTIL(w, h->changed == 1);
	assert_true(debrief_equal(client_debrief(b), host_debrief(w->host)));
	assert_true(debrief_equal(client_debrief(a), host_debrief(w->host)));
	assert_int_equal(client_last_event_ns(a), INT64_C(1784038145) * NS_PER_S);
	assert_true(client_last_event_ns(b) == TIME_NONE);
	client_free(a);
	client_free(b);
	heard_fini(h);
}

static void
three_clients_see_one_order(void **state)
{
	struct world *w = *state;
	struct heard *h[3];
	struct client *c[3];
	static const char *const names[] = { "lena", "moss", "ada" };

	for (int i = 0; i < 3; i++) {
		h[i] = heard_new();
		c[i] = world_join(w, names[i], NULL, h[i]);
	}
	for (int n = 0; n < 40; n++)
		for (int i = 0; i < 3; i++) {
			struct op op = event_op(1784038145 + n, names[i]);
			client_send(c[i], &op);
		}
	UNTIL(w, h[0]->changed == 120 && h[1]->changed == 120 && h[2]->changed == 120);
	for (int i = 1; i < 3; i++) {
		for (int n = 0; n < 120; n++)
			assert_true(id_equal(h[0]->changed_ids[n], h[i]->changed_ids[n]));
		assert_true(debrief_equal(client_debrief(c[0]), client_debrief(c[i])));
	}
	assert_int_equal(DEBRIEF_N(host_debrief(w->host), EVENT), 120);
	for (int i = 0; i < 3; i++) {
		client_free(c[i]);
		heard_fini(h[i]);
	}
}

/* One op of `c` with this cid. */
static void
send_with_cid(struct world *w, struct client *c, struct id cid, const char *expect)
{
	struct op op = event_op(1784038145, "once");
	char *text;

	(void)w;
	op.cid = cid;
	done(c, op, &text);
	assert_string_equal(text, expect);
	free(text);
}

static void
a_repeat_is_answered_again_and_not_done_again(void **state)
{
	struct world *w = *state;
	struct client *c = world_join(w, "lena", NULL, NULL);
	struct op op = event_op(1784038145, "once");
	struct id cid = id_random(), item = op.v[0].id;
	char *text;

	op.cid = cid;
	done(c, op, &text);
	free(text);
	send_with_cid(w, c, cid, item.s);
	assert_int_equal(DEBRIEF_N(host_debrief(w->host), EVENT), 1);
	client_free(c);
	/* The same after the host was another process, from the journal. */
	world_unhost(w);
	world_host(w, NULL);
	c = world_join(w, "lena", NULL, NULL);
	send_with_cid(w, c, cid, item.s);
	assert_int_equal(DEBRIEF_N(host_debrief(w->host), EVENT), 1);
	client_free(c);
}

static void
two_repeats_in_one_round_are_one(void **state)
{
	struct world *w = *state;
	struct heard *h = heard_new();
	struct client *c = world_join(w, "lena", NULL, h);
	struct op a = event_op(1784038145, "once"), b;

	a.cid = id_random();
	op_copy(&b, &a);
	client_send(c, &a);
	client_send(c, &b);
	UNTIL(w, client_unsafe(c) == 0);
	assert_int_equal(h->changed, 1);
	client_free(c);
	heard_fini(h);
}

static void
ops_of_one_round_build_on_each_other(void **state)
{
	struct world *w = *state;
	struct client *c = world_join(w, "lena", NULL, NULL);
	struct op first = cause_op("a"), op;
	struct id up = first.v[0].id;

	client_send(c, &first);
	for (int i = 0; i < 30; i++) {
		op = cause_op("deeper");
		change_put_text(&op.v[0], "parent", up.s);
		up = op.v[0].id;
		client_send(c, &op);
	}
	UNTIL(w, client_unsafe(c) == 0);
	assert_int_equal(DEBRIEF_N(host_debrief(w->host), CAUSE), 31);
	assert_true(debrief_equal(client_debrief(c), host_debrief(w->host)));
	client_free(c);
}

static void
undo_is_by_name_and_survives_the_host(void **state)
{
	struct world *w = *state;
	struct client *a = world_join(w, "lena", NULL, NULL),
		      *b = world_join(w, "moss", NULL, NULL);

	done(a, event_op(1784038145, "hers"), NULL);
	done(b, event_op(1784038146, "his"), NULL);
	client_free(a);
	client_free(b);
	world_unhost(w);
	world_host(w, NULL);
	a = world_join(w, "lena", NULL, NULL);
	done(a, bare_op("undo", NULL), NULL);
	assert_int_equal(DEBRIEF_N(host_debrief(w->host), EVENT), 1);
	assert_string_equal(DEBRIEF_AT(host_debrief(w->host), EVENT, event, 0)->text, "his");
	refused(a, bare_op("undo", NULL), ERR_REFUSED, "nothing of yours to undo");
	done(a, bare_op("redo", NULL), NULL);
	assert_int_equal(DEBRIEF_N(host_debrief(w->host), EVENT), 2);
	client_free(a);
}

static void
undo_under_anothers_change_is_refused_with_both_texts(void **state)
{
	struct world *w = *state;
	struct client *a = world_join(w, "lena", NULL, NULL),
		      *b = world_join(w, "moss", NULL, NULL);
	struct op op = event_op(1784038145, "first words");
	struct id item = op.v[0].id;

	done(a, op, NULL);
	done(a, set_op("event", KIND_EVENT, item, "text", "second words"), NULL);
	done(b, set_op("event", KIND_EVENT, item, "text", "third words"), NULL);
	refused(a, bare_op("undo", NULL), ERR_REFUSED, "third words");
	refused(a, bare_op("undo", NULL), ERR_REFUSED, "first words");
	assert_string_equal(
	    DEBRIEF_AT(host_debrief(w->host), EVENT, event, 0)->text, "third words");
	client_free(a);
	client_free(b);
}

static void
roles_come_from_the_hello_the_people_or_the_one_who_opened(void **state)
{
	struct world *w = *state;
	struct client *lena = world_join(w, "lena", NULL, NULL),
		      *moss = world_join(w, "moss", NULL, NULL);
	struct client *ada = world_join(w, "ada", "observer", NULL),
		      *none = world_join(w, NULL, NULL, NULL);
	struct op op;

	assert_int_equal(client_role(lena), PERSON_FACILITATOR);
	assert_int_equal(client_role(moss), PERSON_PARTICIPANT);
	assert_int_equal(client_role(ada), PERSON_OBSERVER);
	assert_string_equal(client_name(none), "lena");
	refused(ada, event_op(1784038145, "x"), ERR_REFUSED, "observer");
	refused(moss, bare_op("save", NULL), ERR_REFUSED, "facilitator");
	op_init(&op, "person");
	change_put_text(op_add(&op, VERB_ADD, KIND_PERSON, id_random()), "name", "moss");
	change_put_num(&op.v[0], "role", PERSON_SCRIBE);
	done(lena, op, NULL);
	UNTIL(w, client_role(moss) == PERSON_SCRIBE);
	done(moss, bare_op("save", NULL), NULL);
	client_free(lena);
	client_free(moss);
	client_free(ada);
	client_free(none);
}

/* Begun under the login; then git is told the name. */
static void
who_opened_it_leads_it_under_a_new_name(void **state)
{
	struct world *w = *state;
	struct client *c;

	world_config("");
	c = world_join(w, NULL, NULL, NULL);
	assert_int_equal(client_role(c), PERSON_FACILITATOR);
	done(c, event_op(1784038145, "x"), NULL);
	client_free(c);
	world_config("[user]\n\tname = lena lee\n\temail = l@example.org\n");
	c = world_join(w, "lena lee", NULL, NULL);
	assert_int_equal(client_role(c), PERSON_FACILITATOR);
	done(c, bare_op("save", NULL), NULL);
	client_free(c);
	c = world_join(w, "moss", NULL, NULL);
	assert_int_equal(client_role(c), PERSON_PARTICIPANT);
	client_free(c);
}

static void
a_hidden_card_goes_to_its_author_alone(void **state)
{
	struct world *w = *state;
	struct heard *h = heard_new(), *late = heard_new();
	struct client *a = world_join_secret(w, "lena", "00000000000000000000000000"),
		      *b = world_join(w, "moss", NULL, h), *c;
	struct op op = card_op("zebra stripes"), reveal;
	struct id card = op.v[0].id, column;

	assert_true(id_parse(HIDDEN, &column));
	done(a, event_op(1784038145, "seen by all"), NULL);
	done(a, op, NULL);
	done(a, set_op("card", KIND_CARD, card, "text", "zebra crossing"), NULL);
	done(b, event_op(1784038146, "after it"), NULL);
	c = world_join(w, "ada", NULL, late);
	assert_non_null(debrief_find(client_debrief(a), KIND_CARD, card));
	assert_null(debrief_find(client_debrief(b), KIND_CARD, card));
	assert_null(debrief_find(client_debrief(c), KIND_CARD, card));
	assert_null(strstr(h->raw.data, "zebra"));
	assert_null(strstr(late->raw.data, "zebra"));
	assert_null(strstr(h->raw.data, card.s));
	assert_int_equal(DEBRIEF_N(client_debrief(b), EVENT), 2);
	/* When the curtain goes everybody has it. */
	op_init(&reveal, "reveal");
	change_put_num(op_add(&reveal, VERB_SET, KIND_COLUMN, column), "hidden", 0);
	done(a, reveal, NULL);
	UNTIL(w, debrief_find(client_debrief(b), KIND_CARD, card) != NULL);
	assert_true(debrief_equal(client_debrief(b), client_debrief(a)));
	client_free(a);
	client_free(b);
	client_free(c);
	heard_fini(h);
	heard_fini(late);
}

static void
a_removed_hidden_card_never_shows(void **state)
{
	struct world *w = *state;
	struct heard *h = heard_new();
	struct client *a = world_join_secret(w, "lena", "00000000000000000000000000"),
		      *b = world_join(w, "moss", NULL, h);
	struct op op = card_op("zebra stripes"), gone;
	struct id card = op.v[0].id;

	done(a, op, NULL);
	op_init(&gone, "card");
	op_add(&gone, VERB_REMOVE, KIND_CARD, card);
	done(a, gone, NULL);
	done(a, bare_op("undo", NULL), NULL);
	done(a, event_op(1784038145, "seen by all"), NULL);
	UNTIL(w, DEBRIEF_N(client_debrief(b), EVENT) == 1);
	assert_null(strstr(h->raw.data, "zebra"));
	assert_null(strstr(h->raw.data, card.s));
	client_free(a);
	client_free(b);
	heard_fini(h);
}

static void
joining_in_the_middle_of_changes_misses_none(void **state)
{
	struct world *w = *state;
	struct client *a = world_join(w, "lena", NULL, NULL), *late[5];
	struct err e = { 0 };

	for (int i = 0; i < 300; i++) {
		struct op op = event_op(
		    1784038145 + i, "a longer text, so that joining takes more than one line");
		client_send(a, &op);
		if (i % 60 == 59) {
			struct client_options o = {
				.name = "late", .want = "join", .fd = place_connect(&w->place, &e)
			};
			late[i / 60] = client_new(
			    w->loop, &w->place, &o, &(struct client_calls){ 0 }, NULL, &e);
			assert_non_null(late[i / 60]);
		}
		loop_once(w->loop, 0);
	}
	UNTIL(w, client_unsafe(a) == 0);
	for (int i = 0; i < 5; i++) {
		UNTIL(w, client_state(late[i]) == CLIENT_READY &&
			     DEBRIEF_N(client_debrief(late[i]), EVENT) == 300);
		assert_true(debrief_equal(client_debrief(late[i]), host_debrief(w->host)));
		client_free(late[i]);
	}
	client_free(a);
}

static void
nothing_is_hidden(struct client *lead)
{
	struct op op;
	struct id id;

	assert_true(id_parse(HIDDEN, &id));
	op_init(&op, "column");
	change_put_num(op_add(&op, VERB_SET, KIND_COLUMN, id), "hidden", 0);
	done(lead, op, NULL);
}

static void
who_is_here_is_told(void **state)
{
	struct world *w = *state;
	struct client *a = world_join(w, "lena", NULL, NULL),
		      *b = world_join(w, "moss", NULL, NULL);
	const struct here *here;
	size_t n = 0;
	struct stat st;
	char *journal = history_journal_file(w->repo, w->place.id);

	nothing_is_hidden(a);
	world_reveal(a);
	client_presence(b, "fishbone", "item", true);
	UNTIL(w, (here = client_here(a, &n)) != NULL && n == 2 && here[1].typing);
	assert_string_equal(here[1].name, "moss");
	assert_string_equal(here[1].pane, "fishbone");
	assert_string_equal(here[0].role, "facilitator");
	client_free(b);
	UNTIL(w, (here = client_here(a, &n)) != NULL && n == 1);
	assert_int_equal(stat(journal, &st), 0);
	free(journal);
	client_free(a);
}

static int
raw_connection(struct world *w)
{
	struct err e = { 0 };
	int fd = place_connect(&w->place, &e);

	assert_true(fd >= 0);
	return fd;
}

/* All that comes until the other end closes. */
static char *
read_out(struct world *w, int fd)
{
	struct buf b = { 0 };
	int64_t until = clock_mono_ms() + 10000;

	while (clock_mono_ms() < until) {
		char part[4096];
		ssize_t n = recv(fd, part, sizeof part, MSG_DONTWAIT);
		if (n == 0 || (n < 0 && errno != EAGAIN))
			break;
		if (n > 0)
			buf_add(&b, part, (size_t)n);
		else
			loop_once(w->loop, 10);
	}
	close(fd);
	return buf_take(&b);
}

static void
rubbish_is_answered_once_and_closed(void **state)
{
	static const char *const rubbish[] = { "GET / HTTP/1.0\r\n\r\n", "{}\n",
		"{\"type\":\"hello\"}\n",
		"{\"type\":\"op\",\"op\":{\"do\":\"event\",\"changes\":[]}}\n", "\n", "[[[[[[[[\n",
		"{\"type\":\"hello\",\"version\":1,\"name\":\"\"}\n",
		"{\"type\":\"hello\",\"version\":99,\"name\":\"x\"}\n",
		"{\"type\":\"hello\",\"version\":1,\"name\":\"git\"}\n",
		"{\"type\":\"hello\",\"version\":1,\"name\":\"x\",\"role\":\"king\"}\n",
		"{\"type\":\"hello\",\"version\":1,\"name\":\"x\",\"want\":\"cake\"}\n" };
	struct world *w = *state;

	for (size_t i = 0; i < sizeof rubbish / sizeof *rubbish; i++) {
		int fd = raw_connection(w);
		char *said;
		assert_int_equal(
		    write(fd, rubbish[i], strlen(rubbish[i])), (ssize_t)strlen(rubbish[i]));
		said = read_out(w, fd);
		if (strncmp(said, "{\"type\":\"bye\",\"kind\":", 21) != 0 ||
		    strchr(said, '\n') != said + strlen(said) - 1)
			fail_msg("%s -> %s", rubbish[i], said);
		free(said);
	}
	assert_int_equal(host_peers(w->host), 0);
}

static void
a_line_without_end_is_cut_off(void **state)
{
	struct world *w = *state;
	int fd = raw_connection(w);
	char *much = mem_alloc(1 << 20), *said;
	ssize_t n = 1;

	memset(much, 'x', 1 << 20);
	for (int i = 0; i < 50 && n > 0; i++) {
		n = send(fd, much, 1 << 20, MSG_DONTWAIT | MSG_NOSIGNAL);
		loop_once(w->loop, 0);
		if (n < 0 && errno == EAGAIN)
			n = 1;
	}
	assert_true(n < 0);
	said = read_out(w, fd);
	assert_non_null(strstr(said, "too long"));
	free(said);
	free(much);
}

static void
strangers_are_limited(void **state)
{
	struct world *w = *state;
	int fd[100];
	struct client *c;
	char part[400];
	int closed = 0;

	for (int i = 0; i < 100; i++)
		fd[i] = raw_connection(w);
	c = world_join(w, "lena", NULL, NULL);
	for (int i = 0; i < 100; i++) {
		closed += recv(fd[i], part, sizeof part, MSG_DONTWAIT) > 0;
		close(fd[i]);
	}
	assert_true(closed >= 36 && closed <= 37); /* the oldest; lena counted while she was one */
	done(c, event_op(1784038145, "still served"), NULL);
	client_free(c);
}

/* Says hello and reads nothing after. */
static int
slow_reader(struct world *w)
{
	static const char hello[] = "{\"type\":\"hello\",\"version\":1,\"name\":\"slow\"}\n";
	int fd = raw_connection(w);
	int size = 4096;

	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
	assert_int_equal(write(fd, hello, sizeof hello - 1), (ssize_t)sizeof hello - 1);
	return fd;
}

static void
a_slow_reader_is_dropped_and_goes_on_where_it_was(void **state)
{
	struct world *w = *state;
	struct client *a = world_join(w, "lena", NULL, NULL);
	int fd = (world_reveal(a), slow_reader(w));
	char *text = mem_alloc(15001), *said, *line, *last = NULL;
	struct message m, hello;
	struct buf out = { 0 };
	struct err e = { 0 };
	size_t got = 0;

	memset(text, 'x', 15000);
	text[15000] = '\0';
	UNTIL(w, host_peers(w->host) == 2);
	for (int i = 0; i < 400 && host_peers(w->host) == 2; i++)
		done(a, event_op(1784038145 + i, text), NULL);
	assert_int_equal(host_peers(w->host), 1);
	said = read_out(w, fd);
	for (line = strtok(said, "\n"); line != NULL; line = strtok(NULL, "\n"))
		if (strstr(line, "\"seq\"") != NULL && strstr(line, "\"type\":\"op\"") != NULL &&
		    line[strlen(line) - 1] == '}')
			last = line;
	assert_non_null(last);
	OKAY(e, message_decode(last, strlen(last), &m, &e));
	assert_true(m.op.seq > 5);

	message_init(&hello, MSG_HELLO);
	hello.version = WIRE_VERSION;
	hello.name = mem_dup("slow");
	hello.want = mem_dup("read");
	hello.has_since = true;
	hello.seq = m.op.seq;
	hello.cid = m.op.cid;
	message_encode(&hello, &out);
	message_fini(&hello);
	fd = raw_connection(w);
	assert_int_equal(write(fd, out.data, out.len), (ssize_t)out.len);
	buf_fini(&out);
	while (out.data == NULL || strstr(out.data, "\"type\":\"ready\"") == NULL) {
		char part[65536];
		ssize_t n = recv(fd, part, sizeof part, MSG_DONTWAIT);
		assert_true(n != 0);
		if (n > 0)
			buf_add(&out, part, (size_t)n);
		else
			loop_once(w->loop, 10);
	}
	assert_non_null(strstr(out.data, "\"since\""));
	for (line = out.data; (line = strstr(line, "\"type\":\"op\"")) != NULL; line++)
		got++;
	assert_int_equal(
	    m.op.seq + got, (uint64_t)DEBRIEF_N(host_debrief(w->host), EVENT) + 1);
	close(fd);
	buf_fini(&out);
	message_fini(&m);
	free(said);
	free(text);
	client_free(a);
}

static void
a_change_too_large_for_a_line_is_refused_at_home(void **state)
{
	struct world *w = *state;
	struct client *c = world_join(w, "lena", NULL, NULL);
	char *text = mem_alloc(15001);
	struct op op;

	memset(text, 'x', 15000);
	text[15000] = '\0';
	op_init(&op, "event");
	for (int i = 0; i < 30; i++) {
		struct change *ch = op_add(&op, VERB_ADD, KIND_EVENT, id_random());
		change_put_num(ch, "at", NS_PER_S);
		change_put_text(ch, "text", text);
	}
	refused(c, op, ERR_REFUSED, "256 KiB");
	assert_int_equal(client_unsafe(c), 0);
	done(c, event_op(1784038145, "fits"), NULL);
	free(text);
	client_free(c);
}

/* A remove that takes 9,000 causes along is one line in, and several out. */
static void
an_op_too_large_for_a_line_arrives_in_parts(void **state)
{
	struct world *w = *state;
	struct heard *h = heard_new();
	struct client *a = world_join(w, "lena", NULL, NULL), *b;
	struct op op = cause_op("the first"), gone;
	struct id up = op.v[0].id;

	done(a, op, NULL);
	for (int i = 0; i < 45; i++) {
		op_init(&op, "cause");
		for (int k = 0; k < 200; k++) {
			struct change *c = op_add(&op, VERB_ADD, KIND_CAUSE, id_random());
			change_put_text(c, "category", TECH);
			change_put_text(c, "text", "why");
			change_put_text(c, "parent", up.s);
		}
		done(a, op, NULL);
	}
	b = world_join(w, "moss", NULL, h);
	assert_true(debrief_equal(client_debrief(b), host_debrief(w->host)));
	op_init(&gone, "cause");
	op_add(&gone, VERB_REMOVE, KIND_CAUSE, up);
	done(a, gone, NULL);
	assert_int_equal(DEBRIEF_N(host_debrief(w->host), CAUSE), 0);
	UNTIL(w, DEBRIEF_N(client_debrief(b), CAUSE) == 0);
	assert_true(h->changed > 1);
	assert_true(debrief_equal(client_debrief(b), host_debrief(w->host)));
	client_free(a);
	client_free(b);
	heard_fini(h);
}

static void
a_host_in_the_background_ends_after_its_last_client(void **state)
{
	struct world *w = *state;
	struct host_options o = { .linger_ms = 1 };
	struct client *c;

	world_unhost(w);
	world_host(w, &o);
	UNTIL(w, host_done(w->host));
	world_unhost(w);
	o.linger_ms = 100;
	world_host(w, &o);
	c = world_join(w, "lena", NULL, NULL);
	done(c, event_op(1784038145, "x"), NULL);
	assert_false(host_done(w->host));
	client_free(c);
	UNTIL(w, host_done(w->host));
}

static void
a_host_whose_history_is_gone_ends(void **state)
{
	struct world *w = *state;
	struct client *c = world_join(w, "lena", NULL, NULL);
	struct op op = event_op(1784038145, "not acknowledged");

	assert_int_equal(unlink(w->place.lock_file), 0);
	client_send(c, &op);
	UNTIL(w, host_done(w->host));
	assert_int_equal(client_unsafe(c), 1);
	client_free(c);
}

static void
a_client_goes_on_with_the_next_host(void **state)
{
	struct world *w = *state;
	struct heard *h = heard_new();
	struct client *c = world_join(w, "lena", NULL, h);
	struct op op;

	done(c, event_op(1784038145, "before"), NULL);
	world_unhost(w);
	UNTIL(w, h->lost == 1);
	assert_int_equal(client_state(c), CLIENT_LOST);
	assert_non_null(client_debrief(c));
	op = event_op(1784038146, "typed while nobody was there");
	client_send(c, &op);
	assert_int_equal(client_unsafe(c), 1);
	world_host(w, NULL);
	UNTIL(w, client_state(c) == CLIENT_READY && client_unsafe(c) == 0);
	assert_int_equal(DEBRIEF_N(host_debrief(w->host), EVENT), 2);
	assert_true(debrief_equal(client_debrief(c), host_debrief(w->host)));
	client_free(c);
	heard_fini(h);
}

static void
reading_does_not_show_as_here_and_sees_what_is_not_saved(void **state)
{
	struct world *w = *state;
	struct client *c = world_join(w, "lena", NULL, NULL);
	struct err e = { 0 };
	struct debrief *d;

	done(c, event_op(1784038145, "not saved"), NULL);
	client_free(c);
	world_unhost(w);
	d = host_read(w->repo, &w->entry, "moss", NULL, &e);
	OKAY(e, d != NULL);
	assert_int_equal(DEBRIEF_N(d, EVENT), 1);
	debrief_free(d);
}

static void
a_client_cannot_use_the_hosts_own_commands(void **state)
{
	static const char *const own[] = { "new", "git", "snapshot", "hidden" };
	struct world *w = *state;
	struct client *c = world_join(w, "lena", NULL, NULL);

	for (size_t i = 0; i < 4; i++)
		refused(c, set_op(own[i], KIND_DEBRIEF, w->place.id, "template", "mine"),
		    ERR_REFUSED, own[i]);
	refused(c, set_op("set", KIND_DEBRIEF, w->place.id, "template", "mine"), ERR_REFUSED,
	    "not set by hand");
	client_free(c);
}

static void
who_says_no_hello_is_dropped(void **state)
{
	struct world *w = *state;
	char *said;
	int fd;

	w->host->greeting_ms = 5;
	fd = raw_connection(w);
	said = read_out(w, fd);
	assert_non_null(strstr(said, "no hello"));
	free(said);
}

static void
a_silent_host_is_noticed(void **state)
{
	struct world *w = *state;
	struct heard *h = heard_new();
	struct client_options o = { .name = "lena", .want = "join" };
	struct err e = { 0 };
	struct client *c;
	int ends[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	o.fd = ends[0];
	c = client_new(w->loop, NULL, &o, &heard_calls, h, &e);
	assert_non_null(c);
	loop_cancel(w->loop, c->ping_timer);
	c->ping_timer = 0;
	c->ping_every_ms = 2;
	c->silence_ms = 10;
	link_close(c);
	close(ends[1]);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	link_begin(c, ends[0]);
	UNTIL(w, client_state(c) == CLIENT_ENDED);
	assert_string_equal(h->ended, "the host does not answer");
	client_free(c);
	close(ends[1]);
	heard_fini(h);
}

static void
the_next_host_is_told_where_a_person_is(void **state)
{
	struct world *w = *state;
	struct client *c = world_join(w, "lena", NULL, NULL);
	const struct here *here;
	size_t n;

	client_presence(c, "timeline", NULL, false);
	UNTIL(w, (here = client_here(c, &n)) != NULL && n == 1 && here[0].pane != NULL);
	world_unhost(w);
	world_host(w, NULL);
	client_presence(c, "actions", NULL, false);
	UNTIL(w, (here = client_here(c, &n)) != NULL && n == 1 && here[0].pane != NULL &&
		     strcmp(here[0].pane, "actions") == 0);
	client_free(c);
}

static void
who_drops_out_is_shown_as_away_and_who_leaves_is_not(void **state)
{
	struct world *w = *state;
	struct client *c = world_join(w, "lena", NULL, NULL),
		      *b = world_join(w, "moss", NULL, NULL);
	const struct here *here;
	size_t n;

	link_close(b); /* no bye */
	UNTIL(w, (here = client_here(c, &n)) != NULL && n == 2 && here[1].away_s > 0);
	assert_string_equal(here[1].name, "moss");
	client_free(b);
	b = world_join(w, "moss", NULL, NULL);
	UNTIL(w, (here = client_here(c, &n)) != NULL && n == 2 && here[1].away_s == 0);
	client_free(b);
	UNTIL(w, (here = client_here(c, &n)) != NULL && n == 1);
	client_free(c);
}

/* Two debriefs, two hosts, one loop. */
static void
two_hosts_in_one_process_do_not_meet(void **state)
{
	struct world *w = *state, other;
	struct client *a, *b;

	world_begin(&other);
	loop_free(other.loop);
	other.loop = w->loop;
	world_host(&other, NULL);
	world_env(w);
	a = world_join(w, "lena", NULL, NULL);
	b = world_join(&other, "lena", NULL, NULL);
	done(a, event_op(1784038145, "here"), NULL);
	done(b, event_op(1784038145, "there"), NULL);
	assert_string_equal(DEBRIEF_AT(client_debrief(a), EVENT, event, 0)->text, "here");
	assert_string_equal(DEBRIEF_AT(client_debrief(b), EVENT, event, 0)->text, "there");
	client_free(a);
	client_free(b);
	world_unhost(&other);
	other.loop = NULL;
	world_end(&other);
}

static void
a_launched_hosts_word_is_read(void **state)
{
	static const struct word {
		const char *said;
		enum err_kind kind;
	} words[] = { { "ok\n", ERR_NONE }, { "busy\n", ERR_NONE },
		{ "error 3 no such debrief\n", ERR_MISSING }, { "", ERR_STORE },
		{ "error 9 what\n", ERR_STORE }, { "hello\n", ERR_STORE } };

	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct err e = { 0 };
		int ends[2];
		assert_int_equal(pipe(ends), 0);
		assert_int_equal(write(ends[1], words[i].said, strlen(words[i].said)),
		    (ssize_t)strlen(words[i].said));
		close(ends[1]);
		assert_int_equal(place_launched(ends[0], &e), words[i].kind == ERR_NONE);
		assert_int_equal(e.kind, words[i].kind);
		close(ends[0]);
	}
}

static void
who_sends_much_does_not_keep_others_waiting(void **state)
{
	struct world *w = *state;
	struct client *a = world_join(w, "lena", NULL, NULL),
		      *b = world_join(w, "moss", NULL, NULL);
	struct op op;

	for (int i = 0; i < 500; i++) {
		op = event_op(1784038145, "one of many");
		client_send(a, &op);
	}
	op = event_op(1784038145, "the only one");
	client_send(b, &op);
	UNTIL(w, client_unsafe(b) == 0);
	assert_true(DEBRIEF_N(host_debrief(w->host), EVENT) < 300);
	UNTIL(w, client_unsafe(a) == 0);
	client_free(a);
	client_free(b);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test_setup_teardown(who_sends_much_does_not_keep_others_waiting, begin, end),
	cmocka_unit_test(a_launched_hosts_word_is_read),
	cmocka_unit_test_setup_teardown(a_client_cannot_use_the_hosts_own_commands, begin, end),
	cmocka_unit_test_setup_teardown(who_says_no_hello_is_dropped, begin, end),
	cmocka_unit_test_setup_teardown(a_silent_host_is_noticed, begin, end),
	cmocka_unit_test_setup_teardown(the_next_host_is_told_where_a_person_is, begin, end),
	cmocka_unit_test_setup_teardown(
	    who_drops_out_is_shown_as_away_and_who_leaves_is_not, begin, end),
	cmocka_unit_test_setup_teardown(two_hosts_in_one_process_do_not_meet, begin, end),
	cmocka_unit_test_setup_teardown(joining_gives_the_whole_debrief, begin, end),
	cmocka_unit_test_setup_teardown(a_change_is_acknowledged_and_seen_by_all, begin, end),
	cmocka_unit_test_setup_teardown(three_clients_see_one_order, begin, end),
	cmocka_unit_test_setup_teardown(a_repeat_is_answered_again_and_not_done_again, begin, end),
	cmocka_unit_test_setup_teardown(two_repeats_in_one_round_are_one, begin, end),
	cmocka_unit_test_setup_teardown(ops_of_one_round_build_on_each_other, begin, end),
	cmocka_unit_test_setup_teardown(undo_is_by_name_and_survives_the_host, begin, end),
	cmocka_unit_test_setup_teardown(
	    undo_under_anothers_change_is_refused_with_both_texts, begin, end),
	cmocka_unit_test_setup_teardown(
	    roles_come_from_the_hello_the_people_or_the_one_who_opened, begin, end),
	cmocka_unit_test_setup_teardown(who_opened_it_leads_it_under_a_new_name, begin, end),
	cmocka_unit_test_setup_teardown(a_hidden_card_goes_to_its_author_alone, begin, end),
	cmocka_unit_test_setup_teardown(a_removed_hidden_card_never_shows, begin, end),
	cmocka_unit_test_setup_teardown(joining_in_the_middle_of_changes_misses_none, begin, end),
	cmocka_unit_test_setup_teardown(who_is_here_is_told, begin, end),
	cmocka_unit_test_setup_teardown(rubbish_is_answered_once_and_closed, begin, end),
	cmocka_unit_test_setup_teardown(a_line_without_end_is_cut_off, begin, end),
	cmocka_unit_test_setup_teardown(strangers_are_limited, begin, end),
	cmocka_unit_test_setup_teardown(
	    a_slow_reader_is_dropped_and_goes_on_where_it_was, begin, end),
	cmocka_unit_test_setup_teardown(
	    a_change_too_large_for_a_line_is_refused_at_home, begin, end),
	cmocka_unit_test_setup_teardown(an_op_too_large_for_a_line_arrives_in_parts, begin, end),
	cmocka_unit_test_setup_teardown(
	    a_host_in_the_background_ends_after_its_last_client, begin, end),
	cmocka_unit_test_setup_teardown(a_host_whose_history_is_gone_ends, begin, end),
	cmocka_unit_test_setup_teardown(a_client_goes_on_with_the_next_host, begin, end),
	cmocka_unit_test_setup_teardown(
	    reading_does_not_show_as_here_and_sees_what_is_not_saved, begin, end),
};

int
main(void)
{
	return cmocka_run_group_tests_name("host", tests, NULL, NULL);
}
