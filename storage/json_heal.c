#include <stdlib.h>
#include <string.h>

#include "model/merge.h"
#include "storage/json_read.h"

/* What a line merge leaves: <<<<<<< ours ||||||| base ======= theirs >>>>>>>. In a file of ours no
 * other line can begin so: a text never does, its newlines are escaped. */
enum side { SIDE_OURS, SIDE_BASE, SIDE_THEIRS, N_SIDES, SIDE_ALL };
enum { MARK_LEN = 7 };

static const char *const side_names[] = { "ours", "base", "theirs" };

struct sides {
	struct buf text[N_SIDES];
	bool has_base; /* some conflict says what stood there before */
	size_t conflicts;
	size_t first_line;
};

/* Which marker begins this line: its character, or 0. */
static char
marker(const char *line, size_t len)
{
	char c = len >= MARK_LEN ? line[0] : 0;

	if (c != '<' && c != '|' && c != '=' && c != '>')
		return 0;
	for (size_t i = 1; i < MARK_LEN; i++)
		if (line[i] != c)
			return 0;
	if (len > MARK_LEN && line[MARK_LEN] != ' ' && line[MARK_LEN] != '\r')
		return 0;
	return c;
}

static size_t
line_len(const char *bytes, size_t len)
{
	const char *end = memchr(bytes, '\n', len);

	return end == NULL ? len : (size_t)(end - bytes);
}

size_t
markers_find(const char *bytes, size_t len)
{
	size_t line = 1;

	for (size_t at = 0; at < len; line++) {
		size_t n = line_len(bytes + at, len - at);
		if (marker(bytes + at, n) == '<')
			return line;
		at += n + 1;
	}
	return 0;
}

static bool
out_of_turn(struct err *e, size_t line, char c)
{
	return err_set(e, ERR_REFUSED,
	    "line %zu, column 1: the conflict marker %.7s stands where none can: the file was "
	    "left as it is: take the markers out by hand",
	    line,
	    c == '<'   ? "<<<<<<<"
	    : c == '|' ? "|||||||"
	    : c == '=' ? "======="
		       : ">>>>>>>");
}

/* The state after a marker; false when it cannot stand here. */
static bool
turn(struct sides *s, enum side *now, char c)
{
	if (c == '<' && *now == SIDE_ALL)
		*now = SIDE_OURS;
	else if (c == '|' && *now == SIDE_OURS)
		*now = SIDE_BASE;
	else if (c == '=' && (*now == SIDE_OURS || *now == SIDE_BASE))
		*now = SIDE_THEIRS;
	else if (c == '>' && *now == SIDE_THEIRS)
		*now = SIDE_ALL;
	else
		return false;
	s->conflicts += c == '<';
	s->has_base = s->has_base || c == '|';
	return true;
}

/* Lines of the other sides are left empty, so that a line keeps its number. */
static void
deal_line(struct sides *s, enum side now, const char *line, size_t len)
{
	for (int side = 0; side < N_SIDES; side++) {
		if (now == SIDE_ALL || now == (enum side)side)
			buf_add(&s->text[side], line, len);
		buf_addc(&s->text[side], '\n');
	}
}

static bool
split(struct sides *s, const char *bytes, size_t len, struct err *e)
{
	enum side now = SIDE_ALL;
	size_t line = 1;

	for (size_t at = 0; at < len; line++) {
		size_t n = line_len(bytes + at, len - at);
		char c = marker(bytes + at, n);
		/* A base that is itself the result of a merge may hold longer markers: they are not
		 * ours to turn on, and such a base cannot be read, which is no loss. */
		if (c != 0 && !turn(s, &now, c))
			return out_of_turn(e, line, c);
		if (c == '<' && s->first_line == 0)
			s->first_line = line;
		deal_line(s, c != 0 ? N_SIDES : now, bytes + at, n);
		at += n + 1;
	}
	if (now == SIDE_ALL)
		return true;
	return err_set(e, ERR_REFUSED,
	    "line %zu, column 1: a conflict begins here and does not end: the file was left as it "
	    "is: take the markers out by hand",
	    s->first_line);
}

/* Commas at the seams: a side can end up with one too many or one too few. */
struct mend {
	const char *at, *end;
	struct buf *out;
	size_t comma; /* where in `out` the last comma stands that no value followed yet; SIZE_MAX:
			 none */
	bool value;   /* the last thing was a value (or its end), so that a comma must come before
			 another */
	size_t mended;
};

static void
mend_string(struct mend *m)
{
	const char *from = m->at++;

	while (m->at < m->end && *m->at != '"' && *m->at != '\n')
		m->at += *m->at == '\\' && m->at + 1 < m->end ? 2 : 1;
	m->at += m->at < m->end;
	buf_add(m->out, from, (size_t)(m->at - from));
}

/* A value begins: put the comma that is missing before it, behind the last thing that is not space.
 */
