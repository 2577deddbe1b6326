#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "tests/base/random.h"

static int
enter_folder(void **state)
{
	char *dir = mem_dup("/tmp/debrief-buf-XXXXXX");

	*state = dir;
	return mkdtemp(dir) == NULL || chdir(dir) != 0;
}

static int
leave_folder(void **state)
{
	int bad = chdir("/") != 0 || rmdir(*state) != 0; /* nothing is left behind */

	free(*state);
	return bad;
}

static void
grows_and_always_ends(void **state)
{
	struct buf b = { 0 };
	char *text;

	(void)state;
	buf_adds(&b, "ab");
	buf_addc(&b, 'c');
	buf_add(&b, "d\0e", 3);
	buf_addf(&b, "%03d", 5);
	assert_int_equal(b.len, 9);
	assert_memory_equal(b.data, "abcd\0e005", 10);
	buf_cut_front(&b, 4);
	assert_memory_equal(b.data, "\0e005", 6);
	buf_cut_front(&b, 5);
	assert_int_equal(b.len, 0);
	buf_clear(&b);
	text = buf_take(&b);
	assert_string_equal(text, "");
	assert_null(b.data);
	free(text);
	text = buf_take(&b);
	assert_string_equal(text, "");
	free(text);
	buf_cut_front(&b, 0);
	buf_clear(&b);
	buf_fini(&b);
}

static void
equals_a_plain_array(void **state)
{
	static char want[200000];
	size_t len = 0;
	uint64_t seed = 11;
	struct buf b = { 0 };

	(void)state;
	for (int i = 0; i < 3000; i++) {
		char piece[64];
		size_t n = (size_t)random_below(&seed, sizeof piece);
		memset(piece, 'a' + i % 26, n);
		if (random_below(&seed, 4) == 0 && len > n) {
			buf_cut_front(&b, n);
			memmove(want, want + n, len -= n);
		} else {
			buf_add(&b, piece, n);
			memcpy(want + len, piece, n);
			len += n;
		}
		assert_int_equal(b.len, len);
		assert_true(b.data == NULL || b.data[len] == '\0');
	}
	assert_memory_equal(b.data, want, len);
	buf_fini(&b);
}

static void
a_file_comes_back(void **state)
{
	struct buf b = { 0 }, big = { 0 };
	struct err e = { 0 };
	struct stat st;

	(void)state;
	umask(022);
	buf_adds(&b, "before ");
	assert_true(buf_write_file("f", "one\0two", 7, &e));
	assert_true(buf_read_file(&b, "f", 7, &e));
	assert_memory_equal(b.data, "before one\0two", 15);
	assert_int_equal(stat("f", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0644);
	while (big.len < 300000)
		buf_adds(&big, "some more of it\n");
	assert_true(buf_write_file("f", big.data, big.len, &e));
	buf_clear(&b);
	assert_true(buf_read_file(&b, "f", big.len, &e));
	assert_int_equal(b.len, big.len);
	assert_memory_equal(b.data, big.data, big.len);
	assert_true(buf_write_file("f", "", 0, &e));
	buf_clear(&b);
	assert_true(buf_read_file(&b, "f", 0, &e));
	assert_int_equal(b.len, 0);
	unlink("f");
	buf_fini(&b);
	buf_fini(&big);
}

static void
the_mode_stays(void **state)
{
	static const mode_t modes[] = { 0600, 0664, 0755, 0444 };
	struct stat st;

	(void)state;
	umask(077);
	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
		assert_true(buf_write_file("f", "x", 1, NULL));
		assert_int_equal(chmod("f", modes[i]), 0);
		assert_true(buf_write_file("f", "y", 1, NULL));
		assert_int_equal(stat("f", &st), 0);
		assert_int_equal(st.st_mode & 0777, modes[i]);
		unlink("f");
	}
	umask(022);
}

static void
a_link_is_replaced_and_its_target_untouched(void **state)
{
	struct buf b = { 0 };
	struct stat st;

	(void)state;
	assert_true(buf_write_file("target", "mine", 4, NULL));
	assert_int_equal(symlink("target", "link"), 0);
	assert_true(buf_write_file("link", "new", 3, NULL));
	assert_int_equal(lstat("link", &st), 0);
	assert_true(S_ISREG(st.st_mode));
	assert_true(buf_read_file(&b, "target", 10, NULL));
	assert_string_equal(b.data, "mine");
	unlink("link");
	unlink("target");
	buf_fini(&b);
}

static void
reading_fails_in_words_and_adds_nothing(void **state)
{
	struct buf b = { 0 };
	struct err e = { 0 };

	(void)state;
	buf_adds(&b, "kept");
	assert_false(buf_read_file(&b, "none/at/all", 10, &e));
	assert_int_equal(e.kind, ERR_MISSING);
	assert_non_null(strstr(e.text, "none/at/all"));
	assert_false(buf_read_file(&b, ".", 10, &e));
	assert_int_equal(e.kind, ERR_STORE);
	assert_true(buf_write_file("f", "12345", 5, &e));
	assert_false(buf_read_file(&b, "f", 4, &e));
	assert_int_equal(e.kind, ERR_STORE);
	assert_non_null(strstr(e.text, "4 bytes"));
	assert_false(buf_read_fd(&b, -1, 4, &e));
	assert_int_equal(e.kind, ERR_STORE);
	assert_string_equal(b.data, "kept");
	assert_int_equal(b.len, 4);
	unlink("f");
	buf_fini(&b);
}

/* A limit on the size of files stands for a full disk. */
static void
a_full_disk_changes_nothing(void **state)
{
	struct rlimit all, few;
	struct buf b = { 0 };
	struct err e = { 0 };
	char bytes[5000];
	bool written;

	(void)state;
	memset(bytes, 'n', sizeof bytes);
	assert_true(buf_write_file("f", "old", 3, &e));
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &all), 0);
	few = all;
	few.rlim_cur = 1000;
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &few);
	written = buf_write_file("f", bytes, sizeof bytes, &e);
	setrlimit(RLIMIT_FSIZE, &all);
	assert_false(written);
	assert_int_equal(e.kind, ERR_STORE);
	assert_non_null(strstr(e.text, "nothing was changed"));
	assert_true(buf_read_file(&b, "f", 10, &e));
	assert_string_equal(b.data, "old");
	unlink("f");
	buf_fini(&b);
}

static void
what_cannot_be_written_is_said(void **state)
{
	struct err e = { 0 };

	(void)state;
	assert_false(buf_write_file("no/folder/f", "x", 1, &e));
	assert_int_equal(e.kind, ERR_STORE);
	assert_non_null(strstr(e.text, "no/folder/f"));
	assert_int_equal(mkdir("d", 0700), 0);
	assert_false(buf_write_file("d", "x", 1, &e));
	assert_non_null(strstr(e.text, "nothing was changed"));
	assert_int_equal(rmdir("d"), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(grows_and_always_ends),
		cmocka_unit_test(equals_a_plain_array),
		cmocka_unit_test_setup_teardown(a_file_comes_back, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(the_mode_stays, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(
		    a_link_is_replaced_and_its_target_untouched, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(
		    reading_fails_in_words_and_adds_nothing, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(
		    a_full_disk_changes_nothing, enter_folder, leave_folder),
		cmocka_unit_test_setup_teardown(
		    what_cannot_be_written_is_said, enter_folder, leave_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
