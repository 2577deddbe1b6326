/* Private to storage/template*.c. */
#ifndef STORAGE_TEMPLATE_INTERNAL_H
#define STORAGE_TEMPLATE_INTERNAL_H

#include "storage/template.h"

extern const int template_lengths[N_LENGTHS]; /* in minutes */

#endif
