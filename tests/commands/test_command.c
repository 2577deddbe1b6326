#include <stdio.h>

#include "tests/commands/scene.h"

/* A debrief with one or two of everything. */
static void
full_world(struct world *w)
{
	static const char *const lines[] = { "set title='Checkout 5xx' day=2026-07-14 timezone=UTC",
		"category add Technical level=technical", "category add Process level=process",
		"category add 'Human factors' level=organization",
		"person add kit role=participant",
		"column add Surprised prompt='What did you not know?'", "column add Lucky",
		"stage add open minutes=5", "stage add causes minutes=20",
		"stage add close minutes=5", "event add 14:02 'deploy begins' kind=change",
		"event add +7m 'p99 page' kind=alert phase=detected",
		"cause add Technical 'cold cache'", "why C1 'no warm-up step'",
		"why C2 'nobody owns it'",
		"cause add Process 'one region at a time is not the rule'",
		"card add Surprised 'a page at lunch'", "card add Lucky 'a Tuesday'",
		"action add 'warm the cache' causes=C1", "question add 'who pays?'",
		"experiment add 'a cold node takes 2 min'" };

	world_init(w, "UTC");
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		world_must(w, lines[i]);
}

#define AT(w, KIND, type, i) DEBRIEF_AT((w)->d, KIND, type, i)

static void
every_command_of_the_table_reads(void **state)
{
	static const char *const lines[] = {
		"set severity=sev1 services=a,b services+=c services-=a",
		"person add fern role=facilitator shown_as='on-call 1'",
		"person set kit shown_as='on-call 2'",
		"event add now \"a\\nb\" kind=decision seen='the graph' certainty=account lane=app "
		"link=https://x.org",
		"event set E1 text=x phase=started note='n'", "event move E1",
		"event move E1 before=E2", "event set E2 source=app", "event shift source=app -90s",
		"category set Tech name=Technik", "category move Process before=Technik",
		"cause set C1 certainty=fact evidence=E1,E2 tags=cache",
		"cause move C1 category=Process",
		"cause move C1 category=human before=", "column set Lucky prompt=p",
		"column move Lucky before=Surprised", "reveal",
		"card add Lucky 'one more' anonymous",
		"action set A1 owner=web due=2026-12-01 status=accepted kind=detect done_when='the "
		"test passes'",
		"action set A1 urgent=yes instead_of=x proof=y",
		"action set A1 Urgent=no PROOF=", "confirm", "agree C1", "doubt E1",
		"rate useful 4", "rate useful 5 very good", "pass", "stage next", "stage next",
		"stage back", "stage clo", "stage set open minutes=7", "stage move open", "undo",
		"redo", "save", "save a message", "override out of time", "close", "reopen"
	};
	struct world w;

	(void)state;
	full_world(&w);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct err e = { 0 };
		struct op op;
		if (!command_read_line(&w.s, lines[i], &op, &e))
			fail_msg("%s: %s", lines[i], e.text);
		assert_non_null(op.command);
		op_fini(&op);
		if (strncmp(lines[i], "undo", 4) != 0 && strncmp(lines[i], "redo", 4) != 0)
			world_must(&w, lines[i]);
	}
	world_fini(&w);
}

static void
ops_carry_their_command(void **state)
{
	static const char *const names[][3] = { { "set severity=x", "set", NULL },
		{ "event add 14:00 x", "event", NULL }, { "why C1 x", "cause", NULL },
		{ "cause remove C1", "cause", NULL }, { "person add jo", "person", NULL },
		{ "stage next", "stage", "open" }, { "stage causes", "stage", "causes" },
		{ "override out of time", "override", "out of time" },
		{ "save the end of day one", "save", "the end of day one" },
		{ "save", "save", NULL }, { "close", "close", NULL }, { "undo", "undo", NULL },
		{ "redact C1", "redact", NULL }, { "confirm", "confirm", NULL },
		{ "agree C1", "agree", NULL }, { "doubt C1", "doubt", NULL },
		{ "rate useful 3", "rate", NULL }, { "pass", "pass", NULL },
		{ "question add x", "question", NULL } };
	struct world w;

	(void)state;
	full_world(&w);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct err e = { 0 };
		struct op op;
		if (!command_read_line(&w.s, names[i][0], &op, &e))
			fail_msg("%s: %s", names[i][0], e.text);
		assert_string_equal(op.command, names[i][1]);
		if (names[i][2] == NULL)
			assert_null(op.arg);
		else
			assert_string_equal(op.arg, names[i][2]);
		op_fini(&op);
	}
	world_fini(&w);
}

