#define _GNU_SOURCE /* memmem */
#include "live/host_internal.h"
#include "live/key.h"
#include "tests/live/people.h"

struct room {
	struct world w;
	struct who lena, moss, fern, wall;
};

static void
room_begin(struct room *r)
{
	world_begin(&r->w);
	world_host(&r->w, NULL);
	r->lena = who_comes(&r->w, "lena", NULL, "join");
	add_columns(&r->lena);
	r->moss = who_comes(&r->w, "moss", NULL, "join");
	r->fern = who_comes(&r->w, "fern", NULL, "join");
	r->wall = who_comes(&r->w, "wall", "observer", "watch");
}

static void
room_end(struct room *r)
{
	who_goes(&r->lena);
	who_goes(&r->moss);
	who_goes(&r->fern);
	who_goes(&r->wall);
	world_end(&r->w);
}

static void
room_told(struct room *r)
{
	struct who *const others[] = { &r->lena, &r->moss, &r->fern, &r->wall };

	all_is_told(&r->lena, others, 4);
}

/* As nobody in particular sees what the host has. */
static void
same_as_nobody(struct room *r, const struct who *p)
{
	struct viewer nobody = { .name = p->name };
	struct debrief *seen = visible_copy(host_debrief(r->w.host), &nobody);

	assert_true(debrief_equal(seen, client_debrief(p->c)));
	debrief_free(seen);
}

static void
others_are_not_told_that_anything_was_written(void **state)
{
	struct room r;
	char *id, *own;
	size_t lena, wall, ops;

	(void)state;
	room_begin(&r);
	room_told(&r);
	lena = who_got_ops(&r.lena);
	wall = who_got_ops(&r.wall);
	ops = r.moss.heard->changed;
	done(r.moss.c, card_in(SECRET_COLUMN, "xyzzy one"), &id);
	done(r.moss.c, text_op(KIND_CARD, id, "text", "xyzzy two"), NULL);
	done(r.moss.c, card_in(HIDDEN, "xyzzy named"), &own);
	done(r.moss.c, remove_op(KIND_CARD, own), NULL);
	assert_int_equal(r.moss.heard->changed, ops + 4); /* its author sees all of it */
	assert_int_equal(DEBRIEF_N(client_debrief(r.moss.c), CARD), 1);
	room_told(&r);
	assert_int_equal(who_got_ops(&r.lena), lena + 1); /* the bell alone */
	assert_int_equal(who_got_ops(&r.wall), wall + 1);
	assert_false(who_read(&r.lena, "xyzzy"));
	assert_false(who_read(&r.wall, "xyzzy"));
	assert_false(who_read(&r.fern, id));
	assert_false(who_read(&r.fern, "\"hidden\",")); /* no number was passed over */
	same_as_nobody(&r, &r.lena);
	same_as_nobody(&r, &r.fern);
	free(id);
	free(own);
	room_end(&r);
}

/* The last number in what was received. */
static long
last_seq(const struct who *p)
{
	long seq = 0;

	for (const char *at = p->heard->raw.data; (at = strstr(at, "\"seq\":")) != NULL; at++)
		seq = strtol(at + 6, NULL, 10) > 0 ? strtol(at + 6, NULL, 10) : seq;
	return seq;
}

static void
the_numbers_have_no_gap(void **state)
{
	struct room r;
	long before;

	(void)state;
	room_begin(&r);
	room_told(&r);
	before = last_seq(&r.wall);
	for (int i = 0; i < 5; i++)
		done(r.moss.c, card_in(SECRET_COLUMN, "xyzzy"), NULL);
	room_told(&r);
	assert_int_equal(last_seq(&r.wall), before + 1);
	room_end(&r);
}

/* Not even her name: she has written nothing that has one. */
static void
the_journal_names_nobody_beside_an_anonymous_card(void **state)
{
	struct room r;
	struct op op;
	struct id cid;

	(void)state;
	room_begin(&r);
	op = card_in(SECRET_COLUMN, "xyzzy in the journal");
	op.cid = cid = id_random();
	done(r.moss.c, op, NULL);
	assert_true(journal_has(&r.w, "xyzzy in the journal"));
	assert_false(journal_has(&r.w, "moss"));
	assert_false(journal_has(&r.w, cid.s));
	assert_false(journal_has(&r.w, r.moss.secret));
	assert_true(key_is_there(&r.w));
	room_end(&r);
}

