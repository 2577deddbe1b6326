#include "model/person_end.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/coverage.h"

const char person_end_question[] = "What made it look right, and what made it possible?";

/* Sorted, each of them. */
static const char *const pronouns[] = { "anybody", "anyone", "everybody", "everyone", "he", "i",
	"nobody", "noone", "she", "somebody", "someone", "they", "we", "whoever", "you" };
static const char *const roles[] = { "admin", "administrator", "analyst", "apprentice",
	"architect", "assignee", "author", "boss", "captain", "clerk", "coder", "colleague",
	"commander", "consultant", "contractor", "coworker", "cto", "dba", "developer",
	"director", "doctor", "electrician", "employee", "engineer", "facilitator", "freelancer",
	"guy", "intern", "junior", "lead", "maintainer", "man", "manager", "mechanic", "newcomer",
	"nurse", "on-call", "oncall", "operator", "owner", "person", "pilot", "planner",
	"programmer", "responder", "reviewer", "sre", "supervisor", "support", "sysadmin",
	"teammate", "technician", "tester", "trainee", "user", "vendor", "woman" };
static const char *const before[] = { "a", "acting", "an", "another", "any", "careless", "database",
	"day", "each", "every", "experienced", "first", "her", "his", "inexperienced", "junior",
	"last", "lead", "my", "network", "new", "night", "on-call", "oncall", "one", "ops",
	"other", "our", "outgoing", "platform", "previous", "principal", "release", "same",
	"second", "security", "senior", "shift", "site", "some", "staff", "that", "the", "their", "this",
	"tired", "which", "young", "your" };
/* What follows who did or was something; another noun there makes it the name of a thing. */
static const char *const does[] = { "always", "are", "at", "became", "before", "began",
	"being", "broke", "brought", "came", "can", "cannot", "chose", "could", "cut", "did",
	"do", "does", "drove", "fell", "felt", "forgot", "found", "from", "gave", "goes", "got",
	"had", "has", "have", "held", "hit", "in", "is", "just", "kept", "knew", "left", "let",
	"lost", "made", "may", "might", "misread", "must", "never", "not", "of", "on", "only",
	"overrode", "overslept", "put", "ran", "read", "said", "sat", "saw", "sent", "set",
	"should", "shut", "slept", "spoke", "still", "stood", "that", "thinks", "thought", "told",
	"took", "was", "went", "were", "who", "will", "with", "without", "won", "would", "wrote" };
static const char *const whose[] = { "assumption", "carelessness", "confusion", "decision", "error",
	"failure", "fatigue", "fault", "forgetfulness", "haste", "ignorance", "inattention",
	"inexperience", "lack", "lapse", "mistake", "negligence", "oversight", "slip", "typo" };
static const char *const errors[] = { "admin", "human", "operator", "personal", "pilot", "user" };

enum { WORDS_MOST = 64, LOW_MOST = 24 };

struct word {
	const char *at;
	size_t len; /* without a trailing 's */
	char low[LOW_MOST]; /* in small letters; "" where it is longer */
	bool owns;  /* had one */
	bool ends;  /* a clause ends behind it */
};

#define IN(list, w) in_list(list, sizeof(list) / sizeof *(list), (w)->low)

static bool
same(const char *text, const struct word *w)
{
	return strcmp(w->low, text) == 0;
}

static int
by_bytes(const void *key, const void *one)
{
	return strcmp(key, *(const char *const *)one);
}

static bool
in_list(const char *const *v, size_t n, const char *low)
{
	return bsearch(low, v, n, sizeof *v, by_bytes) != NULL;
}

static bool
is_role(const struct word *w)
{
	char one[LOW_MOST];
	size_t n = strlen(w->low);

	if (IN(roles, w))
		return true;
	if (n < 4 || w->low[n - 1] != 's')
		return false;
	memcpy(one, w->low, n); /* "engineers" */
	one[n - 1] = '\0';
	return in_list(roles, sizeof roles / sizeof *roles, one);
}

/* "did" of "didn't", "is" of "isn't"; "can't" and "won't" have no n to spare. */
static void
drop_not(struct word *w)
{
	if (w->len < LOW_MOST && w->len > 2 && w->low[w->len - 1] == 'n' && !same("can", w) &&
	    !same("won", w))
		w->low[w->len - 1] = '\0';
}

static bool
is_letter(unsigned char c)
{
	return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	       (c >= 'a' && c <= 'z') || c == '-' || c == '_';
}

/* The next word of the text, or false at its end. */
static bool
next_word(const char **p, struct word *w)
{
	static const char curly[] = "\xe2\x80\x99";
	const char *q = *p;

	while (*q != '\0' && (!is_letter((unsigned char)*q) || strncmp(q, "\xe2\x80", 2) == 0))
		q += strncmp(q, "\xe2\x80", 2) == 0 && q[2] != '\0' ? 3 : 1;
	*w = (struct word){ .at = q };
	while (is_letter((unsigned char)*q) && strncmp(q, "\xe2\x80", 2) != 0)
		q++;
	w->len = (size_t)(q - w->at);
	for (size_t i = 0; w->len < LOW_MOST && i < w->len; i++)
		w->low[i] = (char)(w->at[i] >= 'A' && w->at[i] <= 'Z' ? w->at[i] + 32 : w->at[i]);
	if (*q == '\'' || strncmp(q, curly, 3) == 0) {
		q += *q == '\'' ? 1 : 3;
		w->owns = *q == 's' && !is_letter((unsigned char)q[1]);
		if (*q == 't')
			drop_not(w);
		while (is_letter((unsigned char)*q)) /* "didn't" */
			q++;
	}
	w->ends = *q == '\0' || strchr(".,:;!?)", *q) != NULL;
	*p = q;
	return w->len > 0;
}

