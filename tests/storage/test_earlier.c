/* What a history remembers for one debrief. */
#include "tests/storage/ops.h"

#include "storage/earlier.h"
#include "storage/json_file.h"

enum { TODAY = 20000 }; /* 2024-10-04 */

static struct debrief *
debrief_titled(const char *id_text, const char *title)
{
	struct id id;
	struct debrief *d;

	assert_true(id_parse(id_text, &id));
	d = debrief_new(id);
	d->title = mem_dup(title);
	return d;
}

static struct action *
add_action(struct debrief *d, uint64_t bits, const char *text, int status)
{
	struct action *a = (struct action *)item_new(KIND_ACTION, id_make(bits));

	a->text = mem_dup(text);
	a->status = status;
	a->item.order = mem_fmt("a%02llu", (unsigned long long)bits % 100);
	debrief_put(d, KIND_ACTION, &a->item);
	return a;
}

/* Commit it and free it. */
static void
commit(struct repo *r, const char *date, struct debrief *d)
{
	struct buf b = { 0 };
	struct err e = { 0 };
	int64_t day;
	char *path;

	assert_true(date_parse(date, &day));
	path = history_path(r, day, d->title, d->item.id);
	file_encode(d, &b);
	assert_ok(commit_text(r, path, b.data, NULL, &e));
	free(path);
	buf_fini(&b);
	debrief_free(d);
}

/* Three earlier ones (two of them alike), the one that is asked about, and a later one. */
static void
fill(struct repo *r)
{
	struct debrief *d = debrief_titled("000000000001", "Checkout slow");

	strs_add(&d->services, "pay");
	add_action(d, 11, "Old and late", ACTION_ACCEPTED)->due_day = TODAY - 9;
	add_action(d, 12, "Done, no word", ACTION_DONE);
	add_action(d, 13, "Done and proved", ACTION_DONE)->proof = mem_dup("drill");
	add_action(d, 14, "Dropped", ACTION_DROPPED);
	add_action(d, 15, "Went on", ACTION_ACCEPTED);
	commit(r, "2024-09-01", d);
	d = debrief_titled("000000000002", "Bill printed twice");
	add_action(d, 21, "Of another kind", ACTION_ACCEPTED);
	commit(r, "2024-09-02", d);
	d = debrief_titled("000000000003", "Checkout lost");
	add_action(d, 31, "Open", ACTION_ACCEPTED)->due_day = TODAY;
	add_action(d, 32, "Later than late", ACTION_DOING)->due_day = TODAY - 1;
	add_action(d, 33, "Went on", ACTION_DOING)->carried_from = mem_dup("000000000001");
	commit(r, "2024-09-03", d);
	d = debrief_titled("000000000004", "Checkout 5xx");
	add_action(d, 41, "My own", ACTION_ACCEPTED);
	commit(r, "2024-10-01", d);
	d = debrief_titled("000000000005", "Checkout of tomorrow");
	add_action(d, 51, "Not yet", ACTION_ACCEPTED);
	commit(r, "2024-10-02", d);
}

static struct entry
entry_of(struct repo *r, const char *which)
{
	struct entry entry = { 0 };
	struct err e = { 0 };

	assert_ok(history_find(r, which, &entry, &e));
	return entry;
}

/* Without a look into it. */
static struct entry
entry_named(const char *folder, const char *name)
{
	return (struct entry){ .name = mem_dup(name), .path = mem_fmt("%s/%s.json", folder, name) };
}

static void
read_which(struct repo *r, const char *which, bool later, struct strs *notes, struct earlier *out)
{
	const struct earlier_how how = { .later = later };
	struct entry entry = entry_of(r, which);
	struct err e = { 0 };

	assert_ok(earlier_read(r, &entry, &how, notes, out, &e));
	entry_fini(&entry);
}

static void
assert_actions(const struct earlier *s, const char *want)
{
	static const char *const states[] = { "late", "open", "done" };
	struct earlier_actions found;
	struct buf got = { 0 };
	size_t n_open = 0;

	earlier_actions(s, TODAY, &found);
	buf_adds(&got, "");
	for (size_t i = 0; i < found.n; i++) {
		buf_addf(&got, "%s %s; ", states[found.v[i].state], found.v[i].action->text);
		n_open += found.v[i].state != EARLIER_DONE;
	}
	assert_string_equal(got.data, want);
	assert_int_equal(found.n_open, n_open);
	earlier_actions_fini(&found);
	buf_fini(&got);
}

