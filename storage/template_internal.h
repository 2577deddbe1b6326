/* Private to storage/template*.c. */
#ifndef STORAGE_TEMPLATE_INTERNAL_H
#define STORAGE_TEMPLATE_INTERNAL_H

#include "storage/template.h"

extern const int template_lengths[N_LENGTHS]; /* in minutes */

/* Where people keep their own: the history's folder, then their account's. NULL: there is none
 * such. Yours. */
char *template_folder_of_history(const char *folder);
char *template_folder_of_account(void);

#endif
