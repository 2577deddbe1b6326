#include "live/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>

#include "live/key.h"
#include "tests/live/world.h"

struct state {
	char home[64];
	struct id id;
};

static void
begin(struct state *s)
{
	snprintf(s->home, sizeof s->home, "/tmp/debrief-secret-XXXXXX");
	assert_non_null(mkdtemp(s->home));
	setenv("XDG_STATE_HOME", s->home, 1);
	s->id = id_random();
}

static void
end(struct state *s)
{
	char *line = mem_fmt("rm -rf '%s'", s->home);

	assert_int_equal(system(line), 0);
	free(line);
}

/* The only file in a folder of the state. Yours. */
static char *
only_file(const struct state *s, const char *folder)
{
	char *dir = mem_fmt("%s/debrief/%s", s->home, folder), *found = NULL;
	DIR *d = opendir(dir);
	struct dirent *entry;

	assert_non_null(d);
	while ((entry = readdir(d)) != NULL)
		if (entry->d_name[0] != '.') {
			assert_null(found);
			found = mem_fmt("%s/%s", dir, entry->d_name);
		}
	closedir(d);
	free(dir);
	assert_non_null(found);
	return found;
}

static int
mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(lstat(path, &st), 0);
	return (int)(st.st_mode & 07777);
}

static char *
load(const struct state *s, const char *name)
{
	struct err e = { 0 };
	char *secret = secret_load(s->id, name, &e);

	OKAY(e, secret != NULL);
	assert_true(secret_ok(secret));
	return secret;
}

static void
put(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void
a_secret_is_kept_for_its_owner_alone(void **state)
{
	struct state s;
	char *first, *again, *path, *dir;

	(void)state;
	begin(&s);
	first = load(&s, "lena");
	again = load(&s, "lena");
	assert_string_equal(first, again);
	path = only_file(&s, "secrets");
	dir = mem_fmt("%s/debrief/secrets", s.home);
	assert_int_equal(mode_of(path), 0600);
	assert_int_equal(mode_of(dir), 0700);
	assert_null(strstr(path, "lena"));
	free(again);
	chmod(path, 0644); /* somebody was careless: it is set right */
	again = load(&s, "lena");
	assert_string_equal(first, again);
	assert_int_equal(mode_of(path), 0600);
	free(first);
	free(again);
	free(path);
	free(dir);
	end(&s);
}

static void
each_name_and_each_debrief_has_another(void **state)
{
	struct state s;
	char *lena, *moss, *other;

	(void)state;
	begin(&s);
	lena = load(&s, "lena");
	moss = load(&s, "moss");
	s.id = id_random();
	other = load(&s, "lena");
	assert_string_not_equal(lena, moss);
	assert_string_not_equal(lena, other);
	free(lena);
	free(moss);
	free(other);
	end(&s);
}

static void
what_is_no_secret_is_replaced(void **state)
{
	static const char *const broken[] = { "", "short", "ABCDEFGHIJKLMNOPQRSTUVWXYZ" };
	struct state s;
	char *path, *secret, *target;

	(void)state;
	begin(&s);
	free(load(&s, "lena"));
	path = only_file(&s, "secrets");
	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
		put(path, broken[i]);
		free(load(&s, "lena"));
	}
	/* Nor is another file read or written through a link. */
	target = mem_fmt("%s/target", s.home);
	put(target, "0123456789abcdefghjkmnpqrs");
	assert_int_equal(unlink(path), 0);
	assert_int_equal(symlink(target, path), 0);
	secret = load(&s, "lena");
	assert_string_not_equal(secret, "0123456789abcdefghjkmnpqrs");
	assert_int_equal(access(target, F_OK), 0);
	free(secret);
	free(target);
	free(path);
	end(&s);
}

static void
where_nothing_can_be_kept_it_says_so(void **state)
{
	struct state s;
	struct err e = { 0 };
	struct key_of key = { 0 };
	char *file;

	(void)state;
	begin(&s);
	file = mem_fmt("%s/file", s.home);
	put(file, "");
	setenv("XDG_STATE_HOME", file, 1);
	assert_null(secret_load(s.id, "lena", &e));
	assert_int_equal(e.kind, ERR_STORE);
	assert_non_null(strstr(e.text, "XDG_STATE_HOME"));
	assert_false(key_load(s.id, &key, &e));
	assert_false(key.some);
	free(file);
	end(&s);
}

