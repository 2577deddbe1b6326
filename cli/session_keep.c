#include <stdlib.h>
#include <string.h>

#include "cli/session_state.h"
#include "live/secret.h"

/* Without a name that is known beforehand, or a place to keep it, a secret lasts as long as this
 * screen. */
bool
session_secret(struct session *s, struct err *e)
{
	const struct session_options *o = s->o;
	struct id debrief = o->remote != NULL ? remote_id(o->remote)
			    : o->place != NULL ? o->place->id
					       : (struct id){ "" };
	const char *name = o->name;

	if (o->pin_name != NULL)
		name = o->pin_name;
	if (name == NULL && o->remote != NULL)
		name = remote_name(o->remote);
	s->secret = name != NULL && id_some(debrief) ? secret_load(debrief, name, e) : secret_new();
	return s->secret != NULL;
}

static bool
leads(enum role_of role)
{
	return role == PERSON_FACILITATOR || role == PERSON_SCRIBE;
}

/* Who takes part has the cursor in the entry line, unless they chose otherwise. */
static bool
wants_simple(const struct session *s)
{
	char *set;
	bool simple = client_role(s->client) == PERSON_PARTICIPANT;

	if (s->o->simple >= 0)
		return s->o->simple > 0;
	set = s->o->repo != NULL ? repo_config(s->o->repo, "debrief.keys") : NULL;
	if (set != NULL)
		simple = strcmp(set, "simple") == 0 || (simple && strcmp(set, "full") != 0);
	free(set);
	return simple;
}

/* Does it run already, so that somebody who comes needs to be told where it is? */
static bool
has_begun(const struct debrief *d)
{
	const struct stage *first =
	    DEBRIEF_N(d, STAGE) > 0 ? DEBRIEF_AT(d, STAGE, stage, 0) : NULL;
	bool later = first != NULL && first->name != NULL && d->stage != NULL &&
		     strcmp(first->name, d->stage) != 0;

	return later || DEBRIEF_N(d, EVENT) + DEBRIEF_N(d, CAUSE) + DEBRIEF_N(d, CARD) +
				DEBRIEF_N(d, ACTION) >
			    0;
}

static void
read_key(void *ctx, const char *name)
{
	struct session *s = ctx;
	char *setting = mem_fmt("debrief.key.%s", name), *key = session_setting(s->o, setting);

	if (key != NULL && !keymap_add(&s->keymap, name, key)) {
		char *said = mem_fmt("%s is no key: %s stays as it was", key, setting);
		ui_say(s->ui, said);
		free(said);
	}
	free(key);
	free(setting);
}

static void
show_first(struct session *s)
{
	struct scene sc = session_scene(s);
	struct id id;

	if (s->o->item != NULL && id_parse(s->o->item, &id))
		ui_go_to(s->ui, &sc, id);
}

void
session_begin(struct session *s)
{
	const struct debrief *d = client_debrief(s->client);
	struct scene sc = session_scene(s);
	struct ui_begin how = { .want = s->want, .simple = wants_simple(s), .demo = s->o->demo };

	how.newcomer = strcmp(s->want, "join") == 0 && !s->o->demo && s->kept == NULL &&
		       !leads(client_role(s->client)) && d->status != STATUS_CLOSED && has_begun(d);
	ui_begin(s->ui, &sc, &how);
	keymap_names(read_key, s);
	s->begun = true;
	session_prepare(s);
	session_kept(s);
	show_first(s);
}

void
session_kept(struct session *s)
{
	struct scene sc;

	if (!s->begun || s->kept == NULL)
		return;
	sc = session_scene(s);
	ui_restore(s->ui, &sc, s->kept, s->kept_away_s);
	free(s->kept);
	s->kept = NULL;
	session_draw_soon(s);
}

static void
tell_keep(struct session *s)
{
	struct buf now = { 0 };

	ui_keep(s->ui, &now);
	if (now.len != s->told_keep.len ||
	    (now.len > 0 && memcmp(now.data, s->told_keep.data, now.len) != 0)) {
		client_keep(s->client, now.data != NULL ? now.data : "");
		buf_fini(&s->told_keep);
		s->told_keep = now;
	} else {
		buf_fini(&now);
	}
}

static void
tell_presence(struct session *s)
{
	const char *pane = ui_pane(s->ui);
	struct id item = ui_selected(s->ui);
	bool typing = ui_typing(s->ui);

	if (pane == s->told_pane && id_equal(item, s->told_item) && typing == s->told_typing)
		return;
	client_presence(s->client, pane, item.s, typing);
	s->told_pane = pane;
	s->told_item = item;
	s->told_typing = typing;
}

void
session_tell(struct session *s)
{
	tell_presence(s);
	tell_keep(s);
}
