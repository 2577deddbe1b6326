#include "tui/paper.h"

#include <string.h>

#include "base/text.h"

/* Each page is between two of these marks in the body, so that one can be taken alone. */
#define PAGE_MARK "<!-- page -->\n"

static const struct {
	const char *name;
	double w, h;
	int w_mm, h_mm;
} sizes[] = {
	[PAPER_A4] = { "a4", 842, 595, 297, 210 },
	[PAPER_A3] = { "a3", 1191, 842, 420, 297 },
};

/* Of 1,000 units an em; monospaced fonts differ little, and each row says how wide it is. */
enum { COLUMN = 602 };

const char *
paper_name(enum paper_size size)
{
	return sizes[size].name;
}

bool
paper_find(const char *name, enum paper_size *size)
{
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
		if (text_same(name, sizes[i].name)) {
			*size = (enum paper_size)i;
			return true;
		}
	return false;
}

double
paper_column(double letters)
{
	return letters * COLUMN / 1000;
}

void
paper_init(struct paper *p, enum paper_size size)
{
	*p = (struct paper){ .size = size, .w = sizes[size].w, .h = sizes[size].h };
}

void
paper_fini(struct paper *p)
{
	buf_fini(&p->body);
}

void
paper_page(struct paper *p)
{
	buf_adds(&p->body, PAGE_MARK);
	p->n_pages++;
}

void
paper_line(struct paper *p, struct paper_point a, struct paper_point b, double width)
{
	buf_addf(&p->body,
	    "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke-width=\"%.1f\"/>\n", a.x,
	    a.y, b.x, b.y, width);
}

void
paper_box(struct paper *p, struct paper_point at, double w, double h)
{
	buf_addf(&p->body,
	    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"#ffffff\" "
	    "stroke-width=\"1.5\"/>\n",
	    at.x, at.y, w, h);
}

static void
add_escaped(struct buf *out, const char *text, size_t len)
{
	struct buf clean = { 0 };

	text_clean(&clean, text, len, TEXT_LINE);
	for (size_t i = 0; i < clean.len; i++)
		switch (clean.data[i]) {
		case '&': buf_adds(out, "&amp;"); break;
		case '<': buf_adds(out, "&lt;"); break;
		case '>': buf_adds(out, "&gt;"); break;
		case '"': buf_adds(out, "&quot;"); break;
		case '\t': buf_addc(out, ' '); break;
		default: buf_addc(out, clean.data[i]);
		}
	buf_fini(&clean);
}

void
paper_text(struct paper *p, const struct paper_look *look, bool several)
{
	static const char *const anchors[] = { "start", "middle", "end" };

	buf_addf(&p->body, "<text font-size=\"%.1f\" fill=\"%s\"%s", look->letters, look->color,
	    look->bold ? " font-weight=\"bold\"" : "");
	if (look->anchor != PAPER_START)
		buf_addf(&p->body, " text-anchor=\"%s\"", anchors[look->anchor]);
	p->several = several;
	if (several)
		buf_addc(&p->body, '>');
}

void
paper_row(struct paper *p, struct paper_point at, const struct paper_look *look, const char *text,
    size_t len, bool spaced)
{
	double w = paper_column(look->letters) * text_width(text, len);

	buf_addf(&p->body, "%s x=\"%.1f\" y=\"%.1f\" textLength=\"%.1f\" "
			   "lengthAdjust=\"spacingAndGlyphs\">",
	    !p->several ? ""
	    : spaced    ? " <tspan"
			: "<tspan",
	    at.x, at.y, w);
	add_escaped(&p->body, text, len);
	if (p->several)
		buf_adds(&p->body, "</tspan>");
}

void
paper_text_end(struct paper *p)
{
	buf_adds(&p->body, "</text>\n");
}

static void
add_page(const struct paper *p, const char *from, size_t number, double y, struct buf *out)
{
	const char *end = strstr(from, PAGE_MARK);
	size_t len = end != NULL ? (size_t)(end - from) : strlen(from);

	buf_addf(out, "<g id=\"page-%zu\" transform=\"translate(0,%.0f)\">\n", number, y);
	buf_addf(out, "<rect width=\"%.0f\" height=\"%.0f\" fill=\"#ffffff\" stroke=\"none\"/>\n",
	    p->w, p->h);
	buf_add(out, from, len);
	buf_adds(out, "</g>\n");
}

bool
paper_write(const struct paper *p, size_t page, const char *title, struct buf *out)
{
	const char *at = p->body.data != NULL ? p->body.data : "";
	size_t shown = page > 0 ? 1 : p->n_pages;

	if (page > p->n_pages)
		return false;
	buf_addf(out,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%dmm\" height=\"%zumm\" "
	    "viewBox=\"0 0 %.0f %.0f\" stroke=\"#404040\" fill=\"none\" stroke-linecap=\"round\" "
	    "font-family=\"'DejaVu Sans Mono', 'Noto Sans Mono', Menlo, Consolas, monospace\">\n"
	    "<title>",
	    sizes[p->size].w_mm, (size_t)sizes[p->size].h_mm * shown, p->w, p->h * (double)shown);
	add_escaped(out, title, strlen(title));
	buf_adds(out, "</title>\n<style>text { stroke: none } line, rect { stroke-linejoin: round }"
		      "</style>\n");
	for (size_t i = 1; i <= p->n_pages && (at = strstr(at, PAGE_MARK)) != NULL; i++) {
		at += strlen(PAGE_MARK);
		if (page == 0 || page == i)
			add_page(p, at, i, page == 0 ? p->h * (double)(i - 1) : 0, out);
	}
	buf_adds(out, "</svg>\n");
	return true;
}
