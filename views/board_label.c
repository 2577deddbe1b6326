#include "views/board.h"

#include "views/deck.h"
#include "views/words.h"

enum { FEW = 4 };

void
board_label(struct buf *out, const struct scene *sc, const struct column *column)
{
	bool hidden = column != NULL && column->hidden,
	     anonymous = column != NULL && column->anonymous;

	if (hidden)
		buf_adds(out, word(anonymous ? WORD_HIDDEN_NAMELESS : WORD_HIDDEN_NAMED));
	else
		buf_adds(out, word(anonymous ? WORD_OPEN_NAMELESS : WORD_OPEN));
	if ((hidden || anonymous) && sc->live && scene_people(sc) < FEW)
		buf_adds(out, word(WORD_FEW_HERE));
}
