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

/* What was mended in a side's text, for people. */
static void
note_mended(struct strs *notes, enum side side, const struct mended *m)
{
	if (notes == NULL)
		return;
	if (m->commas > 0)
		strs_take(
		    notes, mem_fmt("%zu %s of \"%s\" mended beside a conflict marker", m->commas,
			       m->commas == 1 ? "comma" : "commas", side_names[side]));
	if (m->doubled > 0)
		strs_take(
		    notes, mem_fmt("%zu %s there twice in \"%s\": joined", m->doubled,
			       m->doubled == 1 ? "member was" : "members were", side_names[side]));
}

/* A side as it stands, else mended. */
static struct debrief *
read_side(struct sides *s, enum side side, struct strs *notes, bool *newer, struct err *e)
{
	struct buf *text = &s->text[side], better = { 0 };
	const struct file_input as_is = { text->data, text->len, true };
	struct debrief *d = file_read(&as_is, notes, newer, e);

	if (d == NULL) {
		struct mended m = json_mend(text->data, text->len, &better);
		const struct file_input mended = { better.data, better.len, true };
		if (m.commas + m.doubled > 0)
			d = file_read(&mended, notes, newer, NULL);
		if (d != NULL)
			note_mended(notes, side, &m);
		buf_fini(&better);
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
	if (both != NULL && !file_whole(both, e)) {
		debrief_free(both);
		both = NULL;
	}
	if (both == NULL)
		err_prefix(e, "line %zu, column 1: a conflict of a line merge begins here and %s",
		    s->first_line,
		    ours == NULL     ? "its first side cannot be read"
		    : theirs == NULL ? "its second side cannot be read"
				     : "its sides cannot be joined");
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
