/* What the home screen shows, gathered from a history and its running hosts. */
#ifndef CLI_HOME_GATHER_H
#define CLI_HOME_GATHER_H

#include "cli/target.h"
#include "views/home.h"

enum { HOME_READ_MOST = 300 }; /* debriefs whose actions are looked at: the newest */

/* Everything, anew; `h` is overwritten, home_fini it. Debriefs and notes that cannot be read are
 * passed over, and named in `said`. False when the history itself cannot be listed. */
bool home_gather(struct repo *r, struct home *h, struct strs *said, struct err *e);
/* "~/debriefs" for a folder below one's home. Yours. */
char *home_folder(const char *dir);

#endif