static void
only_the_secret_that_wrote_a_card_may_touch_it(void **state)
{
	struct room r;
	struct who thief;
	char *id;

	(void)state;
	room_begin(&r);
	done(r.moss.c, card_in(SECRET_COLUMN, "xyzzy mine"), &id);
	thief = who_comes(&r.w, "moss", NULL, "join"); /* the same name, another secret */
	assert_false(who_read(&thief, "xyzzy"));
	refused(thief.c, text_op(KIND_CARD, id, "text", "not yours"), ERR_MISSING, id);
	refused(thief.c, remove_op(KIND_CARD, id), ERR_MISSING, id);
	refused(thief.c, bare_op("undo", NULL), ERR_REFUSED, "nothing of yours");
	refused(r.lena.c, text_op(KIND_CARD, id, "text", "not yours"), ERR_MISSING, id);
	done(r.moss.c, text_op(KIND_CARD, id, "text", "xyzzy better"), NULL);
	who_goes(&thief);
	free(id);
	room_end(&r);
}

static void
own_hidden_and_anonymous_cards_are_undone_by_the_secret(void **state)
{
	struct room r;
	char *id;

	(void)state;
	room_begin(&r);
	done(r.moss.c, card_in(SECRET_COLUMN, "xyzzy one"), NULL);
	done(r.fern.c, card_in(SECRET_COLUMN, "xyzzy fern"), NULL);
	done(r.moss.c, card_in(SECRET_COLUMN, "xyzzy two"), &id);
	done(r.moss.c, text_op(KIND_CARD, id, "text", "xyzzy three"), NULL);
	done(r.moss.c, bare_op("undo", NULL), NULL);
	assert_string_equal(DEBRIEF_AT(client_debrief(r.moss.c), CARD, card, 1)->text, "xyzzy two");
	done(r.moss.c, bare_op("undo", NULL), NULL);
	assert_int_equal(DEBRIEF_N(client_debrief(r.moss.c), CARD), 1);
	/* The next host knows it, too. */
	world_unhost(&r.w);
	world_host(&r.w, NULL);
	UNTIL(&r.w, r.moss.heard->ready == 2);
	done(r.moss.c, bare_op("undo", NULL), NULL);
	assert_int_equal(DEBRIEF_N(client_debrief(r.moss.c), CARD), 0);
	assert_int_equal(DEBRIEF_N(host_debrief(r.w.host), CARD), 1); /* fern's */
	assert_false(journal_has(&r.w, "\"moss\""));
	free(id);
	room_end(&r);
}

static struct op
reveal_op(const char *const *columns, size_t n)
{
	struct op op = flag_op("reveal", columns[0], "hidden", false);

	for (size_t i = 1; i < n; i++) {
		struct id id;
		assert_true(id_parse(columns[i], &id));
		change_put_num(op_add(&op, VERB_SET, KIND_COLUMN, id), "hidden", 0);
	}
	return op;
}

static const char *const both[] = { HIDDEN, SECRET_COLUMN };

static void
the_reveal_shows_all_and_erases_the_key(void **state)
{
	struct room r;
	char *id;

	(void)state;
	room_begin(&r);
	done(r.moss.c, card_in(SECRET_COLUMN, "xyzzy moss"), &id);
	done(r.fern.c, card_in(SECRET_COLUMN, "xyzzy fern"), NULL);
	done(r.fern.c, card_in(HIDDEN, "xyzzy named"), NULL);
	assert_true(key_is_there(&r.w));
	done(r.lena.c, reveal_op(both, 2), NULL);
	assert_false(key_is_there(&r.w));
	room_told(&r);
	assert_int_equal(DEBRIEF_N(client_debrief(r.wall.c), CARD), 3);
	same_as_nobody(&r, &r.lena);
	same_as_nobody(&r, &r.moss);
	same_as_nobody(&r, &r.wall);
	assert_true(who_read(&r.wall, "xyzzy moss"));
	assert_false(who_read(&r.lena, "\"moss\"")); /* whoever only wrote without a name */
	/* Still its author's. */
	refused(r.fern.c, text_op(KIND_CARD, id, "text", "not yours"), ERR_REFUSED, "");
	done(r.moss.c, text_op(KIND_CARD, id, "text", "xyzzy moss, again"), NULL);
	done(r.moss.c, bare_op("undo", NULL), NULL);
	free(id);
	room_end(&r);
}

