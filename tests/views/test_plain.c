/* The conversation without a terminal: lines in, sentences and ops out. */
#include <stdio.h>

#include "model/wording.h"
#include "tests/views/desk.h"
#include "views/own_words.h"
#include "views/plain.h"

static const char rules[] = "rule omission\nask What was taking attention?\nsay forgot\n";

/* moss takes part in a conversation, lena leads from somewhere else. */
struct parlor {
	struct desk k;
	struct plain *p;
	struct wording *w;
	struct strs ballots; /* own ones stand in the debrief */
	struct buf said;     /* in this turn */
	enum plain_want what;
	char *then; /* to be run after what the last line did */
};

static void
parlor_open(struct parlor *t)
{
	*t = (struct parlor){ 0 };
	desk_open(&t->k, 24, 80);
	t->w = wording_new();
	assert_true(wording_load(t->w, rules, strlen(rules), NULL));
	wording_ready(t->w);
	t->k.sc.wording = t->w;
	t->k.sc.me = t->k.cs.me = "moss";
	t->k.sc.role = t->k.cs.role = PERSON_PARTICIPANT;
	desk_here(&t->k, "lena", "facilitator");
	desk_here(&t->k, "moss", "participant");
	desk_do(&t->k, "stage add write minutes=4 pane=board");
	desk_do(&t->k, "stage add causes minutes=22 pane=fishbone");
	desk_do(&t->k, "column add \"Surprised us\"");
	desk_do(&t->k, "column add Lucky");
	desk_do(&t->k, "category add Technical");
	desk_do(&t->k, "category add Process");
	desk_do(&t->k, "stage write");
	t->p = plain_new();
	plain_begin(t->p, &t->k.sc, &t->said);
}

static void
parlor_close(struct parlor *t)
{
	plain_free(t->p);
	free(t->then);
	buf_fini(&t->said);
	wording_free(t->w);
	desk_close(&t->k);
}

/* What a host does with the op of a line. */
static void
run(struct parlor *t, struct op *op)
{
	struct desk *k = &t->k;
	struct actor who = { .name = k->sc.me, .role = k->sc.role };
	struct host_gift gift = { k->sc.now_ns, ++k->ids };
	struct err e = { 0 };
	struct strs slots = { 0 };

	for (int i = 0; i < 3; i++)
		strs_add(&slots, id_make(700 + (uint64_t)i).s);
	who.slots = &slots;
	op->cid = id_make(90000 + k->ids);
	for (size_t i = 0; i < op->n; i++)
		if (op->v[i].verb == VERB_ADD)
			op->v[i].id = id_make(5000 + k->ids * 10 + i);
	plain_sent(t->p, op);
	if (!debrief_check(k->d, &who, op, &e)) {
		plain_refused(t->p, op->cid, e.text, &t->said);
	} else {
		debrief_complete(k->d, &who, op, &gift);
		debrief_apply(k->d, op);
		plain_changed(t->p, op);
		plain_acked(t->p, &k->sc, op->cid,
		    op->n > 0 && op->v[0].verb == VERB_ADD ? op->v[0].id.s : "ok", &t->said);
	}
	strs_fini(&slots);
}

/* A whole turn; `said` holds what it printed. */
static const char *
say(struct parlor *t, const char *line)
{
	struct plain_out o;

	buf_clear(&t->said);
	plain_line(t->p, &t->k.sc, &t->k.cs, line, &o, &t->said);
	t->what = o.what;
	free(t->then);
	t->then = o.line != NULL ? mem_dup(o.line) : NULL;
	if (o.what == PLAIN_RUN)
		run(t, &o.op);
	plain_news(t->p, &t->k.sc, false, &t->said);
	plain_out_fini(&o);
	return t->said.data != NULL ? t->said.data : "";
}

#define SAYS(t, line, text)                                                                        \
	do {                                                                                       \
		if (strstr(say((t), (line)), (text)) == NULL)                                      \
			fail_msg("%s: no \"%s\" in: %s", (line), (text), (t)->said.data);          \
	} while (0)