static void
only_look_alikes_of_earlier_days_count(void **state)
{
	struct scratch *s = *state;
	struct repo *r = repo_made(s->repo);
	struct strs notes = { 0 };
	struct earlier found;

	fill(r);
	read_which(r, "2024-10-01", false, &notes, &found);
	assert_int_equal(found.n, 3);
	assert_int_equal(found.n_alike, 2);
	assert_string_equal(found.v[0].name, "2024-09-03-checkout-lost-0000");
	assert_string_equal(found.v[0].why, "title's word checkout");
	assert_null(found.v[1].why);
	assert_string_equal(found.v[2].name, "2024-09-01-checkout-slow-0000");
	assert_actions(&found, "late Old and late; late Later than late; open Open; open Went on; "
			       "done Done, no word; open Of another kind; ");
	assert_int_equal(notes.n, 0);
	earlier_fini(&found);
	read_which(r, "2024-10-01", true, &notes, &found);
	assert_int_equal(found.n_alike, 3);
	earlier_fini(&found);
	read_which(r, "2024-09-01", false, &notes, &found);
	assert_int_equal(found.n, 0);
	assert_actions(&found, "");
	earlier_fini(&found);
	repo_close(r);
}

static void
what_went_on_into_it_is_not_told_again(void **state)
{
	struct scratch *s = *state;
	struct repo *r = repo_made(s->repo);
	struct debrief *d = debrief_titled("000000000009", "Checkout slow");
	struct earlier found;

	fill(r);
	add_action(d, 91, "Went on", ACTION_DONE)->carried_from = mem_dup("000000000001");
	add_action(d, 92, "Old and late", ACTION_DOING)->carried_from = mem_dup("000000000001");
	commit(r, "2024-10-01", d);
	read_which(r, "2024-10-01-checkout-slow", false, NULL, &found);
	assert_int_equal(found.n_alike, 3);
	assert_actions(
	    &found, "late Later than late; open My own; open Open; done Done, no word; "
	    "open Of another kind; ");
	earlier_fini(&found);
	repo_close(r);
}

static void
what_cannot_be_read_is_passed_over_and_named(void **state)
{
	struct scratch *s = *state;
	struct repo *r = repo_made(s->repo);
	struct strs notes = { 0 };
	struct earlier found;
	struct err e = { 0 };

	fill(r);
	assert_ok(commit_text(
	    r, "debriefs/2024/09/2024-09-04-checkout-broken-0000.json", "{", NULL, &e));
	read_which(r, "2024-10-01", false, &notes, &found);
	assert_int_equal(found.n_alike, 2);
	assert_int_equal(notes.n, 1);
	assert_non_null(strstr(notes.v[0], "checkout-broken-0000.json cannot be read"));
	strs_fini(&notes);
	earlier_fini(&found);
	repo_close(r);
}

static void
one_that_cannot_be_read_itself_is_an_error(void **state)
{
	const struct earlier_how how = { 0 };
	struct scratch *s = *state;
	struct repo *r = repo_made(s->repo);
	struct earlier found;
	struct entry entry;
	struct err e = { 0 };

	assert_ok(commit_text(
	    r, "debriefs/2024/09/2024-09-04-checkout-broken-0000.json", "{", NULL, &e));
	entry = entry_named("debriefs/2024/09", "2024-09-04-checkout-broken-0000");
	assert_false(earlier_read(r, &entry, &how, NULL, &found, &e));
	assert_int_equal(e.kind, ERR_STORE);
	entry_fini(&entry);
	repo_close(r);
}

/* Another way to read: content that git does not have. */
static struct debrief *
read_blank(struct repo *r, const struct entry *entry, struct err *e)
{
	(void)r;
	(void)entry;
	(void)e;
	return debrief_titled("000000000007", "All of one name");
}

static void
only_the_newest_are_read(void **state)
{
	const struct earlier_how how = { .read = read_blank };
	struct scratch *s = *state;
	struct repo *r = repo_made(s->repo);
	struct strs notes = { 0 };
	struct earlier found;
	struct entry entry;
	struct err e = { 0 };

	free(sh("cd '%s' && mkdir -p debriefs/2024/09 && i=0 && while [ $i -lt %d ]; do "
		"echo >debriefs/2024/09/2024-09-01-x-$((1000 + i)).json; i=$((i + 1)); done && git add . && "
		"git commit -qm many",
	    s->repo, EARLIER_MOST + 3));
	entry = entry_named("debriefs/2024/09", "2024-09-01-x-1000");
	assert_ok(earlier_read(r, &entry, &how, &notes, &found, &e));
	assert_int_equal(found.n, EARLIER_MOST);
	assert_int_equal(found.n_alike, EARLIER_MOST);
	assert_int_equal(notes.n, 1);
	assert_string_equal(
	    notes.v[0], "only the newest 2000 debriefs were looked at: 2 older ones were not");
	strs_fini(&notes);
	earlier_fini(&found);
	entry_fini(&entry);
	repo_close(r);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)
	const struct CMUnitTest tests[] = {
		TEST(only_look_alikes_of_earlier_days_count),
		TEST(what_went_on_into_it_is_not_told_again),
		TEST(what_cannot_be_read_is_passed_over_and_named),
		TEST(one_that_cannot_be_read_itself_is_an_error),
		TEST(only_the_newest_are_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
