#include "views/words.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static const char *const table[N_WORDS] = {
	[WORD_NONE] = "",
	[WORD_TEXT] = "%1",
	[WORD_CAUSE_1] = "%1 cause",
	[WORD_CAUSE_N] = "%1 causes",
	[WORD_WHY_1] = "%1 why",
	[WORD_WHY_N] = "%1 whys",
	[WORD_VOTE_1] = "%1 vote",
	[WORD_VOTE_N] = "%1 votes",
	[WORD_EVENT_1] = "%1 event",
	[WORD_EVENT_N] = "%1 events",
	[WORD_ACTION_1] = "%1 action",
	[WORD_ACTION_N] = "%1 actions",
	[WORD_AGREE] = "%1 agree",
	[WORD_DOUBT_1] = "%1 doubts",
	[WORD_DOUBT_N] = "%1 doubt",
	[WORD_MORE] = "%1 more",
	[WORD_MORE_BELOW] = "%1 more ▼",
	[WORD_MORE_ABOVE] = "▲ %1 more",
	[WORD_FOLDED] = "%1 folded",
	[WORD_PLUS_MORE] = "+%1 more",
	[WORD_PLUS_BONES_1] = "+%1 bone",
	[WORD_PLUS_BONES_N] = "+%1 bones",
	[WORD_MINUTES_OVER_1] = "%1 minute over",
	[WORD_MINUTES_OVER_N] = "%1 minutes over",
	[WORD_MINUTES_UNDER_1] = "%1 minute under",
	[WORD_MINUTES_UNDER_N] = "%1 minutes under",
	[WORD_DAYS_OVER_1] = "%1 DAY OVER",
	[WORD_DAYS_OVER_N] = "%1 DAYS OVER",
	[WORD_DAYS_LEFT_1] = "%1 day left",
	[WORD_DAYS_LEFT_N] = "%1 days left",
	[WORD_DAYS_1] = "%1 day",
	[WORD_DAYS_N] = "%1 days",
	[WORD_DUE_IN_1] = "due in %1 day",
	[WORD_DUE_IN_N] = "due in %1 days",
	[WORD_OVERDUE_BY_1] = "overdue by %1 day",
	[WORD_OVERDUE_BY_N] = "overdue by %1 days",
	[WORD_DUE_TODAY] = "due today",
	[WORD_TODAY_MARK] = "today",
	[WORD_PROGRAM] = "debrief",
	[WORD_ALL_SAFE] = "● all safe",
	[WORD_UNSAFE] = "●%1 unsafe",
	[WORD_LIVE] = "live",
	[WORD_REVIEWING] = "reviewing",
	[WORD_NOT_CONNECTED] = "not connected",
	[WORD_HERE] = "%1 here",
	[WORD_TIMER] = "timer %1",
	[WORD_STEP] = "step %1/%2",
	[WORD_TODAY] = "today %1",
	[WORD_LOOK_AGAIN] = "look again %1",
	[WORD_UNTITLED] = "no title yet",
	[WORD_FISHBONE] = "fishbone",
	[WORD_CAUSES] = "causes",
	[WORD_OVERVIEW] = "fishbone: overview",
	[WORD_UNPLACED] = "without a category",
	[WORD_LEGEND_DEEPER] = "═══ has deeper whys",
	[WORD_LEGEND_LEAF] = "─── leaf",
	[WORD_LEGEND_VOTES] = "•n votes",
	[WORD_NO_BONES] = "no categories yet: a adds one",
	[WORD_EMPTY_BONE] = "nothing here yet",
	[WORD_TOO_SMALL] = "outline: no room for %1",
	[WORD_CAUSE_OF] = "%1 ▸ cause %2 of %3",
	[WORD_CAUSE_OF_SHORT] = "%1 %2/%3",
	[WORD_WHY_STEP] = " ▸ why %1",
	[WORD_WHY_ARROW] = "why ← ",
	[WORD_ARROW] = "← ",
	[WORD_EVIDENCE] = "evidence",
	[WORD_ACTIONS_LABEL] = "actions",
	[WORD_TAGS] = "tags",
	[WORD_DEEP_ENOUGH] = "deep enough",
	[WORD_TOP_VOTED] = "top voted across all bones",
	[WORD_NO_ACTION_YET] = "none yet: A adds one",
	[WORD_TIMELINE] = "timeline",
	[WORD_RANGE] = "%1 to %2 %3",
	[WORD_HEAD_TIME] = "time",
	[WORD_HEAD_SOURCE] = "source",
	[WORD_HEAD_SAW] = "what we saw",
	[WORD_HEAD_PHASE] = "phase",
	[WORD_NO_EVENTS] = "no events yet: a adds one, with its time first: 14:05 flag on",
	[WORD_GAP] = "· · ·  %1  · · ·",
	[WORD_PHASE_STARTED] = "IMPACT",
	[WORD_PHASE_DETECTED] = "DETECTED",
	[WORD_PHASE_ACK] = "ACK",
	[WORD_PHASE_MITIGATED] = "MITIGATE",
	[WORD_PHASE_RESOLVED] = "RESOLVED",
	[WORD_LASTS] = "%1, for %2",
	[WORD_SEEN] = "seen",
	[WORD_NOTE] = "note",
	[WORD_SOURCE] = "source",
	[WORD_LINK] = "link",
	[WORD_CITED_BY] = "causes",
	[WORD_AFTER_PHASE] = "%1 after %2",
	[WORD_ABOUT_TIME] = "about %1",
	[WORD_ORDER_ONLY] = "no clock time, only its place",
	[WORD_GAPS_ALL] = "gaps of a minute and more",
	[WORD_CERTAINTY_ACCOUNT] = "an account",
	[WORD_CERTAINTY_HYPOTHESIS] = "a hypothesis",
	[WORD_UNTIL] = "until %1",
	[WORD_ACTIONS] = "actions",
	[WORD_HEAD_WHAT] = "what",
	[WORD_HEAD_KIND] = "kind",
	[WORD_HEAD_LEVEL] = "level",
	[WORD_HEAD_OWNER] = "owner",
	[WORD_HEAD_DUE] = "due",
	[WORD_HEAD_STATUS] = "status",
	[WORD_HEAD_MARK] = "mark",
	[WORD_NO_ACTIONS] = "no actions yet: a adds one",
	[WORD_NOBODY] = "—",
	[WORD_UNPROVEN] = "UNPROVEN",
	[WORD_NO_OWNER] = "no owner",
	[WORD_COVERAGE] = "coverage",
	[WORD_COV_CAUSES] = "causes",
	[WORD_COV_ACTIONS] = "actions",
	[WORD_COV_CAUSES_LEVEL] = "causes by level",
	[WORD_COV_ACTIONS_LEVEL] = "actions by level",
	[WORD_COV_ACTIONS_KIND] = "actions by kind",
	[WORD_COV_WHYS] = "whys by depth",
	[WORD_ONLY_TECHNICAL] = "◆ only technical ones",
	[WORD_COV_NO_CAUSE] = "actions without a cause",
	[WORD_WITHOUT_ACTION] = "causes without action: %1",
	[WORD_WITHOUT_ACTION_CAPS] = "CAUSES WITHOUT ACTION %1",
	[WORD_NONE_MARK] = "◆ none",
	[WORD_NONE_WORD] = "none",
	[WORD_DONE_WHEN] = "done when",
	[WORD_INSTEAD] = "not done because of it",
	[WORD_REASON] = "reason",
	[WORD_PROOF] = "proof",
	[WORD_CAUSE_LABEL] = "cause",
	[WORD_DECIDE] = "decide %1",
	[WORD_URGENT] = "urgent",
	[WORD_WHY_DEPTH_1] = "one",
	[WORD_WHY_DEPTH_2] = "two",
	[WORD_WHY_DEPTH_3] = "three",
	[WORD_CARRIED] = "carried over",
	[WORD_WITH_STATUS] = "%1 ▸ %2",
	[WORD_ACTION_AND_STATUS] = "%1 (%2)",
	[WORD_AGENDA] = "agenda",
	[WORD_HEAD_STAGE] = "stage",
	[WORD_HEAD_PLAN] = "plan",
	[WORD_HEAD_USED] = "used",
	[WORD_HEAD_BLOCK] = "a block is a minute",
	[WORD_HEAD_BLOCKS] = "a block is %1 minutes",
	[WORD_HEAD_CHECKS] = "checks",
	[WORD_HEAD_DONE_WHEN] = "done when",
	[WORD_N_OF_N] = "%1 of %2",
	[WORD_LEGEND_USED] = "█ used   ▓ over   ░ to come",
	[WORD_LEGEND_ADVISE] = "check marks advise, they never lock a stage",
	[WORD_DONE_WHEN_STAGE] = "%1 is done when",
	[WORD_QUESTION_OF] = "question %1 of %2",
	[WORD_LEFT_IN] = "left in %1",
	[WORD_OVER_IN] = "over in %1",
	[WORD_WHO_HERE] = "who is here",
	[WORD_PEOPLE_1] = "%1 person",
	[WORD_PEOPLE_N] = "%1 people",
	[WORD_TYPING] = "%1 typing",
	[WORD_WRITING] = "writing",
	[WORD_NO_STAGES] =
	    "this debrief has no stages: the panes are 2 timeline, 3 causes, 4 actions",
	[WORD_STAGE_OPEN] = "%1 ▸ what is still open",
	[WORD_NOTHING_OPEN] = "nothing is open here",
	[WORD_ASK_ROOM] = "ASK THE ROOM",
	[WORD_LEFT_IN_CAPS] = "LEFT IN %1",
	[WORD_OVER_IN_CAPS] = "OVER IN %1",
	[WORD_STILL_TO_COVER] = "MINUTES OF THE PLAN STILL TO COVER",
	[WORD_HERE_CAPS] = "HERE",
	[WORD_NEXT_QUESTION] = "next: %1",
	[WORD_AWAY] = "away %1",
	[WORD_ON_PLAN] = "on plan",
	[WORD_NO_QUESTION] = "no questions for this stage",
	[WORD_ALONE] = "nobody else is here",
	[WORD_NO_CHECKS] = "no check marks",
	[WORD_EVERYBODY] = "%1 · everybody sees this now",
	[WORD_ADD_CAUSE] = "cause in %1",
	[WORD_ADD_WHY] = "why of %1",
	[WORD_ADD_EVENT] = "time and text, e.g. 14:05 flag on (without a time: now)",
	[WORD_ADD_EVENT_NOW] = "event now",
	[WORD_ADD_ACTION] = "action",
	[WORD_ADD_ACTION_FOR] = "action for %1",
	[WORD_ADD_CATEGORY] = "category (a bone of the fish)",
	[WORD_EDIT_TEXT] = "text of %1",
	[WORD_EDIT_NAME] = "name of the category",
	[WORD_EDIT_SEEN] = "what was visible and known at %1",
	[WORD_EDIT_DONE_WHEN] = "%1 is done when",
	[WORD_EDIT_TIME] = "time of %1",
	[WORD_EDIT_DUE] = "date %1 is due, e.g. 2026-12-01",
	[WORD_EDIT_OWNER] = "team or contact for %1",
	[WORD_EDIT_MINUTES] = "minutes for %1",
	[WORD_MOVE_CAUSE] = "move to which category: %1",
	[WORD_CAUSE_FROM] = "cause from %1, in %2",
	[WORD_ADD_QUESTION] = "open question about %1",
};

const char *
word(enum word w)
{
	assert(w < N_WORDS && table[w] != NULL);
	return table[w];
}

void
word_fill(struct buf *out, enum word w, const char *const args[])
{
	const char *p = word(w), *mark;
	size_t n = 0;

	while (args[n] != NULL)
		n++;
	while ((mark = strchr(p, '%')) != NULL) {
		buf_add(out, p, (size_t)(mark - p));
		p = mark + 1;
		if (*p >= '1' && *p <= '9') {
			assert((size_t)(*p - '1') < n);
			buf_adds(out, args[*p++ - '1']);
		} else {
			buf_addc(out, '%');
		}
	}
	buf_adds(out, p);
}

void
word_count(struct buf *out, int64_t n, enum word one)
{
	word_put(out, n == 1 ? one : one + 1, digits(n).s);
}

struct digits
digits(int64_t n)
{
	struct digits d;

	snprintf(d.s, sizeof d.s, "%lld", (long long)n);
	return d;
}