#define SAYS_NOT(t, text)                                                                          \
	do {                                                                                       \
		if (strstr((t)->said.data, (text)) != NULL)                                        \
			fail_msg("\"%s\" in: %s", (text), (t)->said.data);                         \
	} while (0)

static void
numbers_come_in_order_and_stay(void **state)
{
	struct parlor t;

	(void)state;
	parlor_open(&t);
	SAYS(&t, "card add Lucky first", "Added 1. Everybody sees it.");
	desk_do(&t.k, "card add Lucky hers");
	SAYS(&t, "", "1 new card, 2.");
	SAYS(&t, "card add Lucky third", "Added 3.");
	t.k.sc.role = t.k.cs.role = PERSON_FACILITATOR; /* here no secret proves whose it is */
	SAYS(&t, "card remove 3", "Removed 3. undo brings it back.");
	SAYS(&t, "card add Lucky fourth", "Added 4.");
	SAYS(&t, "read 3", "3 is not there any more");
	SAYS(&t, "vote 3", "3 is not there any more");
	SAYS(&t, "read 2", "2, Lucky. hers.");
	SAYS(&t, "read 9", "There is no 9 yet, the last is 4");
	SAYS(&t, "card group 1 2 under=4 name=Luck", "Changed 1, 2, 4.");
	SAYS(&t, "read 1", "In the group Luck. Its cards: 1, 2, 4.");
	SAYS(&t, "cause add Technical cold cache", "Added 5.");
	SAYS(&t, "read 5", "5, C1, Technical. cold cache.");
	SAYS(&t, "why C1 no jitter", "Added 6, under 5.");
	SAYS(&t, "agree 6", "You agree with 6. 1 agrees.");
	SAYS(&t, "action add jitter causes=5,6", "Added 7.");
	SAYS(&t, "read 7", "causes: 5 and 6.");
	SAYS(&t, "why 4 x", "4 is of the cards, not of the causes");
	parlor_close(&t);
}

/* A clock's time says no day: the line waits, the day is asked for once, and nothing is lost. */
static void
a_line_waits_for_its_day(void **state)
{
	struct buf kept = { 0 };
	struct parlor t;

	(void)state;
	parlor_open(&t);
	SAYS(&t, "event add 14:05 disk full", "Which day was it? Your line waits.");
	assert_int_equal(t.what, PLAIN_SAY);
	SAYS(&t, "event add 14:07 kit was paged", "It waits, too.");
	SAYS(&t, "who", "lena"); /* other words go on */
	plain_keep(t.p, &kept);
	assert_non_null(strstr(kept.data, "disk full"));
	SAYS(&t, "yesterday", "Times without a date are of Wed 15 Jul 2026.");
	assert_string_equal(t.then, "event add 14:05 \"disk full\"\nevent add 14:07 \"kit was paged\"");
	assert_true(t.k.d->day != TIME_NONE);
	parlor_close(&t);
	parlor_open(&t);
	SAYS(&t, "event add 14:05 disk full", "Which day was it?");
	SAYS(&t, "drop", "Dropped.");
	SAYS(&t, "yesterday", "no word yesterday"); /* a day alone answers what was asked */
	plain_restore(t.p, &t.k.sc, kept.data, 20, &t.said);
	SAYS(&t, "set day=2026-07-10", "are of Fri 10 Jul 2026.");
	assert_non_null(strstr(t.then, "kit was paged"));
	parlor_close(&t);
	parlor_open(&t);
	SAYS(&t, "event add 14:05 disk full", "Which day was it?");
	desk_do(&t.k, "set day=2026-07-10");
	SAYS(&t, "", "Added 1, at 14:05.");
	assert_int_equal(DEBRIEF_N(t.k.d, EVENT), 1);
	buf_fini(&kept);
	parlor_close(&t);
}