/* An op with this cid, sent as a line of its own. */
static void
say_op(int fd, struct op op)
{
	struct message m;
	struct buf line = { 0 };

	message_init(&m, MSG_OP);
	m.op = op;
	message_encode(&m, &line);
	assert_int_equal(write(fd, line.data, line.len), (ssize_t)line.len);
	message_fini(&m);
	buf_fini(&line);
}

/* Say hello by hand, as one who has seen everything up to `seq` (0: nothing), and read until the
 * stream is complete. */
static int
hand_comes_again(struct world *w, const char *name, const char *secret, uint64_t seq, struct id cid,
    struct buf *got)
{
	struct err e = { 0 };
	struct message m;
	struct buf line = { 0 };
	int fd = place_connect(&w->place, &e);
	char part[4096];
	ssize_t n;

	assert_true(fd >= 0);
	message_init(&m, MSG_HELLO);
	m.version = WIRE_VERSION;
	m.name = mem_dup(name);
	m.secret = mem_dup(secret);
	m.has_since = seq > 0;
	m.seq = seq;
	m.cid = cid;
	message_encode(&m, &line);
	assert_int_equal(write(fd, line.data, line.len), (ssize_t)line.len);
	message_fini(&m);
	buf_fini(&line);
	while (!bytes_have(got, "\"ready\"")) {
		loop_once(w->loop, 100);
		while ((n = recv(fd, part, sizeof part, MSG_DONTWAIT)) > 0)
			buf_add(got, part, (size_t)n);
	}
	return fd;
}

static int
hand_joins(struct world *w, const char *name, const char *secret, struct buf *got)
{
	return hand_comes_again(w, name, secret, 0, (struct id){ 0 }, got);
}

/* The answer to an op sent by hand: the line with its cid that is no op. Yours. */
static char *
hand_hears(struct world *w, int fd, struct id cid)
{
	struct buf got = { 0 };
	char part[4096];
	int64_t end = clock_mono_ms() + 10000;

	for (;;) {
		ssize_t n = recv(fd, part, sizeof part, MSG_DONTWAIT);
		if (n > 0)
			buf_add(&got, part, (size_t)n);
		for (char *at = got.data, *nl; at != NULL && (nl = strchr(at, '\n')) != NULL;
		     at = nl + 1) {
			*nl = '\0';
			if (strstr(at, cid.s) != NULL && strstr(at, "\"type\":\"op\"") == NULL) {
				char *line = mem_dup(at);
				buf_fini(&got);
				return line;
			}
			*nl = '\n';
		}
		assert_true(clock_mono_ms() < end);
		loop_once(w->loop, 50);
	}
}

/* Once; again on a new connection; again to another host; again when nobody can tell any more whose
 * it was. */
static void
a_repeat_of_an_anonymous_op_is_one(void **state)
{
	struct room r;
	struct buf got = { 0 };
	struct id cid = id_random();
	struct op op = card_in(SECRET_COLUMN, "xyzzy once"), again;
	char *secret = secret_new(), *answer;
	int fd;

	(void)state;
	room_begin(&r);
	op.cid = cid;
	for (int round = 0; round < 4; round++) {
		if (round == 2) {
			world_unhost(&r.w);
			world_host(&r.w, NULL);
			UNTIL(&r.w, r.lena.heard->ready == 2);
		}
		if (round == 3)
			done(r.lena.c, reveal_op(both, 2), NULL);
		buf_clear(&got);
		fd = hand_joins(&r.w, "rook", secret, &got);
		op_copy(&again, &op);
		say_op(fd, again);
		answer = hand_hears(&r.w, fd, cid);
		assert_non_null(strstr(answer, "\"ack\""));
		assert_non_null(strstr(answer, op.v[0].id.s));
		assert_int_equal(DEBRIEF_N(host_debrief(r.w.host), CARD), 1);
		free(answer);
		close(fd);
	}
	op_fini(&op);
	free(secret);
	buf_fini(&got);
	room_end(&r);
}