static void
wrong_words_say_what_is_right(void **state)
{
	static const struct {
		const char *line;
		int status;
		const char *part;
	} lines[] = {
		{ "evnt add now x", 2, "event" },
		{ "event", 2, "add" },
		{ "event ad 14:00 x", 2, "add" },
		{ "frobnicate", 2, "no such command" },
		{ "event add", 2, "WHEN TEXT" },
		{ "event add 14:00", 2, "WHEN TEXT" },
		{ "event add 14:00 two words", 2, "quotes" },
		{ "event add 14:00 x kind=foo", 1, "observation" },
		{ "event add 14:00 x foo=bar", 2, "its fields are" },
		{ "event add 14:00 x foo=bar", 2, "certainty" },
		{ "event add 14:00 ''", 1, "empty" },
		{ "event add 14:00 x id=7k3f9q2mx0ab", 2, "no field" },
		{ "event add 14:00 x number=7", 1, "host" },
		{ "event add 14:00 x kind=alert kind=gap", 2, "twice" },
		{ "event add 14:00 x kind+=alert", 2, "lists" },
		{ "event set E9 text=x", 3, "no event E9" },
		{ "event set C1 text=x", 3, "causes" },
		{ "event set E1", 2, "ID... FIELD=VALUE" },
		{ "event set E1 text=", 1, "text" },
		{ "event set E1 at=2017-02-30T10:00", 1, "no such day" },
		{ "event remove", 2, "ID" },
		{ "event remove E1 text=x", 2, "ids alone" },
		{ "event move E1 after=E2", 2, "before=" },
		{ "event move E1 before=E1", 1, "itself" },
		{ "event shift source=nope 5m", 3, "nope" },
		{ "event shift 5m", 2, "DURATION" },
		{ "event shift source=app 5", 2, "length of time" },
		{ "cause add Nope x", 3, "no category Nope" },
		{ "cause add Technical", 2, "CATEGORY TEXT" },
		{ "cause add Process x under=C1", 1, "Technical" },
		{ "cause move C1", 2, "category=" },
		{ "cause move C1 category=Process under=C2", 2, "not both" },
		{ "cause move C1 under=C2", 1, "under itself" },
		{ "cause set C1 parent=C3", 1, "under itself" },
		{ "cause move C1 category=Process before=C2", 1, "not there" },
		{ "why C9 x", 3, "no cause C9" },
		{ "why C1", 2, "ID TEXT" },
		{ "cause set C1 agree=5", 1, "agree" },
		{ "cause set C1 votes=5", 1, "host" },
		{ "set status=closed", 1, "close" },
		{ "set stage=open", 1, "stage" },
		{ "set", 2, "FIELD=VALUE" },
		{ "set timezone=Nowhere/Town", 1, "Europe/Berlin" },
		{ "set day=2017-02-30", 1, "day" },
		{ "set audience=nobody", 1, "public" },
		{ "set title=", 1, "title" },
		{ "card add Nope x", 3, "Nope" },
		{ "action add x due=soon", 1, "today, tomorrow, 14d or 2w" },
		{ "action add x causes=C1,C99", 3, "C99" },
		{ "action add x causes=E1", 3, "causes" },
		{ "action add x urgent=maybe", 1, "yes or no" },
		{ "agree A1", 1, "actions" },
		{ "agree", 2, "ID" },
		{ "agree C99", 3, "C99" },
		{ "rate useful 6", 1, "1 to 5" },
		{ "rate useful 0", 1, "1 to 5" },
		{ "rate useful", 2, "QUESTION" },
		{ "stage nowhere", 3, "nowhere" },
		{ "stage back", 1, "before" },
		{ "stage", 2, "next|back|NAME" },
		{ "confirm now", 2, "nothing more" },
		{ "undo 3", 2, "nothing more" },
		{ "override", 2, "REASON" },
		{ "override ''", 1, "empty" },
		{ "quit", 2, "screen" },
		{ "redact", 2, "ID" },
		{ "redact C1 C2", 2, "as=TEXT" },
		{ "redact kit", 1, "people" },
		{ "experiment stop cold", 3, "cold" },
		{ "event add 14:00 'a\tb\001c'", 1, "text" },
		{ "event add 14:00 '\xff\xfe'", 1, "UTF-8" },
		{ "event add 14:00 '\xe2\x80\xae evil'", 1, "text" },
		{ "stage add ''", 1, "empty" },
		{ "category remove Technical", 1, "causes" },
		{ "event add 14:00 \"open", 2, "quote" },
	};
	struct world w;

	(void)state;
	full_world(&w);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		world_refuses(&w, lines[i].line, lines[i].status, lines[i].part);
	world_fini(&w);
}