static const char *
newest(struct parlor *t, enum kind kind)
{
	size_t n = t->k.d->of[kind].n;
	const struct item *it, *best = NULL;

	for (size_t i = 0; i < n; i++) {
		it = t->k.d->of[kind].v[i];
		best = best == NULL || id_cmp(it->id, best->id) > 0 ? it : best;
	}
	return best == NULL ? "" : kind == KIND_CARD ? ((const struct card *)best)->text
	       : kind == KIND_ACTION ? ((const struct action *)best)->text
				     : ((const struct cause *)best)->text;
}

static void
a_text_needs_no_quotes(void **state)
{
	struct parlor t;

	(void)state;
	parlor_open(&t);
	say(&t, "card add surprised us it's a \"half\" quote");
	assert_string_equal(newest(&t, KIND_CARD), "it's a \"half\" quote");
	say(&t, "card add surprised 'in quotes'");
	assert_string_equal(newest(&t, KIND_CARD), "in quotes");
	say(&t, "  card   add  Lucky   wide   apart  ");
	assert_string_equal(newest(&t, KIND_CARD), "wide   apart");
	say(&t, "action add put jitter on x=y owner=storage due=2026-12-01");
	assert_string_equal(newest(&t, KIND_ACTION), "put jitter on x=y");
	assert_string_equal(DEBRIEF_AT(t.k.d, ACTION, action, 0)->owner, "storage");
	say(&t, "cause add technical the cache was cold");
	assert_string_equal(newest(&t, KIND_CAUSE), "the cache was cold");
	SAYS(&t, "card add Lucky", "something is missing");
	SAYS(&t, "the cache was cold", "There is no word the here. Nothing was sent. To add a card:");
	SAYS(&t, "\033[A\033OBcard add Lucky arrow\033[3~s", "Added");
	assert_string_equal(newest(&t, KIND_CARD), "arrows");
	parlor_close(&t);
}

static void
news_are_told_once_and_together(void **state)
{
	struct parlor t;

	(void)state;
	parlor_open(&t);
	SAYS(&t, "", "Nothing new. 4 minutes.");
	desk_do(&t.k, "card add Lucky one");
	desk_do(&t.k, "card add Lucky two");
	desk_do(&t.k, "card add Lucky three");
	desk_do(&t.k, "cause add Technical cold");
	desk_do(&t.k, "category add Change");
	SAYS(&t, "who", "2 people: lena, facilitator. moss, you.");
	assert_non_null(strstr(t.said.data, "1 new cause, 1. 3 new cards, 2 to 4. New category: Change."));
	SAYS(&t, "", "Nothing new.");
	parlor_close(&t);
}

static void
what_changed_is_told_by_number(void **state)
{
	struct parlor t;
	char line[80];

	(void)state;
	parlor_open(&t);
	say(&t, "card add Lucky mine");
	snprintf(line, sizeof line, "card set %s text=hers", t.k.d->of[KIND_CARD].v[0]->id.s);
	desk_do(&t.k, line);
	SAYS(&t, "", "Changed: 1.");
	desk_do(&t.k, "stage causes");
	SAYS(&t, "", "Stage: causes, second of two. 22 minutes. Everybody sees what you add now.");
	snprintf(line, sizeof line, "card remove %s", t.k.d->of[KIND_CARD].v[0]->id.s);
	desk_do(&t.k, line);
	SAYS(&t, "", "Removed: 1.");
	desk_do(&t.k, "timer 5m");
	desk_do(&t.k, "prompt \"And what else?\"");
	SAYS(&t, "", "The clock is set. Asked of all: And what else? 5 minutes.");
	desk_do(&t.k, "cause add Technical cold");
	desk_do(&t.k, "focus C1");
	SAYS(&t, "", "The room looks at 2: cold.");
	SAYS(&t, "follow", "Not following any more.");
	desk_do(&t.k, "cause add Technical warm");
	desk_do(&t.k, "focus C2");
	SAYS(&t, "", "1 new cause, 3.");
	SAYS_NOT(&t, "The room looks");
	parlor_close(&t);
}