static void
mend_before_value(struct mend *m)
{
	if (m->value) {
		size_t at = m->out->len;
		char c = ',';
		struct buf tail = { 0 };
		while (at > 0 && strchr(" \n\t\r", m->out->data[at - 1]) != NULL)
			at--;
		buf_add(&tail, m->out->data + at, m->out->len - at);
		m->out->len = at;
		buf_addc(m->out, c);
		buf_add(m->out, tail.data, tail.len);
		buf_fini(&tail);
		m->mended++;
	}
	m->comma = SIZE_MAX;
	m->value = false;
}

static void
mend_comma(struct mend *m)
{
	if (!m->value) {
		buf_addc(m->out, ' '); /* after an opening bracket or another comma */
		m->mended++;
	} else {
		m->comma = m->out->len;
		buf_addc(m->out, ',');
	}
	m->value = false;
	m->at++;
}

static void
mend_close(struct mend *m)
{
	if (m->comma != SIZE_MAX) {
		m->out->data[m->comma] = ' ';
		m->mended++;
	}
	m->comma = SIZE_MAX;
	m->value = true;
	buf_addc(m->out, *m->at++);
}

static void
mend_word(struct mend *m)
{
	mend_before_value(m);
	while (m->at < m->end && strchr(" \n\t\r,:[]{}\"", *m->at) == NULL)
		buf_addc(m->out, *m->at++);
	m->value = true;
}

static void
mend_step(struct mend *m)
{
	char c = *m->at;

	if (strchr(" \n\t\r", c) != NULL) {
		buf_addc(m->out, c);
		m->at++;
	} else if (c == ',') {
		mend_comma(m);
	} else if (c == '}' || c == ']') {
		mend_close(m);
	} else if (c == '{' || c == '[') {
		mend_before_value(m);
		buf_addc(m->out, c);
		m->at++;
	} else if (c == ':') {
		buf_addc(m->out, c);
		m->value = false;
		m->at++;
	} else if (c == '"') {
		mend_before_value(m);
		mend_string(m);
		m->value = true;
	} else {
		mend_word(m);
	}
}

static size_t
mend_commas(const struct buf *side, struct buf *out)
{
	struct mend m = {
		.at = side->data, .end = side->data + side->len, .out = out, .comma = SIZE_MAX
	};

	while (m.at < m.end && *m.at != '\0')
		mend_step(&m);
	return m.mended;
}

/* A side as it stands, else with its commas mended. */
static struct debrief *
read_side(struct sides *s, enum side side, struct strs *notes, bool *newer, struct err *e)
{
	struct buf *text = &s->text[side], mended = { 0 };
	struct debrief *d = file_read(text->data, text->len, notes, newer, e);

	if (d == NULL) {
		size_t commas = mend_commas(text, &mended);
		d = commas == 0 ? NULL : file_read(mended.data, mended.len, notes, newer, NULL);
		if (d != NULL && notes != NULL)
			strs_take(
			    notes, mem_fmt("%zu %s of \"%s\" mended beside a conflict marker",
				       commas, commas == 1 ? "comma" : "commas", side_names[side]));
		buf_fini(&mended);
	}
	return d;
}

static struct debrief *
merge_sides(struct sides *s, struct strs *notes, bool *newer, struct err *e)
{
	struct debrief *both = NULL, *base = NULL;
	struct debrief *ours = read_side(s, SIDE_OURS, notes, newer, e);
	struct debrief *theirs = ours == NULL ? NULL : read_side(s, SIDE_THEIRS, notes, newer, e);

	if (theirs != NULL && s->has_base)
		base = read_side(s, SIDE_BASE, NULL, NULL, NULL);
	if (base != NULL && !id_equal(base->item.id, ours->item.id)) {
		debrief_free(base);
		base = NULL;
	}
	if (theirs != NULL)
		both = debrief_merge(base, ours, theirs, NULL, e);
	if (both == NULL)
		err_prefix(e, "line %zu, column 1: a conflict of a line merge begins here and %s",
		    s->first_line,
		    ours == NULL     ? "its first side cannot be read"
		    : theirs == NULL ? "its second side cannot be read"
				     : "its sides cannot be merged");
	debrief_free(base);
	debrief_free(ours);
	debrief_free(theirs);
	return both;
}

struct debrief *
markers_heal(const char *bytes, size_t len, struct strs *notes, bool *newer, struct err *e)
{
	struct sides s = { 0 };
	struct debrief *both = NULL;

	if (split(&s, bytes, len, e))
		both = merge_sides(&s, notes, newer, e);
	if (both != NULL && notes != NULL)
		strs_take(notes,
		    mem_fmt("conflict markers of a line merge, the first in line %zu: both sides "
			    "of %zu %s were "
			    "joined by meaning",
			s.first_line, s.conflicts, s.conflicts == 1 ? "conflict" : "conflicts"));
	for (int i = 0; i < N_SIDES; i++)
		buf_fini(&s.text[i]);
	return both;
}
