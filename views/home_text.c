#include "base/text.h"
#include "base/when.h"
#include "views/draw.h"
#include "views/home_state.h"
#include "views/words.h"

static const enum word part_words[N_HOME_PARTS] = { WORD_HOME_LIVE, WORD_HOME_DUE, WORD_HOME_LAST,
	WORD_HOME_NOTES, WORD_HOME_HELD };

enum { EACH_MOST = 9 };

static void
put_item(const struct home *h, const struct home_item *it, enum home_part part, struct buf *out)
{
	if (part == HOME_DUE || part == HOME_HELD)
		buf_addf(out, "A%lld ", (long long)it->number);
	if ((part == HOME_LAST || part == HOME_NOTES) && it->day != TIME_NONE) {
		put_day(out, it->day);
		buf_adds(out, "  ");
	}
	buf_adds(out, it->title != NULL ? it->title : "");
	if (part != HOME_LAST && it->who != NULL)
		buf_addf(out, ", %s", it->who);
	if (part != HOME_LAST && it->from != NULL)
		buf_addf(out, ", %s", it->from);
	if (part == HOME_DUE) {
		buf_adds(out, ": ");
		home_put_due(h, it->day, out);
	} else if (part == HOME_LAST) {
		buf_adds(out, ": ");
		home_put_actions(it, out);
	} else if (part == HOME_LIVE && it->here >= 0) {
		buf_adds(out, ": ");
		word_put(out, WORD_HERE, digits(it->here).s);
	}
}

void
home_text(const struct home *h, struct buf *out)
{
	int64_t number = 0;

	for (int p = 0; p < N_HOME_PARTS; p++) {
		if (h->n[p] == 0)
			continue;
		buf_addf(out, "%s\n", word(part_words[p]));
		for (size_t i = 0; i < h->n[p] && i < EACH_MOST; i++) {
			buf_addf(out, "  %lld  ", (long long)++number);
			put_item(h, &h->v[p][i], (enum home_part)p, out);
			buf_addc(out, '\n');
		}
		if (h->n[p] > EACH_MOST) {
			buf_adds(out, "  ");
			word_put(out, WORD_PLUS_MORE, digits((int64_t)h->n[p] - EACH_MOST).s);
			buf_addc(out, '\n');
		}
	}
}

const struct home_item *
home_numbered(const struct home *h, size_t number, enum home_part *part)
{
	for (int p = 0; p < N_HOME_PARTS; p++) {
		size_t n = h->n[p] < EACH_MOST ? h->n[p] : EACH_MOST;
		if (number >= 1 && number <= n) {
			*part = (enum home_part)p;
			return &h->v[p][number - 1];
		}
		number -= number > n ? n : number;
	}
	return NULL;
}