static void
quiet_lets_bell_and_stage_through(void **state)
{
	struct parlor t;

	(void)state;
	parlor_open(&t);
	SAYS(&t, "quiet", "Quiet until you say news.");
	desk_do(&t.k, "card add Lucky one");
	plain_notice(t.p, &t.k.sc, "moss removed 7 items");
	SAYS(&t, "card add Lucky mine", "Added 1.");
	SAYS_NOT(&t, "new card");
	SAYS_NOT(&t, "7 items");
	plain_notice(t.p, &t.k.sc, "the timer rings");
	desk_do(&t.k, "stage causes");
	SAYS(&t, "who", "Stage: causes");
	assert_non_null(strstr(t.said.data, "The timer rings."));
	SAYS(&t, "news", "1 new card, 2.");
	assert_non_null(strstr(t.said.data, "Moss removed 7 items."));
	desk_do(&t.k, "card add Lucky two");
	SAYS(&t, "who", "1 new card, 3.");
	parlor_close(&t);
}

static void
wording_is_asked_about_before_it_goes(void **state)
{
	struct parlor t;

	(void)state;
	parlor_open(&t);
	SAYS(&t, "cause add Process kit forgot the page", "Not added yet. A question for you alone:");
	assert_non_null(strstr(t.said.data, "What was taking attention?"));
	assert_int_equal(t.what, PLAIN_SAY);
	assert_true(plain_typing(t.p));
	SAYS(&t, "where", "Your line still waits");
	SAYS(&t, "drop", "Dropped. Nothing was sent.");
	assert_int_equal(DEBRIEF_N(t.k.d, CAUSE), 0);
	say(&t, "cause add Process kit forgot the page");
	SAYS(&t, "", "Added 1.");
	assert_string_equal(newest(&t, KIND_CAUSE), "kit forgot the page");
	say(&t, "why 1 kit forgot it twice");
	SAYS(&t, "the page went to an old rota", "Added 2, under 1. Everybody sees it. "
						   "The earlier line is dropped.");
	assert_string_equal(newest(&t, KIND_CAUSE), "the page went to an old rota");
	say(&t, "why 1 kit forgot it twice");
	SAYS(&t, "why 1 \"nobody was told\"", "The earlier line is dropped.");
	assert_string_equal(newest(&t, KIND_CAUSE), "nobody was told");
	say(&t, "why 1 kit forgot it twice");
	SAYS(&t, "agree 1", "You agree with 1."); /* another command leaves it */
	assert_true(plain_typing(t.p));
	SAYS(&t, "why 99 x", "There is no 99 yet"); /* and so does a slip */
	assert_true(plain_typing(t.p));
	parlor_close(&t);
}

/* A language without rules says so: once, with the first text, and it stops nothing. */
static void
missing_rules_are_said_once(void **state)
{
	struct parlor t;

	(void)state;
	parlor_open(&t);
	t.k.sc.wording = NULL;
	t.k.sc.wording_missing = "there are no rules for fr: nothing is asked";
	SAYS(&t, "where", "Stage");
	SAYS_NOT(&t, "no rules");
	SAYS(&t, "card add Lucky moss forgot it", "There are no rules for fr");
	SAYS(&t, "card add Lucky more", "Added 2.");
	SAYS_NOT(&t, "no rules");
	t.k.sc.wording_missing = "there are no rules for da: nothing is asked";
	SAYS(&t, "card add Lucky third", "no rules for da");
	parlor_close(&t);
}