static bool
is_name(const struct debrief *d, const struct word *w)
{
	bool is = false;

	for (size_t i = 0; i < DEBRIEF_N(d, PERSON) && !is; i++) {
		const char *name = DEBRIEF_AT(d, PERSON, person, i)->name;
		size_t first = name != NULL ? strcspn(name, " ") : 0;
		char *own, *word;
		if (first < 2 || first != w->len)
			continue;
		own = mem_dupn(name, first);
		word = mem_dupn(w->at, first);
		is = text_same(own, word);
		free(own);
		free(word);
	}
	return is;
}

/* Did or was the one before it something? `next` is NULL at the end of the text. */
static bool
acts(const struct word *who, const struct word *next)
{
	if (who->owns)
		return next != NULL && IN(whose, next);
	if (who->ends || next == NULL || IN(does, next))
		return true;
	return next->len > 3 && next->at[next->len - 1] == 'd' && next->at[next->len - 2] == 'e';
}

/* Is the word at `i` somebody, as the one that the text is about? */
static bool
is_somebody(const struct debrief *d, const struct word *v, size_t n, size_t i)
{
	const struct word *next = i + 1 < n ? &v[i + 1] : NULL;

	if (IN(pronouns, &v[i]))
		return !same("i", &v[i]) || v[i].at[1] == ' ' || v[i].at[1] == '\''; /* not I/O */
	if (same("no", &v[i]) && next != NULL && same("one", next))
		return true;
	return (is_role(&v[i]) || is_name(d, &v[i])) && acts(&v[i], next);
}

/* "human error", not "the user error rate". */
static bool
is_error(const struct word *v, size_t n, size_t i)
{
	if (i == 0 || !(same("error", &v[i]) || same("errors", &v[i])) || !IN(errors, &v[i - 1]))
		return false;
	return v[i].ends || i + 1 == n || IN(does, &v[i + 1]);
}

/* Elsewhere than at the beginning: "typed by the intern", "because Moss was away", "Moss's typo". */
static bool
is_named_later(const struct debrief *d, const struct word *v, size_t n, size_t i)
{
	size_t to = i + 1;

	if (is_error(v, n, i))
		return true;
	if (v[i].owns && i + 1 < n && IN(whose, &v[i + 1]))
		return is_role(&v[i]) || is_name(d, &v[i]);
	if (v[i].at[0] >= 'A' && v[i].at[0] <= 'Z' && is_name(d, &v[i]))
		return true;
	if (!same("by", &v[i]) && !same("because", &v[i]))
		return false;
	while (to + 1 < n && IN(before, &v[to]) && !v[to].ends && !is_somebody(d, v, n, to))
		to++;
	return to < n && (is_somebody(d, v, n, to) || same("him", &v[to]) || same("them", &v[to]));
}

bool
person_in_cause(const struct debrief *d, const char *text)
{
	struct word v[WORDS_MOST];
	const char *p = text != NULL ? text : "";
	size_t n = 0, first = 0;

	while (n < WORDS_MOST && next_word(&p, &v[n]))
		n++;
	while (first + 1 < n && IN(before, &v[first]) && !v[first].ends &&
	       !is_somebody(d, v, n, first))
		first++;
	if (n > 0 && is_somebody(d, v, n, first))
		return true;
	for (size_t i = 0; i < n; i++)
		if (is_named_later(d, v, n, i))
			return true;
	return false;
}

const struct cause *
person_end(const struct debrief *d)
{
	struct cause_tree t = cause_tree(d);
	const struct cause *found = NULL;

	for (size_t i = 0; i < t.n && found == NULL; i++)
		if (t.v[i].cause != NULL && t.v[i].n_whys == 0 &&
		    person_in_cause(d, t.v[i].cause->text))
			found = t.v[i].cause;
	cause_tree_fini(&t);
	return found;
}

int
branch_level_up(const struct debrief *d, const struct cause *c)
{
	int level = cause_level(d, c), steps = 0, most = (int)DEBRIEF_N(d, CAUSE);

	if (level < LEVEL_TECHNICAL || level >= LEVEL_ORGANIZATION)
		return LEVEL_NONE;
	for (; id_some(c->parent) && steps < most; steps++) {
		const struct item *up = debrief_find(d, KIND_CAUSE, c->parent);
		if (up == NULL)
			break;
		c = (const struct cause *)up;
		if (cause_level(d, c) != level)
			return LEVEL_NONE;
	}
	return steps > 0 ? level + 1 : LEVEL_NONE;
}

bool
only_technical(const struct debrief *d)
{
	bool some = false;

	for (size_t i = 0; i < DEBRIEF_N(d, CAUSE); i++) {
		const struct cause *c = DEBRIEF_AT(d, CAUSE, cause, i);
		if (c->text == NULL || text_begins(c->text, "nothing found"))
			continue;
		if (cause_level(d, c) != LEVEL_TECHNICAL)
			return false;
		some = true;
	}
	return some;
}
