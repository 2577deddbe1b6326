/* Golden frames: every scene of tests/frames, at each of its sizes, is drawn and compared with the
 * picture kept beside it. FRAMES=write rewrites them. */
#include <dirent.h>

#include "tests/views/scene.h"

static void
compare(const char *path, const struct buf *drawn)
{
	struct buf kept = { 0 };
	struct err e = { 0 };
	const char *write = getenv("FRAMES");

	if (write != NULL && strcmp(write, "write") == 0) {
		assert_true(buf_write_file(path, drawn->data, drawn->len, &e));
		return;
	}
	if (!buf_read_file(&kept, path, 1 << 22, &e))
		fail_msg("%s: %s", path, e.text);
	if (kept.len != drawn->len || memcmp(kept.data, drawn->data, kept.len) != 0) {
		print_error("%s is not what is drawn now (FRAMES=write rewrites it):\n%s", path,
		    drawn->data);
		fail();
	}
	buf_fini(&kept);
}

static void
draw_scene(const char *name)
{
	struct stage_set t;
	struct buf text = { 0 }, frame = { 0 };
	char path[300];

	set_init(&t);
	snprintf(path, sizeof path, "tests/frames/%s.scene", name);
	set_file(&t, path);
	assert_true(t.n_sizes > 0);
	for (int i = 0; i < t.n_sizes; i++) {
		struct canvas *c = set_draw(&t, t.sizes[i][0], t.sizes[i][1]);
		set_text(&text, c);
		buf_clear(&frame);
		export_frame(&frame, c);
		snprintf(path, sizeof path, "tests/frames/%s-%dx%d.frame", name, t.sizes[i][0],
		    t.sizes[i][1]);
		compare(path, &frame);
		canvas_free(c);
	}
	buf_fini(&text);
	buf_fini(&frame);
	set_fini(&t);
}

static void
test_scenes(void **state)
{
	struct strs names = { 0 };
	struct dirent *e;
	DIR *d = opendir("tests/frames");

	(void)state;
	assert_non_null(d);
	while ((e = readdir(d)) != NULL) {
		const char *dot = strstr(e->d_name, ".scene");
		if (dot != NULL && dot[6] == '\0')
			strs_addn(&names, e->d_name, (size_t)(dot - e->d_name));
	}
	closedir(d);
	strs_sort(&names, true);
	assert_true(names.n >= 10);
	for (size_t i = 0; i < names.n; i++)
		draw_scene(names.v[i]);
	strs_fini(&names);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_scenes) };

	text_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