static void
the_reveal_keeps_own_numbers(void **state)
{
	struct parlor t;
	struct desk *k;

	(void)state;
	parlor_open(&t);
	k = &t.k;
	desk_do(k, "column set Lucky hidden=yes anonymous=yes");
	say(&t, "");
	SAYS(&t, "card add Lucky mine", "Added 1. Hidden, nobody's name.");
	k->sc.counts.written = 3; /* two of others, which nobody is sent */
	SAYS(&t, "", "2 more cards by others.");
	SAYS(&t, "where", "Your cards: 1. Others: 2.");
	k->sc.role = k->cs.role = PERSON_FACILITATOR;
	say(&t, "");
	SAYS(&t, "reveal", "Say reveal again to do it, or drop.");
	SAYS(&t, "who", "Not done.");
	say(&t, "reveal");
	SAYS(&t, "drop", "Dropped.");
	assert_true(DEBRIEF_AT(k->d, COLUMN, column, 1)->hidden);
	desk_do(k, "column set Lucky anonymous=yes");
	desk_do(k, "card add Lucky hers"); /* comes with the reveal, as if it were new */
	plain_free(t.p);
	t.p = plain_new();
	plain_begin(t.p, &k->sc, &t.said);
	say(&t, "where");
	say(&t, "reveal");
	SAYS(&t, "reveal", "Revealed: 2 cards, shuffled, unsigned. Your own keep 1 and 2.");
	assert_non_null(strstr(t.said.data, "Lucky: 1 and 2."));
	assert_false(DEBRIEF_AT(k->d, COLUMN, column, 1)->hidden);
	parlor_close(&t);
}

static void
votes_say_what_is_left(void **state)
{
	struct parlor t;

	(void)state;
	parlor_open(&t);
	say(&t, "card add Lucky one");
	say(&t, "card add Lucky two");
	SAYS(&t, "vote 1", "Voting is not open. Nothing was sent, nothing is lost.");
	desk_do(&t.k, "votes open 3");
	SAYS(&t, "", "Voting is open: 3 votes each, secret, only totals are kept.");
	SAYS(&t, "vote 1", "1 vote for 1, one. 2 left.");
	SAYS(&t, "vote 1", "2 votes for 1, one. 1 left.");
	SAYS(&t, "unvote 1", "Taken back. 2 left.");
	SAYS(&t, "vote 2", "1 left.");
	SAYS(&t, "where", "1 of your votes");
	desk_do(&t.k, "votes close");
	SAYS(&t, "", "Voting closed. 1, one: 1 vote. 2, two: 1 vote.");
	parlor_close(&t);
}

static void
questions_are_put_and_answered_in_words(void **state)
{
	struct parlor t;

	(void)state;
	parlor_open(&t);
	SAYS(&t, "yes", "Nothing is asked.");
	t.k.d->asked = mem_dup("more");
	t.k.d->asked_until_ns = t.k.sc.now_ns + NS_PER_S;
	SAYS(&t, "who", "The bell: five more minutes for write? Say yes, or no for enough.");
	SAYS(&t, "who", "2 people");
	SAYS_NOT(&t, "The bell");
	SAYS(&t, "", "The bell");
	free(t.k.d->asked);
	t.k.d->asked = NULL;
	t.k.sc.role = t.k.cs.role = PERSON_FACILITATOR;
	say(&t, "");
	plain_asked(t.p, &t.k.sc, &(struct ui_question){ .want = "knock", .name = "k it\033[2J" });
	plain_asked(t.p, &t.k.sc, &(struct ui_question){ .want = "break" });
	SAYS(&t, "who", "stands at the door. Let them in? Say yes or no.");
	SAYS(&t, "no", "Not done.");
	assert_non_null(strstr(t.said.data, "Somebody asks for a break."));
	SAYS(&t, "yes", "The clock is set. 10 minutes.");
	parlor_close(&t);
}

static void
leaving_is_asked_kindly(void **state)
{
	struct parlor t;

	(void)state;
	parlor_open(&t);
	SAYS(&t, "quit", "Before you go");
	assert_int_equal(t.what, PLAIN_SAY);
	say(&t, "quit");
	assert_int_equal(t.what, PLAIN_LEAVE);
	say(&t, "quit");
	say(&t, "leave 4 5 clear");
	assert_int_equal(t.what, PLAIN_LEAVE);
	SAYS_NOT(&t, "Not done");
	t.k.sc.role = PERSON_FACILITATOR;
	say(&t, "quit");
	assert_int_equal(t.what, PLAIN_LEAVE);
	t.k.sc.live = false;
	t.k.sc.unsafe = 2;
	SAYS(&t, "quit", "2 of your changes are not there yet");
	assert_int_equal(t.what, PLAIN_SAY);
	parlor_close(&t);
}

