/* What a host does with git: commits and their words, gates, merges of what changed underneath,
 * redaction. */
#include "base/text.h"
#include "live/host_internal.h"
#include "tests/live/world.h"

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
expect_output(struct world *w, const char *command, const char *expected)
{
	char *got = world_output(w, command);

	assert_string_equal(got, expected);
	free(got);
}

static void
expect_log(struct world *w, const char *subjects)
{
	char *command = mem_fmt("git log --format=%%s -- %s", w->entry.path);

	expect_output(w, command, subjects);
	free(command);
}

static void
expect_clean(struct world *w)
{
	expect_output(w, "git status --porcelain", "");
	expect_output(w, "git fsck --strict 2>&1", "");
}

/* The committed file is what the host has. */
static void
expect_committed(struct world *w)
{
	char *command = mem_fmt("git show HEAD:%s", w->entry.path), *got = world_output(w, command);
	struct viewer file = { .file = true };
	struct debrief *d = visible_copy(host_debrief(w->host), &file);
	struct buf b = { 0 };

	file_encode(d, &b);
	b.data[b.len - 1] = '\0';
	assert_string_equal(got, b.data);
	debrief_free(d);
	buf_fini(&b);
	free(got);
	free(command);
}

static struct op
stage_op(struct world *w, const char *name)
{
	struct op op = set_op("stage", KIND_DEBRIEF, w->place.id, "stage", name);

	op.arg = mem_dup(name);
	return op;
}

static struct op
close_op(struct world *w)
{
	struct op op;

	op_init(&op, "close");
	change_put_num(op_add(&op, VERB_SET, KIND_DEBRIEF, w->place.id), "status", STATUS_CLOSED);
	return op;
}

static void
a_save_is_a_commit_a_person_would_write(void **state)
{
	struct world *w = *state;
	struct heard *h = heard_new();
	struct client *c = world_join(w, "lena", NULL, h);
	char *text;

	expect_clean(w);
	done(c, event_op(1784038145, "one"), NULL);
	done(c, event_op(1784038146, "two"), NULL);
	done(c, cause_op("a condition"), NULL);
	expect_clean(w);
	done(c, bare_op("save", NULL), &text);
	assert_string_equal(text, "ok");
	free(text);
	expect_log(w, "Checkout 5xx: 2 events and 1 cause added");
	expect_committed(w);
	expect_clean(w);
	assert_true(heard_says(h, "saved "));
	text = world_output(w, "git log -1 --format=%b");
	assert_string_equal(text, "2 events and 1 cause added.\n\nWith facilitator");
	assert_non_null(strstr(text, "With facilitator"));
	free(text);
	expect_output(w, "git log -1 --format='%an <%ae>'", "lena <lena@example.org>");
	/* Nothing changed: nothing happens. */
	done(c, bare_op("save", NULL), NULL);
	expect_log(w, "Checkout 5xx: 2 events and 1 cause added");
	done(c, event_op(1784038147, "three"), NULL);
	done(c, bare_op("save", "after lunch"), NULL);
	expect_log(w, "after lunch\nCheckout 5xx: 2 events and 1 cause added");
	done(c, event_op(1784038148, "four"), NULL);
	done(c,
	    set_op("event", KIND_EVENT, DEBRIEF_AT(host_debrief(w->host), EVENT, event, 0)->item.id,
		"text", "the first"),
	    NULL);
	done(c, bare_op("save", NULL), NULL);
	expect_output(w, "git log -1 --format=%s", "Checkout 5xx: 1 event added, 1 event changed");
	text = world_output(w, "git log -1 --format=%b");
	assert_non_null(strstr(text, "1 event added, 1 event changed."));
	free(text);
	client_free(c);
	heard_fini(h);
}

static void
a_first_save_of_nothing_is_a_beginning(void **state)
{
	struct world *w = *state;
	struct client *c = world_join(w, "lena", NULL, NULL);

	done(c, bare_op("save", NULL), NULL);
	expect_log(w, "Checkout 5xx: begun");
	client_free(c);
}

static void
a_stage_is_committed_and_its_failure_only_said(void **state)
{
	struct world *w = *state;
	struct heard *h = heard_new();
	struct client *c = world_join(w, "lena", NULL, h);

	done(c, stage_op(w, "causes"), NULL);
	expect_log(w, "Checkout 5xx: stage causes");
	world_shell(w, "git checkout --detach");
	done(c, stage_op(w, "timeline"), NULL);
	assert_true(heard_says(h, "kept, but not committed"));
	assert_string_equal(host_debrief(w->host)->stage, "timeline");
	refused(c, bare_op("save", NULL), ERR_REFUSED, "");
	world_shell(w, "git checkout main");
	done(c, bare_op("save", NULL), NULL);
	expect_committed(w);
	client_free(c);
	heard_fini(h);
}

