/* Where wording rules are kept: built in (templates/wording.LANG), and more of the history's
 * templates/ folder and of $XDG_CONFIG_HOME/debrief/templates, all of which add up. */
#ifndef STORAGE_WORDING_FILE_H
#define STORAGE_WORDING_FILE_H

#include "base/err.h"
#include "model/wording.h"

/* The rules of a language ("en", "de-AT", which takes those of de where it has none; NULL is en), ready but for names: add those, then
 * wording_ready. `folder` is the history's work tree, or NULL. NULL with ERR_MISSING when there are
 * none for that language (the ones there are are named), ERR_REFUSED for a line that is wrong. */
struct wording *wording_open(const char *folder, const char *language, struct err *e);

#endif