static void
texts_have_limits(void **state)
{
	struct world w;
	struct buf line = { 0 };

	(void)state;
	full_world(&w);
	buf_adds(&line, "event add 14:00 ");
	for (int i = 0; i < 16 * 1024; i++)
		buf_addc(&line, 'x');
	world_must(&w, line.data);
	buf_addc(&line, 'x');
	world_refuses(&w, line.data, 1, "16384");
	buf_clear(&line);
	buf_adds(&line, "category add ");
	for (int i = 0; i < 501; i++)
		buf_addc(&line, 'x');
	world_refuses(&w, line.data, 1, "500");
	world_refuses(&w, "category add \"two\\nlines\"", 1, "name");
	world_must(&w, "category add Weather");
	world_refuses(&w, "category add WEATHER", 1, "there is a category WEATHER already");
	world_must(&w, "column add Weather");
	world_refuses(&w, "column add weather prompt=How", 1, "there is a column weather already");
	world_must(&w, "event add 14:00 \"two\\nlines\\tand a tab\"");
	buf_fini(&line);
	world_fini(&w);
}

static void
items_by_what_people_type(void **state)
{
	struct world w;
	struct err e = { 0 };
	char start[ID_LEN + 1];
	enum kind kind;

	(void)state;
	full_world(&w);
	for (size_t i = 0; i < DEBRIEF_N(w.d, CAUSE); i++) {
		struct item *it = w.d->of[KIND_CAUSE].v[i];
		char name[24];
		snprintf(name, sizeof name, "c%d", (int)it->number);
		assert_ptr_equal(command_item(w.d, KIND_CAUSE, name, &e), it);
		assert_ptr_equal(command_item(w.d, KIND_CAUSE, it->id.s, &e), it);
		snprintf(start, sizeof start, "%.8s", it->id.s);
		assert_ptr_equal(command_item(w.d, KIND_CAUSE, start, &e), it);
		assert_ptr_equal(command_any(w.d, start, &kind, &e), it);
		assert_int_equal(kind, KIND_CAUSE);
	}
	assert_ptr_equal(
	    command_item(w.d, KIND_CATEGORY, "human factors", &e), w.d->of[KIND_CATEGORY].v[2]);
	assert_ptr_equal(command_item(w.d, KIND_CATEGORY, "hum", &e), w.d->of[KIND_CATEGORY].v[2]);
	assert_null(command_item(w.d, KIND_CAUSE, "", &e));
	assert_null(command_item(w.d, KIND_CAUSE, "C0", &e));
	assert_null(command_item(w.d, KIND_CAUSE, "C1x", &e));
	world_must(&w, "category add 'Human sides'");
	assert_null(command_item(w.d, KIND_CATEGORY, "human", &e));
	assert_int_equal(e.kind, ERR_MISSING);
	assert_non_null(strstr(e.text, "Human factors"));
	assert_non_null(strstr(e.text, "Human sides"));
	world_fini(&w);
}

