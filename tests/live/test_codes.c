/* One-time codes of guests. */
#define _GNU_SOURCE /* strcasestr */
#include "live/codes.h"

#include "world.h"

#include <ctype.h>
#include <sys/wait.h>

static char *
codes_path(const struct world *w)
{
	return mem_fmt("%s/.git/debrief/%s.codes", w->dir, w->place.id.s);
}

static void
make(struct world *w, const char *name, const char *role, char *code)
{
	struct err e = { 0 };

	OKAY(e, codes_make(w->repo, w->place.id, name, role, code, &e));
	assert_int_equal(strlen(code), CODE_LETTERS);
	assert_int_equal(code[4], '-');
}

static bool
enters(struct world *w, const char *code, const char *name, struct guest *g)
{
	struct err e = { 0 };
	bool good = codes_use(w->repo, code, name, g, &e);

	if (!good)
		assert_int_equal(e.kind, ERR_REFUSED);
	return good;
}

static void
a_code_works_once_and_gives_another(void **state)
{
	struct world w;
	struct guest g, again;
	char code[CODE_LETTERS + 1];

	(void)state;
	world_begin(&w);
	make(&w, "Zo\xc3\xab Moss", "observer", code);
	assert_true(enters(&w, code, "zo\xc3\xab moss", &g));
	assert_string_equal(g.name, "Zo\xc3\xab Moss");
	assert_string_equal(g.role, "observer");
	assert_true(id_equal(g.debrief, w.place.id));
	assert_false(enters(&w, code, "Zo\xc3\xab Moss", &again));
	assert_true(enters(&w, g.again, "Zo\xc3\xab Moss", &again));
	assert_false(enters(&w, g.again, "Zo\xc3\xab Moss", &(struct guest){ 0 }));
	guest_fini(&g);
	guest_fini(&again);
	world_end(&w);
}

static void
it_is_read_as_people_write(void **state)
{
	struct world w;
	struct guest g;
	char code[CODE_LETTERS + 1], typed[40];

	(void)state;
	world_begin(&w);
	make(&w, "moss", "participant", code);
	snprintf(typed, sizeof typed, " %.4s %s ", code, code + 5);
	for (char *p = typed; *p != '\0'; p++)
		*p = *p == '0' ? 'o' : *p == '1' ? 'l' : (char)tolower(*p);
	assert_true(enters(&w, typed, "moss", &g));
	guest_fini(&g);
	world_end(&w);
}

static void
code_and_name_belong_together(void **state)
{
	static const char *const bad[] = { "", "-", "7K3F", "7K3F-9Q2", "7K3F-9Q2MX", "UUUU-UUUU",
		"7K3F-9Q2\xc3" };
	struct world w;
	struct guest g;
	char code[CODE_LETTERS + 1], other[CODE_LETTERS + 1];

	(void)state;
	world_begin(&w);
	assert_false(enters(&w, "7K3F-9Q2M", "moss", &g));
	make(&w, "moss", "participant", code);
	make(&w, "fern", "participant", other);
	assert_false(enters(&w, code, "fern", &g));
	assert_false(enters(&w, code, "", &g));
	assert_false(enters(&w, other, "moss", &g));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(enters(&w, bad[i], "moss", &g));
	/* None of that used one up. */
	assert_true(enters(&w, code, "moss", &g));
	guest_fini(&g);
	assert_true(enters(&w, other, "fern", &g));
	guest_fini(&g);
	world_end(&w);
}

static void
no_code_is_written_down(void **state)
{
	struct world w;
	struct guest g;
	struct buf b = { 0 };
	struct err e = { 0 };
	struct stat st;
	char code[CODE_LETTERS + 1], bare[CODE_LETTERS + 1], *path;

	(void)state;
	world_begin(&w);
	path = codes_path(&w);
	make(&w, "moss", "participant", code);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	OKAY(e, buf_read_file(&b, path, 4096, &e));
	snprintf(bare, sizeof bare, "%.4s%s", code, code + 5);
	assert_null(strstr(b.data, code));
	assert_null(strcasestr(b.data, bare));
	assert_non_null(strstr(b.data, "moss"));
	assert_true(enters(&w, code, "moss", &g));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	guest_fini(&g);
	buf_fini(&b);
	free(path);
	world_end(&w);
}

