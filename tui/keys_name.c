#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "tui/keys_state.h"

static const struct {
	const char *name;
	enum key_code code;
} names[] = {
	{ "enter", KEY_ENTER },
	{ "tab", KEY_TAB },
	{ "backtab", KEY_BACKTAB },
	{ "esc", KEY_ESC },
	{ "backspace", KEY_BACKSPACE },
	{ "delete", KEY_DELETE },
	{ "insert", KEY_INSERT },
	{ "up", KEY_UP },
	{ "down", KEY_DOWN },
	{ "left", KEY_LEFT },
	{ "right", KEY_RIGHT },
	{ "home", KEY_HOME },
	{ "end", KEY_END },
	{ "page-up", KEY_PAGE_UP },
	{ "page-down", KEY_PAGE_DOWN },
	{ "F1", KEY_F1 },
	{ "F2", KEY_F2 },
	{ "F3", KEY_F3 },
	{ "F4", KEY_F4 },
	{ "F5", KEY_F5 },
	{ "F6", KEY_F6 },
	{ "F7", KEY_F7 },
	{ "F8", KEY_F8 },
	{ "F9", KEY_F9 },
	{ "F10", KEY_F10 },
	{ "F11", KEY_F11 },
	{ "F12", KEY_F12 },
	{ "paste", KEY_PASTE },
	{ "mouse", KEY_MOUSE },
	{ "focus-in", KEY_FOCUS_IN },
	{ "focus-out", KEY_FOCUS_OUT },
};
enum { N_NAMES = sizeof names / sizeof *names };

static const struct {
	const char *name;
	int mod;
} mods[] = { { "ctrl-", KEY_MOD_CTRL }, { "alt-", KEY_MOD_ALT }, { "shift-", KEY_MOD_SHIFT } };
enum { N_MODS = sizeof mods / sizeof *mods };

void
key_name(const struct key *k, char out[32])
{
	const char *base = k->cp == ' ' ? "space" : k->text;
	size_t len = 0;

	for (size_t i = 0; i < N_MODS; i++)
		if (k->mods & mods[i].mod)
			len += (size_t)snprintf(out + len, 32 - len, "%s", mods[i].name);
	for (size_t i = 0; i < N_NAMES; i++)
		if (names[i].code == k->code)
			base = names[i].name;
	snprintf(out + len, 32 - len, "%s", base);
}

static enum key_code
code_named(const char *name)
{
	for (size_t i = 0; i < N_NAMES; i++)
		if (strcmp(names[i].name, name) == 0)
			return names[i].code;
	return 0;
}

/* Take the modifiers off the front; a name may itself be "-". */
static const char *
parse_mods(const char *name, int *bits)
{
	for (size_t i = 0; i < N_MODS; i++) {
		size_t len = strlen(mods[i].name);
		if (strncmp(name, mods[i].name, len) != 0 || name[len] == '\0')
			continue;
		*bits |= mods[i].mod;
		name += len;
		i = (size_t)-1; /* in any order */
	}
	return name;
}

bool
key_parse(const char *name, struct key *out)
{
	struct key k = { 0 };
	uint32_t cp = ' ';
	size_t len;

	name = parse_mods(name, &k.mods);
	len = strlen(name);
	k.code = code_named(name);
	if (k.code == KEY_TAB && k.mods & KEY_MOD_SHIFT) {
		k.code = KEY_BACKTAB;
		k.mods &= ~KEY_MOD_SHIFT;
	}
	if (k.code == 0) {
		if (strcmp(name, "space") != 0 && (len == 0 || utf8_decode(name, len, &cp) != len))
			return false;
		if ((k.mods & KEY_MOD_CTRL) && cp >= 'A' && cp <= 'Z')
			cp += 'a' - 'A';
		k.mods &= ~KEY_MOD_SHIFT; /* a character has it in itself */
		if (!key_of_char(&k, cp))
			return false;
	}
	*out = k;
	return true;
}
