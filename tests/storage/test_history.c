/* Names, listings and finding a debrief by what somebody types. */
#include "tests/storage/ops.h"

#include <fcntl.h>
#include <sys/file.h>
#include <time.h>

#include "storage/history.h"
#include "storage/json_file.h"

static struct id
id_of(const char *text)
{
	struct id id;

	assert_true(id_parse(text, &id));
	return id;
}

static struct debrief *
debrief_named(const char *id, const char *title, const char *series)
{
	struct debrief *d = debrief_new(id_of(id));
	struct op op;
	struct change *c;

	op_init(&op, "new");
	c = op_add(&op, VERB_SET, KIND_DEBRIEF, d->item.id);
	change_put_text(c, "title", title);
	if (series != NULL)
		change_put_text(c, "series", series);
	debrief_apply(d, &op);
	op_fini(&op);
	return d;
}

static int64_t
day(const char *text)
{
	int64_t days;

	assert_true(date_parse(text, &days));
	return days;
}

/* Commit one; its path is yours. */
static char *
committed(struct repo *r, const char *date, const char *title, const char *id, const char *series)
{
	struct debrief *d = debrief_named(id, title, series);
	char *path = history_path(r, day(date), title, d->item.id);
	struct buf b = { 0 };
	struct err e = { 0 };

	file_encode(d, &b);
	assert_ok(commit_text(r, path, b.data, NULL, &e));
	buf_fini(&b);
	debrief_free(d);
	return path;
}

/* Only its journal is there. */
static void
journaled(struct repo *r, const char *date, const char *title, const char *id)
{
	struct debrief *d = debrief_named(id, title, NULL);
	struct journal_meta m = { .id = d->item.id,
		.path = history_path(r, day(date), title, d->item.id) };
	struct err e = { 0 };
	char *dir = history_state_dir(r, true, &e), *file = history_journal_file(r, d->item.id);
	struct journal *j = journal_create(file, &m, d, &e);

	assert_ok(j != NULL);
	journal_close(j);
	journal_meta_fini(&m);
	debrief_free(d);
	free(file);
	free(dir);
}

static void
paths_are_made_of_date_title_and_id(void **state)
{
	static const char *const slugs[][2] = {
		{ "Checkout 5xx, 38 % of orders", "checkout-5xx-38-of-orders" },
		{ "  Größe: Ärger über Éclairs -- ", "grosse-arger-uber-eclairs" },
		{ "\xc5\x81\xc3\xb3"
		  "d\xc5\xba \xc3\x86on",
		    "lodz-aeon" },
		{ "e\xcc\x81te\xcc\x81", "ete" },
		{ "\xe6\x97\xa5\xe6\x9c\xac", "debrief" },
		{ "", "debrief" },
		{ "../../etc/passwd", "etc-passwd" },
		{ "bad \xff\xfe utf", "bad-utf" },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa bbb",
		    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
	};
	struct scratch *s = *state;
	struct repo *r = repo_made(s->repo);

	for (size_t i = 0; i < sizeof slugs / sizeof *slugs; i++) {
		char *path = history_path(r, day("2026-11-02"), slugs[i][0], id_of("7k3f9q2mx0ab"));
		char *want = mem_fmt("debriefs/2026/11/2026-11-02-%s-7k3f.json", slugs[i][1]);
		assert_string_equal(path, want);
		free(path);
		free(want);
	}
	repo_close(r);
}

static void
list_is_newest_first_with_journals(void **state)
{
	struct scratch *s = *state;
	struct repo *r = repo_made(s->repo);
	struct entries all;
	struct err e = { 0 };

	assert_ok(history_list(r, &all, &e));
	assert_int_equal(all.n, 0);
	free(committed(r, "2025-03-01", "Old", "0000aaaaaaaa", NULL));
	free(committed(r, "2026-11-22", "New", "0000bbbbbbbb", NULL));
	journaled(r, "2026-01-05", "Never saved", "0000cccccccc");
	journaled(r, "2025-03-01", "Old", "0000aaaaaaaa");
	run("cd '%s' && echo x >debriefs/README.txt && git add . && git commit -qm readme",
	    s->repo);
	assert_ok(history_list(r, &all, &e));
	assert_int_equal(all.n, 3);
	assert_string_equal(all.v[0].name, "2026-11-22-new-0000");
	assert_null(all.v[0].journal);
	assert_int_equal(strlen(all.v[0].blob), 40);
	assert_string_equal(all.v[1].name, "2026-01-05-never-saved-0000");
	assert_string_equal(all.v[1].blob, "");
	assert_string_equal(all.v[1].id.s, "0000cccccccc");
	assert_non_null(all.v[1].journal);
	assert_string_equal(all.v[2].name, "2025-03-01-old-0000");
	assert_non_null(all.v[2].journal);
	assert_int_equal(strlen(all.v[2].blob), 40);
	assert_false(all.v[2].live);
	entries_fini(&all);
	run("rm '%s'/.git/debrief/*.name", s->repo); /* slower, but the same */
	assert_ok(history_list(r, &all, &e));
	assert_int_equal(all.n, 3);
	assert_string_equal(all.v[1].name, "2026-01-05-never-saved-0000");
	entries_fini(&all);
	repo_close(r);
}

