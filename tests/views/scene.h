/* Scenes for tests: a text file of settings and session commands becomes a debrief, a pane's state
 * and a canvas. Header only, since every test is one program. */
#ifndef TESTS_VIEWS_SCENE_H
#define TESTS_VIEWS_SCENE_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "commands/command.h"
#include "model/op.h"
#include "model/schema.h"
#include "tui/export.h"
#include "tui/keys.h"
#include "views/curtain.h"
#include "views/ui.h"
#include "views/bindings.h"
#include "views/board.h"
#include "views/view.h"
#include "views/welcome.h"

enum { STAGE_SIZES_MAX = 12 };

struct stage_set {
	struct debrief *d;
	struct zone *zone;
	struct scene sc;
	struct pane_state s;
	const struct view *view;
	struct scene_person here[16];
	struct strs names, prompts, marked;
	const char *kind_prompts[N_EVENT_KINDS];
	char *join_line, *over;
	struct strs keys; /* pressed before it is drawn, on a whole screen */
	int sizes[STAGE_SIZES_MAX][2], n_sizes;
	bool ascii;
	char *select;
	int64_t last_event_ns;
	uint64_t seed;
};

static uint64_t scene_seed; /* ids are the same in every run */

static inline uint64_t
scene_random(void)
{
	uint64_t z = scene_seed += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static inline void
set_init(struct stage_set *t)
{
	*t = (struct stage_set){ .view = &view_fishbone, .last_event_ns = TIME_NONE };
	scene_seed = 7;
	t->d = debrief_new(id_make(41));
	t->zone = zone_open("UTC", NULL);
	assert_non_null(t->zone);
	t->sc = (struct scene){ .d = t->d,
		.name = "2026-07-14-checkout-5xx-7k3f",
		.me = "fern",
		.role = PERSON_FACILITATOR,
		.zone = t->zone,
		.reviewing = true,
		.latency_ms = -1,
		.here = t->here,
		.prompts = &t->prompts,
		.marked = &t->marked };
	assert_true(time_parse("2026-07-16T14:56:00Z", &t->sc.now_ns));
}

static inline void
set_fini(struct stage_set *t)
{
	debrief_free(t->d);
	zone_free(t->zone);
	strs_fini(&t->names);
	strs_fini(&t->prompts);
	strs_fini(&t->marked);
	strs_fini(&t->keys);
	free(t->join_line);
	free(t->over);
	strs_fini(&t->s.folded);
	free(t->select);
}

static inline struct command_scene
set_commands(const struct stage_set *t)
{
	return (struct command_scene){ .d = t->d,
		.me = "fern",
		.role = PERSON_FACILITATOR,
		.now_ns = t->sc.now_ns,
		.zone = t->zone,
		.last_event_ns = t->last_event_ns,
		.random = scene_random };
}

/* The way every command goes: read, checked, completed, applied. */
static inline void
set_command(struct stage_set *t, const char *line)
{
	struct command_scene cs = set_commands(t);
	struct actor who = { .name = "fern", .role = PERSON_FACILITATOR };
	struct host_gift gift = { .now_ns = t->sc.now_ns, .random = scene_random() };
	struct err e = { 0 };
	struct op op;

	if (!command_read_line(&cs, line, &op, &e))
		fail_msg("%s: %s", line, e.text);
	if (op.command != NULL) {
		if (!debrief_check(t->d, &who, &op, &e))
			fail_msg("%s: %s", line, e.text);
		debrief_complete(t->d, &who, &op, &gift);
		debrief_apply(t->d, &op);
		if (op.n > 0 && op.v[0].verb == VERB_ADD && op.v[0].kind == KIND_EVENT)
			t->last_event_ns =
			    ((struct event *)debrief_find(t->d, KIND_EVENT, op.v[0].id))->at_ns;
		if (t->d->timezone != NULL && strcmp(t->d->timezone, zone_name(t->zone)) != 0) {
			zone_free(t->zone);
			t->sc.zone = t->zone = zone_open(t->d->timezone, &e);
			assert_non_null(t->zone);
		}
	}
	op_fini(&op);
}

/* A number that only a host may set. */
static inline void
set_number(struct stage_set *t, enum kind kind, struct id id, const char *field, int64_t n)
{
	struct op op;

	op_init(&op, "host");
	change_put_num(op_add(&op, VERB_SET, kind, id), field, n);
	debrief_apply(t->d, &op);
	op_fini(&op);
}

static inline struct item *
set_item(struct stage_set *t, const char *name, enum kind *kind)
{
	struct err e = { 0 };
	struct item *it = command_any(t->d, name, kind, &e);

	if (it == NULL)
		fail_msg("%s: %s", name, e.text);
	return it;
}

/* "!votes C1 6 C4 2", "!used open 360", "!stage causes 560" (seconds ago). */
static inline void
set_host(struct stage_set *t, const struct strs *w)
{
	struct err e = { 0 };
	enum kind kind = KIND_STAGE;

	for (size_t i = 1; i + 1 < w->n; i += 2) {
		int64_t n = strtoll(w->v[i + 1], NULL, 10);
		if (strcmp(w->v[0], "!votes") == 0) {
			struct item *it = set_item(t, w->v[i], &kind);
			set_number(t, kind, it->id, "votes", n);
		} else if (strcmp(w->v[0], "!used") == 0) {
			struct item *it = command_item(t->d, KIND_STAGE, w->v[i], &e);
			assert_non_null(it);
			set_number(t, KIND_STAGE, it->id, "used_s", n);
		} else {
			struct op op;
			op_init(&op, "stage");
			change_put_text(
			    op_add(&op, VERB_SET, KIND_DEBRIEF, t->d->item.id), "stage", w->v[i]);
			debrief_apply(t->d, &op);
			op_fini(&op);
			t->d->stage_since_ns = t->sc.now_ns - n * NS_PER_S;
		}
	}
}

static inline void
set_turns(struct stage_set *t, const char *name, int turns)
{
	char line[100];

	snprintf(line, sizeof line, "person add \"%s\"", name);
	if (debrief_person(t->d, name) == NULL)
		set_command(t, line);
	debrief_person(t->d, name)->turns = turns;
}

/* "!ballot ID...": own votes; "!timer 90": seconds left; "!hands NAME..."; "!turns NAME 2";
 * "!counts WRITTEN TYPING READY VOTED VOTERS". False: none of these. */
static inline bool
set_live(struct stage_set *t, const struct strs *w)
{
	int64_t *counts[] = { &t->sc.counts.written, &t->sc.counts.typing, &t->sc.counts.ready,
		&t->sc.counts.voted, &t->sc.counts.voters };
	enum kind kind;

	for (size_t i = 1; i < w->n; i++) {
		if (strcmp(w->v[0], "!ballot") == 0)
			strs_take(&t->d->ballots, mem_fmt("%s %s", id_make(900 + i).s,
						      set_item(t, w->v[i], &kind)->id.s));
		else if (strcmp(w->v[0], "!hands") == 0)
			strs_add(&t->d->hands, w->v[i]);
		else if (strcmp(w->v[0], "!seats") == 0)
			strs_add(&t->d->seats, w->v[i]);
		else if (strcmp(w->v[0], "!each") == 0)
			t->d->votes_each = atoi(w->v[i]);
		else if (strcmp(w->v[0], "!timer") == 0)
			t->d->timer_ends_ns = t->sc.now_ns + atoi(w->v[i]) * NS_PER_S;
		else if (strcmp(w->v[0], "!run") == 0)
			DEBRIEF_AT(t->d, EXPERIMENT, experiment, 0)->started_ns =
			    t->sc.now_ns - atoi(w->v[i]) * NS_PER_S;
		else if (strcmp(w->v[0], "!aborted") == 0)
			t->d->aborted_ns = t->sc.now_ns - atoi(w->v[i]) * NS_PER_S;
		else if (strcmp(w->v[0], "!prompt") == 0)
			t->d->shown_prompt = mem_dup(w->v[i]);
		else if (strcmp(w->v[0], "!asked") == 0)
			t->d->asked = mem_dup(w->v[i]);
		else if (strcmp(w->v[0], "!arrivals") == 0)
			strs_add(&t->d->arrivals, w->v[i]);
		else if (strcmp(w->v[0], "!curtain") == 0)
			t->d->curtain_ns =
			    ((struct event *)set_item(t, w->v[i], &kind))->at_ns;
		else if (strcmp(w->v[0], "!focus") == 0)
			t->d->focus = set_item(t, w->v[i], &kind)->id;
		else if (strcmp(w->v[0], "!turns") == 0 && i == 1)
			set_turns(t, w->v[1], atoi(w->v[2]));
		else if (strcmp(w->v[0], "!counts") == 0 && i < 6)
			*counts[i - 1] = atoi(w->v[i]);
		else if (strcmp(w->v[0], "!turns") != 0)
			return false;
	}
	return true;
}

static inline void
set_person(struct stage_set *t, const struct strs *w)
{
	struct scene_person *h = &t->here[t->sc.n_here++];

	assert_true(t->sc.n_here <= 16);
	*h = (struct scene_person){ .name = mem_dup(w->v[1]),
		.role = w->n > 2 ? mem_dup(w->v[2]) : "participant",
		.pane = w->n > 3 ? mem_dup(w->v[3]) : NULL };
	for (size_t i = 4; i < w->n; i++)
		if (strcmp(w->v[i], "typing") == 0)
			h->typing = true;
		else if (strcmp(w->v[i], "ready") == 0)
			h->ready = true;
		else if (strcmp(w->v[i], "projector") == 0)
			h->want = "projector";
		else if (strcmp(w->v[i], "seat") == 0)
			h->want = "seat";
		else
			h->away_s = atoi(w->v[i]);
	for (int i = 0; i < 3; i++) {
		char *owned = i == 0		   ? (char *)(uintptr_t)h->name
			      : i == 1 && w->n > 2 ? (char *)(uintptr_t)h->role
			      : i == 2 && w->n > 3 ? (char *)(uintptr_t)h->pane
						   : NULL;
		if (owned != NULL)
			strs_take(&t->names, owned);
	}
}

static inline void
set_size(struct stage_set *t, const char *text)
{
	int *size = t->sizes[t->n_sizes++];

	assert_true(t->n_sizes <= STAGE_SIZES_MAX);
	if (sscanf(text, "%dx%d", &size[0], &size[1]) != 2)
		fail_msg("no size: %s", text);
}

static inline void
set_layout(struct stage_set *t, const char *name)
{
	t->s.layout = 0;
	for (int i = 0; t->view->layouts != NULL && t->view->layouts[i] != NULL; i++)
		if (strcmp(t->view->layouts[i], name) == 0)
			t->s.layout = i + 1;
	if (t->s.layout == 0)
		fail_msg("no layout %s", name);
}

/* The question of an event's kind, by the kind's name. */
static inline void
set_kind_prompt(struct stage_set *t, const char *kind, const char *text)
{
	const struct field *f = schema_field(KIND_EVENT, "kind");

	for (int i = 0; i < N_EVENT_KINDS; i++)
		if (f->names[i] != NULL && strcmp(f->names[i], kind) == 0)
			strs_add(&t->names, text), t->kind_prompts[i] = t->names.v[t->names.n - 1];
	t->sc.kind_prompts = t->kind_prompts;
}

static inline bool
set_setting(struct stage_set *t, const struct strs *w)
{
	const char *key = w->v[0];

	if (key[0] == '!' && !set_live(t, w))
		set_host(t, w);
	else if (key[0] == '!')
		return true;
	else if (w->n < 2)
		return false;
	else if (strcmp(key, "size") == 0)
		for (size_t i = 1; i < w->n; i++)
			set_size(t, w->v[i]);
	else if (strcmp(key, "view") == 0)
		t->view = view_find(w->v[1]);
	else if (strcmp(key, "layout") == 0)
		set_layout(t, w->v[1]);
	else if (strcmp(key, "filter") == 0)
		t->s.filter = atoi(w->v[1]);
	else if (strcmp(key, "ascii") == 0)
		t->ascii = true;
	else if (strcmp(key, "select") == 0)
		t->select = mem_dup(w->v[1]);
	else if (strcmp(key, "now") == 0)
		assert_true(time_parse(w->v[1], &t->sc.now_ns));
	else if (strcmp(key, "live") == 0)
		t->sc.live = true, t->sc.reviewing = false;
	else if (strcmp(key, "simple") == 0)
		t->sc.simple = true;
	else if (strcmp(key, "projector") == 0)
		t->sc.projector = true;
	else if (strcmp(key, "on-air") == 0)
		t->sc.on_air = true;
	else if (strcmp(key, "as") == 0)
		t->sc.me = w->v[1][0] != '\0' ? "lin" : "", t->sc.role = PERSON_PARTICIPANT;
	else if (strcmp(key, "join") == 0)
		t->sc.join_line = t->join_line = mem_dup(w->v[1]);
	else if (strcmp(key, "over") == 0)
		t->over = mem_dup(w->v[1]);
	else if (strcmp(key, "mark") == 0)
		for (size_t i = 1; i < w->n; i++)
			strs_add(&t->marked, set_item(t, w->v[i], &(enum kind){ 0 })->id.s);
	else if (strcmp(key, "unsafe") == 0)
		t->sc.unsafe = (size_t)atoi(w->v[1]);
	else if (strcmp(key, "here") == 0)
		set_person(t, w);
	else if (strcmp(key, "press") == 0)
		for (size_t i = 1; i < w->n; i++)
			strs_add(&t->keys, w->v[i]);
	else if (strcmp(key, "kind-prompt") == 0 && w->n == 3)
		set_kind_prompt(t, w->v[1], w->v[2]);
	else if (strcmp(key, "prompt") == 0)
		strs_add(&t->prompts, w->v[1]);
	else
		return false;
	assert_non_null(t->view);
	return true;
}

static inline void set_file(struct stage_set *t, const char *path);

/* Cards have no name: K3 in a scene is the id of the third. */
static inline char *
set_cards(const struct stage_set *t, const char *line)
{
	struct buf b = { 0 };

	for (const char *p = line, *next; *p != '\0'; p = next) {
		bool begins = p > line && (p[-1] == ' ' || p[-1] == '=' || p[-1] == ',');
		long n = begins && *p == 'K' ? strtol(p + 1, (char **)(uintptr_t)&next, 10) : 0;
		if (n > 0 && (size_t)n <= DEBRIEF_N(t->d, CARD)) {
			buf_adds(&b, t->d->of[KIND_CARD].v[n - 1]->id.s);
		} else {
			buf_addc(&b, *p);
			next = p + 1;
		}
	}
	return buf_take(&b);
}

static inline void
set_line(struct stage_set *t, const char *text)
{
	char *line = set_cards(t, text);
	struct strs w = { 0 };
	struct err e = { 0 };

	if (!words_split(line, &w, &e))
		fail_msg("%s: %s", line, e.text);
	if (w.n == 2 && strcmp(w.v[0], "use") == 0) {
		char path[256];
		snprintf(path, sizeof path, "tests/frames/%s", w.v[1]);
		set_file(t, path);
	} else if (w.n > 0 && !set_setting(t, &w)) {
		set_command(t, line);
	}
	strs_fini(&w);
	free(line);
}

static inline void
set_file(struct stage_set *t, const char *path)
{
	struct buf b = { 0 };
	struct err e = { 0 };

	if (!buf_read_file(&b, path, 1 << 24, &e))
		fail_msg("%s: %s", path, e.text);
	for (char *line = b.data, *end; line != NULL && *line != '\0'; line = end) {
		end = strchr(line, '\n');
		if (end != NULL)
			*end++ = '\0';
		set_line(t, line);
	}
	buf_fini(&b);
}

static inline void
set_key(struct stage_set *t, struct ui *u, struct scene *sc, const char *name)
{
	struct command_scene cs = set_commands(t);
	struct ui_out out = { 0 };
	struct key key;

	if (!key_parse(name, &key))
		fail_msg("no key %s", name);
	ui_scene(u, sc);
	ui_key(u, sc, &cs, &key, &out);
	if (out.what == UI_RUN)
		set_line(t, out.line);
}

/* A whole screen, after its keys: by their names, or letters after an apostrophe. */
static inline void
set_pressed(struct stage_set *t, struct canvas *c)
{
	static const struct ui_begin how = { .want = "join" };
	struct scene sc = t->sc;
	struct ui *u = ui_new();

	ui_begin(u, &sc, &how);
	for (size_t i = 0; i <= t->keys.n; i++) {
		const char *key = i < t->keys.n ? t->keys.v[i] : NULL;
		ui_scene(u, &sc);
		ui_draw(u, &sc, c);
		if (key != NULL && key[0] != '\'')
			set_key(t, u, &sc, key);
		for (const char *p = key; p != NULL && key[0] == '\'' && *++p != '\0';)
			set_key(t, u, &sc, *p == ' ' ? "space" : (char[]){ *p, '\0' });
	}
	ui_free(u);
}

/* Put the cursor where the scene says, then draw. */
static inline struct canvas *
set_draw(struct stage_set *t, int cols, int rows)
{
	struct canvas *c = canvas_new(rows, cols, t->ascii);
	enum kind kind;

	if (t->keys.n > 0) {
		set_pressed(t, c);
		return c;
	}
	if (t->select != NULL)
		t->s.selected = set_item(t, t->select, &kind)->id;
	t->s.scroll = 0;
	struct scene sc = t->sc;
	struct debrief room;
	curtain_scene(&sc, &room);
	frame_draw(t->view, &t->s, &sc, c);
	if (t->over != NULL && strcmp(t->over, "reveal") == 0)
		board_reveal_ask(&t->sc, MODAL_REVEAL, c);
	if (t->over != NULL && strcmp(t->over, "welcome") == 0) {
		canvas_clear(c);
		welcome_draw(&t->sc, &t->s.scroll, c);
	}
	return c;
}

/* The canvas as text, checked to be an exact rectangle. */
static inline void
set_text(struct buf *out, const struct canvas *c)
{
	int rows = 0;

	buf_clear(out);
	export_text(out, c);
	for (const char *p = out->data, *end; p != NULL && *p != '\0'; p = end + 1, rows++) {
		end = strchr(p, '\n');
		assert_non_null(end);
		assert_int_equal(text_width(p, (size_t)(end - p)), canvas_cols(c));
	}
	assert_int_equal(rows, canvas_rows(c));
}

#endif