static void
what_was_half_typed_comes_back(void **state)
{
	struct parlor t;
	struct buf kept = { 0 };

	(void)state;
	parlor_open(&t);
	say(&t, "card add Lucky one");
	say(&t, "card add Lucky two");
	plain_half(t.p, "card add Lucky \"half \xc3\xa9");
	plain_keep(t.p, &kept);
	plain_free(t.p);
	t.p = plain_new();
	buf_clear(&t.said);
	plain_begin(t.p, &t.k.sc, &t.said);
	plain_restore(t.p, &t.k.sc, kept.data, 300, &t.said);
	assert_non_null(strstr(t.said.data, "Welcome back. You were away 5 minutes."));
	assert_non_null(strstr(t.said.data, "  card add Lucky \"half \xc3\xa9"));
	SAYS(&t, "read 2", "2, Lucky. two.");
	SAYS(&t, "", "Added 3.");
	assert_string_equal(newest(&t, KIND_CARD), "\"half \xc3\xa9");
	plain_restore(t.p, &t.k.sc, "2 nonsense \"of another", 3, &t.said);
	plain_restore(t.p, &t.k.sc, "1 board x entry 'half a line' 4 '' '' '' '' 0", 3, &t.said);
	say(&t, "who");
	SAYS(&t, "who", "Your line still waits"); /* of a full screen */
	buf_fini(&kept);
	parlor_close(&t);
}

static void
an_abort_does_not_wait(void **state)
{
	struct parlor t;
	struct buf b = { 0 };

	(void)state;
	parlor_open(&t);
	assert_false(plain_urgent(t.p, &t.k.sc, &b));
	t.k.d->aborted_ns = t.k.sc.now_ns;
	assert_true(plain_urgent(t.p, &t.k.sc, &b));
	assert_non_null(strstr(b.data, "ABORTED."));
	assert_false(plain_urgent(t.p, &t.k.sc, &b));
	SAYS(&t, "", "Nothing new.");
	buf_fini(&b);
	parlor_close(&t);
}

static void
a_lost_line_is_told_and_misses_nothing(void **state)
{
	struct parlor t;

	(void)state;
	parlor_open(&t);
	t.k.sc.live = false;
	plain_lost(t.p, t.k.sc.now_ns - 120 * NS_PER_S);
	SAYS(&t, "who", "Not connected for 2 minutes. What you type is kept.");
	desk_do(&t.k, "card add Lucky meanwhile"); /* no op of it was ever seen here */
	t.k.sc.live = true;
	plain_back(t.p, t.k.sc.now_ns);
	SAYS(&t, "who", "Connected again, after 2 minutes.");
	assert_non_null(strstr(t.said.data, "1 new card, 1."));
	SAYS(&t, "", "Nothing new.");
	parlor_close(&t);
}

static void
long_lists_come_in_parts(void **state)
{
	struct parlor t;
	char line[64];

	(void)state;
	parlor_open(&t);
	for (int i = 1; i <= 30; i++) {
		snprintf(line, sizeof line, "card add Lucky \"card %d\"", i);
		desk_do(&t.k, line);
	}
	SAYS(&t, "who", "30 new cards.");
	SAYS(&t, "where", " 12  Lucky         card 12\n18 more: say more.");
	SAYS(&t, "more", " 24  Lucky         card 24\n6 more: say more.");
	SAYS(&t, "more", " 30  Lucky         card 30\n");
	SAYS(&t, "more", "There is no more.");
	SAYS(&t, "read 3 to 5, 9 and 11", "3, Lucky. card 3.\n4, Lucky. card 4.\n5, Lucky. card 5.\n"
					   "9, Lucky. card 9.\n11, Lucky. card 11.\n");
	parlor_close(&t);
}

