/* The fishbone on paper, read back from the SVG: every text whole, in letters that can be read,
 * inside its page; the file well formed whatever the texts are. */
#include "tests/views/random_fish.h"
#include "views/fishbone.h"
#include "views/fishbone_paper.h"

/* All text of the picture without its tags and spaces, one <text> a line. */
static void
read_texts(const char *svg, struct buf *out)
{
	static const struct {
		const char *as, *is;
	} entities[] = { { "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" } };

	for (const char *p = strstr(svg, "<text "); p != NULL; p = strstr(p, "<text ")) {
		const char *end = strstr(p, "</text>");
		assert_non_null(end);
		while (p < end) {
			bool entity = false;
			if (*p == '<') {
				p = strchr(p, '>') + 1;
				continue;
			}
			for (size_t i = 0; *p == '&' && i < 4; i++)
				if (strncmp(p, entities[i].as, strlen(entities[i].as)) == 0) {
					buf_adds(out, entities[i].is);
					p += strlen(entities[i].as);
					entity = true;
					break;
				}
			if (*p == '&' && !entity)
				fail_msg("a bare &: %.40s", p);
			if (!entity && *p != ' ')
				buf_addc(out, *p);
			p += !entity;
		}
		buf_addc(out, '\n');
	}
}

/* Tags nest, and there is nothing that XML does not allow. */
static void
check_form(const char *svg)
{
	char open[16][16];
	int n = 0;

	for (const char *p = svg; *p != '\0'; p++)
		assert_true((unsigned char)*p >= 0x20 || *p == '\n');
	for (const char *p = strchr(svg, '<'); p != NULL; p = strchr(p + 1, '<')) {
		const char *end = strchr(p, '>');
		size_t len = strcspn(p + 1 + (p[1] == '/'), " />\n");
		assert_non_null(end);
		if (p[1] == '!')
			continue;
		if (p[1] == '/') {
			assert_true(n > 0 && strlen(open[n - 1]) == len);
			assert_memory_equal(open[--n], p + 2, len);
		} else if (end[-1] != '/') {
			assert_true(n < 16 && len < sizeof open[0]);
			snprintf(open[n++], sizeof open[0], "%.*s", (int)len, p + 1);
		}
	}
	assert_int_equal(n, 0);
}

static double
number_after(const char *p, const char *name, const char *end)
{
	const char *at = strstr(p, name);

	return at != NULL && at < end ? strtod(at + strlen(name), NULL) : -1;
}

/* Letters of seven points and more; every row and line within its page. */
static void
check_room(const char *svg, const struct paper *p)
{
	double letters = 0;

	for (const char *at = strchr(svg, '<'); at != NULL; at = strchr(at + 1, '<')) {
		const char *end = strchr(at, '>');
		if (strncmp(at, "<text ", 6) == 0) {
			letters = number_after(at, "font-size=\"", end);
			assert_true(letters >= 7);
		}
		if (number_after(at, "textLength=\"", end) >= 0) {
			double x = number_after(at, " x=\"", end), y = number_after(at, " y=\"", end),
			       w = number_after(at, "textLength=\"", end);
			assert_true(x >= 0 && x <= p->w && y >= letters / 2 && y <= p->h);
			if (x + w > p->w && x - w / 2 < 0)
				fail_msg("beyond the page: %.60s", at);
		} else if (strncmp(at, "<line ", 6) == 0) {
			assert_true(number_after(at, "x1=\"", end) >= 0);
			assert_true(number_after(at, "x2=\"", end) <= p->w);
			assert_true(number_after(at, "y1=\"", end) >= 0);
			assert_true(number_after(at, "y2=\"", end) <= p->h);
		}
	}
}

static void
check_whole(const char *texts, const struct debrief *d)
{
	for (size_t i = 0; i < DEBRIEF_N(d, CAUSE); i++) {
		const struct cause *c = DEBRIEF_AT(d, CAUSE, cause, i);
		struct buf clean = { 0 }, want = { 0 };
		text_clean(&clean, c->text, strlen(c->text), TEXT_LINE);
		for (size_t k = 0; k < clean.len; k++)
			if (clean.data[k] != ' ' && clean.data[k] != '\t')
				buf_addc(&want, clean.data[k]);
		buf_addc(&want, '\n');
		if (strstr(texts, want.data) == NULL)
			fail_msg("not whole: %s", want.data);
		buf_fini(&want);
		buf_fini(&clean);
	}
}

static size_t
check_paper(const struct debrief *d, const struct zone *zone, enum paper_size size)
{
	struct scene sc = scene_of(d, zone);
	struct paper p;
	struct buf svg = { 0 }, texts = { 0 };
	size_t pages;

	paper_init(&p, size);
	fish_on_paper(&p, &sc, false);
	pages = p.n_pages;
	assert_true(pages > 0 && paper_write(&p, 0, d->title, &svg));
	check_form(svg.data);
	check_room(svg.data, &p);
	read_texts(svg.data, &texts);
	check_whole(texts.data, d);
	buf_clear(&svg);
	assert_true(paper_write(&p, pages, d->title, &svg));
	check_form(svg.data);
	assert_false(paper_write(&p, pages + 1, d->title, &svg));
	buf_fini(&svg);
	buf_fini(&texts);
	paper_fini(&p);
	return pages;
}

/* Some causes get texts that are hard to place or to write. */
static void
make_hard(struct debrief *d)
{
	for (size_t i = 0; i < DEBRIEF_N(d, CAUSE); i++) {
		struct cause *c = DEBRIEF_AT(d, CAUSE, cause, i);
		struct buf b = { 0 };
		unsigned how = rnd(12), n = 10 + rnd(300);
		if (how > 2)
			continue;
		buf_addf(&b, "q%zu <b>&amp; \"it's\"</text> ]]> ", i);
		for (unsigned k = 0; how > 0 && k < n; k++)
			buf_adds(&b, how == 1 ? "冷たいキー" : "word\nand more ");
		while (b.len > 0 && b.data[b.len - 1] == ' ')
			b.data[--b.len] = '\0';
		free(c->text);
		c->text = buf_take(&b);
	}
}

static void
test_random(void **state)
{
	struct zone *utc = zone_open("UTC", NULL);

	(void)state;
	for (unsigned turn = 0; turn < 36; turn++) {
		static const unsigned many[] = { 0, 3, 20, 33, 80, 300 };
		struct debrief *d;
		seed = turn * 31 + 5;
		d = random_debrief(turn % 13, many[turn % 6]);
		if (turn % 3 == 0)
			make_hard(d);
		check_paper(d, utc, turn % 2 ? PAPER_A3 : PAPER_A4);
		debrief_free(d);
	}
	zone_free(utc);
}

/* The incident goes on one page; a thousand causes on many, none lost. */
static void
test_pages(void **state)
{
	struct stage_set t;
	struct debrief *d;

	(void)state;
	set_init(&t);
	set_file(&t, "tests/frames/incident.data");
	assert_int_equal(check_paper(t.d, t.zone, PAPER_A4), 1);
	assert_int_equal(check_paper(t.d, t.zone, PAPER_A3), 1);
	seed = 9;
	d = random_debrief(12, 900);
	assert_true(check_paper(d, t.zone, PAPER_A4) > 3);
	debrief_free(d);
	set_fini(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_random),
		cmocka_unit_test(test_pages) };

	text_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