/* She was cut off while she wrote: what of it she has is not known. */
static void
coming_back_in_hidden_writing_gives_all_that_is_own(void **state)
{
	struct room r;
	struct who other;

	(void)state;
	room_begin(&r);
	done(r.moss.c, card_in(SECRET_COLUMN, "xyzzy one"), NULL);
	other = (struct who){ .w = &r.w, .name = "moss", .want = "join" };
	other.secret = mem_dup(r.moss.secret);
	who_joins(&other); /* the same person at another desk */
	assert_int_equal(DEBRIEF_N(client_debrief(other.c), CARD), 1);
	who_is_cut(&r.moss);
	done(other.c, card_in(SECRET_COLUMN, "xyzzy two"), NULL);
	UNTIL(&r.w, r.moss.heard->ready == 2);
	assert_int_equal(DEBRIEF_N(client_debrief(r.moss.c), CARD), 2);
	who_goes(&other);
	room_end(&r);
}

/* Her card was kept, and then the host was gone before it could say so to anybody. */
static void
coming_back_to_another_host_gives_all_that_is_own(void **state)
{
	struct room r;
	struct buf got = { 0 };
	uint64_t seq;
	struct id cid;

	(void)state;
	room_begin(&r);
	room_told(&r);
	seq = r.w.host->seq;
	cid = r.w.host->last_cid;
	done(r.moss.c, card_in(SECRET_COLUMN, "xyzzy one"), NULL);
	world_unhost(&r.w);
	world_host(&r.w, NULL);
	assert_int_equal(r.w.host->seq, seq);
	close(hand_comes_again(&r.w, "moss", r.moss.secret, seq, cid, &got));
	assert_true(bytes_have(&got, "xyzzy one"));
	buf_fini(&got);
	room_end(&r);
}

static void
who_was_away_at_the_reveal_has_the_cards(void **state)
{
	struct room r;
	struct buf got = { 0 };
	uint64_t seq;
	struct id cid;

	(void)state;
	room_begin(&r);
	done(r.moss.c, card_in(SECRET_COLUMN, "xyzzy one"), NULL);
	room_told(&r);
	seq = r.w.host->seq;
	cid = r.w.host->last_cid;
	done(r.lena.c, reveal_op(both, 2), NULL);
	room_told(&r);
	close(hand_comes_again(&r.w, "fern", r.fern.secret, seq, cid, &got));
	assert_true(bytes_have(&got, "xyzzy one"));
	room_end(&r);
	buf_fini(&got);
}

/* Whether somebody wrote meanwhile does not show in how one comes back. */
static void
coming_back_does_not_tell_whether_others_wrote(void **state)
{
	struct room r;
	size_t quiet, busy;

	(void)state;
	room_begin(&r);
	room_told(&r);
	for (int round = 0; round < 2; round++) {
		buf_clear(&r.fern.heard->raw);
		who_is_cut(&r.fern);
		if (round == 1)
			done(r.moss.c, card_in(SECRET_COLUMN, "xyzzy"), NULL);
		UNTIL(&r.w, r.fern.heard->ready == (size_t)round + 2);
		*(round == 0 ? &quiet : &busy) = who_got_ops(&r.fern);
	}
	assert_int_equal(quiet, busy);
	assert_false(who_read(&r.fern, "xyzzy"));
	room_end(&r);
}

