/* A canvas as text, as ANSI, as a picture, as a golden frame; and what themes promise. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <cmocka.h>
#include <vterm.h>

#include "base/mem.h"
#include "base/text.h"
#include "tests/base/random.h"
#include "tui/export.h"

enum { ROWS = 6, COLS = 30 };

static void
scribble(struct canvas *c, uint64_t *seed)
{
	struct buf text = { 0 };

	canvas_clear(c);
	for (int i = 0; i < 10; i++) {
		int style = random_below(seed, N_ROLES) |
			    (random_below(seed, 2) ? 0x100 << random_below(seed, 3) : 0);
		buf_clear(&text);
		random_text(seed, &text, 5);
		buf_adds(&text, i % 3 ? "═╲<&>\"░" : "│╭╮x ");
		canvas_text(
		    c, random_below(seed, ROWS), random_below(seed, COLS), -1, text.data, style);
	}
	buf_fini(&text);
}

static void
text_is_an_exact_rectangle(void **state)
{
	struct canvas *c = canvas_new(ROWS, COLS, false);
	uint64_t seed = 21;

	(void)state;
	for (int round = 0; round < 300; round++) {
		struct buf b = { 0 };
		size_t at = 0;
		scribble(c, &seed);
		export_text(&b, c);
		for (int y = 0; y < ROWS; y++) {
			int cols = 0;
			while (b.data[at] != '\n') {
				uint32_t cp = 0;
				at += utf8_decode(b.data + at, b.len - at, &cp);
				cols += wcwidth((wchar_t)cp);
			}
			assert_int_equal(cols, COLS);
			at++;
		}
		assert_int_equal(at, b.len);
		buf_fini(&b);
	}
	canvas_free(c);
}

static void
assert_ansi_cell(VTermScreen *screen, const struct canvas *c, const struct theme *t, VTermPos at)
{
	const struct cell *cell = canvas_row(c, at.row) + at.col;
	struct look l = theme_look(t, cell->style);
	VTermScreenCell seen;
	char want[32];
	uint32_t cp = 0;

	vterm_screen_get_cell(screen, at, &seen);
	if (cell->width == 0)
		return;
	canvas_glyph(c, cell, want);
	utf8_decode(want, strlen(want), &cp);
	assert_true(seen.chars[0] == cp || (cp == ' ' && seen.chars[0] == 0));
	assert_int_equal(seen.attrs.bold, (l.attrs & STYLE_BOLD) != 0);
	assert_int_equal(seen.attrs.underline, (l.attrs & STYLE_UNDERLINE) != 0);
	assert_int_equal(seen.attrs.reverse, (l.attrs & STYLE_REVERSE) != 0);
	assert_int_equal(VTERM_COLOR_IS_DEFAULT_FG(&seen.fg) != 0, l.fg < 0);
	if (l.fg >= 0)
		assert_int_equal(seen.fg.indexed.idx, l.fg);
}

static void
ansi_says_what_the_canvas_holds(void **state)
{
	struct canvas *c = canvas_new(ROWS, COLS, false);
	uint64_t seed = 22;

	(void)state;
	for (int round = 0; round < 60; round++) {
		const struct theme *t = &themes[round % n_themes];
		struct buf b = { 0 }, crlf = { 0 };
		VTerm *vt = vterm_new(ROWS + 1, COLS + 1);
		VTermScreen *screen = vterm_obtain_screen(vt);
		vterm_set_utf8(vt, 1);
		vterm_screen_reset(screen, 1);
		scribble(c, &seed);
		/* libvterm has its own idea of some widths: narrow characters only. */
		for (int y = 0; y < ROWS; y++)
			for (int x = 0; x < COLS; x++)
				if (canvas_row(c, y)[x].width != 1 ||
				    canvas_row(c, y)[x].glyph > 0x25ff)
					canvas_put(c, y, x, '~', canvas_row(c, y)[x].style);
		export_ansi(&b, c, t, true);
		for (size_t i = 0; i < b.len; i++)
			buf_adds(&crlf, b.data[i] == '\n' ? "\r\n" : (char[2]){ b.data[i], '\0' });
		vterm_input_write(vt, crlf.data, crlf.len);
		for (int y = 0; y < ROWS; y++)
			for (int x = 0; x < COLS; x++)
				assert_ansi_cell(screen, c, t, (VTermPos){ y, x });
		buf_clear(&b);
		export_ansi(&b, c, t, false);
		assert_null(strstr(b.data, "38;5"));
		assert_null(strstr(b.data, "48;5"));
		buf_fini(&b);
		buf_fini(&crlf);
		vterm_free(vt);
	}
	canvas_free(c);
}

