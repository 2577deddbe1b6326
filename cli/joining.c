#include "cli/joining.h"

#include <stdlib.h>
#include <string.h>

#include "live/secret.h"

bool
joining_of(const struct invocation *in, const struct target *t, const char *want,
    struct joining *out, struct err *e)
{
	struct client_options o = { .want = want, .reconnect = true, .fd = -1 };
	struct err why = { 0 };

	if (!who_role(in, &o.role, e))
		return false;
	*out = (struct joining){ 0 };
	out->name = who_name(in, t->repo, e);
	if (out->name == NULL)
		return false;
	out->secret = secret_load(t->place.id, out->name, &why);
	if (out->secret == NULL) {
		program_note(why.text);
		out->secret = secret_new();
	}
	o.name = out->name;
	o.secret = out->secret;
	o.pin_name = in->pin_name;
	o.pin_role = in->pin_role;
	out->options = o;
	return true;
}

void
joining_fini(struct joining *j)
{
	if (j->secret != NULL)
		memset(j->secret, 0, strlen(j->secret));
	free(j->secret);
	free(j->name);
	*j = (struct joining){ 0 };
}