static void
without_a_name_nothing_is_committed_and_nothing_lost(void **state)
{
	struct world *w = *state;
	struct client *c = world_join(w, "lena", "facilitator", NULL);

	done(c, event_op(1784038145, "one"), NULL);
	world_config("[init]\n\tdefaultBranch = main\n");
	refused(c, bare_op("save", NULL), ERR_REFUSED, "user.name");
	refused(c, close_op(w), ERR_REFUSED, "user.name");
	assert_int_equal(host_debrief(w->host)->status, STATUS_OPEN);
	assert_true(debrief_equal(client_debrief(c), host_debrief(w->host)));
	done(c, event_op(1784038146, "two"), NULL);
	world_config("[user]\n\tname = lena\n\temail = l@example.org\n");
	done(c, bare_op("save", NULL), NULL);
	expect_committed(w);
	client_free(c);
}

static void
close_commits_and_scrubs_and_reopen_goes_on(void **state)
{
	struct world *w = *state;
	struct client *c = world_join(w, "lena", NULL, NULL);
	char *journal = history_journal_file(w->repo, w->place.id);
	struct op op;
	struct id action = id_random();

	done(c, event_op(1784038145, "one"), NULL);
	op_init(&op, "action");
	change_put_text(op_add(&op, VERB_ADD, KIND_ACTION, action), "text", "bound the queue");
	done(c, op, NULL);
	done(c, close_op(w), NULL);
	expect_log(w, "Checkout 5xx: closed");
	assert_int_equal(access(journal, F_OK), -1);
	refused(c, event_op(1784038146, "too late"), ERR_REFUSED, "reopen");
	done(c, close_op(w), NULL); /* once more is nothing */
	/* What a closed debrief takes is committed at once. */
	done(c, set_op("action", KIND_ACTION, action, "owner", "payments"), NULL);
	expect_committed(w);
	assert_int_equal(access(journal, F_OK), -1);
	/* From the file alone. */
	client_free(c);
	world_unhost(w);
	world_host(w, NULL);
	c = world_join(w, "lena", NULL, NULL);
	assert_int_equal(client_debrief(c)->status, STATUS_CLOSED);
	assert_int_equal(access(journal, F_OK), -1);
	op_init(&op, "reopen");
	change_put_num(op_add(&op, VERB_SET, KIND_DEBRIEF, w->place.id), "status", STATUS_OPEN);
	done(c, op, NULL);
	done(c, event_op(1784038147, "after all"), NULL);
	assert_int_equal(access(journal, F_OK), 0);
	done(c, bare_op("save", NULL), NULL);
	expect_committed(w);
	expect_clean(w);
	client_free(c);
	free(journal);
}

static void
gates_are_passed_by_an_override_that_is_kept(void **state)
{
	struct world *w = *state;
	struct client *c = world_join(w, "lena", NULL, NULL),
		      *moss = world_join(w, "moss", NULL, NULL);

	refused(c, bare_op("override", "we know"), ERR_REFUSED, "nothing was refused");
	done(c, stage_op(w, "causes"), NULL);
	refused(c, stage_op(w, "actions"), ERR_REFUSED, "override");
	refused(moss, bare_op("override", "me too"), ERR_REFUSED, "only");
	done(c, event_op(1784038145, "in between"), NULL);
	done(c, bare_op("override", "no time left"), NULL);
	assert_string_equal(host_debrief(w->host)->stage, "actions");
	assert_int_equal(host_debrief(w->host)->overrides.n, 1);
	assert_string_equal(host_debrief(w->host)->overrides.v[0], "actions: no time left");
	expect_log(w, "Checkout 5xx: stage actions\nCheckout 5xx: stage causes");
	refused(c, bare_op("override", "again"), ERR_REFUSED, "nothing was refused");
	assert_true(debrief_equal(client_debrief(c), host_debrief(w->host)));
	client_free(c);
	client_free(moss);
}

static void
close_refuses_while_cards_are_hidden_and_a_save_leaves_them_out(void **state)
{
	struct world *w = *state;
	struct client *c = world_join(w, "lena", NULL, NULL);

	done(c, card_op("zebra"), NULL);
	refused(c, close_op(w), ERR_REFUSED, "hidden");
	done(c, bare_op("save", NULL), NULL);
	expect_output(w, "git log -p | grep -c zebra", "0");
	expect_committed(w);
	assert_int_equal(DEBRIEF_N(host_debrief(w->host), CARD), 1);
	client_free(c);
}

