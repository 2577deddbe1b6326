/* Private to commands/: what turns the words of each command into an op. Each is a `build` of
 * struct command: `args` are the words after the command's own, `out` was begun with the command's
 * name and is finished by the caller on failure. */
#ifndef COMMANDS_BUILD_H
#define COMMANDS_BUILD_H

#include "commands/command.h"

#define BUILDER(name)                                                                              \
	bool name(const struct command_scene *s, const struct command *c, const struct strs *args, \
	    struct op *out, struct err *e)

/* build_add.c */
BUILDER(build_event_add);
BUILDER(build_cause_add);
BUILDER(build_card_add);
BUILDER(build_add); /* one text, then fields: of any kind whose required text is known */
BUILDER(build_why);

/* build_item.c */
BUILDER(build_set_debrief);
BUILDER(build_set);
BUILDER(build_remove);
BUILDER(build_move);
BUILDER(build_cause_move);
BUILDER(build_card_group);
BUILDER(build_card_ungroup);
BUILDER(build_redact);
BUILDER(build_event_shift);

/* build_act.c */
BUILDER(build_confirm);
BUILDER(build_count); /* agree, doubt */
BUILDER(build_rate);
BUILDER(build_stage);
BUILDER(build_words);  /* nothing but the words: override, save */
BUILDER(build_plain);  /* no words at all: undo, redo, pass, pause */
BUILDER(build_status); /* close, reopen */
BUILDER(build_reveal);
BUILDER(build_experiment_start);
BUILDER(build_experiment_stop);
BUILDER(build_quit);

/* build_live.c */
BUILDER(build_timer);
BUILDER(build_focus);
BUILDER(build_hand);
BUILDER(build_ready);
BUILDER(build_arrive);
BUILDER(build_pass);
BUILDER(build_abort);
BUILDER(build_lock); /* lock, unlock */
BUILDER(build_leave);
BUILDER(build_give);
BUILDER(build_mute);
BUILDER(build_card_claim);

/* build_tick.c */
BUILDER(build_tick);

/* build_later.c */
BUILDER(build_later);
BUILDER(build_draft);
BUILDER(build_categories);

BUILDER(build_curtain); /* build_curtain.c */

/* build_side.c */
BUILDER(build_side); /* kudos, park, plus, delta */
BUILDER(build_jot);
BUILDER(build_prompt);
BUILDER(build_projector);

/* build_ask.c */
BUILDER(build_ask);
BUILDER(build_answer);
BUILDER(build_spread);

/* build_vote.c */
BUILDER(build_vote); /* vote, unvote */
BUILDER(build_votes_open);
BUILDER(build_votes_close);
BUILDER(build_seat_add);
BUILDER(build_seat_next);

/* The value of NAME=VALUE; NULL: another word. */
const char *word_after(const char *word, const char *name);
/* A seat by its number, its name or the start of that: the op is said for it. ERR_MISSING names
 * those there are. */
bool read_seat(const struct command_scene *s, const char *text, struct op *out, struct err *e);

/* ERR_USAGE: "what: nothing was changed: write COMMAND USAGE". */
bool say_usage(const struct command *c, const char *what, struct err *e);
/* Between `least` and `most` words. */
bool words_count(
    const struct command *c, const struct strs *args, size_t least, size_t most, struct err *e);

int64_t whole_second(int64_t t_ns); /* files are read by people */

/* A new item of the command's kind; its change is valid until the next one is added. */
struct change *add_item(const struct command_scene *s, enum kind kind, struct op *out);

/* Put a cause and all its whys under a category; `parent` none: as a top cause. Also the rest of
 * the tree below it. */
void cause_put(const struct debrief *d, struct op *out, const struct cause *c, struct id category,
    struct id parent);
/* Every why below it, in the batch too: their category. */
void cause_take_whys(const struct debrief *d, struct op *out, struct id cause, struct id category);

#endif