static void
ambiguous_starts_name_the_choices(void **state)
{
	static const char *const ids[] = { "7k3f00000001", "7k3f00000002", "7k3g00000003" };
	struct world w;
	struct err e = { 0 };
	struct id id;

	(void)state;
	world_init(&w, "UTC");
	for (size_t i = 0; i < 3; i++) {
		assert_true(id_parse(ids[i], &id));
		debrief_put(w.d, KIND_QUESTION, item_new(KIND_QUESTION, id));
	}
	assert_null(command_item(w.d, KIND_QUESTION, "7k3f", &e));
	assert_int_equal(e.kind, ERR_MISSING);
	assert_non_null(strstr(e.text, "any of 2"));
	assert_null(command_item(w.d, KIND_QUESTION, "7", &e));
	assert_non_null(command_item(w.d, KIND_QUESTION, "7k3g", &e));
	assert_non_null(command_item(w.d, KIND_QUESTION, "7K3G", &e));
	world_fini(&w);
}

static void
events_know_how_exact_they_are(void **state)
{
	static const struct {
		const char *line;
		int precision;
	} lines[] = {
		{ "event add 14:00 x", PRECISION_MINUTE },
		{ "event add 14:00:00 x", PRECISION_EXACT },
		{ "event add 2026-07-14T14:00:00Z x", PRECISION_EXACT },
		{ "event add 2026-07-14T14:00 x", PRECISION_MINUTE },
		{ "event add 14:00 x precision=about", PRECISION_ABOUT },
		{ "event add 14:00 x precision=order", PRECISION_ORDER },
		{ "event add +5m x", PRECISION_ABOUT },
		{ "event add 14:00 x precision=exact", PRECISION_EXACT },
		{ "event add +5m x", PRECISION_EXACT },
		{ "event add 14:00 x", PRECISION_MINUTE },
		{ "event add +5m x", PRECISION_MINUTE },
	};
	struct world w;
	struct event *ev;

	(void)state;
	world_init(&w, "UTC");
	world_must(&w, "set title=x day=2026-07-14");
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		size_t last = 0;
		world_must(&w, lines[i].line);
		for (size_t j = 0; j < DEBRIEF_N(w.d, EVENT); j++)
			if (AT(&w, EVENT, event, j)->item.number >
			    AT(&w, EVENT, event, last)->item.number)
				last = j;
		ev = AT(&w, EVENT, event, last);
		if (ev->precision != lines[i].precision)
			fail_msg(
			    "%s: %d, wanted %d", lines[i].line, ev->precision, lines[i].precision);
		if (lines[i].precision == PRECISION_ORDER) {
			char remove[40];
			snprintf(remove, sizeof remove, "event remove E%d", (int)ev->item.number);
			world_must(&w, remove);
		}
	}
	world_must(&w, "event set E1 at=15:00:30");
	ev = (struct event *)command_item(w.d, KIND_EVENT, "E1", NULL);
	assert_int_equal(ev->precision, PRECISION_EXACT);
	world_must(&w, "event set E1 at=15:00");
	ev = (struct event *)command_item(w.d, KIND_EVENT, "E1", NULL);
	assert_int_equal(ev->precision, PRECISION_MINUTE);
	world_fini(&w);
}

static void
until_counts_from_its_own_event(void **state)
{
	struct world w;
	char text[TIME_TEXT];

	(void)state;
	world_init(&w, "UTC");
	world_must(&w, "set title=x");
	world_must(&w, "event add 2017-01-31T22:00 first");
	world_must(&w, "event add 2017-02-01T00:00 copy until=17:00");
	assert_string_equal(
	    time_text(AT(&w, EVENT, event, 1)->until_ns, text), "2017-02-01T17:00:00Z");
	world_must(&w, "event set E1 until=+30m");
	assert_string_equal(
	    time_text(AT(&w, EVENT, event, 0)->until_ns, text), "2017-01-31T22:30:00Z");
	world_must(&w, "event set E1 until=");
	assert_true(AT(&w, EVENT, event, 0)->until_ns == TIME_NONE);
	world_fini(&w);
}