/* A pull, or an edit by hand, in the work tree: `sed` on the file. */
static void
edit(struct world *w, const char *sed, bool commit)
{
	char *line = mem_fmt(
	    "sed -i '%s' %s%s", sed, w->entry.path, commit ? " && git commit -qam edited" : "");

	world_shell(w, line);
	free(line);
}

static void
what_git_changed_is_merged_and_broadcast(void **state)
{
	struct world *w = *state;
	struct heard *h = heard_new();
	struct client *a = world_join(w, "lena", NULL, NULL), *b = world_join(w, "moss", NULL, h);
	char *body;

	done(a, event_op(1784038145, "first text"), NULL);
	done(a, event_op(1784038146, "second text"), NULL);
	done(a, bare_op("save", NULL), NULL);
	edit(w, "s/first text/first text by git/", true);
	done(a, event_op(1784038147, "third text"), NULL);
	done(a, bare_op("save", NULL), NULL);
	assert_string_equal(
	    DEBRIEF_AT(host_debrief(w->host), EVENT, event, 0)->text, "first text by git");
	UNTIL(w, heard_says(h, "merged what git changed: 1 event changed"));
	assert_true(debrief_equal(client_debrief(b), host_debrief(w->host)));
	expect_log(w, "Checkout 5xx: 1 event added\nedited\nCheckout 5xx: 2 events added");
	expect_committed(w);
	expect_clean(w);
	/* Both sides the same field: one stays, the other is named. */
	edit(w, "s/second text/second by git/", true);
	done(a,
	    set_op("event", KIND_EVENT, DEBRIEF_AT(host_debrief(w->host), EVENT, event, 1)->item.id,
		"text", "second by hand"),
	    NULL);
	done(a, bare_op("save", NULL), NULL);
	body = world_output(w, "git log -1 --format=%b");
	assert_non_null(strstr(body, "second by git"));
	free(body);
	expect_committed(w);
	client_free(a);
	client_free(b);
	heard_fini(h);
}

static void
an_edit_by_hand_is_merged_and_committed(void **state)
{
	struct world *w = *state;
	struct client *c = world_join(w, "lena", NULL, NULL);

	done(c, event_op(1784038145, "first text"), NULL);
	done(c, bare_op("save", NULL), NULL);
	edit(w, "s/first text/edited by hand/", false);
	done(c, event_op(1784038146, "second text"), NULL);
	done(c, bare_op("save", NULL), NULL);
	assert_string_equal(
	    DEBRIEF_AT(host_debrief(w->host), EVENT, event, 0)->text, "edited by hand");
	expect_committed(w);
	expect_clean(w);
	/* The same while no host runs, with a commit as well. */
	client_free(c);
	world_unhost(w);
	edit(w, "s/edited by hand/committed while nobody ran/", true);
	edit(w, "s/second text/and edited/", false);
	world_host(w, NULL);
	c = world_join(w, "lena", NULL, NULL);
	assert_string_equal(
	    DEBRIEF_AT(client_debrief(c), EVENT, event, 0)->text, "committed while nobody ran");
	assert_string_equal(DEBRIEF_AT(client_debrief(c), EVENT, event, 1)->text, "and edited");
	done(c, bare_op("save", NULL), NULL);
	expect_committed(w);
	expect_clean(w);
	client_free(c);
}

static void
a_pull_alone_makes_no_commit(void **state)
{
	struct world *w = *state;
	struct err e = { 0 };
	struct debrief *d;
	struct client *c = world_join(w, "lena", NULL, NULL);

	done(c, event_op(1784038145, "first text"), NULL);
	done(c, bare_op("save", NULL), NULL);
	client_free(c);
	world_unhost(w);
	edit(w, "s/first text/other text/", true);
	/* Read alone it is merged in, too; nothing is written. */
	d = host_read(w->repo, &w->entry, NULL, NULL, &e);
	OKAY(e, d != NULL);
	assert_string_equal(DEBRIEF_AT(d, EVENT, event, 0)->text, "other text");
	debrief_free(d);
	world_host(w, NULL);
	c = world_join(w, "lena", NULL, NULL);
	assert_string_equal(DEBRIEF_AT(client_debrief(c), EVENT, event, 0)->text, "other text");
	done(c, bare_op("save", NULL), NULL);
	expect_log(w, "edited\nCheckout 5xx: 1 event added");
	client_free(c);
}

