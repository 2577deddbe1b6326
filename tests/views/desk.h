/* A person at a screen without a terminal: keys by name in, lines of the grammar and a canvas out;
 * the host is a check and an apply. Header only, since every test is one program. */
#ifndef TESTS_VIEWS_DESK_H
#define TESTS_VIEWS_DESK_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "tui/export.h"
#include "views/bindings.h"
#include "views/ui.h"

struct desk {
	struct debrief *d;
	struct zone *zone;
	struct scene sc;
	struct scene_person here[8];
	struct command_scene cs;
	struct ui *ui;
	struct canvas *c;
	struct ui_out out;
	struct id cid; /* of the last line */
	char *ran; /* every line that was run, one after the other */
	uint64_t ids;
};

static inline uint64_t
desk_bits(void)
{
	return 12345;
}

static inline void
desk_draw(struct desk *k)
{
	ui_scene(k->ui, &k->sc);
	ui_draw(k->ui, &k->sc, k->c);
}

/* `how` NULL: a join with full keys. */
static inline void
desk_sit(struct desk *k, enum role_of role, const struct ui_begin *how)
{
	static const struct ui_begin plain = { .want = "join" };

	k->sc.role = k->cs.role = role;
	k->sc.me = k->cs.me = role == PERSON_FACILITATOR ? "lena" : "moss";
	ui_free(k->ui);
	k->ui = ui_new();
	ui_begin(k->ui, &k->sc, how != NULL ? how : &plain);
	desk_draw(k);
}

static inline void
desk_open(struct desk *k, int rows, int cols)
{
	*k = (struct desk){ 0 };
	k->d = debrief_new(id_make(1));
	k->d->title = mem_dup("Checkout 5xx");
	k->zone = zone_open("UTC", NULL);
	k->sc = (struct scene){ .d = k->d,
		.name = "x",
		.zone = k->zone,
		.here = k->here,
		.now_ns = 1784206000 * NS_PER_S,
		.live = true };
	k->cs = (struct command_scene){ .d = k->d,
		.zone = k->zone,
		.now_ns = k->sc.now_ns,
		.last_event_ns = TIME_NONE,
		.random = desk_bits };
	k->c = canvas_new(rows, cols, false);
	desk_sit(k, PERSON_FACILITATOR, NULL);
}

static inline void
desk_close(struct desk *k)
{
	ui_free(k->ui);
	canvas_free(k->c);
	zone_free(k->zone);
	debrief_free(k->d);
	free(k->ran);
}

/* Run a line as the host would for that person; `e` NULL: it must be accepted. */
static inline bool
desk_as(struct desk *k, const char *name, enum role_of role, const char *line, struct err *e)
{
	struct actor who = { .name = name, .role = role };
	struct host_gift gift = { k->sc.now_ns, ++k->ids };
	struct command_scene cs = k->cs;
	struct err own = { 0 };
	struct op op;
	bool good;

	cs.me = name;
	cs.role = role;
	if (!command_read_line(&cs, line, &op, &own))
		fail_msg("%s: %s", line, own.text);
	for (size_t i = 0; i < op.n; i++)
		if (op.v[i].verb == VERB_ADD)
			op.v[i].id = id_make(1000 + k->ids * 10 + i);
	good = debrief_check(k->d, &who, &op, &own);
	if (!good && e == NULL)
		fail_msg("%s: %s", line, own.text);
	if (good) {
		debrief_complete(k->d, &who, &op, &gift);
		debrief_apply(k->d, &op);
	} else {
		*e = own;
	}
	op_fini(&op);
	return good;
}

static inline void
desk_do(struct desk *k, const char *line)
{
	desk_as(k, "lena", PERSON_FACILITATOR, line, NULL);
}

static inline void
desk_key(struct desk *k, const char *name)
{
	struct key key;

	assert_true(key_parse(name, &key));
	ui_scene(k->ui, &k->sc);
	ui_key(k->ui, &k->sc, &k->cs, &key, &k->out);
	if (k->out.line != NULL) {
		free(k->ran);
		k->ran = mem_dup(k->out.line);
		for (const char *p = k->ran; p != NULL && k->out.what == UI_RUN;) {
			k->cid = id_make(500000 + ++k->ids);
			ui_sent(k->ui, k->cid);
			p = strchr(p, '\n');
			p += p != NULL;
		}
	}
}

/* Press keys by their names, separated by spaces; "'text" types letters (a tilde is a space). */
static inline void
press(struct desk *k, const char *keys)
{
	char *copy = mem_dup(keys), *save = NULL;

	for (char *word = strtok_r(copy, " ", &save); word != NULL;
	     word = strtok_r(NULL, " ", &save)) {
		if (word[0] != '\'') {
			desk_key(k, word);
			continue;
		}
		for (char *p = word + 1; *p != '\0'; p++) {
			char one[2] = { *p, '\0' };
			desk_key(k, *p == '~' ? "space" : one);
		}
	}
	free(copy);
	desk_draw(k);
}

/* The last line that was run. */
static inline void
desk_refused(struct desk *k, const char *reason)
{
	ui_refused(k->ui, &k->sc, k->cid, reason);
}

static inline bool
shows(struct desk *k, const char *text)
{
	struct buf b = { 0 };
	bool has;

	export_text(&b, k->c);
	has = strstr(b.data, text) != NULL;
	buf_fini(&b);
	return has;
}

/* Somebody is here; the same name again changes what is known of them. */
static inline struct scene_person *
desk_here(struct desk *k, const char *name, const char *role)
{
	size_t i = 0;

	while (i < k->sc.n_here && strcmp(k->here[i].name, name) != 0)
		i++;
	if (i == k->sc.n_here)
		assert_true(++k->sc.n_here <= 8);
	k->here[i] = (struct scene_person){ .name = name, .role = role, .want = "join" };
	return &k->here[i];
}

static inline void
desk_wait(struct desk *k, int64_t ms)
{
	k->sc.now_ns += ms * (NS_PER_S / 1000);
	desk_draw(k);
}

#endif