/* Every tag is closed, in order; no bare "<" or "&"; every attribute quoted. */
static void
assert_well_formed(const char *xml)
{
	const char *open[16];
	int depth = 0;

	for (const char *p = xml; *p != '\0'; p++) {
		if (*p == '&')
			assert_true(strncmp(p, "&lt;", 4) == 0 || strncmp(p, "&gt;", 4) == 0 ||
				    strncmp(p, "&amp;", 5) == 0);
		assert_true((unsigned char)*p >= 0x20 || *p == '\n');
		if (*p != '<')
			continue;
		const char *end = strchr(p, '>');
		assert_non_null(end);
		int quotes = 0;
		for (const char *q = p; q < end; q++)
			quotes += *q == '"';
		assert_true(quotes % 2 == 0);
		if (p[1] == '/') {
			size_t len = (size_t)(end - p - 2);
			assert_true(depth > 0 && strncmp(open[--depth], p + 2, len) == 0);
		} else if (end[-1] != '/') {
			assert_true(depth < 16);
			open[depth++] = p + 1;
		}
		p = end;
	}
	assert_int_equal(depth, 0);
}

static void
pictures_are_well_formed(void **state)
{
	struct canvas *c = canvas_new(ROWS, COLS, false);
	uint64_t seed = 23;

	(void)state;
	for (int round = 0; round < 200; round++) {
		struct buf b = { 0 }, again = { 0 };
		scribble(c, &seed);
		export_svg(&b, c, &themes[round % n_themes], "a <title> & \x1b[2J");
		export_svg(&again, c, &themes[round % n_themes], "a <title> & \x1b[2J");
		assert_string_equal(b.data, again.data);
		assert_well_formed(b.data);
		assert_int_equal(utf8_valid(b.data, b.len), b.len);
		buf_fini(&b);
		buf_fini(&again);
	}
	canvas_free(c);
}

static size_t
count(const char *text, const char *part)
{
	size_t n = 0;

	for (const char *p = strstr(text, part); p != NULL; p = strstr(p + 1, part))
		n++;
	return n;
}

static void
lines_join_in_pictures(void **state)
{
	struct canvas *c = canvas_new(8, 20, false);
	struct buf b = { 0 };

	(void)state;
	for (int y = 0; y < 8; y++) {
		canvas_put(c, y, 2 + y, 0x2572, ROLE_LINE);
		canvas_put(c, y, 19 - y, 0x2571, ROLE_LINE);
	}
	export_svg(&b, c, &themes[0], "x");
	/* From the upper left of the first cell to the lower right of the last. */
	assert_non_null(strstr(b.data, "M27 9L99 153"));
	assert_non_null(strstr(b.data, "M189 9L117 153"));
	assert_int_equal(count(b.data, "L"), 2);
	assert_int_equal(count(b.data, "<path"), 1);
	buf_clear(&b);
	canvas_clear(c);
	canvas_hline(c, 2, 1, 12, 0x2550, ROLE_LINE);
	canvas_hline(c, 4, 1, 12, 0x2500, ROLE_LINE);
	canvas_vline(c, 5, 0, 3, 0x2502, ROLE_LINE);
	canvas_hline(c, 0, 1, 3, 0x2592, ROLE_LINE);
	export_svg(&b, c, &themes[0], "x");
	assert_int_equal(count(b.data, "H126"), 3);
	assert_int_equal(count(b.data, "V153"), 1);
	assert_int_equal(count(b.data, "h27v18h-27z"), 1);
	assert_null(strstr(b.data, "<text"));
	buf_fini(&b);
	canvas_free(c);
}

static void
a_box_is_closed_in_pictures(void **state)
{
	struct canvas *c = canvas_new(3, 4, false);
	struct buf b = { 0 };

	(void)state;
	canvas_text(c, 0, 0, -1, "╔══╗", ROLE_LINE);
	canvas_text(c, 1, 0, -1, "║  ║", ROLE_LINE);
	canvas_text(c, 2, 0, -1, "╚══╝", ROLE_LINE);
	export_svg(&b, c, &themes[0], "x");
	/* The outer and the inner square: each side once, meeting in its corners. */
	assert_non_null(strstr(b.data, "M11.5 15.5H42.5"));
	assert_non_null(strstr(b.data, "M11.5 55.5H42.5"));
	assert_non_null(strstr(b.data, "M11.5 15.5V55.5"));
	assert_non_null(strstr(b.data, "M42.5 15.5V55.5"));
	assert_non_null(strstr(b.data, "M15.5 19.5H38.5"));
	assert_non_null(strstr(b.data, "M15.5 51.5H38.5"));
	assert_non_null(strstr(b.data, "M15.5 19.5V51.5"));
	assert_non_null(strstr(b.data, "M38.5 19.5V51.5"));
	assert_int_equal(count(b.data, "H"), 4);
	buf_fini(&b);
	canvas_free(c);
}