static void
a_file_that_cannot_be_read_blocks_only_the_save(void **state)
{
	struct world *w = *state;
	struct heard *h = heard_new();
	struct client *c = world_join(w, "lena", NULL, h);

	done(c, event_op(1784038145, "first text"), NULL);
	done(c, bare_op("save", NULL), NULL);
	edit(w, "s/first text/first \"text/", false);
	refused(c, bare_op("save", NULL), ERR_REFUSED, "line ");
	refused(c, bare_op("save", NULL), ERR_REFUSED, w->entry.path);
	done(c, event_op(1784038146, "second text"), NULL);
	done(c, stage_op(w, "causes"), NULL);
	assert_true(heard_says(h, "not committed"));
	refused(c, close_op(w), ERR_REFUSED, "line ");
	client_free(c);
	/* The next host says so at once, and goes on, too. */
	world_unhost(w);
	heard_fini(h);
	h = heard_new();
	world_host(w, NULL);
	c = world_join(w, "lena", NULL, h);
	UNTIL(w, heard_says(h, w->entry.path));
	assert_int_equal(DEBRIEF_N(client_debrief(c), EVENT), 2);
	edit(w, "s/first \"text/first text/", false);
	done(c, bare_op("save", NULL), NULL);
	expect_committed(w);
	expect_clean(w);
	client_free(c);
	heard_fini(h);
}

/* An index that was locked, a checkout that was interrupted: the work tree holds what was committed
 * before. Nobody took those changes back. */
static void
a_work_tree_that_stayed_behind_is_no_edit(void **state)
{
	struct world *w = *state;
	struct client *c = world_join(w, "lena", NULL, NULL);
	char *line = mem_fmt("git show HEAD~1:%s >%s", w->entry.path, w->entry.path);

	done(c, event_op(1784038145, "first text"), NULL);
	done(c, bare_op("save", NULL), NULL);
	done(c, event_op(1784038146, "second text"), NULL);
	done(c, bare_op("save", NULL), NULL);
	client_free(c);
	world_unhost(w);
	world_shell(w, line);
	world_host(w, NULL);
	assert_int_equal(DEBRIEF_N(host_debrief(w->host), EVENT), 2);
	free(line);
}

static void
redacted_words_are_gone_and_the_commits_named(void **state)
{
	struct world *w = *state;
	struct heard *h = heard_new();
	struct client *c = world_join(w, "lena", NULL, h);
	struct op op = event_op(1784038145, "the \"zebra\" did it");
	struct id item = op.v[0].id;
	char *journal = history_journal_file(w->repo, w->place.id), *line, *hash;

	done(c, op, NULL);
	done(c, bare_op("save", NULL), NULL);
	done(c, set_op("event", KIND_EVENT, item, "note", "zebra again"), NULL);
	op = set_op("redact", KIND_EVENT, item, "text", "[redacted]");
	change_put_text(&op.v[0], "note", NULL);
	change_put_num(&op.v[0], "redacted", 1);
	done(c, op, NULL);
	line = mem_fmt("cat '%s'* | grep -a -c zebra", journal);
	expect_output(w, line, "0");
	hash = world_output(w, "git log --format=%h --abbrev=8 | sed -n 2p");
	assert_true(heard_says(h, "1 older commit still has it"));
	assert_true(heard_says(h, hash));
	expect_log(w, "Checkout 5xx: words taken out\nCheckout 5xx: 1 event added");
	expect_committed(w);
	/* Nobody can undo it back. */
	refused(c, bare_op("undo", NULL), ERR_REFUSED, "nothing of yours");
	done(c, event_op(1784038146, "goes on"), NULL);
	client_free(c);
	world_unhost(w);
	world_host(w, NULL);
	c = world_join(w, "lena", NULL, NULL);
	assert_int_equal(DEBRIEF_N(client_debrief(c), EVENT), 2);
	assert_string_equal(DEBRIEF_AT(client_debrief(c), EVENT, event, 0)->text, "[redacted]");
	client_free(c);
	heard_fini(h);
	free(journal);
	free(line);
	free(hash);
}

static void
reading_leaves_nothing_behind(void **state)
{
	struct world *w = *state;
	struct client *c = world_join(w, "lena", NULL, NULL);
	char *journal = history_journal_file(w->repo, w->place.id);
	struct err e = { 0 };
	struct debrief *d;

	done(c, event_op(1784038145, "first text"), NULL);
	done(c, close_op(w), NULL);
	client_free(c);
	world_unhost(w);
	d = host_read(w->repo, &w->entry, NULL, NULL, &e);
	OKAY(e, d != NULL);
	assert_int_equal(DEBRIEF_N(d, EVENT), 1);
	debrief_free(d);
	assert_int_equal(access(journal, F_OK), -1);
	expect_clean(w);
	free(journal);
}