static struct cause *
cause_at(struct world *w, const char *name)
{
	return (struct cause *)command_item(w->d, KIND_CAUSE, name, NULL);
}

static void
whys_go_where_their_cause_goes(void **state)
{
	struct world w;
	struct id process, technical;

	(void)state;
	full_world(&w);
	technical = w.d->of[KIND_CATEGORY].v[0]->id;
	process = w.d->of[KIND_CATEGORY].v[1]->id;
	world_must(&w, "cause move C1 category=Process");
	for (int i = 1; i <= 3; i++) {
		char name[8];
		snprintf(name, sizeof name, "C%d", i);
		assert_true(id_equal(cause_at(&w, name)->category, process));
	}
	assert_true(id_equal(cause_at(&w, "C2")->parent, cause_at(&w, "C1")->item.id));
	/* A why becomes a top cause elsewhere, and takes its own why along. */
	world_must(&w, "cause move C2 category=Technical");
	assert_false(id_some(cause_at(&w, "C2")->parent));
	assert_true(id_equal(cause_at(&w, "C2")->category, technical));
	assert_true(id_equal(cause_at(&w, "C3")->category, technical));
	assert_true(id_equal(cause_at(&w, "C3")->parent, cause_at(&w, "C2")->item.id));
	assert_true(id_equal(cause_at(&w, "C1")->category, process));
	world_must(&w, "cause move C2 under=C4 before=");
	assert_true(id_equal(cause_at(&w, "C3")->category, process));
	/* set says the same. */
	world_must(&w, "cause set C2 parent=");
	world_must(&w, "cause set C2 category=Technical");
	assert_true(id_equal(cause_at(&w, "C3")->category, technical));
	world_must(&w, "cause set C2 under=C1");
	assert_true(id_equal(cause_at(&w, "C2")->category, process));
	assert_true(id_equal(cause_at(&w, "C3")->category, process));
	world_must(&w, "cause set C2 category=Technical");
	assert_false(id_some(cause_at(&w, "C2")->parent));
	world_must(&w, "question add 'which one?' about=C2");
	world_fini(&w);
}

static void
moving_names_its_place(void **state)
{
	struct world w;

	(void)state;
	full_world(&w);
	world_must(&w, "cause add Technical 'second'");
	world_must(&w, "cause add Technical 'third'");
	world_must(&w, "cause move C6 before=C1");
	assert_true(strcmp(cause_at(&w, "C6")->item.order, cause_at(&w, "C1")->item.order) < 0);
	world_must(&w, "cause move C6 category=Technical");
	assert_true(strcmp(cause_at(&w, "C6")->item.order, cause_at(&w, "C5")->item.order) > 0);
	world_must(&w, "cause move C6 under=C1 before=C2");
	assert_true(id_equal(cause_at(&w, "C6")->parent, cause_at(&w, "C1")->item.id));
	assert_true(strcmp(cause_at(&w, "C6")->item.order, cause_at(&w, "C2")->item.order) < 0);
	/* Beside another it is where that one is. */
	world_must(&w, "cause move C5 before=C4");
	assert_true(id_equal(cause_at(&w, "C5")->category, cause_at(&w, "C4")->category));
	world_fini(&w);
}

static void
groups_have_one_head(void **state)
{
	struct world w;
	struct card *a, *b, *c;
	char line[80];

	(void)state;
	full_world(&w);
	world_must(&w, "card add Lucky 'third'");
	a = AT(&w, CARD, card, 0);
	b = AT(&w, CARD, card, 1);
	c = AT(&w, CARD, card, 2);
	snprintf(line, sizeof line, "card group %s under=%s", b->item.id.s, a->item.id.s);
	world_must(&w, line);
	snprintf(line, sizeof line, "card group %s under=%s", c->item.id.s, b->item.id.s);
	world_must(&w, line);
	assert_true(id_equal(c->group, a->item.id));
	snprintf(line, sizeof line, "card group %s under=%s", a->item.id.s, b->item.id.s);
	world_refuses(&w, line, 1, "itself");
	snprintf(line, sizeof line, "card ungroup %s", b->item.id.s);
	world_must(&w, line);
	assert_false(id_some(b->group));
	/* A head that joins another takes its group along. */
	snprintf(line, sizeof line, "card group %s under=%s", a->item.id.s, b->item.id.s);
	world_must(&w, line);
	assert_true(id_equal(c->group, b->item.id));
	world_fini(&w);
}

