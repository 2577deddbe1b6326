#include "cli/program.h"

#define END                                                                                        \
	{                                                                                          \
		NULL, 0, NULL, NULL, false                                                         \
	}
#define AS                                                                                         \
	{                                                                                          \
		"as", 0, "NAME", "who you are (git's user.name if absent)", false                  \
	}
#define ROLE                                                                                       \
	{                                                                                          \
		"role", 0, "ROLE", "facilitator, scribe, participant or observer", false           \
	}
#define JSON                                                                                       \
	{                                                                                          \
		"json", 0, NULL, "print JSON", false                                               \
	}
#define ASCII                                                                                      \
	{                                                                                          \
		"ascii", 0, NULL, "draw with ASCII alone", false                                   \
	}
#define THEME                                                                                      \
	{                                                                                          \
		"theme", 0, "NAME", "default, light, mono, high-contrast or color-blind", false    \
	}

const struct option global_options[] = {
	{ "repo", 0, "DIR", "the history to use (DEBRIEF_REPO, or git config debrief.repo)",
	    false },
	{ "color", 0, "WHEN", "auto, always or never; NO_COLOR is honored", false },
	{ "help", 'h', NULL, "show help", false },
	{ "version", 0, NULL, "show the version", false },
	END,
};

static const struct option demo_options[] = { { "list", 0, NULL, "name the incidents there are",
						  false },
	{ "keep", 0, "DIR", "make the history there, and leave it", false }, ASCII, THEME, END };
static const struct option new_options[] = { { "template", 't', "TEMPLATE",
						 "the kind of debrief (incident)", false },
	{ "minutes", 0, "10|30|60|90", "how long the meeting is (60)", false },
	{ "no-open", 0, NULL, "do not open it on the terminal", false },
	{ "as", 0, "NAME", "the facilitator's name (git's user.name if absent)", false }, ASCII,
	THEME, END };
static const struct option open_options[] = { AS, ROLE, ASCII, THEME, END };
static const struct option do_options[] = { AS, ROLE,
	{ "keep-going", 'k', NULL, "go on after a refused command", false }, END };
static const struct option watch_options[] = { AS, ROLE, END };
static const struct option host_options[] = {
	{ "background", 0, NULL, "started by another command: end a minute after the last client",
	    true },
	{ "status-fd", 0, "N", "say there whether it runs", true }, END
};
static const struct option save_options[] = {
	{ "message", 'm', "MESSAGE", "the commit's subject", false }, AS, END
};
static const struct option json_options[] = { JSON, END };
static const struct option show_options[] = {
	{ "json", 0, NULL, "print the canonical JSON", false }, END
};
static const struct option render_options[] = {
	{ "view", 0, "VIEW", "agenda, timeline, fishbone or actions (fishbone)", false },
	{ "size", 0, "COLSxROWS", "size of the frame (120x40)", false },
	{ "to", 0, "FORMAT", "text, ansi or svg (text)", false }, THEME, ASCII,
	{ "select", 0, "ID", "the selected item", false },
	{ "layout", 0, "NAME", "of a fishbone: classic, vertical or outline (by size)", false },
	{ "now", 0, "TIME", "what the clock shows (RFC 3339)", false }, END
};
static const struct option actions_options[] = { JSON,
	{ "overdue", 0, NULL, "only those past their date; exit status 1 when there are any",
	    false },
	END };
static const struct option help_options[] = {
	{ "schema", 0, NULL, "print the JSON Schema of a debrief's file", false },
	{ "mdoc", 0, NULL, "print the manual's sections", true }, END
};
static const struct option no_options[] = { END };

const struct subcommand subcommands[] = {
	{ "demo", "[NAME]", "a real public incident in a throw-away history",
	    "Without a terminal the frames are printed, then the git log and the head of the file.",
	    demo_options, 0, 1, false, false, cmd_demo },
	{ "init", "[DIR]", "make a history: a git repository with the merge driver registered",
	    "An existing repository, or a folder in one, gets what is missing; nothing else in it "
	    "is touched.",
	    no_options, 0, 1, false, false, cmd_init },
	{ "new", "TITLE", "begin a debrief; prints its name; opens it on a terminal", NULL,
	    new_options, 1, 1, false, false, cmd_new },
	{ "open", "WHICH", "lead it, or review it when it is closed",
	    "WHICH is an exact name, else a unique start of an id, of the name, or of the name "
	    "without its date, "
	    "or @ for the one used last.",
	    open_options, 1, 1, false, false, cmd_open },
	{ "join", "[WHICH]", "take part; alone: what is live now", NULL, open_options, 0, 1, false,
	    false, cmd_join },
	{ "do", "WHICH [COMMAND...]", "send session commands without a screen",
	    "The words after WHICH are one command; with none, each line of standard input is one. "
	    "Prints a line a command, the new id or ok, once it is durable. Options end at the "
	    "first word of the "
	    "command. A refusal is said on standard error and ends it, unless --keep-going; the "
	    "exit status is that of "
	    "the first one.",
	    do_options, 1, (size_t)-1, true, false, cmd_do },
	{ "watch", "WHICH",
	    "print what this participant receives, one JSON message a line, until it ends", NULL,
	    watch_options, 1, 1, false, false, cmd_watch },
	{ "host", "WHICH", "run the host in the foreground",
	    "Other commands start one by themselves. One in the background steps down for this "
	    "one.",
	    host_options, 1, 1, false, false, cmd_host },
	{ "save", "WHICH", "commit now", NULL, save_options, 1, 1, false, false, cmd_save },
	{ "show", "WHICH[@REV]", "print it as Markdown",
	    "The present state, saved or not; with @REV as that commit has it.", show_options, 1, 1,
	    false, false, cmd_show },
	{ "render", "WHICH", "print a frame of the screen", NULL, render_options, 1, 1, false,
	    false, cmd_render },
	{ "list", "", "the debriefs of the history, newest first", NULL, json_options, 0, 0, false,
	    false, cmd_list },
	{ "log", "WHICH", "the commits of a debrief", NULL, json_options, 1, 1, false, false,
	    cmd_log },
	{ "diff", "WHICH REV [REV]", "what changed since a commit, or between two", NULL,
	    no_options, 2, 3, false, false, cmd_diff },
	{ "actions", "", "open actions of all debriefs", NULL, actions_options, 0, 0, false, false,
	    cmd_actions },
	{ "templates", "[show NAME|check FILE]", "the kinds of debrief", NULL, no_options, 0, 2,
	    false, false, cmd_templates },
	{ "merge-file", "BASE OURS THEIRS", "git's merge driver: the result is written to OURS",
	    "Exits 1 and leaves OURS alone when a side cannot be read.", no_options, 3, 3, false,
	    false, cmd_merge_file },
	{ "help", "[COMMAND]", "show help", NULL, help_options, 0, 1, false, false, cmd_help },
	{ "version", "", "show the version", NULL, no_options, 0, 0, false, false, cmd_version },
};
const size_t n_subcommands = sizeof subcommands / sizeof *subcommands;