static void
text_stays_text_in_pictures(void **state)
{
	struct canvas *c = canvas_new(2, 40, false);
	struct buf b = { 0 };

	(void)state;
	canvas_text(c, 0, 2, -1, "a < b & c ══  next● 日", ROLE_HEAD);
	canvas_text(c, 1, 0, -1, "selected", ROLE_SELECTED | STYLE_REVERSE);
	export_svg(&b, c, theme_find("light"), "x");
	assert_non_null(strstr(b.data, "<text x=\"27\" y=\"22\" textLength=\"81\" fill=\"#005f87\" "
				       "font-weight=\"bold\">a &lt; b &amp; c</text>"));
	assert_non_null(strstr(b.data, ">next</text>"));
	assert_non_null(
	    strstr(b.data, "textLength=\"18\" fill=\"#005f87\" font-weight=\"bold\">日</text>"));
	assert_non_null(
	    strstr(b.data, "<rect x=\"9\" y=\"27\" width=\"72\" height=\"18\" fill=\"#1e1e2e\"/>"));
	assert_non_null(strstr(b.data, "fill=\"#ffffff\">selected</text>"));
	assert_null(strstr(b.data, "═"));
	buf_fini(&b);
	canvas_free(c);
}

static void
frames_show_styles_under_their_row(void **state)
{
	struct canvas *c = canvas_new(2, 6, false);
	struct buf b = { 0 };

	(void)state;
	canvas_text(c, 0, 1, -1, "日x", ROLE_HEAD);
	canvas_text(c, 0, 4, -1, "y", ROLE_SELECTED | STYLE_REVERSE);
	export_frame(&b, c);
	assert_string_equal(b.data, " 日xy |\n dddF\n      |\n");
	buf_fini(&b);
	canvas_free(c);
}

static double
channel(unsigned char v)
{
	double x = v / 255.0;

	return x <= 0.04045 ? x / 12.92 : pow((x + 0.055) / 1.055, 2.4);
}

static double
contrast(const unsigned char a[3], const unsigned char b[3])
{
	double la = 0.2126 * channel(a[0]) + 0.7152 * channel(a[1]) + 0.0722 * channel(a[2]);
	double lb = 0.2126 * channel(b[0]) + 0.7152 * channel(b[1]) + 0.0722 * channel(b[2]);

	return ((la > lb ? la : lb) + 0.05) / ((la > lb ? lb : la) + 0.05);
}

static double *
class_of(struct contrast *c, int role)
{
	return role == ROLE_DIM ? &c->dim : role == ROLE_LINE ? &c->marks : &c->text;
}

/* The least contrast of a theme's colors on the grounds it is made for. */
static struct contrast
least_of(const struct theme *t)
{
	static const unsigned char grounds[][2][3] = {
		[GROUND_DARK] = { { 0, 0, 0 }, { 0x1e, 0x1e, 0x2e } },
		[GROUND_LIGHT] = { { 0xff, 0xff, 0xff }, { 0xfd, 0xf6, 0xe3 } },
		[GROUND_OWN] = { { 0, 0, 0 }, { 0, 0, 0 } },
	};
	struct contrast least = { 100, 100, 100 };

	for (int role = 0; role < N_ROLES; role++) {
		struct look l = theme_look(t, role);
		double *of = class_of(&least, role);
		unsigned char ink[3], ground[3];
		assert_true((l.bg >= 0) == (t->ground == GROUND_OWN));
		if (l.fg < 0)
			continue;
		theme_rgb(l.fg, ink);
		for (int i = 0; i < 2; i++) {
			memcpy(ground, grounds[t->ground][i], 3);
			if (l.bg >= 0)
				theme_rgb(l.bg, ground);
			if (contrast(ink, ground) < *of)
				*of = contrast(ink, ground);
		}
	}
	return least;
}

/* The manual's table says the same. */
static void
manual_says(const struct theme *t)
{
	static const char *const grounds[] = { "dark", "light", "its own, black", "any" };
	struct buf page = { 0 };
	struct err e = { 0 };
	char *row = mem_fmt(".It %s Ta %s Ta %.1f Ta %.1f Ta %.1f\n", t->name, grounds[t->ground],
	    t->least.text, t->least.marks, t->least.dim);

	if (!buf_read_file(&page, "man/debrief.1.in", 1 << 20, &e))
		fail_msg("%s", e.text);
	if (strstr(page.data, row) == NULL)
		fail_msg("not in man/debrief.1.in: %s", row);
	free(row);
	buf_fini(&page);
}