static void
redacting_blanks_every_text(void **state)
{
	struct world w;
	struct event *ev;

	(void)state;
	full_world(&w);
	world_must(&w, "event set E1 text='kit did it' seen='kit saw' note='kit'");
	world_must(&w, "redact E1");
	ev = AT(&w, EVENT, event, 0);
	assert_true(ev->item.redacted);
	assert_string_equal(ev->text, "[redacted]");
	assert_null(ev->seen);
	assert_null(ev->note);
	world_must(&w, "redact C1 as='a step was left out'");
	assert_string_equal(cause_at(&w, "C1")->text, "a step was left out");
	world_fini(&w);
}

static void
runs_of_experiments_stand_in_the_timeline(void **state)
{
	struct world w;
	char start[60], stop[60];
	size_t n;

	(void)state;
	full_world(&w);
	n = DEBRIEF_N(w.d, EVENT);
	snprintf(start, sizeof start, "experiment start %s", w.d->of[KIND_EXPERIMENT].v[0]->id.s);
	snprintf(stop, sizeof stop, "experiment stop %s", w.d->of[KIND_EXPERIMENT].v[0]->id.s);
	world_refuses(&w, stop, 1, "not running");
	world_must(&w, start);
	world_refuses(&w, start, 1, "running already");
	world_must(&w, stop);
	assert_int_equal(DEBRIEF_N(w.d, EVENT), n + 2);
	world_fini(&w);
}

static void
the_table_is_whole(void **state)
{
	static const char *const kinds[] = { "event", "category", "cause", "column", "card",
		"action", "person", "experiment", "question", "stage" };
	static const char *const verbs[] = { "add", "set", "remove", "move" };

	(void)state;
	for (size_t i = 0; i < n_commands; i++) {
		assert_non_null(commands[i].build);
		assert_true(strlen(commands[i].note) > 5);
		for (size_t j = i + 1; j < n_commands; j++)
			assert_string_not_equal(commands[i].words, commands[j].words);
	}
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		for (size_t j = 0; j < sizeof verbs / sizeof *verbs; j++) {
			struct strs words = { 0 };
			struct err e = { 0 };
			size_t used = 0;
			strs_add(&words, kinds[i]);
			strs_add(&words, verbs[j]);
			if (command_find(&words, &used, &e) == NULL)
				fail_msg("%s", e.text);
			assert_int_equal(used, 2);
			strs_fini(&words);
		}
}

static void
every_field_can_be_set_from_words(void **state)
{
	struct world w;

	(void)state;
	full_world(&w);
	for (int k = 1; k < KIND_RATING; k++) {
		const struct schema *s = schema_of((enum kind)k);
		for (size_t i = 0; i < s->n_fields; i++) {
			const struct field *f = &s->fields[i];
			struct item *it = w.d->of[k].v[0]; /* before the list is sorted anew */
			char line[200], id[24];
			if (f->writer == WRITE_HOST || f->writer == WRITE_COMMAND ||
			    f->type == FIELD_REF || f->type == FIELD_REFS || f->type == FIELD_ID)
				continue;
			item_short_name(w.d, (enum kind)k, it, id);
			snprintf(line, sizeof line, "%s set %s %s=%s", s->word, it->id.s, f->name,
			    f->type == FIELD_TIME   ? "2026-07-14T10:00:00Z"
			    : f->type == FIELD_DATE ? "2026-07-14"
			    : f->type == FIELD_BOOL ? "yes"
			    : f->type == FIELD_ENUM ? f->names[2]
			    : f->type == FIELD_INT  ? "3"
			    : strcmp(f->name, "pane") == 0   ? "board"
			    : strcmp(f->name, "checks") == 0 ? "walked"
							     : "words");
			world_must(&w, line);
			if (field_is_default(it, f) && f->dflt != 2)
				fail_msg("%s set nothing", line);
			world_must(&w, "reveal");
		}
	}
	world_fini(&w);
}

