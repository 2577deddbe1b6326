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
		"theme", 0, "NAME", "default, light, mono, high-contrast, color-blind or color-blind-light", false    \
	}

#define PLAIN                                                                                      \
	{                                                                                          \
		"plain", 0, NULL,                                                                  \
		    "a conversation in lines, for screen readers and dumb terminals", false        \
	}

#define SHARE                                                                                      \
	{                                                                                          \
		"share", 0, "GROUP", "other accounts of this Unix group may join", false           \
	}

const struct option global_options[] = {
	{ "repo", 0, "DIR", "the history to use (DEBRIEF_REPO, or git config debrief.repo)",
	    false },
	{ "restricted", 0, NULL,
	    "start no program and write no file outside the history (a forced command always is)",
	    false },
	{ "color", 0, "WHEN", "auto, always or never; NO_COLOR is honored", false },
	{ "help", 'h', NULL, "show help", false },
	{ "version", 0, NULL, "show the version", false },
	END,
};

static const struct option demo_options[] = { { "list", 0, NULL, "name the incidents there are",
						  false },
	{ "keep", 0, "DIR", "make the history there, and leave it", false },
	{ "no-colleagues", 0, NULL, "alone: nobody else is simulated", false }, PLAIN, ASCII, THEME, END };
static const struct option new_options[] = { { "template", 't', "TEMPLATE",
						 "the kind of debrief (incident)", false },
	{ "minutes", 0, "10|30|60|90", "how long the meeting is (60)", false },
	{ "again", 0, "WHICH",
	    "the next of a series: its template, people, columns and open actions", false },
	{ "from", 0, "NOTE", "of a near-miss note", false },
	{ "no-open", 0, NULL, "do not open it on the terminal", false },
	{ "as", 0, "NAME", "the facilitator's name (git's user.name if absent)", false }, PLAIN,
	ASCII, THEME, END };
static const struct option open_options[] = { AS, ROLE, PLAIN, ASCII, THEME, SHARE,
	{ "decide", 0, NULL, "a sitting of 20 minutes: goes to the stage actions and sets the clock",
	    false },
	{ "item", 0, "ID", "the item to show first", false }, END };
static const struct option join_options[] = { AS, ROLE,
	{ "projector", 0, NULL, "for the wall: follows, and never shows what is private", false },
	{ "console", 0, NULL, "the facilitator's own things, beside a screen that is on air",
	    false },
	{ "simple", 0, NULL, "the cursor is always in the entry line (a participant's default)",
	    false },
	{ "full", 0, NULL, "every key is a command", false }, PLAIN, ASCII, THEME, END };
static const struct option gate_options[] = { AS, ROLE,
	{ "only", 0, "WHICH", "the one debrief that may be used", false }, END };
static const struct option invite_options[] = { ROLE,
	{ "host", 0, "[USER@]HOST", "what guests give to ssh (this machine's name if absent)",
	    false },
	{ "list", 0, NULL, "the codes that are not used yet", false },
	{ "cancel", 0, NULL, "make all that are not used worthless", false }, END };
static const struct option do_options[] = { AS, ROLE,
	{ "keep-going", 'k', NULL, "go on after a refused command", false }, END };
static const struct option watch_options[] = { AS, ROLE, END };
static const struct option host_options[] = { SHARE,
	{ "background", 0, NULL, "started by another command: end a minute after the last client",
	    true },
	{ "status-fd", 0, "N", "say there whether it runs", true }, END
};
static const struct option save_options[] = {
	{ "message", 'm', "MESSAGE", "the commit's subject", false }, AS, END
};
static const struct option json_options[] = { JSON, END };
static const struct option note_options[] = {
	{ "signed", 0, NULL, "with your name on the commit (nobody's if absent)", false }, END };
static const struct option notes_options[] = { JSON,
	{ "all", 0, NULL, "promoted and dismissed ones too", false },
	{ "signed", 0, NULL, "with your name on the commit (nobody's if absent)", false }, END };
static const struct option templates_options[] = {
	{ "json", 0, NULL, "print JSON: the list, or the file of one", false }, END };
static const struct option lint_options[] = { JSON,
	{ "rules", 0, NULL, "list the rules", false },
	{ "language", 0, "LANG", "whose rules (the debrief's own language, else en)", false }, END };
static const struct option show_options[] = {
	{ "json", 0, NULL, "print the canonical JSON", false }, END
};
static const struct option render_options[] = {
	{ "view", 0, "VIEW", "agenda, timeline, fishbone, actions, board, run, wall, projector, console or welcome (fishbone)", false },
	{ "size", 0, "COLSxROWS", "size of the frame (120x40); a4 or a3: the fishbone as a drawing (svg: a4)", false },
	{ "page", 0, "N", "of a drawing that takes several pages: that one (all of them)", false },
	{ "to", 0, "FORMAT", "text, ansi or svg (text)", false }, THEME, ASCII,
	{ "select", 0, "ID", "the selected item", false },
	{ "layout", 0, "NAME", "of a fishbone: classic, vertical, outline, overview, ladder or other; of a timeline: list, lanes, whole, folded, hour, minute (by size)", false },
	{ "now", 0, "TIME", "what the clock shows (RFC 3339)", false }, END
};
static const struct option list_options[] = { JSON,
	{ "like", 0, "WHICH", "only those that look like that one, and why", false }, END };