/* The subject of a debrief of that title. Yours. */
static char *
subject(const char *title, const char *own, const char *what, bool saved_before)
{
	struct debrief *now = world_debrief(), *before = saved_before ? debrief_copy(now) : NULL;
	struct commit_words w = { before, now, own, what, NULL };
	struct buf b = { 0 };
	char *line;

	free(now->title);
	now->title = mem_dup(title);
	commit_words(&w, &b);
	line = mem_dupn(b.data, strcspn(b.data, "\n"));
	buf_fini(&b);
	debrief_free(now);
	debrief_free(before);
	return line;
}

static void
expect_subject(char *got, const char *expected)
{
	assert_string_equal(got, expected);
	free(got);
}

static void
a_long_title_leaves_room_for_what_was_added(void **state)
{
	struct debrief *now = world_debrief(), *before = debrief_copy(now);
	struct commit_words w = { before, now, NULL, NULL, NULL };
	struct buf b = { 0 };
	struct op op = event_op(1784038145, "x");

	(void)state;
	debrief_apply(now, &op);
	op_fini(&op);
	for (int i = 0; i < 2; i++) {
		free(now->title);
		now->title = mem_dup(
		    i == 0 ? "Payments" : "Payments were refused for an hour and nobody saw it");
		buf_clear(&b);
		commit_words(&w, &b);
		b.data[strcspn(b.data, "\n")] = '\0';
		assert_string_equal(b.data,
		    i == 0 ? "Payments: 1 event added, title changed"
			   : "Payments were refused for an hour and nobody saw it: 1 event added");
	}
	buf_fini(&b);
	debrief_free(now);
	debrief_free(before);
}

static void
subjects_are_short_and_say_what_happened(void **state)
{
	(void)state;
	expect_subject(subject("Checkout", NULL, NULL, false), "Checkout: begun");
	expect_subject(subject("Checkout", NULL, "closed", true), "Checkout: closed");
	expect_subject(subject("Checkout", "as agreed", "closed", true), "as agreed");
	expect_subject(subject("A title of more than seventy columns, because somebody explained "
			       "all of it in there",
			   NULL, "stage causes", true),
	    "A title of more than seventy columns, because somebody ex…: stage causes");
	expect_subject(subject("æ¥æ¬", NULL, "closed", true), "æ¥æ¬: closed");
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_long_title_leaves_room_for_what_was_added),
	cmocka_unit_test(subjects_are_short_and_say_what_happened),
	cmocka_unit_test_setup_teardown(a_save_is_a_commit_a_person_would_write, begin, end),
	cmocka_unit_test_setup_teardown(a_first_save_of_nothing_is_a_beginning, begin, end),
	cmocka_unit_test_setup_teardown(a_stage_is_committed_and_its_failure_only_said, begin, end),
	cmocka_unit_test_setup_teardown(
	    without_a_name_nothing_is_committed_and_nothing_lost, begin, end),
	cmocka_unit_test_setup_teardown(close_commits_and_scrubs_and_reopen_goes_on, begin, end),
	cmocka_unit_test_setup_teardown(gates_are_passed_by_an_override_that_is_kept, begin, end),
	cmocka_unit_test_setup_teardown(
	    close_refuses_while_cards_are_hidden_and_a_save_leaves_them_out, begin, end),
	cmocka_unit_test_setup_teardown(what_git_changed_is_merged_and_broadcast, begin, end),
	cmocka_unit_test_setup_teardown(an_edit_by_hand_is_merged_and_committed, begin, end),
	cmocka_unit_test_setup_teardown(a_pull_alone_makes_no_commit, begin, end),
	cmocka_unit_test_setup_teardown(
	    a_file_that_cannot_be_read_blocks_only_the_save, begin, end),
	cmocka_unit_test_setup_teardown(a_work_tree_that_stayed_behind_is_no_edit, begin, end),
	cmocka_unit_test_setup_teardown(redacted_words_are_gone_and_the_commits_named, begin, end),
	cmocka_unit_test_setup_teardown(reading_leaves_nothing_behind, begin, end),
};

int
main(void)
{
	text_locale();
	return cmocka_run_group_tests_name("save", tests, NULL, NULL);
}