/* Whatever field is a date takes a day as people say it, the one of the debrief's zone. */
static void
every_date_takes_what_people_say(void **state)
{
	struct world w;
	size_t seen = 0;
	int64_t want;

	(void)state;
	full_world(&w);
	zone_free(w.zone);
	w.zone = zone_open("Pacific/Kiritimati", NULL); /* where it is tomorrow already */
	w.s.zone = w.zone;
	assert_true(date_parse("2026-12-07", &want));
	for (int k = 0; k < KIND_RATING; k++) {
		const struct schema *s = schema_of((enum kind)k);
		for (size_t i = 0; i < s->n_fields; i++) {
			struct item *it = k == 0 ? &w.d->item : w.d->of[k].v[0];
			struct value v;
			char line[200];
			if (s->fields[i].type != FIELD_DATE)
				continue;
			snprintf(line, sizeof line, "%s%sset %s %s=14d", k == 0 ? "" : s->word,
			    k == 0 ? "" : " ", k == 0 ? "" : it->id.s, s->fields[i].name);
			world_must(&w, line);
			v = field_get(it, &s->fields[i]);
			if (v.num != want)
				fail_msg("%s gave day %lld", line, (long long)v.num);
			seen++;
		}
	}
	assert_true(seen >= 4);
	world_fini(&w);
}

static void
any_line_is_read_or_refused(void **state)
{
	static const char *const parts[] = { "event", "add", "set", "cause", "why", "C1", "E1",
		"now", "+5m", "23:27", "text=x", "=", "parent=C1", "evidence=E1,,E2", "until=+1h",
		"kind=", "kind=alert", "''", "a", "remove", "move", "before=E2", "stage", "next",
		"override", "redact", "as=", "category=Process", "tags+=a,b", "tags-=a", "rate",
		"5", "card", "group", "under=", "Lucky", "save", "#", "set", "day=2017-01-31",
		"timezone=UTC", "action" };
	struct world w;

	(void)state;
	full_world(&w);
	for (int turn = 0; turn < 20000; turn++) {
		struct buf line = { 0 };
		struct err e = { 0 };
		struct op op = { 0 };
		for (uint64_t n = 1 + test_random() % 6; n > 0; n--)
			buf_addf(
			    &line, "%s ", parts[test_random() % (sizeof parts / sizeof *parts)]);
		if (command_read_line(&w.s, line.data, &op, &e))
			op_fini(&op);
		else if (e.kind < ERR_REFUSED || e.kind > ERR_MISSING || e.text[0] == '\0')
			fail_msg("%s: %d %s", line.data, (int)e.kind, e.text);
		buf_fini(&line);
	}
	world_fini(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_command_of_the_table_reads),
		cmocka_unit_test(ops_carry_their_command),
		cmocka_unit_test(wrong_words_say_what_is_right),
		cmocka_unit_test(texts_have_limits),
		cmocka_unit_test(items_by_what_people_type),
		cmocka_unit_test(ambiguous_starts_name_the_choices),
		cmocka_unit_test(events_know_how_exact_they_are),
		cmocka_unit_test(until_counts_from_its_own_event),
		cmocka_unit_test(whys_go_where_their_cause_goes),
		cmocka_unit_test(moving_names_its_place),
		cmocka_unit_test(groups_have_one_head),
		cmocka_unit_test(redacting_blanks_every_text),
		cmocka_unit_test(runs_of_experiments_stand_in_the_timeline),
		cmocka_unit_test(the_table_is_whole),
		cmocka_unit_test(every_field_can_be_set_from_words),
		cmocka_unit_test(every_date_takes_what_people_say),
		cmocka_unit_test(any_line_is_read_or_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