static void
assert_found(struct repo *r, const char *which, const char *name)
{
	struct entry found;
	struct err e = { 0 };

	assert_ok(history_find(r, which, &found, &e));
	assert_string_equal(found.name, name);
	assert_true(id_some(found.id));
	entry_fini(&found);
}

static void
find_follows_its_rules(void **state)
{
	struct scratch *s = *state;
	struct repo *r = repo_made(s->repo);
	struct entry found;
	struct err e = { 0 };

	free(committed(r, "2026-11-22", "Checkout 5xx", "7k3f9q2mx0ab", NULL));
	free(committed(
	    r, "2026-11-22", "Checkout 5xx", "7k3f1q2mx0ab", NULL)); /* same name: replaced */
	free(committed(r, "2026-11-22", "Check disks", "9m2x9q2mx0ab", NULL));
	free(committed(r, "2026-12-01", "7 keys lost", "a1b29q2mx0ab", NULL));
	journaled(r, "2026-12-02", "Queue stuck", "q0q09q2mx0ab");
	assert_found(r, "2026-11-22-checkout-5xx-7k3f", "2026-11-22-checkout-5xx-7k3f");
	assert_found(r, "2026-11-22-checkout-5xx-7k3f.json", "2026-11-22-checkout-5xx-7k3f");
	assert_found(
	    r, "debriefs/2026/11/2026-11-22-check-disks-9m2x.json", "2026-11-22-check-disks-9m2x");
	assert_found(r, "2026-12-02", "2026-12-02-queue-stuck-q0q0");
	assert_refused(ERR_USAGE, "2 debriefs", history_find(r, "2026-12-0", &found, &e));
	assert_found(r, "2026-12-01", "2026-12-01-7-keys-lost-a1b2");
	assert_found(r, "checkout", "2026-11-22-checkout-5xx-7k3f");
	assert_found(r, "CHECKO", "2026-11-22-checkout-5xx-7k3f");
	assert_found(r, "7k", "2026-11-22-checkout-5xx-7k3f");
	assert_found(r, "7k3f1q2mx0ab", "2026-11-22-checkout-5xx-7k3f");
	assert_found(
	    r, "7", "2026-12-01-7-keys-lost-a1b2"); /* a name before an id's first letter */
	assert_found(r, "queue", "2026-12-02-queue-stuck-q0q0");
	assert_found(r, "q0q0", "2026-12-02-queue-stuck-q0q0");
	assert_refused(
	    ERR_USAGE, "2026-11-22-check-disks-9m2x", history_find(r, "check", &found, &e));
	assert_non_null(strstr(e.text, "2026-11-22-checkout-5xx-7k3f"));
	assert_refused(ERR_MISSING, "debrief list", history_find(r, "nothing", &found, &e));
	assert_refused(ERR_MISSING, "debrief list", history_find(r, "7k3f9q2mx0abc", &found, &e));
	assert_refused(ERR_MISSING, "debrief list",
	    history_find(r, "2026-11-22-checkout-5xx-7k3g", &found, &e));
	assert_refused(ERR_MISSING, "no debrief was used", history_find(r, "@", &found, &e));
	assert_refused(ERR_USAGE, "missing", history_find(r, "", &found, &e));
	assert_ok(history_find(r, "queue", &found, &e));
	history_used(r, &found);
	entry_fini(&found);
	assert_found(r, "@", "2026-12-02-queue-stuck-q0q0");
	repo_close(r);
}

static void
find_takes_the_newest_of_a_series(void **state)
{
	struct scratch *s = *state;
	struct repo *r = repo_made(s->repo);
	struct entry found;
	struct err e = { 0 };
	char *lock;
	int fd;

	free(committed(r, "2026-11-01", "Sprint", "0001aaaaaaaa", NULL));
	free(committed(r, "2026-11-15", "Sprint", "0002aaaaaaaa", NULL));
	free(committed(r, "2026-11-29", "Sprint", "0003aaaaaaaa", NULL));
	assert_found(r, "sprint", "2026-11-29-sprint-0003");
	free(committed(r, "2026-10-01", "Team one", "0004aaaaaaaa", "team"));
	free(committed(r, "2026-10-15", "Team two", "0005aaaaaaaa", "team"));
	assert_found(r, "team", "2026-10-15-team-two-0005");
	free(committed(r, "2026-10-16", "Team else", "0006aaaaaaaa", NULL));
	assert_refused(ERR_USAGE, "3 debriefs", history_find(r, "team", &found, &e));
	journaled(r, "2026-10-01", "Team one", "0004aaaaaaaa");
	lock = history_lock_file(r, id_of("0004aaaaaaaa"));
	fd = open(lock, O_RDWR | O_CREAT, 0600);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	assert_found(r, "team", "2026-10-01-team-one-0004"); /* the live one first */
	close(fd);
	assert_refused(ERR_USAGE, "3 debriefs", history_find(r, "team", &found, &e));
	free(lock);
	repo_close(r);
}

