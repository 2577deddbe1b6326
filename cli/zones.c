#include "cli/zones.h"

#include <stdlib.h>
#include <string.h>

const struct zone *
zones_of(struct zones *z, const struct debrief *d)
{
	const char *name = d->timezone;
	struct zone *zone;

	/* Asked once: it is a file that every frame would read. */
	if (name == NULL && z->system == NULL)
		z->system = zone_system_name();
	if (name == NULL)
		name = z->system;
	if (z->name != NULL && strcmp(z->name, name) == 0)
		return z->zone;
	zone = zone_open(name, NULL);
	if (zone == NULL)
		zone = zone_open("UTC", NULL);
	zone_free(z->zone);
	free(z->name);
	z->zone = zone;
	z->name = mem_dup(name);
	return zone;
}

void
zones_fini(struct zones *z)
{
	zone_free(z->zone);
	free(z->name);
	free(z->system);
	*z = (struct zones){ 0 };
}
