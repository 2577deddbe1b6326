#include "views/draw.h"

#include <stdio.h>
#include <string.h>
#include <wctype.h>

#include "base/text.h"
#include "views/words.h"

struct rect
line_at(int y, int x, int w)
{
	return (struct rect){ .y = y, .x = x, .h = 1, .w = w };
}

struct slice
slice_fit(const char *s, size_t len, int cols)
{
	struct slice sl = { .s = s, .len = len };

	if (cols <= 0)
		return (struct slice){ .s = s };
	if (text_fit(s, len, cols, &sl.cols) == len)
		return sl;
	sl.cut = true;
	sl.len = text_fit(s, len, cols - 1, &sl.cols);
	while (sl.len > 0 && s[sl.len - 1] == ' ')
		sl.len--, sl.cols--;
	sl.cols++;
	return sl;
}

void
draw_slice(struct canvas *c, int y, int x, const struct slice *sl, int style)
{
	canvas_textn(c, y, x, sl->cols, sl->s, sl->len, style);
	if (sl->cut)
		canvas_put(c, y, x + sl->cols - 1, 0x2026, style);
}

int
draw_text(struct canvas *c, struct rect r, const char *text, int style)
{
	struct slice sl;

	if (text == NULL || r.h < 1)
		return 0;
	sl = slice_fit(text, strlen(text), r.w);
	draw_slice(c, r.y, r.x, &sl, style);
	return sl.cols;
}

void
draw_right(struct canvas *c, struct rect r, const char *text, int style)
{
	struct slice sl;

	if (text == NULL || r.h < 1 || r.w < 1)
		return;
	sl = slice_fit(text, strlen(text), r.w);
	draw_slice(c, r.y, r.x + r.w - sl.cols, &sl, style);
}

/* Bytes of the next row of a text, and where the one after it begins; always moves on. */
static size_t
next_row(const char *s, size_t len, int cols, size_t *next)
{
	const char *newline = memchr(s, '\n', len);
	size_t line = newline ? (size_t)(newline - s) : len, n;

	n = text_wrap(s, line, cols, next);
	if (*next == 0 && line > 0)
		n = *next = text_grapheme(s, line);
	if (*next >= line && newline != NULL)
		*next = line + 1;
	return n;
}

int
draw_wrapped(struct canvas *c, struct rect r, const char *text, int style)
{
	size_t len = text ? strlen(text) : 0, at = 0;
	int row = 0;

	while (at < len && row < r.h && r.w > 0) {
		size_t next, n = next_row(text + at, len - at, r.w, &next);
		struct slice sl;

		if (row == r.h - 1 && at + next < len)
			sl = slice_fit(text + at, len - at, r.w);
		else
			sl = slice_fit(text + at, n, r.w);
		if (row == r.h - 1 && at + next < len &&
		    !sl.cut) { /* the rest is on lines of its own */
			sl = slice_fit(text + at, n, r.w - 1);
			sl.cols += !sl.cut;
			sl.cut = true;
		}
		draw_slice(c, r.y + row++, r.x, &sl, style);
		at += next;
	}
	return row;
}

int
wrapped_rows(const char *text, int cols, int most)
{
	size_t len = text ? strlen(text) : 0, at = 0;
	int rows = 0;

	while (at < len && rows < most && cols > 0) {
		size_t next;
		next_row(text + at, len - at, cols, &next);
		at += next;
		rows++;
	}
	return rows;
}

void
draw_rule(struct canvas *c, struct rect r, const char *left, const char *right)
{
	int x = r.x, end = r.x + r.w, lead = r.w >= 60 ? 2 : 1;

	if (r.h < 1)
		return;
	canvas_hline(c, r.y, r.x, r.w, 0x2500, ROLE_DIM);
	if (right != NULL && right[0] != '\0' && r.w > 12) {
		struct slice sl = slice_fit(right, strlen(right), r.w - 2 * lead - 2);
		end -= sl.cols + 2 + lead;
		canvas_fill(c, line_at(r.y, end, sl.cols + 2), ' ', ROLE_DIM);
		draw_slice(c, r.y, end + 1, &sl, ROLE_PLAIN);
	}
	if (left != NULL && left[0] != '\0' && end - x > 2 * lead + 4) {
		struct slice sl = slice_fit(left, strlen(left), end - x - 2 * lead - 2);
		canvas_fill(c, line_at(r.y, x + lead, sl.cols + 2), ' ', ROLE_DIM);
		draw_slice(c, r.y, x + lead + 1, &sl, ROLE_HEAD);
	}
}