static void
a_stage_change_in_mid_writing_commits_nothing_of_it(void **state)
{
	struct room r;
	struct op op;
	char *git;

	(void)state;
	room_begin(&r);
	done(r.moss.c, card_in(HIDDEN, "xyzzy named"), NULL);
	done(r.fern.c, card_in(SECRET_COLUMN, "xyzzy nobody's"), NULL);
	op_init(&op, "stage");
	op_add(&op, VERB_SET, KIND_DEBRIEF, host_debrief(r.w.host)->item.id);
	change_put_text(&op.v[0], "stage", "causes");
	done(r.lena.c, op, NULL);
	done(r.lena.c, bare_op("save", "in between"), NULL);
	UNTIL(&r.w, heard_says(r.lena.heard, "what is hidden"));
	assert_false(heard_says(r.fern.heard, "what is hidden"));
	git = world_output(&r.w, "(git cat-file --batch --batch-all-objects; cat .git/index; "
				 "cat $(git ls-files); git log -p) | tr -d '\\000'");
	assert_non_null(strstr(git, "Checkout"));
	assert_null(strstr(git, "xyzzy"));
	assert_null(strstr(git, "moss"));
	free(git);
	/* Nothing is lost by it, either. */
	world_unhost(&r.w);
	world_host(&r.w, NULL);
	UNTIL(&r.w, r.moss.heard->ready == 2 && r.lena.heard->ready == 2);
	assert_int_equal(DEBRIEF_N(client_debrief(r.moss.c), CARD), 1);
	assert_int_equal(DEBRIEF_N(client_debrief(r.lena.c), CARD), 0);
	room_end(&r);
}

static struct op
close_op(const struct room *r)
{
	struct op op;
	struct change *c;

	op_init(&op, "close");
	c = op_add(&op, VERB_SET, KIND_DEBRIEF, host_debrief(r->w.host)->item.id);
	change_put_num(c, "status", STATUS_CLOSED);
	return op;
}

static void
a_close_needs_the_reveal_and_leaves_no_journal_and_no_key(void **state)
{
	struct room r;
	char *file;

	(void)state;
	room_begin(&r);
	file = history_journal_file(r.w.repo, r.w.place.id);
	done(r.moss.c, card_in(SECRET_COLUMN, "xyzzy"), NULL);
	refused(r.lena.c, close_op(&r), ERR_REFUSED, "hidden");
	assert_true(key_is_there(&r.w));
	done(r.lena.c, reveal_op(both, 2), NULL);
	done(r.lena.c, close_op(&r), NULL);
	assert_int_equal(access(file, F_OK), -1);
	assert_false(key_is_there(&r.w));
	free(file);
	room_end(&r);
}

/* A host that was killed after the commit of the close, before the journal went. */
static void
an_interrupted_close_is_ended_by_the_next_host(void **state)
{
	struct room r;
	struct key_of key = { 0 };
	struct err e = { 0 };
	char *file;

	(void)state;
	room_begin(&r);
	file = history_journal_file(r.w.repo, r.w.place.id);
	done(r.moss.c, card_in(SECRET_COLUMN, "xyzzy"), NULL);
	done(r.lena.c, reveal_op(both, 2), NULL);
	world_unhost(&r.w);
	world_shell(&r.w, "cp .git/debrief/*.journal ../kept");
	world_host(&r.w, NULL);
	UNTIL(&r.w, r.lena.heard->ready == 2);
	done(r.lena.c, close_op(&r), NULL);
	world_unhost(&r.w);
	world_shell(&r.w, "cp ../kept .git/debrief/$(basename \"$(ls .git/debrief/*.host)\" .host)"
			  ".journal");
	OKAY(e, key_load(r.w.place.id, &key, &e));
	world_host(&r.w, NULL);
	assert_int_equal(host_debrief(r.w.host)->status, STATUS_CLOSED);
	assert_int_equal(access(file, F_OK), -1);
	assert_false(key_is_there(&r.w));
	free(file);
	room_end(&r);
}

/* Whoever reads, for a report or a frame, is nobody in particular. */
static void
reading_shows_nobodys_hidden_cards(void **state)
{
	struct room r;
	struct err e = { 0 };
	struct debrief *d;

	(void)state;
	room_begin(&r);
	done(r.moss.c, card_in(HIDDEN, "xyzzy"), NULL);
	who_drops(&r.lena);
	who_drops(&r.moss);
	who_drops(&r.fern);
	who_drops(&r.wall);
	world_unhost(&r.w);
	d = host_read(r.w.repo, &r.w.entry, "moss", NULL, &e);
	OKAY(e, d != NULL);
	assert_int_equal(DEBRIEF_N(d, CARD), 0);
	assert_null(debrief_person(d, "moss"));
	debrief_free(d);
	world_host(&r.w, NULL);
	room_end(&r);
}

