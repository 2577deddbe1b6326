#include <stdlib.h>
#include <string.h>

#include "base/id.h"
#include "cli/session_state.h"

static const struct strs *
stage_prompts(const struct session *s, const struct debrief *d)
{
	if (s->template == NULL || d->stage == NULL)
		return NULL;
	for (size_t i = 0; i < s->template->n_stages; i++)
		if (strcmp(s->template->stages[i].name, d->stage) == 0)
			return &s->template->stages[i].prompts;
	return NULL;
}

/* A key takes a notice away, and where nobody presses one (on a projector) time does. */
enum { NOTICE_MS = 30000 };

static const char *
notice_now(const struct session *s)
{
	return clock_mono_ms() - s->notice_ms < NOTICE_MS ? s->notice : NULL;
}

/* As long as the host is not reached the line says so, and for how long. */
static const char *
status_line(struct session *s)
{
	int64_t lost_s = (clock_mono_ms() - s->lost_ms) / 1000;

	if (s->lost_ms == 0)
		return notice_now(s);
	buf_clear(&s->status);
	buf_addf(&s->status, "not connected %lld:%02lld: what you type is kept",
	    (long long)(lost_s / 60), (long long)(lost_s % 60));
	if (notice_now(s) != NULL)
		buf_addf(&s->status, "; %s", notice_now(s));
	return s->status.data;
}

static struct scene_counts
scene_counts_of(struct counts c)
{
	return (struct scene_counts){ .written = c.written,
		.typing = c.typing,
		.ready = c.ready,
		.voted = c.voted,
		.voters = c.voters };
}

/* The rules of a language, else those of the setting. That there are none, or that they cannot be
 * read, is said beside the first line that is typed. */
static struct wording *
wording_in(struct session *s, const char *language)
{
	const char *folder = s->o->repo != NULL ? repo_work_dir(s->o->repo) : NULL;
	char *set = language[0] == '\0' ? repo_config_in(folder, "debrief.language") : NULL;
	struct err e = { 0 };
	struct wording *w = wording_open(folder, set != NULL ? set : language[0] != '\0' ? language :
	    NULL, &e);

	free(set);
	free(s->wording_missing);
	s->wording_missing = w == NULL ? mem_dup(e.text) : NULL;
	return w != NULL ? w : wording_new();
}

/* The rules of the debrief's language, anew when that changed or somebody came whose name they do
 * not know. */
static const struct wording *
wording_for(struct session *s, const struct debrief *d)
{
	const char *language = d->language != NULL ? d->language : "";
	bool same = s->wording_language != NULL && strcmp(s->wording_language, language) == 0;

	if (s->wording != NULL && same && s->wording_names == DEBRIEF_N(d, PERSON))
		return s->wording;
	wording_free(s->wording);
	s->wording = wording_in(s, language);
	for (size_t i = 0; i < DEBRIEF_N(d, PERSON); i++)
		if (DEBRIEF_AT(d, PERSON, person, i)->name != NULL)
			wording_add_name(s->wording, DEBRIEF_AT(d, PERSON, person, i)->name);
	wording_ready(s->wording);
	s->wording_names = DEBRIEF_N(d, PERSON);
	if (!same) {
		free(s->wording_language);
		s->wording_language = mem_dup(language);
	}
	return s->wording;
}

static const char *const *
kind_prompts(struct session *s)
{
	const struct template *t = s->template;

	for (size_t i = 0; t != NULL && i < t->n_kind_prompts; i++)
		if (t->kind_prompts[i].event_kind < N_EVENT_KINDS)
			s->kind_prompts[t->kind_prompts[i].event_kind] = t->kind_prompts[i].text;
	return t != NULL ? s->kind_prompts : NULL;
}

struct scene
session_scene(struct session *s)
{
	const struct debrief *d = client_debrief(s->client);
	struct scene sc = { .d = d,
		.name = s->o->entry_name,
		.me = client_name(s->client),
		.role = client_role(s->client),
		.now_ns = clock_now_ns(),
		.zone = zones_of(&s->zones, d),
		.here = s->here,
		.n_here = s->n_here,
		.live = client_state(s->client) == CLIENT_READY,
		.reviewing = d->status == STATUS_CLOSED,
		.unsafe = client_unsafe(s->client),
		.latency_ms = client_latency_ms(s->client),
		.notice = status_line(s),
		.prompts = stage_prompts(s, d),
		.counts = scene_counts_of(client_counts(s->client)),
		.wording = s->ui == NULL || ui_typing(s->ui) ? wording_for(s, d) : NULL, /* some ms to read */
		.keys = s->keymap.n > 0 ? &s->keymap : NULL,
		.kind_prompts = kind_prompts(s),
		.votes = s->template != NULL ? s->template->votes : 0,
		.programs = session_may_start(s),
		.elsewhere = s->o->restricted || s->o->pin_name != NULL,
		.join_line = s->join_line };

	sc.wording_missing = s->wording_missing; /* known when the rules were looked for */
	if (s->ui != NULL)
		ui_scene(s->ui, &sc);
	return sc;
}

struct command_scene
session_commands(struct session *s)
{
	const struct debrief *d = client_debrief(s->client);

	return (struct command_scene){ .d = d,
		.me = client_name(s->client),
		.role = client_role(s->client),
		.now_ns = clock_now_ns() / NS_PER_S * NS_PER_S,
		.zone = zones_of(&s->zones, d),
		.last_event_ns = client_last_event_ns(s->client),
		.random = rand_bits,
		.here = &s->here_names };
}