void
draw_hint_text(struct canvas *c, struct rect at, const char *text)
{
	int x = at.x;

	for (const char *p = text != NULL ? text : ""; *p != '\0';) {
		size_t blanks = strspn(p, " "), key = strcspn(p + blanks, " "), words = 0;
		const char *rest = p + blanks + key;
		x += (int)blanks;
		x += canvas_textn(c, at.y, x, -1, p + blanks, key, ROLE_KEY);
		while (rest[words] != '\0' && !(rest[words] == ' ' && rest[words + 1] == ' '))
			words++;
		x += canvas_textn(c, at.y, x, -1, rest, words, ROLE_DIM);
		p = rest + words;
	}
}

void
draw_band(struct canvas *c, struct rect r, const char *title, const char *right)
{
	int end = r.x + r.w, lead = r.w >= 12 ? 2 : 0;

	if (r.h < 1)
		return;
	canvas_hline(c, r.y, r.x, r.w, 0x2501, ROLE_LINE);
	if (right != NULL && right[0] != '\0' && r.w > 12) {
		struct slice sl = slice_fit(right, strlen(right), r.w - 8);
		end -= sl.cols + 1;
		canvas_put(c, r.y, end, ' ', ROLE_PLAIN);
		draw_slice(c, r.y, end + 1, &sl, ROLE_DIM);
	}
	if (title != NULL && title[0] != '\0' && end - r.x > lead + 3) {
		struct slice sl = slice_fit(title, strlen(title), end - r.x - lead - 3);
		canvas_fill(c, line_at(r.y, r.x + lead, sl.cols + 2), ' ', ROLE_PLAIN);
		draw_slice(c, r.y, r.x + lead + 1, &sl, ROLE_HEAD | STYLE_BOLD);
	}
}

void
draw_titled_box(struct canvas *c, struct rect r, const char *left, const char *right)
{
	int end = r.x + r.w - 1, bottom = r.y + r.h - 1,
	    w = right != NULL ? text_width(right, strlen(right)) : 0;

	canvas_hline(c, r.y, r.x, r.w, 0x2500, ROLE_LINE);
	canvas_hline(c, bottom, r.x, r.w, 0x2500, ROLE_LINE);
	canvas_vline(c, r.y, r.x, r.h, 0x2502, ROLE_LINE);
	canvas_vline(c, r.y, end, r.h, 0x2502, ROLE_LINE);
	canvas_put(c, r.y, r.x, 0x256d, ROLE_LINE);
	canvas_put(c, r.y, end, 0x256e, ROLE_LINE);
	canvas_put(c, bottom, r.x, 0x2570, ROLE_LINE);
	canvas_put(c, bottom, end, 0x256f, ROLE_LINE);
	w = w > r.w - 12 ? r.w - 12 : w;
	if (w > 0) {
		canvas_put(c, r.y, end - w - 3, ' ', ROLE_PLAIN);
		draw_text(c, line_at(r.y, end - w - 2, w), right, ROLE_WARN);
		canvas_put(c, r.y, end - 2, ' ', ROLE_PLAIN);
	}
	w = r.w - w - (w > 0 ? 9 : 6);
	if (left == NULL || left[0] == '\0' || w < 1)
		return;
	canvas_put(c, r.y, r.x + 2, ' ', ROLE_PLAIN);
	w = draw_text(c, line_at(r.y, r.x + 3, w), left, ROLE_HEAD | STYLE_BOLD);
	canvas_put(c, r.y, r.x + 3 + w, ' ', ROLE_PLAIN);
}

/* Over the right end of a row, with a blank before it. */
static void
draw_over_end(struct canvas *c, struct rect r, const char *text)
{
	int w = text_width(text, strlen(text)), x = r.x + r.w - w - 2;

	if (x < r.x)
		x = r.x;
	canvas_fill(c, line_at(r.y, x, w + 2), ' ', ROLE_PLAIN);
	draw_text(c, line_at(r.y, x + 1, r.x + r.w - x - 1), text, ROLE_COUNT);
}

void
draw_more(struct canvas *c, struct rect area, bool rules, const struct more *m)
{
	struct rect top = line_at(area.y, area.x, area.w),
		    bottom = line_at(area.y + area.h - 1, area.x, area.w);
	struct buf up = { 0 }, down = { 0 };

	if (area.h < 1)
		return;
	if (m->above > 0)
		word_put(&up, WORD_MORE_ABOVE, digits((int64_t)m->above).s);
	if (up.len > 0 && !rules && area.h == 1)
		buf_adds(&down, up.data);
	if (m->below > 0 && down.len > 0)
		buf_adds(&down, "  ");
	if (m->below > 0)
		word_put(&down, WORD_MORE_BELOW, digits((int64_t)m->below).s);
	if (rules)
		draw_rule(c, bottom, m->left, down.data);
	else if (down.len > 0)
		draw_over_end(c, bottom, down.data);
	if (m->above > 0 && (rules || area.h > 1))
		draw_over_end(c, top, up.data);
	buf_fini(&up);
	buf_fini(&down);
}