/* What is stated beside a theme's name is so, and is enough. */
static void
themes_can_be_read(void **state)
{
	(void)state;
	for (int i = 0; i < n_themes; i++) {
		const struct theme *t = &themes[i];
		bool high = t->ground == GROUND_OWN;
		struct contrast least, said = t->least;
		if (t->ground == GROUND_ANY)
			continue;
		least = least_of(t);
		assert_true(least.dim >= said.dim && least.dim < said.dim + 0.1);
		assert_true(least.marks >= said.marks && least.marks < said.marks + 0.1);
		assert_true(least.text >= said.text && least.text < said.text + 0.1);
		assert_true(least.text >= (high ? 7 : 4.5) && least.dim >= (high ? 7 : 4.5));
		assert_true(least.marks >= (high ? 7 : 3));
		manual_says(t);
	}
}

/* Lightness and the two opponent axes (CIE L*a*b*) of a color as it meets an eye: Machado, Oliveira
 * and Fernandes 2009, severity 1.0, on linear red, green, blue. */
static void
seen(const unsigned char rgb[3], const double eye[3][3], double lab[3])
{
	static const double xyz[3][3] = { { 0.4124, 0.3576, 0.1805 }, { 0.2126, 0.7152, 0.0722 },
		{ 0.0193, 0.1192, 0.9505 } };
	static const double white[3] = { 0.95047, 1, 1.08883 };
	double in[3], f[3];

	for (int i = 0; i < 3; i++) {
		in[i] = 0;
		for (int k = 0; k < 3; k++)
			in[i] += eye[i][k] * channel(rgb[k]);
		in[i] = in[i] < 0 ? 0 : in[i] > 1 ? 1 : in[i];
	}
	for (int i = 0; i < 3; i++) {
		double v = (xyz[i][0] * in[0] + xyz[i][1] * in[1] + xyz[i][2] * in[2]) / white[i];
		f[i] = v > 0.008856 ? cbrt(v) : 7.787 * v + 16.0 / 116;
	}
	lab[0] = 116 * f[1] - 16;
	lab[1] = 500 * (f[0] - f[1]);
	lab[2] = 200 * (f[1] - f[2]);
}

static double
apart(const struct theme *t, int a, int b, const double eye[3][3])
{
	unsigned char rgb[2][3];
	double lab[2][3], sum = 0;

	theme_rgb(t->looks[a].fg, rgb[0]);
	theme_rgb(t->looks[b].fg, rgb[1]);
	seen(rgb[0], eye, lab[0]);
	seen(rgb[1], eye, lab[1]);
	for (int i = 0; i < 3; i++)
		sum += (lab[0][i] - lab[1][i]) * (lab[0][i] - lab[1][i]);
	return sqrt(sum);
}

/* What is told apart is so without red or without green too: 40 is twenty times what is just
 * noticed. */
