#include "cli/zones.h"

#include <stdlib.h>
#include <string.h>

const struct zone *
zones_of(struct zones *z, const struct debrief *d)
{
	char *name = d->timezone != NULL ? mem_dup(d->timezone) : zone_system_name();
	struct zone *zone;

	if (z->name != NULL && strcmp(z->name, name) == 0) {
		free(name);
		return z->zone;
	}
	zone = zone_open(name, NULL);
	if (zone == NULL)
		zone = zone_open("UTC", NULL);
	zone_free(z->zone);
	free(z->name);
	z->zone = zone;
	z->name = name;
	return zone;
}

void
zones_fini(struct zones *z)
{
	zone_free(z->zone);
	free(z->name);
	*z = (struct zones){ 0 };
}