static void
content_is_read_from_git_or_journal(void **state)
{
	struct scratch *s = *state;
	struct repo *r = repo_made(s->repo);
	struct entry found;
	struct debrief *d;
	struct err e = { 0 };
	char *path = committed(r, "2026-11-22", "In git", "0000aaaaaaaa", NULL);

	journaled(r, "2026-11-22", "In the journal", "0000bbbbbbbb");
	assert_ok(history_find(r, "in-git", &found, &e));
	assert_non_null(d = history_read(r, &found, NULL, &e));
	assert_string_equal(d->title, "In git");
	debrief_free(d);
	entry_fini(&found);
	assert_ok(history_find(r, "in-the", &found, &e));
	assert_non_null(d = history_read(r, &found, NULL, &e));
	assert_string_equal(d->title, "In the journal");
	debrief_free(d);
	entry_fini(&found);
	run("cd '%s' && echo nonsense >'%s' && git commit -qam broken", s->repo, path);
	assert_refused(ERR_STORE, path, history_find(r, "in-git", &found, &e));
	free(path);
	repo_close(r);
}

static void
prefix_of_a_folder_is_in_the_paths(void **state)
{
	struct scratch *s = *state;
	char *sub = mem_fmt("%s/team", s->repo);
	struct repo *r;

	run("git init -q '%s'", s->repo);
	r = repo_made(sub);
	free(committed(r, "2026-11-22", "Checkout", "7k3f9q2mx0ab", NULL));
	assert_sh("team/.gitattributes\nteam/debriefs/2026/11/2026-11-22-checkout-7k3f.json",
	    "git -C '%s' ls-files", s->repo);
	assert_found(r, "checkout", "2026-11-22-checkout-7k3f");
	assert_found(r, "2026-11-22-checkout-7k3f", "2026-11-22-checkout-7k3f");
	repo_close(r);
	free(sub);
}

static void
assert_opens(const char *dir, const char *work_dir)
{
	struct err e = { 0 };
	struct repo *r = history_open(dir, &e);

	assert_ok(r != NULL);
	assert_string_equal(repo_work_dir(r), work_dir);
	repo_close(r);
}

static void
open_looks_where_the_manual_says(void **state)
{
	struct scratch *s = *state;
	char *data = mem_fmt("%s/data", s->dir), *dflt = mem_fmt("%s/data/debrief", s->dir);
	char *other = mem_fmt("%s/other", s->dir), *code = mem_fmt("%s/code", s->dir), *got;
	char cwd[4096];
	struct err e = { 0 };

	assert_non_null(getcwd(cwd, sizeof cwd));
	assert_int_equal(chdir(s->dir), 0);
	got = history_default_dir();
	assert_non_null(strstr(got, "/.local/share/debrief"));
	free(got);
	setenv("XDG_DATA_HOME", data, 1);
	assert_refused(ERR_MISSING, "debrief init", history_open(NULL, &e) != NULL);
	repo_close(repo_made(dflt));
	repo_close(repo_made(s->repo));
	repo_close(repo_made(other));
	run("git init -q '%s'", code);
	assert_opens(NULL, dflt);
	assert_int_equal(chdir(code), 0);
	assert_opens(NULL, dflt); /* a repository without debriefs is not meant */
	assert_int_equal(chdir(s->repo), 0);
	assert_opens(NULL, s->repo);
	run("git config --global debrief.repo '~/other'");
	assert_opens(NULL, other);
	setenv("DEBRIEF_REPO", s->repo, 1);
	assert_opens(NULL, s->repo);
	assert_opens(dflt, dflt);
	unsetenv("DEBRIEF_REPO");
	unsetenv("XDG_DATA_HOME");
	assert_int_equal(chdir(cwd), 0);
	free(data);
	free(dflt);
	free(other);
	free(code);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)
	const struct CMUnitTest tests[] = {
		TEST(paths_are_made_of_date_title_and_id),
		TEST(list_is_newest_first_with_journals),
		TEST(find_follows_its_rules),
		TEST(find_takes_the_newest_of_a_series),
		TEST(content_is_read_from_git_or_journal),
		TEST(prefix_of_a_folder_is_in_the_paths),
		TEST(open_looks_where_the_manual_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