static void
a_projector_shows_nothing_that_is_own(void **state)
{
	struct room r;
	struct who wall = { .w = &r.w, .name = "moss", .want = "projector" };

	(void)state;
	room_begin(&r);
	done(r.moss.c, card_in(SECRET_COLUMN, "xyzzy"), NULL);
	wall.secret = mem_dup(r.moss.secret);
	who_joins(&wall);
	done(r.moss.c, card_in(SECRET_COLUMN, "xyzzy"), NULL);
	room_told(&r);
	UNTIL(&r.w, DEBRIEF_N(client_debrief(wall.c), EVENT) > 0);
	assert_false(who_read(&wall, "xyzzy"));
	who_goes(&wall);
	room_end(&r);
}

/* A hand edits the file while cards are hidden: the commit says whose text won, of what shows. */
static void
the_message_of_a_merge_says_nothing_hidden(void **state)
{
	struct room r;
	char *id, *log;

	(void)state;
	room_begin(&r);
	done(r.moss.c, card_in(HIDDEN, "seen by all"), &id);
	done(r.lena.c, flag_op("reveal", HIDDEN, "hidden", false), NULL);
	done(r.lena.c, bare_op("save", NULL), NULL);
	done(r.lena.c, flag_op("column", HIDDEN, "hidden", true), NULL);
	done(r.moss.c, text_op(KIND_CARD, id, "text", "xyzzy later"), NULL);
	world_shell(&r.w, "sed -i 's/seen by all/edited by hand/' $(git ls-files) && "
			  "git commit -qam by-hand");
	done(r.lena.c, bare_op("save", NULL), NULL);
	log = world_output(&r.w, "git log -p --format=%B; cat $(git ls-files)");
	assert_non_null(strstr(log, "by-hand"));
	assert_null(strstr(log, "xyzzy"));
	assert_false(who_read(&r.fern, "xyzzy"));
	free(log);
	free(id);
	room_end(&r);
}

static void
a_hidden_text_that_is_redacted_is_gone_and_nobody_is_told(void **state)
{
	struct room r;
	char *id;
	struct op op;
	size_t ops;

	(void)state;
	room_begin(&r);
	done(r.lena.c, card_in(HIDDEN, "xyzzy out"), &id);
	room_told(&r);
	ops = who_got_ops(&r.fern);
	buf_clear(&r.fern.heard->notices);
	op = text_op(KIND_CARD, id, "text", "***");
	free(op.command);
	op.command = mem_dup("redact");
	change_put_num(&op.v[0], "redacted", 1);
	done(r.lena.c, op, NULL);
	assert_false(journal_has(&r.w, "xyzzy out"));
	room_told(&r);
	assert_int_equal(who_got_ops(&r.fern), ops + 1);
	assert_int_equal(r.fern.heard->notices.len, 0);
	free(id);
	room_end(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(others_are_not_told_that_anything_was_written),
		cmocka_unit_test(the_numbers_have_no_gap),
		cmocka_unit_test(the_journal_names_nobody_beside_an_anonymous_card),
		cmocka_unit_test(only_the_secret_that_wrote_a_card_may_touch_it),
		cmocka_unit_test(own_hidden_and_anonymous_cards_are_undone_by_the_secret),
		cmocka_unit_test(the_reveal_shows_all_and_erases_the_key),
		cmocka_unit_test(a_repeat_of_an_anonymous_op_is_one),
		cmocka_unit_test(coming_back_in_hidden_writing_gives_all_that_is_own),
		cmocka_unit_test(coming_back_to_another_host_gives_all_that_is_own),
		cmocka_unit_test(who_was_away_at_the_reveal_has_the_cards),
		cmocka_unit_test(coming_back_does_not_tell_whether_others_wrote),
		cmocka_unit_test(a_stage_change_in_mid_writing_commits_nothing_of_it),
		cmocka_unit_test(a_close_needs_the_reveal_and_leaves_no_journal_and_no_key),
		cmocka_unit_test(an_interrupted_close_is_ended_by_the_next_host),
		cmocka_unit_test(reading_shows_nobodys_hidden_cards),
		cmocka_unit_test(a_projector_shows_nothing_that_is_own),
		cmocka_unit_test(the_message_of_a_merge_says_nothing_hidden),
		cmocka_unit_test(a_hidden_text_that_is_redacted_is_gone_and_nobody_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