/* Every row fits, and nothing but text and line ends leaves. */
static void
check_wrapped(const char *text, int cols, bool ascii)
{
	struct buf out = { 0 };

	plain_wrap(&out, text, cols, ascii);
	for (const char *p = out.data; p != NULL && *p != '\0';) {
		size_t len = strcspn(p, "\n");
		assert_true(text_width(p, len) <= cols);
		assert_int_equal(p[len], '\n');
		for (size_t i = 0; i < len; i++) {
			assert_true((unsigned char)p[i] >= 0x20 && p[i] != 0x7f);
			assert_true(!ascii || (unsigned char)p[i] < 0x7f);
		}
		p += len + 1;
	}
	buf_fini(&out);
}

static void
lines_fit_and_are_harmless(void **state)
{
	static const char *const texts[] = { "", "plain words of some length, and then some more",
		"  7  Surprised us  The page went to a rota that ended in May, nobody knew",
		"日本語のとても長い文がここにあり、折り返されなければならない。",
		"e\xcc\x81\xcc\x82 \033[31mred\033[0m \a\b\x7f \xc2\x9b" "31m \xe2\x80\xae" "rtl \xff\xfe",
		"a-word-that-is-much-longer-than-any-line-of-twenty-columns-could-ever-be",
		"                              deep" };

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		for (int cols = 20; cols <= 90; cols += 7) {
			check_wrapped(texts[i], cols, false);
			check_wrapped(texts[i], cols, true);
		}
}

static void
nothing_from_others_is_more_than_text(void **state)
{
	struct parlor t;
	struct item *it;

	(void)state;
	parlor_open(&t);
	desk_do(&t.k, "card add Lucky x");
	it = t.k.d->of[KIND_CARD].v[0];
	free(((struct card *)it)->text); /* as a damaged file might have it */
	((struct card *)it)->text = mem_dup("two\nlines\033]0;title\a \x9b");
	plain_notice(t.p, &t.k.sc, "saved\033c");
	say(&t, "");
	say(&t, "read 1");
	check_wrapped(t.said.data, 40, false);
	SAYS(&t, "read 1", "two lines");
	parlor_close(&t);
}

static void
help_has_every_word(void **state)
{
	struct parlor t;

	(void)state;
	parlor_open(&t);
	for (size_t i = 0; i < n_own_words; i++) {
		char *line = mem_fmt("help %s", own_words[i].words);
		if (own_words[i].plain) {
			SAYS(&t, line, own_words[i].note);
			say(&t, own_words[i].words);
			SAYS_NOT(&t, "There is no word");
		}
		free(line);
	}
	say(&t, "help");
	SAYS(&t, "help", "where");
	SAYS(&t, "help why", "why ID TEXT [FIELD=VALUE...]: a deeper cause under a cause.");
	SAYS(&t, "help lead", "stage next");
	SAYS(&t, "help xyz", "There is no command xyz.");
	parlor_close(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_come_in_order_and_stay),
		cmocka_unit_test(a_text_needs_no_quotes),
		cmocka_unit_test(news_are_told_once_and_together),
		cmocka_unit_test(what_changed_is_told_by_number),
		cmocka_unit_test(quiet_lets_bell_and_stage_through),
		cmocka_unit_test(wording_is_asked_about_before_it_goes),
		cmocka_unit_test(missing_rules_are_said_once),
		cmocka_unit_test(the_reveal_keeps_own_numbers),
		cmocka_unit_test(votes_say_what_is_left),
		cmocka_unit_test(questions_are_put_and_answered_in_words),
		cmocka_unit_test(leaving_is_asked_kindly),
		cmocka_unit_test(what_was_half_typed_comes_back),
		cmocka_unit_test(an_abort_does_not_wait),
		cmocka_unit_test(a_lost_line_is_told_and_misses_nothing),
		cmocka_unit_test(long_lists_come_in_parts),
		cmocka_unit_test(lines_fit_and_are_harmless),
		cmocka_unit_test(nothing_from_others_is_more_than_text),
		cmocka_unit_test(help_has_every_word),
		cmocka_unit_test(a_line_waits_for_its_day),
	};

	text_locale();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