int
list_scroll(int scroll, int at, int n, int h)
{
	if (h < 1)
		return at < 0 ? 0 : at;
	if (scroll > at)
		scroll = at;
	if (scroll < at - h + 1)
		scroll = at - h + 1;
	if (scroll > n - h)
		scroll = n - h;
	return scroll < 0 ? 0 : scroll;
}

void
upper_case(struct buf *out, const char *text)
{
	size_t len = strlen(text), used;
	uint32_t cp;
	char bytes[4];

	for (size_t i = 0; i < len; i += used) {
		used = utf8_decode(text + i, len - i, &cp);
		if (used == 0)
			return;
		buf_add(out, bytes, utf8_encode((uint32_t)towupper((wint_t)cp), bytes));
	}
}

/* Two digits; printf is slow for what every row of a list has. */
static void
put_two(struct buf *out, int n)
{
	buf_addc(out, (char)('0' + n / 10 % 10));
	buf_addc(out, (char)('0' + n % 10));
}

void
put_clock(struct buf *out, const struct scene *sc, int64_t t_ns, bool seconds)
{
	struct civil t = zone_civil(sc->zone, t_ns);

	put_two(out, t.hour);
	buf_addc(out, ':');
	put_two(out, t.minute);
	if (seconds) {
		buf_addc(out, ':');
		put_two(out, t.second);
	}
}

/* Days that no calendar of ours reaches are shown as the nearest it does. */
static struct civil
civil_of_day(int64_t day)
{
	int64_t most = INT64_MAX / (86400 * NS_PER_S) - 1;

	if (day > most)
		day = most;
	if (day < -most)
		day = -most;
	return civil_of_ns(day * 86400 * NS_PER_S);
}

void
put_day(struct buf *out, int64_t day)
{
	struct civil t = civil_of_day(day);

	buf_addf(out, "%02d %s", t.day, word((enum word)(WORD_JAN + t.month - 1)));
}

void
put_day_year(struct buf *out, int64_t day)
{
	struct civil t = civil_of_day(day);

	buf_addf(out, "%s %d %s %04d", word((enum word)(WORD_THU + ((day % 7) + 7) % 7)), t.day, word((enum word)(WORD_JAN + t.month - 1)),
	    t.year);
}

int64_t
scene_day(const struct scene *sc, int64_t t_ns)
{
	struct civil t = zone_civil(sc->zone, t_ns);

	return day_of_civil(t.year, t.month, t.day);
}

void
put_length(struct buf *out, int64_t ns)
{
	int64_t s = ns / NS_PER_S;

	if (s < 60)
		word_put(out, WORD_SECONDS, digits(s).s);
	else if (s < 3600 * 2)
		word_put(out, WORD_LENGTH_MIN, digits(s / 60).s);
	else if (s < 86400 && s % 3600 < 60)
		word_put(out, WORD_LENGTH_H, digits(s / 3600).s);
	else if (s < 86400)
		word_put(out, WORD_LENGTH_H_MIN, digits(s / 3600).s, digits(s % 3600 / 60).s);
	else if (s % 86400 < 3600)
		word_put(out, WORD_LENGTH_D, digits(s / 86400).s);
	else
		word_put(out, WORD_LENGTH_D_H, digits(s / 86400).s, digits(s % 86400 / 3600).s);
}

size_t
ticket_len(const char *title)
{
	size_t n = strcspn(title, " :,"), letters = 0;
	bool digit = false;

	while (letters < n && ((title[letters] >= 'A' && title[letters] <= 'Z')))
		letters++;
	if (letters < 2 || title[letters] != '-' || n > 16 || title[n] == '\0')
		return 0;
	for (size_t i = letters + 1; i < n; i++) {
		if (title[i] < '0' || title[i] > '9')
			return 0;
		digit = true;
	}
	return digit ? n : 0;
}

const char *
scene_title(const struct scene *sc)
{
	return sc->d->title ? sc->d->title : word(WORD_UNTITLED);
}

bool
area_wide(struct rect area)
{
	return area.w >= FRAME_WIDE_COLS;
}

enum answer
answer_type(struct view_answer *a, const char *command, const char *after, const char *label)
{
	buf_adds(&a->command, command);
	if (after != NULL)
		buf_adds(&a->after, after);
	word_put(&a->label, WORD_EVERYBODY, label);
	return ANSWER_TYPE;
}

enum answer
type_long(enum answer what, const struct view_answer *a)
{
	bool several = a->text.data != NULL && strchr(a->text.data, '\n') != NULL;

	return what == ANSWER_TYPE && several ? ANSWER_TYPE_TEXT : what;
}

enum answer
answer_run(struct view_answer *a, const char *command)
{
	buf_adds(&a->command, command);
	return ANSWER_COMMAND;
}