/* Many programs of one person begin at once. */
static void
all_of_a_person_find_one_secret(void **state)
{
	enum { MANY = 12 };
	struct state s;
	struct strs got = { 0 };
	int ends[2], status;

	(void)state;
	begin(&s);
	assert_int_equal(pipe(ends), 0);
	for (int i = 0; i < MANY; i++)
		if (fork() == 0) {
			char *secret = secret_load(s.id, "lena", NULL);
			_exit(secret == NULL || write(ends[1], secret, SECRET_LETTERS) < 0);
		}
	for (int i = 0; i < MANY; i++) {
		char text[SECRET_LETTERS];
		assert_int_equal(read(ends[0], text, sizeof text), (int)sizeof text);
		strs_addn(&got, text, sizeof text);
		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	strs_sort(&got, true);
	assert_int_equal(got.n, 1);
	strs_fini(&got);
	close(ends[0]);
	close(ends[1]);
	end(&s);
}

static void
a_secret_proves_its_own_cards_alone(void **state)
{
	char *mine = secret_new(), *yours = secret_new();
	char a[OWNER_LETTERS + 1], b[OWNER_LETTERS + 1], again[OWNER_LETTERS + 1];
	struct id one = id_random(), two = id_random();

	(void)state;
	assert_string_not_equal(mine, yours);
	secret_owner(mine, one, a);
	secret_owner(mine, one, again);
	secret_owner(mine, two, b);
	assert_string_equal(a, again);
	assert_int_equal(strlen(a), OWNER_LETTERS);
	assert_string_not_equal(a, b);
	assert_null(strstr(a, mine));
	assert_true(secret_owns(mine, one, a));
	assert_true(secret_owns(mine, two, b));
	assert_false(secret_owns(mine, two, a));
	assert_false(secret_owns(yours, one, a));
	assert_false(secret_owns(mine, one, NULL));
	assert_false(secret_owns(NULL, one, a));
	assert_false(secret_owns(mine, one, ""));
	a[OWNER_LETTERS - 1] ^= 1;
	assert_false(secret_owns(mine, one, a));
	free(mine);
	free(yours);
}

static void
what_is_written_like_a_secret(void **state)
{
	char *secret = secret_new();

	(void)state;
	assert_true(secret_ok(secret));
	secret[3] = 'u'; /* no letter of the alphabet */
	assert_false(secret_ok(secret));
	secret[3] = '\0';
	assert_false(secret_ok(secret));
	assert_false(secret_ok(""));
	assert_false(secret_ok(NULL));
	assert_false(secret_ok("0123456789abcdefghjkmnpqrs0"));
	free(secret);
}

static void
a_key_is_made_once_and_erased(void **state)
{
	static const struct key_of nothing;
	struct state s;
	struct err e = { 0 };
	struct key_of first = { 0 }, again = { 0 };
	char *path;
	struct id was;
	int fd;
	char bytes[KEY_BYTES];

	(void)state;
	begin(&s);
	assert_false(key_peek(s.id, &first));
	OKAY(e, key_load(s.id, &first, &e));
	assert_true(key_peek(s.id, &again));
	assert_memory_equal(first.bytes, again.bytes, KEY_BYTES);
	OKAY(e, key_load(s.id, &again, &e));
	assert_memory_equal(first.bytes, again.bytes, KEY_BYTES);
	path = only_file(&s, "keys");
	assert_int_equal(mode_of(path), 0600);
	was = key_cid(&first, "lena", s.id);
	fd = open(path, O_RDONLY);
	OKAY(e, key_erase(s.id, &first, &e));
	assert_memory_equal(&first, &nothing, sizeof first);
	assert_int_equal(access(path, F_OK), -1);
	assert_int_equal(read(fd, bytes, sizeof bytes), (int)sizeof bytes);
	assert_memory_equal(bytes, nothing.bytes, sizeof bytes); /* overwritten, not just unlinked */
	assert_false(key_peek(s.id, &again));
	OKAY(e, key_erase(s.id, &first, &e)); /* nothing left is what is wanted */
	OKAY(e, key_load(s.id, &again, &e));
	assert_false(id_equal(was, key_cid(&again, "lena", s.id)));
	close(fd);
	free(path);
	end(&s);
}

static void
a_hash_says_neither_who_nor_what(void **state)
{
	struct key_of k = { .some = true, .bytes = { 1, 2, 3 } }, other = { .some = true };
	struct id cid = id_make(7), x;

	(void)state;
	x = key_cid(&k, "lena", cid);
	assert_true(id_parse(x.s, &x));
	assert_true(id_equal(x, key_cid(&k, "lena", cid)));
	assert_false(id_equal(x, key_cid(&other, "lena", cid)));
	assert_false(id_equal(x, key_cid(&k, "moss", cid)));
	assert_false(id_equal(x, key_cid(&k, "lena", id_make(8))));
	assert_false(id_equal(key_ballot(&k, "lena", 0), key_ballot(&k, "lena", 1)));
	assert_false(id_equal(key_ballot(&k, "lena", 1), key_ballot(&k, "moss", 1)));
	/* A name that ends in a digit is not the next ballot of another. */
	assert_false(id_equal(key_ballot(&k, "lena1", 2), key_ballot(&k, "lena", 12)));
	assert_false(id_equal(key_ballot(&k, "lena", 0), key_ballot(&other, "lena", 0)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_secret_is_kept_for_its_owner_alone),
		cmocka_unit_test(each_name_and_each_debrief_has_another),
		cmocka_unit_test(what_is_no_secret_is_replaced),
		cmocka_unit_test(where_nothing_can_be_kept_it_says_so),
		cmocka_unit_test(all_of_a_person_find_one_secret),
		cmocka_unit_test(a_secret_proves_its_own_cards_alone),
		cmocka_unit_test(what_is_written_like_a_secret),
		cmocka_unit_test(a_key_is_made_once_and_erased),
		cmocka_unit_test(a_hash_says_neither_who_nor_what),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