static char *
list(struct world *w)
{
	struct strs s = { 0 };
	struct buf b = { 0 };
	struct err e = { 0 };

	OKAY(e, codes_list(w->repo, w->place.id, &s, &e));
	for (size_t i = 0; i < s.n; i++)
		buf_addf(&b, "%s\n", s.v[i]);
	strs_fini(&s);
	return buf_take(&b);
}

static void
names_are_listed_bound_and_cancelled(void **state)
{
	struct world w;
	struct guest g;
	struct err e = { 0 };
	char code[CODE_LETTERS + 1], other[CODE_LETTERS + 1], *said;
	size_t n;

	(void)state;
	world_begin(&w);
	said = list(&w);
	assert_string_equal(said, "");
	free(said);
	make(&w, "moss", "participant", code);
	make(&w, "fern wood", "observer", other);
	assert_true(enters(&w, code, "moss", &g));
	said = list(&w);
	assert_string_equal(said, "moss, participant, was here\nfern wood, observer\n");
	free(said);
	OKAY(e, codes_cancel(w.repo, w.place.id, &n, &e));
	assert_int_equal(n, 2);
	said = list(&w);
	assert_string_equal(said, "");
	free(said);
	assert_false(enters(&w, other, "fern wood", &(struct guest){ 0 }));
	assert_false(enters(&w, g.again, "moss", &(struct guest){ 0 }));
	/* Whose name it was stays known. */
	assert_true(codes_bound(w.repo, w.place.id, "Moss"));
	assert_false(codes_bound(w.repo, w.place.id, "lena"));
	OKAY(e, codes_erase(w.repo, w.place.id, &e));
	assert_false(codes_bound(w.repo, w.place.id, "moss"));
	OKAY(e, codes_erase(w.repo, w.place.id, &e));
	guest_fini(&g);
	world_end(&w);
}

static void
two_at_once_one_gets_in(void **state)
{
	struct world w;
	char code[CODE_LETTERS + 1];
	int in = 0, how;

	(void)state;
	world_begin(&w);
	make(&w, "moss", "participant", code);
	for (int i = 0; i < 8; i++)
		if (fork() == 0) {
			struct guest g;
			_exit(codes_use(w.repo, code, "moss", &g, NULL) ? 7 : 0);
		}
	for (int i = 0; i < 8; i++) {
		assert_true(wait(&how) > 0);
		in += WIFEXITED(how) && WEXITSTATUS(how) == 7;
	}
	assert_int_equal(in, 1);
	world_end(&w);
}

static void
damage_lets_nobody_in(void **state)
{
	static const char *const bad[] = { "", "\n", "debrief-codes 1", "new", "new participant",
		"new participant - moss\n", "new participant  moss\n", "x y z w\n",
		"new participant 00000000000000000000000000000000000000000000 moss\n" };
	struct world w;
	struct err e = { 0 };
	char code[CODE_LETTERS + 1], *path;

	(void)state;
	world_begin(&w);
	path = codes_path(&w);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct guest g;
		OKAY(e, buf_write_file(path, bad[i], strlen(bad[i]), &e));
		assert_false(enters(&w, "0000-0000", "moss", &g));
	}
	make(&w, "moss", "participant", code);
	free(path);
	world_end(&w);
}

static void
a_guest_needs_a_name(void **state)
{
	struct world w;
	struct err e = { 0 };
	char code[CODE_LETTERS + 1];

	(void)state;
	world_begin(&w);
	assert_false(codes_make(w.repo, w.place.id, "", "observer", code, &e));
	assert_int_equal(e.kind, ERR_REFUSED);
	assert_false(
	    codes_make(w.repo, w.place.id, "a\nnew participant x b", "observer", code, &e));
	assert_int_equal(e.kind, ERR_REFUSED);
	world_end(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_code_works_once_and_gives_another),
		cmocka_unit_test(it_is_read_as_people_write),
		cmocka_unit_test(code_and_name_belong_together),
		cmocka_unit_test(no_code_is_written_down),
		cmocka_unit_test(names_are_listed_bound_and_cancelled),
		cmocka_unit_test(two_at_once_one_gets_in),
		cmocka_unit_test(damage_lets_nobody_in),
		cmocka_unit_test(a_guest_needs_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
