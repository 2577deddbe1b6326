#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/text.h"
#include "tui/export.h"

static char *
drawn(struct canvas *c)
{
	struct buf b = { 0 };

	export_text(&b, c);
	return buf_take(&b);
}

/* Every row of an export is as wide as the canvas. */
static void
assert_rectangle(struct canvas *c)
{
	char *text = drawn(c), *p = text;

	for (int y = 0; y < canvas_rows(c); y++) {
		size_t len = strcspn(p, "\n");
		assert_int_equal(text_width(p, len), canvas_cols(c));
		for (size_t i = 0; i < len; i++)
			assert_true((unsigned char)p[i] >= 0x20 && p[i] != 0x7f);
		p += len + 1;
	}
	assert_int_equal(*p, 0);
	free(text);
}

static void
what_does_not_fit_ends_in_an_ellipsis(void **state)
{
	struct canvas *c = canvas_new(1, 10, false);
	char *text;

	(void)state;
	assert_int_equal(canvas_text(c, 0, 0, 6, "canary skipped", ROLE_PLAIN), 6);
	text = drawn(c);
	assert_string_equal(text, "canar…    \n");
	free(text);
	canvas_clear(c);
	assert_int_equal(canvas_text(c, 0, 0, 6, "日本語テ", ROLE_PLAIN), 5);
	text = drawn(c);
	assert_string_equal(text, "日本…     \n");
	free(text);
	canvas_free(c);
}

static void
nothing_harmful_is_ever_held(void **state)
{
	static const char *const nasty[] = { "\x1b[2J\x07", "a\xe2\x80\xae" "b", "\xef\xbb\xbf", "x\xf3\xa0\x80\xa1", "\xff\xfe", "\t\n\r",
		"\xe2\x80\x8b\xe2\x80\x8d", "e\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85\xcc\x86\xcc\x87", "👩‍👩‍👧‍👦", "한글", "עברית" };
	struct canvas *c = canvas_new(3, 17, false);

	(void)state;
	for (size_t i = 0; i < sizeof nasty / sizeof *nasty; i++)
		for (int x = -3; x < 20; x++) {
			canvas_text(c, 1, x, -1, nasty[i], ROLE_PLAIN);
			assert_rectangle(c);
		}
	canvas_free(c);
}

static void
ascii_keeps_the_columns(void **state)
{
	struct canvas *c = canvas_new(1, 24, true);
	char *text;

	(void)state;
	canvas_text(c, 0, 0, -1, "┤ É ├ ╲═•5►日…Straße", ROLE_PLAIN);
	text = drawn(c);
	assert_string_equal(text, "[ E ] \\=*5>?\?~Strase    \n");
	free(text);
	canvas_free(c);
}

static void
overwriting_half_of_a_wide_one_leaves_a_space(void **state)
{
	struct canvas *c = canvas_new(1, 6, false);
	char *text;

	(void)state;
	canvas_text(c, 0, 0, -1, "日本", ROLE_PLAIN);
	canvas_put(c, 0, 1, 'x', ROLE_PLAIN);
	canvas_put(c, 0, 2, 'y', ROLE_PLAIN);
	text = drawn(c);
	assert_string_equal(text, " xy   \n");
	free(text);
	canvas_put(c, 0, 5, 0x65e5, ROLE_PLAIN);
	assert_rectangle(c);
	canvas_free(c);
}

static double
channel(unsigned char v)
{
	double x = v / 255.0;

	/* sRGB to linear; the square stands in for the 2.4th power within a few per cent. */
	return x <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) * ((x + 0.055) / 1.055) * (0.7 + 0.3 * x);
}

static double
luminance(const unsigned char rgb[3])
{
	return 0.2126 * channel(rgb[0]) + 0.7152 * channel(rgb[1]) + 0.0722 * channel(rgb[2]);
}

static void
themes_are_readable(void **state)
{
	(void)state;
	for (int i = 0; i < n_themes; i++)
		for (int role = 0; role < N_ROLES; role++) {
			struct look l = theme_look(&themes[i], role);
			unsigned char ink[3], paper[3] = { 0x1e, 0x1e, 0x2e };
			double a, b, ratio;
			if (l.fg < 0)
				continue;
			if (strcmp(themes[i].name, "light") == 0)
				memset(paper, 0xff, 3);
			if (l.bg >= 0)
				theme_rgb(l.bg, paper);
			theme_rgb(l.fg, ink);
			a = luminance(ink);
			b = luminance(paper);
			ratio = a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
			if (ratio < (role == ROLE_DIM ? 3.0 : 4.5))
				print_error("%s role %d: %.1f\n", themes[i].name, role, ratio);
			assert_true(ratio >= (role == ROLE_DIM ? 3.0 : 4.5));
		}
	assert_true(theme_look(theme_find("mono"), ROLE_SELECTED).attrs & STYLE_REVERSE);
	assert_null(theme_find("pink"));
}

static void
a_picture_holds_its_text(void **state)
{
	struct canvas *c = canvas_new(2, 20, false);
	struct buf b = { 0 };

	(void)state;
	canvas_text(c, 0, 0, -1, "a < b & c ══╲░", ROLE_HEAD);
	export_svg(&b, c, &themes[0], "x");
	assert_non_null(strstr(b.data, "a &lt; b &amp; c</text>"));
	assert_non_null(strstr(b.data, "</svg>"));
	assert_null(strstr(b.data, "╲"));
	buf_fini(&b);
	canvas_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_does_not_fit_ends_in_an_ellipsis),
		cmocka_unit_test(nothing_harmful_is_ever_held),
		cmocka_unit_test(ascii_keeps_the_columns),
		cmocka_unit_test(overwriting_half_of_a_wide_one_leaves_a_space),
		cmocka_unit_test(themes_are_readable),
		cmocka_unit_test(a_picture_holds_its_text),
	};

	text_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