static void
color_blind_themes_stay_apart(void **state)
{
	static const double eyes[][3][3] = { { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
		{ { 0.152286, 1.052583, -0.204868 }, { 0.114503, 0.786281, 0.099216 },
		    { -0.003882, -0.048116, 1.051998 } },
		{ { 0.367322, 0.860646, -0.227968 }, { 0.280085, 0.672501, 0.047413 },
		    { -0.011820, 0.042940, 0.968881 } } };
	static const int pairs[][2] = { { ROLE_GOOD, ROLE_WARN }, { ROLE_GOOD, ROLE_BAD },
		{ ROLE_WARN, ROLE_BAD }, { ROLE_TECHNICAL, ROLE_PROCESS },
		{ ROLE_TECHNICAL, ROLE_ORGANIZATION }, { ROLE_PROCESS, ROLE_ORGANIZATION } };
	static const char *const names[] = { "color-blind", "color-blind-light" };

	(void)state;
	for (int n = 0; n < 2; n++)
		for (int e = 0; e < 3; e++)
			for (size_t p = 0; p < sizeof pairs / sizeof *pairs; p++)
				if (apart(theme_find(names[n]), pairs[p][0], pairs[p][1],
					eyes[e]) < 40)
					fail_msg("%s: roles %d and %d: %.1f", names[n], pairs[p][0],
					    pairs[p][1],
					    apart(theme_find(names[n]), pairs[p][0], pairs[p][1],
						eyes[e]));
	/* The test can tell: the usual green and red do not pass it. */
	assert_true(apart(theme_find("default"), ROLE_GOOD, ROLE_WARN, eyes[2]) < 40 ||
		    apart(theme_find("default"), ROLE_GOOD, ROLE_BAD, eyes[2]) < 40);
}

/* With 8 or 16 colors, on the plain ground of such a terminal. */
static void
few_colors_can_be_read(void **state)
{
	static const unsigned char black[3] = { 0, 0, 0 }, white[3] = { 255, 255, 255 };

	(void)state;
	for (int i = 0; i < n_themes; i++)
		for (int role = 0; role < N_ROLES; role++)
			for (int colors = 8; colors <= 16; colors += 8) {
				int fg = themes[i].looks[role].fg;
				int small = fg < 0 ? -1 : theme_small(fg, colors);
				unsigned char ink[3];
				assert_in_range(small + 1, 0, colors);
				if (small < 0)
					continue;
				theme_rgb(small, ink);
				if (contrast(ink, themes[i].ground == GROUND_LIGHT ? white : black) < 3)
					fail_msg("%s role %d: %d of %d", themes[i].name, role, small,
					    colors);
			}
	assert_int_equal(theme_small(117, 8), 6);
	assert_int_equal(theme_small(60, 8), -1); /* not white on white */
}

static void
the_ground_chooses(void **state)
{
	(void)state;
	assert_false(theme_ground_is_light(NULL));
	assert_false(theme_ground_is_light("15;0"));
	assert_false(theme_ground_is_light("15;default;0"));
	assert_false(theme_ground_is_light("0;8"));
	assert_false(theme_ground_is_light("15"));
	assert_true(theme_ground_is_light("0;15"));
	assert_true(theme_ground_is_light("0;default;7"));
	assert_string_equal(theme_on(NULL, false)->name, "default");
	assert_string_equal(theme_on(NULL, true)->name, "light");
	assert_string_equal(theme_on("color-blind", true)->name, "color-blind-light");
	assert_string_equal(theme_on("color-blind", false)->name, "color-blind");
	assert_string_equal(theme_on("default", true)->name, "default"); /* who asks has it */
	assert_null(theme_on("sepia", true));
}

static void
no_theme_hangs_on_color(void **state)
{
	(void)state;
	assert_int_equal(n_themes, 6);
	for (int i = 0; i < n_themes; i++) {
		assert_ptr_equal(theme_find(themes[i].name), &themes[i]);
		assert_true(theme_look(&themes[i], ROLE_SELECTED).attrs & STYLE_REVERSE);
		assert_true(theme_look(&themes[i], ROLE_TITLE).attrs & STYLE_BOLD);
	}
	for (int role = 0; role < N_ROLES; role++) {
		assert_int_equal(theme_find("mono")->looks[role].fg, -1);
		assert_int_equal(theme_find("mono")->looks[role].bg, -1);
	}
	assert_null(theme_find("pink"));
	assert_int_equal(theme_look(&themes[0], ROLE_PLAIN | STYLE_BOLD).attrs, STYLE_BOLD);
}

static void
the_palette_is_xterms(void **state)
{
	static const struct {
		int color;
		unsigned char rgb[3];
	} known[] = { { 1, { 205, 0, 0 } }, { 15, { 255, 255, 255 } }, { 16, { 0, 0, 0 } },
		{ 21, { 0, 0, 255 } }, { 117, { 135, 215, 255 } }, { 231, { 255, 255, 255 } },
		{ 232, { 8, 8, 8 } }, { 255, { 238, 238, 238 } } };

	(void)state;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		unsigned char rgb[3];
		theme_rgb(known[i].color, rgb);
		assert_memory_equal(rgb, known[i].rgb, 3);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_an_exact_rectangle),
		cmocka_unit_test(ansi_says_what_the_canvas_holds),
		cmocka_unit_test(pictures_are_well_formed),
		cmocka_unit_test(lines_join_in_pictures),
		cmocka_unit_test(a_box_is_closed_in_pictures),
		cmocka_unit_test(text_stays_text_in_pictures),
		cmocka_unit_test(frames_show_styles_under_their_row),
		cmocka_unit_test(themes_can_be_read),
		cmocka_unit_test(color_blind_themes_stay_apart),
		cmocka_unit_test(few_colors_can_be_read),
		cmocka_unit_test(the_ground_chooses),
		cmocka_unit_test(no_theme_hangs_on_color),
		cmocka_unit_test(the_palette_is_xterms),
	};

	setenv("LC_ALL", "C.UTF-8", 1);
	text_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