static const struct option actions_options[] = { JSON,
	{ "for", 0, "WHICH", "of earlier debriefs, those that look like that one first", false },
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
	    "Three simulated colleagues come in, write, vote and answer what you do. Without a "
	    "terminal a short passage of theirs is printed, then the frames, the git log and the "
	    "head of the file.",
	    demo_options, 0, 1, false, false, cmd_demo },
	{ "init", "[DIR]", "make a history: a git repository with the merge driver registered",
	    "An existing repository, or a folder in one, gets what is missing; nothing else in it "
	    "is touched.",
	    no_options, 0, 1, false, false, cmd_init },
	{ "new", "TITLE", "begin a debrief; prints its name; opens it on a terminal", NULL,
	    new_options, 0, 1, false, false, cmd_new },
	{ "open", "WHICH", "lead it, or review it when it is closed",
	    "WHICH is an exact name, else a unique start of an id, of the name, or of the name "
	    "without its date, "
	    "or @ for the one used last.",
	    open_options, 1, 1, false, false, cmd_open },
	{ "join", "[[[USER@]HOST:]WHICH]", "take part; alone: what is live now",
	    "HOST:WHICH runs the screen here and reaches the debrief by ssh (DEBRIEF_SSH replaces "
	    "the program).",
	    join_options, 0, 1, false, false, cmd_join },
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
	{ "relay", "WHICH", "the wire on standard input and output, for ssh", NULL, no_options, 1,
	    1, false, false, cmd_relay },
	{ "gate", "", "the forced command for a person on a shared account",
	    "In authorized_keys: command=\"debrief gate --as lena\",restrict,pty. Takes join, "
	    "relay, do and watch from SSH_ORIGINAL_COMMAND and nothing else.",
	    gate_options, 0, 0, false, false, cmd_gate },
	{ "invite", "WHICH NAME...", "one-time codes for guests, a line a person", NULL,
	    invite_options, 1, (size_t)-1, false, false, cmd_invite },
	{ "door", "", "the forced command for guests: asks for code and name",
	    "In authorized_keys of the guest account: command=\"debrief door\",restrict,pty.",
	    no_options, 0, 0, false, false, cmd_door },
	{ "save", "WHICH", "commit now", NULL, save_options, 1, 1, false, false, cmd_save },
	{ "show", "WHICH[@REV]", "print it as Markdown",
	    "The present state, saved or not; with @REV as that commit has it.", show_options, 1, 1,
	    false, false, cmd_show },
	{ "render", "WHICH", "print a frame of the screen", NULL, render_options, 1, 1, false,
	    false, cmd_render },
	{ "list", "", "the debriefs of the history, newest first",
	    "With --like: those with a service, series, symptom or title's word in common, or "
	    "several tags or words of causes; the newest 300 are looked at.",
	    list_options, 0, 0, false, false, cmd_list },
	{ "log", "WHICH", "the commits of a debrief", NULL, json_options, 1, 1, false, false,
	    cmd_log },
	{ "diff", "WHICH REV [REV]", "what changed since a commit, or between two",
	    "With --json: a list of what was added, changed or removed, each with its kind and id, "
	    "and the fields that differ, as they were and as they are.",
	    json_options, 2, 3, false, false, cmd_diff },
	{ "actions", "", "open actions of all debriefs",
	    "What went on into a newer debrief is shown there alone. With --for: of those that look "
	    "alike first, the overdue ones before others, and last those that are done without a "
	    "proof: did they hold?",
	    actions_options, 0, 0, false, false, cmd_actions },
	{ "templates", "[show NAME|check FILE]", "the kinds of debrief",
	    "A kind is a file NAME.json in the folder templates of the history, in "
	    "~/.config/debrief/templates, or built in, the first of these that has it; "
	    "NAME.LANG.json says it in another language. show --json NAME prints the file, to begin "
	    "your own with. check names line, column and field of what is wrong.",
	    templates_options, 0, 2,
	    false, false, cmd_templates },
	{ "note", "TEXT [kind=KIND] [service=NAME] [tags=A,B]", "record a near miss in a line",
	    "Asks nothing and needs no name; prints the note's id. The kinds are near-miss, failure "
	    "and surprise. With - for TEXT it is read from standard input.",
	    note_options, 1, (size_t)-1, true, false, cmd_note },
	{ "notes", "[link ID WHICH|dismiss ID REASON]", "list near misses, and say what becomes of them",
	    "Lists those that are new or linked; debrief new --from ID makes a debrief of one.",
	    notes_options, 0, (size_t)-1, false, false, cmd_notes },
	{ "lint", "[FILE...]", "blameful wording in any text",
	    "Prints FILE:LINE:COL: rule: question, one a line, and exits 1 when something was found. "
	    "Reads text, Markdown and debriefs; without FILE, or with -, standard input. COL counts "
	    "characters from 1. A file that cannot be read is said, and the others are looked at. "
	    "What is judged, and how to use it in an editor and in git's hooks: see WORDING.",
	    lint_options, 0, (size_t)-1, false, false, cmd_lint },
	{ "merge-file", "BASE OURS THEIRS", "git's merge driver: the result is written to OURS",
	    "Exits 1 and leaves OURS alone when a side cannot be read.", no_options, 3, 3, false,
	    false, cmd_merge_file },
	{ "help", "[COMMAND]", "show help", NULL, help_options, 0, 1, false, false, cmd_help },
	{ "version", "", "show the version", NULL, no_options, 0, 0, false, false, cmd_version },
};
const size_t n_subcommands = sizeof subcommands / sizeof *subcommands;
